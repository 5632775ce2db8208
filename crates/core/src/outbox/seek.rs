//! Logs of calls that left before it was known whose they were.

use crate::{CallKind, LogKey, RecordRef, RecordSource, RequestId};

use super::{
    Outbox,
    item::{Item, Seek, Stage},
};

impl Outbox {
    /// This log waits for a search, until then at most.
    pub(crate) fn seek(&mut self, key: LogKey, seek: Seek, until: u64) {
        if let Some(item) = self.items.iter_mut().find(|item| item.key == key) {
            item.seek = Some(seek);
            if item.attempts == 0 {
                item.not_before = until;
            }
        }
    }

    /// The next log to search for; none while a search is under way.
    pub(crate) fn next_to_seek(&self) -> Option<(LogKey, CallKind, Seek)> {
        let mut seeking = self.items.iter().chain(self.recent.iter()).filter_map(|item| item.seek.as_ref());
        if seeking.any(|seek| seek.request.is_some()) {
            return None;
        }
        self.items.iter().find_map(|item| Some((item.key, item.wanted.fields.kind?, item.seek.clone()?)))
    }

    /// There is nothing to search for.
    pub(crate) fn give_up_seeking(&mut self, key: LogKey) {
        if let Some(item) = self.items.iter_mut().find(|item| item.key == key) {
            item.sought();
        }
    }

    /// Who it may have been; `only`: who it was. None when nobody asked.
    pub(crate) fn found_for(&mut self, request: RequestId, records: Vec<RecordRef>, only: Option<(RecordRef, RecordSource)>) -> Option<()> {
        let at = self.sought_by(request)?;
        let item = &mut self.items[at];
        item.sought();
        let known = std::mem::take(&mut item.wanted.offered);
        let new = records.into_iter().filter(|record| !known.iter().any(|known| known.id == record.id));
        item.wanted.offered = known.iter().cloned().chain(new).take(super::MOST_OFFERED).collect();
        // The agent may have said so meanwhile.
        if let Some((record, source)) = only.filter(|_| item.wanted.source.is_none()) {
            item.belong(Some(record), source);
        }
        self.retire(at);
        Some(())
    }

    /// The CRM did not say. False when nobody asked.
    pub(crate) fn not_found(&mut self, request: RequestId) -> bool {
        let Some(at) = self.sought_by(request) else { return false };
        self.items[at].sought();
        self.retire(at);
        true
    }

    /// The log that search is for; one that went meanwhile is taken back.
    fn sought_by(&mut self, request: RequestId) -> Option<usize> {
        let is_it = |item: &Item| item.seek.as_ref().is_some_and(|seek| seek.request == Some(request));
        self.items.extend(self.recent.take(is_it));
        self.items.iter().position(is_it)
    }
}

impl Item {
    /// Nothing is searched for any more.
    fn sought(&mut self) {
        self.seek = None;
        if self.attempts == 0 && matches!(self.stage, Stage::Waiting) {
            self.not_before = 0;
        }
    }

    /// The log belongs to this record, or to none.
    pub(super) fn belong(&mut self, record: Option<RecordRef>, source: RecordSource) {
        self.wanted.fields.who = record.as_ref().and_then(RecordRef::who).map(String::from);
        self.wanted.fields.what = record.as_ref().and_then(RecordRef::what).map(String::from);
        (self.wanted.record, self.wanted.source) = (record, Some(source));
        self.fill_late();
    }
}
