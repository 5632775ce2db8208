//! What holds for tasks alone.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Id, Org, Record, SaveProblem, problem::code};

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

    /// The tasks whose call object is this key, oldest first: how a log is found again.
    pub fn tasks_of_call<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a Record> {
        self.tasks().filter(move |task| task.text("CallObject") == Some(key))
    }
}
