//! Logs and their records on the panel.

use hookswitch_core::{AgentCommand, CallView, LogKey, LogPlace, LogState, LogView, RecordRef, RecordSource, Snapshot};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::{page::Page, states};

async fn chooses(page: &Page, testid: &str, value: &str) {
    let select: HtmlSelectElement = page.get(testid).unchecked_into();
    select.set_value(value);
    select.dispatch_event(&Event::new("change").unwrap()).unwrap();
    page.settle().await;
}

#[wasm_bindgen_test]
async fn a_refused_log_names_the_field_and_can_be_mended() {
    let page = Page::in_state("logs").await;
    let key = LogKey { seed: 7, count: 2 };
    let failed = page.root.query_selector("[data-state=failed]").unwrap().unwrap().text_content().unwrap();
    assert!(failed.contains("Region__c"), "{failed}");
    page.types("log-notes", "Wants the green one.").await;
    chooses(&page, "log-disposition", "Resolved").await;
    let account = states::saved_log(2).offered[1].clone();
    chooses(&page, "log-record", &account.id).await;
    assert_eq!(page.sent().len(), 2, "looking at a record does not move the log there");
    page.press("log-move").await;
    let sent = [
        AgentCommand::SetLogNotes(key, "Wants the green one.".into()),
        AgentCommand::SetLogDisposition(key, Some("Resolved".into())),
        AgentCommand::RelateLog(key, Some(account)),
    ];
    assert_eq!(page.sent(), sent);
}

#[wasm_bindgen_test]
async fn a_saved_log_shows_its_record_with_the_reason_and_takes_another() {
    let page = Page::in_state("logs").await;
    let recent = page.get("recent");
    let says = recent.text_content().unwrap();
    assert!(says.contains("Log on Ada Lovelace (Name): the only one with this number"), "{says}");
    let select: HtmlSelectElement = recent.query_selector("[data-testid=log-record]").unwrap().unwrap().unchecked_into();
    select.set_value("");
    select.dispatch_event(&Event::new("change").unwrap()).unwrap();
    recent.query_selector("[data-testid=log-move]").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    assert_eq!(page.sent(), [AgentCommand::RelateLog(LogKey { seed: 7, count: 4 }, None)]);
}

/// One log on the panel.
async fn with_log(log: LogView) -> Page {
    Page::with(Snapshot { logs: vec![log], ..states::idle() }, states::running()).await
}

#[wasm_bindgen_test]
async fn notes_that_salesforce_did_not_take_can_be_shortened() {
    let too_long = LogState::Incomplete { detail: "data value too large".into(), fields: vec!["Description".into()] };
    let page = with_log(LogView { state: too_long, writable: true, ..states::saved_log(2) }).await;
    let notes: HtmlTextAreaElement = page.get("log-notes").unchecked_into();
    assert_eq!((notes.value().as_str(), notes.max_length()), ("Wants the blue one.", 32_000));
    assert!(page.find("log-disposition").is_some());
    let call = Page::with_call(states::connected(crate::page::now())).await;
    assert_eq!(call.notes().max_length(), 32_000);
}

#[wasm_bindgen_test]
async fn notes_that_are_salesforces_by_now_are_not_offered_to_be_written_over() {
    let refused = LogState::Failed { detail: "no such record".into(), fields: vec!["WhatId".into()] };
    let page = with_log(LogView { state: refused, writable: false, ..states::saved_log(2) }).await;
    assert!(page.find("log-record").is_some());
    assert!(page.find("log-notes").is_none() && page.find("log-disposition").is_none());
}

#[wasm_bindgen_test]
async fn a_record_being_chosen_stays_while_salesforce_goes_to_other_pages() {
    let page = Page::in_state("logs").await;
    let (mut snapshot, _) = states::state("logs", 0).unwrap();
    let select: HtmlSelectElement = page.get("log-record").unchecked_into();
    select.focus().unwrap();
    let account = states::saved_log(2).offered[1].clone();
    chooses(&page, "log-record", &account.id).await;
    let case = RecordRef { id: "500A".into(), object: "Case".into(), name: "00001007".into(), partner: None };
    snapshot.crm.in_view = Some(case.clone());
    page.shows(snapshot).await;
    assert!(select.is_connected(), "the list is not built anew under the agent");
    assert_eq!((page.focused().as_str(), select.value()), ("log-record", account.id.clone()));
    select.blur().unwrap();
    page.settle().await;
    let select: HtmlSelectElement = page.get("log-record").unchecked_into();
    assert!(select.text_content().unwrap().contains("00001007"), "the page in view is offered afterwards");
    assert_eq!(select.value(), account.id, "and what was chosen is still chosen");
    page.press("log-move").await;
    assert_eq!(page.sent(), [AgentCommand::RelateLog(LogKey { seed: 7, count: 2 }, Some(account))]);
}

#[wasm_bindgen_test]
async fn logs_of_other_agents_are_counted_and_not_shown() {
    let page = Page::in_state("logs").await;
    assert!(page.text("locked-logs").starts_with("2 logs of other agents"));
}

#[wasm_bindgen_test]
async fn the_record_of_a_call_has_its_reason_and_the_page_in_view_can_take_the_log() {
    let case = RecordRef { id: "500A".into(), object: "Case".into(), name: "00001007".into(), partner: Some("003A".into()) };
    let call = CallView { record_source: Some(RecordSource::Dialed), ..states::connected(crate::page::now()) };
    let mut snapshot = crate::page::with_call(call);
    snapshot.crm.in_view = Some(case.clone());
    let page = Page::with(snapshot.clone(), states::running()).await;
    assert_eq!(page.text("related"), "Log on Ada Lovelace (Name): dialed from there");
    page.press("take-page").await;
    let call = snapshot.calls[0].id;
    assert_eq!(page.sent(), [AgentCommand::Select(call, Some(case.clone()))]);
    (snapshot.calls[0].record, snapshot.calls[0].record_source) = (Some(case), Some(RecordSource::Picked));
    page.shows(snapshot).await;
    assert_eq!(page.text("related"), "Log on 00001007 (Name and Related to): your choice");
    assert!(page.find("take-page").is_none());
}

#[wasm_bindgen_test]
async fn a_log_that_names_no_record_says_so_and_cannot_be_moved() {
    let log = LogView { place: LogPlace::Nowhere, record: None, record_source: None, offered: Vec::new(), ..states::saved_log(2) };
    let page = Page::with(Snapshot { recent: vec![log.into()], ..states::idle() }, states::running()).await;
    assert!(page.text("log-related").starts_with("The log names no record"));
    assert!(page.find("log-record").is_none() && page.find("log-move").is_none());
    let case = RecordRef { id: "500A".into(), object: "Case".into(), name: "00001007".into(), partner: None };
    let mut snapshot = crate::page::with_call(states::connected(crate::page::now()));
    (snapshot.crm.in_view, snapshot.crm.log_place) = (Some(case), LogPlace::Nowhere);
    let page = Page::with(snapshot.clone(), states::running()).await;
    assert!(page.text("related").starts_with("The log names no record"));
    assert!(page.find("take-page").is_none());
    snapshot.crm.log_place = LogPlace::Fields;
    page.shows(snapshot).await;
    assert!(page.text("related").starts_with("Log on Ada Lovelace: "), "{}", page.text("related"));
    assert!(page.find("take-page").is_some());
}
