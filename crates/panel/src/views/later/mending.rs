//! A log whose call is over: its record, notes and outcome, to be put right.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, LogKey, LogState, LogView, RecordRef};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};

use super::related::goes_to;
use crate::{
    dom::{El, Key, el, page},
    model::Desk,
    words,
};

/// Saved lately: closed at first, one line per log.
#[inline(never)]
pub(in crate::views) fn recent(desk: &Desk) -> El {
    let keys = |desk: &Desk| -> Vec<Key> { desk.snapshot().recent.iter().map(|log| (log.key.seed, log.key.count)).collect() };
    let one = |desk: &Desk, (seed, count): Key| {
        let key = LogKey { seed, count };
        el("li", "log").id("recent-log").with(
            el("div", "log-text").with(el("p", "log-subject").says(desk, move |desk| read(desk, key, subject))).with(record(desk, key)),
        )
    };
    el("details", "recent")
        .id("recent")
        .with(el("summary", "").text(words::RECENT_LOGS))
        .with(el("ul", "").attr("aria-label", words::RECENT_LOGS).list(desk, keys, one))
}

/// What a log that needs the agent can be given: a record; and where it was refused, notes and outcome.
#[inline(never)]
pub(in crate::views) fn mend(desk: &Desk, key: LogKey) -> El {
    let failed = move |desk: &Desk| read(desk, key, |log| matches!(log.state, LogState::Failed { .. }));
    let choices = move |desk: &Desk| read(desk, key, |log| log.draft.dispositions.clone());
    el("div", "log-mend").with(record(desk, key)).part_if(desk, failed, move |desk| {
        el("div", "stack")
            .part(desk, choices, move |desk, choices| (!choices.is_empty()).then(|| disposition(desk, key, choices)))
            .with(notes(desk, key))
    })
}

fn subject(log: &LogView) -> String {
    log.subject.reveal().to_owned()
}

fn read<T: Default>(desk: &Desk, key: LogKey, read: impl Fn(&LogView) -> T) -> T {
    let snapshot = desk.snapshot();
    snapshot.logs.iter().chain(&snapshot.recent).find(|log| log.key == key).map(read).unwrap_or_default()
}

/// The records a log could belong to: those offered, its own, and the one in view.
fn offered(desk: &Desk, key: LogKey) -> Vec<RecordRef> {
    let mut all = read(desk, key, |log| log.offered.iter().chain(&log.record).cloned().collect::<Vec<_>>());
    all.extend(desk.snapshot().crm.in_view.clone());
    let mut once: Vec<RecordRef> = Vec::new();
    for record in all {
        if !once.iter().any(|known| known.id == record.id) {
            once.push(record);
        }
    }
    once
}

#[inline(never)]
fn record(desk: &Desk, key: LogKey) -> El {
    let why = move |desk: &Desk| read(desk, key, |log| goes_to(log.record.as_ref(), log.record_source));
    el("div", "stack").with(el("p", "log-words").id("log-related").says(desk, why)).part(
        desk,
        move |desk| offered(desk, key),
        move |desk, records| Some(choice(desk, key, records.clone())),
    )
}

#[inline(never)]
fn choice(desk: &Desk, key: LogKey, records: Vec<RecordRef>) -> El {
    let option = |record: &RecordRef| {
        let name = [record.name.reveal(), " (", &record.object, ")"].concat();
        el("option", "").attr("value", &record.id).text(&name)
    };
    let select = el("select", "")
        .id("log-record")
        .with(el("option", "").attr("value", "").text(words::MATCHES_NOBODY))
        .all(records.iter().map(option));
    let (field, chosen) = (select.cast::<HtmlSelectElement>(), select.cast::<HtmlSelectElement>());
    desk.watch(Rc::new(move |desk| {
        field.set_value(&read(desk, key, |log| log.record.as_ref().map(|record| record.id.clone()).unwrap_or_default()));
    }));
    let select = select.on("change", desk, move |desk, _| {
        let id = chosen.value();
        desk.command(AgentCommand::RelateLog(key, records.iter().find(|record| record.id == id).cloned()));
    });
    el("label", "field").with(el("span", "").text(words::LOG_RECORD)).with(select)
}

#[inline(never)]
fn disposition(desk: &Desk, key: LogKey, choices: &[String]) -> El {
    let option = |value: &str, text: &str| el("option", "").attr("value", value).text(text);
    let select = el("select", "")
        .id("log-disposition")
        .with(option("", words::DISPOSITION_NONE))
        .all(choices.iter().map(|choice| option(choice, choice)));
    let (field, chosen) = (select.cast::<HtmlSelectElement>(), select.cast::<HtmlSelectElement>());
    desk.watch(Rc::new(move |desk| field.set_value(&read(desk, key, |log| log.draft.disposition.clone().unwrap_or_default()))));
    let select = select.on("change", desk, move |desk, _| {
        desk.command(AgentCommand::SetLogDisposition(key, Some(chosen.value()).filter(|choice| !choice.is_empty())));
    });
    el("label", "field").with(el("span", "").text(words::DISPOSITION)).with(select)
}

/// The field keeps its own text while the agent types.
#[inline(never)]
fn notes(desk: &Desk, key: LogKey) -> El {
    let area = el("textarea", "").id("log-notes").attr("rows", "3");
    let (field, written) = (area.cast::<HtmlTextAreaElement>(), area.cast::<HtmlTextAreaElement>());
    desk.watch(Rc::new(move |desk| {
        let kept = read(desk, key, |log| log.draft.notes.clone());
        if page().active_element().is_none_or(|active| active != **field) && field.value() != kept.reveal() {
            field.set_value(kept.reveal());
        }
    }));
    let area = area.on("input", desk, move |desk, _| {
        desk.command(AgentCommand::SetLogNotes(key, written.value().into()));
    });
    el("label", "field notes").with(el("span", "").text(words::NOTES)).with(area)
}
