//! The phone system's reports. It is the truth about calls, and it may lie, repeat itself or come late.

use crate::{
    AgentState, CallId, CallKind, Cause, CommandKind, ConnectionState, CrmCommand, Direction, Party, PhoneCall, PhoneCommand, PhoneRef,
    PhoneReport, PhoneState, ProblemKind, Refusal, RefusedReason, RequestId, Side,
};

use super::{
    Softphone, Waiting,
    call::{Call, Search, State},
    patience,
};

impl Softphone {
    pub(super) fn phone_report(&mut self, report: PhoneReport) -> Result<(), Refusal> {
        match report {
            PhoneReport::Account { identity } => {
                self.phone.identity = identity;
                self.adopt_parked();
                Ok(())
            }
            PhoneReport::AgentState { ready, reason } => {
                let told = if ready { AgentState::Ready } else { AgentState::NotReady { reason } };
                if self.agent.base != told {
                    (self.agent.base, self.agent.since) = (told, self.now.wall);
                }
                Ok(())
            }
            PhoneReport::Capabilities { capabilities } => {
                self.phone.capabilities = capabilities;
                Ok(())
            }
            PhoneReport::ConnectionCleared { call, cause } | PhoneReport::Failed { call, cause } => self.cleared(&call, cause),
            PhoneReport::Delivered { call, from, called, queue, kind, record, owns_log } => {
                self.delivered(call, from, kind, |core| (core.called, core.queue, core.owns_log) = (called, queue, owns_log), record)
            }
            PhoneReport::DigitsGenerated { call, digits } => self.on(&call, |call, _| {
                let all = format!("{}{}", call.core.digits.reveal(), digits.reveal());
                call.core.digits = all.into();
            }),
            PhoneReport::Done { request } => self.done(request),
            PhoneReport::Established { call, party } => self.established(&call, party),
            PhoneReport::Held { call, by } => self.held(&call, by, true),
            PhoneReport::Media { media } => {
                self.phone.media = media;
                Ok(())
            }
            PhoneReport::Muted { call, on } => self.on(&call, |call, _| call.muted = on),
            PhoneReport::NetworkReached { call, early_media } => self.on(&call, |call, now| match call.state {
                State::Initiated { .. } | State::Delivered { .. } => {
                    call.state = State::Delivered { early_media, until: now + patience::ALERTING };
                }
                // A late report must not move a call backwards.
                State::Alerting { .. } | State::Connected | State::Held | State::WrapUp => {}
            }),
            PhoneReport::Originated { request, call } => self.originated(request, call),
            PhoneReport::Refused { request, reason, detail: _ } => {
                if self.refused(request, reason) {
                    Ok(())
                } else {
                    Err(Refusal::StrayAnswer)
                }
            }
            PhoneReport::Retrieved { call, by } => self.held(&call, by, false),
            PhoneReport::Service { state, detail } => {
                self.service(state, detail);
                Ok(())
            }
            PhoneReport::Sync { calls } => {
                self.sync(calls);
                Ok(())
            }
        }
    }

    fn service(&mut self, state: PhoneState, detail: String) {
        let was_ready = self.phone_ready();
        (self.phone.state, self.phone.detail) = (Some(state), detail);
        if state == PhoneState::Ready && !was_ready {
            self.begin_presence();
            self.adopt_parked();
            let base = self.agent.base.clone();
            self.report_state(base);
            self.ask_sync();
        }
    }

    /// The start presence of the settings counts once, unless an earlier page of this agent said otherwise.
    fn begin_presence(&mut self) {
        if self.agent.begun {
            return;
        }
        self.agent.begun = true;
        if self.settings.calls.start_presence == crate::settings::StartPresence::Ready {
            (self.agent.base, self.agent.since) = (AgentState::Ready, self.now.wall);
        }
    }

    fn find(&self, name: &PhoneRef) -> Option<CallId> {
        self.calls.values().find(|call| call.is_live() && call.phone_ref.as_ref() == Some(name)).map(|call| call.id)
    }

    fn on(&mut self, name: &PhoneRef, change: impl FnOnce(&mut Call, u64)) -> Result<(), Refusal> {
        let id = self.find(name).ok_or(Refusal::StrayReport)?;
        if let Some(call) = self.calls.get_mut(&id) {
            call.recalled = false;
            change(call, self.now.mono);
        }
        Ok(())
    }

    fn delivered(
        &mut self,
        name: PhoneRef,
        from: Party,
        kind: CallKind,
        fill: impl FnOnce(&mut super::call::Core),
        record: String,
    ) -> Result<(), Refusal> {
        if let Some(id) = self.find(&name) {
            // Told twice, or told better.
            if let Some(call) = self.calls.get_mut(&id) {
                call.core.party = from;
                fill(&mut call.core);
            }
            return Ok(());
        }
        if self.live().is_some() {
            // One call at a time, for now: the phone system can offer it elsewhere, and the agent sees that it was there.
            self.ask_phone(PhoneCommand::Decline { call: name, cause: Cause::Busy });
            self.problem(ProblemKind::Missed, from.number);
            return Ok(());
        }
        let id = self.new_call(Direction::In, kind, from, State::Alerting { until: self.now.mono + patience::ALERTING });
        if let Some(call) = self.calls.get_mut(&id) {
            call.phone_ref = Some(name);
            fill(&mut call.core);
        }
        if self.crm_ready() {
            self.ask_crm(CrmCommand::ShowPanel);
        }
        if record.is_empty() {
            self.want_search(id)
        } else {
            self.record_came_along(id, record)
        }
        Ok(())
    }

