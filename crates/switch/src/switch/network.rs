//! What observers do, in the place of the people outside and of the network between.

use hookswitch_core::{ConnectionState, PhoneRef};

use super::{Client, Switch};
use crate::{
    NetworkCommand, Problem, ServerMessage,
    call::{CALLED, Call},
    options::digits_of,
};

/// Why an observer's command is not carried out. Nothing changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum NetworkProblem {
    /// It ended, or never existed.
    #[error("there is no such call: it ended, or never existed")]
    UnknownCall,
    /// No softphone ever said hello with it.
    #[error("no softphone has been opened with this extension: open one first")]
    UnknownExtension,
    /// The call cannot do this now.
    #[error("the call is not in a state for this, or its other end is an agent who must do it")]
    WrongState,
}

impl NetworkProblem {
    const fn code(self) -> &'static str {
        match self {
            Self::UnknownCall => "unknownCall",
            Self::UnknownExtension => "unknownExtension",
            Self::WrongState => "wrongState",
        }
    }
}

impl Switch {
    pub(super) fn network(&mut self, from: Client, command: NetworkCommand) {
        if let Err(problem) = self.act(command) {
            let problem = Problem { code: problem.code().to_owned(), detail: problem.to_string() };
            self.out.push_back((from, ServerMessage::Error(problem)));
        }
    }

    fn act(&mut self, command: NetworkCommand) -> Result<(), NetworkProblem> {
        match command {
            NetworkCommand::Answer { call, party } => {
                let at = self.find(&call, |call| call.outside() == Some(CALLED) && call.ends[CALLED].state == ConnectionState::Alerting)?;
                self.connect(at, party);
            }
            NetworkCommand::AnsweredElsewhere { call } => {
                let waits = |state| matches!(state, ConnectionState::Alerting | ConnectionState::Queued);
                let at = self.find(&call, |call| call.outside() != Some(CALLED) && waits(call.ends[CALLED].state))?;
                self.finish(at, hookswitch_core::Cause::AnsweredElsewhere, None);
            }
            NetworkCommand::CallAgent(call) => self.place(call)?,
            NetworkCommand::HangUp { call } => {
                let at = self.find(&call, |call| call.outside().is_some())?;
                self.far_hangs_up(at);
            }
            NetworkCommand::Hold { call } => {
                let (at, place) = self.find_outside(&call, ConnectionState::Connected)?;
                self.hold(at, place);
            }
            NetworkCommand::IgnoreNext { count } => self.faults.ignore = count,
            NetworkCommand::LoseCall { call } => self.lose(&call)?,
            NetworkCommand::Outage { for_ms } => self.outage(for_ms),
            NetworkCommand::RefuseNext { count, reason, detail } => {
                self.faults.refuse = (count > 0).then_some((count, reason, detail));
            }
            NetworkCommand::Reject { call, cause } => {
                let at = self.find(&call, |call| call.outside() == Some(CALLED) && call.answered.is_none())?;
                self.finish(at, cause, Some(CALLED));
            }
            NetworkCommand::Retrieve { call } => {
                let (at, place) = self.find_outside(&call, ConnectionState::Held)?;
                self.retrieve(at, place);
            }
            NetworkCommand::SetBehaviour { number, behaviour } => {
                let digits = digits_of(number.reveal());
                match behaviour {
                    Some(behaviour) => drop(self.behaviours.insert(digits, behaviour)),
                    None => drop(self.behaviours.remove(&digits)),
                }
            }
            NetworkCommand::SetOptions { options } => self.set_options(options),
        }
        Ok(())
    }

    fn find(&self, call: &PhoneRef, fits: impl FnOnce(&Call) -> bool) -> Result<usize, NetworkProblem> {
        let at = self.position(call).ok_or(NetworkProblem::UnknownCall)?;
        if fits(&self.calls[at]) { Ok(at) } else { Err(NetworkProblem::WrongState) }
    }

    /// An answered call whose end outside is in `state`, and which end that is.
    fn find_outside(&self, call: &PhoneRef, state: ConnectionState) -> Result<(usize, usize), NetworkProblem> {
        let at = self.position(call).ok_or(NetworkProblem::UnknownCall)?;
        let call = &self.calls[at];
        let place = call.outside().filter(|place| call.answered.is_some() && call.ends[*place].state == state);
        place.map(|place| (at, place)).ok_or(NetworkProblem::WrongState)
    }

    /// The call vanishes as after a lost message.
    fn lose(&mut self, call: &PhoneRef) -> Result<(), NetworkProblem> {
        let at = self.position(call).ok_or(NetworkProblem::UnknownCall)?;
        self.timers.drop_call(call);
        let lost = self.calls.remove(at);
        for agent in lost.ends.into_iter().filter_map(|end| end.extension) {
            self.offer(&agent);
        }
        Ok(())
    }
}
