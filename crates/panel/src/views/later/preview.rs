//! What will be dialed for the number that is being typed, and why.

use crate::{
    dom::{El, el},
    model::Desk,
    words,
};

/// One line below the field; none while there is nothing to dial.
#[inline(never)]
pub(crate) fn preview(desk: &Desk, typed: &str) -> Option<El> {
    let dialed = desk.preview(typed)?;
    let why: String = dialed.reasons.iter().map(|reason| [" ", words::dial_reason(*reason)].concat()).collect();
    let number = el("span", "number").id("dial-preview-number").text(dialed.to.reveal());
    let line = el("p", "dial-preview").attr("id", "dial-preview").id("dial-preview").text(words::DIALS).text(" ").with(number);
    let then = (!dialed.then.is_empty()).then(|| el("span", "").text(&[", ", words::DIALS_THEN, " ", dialed.then.reveal()].concat()));
    Some(line.all(then).text(".").with(el("span", "dial-why").text(&why)))
}
