//! Where the keyboard is: keys that work everywhere, and the focus when a view goes away under it.

use std::{cell::RefCell, rc::Rc};

use hookswitch_core::{AgentCommand, CallId, Phase};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Event, KeyboardEvent};

use super::{
    meant::{ringing, speaking},
    pad::key_of,
};
use crate::{
    dom::{focus, page},
    model::Desk,
};

/// Runs `work` once the page shows the present state. Not by animation frame: a closed utility panel has none.
pub(crate) fn later(work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    if let Some(window) = web_sys::window() {
        // Without a timer the focus stays where it is.
        let _ = window.set_timeout_with_callback(work.unchecked_ref());
    }
}

/// Runs `work` after so many milliseconds. A hidden page may be later.
pub(crate) fn after(ms: i32, work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    if let Some(window) = web_sys::window() {
        // Without a timer nothing is searched until the text changes again.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
    }
}

/// Moves the focus when calls change: to a call that begins to ring, and home when the view that had it is gone.
///
/// It is never taken from somebody who writes, nor from another frame.
pub(crate) fn keep_focus(desk: &Desk) {
    let before = RefCell::new(None::<Vec<Seen>>);
    desk.watch(Rc::new(move |desk| {
        let now: Vec<_> = desk.snapshot().calls.iter().map(|call| (call.id, call.phase, call.connections.len())).collect();
        let Some(before) = before.replace(Some(now.clone())).filter(|before| *before != now) else { return };
        // Not to a second one: keys go on meaning the first.
        let first = now.iter().find(|(_, phase, _)| *phase == Phase::Alerting);
        let ringing = first.filter(|(id, ..)| before.iter().all(|(old, ..)| old != id)).map(|(id, ..)| *id);
        later(move || settle(ringing));
    }));
}

/// What of a call decides which views it has: how many people are in it, too.
type Seen = (CallId, Phase, usize);

/// Gives the focus a home when what has it goes with the change that is under way.
pub(crate) fn mind_the_focus() {
    later(|| settle(None));
}

/// Gives it to a call that begins to ring, or to the panel's home where nothing has it any more.
pub(crate) fn settle(ringing: Option<CallId>) {
    let page = page();
    if !page.has_focus().unwrap_or(false) {
        return;
    }
    let home = match ringing {
        Some(id) if !writing(&page) => format!("#call-{}", id.0),
        _ if is_lost(&page) => "[data-home]".to_owned(),
        _ => return,
    };
    if let Some(element) = page.query_selector(&home).ok().flatten() {
        focus(&element);
    }
}

/// The element with the focus is gone: browsers give the focus to the body then. A click beside everything gives it to the panel itself.
fn is_lost(page: &Document) -> bool {
    page.active_element().is_none_or(|active| active.tag_name() == "BODY" || active.class_name() == "panel")
}

/// Whether the agent is in a field, where keys mean text.
pub(crate) fn writing(page: &Document) -> bool {
    page.active_element().is_some_and(|active| matches!(active.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// F8 answers, F9 declines or hangs up: keys that type nothing, so that writing never touches a call.
pub(crate) fn shortcuts(desk: &Desk, event: &Event) {
    let plain = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| !event.repeat() && !event.shift_key());
    let Some(key) = key_of(event).filter(|_| plain) else { return };
    let snapshot = desk.snapshot();
    let alerting = ringing(&snapshot.calls).next();
    // Of several calls the one with the agent's voice is meant; none of those that only wait.
    let live = || {
        // One that is on its way out counts: the key pressed once more must not reach who waits beside it.
        let going: Vec<_> = snapshot.calls.iter().filter(|call| call.phase != Phase::WrapUp).collect();
        let meant = if let [only] = going.as_slice() { Some(*only) } else { speaking(&snapshot.calls) };
        meant.filter(|call| call.phase != Phase::Clearing)
    };
    let command = match (key.as_str(), alerting) {
        (ANSWER_KEY, Some(call)) => Some(AgentCommand::Answer(call.id)),
        (END_KEY, Some(call)) => Some(AgentCommand::Decline(call.id)),
        (END_KEY, None) => live().map(|call| AgentCommand::Clear(call.id)),
        _ => None,
    };
    if let Some(command) = command {
        event.prevent_default();
        desk.command(command);
    }
}

/// Answers.
pub(crate) const ANSWER_KEY: &str = "F8";
/// Declines or hangs up.
pub(crate) const END_KEY: &str = "F9";
