//! How a call comes about, connects and ends.

use hookswitch_core::{CallKind, Cause, ConnectionState, Party, PhoneRef, PhoneReport, Private};

use super::{SHOWN_AFTER_END_MS, Switch, network::NetworkProblem};
use crate::{
    Behaviour, CallAgent,
    call::{CALLED, CALLER, Call, End},
    options::digits_of,
    timer::Timer,
};

impl Switch {
    /// A caller from outside. A direct call rings, ready or not: whoever knows the extension means this agent. A busy agent is busy, one
    /// who left does not answer. A call through a queue waits while the agent is not ready, in a call, or away.
    pub(super) fn place(&mut self, call: CallAgent) -> Result<(), NetworkProblem> {
        let Some(agent) = self.extensions.get(&call.extension) else { return Err(NetworkProblem::UnknownExtension) };
        let (present, callee) = (agent.present, agent_party(&call.extension, &agent.name));
        let name = self.next_name();
        let caller = End::new(None, Party { number: call.number, name: call.name }, ConnectionState::Connected);
        let queued = !call.queue.is_empty();
        let state = if queued { ConnectionState::Queued } else { ConnectionState::Null };
        let busy = !self.has_free_line(&call.extension);
        self.calls.push(Call {
            name: name.clone(),
            ends: [caller, End::new(Some(call.extension.clone()), callee, state)],
            kind: call.kind,
            called: call.called,
            queue: call.queue,
            record: call.record,
            owns_log: call.owns_log,
            began: self.now,
            answered: None,
            hangs_up_after_ms: call.hangs_up_after_ms,
            ended: None,
        });
        let at = self.calls.len() - 1;
        let gives_up = call.gives_up_after_ms.unwrap_or(self.options.gives_up_after_ms);
        self.timers.set(self.now + gives_up, Timer::CallerGivesUp(name));
        if queued {
            self.offer(&call.extension);
        } else if !present {
            self.finish(at, Cause::NoAnswer, None);
        } else if busy {
            self.finish(at, Cause::Busy, None);
        } else {
            self.alert(at);
        }
        Ok(())
    }

    /// Gives a ready and free agent the caller who waits longest, as long as there are both.
    pub(super) fn offer(&mut self, extension: &str) {
        let ready = self.extensions.get(extension).is_some_and(|known| known.state.as_ref().is_some_and(|(ready, _)| *ready));
        if !ready || !self.has_page(extension) {
            return;
        }
        while self.has_free_line(extension) {
            let waits = |call: &Call| {
                let end = &call.ends[CALLED];
                call.ended.is_none() && end.state == ConnectionState::Queued && end.extension.as_deref() == Some(extension)
            };
            let Some(at) = self.calls.iter().position(waits) else { return };
            self.alert(at);
        }
    }

    /// An agent dials. The number is looked at when the network is reached.
    pub(super) fn originate(&mut self, extension: &str, to: Private, record: String) -> PhoneRef {
        let name = self.next_name();
        let own_name = self.extensions.get(extension).map_or("", |known| known.name.as_str());
        let caller = End::new(Some(extension.to_owned()), agent_party(extension, own_name), ConnectionState::Initiated);
        let callee = to.reveal().trim();
        let (kind, called_end) = match self.extensions.get(callee) {
            Some(known) => {
                let party = agent_party(callee, &known.name);
                (CallKind::Internal, End::new(Some(callee.to_owned()), party, ConnectionState::Null))
            }
            None => {
                let party = Party { number: to.clone(), name: Private::default() };
                (CallKind::Outbound, End::new(None, party, ConnectionState::Null))
            }
        };
        self.calls.push(Call {
            name: name.clone(),
            ends: [caller, called_end],
            kind,
            called: to,
            queue: String::new(),
            record,
            owns_log: true,
            began: self.now,
            answered: None,
            hangs_up_after_ms: None,
            ended: None,
        });
        self.timers.set(self.now + self.options.reached_after_ms, Timer::Reached(name.clone()));
        name
    }

    /// The dialed call arrives where it was dialed to.
    pub(super) fn reached(&mut self, at: usize) {
        match self.calls[at].ends[CALLED].extension.clone() {
            Some(callee) => self.reached_colleague(at, &callee),
            None => self.reached_outside(at),
        }
    }

    fn reached_colleague(&mut self, at: usize, callee: &str) {
        let call = &self.calls[at];
        let to_oneself = call.ends[CALLER].extension.as_deref() == Some(callee);
        if to_oneself || !self.has_free_line(callee) {
            return self.finish(at, Cause::Busy, None);
        }
        if !self.extensions.get(callee).is_some_and(|known| known.present) {
            return self.finish(at, Cause::NoAnswer, None);
        }
        let name = call.name.clone();
        self.timers.set(self.now + self.options.gives_up_after_ms, Timer::Fails(name.clone(), Cause::NoAnswer));
        self.tell_end(at, CALLER, &PhoneReport::NetworkReached { call: name, early_media: false });
        self.alert(at);
    }

