//! A call begun to ask about another one: what becomes of the two.

use hookswitch_core::{AgentCommand, CallId, CommandKind};

use super::{super::actions::command, joined, refused_with, transferred};
use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Face, Icon, who},
    words,
};

/// Nothing, unless the call is a consultation.
#[inline(never)]
pub(crate) fn consultation(desk: &Desk, id: CallId) -> El {
    el("div", "slot").part(
        desk,
        move |desk| desk.call(id, |call| call.consults),
        move |desk, about| about.map(|about| steps(desk, id, about)),
    )
}

#[inline(never)]
fn steps(desk: &Desk, id: CallId, about: CallId) -> El {
    let complete = Action::new("brand", "complete-transfer", Icon::Forward, words::TRANSFER, move |desk| {
        desk.command(AgentCommand::Transfer(about, id));
    })
    .unless(move |desk| refused_with(desk, about, id, transferred));
    let join = Action::new("plain", "join", Icon::People, words::JOIN, move |desk| {
        desk.command(AgentCommand::Conference(about, id));
    })
    .unless(move |desk| refused_with(desk, about, id, joined));
    let back = Face { testid: "reconnect", icon: Icon::Back, label: words::BACK };
    el("div", "consultation")
        .with(el("p", "call-more").id("consults").says(desk, move |desk| words::asks_about(&desk.call(about, who))))
        .with(
            el("div", "form-row")
                .with(complete.view(desk))
                .with(join.view(desk))
                .with(command("plain", back, id, CommandKind::Reconnect, AgentCommand::Reconnect).view(desk)),
        )
}
