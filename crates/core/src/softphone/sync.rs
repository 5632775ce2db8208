//! The whole truth at once: what is not listed is gone, what is not known is new.

use crate::{
    CallId, Cause, CommandKind, ConnectionState, Direction, PhoneCall, PhoneCommand, PhoneRef, Private, RefusedReason, Side, bug::Bug,
};

use super::{
    Lost, Softphone,
    call::{Call, Search, State, Talk},
    patience,
};

/// Ages beyond a week are a broken clock's, milliseconds.
const LONGEST_CALL: u64 = 7 * 86_400_000;

/// Calls taken from lists, whatever the phone system names: more than any settings allow lines would be shown for nothing.
const MOST_CALLS: usize = 64;

/// A call taken for lost may come back for so long, milliseconds.
const LOST: u64 = 600_000;

/// The phone system and this page disagree about a call's begin by less, milliseconds.
pub(super) const SLACK: u64 = 60_000;

/// Differences below are the way the report took, milliseconds.
pub(super) const SLEPT: u64 = 5_000;

impl Softphone {
    pub(super) fn sync(&mut self, listed: Vec<PhoneCall>) {
        // So it is when a page begins; the rest of the story is not loaded then.
        if !(listed.is_empty() && self.calls.is_empty()) {
            self.compare(listed);
        }
    }

    #[inline(never)]
    fn compare(&mut self, listed: Vec<PhoneCall>) {
        let there = |entry: &&PhoneCall| !matches!(entry.state, ConnectionState::Null | ConnectionState::Failed);
        let named = |call: &Call| listed.iter().filter(there).any(|entry| call.phone_ref.as_ref() == Some(&entry.call));
        let gone: Vec<_> = self.live().filter(|call| call.phone_ref.is_some() && !named(call)).map(|call| call.id).collect();
        if !gone.is_empty() {
            // The list may be older than the call: asked again, it brings back what still exists.
            self.ask_sync();
        }
        for id in gone {
            self.end(id, Cause::Lost);
        }
        // Dialed in the last moment of an earlier page: what no list names was never placed.
        let ghosts: Vec<_> = self.live().filter(|call| call.is_ghost()).map(|call| call.id).collect();
        let about: Vec<(PhoneRef, PhoneRef)> =
            listed.iter().filter_map(|entry| Some((entry.call.clone(), entry.consults.clone()?))).collect();
        for entry in listed {
            if self.is_freed(&entry) {
                self.ask_phone(PhoneCommand::ClearConnection { call: entry.call });
            } else {
                self.sync_call(entry);
            }
        }
        for (consultation, about) in about {
            let about = self.find(&about).filter(|about| self.find(&consultation) != Some(*about));
            if let Some(call) = self.find(&consultation).and_then(|id| self.calls.get_mut(&id)) {
                call.consults = call.consults.or(about);
                call.core.consultation |= call.consults.is_some();
            }
        }
        for id in ghosts {
            if self.calls.get(&id).is_some_and(Call::is_ghost) {
                self.end(id, Cause::Lost);
            }
        }
        let connected = self.live().filter(|call| call.state == State::Connected).map(|call| call.id).max();
        if let Some(newest) = connected {
            self.only_voice(newest);
        }
    }

    fn sync_call(&mut self, entry: PhoneCall) {
        let now = self.now;
        let Some(state) = self.state_of(&entry) else { return };
        let known = self.find(&entry.call).or_else(|| self.come_back(&entry)).or_else(|| self.named_at_last(&entry));
        if known.is_none() && self.live().count() >= MOST_CALLS {
            return;
        }
        let id = known.unwrap_or_else(|| {
            self.name_taken(&entry.call);
            self.new_call(entry.direction, entry.kind, entry.party.clone(), state)
        });
        let Some(call) = self.calls.get_mut(&id) else { return };
        if known.is_none() {
            call.phone_ref = Some(entry.call);
            (call.core.called, call.core.queue, call.core.segment) = (entry.called, entry.queue, entry.segment);
            call.core.owns_log = entry.owns_log;
            // Known before the first word about it: whether it is logged depends on it.
            call.core.consultation = entry.consults.is_some_and(|about| Some(&about) != call.phone_ref.as_ref());
            call.core.began.wall = now.wall.saturating_sub(entry.age_ms.min(LONGEST_CALL));
        }
        if let Some(answered_ms) = entry.answered_ms.map(|ms| ms.min(LONGEST_CALL)) {
            let answered = *call.core.answered.get_or_insert_with(|| now.wall.saturating_sub(answered_ms));
            // The clock of a sleeping page may stand still; what the phone system and the wall clock both say is believed.
            let both = answered_ms.min(now.wall.saturating_sub(answered));
            let slept = both > call.core.talk.until(now) + SLEPT;
            if call.core.talk.since.is_none() || call.recalled {
                call.core.talk = Talk::told(answered_ms, now);
            } else if slept {
                call.core.talk = Talk::told(both, now);
            }
            call.core.talk.settle(false);
            call.core.hold.settle(slept);
        }
        // A command under way knows better what comes next; a state seen before it began must not undo it.
        if call.doing.is_none() && (known.is_none() || !same_stage(call.state, state)) {
            call.enter(state, now);
        } else if call.doing.is_none() && matches!((call.state, state), (State::Alerting { .. }, State::Alerting { .. })) {
            // A caller waits as long as the phone system lets ring, and says so; only in silence it ends.
            call.state = state;
        }
        // Once is enough: the phone system is asked for its calls all the time.
        let news = known.is_none() || call.recalled;
        call.confirm(now);
        let several = call.is_conference();
        (call.muted, call.recording) = (entry.muted, entry.recording);
        if entry.parties.is_empty() {
            let name = call.peers.first().and_then(|peer| peer.name.clone());
            call.set_peers([(name, entry.party, (entry.far_state, Side::Party), false)], now.wall);
        } else {
            call.list(entry.parties, now.wall);
        }
        let known_there = call.core.record.is_some() || !call.matches.is_empty();
        let (answered, searched) = (call.core.answered.is_some(), !matches!(call.search, Search::Done) || known_there);
        if several {
            self.take_back_the_last(id);
        }
        if known.is_none() && !entry.record.is_empty() {
            self.record_known(id, entry.record);
        } else if news && !searched {
            self.want_quiet_search(id);
        }
        if answered {
            self.log_progress(id);
        }
    }

