//! The twelve keys, for dialing and for sending digits.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::{
    dom::{El, el},
    model::Desk,
    words,
};

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

/// What a key does.
type Press = dyn Fn(&Desk, char);

/// The keys; a digit typed while one of them has the focus is as good as a press.
pub(crate) fn pad(desk: &Desk, label: &str, press: impl Fn(&Desk, char) + 'static) -> El {
    let press: Rc<Press> = Rc::new(press);
    let typed = Rc::clone(&press);
    let keys = KEYS.map(|(digit, letters)| {
        let press = Rc::clone(&press);
        let name = words::key(digit).map_or_else(|| digit.to_string(), str::to_owned);
        el("button", "pad-key")
            .attr("type", "button")
            .id(&format!("digit-{name}"))
            .attr("aria-label", &name)
            .with(el("span", "pad-digit").text(&digit.to_string()))
            .with(el("span", "pad-letters").attr("aria-hidden", "true").text(letters))
            .on("click", desk, move |desk, _| press(desk, digit))
    });
    el("div", "pad")
        .attr("role", "group")
        .attr("aria-label", label)
        .on("keydown", desk, move |desk, event| {
            if let Some(digit) = digit_of(event).filter(|digit| is_digit(*digit)) {
                event.prevent_default();
                typed(desk, digit);
            }
        })
        .all(keys)
}

/// What can be sent in a call: digits, `*`, `#`.
pub(crate) const fn is_digit(digit: char) -> bool {
    matches!(digit, '0'..='9' | '*' | '#')
}

/// The one character a key types; none for keys with a name (`Enter`) and for shortcuts.
pub(crate) fn digit_of(event: &Event) -> Option<char> {
    let key = key_of(event)?;
    let mut characters = key.chars();
    let digit = characters.next()?;
    characters.next().is_none().then_some(digit)
}

/// The key of a keyboard event, none with a modifier that makes it a shortcut.
pub(crate) fn key_of(event: &Event) -> Option<String> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    (!event.ctrl_key() && !event.alt_key() && !event.meta_key()).then(|| event.key())
}
