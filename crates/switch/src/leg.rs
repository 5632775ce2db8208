//! One end of a call.

use hookswitch_core::{CallKind, ConnectionState, Direction, Party, PartyRef, PhoneParty, PhoneRef, Private, Recording};

use crate::{EndView, PartyAct};

/// An end's number, never reused.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct LegId(pub(crate) u32);

impl LegId {
    /// As clients know it.
    pub(crate) fn name(self) -> PartyRef {
        PartyRef(format!("p{}", self.0))
    }
}

/// What an end is in its call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// Takes part, or is called to.
    Member,
    /// A queue rings it; the first to answer takes part.
    Offer,
    /// The target of a blind transfer: takes the place of that end when it answers.
    Target {
        /// The agent who transfers.
        by: LegId,
    },
}

/// One end of a call: an agent's, or somebody outside.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    /// How this agent knows the call. Ends of one call may know it by different names: they can come from different calls.
    pub(crate) name: PhoneRef,
    /// The agent's extension; none: somebody outside.
    pub(crate) extension: Option<String>,
    pub(crate) party: Party,
    pub(crate) state: ConnectionState,
    pub(crate) role: Role,
    /// Held by somebody else of the conference, whatever it does itself.
    pub(crate) parked: bool,
    pub(crate) muted: bool,
    /// What this end sent.
    pub(crate) digits: String,
    pub(crate) direction: Direction,
    /// The call's type as this agent sees it.
    pub(crate) kind: CallKind,
    pub(crate) began: u64,
    pub(crate) answered: Option<u64>,
    /// For an agent's consultation: the agent's name of the call it is about.
    pub(crate) consults: Option<PhoneRef>,
    /// Who wanted it in the call.
    pub(crate) invited_by: Option<LegId>,
    /// Waits in a queue for this agent to be ready and free; else only for a free line.
    pub(crate) queued: bool,
    /// Uses an outside line.
    pub(crate) trunk: bool,
    /// What somebody outside does by themselves, counted from the answer.
    pub(crate) acts: Vec<(u64, PartyAct)>,
    /// What this agent was told last.
    pub(crate) told: Told,
}

/// What an agent was told last, so that only changes are told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) parties: Vec<PhoneParty>,
    pub(crate) kind: Option<CallKind>,
    pub(crate) recording: Recording,
}

impl Leg {
    /// An end in its first state; what is rare is set by whoever needs it.
    pub(crate) fn new(id: LegId, name: PhoneRef, extension: Option<String>, party: Party, state: ConnectionState, now: u64) -> Self {
        let trunk = extension.is_none();
        Self {
            id,
            name,
            extension,
            party,
            state,
            role: Role::Member,
            parked: false,
            muted: false,
            digits: String::new(),
            direction: Direction::In,
            kind: CallKind::Inbound,
            began: now,
            answered: None,
            consults: None,
            invited_by: None,
            queued: false,
            trunk,
            acts: Vec::new(),
            told: Told::default(),
        }
    }

    /// Takes part and is not waited for.
    pub(crate) const fn is_up(&self) -> bool {
        matches!(self.state, ConnectionState::Connected | ConnectionState::Held)
    }

    /// Was called and has not answered.
    pub(crate) const fn is_awaited(&self) -> bool {
        matches!(self.state, ConnectionState::Alerting | ConnectionState::Null | ConnectionState::Queued)
    }

    /// Up, and was answered or answered itself.
    pub(crate) const fn talks(&self) -> bool {
        self.is_up() && self.answered.is_some()
    }

    pub(crate) fn view(&self) -> EndView {
        EndView {
            id: self.id.name(),
            call: self.name.clone(),
            extension: self.extension.clone().unwrap_or_default(),
            number: self.party.number.clone(),
            name: self.party.name.clone(),
            state: self.state,
            muted: self.muted,
            parked: self.parked,
            digits: Private::new(self.digits.as_str()),
        }
    }
}
