//! Moves of the agent, in both kinds of app.

use hookswitch_lightning::{HostOutput, View};
use serde_json::{Map, Value, json};

use crate::stage::{ACME, ADA, CASE, GRACE, GRACE_CONTACT, Stage, id};

fn listening(app: &str) -> Stage {
    let mut stage = Stage::in_app(app);
    stage.listen("onNavigationChange");
    stage
}

/// The records told of since the last look; an empty text for a page without one.
fn told(stage: &mut Stage) -> Vec<String> {
    let posts = stage.posts();
    posts.iter().map(|post| post["response"]["recordId"].as_str().unwrap_or_default().into()).collect()
}

fn record(stage: &mut Stage, record: &str) {
    stage.host.open_record(&stage.org, &id(record), stage.now);
}

#[test]
fn each_change_of_address_is_told_once_in_a_standard_app() {
    let mut stage = listening("Service");
    record(&mut stage, ADA);
    record(&mut stage, ADA);
    record(&mut stage, ACME);
    stage.open("/lightning/o/Contact/list");
    assert_eq!(told(&mut stage), [ADA, ACME, ""]);
}

#[test]
fn a_document_tells_when_it_gets_the_focus_back_and_not_when_it_loses_it() {
    for app in ["Service", "Console"] {
        let mut stage = listening(app);
        record(&mut stage, ADA);
        stage.outputs();
        stage.host.focus(&stage.org, stage.now);
        stage.host.blur();
        assert_eq!(told(&mut stage), Vec::<String>::new(), "{app}");
        stage.host.focus(&stage.org, stage.now);
        assert_eq!(told(&mut stage), [ADA], "{app}");
    }
}

#[test]
fn moves_between_the_tabs_and_subtabs_of_a_console_are_told() {
    let mut stage = listening("Console");
    record(&mut stage, ADA);
    stage.host.open_subtab(&stage.org, View::Record { id: id(CASE) }, stage.now);
    record(&mut stage, ACME);
    assert_eq!(told(&mut stage), [ADA, CASE, ACME]);
    stage.host.select_tab(&stage.org, 0, None, stage.now);
    stage.host.select_tab(&stage.org, 0, Some(0), stage.now);
    stage.host.close_subtab(&stage.org, 0, 0, stage.now);
    stage.host.select_tab(&stage.org, 1, None, stage.now);
    stage.host.close_tab(&stage.org, 1, stage.now);
    assert_eq!(told(&mut stage), [ADA, CASE, ADA, ACME, ADA]);
}

#[test]
fn a_console_that_goes_to_a_list_tells_nothing_and_tells_of_the_way_back() {
    let mut stage = listening("Console");
    record(&mut stage, ADA);
    stage.outputs();
    stage.open("/lightning/o/Contact/list");
    stage.open("/lightning/o/Contact/home");
    assert_eq!(told(&mut stage), Vec::<String>::new());
    record(&mut stage, ADA);
    assert_eq!((told(&mut stage), stage.host.page().nav().tabs().len()), (vec![ADA.to_owned()], 1));
}

#[test]
fn a_window_for_a_new_record_is_told_by_its_address_when_it_opens_and_when_it_closes() {
    let mut stage = listening("Service");
    record(&mut stage, ADA);
    stage.outputs();
    stage.host.new_record(&stage.org, "Case", Map::new(), stage.now);
    let opened = stage.posts();
    let behind = format!("%2Flightning%2Fr%2FContact%2F{ADA}%2Fview");
    let url = format!("https://acme.lightning.force.com/lightning/o/Case/new?backgroundContext={behind}");
    assert_eq!(opened[0]["response"], json!({ "url": url }));
    stage.host.cancel_new_record(&stage.org, stage.now);
    assert_eq!(told(&mut stage), [ADA]);
}

#[test]
fn a_saved_new_record_is_shown_and_a_refused_one_keeps_the_window() {
    let mut stage = listening("Service");
    let values = |text: Value| text.as_object().cloned().unwrap_or_default();
    assert!(stage.host.save_new_record(&mut stage.org, Map::new(), stage.now).is_err(), "no window is open");
    stage.host.new_record(&stage.org, "Contact", values(json!({ "Phone": "+14155550199" })), stage.now);
    assert_eq!(stage.host.page().new_record().map(|window| window.defaults["Phone"].clone()), Some(json!("+14155550199")));
    assert!(stage.host.save_new_record(&mut stage.org, values(json!({ "Phone": "1" })), stage.now).is_err());
    assert!(stage.host.page().new_record().is_some());
    let made = stage.host.save_new_record(&mut stage.org, values(json!({ "LastName": "New" })), stage.now).expect("good values");
    assert_eq!((stage.host.page().new_record(), stage.host.page().view()), (None, &View::Record { id: made }));
}

#[test]
fn a_person_is_shown_as_an_account_whichever_half_was_asked_for() {
    let mut stage = listening("Service");
    record(&mut stage, GRACE_CONTACT);
    assert_eq!(told(&mut stage), [GRACE]);
}

#[test]
fn a_record_that_is_not_there_is_shown_as_one_that_is_not_there() {
    let mut stage = listening("Service");
    record(&mut stage, "003xx000000gone");
    let view = stage.works("getAppViewInfo", json!({}));
    assert_eq!((&view["recordName"], view["recordId"].as_str()), (&json!(null), Some("003xx000000goneAAA")));
}

#[test]
fn fifty_moves_leave_the_softphone_where_it_is() {
    let mut stage = listening("Service");
    for _ in 0..25 {
        record(&mut stage, ADA);
        record(&mut stage, ACME);
    }
    let outputs = stage.outputs();
    let reloads = outputs.iter().filter(|output| matches!(output, HostOutput::LoadSoftphone(_) | HostOutput::RemoveSoftphone)).count();
    let moves = outputs.iter().filter(|output| matches!(output, HostOutput::Navigated(_))).count();
    assert_eq!((reloads, moves), (0, 50));
}
