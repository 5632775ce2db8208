//! A log whose call is over: its record, notes and outcome, to be put right.
//!
//! Nothing is built anew, or put back, under an agent who is in it: what was chosen or typed stays until it is sent.

use std::{cell::RefCell, rc::Rc};

use hookswitch_core::{AgentCommand, LogKey, LogPlace, LogState, LogView, RecordRef};
use web_sys::{Element, HtmlSelectElement, HtmlTextAreaElement};

use super::{super::draft::MOST_NOTES, related::goes_to};
use crate::{
    dom::{El, Held, Key, el, focus, page},
    model::Desk,
    parts::{Action, Icon, later, mind_the_focus},
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

/// Where the panel is small, a log that needs the agent lies out of sight below everything else.
#[inline(never)]
pub(in crate::views) fn logs_wait(desk: &Desk) -> El {
    let show = Action::new("wide", "logs-wait", Icon::Warning, words::LOGS_WAIT, |_| {
        // To be seen is to have the focus.
        if let Some(first) = page().query_selector(".log-mend select, .log-actions button").ok().flatten() {
            focus(&first);
        }
    });
    show.view(desk)
}

/// What a log that needs the agent can be given: a record; and where something in it was refused, notes and outcome.
#[inline(never)]
pub(in crate::views) fn mend(desk: &Desk, key: LogKey) -> El {
    let written = move |desk: &Desk| read(desk, key, can_be_written);
    let choices = move |desk: &Desk| read(desk, key, |log| log.draft.dispositions.clone());
    el("div", "log-mend").with(record(desk, key)).part_if(desk, written, move |desk| {
        el("div", "stack")
            .part(desk, choices, move |desk, choices| (!choices.is_empty()).then(|| disposition(desk, key, choices)))
            .with(notes(desk, key))
    })
}

/// Any field may have been made of what the agent wrote, by the settings. What was saved without a fault is Salesforce's to edit.
const fn can_be_written(log: &LogView) -> bool {
    log.writable && matches!(log.state, LogState::Failed { .. } | LogState::Incomplete { .. })
}

fn subject(log: &LogView) -> String {
    log.subject.reveal().to_owned()
}

fn read<T: Default>(desk: &Desk, key: LogKey, read: impl Fn(&LogView) -> T) -> T {
    let snapshot = desk.snapshot();
    snapshot.all_logs().find(|log| log.key == key).map(read).unwrap_or_default()
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
    let why = move |desk: &Desk| read(desk, key, |log| goes_to(log.place, log.record.as_ref(), log.record_source));
    let movable = move |desk: &Desk| read(desk, key, |log| log.place != LogPlace::Nowhere);
    let place = el("div", "stack");
    let (here, seen) = (place.element().clone(), RefCell::new(Vec::new()));
    let records = move |desk: &Desk| {
        if !movable(desk) {
            return None;
        }
        if !is_within(&here) {
            seen.replace(offered(desk, key));
        }
        Some(seen.borrow().clone())
    };
    // The id the agent chose and has not moved the log to yet; empty: to none.
    let chosen = Held::<Option<String>>::default();
    place
        .with(el("p", "log-words").id("log-related").says(desk, why))
        .part(desk, records, move |desk, records| records.as_ref().map(|records| choice(desk, key, records, &chosen)))
        .on("focusout", desk, |desk, _| {
            let desk = desk.clone();
            // Once the focus is where it goes.
            later(move || desk.changed());
        })
}

/// Whether the keyboard is somewhere in there.
fn is_within(element: &Element) -> bool {
    element.contains(page().active_element().as_deref())
}

/// A choice is not a move: with the keyboard, one goes through the others on the way to the right one.
#[inline(never)]
fn choice(desk: &Desk, key: LogKey, records: &[RecordRef], chosen: &Held<Option<String>>) -> El {
    let option = |record: &RecordRef| {
        let name = [record.name.reveal(), " (", &record.object, ")"].concat();
        el("option", "").attr("value", &record.id).text(&name)
    };
    let select = el("select", "")
        .id("log-record")
        .with(el("option", "").attr("value", "").text(words::MATCHES_NOBODY))
        .all(records.iter().map(option));
    let (field, looked) = (select.cast::<HtmlSelectElement>(), select.cast::<HtmlSelectElement>());
    let (shown, changed, moved) = (chosen.clone(), chosen.clone(), chosen.clone());
    let known: Vec<String> = records.iter().map(|record| record.id.clone()).collect();
    desk.watch(Rc::new(move |desk| {
        let wanted = shown.get().filter(|id| id.is_empty() || known.contains(id));
        field.set_value(&wanted.unwrap_or_else(|| read(desk, key, |log| log.record.clone()).map(|record| record.id).unwrap_or_default()));
    }));
    let select = select.on("change", desk, move |desk, _| changed.set(desk, Some(looked.value())));
    let (field, records) = (select.cast::<HtmlSelectElement>(), records.to_vec());
    let act = Action::new("plain", "log-move", Icon::Forward, words::MOVE_LOG, move |desk| {
        let id = field.value();
        moved.set(desk, None);
        desk.command(AgentCommand::RelateLog(key, records.iter().find(|record| record.id == id).cloned()));
        // What was moved may leave its place on the panel.
        mind_the_focus();
    });
    el("div", "log-record").with(el("label", "field").with(el("span", "").text(words::LOG_RECORD)).with(select)).with(act.view(desk))
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
    let area = el("textarea", "").id("log-notes").attr("rows", "3").attr("maxlength", MOST_NOTES);
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
