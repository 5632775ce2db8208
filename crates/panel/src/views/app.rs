//! The whole panel: which page, and what is on it.

use std::rc::Rc;

use hookswitch_core::{
    LogState,
    settings::{Theme, ViewKind},
};
use hookswitch_shell::{SettingsSource, SignIn, Stage};

use super::{
    call::calls,
    connection::connection,
    dial::dial,
    directory::fold,
    later::open_check,
    logs::logs,
    notices::{for_admin, notices, sound_off},
    presence::presence,
    problems::problems,
    sign_in::sign_in,
    stage,
};
use crate::{
    dom::{El, el, page},
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
pub(crate) fn app(desk: &Desk) -> El {
    keep_focus(desk);
    desk.watch(Rc::new(|desk| dress(desk.status().view.theme)));
    el("div", "panel")
        .attr("tabindex", "-1")
        .on("keydown", desk, shortcuts)
        .on("check", desk, |desk, _| open_check(desk))
        // The page has all of the module.
        .on("whole", desk, |desk, _| desk.record())
        .all(announcements(desk))
        .part(desk, page_of, |desk, page| {
            Some(match page {
                Page::Desk => at_the_desk(desk, main_of_desk),
                Page::FrameRefused(words) => stage::frame_refused(desk, words),
                Page::NoPhone => at_the_desk(desk, stage::no_phone),
                Page::OtherTab => stage::other_tab(desk),
                Page::SignIn => at_the_desk(desk, sign_in),
                Page::Starting => stage::starting(),
                Page::Stopped => stage::stopped(),
            })
        })
}

fn page_of(desk: &Desk) -> Page {
    let (status, snapshot) = (desk.status(), desk.snapshot());
    match &status.stage {
        Stage::FrameRefused { words, .. } => Page::FrameRefused(words.clone()),
        Stage::OtherTab => Page::OtherTab,
        Stage::Stopped => Page::Stopped,
        // A call at hand matters more than anything that is missing.
        Stage::Running if !snapshot.calls.is_empty() => Page::Desk,
        Stage::Running if status.settings == SettingsSource::Waiting => Page::Starting,
        Stage::Running if !snapshot.phone.provided => Page::NoPhone,
        Stage::Running if matches!(status.sign_in, SignIn::Wanted | SignIn::Refused) => Page::SignIn,
        Stage::Running => Page::Desk,
        _ => Page::Starting,
    }
}

/// Header and messages around `main`.
fn at_the_desk(desk: &Desk, main: fn(&Desk) -> El) -> El {
    let banner = el("p", "banner").id("banner-simulated").text(words::SIMULATED);
    el("div", "at-desk")
        .with(el("header", "head").with(presence(desk)).with(connection(desk)))
        .with(banner.hidden(desk, |desk| !desk.snapshot().phone.simulated))
        .with(
            el("main", "body")
                .with(notices(desk))
                .with(sound_off(desk))
                .with(problems(desk))
                .with(el("div", "slot").attr("role", "status").part_if(desk, |desk| desk.snapshot().wanted.is_some(), super::later::wanted))
                .with(el("div", "slot").attr("role", "status").part_if(desk, needs_the_agent, super::later::logs_wait))
                .with(main(desk))
                .with(logs(desk))
                .with(for_admin(desk)),
        )
}

/// A log cannot be saved without the agent, who has no call and so the time for it.
fn needs_the_agent(desk: &Desk) -> bool {
    let snapshot = desk.snapshot();
    snapshot.calls.is_empty() && snapshot.logs.iter().any(|log| log.state != LogState::Pending)
}

/// Where the dial pad stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Dial {
    Alone,
    BesideCalls,
    Nowhere,
}

fn main_of_desk(desk: &Desk) -> El {
    let place = |desk: &Desk| {
        let snapshot = desk.snapshot();
        match (desk.status().view.views.contains(&ViewKind::Dial), snapshot.calls.is_empty(), snapshot.dial) {
            (true, true, _) => Dial::Alone,
            (true, false, None) => Dial::BesideCalls,
            _ => Dial::Nowhere,
        }
    };
    let pad = move |desk: &Desk| {
        el("div", "slot").part(desk, place, |desk, place| match place {
            Dial::Alone => Some(dial(desk)),
            Dial::BesideCalls => Some(el("details", "fold").with(el("summary", "").text(words::DIAL_ANOTHER)).with(dial(desk))),
            Dial::Nowhere => None,
        })
    };
    // What is not among these has a place of its own.
    let views = |desk: &Desk| desk.status().view.views.clone();
    el("div", "stack").with(calls(desk)).part(desk, views, move |desk, views| {
        let views = views.iter().filter_map(|view| match view {
            ViewKind::Dial => Some(pad(desk)),
            ViewKind::Directory | ViewKind::History => Some(fold(desk, *view)),
            _ => None,
        });
        Some(el("div", "stack").all(views))
    })
}

/// The style sheet has the colours; it is told which by one attribute.
fn dress(theme: Theme) {
    let name = match theme {
        Theme::Dark => "dark",
        Theme::System => "system",
        _ => "light",
    };
    if let Some(root) = page().document_element() {
        // Setting an attribute of this name cannot fail.
        let _ = root.set_attribute("data-theme", name);
    }
}
