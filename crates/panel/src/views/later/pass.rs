//! Somebody else for this call: asked first, added, or given the call.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, CallId, CommandKind, Private};
use web_sys::HtmlInputElement;

use super::{directory::picker, joined, refused_with, transferred};
use crate::{
    dom::{El, Held, Key, el, focus},
    model::Desk,
    parts::{Action, Face, Icon, later, who},
    words,
};

/// Opens and closes the form.
#[inline(never)]
pub(super) fn tile(id: CallId, open: &Held<bool>) -> Action {
    let (pressed, shown) = (open.clone(), open.clone());
    let face = move |desk: &Desk| {
        let label = if only_asks(desk, id) { words::ASK_SOMEBODY } else { words::PASS_ON };
        Face { testid: "pass", icon: Icon::Forward, label }
    };
    Action::changing("tile", face, move |desk| pressed.set(desk, !pressed.get()))
        .switch(move |_| shown.get())
        .unless(move |desk| offered(desk, id))
}

/// Nothing but a consultation, of all there is.
fn only_asks(desk: &Desk, id: CallId) -> bool {
    let (others, codes) = codes(desk, id);
    others.into_iter().chain([codes[1], codes[2]]).all(|code| code == Some(NOT_SUPPORTED))
}

/// None while something of the form can be done; else why not, and "not supported" only if that is so of everything.
fn offered(desk: &Desk, id: CallId) -> Option<&'static str> {
    let (others, codes) = codes(desk, id);
    let all: Vec<_> = codes.into_iter().chain(others).collect();
    if all.contains(&None) {
        return None;
    }
    all.iter().copied().flatten().find(|code| *code != NOT_SUPPORTED).or(Some(NOT_SUPPORTED))
}

/// A blind transfer is offered that takes the caller away for good if it fails.
fn may_lose(desk: &Desk, id: CallId) -> bool {
    desk.refused(id, CommandKind::SingleStepTransfer).is_none() && !desk.snapshot().phone.blind_transfer_returns
}

type Codes = (Vec<Option<&'static str>>, [Option<&'static str>; 3]);

fn codes(desk: &Desk, id: CallId) -> Codes {
    let others = desk.call(id, |call| call.others.iter().flat_map(|other| [other.conference, other.transfer]).collect());
    (others, CHOICES.each_ref().map(|choice| desk.refused(id, choice.refused)))
}

/// A number with what can be done with it, and the agent's own other calls.
#[inline(never)]
pub(super) fn form(desk: &Desk, id: CallId, open: &Held<bool>) -> El {
    // The call a consultation is about has buttons of its own.
    let others = move |desk: &Desk| -> Vec<Key> {
        desk.call(id, |call| call.others.iter().filter(|other| Some(other.call) != call.consults).map(|other| (0, other.call.0)).collect())
    };
    let closed = open.clone();
    let input = number_input("pass-number");
    let field = input.cast::<HtmlInputElement>();
    let first = input.clone();
    // The form was asked for: its field is what comes next.
    later(move || focus(first.element()));
    el("div", "form")
        .id("pass-form")
        .with(number_form(desk, id, input, &CHOICES, open))
        .part_if(desk, move |desk| may_lose(desk, id), |_| el("p", "call-more").id("transfer-may-lose").text(words::TRANSFER_MAY_LOSE))
        .with(picker(desk, field))
        .with(el("ul", "others").list(desk, others, move |desk, (_, other)| one_of_mine(desk, id, CallId(other), &closed)))
}

/// Another call of the agent's own.
#[inline(never)]
fn one_of_mine(desk: &Desk, id: CallId, other: CallId, open: &Held<bool>) -> El {
    let action =
        |testid, icon, label, read: fn(&hookswitch_core::OtherView) -> Option<&'static str>, make: fn(CallId, CallId) -> AgentCommand| {
            let open = open.clone();
            let press = move |desk: &Desk| {
                if desk.command(make(id, other)) {
                    open.set(desk, false);
                }
            };
            Action::new("plain", testid, icon, label, press).unless(move |desk| refused_with(desk, id, other, read))
        };
    let name = move |desk: &Desk| desk.call(other, who);
    el("li", "other")
        .attr("role", "group")
        .attr_now("aria-label", desk, name)
        .with(el("span", "line-name").says(desk, name))
        .with(action("transfer-to", Icon::Forward, words::TRANSFER_TO, transferred, AgentCommand::Transfer).view(desk))
        .with(action("join-with", Icon::People, words::JOIN, joined, AgentCommand::Conference).view(desk))
}

/// One thing that can be done with a number.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) face: Face,
    pub(super) make: fn(CallId, Private) -> AgentCommand,
    pub(super) refused: CommandKind,
}

/// Does it with the number that stands in the field.
type CarryOut = dyn Fn(&Desk, Choice);

const CHOICES: [Choice; 3] = [
    Choice {
        face: Face { testid: "consult", icon: Icon::Handset, label: words::ASK_FIRST },
        make: |call, number| AgentCommand::Consult { call, number },
        refused: CommandKind::Consult,
    },
    Choice {
        face: Face { testid: "transfer-now", icon: Icon::Forward, label: words::TRANSFER_NOW },
        make: AgentCommand::SingleStepTransfer,
        refused: CommandKind::SingleStepTransfer,
    },
    Choice {
        face: Face { testid: "add-now", icon: Icon::People, label: words::ADD_NOW },
        make: AgentCommand::SingleStepConference,
        refused: CommandKind::SingleStepConference,
    },
];

const NOT_SUPPORTED: &str = "notSupported";

/// A field for a number.
#[inline(never)]
pub(super) fn number_input(testid: &'static str) -> El {
    let input = el("input", "").id(testid).attr("type", "tel").attr("autocomplete", "off");
    input.attr("aria-label", words::NUMBER).attr("placeholder", words::NUMBER)
}

/// The field, and a button per choice; Enter takes the first that is allowed. `open` is closed when one was accepted.
#[inline(never)]
pub(super) fn number_form(desk: &Desk, id: CallId, input: El, choices: &[Choice], open: &Held<bool>) -> El {
    let field = input.cast::<HtmlInputElement>();
    let open = open.clone();
    let carry_out: Rc<CarryOut> = Rc::new(move |desk, choice| {
        if desk.command((choice.make)(id, field.value().trim().into())) {
            field.set_value("");
            open.set(desk, false);
        }
    });
    let buttons = choices.iter().map(|choice| {
        let (carry_out, choice) = (Rc::clone(&carry_out), *choice);
        Action::changing("plain", move |_| choice.face, move |desk| carry_out(desk, choice))
            .unless(move |desk| desk.refused(id, choice.refused))
            .view(desk)
    });
    let row = el("div", "form-row").all(buttons);
    let choices = choices.to_vec();
    el("form", "number-form")
        .on("submit", desk, move |desk, event| {
            event.prevent_default();
            if let Some(choice) = choices.iter().find(|choice| desk.refused(id, choice.refused).is_none()) {
                carry_out(desk, *choice);
            }
        })
        .with(input)
        .with(row)
}
