//! Logs on their way to the CRM: created once, then only updated by id, never silently lost or doubled.

use serde::{Deserialize, Serialize};

use crate::{CrmFailure, LogFields, LogKey, LogState, LogView, Private, RequestId};

/// All logs that are not safely in the CRM yet, oldest first.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Outbox {
    items: Vec<Item>,
}

/// One log.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Item {
    key: LogKey,
    /// What should be in the CRM.
    wanted: LogFields,
    /// What is known to be there.
    saved: Option<LogFields>,
    /// The log's record, once created.
    record: Option<String>,
    stage: Stage,
    /// No more changes will come.
    complete: bool,
    /// Monotonic milliseconds before which it is not sent; of this page only.
    not_before: u64,
    /// Failed updates in a row.
    attempts: u32,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
enum Stage {
    /// Refused by the CRM; waits for the agent.
    Failed { detail: Private },
    /// On its way.
    Sending { request: RequestId, fields: LogFields },
    /// The create got no answer: a late one still counts, else the agent decides.
    Unconfirmed { request: RequestId, fields: LogFields },
    /// To be sent when there is something to send.
    Waiting,
}

/// What to send next.
pub(crate) struct Letter {
    pub(crate) key: LogKey,
    pub(crate) record: Option<String>,
    pub(crate) fields: LogFields,
}

/// First pause after a failed update; doubles up to the longest.
const FIRST_PAUSE_MS: u64 = 2_000;
const LONGEST_PAUSE_MS: u64 = 60_000;

impl Outbox {
    /// Wants `fields` in the CRM under `key`, not before `not_before`.
    pub(crate) fn put(&mut self, key: LogKey, fields: LogFields, complete: bool, not_before: u64) {
        let Some(item) = self.items.iter_mut().find(|item| item.key == key) else {
            self.items.push(Item {
                key,
                wanted: fields,
                saved: None,
                record: None,
                stage: Stage::Waiting,
                complete,
                not_before,
                attempts: 0,
            });
            return;
        };
        let new = item.wanted != fields || item.complete != complete;
        item.wanted = fields;
        item.complete = complete;
        item.not_before = item.not_before.min(not_before);
        // New content is the mending the agent was asked for.
        if new && matches!(item.stage, Stage::Failed { .. }) {
            item.stage = Stage::Waiting;
        }
    }

    /// Lets a waiting log go at once.
    pub(crate) fn release(&mut self, key: LogKey) {
        if let Some(item) = self.items.iter_mut().find(|item| item.key == key && item.attempts == 0) {
            item.not_before = 0;
        }
    }

    /// The next log to send now, marked as on its way under `request`. One at a time, so that order holds.
    pub(crate) fn send(&mut self, now: u64, request: RequestId) -> Option<Letter> {
        if self.items.iter().any(|item| matches!(item.stage, Stage::Sending { .. })) {
            return None;
        }
        let item = self.items.iter_mut().find(|item| item.is_due() && item.not_before <= now)?;
        item.stage = Stage::Sending { request, fields: item.wanted.clone() };
        Some(Letter { key: item.key, record: item.record.clone(), fields: item.wanted.clone() })
    }

    /// The CRM has it. `Some(true)` when that log is finished with; none when nobody asked.
    pub(crate) fn saved(&mut self, request: RequestId, record: String) -> Option<bool> {
        let at = self.items.iter().position(|item| item.request() == Some(request))?;
        let item = &mut self.items[at];
        if let Stage::Sending { fields, .. } | Stage::Unconfirmed { fields, .. } = std::mem::replace(&mut item.stage, Stage::Waiting) {
            item.saved = Some(fields);
        }
        item.attempts = 0;
        item.not_before = 0;
        item.record.get_or_insert(record);
        let finished = item.complete && item.saved.as_ref() == Some(&item.wanted);
        if finished {
            self.items.remove(at);
        }
        Some(finished)
    }

    /// The CRM did not take it, or nobody knows. None when nobody asked.
    pub(crate) fn failed(&mut self, request: RequestId, failure: &CrmFailure, now: u64) -> Option<()> {
        let item = self.items.iter_mut().find(|item| item.request() == Some(request))?;
        let (Stage::Sending { fields, .. } | Stage::Unconfirmed { fields, .. }) = std::mem::replace(&mut item.stage, Stage::Waiting) else {
            return None;
        };
        match failure {
            CrmFailure::NoReply if item.record.is_none() => item.stage = Stage::Unconfirmed { request, fields },
            CrmFailure::NoReply | CrmFailure::NotSent => {
                // An update by id may be repeated, and what was not sent did not happen.
                item.not_before = now + (FIRST_PAUSE_MS << item.attempts.min(10)).min(LONGEST_PAUSE_MS);
                item.attempts = item.attempts.saturating_add(1);
            }
            CrmFailure::Refused { code, detail } => {
                let words = if detail.is_empty() { code.as_str().into() } else { detail.clone() };
                item.stage = Stage::Failed { detail: words };
            }
        }
        Some(())
    }

    /// Sends a failed or unconfirmed log once more. False when there is none.
    pub(crate) fn resend(&mut self, key: LogKey) -> bool {
        let stuck = |item: &&mut Item| item.key == key && matches!(item.stage, Stage::Failed { .. } | Stage::Unconfirmed { .. });
        self.items.iter_mut().find(stuck).map(|item| (item.stage, item.not_before) = (Stage::Waiting, 0)).is_some()
    }

