//! Several calls at once: which one is shown in full, and what can be done with the others.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, PhoneState, Private, Problem, ProblemKind, Refusal, RefusedReason};
use hookswitch_core::{Cause, Phase};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Page, document, now, with_call},
    several::{self, allow, with_calls},
    states,
};

const ADA: CallId = CallId(1);
const OTHER: CallId = CallId(2);

/// The name on the card that is shown in full.
fn in_full(page: &Page) -> String {
    let open = page.root.query_selector_all("[data-open]").unwrap();
    assert_eq!(open.length(), 1, "one call is shown in full");
    page.text("caller")
}

async fn dialog(page: &Page, number: &str, button: &str) {
    page.types("pass-number", number).await;
    page.press(button).await;
}

#[wasm_bindgen_test]
async fn a_second_call_rings_in_a_line_and_is_answered_there() {
    let page = Page::in_state("second-rings").await;
    assert_eq!(in_full(&page), "Ada Lovelace");
    assert_eq!(page.text("line-who"), "Grace Hopper");
    assert_eq!(page.text("announce-ringing"), "Incoming call from Grace Hopper, queue Sales EMEA");
    page.press("answer").await;
    page.press("decline").await;
    assert_eq!(page.sent(), [AgentCommand::Answer(OTHER), AgentCommand::Decline(OTHER)]);
}

#[wasm_bindgen_test]
async fn a_call_is_declined_and_the_agent_not_ready_in_one_step() {
    let page = Page::in_state("second-rings").await;
    page.press("ringing-more").await;
    js_sys::Reflect::set(&page.get("decline-reason"), &"value".into(), &"Lunch".into()).unwrap();
    page.press("decline-not-ready").await;
    assert_eq!(page.sent(), [AgentCommand::DeclineNotReady(OTHER, "Lunch".into())]);
}

#[wasm_bindgen_test]
async fn without_reasons_it_is_declined_for_none() {
    let mut snapshot = with_call(states::ringing(now()));
    snapshot.agent.reasons.clear();
    let page = Page::with(snapshot, states::running()).await;
    page.press("ringing-more").await;
    assert!(page.find("decline-reason").is_none());
    page.press("decline-not-ready").await;
    assert_eq!(page.sent(), [AgentCommand::DeclineNotReady(ADA, String::new())]);
}

#[wasm_bindgen_test]
async fn a_ringing_call_is_sent_on_where_the_phone_system_can() {
    let page = Page::in_state("second-rings").await;
    page.press("ringing-more").await;
    page.types("deflect-number", " 1002 ").await;
    page.press("deflect").await;
    assert_eq!(page.sent(), [AgentCommand::Deflect(OTHER, "1002".into())]);
    let page = Page::in_state("ringing").await;
    page.press("ringing-more").await;
    assert!(page.find("deflect").is_none());
}

#[wasm_bindgen_test]
async fn a_call_that_cannot_be_held_is_the_reason_why_the_second_is_not_answered() {
    let mut second = several::second(now());
    for allowed in &mut second.commands {
        if allowed.command == CommandKind::Answer {
            allowed.refused = Some("notSupported");
        }
    }
    let page = Page::with(with_calls(vec![states::connected(now()), second]), states::running()).await;
    assert!(!page.get("answer").hidden());
    assert!(page.attribute("answer", "aria-description").contains("Finish the other one first"));
    page.press("answer").await;
    assert_eq!(page.sent(), []);
}

#[wasm_bindgen_test]
async fn what_is_shown_in_full_follows_the_voice_and_the_agent() {
    let (ada, grace) = (states::connected(now()), several::second(now()));
    let page = Page::with(with_calls(vec![ada.clone(), grace.clone()]), states::running()).await;
    assert_eq!(in_full(&page), "Ada Lovelace");
    page.shows(with_calls(vec![several::held(ada.clone()), several::talking(grace.clone(), now())])).await;
    assert_eq!(in_full(&page), "Grace Hopper", "the voice went there");
    page.press("show-call").await;
    assert_eq!(in_full(&page), "Ada Lovelace", "the agent looks at the one on hold");
    assert_eq!(page.focused(), "phase");
    let mut on_hold = several::held(ada);
    on_hold.draft.notes = "any change".into();
    page.shows(with_calls(vec![on_hold.clone(), several::talking(grace.clone(), now())])).await;
    assert_eq!(in_full(&page), "Ada Lovelace", "and goes on looking");
    page.shows(with_calls(vec![on_hold])).await;
    page.shows(with_calls(vec![several::talking(grace, now())])).await;
    assert_eq!(in_full(&page), "Grace Hopper");
}

