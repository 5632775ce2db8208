//! Ringing and answering.

use hookswitch_core::{ConnectionState, Party, PhoneReport, Side};

use super::Switch;
use crate::{
    leg::{Leg, LegId, Role},
    timer::Timer,
};

impl Switch {
    /// The call rings at an agent.
    pub(super) fn alert(&mut self, at: usize, place: usize) {
        let leg = &mut self.calls[at].legs[place];
        (leg.state, leg.began) = (ConnectionState::Alerting, if leg.queued { leg.began } else { self.now });
        self.knows_parties(at, place);
        let owns_log = self.calls[at].is_logged_by_whom_it_rings_at();
        self.tell_delivered(at, place, owns_log);
    }

    pub(super) fn tell_delivered(&mut self, at: usize, place: usize, owns_log: bool) {
        let call = &self.calls[at];
        let leg = &call.legs[place];
        let delivered = PhoneReport::Delivered {
            call: leg.name.clone(),
            from: leg.told.parties.first().map(|caller| caller.party.clone()).unwrap_or_default(),
            called: call.called.clone(),
            queue: call.queue.clone(),
            segment: call.segment.clone(),
            kind: leg.kind,
            record: call.record.clone(),
            owns_log,
        };
        self.tell_leg(at, place, &delivered);
    }

    /// The called end answers; `party` is who really did, where that is not the one who was called.
    pub(super) fn connect(&mut self, at: usize, place: usize, party: Option<Party>) {
        let now = self.now;
        let leg = &mut self.calls[at].legs[place];
        (leg.state, leg.answered) = (ConnectionState::Connected, Some(now));
        if let Some(party) = party {
            leg.party = party;
        }
        let (name, role) = (leg.name.clone(), core::mem::replace(&mut leg.role, Role::Member));
        self.calls[at].answered = true;
        self.talk(at, place);
        self.tell_leg(at, place, &PhoneReport::Established { call: name, party: None });
        match role {
            Role::Member => {}
            Role::Offer => self.withdraw_offers(at),
            Role::Target { by } => self.passed_on(at, by),
        }
        self.callers_are_met(at);
        let call = &mut self.calls[at];
        if call.legs.iter().all(Leg::is_up) {
            call.recall = None;
        }
        self.refresh(at);
        self.offer_all();
    }

    /// Whoever waited for an answer has it.
    fn callers_are_met(&mut self, at: usize) {
        for place in 0..self.calls[at].legs.len() {
            let leg = &mut self.calls[at].legs[place];
            let waited = matches!(leg.state, ConnectionState::Connected | ConnectionState::Initiated) && leg.answered.is_none();
            // Whoever waited for somebody to come back waits no longer.
            self.timers.drop_patience(leg.id);
            if waited {
                (leg.state, leg.answered) = (ConnectionState::Connected, Some(self.now));
                self.talk(at, place);
            }
        }
    }

    /// From here on the end does what people do in a call, and no longer what they do before.
    fn talk(&mut self, at: usize, place: usize) {
        let leg = &self.calls[at].legs[place];
        let (id, acts) = (leg.id, leg.acts.clone());
        self.timers.drop_leg(id);
        for (after, act) in acts {
            self.timers.set(self.now + after, Timer::Acts(id, act));
        }
    }

    /// The target of a blind transfer answered: the agent who transferred is out.
    fn passed_on(&mut self, at: usize, by: LegId) {
        let Some(place) = self.calls[at].place(by) else { return };
        let call = self.calls[at].legs[place].name.clone();
        let report = PhoneReport::Transferred { call, by: Side::Agent, other: None, party: None, kind: None, record: String::new() };
        self.tell_leg(at, place, &report);
        self.take_out(at, place);
    }
}
