//! A whole phone in a real browser, beside a provider that does as each test says.
#![cfg(target_arch = "wasm32")]

mod directory;
mod page;

use hookswitch_core::{AgentCommand, CallId, Phase, PhoneState, Refusal};
use hookswitch_shell::{NoSettings, Phone, SettingsSource, SignIn, Stage, Status};
use page::{Page, SIMULATED, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const RINGS: &str = r#"{"type":"delivered","call":"c1","from":{"number":"+14155550100","name":"Ada"},"kind":"inbound"}"#;
const READY: &str = r#"{"type":"service","state":"ready"}"#;
const CAN_ALL: &str = r#"{"type":"capabilities","capabilities":{"agentState":true,"digits":true,"hold":true,"mute":true}}"#;

fn phase(phone: &Phone) -> Option<Phase> {
    phone.snapshot().calls.first().map(|call| call.phase)
}

/// A phone whose provider is ready.
async fn ready(page: &Page) -> Phone {
    let phone = Phone::start(page.config(SIMULATED));
    until(|| page.did().contains("start")).await;
    page.report(CAN_ALL);
    page.report(READY);
    until(|| phone.snapshot().phone.state == PhoneState::Ready).await;
    phone
}

#[wasm_bindgen_test]
async fn a_call_rings_is_answered_and_ends_as_the_provider_says() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    page.report(RINGS);
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    assert_eq!(phone.command(AgentCommand::Answer(CallId(1))), Ok(()));
    until(|| page.did().contains(r#"{"type":"answer","call":"c1"}"#)).await;
    page.report(r#"{"type":"established","call":"c1"}"#);
    until(|| phase(&phone) == Some(Phase::Connected)).await;
    page.report(r#"{"type":"connectionCleared","call":"c1","cause":"normal"}"#);
    until(|| phase(&phone) == Some(Phase::WrapUp)).await;
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn the_journal_replays_from_where_it_was_begun_to_what_the_agent_sees_and_names_nobody() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    assert_eq!(phone.journal(), None, "nothing is kept before somebody says so");
    phone.record();
    page.report(RINGS);
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    assert_eq!(phone.command(AgentCommand::Answer(CallId(1))), Ok(()));
    assert_eq!(phone.command(AgentCommand::SetNotes(CallId(1), "Ada wants a refund".into())), Ok(()));
    let journal = phone.journal().expect("something is kept");
    assert!(!["4155550100", "Ada", "refund"].into_iter().any(|word| journal.contains(word)), "{journal}");
    let steps = hookswitch_journal::replay(&journal).expect("it can be read");
    let last = &steps.last().expect("there are steps").snapshot;
    assert_eq!((last.revision, last.calls[0].phase), (phone.snapshot().revision, Phase::Answering));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_malformed_report_is_dropped_and_written_down_without_its_content() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    let before = phone.snapshot().revision;
    page.report(r#"{"type":"delivered","call":"c1","from":{"number":4155550100},"kind":"inbound"}"#);
    until(|| phone.notes().iter().any(|note| note.code == "provider-malformed")).await;
    let notes = phone.notes();
    assert_eq!(notes.last().map(|note| note.detail.as_str()), Some("number"));
    assert_eq!((phone.snapshot().revision, phone.snapshot().calls.len()), (before, 0));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_refused_command_says_why_and_a_throwing_provider_refuses() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    assert_eq!(phone.command(AgentCommand::Answer(CallId(9))), Err(Refusal::UnknownCall(CallId(9))));
    page.report(RINGS);
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    page.make_commands_throw();
    assert_eq!(phone.command(AgentCommand::Answer(CallId(1))), Ok(()));
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    assert!(!phone.snapshot().problems.is_empty());
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_second_tab_waits_and_takes_over_when_the_first_one_goes() {
    let first_page = Page::new().await;
    let first = ready(&first_page).await;
    let second_page = Page::new().await;
    let second = Phone::start(second_page.config(SIMULATED));
    until(|| second.status().stage == Stage::OtherTab).await;
    assert_eq!((second_page.did().as_str(), second.command(AgentCommand::SetReady)), ("", Err(Refusal::NoPhone)));
    first.stop();
    until(|| second.status().stage == Stage::Running && second_page.did().contains("start")).await;
    assert!(first_page.did().ends_with("stop"));
    second_page.leave(&second).await;
}

#[wasm_bindgen_test]
async fn a_waiting_tab_that_is_closed_never_takes_over() {
    let first_page = Page::new().await;
    let first = ready(&first_page).await;
    let second_page = Page::new().await;
    let second = Phone::start(second_page.config(SIMULATED));
    until(|| second.status().stage == Stage::OtherTab).await;
    second.stop();
    first.stop();
    let third_page = Page::new().await;
    let third = ready(&third_page).await;
    assert_eq!((second.status().stage.clone(), second_page.did().as_str()), (Stage::Stopped, ""));
    third_page.leave(&third).await;
}

#[wasm_bindgen_test]
async fn notes_of_a_call_come_back_on_the_next_page() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    page.report(r#"{"type":"account","identity":"1001"}"#);
    page.report(RINGS);
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    assert_eq!(phone.command(AgentCommand::SetNotes(CallId(1), "wants a refund".into())), Ok(()));
    page.has_stored(":journal").await;
    page.pause(200).await;
    assert!(!page.stored().await.contains("refund"), "what is stored must not be readable");
    phone.stop();

    let next = Page::new().await;
    let phone = ready(&next).await;
    next.report(r#"{"type":"account","identity":"1001"}"#);
    next.report(
        r#"{"type":"sync","calls":[{"call":"c1","party":{"number":"+14155550100"},"kind":"inbound","direction":"in","state":"connected","farState":"connected"}]}"#,
    );
    let notes = |phone: &Phone| phone.snapshot().calls.first().map(|call| call.draft.notes.reveal().to_owned());
    until(|| phase(&phone) == Some(Phase::Connected)).await;
    assert_eq!(notes(&phone).as_deref(), Some("wants a refund"));
    next.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn after_a_trap_the_next_instance_takes_the_living_provider_over() {
    let page = Page::new().await;
    let broken = ready(&page).await;
    page.report(RINGS);
    until(|| phase(&broken) == Some(Phase::Alerting)).await;
    // What the loader does when the instance has trapped: nothing of it is called any more, its lock and its provider stay.
    page.reset();
    std::mem::forget(broken);

    let mut config = page.config(SIMULATED);
    config.restarted = true;
    let phone = Phone::start(config);
    // Ready without the provider having said so again: the keep remembers.
    until(|| phone.snapshot().phone.state == PhoneState::Ready).await;
    until(|| page.did().ends_with("sync") || page.did().contains(r#"{"type":"sync"}"#)).await;
    page.report(
        r#"{"type":"sync","calls":[{"call":"c1","party":{"number":"+14155550100"},"kind":"inbound","direction":"in","state":"alerting","farState":"connected"}]}"#,
    );
    until(|| phase(&phone) == Some(Phase::Alerting)).await;
    let Status { stage, restarted, .. } = Status::clone(&phone.status());
    assert_eq!((stage, restarted, page.did().matches("start").count()), (Stage::Running, true, 1));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_provider_that_cannot_be_loaded_is_named() {
    let page = Page::new().await;
    page.break_loading();
    let phone = Phone::start(page.config(SIMULATED));
    until(|| phone.snapshot().phone.state == PhoneState::Failed).await;
    assert_eq!(phone.snapshot().phone.detail.reveal(), "the phone system's module simulated could not be loaded: no such module");
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn without_a_phone_system_in_the_settings_nothing_is_loaded_and_the_admin_is_told() {
    let page = Page::new().await;
    let phone = Phone::start(page.config(&[("/hookswitchProvider/provider", "simulatd")]));
    until(|| phone.status().settings == SettingsSource::Embedded).await;
    page.pause(100).await;
    assert_eq!((phone.snapshot().phone.provided, page.did().as_str()), (false, ""));
    assert_eq!(phone.status().setting_problems[0].item, "/hookswitchProvider/provider");
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn without_settings_there_is_no_phone() {
    let page = Page::new().await;
    let mut config = page.config(SIMULATED);
    config.settings = None;
    let phone = Phone::start(config);
    until(|| phone.status().settings == SettingsSource::None(NoSettings::Empty)).await;
    assert_eq!((phone.status().stage.clone(), page.did().as_str()), (Stage::Running, ""));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_page_outside_of_salesforce_starts_nothing_and_stores_nothing() {
    let page = Page::new().await;
    let before = page.stored().await;
    let mut config = page.config(SIMULATED);
    config.alone = false;
    let phone = Phone::start(config);
    until(|| phone.status().stage != Stage::Starting).await;
    let Stage::FrameRefused { code, words } = &phone.status().stage else { panic!("{:?}", phone.status().stage) };
    assert_eq!((*code, words.contains("utility bar")), ("frame-not-framed", true));
    page.pause(100).await;
    assert_eq!((page.did().as_str(), page.stored().await), ("", before));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_provider_that_asks_gets_the_credentials_of_the_form_and_a_refused_one_asks_again() {
    let page = Page::new().await;
    let phone = Phone::start(page.config(SIMULATED));
    until(|| page.did().contains("start")).await;
    page.ask_for_credentials();
    until(|| phone.status().sign_in == SignIn::Wanted).await;
    phone.sign_in("1001", "wrong");
    until(|| page.did().contains("credentials 1001 wrong")).await;
    assert_eq!(phone.status().sign_in, SignIn::Done);
    page.report(r#"{"type":"service","state":"failed","detail":"the sign-in was refused: 401"}"#);
    until(|| phone.status().sign_in == SignIn::Refused).await;
    phone.sign_in("1001", "right");
    // Nobody waited for them, so the provider is started anew, and asks.
    until(|| page.did().matches("start").count() == 2).await;
    page.ask_for_credentials();
    until(|| page.did().contains("credentials 1001 right")).await;
    assert!(!page.stored().await.contains("right"));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_listener_may_command_the_phone_and_drop_itself() {
    let page = Page::new().await;
    let phone = ready(&page).await;
    let (inner, told) = (phone.clone(), std::rc::Rc::new(std::cell::Cell::new(0)));
    let count = std::rc::Rc::clone(&told);
    let subscription = phone.subscribe(move || {
        count.set(count.get() + 1);
        if count.get() == 1 {
            assert_eq!(inner.command(AgentCommand::SetReady), Ok(()));
        }
    });
    assert_eq!(phone.command(AgentCommand::SetNotReady(String::new())), Ok(()));
    assert!(told.get() >= 2, "the change made by the listener was told, too");
    drop(subscription);
    let before = told.get();
    assert_eq!(phone.command(AgentCommand::SetReady), Ok(()));
    assert_eq!(told.get(), before);
    page.leave(&phone).await;
}
