//! One call, as the core keeps it.

use serde::{Deserialize, Serialize};

use crate::{
    CallId, CallKind, Cause, CommandKind, ConnectionState, DialSource, Direction, LogKey, Now, Party, PartyId, PartyRef, Phase, PhoneRef,
    Private, RecordRef, RecordSource, Recording, RequestId, Side, outbox::News,
};

use super::{cases::Cases, pops::Opening, shown::Shown};

/// A call from its first sign to the end of its wrap-up.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Call {
    pub(super) id: CallId,
    /// None until the phone system has named a dialed call.
    pub(super) phone_ref: Option<PhoneRef>,
    pub(super) core: Core,
    /// The agent's connection.
    pub(super) state: State,
    /// Everybody else's; never empty. One: an ordinary call. More: a conference.
    pub(super) peers: Vec<Peer>,
    pub(super) muted: bool,
    pub(super) recording: Recording,
    /// What the phone system is carrying out.
    pub(super) doing: Option<Doing>,
    /// For a consultation: the call it is about, which may have ended since.
    pub(super) consults: Option<CallId>,
    /// When it is answered by itself, monotonic milliseconds.
    pub(super) auto_answer: Option<u64>,
    /// When the phone system spoke of it last, monotonic milliseconds.
    pub(super) confirmed: u64,
    pub(super) search: Search,
    /// An earlier page knew it; the phone system has not confirmed it to this one yet.
    pub(super) recalled: bool,
    pub(super) matches: Vec<RecordRef>,
    /// What the layout shows of its records.
    pub(super) shown: Shown,
    /// The search that said what it would open.
    pub(super) found: Option<RequestId>,
    pub(super) opening: Opening,
    /// The CRM was asked to open a page for it.
    pub(super) page_asked: bool,
    /// The record whose page was opened for it.
    pub(super) opened: Option<String>,
    pub(super) cases: Cases,
    /// Parties are numbered from 1.
    pub(super) last_peer: u32,
    /// The consultation about it was given up while it was still being put on hold: it is taken back as soon as it is held.
    pub(super) take_back: bool,
}

/// One party besides the agent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Peer {
    pub(super) id: PartyId,
    /// None in an ordinary call, where the phone system need not name it.
    pub(super) name: Option<PartyRef>,
    pub(super) party: Party,
    /// In an ordinary call only `Held` counts; the rest follows from the agent's own connection.
    pub(super) state: ConnectionState,
    /// Who holds it, if it is held.
    pub(super) held_by: Side,
    pub(super) muted: bool,
    /// While it rang, the agent asked by this request that this party leave; it was not refused.
    pub(super) leaving: Option<RequestId>,
}

/// What of a call outlives a page.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Core {
    pub(super) key: LogKey,
    pub(super) direction: Direction,
    pub(super) kind: CallKind,
    /// Whom the call is about.
    pub(super) party: Party,
    /// What was dialed for it, with the house's prefixes: the phone system may name the party so. Empty for calls that were not dialed here.
    pub(super) dialed: Private,
    pub(super) called: Private,
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::text"))]
    pub(super) queue: String,
    pub(super) segment: Private,
    pub(super) owns_log: bool,
    pub(super) source: DialSource,
    /// Begun in order to ask about another call.
    pub(super) consultation: bool,
    pub(super) began: Now,
    /// When it was answered, wall-clock milliseconds.
    pub(super) answered: Option<u64>,
    pub(super) talk: Talk,
    /// The part of it on hold by the agent.
    pub(super) hold: Talk,
    pub(super) cause: Option<Cause>,
    pub(super) record: Option<RecordRef>,
    /// Why this record; with none, `Picked` says that the agent wants none.
    pub(super) record_source: Option<RecordSource>,
    pub(super) disposition: Option<String>,
    pub(super) notes: Private,
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::digits"))]
    pub(super) digits: Private,
    /// To be sent once it is answered: the extension behind the dialed number.
    pub(super) then: Private,
    /// It ended here for want of an answer, and the phone system may still have it.
    pub(super) unsure: bool,
    pub(super) wrap_up: Option<WrapUp>,
    /// The log was handed to the outbox, so the end must complete it.
    pub(super) logged: bool,
    /// What the phone system told of the recording and the quality.
    pub(super) news: News,
    pub(super) legs: Vec<Leg>,
}

