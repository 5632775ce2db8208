//! The open cases of a customer, as the Apex class tells them: what is good is offered, and nothing that is said is believed blindly.

use super::*;

const ADA: &str = "003xx0000004TmiAAE";

/// What the core hears when the class answers with this text.
async fn told(text: &str) -> CrmReport {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    plan("runApex", &format!(r#"{{"value":{{"runApex":{}}}}}"#, String::from(js_sys::JSON::stringify(&text.into()).unwrap())));
    port.carry_out(RequestId(5), CrmCommand::OpenCases { record: ADA.into() });
    until(|| seen.last().is_some()).await;
    seen.last().unwrap()
}

fn cases(cases: Vec<RecordRef>) -> CrmReport {
    CrmReport::Cases { request: RequestId(5), cases }
}

fn case(id: &str, name: &str, contact: Option<&str>) -> RecordRef {
    RecordRef { id: id.into(), object: "Case".into(), name: name.into(), partner: contact.map(str::to_owned) }
}

#[wasm_bindgen_test]
async fn open_cases_have_number_subject_and_contact() {
    let answer = told(
        r#"[{"Id":"500xx0000000001AAA","CaseNumber":"00001007","Subject":"Robot arm stops","Status":"Working","ContactId":"003xx0000004TmiAAE"},
            {"Id":"500xx0000000002AAA","CaseNumber":"00001008","Subject":null}]"#,
    );
    let expected = [case("500xx0000000001AAA", "00001007 Robot arm stops", Some(ADA)), case("500xx0000000002AAA", "00001008", None)];
    assert_eq!(answer.await, cases(expected.to_vec()));
    let asked = format!(r#"runApex {{"apexClass":"Hookswitch","methodName":"openCases","methodParams":"recordId={ADA}"}}"#);
    assert_eq!(called(), asked);
}

#[wasm_bindgen_test]
async fn a_customer_without_open_cases_has_none() {
    assert_eq!(told("[]").await, cases(Vec::new()));
}

#[wasm_bindgen_test]
async fn what_is_no_list_has_no_cases_and_of_a_list_what_has_no_id_is_left_out() {
    for lie in [r#"{"0":{"Id":"500xx0000000001AAA"},"length":1}"#, "null", "7", r#""500xx0000000001AAA""#] {
        assert_eq!(told(lie).await, cases(Vec::new()), "{lie}");
    }
    let mixed = r#"[null,7,"500",[],{},{"Id":null,"Subject":"none"},{"Id":5,"Subject":"a number"},
        {"Id":"500xx0000000003AAA","CaseNumber":12,"Subject":{"a":"b"},"ContactId":["003"]}]"#;
    assert_eq!(told(mixed).await, cases(vec![case("500xx0000000003AAA", "", None)]), "what is no text is none");
}

#[wasm_bindgen_test]
async fn a_class_that_throws_or_answers_no_json_is_a_failure_and_not_a_customer_without_cases() {
    for plan_of in [r#"{"errors":[{"code":"SERVER_ERROR","description":"A server error occurred."}]}"#, r#"{"value":{"runApex":"<html>"}}"#]
    {
        let (port, seen) = begin();
        port.set_apex(Some("Hookswitch"));
        plan("runApex", plan_of);
        port.carry_out(RequestId(5), CrmCommand::OpenCases { record: ADA.into() });
        until(|| seen.last().is_some()).await;
        let last = seen.last().unwrap();
        assert!(matches!(last, CrmReport::Failed { request: RequestId(5), .. }), "{last:?}");
    }
}
