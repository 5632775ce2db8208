//! What the agent's commands do. Whether they may is asked in `may`.

use crate::{
    AgentCommand, AgentState, CallId, CallKind, Cause, CommandKind, ConnectionState, DialSource, Direction, Party, PartyRef, PhoneCommand,
    PhoneRef, Private, RecordRef, RecordSource, Refusal, RequestId, bug::Bug, dialable,
};

use super::{
    Softphone, Waiting,
    call::{Call, Doing, Peer, State},
    patience,
};

impl Softphone {
    /// Carries out one command.
    #[inline(never)]
    pub(super) fn command(&mut self, command: AgentCommand) -> Result<(), Refusal> {
        self.check(&command)?;
        self.agent_is_there();
        match command {
            AgentCommand::Alternate(id) => self.speak(id, CommandKind::Alternate),
            AgentCommand::Answer(id) => self.speak(id, CommandKind::Answer),
            AgentCommand::Clear(id) if self.seeded(Bug::LeaveEndsAll) && self.calls.get(&id).is_some_and(Call::is_conference) => {
                self.begin(id, CommandKind::Clear, patience::CLEARING, |call| PhoneCommand::ClearCall { call });
            }
            AgentCommand::Clear(id) => self.clear(id, CommandKind::Clear),
            // Where the others cannot go on without the agent, hanging up ends it for all.
            AgentCommand::ClearCall(id) if !self.phone.capabilities.clear_call => self.clear(id, CommandKind::ClearCall),
            AgentCommand::ClearCall(id) => {
                self.begin(id, CommandKind::ClearCall, patience::CLEARING, |call| PhoneCommand::ClearCall { call });
            }
            AgentCommand::ClearParty(id, _) if self.seeded(Bug::ClearPartyClearsAll) => {
                self.begin(id, CommandKind::ClearCall, patience::CLEARING, |call| PhoneCommand::ClearCall { call });
            }
            AgentCommand::ClearParty(id, party) => {
                self.of_party(id, party, CommandKind::ClearParty, |call, party| PhoneCommand::ClearParty { call, party });
                let asked = RequestId(self.count.request);
                let rings = |peer: &&mut Peer| peer.id == party && peer.state == ConnectionState::Alerting;
                self.edit(id, |call| call.peers.iter_mut().filter(rings).for_each(|peer| peer.leaving = Some(asked)));
            }
            AgentCommand::Conference(id, other) => {
                self.both(id, other, CommandKind::Conference, |call, other| PhoneCommand::ConferenceCall { call, other });
            }
            AgentCommand::Decline(id) => self.decline(id),
            AgentCommand::DeclineNotReady(id, reason) => {
                // First the state, then the call: else the phone system offers it again at once.
                self.enter_state(AgentState::NotReady { reason });
                self.decline(id);
            }
            AgentCommand::Deflect(id, number) => {
                let to = self.to_dial(&number);
                self.begin(id, CommandKind::Deflect, patience::COMMAND, |call| PhoneCommand::Deflect { call, to });
            }
            AgentCommand::DiscardLog(key) => self.discard_log(key),
            AgentCommand::Dismiss(id) => self.problems.retain(|problem| problem.id != id),
            AgentCommand::DropWanted => self.drop_wanted(),
            AgentCommand::ExtendWrapUp(id) => self.extend_wrap_up(id),
            AgentCommand::FinishWrapUp(id) => self.finish(id),
            AgentCommand::ForceEnd(id) => self.force_end(id),
            AgentCommand::Hold(id) => self.hold(id),
            AgentCommand::HoldParty(id, party) => {
                self.of_party(id, party, CommandKind::HoldParty, |call, party| PhoneCommand::HoldParty { call, party });
            }
            AgentCommand::Mute(id, on) => self.minor(id, CommandKind::Mute, |call| PhoneCommand::SetMute { call, on }),
            AgentCommand::MuteParty(id, party, on) => {
                self.of_party(id, party, CommandKind::MuteParty, |call, party| PhoneCommand::MuteParty { call, party, on });
            }
            AgentCommand::PopNow(id) => self.pop_now(id),
            AgentCommand::Reconnect(id) => self.clear(id, CommandKind::Reconnect),
            AgentCommand::RelateLog(..) | AgentCommand::SetLogDisposition(..) | AgentCommand::SetLogNotes(..) => self.mend(command),
            AgentCommand::ResendLog(key) => drop(self.outbox.resend(key, self.has_finder())),
            AgentCommand::Retrieve(id) => self.speak(id, CommandKind::Retrieve),
            AgentCommand::RetrieveParty(id, party) => {
                self.of_party(id, party, CommandKind::RetrieveParty, |call, party| PhoneCommand::RetrieveParty { call, party });
            }
            AgentCommand::Select(id, record) => {
                self.write(id, |_| {});
                self.select(id, record);
            }
            AgentCommand::SendDigits(id, digits) => {
                self.minor(id, CommandKind::SendDigits, |call| PhoneCommand::GenerateDigits { call, digits });
            }
            AgentCommand::SetDisposition(id, choice) => self.write(id, |core| core.disposition = choice),
            AgentCommand::SetNotes(id, notes) => self.write(id, |core| core.notes = notes),
            // Takes effect now, or after the call and its wrap-up.
            AgentCommand::SetNotReady(reason) => {
                self.agent.pending = Some(AgentState::NotReady { reason });
                self.answer_nothing_by_itself();
            }
            AgentCommand::SetReady => self.agent.pending = Some(AgentState::Ready),
            AgentCommand::SetRecording(id, to) => {
                self.minor(id, CommandKind::SetRecording, |call| PhoneCommand::SetRecording { call, to });
            }
            AgentCommand::Transfer(id, _) if self.seeded(Bug::TransferDrops) => self.clear(id, CommandKind::Transfer),
            AgentCommand::Transfer(id, other) => {
                let record = self.record_of_either(id, other);
                self.both(id, other, CommandKind::Transfer, |call, other| PhoneCommand::TransferCall { call, other, record });
            }
            AgentCommand::UseWanted(choice) => self.use_wanted(choice),
            // Somebody is called: the CRM may have a word to say.
            calls @ (AgentCommand::Consult { .. }
            | AgentCommand::Dial { .. }
            | AgentCommand::SingleStepConference(..)
            | AgentCommand::SingleStepTransfer(..)) => self.outward(calls, None),
        }
        Ok(())
    }

