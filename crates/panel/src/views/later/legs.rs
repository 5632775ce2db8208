//! Everybody who was at the other end of the call, with when.

use hookswitch_core::{CallId, CallView, LegView};

use crate::{
    clock,
    dom::{El, el},
    model::Desk,
    parts::named,
    words,
};

/// Folded, and only when somebody came or went: of an ordinary call it would say nothing new.
#[inline(never)]
pub(super) fn legs(desk: &Desk, id: CallId) -> El {
    el("div", "slot").part(
        desk,
        move |desk| desk.call(id, |call| (call.began, told(call))),
        move |_, (began, legs)| {
            if legs.len() < 2 {
                return None;
            }
            let lines = legs.iter().map(|leg| one(*began, leg));
            Some(el("details", "fold").id("legs").with(el("summary", "").text(words::LEGS)).with(el("ul", "").all(lines)))
        },
    )
}

fn told(call: &CallView) -> Vec<LegView> {
    call.legs.clone()
}

#[inline(never)]
fn one(began: u64, leg: &LegView) -> El {
    let from = clock::written(clock::between(began, leg.since));
    let until = leg.until.map(|until| clock::written(clock::between(began, until)));
    let time = [&from, " – ", until.as_deref().unwrap_or(words::STILL)].concat();
    el("li", "leg").id("leg").with(el("span", "leg-time").text(&time)).with(el("span", "line-name").text(&named(&leg.party)))
}
