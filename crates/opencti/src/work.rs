//! Sales Engagement: work that begins in a cadence and is completed by a call.

use crate::{CtiError, Fields, Plain, pop::required};

/// The payload of `hvs.onWorkStart`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WorkStart {
    /// The step tracker or my-list entry.
    pub work_id: String,
    /// When the work counts as done: `TaskSaved` today.
    pub complete_work_when: String,
    /// The number of the click-to-dial that follows.
    pub to: String,
}

impl WorkStart {
    /// The payload as it travels.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        Fields::new()
            .with("workId", self.work_id.as_str())
            .with("completeWorkWhen", self.complete_work_when.as_str())
            .with("attributes", Fields::new().with("to", self.to.as_str()))
            .into()
    }

    /// Reads the payload; what cannot be read is empty.
    #[must_use]
    pub fn from_plain(payload: &Plain) -> Self {
        let text = |fields: Option<&Fields>, name| fields.and_then(|fields| fields.text(name)).unwrap_or_default().to_owned();
        let fields = payload.record();
        Self {
            work_id: text(fields, "workId"),
            complete_work_when: text(fields, "completeWorkWhen"),
            to: text(fields.and_then(|fields| fields.record("attributes")), "to"),
        }
    }
}

/// The argument of `hvs.completeWork`; call it after the Task is saved.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CompleteWork {
    /// The work that began.
    pub work_id: String,
    /// The outcome the agent chose.
    pub disposition: Option<String>,
    /// The saved Task.
    pub task_id: Option<String>,
    /// Whether the called party answered.
    pub was_connected: bool,
}

impl CompleteWork {
    /// The arguments as they travel.
    #[must_use]
    pub fn to_fields(&self) -> Fields {
        let attributes = Fields::new()
            .with_some("disposition", self.disposition.as_deref())
            .with_some("taskId", self.task_id.as_deref())
            .with("wasConnected", self.was_connected);
        Fields::new().with("workId", self.work_id.as_str()).with("attributes", attributes)
    }

    /// Reads the arguments, as the host does; whoever does not say counts as connected.
    ///
    /// # Errors
    ///
    /// `INVALID_PARAM` if there is no `workId`.
    pub fn from_fields(arguments: &Fields) -> Result<Self, CtiError> {
        let none = Fields::new();
        let attributes = arguments.record("attributes").unwrap_or(&none);
        Ok(Self {
            work_id: required(arguments, "workId")?,
            disposition: attributes.owned("disposition"),
            task_id: attributes.owned("taskId"),
            was_connected: attributes.get("wasConnected").and_then(Plain::flag).unwrap_or(true),
        })
    }
}
