//! Several people in one call, its recording and its history.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, LegView, PartyId, Recording};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Page, now, with_call},
    several, states,
};

const CALL: CallId = CallId(1);

/// The parts of every party, in order.
fn each(page: &Page, testid: &str) -> Vec<HtmlElement> {
    let found = page.root.query_selector_all(&format!("[data-testid=party] [data-testid={testid}]")).unwrap();
    (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
}

fn texts(page: &Page, testid: &str) -> Vec<String> {
    each(page, testid).iter().map(|element| element.text_content().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn everybody_in_a_conference_is_listed_with_how_they_are() {
    let page = Page::in_state("conference").await;
    assert_eq!(page.text("phase"), "Conference");
    assert_eq!(page.text("caller"), "Ada Lovelace, Bob Smith, +1 415 555 0177");
    assert_eq!(texts(&page, "party-name"), ["Ada Lovelace", "Bob Smith", "+1 415 555 0177"]);
    assert_eq!(texts(&page, "party-state"), ["+1 415 555 0142", "1002 · On hold · Muted", "Ringing…"]);
    assert_eq!(page.text("announce-call"), "Ada Lovelace, Bob Smith, +1 415 555 0177: Conference");
}

#[wasm_bindgen_test]
async fn each_party_is_held_muted_and_removed_by_its_own_buttons() {
    let page = Page::in_state("conference").await;
    each(&page, "party-hold")[0].click();
    each(&page, "party-retrieve")[0].click();
    each(&page, "party-mute")[0].click();
    each(&page, "party-mute")[1].click();
    each(&page, "party-remove")[2].click();
    let (ada, bob, third) = (PartyId(1), PartyId(2), PartyId(3));
    let expected = [
        AgentCommand::HoldParty(CALL, ada),
        AgentCommand::RetrieveParty(CALL, bob),
        AgentCommand::MuteParty(CALL, ada, true),
        AgentCommand::MuteParty(CALL, bob, false),
        AgentCommand::ClearParty(CALL, third),
    ];
    assert_eq!(page.sent(), expected);
    assert_eq!(each(&page, "party-mute")[2].get_attribute("aria-disabled").as_deref(), Some("true"), "who rings cannot be muted yet");
    let group = each(&page, "party-hold")[0].parent_element().unwrap();
    assert_eq!(group.get_attribute("aria-label").as_deref(), Some("Ada Lovelace"), "a screen reader hears whose buttons these are");
}

#[wasm_bindgen_test]
async fn what_cannot_be_done_with_a_party_is_not_offered() {
    let mut call = several::conference(now());
    for connection in &mut call.connections {
        for allowed in &mut connection.commands {
            if allowed.command != CommandKind::ClearParty {
                allowed.refused = Some("notSupported");
            }
        }
    }
    let page = Page::with_call(call).await;
    assert!(each(&page, "party-hold").iter().chain(&each(&page, "party-mute")).all(HtmlElement::hidden));
    assert!(!each(&page, "party-remove").iter().any(HtmlElement::hidden));
}

#[wasm_bindgen_test]
async fn a_conference_is_left_or_ended_for_all() {
    let page = Page::in_state("conference").await;
    assert_eq!(page.text("hangup"), "Leave");
    page.press("hangup").await;
    page.press("end-for-all").await;
    assert_eq!(page.sent(), [AgentCommand::Clear(CALL), AgentCommand::ClearCall(CALL)]);
    page.shows(with_call(several::able(states::connected(now())))).await;
    assert_eq!(page.text("hangup"), "Hang up", "of two people nobody is left behind");
    assert!(page.find("end-for-all").is_none() && page.find("parties").is_none());
}

#[wasm_bindgen_test]
async fn a_party_that_leaves_leaves_the_others_untouched() {
    let page = Page::in_state("conference").await;
    let ada = each(&page, "party-name")[0].clone();
    let mut call = several::conference(now());
    call.connections.remove(2);
    each(&page, "party-remove")[1].focus().unwrap();
    page.shows(with_call(call)).await;
    assert_eq!(texts(&page, "party-name"), ["Ada Lovelace", "+1 415 555 0177"]);
    assert!(each(&page, "party-name")[0].is_same_node(Some(&ada)));
    assert_eq!(page.focused(), "phase", "the focus that was on the button of who left");
}

#[wasm_bindgen_test]
async fn a_recording_is_begun_paused_continued_and_ended_and_its_state_is_told_in_words() {
    let steps = [
        (Recording::Off, "", "record-start", Recording::On),
        (Recording::On, "Recording", "record-pause", Recording::Paused),
        (Recording::Paused, "Recording paused", "record-resume", Recording::On),
        (Recording::On, "Recording", "record-stop", Recording::Off),
    ];
    for (state, told, button, next) in steps {
        let page = Page::with_call(CallView { recording: state, ..several::able(states::connected(now())) }).await;
        assert_eq!(page.find("recording").map(|badge| badge.text_content().unwrap()).unwrap_or_default(), told);
        page.press(button).await;
        assert_eq!(page.sent(), [AgentCommand::SetRecording(CALL, next)]);
    }
    let page = Page::with_call(several::able(states::connected(now()))).await;
    assert!(page.find("record-stop").is_none(), "there is nothing to stop");
}

#[wasm_bindgen_test]
async fn who_took_the_callers_place_is_named_and_not_the_callers_record() {
    let mut call = states::connected(now());
    assert!(call.record.is_some());
    call.connections[1].party = states::party("1003", "Carol Jones");
    call.legs.push(LegView { party: states::party("1003", "Carol Jones"), since: call.began + 2_000, until: None });
    let page = Page::with_call(call).await;
    assert_eq!((page.text("caller"), page.text("caller-number")), ("Carol Jones".into(), "1003".into()));
    assert!(page.text("record").contains("Ada Lovelace"), "the call is still about her");
}

#[wasm_bindgen_test]
async fn who_came_and_went_is_told_once_somebody_did() {
    let page = Page::in_state("conference").await;
    let found = page.root.query_selector_all("[data-testid=leg]").unwrap();
    let legs: Vec<_> = (0..found.length()).map(|index| found.get(index).unwrap().text_content().unwrap()).collect();
    assert_eq!(legs, ["0:00 – nowAda Lovelace", "0:01 – 0:02Carol Jones", "0:02 – nowBob Smith", "0:03 – now+1 415 555 0177"]);
    assert!(Page::in_state("connected").await.find("legs").is_none());
}
