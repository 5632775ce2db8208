//! The whole truth at once: what is not listed is gone, what is not known is new.

use crate::{CallId, Cause, ConnectionState, Direction, PhoneCall, PhoneCommand, PhoneRef, Side};

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
const SLACK: u64 = 60_000;

/// Differences below are the way the report took, milliseconds.
const SLEPT: u64 = 5_000;

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

    /// The agent freed this call by force. One that began later has only got the name of it.
    fn is_freed(&mut self, entry: &PhoneCall) -> bool {
        let now = self.now.wall;
        let later = |at: u64| entry.age_ms > 0 && now.saturating_sub(entry.age_ms) > at;
        self.freed.retain(|freed| freed.name != entry.call || !later(freed.at));
        self.freed.iter().any(|freed| freed.name == entry.call)
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
            // Known before the first word about it: whether it is logged depends on it.
            call.core.consultation = entry.consults.is_some_and(|about| Some(&about) != call.phone_ref.as_ref());
            call.core.began.wall = now.wall.saturating_sub(entry.age_ms.min(LONGEST_CALL));
        }
        if let Some(answered_ms) = entry.answered_ms.map(|ms| ms.min(LONGEST_CALL)) {
            let answered = *call.core.answered.get_or_insert_with(|| now.wall.saturating_sub(answered_ms));
            // The clock of a sleeping page may stand still; what the phone system and the wall clock both say is believed.
            let both = answered_ms.min(now.wall.saturating_sub(answered));
            if call.core.talk.since.is_none() || call.recalled {
                call.core.talk = Talk { before: answered_ms, since: Some(now.mono) };
            } else if both > call.core.talk.until(now) + SLEPT {
                call.core.talk = Talk { before: both, since: Some(now.mono) };
            }
        }
        // A command under way knows better what comes next; a state seen before it began must not undo it.
        if call.doing.is_none() && (known.is_none() || !same_stage(call.state, state)) {
            call.enter(state, now);
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
        let asked = |call: &Call| call.is_unanswered_outbound() && !call.doing.is_some_and(|doing| doing.waits);
        let is_it = |call: &&mut Call| call.phone_ref.is_none() && asked(call) && call.core.is_to(&entry.party.number);
        let call = self.calls.values_mut().filter(|_| entry.direction == Direction::Out).find(is_it)?;
        call.phone_ref = Some(entry.call.clone());
        Some(call.id)
    }

    /// A call taken for lost that exists after all goes on as the same call, with its notes and its log.
    fn come_back(&mut self, entry: &PhoneCall) -> Option<CallId> {
        self.bring_back(entry);
        let is_it =
            |call: &&mut Call| !call.is_live() && call.core.cause == Some(Cause::Lost) && call.phone_ref.as_ref() == Some(&entry.call);
        let call = self.calls.values_mut().find(is_it)?;
        (call.core.cause, call.core.wrap_up) = (None, None);
        // Silent until the entry says how it is.
        call.state = State::Held;
        Some(call.id)
    }

    /// Without a wrap-up it had left the list already.
    fn bring_back(&mut self, entry: &PhoneCall) {
        let began = self.now.wall.saturating_sub(entry.age_ms);
        self.lost.retain(|lost| lost.at + LOST >= self.now.wall);
        let is_it = |lost: &Lost| {
            let later = entry.age_ms > 0 && began > lost.call.core.began.wall + SLACK;
            lost.call.phone_ref.as_ref() == Some(&entry.call) && !later
        };
        let Some(Lost { mut call, .. }) = self.lost.iter().position(is_it).and_then(|at| self.lost.remove(at)) else { return };
        if !call.search.is_settled() {
            call.search = Search::Wanted;
        }
        let key = call.core.key;
        self.work.done.retain(|done| done.key != key);
        self.calls.insert(call.id, call);
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
