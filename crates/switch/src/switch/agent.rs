//! What agents ask for.

use hookswitch_core::{Cause, ConnectionState, PhoneCommand, PhoneRef, PhoneReport, RefusedReason, RequestId, Side};

use super::{Client, Switch};
use crate::{AgentMessage, Problem, ServerMessage, call::CALLER};

/// Why a command is not carried out: the word and the detail of `Refused`.
type Refused = (RefusedReason, &'static str);

impl Switch {
    pub(super) fn agent(&mut self, page: Client, message: AgentMessage) {
        let extension = match message {
            AgentMessage::Hello(hello) => return self.attach(page, hello),
            AgentMessage::Command { .. } | AgentMessage::Sync => self.pages.get(&page).cloned(),
        };
        let Some(extension) = extension else {
            let problem = Problem { code: "noHello".to_owned(), detail: "say hello with an extension first".to_owned() };
            return self.out.push_back((page, ServerMessage::Error(problem)));
        };
        match message {
            AgentMessage::Command { id, command } => self.command(page, &extension, id, command),
            // The hello was dealt with above.
            AgentMessage::Hello(_) => {}
            AgentMessage::Sync if self.faults.outage => {}
            AgentMessage::Sync => {
                let calls = self.sync(&extension);
                self.tell_page(page, calls);
            }
        }
    }

    fn command(&mut self, page: Client, extension: &str, request: RequestId, command: PhoneCommand) {
        if self.faults.ignore > 0 {
            self.faults.ignore -= 1;
            return;
        }
        if let Some((reason, detail)) = self.injected_refusal() {
            return self.tell_page(page, PhoneReport::Refused { request, reason, detail: detail.into() });
        }
        match self.allowed(extension, &command) {
            Ok(at) => self.perform(page, extension, request, command, at),
            Err((reason, detail)) => self.tell_page(page, PhoneReport::Refused { request, reason, detail: detail.into() }),
        }
    }

    fn injected_refusal(&mut self) -> Option<(RefusedReason, String)> {
        if self.faults.outage {
            return Some((RefusedReason::Offline, "simulated outage".to_owned()));
        }
        let (count, reason, detail) = self.faults.refuse.as_mut()?;
        let refusal = (*reason, detail.clone());
        *count -= 1;
        if *count == 0 {
            self.faults.refuse = None;
        }
        Some(refusal)
    }

    /// Where the command's call is and which end the agent has, if it may be carried out now; the call is `None` for commands without one.
    fn allowed(&self, extension: &str, command: &PhoneCommand) -> Result<Option<(usize, usize)>, Refused> {
        let found = command.call().map(|call| self.found(extension, call)).transpose()?;
        // Commands without a call never ask for its state.
        let state = found.map_or(ConnectionState::Null, |(at, place)| self.calls[at].ends[place].state);
        let other_active = self.is_active(extension, command.call());
        let problem = match command {
            PhoneCommand::Answer { .. } | PhoneCommand::Decline { .. } if state != ConnectionState::Alerting => {
                Some("the call does not ring")
            }
            PhoneCommand::Answer { .. } | PhoneCommand::Retrieve { .. } if other_active => Some("another call is active: hold it first"),
            PhoneCommand::GenerateDigits { digits, .. } if !dialable(digits.reveal()) => {
                return Err((RefusedReason::NotSupported, "digits are 0-9, *, #, A-D"));
            }
            PhoneCommand::GenerateDigits { .. } | PhoneCommand::Hold { .. } if state != ConnectionState::Connected => {
                Some("the call is not connected")
            }
            PhoneCommand::MakeCall { .. } if other_active || !self.has_free_line(extension) => Some("another call is in the way"),
            PhoneCommand::Retrieve { .. } if state != ConnectionState::Held => Some("the call is not on hold"),
            PhoneCommand::SetMute { .. } if !matches!(state, ConnectionState::Connected | ConnectionState::Held) => {
                Some("the call is not connected")
            }
            PhoneCommand::Answer { .. }
            | PhoneCommand::ClearConnection { .. }
            | PhoneCommand::Decline { .. }
            | PhoneCommand::GenerateDigits { .. }
            | PhoneCommand::Hold { .. }
            | PhoneCommand::MakeCall { .. }
            | PhoneCommand::Retrieve { .. }
            | PhoneCommand::SetAgentState { .. }
            | PhoneCommand::SetMute { .. }
            | PhoneCommand::Sync => None,
            // The contract may grow faster than this switch.
            _ => return Err((RefusedReason::NotSupported, "the simulated phone system does not know this command")),
        };
        problem.map_or(Ok(found), |detail| Err((RefusedReason::NotNow, detail)))
    }

    fn found(&self, extension: &str, call: &PhoneRef) -> Result<(usize, usize), Refused> {
        let at = self.position(call).ok_or(UNKNOWN)?;
        let place = self.calls[at].end_of(extension).ok_or(UNKNOWN)?;
        Ok((at, place))
    }

    /// Answers first, then lets happen what was asked.
    fn perform(&mut self, page: Client, extension: &str, request: RequestId, command: PhoneCommand, found: Option<(usize, usize)>) {
        if let PhoneCommand::MakeCall { to, record, .. } = command {
            let call = self.originate(extension, to, record);
            self.tell_page(page, PhoneReport::Originated { request, call });
            self.tell_page(page, PhoneReport::Done { request });
            // The agent's other pages did not ask for the call and cannot know its name.
            let others: Vec<_> =
                self.pages.iter().filter(|(other, of)| **other != page && *of == extension).map(|(other, _)| *other).collect();
            let calls = self.sync(extension);
            return others.into_iter().for_each(|other| self.tell_page(other, calls.clone()));
        }
        self.tell_page(page, PhoneReport::Done { request });
        match (command, found) {
            (PhoneCommand::SetAgentState { ready, reason }, _) => self.set_agent_state(extension, ready, reason),
            (PhoneCommand::Sync, _) => {
                let calls = self.sync(extension);
                self.tell_page(page, calls);
            }
            (PhoneCommand::Answer { .. }, Some((at, _))) => self.connect(at, None),
            (PhoneCommand::ClearConnection { .. }, Some((at, place))) => self.clear(at, place),
            (PhoneCommand::Decline { cause, .. }, Some((at, place))) => self.finish(at, cause, Some(place)),
            (PhoneCommand::GenerateDigits { call, digits }, Some((at, place))) => {
                self.calls[at].ends[place].digits.push_str(digits.reveal());
                self.tell(extension, &PhoneReport::DigitsGenerated { call, digits });
            }
            (PhoneCommand::Hold { .. }, Some((at, place))) => self.hold(at, place),
            (PhoneCommand::Retrieve { .. }, Some((at, place))) => self.retrieve(at, place),
            (PhoneCommand::SetMute { call, on }, Some((at, place))) => {
                self.calls[at].ends[place].muted = on;
                self.tell(extension, &PhoneReport::Muted { call, on });
            }
            // `allowed` found the call of every command that names one, and refused what this switch does not know.
            _ => {}
        }
    }

    fn clear(&mut self, at: usize, place: usize) {
        let call = &self.calls[at];
        let cause = match (call.answered, place) {
            (Some(_), _) => Cause::Normal,
            (None, CALLER) => Cause::Abandoned,
            (None, _) => Cause::Declined,
        };
        self.finish(at, cause, Some(place));
    }

    /// One end holds: it is told so as its own deed, the other as the party's.
    pub(super) fn hold(&mut self, at: usize, place: usize) {
        self.calls[at].ends[place].state = ConnectionState::Held;
        let call = self.calls[at].name.clone();
        self.tell_end(at, place, &PhoneReport::Held { call: call.clone(), by: Side::Agent });
        self.tell_end(at, 1 - place, &PhoneReport::Held { call, by: Side::Party });
    }

    /// One end ends its hold.
    pub(super) fn retrieve(&mut self, at: usize, place: usize) {
        self.calls[at].ends[place].state = ConnectionState::Connected;
        let call = self.calls[at].name.clone();
        self.tell_end(at, place, &PhoneReport::Retrieved { call: call.clone(), by: Side::Agent });
        self.tell_end(at, 1 - place, &PhoneReport::Retrieved { call, by: Side::Party });
    }

    fn set_agent_state(&mut self, extension: &str, ready: bool, reason: String) {
        if let Some(known) = self.extensions.get_mut(extension) {
            known.state = Some((ready, reason.clone()));
        }
        self.tell(extension, &PhoneReport::AgentState { ready, reason });
        self.offer(extension);
    }
}

const UNKNOWN: Refused = (RefusedReason::UnknownCall, "this extension has no such call");

fn dialable(digits: &str) -> bool {
    !digits.is_empty() && digits.chars().all(|digit| matches!(digit, '0'..='9' | '*' | '#' | 'A'..='D'))
}
