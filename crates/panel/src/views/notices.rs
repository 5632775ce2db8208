//! What is out of order around the phone, one line each, with the next step.

use hookswitch_core::{MediaState, PhoneState};
use hookswitch_shell::SettingsSource;

use super::later::check;
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// All notices; those that do not apply are hidden.
#[inline(never)]
pub(crate) fn notices(desk: &Desk) -> El {
    let seen = Held::<bool>::default();
    let (told, dismissed) = (seen.clone(), seen);
    let restarted = notice(desk, "notice-restarted", Icon::Info, move |desk| {
        if desk.status().restarted && !told.get() { words::RESTARTED.to_owned() } else { String::new() }
    });
    let dismiss = Action::new("quiet", "restarted-dismiss", Icon::Cross, words::DISMISS, move |desk| dismissed.set(desk, true));
    el("div", "notices")
        .attr("role", "status")
        .with(notice(desk, "notice-phone", Icon::Warning, phone))
        .with(notice(desk, "notice-microphone", Icon::MicrophoneOff, microphone))
        .with(notice(desk, "notice-crm", Icon::Warning, crm))
        .with(notice(desk, "notice-apex", Icon::Info, apex))
        .with(notice(desk, "notice-set-aside", Icon::Warning, set_aside))
        .with(notice(desk, "notice-stale", Icon::Clock, stale))
        .with(restarted.with(dismiss.view(desk)))
        .part_if(desk, |desk| !(phone(desk).is_empty() && microphone(desk).is_empty() && crm(desk).is_empty()), check)
}

fn phone(desk: &Desk) -> String {
    let phone = &desk.snapshot().phone;
    if phone.provided && matches!(phone.state, PhoneState::Failed | PhoneState::Reconnecting) {
        [words::PHONE, ": ", words::phone(phone.state), " ", phone.detail.reveal()].concat()
    } else {
        String::new()
    }
}

fn microphone(desk: &Desk) -> String {
    match desk.snapshot().phone.media {
        MediaState::Usable => String::new(),
        media => words::media(media).to_owned(),
    }
}

fn crm(desk: &Desk) -> String {
    desk.status().crm_problem.as_ref().map(|problem| [problem.words, " ", problem.remedy].concat()).unwrap_or_default()
}

fn apex(desk: &Desk) -> String {
    desk.status().apex_problem.as_ref().map(|problem| problem.words.clone()).unwrap_or_default()
}

fn set_aside(desk: &Desk) -> String {
    if desk.status().set_aside { words::SET_ASIDE.into() } else { String::new() }
}

fn stale(desk: &Desk) -> String {
    match desk.status().settings {
        SettingsSource::Stored { age_ms } => words::stale_settings(age_ms),
        _ => String::new(),
    }
}

/// A line that is there while it has something to say.
fn notice(desk: &Desk, testid: &str, drawing: Icon, text: impl Fn(&Desk) -> String + Clone + 'static) -> El {
    let said = text.clone();
    el("div", "notice").id(testid).hidden(desk, move |desk| text(desk).is_empty()).with(icon(drawing)).with(el("span", "").says(desk, said))
}

/// The click that browsers want before they play a sound.
#[inline(never)]
pub(crate) fn sound_off(desk: &Desk) -> El {
    el("div", "slot").part_if(
        desk,
        |desk| desk.status().sound_blocked,
        |desk| Action::new("wide", "sound-off", Icon::SpeakerOff, words::SOUND_OFF, Desk::enable_sound).view(desk),
    )
}

/// Values of the settings that could not be used: rarely read, so folded.
#[inline(never)]
pub(crate) fn for_admin(desk: &Desk) -> El {
    el("div", "slot").part(
        desk,
        |desk| desk.status().setting_problems.clone(),
        |desk, problems| {
            if problems.is_empty() {
                return None;
            }
            let lines = problems.iter().map(|problem| el("li", "").with(el("code", "").text(&problem.item)).text(" ").text(&problem.words));
            let contact = desk.status().support_contact.clone();
            let mut fold = el("details", "fold").id("setting-problems");
            if !desk.snapshot().phone.provided {
                fold = fold.attr("open", "");
            }
            let title = format!("{} ({})", words::FOR_ADMIN, problems.len());
            let help = (!contact.is_empty()).then(|| el("p", "").text(&words::support(&contact)));
            Some(fold.with(el("summary", "").text(&title)).with(el("ul", "").all(lines)).all(help))
        },
    )
}
