//! One call, as the core keeps it.

use serde::{Deserialize, Serialize};

use crate::{
    CallId, CallKind, Cause, CommandKind, ConnectionState, DialSource, Direction, LogKey, Now, Party, Phase, PhoneRef, Private, RecordRef,
    RequestId,
};

/// A call from its first sign to the end of its wrap-up.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) id: CallId,
    /// None until the phone system has named a dialed call.
    pub(super) phone_ref: Option<PhoneRef>,
    pub(super) core: Core,
    pub(super) state: State,
    /// The far end has this side on hold.
    pub(super) far_held: bool,
    pub(super) muted: bool,
    /// What the phone system is carrying out.
    pub(super) doing: Option<Doing>,
    pub(super) search: Search,
    /// An earlier page knew it; the phone system has not confirmed it to this one yet.
    pub(super) recalled: bool,
    /// The agent chose the record (or none), so a search must not change it.
    pub(super) picked: bool,
    pub(super) matches: Vec<RecordRef>,
}

/// What of a call outlives a page.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Core {
    pub(super) key: LogKey,
    pub(super) direction: Direction,
    pub(super) kind: CallKind,
    pub(super) party: Party,
    pub(super) called: Private,
    pub(super) queue: String,
    pub(super) owns_log: bool,
    pub(super) source: DialSource,
    pub(super) began: Now,
    /// When it was answered, wall-clock milliseconds.
    pub(super) answered: Option<u64>,
    pub(super) talk: Talk,
    pub(super) cause: Option<Cause>,
    pub(super) record: Option<RecordRef>,
    pub(super) disposition: Option<String>,
    pub(super) notes: Private,
    pub(super) digits: Private,
    pub(super) wrap_up: Option<WrapUp>,
    /// The log was handed to the outbox, so the end must complete it.
    pub(super) logged: bool,
}

/// The time of conversation, hold included, on the monotonic clock, which a sleeping or reloaded page cannot bend.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Talk {
    /// Milliseconds that are done with.
    pub(super) before: u64,
    /// Monotonic milliseconds since which it runs; of this page only.
    pub(super) since: Option<u64>,
}

impl Talk {
    pub(super) const fn begin(&mut self, now: Now) {
        if self.since.is_none() {
            self.since = Some(now.mono);
        }
    }

    pub(super) const fn end(&mut self, now: Now) {
        if let Some(since) = self.since.take() {
            self.before += now.mono.saturating_sub(since);
        }
    }

    /// Whole seconds.
    pub(super) fn seconds(self) -> u32 {
        u32::try_from(self.before / 1000).unwrap_or(u32::MAX)
    }
}

/// Where the call stands by the phone system's word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum State {
    /// Rings here, until monotonic `until` at the latest.
    Alerting { until: u64 },
    /// Both sides connected.
    Connected,
    /// Rings there.
    Delivered { early_media: bool, until: u64 },
    /// On hold by the agent.
    Held,
    /// Dialing.
    Initiated { until: u64 },
    /// Over; the agent writes.
    WrapUp,
}

/// A command under way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Doing {
    pub(super) request: RequestId,
    pub(super) command: CommandKind,
    /// Monotonic milliseconds after which nobody waits any longer.
    pub(super) until: u64,
}

/// The search for the other side's record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Search {
    /// Nothing to search, or it is done.
    Done,
    /// Asked.
    Running { request: RequestId, pop: bool },
    /// Waits for the CRM.
    Wanted { pop: bool },
}

/// The time after a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct WrapUp {
    /// Wall-clock milliseconds.
    pub(super) since: u64,
    /// Wall-clock milliseconds: it outlives the page.
    pub(super) deadline: Option<u64>,
}

impl Call {
    /// The line is in use, here at least.
    pub(super) fn is_live(&self) -> bool {
        self.state != State::WrapUp
    }

    /// The command under way, if one is.
    pub(super) fn doing(&self) -> Option<CommandKind> {
        self.doing.map(|doing| doing.command)
    }

    /// One word for the screen.
    pub(super) fn phase(&self) -> Phase {
        match (self.state, self.doing()) {
            (State::WrapUp, _) => Phase::WrapUp,
            (_, Some(CommandKind::Clear | CommandKind::Decline)) => Phase::Clearing,
            (State::Alerting { .. }, Some(CommandKind::Answer)) => Phase::Answering,
            (State::Connected, Some(CommandKind::Hold)) => Phase::Holding,
            (State::Held, Some(CommandKind::Retrieve)) => Phase::Retrieving,
            (State::Alerting { .. }, _) => Phase::Alerting,
            (State::Connected, _) => Phase::Connected,
            (State::Delivered { .. }, _) => Phase::Delivered,
            (State::Held, _) => Phase::Held,
            (State::Initiated { .. }, _) => Phase::Initiated,
        }
    }

    /// The states of the agent's connection and of the party's.
    pub(super) fn connections(&self) -> (ConnectionState, ConnectionState) {
        let far = |state| if self.far_held { ConnectionState::Held } else { state };
        match self.state {
            State::Alerting { .. } => (ConnectionState::Alerting, far(ConnectionState::Connected)),
            State::Connected => (ConnectionState::Connected, far(ConnectionState::Connected)),
            State::Delivered { .. } => (ConnectionState::Connected, ConnectionState::Alerting),
            State::Held => (ConnectionState::Held, far(ConnectionState::Connected)),
            State::Initiated { .. } => (ConnectionState::Initiated, ConnectionState::Null),
            State::WrapUp if self.core.answered.is_none() => (ConnectionState::Null, ConnectionState::Failed),
            State::WrapUp => (ConnectionState::Null, ConnectionState::Null),
        }
    }
}
