//! A call's card, from the first ring to the end of wrap-up.

use hookswitch_core::{AgentCommand, CallFact, CallId, CallView, CommandKind, Phase, Private, RecordRef, Refusal, WrapUpView};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::{
    page::{Page, document, now, with_call},
    states,
};

const CALL: CallId = CallId(1);

#[wasm_bindgen_test]
async fn html_in_a_callers_name_is_shown_as_text() {
    let hostile = "<img src=x onerror=\"document.title='owned'\"><b>Bob</b>";
    let mut call = states::ringing(now());
    call.record = None;
    call.connections[1].party.name = hostile.into();
    call.queue = hostile.into();
    call.matches = Vec::new();
    let page = Page::with_call(call).await;
    assert_eq!(page.text("caller"), hostile);
    assert_eq!(page.text("queue"), hostile);
    assert!(page.root.query_selector("img, .call-who b b").unwrap().is_none());
    assert_ne!(document().title(), "owned");
}

#[wasm_bindgen_test]
async fn ringing_interrupts_a_screen_reader_with_name_and_queue() {
    let page = Page::in_state("ringing").await;
    assert_eq!(page.text("announce-ringing"), "Incoming call from Ada Lovelace, queue Sales EMEA");
    assert_eq!(page.attribute("announce-ringing", "aria-live"), "assertive");
    page.shows(with_call(states::connected(now()))).await;
    assert_eq!(page.text("announce-ringing"), "");
    assert_eq!(page.text("announce-call"), "In call");
}

#[wasm_bindgen_test]
async fn name_number_queue_and_called_number_are_all_shown() {
    let page = Page::in_state("ringing").await;
    let shown = ["caller", "caller-number", "queue", "called", "segment"].map(|testid| page.text(testid));
    assert_eq!(shown, ["Ada Lovelace", "+1 415 555 0142", "Sales EMEA", "+1 415 555 0199", "Gold"]);
    let (mut snapshot, status) = states::state("ringing", now()).unwrap();
    snapshot.calls[0].facts = vec![CallFact::Queue];
    let bare = Page::with(snapshot, status).await;
    assert!(bare.get("segment").hidden() && bare.get("called").hidden(), "the softphone layout names neither");
    let unknown = Page::in_state("ringing-unknown").await;
    assert_eq!(unknown.text("caller"), "+1 415 555 0142");
    assert!(unknown.get("caller-number").hidden(), "the number is not said twice");
}

#[wasm_bindgen_test]
async fn answer_and_decline_are_buttons_and_keys() {
    let page = Page::in_state("ringing").await;
    page.press("answer").await;
    page.press("decline").await;
    let notes: HtmlElement = page.get("notes");
    page.key(&notes, "a").await;
    page.key(&notes, "Enter").await;
    page.key(&notes, "Escape").await;
    assert_eq!(page.sent(), [AgentCommand::Answer(CALL), AgentCommand::Decline(CALL)], "writing never touches a call");
    page.key(&notes, "F8").await;
    page.key(&notes, "F9").await;
    assert_eq!(page.sent()[2..], [AgentCommand::Answer(CALL), AgentCommand::Decline(CALL)]);
}

#[wasm_bindgen_test]
async fn f9_hangs_up_while_talking_and_does_nothing_in_wrap_up() {
    let page = Page::in_state("connected").await;
    let card = page.get("call");
    page.key(&card, "F9").await;
    page.shows(with_call(states::wrap_up(now()))).await;
    page.key(&page.get("call"), "F9").await;
    assert_eq!(page.sent(), [AgentCommand::Clear(CALL)]);
}

#[wasm_bindgen_test]
async fn a_refused_button_says_why_and_sends_nothing() {
    let page = Page::in_state("answering").await;
    assert_eq!(page.attribute("answer", "aria-disabled"), "true");
    assert!(page.attribute("answer", "aria-description").contains("only while you are talking"));
    assert!(page.attribute("answer", "title").contains("only while you are talking"));
    page.press("answer").await;
    assert_eq!(page.sent(), []);
}

#[wasm_bindgen_test]
async fn what_the_phone_system_cannot_do_is_not_offered() {
    let mut call = states::connected(now());
    for allowed in &mut call.commands {
        if matches!(allowed.command, CommandKind::Hold | CommandKind::SendDigits) {
            allowed.refused = Some("notSupported");
        }
    }
    let page = Page::with_call(call).await;
    assert!(page.get("hold").hidden());
    assert!(page.get("keypad").hidden());
    assert!(!page.get("mute").hidden());
}

#[wasm_bindgen_test]
async fn a_command_the_core_refuses_is_explained() {
    let page = Page::in_state("connected").await;
    page.answers(Err(Refusal::InProgress(CALL)));
    page.press("hold").await;
    assert_eq!(page.attribute("refusal", "data-code"), "inProgress");
    assert!(page.text("refusal").contains("still at work"));
    page.answers(Ok(()));
    page.press("mute").await;
    assert!(page.find("refusal").is_none());
}

