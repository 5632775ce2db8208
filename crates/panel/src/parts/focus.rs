//! Where the keyboard is: keys that work everywhere, and the focus when a view goes away under it.

use std::time::Duration;

use hookswitch_core::{AgentCommand, CallId, Phase};
use leptos::{ev::KeyboardEvent, leptos_dom::helpers::set_timeout_with_handle, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use crate::model::Desk;

/// Runs `work` once the page shows the present state. Not by animation frame: a closed utility panel has none.
pub(crate) fn later(work: impl FnOnce() + 'static) {
    // Without a timer there is no page to work on.
    let _ = set_timeout_with_handle(work, Duration::ZERO);
}

/// Moves the focus when calls change: to a call that begins to ring, and home when the view that had it is gone.
///
/// It is never taken from somebody who writes, nor from another frame.
pub(crate) fn keep_focus(desk: Desk) {
    let seen = Memo::new(move |_| desk.read(|snapshot| snapshot.calls.iter().map(|call| (call.id, call.phase)).collect::<Vec<_>>()));
    Effect::new(move |before: Option<Vec<(CallId, Phase)>>| {
        let now = seen.get();
        if let Some(before) = before {
            let rings = now.iter().find(|(id, phase)| *phase == Phase::Alerting && before.iter().all(|(old, _)| old != id));
            let ringing = rings.map(|(id, _)| *id);
            later(move || settle(ringing));
        }
        now
    });
}

fn settle(ringing: Option<CallId>) {
    let document = document();
    if !document.has_focus().unwrap_or(false) {
        return;
    }
    let home = match ringing {
        Some(id) if !writing(&document) => format!("#call-{}", id.0),
        _ if is_lost(&document) => "[data-home]".to_owned(),
        _ => return,
    };
    if let Some(element) = document.query_selector(&home).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// The element with the focus is gone: browsers give the focus to the body then. A click beside everything gives it to the panel itself.
fn is_lost(document: &Document) -> bool {
    document.active_element().is_none_or(|active| active.tag_name() == "BODY" || active.class_list().contains("panel"))
}

/// Whether the agent is in a field, where keys mean text.
pub(crate) fn writing(document: &Document) -> bool {
    document.active_element().is_some_and(|active: Element| matches!(active.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// F8 answers, F9 declines or hangs up: keys that type nothing, so that writing never touches a call.
pub(crate) fn shortcuts(desk: Desk, event: &KeyboardEvent) {
    if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let key = event.key();
    let command = desk.read_untracked(|snapshot| {
        let alerting = snapshot.calls.iter().find(|call| call.phase == Phase::Alerting);
        let live = || snapshot.calls.iter().find(|call| !matches!(call.phase, Phase::WrapUp | Phase::Clearing));
        match (key.as_str(), alerting) {
            (ANSWER_KEY, Some(call)) => Some(AgentCommand::Answer(call.id)),
            (END_KEY, Some(call)) => Some(AgentCommand::Decline(call.id)),
            (END_KEY, None) => live().map(|call| AgentCommand::Clear(call.id)),
            _ => None,
        }
    });
    if let Some(command) = command {
        event.prevent_default();
        desk.command(command);
    }
}

/// Answers.
pub(crate) const ANSWER_KEY: &str = "F8";
/// Declines or hangs up.
pub(crate) const END_KEY: &str = "F9";
