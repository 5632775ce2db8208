//! Searches that fail or come late: no record by mere silence, and the log of a call that is over still gets its own.

use crate::{
    CallId, CallKind, CrmCommand, CrmFailure, LogKey, Private, RecordFields, RecordRef, RecordSource, Refusal, RequestId, outbox::Seek,
};

use super::{
    Softphone,
    association::with_contact,
    call::{Call, Search},
    crm_side::searched,
    patience,
    pops::Opening,
};

impl Softphone {
    /// The CRM does not answer: what page the agent has open meanwhile, nobody says.
    #[inline(never)]
    pub(super) fn crm_is_away(&mut self) {
        if let Some(record) = self.crm.in_view.take() {
            self.crm.last_view = Some(record);
        }
    }

    /// The CRM is back: whom it could not tell is asked for again.
    #[inline(never)]
    pub(super) fn search_once_more(&mut self) {
        for call in self.calls.values_mut().filter(|call| call.search == Search::Failed && call.core.record_source.is_none()) {
            call.search = Search::Wanted;
        }
    }

    /// The CRM did not say who it is.
    #[inline(never)]
    pub(super) fn search_failed(&mut self, id: CallId, failure: &CrmFailure) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let popped = matches!(call.search, Search::Running { pop: true, .. });
        // It was said before, when the same search was to open its page.
        let told = !popped && call.opening == Opening::Lapsed;
        call.search = Search::Failed;
        if popped {
            (call.opening, call.search) = match failure {
                // Nothing was opened, and the next one may.
                CrmFailure::NotSent => (Opening::Due, Search::Failed),
                // It may be open. The agent can open it.
                CrmFailure::NoReply => (Opening::Lapsed, Search::Failed),
                // The page may be at fault, and not the question.
                CrmFailure::Refused { .. } => (Opening::Lapsed, Search::Wanted),
            };
            call.page_asked = !matches!(failure, CrmFailure::NotSent);
        }
        let (key, settled) = (call.core.key, call.search.is_settled());
        if popped {
            self.page_answered();
        }
        if settled {
            self.log_progress(id);
            self.outbox.release(key);
        }
        if !told {
            self.page_failed(failure);
        }
    }

    /// A call leaves while nobody knows yet who it was: what its log still waits for.
    pub(super) fn seek_for(&self, call: &Call) -> Option<Seek> {
        let request = match call.search {
            Search::Running { request, .. } => Some(request),
            Search::Wanted => None,
            Search::Failed if !self.crm_ready() => None,
            Search::Failed | Search::Done => return None,
        };
        call.core.record_source.is_none().then(|| Seek { call: call.id, request, number: call.core.party.number.clone() })
    }

    /// Runs with every input while there are logs: one search at a time.
    #[inline(never)]
    pub(super) fn search_for_logs(&mut self) {
        while let Some((key, kind, Seek { call, number, .. })) = self.outbox.next_to_seek() {
            let text = searched(kind, &number, &self.settings.dialing);
            if text.is_empty() {
                self.outbox.give_up_seeking(key);
                continue;
            }
            let request = self.search_quietly(call, text, kind, key);
            self.outbox.seek(key, Seek { call, request: Some(request), number }, self.now.mono + patience::SEARCH);
        }
    }

    /// Searches for what opens nothing, so nothing is prefilled.
    pub(super) fn search_quietly(&mut self, call: CallId, text: String, kind: CallKind, key: LogKey) -> RequestId {
        self.ask_crm(CrmCommand::Search {
            call,
            text: text.into(),
            kind,
            pop: false,
            number: Private::default(),
            called: Private::default(),
            queue: String::new(),
            key,
        })
    }

    /// A search that no call waits for was answered.
    #[inline(never)]
    pub(super) fn found_besides(&mut self, request: RequestId, records: Vec<RecordRef>, fields: Vec<RecordFields>) -> Result<(), Refusal> {
        if self.fields_found(request, &records, fields) { Ok(()) } else { self.found_late(request, records) }
    }

    /// A search was answered whose call is over: its log takes the only match.
    #[inline(never)]
    fn found_late(&mut self, request: RequestId, records: Vec<RecordRef>) -> Result<(), Refusal> {
        let only = if let [only] = records.as_slice() { Some(with_contact(only.clone(), &records)) } else { None };
        self.outbox.found_for(request, records, only.map(|only| (only, RecordSource::Matched))).ok_or(Refusal::StrayAnswer)
    }
}
