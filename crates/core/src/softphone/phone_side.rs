//! The phone system's reports. It is the truth about calls, and it may lie, repeat itself or come late.

use crate::{
    AgentState, CallId, CallKind, Cause, CommandKind, ConnectionState, CrmCommand, Direction, Party, PhoneCommand, PhoneRef, PhoneReport,
    PhoneState, Private, ProblemKind, Recording, Refusal, Side,
};

use super::{
    Lost, Softphone, Waiting,
    call::{Call, Core, State},
    patience,
};

/// A tone this long at least comes before a call is answered by itself, milliseconds.
const SHORTEST_TONE: u64 = 1_000;

/// Digits of a call that are shown; the oldest go first.
const MOST_DIGITS: usize = 256;

impl Softphone {
    pub(super) fn phone_report(&mut self, report: PhoneReport) -> Result<(), Refusal> {
        match report {
            PhoneReport::Account { identity } => {
                let owner = self.owner.clone();
                let another = self.phone.identity != identity && !self.phone.identity.is_empty();
                self.phone.identity = identity;
                self.see_who_is_here();
                if another && owner == self.owner && !self.outbox.is_empty() {
                    // Another phone of the same agent has names of its own.
                    self.outbox.forget_names(None);
                }
                Ok(())
            }
            PhoneReport::AgentState { ready, reason } => {
                self.state_told(ready, reason);
                Ok(())
            }
            PhoneReport::Capabilities { capabilities } => {
                self.phone.capabilities = capabilities;
                Ok(())
            }
            PhoneReport::Conferenced { calls, call, parties } => self.conferenced(&calls, call, parties),
            PhoneReport::ConnectionCleared { call, cause } | PhoneReport::Failed { call, cause } => self.cleared(&call, cause),
            PhoneReport::Delivered { call, from, called, queue, segment, kind, record, owns_log } => {
                let tell = |core: &mut Core| {
                    (core.called, core.queue, core.segment, core.owns_log) = (called, queue, segment, owns_log);
                };
                self.delivered(call, from, kind, tell, record)
            }
            PhoneReport::DigitsGenerated { call, digits } => self.digits_generated(&call, &digits),
            PhoneReport::Done { request } => self.done(request),
            PhoneReport::Established { call, party } => self.established(&call, party),
            PhoneReport::Held { call, by } => self.held(&call, by, true),
            PhoneReport::Media { media } => {
                self.phone.media = media;
                Ok(())
            }
            PhoneReport::Muted { call, on } => self.muted(&call, on),
            PhoneReport::NetworkReached { call, early_media } => self.network_reached(&call, early_media),
            PhoneReport::Originated { request, call } => self.originated(request, call),
            PhoneReport::Parties { call, parties } => self.parties(&call, parties),
            PhoneReport::Quality { call, mos_hundredths } => {
                self.learn(&call, |news| news.quality = Some(mos_hundredths.clamp(100, 500)));
                Ok(())
            }
            PhoneReport::RecordingReference { call, reference } => {
                self.learn(&call, |news| news.recording = reference);
                Ok(())
            }
            PhoneReport::RecordingChanged { call, state } => self.recording_changed(&call, state),
            PhoneReport::Refused { request, reason, detail } => {
                if self.refused(request, reason, detail) {
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
                self.waiting.retain(|_, waiting| !matches!(waiting, Waiting::Sync { .. }));
                self.sync(calls);
                Ok(())
            }
            PhoneReport::TransferFailed { call, cause, held } => self.transfer_failed(&call, cause, held),
            PhoneReport::Transferred { call, by: Side::Agent, other, .. } => self.transferred(&call, other.as_ref()),
            PhoneReport::Transferred { call, by: Side::Party, party, kind, record, .. } => self.party_replaced(&call, party, kind, record),
        }
    }

    fn service(&mut self, state: PhoneState, detail: Private) {
        let was_ready = self.phone_ready();
        (self.phone.state, self.phone.detail) = (Some(state), detail);
        if state == PhoneState::Ready && !was_ready {
            self.begin_presence();
            self.adopt_parked();
            self.end_what_did_not_survive();
            let base = self.agent.base.clone();
            self.report_state(base);
            self.ask_sync();
        }
    }

    pub(super) fn find(&self, name: &PhoneRef) -> Option<CallId> {
        self.live().find(|call| call.phone_ref.as_ref() == Some(name)).map(|call| call.id)
    }

    /// Changes the call a report is about.
    pub(super) fn on<T>(&mut self, name: &PhoneRef, change: impl FnOnce(&mut Call) -> T) -> Result<T, Refusal> {
        let now = self.now;
        let call = self.find(name).and_then(|id| self.calls.get_mut(&id)).ok_or(Refusal::StrayReport)?;
        call.confirm(now);
        Ok(change(call))
    }

    fn delivered(
        &mut self,
        name: PhoneRef,
        from: Party,
        kind: CallKind,
        fill: impl FnOnce(&mut Core),
        record: String,
    ) -> Result<(), Refusal> {
        if name.0.is_empty() {
            return Err(Refusal::StrayReport);
        }
        let wall = self.now.wall;
        if self.find(&name).is_some() {
            // Told twice, or told better.
            return self.on(&name, |call| {
                fill(&mut call.core);
                call.rename(from, wall);
            });
        }
        if !self.has_free_line() {
            // The phone system can offer it elsewhere, and the agent sees that it was there.
            self.turn_away(name, from, kind, fill, record);
            return Ok(());
        }
        self.name_taken(&name);
        // Nobody is put on the air while writing up another call, or on the way to a break.
        // Nor without having heard the tone.
        let alone = self.calls.is_empty() && self.agent.pending.is_none() && !self.unheard;
        let id = self.new_call(Direction::In, kind, from, State::Alerting { until: self.now.mono + patience::ALERTING });
        let auto_answer = self.settings.calls.auto_answer[kind].filter(|_| alone && self.agent.base == AgentState::Ready);
        let mono = self.now.mono;
        self.edit(id, |call| {
            call.phone_ref = Some(name);
            call.auto_answer = auto_answer.map(|seconds| mono + (u64::from(seconds) * 1000).max(SHORTEST_TONE));
            fill(&mut call.core);
        });
        if self.crm_ready() {
            self.ask_crm(CrmCommand::ShowPanel);
        }
        if record.is_empty() {
            self.want_search(id);
        } else {
            self.record_came_along(id, record);
        }
        Ok(())
    }

    /// A name used again is another call: what is told under it from now on is about that one.
    pub(super) fn name_taken(&mut self, name: &PhoneRef) {
        self.freed.retain(|freed| freed.name.as_ref() != Some(name));
        if !self.outbox.is_empty() || !self.calls.is_empty() || !self.lost.is_empty() {
            self.forget_name(name);
        }
    }

    /// No line is free for it. Nobody sees it ring, and it is missed like any other: whose it is, logs it.
    #[inline(never)]
    fn turn_away(&mut self, name: PhoneRef, from: Party, kind: CallKind, fill: impl FnOnce(&mut Core), record: String) {
        self.ask_phone(PhoneCommand::Decline { call: name.clone(), cause: Cause::Busy });
        // Told twice: it is the same call, and one log.
        let again = |call: &Call| call.core.unsure && call.core.answered.is_none() && call.phone_ref.as_ref() == Some(&name);
        let known = self.lost.iter().position(|lost| again(&lost.call));
        let id = if let Some(Lost { call, .. }) = known.and_then(|at| self.lost.remove(at)) {
            let id = call.id;
            self.calls.insert(id, call);
            id
        } else {
            self.problem(ProblemKind::Missed, from.number.clone());
            self.name_taken(&name);
            self.new_call(Direction::In, kind, from, State::WrapUp)
        };
        let wall = self.now.wall;
        self.edit(id, |call| {
            call.phone_ref = Some(name);
            fill(&mut call.core);
            call.core.cause = Some(Cause::Abandoned);
            // If it rings on there, it is this call.
            call.core.unsure = true;
            call.core.follow(std::iter::empty(), wall);
        });
        if !record.is_empty() {
            self.record_known(id, record);
        } else if known.is_none() {
            self.want_quiet_search(id);
        }
        self.finish(id);
    }

    #[inline(never)]
    fn digits_generated(&mut self, name: &PhoneRef, digits: &Private) -> Result<(), Refusal> {
        self.on(name, |call| {
            let mut all: Vec<char> = call.core.digits.reveal().chars().chain(digits.reveal().chars()).collect();
            all.drain(..all.len().saturating_sub(MOST_DIGITS));
            call.core.digits = all.into_iter().collect::<String>().into();
        })
    }

    #[inline(never)]
    fn muted(&mut self, name: &PhoneRef, on: bool) -> Result<(), Refusal> {
        self.on(name, |call| call.muted = on)
    }

    #[inline(never)]
    fn network_reached(&mut self, name: &PhoneRef, early_media: bool) -> Result<(), Refusal> {
        let until = self.now.mono + patience::ALERTING;
        self.on(name, |call| match call.state {
            State::Initiated { .. } | State::Delivered { .. } => call.state = State::Delivered { early_media, until },
            // A late report must not move a call backwards.
            State::Alerting { .. } | State::Connected | State::Held | State::WrapUp => {}
        })
    }

    #[inline(never)]
    fn recording_changed(&mut self, name: &PhoneRef, state: Recording) -> Result<(), Refusal> {
        self.on(name, |call| call.recording = state)
    }

    #[inline(never)]
    fn established(&mut self, name: &PhoneRef, party: Option<Party>) -> Result<(), Refusal> {
        let now = self.now;
        let begins = self.on(name, |call| {
            if let Some(party) = party {
                call.rename(party, now.wall);
            }
            if let [only] = call.peers.as_mut_slice()
                && only.state == ConnectionState::Alerting
            {
                only.state = ConnectionState::Connected;
            }
            match call.state {
                State::Alerting { .. } | State::Initiated { .. } | State::Delivered { .. } => {
                    call.enter(State::Connected, now);
                    if call.doing() == Some(CommandKind::Answer) {
                        call.doing = None;
                    }
                    call.auto_answer = None;
                    Some(call.id)
                }
                // Already so; a late report must not take a call off hold.
                State::Connected | State::Held | State::WrapUp => None,
            }
        })?;
        if let Some(id) = begins {
            self.only_voice(id);
            self.open_answered(id);
            self.log_progress(id);
        }
        Ok(())
    }

    #[inline(never)]
    fn held(&mut self, name: &PhoneRef, by: Side, on: bool) -> Result<(), Refusal> {
        let now = self.now;
        let moved = self.on(name, |call| {
            if by == Side::Party {
                if let [only] = call.peers.as_mut_slice() {
                    only.state = if on { ConnectionState::Held } else { ConnectionState::Connected };
                    only.held_by = by;
                }
                return None;
            }
            let (from, to) = if on { (State::Connected, State::Held) } else { (State::Held, State::Connected) };
            let asked = match call.doing() {
                Some(CommandKind::Hold) => on,
                Some(CommandKind::Retrieve | CommandKind::Alternate) => !on,
                _ => false,
            };
            if asked {
                call.doing = None;
            }
            let asked = asked || (on && call.doing() == Some(CommandKind::SingleStepTransfer));
            if call.state != from {
                return None;
            }
            call.enter(to, now);
            Some((call.id, asked, std::mem::take(&mut call.take_back)))
        })?;
        if let Some((id, asked, take_back)) = moved {
            if !on {
                self.only_voice(id);
            } else if take_back {
                self.retrieve_if_free(id);
            }
            if !asked {
                // Nobody here wanted it: another device did, or the report came late. The sync tells.
                self.ask_sync();
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn cleared(&mut self, name: &PhoneRef, cause: Cause) -> Result<(), Refusal> {
        let id = self.find(name).ok_or(Refusal::StrayReport)?;
        self.end(id, cause);
        Ok(())
    }
}

impl Call {
    /// The one party of an ordinary call is this.
    #[inline(never)]
    pub(super) fn rename(&mut self, party: Party, wall: u64) {
        let party = self.core.known(party);
        if let [only] = self.peers.as_mut_slice() {
            if self.core.party.number != party.number {
                // Somebody else's now.
                self.core.dialed = Private::default();
            }
            only.party = party.clone();
            self.core.follow(std::iter::once(&party), wall);
            self.core.party = party;
        }
    }
}
