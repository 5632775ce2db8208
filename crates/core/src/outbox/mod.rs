//! Logs on their way to the CRM: created once, then only updated by id, never silently lost or doubled.

#[cfg(test)]
mod beside;
mod item;
mod mending;
mod recent;
mod seek;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{CrmFailure, LogFields, LogKey, LogView, RequestId};
pub(crate) use item::{Entry, Late, News, SUBJECT, Seek};
use item::{Fault, Item, Question, Stage};
use recent::Recent;

/// All logs that are not safely in the CRM yet, and the last that are; oldest first.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Outbox {
    items: Vec<Item>,
    recent: Recent,
}

/// What to ask the CRM next.
pub(crate) enum Letter {
    /// Look for a log of unknown fate.
    Find { key: LogKey, since: String },
    /// Create it, or bring the record up to date with what differs from `before`.
    Save { key: LogKey, record: Option<String>, fields: Box<LogFields>, before: Option<Box<LogFields>> },
}

/// First pause after a failed update; doubles up to the longest.
const FIRST_PAUSE_MS: u64 = 2_000;
const LONGEST_PAUSE_MS: u64 = 60_000;
/// A create may still be on its way when the page is back: it is looked for after this.
const SETTLING_MS: u64 = 5_000;
/// And once more after this, before it is created again.
const SECOND_LOOK_MS: u64 = 20_000;
/// Records kept with a log to choose from.
pub(crate) const MOST_OFFERED: usize = 8;
/// Without these there is no log; any other field that the CRM refuses is left out so that the rest is saved.
const ESSENTIAL: [&str; 4] = ["Id", "Priority", "Status", "Subject"];

impl Outbox {
    /// Wants `entry` in the CRM under `key`, not before `not_before`.
    pub(crate) fn put(&mut self, key: LogKey, mut entry: Entry, not_before: u64) {
        // A call that was taken for over goes on: so does its log.
        if let Some(item) = self.recent.take(|item| item.key == key) {
            self.items.push(Item { slim: false, ..item });
        }
        let Some(item) = self.items.iter_mut().find(|item| item.key == key) else {
            self.items.push(Item::new(key, entry, not_before));
            return;
        };
        entry.fields.without = std::mem::take(&mut item.wanted.fields.without);
        if !entry.complete {
            item.seek = None;
        }
        let new = item.wanted != entry;
        item.wanted = entry;
        if item.attempts == 0 {
            item.not_before = item.not_before.min(not_before);
        }
        // New content is the mending the agent was asked for.
        if new && matches!(item.stage, Stage::Failed(_)) {
            item.stage = Stage::Waiting;
        }
    }

    /// Lets a waiting log go at once.
    pub(crate) fn release(&mut self, key: LogKey) {
        if let Some(item) = self.items.iter_mut().find(|item| item.key == key && item.attempts == 0) {
            item.not_before = 0;
        }
    }

    /// The next thing to ask now, marked as asked under `request`. Logs go one at a time, so that order holds.
    pub(crate) fn send(&mut self, now: u64, request: RequestId, finder: bool) -> Option<Letter> {
        for item in self.items.iter_mut().filter(|item| item.can_be_found(finder)) {
            if let Stage::Unconfirmed { question: question @ Question::Open { .. }, fields, .. } = &mut item.stage
                && let Question::Open { not_before, nones } = *question
                && not_before <= now
            {
                *question = Question::Asked { request, nones };
                return Some(Letter::Find { key: item.key, since: fields.date.clone() });
            }
        }
        if self.is_sending() {
            return None;
        }
        let item = self.items.iter_mut().find(|item| item.is_due() && item.not_before <= now)?;
        let fields = item.wanted.fields.clone();
        item.stage = Stage::Sending { request, fields: fields.clone() };
        Some(Letter::Save {
            key: item.key,
            record: item.record.clone(),
            fields: Box::new(fields),
            before: item.saved.clone().map(Box::new),
        })
    }

