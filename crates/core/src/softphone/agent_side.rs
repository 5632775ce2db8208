//! The agent's commands: first whether, then how.

use crate::{
    AgentCommand, AgentState, CallId, CallKind, Cause, CommandKind, CrmCommand, DialSource, Direction, Party, PhoneCommand, PopTarget,
    Private, ProblemKind, Refusal, RequestId, dialable,
};

use super::{
    Softphone, Waiting,
    call::{Call, Doing, State},
    patience,
};

impl Softphone {
    /// Whether `command` would be accepted now. The list in the snapshot asks the same.
    pub(super) fn check(&self, command: &AgentCommand) -> Result<(), Refusal> {
        match command {
            AgentCommand::Answer(id) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Alerting { .. } => Self::idle(call),
                    _ => Err(Refusal::NotAlerting(*id)),
                }
            }
            AgentCommand::Decline(id) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Alerting { .. } => Self::not_clearing(call),
                    _ => Err(Refusal::NotAlerting(*id)),
                }
            }
            AgentCommand::Clear(id) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Alerting { .. } | State::WrapUp => Err(Refusal::NotConnected(*id)),
                    _ => Self::not_clearing(call),
                }
            }
            AgentCommand::Dial { number, .. } => {
                self.can_dial()?;
                dialable(number.reveal(), &self.settings.dialing).map(drop).ok_or(Refusal::InvalidNumber)
            }
            AgentCommand::DiscardLog(key) => self.outbox.can_discard(*key).then_some(()).ok_or(Refusal::UnknownLog),
            AgentCommand::Dismiss(_) => Ok(()),
            AgentCommand::ExtendWrapUp(id) => {
                let call = self.in_wrap_up(*id)?;
                let open =
                    call.core.wrap_up.is_some_and(|wrap_up| wrap_up.deadline.is_some_and(|d| d < self.latest_deadline(wrap_up.since)));
                open.then_some(()).ok_or(Refusal::NotSupported)
            }
            AgentCommand::FinishWrapUp(id) => {
                let call = self.in_wrap_up(*id)?;
                self.may_finish(call).then_some(()).ok_or(Refusal::DispositionMissing(*id))
            }
            AgentCommand::ForceEnd(id) => {
                let call = self.call(*id)?;
                call.is_live().then_some(()).ok_or(Refusal::NotConnected(*id))
            }
            AgentCommand::Hold(id) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Connected if !self.phone.capabilities.hold => Err(Refusal::NotSupported),
                    State::Connected => Self::idle(call),
                    _ => Err(Refusal::NotConnected(*id)),
                }
            }
            AgentCommand::Retrieve(id) => {
                let call = self.phone_call(*id)?;
                if call.state == State::Held { Self::idle(call) } else { Err(Refusal::NotHeld(*id)) }
            }
            AgentCommand::Mute(id, _) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Connected | State::Held if !self.phone.capabilities.mute => Err(Refusal::NotSupported),
                    State::Connected | State::Held => Self::not_clearing(call),
                    _ => Err(Refusal::NotConnected(*id)),
                }
            }
            AgentCommand::SendDigits(id, digits) => {
                let call = self.phone_call(*id)?;
                match call.state {
                    State::Connected if !self.phone.capabilities.digits => Err(Refusal::NotSupported),
                    State::Connected if !is_digits(digits) => Err(Refusal::InvalidDigits),
                    State::Connected => Self::not_clearing(call),
                    _ => Err(Refusal::NotConnected(*id)),
                }
            }
            AgentCommand::ResendLog(key) => self.outbox.is_stuck(*key).then_some(()).ok_or(Refusal::UnknownLog),
            AgentCommand::Select(id, record) => {
                let call = self.call(*id)?;
                let known =
                    record.as_ref().is_none_or(|record| call.matches.iter().chain(&call.core.record).any(|known| known.id == record.id));
                known.then_some(()).ok_or(Refusal::UnknownRecord(*id))
            }
            AgentCommand::SetDisposition(id, choice) => {
                let kind = self.call(*id)?.core.kind;
                match choice {
                    Some(choice) if !self.settings.wrap_up.dispositions[kind].contains(choice) => {
                        Err(Refusal::DispositionUnknown(choice.clone()))
                    }
                    _ => Ok(()),
                }
            }
            AgentCommand::SetNotes(id, _) => self.call(*id).map(drop),
            AgentCommand::SetNotReady(reason) => {
                let known = reason.is_empty() || self.settings.calls.not_ready_reasons.contains(reason);
                known.then_some(()).ok_or_else(|| Refusal::UnknownReason(reason.clone()))
            }
            AgentCommand::SetReady => Ok(()),
        }
    }

    /// Whether a number could be dialed.
    pub(super) fn can_dial(&self) -> Result<(), Refusal> {
        if self.settings.provider.is_none() {
            return Err(Refusal::NoPhone);
        }
        if !self.phone_ready() {
            return Err(Refusal::Offline);
        }
        if self.live().is_some() { Err(Refusal::Busy) } else { Ok(()) }
    }

    /// Carries out one command.
    pub(super) fn command(&mut self, command: AgentCommand) -> Result<(), Refusal> {
        self.check(&command)?;
        match command {
            AgentCommand::Answer(id) => self.begin(id, CommandKind::Answer, patience::COMMAND, |call| PhoneCommand::Answer { call }),
            AgentCommand::Clear(id) => {
                self.begin(id, CommandKind::Clear, patience::CLEARING, |call| PhoneCommand::ClearConnection { call })
            }
            AgentCommand::Decline(id) => {
                self.begin(id, CommandKind::Decline, patience::CLEARING, |call| PhoneCommand::Decline { call, cause: Cause::Declined });
            }
            AgentCommand::Dial { number, source } => self.dial(&number, source),
            AgentCommand::DiscardLog(key) => drop(self.outbox.discard(key)),
            AgentCommand::Dismiss(id) => self.problems.retain(|problem| problem.id != id),
            AgentCommand::ExtendWrapUp(id) => self.extend_wrap_up(id),
            AgentCommand::FinishWrapUp(id) => self.finish(id),
            AgentCommand::ForceEnd(id) => {
                self.give_up(id);
                self.end(id, Cause::Lost);
            }
            AgentCommand::Hold(id) => self.begin(id, CommandKind::Hold, patience::COMMAND, |call| PhoneCommand::Hold { call }),
            AgentCommand::Mute(id, on) => self.minor(id, CommandKind::Mute, |call| PhoneCommand::SetMute { call, on }),
            AgentCommand::ResendLog(key) => drop(self.outbox.resend(key)),
            AgentCommand::Retrieve(id) => self.begin(id, CommandKind::Retrieve, patience::COMMAND, |call| PhoneCommand::Retrieve { call }),
            AgentCommand::Select(id, record) => self.select(id, record),
            AgentCommand::SendDigits(id, digits) => {
                self.minor(id, CommandKind::SendDigits, |call| PhoneCommand::GenerateDigits { call, digits });
            }
            AgentCommand::SetDisposition(id, choice) => self.edit(id, |call| call.core.disposition = choice),
            AgentCommand::SetNotes(id, notes) => self.edit(id, |call| call.core.notes = notes),
            AgentCommand::SetNotReady(reason) => self.ask_state(AgentState::NotReady { reason }),
            AgentCommand::SetReady => self.ask_state(AgentState::Ready),
        }
        Ok(())
    }

    /// A clicked number: the panel opens first, then it is dialed or the reason is shown.
    pub(super) fn click(&mut self, number: Private, source: DialSource) {
        self.ask_crm(CrmCommand::ShowPanel);
        let twice = self.live().is_some_and(|call| {
            matches!(call.state, State::Initiated { .. } | State::Delivered { .. })
                && dialable(number.reveal(), &self.settings.dialing).is_some_and(|again| again.to == call.core.party.number)
        });
        if twice {
            return;
        }
        if let Err(refusal) = self.command(AgentCommand::Dial { number: number.clone(), source }) {
            self.problem(ProblemKind::ClickRefused { code: refusal.code() }, number);
        }
    }

    fn dial(&mut self, number: &Private, source: DialSource) {
        let Some(dialable) = dialable(number.reveal(), &self.settings.dialing) else { return };
        let record = match &source {
            DialSource::Click { record, .. } => record.clone(),
            DialSource::DialPad | DialSource::Redial => None,
        };
        let kind = if dialable.internal { CallKind::Internal } else { CallKind::Outbound };
        let party = Party { number: dialable.to.clone(), name: record.as_ref().map(|record| record.name.clone()).unwrap_or_default() };
        let id = self.new_call(Direction::Out, kind, party, State::Initiated { until: self.now.mono + patience::INITIATED });
        let wire_record = record.as_ref().map(|record| record.id.clone()).unwrap_or_default();
        let request = self.ask_phone(PhoneCommand::MakeCall { to: dialable.to, record: wire_record });
        let until = self.now.mono + patience::INITIATED;
        if let Some(call) = self.calls.get_mut(&id) {
            call.core.source = source;
            call.picked = record.is_some();
            call.matches = record.iter().cloned().collect();
            call.core.record = record;
            // The one command a call is born with; it blocks no other.
            self.waiting.insert(request, Waiting::Minor { call: id, command: CommandKind::Answer, until });
        }
        self.want_search(id);
    }

    fn begin(&mut self, id: CallId, command: CommandKind, patience: u64, make: impl FnOnce(crate::PhoneRef) -> PhoneCommand) {
        let until = self.now.mono + patience;
        let phone_ref = self.calls.get(&id).and_then(|call| call.phone_ref.clone());
        // A dialed call the phone system has not named yet is given up as soon as it is named.
        let request = phone_ref.map_or(RequestId(0), |call| self.ask_phone(make(call)));
        if let Some(call) = self.calls.get_mut(&id) {
            call.doing = Some(Doing { request, command, until });
        }
    }

    fn minor(&mut self, id: CallId, command: CommandKind, make: impl FnOnce(crate::PhoneRef) -> PhoneCommand) {
        let Some(call) = self.calls.get(&id).and_then(|call| call.phone_ref.clone()) else { return };
        let request = self.ask_phone(make(call));
        self.waiting.insert(request, Waiting::Minor { call: id, command, until: self.now.mono + patience::COMMAND });
    }

    fn edit(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls.get_mut(&id) {
            change(call);
        }
    }

    fn select(&mut self, id: CallId, record: Option<crate::RecordRef>) {
        let pop = record.as_ref().map(|record| record.id.clone()).filter(|id| !id.is_empty());
        let changed = self.calls.get(&id).is_some_and(|call| call.core.record != record);
        self.edit(id, |call| {
            call.picked = true;
            call.core.record = record;
        });
        if changed {
            self.log_progress(id);
        }
        // Choosing the same record once more opens it once more.
        if let Some(record) = pop {
            self.pop(PopTarget::Record { id: record });
        }
    }

    /// Takes effect now, or after the call and its wrap-up.
    fn ask_state(&mut self, state: AgentState) {
        self.agent.pending = Some(state);
    }

    /// Runs with every input, so that a pending state takes effect the moment nothing is in its way.
    pub(super) fn apply_pending_state(&mut self) {
        if !self.calls.is_empty() {
            return;
        }
        let Some(state) = self.agent.pending.take() else { return };
        if state == self.agent.base {
            return;
        }
        let before = std::mem::replace(&mut self.agent.base, state);
        self.agent.since = self.now.wall;
        self.report_state(before);
    }

    /// Tells the phone system the agent's state, if it wants to know.
    pub(super) fn report_state(&mut self, before: AgentState) {
        if !self.phone_ready() || !self.phone.capabilities.agent_state {
            return;
        }
        let (ready, reason) = match &self.agent.base {
            AgentState::NotReady { reason } => (false, reason.clone()),
            AgentState::Ready | AgentState::Busy | AgentState::WorkingAfterCall => (true, String::new()),
        };
        let request = self.ask_phone(PhoneCommand::SetAgentState { ready, reason });
        self.waiting.insert(request, Waiting::AgentState { before, until: self.now.mono + patience::COMMAND });
    }

    pub(super) fn call(&self, id: CallId) -> Result<&Call, Refusal> {
        self.calls.get(&id).ok_or(Refusal::UnknownCall(id))
    }

    /// A call on which the phone system can be asked to do something.
    fn phone_call(&self, id: CallId) -> Result<&Call, Refusal> {
        let call = self.call(id)?;
        if call.is_live() && !self.phone_ready() { Err(Refusal::Offline) } else { Ok(call) }
    }

    fn in_wrap_up(&self, id: CallId) -> Result<&Call, Refusal> {
        let call = self.call(id)?;
        if call.state == State::WrapUp { Ok(call) } else { Err(Refusal::NotInWrapUp(id)) }
    }

    fn idle(call: &Call) -> Result<(), Refusal> {
        if call.doing.is_some() { Err(Refusal::InProgress(call.id)) } else { Ok(()) }
    }

    fn not_clearing(call: &Call) -> Result<(), Refusal> {
        match call.doing() {
            Some(CommandKind::Clear | CommandKind::Decline) => Err(Refusal::InProgress(call.id)),
            _ => Ok(()),
        }
    }
}

fn is_digits(digits: &Private) -> bool {
    !digits.is_empty() && digits.reveal().chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D'))
}
