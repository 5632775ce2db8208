//! How ends leave a call, and how a call ends. Who was not asked to leave stays as long as there is anybody to talk to.

use hookswitch_core::{Cause, ConnectionState, Direction, PhoneRef, PhoneReport, Recording, Side};

use super::{RECORDING_STORED_MS, SHOWN_AFTER_END_MS, Switch};
use crate::{
    call::Call,
    leg::{Leg, Role},
    timer::Timer,
};

impl Switch {
    /// The end hangs up, whatever that means at this point of the call.
    pub(super) fn hang_up(&mut self, at: usize, place: usize) {
        let leg = &self.calls[at].legs[place];
        let outside = leg.extension.is_none();
        match (leg.is_awaited(), leg.answered.is_some()) {
            (true, _) => self.not_reached(at, place, if outside { Cause::Rejected } else { Cause::Declined }),
            (false, true) => self.leave(at, place, Cause::Normal),
            (false, false) => self.leave(at, place, Cause::Abandoned),
        }
    }

    /// The agent's page stayed away.
    pub(super) fn lost_contact(&mut self, at: usize, place: usize) {
        self.leave(at, place, Cause::NetworkLost);
    }

    /// The end is out; if that leaves anybody alone, the call is over.
    pub(super) fn leave(&mut self, at: usize, place: usize, cause: Cause) {
        if !self.calls[at].lasts_without(place) {
            return self.finish(at, cause, Some(place));
        }
        let call = &self.calls[at];
        let (id, name, own) = (call.legs[place].id, call.legs[place].name.clone(), call.legs[place].extension.clone());
        let report = match call.target_of(id) {
            // Whoever hangs up while transferring is done: the target goes on ringing for the other.
            Some(target) => {
                self.calls[at].legs[target].role = Role::Member;
                PhoneReport::Transferred { call: name, by: Side::Agent, other: None, party: None, kind: None, record: String::new() }
            }
            None => PhoneReport::ConnectionCleared { call: name, cause },
        };
        self.tell_leg(at, place, &report);
        if self.calls[at].legs.iter().any(|leg| leg.is_awaited() && leg.role == Role::Member) {
            self.calls[at].recall = own.or_else(|| self.calls[at].recall.take());
        }
        self.take_out(at, place);
        self.settle(at);
        self.offer_all();
    }

    /// Whoever was called does not come to the call.
    pub(super) fn not_reached(&mut self, at: usize, place: usize, cause: Cause) {
        let call = &self.calls[at];
        let leg = &call.legs[place];
        let name = leg.name.clone();
        let told = PhoneReport::ConnectionCleared { call: name, cause };
        match leg.role {
            Role::Offer => {
                let agent = leg.extension.clone().unwrap_or_default();
                self.tell_leg(at, place, &told);
                self.take_out(at, place);
                self.offer_came_back(at, agent, cause);
            }
            Role::Target { by } => {
                self.tell_reached(at, place, &told);
                self.take_out(at, place);
                self.gets_back(at, by, cause);
            }
            Role::Member if call.lasts_without(place) => {
                self.tell_reached(at, place, &told);
                self.take_out(at, place);
                self.settle(at);
            }
            Role::Member => match call.recall.clone() {
                Some(agent) if call.legs.iter().any(|other| other.id != leg.id && other.talks()) => {
                    self.tell_reached(at, place, &told);
                    self.take_out(at, place);
                    self.comes_back(at, &agent);
                }
                _ => self.finish(at, cause, Some(place)),
            },
        }
        self.offer_all();
    }

    /// The call ends for everybody; `by` is the end that ended it, if one did.
    pub(super) fn finish(&mut self, at: usize, cause: Cause, by: Option<usize>) {
        self.somebody_logs(at, cause);
        let call = &mut self.calls[at];
        call.ended = Some(cause);
        let (name, count) = (call.name.clone(), call.legs.len());
        for place in 0..count {
            let leg = &mut self.calls[at].legs[place];
            let before = core::mem::replace(&mut leg.state, ConnectionState::Null);
            self.timers.drop_leg(self.calls[at].legs[place].id);
            if !matches!(before, ConnectionState::Null | ConnectionState::Queued) {
                let report = ending(&self.calls[at].legs[place], cause, by == Some(place));
                self.tell_leg(at, place, &report);
                self.tell_of_the_recording(at, place);
            }
        }
        self.show_ended(name);
        self.offer_all();
    }

    /// Where the recording is, and how good the line was: known only some time after the end.
    fn tell_of_the_recording(&mut self, at: usize, place: usize) {
        let call = &self.calls[at];
        let leg = &call.legs[place];
        let Some(extension) = leg.extension.clone().filter(|_| call.recording != Recording::Off) else { return };
        let reference = ["https://recordings.example/", &leg.name.0].concat();
        let recording = PhoneReport::RecordingReference { call: leg.name.clone(), reference: reference.into() };
        let quality = PhoneReport::Quality { call: leg.name.clone(), mos_hundredths: 421 };
        for report in [recording, quality] {
            self.timers.set(self.now + RECORDING_STORED_MS, Timer::After(extension.clone(), Box::new(report)));
        }
    }

    /// The ended call stays visible for a moment.
    pub(super) fn show_ended(&mut self, call: PhoneRef) {
        self.timers.set(self.now + SHOWN_AFTER_END_MS, Timer::Forget(call));
    }

    /// Removes one end and nothing else.
    pub(super) fn take_out(&mut self, at: usize, place: usize) -> Leg {
        let leg = self.calls[at].legs.remove(place);
        self.timers.drop_leg(leg.id);
        leg
    }

    /// After somebody left: two are an ordinary call, in which nobody is held by a third any more.
    pub(super) fn settle(&mut self, at: usize) {
        let call = &mut self.calls[at];
        if !call.is_conference() {
            for leg in &mut call.legs {
                leg.parked = false;
            }
        }
        self.refresh(at);
    }

    /// Tells an end that was rung, and not one that was only dialed.
    fn tell_reached(&mut self, at: usize, place: usize, report: &PhoneReport) {
        if self.calls[at].legs[place].state != ConnectionState::Null {
            self.tell_leg(at, place, report);
        }
    }
}

impl Call {
    /// Whether the others go on without this end: somebody talks, and somebody else is there or is being called.
    fn lasts_without(&self, place: usize) -> bool {
        let gone = self.legs[place].id;
        let stays = |leg: &&Leg| leg.id != gone && (leg.role == Role::Member || leg.role == Role::Target { by: gone });
        if self.line.is_some() {
            // The caller waits in the queue, whoever declines.
            return self.legs[place].role == Role::Offer;
        }
        self.legs.iter().filter(stays).count() > 1 && self.legs.iter().filter(stays).any(Leg::talks)
    }
}

/// How one agent is told the end of a call.
fn ending(leg: &Leg, cause: Cause, own: bool) -> PhoneReport {
    let call = leg.name.clone();
    match (leg.direction, leg.answered, cause) {
        (Direction::In, None, Cause::Normal) => PhoneReport::ConnectionCleared { call, cause: Cause::Abandoned },
        (Direction::In, ..) | (_, Some(_), _) => PhoneReport::ConnectionCleared { call, cause },
        // The caller, unanswered: giving up is no failure, and a colleague's decline is a refusal here.
        _ if own => PhoneReport::ConnectionCleared { call, cause: Cause::Normal },
        (.., Cause::Declined) => PhoneReport::Failed { call, cause: Cause::Rejected },
        (.., cause) => PhoneReport::Failed { call, cause },
    }
}