    fn reached_outside(&mut self, at: usize) {
        let name = self.calls[at].name.clone();
        let digits = digits_of(self.calls[at].called.reveal());
        let behaviour = self.behaviours.get(&digits).copied().unwrap_or_else(|| Behaviour::of(&digits, &self.options));
        let (after, timer) = match behaviour {
            Behaviour::Answers { after_ms, hangs_up_after_ms } => {
                self.calls[at].hangs_up_after_ms = hangs_up_after_ms;
                (after_ms, Timer::Answers(name.clone()))
            }
            Behaviour::Fails { cause } => return self.finish(at, cause, None),
            Behaviour::Rejects { after_ms } => (after_ms, Timer::Fails(name.clone(), Cause::Rejected)),
            Behaviour::RingsOut => (self.options.no_answer_after_ms, Timer::Fails(name.clone(), Cause::NoAnswer)),
            Behaviour::Waits => (self.options.unanswered_after_ms, Timer::Fails(name.clone(), Cause::NoAnswer)),
        };
        self.timers.set(self.now + after, timer);
        self.calls[at].ends[CALLED].state = ConnectionState::Alerting;
        self.tell_end(at, CALLER, &PhoneReport::NetworkReached { call: name, early_media: self.options.early_media });
    }

    /// The call rings at the called agent.
    fn alert(&mut self, at: usize) {
        let call = &mut self.calls[at];
        call.ends[CALLED].state = ConnectionState::Alerting;
        let delivered = PhoneReport::Delivered {
            call: call.name.clone(),
            from: call.ends[CALLER].party.clone(),
            called: call.called.clone(),
            queue: call.queue.clone(),
            kind: call.kind,
            record: call.record.clone(),
            owns_log: call.owns_log,
        };
        self.tell_end(at, CALLED, &delivered);
    }

    /// The called end answers; `party` is who really did, where that is not the one who was called.
    pub(super) fn connect(&mut self, at: usize, party: Option<Party>) {
        let now = self.now;
        let call = &mut self.calls[at];
        call.answered = Some(now);
        if let Some(party) = &party {
            call.ends[CALLED].party = party.clone();
        }
        for end in &mut call.ends {
            end.state = ConnectionState::Connected;
        }
        let (name, hangs_up) = (call.name.clone(), call.hangs_up_after_ms);
        self.timers.drop_call(&name);
        if let Some(after) = hangs_up {
            self.timers.set(now + after, Timer::HangsUp(name.clone()));
        }
        self.tell_end(at, CALLED, &PhoneReport::Established { call: name.clone(), party: None });
        self.tell_end(at, CALLER, &PhoneReport::Established { call: name, party });
    }

    /// The caller has waited long enough.
    pub(super) fn give_up(&mut self, at: usize) {
        self.finish(at, Cause::Abandoned, Some(CALLER));
    }

    /// The party outside hangs up, whatever that means at this point of the call.
    pub(super) fn far_hangs_up(&mut self, at: usize) {
        let Some(place) = self.calls[at].outside() else { return };
        let cause = match (self.calls[at].answered, place) {
            (Some(_), _) => Cause::Normal,
            (None, CALLER) => Cause::Abandoned,
            (None, _) => Cause::Rejected,
        };
        self.finish(at, cause, Some(place));
    }

    /// The call ends for everybody; `by` is the end that ended it, if one did.
    pub(super) fn finish(&mut self, at: usize, cause: Cause, by: Option<usize>) {
        let call = &mut self.calls[at];
        let name = call.name.clone();
        call.ended = Some(cause);
        let answered = call.answered.is_some();
        let knew = [CALLER, CALLED].map(|place| {
            let before = core::mem::replace(&mut call.ends[place].state, ConnectionState::Null);
            !matches!(before, ConnectionState::Null | ConnectionState::Queued)
        });
        let agents = [CALLER, CALLED].map(|place| call.ends[place].extension.clone());
        self.timers.drop_call(&name);
        self.timers.set(self.now + SHOWN_AFTER_END_MS, Timer::Forget(name.clone()));
        for place in [CALLER, CALLED] {
            if knew[place] {
                self.tell_end(at, place, &ending(name.clone(), cause, answered, place, by));
            }
        }
        for agent in agents.into_iter().flatten() {
            self.offer(&agent);
        }
    }

    fn next_name(&mut self) -> PhoneRef {
        self.count += 1;
        PhoneRef(format!("c{:x}-{}", self.seed, self.count))
    }
}

/// How one agent is told the end of a call.
fn ending(call: PhoneRef, cause: Cause, answered: bool, place: usize, by: Option<usize>) -> PhoneReport {
    if place == CALLED || answered {
        return PhoneReport::ConnectionCleared { call, cause };
    }
    // The caller, unanswered: giving up is no failure, and a colleague's decline is a refusal here.
    match cause {
        _ if by == Some(CALLER) => PhoneReport::ConnectionCleared { call, cause: Cause::Normal },
        Cause::Declined => PhoneReport::Failed { call, cause: Cause::Rejected },
        cause => PhoneReport::Failed { call, cause },
    }
}

fn agent_party(extension: &str, name: &str) -> Party {
    Party { number: extension.into(), name: name.into() }
}
