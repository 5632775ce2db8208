//! What agents ask for.

use hookswitch_core::{ConnectionState, PartyRef, PhoneCommand, PhoneRef, PhoneReport, Recording, RefusedReason, RequestId, Side};

use super::{Client, Switch, attach::CONFERENCE_SIZE, faults::Fate};
use crate::{AgentMessage, Problem, ServerMessage, leg::Leg};

/// Why a command is not carried out: the word and the detail of `Refused`.
type Refused = (RefusedReason, &'static str);

/// Where a call is, and the agent's end of it.
type Seat = (usize, usize);

/// What a command is about: what it names was found, in this order.
#[derive(Clone, Copy)]
enum About {
    Nothing,
    Call(Seat),
    Party(Seat, usize),
    Two(Seat, Seat),
}

impl About {
    const fn seats(self) -> [Option<Seat>; 2] {
        match self {
            Self::Nothing => [None, None],
            Self::Call(seat) | Self::Party(seat, _) => [Some(seat), None],
            Self::Two(one, other) => [Some(one), Some(other)],
        }
    }
}

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
                self.answer(page, calls);
            }
        }
    }

    fn command(&mut self, page: Client, extension: &str, request: RequestId, command: PhoneCommand) {
        match self.fate(extension, &command) {
            Fate::Carried => {}
            Fate::Ignored => return,
            Fate::Refused(reason, detail) => {
                return self.answer(page, PhoneReport::Refused { request, reason, detail: detail.into() });
            }
        }
        match self.about(extension, &command).and_then(|about| self.allowed(extension, &command, about).map(|()| about)) {
            Ok(about) => self.perform(page, extension, request, command, about),
            Err((reason, detail)) => self.answer(page, PhoneReport::Refused { request, reason, detail: detail.into() }),
        }
    }

    /// Finds what the command names.
    fn about(&self, extension: &str, command: &PhoneCommand) -> Result<About, Refused> {
        let Some(call) = command.call() else { return Ok(About::Nothing) };
        let seat = self.seat(extension, call)?;
        Ok(match command {
            PhoneCommand::ConferenceCall { other, .. } | PhoneCommand::TransferCall { other, .. } => {
                About::Two(seat, self.seat(extension, other)?)
            }
            PhoneCommand::ClearParty { party, .. }
            | PhoneCommand::HoldParty { party, .. }
            | PhoneCommand::MuteParty { party, .. }
            | PhoneCommand::RetrieveParty { party, .. } => About::Party(seat, self.party(seat, party)?),
            _ => About::Call(seat),
        })
    }

    fn seat(&self, extension: &str, call: &PhoneRef) -> Result<Seat, Refused> {
        self.position_of(extension, call).ok_or((RefusedReason::UnknownCall, "this extension has no such call"))
    }

    fn party(&self, (at, place): Seat, party: &PartyRef) -> Result<usize, Refused> {
        let call = &self.calls[at];
        let found = call.place_named(party).filter(|party| call.peers(place).contains(party));
        found.ok_or((RefusedReason::NotNow, "nobody of that name is in the call"))
    }

    /// Whether the command may be carried out now.
    fn allowed(&self, extension: &str, command: &PhoneCommand, about: About) -> Result<(), Refused> {
        let not_now = |problem: bool, detail| if problem { Err((RefusedReason::NotNow, detail)) } else { Ok(()) };
        let other_active = self.is_active(extension, command.call());
        match about {
            About::Nothing => {
                let dials = matches!(command, PhoneCommand::MakeCall { .. });
                not_now(dials && (other_active || !self.has_free_line(extension)), "another call is in the way")
            }
            About::Call(seat) => {
                let needs_voice = matches!(command, PhoneCommand::Answer { .. } | PhoneCommand::Retrieve { .. });
                self.allowed_of_call(command, seat)?;
                not_now(needs_voice && other_active, "another call is active: hold it first")
            }
            About::Party(seat, party) => self.allowed_of_party(command, seat, party),
            About::Two(one, other) => {
                not_now(one.0 == other.0, "that is one call")?;
                not_now(!self.is_up(one), CONNECTED)?;
                let transfers = matches!(command, PhoneCommand::TransferCall { .. });
                let joins = self.is_up(other) || (transfers && self.rings_there(other));
                not_now(!joins, CONNECTED)?;
                let size = self.calls[one.0].size() + self.calls[other.0].size() - if transfers { 2 } else { 1 };
                not_now(size > usize::from(CONFERENCE_SIZE), FULL)
            }
        }
    }

    fn allowed_of_call(&self, command: &PhoneCommand, (at, place): Seat) -> Result<(), Refused> {
        let call = &self.calls[at];
        let leg = &call.legs[place];
        let (rings, talks) = (leg.state == ConnectionState::Alerting, leg.talks());
        let connected = talks && leg.state == ConnectionState::Connected;
        let transferring = call.target_of(leg.id).is_some();
        let problem = match command {
            PhoneCommand::Answer { .. } | PhoneCommand::Decline { .. } | PhoneCommand::Deflect { .. } => {
                (!rings).then_some("the call does not ring")
            }
            PhoneCommand::GenerateDigits { digits, .. } if !dialable(digits.reveal()) => {
                return Err((RefusedReason::NotSupported, "digits are 0-9, *, #, A-D"));
            }
            PhoneCommand::GenerateDigits { .. } | PhoneCommand::Hold { .. } => (!connected).then_some(CONNECTED),
            PhoneCommand::Retrieve { .. } => (leg.state != ConnectionState::Held).then_some("the call is not on hold"),
            PhoneCommand::ClearCall { .. } | PhoneCommand::SetMute { .. } => (!talks).then_some(CONNECTED),
            PhoneCommand::SetRecording { to, .. } => match (talks, to, call.recording) {
                (false, ..) => Some(CONNECTED),
                (_, Recording::Paused, Recording::Off) => Some("the call is not recorded"),
                _ => None,
            },
            PhoneCommand::SingleStepConference { .. } if call.size() >= usize::from(CONFERENCE_SIZE) => Some(FULL),
            PhoneCommand::SingleStepConference { .. } => (!connected || transferring).then_some(CONNECTED),
            PhoneCommand::SingleStepTransfer { .. } if call.is_conference() => {
                return Err((RefusedReason::NotSupported, "a conference is not passed on: leave it"));
            }
            PhoneCommand::SingleStepTransfer { .. } => (!talks).then_some(CONNECTED),
            PhoneCommand::ClearConnection { .. } => None,
            // The contract may grow faster than this switch.
            _ => return Err((RefusedReason::NotSupported, "the simulated phone system does not know this command")),
        };
        problem.map_or(Ok(()), |detail| Err((RefusedReason::NotNow, detail)))
    }

    fn allowed_of_party(&self, command: &PhoneCommand, (at, place): Seat, party: usize) -> Result<(), Refused> {
        let call = &self.calls[at];
        let other = &call.legs[party];
        let problem = match command {
            _ if !call.is_conference() => Some("the call is no conference"),
            _ if !call.legs[place].talks() => Some(CONNECTED),
            PhoneCommand::ClearParty { .. } => None,
            PhoneCommand::RetrieveParty { .. } => (!other.parked).then_some("nobody here holds it"),
            PhoneCommand::HoldParty { .. } => (!other.is_up() || other.parked).then_some("it is not connected"),
            _ => (!other.is_up()).then_some("it is not connected"),
        };
        problem.map_or(Ok(()), |detail| Err((RefusedReason::NotNow, detail)))
    }

    /// The agent talks in the call, or could.
    fn is_up(&self, (at, place): Seat) -> bool {
        self.calls[at].legs[place].talks()
    }

    /// The agent's dialed call rings at the other end.
    fn rings_there(&self, (at, place): Seat) -> bool {
        let (call, leg) = (&self.calls[at], &self.calls[at].legs[place]);
        let rings = |leg: &Leg| leg.state == ConnectionState::Alerting;
        leg.state == ConnectionState::Connected
            && leg.answered.is_none()
            && call.peers(place).into_iter().any(|peer| rings(&call.legs[peer]))
    }

    /// Answers first, then lets happen what was asked.
    fn perform(&mut self, page: Client, extension: &str, request: RequestId, command: PhoneCommand, about: About) {
        if let PhoneCommand::MakeCall { to, record, consults } = command {
            let call = self.originate(extension, to, record, consults);
            self.answer(page, PhoneReport::Originated { request, call });
            self.answer(page, PhoneReport::Done { request });
            // The agent's other pages did not ask for the call and cannot know its name.
            let pages = self.extensions.get(extension).map(|known| known.pages.clone()).unwrap_or_default();
            let calls = self.sync(extension);
            return pages.into_iter().filter(|other| *other != page).for_each(|other| self.answer(other, calls.clone()));
        }
        self.answer(page, PhoneReport::Done { request });
        let changes_its_mind = matches!(
            command,
            PhoneCommand::ConferenceCall { .. }
                | PhoneCommand::Retrieve { .. }
                | PhoneCommand::SingleStepTransfer { .. }
                | PhoneCommand::TransferCall { .. }
        );
        if changes_its_mind {
            // A page that was loaded anew does not know of the blind transfer under way.
            about.seats().into_iter().flatten().for_each(|(at, place)| self.take_back(at, place));
        }
        match (command, about) {
            (PhoneCommand::SetAgentState { ready, reason }, _) => self.set_agent_state(extension, ready, reason),
            (PhoneCommand::Sync, _) => {
                let calls = self.sync(extension);
                self.answer(page, calls);
            }
            (PhoneCommand::Answer { .. }, About::Call((at, place))) => self.connect(at, place, None),
            (PhoneCommand::ClearCall { .. }, About::Call((at, place))) => self.clear_call(at, place),
            (PhoneCommand::ClearConnection { .. }, About::Call((at, place))) => self.hang_up(at, place),
            (PhoneCommand::Decline { cause, .. }, About::Call((at, place))) => self.not_reached(at, place, cause),
            (PhoneCommand::Deflect { to, .. }, About::Call((at, place))) => self.deflect(at, place, &to),
            (PhoneCommand::GenerateDigits { call, digits }, About::Call((at, place))) => {
                self.calls[at].legs[place].digits.push_str(digits.reveal());
                self.tell(extension, &PhoneReport::DigitsGenerated { call, digits });
            }
            (PhoneCommand::Hold { .. }, About::Call((at, place))) => self.hold(at, place),
            (PhoneCommand::Retrieve { .. }, About::Call((at, place))) => self.retrieve(at, place),
            (PhoneCommand::SetMute { on, .. }, About::Call((at, place))) => self.mute(at, place, on),
            (PhoneCommand::SetRecording { to, .. }, About::Call((at, _))) => self.record(at, to),
            (PhoneCommand::SingleStepConference { to, .. }, About::Call((at, place))) => self.add(at, place, &to),
            (PhoneCommand::SingleStepTransfer { to, record, .. }, About::Call((at, place))) => {
                self.single_step_transfer(at, place, &to, record);
            }
            (PhoneCommand::ClearParty { .. }, About::Party((at, _), party)) => self.clear_party(at, party),
            (PhoneCommand::HoldParty { .. }, About::Party((at, _), party)) => self.park(at, party, true),
            (PhoneCommand::RetrieveParty { .. }, About::Party((at, _), party)) => self.park(at, party, false),
            (PhoneCommand::MuteParty { on, .. }, About::Party((at, _), party)) => self.mute(at, party, on),
            (PhoneCommand::ConferenceCall { .. }, About::Two(one, other)) => self.conference(one, other),
            (PhoneCommand::TransferCall { record, .. }, About::Two(one, other)) => self.transfer_call(one, other, record),
            // `about` found what each command names, and `allowed` refused what this switch does not know.
            _ => {}
        }
    }

    /// One end holds: it is told so as its own deed, the others as theirs.
    pub(super) fn hold(&mut self, at: usize, place: usize) {
        let leg = &mut self.calls[at].legs[place];
        leg.state = ConnectionState::Held;
        let report = PhoneReport::Held { call: leg.name.clone(), by: Side::Agent };
        self.tell_leg(at, place, &report);
        self.refresh(at);
    }

    /// One end ends its hold.
    pub(super) fn retrieve(&mut self, at: usize, place: usize) {
        let leg = &mut self.calls[at].legs[place];
        leg.state = ConnectionState::Connected;
        let report = PhoneReport::Retrieved { call: leg.name.clone(), by: Side::Agent };
        self.tell_leg(at, place, &report);
        self.refresh(at);
    }

    fn set_agent_state(&mut self, extension: &str, ready: bool, reason: String) {
        if let Some(known) = self.extensions.get_mut(extension) {
            known.state = Some((ready, reason.clone()));
        }
        self.tell(extension, &PhoneReport::AgentState { ready, reason });
        self.offer_all();
    }
}

const CONNECTED: &str = "the call is not connected";
const FULL: &str = "nobody else can join: the conference is full";

fn dialable(digits: &str) -> bool {
    !digits.is_empty() && digits.chars().all(|digit| matches!(digit, '0'..='9' | '*' | '#' | 'A'..='D'))
}
