//! Shows the panel in every state, from hand-made snapshots: `cargo build -p hookswitch-panel --example gallery`.
//!
//! The page names the state, `?state=ringing`; without a name it lists them.

mod several;
mod states;

use std::rc::Rc;

use hookswitch_core::{dialable, settings::Dialing};
use hookswitch_panel::{Desk, Finder, Hands, mount};
use hookswitch_shell::{Directory, Entry};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

fn main() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(root) = document.get_element_by_id("hookswitch").and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let name = root.get_attribute("data-state").unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 are whole and positive")]
    let now = js_sys::Date::now() as u64;
    match states::state(&name, now) {
        Some((snapshot, status)) => mount(&root, Desk::new(Rc::new(snapshot), Rc::new(status), idle_hands())).forget(),
        None => root.set_text_content(Some(&[states::NAMES.as_slice(), &several::NAMES].concat().join("\n"))),
    }
}

/// Nothing is behind the buttons.
fn idle_hands() -> Hands {
    Hands {
        command: Box::new(|_| Ok(())),
        sign_in: Box::new(|_, _| {}),
        preview: Box::new(|number| dialable(number, &Dialing::default())),
        enable_sound: Box::new(|| {}),
        finder: Box::new(Nobody),
        check: Box::new(|_| {}),
        record: Box::new(|| {}),
        journal: Box::new(|| None),
    }
}

/// An empty directory.
struct Nobody;

impl Finder for Nobody {
    fn directory(&self) -> Rc<Directory> {
        Rc::default()
    }

    fn search(&self, _: &str, _: u32) {}

    fn set_favourite(&self, _: &Entry, _: bool) {}
}
