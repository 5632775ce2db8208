//! The CRM's reports, and what the core wants from it: searches, pops, dialing.

use crate::{
    CallId, CrmCommand, CrmReport, DialSource, Direction, PopTarget, Private, ProblemKind, RecordRef, RecordSource, Refusal, search_text,
    settings::PopWhen,
};

use super::{
    Softphone, Waiting,
    association::with_contact,
    call::{Search, State},
    patience,
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
            CrmReport::Failed { request, failure } => {
                if self.outbox.failed(request, &failure, self.now.mono).is_some() {
                    return Ok(());
                }
                if self.not_checked(request) {
                    return Ok(());
                }
                if let Some(id) = self.searching(request) {
                    self.search_settled(id, Vec::new());
                    self.problem(ProblemKind::PopFailed, Private::default());
                    return Ok(());
                }
                match self.waiting.get(&request) {
                    Some(Waiting::Pop { .. }) => {
                        self.waiting.remove(&request);
                        self.problem(ProblemKind::PopFailed, Private::default());
                        Ok(())
                    }
                    _ => Err(Refusal::StrayAnswer),
                }
            }
            CrmReport::Found { request, records } => {
                let id = self.searching(request).ok_or(Refusal::StrayAnswer)?;
                self.search_settled(id, records.into_iter().filter(|record| !record.id.is_empty()).collect());
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
                self.crm.in_view = record.filter(|record| !record.id.is_empty());
                Ok(())
            }
            CrmReport::Popped { request } => self.waiting.remove(&request).map(drop).ok_or(Refusal::StrayAnswer),
            CrmReport::Saved { request, record } => {
                let (awaited, task) = (self.awaited_logs(), record.clone());
                let finished = self.outbox.saved(request, record).ok_or(Refusal::StrayAnswer)?;
                self.complete_work(&awaited, &task);
                self.refresh |= finished;
                Ok(())
            }
            CrmReport::State(state) => {
                self.crm.state = state;
                if self.crm_ready() && self.calls.values().any(|call| matches!(call.state, State::Alerting { .. })) {
                    self.ask_crm(CrmCommand::ShowPanel);
                }
                Ok(())
            }
            CrmReport::WorkStarted { work, to } => {
                self.work_started(work, to);
                Ok(())
            }
        }
    }

    /// Searches for the other side's record and opens it, if the settings say now.
    pub(super) fn want_search(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let pop = self.settings.pop.when[call.core.kind] == PopWhen::Ringing && call.core.record.is_none();
        self.want(id, pop);
    }

    /// Searches without opening anything: the call is not new to the agent.
    pub(super) fn want_quiet_search(&mut self, id: CallId) {
        self.want(id, false);
    }

    /// Opens the record at the answer, where the settings want it then.
    #[inline(never)]
    pub(super) fn pop_on_answer(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        if self.settings.pop.when[call.core.kind] != PopWhen::Answered {
            return;
        }
        match call.core.record.as_ref().map(|record| record.id.clone()) {
            Some(record) if call.core.direction == Direction::In => self.pop(PopTarget::Record { id: record }),
            Some(_) => {}
            None => self.want(id, true),
        }
    }

    fn want(&mut self, id: CallId, pop: bool) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        // A case or an account tells no person; whoever has the number may be the one.
        let clicked = matches!(&call.core.source, DialSource::Click { record: Some(record), .. } if record.who().is_some());
        let text = search_text(call.core.party.number.reveal(), &self.settings.dialing);
        call.search = if clicked || text.is_empty() { Search::Done } else { Search::Wanted { pop } };
    }

    /// A record that came with the call needs no search.
    pub(super) fn record_came_along(&mut self, id: CallId, record: String) {
        let Some(kind) = self.calls.get(&id).map(|call| call.core.kind) else { return };
        self.record_known(id, record.clone());
        if self.settings.pop.when[kind] == PopWhen::Ringing {
            self.pop(PopTarget::Record { id: record });
        }
    }

    /// Takes the record the phone system named, without opening it.
    pub(super) fn record_known(&mut self, id: CallId, record: String) {
        let record = RecordRef { id: record, ..RecordRef::default() };
        self.edit(id, |call| call.matches = vec![record.clone()]);
        self.associate(id, Some(record), RecordSource::Carried);
    }

    pub(super) fn pop(&mut self, target: PopTarget) {
        if self.crm_ready() {
            let request = self.ask_crm(CrmCommand::Pop { target });
            self.waiting.insert(request, Waiting::Pop { until: self.now.mono + patience::PAGE });
        }
    }

    /// Runs with every input: searches start as soon as the CRM is there, also one that came late.
    pub(super) fn search_if_wanted(&mut self) {
        if !self.crm_ready() {
            return;
        }
        let wanted: Vec<_> = self
            .calls
            .values()
            .filter_map(|call| match call.search {
                Search::Wanted { pop } => Some((call.id, pop, call.core.party.number.clone(), call.core.kind)),
                Search::Done | Search::Running { .. } => None,
            })
            .collect();
        for (call, pop, number, kind) in wanted {
            let text = Private::from(search_text(number.reveal(), &self.settings.dialing));
            let request = self.ask_crm(CrmCommand::Search { call, text, kind, pop, number });
            if let Some(call) = self.calls.get_mut(&call) {
                call.search = Search::Running { request, pop };
            }
        }
    }

    fn searching(&self, wanted: crate::RequestId) -> Option<CallId> {
        let is = |search| matches!(search, Search::Running { request, .. } if request == wanted);
        self.calls.values().find(|call| is(call.search)).map(|call| call.id)
    }

    fn search_settled(&mut self, id: CallId, records: Vec<RecordRef>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.search = Search::Done;
        let key = call.core.key;
        let only = if let [only] = records.as_slice() { Some(only.clone()) } else { None };
        if !records.is_empty() {
            let known = call.core.record.iter().filter(|record| !records.iter().any(|found| found.id == record.id));
            call.matches = known.cloned().chain(records.iter().cloned()).collect();
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
