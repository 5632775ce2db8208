//! Which record a call belongs to, and why.

use crate::{CallId, CallKind, DialSource, LogKey, RecordRef, RecordSource};

use super::{
    Softphone,
    call::{Call, Search},
};

impl Softphone {
    /// The call belongs to `record` from now on (none: to no record), unless a stronger reason says otherwise. Its log follows.
    pub(super) fn associate(&mut self, id: CallId, record: Option<RecordRef>, source: RecordSource) {
        if self.calls.get_mut(&id).is_some_and(|call| call.associate(record, source)) {
            self.log_progress(id);
        }
    }
}

impl Softphone {
    /// An answered call that nobody's number was found for belongs to the record the agent has open at its end, until the agent says otherwise.
    #[inline(never)]
    pub(super) fn take_the_page_in_view(&mut self, id: CallId) {
        let Some(record) = self.crm.in_view.clone().filter(|_| !self.crm.brought).filter(takes_logs) else { return };
        let Some(call) = self.calls.get(&id) else { return };
        let unknown = call.core.record_source.is_none() && call.matches.is_empty() && matches!(call.search, Search::Done);
        if unknown && call.core.answered.is_some() && call.core.kind != CallKind::Internal {
            self.associate(id, Some(record), RecordSource::InView);
        }
    }
}

impl Softphone {
    /// What was made in the window that opened for a call is that call's, or its log's if the call is over, where nothing better is known. It is
    /// no other call's page in view.
    #[inline(never)]
    pub(super) fn take_what_was_made(&mut self, key: LogKey) {
        self.crm.brought = true;
        let Some(record) = self.crm.in_view.clone().filter(may_be_made) else { return };
        let Some(call) = self.calls.values_mut().find(|call| call.core.key == key) else {
            self.outbox.relate(key, Some(record), RecordSource::Popped);
            return;
        };
        if call.core.record_source.is_some_and(|known| known > RecordSource::Popped) {
            return;
        }
        let id = call.id;
        call.opened = Some(record.id.clone());
        call.matches.push(record.clone());
        self.associate(id, Some(record), RecordSource::Popped);
    }

    /// A record that came with a call is an id and no more: the page in view tells what it is, if it is that record's.
    pub(super) fn name_by_page(&mut self) {
        if self.crm.in_view.is_some() && self.calls.values().any(|call| call.core.record.as_ref().is_some_and(is_bare)) {
            self.name_the_bare();
        }
    }

    #[inline(never)]
    fn name_the_bare(&mut self) {
        if let Some(page) = self.crm.in_view.clone() {
            self.learn_of(&page);
        }
    }

    /// Whatever is an id and no more, of this record, takes over what it is.
    pub(super) fn learn_of(&mut self, told: &RecordRef) {
        let is_it = |record: &RecordRef| is_bare(record) && same_id(&record.id, &told.id) && !told.object.is_empty();
        let mut named = Vec::new();
        for call in self.calls.values_mut() {
            for record in call.matches.iter_mut().filter(|record| is_it(record)) {
                record.learn(told);
            }
            if let Some(record) = call.core.record.as_mut().filter(|record| is_it(record)) {
                record.learn(told);
                named.push(call.id);
            }
        }
        for id in named {
            self.log_progress(id);
        }
    }
}

impl RecordRef {
    /// Takes over what another word about the same record says more.
    fn learn(&mut self, told: &Self) {
        self.object.clone_from(&told.object);
        if self.name.is_empty() {
            self.name = told.name.clone();
        }
        self.partner = self.partner.take().or_else(|| told.partner.clone());
    }
}

/// Nobody has said yet what record it is.
pub(super) fn is_bare(record: &RecordRef) -> bool {
    record.object.is_empty() || record.name.is_empty()
}

/// Ids have 15 characters, and 3 more where capitals do not count.
pub(super) fn same_id(a: &str, b: &str) -> bool {
    let short = |id: &str| id.get(..15).unwrap_or(id).to_owned();
    short(a) == short(b)
}

/// The record with the contact behind it. Where nothing tells that, it is the only contact with the other side's number, if there is just one: so a
/// case's log is on its contact, too.
pub(super) fn with_contact(mut record: RecordRef, found: &[RecordRef]) -> RecordRef {
    let mut contacts = found.iter().filter(|found| found.is("Contact", "003"));
    // One may be among them twice, as found and as chosen.
    let only = contacts.next().filter(|only| contacts.all(|other| other.id == only.id));
    if !record.is_person() && record.partner.is_none() {
        record.partner = only.map(|contact| contact.id.clone());
    }
    record
}

/// Whether logs can belong to such a record for certain: a page of something else may be in view by chance.
fn takes_logs(record: &RecordRef) -> bool {
    [("Contact", "003"), ("Lead", "00Q"), ("Account", "001"), ("Case", "500"), ("Opportunity", "006")]
        .into_iter()
        .any(|(object, prefix)| record.is(object, prefix))
}

/// The same where it is known that the page is the call's: objects of the org's own may be made for it, too.
fn may_be_made(record: &RecordRef) -> bool {
    takes_logs(record) || record.object.ends_with("__c")
}

impl Call {
    /// The record the call was dialed from with this contact behind it: the log is on both. None where it cannot be: a lead stands alone, and a
    /// person account is a person already.
    #[inline(never)]
    pub(super) fn dialed_with(&self, person: &RecordRef) -> Option<RecordRef> {
        let DialSource::Click { record: Some(dialed), .. } = &self.core.source else { return None };
        let stays = self.core.record_source == Some(RecordSource::Dialed) && !dialed.is_person();
        let is_account = dialed.is("Account", "001") && dialed.who().is_some();
        let joins = stays && !is_account && person.is("Contact", "003");
        joins.then(|| RecordRef { partner: Some(person.id.clone()), ..dialed.clone() })
    }

    /// As above, without the log. Whether another record than before came of it.
    pub(super) fn associate(&mut self, record: Option<RecordRef>, source: RecordSource) -> bool {
        if self.core.record_source.is_some_and(|known| known > source) {
            return false;
        }
        let record = record.map(|record| with_contact(record, &self.matches));
        let changed = self.core.record != record;
        (self.core.record, self.core.record_source) = (record, Some(source));
        changed
    }
}
