//! What time alone brings about: every passing state has a deadline and a next state.

use crate::{CallId, Cause, CommandKind, Now, PhoneCommand, RefusedReason, RequestId, bug::Bug};

use super::{
    Softphone, Waiting,
    call::{Call, State, WrapUp},
    patience,
    sync::SLEPT,
};

/// Times beyond this are a broken clock's: no sum of times may overflow. It is what JavaScript's numbers hold exactly.
const LATEST: u64 = (1 << 53) - 1;

/// A wall clock set back by less is not worth a new snapshot.
const SET_BACK: u64 = 2_000;

impl Softphone {
    /// Takes the host's clocks as they are now.
    pub(super) fn clock(&mut self, now: Now) {
        let before = self.now;
        // A monotonic clock that goes back is the host's mistake; durations must not suffer.
        self.now = Now { mono: now.mono.min(LATEST).max(before.mono), wall: now.wall.min(LATEST), utc_offset: now.utc_offset };
        let passed = self.now.mono - before.mono;
        if passed > patience::CHECK + patience::COMMAND {
            // The page slept. Nobody could say anything then, so nobody's silence counts.
            for call in self.calls.values_mut() {
                call.confirmed += passed;
            }
        }
        // The computer slept, and the clock with it, or the clock on the wall was set. The phone system knows.
        let ahead = self.now.wall.saturating_sub(before.wall).saturating_sub(passed);
        if ahead > SLEPT && self.live().next().is_some() {
            self.woke(ahead);
        }
        let back = before.wall.saturating_add(passed).saturating_sub(self.now.wall);
        if back > SET_BACK {
            for call in self.calls.values_mut() {
                call.core.set_back(back);
            }
            self.agent.since = self.agent.since.saturating_sub(back);
        }
    }

    #[inline(never)]
    fn woke(&mut self, ahead: u64) {
        for call in self.calls.values_mut() {
            call.core.talk.doubt(ahead);
            call.core.hold.doubt(ahead);
        }
        self.phone.next_check = self.now.mono;
    }

    /// When something is due next, monotonic milliseconds.
    pub(super) fn next_deadline(&self) -> Option<u64> {
        let calls = self.calls.values().flat_map(|call| {
            let wrap_up =
                call.core.wrap_up.filter(|wrap_up| !wrap_up.held_open || self.may_finish(call)).and_then(|wrap_up| wrap_up.deadline);
            let wrap_up = wrap_up.map(|wall| self.now.mono.saturating_add(wall.saturating_sub(self.now.wall)));
            let extension = call.extension_at().map(|wall| self.now.mono.saturating_add(wall.saturating_sub(self.now.wall)));
            [call.passes_at(), call.forgotten_at(), call.doing.map(|doing| doing.until), call.auto_answer, extension, wrap_up]
        });
        let waiting = self.waiting.values().filter_map(Waiting::until);
        let wanted = self.wanted.iter().map(|wanted| wanted.until).chain(self.work.begun.iter().map(|begun| begun.until));
        let check = self.live().next().map(|_| self.phone.next_check);
        let outbox =
            if self.crm_ready() && !self.outbox.is_empty() { self.outbox.deadline(self.now.mono, self.has_finder()) } else { None };
        let works = if self.work.done.is_empty() { None } else { self.works_due() };
        calls
            .flatten()
            .chain(works)
            .chain(waiting)
            .chain(check)
            .chain(self.phone.stray)
            .chain(wanted)
            .chain(outbox)
            .chain(self.page_deadline())
            .min()
    }

    /// What is due is done; whether anything was. Late and extra ticks change nothing.
    pub(super) fn pass_time(&mut self) -> bool {
        let now = self.now;
        let answers = self.due(|call| call.auto_answer.is_some_and(|at| at <= now.mono));
        let overdue = self.due(|call| call.doing.is_some_and(|doing| doing.until <= now.mono));
        let silent = self.due(|call| call.passes_at().is_some_and(|at| at <= now.mono));
        let forgotten = self.due(|call| call.forgotten_at().is_some_and(|at| at <= now.mono));
        let extensions = self.due(|call| call.extension_at().is_some_and(|wall| wall <= now.wall));
        let mut told = !(answers.is_empty() && overdue.is_empty() && silent.is_empty() && forgotten.is_empty() && extensions.is_empty());
        for id in extensions {
            self.send_extension(id);
        }
        for id in answers {
            self.answer_by_itself(id);
        }
        for id in overdue {
            self.command_overdue(id);
        }
        for id in silent {
            self.silent_for_long(id);
        }
        for id in forgotten {
            self.forgotten(id);
        }
        let past = |wrap_up: WrapUp| wrap_up.deadline.is_some_and(|wall| wall <= now.wall);
        let finished = self.due(|call| call.core.wrap_up.is_some_and(past) && self.may_finish(call));
        let newly_past = |wrap_up: WrapUp| past(wrap_up) && !wrap_up.held_open;
        let held_open = self.due(|call| call.core.wrap_up.is_some_and(newly_past) && !self.may_finish(call));
        told |= !(finished.is_empty() && held_open.is_empty());
        for id in held_open {
            self.hold_open(id);
        }
        for id in finished {
            self.finish(id);
        }
        let is_late = |waiting: &Waiting| waiting.until().is_some_and(|until| until <= now.mono);
        let late: Vec<_> = self.waiting.iter().filter(|(_, waiting)| is_late(waiting)).map(|(request, _)| *request).collect();
        for request in late {
            told |= self.unanswered(request);
        }
        if self.work.begun.as_ref().is_some_and(|begun| begun.until <= now.mono) {
            self.work_overdue();
            told = true;
        }
        if self.wanted.as_ref().is_some_and(|wanted| wanted.until <= now.mono) {
            self.wanted_overdue();
            told = true;
        }
        told |= self.lapse_pages();
        told | self.check_calls()
    }