/// Somebody who was or is at the other end.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Leg {
    pub(super) party: Party,
    /// Wall-clock milliseconds.
    pub(super) since: u64,
    /// Wall-clock milliseconds; none: still there.
    pub(super) until: Option<u64>,
}

/// Legs kept of one call; the oldest go first.
const MOST_LEGS: usize = 24;

/// The time of conversation, hold included, on the monotonic clock, which no setting of the computer's clock can bend.
///
/// In some browsers that clock stands still while the computer sleeps. What the clock on the wall says more is doubted: it was sleep, or the
/// clock was set. The phone system's word settles it (`answered_ms` in a `Sync`, asked for at once). If the call ends before, by a report without
/// a duration as all are, it is taken for sleep, which is common; a clock that is set by more than anybody's sleep in a call is not believed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Talk {
    /// Milliseconds that are done with.
    pub(super) before: u64,
    /// Monotonic milliseconds since which it runs; of this page only.
    pub(super) since: Option<u64>,
    /// Milliseconds by which the clock on the wall went ahead of the other one since then, and nobody has said yet what they were.
    pub(super) doubted: u64,
}

/// Whoever slept longer with a call had none any more, milliseconds.
const LONGEST_SLEEP: u64 = 12 * 3_600_000;

impl Talk {
    pub(super) const fn begin(&mut self, now: Now) {
        if self.since.is_none() {
            self.since = Some(now.mono);
        }
    }

    pub(super) const fn end(&mut self, now: Now) {
        if let Some(since) = self.since.take() {
            self.before = self.before.saturating_add(now.mono.saturating_sub(since));
            self.settle(true);
        }
    }

    /// So many milliseconds have been going on, counted from now.
    pub(super) const fn told(ms: u64, now: Now) -> Self {
        Self { before: ms, since: Some(now.mono), doubted: 0 }
    }

    /// The clock on the wall went ahead of the other one by so much.
    pub(super) const fn doubt(&mut self, ms: u64) {
        if self.since.is_some() && ms <= LONGEST_SLEEP {
            self.doubted = self.doubted.saturating_add(ms);
        }
    }

    /// What was doubted is conversation, or nothing.
    pub(super) const fn settle(&mut self, slept: bool) {
        let doubted = std::mem::replace(&mut self.doubted, 0);
        if slept {
            self.before = self.before.saturating_add(doubted);
        }
    }

    /// Milliseconds so far.
    pub(super) fn until(self, now: Now) -> u64 {
        self.since.map_or(self.before, |since| self.before.saturating_add(now.mono.saturating_sub(since)))
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
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Doing {
    pub(super) request: RequestId,
    pub(super) command: CommandKind,
    /// Monotonic milliseconds after which nobody waits any longer.
    pub(super) until: u64,
    /// Not asked for yet: another call must give the agent's voice free first.
    pub(super) waits: bool,
}

/// The search for the other side's record.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Search {
    /// Nothing to search, or it is done.
    Done,
    /// The CRM did not say: who it is may be known there all the same.
    Failed,
    /// Asked.
    Running { request: RequestId, pop: bool },
    /// Waits for the CRM.
    Wanted,
}

impl Search {
    /// No answer is awaited.
    pub(super) const fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// The time after a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct WrapUp {
    /// Wall-clock milliseconds.
    pub(super) since: u64,
    /// Wall-clock milliseconds: it outlives the page.
    pub(super) deadline: Option<u64>,
    /// The deadline came, or was near, before the mandatory disposition did.
    pub(super) held_open: bool,
}

impl Core {
    /// Whether the call is about this number, which the phone system may know as it was dialed.
    pub(super) fn is_to(&self, number: &Private) -> bool {
        self.party.number == *number || (!self.dialed.is_empty() && self.dialed == *number)
    }

    /// The party under the number it is known by here: what was dialed has the house's prefixes, and nobody is stored so.
    pub(super) fn known(&self, party: Party) -> Party {
        let number = if self.is_to(&party.number) { self.party.number.clone() } else { party.number };
        Party { number, ..party }
    }

