//! How a call ends, and the time after it.

use crate::{
    Allowed, CallId, CallKind, Cause, CommandKind, ConnectionState, Direction, LogKey, Party, PartyId, PhoneCommand, PhoneRef, Private,
    ProblemKind, Recording, Refusal, Side, bug::Bug,
};

use super::{
    Lost, Softphone,
    call::{Call, Core, Doing, Leg, Peer, Search, State, Talk, WrapUp},
    cases::Cases,
    may::{OF_A_CALL, OF_A_PARTY},
    patience,
    pops::Opening,
    shown::Shown,
};

/// Calls taken for lost that are remembered for when they are not.
const MOST_LOST: usize = 8;

impl Softphone {
    /// A new call with a key of its own.
    pub(super) fn new_call(&mut self, direction: Direction, kind: CallKind, party: Party, state: State) -> CallId {
        self.count.call += 1;
        self.count.log += 1;
        let id = CallId(self.count.call);
        let leg = Leg { party: party.clone(), since: self.now.wall, until: None };
        let peer = Peer {
            id: PartyId(1),
            name: None,
            party: party.clone(),
            state: ConnectionState::Connected,
            held_by: Side::Agent,
            muted: false,
            leaving: None,
        };
        let core = Core {
            key: LogKey { seed: self.seed.unwrap_or_default(), count: self.count.log },
            direction,
            kind,
            party,
            called: Private::default(),
            queue: String::new(),
            segment: Private::default(),
            owns_log: false,
            source: crate::DialSource::default(),
            consultation: false,
            began: self.now,
            answered: None,
            talk: Talk::default(),
            hold: Talk::default(),
            cause: None,
            record: None,
            record_source: None,
            disposition: None,
            notes: Private::default(),
            digits: Private::default(),
            dialed: Private::default(),
            then: Private::default(),
            unsure: false,
            wrap_up: None,
            logged: false,
            news: crate::outbox::News::default(),
            legs: vec![leg],
        };
        let call = Call {
            id,
            phone_ref: None,
            core,
            state,
            peers: vec![peer],
            muted: false,
            recording: Recording::Off,
            doing: None,
            consults: None,
            auto_answer: None,
            confirmed: self.now.mono,
            search: Search::Done,
            recalled: false,
            matches: Vec::new(),
            shown: Shown::default(),
            found: None,
            opening: Opening::Unasked,
            page_asked: false,
            opened: None,
            cases: Cases::default(),
            last_peer: 1,
            take_back: false,
        };
        self.calls.insert(id, call);
        id
    }

    /// Whatever is over and had that name has it no more.
    #[inline(never)]
    pub(super) fn forget_name(&mut self, name: &PhoneRef) {
        self.lost.retain(|lost| lost.call.phone_ref.as_ref() != Some(name));
        for call in self.calls.values_mut().filter(|call| !call.is_live() && call.phone_ref.as_ref() == Some(name)) {
            call.phone_ref = None;
        }
        self.outbox.forget_names(Some(name));
    }

