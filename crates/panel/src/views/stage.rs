//! Pages that stand in for the desk while there is none.

use hookswitch_shell::SettingsSource;

use super::later::check;
use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// Not known yet where we are.
#[inline(never)]
pub(crate) fn starting() -> El {
    el("main", "stage")
        .id("starting")
        .with(el("span", "wait").attr("aria-hidden", "true"))
        .with(el("p", "").attr("role", "status").text(words::STARTING))
}

/// The page is not where it should be.
#[inline(never)]
pub(crate) fn frame_refused(desk: &Desk, why: &str) -> El {
    stage("main", "frame-refused", Icon::Warning, words::FRAME_REFUSED).with(el("p", "").text(why)).with(check(desk))
}

/// Another tab has the phone.
#[inline(never)]
pub(crate) fn other_tab(desk: &Desk) -> El {
    stage("main", "other-tab", Icon::Info, words::OTHER_TAB).with(el("p", "").text(words::OTHER_TAB_MORE)).with(check(desk))
}

/// Ended on purpose.
#[inline(never)]
pub(crate) fn stopped() -> El {
    stage("main", "stopped", Icon::Info, words::STOPPED).with(el("p", "").text(words::STOPPED_MORE))
}

/// The settings name no phone system: what the agent can do, and what the admin must.
#[inline(never)]
pub(crate) fn no_phone(desk: &Desk) -> El {
    let why = |desk: &Desk| match desk.status().settings {
        SettingsSource::None(why) => words::no_settings(why).to_owned(),
        _ => words::NO_PHONE_MORE.to_owned(),
    };
    stage("section", "no-phone", Icon::Warning, words::NO_PHONE).with(el("p", "").says(desk, why)).with(check(desk))
}

#[inline(never)]
fn stage(tag: &str, testid: &str, drawing: Icon, title: &str) -> El {
    el(tag, "stage").id(testid).attr("role", "alert").with(icon(drawing)).with(el("h1", "").text(title))
}
