//! What one page leaves to the next: the calls at hand, drafts, logs on their way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AgentState, CallId, Cause, ConnectionState, LogKey, Output, PartyId, PhoneRef, Private, ProblemKind, RecordRef, Recording, Refusal,
    Side,
    outbox::{MOST_OFFERED, Outbox},
    settings::IdentitySource,
};

use super::{
    Softphone, Waiting,
    call::{Call, Core, Peer, Search, State},
    cases::Cases,
    patience,
    pops::Opening,
    shown::Shown,
    work::Done,
};

/// Written by this layout; another one is not read.
const VERSION: u8 = 2;

/// One agent's leftovers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Checkpoint {
    /// Whose; by the phone system's account or the CRM's user.
    identity: Private,
    /// The phone account at the time, where the CRM should say who the agent is; else empty.
    account: Private,
    /// It could not: the account stands for whoever had it.
    stands_in: bool,
    /// When the agent was here last, wall-clock milliseconds, to the day: the bytes must not change with every tick.
    pub(super) day: u64,
    /// None: ready. Else the reason why not.
    not_ready: Option<String>,
    calls: Vec<Kept>,
    outbox: Outbox,
    works: Vec<Done>,
    /// Logs of this agent that were deleted because nobody came back for them: to be told.
    expired: u32,
}

/// A call as the next page gets it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Kept {
    id: CallId,
    phone_ref: Option<PhoneRef>,
    state: State,
    consults: Option<CallId>,
    core: Core,
    /// Who it may be: the agent may not have chosen yet, or may choose again.
    matches: Vec<RecordRef>,
    /// That is all that is known; else the CRM has still to be asked.
    searched: bool,
}

static NOBODY: Private = Private::none();
pub(super) const DAY_MS: u64 = 86_400_000;

/// An agent who comes back later is not told any more that logs were deleted.
const TOLD_OF_DAYS: u64 = 90;

impl Checkpoint {
    /// The keys of all logs in it.
    fn keys(&self) -> impl Iterator<Item = LogKey> {
        self.calls.iter().map(|call| call.core.key).chain(self.outbox.keys())
    }

    /// Nothing but a number is left of it.
    fn is_told_of(&self) -> bool {
        self.expired > 0 && self.calls.is_empty() && self.outbox.is_empty()
    }

    /// How many logs wait in it: unsent ones, and what was written about calls that were not finished.
    pub(super) fn logs(&self) -> usize {
        self.outbox.unfinished() + self.calls.iter().filter(|call| !call.core.logged && !call.core.notes.is_empty()).count()
    }
}

impl Kept {
    fn of(call: &Call) -> Self {
        Self {
            id: call.id,
            phone_ref: call.phone_ref.clone(),
            state: call.state,
            consults: call.consults,
            core: call.core.clone(),
            matches: call.matches.iter().take(MOST_OFFERED).cloned().collect(),
            searched: call.search == Search::Done,
        }
    }
}

impl Softphone {
    /// Takes what an earlier page stored. It is opened when it is known who is here.
    #[inline(never)]
    pub(super) fn restore(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if !self.calls.is_empty() || self.phone.state.is_some() {
            return Err(Refusal::OutOfOrder);
        }
        // What cannot be read stays as it is; what can is stored with the rest, also what was found apart from it.
        let mut more = read(bytes).ok_or(Refusal::Unreadable)?;
        let known: Vec<_> = self.parked.iter().flat_map(Checkpoint::keys).collect();
        for checkpoint in &mut more {
            checkpoint.calls.retain(|call| !known.contains(&call.core.key));
            checkpoint.outbox.forget(&known);
        }
        self.parked.extend(more);
        Ok(())
    }

    /// What nobody came back for is not kept longer than the settings say. Asked only once there are settings: a page restores before.
    pub(super) fn forget_old_leftovers(&mut self) {
        let oldest = (self.now.wall / DAY_MS).saturating_sub(u64::from(self.settings.log.retention_days));
        if self.parked.iter().any(|parked| parked.day < oldest && !(parked.is_told_of() && parked.day + TOLD_OF_DAYS >= oldest)) {
            self.expire(oldest);
        }
    }

