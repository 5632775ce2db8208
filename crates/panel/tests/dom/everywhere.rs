//! What holds in every state.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::{
    page::{Page, document},
    several, states,
};

/// The name a screen reader gives a control; enough of the standard's rules for what the panel uses.
fn name(control: &Element) -> String {
    let label = control.get_attribute("aria-label");
    let around = || control.closest("label").ok().flatten().and_then(|label| label.query_selector("span").ok().flatten());
    let own = || if matches!(control.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA") { None } else { control.text_content() };
    label.or_else(own).or_else(|| around()?.text_content()).unwrap_or_default().trim().to_owned()
}

fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    states::NAMES.into_iter().chain(several::NAMES)
}

#[wasm_bindgen_test]
async fn every_control_in_every_state_has_a_name() {
    for state in names() {
        let page = Page::in_state(state).await;
        for testid in ["presence", "keypad", "pass", "ringing-more"] {
            if page.find(testid).is_some() {
                page.press(testid).await;
            }
        }
        for control in all(&page.root, "button, input, select, textarea, summary, [role=region], [role=group], [role=menu]") {
            assert!(!name(&control).is_empty(), "{state}: {}", control.outer_html());
        }
    }
}

#[wasm_bindgen_test]
async fn no_state_is_told_by_a_picture_alone() {
    for state in names() {
        let page = Page::in_state(state).await;
        for picture in all(&page.root, "svg") {
            assert_eq!(picture.get_attribute("aria-hidden").as_deref(), Some("true"), "{state}");
        }
        for named in
            all(&page.root, "[data-testid=phase], [data-testid=log-state], [data-testid=problem], [data-testid^=notice]:not([hidden])")
        {
            assert!(named.text_content().is_some_and(|text| text.trim().len() > 3), "{state}: {}", named.outer_html());
        }
    }
}

#[wasm_bindgen_test]
async fn ids_are_used_once() {
    for state in names() {
        let page = Page::in_state(state).await;
        let mut ids: Vec<String> = all(&page.root, "[id]").iter().map(|element| element.id()).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{state}");
    }
}

#[wasm_bindgen_test]
async fn the_theme_of_the_settings_is_told_to_the_style_sheet() {
    let (snapshot, mut status) = states::state("idle", 0).unwrap();
    status.view.theme = hookswitch_core::settings::Theme::Dark;
    let page = Page::with(snapshot, status).await;
    assert_eq!(document().document_element().unwrap().get_attribute("data-theme").as_deref(), Some("dark"));
    page.shows_status(states::idle(), states::running()).await;
    assert_eq!(document().document_element().unwrap().get_attribute("data-theme").as_deref(), Some("light"));
}

#[wasm_bindgen_test]
async fn a_panel_taken_off_leaves_no_interval_and_no_node() {
    let watch = "window.live = new Set();
        const [begin, end] = [window.setInterval, window.clearInterval];
        window.setInterval = (...all) => { const id = begin(...all); live.add(id); return id; };
        window.clearInterval = (id) => { live.delete(id); end(id); };";
    js_sys::eval(&format!("{{ {watch} }}")).unwrap();
    let nodes = document().query_selector_all("*").unwrap().length();
    let live = || js_sys::eval("window.live.size").unwrap().as_f64();
    for _ in 0..20 {
        let page = Page::in_state("connected").await;
        assert_eq!(live(), Some(1.0), "one interval for all that ticks");
        drop(page);
    }
    assert_eq!(live(), Some(0.0));
    assert_eq!(document().query_selector_all("*").unwrap().length(), nodes);
    let idle = Page::in_state("idle").await;
    assert_eq!(live(), Some(0.0), "nothing ticks without a call");
    drop(idle);
}
