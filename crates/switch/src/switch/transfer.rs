//! Transfers: blind, of two calls, by the far end; and calls that are sent on unanswered. The party stays with somebody throughout.

use hookswitch_core::{CallKind, Cause, ConnectionState, Direction, Party, PhoneReport, Private, Side};

use super::Switch;
use crate::{
    leg::{Leg, LegId, Role},
    timer::Timer,
};

impl Switch {
    /// Blind: the party waits on hold while the target rings, and comes back if nobody there wants it.
    pub(super) fn single_step_transfer(&mut self, at: usize, place: usize, to: &Private, record: String) {
        if self.calls[at].legs[place].state == ConnectionState::Connected {
            self.hold(at, place);
        }
        let call = &mut self.calls[at];
        if !record.is_empty() {
            call.record = record;
        }
        let by = call.legs[place].id;
        let from_outside = call.peers(place).into_iter().any(|peer| call.legs[peer].extension.is_none());
        // Whoever began the call once: the target is called.
        let kind = if from_outside { CallKind::Inbound } else { CallKind::Internal };
        self.call_in(at, to, |leg| (leg.role, leg.kind, leg.invited_by) = (Role::Target { by }, kind, Some(by)));
    }

    /// The target of a blind transfer did not come: the party is with the agent again.
    pub(super) fn gets_back(&mut self, at: usize, by: LegId, cause: Cause) {
        let Some(place) = self.calls[at].place(by) else { return };
        let leg = &self.calls[at].legs[place];
        // What the target declined is a refusal here.
        let cause = if cause == Cause::Declined { Cause::Rejected } else { cause };
        let report = PhoneReport::TransferFailed { call: leg.name.clone(), cause, held: leg.state == ConnectionState::Held };
        self.tell_leg(at, place, &report);
        self.refresh(at);
    }

    /// The agent takes the party back before the target answered.
    pub(super) fn take_back(&mut self, at: usize, place: usize) {
        let by = self.calls[at].legs[place].id;
        if let Some(target) = self.calls[at].target_of(by) {
            self.not_reached(at, target, Cause::Abandoned);
        }
    }

    /// The parties of two calls are connected, the agent leaves both. The second may still ring.
    pub(super) fn transfer_call(&mut self, first: (usize, usize), second: (usize, usize), record: String) {
        let ((at, place), (other, other_place)) = (first, second);
        let leg = self.calls[at].legs[place].clone();
        let gone = self.calls[other].legs[other_place].clone();
        let report = PhoneReport::Transferred {
            call: leg.name.clone(),
            by: Side::Agent,
            other: Some(gone.name.clone()),
            party: None,
            kind: None,
            record: String::new(),
        };
        self.tell_leg(at, place, &report);
        let before = self.calls[at].legs.len();
        self.pour(second, at, Cause::Transferred);
        if !record.is_empty() {
            self.calls[at].record = record;
        }
        self.take_out(at, place);
        let call = &mut self.calls[at];
        if !call.is_conference() {
            // Each sees the other as the agent saw them; but only who dialed has an outbound call.
            for (place, party) in call.legs.iter_mut().enumerate() {
                let kind = if place + 1 < before { gone.kind } else { leg.kind };
                let called = party.direction == Direction::In && kind == CallKind::Outbound;
                party.kind = if called { CallKind::Inbound } else { kind };
            }
        }
        if call.legs.iter().any(Leg::is_awaited) {
            call.recall = leg.extension;
        }
        self.settle(at);
        self.offer_all();
    }

    /// Nobody came to whom the call was passed on: the agent who did gets it back, as soon as a line is free.
    pub(super) fn comes_back(&mut self, at: usize, agent: &str) {
        self.calls[at].recall = None;
        let name = self.next_name();
        let mut leg = self.agent_leg(agent, name);
        let waits = self.calls[at].legs.iter().find(|leg| leg.talks());
        let outside = waits.filter(|other| other.extension.is_none());
        leg.kind = if outside.is_some() { CallKind::Inbound } else { CallKind::Internal };
        leg.state = ConnectionState::Queued;
        if let Some(caller) = outside {
            self.timers.set(self.now + self.options.gives_up_after_ms, Timer::CallerGivesUp(caller.id));
        }
        self.calls[at].legs.push(leg);
        self.settle(at);
    }

    /// Somebody else takes the place of one outside, who leaves.
    pub(super) fn replace(&mut self, at: usize, place: usize, to: Party, record: String) {
        let id = self.next_leg();
        let call = &mut self.calls[at];
        if !record.is_empty() {
            call.record = record;
        }
        let leg = &mut call.legs[place];
        self.timers.drop_leg(leg.id);
        (leg.id, leg.party, leg.state) = (id, to, ConnectionState::Connected);
        (leg.parked, leg.muted) = (false, false);
        leg.digits.clear();
        self.refresh(at);
    }

    /// The call rings at another number instead of this agent's.
    pub(super) fn deflect(&mut self, at: usize, place: usize, to: &Private) {
        let gone = &self.calls[at].legs[place];
        let report = PhoneReport::ConnectionCleared { call: gone.name.clone(), cause: Cause::Deflected };
        let (role, kind, by) = (gone.role, gone.kind, gone.invited_by);
        self.tell_leg(at, place, &report);
        self.take_out(at, place);
        let role = match role {
            Role::Offer => {
                self.withdraw_offers(at);
                Role::Member
            }
            Role::Member | Role::Target { .. } => role,
        };
        self.call_in(at, to, |leg| (leg.role, leg.kind, leg.invited_by) = (role, kind, by));
        self.refresh(at);
        self.offer_all();
    }
}