    /// Of logs that are deleted only their number stays, for when their agent comes back.
    #[inline(never)]
    fn expire(&mut self, oldest: u64) {
        for parked in self.parked.iter_mut().filter(|parked| parked.day < oldest) {
            parked.expired += u32::try_from(parked.logs()).unwrap_or(u32::MAX);
            (parked.calls, parked.outbox, parked.works) = Default::default();
        }
        self.parked.retain(|parked| parked.day >= oldest || (parked.expired > 0 && parked.day + TOLD_OF_DAYS >= oldest));
        // It differs from what is stored, although it may be as long.
        self.told.parked = usize::MAX;
    }

    /// Opens what belongs to whoever is here by now, and closes what belonged to somebody else.
    pub(super) fn see_who_is_here(&mut self) {
        if self.is_user_unknown() && self.owner == self.phone.identity {
            self.stands_in = true;
        }
        let owner = match (self.settings.identity.source, &self.crm.user) {
            (IdentitySource::Apex, None) => return,
            (IdentitySource::Apex, Some(user)) if !user.is_empty() => user,
            // The default, and what is left where the CRM cannot tell.
            _ => &self.phone.identity,
        };
        let owner = owner.clone();
        // Known better now, and nobody else: the phone account stood in until the CRM could tell.
        let renamed = self.stands_in && self.owner == self.phone.identity;
        let another = self.owner != owner && !self.owner.is_empty() && !renamed;
        if another {
            self.park();
        }
        self.owner = owner;
        self.stands_in = self.is_user_unknown();
        self.adopt_parked();
        if another && self.phone_ready() {
            self.begin_presence();
            let base = self.agent.base.clone();
            self.report_state(base);
        }
    }

    /// Somebody else is here now: what this agent leaves stays closed until the owner returns.
    #[inline(never)]
    pub(super) fn park(&mut self) {
        let mut mine = self.leftovers();
        // What was sent is not kept for who went.
        mine.outbox.forget_saved();
        self.parked.push(mine);
        self.lost.clear();
        self.drop_wanted();
        (self.calls, self.outbox, self.agent, self.work) = Default::default();
        // Messages name customers of the one who went.
        (self.problems, self.refresh) = Default::default();
        // And the page in view is the other's.
        (self.crm.in_view, self.crm.last_view, self.pops.away) = Default::default();
        self.waiting.retain(|_, waiting| matches!(waiting, Waiting::Sync { .. }));
        self.ask_sync();
    }

    /// Logs of other agents that wait here.
    pub(super) fn locked_logs(&self) -> usize {
        // Until it is known who is here, they may be this agent's own.
        if self.owner.is_empty() { 0 } else { self.parked.iter().map(Checkpoint::logs).sum() }
    }

    fn leftovers(&self) -> Checkpoint {
        // Where the account stands in for the user, another one may have come just now.
        let account = if self.stands_in && !self.owner.is_empty() { &self.owner } else { self.account() };
        Checkpoint {
            identity: self.owner.clone(),
            account: account.clone(),
            stands_in: self.stands_in || self.owner.is_empty(),
            day: self.now.wall / DAY_MS,
            not_ready: self.reason_to_keep().map(String::from),
            calls: self.calls.values().map(Kept::of).collect(),
            outbox: self.outbox.clone(),
            works: self.work.done.clone(),
            expired: 0,
        }
    }

    /// The CRM is to say who the agent is, and has not, or cannot.
    fn is_user_unknown(&self) -> bool {
        self.settings.identity.source == IdentitySource::Apex && self.crm.user.as_ref().is_none_or(Private::is_empty)
    }

    /// It is still to come whose logs these are.
    pub(super) fn waits_for_user(&self) -> bool {
        self.settings.identity.source == IdentitySource::Apex && self.crm.user.is_none()
    }

    fn account(&self) -> &Private {
        if self.settings.identity.source == IdentitySource::Apex { &self.phone.identity } else { &NOBODY }
    }

