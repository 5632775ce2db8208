//! The way to Salesforce: script, settings, layout, silence.

use super::*;

#[wasm_bindgen_test]
async fn without_the_script_nothing_is_sent_and_that_is_said() {
    let (port, seen) = begin();
    leave();
    port.carry_out(RequestId(9), save(None));
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(9), failure: CrmFailure::NotSent })).await;
}

#[wasm_bindgen_test]
async fn only_the_newest_label_counts() {
    let (port, _) = begin();
    for text in ["one", "two", "three"] {
        port.carry_out(RequestId(1), CrmCommand::Label { text: text.into(), icon: "call".into() });
    }
    until(|| called().contains("three") && called().matches("setSoftphoneItemIcon").count() == 2).await;
    assert!(!called().contains("two"));
}

#[wasm_bindgen_test]
async fn serving_brings_settings_first_and_listeners_once_salesforce_has_answered() {
    let (port, seen) = begin();
    plan("getCallCenterSettings", r#"{"silent":true}"#);
    plan("getCallCenterSettings", r#"{"value":{"/reqGeneralInfo/reqInternalName":"hookswitch"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"/","recordId":"003xx","objectType":"Contact","recordName":"Ada"}}"#);
    let serving = Rc::clone(&port);
    spawn(async move { serving.serve().await });
    until(|| seen.problems.borrow().first() == Some(&Some("cti-no-reply"))).await;
    assert!(
        called().find("onClickToDial") > called().rfind("getCallCenterSettings") || !called().contains("onClickToDial"),
        "registrations are not answered, so they must wait"
    );
    until(|| called().contains("getAppViewInfo")).await;
    let settings: Flat = [("/reqGeneralInfo/reqInternalName", "hookswitch")].into_iter().collect();
    assert_eq!((seen.missed.borrow().as_slice(), seen.settings.borrow().as_slice()), ([false].as_slice(), [settings].as_slice()));
    assert_eq!((called().matches("onClickToDial").count(), seen.problems.borrow().last()), (1, Some(&None)));
    assert!(seen.heard(&CrmReport::State(CrmState::Ready)));

    tell(
        "onClickToDial",
        r#"{"number":"(415) 555-0100","recordId":"001xx","recordName":"Ada","objectType":"Account","contactId":"003xx"}"#,
    );
    let ada = RecordRef { id: "001xx".into(), object: "Account".into(), name: "Ada".into(), partner: Some("003xx".into()) };
    until(|| seen.heard(&CrmReport::ClickToDial { number: "(415) 555-0100".into(), record: Some(ada.clone()) })).await;
    tell("onNavigationChange", r#"{"url":"/lightning/o/Contact/list"}"#);
    until(|| seen.heard(&CrmReport::Navigated(None))).await;
    port.stop();
}

#[wasm_bindgen_test]
async fn a_silent_salesforce_is_noticed_and_its_return_as_well() {
    let (port, seen) = begin();
    port.serving.set(true);
    port.listening.set(true);
    port.answered();
    plan("screenPop", r#"{"silent":true}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"/","recordId":"003xx","objectType":"Contact","recordName":"Ada"}}"#);
    plan("isSoftphonePanelVisible", r#"{"silent":true}"#);
    plan("isSoftphonePanelVisible", r#"{"value":{"visible":false}}"#);
    port.carry_out(RequestId(4), CrmCommand::Pop { target: PopTarget::Record { id: "003xx".into() } });
    until(|| *seen.problems.borrow() == [None, Some("cti-no-reply"), None]).await;
    let states: Vec<_> = seen.reports.borrow().iter().filter(|report| matches!(report, CrmReport::State(_))).cloned().collect();
    assert_eq!(states, [CrmState::Ready, CrmState::NotAnswering, CrmState::Ready].map(CrmReport::State));
    let ada = RecordRef { id: "003xx".into(), object: "Contact".into(), name: "Ada".into(), partner: None };
    until(|| seen.heard(&CrmReport::Navigated(Some(ada.clone())))).await;
}

/// An org whose script is at an address of the test's choice: the rest of the path is taken for a comment or a missing file.
fn org(origin: &str) -> hookswitch_opencti::frame::Frame {
    hookswitch_opencti::frame::Frame { origin: origin.to_owned(), mode: "Lightning".to_owned() }
}

fn connect(port: &Rc<Port>, origin: &str) {
    let (port, org) = (Rc::clone(port), org(origin));
    spawn(async move {
        port.connect(&org, 66).await;
        spawn(async move { port.serve().await });
    });
}

#[wasm_bindgen_test]
async fn a_missing_script_is_named_and_looked_for_until_it_comes() {
    let (port, seen) = begin();
    leave();
    connect(&port, &web_sys::window().unwrap().location().origin().unwrap());
    until(|| seen.problems.borrow().first() == Some(&Some("script-failed"))).await;
    arrive();
    plan("getCallCenterSettings", r#"{"value":{}}"#);
    until(|| seen.problems.borrow().last() == Some(&None)).await;
    until(|| called().contains("onClickToDial")).await;
    assert!(called().starts_with("notifyInitializationComplete"), "{}", called());
    port.stop();
}

#[wasm_bindgen_test]
async fn a_script_that_throws_is_named_and_tried_all_the_same() {
    let (port, seen) = begin();
    leave();
    connect(&port, "data:text/javascript,throw 'Failed to initialize Open CTI';//");
    until(|| seen.problems.borrow().first() == Some(&Some("script-threw"))).await;
    // No reply may take the better explanation's place.
    wasm_bindgen_futures::JsFuture::from(wait(300)).await.unwrap();
    assert_eq!(*seen.problems.borrow(), [Some("script-threw")]);
    arrive();
    until(|| seen.problems.borrow().last() == Some(&None)).await;
    assert!(seen.heard(&CrmReport::State(CrmState::Ready)));
    port.stop();
}

#[wasm_bindgen_test]
async fn a_page_that_is_no_script_is_named() {
    let (port, seen) = begin();
    leave();
    connect(&port, "data:text/javascript,void 0;//");
    until(|| seen.problems.borrow().first() == Some(&Some("script-no-api"))).await;
    port.stop();
}

#[wasm_bindgen_test]
async fn the_layout_is_asked_for_once_the_phone_has_settled_and_again_on_demand() {
    let (port, seen) = begin();
    plan("getCallCenterSettings", r#"{"value":{"/reqGeneralInfo/reqInternalName":"hookswitch"}}"#);
    plan("getSoftphoneLayout", r#"{"value":{"Inbound":{"screenPopSettings":{"screenPopsOpenWithin":"NewWindow"}}}}"#);
    plan("getSoftphoneLayout", r#"{"errors":[{"code":"GENERIC_ERROR","description":"no"}]}"#);
    let serving = Rc::clone(&port);
    spawn(async move { serving.serve().await });
    until(|| called().contains("onNavigationChange")).await;
    assert!(!called().contains("getSoftphoneLayout"), "a first load does without it");
    until(|| seen.layouts.borrow().len() == 2).await;
    port.read_layout();
    until(|| seen.layouts.borrow().len() == 4).await;
    let layouts = seen.layouts.borrow();
    let wanted = layouts
        .iter()
        .map(|layout| layout.as_ref().map(|came| came.as_ref().map(|l| l.inbound.pops.wants_new_window()).map_err(|code| *code)));
    assert_eq!(wanted.collect::<Vec<_>>(), [None, Some(Ok(true)), None, Some(Err("cti-host"))]);
    port.stop();
}

#[wasm_bindgen_test]
async fn a_slow_class_is_no_verdict_on_salesforce() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    port.answered();
    plan("runApex", r#"{"silent":true}"#);
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NoReply));
    assert_eq!((port.state(), seen.problems.borrow().last().cloned()), (CrmState::Ready, Some(None)));
}
