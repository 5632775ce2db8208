//! The phone system's answers to commands, and their absence.

use crate::{CallId, Cause, CommandKind, PhoneCommand, PhoneRef, Private, ProblemKind, Refusal, RefusedReason, RequestId};

use super::{
    Softphone, Waiting,
    call::{Call, Doing},
};

impl Softphone {
    /// The dialed call has a name.
    #[inline(never)]
    pub(super) fn originated(&mut self, request: RequestId, name: PhoneRef) -> Result<(), Refusal> {
        let Some(Waiting::Dial { call: id, .. }) = self.waiting.get(&request) else { return Err(Refusal::StrayAnswer) };
        let id = *id;
        let other_name = |call: &Call| call.phone_ref.as_ref().is_some_and(|known| *known != name);
        if self.find(&name).is_some_and(|other| other != id) || self.calls.get(&id).is_some_and(other_name) {
            // Somebody else's name, or a second one: what is asked of this call must never reach another.
            return Err(Refusal::StrayAnswer);
        }
        self.name_taken(&name);
        if self.calls.get(&id).is_some_and(Call::is_live) {
            self.named(id, name);
        } else {
            // Given up here before the phone system had named it.
            self.freed_is_named(id, name.clone());
            self.ask_phone(PhoneCommand::ClearConnection { call: name });
        }
        Ok(())
    }

    /// The phone system's name for a dialed call is known at last; what the agent wants of it can be asked for.
    #[inline(never)]
    pub(super) fn named(&mut self, id: CallId, name: PhoneRef) {
        let mono = self.now.mono;
        let Some(call) = self.calls.get_mut(&id) else { return };
        (call.phone_ref, call.confirmed) = (Some(name.clone()), mono);
        if call.is_clearing() {
            let request = self.ask_phone(PhoneCommand::ClearConnection { call: name });
            if let Some(doing) = self.calls.get_mut(&id).and_then(|call| call.doing.as_mut()) {
                doing.request = request;
            }
        }
    }

    /// Carried out. What happened is told by a report of its own; only a command without one ends here.
    pub(super) fn done(&mut self, request: RequestId) -> Result<(), Refusal> {
        if let Some(Waiting::Dial { call, .. }) = self.waiting.get(&request)
            && self.calls.get(call).is_some_and(|call| call.phone_ref.is_none())
        {
            // The name is still to come: reports overtake each other.
            return Ok(());
        }
        match self.waiting.remove(&request) {
            Some(Waiting::Minor { .. } | Waiting::AgentState { .. } | Waiting::Dial { .. }) => Ok(()),
            // The list itself is what counts, and it may be lost.
            Some(sync @ Waiting::Sync { .. }) => {
                self.waiting.insert(request, sync);
                Ok(())
            }
            Some(asked @ (Waiting::Cases { .. } | Waiting::Fields { .. } | Waiting::Pop { .. })) => {
                self.waiting.insert(request, asked);
                Err(Refusal::StrayAnswer)
            }
            // A call's own command goes on until its report, or until its deadline.
            None if self.request_is_known(request) => Ok(()),
            None => Err(Refusal::StrayAnswer),
        }
    }

    const fn request_is_known(&self, request: RequestId) -> bool {
        request.0 != 0 && request.0 <= self.count.request
    }

    /// Not carried out. False when nobody asked.
    pub(super) fn refused(&mut self, request: RequestId, reason: RefusedReason, detail: Private) -> bool {
        match self.waiting.remove(&request) {
            Some(Waiting::AgentState { asked, before, .. }) => {
                self.state_refused(&asked, before, reason, detail);
                return true;
            }
            Some(Waiting::Dial { call, .. }) => {
                // The call itself could not be made; one that was named has reports of its own.
                if self.calls.get(&call).is_some_and(|call| call.is_live() && call.phone_ref.is_none()) {
                    self.end(call, cause_of(reason));
                }
                return true;
            }
            Some(Waiting::Minor { call, command, .. }) => {
                self.edit(call, |call| {
                    for peer in call.peers.iter_mut().filter(|peer| peer.leaving == Some(request)) {
                        peer.leaving = None;
                    }
                });
                self.command_refused(call, command, reason, detail);
                return true;
            }
            Some(Waiting::Sync { .. }) => return true,
            Some(asked @ (Waiting::Cases { .. } | Waiting::Fields { .. } | Waiting::Pop { .. })) => {
                self.waiting.insert(request, asked);
                return false;
            }
            None => {}
        }
        let asked = |call: &&mut Call| call.doing.is_some_and(|doing| !doing.waits && doing.request == request);
        let mut freed: Vec<(CallId, CommandKind)> = Vec::new();
        for call in self.calls.values_mut().filter(|_| request.0 != 0).filter(asked) {
            freed.extend(call.doing.take().map(|doing| (call.id, doing.command)));
        }
        // What two calls waited for is told once.
        match freed.first() {
            Some((id, command)) => self.command_refused(*id, *command, reason, detail),
            None => return self.request_is_known(request),
        }
        self.make_way(freed.iter().copied());
        self.take_back_the_caller(&freed);
        true
    }

    /// Nobody took the caller of a blind transfer, who is not to be left on hold.
    fn take_back_the_caller(&mut self, freed: &[(CallId, CommandKind)]) {
        if let Some((id, _)) = freed.iter().find(|(_, command)| *command == CommandKind::SingleStepTransfer) {
            self.retrieve_if_free(*id);
        }
    }

    pub(super) fn command_refused(&mut self, id: CallId, command: CommandKind, reason: RefusedReason, detail: Private) {
        if reason == RefusedReason::UnknownCall && self.calls.get(&id).is_some_and(Call::is_live) {
            self.end(id, Cause::Lost);
            // It may only have another name by now.
            self.ask_sync();
            return;
        }
        self.problem_with(ProblemKind::CommandRefused { command, reason }, Private::default(), detail);
    }

    /// The phone system never said whether it did what a call waits for.
    #[inline(never)]
    pub(super) fn command_overdue(&mut self, id: CallId) {
        let Some(doing) = self.calls.get(&id).and_then(|call| call.doing) else { return };
        if doing.waits {
            self.stop_waiting(id);
            return;
        }
        match doing.command {
            // The agent wants the line free; whether the phone system follows is found out by the sync.
            CommandKind::Clear | CommandKind::ClearCall | CommandKind::Reconnect => {
                self.free_for_good(id);
                self.end(id, Cause::Normal);
            }
            // If it still rings there, it rings here again.
            CommandKind::Decline => {
                self.edit(id, |call| call.core.unsure = true);
                self.end(id, Cause::Declined);
            }
            command => {
                let same = |other: Doing| !other.waits && other.request == doing.request && other.command == command;
                let mut freed = Vec::new();
                for call in self.calls.values_mut().filter(|call| call.id == id || call.doing.is_some_and(same)) {
                    call.doing = None;
                    freed.push((call.id, command));
                }
                self.command_refused(id, command, RefusedReason::Timeout, Private::default());
                self.make_way(freed.iter().copied());
                self.take_back_the_caller(&freed);
            }
        }
        self.ask_sync();
    }
}

/// What a refused dialing means for the call.
const fn cause_of(reason: RefusedReason) -> Cause {
    match reason {
        RefusedReason::Media => Cause::MediaFailure,
        RefusedReason::Offline => Cause::NetworkLost,
        RefusedReason::NotPermitted => Cause::Rejected,
        RefusedReason::Timeout => Cause::NoAnswer,
        RefusedReason::NotNow | RefusedReason::NotSupported | RefusedReason::UnknownCall => Cause::SystemFailure,
    }
}