    /// Opens what belongs to the agent who is here.
    pub(super) fn adopt_parked(&mut self) {
        if !self.parked.is_empty() && !self.waits_for_user() {
            self.forget_old_leftovers();
            self.adopt_mine();
        }
    }

    #[inline(never)]
    fn adopt_mine(&mut self) {
        let (owner, account) = (&self.owner, &self.phone.identity);
        // A phone that another user had, too, does not say whose it was.
        let shared = self.parked.iter().any(|p| !p.stands_in && p.account == *account && p.identity != *owner);
        let had_it = |p: &Checkpoint| p.stands_in && !shared && !account.is_empty() && p.account == *account;
        let (mine, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.parked).into_iter().partition(|p| p.identity == *owner || had_it(p));
        self.parked = others;
        let mut expired = 0;
        for mut checkpoint in mine {
            expired += checkpoint.expired;
            if !checkpoint.account.is_empty() && checkpoint.account != self.phone.identity {
                checkpoint.outbox.forget_names(None);
            }
            self.outbox.adopt(checkpoint.outbox, self.now.mono);
            self.work.done.extend(checkpoint.works.into_iter().map(Done::again));
            if !self.agent.begun {
                let base = checkpoint.not_ready.map_or(AgentState::Ready, |reason| AgentState::NotReady { reason });
                (self.agent.base, self.agent.begun) = (base, true);
            }
            let mut renumbered = BTreeMap::new();
            for kept in checkpoint.calls {
                let about = kept.consults.and_then(|about| renumbered.get(&about).copied());
                renumbered.insert(kept.id, self.adopt_call(kept, about));
            }
        }
        if expired > 0 {
            self.problem(ProblemKind::LogsExpired { count: expired }, Private::default());
        }
        self.end_what_did_not_survive();
        if self.phone_ready() && self.live().any(Call::is_ghost) {
            self.ask_sync();
        }
    }

    /// Where calls end with their page, no list brings back what an earlier page had: its calls are written up at once.
    #[inline(never)]
    pub(super) fn end_what_did_not_survive(&mut self) {
        if !self.phone_ready() || self.phone.capabilities.calls_survive_reload {
            return;
        }
        let gone: Vec<_> = self.live().filter(|call| call.recalled).map(|call| call.id).collect();
        for id in gone {
            self.end(id, Cause::Lost);
        }
    }

    #[inline(never)]
    fn adopt_call(&mut self, kept: Kept, consults: Option<CallId>) -> CallId {
        let Kept { phone_ref, state, mut core, matches, searched, .. } = kept;
        self.count.call += 1;
        let id = CallId(self.count.call);
        let mono = self.now.mono;
        // Monotonic times were another page's. The sync tells how long the conversation has been.
        core.talk.settle(false);
        if core.talk.since.take().is_some() {
            core.talk.before = core.answered.map_or(0, |answered| self.now.wall.saturating_sub(answered));
            core.talk.begin(self.now);
        }
        if core.hold.since.take().is_some() {
            core.hold.begin(self.now);
        }
        let state = match state {
            State::Alerting { .. } => State::Alerting { until: mono + patience::COMMAND },
            State::Delivered { early_media, .. } => State::Delivered { early_media, until: mono + patience::COMMAND },
            State::Initiated { .. } => State::Initiated { until: mono + patience::COMMAND },
            same @ (State::Connected | State::Held | State::WrapUp) => same,
        };
        if state != State::WrapUp {
            core.wrap_up = None;
        }
        // The phone system may have listed its calls before it said whose they are: the one it listed is this one.
        // Dialed in the last moment of the page before, it has no name yet: then the number tells; else a list does, or it is given up for lost.
        let same = |call: &&Call| call.core.direction == crate::Direction::Out && !call.recalled && core.is_to(&call.core.party.number);
        let listed = match &phone_ref {
            _ if state == State::WrapUp => None,
            Some(name) => self.find(name),
            None => self.live().find(same).map(|call| call.id),
        };
        let listed = listed.and_then(|id| self.calls.get_mut(&id));
        if let Some(call) = listed {
            // Two calls of one name would be one too many: what is not confirmed is given up in time, and somebody is on the line.
            self.outbox.withdraw(call.core.key);
            let fresh = std::mem::replace(&mut call.core, core);
            (call.core.talk, call.core.hold) = (fresh.talk, fresh.hold);
            call.core.answered = call.core.answered.or(fresh.answered);
            if call.core.record_source.is_none() {
                (call.core.record, call.core.record_source) = (fresh.record, fresh.record_source);
            }
            if call.matches.is_empty() {
                call.matches = matches;
            }
            return call.id;
        }
        let chosen = core.record.iter().filter(|record| !matches.iter().any(|known| known.id == record.id)).cloned();
        let matches = chosen.chain(matches.iter().cloned()).collect();
        let peer = Peer {
            id: PartyId(1),
            name: None,
            party: core.party.clone(),
            state: ConnectionState::Connected,
            held_by: Side::Agent,
            muted: false,
            leaving: None,
        };
        let call = Call {
            id,
            phone_ref,
            shown: Shown::wanted(core.record.as_ref()),
            core,
            state,
            peers: vec![peer],
            muted: false,
            recording: Recording::Off,
            doing: None,
            consults,
            auto_answer: None,
            confirmed: mono,
            // What goes on is searched for when the phone system has confirmed it.
            search: if state == State::WrapUp && !searched { Search::Wanted } else { Search::Done },
            recalled: true,
            matches,
            found: None,
            opening: Opening::Done,
            page_asked: false,
            opened: None,
            cases: Cases::default(),
            last_peer: 1,
            take_back: false,
        };
        self.calls.insert(id, call);
        id
    }

