//! A call and its ends.

use std::collections::BTreeSet;

use hookswitch_core::{Cause, ConnectionState, PartyRef, PhoneCall, PhoneParty, PhoneRef, Private, Recording, Side};

use crate::{
    CallView, EndView,
    leg::{Leg, LegId, Role},
};

/// A call: whoever is in it, however many. Two ends are the ordinary case.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// As observers know it.
    pub(crate) name: PhoneRef,
    pub(crate) legs: Vec<Leg>,
    pub(crate) called: Private,
    pub(crate) queue: String,
    pub(crate) segment: Private,
    pub(crate) record: String,
    pub(crate) owns_log: bool,
    /// Somebody answered it once.
    pub(crate) answered: bool,
    pub(crate) recording: Recording,
    /// Waits in a queue for any agent.
    pub(crate) line: Option<Line>,
    /// The agent who passed it on to somebody who had not answered yet: gets it back if nobody does.
    pub(crate) recall: Option<String>,
    pub(crate) ended: Option<Cause>,
}

/// The place of a caller in a queue of several agents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Agents who turned the call away for good.
    pub(crate) declined: BTreeSet<String>,
    /// Agents it rang at in this round.
    pub(crate) tried: BTreeSet<String>,
    /// Agents it ever rang at, the last one last.
    pub(crate) rung: Vec<String>,
    /// A new round begins when its timer says so.
    pub(crate) pauses: bool,
}

impl Call {
    /// The end that is `extension`'s and known by `name`, while the call lasts and reached that agent.
    pub(crate) fn leg_of(&self, extension: &str, name: &PhoneRef) -> Option<usize> {
        self.legs_of(extension).find(|place| self.legs[*place].name == *name)
    }

    /// The ends of an agent, while the call lasts and reached that agent.
    pub(crate) fn legs_of(&self, extension: &str) -> impl Iterator<Item = usize> {
        let reached = |leg: &Leg| !matches!(leg.state, ConnectionState::Null | ConnectionState::Queued);
        let is_it = move |leg: &Leg| leg.extension.as_deref() == Some(extension) && reached(leg);
        let lasts = self.ended.is_none();
        self.legs.iter().enumerate().filter(move |(_, leg)| lasts && is_it(leg)).map(|(place, _)| place)
    }

    pub(crate) fn place(&self, id: LegId) -> Option<usize> {
        self.legs.iter().position(|leg| leg.id == id)
    }

    pub(crate) fn place_named(&self, party: &PartyRef) -> Option<usize> {
        self.legs.iter().position(|leg| leg.id.name() == *party)
    }

    /// How many take part, those who are being called included.
    pub(crate) fn size(&self) -> usize {
        self.legs.iter().filter(|leg| leg.role == Role::Member).count()
    }

    pub(crate) fn is_conference(&self) -> bool {
        self.size() > 2
    }

    /// A blind transfer by this end is under way.
    pub(crate) fn target_of(&self, by: LegId) -> Option<usize> {
        self.legs.iter().position(|leg| leg.role == Role::Target { by })
    }

    /// Everybody the agent at `place` has to do with. Whoever is being rung has to do with one: who called.
    pub(crate) fn peers(&self, place: usize) -> Vec<usize> {
        let own = &self.legs[place];
        let but = match own.role {
            Role::Target { by } => Some(by),
            Role::Member | Role::Offer => None,
        };
        let is_peer = |(other, leg): &(usize, &Leg)| *other != place && leg.role == Role::Member && Some(leg.id) != but;
        let peers: Vec<usize> = self.legs.iter().enumerate().filter(is_peer).map(|(other, _)| other).collect();
        if !own.is_awaited() {
            return peers;
        }
        let caller = peers.iter().find(|peer| Some(self.legs[**peer].id) == own.invited_by);
        let caller = caller.or_else(|| peers.iter().find(|peer| self.legs[**peer].is_up())).or_else(|| peers.first());
        caller.copied().into_iter().collect()
    }

    /// The same as the agent is told it.
    pub(crate) fn parties(&self, place: usize) -> Vec<PhoneParty> {
        let own = &self.legs[place];
        let state = |peer: &Leg| match peer.state {
            // Whoever is rung is called by somebody who listens.
            _ if own.is_awaited() => ConnectionState::Connected,
            ConnectionState::Held => ConnectionState::Held,
            ConnectionState::Connected if own.parked || peer.parked => ConnectionState::Held,
            ConnectionState::Connected => ConnectionState::Connected,
            _ => ConnectionState::Alerting,
        };
        let held_by = |peer: &Leg| if peer.state == ConnectionState::Held && !peer.parked { Side::Party } else { Side::Agent };
        let party = |peer: &Leg| PhoneParty {
            id: peer.id.name(),
            party: peer.party.clone(),
            state: state(peer),
            held_by: held_by(peer),
            muted: peer.muted,
        };
        self.peers(place).into_iter().map(|peer| party(&self.legs[peer])).collect()
    }

    /// The call as the agent at `place` is told it.
    pub(crate) fn told(&self, place: usize, now: u64) -> PhoneCall {
        let own = &self.legs[place];
        let parties = self.parties(place);
        let first = parties.first().cloned();
        PhoneCall {
            call: own.name.clone(),
            party: first.as_ref().map(|first| first.party.clone()).unwrap_or_default(),
            called: self.called.clone(),
            queue: self.queue.clone(),
            segment: self.segment.clone(),
            kind: own.kind,
            direction: own.direction,
            state: own.state,
            far_state: first.map_or(ConnectionState::Null, |first| first.state),
            muted: own.muted,
            age_ms: now - own.began,
            answered_ms: own.answered.map(|at| now - at),
            record: self.record.clone(),
            parties: if parties.len() > 1 { parties } else { Vec::new() },
            // Whoever only rings is not recorded.
            recording: if own.talks() { self.recording } else { Recording::Off },
            consults: own.consults.clone(),
            owns_log: self.is_logged_by_whom_it_rings_at(),
        }
    }

    /// Whoever it rings at logs it if nobody answers. Of a queue's agents one does, who is told when the caller leaves unserved.
    pub(crate) const fn is_logged_by_whom_it_rings_at(&self) -> bool {
        self.owns_log && self.line.is_none()
    }

    pub(crate) fn view(&self) -> CallView {
        let parties: Vec<EndView> = self.legs.iter().map(Leg::view).collect();
        // A caller in a queue that rings nowhere: the queue is at the other end.
        let queue = || EndView {
            id: PartyRef(String::new()),
            call: self.name.clone(),
            extension: String::new(),
            number: self.called.clone(),
            name: self.queue.as_str().into(),
            state: if self.line.is_some() { ConnectionState::Queued } else { ConnectionState::Null },
            muted: false,
            parked: false,
            digits: Private::default(),
        };
        CallView {
            call: self.name.clone(),
            kind: self
                .legs
                .iter()
                .find(|leg| leg.extension.is_some())
                .or_else(|| self.legs.first())
                .map_or(hookswitch_core::CallKind::Inbound, |leg| leg.kind),
            from: parties.first().cloned().unwrap_or_else(queue),
            to: parties.get(1).cloned().unwrap_or_else(queue),
            called: self.called.clone(),
            queue: self.queue.clone(),
            record: self.record.clone(),
            answered: self.answered,
            ended: self.ended,
            recording: self.recording,
            parties,
        }
    }
}
