//! What observers do, in the place of the people outside and of the network between.

use hookswitch_core::{Cause, ConnectionState, PartyRef, PhoneRef};

use super::{Client, Switch};
use crate::{NetworkCommand, PartyAct, Problem, ServerMessage, leg::Leg, options::digits_of};

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
            NetworkCommand::Act { call, end, act } => {
                let (at, place) = self.find(&call, end.as_ref(), |leg| can(leg, &act))?;
                self.party_acts(at, place, act);
            }
            NetworkCommand::Answer { call, party, end } => {
                let (at, place) = self.find(&call, end.as_ref(), rings)?;
                self.connect(at, place, party);
            }
            NetworkCommand::AnsweredElsewhere { call } => {
                let at = self.position(&call).ok_or(NetworkProblem::UnknownCall)?;
                let waits = |leg: &Leg| leg.extension.is_some() && matches!(leg.state, ConnectionState::Alerting | ConnectionState::Queued);
                let call = &self.calls[at];
                if call.answered || !(call.legs.iter().any(waits) || call.line.is_some()) {
                    return Err(NetworkProblem::WrongState);
                }
                self.finish(at, Cause::AnsweredElsewhere, None);
            }
            NetworkCommand::CallAgent(call) => self.place(call)?,
            NetworkCommand::HangUp { call, end } => {
                let (at, place) = self.find(&call, end.as_ref(), |_| true)?;
                self.hang_up(at, place);
            }
            NetworkCommand::Hold { call, end } => return self.act(NetworkCommand::Act { call, end, act: PartyAct::Holds }),
            NetworkCommand::IgnoreNext { count } => self.faults.ignore = count,
            NetworkCommand::LoseCall { call } => self.lose(&call)?,
            NetworkCommand::Outage { for_ms } => self.outage(for_ms),
            NetworkCommand::RefuseNext { count, reason, detail } => {
                self.faults.refuse = (count > 0).then_some((count, reason, detail));
            }
            NetworkCommand::Reject { call, cause, end } => {
                let waits = |leg: &Leg| matches!(leg.state, ConnectionState::Alerting | ConnectionState::Null);
                let (at, place) = self.find(&call, end.as_ref(), waits)?;
                self.not_reached(at, place, cause);
            }
            NetworkCommand::Restart { for_ms, calls_survive } => self.restart(for_ms, calls_survive),
            NetworkCommand::Retrieve { call, end } => return self.act(NetworkCommand::Act { call, end, act: PartyAct::Retrieves }),
            NetworkCommand::SetBehaviour { number, behaviour } => {
                let digits = digits_of(number.reveal());
                match behaviour {
                    Some(behaviour) => drop(self.behaviours.insert(digits, behaviour)),
                    None => drop(self.behaviours.remove(&digits)),
                }
            }
            NetworkCommand::SetFaults { extension, faults } => self.set_faults(extension, faults),
            NetworkCommand::SetOptions { options } => self.set_options(options),
            NetworkCommand::Voicemail { call, end } => {
                let (at, place) = self.find(&call, end.as_ref(), rings)?;
                self.voicemail_answers(at, place);
            }
        }
        Ok(())
    }

    /// Somebody outside does something in a call; nothing where it makes no sense any more.
    pub(super) fn party_acts(&mut self, at: usize, place: usize, act: PartyAct) {
        if !can(&self.calls[at].legs[place], &act) {
            return;
        }
        match act {
            PartyAct::HangsUp => self.hang_up(at, place),
            PartyAct::Holds => self.hold(at, place),
            PartyAct::Retrieves => self.retrieve(at, place),
            PartyAct::Transfers { to, record } => self.replace(at, place, to, record),
        }
    }

    /// The named end outside, or the first that fits.
    fn find(&self, call: &PhoneRef, end: Option<&PartyRef>, fits: impl Fn(&Leg) -> bool) -> Result<(usize, usize), NetworkProblem> {
        let at = self.position(call).ok_or(NetworkProblem::UnknownCall)?;
        let is_it = |leg: &Leg| leg.extension.is_none() && end.is_none_or(|end| leg.id.name() == *end) && fits(leg);
        let place = self.calls[at].legs.iter().position(is_it).ok_or(NetworkProblem::WrongState)?;
        Ok((at, place))
    }

    /// The call vanishes as after a lost message.
    fn lose(&mut self, call: &PhoneRef) -> Result<(), NetworkProblem> {
        let at = self.position(call).ok_or(NetworkProblem::UnknownCall)?;
        for leg in self.calls.remove(at).legs {
            self.timers.drop_leg(leg.id);
        }
        self.offer_all();
        Ok(())
    }
}

fn rings(leg: &Leg) -> bool {
    leg.state == ConnectionState::Alerting
}

fn can(leg: &Leg, act: &PartyAct) -> bool {
    match act {
        PartyAct::HangsUp => true,
        PartyAct::Holds => leg.talks() && leg.state == ConnectionState::Connected,
        PartyAct::Retrieves => leg.talks() && leg.state == ConnectionState::Held,
        PartyAct::Transfers { .. } => leg.talks(),
    }
}
