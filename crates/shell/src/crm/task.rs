//! A log's content, in Salesforce's fields.

use hookswitch_core::{CallKind, LogFields, LogKey, LogValue, settings::Log};
use hookswitch_opencti::{Fields, Plain};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::read::Malformed;

/// What `saveLog` is given to create the log, or to update `record`: then only what differs from `before`, since the rest may have been edited in
/// Salesforce meanwhile.
///
/// A Task gets the standard call fields. Of any other object only the settings know the fields, so it gets theirs alone.
pub(crate) fn fields(key: LogKey, record: Option<&str>, log: &LogFields, before: Option<&LogFields>) -> Fields {
    let Some(id) = record else { return content(key, false, log) };
    let there = before.map(|before| content(key, true, before)).unwrap_or_default();
    let differs = |(name, value): &(&str, &Plain)| there.get(name) != Some(*value);
    let changes = content(key, true, log);
    let changes = changes.iter().filter(differs).map(|(name, value)| (name.to_owned(), value.clone()));
    std::iter::once((ID.to_owned(), Plain::from(id))).chain(changes).collect()
}

/// Whether there is nothing to save: the id alone.
pub(crate) fn says_nothing(fields: &Fields) -> bool {
    fields.iter().all(|(name, _)| name == ID)
}

/// The id of the first record in what `findLog` answers; only an empty list says that there is none.
///
/// # Errors
///
/// Anything else: whoever took it for none would make the log a second time.
pub(crate) fn first_id(list: &JsValue) -> Result<Option<String>, Malformed> {
    let list = list.dyn_ref::<Array>().ok_or(Malformed("findLog"))?;
    if list.length() == 0 {
        return Ok(None);
    }
    let id = Reflect::get(&list.get(0), &ID.into()).ok().and_then(|id| id.as_string());
    id.filter(|id| !id.is_empty()).map(Some).ok_or(Malformed("Id"))
}

/// The fields a message names, as Salesforce writes them: `Required fields are missing: [Status, Priority]`.
pub(crate) fn fields_at_fault(message: &str) -> Vec<String> {
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let groups = message.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    groups.flat_map(|inside| inside.split(',')).map(str::trim).filter(is_name).map(str::to_owned).collect()
}

/// Everything the log has to say.
fn content(key: LogKey, update: bool, log: &LogFields) -> Fields {
    let is_task = log.object.is_empty() || log.object == TASK;
    let mut all = Fields::new();
    if !update {
        all.set("entityApiName", if is_task { TASK } else { log.object.as_str() });
        if let Some(record_type) = log.record_type.as_deref().filter(|name| Log::is_record_type_id(name)) {
            // A developer name that nobody looked up is of no use here.
            all.set("recordTypeId", record_type);
        }
    }
    if is_task {
        all = standard(all, key, update, log);
    }
    for (name, value) in log.custom_values().filter(|(name, _)| !OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name))) {
        match value {
            LogValue::Text(text) => all.set(name, text),
            LogValue::Number(number) => all.set(name, number),
            LogValue::Empty if update => all.set(name, Plain::Null),
            LogValue::Empty => {}
        }
    }
    let left_out = |name: &str| log.without.iter().any(|without| without.eq_ignore_ascii_case(name));
    all.iter().filter(|(name, _)| !left_out(name)).map(|(name, value)| (name.to_owned(), value.clone())).collect()
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
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What a log is known by; the settings' own fields cannot take their places.
const OURS: [&str; 5] = ["CallObject", "entityApiName", "Id", "OwnerId", "recordTypeId"];

const TASK: &str = "Task";
const ID: &str = "Id";
