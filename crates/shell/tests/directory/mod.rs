//! Whom the agent can call, and what Apex knows of the agent: a whole phone beside a stand-in for Salesforce's script.

use hookswitch_core::{AgentCommand, CallId, PhoneState};
use hookswitch_shell::{Directory, Entry, EntryKind, How, Phone, Search, SignIn};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, SIMULATED, until};

#[wasm_bindgen(inline_js = r#"
/** Salesforce's script, which answers each method of the class with what was planned for it, after so many milliseconds. */
let plans, asked;
export function salesforce() {
  [plans, asked] = [{}, []];
  window.sforce = { opencti: { runApex({ methodName, methodParams, callback }) {
    asked.push(`${methodName} ${methodParams ?? ""}`);
    const [after, json] = plans[methodName]?.shift() ?? [0, null];
    const response = json === null
      ? { success: false, returnValue: null, errors: [{ code: "SERVER_ERROR", description: "Could not load Apex class: Hookswitch." }] }
      : { success: true, returnValue: { runApex: json }, errors: null };
    setTimeout(() => callback(response), after);
  } } };
}
export const plan = (method, json, after) => (plans[method] ??= []).push([after, json]);
export const asked_for = () => asked.join("\n");
export const gone = () => { delete window.sforce; };
"#)]
extern "C" {
    fn salesforce();
    fn plan(method: &str, json: &str, after: u32);
    fn asked_for() -> String;
    fn gone();
}

const APEX: &[(&str, &str)] = &[("/hookswitchProvider/provider", "simulated"), ("/hookswitchIdentity/apexClass", "Hookswitch")];
const BY_USER: &[(&str, &str)] = &[
    ("/hookswitchProvider/provider", "simulated"),
    ("/hookswitchIdentity/apexClass", "Hookswitch"),
    ("/hookswitchIdentity/identitySource", "apex"),
];
const WITH_CREDENTIALS: &[(&str, &str)] = &[
    ("/hookswitchProvider/provider", "simulated"),
    ("/hookswitchIdentity/apexClass", "Hookswitch"),
    ("/hookswitchIdentity/credentialSource", "apex"),
];
const BEA: &str = r#"{"kind":"user","id":"005000000000001AAA","name":"Bea Agent","phone":"1002","detail":"Support"}"#;
const NOBODY: &str = r#"{"kind":"contact","id":"003000000000001AAA","name":"No Phone","phone":null,"detail":null}"#;