    /// The clock on the wall was set back: what is measured from then till now goes with it.
    pub(super) fn set_back(&mut self, by: u64) {
        for talk in [&mut self.talk, &mut self.hold] {
            talk.doubted = talk.doubted.saturating_sub(by);
        }
        let times = [&mut self.answered].into_iter().flatten();
        let legs = self.legs.iter_mut().flat_map(|leg| [Some(&mut leg.since), leg.until.as_mut()]).flatten();
        let wrap_up = self.wrap_up.iter_mut().flat_map(|wrap_up| [Some(&mut wrap_up.since), wrap_up.deadline.as_mut()]).flatten();
        times.chain(legs).chain(wrap_up).for_each(|time| *time = time.saturating_sub(by));
    }

    /// Keeps the history of who was there.
    pub(super) fn follow<'a>(&mut self, present: impl Iterator<Item = &'a Party> + Clone, wall: u64) {
        // Each is one of them: several may have the number of one switchboard, or none.
        let mut new: Vec<&Party> = present.collect();
        let mut open: Vec<&mut Leg> = self.legs.iter_mut().filter(|leg| leg.until.is_none()).collect();
        let same = |leg: &Leg, party: &Party| leg.party == *party;
        // The name came later than the number.
        let named = |leg: &Leg, party: &Party| !party.number.is_empty() && party.number == leg.party.number;
        for is_it in [&same as &dyn Fn(&Leg, &Party) -> bool, &named] {
            open.retain_mut(|leg| match new.iter().position(|party| is_it(leg, party)) {
                Some(at) => {
                    leg.party = new.remove(at).clone();
                    false
                }
                None => true,
            });
        }
        for leg in open {
            leg.until = Some(wall);
        }
        self.legs.extend(new.into_iter().map(|party| Leg { party: party.clone(), since: wall, until: None }));
        let surplus = self.legs.len().saturating_sub(MOST_LEGS);
        self.legs.drain(..surplus);
    }
}

impl Call {
    /// The line is in use, here at least.
    pub(super) fn is_live(&self) -> bool {
        self.state != State::WrapUp
    }

    /// Dialed by an earlier page, which did not live to hear its name.
    pub(super) fn is_ghost(&self) -> bool {
        self.recalled && self.phone_ref.is_none() && self.is_live()
    }

    /// It is over, and not by the phone system's word: what it goes on naming is this call, and no other.
    pub(super) fn may_come_back(&self) -> bool {
        !self.is_live() && (self.core.unsure || (self.core.cause == Some(Cause::Lost) && self.phone_ref.is_some()))
    }

    /// More than one party besides the agent.
    pub(super) const fn is_conference(&self) -> bool {
        self.peers.len() > 1
    }

    /// The agent and others can talk, or could if it were retrieved.
    pub(super) const fn is_up(&self) -> bool {
        matches!(self.state, State::Connected | State::Held)
    }

    /// Up, but of everybody else there is only who still rings.
    pub(super) fn only_rings(&self) -> bool {
        self.is_up() && self.peers.iter().all(|peer| peer.state == ConnectionState::Alerting)
    }

    /// The command under way, if one is.
    pub(super) fn doing(&self) -> Option<CommandKind> {
        self.doing.map(|doing| doing.command)
    }

    /// On its way out, by the agent's wish.
    pub(super) fn is_clearing(&self) -> bool {
        matches!(self.doing(), Some(CommandKind::Clear | CommandKind::ClearCall | CommandKind::Decline | CommandKind::Reconnect))
    }

    /// Has the agent's voice, or is about to take it.
    pub(super) fn has_voice(&self) -> bool {
        match self.state {
            State::Connected | State::Delivered { .. } | State::Initiated { .. } => true,
            State::Alerting { .. } | State::Held => {
                matches!(self.doing(), Some(CommandKind::Answer | CommandKind::Retrieve | CommandKind::Alternate | CommandKind::Conference))
            }
            State::WrapUp => false,
        }
    }

    /// Is giving the agent's voice free.
    pub(super) fn leaves_voice(&self) -> bool {
        self.is_clearing() || self.doing() == Some(CommandKind::Hold)
    }

