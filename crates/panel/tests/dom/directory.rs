//! Whom to call: the directory, recent numbers and favourites.

use hookswitch_core::{AgentCommand, CallId, CommandKind, DialSource, settings::ViewKind};
use hookswitch_shell::{Directory, DirectoryPage, DirectoryProblem, Entry, EntryKind, How, Recent, Search};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{
    page::{Page, now, with_call},
    several::allow,
    states,
};

fn entry(kind: EntryKind, name: &str, number: &str) -> Entry {
    Entry { kind, id: "003000000000001AAA".into(), name: name.into(), number: number.into(), detail: "Acme".into() }
}

fn bea() -> Entry {
    entry(EntryKind::User, "Bea Agent", "1002")
}

fn recent(name: &str, number: &str, how: How) -> Recent {
    Recent { entry: Entry { id: String::new(), detail: "".into(), ..entry(EntryKind::Other, name, number) }, how, at: now() }
}

fn found(text: &str, entries: Vec<Entry>) -> Search {
    let page = DirectoryPage { page: 0, more: true, entries, refused: vec![EntryKind::Contact] };
    Search::Found { text: text.into(), page, more_asked: false }
}

/// What the directory knows from now on, shown.
async fn knows(page: &Page, change: impl FnOnce(&mut Directory)) {
    change(&mut page.people.known.borrow_mut());
    page.shows(states::idle()).await;
}

/// What Enter on a summary does.
async fn open(page: &Page, testid: &str) {
    page.press(testid).await;
    page.settle().await;
}

/// Types a text and waits until it has rested.
async fn searches(page: &Page, testid: &str, text: &str) {
    page.types(testid, text).await;
    for _ in 0..20 {
        page.settle().await;
    }
}

fn names(page: &Page, testid: &str) -> Vec<String> {
    let names = page.root.query_selector_all(&format!("[data-testid={testid}] .entry-name")).unwrap();
    (0..names.length()).filter_map(|at| names.get(at)?.text_content()).collect()
}

#[wasm_bindgen_test]
async fn a_colleague_is_searched_once_the_typing_rests_and_called_with_one_press() {
    let page = Page::in_state("idle").await;
    open(&page, "directory-open").await;
    assert_eq!(page.focused(), "directory-search", "ready to type");
    page.types("directory-search", "b").await;
    page.types("directory-search", "be").await;
    searches(&page, "directory-search", "bea ").await;
    assert_eq!(*page.people.searched.borrow(), ["bea 0"]);
    page.shows(states::idle()).await;
    assert_eq!(page.text("directory-state"), "Searching Salesforce…");
    knows(&page, |directory| directory.search = found("bea", vec![bea()])).await;
    assert_eq!((names(&page, "found"), page.text("directory-state")), (vec!["Bea Agent".to_owned()], "1 found".to_owned()));
    assert_eq!(page.text("directory-refused"), "Not shown, because you may not read them: contacts.");
    assert_eq!(page.attribute("entry", "aria-label"), "Call Bea Agent, 1002, colleague · Acme");
    page.press("entry").await;
    assert_eq!(page.sent(), [AgentCommand::Dial { number: "1002".into(), source: DialSource::DialPad }]);
    page.press("directory-more").await;
    assert_eq!(page.people.searched.borrow().last().map(String::as_str), Some("bea 1"));
}

#[wasm_bindgen_test]
async fn a_contact_is_called_with_its_record() {
    let page = Page::in_state("idle").await;
    open(&page, "directory-open").await;
    page.types("directory-search", "ada").await;
    knows(&page, |directory| directory.search = found("ada", vec![entry(EntryKind::Contact, "Ada Byron", "+44 20 7946 0021")])).await;
    page.press("entry").await;
    let [AgentCommand::Dial { source: DialSource::Click { record: Some(record), .. }, .. }] = &page.sent()[..] else {
        panic!("{:?}", page.sent())
    };
    assert_eq!((record.id.as_str(), record.object.as_str()), ("003000000000001AAA", "Contact"));
}

#[wasm_bindgen_test]
async fn what_was_found_for_another_text_is_not_shown() {
    let page = Page::in_state("idle").await;
    open(&page, "directory-open").await;
    page.types("directory-search", "bea").await;
    knows(&page, |directory| directory.search = found("be", vec![bea()])).await;
    assert_eq!(names(&page, "found"), [""; 0]);
}