#[wasm_bindgen_test]
async fn hold_and_retrieve_keep_the_focus() {
    let page = Page::in_state("connected").await;
    page.get("hold").focus().unwrap();
    page.press("hold").await;
    let (held, _) = states::state("held", now()).unwrap();
    page.shows(held).await;
    assert_eq!(page.focused(), "retrieve");
    assert_eq!(page.text("phase"), "On hold");
    page.press("retrieve").await;
    assert_eq!(page.sent(), [AgentCommand::Hold(CALL), AgentCommand::Retrieve(CALL)]);
}

#[wasm_bindgen_test]
async fn mute_shows_the_tracks_own_word() {
    let page = Page::in_state("connected").await;
    page.press("mute").await;
    assert_eq!(page.sent(), [AgentCommand::Mute(CALL, true)]);
    assert_eq!(page.attribute("mute", "aria-pressed"), "false", "asked is not yet done");
    page.shows(with_call(CallView { muted: true, ..states::connected(now()) })).await;
    assert_eq!(page.attribute("mute", "aria-pressed"), "true");
    assert!(!page.get("muted").hidden());
    page.press("mute").await;
    assert_eq!(page.sent()[1..], [AgentCommand::Mute(CALL, false)]);
}

#[wasm_bindgen_test]
async fn digits_are_sent_by_press_and_by_key_and_shown_when_sent() {
    let page = Page::in_state("connected").await;
    page.press("keypad").await;
    page.press("digit-7").await;
    page.key(&page.get("digit-7"), "#").await;
    page.key(&page.get("digit-7"), "x").await;
    let digits = |text: &str| AgentCommand::SendDigits(CALL, text.into());
    assert_eq!(page.sent(), [digits("7"), digits("#")]);
    assert_eq!(page.text("digits-sent"), "42#", "what the phone system says, not what was pressed");
}

#[wasm_bindgen_test]
async fn the_timer_counts_from_the_answer() {
    let page = Page::with_call(CallView { answered: Some(now() - 3_725_000), ..states::connected(now()) }).await;
    assert!(page.text("timer").starts_with("1:02:0"), "{}", page.text("timer"));
    page.shows(with_call(states::wrap_up(now()))).await;
    assert_eq!(page.text("timer"), "3:12", "final after the call");
}

#[wasm_bindgen_test]
async fn one_of_several_records_is_chosen_by_radio_button() {
    let page = Page::in_state("ringing-matches").await;
    page.press("match-1").await;
    let sent = page.sent();
    let [AgentCommand::Select(CALL, Some(record))] = sent.as_slice() else { panic!("one choice was sent: {sent:?}") };
    assert_eq!(record.id, "003000000000002AAA");
    page.press("match-none").await;
    assert_eq!(page.sent()[1..], [AgentCommand::Select(CALL, None)]);
}

#[wasm_bindgen_test]
async fn all_of_eight_records_are_offered_and_the_choice_is_kept() {
    let mut call = states::ringing(now());
    call.matches = (0..8).map(|index| RecordRef { id: format!("00300000000000{index}AAA"), ..call.matches[0].clone() }).collect();
    call.record = None;
    let page = Page::with_call(call.clone()).await;
    let radios = page.root.query_selector_all("[data-testid=matches] input[type=radio]").unwrap();
    assert_eq!(radios.length(), 9, "eight records, and none of them");
    call.record = Some(call.matches[7].clone());
    page.shows(with_call(states::in_phase(call, Phase::Connected, &[CommandKind::Select]))).await;
    let chosen: HtmlInputElement = page.get("match-7").query_selector("input").unwrap().unwrap().unchecked_into();
    assert!(chosen.checked());
}

#[wasm_bindgen_test]
async fn notes_are_accepted_in_every_phase_and_beside_the_keypad() {
    for state in ["ringing", "answering", "dialing", "connected", "muted", "held", "clearing", "wrap-up"] {
        let page = Page::in_state(state).await;
        if page.find("keypad").is_some() {
            page.press("keypad").await;
        }
        page.types("notes", state).await;
        assert_eq!(page.sent(), [AgentCommand::SetNotes(CALL, state.into())]);
    }
}

#[wasm_bindgen_test]
async fn a_hang_up_without_an_answer_leaves_a_way_out() {
    let page = Page::in_state("clearing").await;
    page.press("free-line").await;
    assert_eq!(page.sent(), [AgentCommand::ForceEnd(CALL)]);
}

#[wasm_bindgen_test]
async fn notes_being_written_survive_updates_of_the_snapshot() {
    let page = Page::in_state("ringing").await;
    let field = page.notes();
    field.focus().unwrap();
    page.types("notes", "wants a refund").await;
    field.set_selection_range(5, 5).unwrap();
    // The core's copy is one key stroke behind.
    let behind = |call: CallView| {
        let mut call = call;
        call.draft.notes = "wants a refun".into();
        with_call(call)
    };
    for call in [states::ringing(now()), states::connected(now()), states::wrap_up(now())] {
        page.shows(behind(call)).await;
        assert!(page.notes().is_same_node(Some(&field)), "it is still the same field");
        assert_eq!(field.value(), "wants a refund");
        assert_eq!(field.selection_start().unwrap(), Some(5));
        assert_eq!(page.focused(), "notes");
    }
    assert_eq!(page.sent(), [AgentCommand::SetNotes(CALL, Private::from("wants a refund"))]);
}

