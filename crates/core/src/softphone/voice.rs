//! The agent has one voice: whoever is to have it next, the call that has it now is held first.

use crate::{CallId, CommandKind, PhoneCommand, Refusal, bug::Bug};

use super::{
    Softphone,
    call::{Call, Doing, State},
    patience,
};

impl Softphone {
    /// Whether the voice can go to `next` (none: a call that does not exist yet).
    pub(super) fn can_speak(&self, next: Option<CallId>) -> Result<(), Refusal> {
        for call in self.others_with_voice(next).filter(|call| !call.leaves_voice()) {
            if call.state != State::Connected || call.doing.is_some() {
                return Err(Refusal::InProgress(call.id));
            }
            if !self.phone.capabilities.hold {
                return Err(Refusal::NotSupported);
            }
        }
        Ok(())
    }

    /// Gives `id` the voice by `command`: at once if it is free, else as soon as it is.
    #[inline(never)]
    pub(super) fn speak(&mut self, id: CallId, command: CommandKind) {
        let in_the_way: Vec<_> = self.others_with_voice(Some(id)).map(|call| (call.id, call.leaves_voice())).collect();
        if self.seeded(Bug::AnswerHoldsNothing) {
            return self.speak_now(id, command);
        }
        for (other, _) in in_the_way.iter().filter(|(_, leaves)| !leaves) {
            self.hold(*other);
        }
        let waits = !in_the_way.is_empty();
        if waits {
            let until = self.now.mono + patience::MAKING_WAY;
            if let Some(call) = self.calls.get_mut(&id) {
                call.doing = Some(Doing { request: crate::RequestId(0), command, until, waits });
            }
        } else {
            self.speak_now(id, command);
        }
    }

    /// Runs with every input: whoever waited for the voice gets it, or learns that it does not come.
    pub(super) fn pass_the_voice(&mut self) {
        let waiting: Vec<_> =
            self.calls.values().filter_map(|call| call.doing.filter(|doing| doing.waits).map(|doing| (call.id, doing.command))).collect();
        for (id, command) in waiting {
            if self.others_with_voice(Some(id)).next().is_none() {
                self.speak_now(id, command);
            } else if self.others_with_voice(Some(id)).any(|call| !call.leaves_voice()) {
                if self.seeded(Bug::HoldRefusedGoesOn) {
                    return self.speak_now(id, command);
                }
                self.stop_waiting(id);
            }
        }
    }

    /// What had to happen first did not; the agent was told why.
    pub(super) fn stop_waiting(&mut self, id: CallId) {
        let Some(doing) = self.calls.get_mut(&id).and_then(|call| call.doing.take()) else { return };
        if doing.command == CommandKind::Dial {
            self.end(id, crate::Cause::SystemFailure);
        }
    }

    /// The phone system connected `id`: every other call that still has the voice is held, so that nobody overhears.
    pub(super) fn only_voice(&mut self, id: CallId) {
        if !self.phone.capabilities.hold || self.seeded(Bug::SecondIsOverheard) {
            return;
        }
        let others: Vec<_> = self
            .others_with_voice(Some(id))
            .filter(|call| call.state == State::Connected && call.doing.is_none())
            .map(|call| call.id)
            .collect();
        for other in others {
            self.hold(other);
        }
    }

    /// Calls whose command failed may find that somebody else was connected meanwhile. A refused hold is not tried again at once.
    pub(super) fn make_way(&mut self, freed: impl Iterator<Item = (CallId, CommandKind)>) {
        for (id, _) in freed.filter(|(_, command)| *command != CommandKind::Hold) {
            let heard = self.others_with_voice(Some(id)).any(|call| call.state == State::Connected && !call.leaves_voice());
            if heard && self.may(CommandKind::Hold, id).is_ok() {
                self.hold(id);
            }
        }
    }

    pub(super) fn hold(&mut self, id: CallId) {
        self.begin(id, CommandKind::Hold, patience::COMMAND, |call| PhoneCommand::Hold { call });
    }

    fn speak_now(&mut self, id: CallId, command: CommandKind) {
        match command {
            CommandKind::Answer => self.begin(id, command, patience::COMMAND, |call| PhoneCommand::Answer { call }),
            CommandKind::Dial => self.place(id),
            _ => self.begin(id, command, patience::COMMAND, |call| PhoneCommand::Retrieve { call }),
        }
    }

    pub(super) fn others_with_voice(&self, but: Option<CallId>) -> impl Iterator<Item = &Call> {
        self.calls.values().filter(move |call| Some(call.id) != but && call.has_voice())
    }
}
