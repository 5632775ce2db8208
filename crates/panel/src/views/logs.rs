//! Logs on their way to Salesforce, and those that need the agent.

use hookswitch_core::{AgentCommand, LogKey, LogState, LogView, settings::ViewKind};

use super::later;
use crate::{
    dom::{El, Held, Key, el},
    model::Desk,
    parts::{Action, Face, Icon, icon, mind_the_focus},
    words,
};

/// The list. Logs that need the agent are always shown; those on their way only where the settings show logs.
#[inline(never)]
pub(crate) fn logs(desk: &Desk) -> El {
    el("section", "card logs")
        .attr("aria-label", words::LOGS)
        .hidden(desk, |desk| shown(desk).is_empty() && !has_more(desk))
        .with(el("h2", "logs-title").text(words::LOGS))
        .with(el("ul", "").list(desk, shown, |desk, (seed, count)| one(desk, LogKey { seed, count })))
        .part(
            desk,
            |desk| (desk.snapshot().locked_logs, desk.snapshot().expiring),
            |_, (count, expiring)| (*count > 0).then(|| el("p", "log-words").id("locked-logs").text(&words::locked(*count, *expiring))),
        )
        .part_if(desk, |desk| !desk.snapshot().recent.is_empty(), later::recent)
}

/// Logs of other agents, or such as are saved.
fn has_more(desk: &Desk) -> bool {
    let snapshot = desk.snapshot();
    snapshot.locked_logs > 0 || !snapshot.recent.is_empty()
}

fn shown(desk: &Desk) -> Vec<Key> {
    let all = desk.status().view.views.contains(&ViewKind::Logs);
    let snapshot = desk.snapshot();
    let logs = snapshot.logs.iter().filter(|log| all || log.state != LogState::Pending);
    logs.map(|log| (log.key.seed, log.key.count)).collect()
}

#[inline(never)]
fn one(desk: &Desk, key: LogKey) -> El {
    let text = el("div", "log-text")
        .with(el("p", "log-subject").says(desk, move |desk| read(desk, key, |log| log.subject.reveal().to_owned())))
        .with(el("p", "log-words").says(desk, move |desk| read(desk, key, |log| words::log(&log.state))))
        .part_if(desk, move |desk| is_stuck(desk, key), move |desk| later::mend(desk, key))
        .part_if(desk, move |desk| is_stuck(desk, key), move |desk| choices(desk, key));
    el("li", "log")
        .id("log-state")
        .attr_if("data-state", desk, move |desk| Some(read(desk, key, |log| code(&log.state))))
        .part(desk, move |desk| is_stuck(desk, key), |_, stuck| Some(icon(if *stuck { Icon::Warning } else { Icon::Clock })))
        .with(text)
}

fn read<T: Default>(desk: &Desk, key: LogKey, read: fn(&LogView) -> T) -> T {
    desk.snapshot().logs.iter().find(|log| log.key == key).map(read).unwrap_or_default()
}

fn is_stuck(desk: &Desk, key: LogKey) -> bool {
    read(desk, key, |log| log.state != LogState::Pending)
}

const fn code(state: &LogState) -> &'static str {
    match state {
        LogState::Failed { .. } => "failed",
        LogState::Incomplete { .. } => "incomplete",
        LogState::Unassociated => "unassociated",
        LogState::Unconfirmed => "unconfirmed",
        _ => "pending",
    }
}

/// Sending again, or dropping it for good, which is asked twice.
#[inline(never)]
fn choices(desk: &Desk, key: LogKey) -> El {
    let sure = Held::<bool>::default();
    let (asked, pressed, left) = (sure.clone(), sure.clone(), sure);
    let resend = Action::new("plain", "log-resend", Icon::Redo, words::RESEND, move |desk| {
        desk.command(AgentCommand::ResendLog(key));
        mind_the_focus();
    });
    let face = move |_: &Desk| {
        let label = if asked.get() { words::DISCARD_SURE } else { words::DISCARD };
        Face { testid: "log-discard", icon: Icon::Cross, label }
    };
    let discard = Action::changing("plain", face, move |desk| {
        if pressed.get() {
            desk.command(AgentCommand::DiscardLog(key));
            mind_the_focus();
        } else {
            pressed.set(desk, true);
        }
    });
    el("div", "log-actions").with(resend.view(desk)).with(discard.view(desk)).on("focusout", desk, move |desk, _| left.set(desk, false))
}
