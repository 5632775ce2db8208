//! A call that is not shown in full: who, how it stands, and the one step that cannot wait.

use hookswitch_core::{CallId, CommandKind, Phase};

use super::{
    super::{
        actions::{answer, decline, hold, stuck},
        call::{number, phase, title_id},
        opened::Opened,
    },
    ringing,
};
use crate::{
    dom::{El, el, focus, page},
    model::Desk,
    parts::{later, who},
    words,
};

/// Which buttons stand there.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Step {
    Answer,
    None,
    Resume,
}

/// The line, below the head of the call's card.
#[inline(never)]
pub(crate) fn line(desk: &Desk, id: CallId, opened: &Opened) -> El {
    let opened = opened.clone();
    let about = el("span", "line-number").says(desk, move |desk| {
        desk.call(id, |call| match call.phase {
            // What was written so far, so that two drafts can be told apart.
            Phase::WrapUp => call.draft.notes.reveal().lines().next().unwrap_or_default().to_owned(),
            Phase::Alerting if !call.queue.is_empty() => [words::QUEUE, ": ", &call.queue].concat(),
            _ => number(call),
        })
    });
    let show = el("button", "line-who")
        .attr("type", "button")
        .id("show-call")
        .attr_now("title", desk, move |desk| words::show_call(&desk.call(id, who)))
        .attr_now("aria-label", desk, move |desk| words::show_call(&desk.call(id, who)))
        .with(el("span", "line-name").id("line-who").says(desk, move |desk| desk.call(id, who)))
        .with(about)
        .on("click", desk, move |desk, _| {
            opened.show(desk, id);
            later(move || to_title(id));
        });
    let step = move |desk: &Desk| match phase(desk, id) {
        Phase::Alerting | Phase::Answering => Step::Answer,
        Phase::Held | Phase::Retrieving if desk.refused(id, CommandKind::Retrieve) != Some("notSupported") => Step::Resume,
        _ => Step::None,
    };
    el("div", "line")
        .with(show)
        .part(desk, step, move |desk, step| match step {
            Step::Answer => {
                let row = el("div", "actions").with(answer(id).view(desk)).with(decline(id).view(desk));
                Some(el("div", "line-steps").with(row).with(ringing(desk, id)))
            }
            Step::None => None,
            Step::Resume => Some(el("div", "line-step").with(hold("plain", id).view(desk))),
        })
        .with(stuck(desk, id))
}

/// The line that had the focus is gone; the card it became takes it.
fn to_title(id: CallId) {
    if let Some(title) = page().get_element_by_id(&title_id(id)) {
        focus(&title);
    }
}
