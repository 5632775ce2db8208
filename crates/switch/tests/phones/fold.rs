//! What an agent knows who only listens to reports: held against the sync, which tells the truth.

use std::collections::BTreeMap;

use hookswitch_core::{ConnectionState, Party, PartyRef, PhoneCall, PhoneParty, PhoneRef, PhoneReport, Private, Recording, Side};

/// An agent's calls, by their reports alone.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Fold {
    /// What was dialed last.
    pub(crate) dialed: Private,
    pub(crate) calls: BTreeMap<PhoneRef, Folded>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Folded {
    pub(crate) state: ConnectionState,
    pub(crate) answered: bool,
    muted: bool,
    recording: Recording,
    /// None where an ordinary call's party was not named.
    pub(crate) peers: Vec<(Option<PartyRef>, Party, ConnectionState, bool)>,
}

impl Fold {
    /// Takes a report as a softphone would that believes everything.
    pub(crate) fn hear(&mut self, report: &PhoneReport) {
        match report.clone() {
            PhoneReport::Originated { call, .. } => {
                let callee = (None, Party { number: self.dialed.clone(), name: Private::default() }, ConnectionState::Alerting, false);
                self.calls.insert(call, Folded::new(ConnectionState::Initiated, vec![callee]));
            }
            PhoneReport::Delivered { call, from, .. } => {
                let caller = (None, from, ConnectionState::Connected, false);
                self.calls.insert(call, Folded::new(ConnectionState::Alerting, vec![caller]));
            }
            PhoneReport::NetworkReached { call, .. } => self.call(&call).state = ConnectionState::Connected,
            PhoneReport::Established { call, party } => {
                let call = self.call(&call);
                if !call.answered {
                    (call.state, call.answered) = (ConnectionState::Connected, true);
                }
                let only = call.only();
                only.2 = ConnectionState::Connected;
                only.1 = party.unwrap_or_else(|| only.1.clone());
            }
            PhoneReport::ConnectionCleared { call, .. } | PhoneReport::Failed { call, .. } => {
                self.calls.remove(&call).expect("only a call that is known ends");
            }
            PhoneReport::Held { call, by: Side::Agent } => self.call(&call).state = ConnectionState::Held,
            PhoneReport::Held { call, by: Side::Party } => self.call(&call).only().2 = ConnectionState::Held,
            PhoneReport::Retrieved { call, by: Side::Agent } => self.call(&call).state = ConnectionState::Connected,
            PhoneReport::Retrieved { call, by: Side::Party } => self.call(&call).only().2 = ConnectionState::Connected,
            PhoneReport::Muted { call, on } => self.call(&call).muted = on,
            PhoneReport::RecordingChanged { call, state } => self.call(&call).recording = state,
            PhoneReport::Parties { call, parties } => self.call(&call).list(parties),
            PhoneReport::Conferenced { calls, call, parties } => {
                let mut one = self.call(&call).clone();
                for name in calls {
                    self.calls.remove(&name).expect("only known calls become one");
                }
                one.state = ConnectionState::Connected;
                one.list(parties);
                self.calls.insert(call, one);
            }
            PhoneReport::TransferFailed { call, held, .. } => {
                self.call(&call).state = if held { ConnectionState::Held } else { ConnectionState::Connected };
            }
            PhoneReport::Transferred { call, by: Side::Agent, other, .. } => {
                for call in [Some(call), other].into_iter().flatten() {
                    self.calls.remove(&call).expect("only known calls are transferred");
                }
            }
            PhoneReport::Transferred { call, by: Side::Party, party, .. } => {
                let call = self.call(&call);
                call.peers = vec![(None, party.expect("somebody is there"), ConnectionState::Connected, false)];
            }
            PhoneReport::Sync { calls } => self.calls = calls.into_iter().map(|call| (call.call.clone(), Folded::told(call))).collect(),
            PhoneReport::Account { .. }
            | PhoneReport::AgentState { .. }
            | PhoneReport::Capabilities { .. }
            | PhoneReport::DigitsGenerated { .. }
            | PhoneReport::Done { .. }
            | PhoneReport::Quality { .. }
            | PhoneReport::RecordingReference { .. }
            | PhoneReport::Refused { .. }
            | PhoneReport::Service { .. } => {}
            other => panic!("the switch never says {other:?}"),
        }
    }

    /// The first thing in which the truth differs from what was told, in words.
    pub(crate) fn differs(&self, truth: &[PhoneCall]) -> Option<String> {
        let names: Vec<_> = truth.iter().map(|call| &call.call).collect();
        if let Some(gone) = self.calls.keys().find(|name| !names.contains(name)) {
            return Some(format!("{gone:?} ended and nobody was told"));
        }
        truth.iter().find_map(|call| {
            let Some(told) = self.calls.get(&call.call) else { return Some(format!("{:?} was never told", call.call)) };
            told.differs(&Folded::told(call.clone())).map(|what| format!("{:?}: {what}\n told {told:?}\n is   {call:?}", call.call))
        })
    }

    fn call(&mut self, name: &PhoneRef) -> &mut Folded {
        self.calls.get_mut(name).unwrap_or_else(|| panic!("{name:?} is spoken of and was never told"))
    }
}

impl Folded {
    const fn new(state: ConnectionState, peers: Vec<(Option<PartyRef>, Party, ConnectionState, bool)>) -> Self {
        Self { state, answered: false, muted: false, recording: Recording::Off, peers }
    }

    fn told(call: PhoneCall) -> Self {
        let peers = match call.parties.len() {
            0 => vec![(None, call.party, call.far_state, false)],
            _ => call.parties.into_iter().map(|party| (Some(party.id), party.party, party.state, party.muted)).collect(),
        };
        Self { state: call.state, answered: call.answered_ms.is_some(), muted: call.muted, recording: call.recording, peers }
    }

    fn only(&mut self) -> &mut (Option<PartyRef>, Party, ConnectionState, bool) {
        match self.peers.as_mut_slice() {
            [only] => only,
            peers => panic!("spoken of the one party of a call of {}", peers.len()),
        }
    }

    fn list(&mut self, parties: Vec<PhoneParty>) {
        assert!(!parties.is_empty(), "a call of nobody");
        self.peers = parties.into_iter().map(|party| (Some(party.id), party.party, party.state, party.muted)).collect();
    }

    fn differs(&self, truth: &Self) -> Option<&'static str> {
        if (self.state, self.answered, self.muted, self.recording) != (truth.state, truth.answered, truth.muted, truth.recording) {
            return Some("the agent's own end");
        }
        match (self.peers.as_slice(), truth.peers.as_slice()) {
            // Who will answer a dialed call in the end is told when somebody does.
            ([_], [_]) if !self.answered && self.state != ConnectionState::Alerting => None,
            ([told], [is]) => ((&told.1, told.2) != (&is.1, is.2)).then_some("the other end"),
            (told, is) => (told != is).then_some("the parties"),
        }
    }
}