    /// Calls somebody.
    #[inline(never)]
    pub(super) fn call_out(&mut self, command: AgentCommand) {
        match command {
            AgentCommand::Consult { call, number } => self.consult(call, &number),
            AgentCommand::Dial { number, source } => self.dial(&number, source),
            AgentCommand::SingleStepConference(id, number) => {
                let to = self.to_dial(&number);
                self.minor(id, CommandKind::SingleStepConference, |call| PhoneCommand::SingleStepConference { call, to });
            }
            AgentCommand::SingleStepTransfer(id, number) => {
                let (to, record) = (self.to_dial(&number), self.record_of(id));
                let make = |call| PhoneCommand::SingleStepTransfer { call, to, record };
                self.begin(id, CommandKind::SingleStepTransfer, patience::TRANSFER, make);
            }
            // `outward` passes on nothing else.
            _ => {}
        }
    }

    fn dial(&mut self, number: &Private, source: DialSource) {
        let record = match &source {
            DialSource::Click { record, .. } => record.clone(),
            DialSource::DialPad | DialSource::Redial => None,
        };
        let Some(id) = self.new_outbound(number, record.as_ref().map(|record| record.name.clone())) else { return };
        self.edit(id, |call| {
            call.core.source = source;
            call.matches = record.iter().cloned().collect();
            if record.is_some() {
                call.associate(record, RecordSource::Dialed);
            }
        });
        self.speak(id, CommandKind::Dial);
        self.want_search(id);
    }

