//! Callers who wait: for one agent, or for whichever the queue finds.

use hookswitch_core::{Cause, ConnectionState, PhoneRef, PhoneReport};

use super::Switch;
use crate::{QueueStrategy, leg::Role, timer::Timer};

/// Between two rounds of a queue: nobody is asked again at once.
const PAUSE_MS: u64 = 5_000;

impl Switch {
    /// Gives agents the callers who wait longest, as long as there are both.
    pub(super) fn offer_all(&mut self) {
        for at in 0..self.calls.len() {
            if self.calls[at].ended.is_some() {
                continue;
            }
            if self.calls[at].line.is_some() {
                self.offer_line(at);
            }
            for place in 0..self.calls[at].legs.len() {
                let leg = &self.calls[at].legs[place];
                if leg.state == ConnectionState::Queued && leg.extension.as_deref().is_some_and(|agent| self.takes(agent, leg.queued)) {
                    self.alert(at, place);
                    self.refresh(at);
                }
            }
        }
    }

    /// A queue's caller wants a ready agent without calls; one that comes back, a free line.
    fn takes(&self, agent: &str, queued: bool) -> bool {
        let Some(known) = self.extensions.get(agent) else { return false };
        if queued { known.is_ready() && self.is_free(agent) } else { known.present && self.has_free_line(agent) }
    }

    fn is_free(&self, agent: &str) -> bool {
        self.calls_of(agent).next().is_none()
    }

    fn offer_line(&mut self, at: usize) {
        let ring_all = self.options.queue == QueueStrategy::RingAll;
        let rings = self.calls[at].legs.iter().any(|leg| leg.role == Role::Offer);
        let Some(line) = self.calls[at].line.clone() else { return };
        if rings && !ring_all {
            return;
        }
        let asked = |agent: &str| line.declined.contains(agent) || line.tried.contains(agent);
        let mut agents: Vec<(u64, String)> = self
            .extensions
            .iter()
            .filter(|(agent, known)| known.is_ready() && !asked(agent))
            .map(|(agent, known)| (known.asked, agent.clone()))
            .collect();
        agents.retain(|(_, agent)| self.is_free(agent));
        agents.sort_unstable();
        if !ring_all {
            agents.truncate(1);
        }
        if agents.is_empty() && !rings && !line.tried.is_empty() {
            self.pause(at);
        }
        for (_, agent) in agents {
            self.ring_at(at, &agent);
        }
    }

    fn ring_at(&mut self, at: usize, agent: &str) {
        self.count.offer += 1;
        let asked = self.count.offer;
        if let Some(known) = self.extensions.get_mut(agent) {
            known.asked = asked;
        }
        let place = self.offer(at, agent);
        let (id, call) = (self.calls[at].legs[place].id, &mut self.calls[at]);
        if let Some(line) = call.line.as_mut() {
            line.rung.retain(|rung| rung != agent);
            line.rung.push(agent.to_owned());
        }
        if self.options.queue == QueueStrategy::RoundRobin {
            self.timers.set(self.now + self.options.queue_ring_ms, Timer::OfferOver(id));
        }
        self.alert(at, place);
    }

    /// An end for an agent who may take the caller.
    fn offer(&mut self, at: usize, agent: &str) -> usize {
        let name = self.next_name();
        let mut leg = self.agent_leg(agent, name);
        leg.role = Role::Offer;
        leg.kind = self.calls[at].legs.first().map_or(leg.kind, |caller| caller.kind);
        let legs = &mut self.calls[at].legs;
        legs.push(leg);
        legs.len() - 1
    }

    /// The agent had time enough.
    pub(super) fn offer_over(&mut self, at: usize, place: usize) {
        self.not_reached(at, place, Cause::NoAnswer);
    }

    /// An agent did not take the caller, who waits on: for another, and for this one again unless turned away for good.
    pub(super) fn offer_came_back(&mut self, at: usize, agent: String, cause: Cause) {
        let Some(line) = self.calls[at].line.as_mut() else { return };
        if cause == Cause::Declined {
            line.declined.insert(agent);
            return;
        }
        line.tried.insert(agent);
        if self.options.queue == QueueStrategy::RingAll {
            self.pause(at);
        }
    }

    fn pause(&mut self, at: usize) {
        let again = self.now + PAUSE_MS;
        let call = &mut self.calls[at];
        if let Some(line) = call.line.as_mut().filter(|line| !line.pauses) {
            line.pauses = true;
            self.timers.set(again, Timer::QueueAgain(call.name.clone()));
        }
    }

    /// A new round.
    pub(super) fn queue_again(&mut self, call: &PhoneRef) {
        let Some(at) = self.position(call) else { return };
        if let Some(line) = self.calls[at].line.as_mut() {
            (line.tried, line.pauses) = Default::default();
        }
        self.offer_all();
    }

    /// The caller is on the way to somebody and waits in the queue no longer.
    pub(super) fn withdraw_offers(&mut self, at: usize) {
        self.calls[at].line = None;
        while let Some(place) = self.calls[at].legs.iter().position(|leg| leg.role == Role::Offer) {
            let call = self.calls[at].legs[place].name.clone();
            self.tell_leg(at, place, &PhoneReport::ConnectionCleared { call, cause: Cause::AnsweredElsewhere });
            self.take_out(at, place);
        }
    }

    /// The caller leaves the queue unserved: one agent logs that, of those it rings at, or else of those it rang at. Until now none knew
    /// whether it would be missed.
    pub(super) fn somebody_logs(&mut self, at: usize, cause: Cause) {
        let call = &self.calls[at];
        let Some(line) = call.line.as_ref().filter(|_| call.owns_log && cause != Cause::AnsweredElsewhere) else { return };
        if let Some(place) = call.legs.iter().position(|leg| leg.role == Role::Offer) {
            return self.tell_delivered(at, place, true);
        }
        // It rings nowhere: all declined it, or one round is over and the next has not begun. It is told once more, as it ends.
        let present = |agent: &&String| self.extensions.get(*agent).is_some_and(|known| known.present);
        let mut last = line.rung.iter().rev().filter(present);
        let free = last.clone().find(|agent| self.is_free(agent));
        if let Some(agent) = free.or_else(|| last.next()).cloned() {
            let place = self.offer(at, &agent);
            self.calls[at].legs[place].state = ConnectionState::Alerting;
            self.knows_parties(at, place);
            self.tell_delivered(at, place, true);
        }
    }
}
