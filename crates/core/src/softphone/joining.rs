//! Calls that become one, parties that come and go, transfers.

use crate::{
    CallId, CallKind, Cause, CommandKind, ConnectionState, Party, PartyId, PartyRef, PhoneCommand, PhoneParty, PhoneRef, Private,
    ProblemKind, RecordSource, Refusal, Side,
};

use super::{
    Softphone, Waiting,
    call::{Call, Peer, State},
    cases::Cases,
    shown::Shown,
};

/// Parties kept of one call, whatever the phone system lists.
const MOST_PARTIES: usize = 64;

impl Softphone {
    /// Calls of the agent became one. The one that was not begun to ask about another goes on, else the oldest; the rest end.
    #[inline(never)]
    pub(super) fn conferenced(&mut self, calls: &[PhoneRef], name: PhoneRef, parties: Vec<PhoneParty>) -> Result<(), Refusal> {
        let mut joined: Vec<_> = calls.iter().chain([&name]).filter_map(|name| self.find(name)).collect();
        joined.sort_unstable_by_key(|id| (self.calls.get(id).is_none_or(|call| call.consults.is_some()), *id));
        joined.dedup();
        let Some((&stays, ends)) = joined.split_first() else { return Err(Refusal::StrayReport) };
        let record =
            ends.iter().find_map(|id| self.calls.get(id).and_then(|call| Some((call.core.record.clone()?, call.core.record_source?))));
        let joining = joined.iter().filter_map(|id| self.calls.get(id)).flat_map(|call| call.peers.clone());
        let everybody: Vec<_> =
            joining.map(|peer| (peer.name, peer.party, (ConnectionState::Connected, Side::Agent), peer.muted)).collect();
        for id in ends {
            self.end(*id, Cause::Conferenced);
        }
        let now = self.now;
        self.edit(stays, |call| {
            call.phone_ref = Some(name);
            call.confirm(now);
            if call.doing() == Some(CommandKind::Conference) {
                call.doing = None;
            }
            call.enter(State::Connected, now);
            if parties.is_empty() {
                call.set_peers(everybody, now.wall);
            } else {
                call.list(parties, now.wall);
            }
            if let Some((record, source)) = record.filter(|_| call.core.record.is_none()) {
                call.associate(Some(record), source);
            }
        });
        self.only_voice(stays);
        self.log_progress(stays);
        Ok(())
    }

    /// Who is in the call now, whole.
    #[inline(never)]
    pub(super) fn parties(&mut self, name: &PhoneRef, parties: Vec<PhoneParty>) -> Result<(), Refusal> {
        let wall = self.now.wall;
        if parties.is_empty() {
            let id = self.find(name).ok_or(Refusal::StrayReport)?;
            let left = |call: &Call| call.is_up() && call.doing.is_none() && call.peers.iter().all(|peer| peer.name.is_some());
            if self.calls.get(&id).is_some_and(left) {
                // Everybody left; the agent need not sit there alone.
                self.give_up(id);
                self.end(id, Cause::Normal);
            } else {
                // Nobody was listed before, or they are on the way to somewhere else: that is no reason to hang up on anybody.
                self.ask_sync();
            }
            return Ok(());
        }
        let (id, several, unreached) = self.on(name, |call| {
            let several = call.is_conference();
            let gone = |name: &Option<PartyRef>| !parties.iter().any(|party| Some(&party.id) == name.as_ref());
            // Whom the agent took out again is no news.
            let expected = |peer: &&Peer| peer.state == ConnectionState::Alerting && peer.leaving.is_none();
            let alerting = call.peers.iter().filter(expected).filter(|peer| gone(&peer.name));
            let unreached: Vec<_> = alerting.map(|peer| peer.party.number.clone()).collect();
            call.list(parties, wall);
            (call.id, several, unreached)
        })?;
        if several {
            self.take_back_the_last(id);
        }
        for number in unreached {
            self.problem(ProblemKind::PartyNotReached, number);
        }
        Ok(())
    }

    /// An ordinary call has no holding of parties: who was held in a conference that became one could not be reached any more.
    #[inline(never)]
    pub(super) fn take_back_the_last(&mut self, id: CallId) {
        let left = self.calls.get(&id).and_then(Call::left_on_hold);
        if let Some(party) = left.filter(|_| self.phone.capabilities.hold_party) {
            self.of_party(id, party, CommandKind::RetrieveParty, |call, party| PhoneCommand::RetrieveParty { call, party });
        }
    }

    /// The agent's transfer came about: the agent is out of both calls.
    #[inline(never)]
    pub(super) fn transferred(&mut self, name: &PhoneRef, other: Option<&PhoneRef>) -> Result<(), Refusal> {
        // One of the two may have been freed by force meanwhile.
        let id = self.find(name).or_else(|| other.and_then(|other| self.find(other))).ok_or(Refusal::StrayReport)?;
        let doing = self.calls.get(&id).and_then(|call| call.doing);
        let request = doing.map(|doing| doing.request);
        if !doing.is_some_and(|doing| matches!(doing.command, CommandKind::SingleStepTransfer | CommandKind::Transfer)) {
            // Done at another device, or not at all: whoever is still with the agent must not wait unseen.
            self.ask_sync();
        }
        let together =
            |call: &&Call| call.id != id && (call.phone_ref.as_ref() == other && other.is_some() || asked_together(call, request));
        let others: Vec<CallId> = self.live().filter(together).map(|call| call.id).collect();
        // The consultation first: what was written there goes to the call it was about, as long as that is there.
        let (asked, about): (Vec<CallId>, Vec<CallId>) =
            others.into_iter().chain([id]).partition(|id| self.calls.get(id).is_some_and(|call| call.consults.is_some()));
        for id in asked.into_iter().chain(about) {
            self.end(id, Cause::Transferred);
        }
        Ok(())
    }

