//! Steps of cadences (sales engagement): they begin with a call, and are done when its log is saved.

use serde::{Deserialize, Serialize};

use crate::{CallId, CrmCommand, DialSource, LogKey, Private};

use super::{Softphone, ending::cause_words, patience};

/// A step that begins with a call which was not clicked yet.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Begun {
    id: String,
    to: Private,
    /// Monotonic milliseconds.
    pub(super) until: u64,
}

/// A step whose call is over: it waits for the call's log.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Done {
    id: String,
    key: LogKey,
    disposition: String,
    connected: bool,
}

/// The outcome of an answered call for which the agent chose none: the CRM wants one.
const CONNECTED: &str = "Connected";

impl Softphone {
    /// A step begins; the click on its number follows.
    pub(super) fn work_started(&mut self, id: String, to: Private) {
        self.work.begun = Some(Begun { id, to, until: self.now.mono + patience::WORK });
    }

    /// The click belongs to the step that began with its number.
    pub(super) fn begin_work(&mut self, number: &Private, source: &mut DialSource) {
        if let DialSource::Click { work, .. } = source
            && let Some(begun) = self.work.begun.take_if(|begun| is_same(begun.to.reveal(), number.reveal()))
        {
            *work = Some(begun.id);
        }
    }

    /// Calls the number of a step whose click did not follow.
    pub(super) fn work_overdue(&mut self) {
        let Some(begun) = self.work.begun.take() else { return };
        self.click(begun.to, DialSource::Click { record: None, partner: None, work: Some(begun.id) }, None);
    }

    /// The call is over: its step is done as soon as its log is saved. Without a log it stays open, since the CRM wants to be told of one.
    pub(super) fn work_ended(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| self.is_logged(call)) else { return };
        let DialSource::Click { work: Some(work), .. } = &call.core.source else { return };
        let connected = call.core.answered.is_some();
        let cause = call.core.cause.filter(|_| !connected).and_then(cause_words);
        let disposition = call.core.disposition.clone().unwrap_or_else(|| cause.unwrap_or(CONNECTED).to_owned());
        let done = Done { id: work.clone(), key: call.core.key, disposition, connected };
        self.work.done.push(done);
    }

    /// Keys of logs that steps wait for.
    pub(super) fn awaited_logs(&self) -> Vec<LogKey> {
        self.work.done.iter().map(|done| done.key).filter(|key| self.outbox.holds(*key)).collect()
    }

    /// A log was saved for good as `task`: the step that waited for it is done. `awaited` as it was before.
    pub(super) fn complete_work(&mut self, awaited: &[LogKey], task: &str) {
        let (done, left) = std::mem::take(&mut self.work.done).into_iter().partition(|done| !self.outbox.holds(done.key));
        self.work.done = left;
        let done: Vec<Done> = done;
        // Those that nobody held before either were discarded by the agent.
        for Done { id: work, disposition, connected, .. } in done.into_iter().filter(|done| awaited.contains(&done.key)) {
            self.ask_crm(CrmCommand::CompleteWork { work, task: task.to_owned(), disposition, connected });
        }
    }
}

/// The same digits, however they are written.
fn is_same(one: &str, other: &str) -> bool {
    one.chars().filter(char::is_ascii_digit).eq(other.chars().filter(char::is_ascii_digit))
}

/// All steps that are under way.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Works {
    pub(super) begun: Option<Begun>,
    pub(super) done: Vec<Done>,
}
