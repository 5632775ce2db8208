//! Whether a command would be accepted now. Commands and the lists in the snapshot ask here, so they cannot disagree.

use crate::{AgentCommand, CallId, CommandKind, ConnectionState, PartyId, Private, Refusal, Side, bug::Bug, dialable};

use super::{
    Softphone,
    call::{Call, Peer, State},
};

/// The commands that concern one call alone, in the order of the snapshot.
pub(super) const OF_A_CALL: [CommandKind; 21] = [
    CommandKind::Alternate,
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::ClearCall,
    CommandKind::Consult,
    CommandKind::Decline,
    CommandKind::Deflect,
    CommandKind::ExtendWrapUp,
    CommandKind::FinishWrapUp,
    CommandKind::ForceEnd,
    CommandKind::Hold,
    CommandKind::Mute,
    CommandKind::PopNow,
    CommandKind::Reconnect,
    CommandKind::Retrieve,
    CommandKind::Select,
    CommandKind::SendDigits,
    CommandKind::SetRecording,
    CommandKind::SingleStepConference,
    CommandKind::SingleStepTransfer,
    CommandKind::Write,
];

/// The commands that concern one party of a conference.
pub(super) const OF_A_PARTY: [CommandKind; 4] =
    [CommandKind::ClearParty, CommandKind::HoldParty, CommandKind::MuteParty, CommandKind::RetrieveParty];

