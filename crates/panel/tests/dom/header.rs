//! Presence, connection, messages, logs, sign-in, and the pages without a desk.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, AgentState, Cause, DialSource, Fault, LogKey, Private, Problem, ProblemKind, RefusedReason};
use hookswitch_shell::{SignIn, Stage, Status};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::{page::Page, states};

#[wasm_bindgen_test]
async fn presence_is_changed_by_keyboard_alone() {
    let page = Page::in_state("idle").await;
    let button = page.get("presence");
    button.focus().unwrap();
    page.key(&button, "ArrowDown").await;
    assert_eq!(page.focused(), "presence-ready");
    page.key(&page.get("presence-ready"), "ArrowDown").await;
    page.key(&page.get("presence-notready-0"), "ArrowDown").await;
    assert_eq!(page.focused(), "presence-notready-1");
    page.press("presence-notready-1").await;
    assert_eq!(page.sent(), [AgentCommand::SetNotReady("Lunch".into())]);
    assert!(page.find("presence-ready").is_none(), "the menu is closed");
    assert_eq!(page.focused(), "presence");
}

#[wasm_bindgen_test]
async fn escape_closes_the_presence_menu_and_changes_nothing() {
    let page = Page::in_state("idle").await;
    page.press("presence").await;
    page.key(&page.get("presence-ready"), "Escape").await;
    assert!(page.find("presence-ready").is_none());
    assert_eq!(page.focused(), "presence");
    assert_eq!(page.sent(), []);
}

#[wasm_bindgen_test]
async fn a_refused_change_of_state_shows_the_reason() {
    let mut snapshot = states::idle();
    let kind = ProblemKind::StateRefused { reason: RefusedReason::NotPermitted };
    snapshot.problems = vec![Problem { detail: Private::default(), id: 1, kind, number: Private::default() }];
    let page = Page::with(snapshot, states::running()).await;
    assert!(page.text("problem").contains("Your state was not changed. The phone system does not allow you to do this"));
    page.press("presence").await;
    assert!(page.text("presence-refused").contains("does not allow you"));
}

#[wasm_bindgen_test]
async fn every_failure_of_a_call_has_a_reason_and_a_retry() {
    for cause in Cause::ALL.into_iter().filter(|cause| cause.fault() != Fault::Nobody) {
        let mut snapshot = states::idle();
        snapshot.problems =
            vec![Problem { detail: Private::default(), id: 1, kind: ProblemKind::CallEnded { cause }, number: "+14155550142".into() }];
        let page = Page::with(snapshot, states::running()).await;
        assert!(page.text("problem").len() > 30, "{cause:?}");
        page.press("call-again").await;
        assert!(matches!(page.sent().first(), Some(AgentCommand::Dial { .. })), "{cause:?}");
    }
}

#[wasm_bindgen_test]
async fn a_pending_state_stands_beside_the_present_one() {
    let mut snapshot = states::idle();
    snapshot.agent.state = AgentState::Busy;
    snapshot.agent.pending = Some(AgentState::NotReady { reason: "Lunch".into() });
    let page = Page::with(snapshot, states::running()).await;
    assert_eq!(page.attribute("presence", "aria-label"), "Your state: Busy then Not ready: Lunch");
}

#[wasm_bindgen_test]
async fn the_connection_is_told_in_words_on_demand() {
    let page = Page::in_state("idle-offline").await;
    assert_eq!(page.attribute("connection", "data-phone"), "reconnecting");
    assert_eq!(page.attribute("connection", "data-health"), "bad");
    assert_eq!(page.attribute("connection", "aria-label"), "Connection: Problem");
    page.press("connection").await;
    assert_eq!(page.attribute("connection", "aria-expanded"), "true");
    assert_eq!(page.text("connection-phone"), "Connection lost. Trying again…");
    assert_eq!(page.text("connection-crm"), "Connected");
}

#[wasm_bindgen_test]
async fn the_simulated_phone_system_is_never_without_its_banner() {
    for name in states::NAMES {
        let (mut snapshot, status) = states::state(name, 0).unwrap();
        snapshot.phone.simulated = true;
        let desk = status.stage == Stage::Running && status.settings != hookswitch_shell::SettingsSource::Waiting;
        let page = Page::with(snapshot, status).await;
        if desk {
            assert!(!page.get("banner-simulated").hidden(), "{name}");
        }
    }
    assert!(Page::in_state("idle").await.get("banner-simulated").hidden());
}

