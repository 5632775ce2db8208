//! Logs and their records on the panel.

use hookswitch_core::{AgentCommand, CallView, LogKey, RecordRef, RecordSource};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlSelectElement};

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
    assert_eq!(page.sent(), [AgentCommand::RelateLog(LogKey { seed: 7, count: 4 }, None)]);
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
