//! Calling somebody: an agent by extension, anybody else over an outside line.

use hookswitch_core::{Cause, ConnectionState, Party, PhoneRef, PhoneReport, Private};

use super::Switch;
use crate::{
    Behaviour, PartyAct,
    leg::Leg,
    options::{MESSAGE_MS, digits_of},
    timer::Timer,
};

impl Switch {
    /// An end for whoever has this number; nobody is called yet.
    pub(super) fn callee(&mut self, to: &Private, name: PhoneRef) -> Leg {
        let number = to.reveal().trim();
        if self.extensions.contains_key(number) {
            return self.agent_leg(number, name);
        }
        let party = Party { number: to.clone(), name: Private::default() };
        let id = self.next_leg();
        let mut leg = Leg::new(id, name, None, party, ConnectionState::Null, self.now);
        // The voicemail box is in the house.
        leg.trunk = number != self.options.voicemail;
        leg
    }

    /// Calls one more number into a call. `prepare` says what it is to be there.
    pub(super) fn call_in(&mut self, at: usize, to: &Private, prepare: impl FnOnce(&mut Leg)) {
        let name = self.next_name();
        let mut leg = self.callee(to, name);
        prepare(&mut leg);
        self.timers.set(self.now + self.options.reached_after_ms, Timer::Reached(leg.id));
        self.calls[at].legs.push(leg);
    }

    /// One more person outside can be in a call.
    pub(super) fn has_free_trunk(&self) -> bool {
        let most = usize::try_from(self.options.trunks).unwrap_or(usize::MAX);
        let lasting = self.calls.iter().filter(|call| call.ended.is_none());
        let used = |leg: &&Leg| leg.trunk && leg.state != ConnectionState::Null;
        most == 0 || lasting.flat_map(|call| &call.legs).filter(used).count() < most
    }

    /// The call arrives where it was dialed to.
    pub(super) fn reached(&mut self, at: usize, place: usize) {
        match self.calls[at].legs[place].extension.clone() {
            Some(callee) => self.reached_colleague(at, place, &callee),
            None => self.reached_outside(at, place),
        }
    }

    fn reached_colleague(&mut self, at: usize, place: usize, callee: &str) {
        let call = &self.calls[at];
        let id = call.legs[place].id;
        let to_oneself =
            call.legs.iter().any(|leg| Some(leg.id) == call.legs[place].invited_by && leg.extension.as_deref() == Some(callee));
        if to_oneself || !self.has_free_line(callee) {
            return self.not_reached(at, place, Cause::Busy);
        }
        if !self.extensions.get(callee).is_some_and(|known| known.present) {
            return self.not_reached(at, place, Cause::NoAnswer);
        }
        self.timers.set(self.now + self.options.gives_up_after_ms, Timer::Fails(id, Cause::NoAnswer));
        self.network_reached(at, false);
        self.alert(at, place);
        self.refresh(at);
    }

    fn reached_outside(&mut self, at: usize, place: usize) {
        let leg = &self.calls[at].legs[place];
        let (id, digits, needs_line) = (leg.id, digits_of(leg.party.number.reveal()), leg.trunk);
        let behaviour = self.behaviours.get(&digits).copied().unwrap_or_else(|| Behaviour::of(&digits, &self.options));
        if needs_line && !self.has_free_trunk() {
            return self.not_reached(at, place, Cause::Congestion);
        }
        let (after, timer) = match behaviour {
            Behaviour::Answers { after_ms, hangs_up_after_ms } => {
                let acts = hangs_up_after_ms.map(|after| (after, PartyAct::HangsUp));
                self.calls[at].legs[place].acts.extend(acts);
                (after_ms, Timer::Answers(id))
            }
            Behaviour::Fails { cause } => return self.not_reached(at, place, cause),
            Behaviour::Rejects { after_ms } => (after_ms, Timer::Fails(id, Cause::Rejected)),
            Behaviour::RingsOut => (self.options.no_answer_after_ms, Timer::Fails(id, Cause::NoAnswer)),
            Behaviour::Voicemail { after_ms } => (after_ms, Timer::Voicemail(id)),
            Behaviour::Waits => (self.options.unanswered_after_ms, Timer::Fails(id, Cause::NoAnswer)),
        };
        self.timers.set(self.now + after, timer);
        self.calls[at].legs[place].state = ConnectionState::Alerting;
        self.network_reached(at, self.options.early_media);
        self.refresh(at);
    }

    /// Whoever dialed hears it ring.
    fn network_reached(&mut self, at: usize, early_media: bool) {
        for place in 0..self.calls[at].legs.len() {
            let leg = &mut self.calls[at].legs[place];
            if leg.state == ConnectionState::Initiated {
                leg.state = ConnectionState::Connected;
                let call = leg.name.clone();
                self.tell_leg(at, place, &PhoneReport::NetworkReached { call, early_media });
            }
        }
    }

    /// The voicemail box answers, for itself or in somebody's place, and hangs up when the message is over.
    pub(super) fn voicemail_answers(&mut self, at: usize, place: usize) {
        let leg = &mut self.calls[at].legs[place];
        leg.acts = vec![(MESSAGE_MS, PartyAct::HangsUp)];
        let party = Party { number: leg.party.number.clone(), name: "Voicemail".into() };
        self.connect(at, place, Some(party));
    }
}
