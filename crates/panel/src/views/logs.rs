//! Logs on their way to Salesforce, and those that need the agent.

use hookswitch_core::{AgentCommand, LogKey, LogState, LogView, settings::ViewKind};
use leptos::prelude::*;

use crate::{
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// The list. Logs that need the agent are always shown; those on their way only where the settings show logs.
pub(crate) fn logs(desk: Desk) -> AnyView {
    let shown = Memo::new(move |_| {
        let all = desk.status(|status| status.view.views.contains(&ViewKind::Logs));
        desk.read(|snapshot| {
            snapshot.logs.iter().filter(|log| all || log.state != LogState::Pending).map(|log| log.key).collect::<Vec<_>>()
        })
    });
    let none = move || shown.with(Vec::is_empty);
    view! {
        <section class="card logs" aria-label=words::LOGS hidden=none>
            <h2 class="logs-title">{words::LOGS}</h2>
            <ul>
                <For each=move || shown.get() key=|key| *key children=move |key| one(desk, key) />
            </ul>
        </section>
    }
    .into_any()
}

fn one(desk: Desk, key: LogKey) -> AnyView {
    let log = Memo::new(move |_| desk.read(|snapshot| snapshot.logs.iter().find(|log| log.key == key).cloned()));
    let read = move |read: fn(&LogView) -> String| log.with(|log| log.as_ref().map(read).unwrap_or_default());
    let stuck = Memo::new(move |_| log.with(|log| log.as_ref().is_some_and(|log| log.state != LogState::Pending)));
    let code = move || {
        log.with(|log| match log.as_ref().map(|log| &log.state) {
            Some(LogState::Failed { .. }) => "failed",
            Some(LogState::Unconfirmed) => "unconfirmed",
            _ => "pending",
        })
    };
    let sign = move || if stuck.get() { Icon::Warning } else { Icon::Clock };
    view! {
        <li class="log" data-testid="log-state" data-state=code>
            {move || icon(sign())}
            <div class="log-text">
                <p class="log-subject">{move || read(|log| log.subject.reveal().to_owned())}</p>
                <p class="log-words">{move || read(|log| words::log(&log.state))}</p>
                {move || stuck.get().then(|| choices(desk, key))}
            </div>
        </li>
    }
    .into_any()
}

/// Sending again, or dropping it for good, which is asked twice.
fn choices(desk: Desk, key: LogKey) -> AnyView {
    let sure = RwSignal::new(false);
    let resend = move || {
        desk.command(AgentCommand::ResendLog(key));
    };
    let discard = move || {
        if sure.get_untracked() {
            desk.command(AgentCommand::DiscardLog(key));
        } else {
            sure.set(true);
        }
    };
    view! {
        <div class="log-actions" on:focusout=move |_| sure.set(false)>
            {Action::plain("log-resend", "plain", Icon::Redo, words::RESEND, resend).view()}
            {Action {
                label: Signal::derive(move || if sure.get() { words::DISCARD_SURE } else { words::DISCARD }),
                ..Action::plain("log-discard", "plain", Icon::Cross, words::DISCARD, discard)
            }
            .view()}
        </div>
    }
    .into_any()
}