    /// None: not a call any more, or one that waits without this agent.
    const fn state_of(&self, entry: &PhoneCall) -> Option<State> {
        let mono = self.now.mono;
        Some(match (entry.state, entry.far_state, entry.direction) {
            (ConnectionState::Held, ..) => State::Held,
            (ConnectionState::Alerting, _, Direction::In) => State::Alerting { until: mono + patience::ALERTING },
            (ConnectionState::Initiated | ConnectionState::Alerting, ..) => State::Initiated { until: mono + patience::INITIATED },
            (ConnectionState::Connected, ConnectionState::Alerting, Direction::Out) => {
                State::Delivered { early_media: false, until: mono + patience::ALERTING }
            }
            (ConnectionState::Connected, ..) => State::Connected,
            (ConnectionState::Null | ConnectionState::Failed | ConnectionState::Queued, ..) => return None,
        })
    }

    /// A dialed call whose name never came: the phone system has one to the same number that nobody knows.
    fn named_at_last(&mut self, entry: &PhoneCall) -> Option<CallId> {
        let is_it = |call: &&Call| call.is_nameless_dial() && call.core.is_to(&entry.party.number);
        let id = self.calls.values().filter(|_| entry.direction == Direction::Out).find(is_it)?.id;
        self.named(id, entry.call.clone());
        Some(id)
    }

    /// A call taken for lost that exists after all goes on as the same call, with its notes and its log.
    fn come_back(&mut self, entry: &PhoneCall) -> Option<CallId> {
        if self.seeded(Bug::ComesBackAsNew) {
            return None;
        }
        let began = self.now.wall.saturating_sub(entry.age_ms);
        // Dialed once more, and not named yet either: that is what the number tells.
        let again = self.live().any(|call| call.is_nameless_dial() && call.core.is_to(&entry.party.number));
        let is_it = |call: &Call| call.may_come_back() && call.is_listed(entry, began) && !(again && call.phone_ref.is_none());
        self.bring_back(entry, began, is_it);
        let call = self.calls.values_mut().find(|call| is_it(call))?;
        let (id, declined) = (call.id, call.core.cause == Some(Cause::Declined));
        (call.core.cause, call.core.wrap_up, call.core.unsure) = (None, None, false);
        call.phone_ref.get_or_insert_with(|| entry.call.clone());
        // Silent until the entry says how it is.
        call.state = State::Held;
        if declined {
            self.command_refused(id, CommandKind::Decline, RefusedReason::Timeout, Private::default());
        }
        Some(id)
    }

    /// Without a wrap-up it had left the list already.
    fn bring_back(&mut self, entry: &PhoneCall, began: u64, is_it: impl Fn(&Call) -> bool) {
        self.lost.retain(|lost| lost.at + LOST >= self.now.wall);
        let later = |call: &Call| entry.age_ms > 0 && began > call.core.began.wall + SLACK;
        let is_it = |lost: &Lost| is_it(&lost.call) && !later(&lost.call);
        let Some(Lost { mut call, .. }) = self.lost.iter().position(is_it).and_then(|at| self.lost.remove(at)) else { return };
        if !call.search.is_settled() {
            call.search = Search::Wanted;
        }
        let key = call.core.key;
        self.work.done.retain(|done| done.key != key);
        self.calls.insert(call.id, call);
    }
}

impl Call {
    /// This is what the phone system lists: by its name, or, dialed and never named, by its number and its begin.
    fn is_listed(&self, entry: &PhoneCall, began: u64) -> bool {
        if let Some(name) = &self.phone_ref {
            return *name == entry.call;
        }
        let near = entry.age_ms == 0 || began.abs_diff(self.core.began.wall) <= SLACK;
        self.core.direction == Direction::Out && entry.direction == Direction::Out && near && self.core.is_to(&entry.party.number)
    }
}

/// Equal but for the deadlines.
const fn same_stage(a: State, b: State) -> bool {
    matches!(
        (a, b),
        (State::Alerting { .. }, State::Alerting { .. })
            | (State::Connected, State::Connected)
            | (State::Delivered { .. }, State::Delivered { .. })
            | (State::Held, State::Held)
            | (State::Initiated { .. }, State::Initiated { .. })
            | (State::WrapUp, State::WrapUp)
    )
}