#[wasm_bindgen_test]
async fn a_problem_has_a_next_step() {
    let page = Page::in_state("problems").await;
    assert!(page.text("problem").contains("You missed a call."));
    page.press("call-again").await;
    let again = AgentCommand::Dial { number: "+1 415 555 0142".into(), source: DialSource::Redial };
    assert_eq!(page.sent(), [again, AgentCommand::Dismiss(1)]);
    page.press("problem-dismiss").await;
    assert_eq!(page.sent()[2..], [AgentCommand::Dismiss(1)]);
}

#[wasm_bindgen_test]
async fn a_log_is_discarded_only_when_asked_twice() {
    let page = Page::in_state("logs").await;
    let key = LogKey { seed: 7, count: 2 };
    page.press("log-resend").await;
    page.press("log-discard").await;
    assert_eq!(page.text("log-discard"), "Discard for good?");
    assert_eq!(page.sent(), [AgentCommand::ResendLog(key)]);
    page.press("log-discard").await;
    assert_eq!(page.sent()[1..], [AgentCommand::DiscardLog(key)]);
}

#[wasm_bindgen_test]
async fn logs_that_need_the_agent_are_shown_even_where_the_settings_show_no_logs() {
    let (snapshot, mut status) = states::state("logs", 0).unwrap();
    status.view.views = Vec::new();
    let page = Page::with(snapshot, status).await;
    let shown = page.root.query_selector_all("[data-testid='log-state']").unwrap();
    assert_eq!(shown.length(), 4);
    assert_eq!(page.attribute("log-state", "data-state"), "failed");
}

#[wasm_bindgen_test]
async fn signing_in_hands_the_password_over_and_keeps_nothing() {
    let page = Page::in_state("sign-in").await;
    page.types("signin-user", " agent42 ").await;
    page.types("signin-password", "s3cret").await;
    let field: HtmlInputElement = page.get("signin-password").unchecked_into();
    let form: HtmlFormElement = field.form().unwrap();
    form.request_submit().unwrap();
    assert_eq!(*page.signed_in.borrow(), [("agent42".to_owned(), "s3cret".to_owned())]);
    assert_eq!(field.value(), "");
    page.shows_status(states::idle(), Status { sign_in: SignIn::Refused, ..states::running() }).await;
    assert!(!page.get("signin-refused").hidden());
    page.shows_status(states::idle(), Status { sign_in: SignIn::Done, ..states::running() }).await;
    assert!(page.find("signin-user").is_none());
}

#[wasm_bindgen_test]
async fn another_tab_a_wrong_frame_and_no_phone_have_pages_of_their_own() {
    assert!(Page::in_state("other-tab").await.text("other-tab").contains("The phone is in another tab"));
    assert!(Page::in_state("frame-refused").await.text("frame-refused").contains("org-hosts.json"));
    let none = Page::in_state("no-phone").await;
    assert!(none.text("no-phone").contains("not assigned to a call center"));
    assert!(none.text("setting-problems").contains("hsPhone/hsProvider"), "the admin is told which value is wrong");
    assert!(none.find("dial").is_none(), "nothing is pretended");
}

#[wasm_bindgen_test]
async fn what_an_earlier_instance_left_on_the_page_is_replaced() {
    let first = Page::in_state("idle").await;
    let hands = hookswitch_panel::Hands {
        command: Box::new(|_| Ok(())),
        sign_in: Box::new(|_, _| {}),
        preview: Box::new(crate::page::american),
        enable_sound: Box::new(|| {}),
        finder: Box::new(crate::page::People::default()),
        check: Box::new(|_| {}),
        record: Box::new(|| {}),
        journal: Box::new(|| None),
    };
    let desk = hookswitch_panel::Desk::new(Rc::new(states::idle()), Rc::new(states::running()), hands);
    let second = hookswitch_panel::mount(&first.root, desk);
    first.settle().await;
    assert_eq!(first.root.query_selector_all(".panel").unwrap().length(), 1);
    drop(second);
}
