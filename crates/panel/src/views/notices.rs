//! What is out of order around the phone, one line each, with the next step.

use hookswitch_core::{MediaState, PhoneState};
use hookswitch_shell::SettingsSource;
use leptos::prelude::*;

use crate::{
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// All notices; those that do not apply are hidden.
pub(crate) fn notices(desk: Desk) -> AnyView {
    let phone = move || {
        desk.read(|snapshot| {
            let phone = &snapshot.phone;
            let bad = phone.provided && matches!(phone.state, PhoneState::Failed | PhoneState::Reconnecting);
            bad.then(|| format!("{}: {} {}", words::PHONE, words::phone(phone.state), phone.detail))
        })
    };
    let microphone = move || {
        desk.read(|snapshot| {
            let media = snapshot.phone.media;
            (media != MediaState::Usable).then(|| words::media(media).to_owned())
        })
    };
    let crm = move || desk.status(|status| status.crm_problem.as_ref().map(|problem| format!("{} {}", problem.words, problem.remedy)));
    let stale = move || {
        desk.status(|status| match status.settings {
            SettingsSource::Stored { age_ms } => Some(words::stale_settings(age_ms)),
            _ => None,
        })
    };
    let seen = RwSignal::new(false);
    let restarted = move || desk.status(|status| status.restarted) && !seen.get();
    view! {
        <div class="notices" role="status">
            {notice("notice-phone", Icon::Warning, phone)}
            {notice("notice-microphone", Icon::MicrophoneOff, microphone)}
            {notice("notice-crm", Icon::Warning, crm)}
            {notice("notice-stale", Icon::Clock, stale)}
            <div class="notice" data-testid="notice-restarted" hidden=move || !restarted()>
                {icon(Icon::Info)}
                <span>{words::RESTARTED}</span>
                {Action::plain("restarted-dismiss", "quiet", Icon::Cross, words::DISMISS, move || seen.set(true)).view()}
            </div>
        </div>
        {sound_off(desk)}
    }
    .into_any()
}

fn notice(testid: &'static str, drawing: Icon, text: impl Fn() -> Option<String> + Copy + Send + Sync + 'static) -> AnyView {
    let text = Memo::new(move |_| text());
    view! {
        <p class="notice" data-testid=testid hidden=move || text.get().is_none()>
            {icon(drawing)}
            <span>{move || text.get()}</span>
        </p>
    }
    .into_any()
}

fn sound_off(desk: Desk) -> AnyView {
    let blocked = Memo::new(move |_| desk.status(|status| status.sound_blocked));
    (move || {
        blocked.get().then(|| Action::plain("sound-off", "wide", Icon::SpeakerOff, words::SOUND_OFF, move || desk.enable_sound()).view())
    })
    .into_any()
}

/// Values of the settings that could not be used: rarely read, so folded.
pub(crate) fn for_admin(desk: Desk) -> AnyView {
    let problems = Memo::new(move |_| desk.status(|status| status.setting_problems.clone()));
    let contact = move || desk.status(|status| status.support_contact.clone());
    let provided = desk.read_untracked(|snapshot| snapshot.phone.provided);
    (move || {
        let list = problems.get();
        (!list.is_empty()).then(|| {
            view! {
                <details class="fold" data-testid="setting-problems" open=!provided>
                    <summary>{words::FOR_ADMIN} " (" {list.len()} ")"</summary>
                    <ul>
                        {list.into_iter().map(|problem| view! { <li><code>{problem.item}</code> " " {problem.words}</li> }).collect_view()}
                    </ul>
                    <p hidden=move || contact().is_empty()>{move || words::support(&contact())}</p>
                </details>
            }
        })
    })
    .into_any()
}