    #[inline(never)]
    fn silent_for_long(&mut self, id: CallId) {
        let alerted = self.calls.get(&id).is_some_and(|call| matches!(call.state, State::Alerting { .. }));
        let unnamed = self.calls.get(&id).is_some_and(|call| call.phone_ref.is_none());
        if unnamed {
            self.edit(id, |call| call.core.unsure = true);
        } else if !alerted {
            self.free_for_good(id);
        }
        self.give_up(id);
        // Nobody can say what became of a call that the page before dialed in its last moment.
        let lost = alerted || self.calls.get(&id).is_some_and(|call| call.recalled);
        self.end(id, if lost { Cause::Lost } else { Cause::NoAnswer });
        if unnamed && self.phone_ready() {
            // It may have been placed and its name lost: then somebody listens to nobody.
            self.ask_sync();
        }
    }

    #[inline(never)]
    fn forgotten(&mut self, id: CallId) {
        // Not given up at the phone system: if it goes on there, nobody shall be dropped by a guess, and the sync brings it back.
        self.end(id, Cause::Lost);
        self.ask_sync();
    }

    /// Nobody answers any more; whether there is something to tell of it.
    #[inline(never)]
    fn unanswered(&mut self, request: RequestId) -> bool {
        // A page that was never said to be open is nothing to tell.
        if matches!(self.waiting.get(&request), Some(Waiting::Cases { .. } | Waiting::Fields { .. } | Waiting::Pop { .. })) {
            self.waiting.remove(&request);
            return false;
        }
        if let Some(Waiting::Sync { again, .. }) = self.waiting.get(&request) {
            let again = *again;
            self.waiting.remove(&request);
            let asked = self.waiting.values().any(|waiting| matches!(waiting, Waiting::Sync { .. }));
            // With a call it is asked every half minute in any case.
            if again > 0 && !asked && self.phone_ready() && self.live().next().is_none() {
                self.ask_sync_again(again - 1);
            }
            return false;
        }
        self.refused(request, RefusedReason::Timeout, crate::Private::default());
        true
    }

    /// A lost hang-up is found by asking, from time to time, whether the calls still exist.
    fn check_calls(&mut self) -> bool {
        if self.phone.stray.take_if(|at| *at <= self.now.mono).is_some() {
            // Whatever was to be asked now is asked with it.
            self.phone.next_check = self.now.mono + patience::CHECK;
            self.ask_sync();
            return true;
        }
        if self.live().next().is_none() {
            self.phone.next_check = self.now.mono + patience::CHECK;
            return false;
        }
        if self.phone.next_check > self.now.mono {
            return false;
        }
        self.phone.next_check = self.now.mono + patience::CHECK;
        if !self.seeded(Bug::LivenessNeverAsks) && !self.waiting.values().any(|waiting| matches!(waiting, Waiting::Sync { .. })) {
            self.ask_sync();
        }
        true
    }

    /// Whoever rings waits for the agent now.
    #[inline(never)]
    pub(super) fn answer_nothing_by_itself(&mut self) {
        for call in self.calls.values_mut() {
            call.auto_answer = None;
        }
    }

    #[inline(never)]
    fn answer_by_itself(&mut self, id: CallId) {
        self.edit(id, |call| call.auto_answer = None);
        // Whoever the agent talks with by now is not put on hold for it.
        let free = self.others_with_voice(Some(id)).next().is_none();
        if free && self.may(CommandKind::Answer, id).is_ok() {
            self.speak(id, CommandKind::Answer);
        }
    }

    #[inline(never)]
    fn send_extension(&mut self, id: CallId) {
        let digits = self.calls.get_mut(&id).map(|call| std::mem::take(&mut call.core.then)).unwrap_or_default();
        if self.may(CommandKind::SendDigits, id).is_ok() {
            self.minor(id, CommandKind::SendDigits, |call| PhoneCommand::GenerateDigits { call, digits });
        }
    }

    fn due(&self, is_due: impl Fn(&Call) -> bool) -> Vec<CallId> {
        self.calls.values().filter(|call| is_due(call)).map(|call| call.id).collect()
    }
}

impl Waiting {
    pub(super) const fn until(&self) -> Option<u64> {
        match self {
            Self::AgentState { until, .. }
            | Self::Dial { until, .. }
            | Self::Minor { until, .. }
            | Self::Cases { until, .. }
            | Self::Fields { until, .. }
            | Self::Pop { until }
            | Self::Sync { until, .. } => Some(*until),
        }
    }
}

impl Call {
    /// When a state that cannot last is over, monotonic milliseconds.
    const fn passes_at(&self) -> Option<u64> {
        match self.state {
            State::Alerting { until } | State::Delivered { until, .. } | State::Initiated { until } => Some(until),
            State::Connected | State::Held | State::WrapUp => None,
        }
    }

    /// When a call that the phone system does not speak of any more is taken for over, monotonic milliseconds.
    fn forgotten_at(&self) -> Option<u64> {
        self.is_up().then_some(self.confirmed + patience::UNCONFIRMED)
    }

    /// When the extension is dialed, wall-clock milliseconds: whoever answers needs a moment before digits are heard.
    fn extension_at(&self) -> Option<u64> {
        let wanted = !self.core.then.is_empty() && self.state == State::Connected;
        self.core.answered.filter(|_| wanted).map(|answered| answered.saturating_add(patience::BEFORE_EXTENSION))
    }

    /// Dialed here and not answered yet.
    pub(super) fn is_unanswered_outbound(&self) -> bool {
        self.is_live() && matches!(self.state, State::Initiated { .. } | State::Delivered { .. })
    }
}
