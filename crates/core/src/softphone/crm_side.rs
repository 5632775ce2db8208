//! The CRM's reports, and what the core wants from it: searches, pops, dialing.

use crate::{
    CallId, CallKind, CrmCommand, CrmFailure, CrmReport, CrmState, DialSource, Private, RecordFields, RecordRef, RecordSource, Refusal,
    RequestId, search_text, settings::Dialing,
};

use super::{
    Softphone, Waiting,
    association::with_contact,
    call::{Search, State},
    pops::Opening,
};

impl Softphone {
    pub(super) fn crm_report(&mut self, report: CrmReport) -> Result<(), Refusal> {
        match report {
            CrmReport::CallAsked { asked, number, record } => {
                self.click(number, clicked_on(record), Some(asked));
                Ok(())
            }
            CrmReport::ClickToDial { number, record } => {
                self.click(number, clicked_on(record), None);
                Ok(())
            }
            CrmReport::Failed { request, failure } => self.crm_failed(request, &failure),
            CrmReport::Found { request, records, fields, opens } => {
                let records: Vec<_> = records.into_iter().filter(|record| !record.id.is_empty()).collect();
                let Some(id) = self.searching(request) else { return self.found_besides(request, records, fields) };
                self.search_settled(id, Found { records, fields, opens: opens.then_some(request) });
                Ok(())
            }
            CrmReport::Cases { request, cases } => self.cases_found(request, cases).then_some(()).ok_or(Refusal::StrayAnswer),
            CrmReport::Layout(layout) => {
                self.crm.layout = Some(layout);
                Ok(())
            }
            CrmReport::Identity { user } => {
                self.crm.user = Some(user.unwrap_or_default());
                self.see_who_is_here();
                Ok(())
            }
            CrmReport::LogFound { request, record } => {
                let (awaited, task) = (self.awaited_logs(), record.clone());
                let finished = self.outbox.found(request, record, self.now.mono).ok_or(Refusal::StrayAnswer)?;
                self.complete_work(&awaited, task.as_deref().unwrap_or_default());
                self.refresh |= finished;
                Ok(())
            }
            CrmReport::MayCall { request, answer } => self.may_call(request, answer),
            CrmReport::Navigated(record) => {
                let record = record.filter(|record| !record.id.is_empty());
                let before = self.crm.in_view.take().or_else(|| self.crm.last_view.take());
                let same = record.is_some() && before.map(|before| before.id) == record.as_ref().map(|record| record.id.clone());
                // Told once more, it is still the page that a call brought.
                self.crm.brought = !self.page_moved() || (same && self.crm.brought);
                self.crm.in_view = record;
                self.name_by_page();
                if let Some(key) = self.made_in_window() {
                    self.take_what_was_made(key);
                }
                Ok(())
            }
            CrmReport::Popped { request } => {
                self.waiting.remove(&request).ok_or(Refusal::StrayAnswer)?;
                self.page_answered();
                Ok(())
            }
            CrmReport::Saved { request, record } => {
                let (awaited, task) = (self.awaited_logs(), record.clone());
                let finished = self.outbox.saved(request, record).ok_or(Refusal::StrayAnswer)?;
                self.complete_work(&awaited, &task);
                self.refresh |= finished;
                Ok(())
            }
            CrmReport::State(state) => {
                // An agent who closed the panel since is not shown it again because Salesforce paused.
                let before = std::mem::replace(&mut self.crm.state, state);
                let paused = before == CrmState::NotAnswering;
                if !self.crm_ready() && self.crm.in_view.is_some() {
                    self.crm_is_away();
                } else if self.crm_ready() && before != CrmState::Ready && !self.calls.is_empty() {
                    self.search_once_more();
                }
                if self.crm_ready() && !paused && self.calls.values().any(|call| matches!(call.state, State::Alerting { .. })) {
                    self.ask_crm(CrmCommand::ShowPanel);
                }
                Ok(())
            }
            CrmReport::Window(open) => {
                self.window(open);
                Ok(())
            }
            CrmReport::WorkDone { request } => self.work_done(request).then_some(()).ok_or(Refusal::StrayAnswer),
            CrmReport::WorkStarted { work, to } => {
                self.work_started(work, to);
                Ok(())
            }
        }
    }

    #[inline(never)]
    fn crm_failed(&mut self, request: RequestId, failure: &CrmFailure) -> Result<(), Refusal> {
        if self.outbox.failed(request, failure, self.now.mono).is_some() {
            return Ok(());
        }
        if self.not_checked(request) {
            return Ok(());
        }
        if self.work_failed(request, failure) {
            return Ok(());
        }
        // Nothing is offered then; the self-check says what is wrong with the class.
        if self.cases_found(request, Vec::new()) || self.fields_found(request, &[], Vec::new()) {
            return Ok(());
        }
        if let Some(id) = self.searching(request) {
            self.search_failed(id, failure);
            return Ok(());
        } else if self.outbox.not_found(request) {
            return Ok(());
        } else if matches!(self.waiting.get(&request), Some(Waiting::Pop { .. })) {
            self.waiting.remove(&request);
            self.page_answered();
        } else {
            return Err(Refusal::StrayAnswer);
        }
        self.page_failed(failure);
        Ok(())
    }

