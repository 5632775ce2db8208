//! The softphone's frame: its address, when it is loaded, and the standby page.

use hookswitch_lightning::{Host, HostOutput, Id, Org, SAMPLE_CENTER, Session, Softphone};
use serde_json::json;

use crate::stage::{NOON, ORIGIN, Stage, request};

fn sample() -> (Org, Id) {
    let org = Org::sample_with(SAMPLE_CENTER).expect("a good file");
    let alex = org.named("User", "Alex Agent").expect("in the sample").id.clone();
    (org, alex)
}

fn loaded(host: &mut Host) -> Option<String> {
    std::iter::from_fn(|| host.poll()).find_map(|output| if let HostOutput::LoadSoftphone(url) = output { Some(url) } else { None })
}

#[test]
fn the_frame_is_given_the_parameters_lightning_appends_after_those_it_has() {
    let (mut org, alex) = sample();
    let admin = org.named("User", "Ines Admin").expect("in the sample").id.clone();
    let center = org.call_centers()[0].id.clone();
    let mut host = Host::new(&org, ORIGIN, &alex, "Service", NOON);
    let url = loaded(&mut host).expect("a frame");
    let query = url.strip_prefix("https://phone.example.com/sf?").expect("a question mark");
    let names: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    assert_eq!(names[0], ("mode", "Lightning"));
    assert_eq!(names[1], ("sfdcIframeOrigin", "https%3A%2F%2Facme.lightning.force.com"));
    assert!(names[2].0 == "nonce" && names[2].1.len() == 64, "{:?}", names[2]);
    assert!(names[3].0 == "ltn_app_id" && names[3].1.starts_with("06m") && names[3].1.len() == 18, "{:?}", names[3]);
    assert_eq!(names[4..], [("isdtp", "vw"), ("clc", "0")]);
    org.edit_call_center(&admin, &center, "reqGeneralInfo", "reqAdapterUrl", "https://phone.example.com/sf?a=1").expect("a field");
    host.reload(&org, NOON);
    assert!(loaded(&mut host).is_some_and(|url| url.starts_with("https://phone.example.com/sf?a=1&mode=Lightning&")));
}

#[test]
fn a_softphone_that_does_not_report_in_time_makes_room_for_the_standby_page_until_the_browser_is_closed() {
    let (mut org, alex) = sample();
    let mut host = Host::new(&org, ORIGIN, &alex, "Service", NOON);
    assert_eq!(host.deadline(&org), Some(NOON + 10_000));
    loaded(&mut host);
    host.advance(&mut org, NOON + 9_999);
    assert_eq!(loaded(&mut host), None);
    host.advance(&mut org, NOON + 10_000);
    assert!(loaded(&mut host).is_some_and(|url| url.starts_with("https://standby.example.com/sf?mode=Lightning&")));
    assert_eq!(host.deadline(&org), None, "the standby page has nobody behind it");
    host.reload(&org, NOON + 60_000);
    assert!(loaded(&mut host).is_some_and(|url| url.starts_with("https://standby.example.com/")));
    let mut again = Host::with_session(&org, ORIGIN, &alex, "Service", Session::default(), NOON);
    assert!(loaded(&mut again).is_some_and(|url| url.starts_with("https://phone.example.com/")));
    let mut other_tab = Host::with_session(&org, ORIGIN, &alex, "Service", host.page().session(), NOON);
    assert!(loaded(&mut other_tab).is_some_and(|url| url.starts_with("https://standby.example.com/")));
}

#[test]
fn a_softphone_that_reports_stays_even_if_the_container_is_late() {
    for container_ms in [0, 20_000] {
        let (mut org, alex) = sample();
        let mut host = Host::new(&org, ORIGIN, &alex, "Service", NOON);
        host.faults_mut().container_ms = container_ms;
        host.receive(&mut org, NOON + 100, &request("notifyInitializationComplete", 0, json!({})));
        loaded(&mut host);
        host.advance(&mut org, NOON + 3_600_000);
        assert_eq!((loaded(&mut host), host.deadline(&org)), (None, None));
    }
}

#[test]
fn an_item_that_does_not_start_by_itself_loads_when_the_panel_is_first_opened() {
    let mut stage = Stage::in_app("On demand");
    assert_eq!(stage.host.page().softphone(), &Softphone::Waiting);
    stage.host.set_panel(&stage.org, true, stage.now);
    let first = stage.outputs();
    assert!(first.iter().any(|output| matches!(output, HostOutput::LoadSoftphone(_))), "{first:?}");
    stage.host.set_panel(&stage.org, false, stage.now);
    stage.host.set_panel(&stage.org, true, stage.now);
    assert_eq!(stage.outputs(), [HostOutput::PageChanged, HostOutput::PageChanged]);
}

#[test]
fn leaving_for_an_app_without_a_softphone_takes_the_frame_away() {
    let mut stage = Stage::new();
    stage.org.edit_app("Console", |app| app.softphone_item = false);
    stage.host.switch_app(&stage.org, "Console", stage.now);
    assert!(stage.outputs().contains(&HostOutput::RemoveSoftphone));
    assert_eq!(stage.fails("getAppViewInfo", json!({}))["code"], "SOFTPHONE_CONTAINER_ERROR");
    stage.host.switch_app(&stage.org, "Service", stage.now);
    assert!(stage.outputs().iter().any(|output| matches!(output, HostOutput::LoadSoftphone(_))));
}

#[test]
fn another_user_has_another_softphone_or_none() {
    let (org, alex) = sample();
    let una = org.named("User", "Una Signed").expect("in the sample").id.clone();
    let mut host = Host::new(&org, ORIGIN, &alex, "Service", NOON);
    host.log_in(&org, &una, NOON);
    let Softphone::Absent { because } = host.page().softphone() else { panic!("Una is in no call center") };
    assert!(because.to_string().starts_with("Una Signed is assigned to no call center."));
}

#[test]
fn the_panel_begins_in_the_call_centers_size_and_the_softphone_changes_it() {
    let mut stage = Stage::new();
    let bar = stage.host.page().bar();
    assert_eq!((bar.open, bar.height, bar.width), (false, 480, 340));
    stage.works("setSoftphonePanelHeight", json!({ "heightPX": 2560 }));
    stage.works("setSoftphonePanelWidth", json!({ "widthPX": 200 }));
    stage.works("setSoftphonePanelVisibility", json!({ "visible": true }));
    stage.works("setSoftphoneItemLabel", json!({ "label": "Ringing" }));
    stage.works("setSoftphonePanelLabel", json!({ "label": "Call" }));
    stage.works("setSoftphoneItemIcon", json!({ "key": "incoming_call" }));
    stage.works("setSoftphonePanelIcon", json!({ "key": "call" }));
    let bar = stage.host.page().bar();
    assert_eq!((bar.open, bar.height, bar.width), (true, 2560, 200));
    assert_eq!([&bar.item_label, &bar.panel_label, &bar.item_icon, &bar.panel_icon], ["Ringing", "Call", "incoming_call", "call"]);
}

#[test]
fn a_page_that_was_stored_goes_on_with_its_tabs_after_the_browsers_reload() {
    let mut stage = Stage::in_app("Console");
    stage.open("/lightning/r/Contact/003xx0000004TmiAAE/view");
    stage.works("enableClickToDial", json!({}));
    let stored = serde_json::to_string(stage.host.page()).expect("plain data");
    let mut host = Host::resumed(&stage.org, serde_json::from_str(&stored).expect("its own text"), NOON + 1000);
    assert!(loaded(&mut host).is_some());
    assert_eq!((host.page().nav(), host.page().click_to_dial()), (stage.host.page().nav(), false));
}