impl Softphone {
    /// Whether `command` would be accepted now.
    pub(super) fn check(&self, command: &AgentCommand) -> Result<(), Refusal> {
        match command {
            AgentCommand::Alternate(id) => self.may(CommandKind::Alternate, *id),
            AgentCommand::Answer(id) => self.may(CommandKind::Answer, *id),
            AgentCommand::Clear(id) => self.may(CommandKind::Clear, *id),
            AgentCommand::ClearCall(id) => self.may(CommandKind::ClearCall, *id),
            AgentCommand::ClearParty(id, party) => self.may_party(CommandKind::ClearParty, *id, *party),
            AgentCommand::Conference(id, other) => self.may_join(*id, *other),
            AgentCommand::Consult { call, number } => self.may(CommandKind::Consult, *call).and_then(|()| self.number(number)),
            AgentCommand::Decline(id) => self.may(CommandKind::Decline, *id),
            AgentCommand::DeclineNotReady(id, reason) => self.may(CommandKind::Decline, *id).and_then(|()| self.reason(reason)),
            AgentCommand::Deflect(id, number) => self.may(CommandKind::Deflect, *id).and_then(|()| self.whole_number(number)),
            AgentCommand::Dial { number, .. } => self.can_dial().and_then(|()| self.number(number)),
            AgentCommand::DiscardLog(key) => match self.calls.values().find(|call| call.core.key == *key) {
                // Its end would create it once more.
                Some(call) => Err(Refusal::InProgress(call.id)),
                None => self.outbox.can_discard(*key).then_some(()).ok_or(Refusal::UnknownLog),
            },
            AgentCommand::Dismiss(_) | AgentCommand::SetReady => Ok(()),
            AgentCommand::DropWanted => self.wanted.is_some().then_some(()).ok_or(Refusal::NothingWanted),
            AgentCommand::ExtendWrapUp(id) => self.may(CommandKind::ExtendWrapUp, *id),
            AgentCommand::FinishWrapUp(id) => self.may(CommandKind::FinishWrapUp, *id),
            AgentCommand::ForceEnd(id) => self.may(CommandKind::ForceEnd, *id),
            AgentCommand::Hold(id) => self.may(CommandKind::Hold, *id),
            AgentCommand::HoldParty(id, party) => self.may_party(CommandKind::HoldParty, *id, *party),
            AgentCommand::Mute(id, _) => self.may(CommandKind::Mute, *id),
            AgentCommand::MuteParty(id, party, _) => self.may_party(CommandKind::MuteParty, *id, *party),
            AgentCommand::PopNow(id) => self.may(CommandKind::PopNow, *id),
            AgentCommand::Reconnect(id) => self.may(CommandKind::Reconnect, *id),
            AgentCommand::RelateLog(..) | AgentCommand::SetLogDisposition(..) | AgentCommand::SetLogNotes(..) => self.may_mend(command),
            AgentCommand::ResendLog(key) => self.outbox.is_stuck(*key, self.has_finder()).then_some(()).ok_or(Refusal::UnknownLog),
            AgentCommand::Retrieve(id) => self.may(CommandKind::Retrieve, *id),
            AgentCommand::RetrieveParty(id, party) => self.may_party(CommandKind::RetrieveParty, *id, *party),
            AgentCommand::Select(id, record) => {
                let call = self.call(*id)?;
                let mut offered = call.matches.iter().chain(&call.cases.offered).chain(&call.core.record).chain(&self.crm.in_view);
                let known = record.as_ref().is_none_or(|record| offered.any(|known| known.id == record.id));
                known.then_some(()).ok_or(Refusal::UnknownRecord(*id))
            }
            AgentCommand::SendDigits(id, digits) => {
                self.may(CommandKind::SendDigits, *id)?;
                is_digits(digits).then_some(()).ok_or(Refusal::InvalidDigits)
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
            AgentCommand::SetNotReady(reason) => self.reason(reason),
            AgentCommand::SetRecording(id, to) => {
                self.may(CommandKind::SetRecording, *id)?;
                if self.call(*id)?.recording == *to { Err(Refusal::AlreadySo(*id)) } else { Ok(()) }
            }
            AgentCommand::SingleStepConference(id, number) => {
                self.may(CommandKind::SingleStepConference, *id).and_then(|()| self.whole_number(number))
            }
            AgentCommand::SingleStepTransfer(id, number) => {
                self.may(CommandKind::SingleStepTransfer, *id).and_then(|()| self.whole_number(number))
            }
            AgentCommand::Transfer(id, other) => self.may_transfer(*id, *other),
            AgentCommand::UseWanted(choice) => self.may_use(*choice),
        }
    }

    /// Whether a command of [`OF_A_CALL`] would be accepted, with an argument that is right.
    pub(super) fn may(&self, command: CommandKind, id: CallId) -> Result<(), Refusal> {
        match command {
            CommandKind::ForceEnd => return self.call(id)?.is_live().then_some(()).ok_or(Refusal::NotConnected(id)),
            CommandKind::Select | CommandKind::Write => return self.call(id).map(drop),
            CommandKind::PopNow => return self.may_pop_now(id),
            CommandKind::ExtendWrapUp => {
                let wrap_up = self.in_wrap_up(id)?.core.wrap_up;
                let open = wrap_up.is_some_and(|wrap_up| wrap_up.deadline.is_some_and(|at| at < self.latest_deadline(wrap_up.since)));
                return open.then_some(()).ok_or(Refusal::AtLimit(id));
            }
            CommandKind::FinishWrapUp => {
                let call = self.in_wrap_up(id)?;
                return self.may_finish(call).then_some(()).ok_or(Refusal::DispositionMissing(id));
            }
            _ => {}
        }
        let call = self.phone_call(id)?;
        let can = self.phone.capabilities;
        let able = |ability: bool| if ability { Ok(()) } else { Err(Refusal::NotSupported) };
        let alerting = || matches!(call.state, State::Alerting { .. }).then_some(()).ok_or(Refusal::NotAlerting(id));
        let connected = || (call.state == State::Connected).then_some(()).ok_or(Refusal::NotConnected(id));
        let held = || (call.state == State::Held).then_some(()).ok_or(Refusal::NotHeld(id));
        let up = || call.is_up().then_some(()).ok_or(Refusal::NotConnected(id));
        match command {
            CommandKind::Answer => alerting().and_then(|()| idle(call)).and_then(|()| self.can_speak(Some(id))),
            CommandKind::Decline => alerting().and_then(|()| not_clearing(call)),
            CommandKind::Deflect => alerting().and_then(|()| able(can.deflect)).and_then(|()| idle(call)),
            CommandKind::Clear => match call.state {
                State::Alerting { .. } | State::WrapUp => Err(Refusal::NotConnected(id)),
                _ => not_joining(call).and_then(|()| self.may_leave(call)),
            },
            CommandKind::ClearCall if !call.is_conference() => Err(Refusal::NotAConference(id)),
            CommandKind::ClearCall => up().and_then(|()| able(can.clear_call || !can.leave)).and_then(|()| not_joining(call)),
            CommandKind::Hold => connected().and_then(|()| able(can.hold)).and_then(|()| idle(call)),
            CommandKind::Retrieve => held().and_then(|()| idle(call)).and_then(|()| self.can_speak(Some(id))),
            CommandKind::Alternate => {
                held()?;
                let active = self.calls.values().any(|other| other.state == State::Connected);
                active.then_some(()).ok_or(Refusal::NotConnected(id))?;
                idle(call).and_then(|()| self.can_speak(Some(id)))
            }
            CommandKind::Reconnect => {
                call.is_live().then_some(()).ok_or(Refusal::NotConnected(id))?;
                let about = call.consults.and_then(|about| self.calls.get(&about)).filter(|about| about.is_live());
                about.ok_or(Refusal::NotConsulting(id))?;
                not_joining(call).and_then(|()| self.may_leave(call))
            }
            CommandKind::Mute => up().and_then(|()| able(can.mute)).and_then(|()| not_clearing(call)),
            CommandKind::SendDigits => connected().and_then(|()| able(can.digits)).and_then(|()| not_clearing(call)),
            CommandKind::SetRecording => up().and_then(|()| able(can.recording)).and_then(|()| not_clearing(call)),
            CommandKind::Consult => {
                up().and_then(|()| able(can.hold)).and_then(|()| idle(call)).and_then(|()| self.can_begin_a_call())?;
                match self.calls.values().find(|other| other.is_live() && other.consults == Some(id)) {
                    Some(consultation) => Err(Refusal::InProgress(consultation.id)),
                    None => Ok(()),
                }
            }
            CommandKind::SingleStepTransfer => {
                able(can.single_step_transfer && !call.is_conference()).and_then(|()| up()).and_then(|()| idle(call))
            }
            CommandKind::SingleStepConference => {
                able(can.single_step_conference).and_then(|()| connected()).and_then(|()| idle(call))?;
                self.fits(call, 1)
            }
            _ => Err(Refusal::NotSupported),
        }
    }

    /// Whether the first call can be passed on to the second.
    pub(super) fn may_transfer(&self, id: CallId, other: CallId) -> Result<(), Refusal> {
        let (from, to) = self.pair(id, other)?;
        if !self.phone.capabilities.transfer || from.is_conference() || to.is_conference() {
            return Err(Refusal::NotSupported);
        }
        from.is_up().then_some(()).ok_or(Refusal::NotConnected(id))?;
        let rings = matches!(to.state, State::Delivered { .. }) || to.only_rings();
        (if rings { self.phone.capabilities.transfer_ringing } else { to.is_up() }).then_some(()).ok_or(Refusal::NotConnected(other))
    }

    /// Whether the two calls can become one.
    pub(super) fn may_join(&self, id: CallId, other: CallId) -> Result<(), Refusal> {
        let (one, two) = self.pair(id, other)?;
        if !self.phone.capabilities.conference {
            return Err(Refusal::NotSupported);
        }
        one.is_up().then_some(()).ok_or(Refusal::NotConnected(id))?;
        two.is_up().then_some(()).ok_or(Refusal::NotConnected(other))?;
        // The agent talks in the conference; a third call must be on hold before.
        if let Some(third) = self.calls.values().find(|call| call.id != id && call.id != other && call.has_voice()) {
            return Err(Refusal::InProgress(third.id));
        }
        self.fits(one, two.peers.len())
    }

    fn pair(&self, id: CallId, other: CallId) -> Result<(&Call, &Call), Refusal> {
        let (one, two) = (self.phone_call(id)?, self.phone_call(other)?);
        if id == other {
            return Err(Refusal::AlreadySo(id));
        }
        idle(one).and_then(|()| idle(two))?;
        Ok((one, two))
    }

    fn fits(&self, call: &Call, more: usize) -> Result<(), Refusal> {
        let size = usize::from(self.phone.capabilities.conference_size);
        if size > 0 && 1 + call.peers.len() + more > size && !self.seeded(Bug::ConferencesOverfull) {
            Err(Refusal::ConferenceFull(call.id))
        } else {
            Ok(())
        }
    }

    /// Whether a command of [`OF_A_PARTY`] would be accepted.
    pub(super) fn may_party(&self, command: CommandKind, id: CallId, party: PartyId) -> Result<(), Refusal> {
        let call = self.phone_call(id)?;
        if !call.is_conference() {
            return Err(Refusal::NotAConference(id));
        }
        let peer = self.peer(id, party)?;
        // The phone system did not say who is who.
        peer.name.as_ref().ok_or(Refusal::NotSupported)?;
        let can = self.phone.capabilities;
        let able = match command {
            CommandKind::ClearParty => can.clear_party,
            CommandKind::MuteParty => can.mute_party,
            _ => can.hold_party,
        };
        able.then_some(()).ok_or(Refusal::NotSupported)?;
        call.is_up().then_some(()).ok_or(Refusal::NotConnected(id))?;
        not_clearing(call)?;
        match (command, peer.state) {
            // It holds by its own hand.
            (CommandKind::RetrieveParty, ConnectionState::Held) if peer.held_by == Side::Party => Err(Refusal::NotHeld(id)),
            (CommandKind::RetrieveParty, ConnectionState::Held) => Ok(()),
            (CommandKind::ClearParty, _)
            | (CommandKind::HoldParty, ConnectionState::Connected)
            | (CommandKind::MuteParty, ConnectionState::Connected | ConnectionState::Held) => Ok(()),
            (CommandKind::HoldParty, ConnectionState::Held) | (CommandKind::RetrieveParty, ConnectionState::Connected) => {
                Err(Refusal::AlreadySo(id))
            }
            _ => Err(Refusal::NotConnected(id)),
        }
    }

    /// One party of a call.
    pub(super) fn peer(&self, id: CallId, party: PartyId) -> Result<&Peer, Refusal> {
        self.call(id)?.peers.iter().find(|peer| peer.id == party).ok_or(Refusal::UnknownParty(id))
    }

    /// Whether a number could be dialed.
    pub(super) fn can_dial(&self) -> Result<(), Refusal> {
        if self.settings.provider.is_none() {
            return Err(Refusal::NoPhone);
        }
        if !self.phone_ready() {
            return Err(Refusal::Offline);
        }
        self.can_begin_a_call()
    }

    /// A line is free, and the agent's voice can go to it.
    fn can_begin_a_call(&self) -> Result<(), Refusal> {
        self.has_free_line().then_some(()).ok_or(Refusal::Busy)?;
        self.can_speak(None)
    }

    /// Leaving must not take others with it.
    fn may_leave(&self, call: &Call) -> Result<(), Refusal> {
        // An earlier page knew it; who is in it the next sync tells.
        if call.recalled && !self.phone.capabilities.leave {
            return Err(Refusal::InProgress(call.id));
        }
        if call.is_conference() && !self.phone.capabilities.leave { Err(Refusal::LeaveEndsAll(call.id)) } else { Ok(()) }
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

    fn number(&self, number: &Private) -> Result<(), Refusal> {
        dialable(number.reveal(), &self.settings.dialing).map(drop).ok_or(Refusal::InvalidNumber)
    }

    /// A number that the phone system calls by itself: nobody is there to dial the extension behind it.
    fn whole_number(&self, number: &Private) -> Result<(), Refusal> {
        let dialable = dialable(number.reveal(), &self.settings.dialing).ok_or(Refusal::InvalidNumber)?;
        dialable.then.is_empty().then_some(()).ok_or(Refusal::ExtensionNeedsCall)
    }

    fn reason(&self, reason: &String) -> Result<(), Refusal> {
        let known = reason.is_empty() || self.settings.calls.not_ready_reasons.contains(reason);
        known.then_some(()).ok_or_else(|| Refusal::UnknownReason(reason.clone()))
    }
}

const fn idle(call: &Call) -> Result<(), Refusal> {
    if call.doing.is_some() { Err(Refusal::InProgress(call.id)) } else { Ok(()) }
}

fn not_clearing(call: &Call) -> Result<(), Refusal> {
    if call.is_clearing() { Err(Refusal::InProgress(call.id)) } else { Ok(()) }
}

/// Nor becoming one with another call: who hangs up then would drop whoever is under that name by now.
fn not_joining(call: &Call) -> Result<(), Refusal> {
    match call.doing() {
        Some(CommandKind::Conference | CommandKind::Transfer) => Err(Refusal::InProgress(call.id)),
        _ => not_clearing(call),
    }
}

fn is_digits(digits: &Private) -> bool {
    !digits.is_empty() && digits.reveal().chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D'))
}
