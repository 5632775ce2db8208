//! The open cases of a customer, beside the call.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, Phase, RecordRef, RecordSource};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Page, now, with_call},
    states,
};

const ADA: &str = "003xx0000004TmiAAE";

fn case(id: &str, name: &str) -> RecordRef {
    RecordRef { id: id.into(), object: "Case".into(), name: name.into(), partner: Some(ADA.into()) }
}

/// A call of somebody known, who has these open cases.
fn call_with(cases: Vec<RecordRef>) -> CallView {
    let mut call = states::in_phase(states::ringing(now()), Phase::Connected, &[CommandKind::Select]);
    call.matches = Vec::new();
    call.record = Some(RecordRef { id: ADA.into(), object: "Contact".into(), name: "Ada Byron".into(), partner: None });
    (call.answered, call.cases) = (Some(now()), cases);
    call
}

fn buttons(page: &Page) -> Vec<HtmlElement> {
    let all = page.root.query_selector_all("[data-testid=cases] button").unwrap();
    (0..all.length()).map(|at| all.item(at).unwrap().unchecked_into()).collect()
}

#[wasm_bindgen_test]
async fn open_cases_are_offered_under_a_name_and_the_one_that_is_pressed_becomes_the_calls() {
    let (arm, bill) = (case("500xx0000000001AAA", "00001007 Robot arm stops"), case("500xx0000000002AAA", "00001008 Bill <b>twice</b>"));
    let page = Page::with_call(call_with(vec![arm, bill.clone()])).await;
    assert_eq!((page.attribute("cases", "role").as_str(), page.attribute("cases", "aria-label").as_str()), ("group", "Open cases"));
    let texts: Vec<_> = buttons(&page).iter().map(|button| button.text_content().unwrap_or_default()).collect();
    assert_eq!(texts, ["00001007 Robot arm stops", "00001008 Bill <b>twice</b>"], "text from outside is text");
    assert_eq!(page.sent(), []);
    buttons(&page)[1].click();
    page.settle().await;
    assert_eq!(page.sent(), [AgentCommand::Select(CallId(1), Some(bill))]);
}

#[wasm_bindgen_test]
async fn the_case_that_has_the_log_is_marked_and_the_others_stay_on_offer() {
    let (arm, bill) = (case("500xx0000000001AAA", "00001007 Robot arm stops"), case("500xx0000000002AAA", "00001008 Bill twice"));
    let mut call = call_with(vec![arm.clone(), bill]);
    let page = Page::with_call(call.clone()).await;
    let pressed = |page: &Page| buttons(page).iter().map(|button| button.get_attribute("aria-pressed")).collect::<Vec<_>>();
    assert_eq!(pressed(&page), [Some("false".to_owned()), Some("false".to_owned())]);
    (call.record, call.record_source) = (Some(arm), Some(RecordSource::Picked));
    page.shows(with_call(call)).await;
    assert_eq!(pressed(&page), [Some("true".to_owned()), Some("false".to_owned())]);
    assert!(page.text("related").contains("Robot arm stops"), "{}", page.text("related"));
}

#[wasm_bindgen_test]
async fn a_customer_without_open_cases_has_no_list_and_one_that_comes_later_is_shown() {
    let page = Page::with_call(call_with(Vec::new())).await;
    assert!(page.find("cases").is_none());
    page.shows(with_call(call_with(vec![case("500xx0000000001AAA", "00001007 Robot arm stops")]))).await;
    assert_eq!(buttons(&page).len(), 1);
    page.shows(with_call(call_with(Vec::new()))).await;
    assert!(page.find("cases").is_none());
}

#[wasm_bindgen_test]
async fn a_case_cannot_be_chosen_where_the_core_says_so() {
    let mut call = call_with(vec![case("500xx0000000001AAA", "00001007 Robot arm stops")]);
    call = states::in_phase(call, Phase::Connected, &[]);
    let page = Page::with_call(call).await;
    buttons(&page)[0].click();
    page.settle().await;
    assert_eq!(page.sent(), []);
}

#[wasm_bindgen_test]
async fn a_call_about_a_case_goes_on_to_be_named_after_the_caller() {
    let arm = case("500xx0000000001AAA", "00001007 Robot arm stops");
    let mut call = call_with(vec![arm.clone()]);
    call.matches = call.record.iter().cloned().collect();
    call.record = Some(arm);
    let page = Page::with_call(call.clone()).await;
    assert_eq!(page.text("caller"), "Ada Byron");
    call.matches = Vec::new();
    call.connections[1].party.name = "Byron, A.".into();
    page.shows(with_call(call)).await;
    assert_eq!(page.text("caller"), "Byron, A.", "as the phone system has it");
}
