//! The agent's state, and the menu to change it.

use hookswitch_core::{AgentCommand, AgentState, ProblemKind};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, Node};

use crate::{
    dom::{El, Held, el, focus, page},
    model::Desk,
    parts::{Icon, icon, key_of, later},
    words,
};

/// The menu, and where it is.
#[derive(Clone)]
struct Menu {
    open: Held<bool>,
    root: Element,
}

/// The button with the state in words, and its menu.
pub(crate) fn presence(desk: &Desk) -> El {
    let root = el("div", "presence");
    let menu = Menu { open: Held::default(), root: root.element().clone() };
    let (keys, left, clicked, told, shown) = (menu.clone(), menu.clone(), menu.clone(), menu.clone(), menu);
    let button = el("button", "presence-button")
        .attr("type", "button")
        .id("presence")
        .attr_if("data-state", desk, |desk| Some(name(&desk.snapshot().agent.state)))
        .attr("aria-haspopup", "menu")
        .attr_if("aria-expanded", desk, move |_| Some(if told.open.get() { "true" } else { "false" }))
        .attr_now("aria-label", desk, |desk| {
            [words::PRESENCE, ": ", &words::presence(&desk.snapshot().agent.state), " ", &pending(desk)].concat()
        })
        .on("click", desk, move |desk, _| clicked.toggle(desk))
        .part(desk, |desk| drawing(&desk.snapshot().agent.state), |_, drawing| Some(icon(*drawing)))
        .with(
            el("span", "presence-words")
                .with(el("span", "presence-now").says(desk, |desk| words::presence(&desk.snapshot().agent.state)))
                .with(el("span", "presence-then").says(desk, pending).hidden(desk, |desk| pending(desk).is_empty())),
        )
        .with(icon(Icon::Chevron));
    root.on("focusout", desk, move |desk, event| left.left(desk, event))
        .on("keydown", desk, move |desk, event| keys.keys(desk, event))
        .with(button)
        .part(
            desk,
            {
                let shown = shown.clone();
                move |_| shown.open.get()
            },
            move |desk, open| open.then(|| shown.view(desk)),
        )
}

/// What comes after the call; empty for no change.
fn pending(desk: &Desk) -> String {
    let snapshot = desk.snapshot();
    snapshot.agent.pending.as_ref().map(|state| [words::THEN, " ", &words::presence(state)].concat()).unwrap_or_default()
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

impl Menu {
    /// What can be chosen, and why the last choice was refused.
    fn view(&self, desk: &Desk) -> El {
        let snapshot = desk.snapshot();
        let agent = &snapshot.agent;
        let chosen = agent.pending.as_ref().unwrap_or(&agent.state);
        let reasons = if agent.reasons.is_empty() { vec![String::new()] } else { agent.reasons.clone() };
        let items = reasons.into_iter().enumerate().map(|(index, reason)| {
            let state = AgentState::NotReady { reason: reason.clone() };
            self.item(desk, &format!("presence-notready-{index}"), &state, *chosen == state, AgentCommand::SetNotReady(reason))
        });
        let refused = snapshot.problems.iter().rev().find_map(|problem| match problem.kind {
            ProblemKind::StateRefused { reason } => Some([&words::state_refused(reason), " ", problem.detail.reveal()].concat()),
            _ => None,
        });
        el("div", "menu")
            .attr("role", "menu")
            .attr("aria-label", words::PRESENCE)
            .with(self.item(desk, "presence-ready", &AgentState::Ready, *chosen == AgentState::Ready, AgentCommand::SetReady))
            .all(items)
            .all(refused.map(|why| el("p", "menu-note").id("presence-refused").text(&why)))
    }

    fn item(&self, desk: &Desk, testid: &str, state: &AgentState, checked: bool, command: AgentCommand) -> El {
        let menu = self.clone();
        el("button", "menu-item")
            .attr("type", "button")
            .attr("role", "menuitemradio")
            .attr("tabindex", "-1")
            .id(testid)
            .attr("aria-checked", if checked { "true" } else { "false" })
            .with(icon(drawing(state)))
            .with(el("span", "").text(&words::presence(state)))
            .on("click", desk, move |desk, _| {
                desk.command(command.clone());
                menu.step(Step::Button);
                menu.open.set(desk, false);
            })
    }

    fn toggle(&self, desk: &Desk) {
        self.open.set(desk, !self.open.get());
        if self.open.get() {
            let menu = self.clone();
            later(move || menu.step(Step::First));
        }
    }

    /// Closes when the focus goes elsewhere.
    fn left(&self, desk: &Desk, event: &Event) {
        let to = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target).and_then(|target| target.dyn_into::<Node>().ok());
        if !self.root.contains(to.as_ref()) {
            self.open.set(desk, false);
        }
    }

    fn keys(&self, desk: &Desk, event: &Event) {
        let Some(key) = key_of(event) else { return };
        let to = match (key.as_str(), self.open.get()) {
            ("ArrowDown", false) => Step::First,
            ("ArrowUp", false) => Step::Last,
            ("ArrowDown", true) => Step::Next,
            ("ArrowUp", true) => Step::Previous,
            ("End", true) => Step::Last,
            ("Escape", true) => Step::Button,
            ("Home", true) => Step::First,
            _ => return,
        };
        event.prevent_default();
        self.open.set(desk, true);
        self.step(to);
        self.open.set(desk, !matches!(to, Step::Button));
    }

    fn step(&self, to: Step) {
        let selector = if matches!(to, Step::Button) { ".presence-button" } else { "[role=menuitemradio]" };
        let Ok(found) = self.root.query_selector_all(selector) else { return };
        let elements: Vec<Element> = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
        let count = elements.len();
        if count == 0 {
            return;
        }
        let active = page().active_element();
        let here = elements.iter().position(|element| active.as_ref() == Some(element));
        let target = match (to, here) {
            (Step::Last, _) | (Step::Previous, None) => count - 1,
            (Step::Next, Some(here)) => (here + 1) % count,
            (Step::Previous, Some(here)) => (here + count - 1) % count,
            (Step::Button | Step::First | Step::Next, _) => 0,
        };
        focus(&elements[target]);
    }
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
