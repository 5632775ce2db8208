//! Phone and panel brought together: what `loader.js` calls.

use hookswitch_shell::{Config, Phone};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsError, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{
    model::{Desk, Hands},
    views::mount,
};

/// Starts the phone and puts the panel into the page's element `#hookswitch`.
///
/// `config` is what the shell's `Config::read` takes.
///
/// # Errors
///
/// The page's own fault: a field of `config` is missing or wrong, or the page has no such element.
#[wasm_bindgen]
pub fn start(config: &JsValue) -> Result<(), JsError> {
    let config = Config::read(config)?;
    let root = document().get_element_by_id("hookswitch").and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let root = root.ok_or_else(|| JsError::new("the page has no element with the id hookswitch"))?;
    // Salesforce waits for the shell's first word, so the phone starts before anything is drawn.
    let phone = Phone::start(config);
    mount(root, move || desk(phone)).forget();
    Ok(())
}

/// The desk at which the agent uses `phone`, kept up to date for as long as its scope lives.
fn desk(phone: Phone) -> Desk {
    let (commands, credentials, sound) = (phone.clone(), phone.clone(), phone.clone());
    let hands = Hands {
        command: Box::new(move |command| commands.command(command)),
        sign_in: Box::new(move |user, password| credentials.sign_in(user, password)),
        enable_sound: Box::new(move || sound.enable_sound()),
    };
    let desk = Desk::new(phone.snapshot().as_ref().clone(), phone.status().as_ref().clone(), hands);
    let told = phone.clone();
    let subscription = phone.subscribe(move || {
        desk.show(told.snapshot().as_ref().clone());
        desk.show_status(told.status().as_ref().clone());
    });
    // Dropped, and so ended, with the scope.
    StoredValue::new_local(subscription);
    desk
}