    /// Forgets a log that is not on its way. False when there is none.
    pub(crate) fn discard(&mut self, key: LogKey) -> bool {
        let before = self.items.len();
        self.items.retain(|item| item.key != key || matches!(item.stage, Stage::Sending { .. }));
        self.items.len() < before
    }

    /// Forgets a log of which nothing was sent yet. False when something was.
    pub(crate) fn withdraw(&mut self, key: LogKey) -> bool {
        self.items.retain(|item| item.key != key || item.record.is_some() || !matches!(item.stage, Stage::Waiting));
        self.items.iter().all(|item| item.key != key)
    }

    /// Whether [`Self::resend`] would find something.
    pub(crate) fn is_stuck(&self, key: LogKey) -> bool {
        self.items.iter().any(|item| item.key == key && matches!(item.stage, Stage::Failed { .. } | Stage::Unconfirmed { .. }))
    }

    /// Whether [`Self::discard`] would find something.
    pub(crate) fn can_discard(&self, key: LogKey) -> bool {
        self.items.iter().any(|item| item.key == key && !matches!(item.stage, Stage::Sending { .. }))
    }

    /// When something is due that is not yet, monotonic milliseconds.
    pub(crate) fn deadline(&self, now: u64) -> Option<u64> {
        self.items.iter().filter(|item| item.is_due() && item.not_before > now).map(|item| item.not_before).min()
    }

    /// Takes over what an earlier page left. What was on its way then may or may not have arrived.
    pub(crate) fn adopt(&mut self, earlier: Self) {
        for mut item in earlier.items {
            item.not_before = 0;
            item.stage = match item.stage {
                Stage::Sending { fields, .. } if item.record.is_none() => Stage::Unconfirmed { request: RequestId(0), fields },
                // No answer to an earlier page's request can come any more.
                Stage::Unconfirmed { fields, .. } => Stage::Unconfirmed { request: RequestId(0), fields },
                Stage::Sending { .. } | Stage::Waiting => Stage::Waiting,
                failed @ Stage::Failed { .. } => failed,
            };
            self.items.push(item);
        }
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What the agent sees: logs of calls that are over, and stuck ones.
    pub(crate) fn views(&self) -> Vec<LogView> {
        let state = |item: &Item| match &item.stage {
            Stage::Failed { detail } => Some(LogState::Failed { detail: detail.clone() }),
            Stage::Unconfirmed { .. } => Some(LogState::Unconfirmed),
            Stage::Sending { .. } | Stage::Waiting => item.complete.then_some(LogState::Pending),
        };
        let view = |item: &Item| state(item).map(|state| LogView { key: item.key, state, subject: item.wanted.subject.clone() });
        self.items.iter().filter_map(view).collect()
    }
}

impl Item {
    fn is_due(&self) -> bool {
        matches!(self.stage, Stage::Waiting) && self.saved.as_ref() != Some(&self.wanted)
    }

    fn request(&self) -> Option<RequestId> {
        match &self.stage {
            Stage::Sending { request, .. } | Stage::Unconfirmed { request, .. } => Some(*request),
            Stage::Failed { .. } | Stage::Waiting => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: LogKey = LogKey { seed: 1, count: 1 };

    fn fields(notes: &str) -> LogFields {
        LogFields { notes: notes.into(), ..LogFields::default() }
    }

    fn sent() -> Outbox {
        let mut outbox = Outbox::default();
        outbox.put(KEY, fields("a"), true, 0);
        assert!(outbox.send(0, RequestId(7)).is_some());
        outbox
    }

    #[test]
    fn a_create_without_an_answer_is_never_repeated_by_itself() {
        let mut outbox = sent();
        outbox.failed(RequestId(7), &CrmFailure::NoReply, 0);
        assert!(outbox.send(u64::MAX, RequestId(8)).is_none());
        assert_eq!(outbox.views()[0].state, LogState::Unconfirmed);
    }

    #[test]
    fn a_late_answer_settles_an_unconfirmed_create() {
        let mut outbox = sent();
        outbox.failed(RequestId(7), &CrmFailure::NoReply, 0);
        assert_eq!(outbox.saved(RequestId(7), "00T1".into()), Some(true));
        assert!(outbox.is_empty());
    }

    #[test]
    fn an_update_without_an_answer_is_repeated_after_a_pause() {
        let mut outbox = sent();
        outbox.put(KEY, fields("b"), true, 0);
        assert_eq!(outbox.saved(RequestId(7), "00T1".into()), Some(false));
        assert_eq!(outbox.send(0, RequestId(8)).and_then(|letter| letter.record).as_deref(), Some("00T1"));
        outbox.failed(RequestId(8), &CrmFailure::NoReply, 0);
        assert!(outbox.send(1_999, RequestId(9)).is_none());
        assert_eq!(outbox.deadline(0), Some(2_000));
        assert!(outbox.send(2_000, RequestId(9)).is_some());
    }

    #[test]
    fn a_refused_log_waits_for_the_agent() {
        let mut outbox = sent();
        outbox.failed(RequestId(7), &CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: "Subject: too long".into() }, 0);
        assert!(outbox.send(0, RequestId(8)).is_none());
        assert!(outbox.resend(KEY));
        assert!(outbox.send(0, RequestId(8)).is_some());
    }

    #[test]
    fn a_create_under_way_when_the_page_went_is_unconfirmed_for_the_next() {
        let mut next = Outbox::default();
        next.adopt(sent());
        assert_eq!(next.views()[0].state, LogState::Unconfirmed);
        assert!(next.send(u64::MAX, RequestId(1)).is_none());
    }
}