fn found(page: u32, more: bool, entries: &[&str]) -> String {
    format!(r#"{{"page":{page},"more":{more},"entries":[{}],"refused":["contact","lead"]}}"#, entries.join(","))
}

/// A phone whose provider is ready and said whose it is.
async fn ready(page: &Page, settings: &[(&str, &str)], account: &str) -> Phone {
    let phone = Phone::start(page.config(settings));
    until(|| page.did().contains("start")).await;
    page.report(r#"{"type":"capabilities","capabilities":{}}"#);
    page.report(&format!(r#"{{"type":"account","identity":"{account}"}}"#));
    page.report(r#"{"type":"service","state":"ready"}"#);
    until(|| phone.snapshot().phone.state == PhoneState::Ready).await;
    phone
}

/// A call that rings and is not answered here.
async fn rings_out(page: &Page, phone: &Phone, name: &str, number: &str, cause: &str) {
    page.report(&format!(r#"{{"type":"delivered","call":"{name}","from":{{"number":"{number}","name":"Ada"}},"kind":"inbound"}}"#));
    until(|| !phone.snapshot().calls.is_empty()).await;
    page.report(&format!(r#"{{"type":"connectionCleared","call":"{name}","cause":"{cause}"}}"#));
    until(|| phone.snapshot().calls.is_empty()).await;
}

fn recents(directory: &Directory) -> Vec<(&str, How)> {
    directory.recents.iter().map(|recent| (recent.entry.number.reveal(), recent.how)).collect()
}

fn names(search: &Search) -> Vec<&str> {
    let Search::Found { page, .. } = search else { panic!("{search:?}") };
    page.entries.iter().map(|entry| entry.name.reveal()).collect()
}

#[wasm_bindgen_test]
async fn of_two_searches_the_newer_counts_whichever_is_answered_first() {
    let page = Page::new().await;
    salesforce();
    let phone = ready(&page, APEX, "1001").await;
    plan("directory", &found(0, false, &[BEA, BEA]), 200);
    plan("directory", &found(0, false, &[BEA, NOBODY]), 20);
    phone.search_directory("be", 0);
    phone.search_directory(" bea & co ", 0);
    until(|| matches!(phone.directory().search, Search::Found { .. })).await;
    page.pause(300).await;
    let directory = phone.directory();
    assert_eq!(names(&directory.search), ["Bea Agent"], "and whoever has no number is left out");
    let Search::Found { text, page: shown, .. } = &directory.search else { unreachable!() };
    assert_eq!((text.as_str(), shown.refused.as_slice()), ("bea & co", [EntryKind::Contact].as_slice()), "an unknown kind is none");
    assert!(
        asked_for().ends_with("directory page=0&text=bea%20%26%20co") || asked_for().ends_with("directory text=bea%20%26%20co&page=0"),
        "{}",
        asked_for()
    );
    phone.search_directory("b", 0);
    assert_eq!(phone.directory().search, Search::Idle);
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn the_next_page_is_added_to_the_one_before() {
    let page = Page::new().await;
    salesforce();
    let phone = ready(&page, APEX, "1001").await;
    plan("directory", &found(0, true, &[BEA]), 0);
    phone.search_directory("agent", 0);
    until(|| matches!(phone.directory().search, Search::Found { .. })).await;
    plan("directory", &found(1, false, &[BEA, BEA]), 50);
    phone.search_directory("agent", 1);
    assert!(matches!(phone.directory().search, Search::Found { more_asked: true, .. }), "what is there stays to be read");
    until(|| matches!(phone.directory().search, Search::Found { more_asked: false, .. })).await;
    assert_eq!(names(&phone.directory().search).len(), 3);
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn without_apex_the_search_says_so_and_recents_and_favourites_are_there() {
    let page = Page::new().await;
    gone();
    let phone = ready(&page, SIMULATED, "1001").await;
    phone.search_directory("bea", 0);
    until(|| matches!(phone.directory().search, Search::Failed { .. })).await;
    let Search::Failed { problem, .. } = phone.directory().search.clone() else { unreachable!() };
    assert_eq!(problem.code, "apex-not-set");
    assert!(problem.words.contains("An admin can"), "{}", problem.words);
    rings_out(&page, &phone, "c1", "+14155550100", "noAnswer").await;
    assert_eq!(recents(&phone.directory()), [("+14155550100", How::Missed)]);
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn a_missed_call_is_told_from_one_that_was_declined_or_answered_elsewhere_and_each_number_is_there_once() {
    let page = Page::new().await;
    let phone = ready(&page, SIMULATED, "1001").await;
    rings_out(&page, &phone, "c1", "+14155550101", "answeredElsewhere").await;
    rings_out(&page, &phone, "c2", "+14155550102", "noAnswer").await;
    page.report(r#"{"type":"delivered","call":"c3","from":{"number":"+14155550103"},"kind":"inbound"}"#);
    until(|| !phone.snapshot().calls.is_empty()).await;
    phone.command(AgentCommand::Decline(CallId(3))).unwrap();
    page.report(r#"{"type":"connectionCleared","call":"c3","cause":"declined"}"#);
    until(|| phone.snapshot().calls.is_empty()).await;
    rings_out(&page, &phone, "c4", "+14155550101", "noAnswer").await;
    let expected = [("+14155550101", How::Missed), ("+14155550103", How::In), ("+14155550102", How::Missed)];
    assert_eq!(recents(&phone.directory()), expected);
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn recents_and_favourites_come_back_on_the_next_page_of_the_same_agent_alone_and_are_not_to_be_read_in_the_storage() {
    let page = Page::new().await;
    let phone = ready(&page, SIMULATED, "1001").await;
    rings_out(&page, &phone, "c1", "+14155550100", "noAnswer").await;
    let bea = Entry { kind: EntryKind::User, name: "Bea Agent".into(), number: "1002".into(), ..Entry::default() };
    phone.set_favourite(&bea, true);
    page.has_stored(":directory").await;
    page.pause(200).await;
    let stored = page.stored().await;
    assert!(!stored.contains("4155550100") && !stored.contains("Bea Agent"), "{stored}");
    phone.stop();

    let next = Page::new().await;
    let other = ready(&next, SIMULATED, "1002").await;
    rings_out(&next, &other, "c1", "+14155550199", "noAnswer").await;
    next.pause(200).await;
    assert_eq!(recents(&other.directory()), [("+14155550199", How::Missed)], "another agent's are not shown");
    next.report(r#"{"type":"account","identity":"1001"}"#);
    until(|| recents(&other.directory()) == [("+14155550100", How::Missed)]).await;
    assert_eq!(other.directory().favourites, std::slice::from_ref(&bea));
    other.set_favourite(&bea, false);
    assert!(other.directory().favourites.is_empty());
    next.leave(&other).await;
}

#[wasm_bindgen_test]
async fn where_apex_knows_the_agent_favourites_follow_the_user_and_not_the_phone() {
    let page = Page::new().await;
    salesforce();
    plan("whoAmI", r#"{"id":"005000000000001AAA","name":"Alex Agent"}"#, 0);
    let phone = ready(&page, BY_USER, "1001").await;
    until(|| asked_for().contains("whoAmI")).await;
    page.pause(50).await;
    let bea = Entry { name: "Bea Agent".into(), number: "1002".into(), ..Entry::default() };
    phone.set_favourite(&bea, true);
    page.report(r#"{"type":"account","identity":"1009"}"#);
    page.pause(50).await;
    assert_eq!((phone.directory().favourites.len(), phone.status().apex_problem.clone()), (1, None));
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn where_apex_does_not_know_the_agent_the_phone_account_counts_and_the_agent_is_told() {
    let page = Page::new().await;
    salesforce();
    let phone = ready(&page, BY_USER, "1001").await;
    until(|| phone.status().apex_problem.is_some()).await;
    let problem = phone.status().apex_problem.clone().unwrap();
    assert_eq!(problem.code, "apex-no-class");
    assert!(problem.words.contains("phone account") && problem.words.contains("permission set"), "{}", problem.words);
    phone.set_favourite(&Entry { number: "1002".into(), ..Entry::default() }, true);
    page.has_stored(":directory").await;
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn what_was_kept_while_the_phone_account_stood_in_is_the_users_once_salesforce_says_who_that_is() {
    let page = Page::new().await;
    salesforce();
    let phone = ready(&page, BY_USER, "1001").await;
    until(|| phone.status().apex_problem.is_some()).await;
    let bea = Entry { name: "Bea Agent".into(), number: "1002".into(), ..Entry::default() };
    phone.set_favourite(&bea, true);
    rings_out(&page, &phone, "c1", "+14155550100", "noAnswer").await;
    page.pause(200).await;
    phone.stop();
    for (user, has) in [("005000000000001AAA", true), ("005000000000002AAA", false), ("005000000000001AAA", true)] {
        let next = Page::new().await;
        salesforce();
        plan("whoAmI", &format!(r#"{{"id":"{user}","name":"Alex Agent"}}"#), 0);
        let phone = ready(&next, BY_USER, "1001").await;
        next.pause(300).await;
        let _ = phone.directory();
        next.pause(300).await;
        let directory = phone.directory();
        assert_eq!((directory.favourites.len(), recents(&directory).len()), (usize::from(has), usize::from(has)), "{user}");
        phone.stop();
    }
    page.leave(&phone).await;
}

#[wasm_bindgen_test]
async fn credentials_come_from_apex_and_from_the_form_where_it_knows_none() {
    let page = Page::new().await;
    salesforce();
    plan("credentials", r#"{"user":"1001","password":"secret"}"#, 0);
    let phone = ready(&page, WITH_CREDENTIALS, "1001").await;
    page.ask_for_credentials();
    until(|| page.did().contains("credentials 1001 secret")).await;
    assert!(!page.stored().await.contains("secret"));
    page.leave(&phone).await;

    let page = Page::new().await;
    plan("credentials", "null", 0);
    let phone = ready(&page, WITH_CREDENTIALS, "1001").await;
    page.ask_for_credentials();
    until(|| phone.status().sign_in == SignIn::Wanted).await;
    assert_eq!(phone.status().apex_problem.as_ref().map(|problem| problem.code), Some("apex-no-account"));
    page.leave(&phone).await;
}
