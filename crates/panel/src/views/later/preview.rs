//! What will be dialed for a number that is being typed or was clicked, and why.

use crate::{
    dom::{El, el},
    model::Desk,
    words,
};

/// One line below the field, which is described by it; none while there is nothing to dial.
#[inline(never)]
pub(crate) fn preview(desk: &Desk, typed: &str) -> Option<El> {
    Some(line(desk, typed, "dial-preview", "dial-preview-number")?.attr("id", "dial-preview"))
}

/// The line by itself, with the names its parts have for tests.
pub(super) fn line(desk: &Desk, typed: &str, id: &'static str, number_id: &'static str) -> Option<El> {
    let dialed = desk.preview(typed)?;
    let why: String = dialed.reasons.iter().map(|reason| [" ", words::dial_reason(*reason)].concat()).collect();
    let number = el("span", "number").id(number_id).text(dialed.to.reveal());
    let line = el("p", "dial-preview").id(id).text(words::DIALS).text(" ").with(number);
    let then = (!dialed.then.is_empty()).then(|| el("span", "").text(&[", ", words::DIALS_THEN, " ", dialed.then.reveal()].concat()));
    Some(line.all(then).text(".").with(el("span", "dial-why").text(&why)))
}
