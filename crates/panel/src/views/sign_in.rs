//! The form for the phone system's credentials. They go to the shell's memory and nowhere else.

use hookswitch_shell::SignIn;
use web_sys::HtmlInputElement;

use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// The form.
#[inline(never)]
pub(crate) fn sign_in(desk: &Desk) -> El {
    let user = input("signin-user", "text", "username").attr("autocapitalize", "none").attr("spellcheck", "false");
    let password = input("signin-password", "password", "current-password");
    let (name, secret) = (user.cast::<HtmlInputElement>(), password.cast::<HtmlInputElement>());
    let refused = el("p", "field-error").attr("role", "alert").id("signin-refused");
    el("form", "card sign-in")
        .attr("aria-labelledby", "sign-in-title")
        .with(el("h2", "").attr("id", "sign-in-title").attr("tabindex", "-1").attr("data-home", "").text(words::SIGN_IN))
        .with(
            refused
                .hidden(desk, |desk| desk.status().sign_in != SignIn::Refused)
                .with(icon(Icon::Warning))
                .with(el("span", "").text(words::SIGN_IN_REFUSED)),
        )
        .with(el("label", "field").with(el("span", "").text(words::USER_NAME)).with(user))
        .with(el("label", "field").with(el("span", "").text(words::PASSWORD)).with(password))
        .with(el("button", "action action-brand").attr("type", "submit").id("signin-submit").text(words::SIGN_IN_SUBMIT))
        .on("submit", desk, move |desk, event| {
            event.prevent_default();
            let (user, password) = (name.value(), secret.value());
            // An empty field is shown by the browser; nothing is sent.
            if !user.trim().is_empty() && !password.is_empty() {
                secret.set_value("");
                desk.sign_in(user.trim(), &password);
            }
        })
}

#[inline(never)]
fn input(testid: &str, kind: &str, autocomplete: &str) -> El {
    el("input", "").id(testid).attr("type", kind).attr("required", "").attr("autocomplete", autocomplete)
}
