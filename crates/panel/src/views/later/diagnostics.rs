//! What the phone was told lately, saved as a file for support, with words for what is in it before it is saved.

use js_sys::{Array, Function, Object, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

use super::check::call;
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{Action, Icon, after},
    words,
};

/// The words and the button.
#[inline(never)]
pub(super) fn diagnostics(desk: &Desk) -> El {
    let said = Held::<String>::default();
    let shown = said.clone();
    let press = move |desk: &Desk| said.set(desk, save(desk));
    el("div", "stack")
        .id("diagnostics")
        .with(el("p", "log-words").text(words::DIAGNOSTICS_WHAT))
        .with(Action::new("plain", "diagnostics-save", Icon::Save, words::DIAGNOSTICS_SAVE, press).view(desk))
        .with(el("p", "").attr("role", "status").id("diagnostics-saved").says(desk, move |_| shown.get()))
}

/// Saves it, and says what came of that.
fn save(desk: &Desk) -> String {
    let Some(text) = desk.journal() else { return words::DIAGNOSTICS_NONE.to_owned() };
    let name = ["hookswitch-", &moment(), ".jsonl"].concat();
    match download(&name, &text) {
        Some(()) => [words::DIAGNOSTICS_SAVED, " ", &name].concat(),
        None => words::DIAGNOSTICS_NOT_SAVED.to_owned(),
    }
}

/// Now, as a part of a file's name: `2026-01-31T0915Z`.
fn moment() -> String {
    let written = made("Date", &Array::new()).and_then(|date| call(&date, "toISOString", &JsValue::UNDEFINED)?.as_string());
    // Without seconds, and without what a file's name may not hold.
    written.map(|text| [text.get(..16).unwrap_or_default(), "Z"].concat().replace(':', "")).unwrap_or_default()
}

/// Has the browser save a text as a file. None: it does not.
fn download(name: &str, text: &str) -> Option<()> {
    let kind = Object::new();
    Reflect::set(&kind, &"type".into(), &"application/jsonl".into()).ok()?;
    let file = made("Blob", &Array::of2(&Array::of1(&text.into()), &kind))?;
    let addresses = Reflect::get(&global(), &"URL".into()).ok()?;
    let address = call(&addresses, "createObjectURL", &file)?;
    let link = el("a", "").attr("href", &address.as_string()?).attr("download", name);
    call(link.element(), "click", &JsValue::UNDEFINED)?;
    after(SAVED_MS, move || {
        // It held the file in memory.
        let _ = call(&addresses, "revokeObjectURL", &address);
    });
    Some(())
}

/// A new object of one of the browser's kinds.
fn made(kind: &str, arguments: &Array) -> Option<JsValue> {
    let kind = Reflect::get(&global(), &kind.into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&kind, arguments).ok()
}

/// By then the browser has read it.
const SAVED_MS: i32 = 60_000;
