//! The port against a stand-in for `sforce.opencti` that answers as each test says.

mod asks;

use std::cell::RefCell;

use hookswitch_core::{CallId, LogFields, LogKey, PopTarget};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen(inline_js = r#"
let plans, calls, listeners;

export function leave() {
  delete window.sforce;
  delete window.__hookswitchOpenCti;
  [plans, calls, listeners] = [{}, [], []];
}
export function arrive() {
  const api = new Proxy({}, { get: (_, name) => name === "hvs" ? api : ({ callback, listener, ...args } = {}) => {
    calls.push(`${name} ${JSON.stringify(args)}`);
    if (listener) listeners.push([name, listener]);
    const plan = plans[name]?.shift() ?? { value: null };
    if (plan.silent || !callback) return;
    const response = plan.errors ? { success: false, returnValue: null, errors: plan.errors } : { success: true, returnValue: plan.value, errors: null };
    if (name === "subscribe") response.subscription = {};
    setTimeout(() => callback(response), plan.after ?? 0);
  } });
  window.sforce = { opencti: api };
}
export const plan = (name, json) => (plans[name] ??= []).push(JSON.parse(json));
export const called = () => calls.join("\n");
export const tell = (name, json) => listeners.forEach(([known, listener]) => known === name && listener(JSON.parse(json)));
/** A clock a hundred times as fast. */
export const quick = (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100));
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"#)]
extern "C" {
    fn leave();
    fn arrive();
    fn plan(name: &str, json: &str);
    fn called() -> String;
    fn tell(name: &str, json: &str);
    fn quick(ms: u32) -> Promise;
    fn wait(ms: u32) -> Promise;
}

#[derive(Default)]
struct Seen {
    reports: RefCell<Vec<CrmReport>>,
    problems: RefCell<Vec<Option<&'static str>>>,
    settings: RefCell<Vec<Flat>>,
    missed: RefCell<Vec<bool>>,
    layouts: RefCell<Vec<Option<Result<Layout, &'static str>>>>,
}

impl Host for Seen {
    fn crm_report(&self, report: CrmReport) {
        self.reports.borrow_mut().push(report);
    }

    fn crm_problem(&self, problem: Option<CrmProblem>) {
        self.problems.borrow_mut().push(problem.map(|problem| problem.code));
    }

    fn live_settings(&self, settings: Flat) {
        self.settings.borrow_mut().push(settings);
    }

    fn layout(&self, layout: Option<Result<Layout, &'static str>>) {
        self.layouts.borrow_mut().push(layout);
    }

    fn no_live_settings(&self, answered: bool) {
        self.missed.borrow_mut().push(answered);
    }

    fn note(&self, _code: &'static str, _detail: String) {}
}

impl Seen {
    fn heard(&self, report: &CrmReport) -> bool {
        self.reports.borrow().contains(report)
    }

    fn last(&self) -> Option<CrmReport> {
        self.reports.borrow().last().cloned()
    }
}

/// A port beside a script that is there.
fn begin() -> (Rc<Port>, Rc<Seen>) {
    leave();
    arrive();
    let port = Port::new(Rc::new(quick));
    let seen = Rc::new(Seen::default());
    let host: Rc<dyn Host> = Rc::<Seen>::clone(&seen);
    port.set_host(Rc::downgrade(&host));
    (port, seen)
}

async fn until(is: impl Fn() -> bool) {
    for _ in 0..500 {
        if is() {
            return;
        }
        wasm_bindgen_futures::JsFuture::from(wait(10)).await.unwrap();
    }
    panic!("it did not come about; Salesforce was asked: {}", called());
}

fn log() -> LogFields {
    LogFields {
        subject: "Inbound call +14155550100".into(),
        completed: true,
        date: "2026-01-15".into(),
        kind: Some(CallKind::Inbound),
        duration_s: Some(73),
        disposition: Some("Resolved".into()),
        notes: "wants a refund".into(),
        who: Some("003xx0000004TmiAAE".into()),
        object: "Task".into(),
        ..LogFields::default()
    }
}

const KEY: LogKey = LogKey { seed: 0x2a, count: 3 };

fn save(record: Option<&str>) -> CrmCommand {
    CrmCommand::SaveLog { key: KEY, record: record.map(str::to_owned), fields: Box::new(log()), before: None }
}

#[wasm_bindgen_test]
async fn a_log_is_created_as_a_task_and_its_record_is_told() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":{"recordId":"00Txx0000012345EAA"}}"#);
    port.carry_out(RequestId(5), save(None));
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(5), record: "00Txx0000012345EAA".into() })).await;
    assert_eq!(
        called(),
        r#"saveLog {"value":{"entityApiName":"Task","Subject":"Inbound call +14155550100","Status":"Completed","Priority":"Normal","TaskSubtype":"Call","ActivityDate":"2026-01-15","CallObject":"hs-000000000000002a-3","Description":"wants a refund","CallType":"Inbound","CallDurationInSeconds":73,"CallDisposition":"Resolved","WhoId":"003xx0000004TmiAAE"}}"#
    );
}

