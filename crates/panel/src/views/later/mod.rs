//! What nobody sees before a call is answered, or before there are two of them: a first load does without it.

mod check;
mod consultation;
mod diagnostics;
mod directory;
mod layout;
mod legs;
mod line;
mod mending;
mod page;
mod parties;
mod pass;
mod preview;
mod recording;
mod related;
mod ringing;
mod wanted;

use hookswitch_core::{CallId, CallView, OtherView};

pub(super) use check::{open as open_check, opener as check};
pub(super) use consultation::consultation;
pub(super) use directory::{book, opened, suggestions};
pub(super) use line::line;
pub(super) use mending::{logs_wait, mend, recent};
pub(super) use page::{cases, fields, first_field, waits};
pub(super) use preview::preview;
pub(super) use recording::badge;
pub(super) use related::related;
pub(super) use ringing::ringing;
pub(super) use wanted::wanted;

use super::actions::end_for_all;
use crate::{
    dom::{El, Held, el, focus},
    model::Desk,
    parts::key_of,
};

/// What else can be done while talking, below the first row of buttons.
#[inline(never)]
pub(super) fn more(desk: &Desk, id: CallId) -> El {
    let open = Held::<bool>::default();
    let (shown, form) = (open.clone(), open.clone());
    let tiles = el("div", "actions actions-tiles")
        .with(pass::tile(id, &open).view(desk))
        .with(recording::record(id).view(desk))
        .part_if(desk, move |desk| desk.call(id, recording::begun), move |desk| recording::stop(id).view(desk))
        .part_if(desk, move |desk| desk.call(id, CallView::is_conference), move |desk| end_for_all(id).view(desk));
    let all = el("div", "talking-more")
        .with(consultation(desk, id))
        .with(tiles)
        .part_if(desk, move |_| shown.get(), move |desk| pass::form(desk, id, &form))
        .part_if(desk, move |desk| desk.call(id, CallView::is_conference), move |desk| parties::parties(desk, id))
        .with(legs::legs(desk, id));
    closes(all, desk, "[data-testid=pass]", open)
}

/// Escape closes what a button within opened, and gives the focus back to that button.
#[inline(never)]
fn closes(root: El, desk: &Desk, button: &'static str, open: Held<bool>) -> El {
    let here = root.clone();
    root.on("keydown", desk, move |desk, event| {
        if open.get() && key_of(event).as_deref() == Some("Escape") {
            open.set(desk, false);
            if let Some(button) = here.element().query_selector(button).ok().flatten() {
                focus(&button);
            }
        }
    })
}

/// The code why two calls cannot be brought together, in the way `read` looks at.
fn refused_with(desk: &Desk, id: CallId, other: CallId, read: fn(&OtherView) -> Option<&'static str>) -> Option<&'static str> {
    let snapshot = desk.snapshot();
    let call = snapshot.calls.iter().find(|call| call.id == id);
    call.and_then(|call| call.others.iter().find(|view| view.call == other)).map_or(Some("unknownCall"), read)
}

const fn joined(view: &OtherView) -> Option<&'static str> {
    view.conference
}

const fn transferred(view: &OtherView) -> Option<&'static str> {
    view.transfer
}
