//! The form for the phone system's credentials. They go to the shell's memory and nowhere else.

use hookswitch_shell::SignIn;
use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// The form.
pub(crate) fn sign_in(desk: Desk) -> AnyView {
    let user = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let refused = move || desk.status(|status| status.sign_in == SignIn::Refused);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(user), Some(password)) = (user.get_untracked(), password.get_untracked()) else { return };
        let name = user.value();
        // An empty field is shown by the browser; nothing is sent.
        if name.trim().is_empty() || password.value().is_empty() {
            return;
        }
        desk.sign_in(name.trim(), &password.value());
        password.set_value("");
    };
    view! {
        <form class="card sign-in" aria-labelledby="sign-in-title" on:submit=submit>
            <h2 id="sign-in-title" tabindex="-1" data-home="">{words::SIGN_IN}</h2>
            <p class="field-error" role="alert" data-testid="signin-refused" hidden=move || !refused()>
                {icon(Icon::Warning)}
                <span>{words::SIGN_IN_REFUSED}</span>
            </p>
            <label class="field">
                <span>{words::USER_NAME}</span>
                <input node_ref=user data-testid="signin-user" type="text" name="user" required="" autocomplete="username" autocapitalize="none" spellcheck="false" />
            </label>
            <label class="field">
                <span>{words::PASSWORD}</span>
                <input node_ref=password data-testid="signin-password" type="password" name="password" required="" autocomplete="current-password" />
            </label>
            <button type="submit" class="action action-brand" data-testid="signin-submit">{words::SIGN_IN_SUBMIT}</button>
        </form>
    }
    .into_any()
}
