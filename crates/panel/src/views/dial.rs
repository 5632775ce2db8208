//! Placing a call: number, pad, button, last number.

use hookswitch_core::DialSource;
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
};

use crate::{
    model::Desk,
    parts::{Action, Icon, icon, is_digit, pad, writing},
    words,
};

/// The view.
pub(crate) fn dial(desk: Desk) -> AnyView {
    let number = RwSignal::new(String::new());
    let refused = Memo::new(move |_| desk.read(|snapshot| snapshot.dial));
    let reason = move || match refused.get() {
        Some(code) => Some(words::refusal(code)),
        None => number.with(|number| number.trim().is_empty()).then_some(words::NUMBER_FIRST),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = number.get_untracked();
        // A refused number stays, so that it can be mended.
        if !typed.trim().is_empty() && refused.get_untracked().is_none() && desk.dial(typed.trim(), DialSource::DialPad) {
            number.set(String::new());
        }
    };
    let add = Callback::new(move |digit: char| number.update(|number| number.push(digit)));
    let typed = move |event: KeyboardEvent| type_anywhere(&event, number);
    view! {
        <form class="card dial" aria-label=words::DIAL_PAD on:submit=submit on:keydown=typed>
            <div class="dial-row">
                <input
                    class="dial-input"
                    data-testid="dial-input"
                    data-home=""
                    type="tel"
                    autocomplete="off"
                    aria-label=words::NUMBER
                    placeholder=words::NUMBER
                    aria-describedby="dial-reason"
                    prop:value=move || number.get()
                    on:input=move |event| number.set(plain(&event_target_value(&event)))
                />
                <button
                    type="button"
                    class="action action-quiet"
                    data-testid="backspace"
                    aria-label=words::BACKSPACE
                    title=words::BACKSPACE
                    on:click=move |_| {
                        number.update(|number| {
                            number.pop();
                        });
                    }
                >
                    {icon(Icon::Backspace)}
                </button>
            </div>
            {pad(words::DIAL_PAD, add)}
            <button
                type="submit"
                class="action action-answer dial-button"
                data-testid="dial"
                aria-disabled=move || reason().map(|_| "true")
                aria-describedby="dial-reason"
                title=move || reason().unwrap_or(words::CALL)
            >
                {icon(Icon::Handset)}
                <span class="action-label">{words::CALL}</span>
            </button>
            <p id="dial-reason" class="dial-reason" data-testid="dial-reason">{reason}</p>
            {redial(desk)}
        </form>
    }
    .into_any()
}

fn redial(desk: Desk) -> AnyView {
    let refused = Signal::derive(move || desk.read(|snapshot| snapshot.dial));
    let last = Memo::new(move |_| desk.last_dialed());
    (move || {
        last.get().map(|last| {
            let shown = last.reveal().to_owned();
            let again = move || {
                desk.dial(last.reveal(), DialSource::Redial);
            };
            view! {
                <div class="redial">
                    {Action::plain("redial", "plain", Icon::Redo, words::REDIAL, again).unless(refused).view()}
                    <span class="number">{shown}</span>
                </div>
            }
        })
    })
    .into_any()
}

/// Digits typed while a button has the focus go to the number, too; fields and keys of the pad take their own.
fn type_anywhere(event: &KeyboardEvent, number: RwSignal<String>) {
    if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || writing(&document()) {
        return;
    }
    let key = event.key();
    if key == "Backspace" {
        number.update(|number| {
            number.pop();
        });
    } else if key == "+" || (key.chars().all(is_digit) && key.chars().count() == 1) {
        number.update(|number| number.push_str(&key));
    }
}

/// What was pasted, without what a copied link has around a number; the core reads any formatting.
fn plain(typed: &str) -> String {
    typed.trim_start().trim_start_matches("tel:").to_owned()
}
