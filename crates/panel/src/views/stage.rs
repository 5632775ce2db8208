//! Pages that stand in for the desk while there is none.

use hookswitch_shell::SettingsSource;
use leptos::prelude::*;

use crate::{
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// Not known yet where we are.
pub(crate) fn starting() -> AnyView {
    view! { <main class="stage" data-testid="starting"><span class="wait" aria-hidden="true"></span><p role="status">{words::STARTING}</p></main> }
        .into_any()
}

/// The page is not where it should be.
pub(crate) fn frame_refused(why: String) -> AnyView {
    stage("frame-refused", Icon::Warning, words::FRAME_REFUSED, why)
}

/// Another tab has the phone.
pub(crate) fn other_tab() -> AnyView {
    stage("other-tab", Icon::Info, words::OTHER_TAB, words::OTHER_TAB_MORE.to_owned())
}

/// Ended on purpose.
pub(crate) fn stopped() -> AnyView {
    stage("stopped", Icon::Info, words::STOPPED, words::STOPPED_MORE.to_owned())
}

/// The settings name no phone system: what the agent can do, and what the admin must.
pub(crate) fn no_phone(desk: Desk) -> AnyView {
    let why = move || {
        desk.status(|status| match status.settings {
            SettingsSource::None(why) => words::no_settings(why),
            _ => words::NO_PHONE_MORE,
        })
    };
    view! {
        <section class="stage" data-testid="no-phone" role="alert">
            {icon(Icon::Warning)}
            <h1>{words::NO_PHONE}</h1>
            <p>{why}</p>
        </section>
    }
    .into_any()
}

fn stage(testid: &'static str, drawing: Icon, title: &'static str, more: String) -> AnyView {
    view! {
        <main class="stage" data-testid=testid role="alert">
            {icon(drawing)}
            <h1>{title}</h1>
            <p>{more}</p>
        </main>
    }
    .into_any()
}
