//! The self-check in front of the panel.

use hookswitch_core::settings::ViewKind;
use hookswitch_panel::Checked;
use hookswitch_shell::{CallField, Finding, Layout, LayoutField, PopRule, PopSettings, Section, Stage, Verdict};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use crate::{
    page::{Page, document},
    states,
};

fn finding(id: &'static str, verdict: Verdict, fix: &str) -> Finding {
    Finding { id, title: "Something", verdict, words: format!("It is {}.", verdict.code()), fix: fix.to_owned() }
}

fn all() -> Vec<Finding> {
    vec![
        finding("microphone", Verdict::Fail, "Plug it in."),
        finding("sound", Verdict::Warn, "Click."),
        finding("layout", Verdict::NotKnown, "Look there."),
        finding("mode", Verdict::Pass, ""),
    ]
}

async fn answer(page: &Page, findings: Vec<Finding>) {
    let told = page.looks.borrow_mut().remove(0);
    told(Checked { findings, report: "fail microphone: It is fail.".into() });
    page.settle().await;
}

async fn opened() -> Page {
    let page = Page::in_state("idle").await;
    page.press("connection").await;
    page.press("check").await;
    page
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    let found = page.root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.get(index).unwrap().text_content().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn the_check_says_that_it_looks_and_then_what_it_found_and_what_to_do() {
    let page = opened().await;
    assert!(page.get("check-summary").text_content().unwrap().contains("Looking"));
    assert!(page.find("finding").is_none());
    answer(&page, all()).await;
    assert_eq!(page.get("check-summary").text_content().unwrap(), "Does not work: 1. Could be better: 1. Not known: 1. Fine: 1.");
    let open = texts(&page, "[data-testid=check-findings] > ul [data-testid=finding]");
    assert_eq!(
        open,
        [
            "Something: does not workIt is fail.What to do: Plug it in.",
            "Something: could be betterIt is warn.What to do: Click.",
            "Something: not knownIt is notKnown.What to do: Look there.",
        ]
    );
    assert_eq!(texts(&page, "[data-testid=check-passed] [data-testid=finding]"), ["Something: fineIt is pass."]);
}

#[wasm_bindgen_test]
async fn checking_again_asks_again_and_an_earlier_answer_is_dropped() {
    let page = opened().await;
    page.press("check-again").await;
    assert_eq!(page.looks.borrow().len(), 2);
    answer(&page, all()).await;
    assert!(page.find("finding").is_none(), "what was found before the second look is old");
    answer(&page, vec![finding("mode", Verdict::Pass, "")]).await;
    assert_eq!(texts(&page, "[data-testid=finding]").len(), 1);
}

#[wasm_bindgen_test]
async fn it_is_in_front_closes_and_gives_the_focus_back() {
    let page = Page::in_state("idle").await;
    page.press("connection").await;
    page.get("check").focus().unwrap();
    page.press("check").await;
    let dialog = page.get("check-view");
    assert!(dialog.matches(":modal").unwrap());
    assert!(dialog.contains(document().active_element().as_deref()), "the keyboard is in it");
    page.press("check-close").await;
    assert!(page.find("check-view").is_none());
    assert_eq!(document().active_element().and_then(|active| active.get_attribute("data-testid")).as_deref(), Some("check"));
}

#[wasm_bindgen_test]
async fn a_call_that_rings_is_not_hidden_behind_it() {
    let page = opened().await;
    page.shows(states::state("ringing", crate::page::now()).unwrap().0).await;
    page.settle().await;
    assert!(page.find("check-view").is_none());
    assert!(page.find("answer").is_some());
    let active = document().active_element().unwrap();
    assert!(active.id().starts_with("call-"), "the keyboard is at the call: {}", active.outer_html());
}

#[wasm_bindgen_test]
async fn what_is_found_after_it_was_closed_goes_nowhere() {
    let page = opened().await;
    page.press("check-close").await;
    answer(&page, all()).await;
    assert!(page.find("finding").is_none());
}

#[wasm_bindgen_test]
async fn the_report_is_seen_before_it_is_copied_and_selected_where_the_browser_does_not_copy() {
    let page = opened().await;
    answer(&page, all()).await;
    let field: HtmlTextAreaElement = page.get("check-report").unchecked_into();
    assert_eq!(field.value(), "fail microphone: It is fail.");
    page.get("check-for-support").set_attribute("open", "").unwrap();
    page.press("check-copy").await;
    let said = page.get("check-copied").text_content().unwrap();
    assert!(said == "Copied." || said.contains("Ctrl+C"), "{said}");
    assert_eq!(field.selection_end().unwrap().unwrap() as usize, field.value().len());
}

#[wasm_bindgen_test]
async fn it_is_offered_wherever_something_is_wrong() {
    let refused = Stage::FrameRefused { code: "frame-not-framed", words: "Open it in Salesforce.".into() };
    for stage in [refused, Stage::OtherTab] {
        let (snapshot, mut status) = states::state("idle", 0).unwrap();
        status.stage = stage;
        let page = Page::with(snapshot, status).await;
        page.press("check").await;
        assert!(page.find("check-view").is_some());
    }
    for state in ["no-phone", "notices"] {
        let (snapshot, status) = states::state(state, 0).unwrap();
        let page = Page::with(snapshot, status).await;
        page.press("check").await;
        assert!(page.find("check-view").is_some(), "{state}");
    }
}

#[wasm_bindgen_test]
async fn every_control_in_it_has_a_name_and_every_picture_words_beside_it() {
    let page = opened().await;
    answer(&page, all()).await;
    let controls = page.get("check-view").query_selector_all("button, textarea, summary").unwrap();
    for index in 0..controls.length() {
        let control: HtmlElement = controls.get(index).unwrap().unchecked_into();
        let name = control.get_attribute("aria-label").or_else(|| control.text_content()).unwrap_or_default();
        assert!(!name.trim().is_empty(), "{}", control.outer_html());
    }
    let pictures = page.get("check-view").query_selector_all("svg").unwrap();
    for index in 0..pictures.length() {
        let picture: Element = pictures.get(index).unwrap().unchecked_into();
        assert_eq!(picture.get_attribute("aria-hidden").as_deref(), Some("true"));
    }
}

#[wasm_bindgen_test]
async fn the_softphone_layout_is_shown_as_received_with_its_time() {
    let (snapshot, mut status) = states::state("idle", 0).unwrap();
    let page = Page::with(snapshot.clone(), status.clone()).await;
    page.press("connection").await;
    page.press("check").await;
    assert!(page.find("check-layout").is_none(), "nothing was received yet");
    let contact = ("Contact".to_owned(), vec![LayoutField::new("Phone number", "Phone")]);
    let pops =
        PopSettings { open_within: Some("NewWindow".into()), no_match: Some(PopRule::Entity("Lead".into())), ..PopSettings::default() };
    let inbound = Section { call_related: vec![CallField::Ani], objects: vec![contact, ("Case".into(), Vec::new())], pops };
    status.layout.layout = Some(std::rc::Rc::new(Layout { inbound, ..Layout::default() }));
    status.layout.received = crate::page::now();
    page.shows_status(snapshot, status).await;
    let lines = texts(&page, "[data-testid=check-layout] div:first-of-type li");
    assert_eq!(lines[..2], ["Shown of the call: ANI", "Contact: Phone number"]);
    assert_eq!(lines[2], "Case: no fields, so nothing is found");
    assert_eq!(lines[3], "NoMatch: PopToEntity Lead");
    assert!(lines[4].contains("new window"));
    let title = texts(&page, "[data-testid=check-layout] summary").remove(0);
    assert!(title.starts_with("Softphone layout as received at ") && title.contains(':'), "{title}");
}

#[wasm_bindgen(inline_js = r#"
/** What a page saves as files, by name and text; nothing reaches the disk. */
export function watch_saves() {
  const saved = [], made = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
  const files = new Map();
  URL.createObjectURL = (file) => { const address = made.call(URL, file); files.set(address, file); return address; };
  HTMLAnchorElement.prototype.click = function () { saved.push(files.get(this.href).text().then((text) => `${this.download}\n${text}`)); };
  return async () => { URL.createObjectURL = made; HTMLAnchorElement.prototype.click = click; return (await Promise.all(saved)).join("\n---\n"); };
}
"#)]
extern "C" {
    fn watch_saves() -> js_sys::Function;
}

#[wasm_bindgen_test]
async fn diagnostics_are_a_file_that_the_agent_saves_after_reading_what_is_in_it() {
    let page = opened().await;
    answer(&page, all()).await;
    let words = page.text("diagnostics");
    assert!(words.contains("In place of numbers, names and notes") && words.contains("sent nowhere"), "{words}");
    page.press("diagnostics-save").await;
    assert!(page.text("diagnostics-saved").starts_with("Nothing is recorded"));
    page.kept.replace(Some("one line\n".into()));
    let saves = watch_saves();
    page.press("diagnostics-save").await;
    let saved = js_sys::Promise::from(saves.call0(&JsValue::NULL).unwrap());
    let saved = wasm_bindgen_futures::JsFuture::from(saved).await.unwrap().as_string().unwrap();
    let (name, text) = saved.split_once('\n').unwrap();
    assert_eq!(text, "one line\n");
    assert!(
        name.starts_with("hookswitch-20") && name.ends_with("Z.jsonl") && name.len() == "hookswitch-2026-01-31T0915Z.jsonl".len(),
        "{name}"
    );
    assert_eq!(page.text("diagnostics-saved"), format!("Given to the browser to save: {name}"));
}

#[wasm_bindgen_test]
async fn where_the_settings_show_no_diagnostics_none_are_offered() {
    let (snapshot, mut status) = states::state("idle", 0).unwrap();
    status.view.views.retain(|view| *view != ViewKind::Diagnostics);
    let page = Page::with(snapshot, status).await;
    page.press("connection").await;
    page.press("check").await;
    answer(&page, all()).await;
    assert!(page.find("check-copy").is_some() && page.find("diagnostics-save").is_none());
}