#[wasm_bindgen_test]
async fn a_call_that_rings_takes_the_place_of_a_wrap_up_unless_the_agent_writes() {
    let both = || with_calls(vec![states::wrap_up(now()), several::second(now())]);
    let page = Page::in_state("wrap-up").await;
    page.notes().focus().unwrap();
    page.shows(both()).await;
    assert_eq!((in_full(&page).as_str(), page.focused().as_str()), ("Ada Lovelace", "notes"));
    let page = Page::in_state("wrap-up").await;
    page.shows(both()).await;
    assert_eq!(in_full(&page), "Grace Hopper");
}

#[wasm_bindgen_test]
async fn two_calls_are_swapped_from_the_line_of_the_one_on_hold() {
    let page = Page::in_state("swap").await;
    page.press("swap").await;
    assert_eq!(page.sent(), [AgentCommand::Alternate(ADA)]);
    let mut alone = several::held(states::connected(now()));
    for allowed in &mut alone.commands {
        if allowed.command == CommandKind::Alternate {
            allowed.refused = Some("notConnected");
        }
    }
    let page = Page::with(with_calls(vec![alone, several::second(now())]), states::running()).await;
    page.press("show-call").await;
    page.press("retrieve").await;
    assert_eq!(page.sent(), [AgentCommand::Retrieve(ADA)]);
}

#[wasm_bindgen_test]
async fn two_drafts_stay_apart_and_neither_is_lost() {
    let page = Page::in_state("two-wrap-ups").await;
    let texts = || (in_full(&page), page.notes().value());
    assert_eq!(texts(), ("Grace Hopper".into(), String::new()));
    page.types("notes", "second").await;
    let mut calls = several::calls("two-wrap-ups", now()).unwrap();
    calls[1].draft.notes = "second".into();
    page.shows(with_calls(calls)).await;
    page.press("show-call").await;
    assert_eq!(texts(), ("Ada Lovelace".into(), "Wants the invoice again.".into()));
    page.press("show-call").await;
    assert_eq!(texts(), ("Grace Hopper".into(), "second".into()));
    assert_eq!(page.sent(), [AgentCommand::SetNotes(OTHER, Private::from("second"))]);
}

#[wasm_bindgen_test]
async fn f9_hangs_up_the_call_with_the_voice_never_one_that_waits() {
    let page = Page::in_state("swap").await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [AgentCommand::Clear(OTHER)]);
    let held = vec![several::held(states::connected(now())), several::held(several::second(now()))];
    let page = Page::with(with_calls(held), states::running()).await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [], "none of two that wait is meant");
    let (waits, grace) = (passed_on(), several::talking(several::second(now()), now()));
    let page = Page::with(with_calls(vec![waits.clone(), several::held(several::second(now()))]), states::running()).await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [], "nor who is passed on and waits meanwhile");
    page.shows(with_calls(vec![waits.clone(), grace.clone()])).await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [AgentCommand::Clear(OTHER)], "the agent talks with the next one by now");
    page.shows(with_calls(vec![several::held(states::connected(now())), states::in_phase(grace, Phase::Clearing, &[])])).await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent().len(), 1, "pressed once more it does not reach who waits beside the call that is on its way out");
}

/// Ada is on the way to somebody else and waits on hold for it.
fn passed_on() -> CallView {
    states::in_phase(several::held(states::connected(now())), Phase::Transferring, &[CommandKind::Clear, CommandKind::ForceEnd])
}

#[wasm_bindgen_test]
async fn who_waits_to_be_passed_on_does_not_keep_the_next_call_small() {
    let page = Page::with(with_calls(vec![passed_on(), several::second(now())]), states::running()).await;
    assert_eq!(in_full(&page), "Grace Hopper", "she rings, and nobody has the agent's voice");
    page.press("show-call").await;
    page.shows(with_calls(vec![passed_on(), several::talking(several::second(now()), now())])).await;
    assert_eq!(in_full(&page), "Grace Hopper", "the voice went there");
    assert!(!page.get("hangup").hidden());
}

