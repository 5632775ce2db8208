//! What the layout shows of a record that needed no search: the call was dialed from it, it came with the call, or an earlier page knew it.
//!
//! Only a search tells the fields, so one is made by the call's number. It is quiet: what it finds besides that record is nobody's business, no
//! page opens, no log waits, and what goes wrong with it is not told.

use serde::{Deserialize, Serialize};

use crate::{CallKind, RecordFields, RecordRef, RequestId};

use super::{
    Softphone, Waiting,
    association::{is_bare, same_id},
    call::Call,
    crm_side::searched,
    patience,
};

/// What is known of the fields of a call's records.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Shown {
    /// Of those the call may belong to.
    pub(super) fields: Vec<RecordFields>,
    /// The call's record is known without a search, which is still to be made.
    pub(super) wanted: bool,
}

impl Softphone {
    /// Runs with every input: one at a time.
    pub(super) fn ask_fields(&mut self) {
        if self.calls.values().any(|call| call.shown.wanted) && self.crm_ready() {
            self.ask_wanted_fields();
        }
    }

    #[inline(never)]
    fn ask_wanted_fields(&mut self) {
        if self.waiting.values().any(|waiting| matches!(waiting, Waiting::Fields { .. })) {
            return;
        }
        // An earlier page's call is asked about once it is known to go on.
        let due = |call: &&Call| call.shown.wanted && !call.recalled && call.search.is_settled();
        while let Some(id) = self.calls.values().find(due).map(|call| call.id) {
            self.edit(id, |call| call.shown.wanted = false);
            let Some(call) = self.calls.get(&id).filter(|call| self.shows_more_of(call)) else { continue };
            let core = &call.core;
            let text = searched(core.kind, &core.party.number, &self.settings.dialing);
            if text.is_empty() {
                continue;
            }
            let (kind, key) = (core.kind, core.key);
            let request = self.search_quietly(id, text, kind, key);
            self.waiting.insert(request, Waiting::Fields { call: id, until: self.now.mono + patience::PAGE });
            return;
        }
    }

    /// The layout may show more of the call's record than is known. A colleague's number tells nothing of a customer.
    fn shows_more_of(&self, call: &Call) -> bool {
        let Some(record) = call.core.record.as_ref().filter(|_| call.core.kind != CallKind::Internal && !call.core.consultation) else {
            return false;
        };
        let listed = self.crm.layout.as_ref().is_none_or(|layout| layout.objects[call.core.kind].contains(&record.object));
        is_bare(record) || (listed && !call.shown.has(record))
    }

    /// The answer. What is known already gets its fields and its name, and nothing else changes. False when nobody asked.
    #[inline(never)]
    pub(super) fn fields_found(&mut self, request: RequestId, records: &[RecordRef], fields: Vec<RecordFields>) -> bool {
        let Some(Waiting::Fields { call: id, .. }) = self.waiting.get(&request) else { return false };
        let id = *id;
        self.waiting.remove(&request);
        for record in records {
            self.learn_of(record);
        }
        // The call may be gone by now.
        if let Some(call) = self.calls.get_mut(&id) {
            let known: Vec<_> = call.core.record.iter().chain(&call.matches).map(|record| record.id.clone()).collect();
            for found in fields {
                if let Some(record) = known.iter().find(|known| same_id(known, &found.record)) {
                    call.shown.fields.retain(|shown| shown.record != *record);
                    call.shown.fields.push(RecordFields { record: record.clone(), ..found });
                }
            }
        }
        true
    }
}

impl Shown {
    /// Nothing but the name is known of a call's record, if it has one.
    pub(super) const fn wanted(record: Option<&RecordRef>) -> Self {
        Self { fields: Vec::new(), wanted: record.is_some() }
    }

    /// What is shown of the record is known.
    pub(super) fn has(&self, record: &RecordRef) -> bool {
        self.fields.iter().any(|fields| same_id(&fields.record, &record.id))
    }
}
