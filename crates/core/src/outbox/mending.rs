//! What the agent can do with a log whose call is over.

use crate::{LogKey, LogPlace, PhoneRef, Private, RecordRef, RecordSource};

use super::{
    Outbox,
    item::{Item, News, Stage},
};

impl Outbox {
    /// Sends a stuck log once more, as a whole. False when there is none.
    pub(crate) fn resend(&mut self, key: LogKey, finder: bool) -> bool {
        self.items.iter_mut().find(|item| item.key == key && item.is_stuck(finder)).map(Item::begin_again).is_some()
    }

    /// Forgets a log that is not on its way; one that is saved but for a few fields stays as it is in the CRM. False when there is none.
    pub(crate) fn discard(&mut self, key: LogKey) -> bool {
        let Some(at) = self.items.iter().position(|item| item.key == key && !matches!(item.stage, Stage::Sending { .. })) else {
            return false;
        };
        self.items[at].missing = None;
        if !self.retire(at) {
            self.items.remove(at);
        }
        true
    }

    /// Forgets a log of which nothing was sent yet. False when something was.
    pub(crate) fn withdraw(&mut self, key: LogKey) -> bool {
        self.items.retain(|item| item.key != key || item.record.is_some() || !matches!(item.stage, Stage::Waiting));
        self.items.iter().all(|item| item.key != key)
    }

    /// Moves a log to another record, unless a stronger reason keeps it where it is: one that waits or failed, or one that was saved lately.
    pub(crate) fn relate(&mut self, key: LogKey, record: Option<RecordRef>, source: RecordSource) {
        self.items.extend(self.recent.take(|item| item.key == key));
        let Some(at) = self.items.iter().position(|item| item.key == key) else { return };
        let item = &mut self.items[at];
        if item.wanted.source.is_some_and(|known| known > source) {
            self.retire(at);
            return;
        }
        if let Some(record) = record.iter().find(|record| !item.wanted.offered.iter().any(|known| known.id == record.id)) {
            item.wanted.offered.push(record.clone());
        }
        item.belong(record, source);
        item.wanted.holds &= source != RecordSource::Picked;
        if matches!(item.stage, Stage::Failed(_)) {
            item.begin_again();
        }
        self.retire(at);
    }

    /// Changes what the agent wrote. A refused log is sent again when the agent says so, not with every letter.
    pub(crate) fn write(&mut self, key: LogKey, change: impl FnOnce(&mut Private, &mut Option<String>)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.key == key && !item.slim) {
            change(&mut item.wanted.fields.notes, &mut item.wanted.fields.disposition);
        }
    }

    /// News of a call that is over; the same record is updated. False: there is no such log.
    pub(crate) fn learn(&mut self, call: &PhoneRef, wall: u64, change: impl FnOnce(&mut News)) -> bool {
        let is_it = |item: &Item| item.wanted.call.as_ref() == Some(call) && wall <= item.wanted.named_until;
        if let Some(item) = self.items.iter_mut().rev().find(|item| is_it(item)) {
            item.learn(change);
            return true;
        }
        let Some(mut item) = self.recent.take(is_it) else { return false };
        item.learn(change);
        self.items.push(item);
        self.retire(self.items.len() - 1);
        true
    }

    /// Another call has that name now (none: all names are another phone's): what is told under it is not about these logs.
    #[inline(never)]
    pub(crate) fn forget_names(&mut self, taken: Option<&PhoneRef>) {
        let is_it = |item: &Item| taken.is_none() || item.wanted.call.as_ref() == taken;
        for item in self.items.iter_mut().filter(|item| is_it(item)) {
            item.wanted.call = None;
        }
        self.recent.forget_calls(is_it);
    }

    /// Forgets what is safely in the CRM.
    pub(crate) fn forget_saved(&mut self) {
        self.recent.clear();
    }

    /// Whether [`Self::resend`] would find something.
    pub(crate) fn is_stuck(&self, key: LogKey, finder: bool) -> bool {
        self.items.iter().any(|item| item.key == key && item.is_stuck(finder))
    }

    /// Whether [`Self::discard`] would find something.
    pub(crate) fn can_discard(&self, key: LogKey) -> bool {
        self.items.iter().any(|item| item.key == key && !matches!(item.stage, Stage::Sending { .. }))
    }

    /// Whether [`Self::write`] would find something.
    pub(crate) fn can_write(&self, key: LogKey) -> bool {
        self.items.iter().any(|item| item.key == key && !item.slim)
    }

    /// The type of the call a log tells of.
    pub(crate) fn kind_of(&self, key: LogKey) -> Option<crate::CallKind> {
        self.items.iter().find(|item| item.key == key).and_then(|item| item.wanted.fields.kind)
    }

    /// Where a log says which record it belongs to; none: there is no such log.
    pub(crate) fn place(&self, key: LogKey) -> Option<LogPlace> {
        self.items.iter().chain(self.recent.iter()).find(|item| item.key == key).map(Item::place)
    }

    /// The records offered for a log; none: there is no such log.
    pub(crate) fn offered(&self, key: LogKey) -> Option<impl Iterator<Item = &RecordRef>> {
        let item = self.items.iter().chain(self.recent.iter()).find(|item| item.key == key)?;
        Some(item.wanted.offered.iter().chain(&item.wanted.record))
    }
}
