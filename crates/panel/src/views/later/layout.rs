//! The softphone layout as Salesforce gave it, for whoever changed it in Setup and wonders whether it has arrived.

use hookswitch_shell::{LayoutStatus, PopRule, Section};
use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::{
    dom::{El, el},
    words,
};

/// All of it, folded; nothing before it was received.
pub(super) fn layout(status: &LayoutStatus) -> Option<El> {
    let layout = status.layout.as_deref()?;
    // Milliseconds since 1970 are below 2^53.
    let received = Date::new(&JsValue::from_f64(status.received as f64)).to_locale_time_string("default");
    let sections = [("Inbound", &layout.inbound), ("Outbound", &layout.outbound), ("Internal", &layout.internal)];
    Some(
        el("details", "fold")
            .id("check-layout")
            .with(el("summary", "").text(&words::layout(&String::from(received))))
            .all(sections.map(|(name, shown)| section(name, shown)))
            .with(el("p", "log-words").text(words::LAYOUT_AGAIN)),
    )
}

/// Named as in Setup, where it is changed.
fn section(name: &str, section: &Section) -> El {
    let mut lines = Vec::new();
    if !section.call_related.is_empty() {
        let facts: Vec<&str> = section.call_related.iter().map(|field| field.as_str()).collect();
        lines.push([words::LAYOUT_FACTS, ": ", &facts.join(", ")].concat());
    }
    for (object, fields) in &section.objects {
        let names: Vec<&str> = fields.iter().map(|field| field.display_name.as_str()).collect();
        lines.push([object, ": ", &if names.is_empty() { words::LAYOUT_NOTHING.to_owned() } else { names.join(", ") }].concat());
    }
    if section.objects.is_empty() {
        lines.push(words::LAYOUT_EMPTY.to_owned());
    }
    let pops = &section.pops;
    for (when, rule) in [("NoMatch", &pops.no_match), ("SingleMatch", &pops.single_match), ("MultipleMatches", &pops.multiple_matches)] {
        if let Some(rule) = rule {
            lines.push(pop(when, rule));
        }
    }
    if pops.wants_new_window() {
        lines.push(words::LAYOUT_WINDOW.to_owned());
    }
    el("div", "").with(el("strong", "").text(name)).with(el("ul", "").all(lines.iter().map(|line| el("li", "").text(line))))
}

/// In Salesforce's own words, as Setup and its documentation have them.
fn pop(when: &str, rule: &PopRule) -> String {
    let (kind, what) = rule.words();
    [when, ": ", kind, " ", what.unwrap_or_default()].concat().trim_end().to_owned()
}