#[wasm_bindgen_test]
async fn of_two_that_ring_keys_and_focus_mean_the_first_that_is_told() {
    let page = Page::with_call(states::ringing(now())).await;
    page.get("phase").focus().unwrap();
    page.shows(with_calls(vec![states::ringing(now()), several::second(now())])).await;
    assert_eq!(document().active_element().unwrap().id(), "call-1");
    let told = "Incoming call from Ada Lovelace, queue Sales EMEA. Incoming call from Grace Hopper, queue Sales EMEA";
    assert_eq!((page.text("announce-ringing").as_str(), in_full(&page).as_str()), (told, "Ada Lovelace"));
    page.key(&page.get("call"), "F8").await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [AgentCommand::Answer(ADA), AgentCommand::Decline(ADA)]);
}

#[wasm_bindgen_test]
async fn a_consultation_is_completed_joined_or_left_for_the_call_it_is_about() {
    let page = Page::in_state("consultation").await;
    assert_eq!((in_full(&page).as_str(), page.text("consults").as_str()), ("Bob Smith", "About the call with Ada Lovelace"));
    assert_eq!(page.text("announce-call"), "Ada Lovelace: On hold . Bob Smith: Consultation");
    for button in ["complete-transfer", "join", "reconnect"] {
        page.press(button).await;
    }
    let expected = [AgentCommand::Transfer(ADA, OTHER), AgentCommand::Conference(ADA, OTHER), AgentCommand::Reconnect(OTHER)];
    assert_eq!(page.sent(), expected);
}

#[wasm_bindgen_test]
async fn a_consultation_that_still_rings_is_completed_only_where_the_phone_system_can() {
    let mut calls = several::consultation(now());
    calls[1] = states::in_phase(calls[1].clone(), Phase::Delivered, &[CommandKind::Clear, CommandKind::Reconnect]);
    calls[0].others[0].conference = Some("notConnected");
    let page = Page::with(with_calls(calls.clone()), states::running()).await;
    page.press("complete-transfer").await;
    page.press("join").await;
    assert_eq!(page.sent(), [AgentCommand::Transfer(ADA, OTHER)]);
    calls[0].others[0].transfer = Some("notSupported");
    page.shows(with_calls(calls)).await;
    assert!(page.get("complete-transfer").hidden());
}

#[wasm_bindgen_test]
async fn somebody_is_asked_added_or_given_the_call_by_number() {
    let commands = [
        ("consult", AgentCommand::Consult { call: ADA, number: "1002".into() }),
        ("transfer-now", AgentCommand::SingleStepTransfer(ADA, "1002".into())),
        ("add-now", AgentCommand::SingleStepConference(ADA, "1002".into())),
    ];
    for (button, command) in commands {
        let page = Page::with_call(several::able(states::connected(now()))).await;
        page.press("pass").await;
        assert_eq!(page.focused(), "pass-number");
        dialog(&page, "1002", button).await;
        assert_eq!(page.sent(), [command]);
        assert!(page.find("pass-form").is_none(), "it closes when it is done");
    }
}

#[wasm_bindgen_test]
async fn that_a_transfer_may_lose_the_caller_is_said_before_and_only_where_it_is_so() {
    for (returns, able, said) in [(true, true, false), (false, true, true), (false, false, false)] {
        let call = several::able(states::connected(now()));
        let call = if able { call } else { states::in_phase(call, Phase::Connected, &[CommandKind::Consult]) };
        let mut snapshot = with_calls(vec![call]);
        snapshot.phone.blind_transfer_returns = returns;
        let page = Page::with(snapshot, states::running()).await;
        page.press("pass").await;
        assert_eq!(page.find("transfer-may-lose").is_some(), said);
    }
}

#[wasm_bindgen_test]
async fn a_refused_number_leaves_the_form_open_with_the_reason_beside_it() {
    let page = Page::with_call(several::able(states::connected(now()))).await;
    page.press("pass").await;
    page.answers(Err(Refusal::InvalidNumber));
    dialog(&page, "hello", "transfer-now").await;
    assert_eq!(page.attribute("refusal", "data-code"), "invalidNumber");
    assert!(page.find("pass-form").is_some());
}

#[wasm_bindgen_test]
async fn escape_closes_a_form_and_gives_the_focus_back_to_its_button() {
    let page = Page::with_call(several::able(states::connected(now()))).await;
    page.press("pass").await;
    page.key(&page.get("pass-number"), "Escape").await;
    assert!(page.find("pass-form").is_none());
    assert_eq!(page.focused(), "pass");
    let page = Page::in_state("second-rings").await;
    page.press("ringing-more").await;
    page.get("deflect-number").focus().unwrap();
    page.key(&page.get("deflect-number"), "Escape").await;
    assert!(page.find("deflect-number").is_none());
    assert_eq!(page.focused(), "ringing-more");
    assert_eq!(page.sent(), [], "it is only a form that was closed");
}