#[wasm_bindgen_test]
async fn a_log_is_updated_by_id_and_what_was_taken_back_is_emptied() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":"00Txx0000012345EAA"}"#);
    port.carry_out(RequestId(6), save(Some("00Txx0000012345EAA")));
    until(|| seen.last().is_some()).await;
    let called = called();
    assert!(called.contains(r#"{"Id":"00Txx0000012345EAA","Subject""#) && called.contains(r#""WhatId":null"#), "{called}");
    assert!(!called.contains("entityApiName") && !called.contains("TaskSubtype") && !called.contains("Priority"), "{called}");
}

#[wasm_bindgen_test]
async fn an_update_sends_what_changed_since_our_own_last_save_and_nothing_else() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":"00T1"}"#);
    let before = LogFields { disposition: None, notes: "".into(), custom: vec![("Hold__c".into(), "3".into())], ..log() };
    let after = LogFields { custom: vec![("Hold__c".into(), "4".into())], who: None, without: vec!["CallDisposition".into()], ..log() };
    let update = |fields: LogFields| CrmCommand::SaveLog {
        key: KEY,
        record: Some("00T1".into()),
        fields: Box::new(fields),
        before: Some(Box::new(before.clone())),
    };
    port.carry_out(RequestId(6), update(after));
    until(|| seen.last().is_some()).await;
    assert_eq!(called(), r#"saveLog {"value":{"Id":"00T1","Description":"wants a refund","WhoId":null,"Hold__c":"4"}}"#);
    // Nothing changed: nothing is asked.
    port.carry_out(RequestId(7), update(before.clone()));
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(7), record: "00T1".into() })).await;
    assert_eq!(called().matches("saveLog").count(), 1);
}

#[wasm_bindgen_test]
async fn a_log_of_unknown_fate_is_looked_for_by_its_key() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    let find = || CrmCommand::FindLog { key: KEY, since: "2026-01-15".into() };
    plan("runApex", r#"{"value":{"runApex":"[{\"Id\":\"00T1\"},{\"Id\":\"00T2\"}]"}}"#);
    port.carry_out(RequestId(8), find());
    until(|| seen.last() == Some(CrmReport::LogFound { request: RequestId(8), record: Some("00T1".into()) })).await;
    assert!(called().contains("key=hs-000000000000002a-3&since=2026-01-15"), "{}", called());
    plan("runApex", r#"{"value":{"runApex":"[]"}}"#);
    port.carry_out(RequestId(9), find());
    until(|| seen.last() == Some(CrmReport::LogFound { request: RequestId(9), record: None })).await;
}

#[wasm_bindgen_test]
fn only_an_empty_list_says_that_there_is_no_log() {
    let found = |json: &str| task::first_id(&js_sys::JSON::parse(json).unwrap()).map_err(drop);
    assert_eq!(found("[]"), Ok(None));
    assert_eq!(found(r#"[{"Id":"00T1"},{"Id":"00T2"}]"#), Ok(Some("00T1".into())));
    for other in ["null", r#"{"records":[]}"#, r#"[{"id":"00T1"}]"#, r#"[{"Id":""}]"#] {
        assert_eq!(found(other), Err(()), "{other}");
    }
}

#[wasm_bindgen_test]
fn the_fields_at_fault_are_those_in_brackets() {
    let named = |message| task::fields_at_fault(message).join(" ");
    assert_eq!(named("Required fields are missing: [Status, Hold__c]"), "Status Hold__c");
    assert_eq!(named("Choose how it went: [CallDisposition] Or else: [Type]"), "CallDisposition Type");
    assert_eq!(named("No [such thing] [] [open"), "");
}

#[wasm_bindgen_test]
async fn a_log_that_is_answered_late_is_first_in_doubt_and_then_saved() {
    let (port, seen) = begin();
    // The deadline of 10 s is 100 ms here.
    plan("saveLog", r#"{"value":{"recordId":"00Txx0000012345EAA"},"after":250}"#);
    port.carry_out(RequestId(7), save(None));
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(7), failure: CrmFailure::NoReply })).await;
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(7), record: "00Txx0000012345EAA".into() })).await;
}

