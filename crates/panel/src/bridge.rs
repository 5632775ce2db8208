//! Phone and panel brought together: what `loader.js` calls.

use hookswitch_shell::{Config, Finding, Phone, check_report};
use wasm_bindgen::{JsCast, JsError, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{
    dom::page,
    model::{Checked, Desk, Hands},
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
    let root = page().get_element_by_id("hookswitch").and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let root = root.ok_or_else(|| JsError::new("the page has no element with the id hookswitch"))?;
    // Salesforce waits for the shell's first word, so the phone starts before anything is drawn.
    let phone = Phone::start(config);
    let desk = desk(&phone);
    let (told, shown) = (phone.clone(), desk.clone());
    let subscription = phone.subscribe(move || shown.show(told.snapshot(), told.status()));
    // Kept, like the panel, for as long as the page lives.
    std::mem::forget(subscription);
    mount(&root, desk).forget();
    Ok(())
}

/// The desk at which the agent uses `phone`.
fn desk(phone: &Phone) -> Desk {
    let (commands, credentials, dialing, sound, looks) = (phone.clone(), phone.clone(), phone.clone(), phone.clone(), phone.clone());
    let (recorder, recorded) = (phone.clone(), phone.clone());
    let hands = Hands {
        command: Box::new(move |command| commands.command(command)),
        sign_in: Box::new(move |user, password| credentials.sign_in(user, password)),
        preview: Box::new(move |number| dialing.preview(number)),
        enable_sound: Box::new(move || sound.enable_sound()),
        finder: Box::new(phone.clone()),
        check: Box::new(move |told| check(&looks, told)),
        record: Box::new(move || recorder.record()),
        journal: Box::new(move || recorded.journal()),
    };
    Desk::new(phone.snapshot(), phone.status(), hands)
}

/// Has the phone look around, and makes a report of it, with what went on inside lately.
#[inline(never)]
fn check(phone: &Phone, told: Box<dyn FnOnce(Checked)>) {
    let noted = phone.clone();
    phone.self_check(move |findings| {
        let report = report(&noted, &findings);
        told(Checked { findings, report });
    });
}

fn report(phone: &Phone, findings: &[Finding]) -> String {
    let mut report = ["hookswitch ", env!("CARGO_PKG_VERSION"), "\n", &check_report(findings)].concat();
    for note in phone.notes() {
        report.extend([&note.at.to_string(), " ms: ", note.code, " ", &note.detail, " x", &note.times.to_string(), "\n"]);
    }
    report
}
