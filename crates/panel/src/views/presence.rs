//! The agent's state, and the menu to change it.

use hookswitch_core::{AgentCommand, AgentState, ProblemKind};
use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::{
    model::Desk,
    parts::{Icon, icon, later},
    words,
};

/// The button with the state in words, and its menu.
pub(crate) fn presence(desk: Desk) -> AnyView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let state = Memo::new(move |_| desk.read(|snapshot| snapshot.agent.state.clone()));
    let pending =
        move || desk.read(|snapshot| snapshot.agent.pending.as_ref().map(|state| format!("{} {}", words::THEN, words::presence(state))));
    let left = move |event: FocusEvent| {
        let inside = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if !root.get_untracked().is_some_and(|root| root.contains(inside.as_ref())) {
            open.set(false);
        }
    };
    view! {
        <div class="presence" node_ref=root on:focusout=left on:keydown=move |event| keys(&event, root, open)>
            <button
                type="button"
                class="presence-button"
                data-testid="presence"
                data-state=move || name(&state.get())
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=move || format!("{}: {} {}", words::PRESENCE, words::presence(&state.get()), pending().unwrap_or_default())
                on:click=move |_| {
                    open.update(|open| *open = !*open);
                    if open.get_untracked() {
                        later(move || step(root, Step::First));
                    }
                }
            >
                {move || icon(drawing(&state.get()))}
                <span class="presence-words">
                    <span class="presence-now">{move || words::presence(&state.get())}</span>
                    <span class="presence-then" hidden=move || pending().is_none()>{pending}</span>
                </span>
                {icon(Icon::Chevron)}
            </button>
            {move || open.get().then(|| menu(desk, root, open))}
        </div>
    }
    .into_any()
}

/// What can be chosen, and why the last choice was refused.
fn menu(desk: Desk, root: NodeRef<html::Div>, open: RwSignal<bool>) -> AnyView {
    let choose = move |command: AgentCommand| {
        desk.command(command);
        open.set(false);
        step(root, Step::Button);
    };
    let reasons = desk.read_untracked(|snapshot| snapshot.agent.reasons.clone());
    let reasons = if reasons.is_empty() { vec![String::new()] } else { reasons };
    let chosen = desk.read_untracked(|snapshot| snapshot.agent.pending.clone().unwrap_or_else(|| snapshot.agent.state.clone()));
    let refused = desk.read_untracked(|snapshot| {
        snapshot.problems.iter().rev().find_map(|problem| match problem.kind {
            ProblemKind::StateRefused { reason } => Some(words::state_refused(reason)),
            _ => None,
        })
    });
    let ready = chosen == AgentState::Ready;
    let items = reasons.into_iter().enumerate().map(|(index, reason)| {
        let state = AgentState::NotReady { reason: reason.clone() };
        let (checked, label) = (chosen == state, words::presence(&state));
        item(format!("presence-notready-{index}"), Icon::Minus, label, checked, move || choose(AgentCommand::SetNotReady(reason.clone())))
    });
    view! {
        <div class="menu" role="menu" aria-label=words::PRESENCE>
            {item("presence-ready".to_owned(), Icon::Check, words::READY.to_owned(), ready, move || choose(AgentCommand::SetReady))}
            {items.collect_view()}
            {refused.map(|why| view! { <p class="menu-note" data-testid="presence-refused">{why}</p> })}
        </div>
    }
    .into_any()
}

fn item(testid: String, drawing: Icon, label: String, checked: bool, choose: impl Fn() + 'static) -> AnyView {
    view! {
        <button
            type="button"
            class="menu-item"
            role="menuitemradio"
            tabindex="-1"
            data-testid=testid
            aria-checked=if checked { "true" } else { "false" }
            on:click=move |_| choose()
        >
            {icon(drawing)}
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// Where the focus goes.
#[derive(Clone, Copy)]
enum Step {
    Button,
    First,
    Last,
    Next,
    Previous,
}

fn keys(event: &KeyboardEvent, root: NodeRef<html::Div>, open: RwSignal<bool>) {
    let to = match (event.key().as_str(), open.get_untracked()) {
        ("ArrowDown" | "ArrowUp", false) => {
            open.set(true);
            event.prevent_default();
            let to = if event.key() == "ArrowUp" { Step::Last } else { Step::First };
            return later(move || step(root, to));
        }
        ("ArrowDown", true) => Step::Next,
        ("ArrowUp", true) => Step::Previous,
        ("End", true) => Step::Last,
        ("Escape", true) => Step::Button,
        ("Home", true) => Step::First,
        _ => return,
    };
    event.prevent_default();
    step(root, to);
    if matches!(to, Step::Button) {
        open.set(false);
    }
}

fn step(root: NodeRef<html::Div>, to: Step) {
    let Some(root) = root.get_untracked() else { return };
    let selector = if matches!(to, Step::Button) { ".presence-button" } else { "[role=menuitemradio]" };
    let Ok(found) = root.query_selector_all(selector) else { return };
    let elements: Vec<HtmlElement> = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
    let count = elements.len();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let here = elements.iter().position(|element| active.as_ref().is_some_and(|active| element.is_same_node(Some(active))));
    let target = match (to, here) {
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(here)) => (here + 1) % count,
        (Step::Previous, Some(here)) => (here + count - 1) % count,
        (Step::Button | Step::First | Step::Next, _) => 0,
    };
    // An element that cannot take the focus leaves it where it is.
    let _ = elements[target].focus();
}

const fn drawing(state: &AgentState) -> Icon {
    match state {
        AgentState::Busy => Icon::Handset,
        AgentState::NotReady { .. } => Icon::Minus,
        AgentState::Ready => Icon::Check,
        AgentState::WorkingAfterCall => Icon::Pen,
    }
}

const fn name(state: &AgentState) -> &'static str {
    match state {
        AgentState::Busy => "busy",
        AgentState::NotReady { .. } => "notReady",
        AgentState::Ready => "ready",
        AgentState::WorkingAfterCall => "workingAfterCall",
    }
}