#[wasm_bindgen_test]
async fn without_apex_the_panel_says_what_to_do_and_recents_and_favourites_can_be_filtered_and_called() {
    let page = Page::in_state("idle").await;
    knows(&page, |directory| {
        directory.favourites = vec![bea(), entry(EntryKind::Contact, "Tom Fields", "650")];
        directory.recents = vec![recent("", "+14155550100", How::Missed), recent("Bea Agent", "1002", How::Out)];
    })
    .await;
    open(&page, "directory-open").await;
    assert_eq!((names(&page, "favourites").len(), names(&page, "known").len()), (2, 2));
    page.types("directory-search", "bea").await;
    let problem = DirectoryProblem { code: "apex-not-set", words: "An admin can deploy it.".into() };
    knows(&page, |directory| directory.search = Search::Failed { text: "bea".into(), problem }).await;
    let words = page.text("directory-problem");
    assert!(words.contains("recent numbers and favourites can be used") && words.ends_with("An admin can deploy it."), "{words}");
    assert_eq!((names(&page, "favourites"), names(&page, "known")), (vec!["Bea Agent".to_owned()], vec!["Bea Agent".to_owned()]));
    page.press("entry").await;
    assert_eq!(page.sent(), [AgentCommand::Dial { number: "1002".into(), source: DialSource::DialPad }]);
}

#[wasm_bindgen_test]
async fn a_missed_call_is_called_back_from_the_list_of_recent_calls_and_marked_as_a_favourite() {
    let page = Page::in_state("idle").await;
    open(&page, "history-open").await;
    assert_eq!(page.text("recents"), "No calls in the last seven days.");
    knows(&page, |directory| directory.recents = vec![recent("", "+14155550100", How::Missed)]).await;
    assert!(
        page.attribute("entry", "aria-label").starts_with("Call +14155550100, +14155550100, missed · "),
        "in words, not by the drawing alone"
    );
    page.press("entry").await;
    assert_eq!(page.sent(), [AgentCommand::Dial { number: "+14155550100".into(), source: DialSource::Redial }]);
    assert_eq!(page.attribute("favourite", "aria-pressed"), "false");
    page.press("favourite").await;
    page.shows(states::idle()).await;
    assert_eq!((page.attribute("favourite", "aria-pressed"), page.people.known.borrow().favourites.len()), ("true".into(), 1));
}

#[wasm_bindgen_test]
async fn somebody_who_cannot_be_called_now_says_why() {
    let page = Page::in_state("idle-offline").await;
    page.people.known.borrow_mut().recents = vec![recent("", "+14155550100", How::Out)];
    open(&page, "history-open").await;
    assert_eq!(page.attribute("entry", "aria-disabled"), "true");
    assert!(page.attribute("entry", "title").contains("no connection"), "{}", page.attribute("entry", "title"));
    page.press("entry").await;
    assert_eq!(page.sent(), []);
}

#[wasm_bindgen_test]
async fn the_form_of_a_transfer_takes_a_number_from_the_directory() {
    let call = allow(states::connected(now()), &[CommandKind::Consult, CommandKind::SingleStepTransfer]);
    let page = Page::with_call(call.clone()).await;
    page.people.known.borrow_mut().favourites = vec![bea()];
    page.press("pass").await;
    open(&page, "pass-directory-open").await;
    assert_eq!(page.attribute("entry", "aria-label"), "Take the number of Bea Agent, 1002, colleague · Acme");
    page.press("entry").await;
    let field: HtmlInputElement = page.get("pass-number").unchecked_into();
    assert_eq!((field.value(), page.focused(), page.sent()), ("1002".to_owned(), "pass-number".to_owned(), vec![]));
    page.press("transfer-now").await;
    assert_eq!(page.sent(), [AgentCommand::SingleStepTransfer(CallId(1), "1002".into())]);
    page.shows(with_call(call)).await;
}

#[wasm_bindgen_test]
async fn a_name_typed_into_the_dial_pad_is_looked_up_and_a_number_is_not() {
    let page = Page::in_state("idle").await;
    searches(&page, "dial-input", "+1415").await;
    assert!(page.find("suggestions").is_none() && page.people.searched.borrow().is_empty());
    searches(&page, "dial-input", "bea").await;
    assert_eq!(*page.people.searched.borrow(), ["bea 0"]);
    knows(&page, |directory| directory.search = found("bea", vec![bea()])).await;
    page.press("entry").await;
    assert_eq!(page.sent(), [AgentCommand::Dial { number: "1002".into(), source: DialSource::DialPad }]);
}

#[wasm_bindgen_test]
async fn the_settings_say_which_views_there_are_and_in_which_order() {
    let page = Page::in_state("idle").await;
    let order = |page: &Page| -> Vec<String> {
        let all = page.root.query_selector_all("[data-testid=history],[data-testid=directory],[data-testid=dial-input]").unwrap();
        (0..all.length()).filter_map(|at| all.get(at)?.unchecked_into::<web_sys::Element>().get_attribute("data-testid")).collect()
    };
    assert_eq!(order(&page), ["dial-input", "history", "directory"]);
    let mut status = states::running();
    status.view.views = vec![ViewKind::Directory, ViewKind::Dial];
    page.shows_status(states::idle(), status).await;
    assert_eq!(order(&page), ["directory", "dial-input"]);
}
