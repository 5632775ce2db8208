//! Faults, and what the softphone sees of them.

use hookswitch_lightning::{Direction, Fault};
use serde_json::{Value, json};

use crate::stage::{ADA, NOON, Stage, id, request};

fn log(key: &str) -> Value {
    json!({ "object": { "entityApiName": "Task", "Subject": "Call", "CallObject": key } })
}

#[test]
fn a_slow_method_works_at_once_and_answers_late() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("saveLog"), Fault::Slow { ms: 3000 }, None);
    stage.send(&request("saveLog", 1, log("k")));
    assert_eq!((stage.org.tasks().count(), stage.posts().len()), (1, 0));
    assert_eq!(stage.host.deadline(&stage.org), Some(NOON + 3000));
    stage.wait(2999);
    assert_eq!(stage.posts().len(), 0);
    stage.wait(1);
    assert_eq!(stage.posts()[0]["response"]["success"], true);
}

#[test]
fn a_lost_reply_leaves_a_task_that_the_softphone_knows_nothing_of() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("saveLog"), Fault::LostReply, Some(1));
    stage.send(&request("saveLog", 1, log("k")));
    assert_eq!((stage.org.tasks_of_call("k").count(), stage.posts().len()), (1, 0));
    stage.works("saveLog", log("other"));
}

#[test]
fn a_silent_method_does_nothing_and_says_nothing() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("saveLog"), Fault::Silent, None);
    stage.send(&request("saveLog", 1, log("k")));
    assert_eq!((stage.org.tasks().count(), stage.posts().len()), (0, 0));
    stage.works("getAppViewInfo", json!({}));
    stage.host.faults_mut().clear(Some("saveLog"));
    stage.works("saveLog", log("k"));
}

#[test]
fn a_failing_method_answers_the_code_asked_for_and_does_nothing() {
    let mut stage = Stage::new();
    for code in ["GENERIC_ERROR", "SERVER_ERROR", "SOFTPHONE_CONTAINER_ERROR", "INVALID_PARAM", "SOMETHING_NEW"] {
        stage.host.faults_mut().set(None, Fault::Failing { code: code.into() }, Some(1));
        assert_eq!(stage.fails("saveLog", log("k"))["code"], code);
    }
    assert_eq!(stage.org.tasks().count(), 0);
    stage.works("saveLog", log("k"));
}

#[test]
fn a_container_that_is_late_answers_so_until_it_is_there() {
    let mut stage = Stage::new();
    stage.host.faults_mut().container_ms = 20_000;
    stage.listen("onClickToDial");
    let error = stage.fails("enableClickToDial", json!({}));
    assert_eq!(error["code"], "SOFTPHONE_CONTAINER_ERROR");
    assert!(!stage.host.page().click_to_dial());
    stage.wait(20_000);
    stage.works("enableClickToDial", json!({}));
    stage.host.click(&stage.org, &id(ADA), "Phone", stage.now);
    assert_eq!(stage.posts().len(), 1, "the listener of before is heard");
}

#[test]
fn a_container_may_be_silent_while_it_is_late() {
    let mut stage = Stage::new();
    stage.host.faults_mut().container_ms = 20_000;
    stage.host.faults_mut().container_silent = true;
    assert_eq!(stage.call("getAppViewInfo", json!({})), Value::Null);
    stage.wait(20_000);
    stage.works("getAppViewInfo", json!({}));
}

#[test]
fn events_can_be_slow_or_lost_like_answers() {
    let mut stage = Stage::new();
    stage.works("enableClickToDial", json!({}));
    stage.listen("onClickToDial");
    stage.host.faults_mut().set(Some("onClickToDial"), Fault::Slow { ms: 500 }, Some(1));
    stage.host.click(&stage.org, &id(ADA), "Phone", stage.now);
    assert_eq!(stage.posts().len(), 0);
    stage.wait(500);
    assert_eq!(stage.posts().len(), 1);
    stage.host.faults_mut().set(Some("onClickToDial"), Fault::Silent, Some(1));
    stage.host.click(&stage.org, &id(ADA), "Phone", stage.now);
    stage.wait(60_000);
    assert_eq!(stage.posts().len(), 0);
}

#[test]
fn slow_answers_keep_their_order_of_time_and_not_of_asking() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("getAppViewInfo"), Fault::Slow { ms: 900 }, None);
    stage.host.faults_mut().set(Some("refreshView"), Fault::Slow { ms: 100 }, None);
    stage.send(&request("getAppViewInfo", 1, json!({})));
    stage.send(&request("refreshView", 2, json!({})));
    stage.now += 5000;
    stage.host.advance(&mut stage.org, stage.now);
    let calls: Vec<_> = stage.posts().iter().map(|post| post["callId"].clone()).collect();
    assert_eq!(calls, [2, 1]);
}

#[test]
fn every_message_is_kept_both_ways_with_its_time_and_its_fault() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("saveLog"), Fault::Slow { ms: 700 }, None);
    stage.send(&request("saveLog", 1, log("k")));
    stage.wait(700);
    let seen: Vec<_> =
        stage.host.messages().iter().map(|entry| (entry.at - NOON, entry.direction, entry.method(), entry.note.as_deref())).collect();
    let wanted = [(0, Direction::FromSoftphone, "saveLog", Some("fault: slow")), (700, Direction::ToSoftphone, "saveLog", None)];
    assert_eq!(seen, wanted);
    stage.host.clear_messages();
    assert!(stage.host.messages().is_empty());
}

#[test]
fn a_late_save_is_the_servers_and_comes_also_when_the_page_is_gone() {
    let mut stage = Stage::new();
    stage.host.faults_mut().set(Some("saveLog"), Fault::Late { ms: 60_000 }, Some(1));
    stage.send(&request("saveLog", 1, log("k")));
    stage.host.reload(&stage.org, stage.now);
    assert_eq!(stage.host.deadline(&stage.org), Some(NOON + 60_000));
    stage.wait(59_999);
    assert_eq!(stage.org.tasks().count(), 0);
    stage.wait(1);
    assert_eq!((stage.org.tasks_of_call("k").count(), stage.posts().len()), (1, 0));
}

#[test]
fn with_the_trigger_a_call_has_one_log_a_day_whichever_of_two_saves_comes_first() {
    const KEY: &str = "hs-0123456789abcdef-1";
    let mut stage = Stage::new();
    stage.org.install_apex("Hookswitch");
    let first = stage.works("saveLog", log(KEY))["recordId"].as_str().map(ToOwned::to_owned).expect("an id");
    let refused = stage.fails("saveLog", log(KEY));
    assert!(refused["details"].to_string().contains(&format!("hookswitch: logged already as {first}")), "{refused}");
    // The first one may be changed, another phone's key may stand twice, and so may one of the day before.
    stage.works("saveLog", json!({ "object": { "Id": first, "Subject": "Changed", "CallObject": KEY } }));
    for key in ["other-1", "other-1", "hs-0123456789abcdef-2"] {
        stage.works("saveLog", log(key));
    }
    stage.now += 86_400_001;
    stage.works("saveLog", log(KEY));
    assert_eq!(stage.org.tasks_of_call(KEY).count(), 2);
    // Without Apex there is no trigger.
    stage.org.remove_apex();
    stage.works("saveLog", log(KEY));
    assert_eq!(stage.org.tasks_of_call(KEY).count(), 3);
}