    /// Searches for the other side's record, and opens it when the settings say so.
    pub(super) fn want_search(&mut self, id: CallId) {
        self.want(id);
        self.open_ringing(id);
    }

    /// Searches without opening anything: the call is not new to the agent.
    pub(super) fn want_quiet_search(&mut self, id: CallId) {
        self.want(id);
        self.edit(id, |call| {
            if call.opening == Opening::Unasked {
                call.opening = Opening::Done;
            }
        });
    }

    fn want(&mut self, id: CallId) {
        let dialing = &self.settings.dialing;
        let Some(call) = self.calls.get_mut(&id) else { return };
        // A case or an account tells no person; whoever has the number may be the one.
        let clicked = matches!(&call.core.source, DialSource::Click { record: Some(record), .. } if record.who().is_some());
        let nothing = clicked || searched(call.core.kind, &call.core.party.number, dialing).is_empty();
        call.search = if nothing { Search::Done } else { Search::Wanted };
        call.shown.wanted = clicked;
    }

    /// A record that came with the call needs no search.
    pub(super) fn record_came_along(&mut self, id: CallId, record: String) {
        self.record_known(id, record);
        self.open_ringing(id);
    }

    /// Takes the record the phone system named, without opening it.
    pub(super) fn record_known(&mut self, id: CallId, record: String) {
        let known = self.calls.get(&id).and_then(|call| call.core.record.iter().chain(&call.matches).find(|known| known.id == record));
        let record = known.cloned().unwrap_or_else(|| RecordRef { id: record, ..RecordRef::default() });
        self.edit(id, |call| {
            call.matches = vec![record.clone()];
            (call.search, call.found, call.opening) = (Search::Done, None, Opening::Done);
            call.shown.wanted = !call.shown.has(&record);
        });
        self.associate(id, Some(record), RecordSource::Carried);
        self.name_by_page();
    }

    /// Runs with every input: searches start as soon as the CRM is there, also one that came late.
    pub(super) fn search_if_wanted(&mut self) {
        if !self.crm_ready() {
            return;
        }
        let wanted: Vec<_> = self.calls.values().filter(|call| call.search == Search::Wanted).map(|call| call.id).collect();
        for id in wanted {
            let pop = self.opens_with_search(id);
            let Some(call) = self.calls.get(&id) else { continue };
            let core = &call.core;
            let command = CrmCommand::Search {
                call: id,
                text: Private::from(searched(core.kind, &core.party.number, &self.settings.dialing)),
                kind: core.kind,
                pop,
                number: core.party.number.clone(),
                called: core.called.clone(),
                queue: core.queue.clone(),
                key: core.key,
            };
            let request = self.ask_crm(command);
            self.edit(id, |call| call.search = Search::Running { request, pop });
        }
        if !self.outbox.is_empty() {
            self.search_for_logs();
        }
    }

    fn searching(&self, wanted: RequestId) -> Option<CallId> {
        let is = |search| matches!(search, Search::Running { request, .. } if request == wanted);
        self.calls.values().find(|call| is(call.search)).map(|call| call.id)
    }

    fn search_settled(&mut self, id: CallId, found: Found) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Search::Running { pop: true, .. } = call.search {
            // The one that was found is the one that was opened.
            call.opened = found.records.first().filter(|_| found.records.len() == 1).map(|record| record.id.clone());
            self.page_answered();
        }
        let Some(call) = self.calls.get_mut(&id) else { return };
        (call.search, call.found) = (Search::Done, found.opens);
        let key = call.core.key;
        let records = found.records;
        let only = if let [only] = records.as_slice() { Some(only.clone()) } else { None };
        if !records.is_empty() {
            let known = call.core.record.iter().filter(|record| !records.iter().any(|found| found.id == record.id));
            call.matches = known.cloned().chain(records.iter().cloned()).collect();
            call.shown.fields = found.fields;
        }
        // Several: the agent chooses. None: the call has no record.
        if let Some(only) = only {
            call.associate(Some(only), RecordSource::Matched);
        }
        call.core.record = call.core.record.take().map(|record| with_contact(record, &records));
        self.log_progress(id);
        self.outbox.release(key);
    }
}

fn clicked_on(record: Option<RecordRef>) -> DialSource {
    let record = record.filter(|record| !record.id.is_empty());
    let partner = record.as_ref().and_then(|record| record.partner.clone());
    DialSource::Click { record, partner, work: None }
}
/// What a search brought.
struct Found {
    records: Vec<RecordRef>,
    fields: Vec<RecordFields>,
    opens: Option<RequestId>,
}

/// What is searched for somebody. A colleague is known by the extension as it is: it has no country and no other spelling. Somebody who
/// withholds the number is not searched for.
pub(super) fn searched(kind: CallKind, number: &Private, dialing: &Dialing) -> String {
    let is_extension = number.reveal().chars().all(|c| c.is_ascii_digit()) && number.reveal().len() >= FEWEST_DIGITS;
    if kind == CallKind::Internal && is_extension { number.reveal().to_owned() } else { search_text(number.reveal(), dialing) }
}

/// The CRM refuses shorter texts.
const FEWEST_DIGITS: usize = 3;
