//! Calls of more than two: made of two calls, added to, managed, and left.

use hookswitch_core::{CallKind, Cause, ConnectionState, PhoneReport, Private, Recording};

use super::Switch;
use crate::leg::Leg;

impl Switch {
    /// One call of two: everybody of both is in the first.
    pub(super) fn conference(&mut self, first: (usize, usize), second: (usize, usize)) {
        let (at, place) = first;
        let (own, other) = (self.calls[at].legs[place].clone(), self.calls[second.0].legs[second.1].clone());
        let was_recorded = [at, second.0].into_iter().any(|at| self.calls[at].recording != Recording::Off);
        self.pour(second, at, Cause::Conferenced);
        self.calls[at].legs[place].state = ConnectionState::Connected;
        self.knows_parties(at, place);
        let parties = self.calls[at].parties(place);
        let call = own.name.clone();
        self.tell_leg(at, place, &PhoneReport::Conferenced { calls: vec![call.clone(), other.name], call: call.clone(), parties });
        // The one call has one voice and one recording; the agent knew two.
        if own.muted || other.muted {
            self.tell_leg(at, place, &PhoneReport::Muted { call: call.clone(), on: own.muted });
        }
        if was_recorded {
            let state = self.calls[at].recording;
            self.calls[at].legs[place].told.recording = state;
            self.tell_leg(at, place, &PhoneReport::RecordingChanged { call, state });
        }
        self.settle(at);
        self.offer_all();
    }

    /// Moves everybody of a call into another, except the end that has one there already; the empty call ends.
    pub(super) fn pour(&mut self, (from, but): (usize, usize), into: usize, cause: Cause) {
        let mut moved = self.calls[from].legs.clone();
        let gone = moved.remove(but);
        self.timers.drop_leg(gone.id);
        let call = &mut self.calls[from];
        for leg in &mut call.legs {
            leg.state = ConnectionState::Null;
        }
        call.ended = Some(cause);
        let (name, recording, answered) = (call.name.clone(), call.recording, call.answered);
        self.show_ended(name);
        let call = &mut self.calls[into];
        call.legs.extend(moved);
        call.answered |= answered;
        call.recording = match (call.recording, recording) {
            // What is kept stays kept.
            (Recording::On, _) | (_, Recording::On) => Recording::On,
            (Recording::Paused, _) | (_, Recording::Paused) => Recording::Paused,
            _ => Recording::Off,
        };
    }

    /// Somebody is called into the call.
    pub(super) fn add(&mut self, at: usize, place: usize, to: &Private) {
        let by = self.calls[at].legs[place].id;
        self.call_in(at, to, |leg| (leg.invited_by, leg.kind) = (Some(by), CallKind::Internal));
        self.refresh(at);
    }

    /// One party is taken out.
    pub(super) fn clear_party(&mut self, at: usize, party: usize) {
        if self.calls[at].legs[party].is_awaited() {
            self.not_reached(at, party, Cause::Abandoned);
        } else {
            self.leave(at, party, Cause::Normal);
        }
    }

    /// One party neither hears nor is heard, or does again.
    pub(super) fn park(&mut self, at: usize, party: usize, on: bool) {
        self.calls[at].legs[party].parked = on;
        self.refresh(at);
    }

    /// A voice is heard or not, by whoever's hand.
    pub(super) fn mute(&mut self, at: usize, place: usize, on: bool) {
        let leg = &mut self.calls[at].legs[place];
        leg.muted = on;
        let call = leg.name.clone();
        self.tell_leg(at, place, &PhoneReport::Muted { call, on });
        self.refresh(at);
    }

    /// The call is over for everybody.
    pub(super) fn clear_call(&mut self, at: usize, place: usize) {
        let cause = if self.calls[at].legs.iter().any(Leg::talks) { Cause::Normal } else { Cause::Abandoned };
        self.finish(at, cause, Some(place));
    }

    pub(super) fn record(&mut self, at: usize, to: Recording) {
        self.calls[at].recording = to;
        self.refresh(at);
    }
}