    /// Asks somebody else about a call, which waits on hold. Its record goes along; nothing is searched or opened for the colleague.
    fn consult(&mut self, about: CallId, number: &Private) {
        let (record, fields) = self.calls.get(&about).map(|call| (call.core.record.clone(), call.shown.fields.clone())).unwrap_or_default();
        let Some(id) = self.new_outbound(number, None) else { return };
        self.edit(id, |call| {
            call.consults = Some(about);
            call.core.consultation = true;
            call.shown.fields = fields;
            if record.is_some() {
                call.associate(record, RecordSource::Carried);
            }
        });
        self.speak(id, CommandKind::Dial);
    }

    fn new_outbound(&mut self, number: &Private, name: Option<Private>) -> Option<CallId> {
        let dialable = dialable(number.reveal(), &self.settings.dialing)?;
        let kind = if dialable.internal { CallKind::Internal } else { CallKind::Outbound };
        let party = Party { number: dialable.party, name: name.unwrap_or_default() };
        let id = self.new_call(Direction::Out, kind, party, State::Initiated { until: self.now.mono + patience::INITIATED });
        self.edit(id, |call| (call.core.dialed, call.core.then) = (dialable.to, dialable.then));
        Some(id)
    }

    /// Asks the phone system for a call that exists here already.
    pub(super) fn place(&mut self, id: CallId) {
        let patience = if self.seeded(Bug::DialingNeverOverdue) { u64::MAX / 2 } else { patience::INITIATED };
        let until = self.now.mono + patience;
        let about = self.calls.get(&id).and_then(|call| call.consults).and_then(|about| self.calls.get(&about));
        let consults = about.filter(|about| about.is_live()).and_then(|about| about.phone_ref.clone());
        let record = self.record_of(id);
        let Some(call) = self.calls.get_mut(&id) else { return };
        (call.doing, call.state) = (None, State::Initiated { until });
        let to = call.core.dialed.clone();
        let request = self.ask_phone(PhoneCommand::MakeCall { to, record, consults });
        self.waiting.insert(request, Waiting::Dial { call: id, until });
    }

    fn clear(&mut self, id: CallId, command: CommandKind) {
        let never_asked =
            self.calls.get(&id).is_some_and(|call| call.doing.is_some_and(|doing| doing.waits && doing.command == CommandKind::Dial));
        self.begin(id, command, patience::CLEARING, |call| PhoneCommand::ClearConnection { call });
        if never_asked {
            self.end(id, Cause::Normal);
        }
    }

    fn decline(&mut self, id: CallId) {
        let answering =
            self.calls.get(&id).and_then(|call| call.doing).is_some_and(|doing| doing.command == CommandKind::Answer && !doing.waits);
        if answering {
            // It may be answered by now, and an answered call cannot be turned away any more.
            self.begin(id, CommandKind::Decline, patience::CLEARING, |call| PhoneCommand::ClearConnection { call });
            return;
        }
        self.begin(id, CommandKind::Decline, patience::CLEARING, |call| PhoneCommand::Decline { call, cause: Cause::Declined });
    }

    fn force_end(&mut self, id: CallId) {
        let others_leave = |call: &Call| match call.doing() {
            // Under its name there may be the other call's party by now, or the one who is on the way to somebody else.
            Some(CommandKind::Conference | CommandKind::SingleStepTransfer | CommandKind::Transfer) => true,
            // Without the agent there would be no conference.
            _ => call.is_conference() && !self.phone.capabilities.leave,
        };
        if self.calls.get(&id).is_some_and(others_leave) {
            // Nobody was asked to leave. What is really left, the sync tells.
            self.end(id, Cause::Lost);
            self.ask_sync();
            return;
        }
        self.free_for_good(id);
        self.give_up(id);
        self.end(id, Cause::Lost);
        self.ask_sync();
    }