#[wasm_bindgen_test]
async fn notes_of_an_earlier_page_are_shown() {
    let mut call = states::connected(now());
    call.draft.notes = "from before the reload".into();
    assert_eq!(Page::with_call(call).await.notes().value(), "from before the reload");
}

#[wasm_bindgen_test]
async fn finishing_without_a_mandatory_choice_points_at_the_field() {
    let page = Page::in_state("wrap-up-mandatory").await;
    page.press("finish").await;
    assert_eq!(page.sent(), [], "nothing that is sure to be refused is sent");
    assert_eq!(page.attribute("disposition", "aria-invalid"), "true");
    assert!(!page.get("disposition-missing").hidden());
    assert_eq!(page.focused(), "disposition");
    js_sys::Reflect::set(&page.get("disposition"), &"value".into(), &"Follow-up".into()).unwrap();
    page.get("disposition").dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    assert_eq!(page.sent(), [AgentCommand::SetDisposition(CALL, Some("Follow-up".into()))]);
    let mut chosen = states::wrap_up(now());
    chosen.draft.disposition = Some("Follow-up".into());
    page.shows(with_call(chosen)).await;
    assert!(page.get("disposition-missing").hidden());
    assert_eq!(page.get("disposition").unchecked_into::<web_sys::HtmlSelectElement>().value(), "Follow-up");
    page.press("finish").await;
    assert_eq!(page.sent()[1..], [AgentCommand::FinishWrapUp(CALL)]);
}

#[wasm_bindgen_test]
async fn wrap_up_whose_time_is_up_says_what_it_waits_for_and_then_when_it_ends() {
    let held_open = |disposition: Option<&str>, left| {
        let mut call = states::mandatory(states::wrap_up(now()));
        call.draft.disposition = disposition.map(String::from);
        call.wrap_up = call.wrap_up.map(|wrap_up| WrapUpView { deadline: Some(now() + left), held_open: true, ..wrap_up });
        with_call(call)
    };
    let page = Page::in_state("wrap-up-mandatory").await;
    assert_eq!(page.text("overtime"), "");
    page.shows(held_open(None, 0)).await;
    assert!(page.text("overtime").contains("choose how the call went"), "{}", page.text("overtime"));
    assert_eq!(page.text("wrap-up-left"), "", "no time is counted");
    page.shows(held_open(Some("Resolved"), 14_900)).await;
    assert!(page.text("overtime").contains("15 seconds after your last change"), "{}", page.text("overtime"));
    assert!(["0:14 left", "0:15 left"].contains(&page.text("wrap-up-left").as_str()), "{}", page.text("wrap-up-left"));
    assert_eq!(page.attribute("overtime", "role"), "status");
}

#[wasm_bindgen_test]
async fn wrap_up_shows_the_time_left_and_can_be_extended() {
    let page = Page::in_state("wrap-up").await;
    assert!(["0:45 left", "0:46 left", "0:47 left"].contains(&page.text("wrap-up-left").as_str()), "{}", page.text("wrap-up-left"));
    page.press("extend").await;
    assert_eq!(page.sent(), [AgentCommand::ExtendWrapUp(CALL)]);
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_a_call_that_begins_to_ring() {
    let page = Page::in_state("idle").await;
    page.get("presence").focus().unwrap();
    page.shows(with_call(states::ringing(now()))).await;
    assert_eq!(page.focused(), "phase");
}

#[wasm_bindgen_test]
async fn a_second_call_does_not_take_the_focus_from_somebody_who_writes() {
    let page = Page::in_state("wrap-up").await;
    page.notes().focus().unwrap();
    let mut snapshot = with_call(states::wrap_up(now()));
    snapshot.calls.push(CallView { id: CallId(2), ..states::ringing(now()) });
    page.shows(snapshot).await;
    assert_eq!(page.focused(), "notes");
}

#[wasm_bindgen_test]
async fn the_focus_does_not_get_lost_when_the_pressed_button_goes() {
    let page = Page::in_state("ringing").await;
    page.get("answer").focus().unwrap();
    page.shows(with_call(states::connected(now()))).await;
    assert_eq!(page.focused(), "phase");
    page.shows(states::idle()).await;
    assert_eq!(page.focused(), "dial-input");
}

#[wasm_bindgen_test]
async fn several_calls_are_several_cards() {
    let mut snapshot = with_call(states::wrap_up(now()));
    snapshot.calls.push(CallView { id: CallId(2), phase: Phase::Held, ..states::connected(now()) });
    let page = Page::with(snapshot, states::running()).await;
    assert_eq!(page.root.query_selector_all("[data-testid='call']").unwrap().length(), 2);
}
