//! Digits sent in a call.

use hookswitch_core::{AgentCommand, CallId};

use crate::{
    dom::{El, el},
    model::Desk,
    parts::pad,
    words,
};

/// The keys, and what the phone system says was sent.
#[inline(never)]
pub(crate) fn keypad(desk: &Desk, id: CallId) -> El {
    let sent = el("span", "number").id("digits-sent").says(desk, move |desk| desk.call(id, |call| call.digits.reveal().to_owned()));
    let keys = pad(desk, words::KEYPAD, move |desk, digit| {
        desk.command(AgentCommand::SendDigits(id, digit.to_string().into()));
    });
    let line = el("p", "keypad-sent").attr("aria-live", "polite").text(words::DIGITS_SENT).text(": ").with(sent);
    el("div", "keypad").with(line).with(keys)
}
