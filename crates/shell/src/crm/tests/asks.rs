//! Whether a customer may be called, calls that components ask for, steps of cadences, click-to-dial.

use hookswitch_core::MayCall;

use super::*;

fn ask() -> CrmCommand {
    CrmCommand::AskMayCall { number: "+14155550100".into(), spellings: "4155550100 OR 14155550100".into(), field: "DoNotCall".into() }
}

async fn answer(port: &Rc<Port>, seen: &Rc<Seen>) -> CrmReport {
    port.carry_out(RequestId(4), ask());
    until(|| seen.last().is_some()).await;
    seen.last().unwrap()
}

fn may(answer: MayCall) -> CrmReport {
    CrmReport::MayCall { request: RequestId(4), answer }
}

fn mei() -> RecordRef {
    RecordRef { id: "003xx0000004TmiAAE".into(), object: "Contact".into(), name: "Mei Sato".into(), partner: None }
}

#[wasm_bindgen_test]
async fn the_class_says_who_does_not_want_to_be_called_and_where_it_could_not_look() {
    for (said, expected) in [
        (
            r#"{\"flagged\":true,\"recordId\":\"003xx0000004TmiAAE\",\"name\":\"Mei Sato\",\"objectType\":\"Contact\",\"unknown\":[]}"#,
            may(MayCall::Flagged { record: mei() }),
        ),
        (r#"{\"flagged\":false,\"recordId\":null,\"name\":null,\"objectType\":null,\"unknown\":[]}"#, may(MayCall::Allowed)),
        (r#"{\"flagged\":false,\"unknown\":[\"Lead\"]}"#, may(MayCall::Unknown)),
    ] {
        let (port, seen) = begin();
        port.set_apex(Some("Hookswitch"));
        plan("runApex", &format!(r#"{{"value":{{"runApex":"{said}"}}}}"#));
        assert_eq!(answer(&port, &seen).await, expected);
        assert!(called().contains("dialed=%2B14155550100"), "{}", called());
    }
}

#[wasm_bindgen_test]
async fn without_the_class_a_search_that_opens_nothing_shows_the_field_or_nobody_can_tell() {
    for (found, expected) in [
        (
            r#"{"Id":"003xx0000004TmiAAE","RecordType":"Contact","Name":"Mei Sato","DoNotCall":true}"#,
            may(MayCall::Flagged { record: mei() }),
        ),
        (r#"{"Id":"003xx0000004TmiAAE","RecordType":"Contact","Name":"Mei Sato","DoNotCall":false}"#, may(MayCall::Allowed)),
        (r#"{"Id":"003xx0000004TmiAAE","RecordType":"Contact","Name":"Mei Sato"}"#, may(MayCall::Unknown)),
    ] {
        let (port, seen) = begin();
        plan("searchAndScreenPop", &format!(r#"{{"value":{{"003xx0000004TmiAAE":{found},"SCREEN_POP_DATA":{{}}}}}}"#));
        assert_eq!(answer(&port, &seen).await, expected);
        assert!(called().contains(r#""deferred":true"#), "{}", called());
    }
}

#[wasm_bindgen_test]
async fn a_class_that_throws_is_a_failure_and_no_permission() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    plan("runApex", r#"{"errors":[{"code":"SERVER_ERROR","description":"A server error occurred."}]}"#);
    assert!(matches!(answer(&port, &seen).await, CrmReport::Failed { request: RequestId(4), .. }));
}

/// A port that serves, with a channel.
async fn serving() -> (Rc<Port>, Rc<Seen>) {
    let (port, seen) = begin();
    port.set_channel(Some("Calls__c"));
    plan("getCallCenterSettings", r#"{"value":{"/reqGeneralInfo/reqInternalName":"hookswitch"}}"#);
    let served = Rc::clone(&port);
    spawn(async move { served.serve().await });
    until(|| called().contains("subscribe")).await;
    (port, seen)
}

#[wasm_bindgen_test]
async fn a_component_is_heard_and_answered_and_what_cannot_be_read_is_refused() {
    let (port, seen) = serving().await;
    tell(
        "subscribe",
        r#"{"kind":"call","requestId":"a1","number":"415 555 0100","recordId":"003xx0000004TmiAAE","objectType":"Contact","recordName":"Mei Sato"}"#,
    );
    let wanted = CrmReport::CallAsked { asked: "a1".into(), number: "415 555 0100".into(), record: Some(mei()) };
    until(|| seen.heard(&wanted)).await;
    port.carry_out(RequestId(9), CrmCommand::AnswerAsked { asked: "a1".into(), refusal: None });
    until(|| called().contains(r#""message":{"kind":"accepted","requestId":"a1"}"#)).await;
    port.carry_out(RequestId(9), CrmCommand::AnswerAsked { asked: "a2".into(), refusal: Some(hookswitch_core::Refusal::DoNotCall) });
    until(|| called().contains(r#""requestId":"a2","code":"doNotCall","reason":"This customer asked not to be called.""#)).await;
    let reports = seen.reports.borrow().len();
    for (message, code) in [
        (r#"{"kind":"call","requestId":"b1"}"#, r#""requestId":"b1","code":"malformed""#),
        (r#"{"kind":"call","requestId":"<b>","number":"1"}"#, r#""requestId":"","code":"malformed""#),
        (r#"{"kind":"call","requestId":"b3","number":"1","recordId":7}"#, r#""requestId":"b3","code":"malformed""#),
        (r#"{"kind":"sing","requestId":"b4"}"#, r#""requestId":"b4","code":"unknownKind""#),
    ] {
        tell("subscribe", message);
        until(|| called().contains(code)).await;
    }
    assert_eq!(seen.reports.borrow().len(), reports, "nothing of it reached the core");
    let said = called().matches("publish").count();
    tell("subscribe", r#"{"kind":"refused","requestId":"a2","code":"busy"}"#);
    wasm_bindgen_futures::JsFuture::from(wait(50)).await.unwrap();
    assert_eq!(called().matches("publish").count(), said, "our own answers come back, and are not answered");
    port.stop();
    assert!(called().contains("unsubscribe"), "{}", called());
}

#[wasm_bindgen_test]
async fn a_step_of_a_cadence_is_told_and_completed() {
    let (port, seen) = serving().await;
    port.carry_out(
        RequestId(9),
        CrmCommand::CompleteWork { work: "0hL1".into(), task: "00T1".into(), disposition: "Reached".into(), connected: true },
    );
    until(|| {
        called().contains(r#"completeWork {"workId":"0hL1","attributes":{"disposition":"Reached","taskId":"00T1","wasConnected":true}}"#)
    })
    .await;
    until(|| seen.heard(&CrmReport::WorkDone { request: RequestId(9) })).await;
    plan("completeWork", r#"{"silent":true}"#);
    port.carry_out(
        RequestId(10),
        CrmCommand::CompleteWork { work: "0hL1".into(), task: "00T1".into(), disposition: "Reached".into(), connected: true },
    );
    until(|| seen.heard(&CrmReport::Failed { request: RequestId(10), failure: CrmFailure::NoReply })).await;
    tell("onWorkStart", r#"{"workId":"0hL1","completeWorkWhen":"TaskSaved","attributes":{"to":"415 555 0100"}}"#);
    until(|| seen.heard(&CrmReport::WorkStarted { work: "0hL1".into(), to: "415 555 0100".into() })).await;
    port.stop();
}

#[wasm_bindgen_test]
async fn a_channel_that_salesforce_is_slow_to_join_is_joined_again() {
    let (port, _seen) = begin();
    plan("subscribe", r#"{"silent":true}"#);
    port.set_channel(Some("Calls__c"));
    port.join_channel(None);
    until(|| port.joined() == Answer::Silent).await;
    until(|| port.joined() == Answer::Said(())).await;
    assert_eq!(called().matches("subscribe {").count(), 2, "{}", called());
}

#[wasm_bindgen_test]
async fn what_is_asked_again_about_click_to_dial_never_goes_against_the_cores_word() {
    let (port, _seen) = begin();
    assert_eq!(port.dialing_again().await, Answer::NotAsked);
    port.carry_out(RequestId(1), CrmCommand::EnableDialing { on: true });
    until(|| called().contains("enableClickToDial")).await;
    assert_eq!(port.dialing_again().await, Answer::Said(()));
    port.carry_out(RequestId(2), CrmCommand::EnableDialing { on: false });
    until(|| called().contains("disableClickToDial")).await;
    assert_eq!((port.dialing_again().await, called().ends_with("disableClickToDial {}")), (Answer::NotAsked, true), "{}", called());
}

#[wasm_bindgen_test]
fn what_a_component_calls_an_object_is_an_object_or_nothing() {
    for (given, taken) in [("Visit__c", "Visit__c"), ("Ada Byron", ""), ("+1 415", "")] {
        let fields = Fields::new().with("number", "1002").with("recordId", "003xx0000004TmiAAE").with("objectType", given);
        let record = channel::wanted(&fields).and_then(|(_, record)| record);
        assert_eq!(record.map(|record| record.object).as_deref(), Some(taken));
    }
}
