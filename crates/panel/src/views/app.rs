//! The whole panel: which page, and what is on it.

use hookswitch_core::settings::{Theme, ViewKind};
use hookswitch_shell::{SettingsSource, SignIn, Stage};
use leptos::prelude::*;

use super::{
    call::calls,
    connection::connection,
    dial::dial,
    logs::logs,
    notices::{for_admin, notices},
    presence::presence,
    problems::problems,
    sign_in::sign_in,
    stage,
};
use crate::{
    model::Desk,
    parts::{announcements, keep_focus, shortcuts},
    words,
};

/// Which page is shown.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Page {
    Desk,
    FrameRefused(String),
    NoPhone,
    OtherTab,
    SignIn,
    Starting,
    Stopped,
}

/// The panel.
pub(crate) fn app(desk: Desk) -> AnyView {
    keep_focus(desk);
    Effect::new(move || dress(desk.status(|status| status.view.theme)));
    let page = Memo::new(move |_| page(desk));
    view! {
        <div class="panel" tabindex="-1" on:keydown=move |event| shortcuts(desk, &event)>
            {announcements(desk)}
            {move || match page.get() {
                Page::Desk => at_the_desk(desk, main_of_desk),
                Page::FrameRefused(words) => stage::frame_refused(words),
                Page::NoPhone => at_the_desk(desk, stage::no_phone),
                Page::OtherTab => stage::other_tab(),
                Page::SignIn => at_the_desk(desk, sign_in),
                Page::Starting => stage::starting(),
                Page::Stopped => stage::stopped(),
            }}
        </div>
    }
    .into_any()
}

fn page(desk: Desk) -> Page {
    let (stage, waiting, wanted) = desk.status(|status| {
        let wanted = matches!(status.sign_in, SignIn::Wanted | SignIn::Refused);
        (status.stage.clone(), status.settings == SettingsSource::Waiting, wanted)
    });
    let (provided, calls) = desk.read(|snapshot| (snapshot.phone.provided, !snapshot.calls.is_empty()));
    match stage {
        Stage::FrameRefused { words, .. } => Page::FrameRefused(words),
        Stage::OtherTab => Page::OtherTab,
        Stage::Stopped => Page::Stopped,
        // A call at hand matters more than anything that is missing.
        Stage::Running if calls => Page::Desk,
        Stage::Running if waiting => Page::Starting,
        Stage::Running if !provided => Page::NoPhone,
        Stage::Running if wanted => Page::SignIn,
        Stage::Running => Page::Desk,
        _ => Page::Starting,
    }
}

/// Header and messages around `main`.
fn at_the_desk(desk: Desk, main: fn(Desk) -> AnyView) -> AnyView {
    let simulated = move || desk.read(|snapshot| snapshot.phone.simulated);
    view! {
        <header class="head">
            {presence(desk)}
            {connection(desk)}
        </header>
        <p class="banner" data-testid="banner-simulated" hidden=move || !simulated()>{words::SIMULATED}</p>
        <main class="body">
            {notices(desk)}
            {problems(desk)}
            {main(desk)}
            {logs(desk)}
            {for_admin(desk)}
        </main>
    }
    .into_any()
}

fn main_of_desk(desk: Desk) -> AnyView {
    let busy = Memo::new(move |_| desk.read(|snapshot| !snapshot.calls.is_empty()));
    let shown = Memo::new(move |_| desk.status(|status| status.view.views.contains(&ViewKind::Dial)));
    let allowed = Memo::new(move |_| desk.read(|snapshot| snapshot.dial.is_none()));
    view! {
        {calls(desk)}
        {move || match (shown.get(), busy.get()) {
            (true, false) => dial(desk),
            (true, true) if allowed.get() => {
                view! { <details class="fold"><summary>{words::DIAL_ANOTHER}</summary>{dial(desk)}</details> }.into_any()
            }
            _ => ().into_any(),
        }}
    }
    .into_any()
}

/// The style sheet has the colours; it is told which by one attribute.
fn dress(theme: Theme) {
    let name = match theme {
        Theme::Dark => "dark",
        Theme::System => "system",
        _ => "light",
    };
    if let Some(root) = document().document_element() {
        // Setting an attribute of this name cannot fail.
        let _ = root.set_attribute("data-theme", name);
    }
}