    /// The CRM has it. `Some(true)` when that log is finished with; none when nobody asked.
    pub(crate) fn saved(&mut self, request: RequestId, record: String) -> Option<bool> {
        let at = self.items.iter().position(|item| item.request() == Some(request))?;
        let item = &mut self.items[at];
        if let Stage::Sending { fields, .. } | Stage::Unconfirmed { fields, .. } = std::mem::replace(&mut item.stage, Stage::Waiting) {
            item.saved = Some(fields);
        }
        (item.attempts, item.not_before) = (0, 0);
        item.record.get_or_insert(record);
        Some(self.retire(at))
    }

    /// Whether a log that was asked about, or that was to be created, is in the CRM. `Some(true)` when that log is finished with; none when nobody asked.
    pub(crate) fn found(&mut self, request: RequestId, record: Option<String>, now: u64) -> Option<bool> {
        let Some(at) = self.asked_about(request) else { return self.arrived(request, record?) };
        let item = &mut self.items[at];
        let Stage::Unconfirmed { fields, question, .. } = &mut item.stage else { return None };
        let Question::Asked { nones, .. } = *question else { return None };
        match record.filter(|record| !record.is_empty()) {
            Some(record) => {
                (item.saved, item.record) = (Some(std::mem::take(fields)), Some(record));
                item.stage = Stage::Waiting;
            }
            // It may be slow rather than lost.
            None if nones == 0 => *question = Question::Open { not_before: now + SECOND_LOOK_MS, nones: 1 },
            None => item.stage = Stage::Waiting,
        }
        item.not_before = 0;
        Some(self.retire(at))
    }

    /// A create was refused because the log is there: an earlier one of unknown fate arrived after all. What that one said nobody knows here, so all
    /// of it is written again.
    #[inline(never)]
    fn arrived(&mut self, request: RequestId, record: String) -> Option<bool> {
        let item = self.items.iter_mut().find(|item| item.request() == Some(request) && item.record.is_none())?;
        (item.record, item.saved, item.stage) = (Some(record), None, Stage::Waiting);
        (item.attempts, item.not_before) = (0, 0);
        Some(false)
    }

    /// The CRM did not take it, or nobody knows. None when nobody asked.
    pub(crate) fn failed(&mut self, request: RequestId, failure: &CrmFailure, now: u64) -> Option<()> {
        if let Some(at) = self.asked_about(request) {
            if let Stage::Unconfirmed { question, .. } = &mut self.items[at].stage {
                *question = match failure {
                    CrmFailure::Refused { .. } => Question::Unanswerable,
                    // Looking does no harm.
                    CrmFailure::NoReply | CrmFailure::NotSent => Question::Open { not_before: now + SECOND_LOOK_MS, nones: 0 },
                };
            }
            return Some(());
        }
        let item = self.items.iter_mut().find(|item| item.request() == Some(request))?;
        let (Stage::Sending { fields, .. } | Stage::Unconfirmed { fields, .. }) = std::mem::replace(&mut item.stage, Stage::Waiting) else {
            return None;
        };
        match failure {
            CrmFailure::NoReply if item.record.is_none() => {
                item.stage = Stage::Unconfirmed { request, fields, question: Question::Open { not_before: now, nones: 0 } };
            }
            CrmFailure::NoReply | CrmFailure::NotSent => {
                // An update by id may be repeated, and what was not sent did not happen.
                item.not_before = now + (FIRST_PAUSE_MS << item.attempts.min(10)).min(LONGEST_PAUSE_MS);
                item.attempts = item.attempts.saturating_add(1);
            }
            CrmFailure::Refused { code, detail, fields: at_fault } => {
                let detail = if detail.is_empty() { code.as_str().into() } else { detail.clone() };
                item.refused(Fault { detail, fields: at_fault.clone() });
            }
        }
        Some(())
    }

    /// When something is due that is not yet, monotonic milliseconds.
    pub(crate) fn deadline(&self, now: u64, finder: bool) -> Option<u64> {
        let due = |item: &Item| match &item.stage {
            Stage::Unconfirmed { question: Question::Open { not_before, .. }, .. } if item.can_be_found(finder) => Some(*not_before),
            _ => item.is_due().then_some(item.not_before),
        };
        self.items.iter().filter_map(due).filter(|at| *at > now).min()
    }

