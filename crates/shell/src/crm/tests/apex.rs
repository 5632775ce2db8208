//! Methods of the Apex class.

use super::*;

#[wasm_bindgen_test]
async fn a_method_of_the_class_is_run_with_encoded_parameters_and_its_json_is_read() {
    let (port, _seen) = begin();
    port.set_apex(Some("acme.Hookswitch"));
    plan("runApex", r#"{"value":{"runApex":"{\"page\":0,\"more\":true}"}}"#);
    let answer = port.apex("directory", Fields::new().with("text", "Ada & Co=1%")).await.unwrap();
    assert_eq!(crate::read::Reader::new(&answer, "answer").unwrap().flag("more"), Ok(true));
    assert_eq!(called(), r#"runApex {"apexClass":"acme.Hookswitch","methodName":"directory","methodParams":"text=Ada%20%26%20Co%3D1%25"}"#);
}

#[wasm_bindgen_test]
async fn each_way_for_apex_to_fail_is_told_apart() {
    let (port, _seen) = begin();
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NotSet));
    assert_eq!(called(), "", "nothing is sent where there is no class");
    port.set_apex(Some("Hookswitch"));
    let words = "A problem was encountered on the server.";
    for (response, expected) in [
        (r#"{"errors":[{"code":"SERVER_ERROR","description":"Could not load Apex class: Hookswitch."}]}"#, ApexFailure::NoClass),
        (
            r#"{"errors":[{"code":"SERVER_ERROR","description":"A problem was encountered on the server."}]}"#,
            ApexFailure::Broken { words: words.into() },
        ),
        (r#"{"errors":[{"code":"GENERIC_ERROR","description":"no"}]}"#, ApexFailure::Failed { words: "no".into() }),
        (r#"{"silent":true}"#, ApexFailure::NoReply),
        (r#"{"value":{"runApex":"<html>"}}"#, ApexFailure::Unreadable),
        (r#"{"value":{"runApex":{"page":0}}}"#, ApexFailure::Unreadable),
        (r#"{"value":null}"#, ApexFailure::Unreadable),
    ] {
        plan("runApex", response);
        assert_eq!(port.apex("ping", Fields::new()).await, Err(expected), "{response}");
    }
    leave();
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NotSent));
}