    /// Begins a command that the call waits for.
    pub(super) fn begin(&mut self, id: CallId, command: CommandKind, patience: u64, make: impl FnOnce(PhoneRef) -> PhoneCommand) {
        let until = self.now.mono + patience;
        let phone_ref = self.calls.get(&id).and_then(|call| call.phone_ref.clone());
        // A dialed call the phone system has not named yet is given up as soon as it is named.
        let request = phone_ref.map_or(RequestId(0), |call| self.ask_phone(make(call)));
        if let Some(call) = self.calls.get_mut(&id) {
            call.doing = Some(Doing { request, command, until, waits: false });
            (call.auto_answer, call.take_back) = (None, false);
        }
    }

    /// Begins a command that two calls wait for.
    fn both(&mut self, id: CallId, other: CallId, command: CommandKind, make: impl FnOnce(PhoneRef, PhoneRef) -> PhoneCommand) {
        let Some(second) = self.calls.get(&other).and_then(|call| call.phone_ref.clone()) else { return };
        self.begin(id, command, patience::JOINING, |first| make(first, second));
        let doing = self.calls.get(&id).and_then(|call| call.doing);
        self.edit(other, |call| call.doing = doing);
    }

    /// Asks for something that nothing else of the call waits for.
    pub(super) fn minor(&mut self, id: CallId, command: CommandKind, make: impl FnOnce(PhoneRef) -> PhoneCommand) {
        let Some(call) = self.calls.get(&id).and_then(|call| call.phone_ref.clone()) else { return };
        let request = self.ask_phone(make(call));
        self.waiting.insert(request, Waiting::Minor { call: id, command, until: self.now.mono + patience::COMMAND });
    }

    pub(super) fn of_party(
        &mut self,
        id: CallId,
        party: crate::PartyId,
        command: CommandKind,
        make: impl FnOnce(PhoneRef, PartyRef) -> PhoneCommand,
    ) {
        let Some(name) = self.peer(id, party).ok().and_then(|peer| peer.name.clone()) else { return };
        self.minor(id, command, |call| make(call, name));
    }

    pub(super) fn edit(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls.get_mut(&id) {
            change(call);
        }
    }

    fn select(&mut self, id: CallId, record: Option<RecordRef>) {
        let in_view = |id: &String| self.crm.in_view.as_ref().is_some_and(|record| record.id == *id);
        let pop = record.as_ref().map(|record| record.id.clone()).filter(|id| !id.is_empty() && !in_view(id));
        let joined = self.calls.get(&id).zip(record.as_ref()).and_then(|(call, person)| call.dialed_with(person));
        match joined {
            Some(dialed) => self.associate(id, Some(dialed), RecordSource::Dialed),
            None => self.associate(id, record, RecordSource::Picked),
        }
        // Choosing the same record once more opens it once more.
        if let Some(record) = pop {
            self.open_chosen(id, record);
        }
    }

    /// The number as the phone system wants it; `may` has seen that there is one.
    fn to_dial(&self, number: &Private) -> Private {
        dialable(number.reveal(), &self.settings.dialing).map(|dialable| dialable.to).unwrap_or_default()
    }

    /// The id of the record a call belongs to; empty for none.
    /// The record that travels when two calls are connected: the customer's, whichever of the two is passed on to the other.
    fn record_of_either(&self, id: CallId, other: CallId) -> String {
        let with_colleague =
            |call: &CallId| self.calls.get(call).is_some_and(|call| call.core.consultation || call.core.kind == CallKind::Internal);
        let mut both = [id, other];
        both.sort_by_key(with_colleague);
        both.into_iter().map(|call| self.record_of(call)).find(|record| !record.is_empty()).unwrap_or_default()
    }

    fn record_of(&self, id: CallId) -> String {
        self.calls.get(&id).and_then(|call| call.core.record.as_ref()).map(|record| record.id.clone()).unwrap_or_default()
    }
}