    fn originated(&mut self, request: RequestId, name: PhoneRef) -> Result<(), Refusal> {
        let Some(Waiting::Minor { call: id, .. }) = self.waiting.get(&request) else { return Err(Refusal::StrayAnswer) };
        let id = *id;
        let Some(call) = self.calls.get_mut(&id).filter(|call| call.is_live()) else {
            // Given up here before the phone system had named it.
            self.ask_phone(PhoneCommand::ClearConnection { call: name });
            return Ok(());
        };
        call.phone_ref = Some(name.clone());
        if call.doing() == Some(CommandKind::Clear) {
            let request = self.ask_phone(PhoneCommand::ClearConnection { call: name });
            if let Some(doing) = self.calls.get_mut(&id).and_then(|call| call.doing.as_mut()) {
                doing.request = request;
            }
        }
        Ok(())
    }

    fn established(&mut self, name: &PhoneRef, party: Option<Party>) -> Result<(), Refusal> {
        let id = self.find(name).ok_or(Refusal::StrayReport)?;
        let now = self.now;
        let Some(call) = self.calls.get_mut(&id) else { return Ok(()) };
        call.recalled = false;
        if let Some(party) = party {
            call.core.party = party;
        }
        match call.state {
            State::Alerting { .. } | State::Initiated { .. } | State::Delivered { .. } => {
                call.state = State::Connected;
                call.core.answered.get_or_insert(now.wall);
                call.core.talk.begin(now);
                if matches!(call.doing(), Some(CommandKind::Answer)) {
                    call.doing = None;
                }
                self.pop_on_answer(id);
                self.log_progress(id);
            }
            // Already so; a late report must not take a call off hold.
            State::Connected | State::Held | State::WrapUp => {}
        }
        Ok(())
    }

    fn held(&mut self, name: &PhoneRef, by: Side, on: bool) -> Result<(), Refusal> {
        self.on(name, |call, _| {
            if by == Side::Party {
                call.far_held = on;
                return;
            }
            let (from, to, command) = if on {
                (State::Connected, State::Held, CommandKind::Hold)
            } else {
                (State::Held, State::Connected, CommandKind::Retrieve)
            };
            if call.state == from {
                call.state = to;
            }
            if call.doing() == Some(command) {
                call.doing = None;
            }
        })
    }

    fn cleared(&mut self, name: &PhoneRef, cause: Cause) -> Result<(), Refusal> {
        let id = self.find(name).ok_or(Refusal::StrayReport)?;
        self.end(id, cause);
        Ok(())
    }

    /// Carried out. What happened is told by a report of its own; only a command without one ends here.
    fn done(&mut self, request: RequestId) -> Result<(), Refusal> {
        match self.waiting.remove(&request) {
            Some(Waiting::Minor { .. } | Waiting::AgentState { .. } | Waiting::Sync { .. }) => Ok(()),
            Some(pop @ Waiting::Pop) => {
                self.waiting.insert(request, pop);
                Err(Refusal::StrayAnswer)
            }
            // A call's own command goes on until its report, or until its deadline.
            None if self.request_is_known(request) => Ok(()),
            None => Err(Refusal::StrayAnswer),
        }
    }

    fn request_is_known(&self, request: RequestId) -> bool {
        request.0 != 0 && request.0 <= self.count.request
    }

    /// Not carried out. False when nobody asked.
    pub(super) fn refused(&mut self, request: RequestId, reason: RefusedReason) -> bool {
        match self.waiting.remove(&request) {
            Some(Waiting::AgentState { before, .. }) => {
                (self.agent.base, self.agent.since) = (before, self.now.wall);
                self.problem(ProblemKind::StateRefused { reason }, crate::Private::default());
                return true;
            }
            Some(Waiting::Minor { call, command: CommandKind::Answer, .. }) => {
                // The call itself could not be made; one that was named has reports of its own.
                if self.calls.get(&call).is_some_and(|call| call.is_live() && call.phone_ref.is_none()) {
                    self.end(call, cause_of(reason));
                }
                return true;
            }
            Some(Waiting::Minor { call, command, .. }) => {
                self.command_refused(call, command, reason);
                return true;
            }
            Some(Waiting::Sync { .. }) => return true,
            Some(pop @ Waiting::Pop) => {
                self.waiting.insert(request, pop);
                return false;
            }
            None => {}
        }
        let Some((id, command)) = self.calls.values().find_map(|call| {
            let doing = call.doing.filter(|doing| doing.request == request)?;
            Some((call.id, doing.command))
        }) else {
            return self.request_is_known(request);
        };
        if let Some(call) = self.calls.get_mut(&id) {
            call.doing = None;
        }
        self.command_refused(id, command, reason);
        true
    }

