//! Placing calls.

use hookswitch_core::{AgentCommand, CallKind, DialSource, Direction, Phase, Refusal, Snapshot};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::{
    page::{Page, now, with_call},
    states,
};

fn dialed(number: &str, source: DialSource) -> AgentCommand {
    AgentCommand::Dial { number: number.into(), source }
}

fn number(page: &Page) -> String {
    page.get("dial-input").unchecked_into::<HtmlInputElement>().value()
}

/// What Enter in the field does.
async fn enter(page: &Page) {
    let form: HtmlFormElement = page.get("dial-input").unchecked_into::<HtmlInputElement>().form().unwrap();
    form.request_submit().unwrap();
    page.settle().await;
}

#[wasm_bindgen_test]
async fn enter_dials_what_was_typed_however_it_is_written() {
    let page = Page::in_state("idle").await;
    page.types("dial-input", "tel:+1 (415) 555-0100 ").await;
    enter(&page).await;
    assert_eq!(page.sent(), [dialed("+1 (415) 555-0100", DialSource::DialPad)]);
    assert_eq!(number(&page), "", "the field is free for the next one");
}

#[wasm_bindgen_test]
async fn what_will_be_dialed_and_why_is_shown_while_it_is_typed() {
    let page = Page::in_state("idle").await;
    assert!(page.find("dial-preview").is_none(), "nothing is typed");
    page.types("dial-input", "(415) 555-0100 x12").await;
    assert_eq!(
        page.text("dial-preview"),
        "Dials +14155550100, after the answer 12. The extension is sent after the answer. Your country code was added."
    );
    page.types("dial-input", "911").await;
    assert_eq!(page.text("dial-preview"), "Dials 911. An emergency number: dialed as it is, at once.");
    page.types("dial-input", "call me").await;
    assert!(page.find("dial-preview").is_none(), "there is nothing to dial");
}

#[wasm_bindgen_test]
async fn a_refused_number_stays_to_be_mended() {
    let page = Page::in_state("idle").await;
    page.answers(Err(Refusal::InvalidNumber));
    page.types("dial-input", "hello").await;
    page.press("dial").await;
    assert_eq!(number(&page), "hello");
    assert_eq!(page.attribute("refusal", "data-code"), "invalidNumber");
}

#[wasm_bindgen_test]
async fn keys_of_the_pad_and_digits_typed_on_it_make_the_number() {
    let page = Page::in_state("idle").await;
    for key in ["digit-4", "digit-2", "digit-star"] {
        page.press(key).await;
    }
    page.key(&page.get("digit-star"), "7").await;
    page.key(&page.get("dial"), "8").await;
    page.key(&page.get("dial"), "+").await;
    page.key(&page.get("dial"), "Enter").await;
    assert_eq!(number(&page), "42*78+");
    page.key(&page.get("dial"), "Backspace").await;
    page.press("backspace").await;
    assert_eq!(number(&page), "42*7");
}

#[wasm_bindgen_test]
async fn the_call_button_says_why_it_does_nothing() {
    let page = Page::in_state("idle-offline").await;
    page.types("dial-input", "100").await;
    assert_eq!(page.attribute("dial", "aria-disabled"), "true");
    assert!(page.text("dial-reason").contains("no connection to the phone system"));
    page.press("dial").await;
    enter(&page).await;
    assert_eq!(page.sent(), []);
    page.shows(states::idle()).await;
    assert_eq!(page.text("dial-reason"), "");
    page.press("dial").await;
    assert_eq!(page.sent(), [dialed("100", DialSource::DialPad)]);
}

#[wasm_bindgen_test]
async fn the_last_number_can_be_called_again() {
    let page = Page::in_state("idle").await;
    assert!(page.find("redial").is_none());
    let mut call = states::in_phase(states::ringing(now()), Phase::Delivered, &[]);
    (call.direction, call.kind) = (Direction::Out, CallKind::Outbound);
    page.shows(with_call(call)).await;
    page.shows(states::idle()).await;
    page.press("redial").await;
    assert_eq!(page.sent(), [dialed("+1 415 555 0142", DialSource::Redial)]);
}

#[wasm_bindgen_test]
async fn a_second_number_can_be_dialed_only_when_the_core_says_so() {
    let page = Page::in_state("wrap-up").await;
    assert!(page.find("dial").is_none());
    page.shows(Snapshot { dial: None, ..with_call(states::wrap_up(now())) }).await;
    assert!(page.find("dial").is_some());
}
