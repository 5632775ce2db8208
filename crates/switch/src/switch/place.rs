//! How a call comes into being.

use hookswitch_core::{CallKind, Cause, ConnectionState, Direction, Party, PhoneRef, Private, Recording};

use super::{Switch, network::NetworkProblem};
use crate::{
    CallAgent, PartyAct,
    call::{Call, Line},
    leg::Leg,
    timer::Timer,
};

impl Switch {
    /// A caller from outside. A direct call rings, ready or not: whoever knows the extension means this agent. A busy agent is busy, one
    /// who left does not answer. A call through a queue waits while the agent is not ready, in a call, or away; a call to the queue alone
    /// is for whichever agent it finds.
    pub(super) fn place(&mut self, call: CallAgent) -> Result<(), NetworkProblem> {
        let open = call.extension.is_empty() && !call.queue.is_empty();
        let known = self.extensions.get(&call.extension);
        if known.is_none() && !open {
            return Err(NetworkProblem::UnknownExtension);
        }
        let present = known.is_some_and(|known| known.present);
        let name = self.next_name();
        let congested = !self.has_free_trunk();
        let id = self.next_leg();
        let mut caller =
            Leg::new(id, name.clone(), None, Party { number: call.number, name: call.name }, ConnectionState::Connected, self.now);
        (caller.direction, caller.kind, caller.acts) = (Direction::Out, call.kind, call.acts);
        caller.acts.extend(call.hangs_up_after_ms.map(|after| (after, PartyAct::HangsUp)));
        let mut legs = vec![caller];
        let queued = !call.queue.is_empty();
        if !open {
            let mut callee = self.agent_leg(&call.extension, name.clone());
            callee.state = if queued { ConnectionState::Queued } else { ConnectionState::Null };
            (callee.queued, callee.kind, callee.invited_by) = (queued, call.kind, Some(id));
            legs.push(callee);
        }
        let busy = !self.has_free_line(&call.extension);
        let line = open.then(Line::default);
        let (called, queue, segment, record, owns_log) = (call.called, call.queue, call.segment, call.record, call.owns_log);
        self.begin(Call { called, queue, segment, record, owns_log, line, ..empty(name, legs) });
        let at = self.calls.len() - 1;
        let gives_up = call.gives_up_after_ms.unwrap_or(self.options.gives_up_after_ms);
        self.timers.set(self.now + gives_up, Timer::CallerGivesUp(id));
        if congested {
            self.finish(at, Cause::Congestion, None);
        } else if queued {
            self.offer_all();
        } else if !present {
            self.finish(at, Cause::NoAnswer, None);
        } else if busy {
            self.finish(at, Cause::Busy, None);
        } else {
            self.alert(at, 1);
        }
        Ok(())
    }

    /// An agent dials. The number is looked at when the network is reached.
    pub(super) fn originate(&mut self, extension: &str, to: Private, record: String, consults: Option<PhoneRef>) -> PhoneRef {
        let name = self.next_name();
        let mut caller = self.agent_leg(extension, name.clone());
        let mut callee = self.callee(&to, name.clone());
        callee.invited_by = Some(caller.id);
        caller.state = ConnectionState::Initiated;
        (caller.direction, caller.consults) = (Direction::Out, consults);
        caller.kind = if callee.extension.is_some() { CallKind::Internal } else { CallKind::Outbound };
        callee.kind = caller.kind;
        self.timers.set(self.now + self.options.reached_after_ms, Timer::Reached(callee.id));
        self.begin(Call { called: to.clone(), record, ..empty(name.clone(), vec![caller, callee]) });
        let at = self.calls.len() - 1;
        self.knows_parties(at, 0);
        // A colleague's name is told with the answer.
        if let [callee] = self.calls[at].legs[0].told.parties.as_mut_slice() {
            callee.party = Party { number: to, name: Private::default() };
        }
        name
    }

    /// An end for an agent, who has not been told yet.
    pub(super) fn agent_leg(&mut self, extension: &str, name: PhoneRef) -> Leg {
        let known = self.extensions.get(extension).map_or("", |known| known.name.as_str());
        let party = Party { number: extension.into(), name: known.into() };
        let id = self.next_leg();
        Leg::new(id, name, Some(extension.to_owned()), party, ConnectionState::Null, self.now)
    }

    fn begin(&mut self, call: Call) {
        self.calls.push(call);
    }
}

fn empty(name: PhoneRef, legs: Vec<Leg>) -> Call {
    Call {
        name,
        legs,
        called: Private::default(),
        queue: String::new(),
        segment: Private::default(),
        record: String::new(),
        owns_log: true,
        answered: false,
        recording: Recording::Off,
        line: None,
        recall: None,
        ended: None,
    }
}
