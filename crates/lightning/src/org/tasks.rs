//! What holds for tasks alone.

use std::collections::BTreeMap;

use hookswitch_opencti::LOGGED_ALREADY;
use serde_json::Value;

use super::{Id, Org, Record, SaveProblem, problem::code};

const DAY_MS: u64 = 86_400_000;

/// A key of the softphone's, as its trigger knows them: `hs-`, sixteen hexadecimal digits, a count.
fn is_key(text: &str) -> bool {
    let Some((seed, count)) = text.strip_prefix("hs-").and_then(|rest| rest.split_once('-')) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    seed.len() == 16 && seed.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) && digits(count)
}

/// What is wrong with a task as it would be.
pub(super) fn check(fields: &BTreeMap<String, Value>) -> Option<SaveProblem> {
    let who = fields.get("WhoId").and_then(Value::as_str).and_then(Id::parse)?;
    // A lead stands outside the accounts, so nothing else can be related to it.
    let lead = who.prefix() == "00Q";
    (lead && fields.contains_key("WhatId"))
        .then(|| SaveProblem::at("WhatId", "You cannot associate a lead with other records").coded(code::FIELD))
}

impl Org {
    /// All tasks, oldest first.
    pub fn tasks(&self) -> impl Iterator<Item = &Record> {
        self.records("Task")
    }

    /// What the trigger of `definition/` says to a second log of a call by the same user, within a day.
    pub(super) fn second_log(&self, fields: &BTreeMap<String, Value>, by: &Id, now: u64) -> Option<SaveProblem> {
        let key = fields.get("CallObject").and_then(Value::as_str).filter(|key| self.one_log_per_call && is_key(key))?;
        // Who made a record is not kept here; it is the owner unless somebody says otherwise.
        let mine = |task: &&Record| task.created + DAY_MS >= now && task.reference("OwnerId").as_ref() == Some(by);
        let first = self.tasks_of_call(key).find(mine)?;
        Some(SaveProblem::new(format!("{LOGGED_ALREADY}{}", first.id.as_str())).coded(code::RULE))
    }

    /// The tasks whose call object is this key, oldest first: how a log is found again.
    pub fn tasks_of_call<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a Record> {
        self.tasks().filter(move |task| task.text("CallObject") == Some(key))
    }
}
