//! Sales Engagement: steps of cadences that ask for a call.

use serde::{Deserialize, Serialize};

use super::{Id, Org};

/// A step of a cadence: call this record at this number.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkStep {
    /// The step's id, as `onWorkStart` names it.
    pub id: String,
    /// Whom to call.
    pub record: Id,
    /// The field that holds the number.
    pub field: String,
    /// What became of it; none while it is open.
    pub done: Option<WorkDone>,
}

/// How a step ended, as `completeWork` says it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkDone {
    /// The disposition.
    pub disposition: String,
    /// The saved task.
    pub task: String,
    /// Whether somebody answered.
    pub connected: bool,
}

impl Org {
    /// The steps, in the order they are to be worked.
    #[must_use]
    pub fn work(&self) -> &[WorkStep] {
        &self.work
    }

    /// Adds a step that calls a record at the number in this field, and returns the step's id.
    pub fn add_work(&mut self, record: &Id, field: &str) -> String {
        let id = self.next_id("0hL").as_str().to_owned();
        self.work.push(WorkStep { id: id.clone(), record: record.clone(), field: field.into(), done: None });
        self.touch();
        id
    }

    /// A softphone says that a step is done; nothing happens if there is no such step.
    pub(crate) fn finish_work(&mut self, id: &str, done: WorkDone) {
        if let Some(step) = self.work.iter_mut().find(|step| step.id == id) {
            step.done = Some(done);
            self.touch();
        }
    }
}