    /// The phone system spoke of it. A passing state that an earlier page left has its full time again.
    pub(super) const fn confirm(&mut self, now: Now) {
        if self.recalled {
            match &mut self.state {
                State::Alerting { until } | State::Delivered { until, .. } => *until = now.mono + super::patience::ALERTING,
                State::Initiated { until } => *until = now.mono + super::patience::INITIATED,
                State::Connected | State::Held | State::WrapUp => {}
            }
        }
        (self.recalled, self.confirmed) = (false, now.mono);
    }

    /// Moves the agent's connection, keeping the times of conversation and hold.
    pub(super) fn enter(&mut self, state: State, now: Now) {
        if state == State::Held {
            self.core.hold.begin(now);
        } else {
            self.core.hold.end(now);
        }
        if matches!(state, State::Connected | State::Held) {
            self.core.answered.get_or_insert(now.wall);
            self.core.talk.begin(now);
        }
        self.state = state;
    }

    /// Everybody but the agent, from now on.
    pub(super) fn set_peers(
        &mut self,
        listed: impl IntoIterator<Item = (Option<PartyRef>, Party, (ConnectionState, Side), bool)>,
        wall: u64,
    ) {
        let before = std::mem::take(&mut self.peers);
        for (name, party, (state, held_by), muted) in listed {
            let party = self.core.known(party);
            let is_same = |peer: &&Peer| name.is_some() && peer.name == name;
            // An ordinary call's one party may have had no name of its own.
            let nameless = |peer: &&Peer| peer.name.is_none() && peer.party.number == party.number;
            let known = before.iter().find(is_same).or_else(|| before.iter().find(nameless));
            let known = known.filter(|known| !self.peers.iter().any(|peer| peer.id == known.id));
            let leaving = known.and_then(|peer| peer.leaving);
            let id = known.map(|peer| peer.id).unwrap_or_else(|| {
                self.last_peer += 1;
                PartyId(self.last_peer)
            });
            self.peers.push(Peer { id, name, party, state, held_by, muted, leaving });
        }
        self.core.follow(self.peers.iter().map(|peer| &peer.party), wall);
    }

    /// One word for the screen.
    pub(super) fn phase(&self) -> Phase {
        match (self.state, self.doing()) {
            (State::WrapUp, _) => Phase::WrapUp,
            (
                _,
                Some(CommandKind::Clear | CommandKind::ClearCall | CommandKind::Decline | CommandKind::Deflect | CommandKind::Reconnect),
            ) => Phase::Clearing,
            (_, Some(CommandKind::Transfer | CommandKind::SingleStepTransfer)) => Phase::Transferring,
            (_, Some(CommandKind::Conference)) => Phase::Conferencing,
            (State::Alerting { .. }, Some(CommandKind::Answer)) => Phase::Answering,
            (State::Connected, Some(CommandKind::Hold)) => Phase::Holding,
            (State::Held, Some(CommandKind::Retrieve | CommandKind::Alternate)) => Phase::Retrieving,
            (State::Alerting { .. }, _) => Phase::Alerting,
            (State::Connected, _) => Phase::Connected,
            (State::Delivered { .. }, _) => Phase::Delivered,
            (State::Held, _) => Phase::Held,
            (State::Initiated { .. }, _) => Phase::Initiated,
        }
    }

    /// The state of the agent's connection.
    pub(super) const fn own_connection(&self) -> ConnectionState {
        match self.state {
            State::Alerting { .. } => ConnectionState::Alerting,
            State::Connected | State::Delivered { .. } => ConnectionState::Connected,
            State::Held => ConnectionState::Held,
            State::Initiated { .. } => ConnectionState::Initiated,
            State::WrapUp => ConnectionState::Null,
        }
    }

    /// The state of one party's connection.
    pub(super) fn connection_of(&self, peer: &Peer) -> ConnectionState {
        match self.state {
            State::WrapUp if self.core.answered.is_none() => ConnectionState::Failed,
            State::WrapUp | State::Initiated { .. } => ConnectionState::Null,
            State::Delivered { .. } => ConnectionState::Alerting,
            _ if self.is_conference() || matches!(peer.state, ConnectionState::Alerting | ConnectionState::Held) => peer.state,
            State::Alerting { .. } | State::Connected | State::Held => ConnectionState::Connected,
        }
    }
}
