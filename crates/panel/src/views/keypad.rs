//! Digits sent in a call.

use hookswitch_core::{AgentCommand, CallId};
use leptos::prelude::*;

use crate::{model::Desk, parts::pad, words};

/// The keys, and what the phone system says was sent.
pub(crate) fn keypad(desk: Desk, id: CallId) -> AnyView {
    let sent = move || desk.call(id, |call| call.digits.reveal().to_owned());
    let press = Callback::new(move |digit: char| {
        desk.command(AgentCommand::SendDigits(id, digit.to_string().into()));
    });
    view! {
        <div class="keypad">
            <p class="keypad-sent" aria-live="polite">{words::DIGITS_SENT} ": " <span class="number" data-testid="digits-sent">{sent}</span></p>
            {pad(words::KEYPAD, press)}
        </div>
    }
    .into_any()
}