    /// The blind transfer did not come about: the party is with the agent again.
    #[inline(never)]
    pub(super) fn transfer_failed(&mut self, name: &PhoneRef, cause: Cause, held: bool) -> Result<(), Refusal> {
        let now = self.now;
        let id = self.on(name, |call| {
            if call.doing() == Some(CommandKind::SingleStepTransfer) {
                call.doing = None;
            }
            if call.is_up() {
                call.enter(if held { State::Held } else { State::Connected }, now);
            }
            call.id
        })?;
        // No number: the party is still on the line, so there is nobody to call again.
        self.problem(ProblemKind::TransferFailed { cause }, Private::default());
        if held {
            self.retrieve_if_free(id);
        } else if self.live().any(|call| call.id != id && call.has_voice()) && self.may(CommandKind::Hold, id).is_ok() {
            // The agent talks with somebody else by now.
            self.hold(id);
        }
        Ok(())
    }

    /// Nobody else has the agent's voice: back to this call.
    #[inline(never)]
    pub(super) fn retrieve_if_free(&mut self, id: CallId) {
        if let Some(call) = self.calls.get_mut(&id).filter(|call| call.doing() == Some(CommandKind::Hold)) {
            call.take_back = true;
            return;
        }
        let busy = self.live().any(|call| call.id != id && call.has_voice() && !call.leaves_voice());
        if !busy && self.may(CommandKind::Retrieve, id).is_ok() {
            self.speak(id, CommandKind::Retrieve);
        }
    }

    /// The far end transferred: the call goes on with somebody else, whose record is opened like a caller's.
    #[inline(never)]
    pub(super) fn party_replaced(
        &mut self,
        name: &PhoneRef,
        party: Option<Party>,
        kind: Option<CallKind>,
        record: String,
    ) -> Result<(), Refusal> {
        let now = self.now;
        let (id, changed, forgets) = self.on(name, |call| {
            let (before, number) = (call.core.kind, call.core.party.number.clone());
            call.core.kind = kind.unwrap_or(before);
            if let [only] = call.peers.as_mut_slice() {
                only.state = ConnectionState::Connected;
            }
            if let Some(party) = party {
                call.rename(party, now.wall);
            }
            let changed = call.core.kind != before;
            let forgets = (changed || call.core.party.number != number) && !call.keeps_record(before, &record);
            if matches!(call.state, State::Delivered { .. } | State::Initiated { .. }) {
                call.enter(State::Connected, now);
            }
            (call.id, changed, forgets)
        })?;
        self.only_voice_if_connected(id);
        if forgets {
            self.forget_whose(id);
        }
        if !record.is_empty() {
            self.record_came_along(id, record);
        } else if changed || forgets {
            self.want_search(id);
        } else if self.calls.get(&id).is_some_and(|call| call.core.record_source.is_none()) {
            self.want_quiet_search(id);
        }
        // It was answered before anybody knew whose call it would be.
        if self.calls.get(&id).is_some_and(Call::is_up) {
            self.open_answered(id);
        }
        self.log_progress(id);
        Ok(())
    }

    /// Whose call it was is nothing to whoever is there now; nor is what is still asked about them.
    #[inline(never)]
    fn forget_whose(&mut self, id: CallId) {
        let about = |waiting: &Waiting| matches!(waiting, Waiting::Cases { call, .. } | Waiting::Fields { call, .. } if *call == id);
        self.waiting.retain(|_, waiting| !about(waiting));
        self.edit(id, |call| {
            (call.core.record, call.core.record_source) = (None, None);
            (call.matches, call.shown, call.cases) = (Vec::new(), Shown::default(), Cases::default());
            (call.found, call.opened) = (None, None);
        });
    }

    fn only_voice_if_connected(&mut self, id: CallId) {
        if self.calls.get(&id).is_some_and(|call| call.state == State::Connected) {
            self.only_voice(id);
        }
    }
}

/// Whether the call waits for the same answer.
fn asked_together(call: &Call, request: Option<crate::RequestId>) -> bool {
    call.doing.is_some_and(|doing| Some(doing.request) == request && doing.command == CommandKind::Transfer && !doing.waits)
}

impl Call {
    /// The one other party, held by the agent.
    fn left_on_hold(&self) -> Option<PartyId> {
        let [only] = self.peers.as_slice() else { return None };
        (only.state == ConnectionState::Held && only.held_by == Side::Agent).then_some(only.id)
    }

    /// Whether its record stays its own with somebody else at the other end: the agent's choice, what it was dialed from, the one that came along
    /// once more, and what a colleague handed over, who speaks of it and is not meant by it.
    fn keeps_record(&self, before: CallKind, came: &str) -> bool {
        match self.core.record_source {
            Some(RecordSource::Dialed | RecordSource::Picked) => true,
            Some(RecordSource::Carried) if came.is_empty() => before == CallKind::Internal,
            _ => self.core.record.iter().chain(&self.matches).any(|known| known.id == came),
        }
    }

    /// Takes the phone system's list of everybody else.
    #[inline(never)]
    pub(super) fn list(&mut self, parties: Vec<PhoneParty>, wall: u64) {
        let mut names: Vec<PartyRef> = Vec::new();
        let mut once = Vec::new();
        for party in parties.into_iter().take(MOST_PARTIES) {
            if !names.contains(&party.id) {
                names.push(party.id.clone());
                once.push((Some(party.id), party.party, (party.state, party.held_by), party.muted));
            }
        }
        self.set_peers(once, wall);
    }
}
