//! The twelve keys, for dialing and for sending digits.

use leptos::{ev::KeyboardEvent, prelude::*};

use crate::words;

const KEYS: [(char, &str); 12] = [
    ('1', ""),
    ('2', "ABC"),
    ('3', "DEF"),
    ('4', "GHI"),
    ('5', "JKL"),
    ('6', "MNO"),
    ('7', "PQRS"),
    ('8', "TUV"),
    ('9', "WXYZ"),
    ('*', ""),
    ('0', "+"),
    ('#', ""),
];

/// The keys; a digit typed while one of them has the focus is as good as a press.
pub(crate) fn pad(label: &'static str, press: Callback<char>) -> AnyView {
    let typed = move |event: KeyboardEvent| {
        if let Some(digit) = digit_of(&event).filter(|digit| is_digit(*digit)) {
            event.prevent_default();
            press.run(digit);
        }
    };
    let keys = KEYS.map(|(digit, letters)| {
        let name = words::key(digit);
        let testid = name.map_or_else(|| format!("digit-{digit}"), |name| format!("digit-{name}"));
        view! {
            <button type="button" class="pad-key" data-testid=testid aria-label=name on:click=move |_| press.run(digit)>
                <span class="pad-digit">{digit.to_string()}</span>
                <span class="pad-letters" aria-hidden="true">{letters}</span>
            </button>
        }
    });
    view! { <div class="pad" role="group" aria-label=label on:keydown=typed>{keys.into_iter().collect_view()}</div> }.into_any()
}

/// What can be sent in a call: digits, `*`, `#`.
pub(crate) const fn is_digit(digit: char) -> bool {
    matches!(digit, '0'..='9' | '*' | '#')
}

/// The one character a key types; none for keys with a name (`Enter`) and for shortcuts.
fn digit_of(event: &KeyboardEvent) -> Option<char> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let key = event.key();
    let mut characters = key.chars();
    let digit = characters.next()?;
    characters.next().is_none().then_some(digit)
}