    /// Asks the phone system to end a call that is ended here in any case.
    pub(super) fn give_up(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.is_live()) else { return };
        let Some(name) = call.phone_ref.clone() else { return };
        // Who still rings may be taken by somebody else.
        let alerting = matches!(call.state, State::Alerting { .. }) && call.doing.is_none();
        let another = self.live().any(|call| call.id != id && call.phone_ref.as_ref() == Some(&name));
        if self.phone_ready() && !another {
            self.ask_phone(match alerting {
                true => PhoneCommand::Decline { call: name, cause: Cause::Busy },
                false => PhoneCommand::ClearConnection { call: name },
            });
        }
    }

    /// The line is free: wrap-up if there is something to write about, else straight to the log.
    pub(super) fn end(&mut self, id: CallId, cause: Cause) {
        let now = self.now;
        let Some(call) = self.calls.get_mut(&id).filter(|call| call.is_live()) else { return };
        let doing = call.doing.take();
        let asked = doing.map(|doing| doing.command);
        call.core.talk.end(now);
        call.core.hold.end(now);
        call.core.cause = Some(cause);
        call.core.follow(std::iter::empty(), now.wall);
        (call.muted, call.recording, call.auto_answer) = (false, Recording::Off, None);
        call.state = State::WrapUp;
        let (answered, direction, kind) = (call.core.answered.is_some(), call.core.direction, call.core.kind);
        let call_queue = !call.core.queue.is_empty();
        let (number, consultation, about) = (call.core.party.number.clone(), call.core.consultation, call.consults);
        // A queue rings many, and one answers: the others have nothing to be told.
        let offered = cause == Cause::AnsweredElsewhere && call_queue;
        if !offered {
            self.tell_end(cause, asked, answered, direction, number);
        }
        if !answered {
            self.open_missed(id, asked.is_some());
        }
        if let Some(doing) = doing.filter(|_| !matches!(cause, Cause::Transferred | Cause::Conferenced)) {
            self.part(doing);
        }
        if let Some(about) = about.filter(|_| asked == Some(CommandKind::Reconnect) && !self.seeded(Bug::ReconnectForgetsToRetrieve)) {
            self.retrieve_if_free(about);
        }
        if !answered && direction == Direction::Out {
            self.agent.guarded_until = now.mono + patience::GUARD;
        }
        if consultation {
            // Part of the call it was about, which has a wrap-up of its own.
            self.hand_notes_over(id, about);
            self.finish(id);
            return;
        }
        let seconds = self.settings.wrap_up.seconds[kind];
        let failed_outbound = !answered && direction == Direction::Out;
        // Without time for it, and without anything that must be said, there is nothing to wait for.
        let writes = seconds > 0 || self.settings.wrap_up.mandatory[kind];
        let wraps_up = answered || (failed_outbound && self.settings.wrap_up.after_failed_outbound);
        if !(wraps_up && writes) {
            self.finish(id);
            return;
        }
        // Only where the agent sees it, and why, before the log goes.
        self.take_the_page_in_view(id);
        let preset = cause_words(cause).filter(|words| self.settings.wrap_up.dispositions[kind].iter().any(|known| known == words));
        let deadline = (seconds > 0).then(|| now.wall + u64::from(seconds) * 1000);
        if let Some(call) = self.calls.get_mut(&id) {
            call.core.wrap_up = Some(WrapUp { since: now.wall, deadline, held_open: false });
            if failed_outbound && call.core.disposition.is_none() {
                call.core.disposition = preset.map(String::from);
            }
        }
        self.log_progress(id);
    }

    /// What was written in a consultation without a log of its own goes to the call it was about.
    fn hand_notes_over(&mut self, id: CallId, about: Option<CallId>) {
        let notes = self.calls.get(&id).filter(|call| !self.is_logged(call)).map(|call| call.core.notes.clone()).unwrap_or_default();
        if let Some(about) = about.and_then(|about| self.calls.get_mut(&about)).filter(|_| !notes.is_empty()) {
            let parts = [about.core.notes.reveal(), notes.reveal()];
            about.core.notes = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n").into();
        }
    }

    /// One of two calls that were to be joined ended by itself: the other waits no longer.
    fn part(&mut self, ended: Doing) {
        if !matches!(ended.command, CommandKind::Transfer | CommandKind::Conference) {
            return;
        }
        for call in self.calls.values_mut().filter(|call| call.doing.is_some_and(|doing| doing.request == ended.request)) {
            call.doing = None;
        }
    }

    /// Ends that nobody wished for are told in words.
    fn tell_end(&mut self, cause: Cause, asked: Option<CommandKind>, answered: bool, direction: Direction, number: Private) {
        if matches!(asked, Some(CommandKind::Clear | CommandKind::ClearCall | CommandKind::Decline | CommandKind::Reconnect)) {
            return;
        }
        match (cause, direction, answered) {
            (Cause::Abandoned | Cause::NoAnswer | Cause::Normal, Direction::In, false) => self.problem(ProblemKind::Missed, number),
            (Cause::Normal | Cause::Declined | Cause::Abandoned | Cause::Conferenced | Cause::Deflected | Cause::Transferred, ..) => {}
            (cause, ..) => self.problem(ProblemKind::CallEnded { cause }, number),
        }
    }

    /// Wrap-up may end: nothing mandatory is missing.
    pub(super) fn may_finish(&self, call: &Call) -> bool {
        call.core.disposition.is_some()
            || !self.settings.wrap_up.mandatory[call.core.kind]
            || self.settings.wrap_up.dispositions[call.core.kind].is_empty()
    }

    /// Its time is up, and it goes on for the missing disposition alone.
    #[inline(never)]
    pub(super) fn hold_open(&mut self, id: CallId) {
        if let Some(wrap_up) = self.calls.get_mut(&id).and_then(|call| call.core.wrap_up.as_mut()) {
            wrap_up.held_open = true;
        }
    }

    /// Changes what the agent writes. A choice that came late is not final at its first touch: with the keyboard each one on the way to the
    /// right one is chosen for a moment, and notes may still follow.
    pub(super) fn write(&mut self, id: CallId, change: impl FnOnce(&mut Core)) {
        let missing = self.calls.get(&id).is_some_and(|call| !self.may_finish(call));
        let earliest = self.now.wall.saturating_add(patience::AFTER_CHOICE);
        let Some(call) = self.calls.get_mut(&id) else { return };
        change(&mut call.core);
        let Some(wrap_up) = call.core.wrap_up.as_mut() else { return };
        let chosen = missing && call.core.disposition.is_some();
        if let Some(deadline) = wrap_up.deadline.filter(|deadline| *deadline < earliest && (wrap_up.held_open || chosen)) {
            wrap_up.held_open = true;
            wrap_up.deadline = Some(deadline.max(earliest));
        }
    }

    /// The last moment extensions can reach, wall-clock milliseconds.
    pub(super) fn latest_deadline(&self, since: u64) -> u64 {
        since.saturating_add(u64::from(self.settings.wrap_up.limit_seconds) * 1000)
    }

    /// Another full period from now, up to the limit.
    pub(super) fn extend_wrap_up(&mut self, id: CallId) {
        let now = self.now.wall;
        let Some(call) = self.calls.get(&id) else { return };
        let seconds = u64::from(self.settings.wrap_up.seconds[call.core.kind]);
        let Some(latest) = call.core.wrap_up.map(|wrap_up| self.latest_deadline(wrap_up.since)) else { return };
        if let Some(wrap_up) = self.calls.get_mut(&id).and_then(|call| call.core.wrap_up.as_mut()) {
            let later = wrap_up.deadline.unwrap_or(now).max(now).saturating_add(seconds * 1000);
            wrap_up.deadline = Some(later.min(latest));
        }
    }

    /// The call is done with: its log becomes final and it leaves the list.
    pub(super) fn finish(&mut self, id: CallId) {
        if self.calls.get(&id).is_none_or(Call::is_live) {
            return;
        }
        self.log_final(id);
        self.work_ended(id);
        if let Some(call) = self.calls.remove(&id).filter(Call::may_come_back) {
            self.lost.push_back(Lost { call, at: self.now.wall });
            let surplus = self.lost.len().saturating_sub(MOST_LOST);
            self.lost.drain(..surplus);
        }
    }

    /// Every command that concerns a call alone, with whether it is allowed.
    pub(super) fn commands_of(&self, id: CallId) -> Vec<Allowed> {
        let allowed = |command| Allowed { command, refused: self.listed(self.may(command, id)) };
        OF_A_CALL.into_iter().map(allowed).collect()
    }

    fn listed(&self, may: Result<(), Refusal>) -> Option<&'static str> {
        let forgiven = |refusal: &Refusal| self.seeded(Bug::ListIgnoresDoing) && matches!(refusal, Refusal::InProgress(_));
        may.err().filter(|refusal| !forgiven(refusal)).map(|refusal| refusal.code())
    }

    /// Every command that concerns one party, with whether it is allowed.
    pub(super) fn commands_of_party(&self, id: CallId, party: PartyId) -> Vec<Allowed> {
        let allowed = |command| Allowed { command, refused: self.may_party(command, id, party).err().map(|refusal| refusal.code()) };
        OF_A_PARTY.into_iter().map(allowed).collect()
    }
}

/// How a call that was never answered is called in its log.
pub(super) const fn cause_words(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::Abandoned => Some("Missed"),
        Cause::NotAuthorized | Cause::SystemFailure | Cause::Congestion | Cause::NetworkLost | Cause::MediaFailure | Cause::Lost => {
            Some("Failed")
        }
        Cause::AnsweredElsewhere | Cause::Conferenced | Cause::Deflected | Cause::Normal | Cause::Transferred => None,
        Cause::Busy => Some("Busy"),
        Cause::Declined => Some("Declined"),
        Cause::InvalidNumber => Some("Wrong number"),
        Cause::NoAnswer => Some("No answer"),
        Cause::Rejected => Some("Rejected"),
    }
}