#[wasm_bindgen_test]
async fn a_refused_log_tells_salesforces_own_reasons() {
    let (port, seen) = begin();
    plan(
        "saveLog",
        r#"{"errors":[{"code":"GENERIC_ERROR","description":"Review the details.","details":[{"message":"Not for [Smith]: [Subject]"}]}]}"#,
    );
    port.carry_out(RequestId(8), save(None));
    // What was not sent is no field: here it is somebody's name.
    let (detail, fields) = ("Not for [Smith]: [Subject]".into(), vec!["Subject".into()]);
    let failure = CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail, fields };
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(8), failure: failure.clone() })).await;
}

#[wasm_bindgen_test]
async fn without_the_script_nothing_is_sent_and_that_is_said() {
    let (port, seen) = begin();
    leave();
    port.carry_out(RequestId(9), save(None));
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(9), failure: CrmFailure::NotSent })).await;
}

#[wasm_bindgen_test]
async fn a_search_pops_and_finds_records_without_the_pop_data() {
    let (port, seen) = begin();
    plan(
        "searchAndScreenPop",
        r#"{"value":{"001xx":{"Id":"001xx","RecordType":"Account","Name":"Ada","IsPersonAccount":true,"PersonContactId":"003xx"},"SCREEN_POP_DATA":{"type":"sobject"}}}"#,
    );
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    let ada = RecordRef { id: "001xx".into(), object: "Account".into(), name: "Ada".into(), partner: Some("003xx".into()) };
    until(|| seen.last() == Some(CrmReport::Found { request: RequestId(2), records: vec![ada.clone()], fields: Vec::new(), opens: false }))
        .await;
    let called = called();
    assert!(called.contains(r#""searchParams":"415 555 0100","callType":"inbound""#), "{called}");
    assert!(called.contains(r#""defaultFieldValues":{"Phone":"+14155550100"}"#) && !called.contains(r#""deferred":true"#), "{called}");
}

#[wasm_bindgen_test]
async fn only_the_newest_label_counts() {
    let (port, _) = begin();
    for text in ["one", "two", "three"] {
        port.carry_out(RequestId(1), CrmCommand::Label { text: text.into(), icon: "call".into() });
    }
    until(|| called().contains("three") && called().matches("setSoftphoneItemIcon").count() == 2).await;
    assert!(!called().contains("two"));
}

#[wasm_bindgen_test]
async fn serving_brings_settings_first_and_listeners_once_salesforce_has_answered() {
    let (port, seen) = begin();
    plan("getCallCenterSettings", r#"{"silent":true}"#);
    plan("getCallCenterSettings", r#"{"value":{"/reqGeneralInfo/reqInternalName":"hookswitch"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"/","recordId":"003xx","objectType":"Contact","recordName":"Ada"}}"#);
    let serving = Rc::clone(&port);
    spawn(async move { serving.serve().await });
    until(|| seen.problems.borrow().first() == Some(&Some("cti-no-reply"))).await;
    assert!(
        called().find("onClickToDial") > called().rfind("getCallCenterSettings") || !called().contains("onClickToDial"),
        "registrations are not answered, so they must wait"
    );
    until(|| called().contains("getAppViewInfo")).await;
    let settings: Flat = [("/reqGeneralInfo/reqInternalName", "hookswitch")].into_iter().collect();
    assert_eq!((seen.missed.borrow().as_slice(), seen.settings.borrow().as_slice()), ([false].as_slice(), [settings].as_slice()));
    assert_eq!((called().matches("onClickToDial").count(), seen.problems.borrow().last()), (1, Some(&None)));
    assert!(seen.heard(&CrmReport::State(CrmState::Ready)));

    tell(
        "onClickToDial",
        r#"{"number":"(415) 555-0100","recordId":"001xx","recordName":"Ada","objectType":"Account","contactId":"003xx"}"#,
    );
    let ada = RecordRef { id: "001xx".into(), object: "Account".into(), name: "Ada".into(), partner: Some("003xx".into()) };
    until(|| seen.heard(&CrmReport::ClickToDial { number: "(415) 555-0100".into(), record: Some(ada.clone()) })).await;
    tell("onNavigationChange", r#"{"url":"/lightning/o/Contact/list"}"#);
    until(|| seen.heard(&CrmReport::Navigated(None))).await;
    port.stop();
}

#[wasm_bindgen_test]
async fn a_silent_salesforce_is_noticed_and_its_return_as_well() {
    let (port, seen) = begin();
    port.serving.set(true);
    port.answered();
    plan("screenPop", r#"{"silent":true}"#);
    plan("isSoftphonePanelVisible", r#"{"silent":true}"#);
    plan("isSoftphonePanelVisible", r#"{"value":{"visible":false}}"#);
    port.carry_out(RequestId(4), CrmCommand::Pop { target: PopTarget::Record { id: "003xx".into() } });
    until(|| *seen.problems.borrow() == [None, Some("cti-no-reply"), None]).await;
    let states: Vec<_> = seen.reports.borrow().iter().filter(|report| matches!(report, CrmReport::State(_))).cloned().collect();
    assert_eq!(states, [CrmState::Ready, CrmState::NotAnswering, CrmState::Ready].map(CrmReport::State));
}

/// An org whose script is at an address of the test's choice: the rest of the path is taken for a comment or a missing file.
fn org(origin: &str) -> hookswitch_opencti::frame::Frame {
    hookswitch_opencti::frame::Frame { origin: origin.to_owned(), mode: "Lightning".to_owned() }
}

fn connect(port: &Rc<Port>, origin: &str) {
    let (port, org) = (Rc::clone(port), org(origin));
    spawn(async move {
        port.connect(&org, 66).await;
        spawn(async move { port.serve().await });
    });
}

#[wasm_bindgen_test]
async fn a_missing_script_is_named_and_looked_for_until_it_comes() {
    let (port, seen) = begin();
    leave();
    connect(&port, &web_sys::window().unwrap().location().origin().unwrap());
    until(|| seen.problems.borrow().first() == Some(&Some("script-failed"))).await;
    arrive();
    plan("getCallCenterSettings", r#"{"value":{}}"#);
    until(|| seen.problems.borrow().last() == Some(&None)).await;
    until(|| called().contains("onClickToDial")).await;
    assert!(called().starts_with("notifyInitializationComplete"), "{}", called());
    port.stop();
}

#[wasm_bindgen_test]
async fn a_script_that_throws_is_named_and_tried_all_the_same() {
    let (port, seen) = begin();
    leave();
    connect(&port, "data:text/javascript,throw 'Failed to initialize Open CTI';//");
    until(|| seen.problems.borrow().first() == Some(&Some("script-threw"))).await;
    // No reply may take the better explanation's place.
    wasm_bindgen_futures::JsFuture::from(wait(300)).await.unwrap();
    assert_eq!(*seen.problems.borrow(), [Some("script-threw")]);
    arrive();
    until(|| seen.problems.borrow().last() == Some(&None)).await;
    assert!(seen.heard(&CrmReport::State(CrmState::Ready)));
    port.stop();
}

#[wasm_bindgen_test]
async fn a_page_that_is_no_script_is_named() {
    let (port, seen) = begin();
    leave();
    connect(&port, "data:text/javascript,void 0;//");
    until(|| seen.problems.borrow().first() == Some(&Some("script-no-api"))).await;
    port.stop();
}

#[wasm_bindgen_test]
async fn a_method_of_the_class_is_run_with_encoded_parameters_and_its_json_is_read() {
    let (port, _seen) = begin();
    port.set_apex(Some("acme.Hookswitch"));
    plan("runApex", r#"{"value":{"runApex":"{\"page\":0,\"more\":true}"}}"#);
    let answer = port.apex("directory", Fields::new().with("text", "Ada & Co=1%")).await.unwrap();
    assert_eq!(crate::read::Reader::new(&answer, "answer").unwrap().flag("more"), Ok(true));
    assert_eq!(called(), r#"runApex {"apexClass":"acme.Hookswitch","methodName":"directory","methodParams":"text=Ada%20%26%20Co%3D1%25"}"#);
}

#[wasm_bindgen_test]
async fn each_way_for_apex_to_fail_is_told_apart() {
    let (port, _seen) = begin();
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NotSet));
    assert_eq!(called(), "", "nothing is sent where there is no class");
    port.set_apex(Some("Hookswitch"));
    let words = "A problem was encountered on the server.";
    for (response, expected) in [
        (r#"{"errors":[{"code":"SERVER_ERROR","description":"Could not load Apex class: Hookswitch."}]}"#, ApexFailure::NoClass),
        (
            r#"{"errors":[{"code":"SERVER_ERROR","description":"A problem was encountered on the server."}]}"#,
            ApexFailure::Failed { words: words.into() },
        ),
        (r#"{"silent":true}"#, ApexFailure::NoReply),
        (r#"{"value":{"runApex":"<html>"}}"#, ApexFailure::Unreadable),
        (r#"{"value":{"runApex":{"page":0}}}"#, ApexFailure::Unreadable),
        (r#"{"value":null}"#, ApexFailure::Unreadable),
    ] {
        plan("runApex", response);
        assert_eq!(port.apex("ping", Fields::new()).await, Err(expected), "{response}");
    }
    leave();
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NotSent));
}

#[wasm_bindgen_test]
async fn the_layout_is_asked_for_once_the_phone_has_settled_and_again_on_demand() {
    let (port, seen) = begin();
    plan("getCallCenterSettings", r#"{"value":{"/reqGeneralInfo/reqInternalName":"hookswitch"}}"#);
    plan("getSoftphoneLayout", r#"{"value":{"Inbound":{"screenPopSettings":{"screenPopsOpenWithin":"NewWindow"}}}}"#);
    plan("getSoftphoneLayout", r#"{"errors":[{"code":"GENERIC_ERROR","description":"no"}]}"#);
    let serving = Rc::clone(&port);
    spawn(async move { serving.serve().await });
    until(|| called().contains("onNavigationChange")).await;
    assert!(!called().contains("getSoftphoneLayout"), "a first load does without it");
    until(|| seen.layouts.borrow().len() == 2).await;
    port.read_layout();
    until(|| seen.layouts.borrow().len() == 4).await;
    let layouts = seen.layouts.borrow();
    let wanted = layouts
        .iter()
        .map(|layout| layout.as_ref().map(|came| came.as_ref().map(|l| l.inbound.pops.wants_new_window()).map_err(|code| *code)));
    assert_eq!(wanted.collect::<Vec<_>>(), [None, Some(Ok(true)), None, Some(Err("cti-host"))]);
    port.stop();
}

fn search(kind: CallKind, pop: bool) -> CrmCommand {
    CrmCommand::Search {
        call: CallId(1),
        text: "415 555 0100".into(),
        kind,
        pop,
        number: "+14155550100".into(),
        called: "+1 415 555 0000".into(),
        queue: "Sales & more".into(),
        key: LogKey { seed: 7, count: 1 },
    }
}

#[wasm_bindgen_test]
async fn what_a_search_would_open_is_handed_back_as_it_came() {
    let (port, seen) = begin();
    plan(
        "searchAndScreenPop",
        r#"{"value":{"SCREEN_POP_DATA":{"type":"newRecord","params":{"entityName":"Contact","extra":[1,{"a":null}]}}}}"#,
    );
    port.carry_out(RequestId(2), search(CallKind::Inbound, false));
    let found = CrmReport::Found { request: RequestId(2), records: vec![], fields: vec![], opens: true };
    until(|| seen.heard(&found)).await;
    assert!(called().contains(r#""deferred":true"#), "{}", called());
    port.carry_out(RequestId(3), CrmCommand::Pop { target: PopTarget::Found { search: RequestId(2) } });
    until(|| seen.heard(&CrmReport::Popped { request: RequestId(3) })).await;
    assert!(
        called().ends_with(r#"screenPop {"type":"newRecord","params":{"entityName":"Contact","extra":[1,{"a":null}]}}"#),
        "{}",
        called()
    );
}

#[wasm_bindgen_test]
async fn an_empty_id_never_reaches_salesforce() {
    let (port, seen) = begin();
    plan("searchAndScreenPop", r#"{"value":{"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":""}}}}"#);
    port.carry_out(RequestId(2), search(CallKind::Inbound, false));
    until(|| seen.heard(&CrmReport::Found { request: RequestId(2), records: vec![], fields: vec![], opens: false })).await;
    let targets =
        [PopTarget::Found { search: RequestId(2) }, PopTarget::Record { id: String::new() }, PopTarget::Record { id: " ".into() }];
    for (target, request) in targets.into_iter().zip(3..) {
        port.carry_out(RequestId(request), CrmCommand::Pop { target });
        until(|| seen.heard(&CrmReport::Failed { request: RequestId(request), failure: CrmFailure::NotSent })).await;
    }
    assert!(!called().contains("screenPop {"), "{}", called());
}

#[wasm_bindgen_test]
async fn flows_pages_and_new_records_are_told_who_calls() {
    let (port, seen) = begin();
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    until(|| seen.last().is_some()).await;
    let facts = called();
    let query = "callerNumber=%2B14155550100&calledNumber=%2B1%20415%20555%200000&queue=Sales%20%26%20more&callType=Inbound&callKey=hs-0000000000000007-1";
    assert!(facts.contains(query), "{facts}");
    assert!(facts.contains(r#"{"name":"queue","type":"String","value":"Sales & more"}"#), "{facts}");
    assert!(facts.contains(r#""defaultFieldValues":{"Phone":"+14155550100"}"#), "{facts}");
    for (object, fields, prefilled) in [
        ("Case", "", r#""SuppliedPhone""#),
        (
            "Patient__c",
            r#"{"displayName":"Name","apiName":"Name"},{"displayName":"Call me","apiName":"Home_Phone__c"}"#,
            r#""Home_Phone__c""#,
        ),
        ("Ticket__c", r#"{"displayName":"Name","apiName":"Name"}"#, ""),
    ] {
        let rule = format!(r#""screenPopSettings":{{"NoMatch":{{"screenPopType":"PopToEntity","screenPopData":"{object}"}}}}"#);
        plan("getSoftphoneLayout", &format!(r#"{{"value":{{"Inbound":{{"objects":{{"{object}":[{fields}]}},{rule}}}}}}}"#));
        let before = seen.reports.borrow().len();
        port.serving.set(true);
        port.read_layout();
        until(|| seen.reports.borrow()[before..].iter().any(|report| matches!(report, CrmReport::Layout(_)))).await;
        port.carry_out(RequestId(3), search(CallKind::Inbound, true));
        until(|| seen.reports.borrow()[before..].iter().any(|report| matches!(report, CrmReport::Found { .. }))).await;
        let asked = called().lines().last().unwrap().to_owned();
        if prefilled.is_empty() {
            assert!(!asked.contains("defaultFieldValues"), "an unknown field would be refused: {asked}");
        } else {
            assert!(asked.contains(&format!(r#""defaultFieldValues":{{{prefilled}:"#)), "{asked}");
        }
    }
}

#[wasm_bindgen_test]
async fn of_what_is_found_the_layouts_fields_are_shown_in_its_words() {
    let (port, seen) = begin();
    plan(
        "getSoftphoneLayout",
        r#"{"value":{"Inbound":{"callRelatedFields":["DNIS","QUEUE"],"objects":{"Contact":[
        {"displayName":"Name","apiName":"Name"},{"displayName":"Handy","apiName":"MobilePhone"},{"displayName":"VIP","apiName":"Vip__c"},
        {"displayName":"Visits","apiName":"Visits__c"},{"displayName":"Fax","apiName":"Fax"}]}}}}"#,
    );
    plan(
        "searchAndScreenPop",
        r#"{"value":{"003xx":{"Id":"003xx","RecordType":"Contact","Name":"Ada","MobilePhone":"0171 1","Vip__c":true,"Visits__c":12,
        "Fax":null,"IsPersonAccount":false,"AccountId":"001xx"}}}"#,
    );
    port.read_layout();
    until(|| seen.reports.borrow().iter().any(|report| matches!(report, CrmReport::Layout(_)))).await;
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    until(|| seen.reports.borrow().iter().any(|report| matches!(report, CrmReport::Found { .. }))).await;
    let reports = seen.reports.borrow();
    let Some(CrmReport::Layout(facts)) = reports.iter().find(|report| matches!(report, CrmReport::Layout(_))) else { unreachable!() };
    assert_eq!(facts.inbound, [hookswitch_core::CallFact::Dnis, hookswitch_core::CallFact::Queue]);
    let Some(CrmReport::Found { fields, .. }) = reports.last() else { panic!("{reports:?}") };
    let shown: Vec<_> = fields[0].fields.iter().map(|field| (field.label.as_str(), field.value.reveal())).collect();
    assert_eq!(shown, [("Handy", "0171 1"), ("VIP", "Yes"), ("Visits", "12")]);
}

#[wasm_bindgen_test]
async fn a_window_for_a_new_record_is_told_before_the_page() {
    let (port, seen) = begin();
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/o/Contact/new?backgroundContext=%2Fx"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/o/Contact/new"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/page/home"}}"#);
    for request in 1..4 {
        port.carry_out(RequestId(request), CrmCommand::Look);
        let moves = || seen.reports.borrow().iter().filter(|report| matches!(report, CrmReport::Navigated(_))).count();
        until(|| moves() == request as usize).await;
    }
    let told: Vec<_> = seen.reports.borrow().iter().filter(|report| !matches!(report, CrmReport::State(_))).cloned().collect();
    let page = CrmReport::Navigated(None);
    assert_eq!(told, [CrmReport::Window(true), page.clone(), page.clone(), CrmReport::Window(false), page]);
}

#[wasm_bindgen_test]
async fn a_slow_class_is_no_verdict_on_salesforce() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    port.answered();
    plan("runApex", r#"{"silent":true}"#);
    assert_eq!(port.apex("ping", Fields::new()).await, Err(ApexFailure::NoReply));
    assert_eq!((port.state(), seen.problems.borrow().last().cloned()), (CrmState::Ready, Some(None)));
}

#[wasm_bindgen_test]
async fn a_channel_that_salesforce_is_slow_to_join_is_joined_again() {
    let (port, _seen) = begin();
    plan("subscribe", r#"{"silent":true}"#);
    port.set_channel(Some("Calls__c"));
    port.join_channel(None);
    until(|| port.joined() == Answer::Silent).await;
    until(|| port.joined() == Answer::Said(())).await;
    assert_eq!(called().matches("subscribe {").count(), 2, "{}", called());
}

#[wasm_bindgen_test]
async fn what_is_asked_again_about_click_to_dial_never_goes_against_the_cores_word() {
    let (port, _seen) = begin();
    assert_eq!(port.dialing_again().await, Answer::NotAsked);
    port.carry_out(RequestId(1), CrmCommand::EnableDialing { on: true });
    until(|| called().contains("enableClickToDial")).await;
    assert_eq!(port.dialing_again().await, Answer::Said(()));
    port.carry_out(RequestId(2), CrmCommand::EnableDialing { on: false });
    until(|| called().contains("disableClickToDial")).await;
    assert_eq!((port.dialing_again().await, called().ends_with("disableClickToDial {}")), (Answer::NotAsked, true), "{}", called());
}

#[wasm_bindgen_test]
fn what_a_component_calls_an_object_is_an_object_or_nothing() {
    for (given, taken) in [("Visit__c", "Visit__c"), ("Ada Byron", ""), ("+1 415", "")] {
        let fields = Fields::new().with("number", "1002").with("recordId", "003xx0000004TmiAAE").with("objectType", given);
        let record = channel::wanted(&fields).and_then(|(_, record)| record);
        assert_eq!(record.map(|record| record.object).as_deref(), Some(taken));
    }
}
