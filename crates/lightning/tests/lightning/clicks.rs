//! Clicks on numbers, messages on channels, work of Sales Engagement.

use hookswitch_lightning::{Click, Fault, HostOutput};
use hookswitch_opencti::ClickToDial;
use serde_json::json;

use crate::stage::{ACME, ADA, GRACE_CONTACT, Stage, id};

fn ready() -> Stage {
    let mut stage = Stage::new();
    stage.works("enableClickToDial", json!({}));
    stage.listen("onClickToDial");
    stage
}

#[test]
fn numbers_can_be_clicked_only_between_enable_and_disable() {
    let mut stage = Stage::new();
    stage.listen("onClickToDial");
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::Disabled);
    stage.works("enableClickToDial", json!({}));
    assert!(stage.host.page().click_to_dial());
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::Sent);
    stage.works("disableClickToDial", json!({}));
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::Disabled);
    assert_eq!(stage.posts(), Vec::<serde_json::Value>::new());
}

#[test]
fn two_hundred_clicks_are_two_hundred_events() {
    let mut stage = ready();
    let sent = (0..200).filter(|_| stage.host.click(&stage.org, &id(ADA), "Phone", stage.now) == Click::Sent).count();
    assert_eq!((sent, stage.posts().len()), (200, 200));
}

#[test]
fn a_click_that_nobody_hears_says_so() {
    let mut stage = Stage::new();
    stage.works("enableClickToDial", json!({}));
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::NobodyListens);
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Fax", stage.now), Click::NoNumber);
}

#[test]
fn a_click_does_not_open_the_panel() {
    let mut stage = ready();
    stage.host.click(&stage.org, &id(ADA), "Phone", stage.now);
    assert!(!stage.host.page().bar().open);
}

#[test]
fn the_contact_half_of_a_person_names_its_account() {
    let mut stage = ready();
    stage.host.click(&stage.org, &id(GRACE_CONTACT), "Phone", stage.now);
    let told = stage.posts().remove(0);
    assert_eq!(told["response"]["accountId"], crate::stage::GRACE);
    assert_eq!((&told["response"]["contactId"], &told["response"]["personAccount"]), (&json!(null), &json!(true)));
}

#[test]
fn an_org_without_person_accounts_does_not_speak_of_them() {
    let mut stage = ready();
    stage.org.set_person_accounts(false);
    stage.host.click(&stage.org, &id(ACME), "Phone", stage.now);
    assert_eq!(stage.posts()[0]["response"].get("personAccount"), None);
}

#[test]
fn a_component_of_an_admin_says_what_it_likes() {
    let mut stage = ready();
    let click = ClickToDial { number: "112".into(), params: Some("sid=1, src=web".into()), ..ClickToDial::default() };
    assert_eq!(stage.host.click_component(&click, stage.now), Click::Sent);
    assert_eq!(stage.posts()[0]["response"], json!({ "number": "112", "params": "sid=1, src=web" }));
}

#[test]
fn a_reload_forgets_listeners_and_the_permission_to_click() {
    let mut stage = ready();
    stage.host.reload(&stage.org, stage.now);
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::Disabled);
    stage.works("enableClickToDial", json!({}));
    assert_eq!(stage.host.click(&stage.org, &id(ADA), "Phone", stage.now), Click::NobodyListens);
}

#[test]
fn what_the_softphone_publishes_reaches_the_components_of_the_page() {
    let mut stage = Stage::new();
    stage.send(&crate::stage::request("publish", 1, json!({ "eventName": "State__c", "message": { "ringing": true } })));
    let published = HostOutput::Published { channel: "State__c".into(), message: json!({ "ringing": true }) };
    assert!(stage.outputs().contains(&published));
    assert!(!stage.host.publish(stage.now, "State__c", json!({})), "the softphone did not subscribe");
}

#[test]
fn work_is_completed_with_a_saved_task_and_not_without() {
    let mut stage = Stage::new();
    stage.host.start_work("0hLxx0000000001", "(415) 555-0100", stage.now);
    let complete = |attributes| json!({ "workId": "0hLxx0000000001", "attributes": attributes });
    let error = stage.fails("completeWork", complete(json!({ "disposition": "Connected", "wasConnected": true })));
    assert!(error["description"].as_str().is_some_and(|words| words.contains("taskId")), "{error}");
    let error = stage.fails("completeWork", complete(json!({ "disposition": "Connected", "taskId": ADA })));
    assert_eq!(error["code"], "INVALID_PARAM");
    let task = stage.works("saveLog", json!({ "object": { "entityApiName": "Task", "Subject": "Call" } }))["recordId"].clone();
    stage.works("completeWork", complete(json!({ "disposition": "Connected", "taskId": task, "wasConnected": false })));
    let done = stage.host.page().work()[0].done.clone();
    assert_eq!(done, Some(("Connected".into(), task.as_str().expect("an id").into(), false)));
}

#[test]
fn a_subscription_that_failed_hears_nothing_and_one_that_was_not_answered_hears() {
    let mut stage = Stage::new();
    let subscribe = |channel: &str| json!({ "eventName": channel, "subscription": {} });
    stage.fails("subscribe", subscribe("NoSuffix"));
    assert!(!stage.host.publish(stage.now, "NoSuffix", json!({})));
    stage.host.faults_mut().set(Some("subscribe"), Fault::Failing { code: "GENERIC_ERROR".into() }, Some(1));
    stage.fails("subscribe", subscribe("Dial__c"));
    assert!(!stage.host.publish(stage.now, "Dial__c", json!({})));
    stage.host.faults_mut().set(Some("subscribe"), Fault::Silent, Some(1));
    assert_eq!(stage.call("subscribe", subscribe("Dial__c")), json!(null));
    assert!(stage.host.publish(stage.now, "Dial__c", json!({})));
}