    /// Asks for the checkpoint to be kept after a change, before anything that relies on it is sent.
    ///
    /// Not every change is one of what is kept. To find out costs more than the host's comparing of the bytes it writes anyway.
    pub(super) fn store(&mut self, first_output: usize) {
        let begun = !self.calls.is_empty() || !self.outbox.is_empty() || self.agent.begun;
        let parked = self.parked.len();
        if begun || self.told.begun || self.told.parked != parked {
            (self.told.begun, self.told.parked) = (begun, parked);
            self.outputs.insert(first_output, Output::Store);
        }
    }

    /// What the next page of the same agent must get as [`crate::Input::Restored`]: calls, drafts, unsent logs. Names and numbers are in it.
    #[must_use]
    pub fn checkpoint(&self) -> Vec<u8> {
        let mine = self.told.begun.then(|| self.leftovers());
        let all: Vec<_> = self.parked.iter().chain(&mine).collect();
        // Nothing in it can refuse to be written.
        write(&all).unwrap_or_default()
    }

    /// Why the agent takes no calls, as the next page should begin; none: ready.
    fn reason_to_keep(&self) -> Option<&str> {
        match self.agent.pending.as_ref().unwrap_or(&self.agent.base) {
            AgentState::NotReady { reason } => Some(reason),
            AgentState::Busy | AgentState::Ready | AgentState::WorkingAfterCall => None,
        }
    }
}

fn read(bytes: &[u8]) -> Option<Vec<Checkpoint>> {
    let (&VERSION, body) = bytes.split_first()? else { return None };
    postcard::from_bytes(body).ok()
}

fn write(all: &[&Checkpoint]) -> Option<Vec<u8>> {
    let mut bytes = vec![VERSION];
    bytes.extend(postcard::to_allocvec(all).ok()?);
    Some(bytes)
}

/// The same once more, through the mask in force. What cannot be read becomes as many zeros, which cannot be read either.
#[cfg(feature = "redact")]
pub(crate) fn rewritten(bytes: &[u8]) -> Vec<u8> {
    read(bytes).and_then(|all| write(&all.iter().collect::<Vec<_>>())).unwrap_or_else(|| vec![0; bytes.len()])
}

/// Writes what a page left to the next in a format that names its fields; nothing, as far as it cannot be read.
///
/// # Errors
///
/// Those of the serializer.
#[cfg(feature = "redact")]
pub fn spelled_out<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    read(bytes).serialize(serializer)
}
