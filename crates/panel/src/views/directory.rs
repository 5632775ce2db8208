//! Recent calls and the directory, folded: what is in them is made when they are opened.

use hookswitch_core::settings::ViewKind;

use super::later;
use crate::{
    dom::{El, Held, el},
    model::Desk,
    words,
};

/// One of the two; shown while a number could be dialed, or while there is no call that could be hurt.
pub(crate) fn fold(desk: &Desk, kind: ViewKind) -> El {
    let open = Held::<bool>::default();
    let shown = open.clone();
    let (testid, title) = if kind == ViewKind::History { ("history", words::HISTORY) } else { ("directory", words::DIRECTORY) };
    el("details", "fold")
        .id(testid)
        .hidden(desk, |desk| {
            let snapshot = desk.snapshot();
            !snapshot.calls.is_empty() && snapshot.dial.is_some()
        })
        .on("toggle", desk, move |desk, event| later::opened(desk, event, &open))
        .with(el("summary", "").id(if kind == ViewKind::History { "history-open" } else { "directory-open" }).text(title))
        .part_if(desk, move |_| shown.get(), move |desk| later::book(desk, kind))
}