#[wasm_bindgen_test]
async fn enter_asks_first_where_that_is_possible() {
    let page = Page::with_call(allow(states::connected(now()), &[CommandKind::SingleStepTransfer])).await;
    page.press("pass").await;
    assert!(page.get("consult").hidden(), "this phone system cannot");
    page.types("pass-number", "1002").await;
    let form = page.get("pass-number").closest("form").unwrap().unwrap();
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlFormElement>(form).request_submit().unwrap();
    page.settle().await;
    assert_eq!(page.sent(), [AgentCommand::SingleStepTransfer(ADA, "1002".into())]);
}

#[wasm_bindgen_test]
async fn what_no_phone_system_of_this_kind_can_do_has_no_button() {
    let page = Page::in_state("connected").await;
    for button in ["pass", "record-start"] {
        assert!(page.get(button).hidden(), "{button}");
    }
    let page = Page::with_call(allow(states::connected(now()), &[CommandKind::Consult])).await;
    assert_eq!(page.text("pass"), "Ask someone");
}

#[wasm_bindgen_test]
async fn one_of_my_own_calls_is_transferred_to_another_or_joined_with_it() {
    let page = Page::in_state("swap").await;
    for (button, command) in [("transfer-to", AgentCommand::Transfer(OTHER, ADA)), ("join-with", AgentCommand::Conference(OTHER, ADA))] {
        page.press("pass").await;
        page.press(button).await;
        assert_eq!(page.sent().last(), Some(&command));
    }
}

#[wasm_bindgen_test]
async fn a_stuck_call_can_be_freed_and_so_can_any_without_a_connection() {
    for (state, offered) in [("transferring", true), ("clearing", true), ("connected", false), ("wrap-up", false)] {
        let page = Page::in_state(state).await;
        assert_eq!(page.find("free-line").is_some(), offered, "{state}");
    }
    let mut snapshot = with_calls(vec![allow(states::connected(now()), &[CommandKind::ForceEnd])]);
    snapshot.phone.state = PhoneState::Reconnecting;
    let page = Page::with(snapshot, states::running()).await;
    page.press("free-line").await;
    assert_eq!(page.sent(), [AgentCommand::ForceEnd(ADA)]);
}

#[wasm_bindgen_test]
async fn a_failed_transfer_is_told_with_the_phone_systems_own_words_as_text() {
    let problem = |id, kind| Problem { detail: "<b>480</b> gone".into(), id, kind, number: "+14155550142".into() };
    let mut snapshot = with_calls(vec![states::connected(now())]);
    snapshot.problems = vec![problem(1, ProblemKind::TransferFailed { cause: Cause::NoAnswer })];
    let page = Page::with(snapshot.clone(), states::running()).await;
    assert!(page.text("problem").contains("the call is back"));
    assert!(page.text("problem").contains("Nobody answered"));
    assert!(page.find("call-again").is_none(), "the caller is on the line already");
    assert_eq!(page.text("problem-detail"), "The phone system says: <b>480</b> gone");
    snapshot.problems = vec![problem(2, ProblemKind::StateRefused { reason: RefusedReason::NotPermitted })];
    page.shows(snapshot).await;
    page.press("presence").await;
    assert!(page.text("presence-refused").contains("<b>480</b> gone"), "beside the menu, too");
}

#[wasm_bindgen_test]
async fn a_call_that_answers_itself_says_when() {
    let page = Page::in_state("auto-answer").await;
    assert_eq!(page.text("auto-answer"), "Answers by itself in 0:03");
    page.shows(with_call(states::ringing(now()))).await;
    assert!(page.find("auto-answer").is_none());
}

#[wasm_bindgen_test]
async fn a_key_answers_the_call_that_rings_beside_another() {
    let page = Page::in_state("second-rings").await;
    let card: HtmlElement = page.get("call");
    page.key(&card, "F8").await;
    assert_eq!(page.sent(), [AgentCommand::Answer(OTHER)]);
}

#[wasm_bindgen_test]
async fn a_line_shows_a_callers_html_as_text() {
    let mut second = several::second(now());
    second.connections[1].party.name = "<img src=x>".into();
    let page =
        Page::with(with_calls(vec![states::connected(now()), CallView { queue: "<b>q</b>".into(), ..second }]), states::running()).await;
    assert_eq!(page.text("line-who"), "<img src=x>");
    assert!(page.root.query_selector("img, .line b").unwrap().is_none());
}
