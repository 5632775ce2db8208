//! A log's content, in Salesforce's fields.

use hookswitch_core::{CallKind, LogFields, LogKey};
use hookswitch_opencti::{Fields, Plain};

/// What `saveLog` is given to create the log, or to update `record`.
///
/// A Task gets the standard call fields. Of any other object only the settings know the fields, so it gets theirs alone.
pub(crate) fn fields(key: LogKey, record: Option<&str>, log: &LogFields) -> Fields {
    let is_task = log.object.is_empty() || log.object == TASK;
    let mut all = match record {
        Some(id) => Fields::new().with("Id", id),
        None => Fields::new().with("entityApiName", if is_task { TASK } else { log.object.as_str() }),
    };
    if record.is_none()
        && let Some(record_type) = log.record_type.as_deref().filter(|name| is_id(name))
    {
        // A developer name is of no use here: Open CTI cannot look it up.
        all.set("recordTypeId", record_type);
    }
    if is_task {
        all = standard(all, key, record.is_some(), log);
    }
    for (name, value) in &log.custom {
        all.set(name, value.reveal());
    }
    all
}

fn standard(mut all: Fields, key: LogKey, update: bool, log: &LogFields) -> Fields {
    all.set("Subject", log.subject.reveal());
    all.set("Status", if log.completed { "Completed" } else { "In Progress" });
    if !update {
        // Salesforce takes the subtype at creation only; the priority is the agent's afterwards.
        all.set("Priority", "Normal");
        all.set("TaskSubtype", "Call");
    }
    all.set("ActivityDate", log.date.as_str());
    all.set("CallObject", key.to_string());
    all.set("Description", log.notes.reveal());
    all = all.with_some("CallType", log.kind.map(call_type)).with_some("CallDurationInSeconds", log.duration_s);
    for (name, value) in [("CallDisposition", &log.disposition), ("WhoId", &log.who), ("WhatId", &log.what)] {
        match value {
            Some(value) => all.set(name, value.as_str()),
            // What the agent took back must not stay in the record.
            None if update => all.set(name, Plain::Null),
            None => {}
        }
    }
    all
}

const fn call_type(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Inbound => "Inbound",
        CallKind::Internal => "Internal",
        CallKind::Outbound => "Outbound",
    }
}

/// Whether a text looks like a record's id: 15 or 18 letters and digits.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

const TASK: &str = "Task";