    /// Takes over what an earlier page left. What was on its way then may or may not have arrived.
    pub(crate) fn adopt(&mut self, earlier: Self, now: u64) {
        for mut item in earlier.items {
            item.not_before = 0;
            if let Some(seek) = &mut item.seek {
                seek.request = None;
            }
            // No answer to an earlier page's request can come any more.
            let unknown = |fields| Stage::Unconfirmed {
                request: RequestId(0),
                fields,
                question: Question::Open { not_before: now + SETTLING_MS, nones: 0 },
            };
            item.stage = match item.stage {
                Stage::Sending { fields, .. } if item.record.is_none() => unknown(fields),
                Stage::Unconfirmed { fields, .. } => unknown(fields),
                Stage::Sending { .. } | Stage::Waiting => Stage::Waiting,
                failed @ Stage::Failed(_) => failed,
            };
            self.items.push(item);
        }
        // What is saved is not searched for once more.
        for item in earlier.recent.into_items() {
            self.recent.keep(Item { seek: None, ..item });
        }
    }

    /// Whether something of this log is still to be saved.
    pub(crate) fn awaits(&self, key: LogKey) -> bool {
        self.items.iter().any(|item| item.key == key && !item.is_finished())
    }

    /// The record of a log that is still here, if it has one.
    pub(crate) fn task(&self, key: LogKey) -> Option<String> {
        self.items.iter().find(|item| item.key == key)?.record.clone()
    }

    /// The keys of all logs here.
    pub(crate) fn keys(&self) -> impl Iterator<Item = LogKey> {
        self.items.iter().chain(self.recent.iter()).map(|item| item.key)
    }

    /// Leaves these logs to whoever has them, too.
    pub(crate) fn forget(&mut self, known: &[LogKey]) {
        self.items.retain(|item| !known.contains(&item.key));
        self.recent.retain(|item| !known.contains(&item.key));
    }

    /// Whether there is nothing to keep.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.recent.is_empty()
    }

    /// How many logs are not finished with.
    pub(crate) fn unfinished(&self) -> usize {
        self.items.len()
    }

    /// A log is on its way.
    pub(crate) fn is_sending(&self) -> bool {
        self.items.iter().any(|item| matches!(item.stage, Stage::Sending { .. }))
    }

    /// What the agent sees: logs of calls that are over, and stuck ones.
    pub(crate) fn views(&self, finder: bool) -> Vec<LogView> {
        self.items.iter().filter_map(|item| item.view(finder)).collect()
    }

    /// Saved logs that can still be moved to another record, the newest first.
    pub(crate) fn recent(&self) -> Vec<Arc<LogView>> {
        self.recent.views()
    }

    fn asked_about(&self, wanted: RequestId) -> Option<usize> {
        let is =
            |item: &Item| matches!(item.stage, Stage::Unconfirmed { question: Question::Asked { request, .. }, .. } if request == wanted);
        self.items.iter().position(is)
    }

    /// Lets a finished log go; what the CRM did not take keeps it here until the agent has seen that.
    fn retire(&mut self, at: usize) -> bool {
        let finished = self.items[at].is_finished();
        if finished && self.items[at].missing.is_none() {
            let item = self.items.remove(at).slimmed();
            self.recent.keep(item);
        }
        finished
    }
}

impl Item {
    /// The fields at fault are left out, once each, so that the rest is saved; where that is no help, the agent mends the log.
    fn refused(&mut self, fault: Fault) {
        let without = &mut self.wanted.fields.without;
        let new: Vec<_> = fault.fields.iter().filter(|field| !without.contains(field)).cloned().collect();
        if !new.is_empty() && !fault.fields.iter().any(|field| ESSENTIAL.contains(&field.as_str())) {
            without.extend(new);
            let missing = self.missing.get_or_insert_with(Fault::default);
            missing.fields.clone_from(without);
            let words = [missing.detail.reveal(), fault.detail.reveal()];
            missing.detail = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ").into();
            return;
        }
        // Nothing was saved by leaving them out: the next attempt is a whole one.
        without.clear();
        self.missing = None;
        self.stage = Stage::Failed(fault);
    }
}