    fn command_refused(&mut self, id: CallId, command: CommandKind, reason: RefusedReason) {
        if reason == RefusedReason::UnknownCall && self.calls.get(&id).is_some_and(Call::is_live) {
            self.end(id, Cause::Lost);
            return;
        }
        let number = self.calls.get(&id).map(|call| call.core.party.number.clone()).unwrap_or_default();
        self.problem(ProblemKind::CommandRefused { command, reason }, number);
    }

    /// The phone system never said whether it did what a call waits for.
    pub(super) fn command_overdue(&mut self, id: CallId) {
        let Some(doing) = self.calls.get_mut(&id).and_then(|call| call.doing.take()) else { return };
        match doing.command {
            // The agent wants the line free; whether the phone system follows is found out by the sync.
            CommandKind::Clear => self.end(id, Cause::Normal),
            CommandKind::Decline => self.end(id, Cause::Declined),
            command => self.command_refused(id, command, RefusedReason::Timeout),
        }
        if self.phone_ready() {
            self.ask_sync();
        }
    }

    /// The whole truth: what is not listed is gone, what is not known is new.
    fn sync(&mut self, listed: Vec<PhoneCall>) {
        let named = |call: &Call| listed.iter().any(|entry| call.phone_ref.as_ref() == Some(&entry.call));
        let gone: Vec<_> =
            self.calls.values().filter(|call| call.is_live() && call.phone_ref.is_some() && !named(call)).map(|call| call.id).collect();
        for id in gone {
            self.end(id, Cause::Lost);
        }
        for entry in listed {
            self.sync_call(entry);
        }
    }

    fn sync_call(&mut self, entry: PhoneCall) {
        let now = self.now;
        let mono = now.mono;
        let state = match (entry.state, entry.far_state, entry.direction) {
            (ConnectionState::Held, ..) => State::Held,
            (ConnectionState::Alerting, _, Direction::In) => State::Alerting { until: mono + patience::ALERTING },
            (ConnectionState::Initiated | ConnectionState::Alerting, ..) => State::Initiated { until: mono + patience::INITIATED },
            (ConnectionState::Connected, ConnectionState::Alerting, Direction::Out) => {
                State::Delivered { early_media: false, until: mono + patience::ALERTING }
            }
            (ConnectionState::Connected, ..) => State::Connected,
            // Not a call any more, or one that waits without this agent.
            (ConnectionState::Null | ConnectionState::Failed | ConnectionState::Queued, ..) => return,
        };
        let known = self.find(&entry.call);
        let id = known.unwrap_or_else(|| self.new_call(entry.direction, entry.kind, entry.party.clone(), state));
        let Some(call) = self.calls.get_mut(&id) else { return };
        if known.is_none() {
            call.phone_ref = Some(entry.call);
            (call.core.called, call.core.queue) = (entry.called, entry.queue);
            call.core.began.wall = now.wall.saturating_sub(entry.age_ms);
        }
        // A command under way knows better what comes next; a state seen before it began must not undo it.
        if call.doing.is_none() && !same_stage(call.state, state) {
            call.state = state;
        }
        call.recalled = false;
        call.far_held = entry.far_state == ConnectionState::Held;
        call.muted = entry.muted;
        if let Some(answered_ms) = entry.answered_ms {
            call.core.answered.get_or_insert_with(|| now.wall.saturating_sub(answered_ms));
            if call.core.talk.since.is_none() {
                call.core.talk.before = answered_ms;
                call.core.talk.begin(now);
            }
        }
        let (answered, searched) = (call.core.answered.is_some(), !matches!(call.search, Search::Done) || call.core.record.is_some());
        if known.is_none() && !entry.record.is_empty() {
            self.record_known(id, entry.record);
        } else if !searched {
            self.want_quiet_search(id);
        }
        if answered {
            self.log_progress(id);
        }
    }
}

/// Equal but for the deadlines.
const fn same_stage(a: State, b: State) -> bool {
    matches!(
        (a, b),
        (State::Alerting { .. }, State::Alerting { .. })
            | (State::Connected, State::Connected)
            | (State::Delivered { .. }, State::Delivered { .. })
            | (State::Held, State::Held)
            | (State::Initiated { .. }, State::Initiated { .. })
            | (State::WrapUp, State::WrapUp)
    )
}

/// What a refused dialing means for the call.
const fn cause_of(reason: RefusedReason) -> Cause {
    match reason {
        RefusedReason::Media => Cause::MediaFailure,
        RefusedReason::Offline => Cause::NetworkLost,
        RefusedReason::NotPermitted => Cause::Rejected,
        RefusedReason::Timeout => Cause::NoAnswer,
        RefusedReason::NotNow | RefusedReason::NotSupported | RefusedReason::UnknownCall => Cause::SystemFailure,
    }
}
