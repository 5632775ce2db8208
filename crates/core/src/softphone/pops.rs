//! When a page opens for a call: one at a time, never over a window the agent types in, never for a call that is gone.
//!
//! What opens is the CRM's own decision, by its layout. While nothing is in the way it searches and opens in one step; otherwise it only
//! searches and says what it would open, and is asked for that once its turn has come. A record that came with a call, and the only match of
//! a call the CRM opens nothing for (outbound, internal), are opened by their ids.
//!
//! - **One at a time.** Until the CRM has answered, and the page has settled, the next page waits.
//! - **A window for a new record** stands in the way of every page that opens by itself: what is typed there would be lost. It is waited for,
//!   for half a minute at most; then the page is left to the agent, who may open it at any time ([`crate::AgentCommand::PopNow`]).
//! - **Missed calls do not pile up.** When a call's page opened while it rang, and nobody here answered, the next ones open at the answer until
//!   the agent does something.
//! - A call opens its page once. What the agent chooses opens at once, whatever stands in the way.

use serde::{Deserialize, Serialize};

use crate::{
    CallId, CallKind, CrmCommand, CrmFailure, Direction, LogKey, PageView, PopTarget, Private, ProblemKind, RecordSource, Refusal,
    settings::PopWhen,
};

use super::{
    Softphone, Waiting,
    call::{Call, Search},
    patience,
};

/// Where the opening of a call's page stands.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Opening {
    /// A window is in its way, until monotonic `until` at the latest.
    Blocked { until: u64 },
    /// It was opened, or there was nothing to open.
    Done,
    /// As soon as the search is done and nothing is in the way.
    Due,
    /// The window stayed too long: the agent may open it.
    Lapsed,
    /// Not yet, or never by itself.
    #[default]
    Unasked,
}

/// What is in the way of pages.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Pops {
    /// A page was asked for: until then the next one waits, monotonic milliseconds.
    quiet_until: u64,
    /// The CRM's page moved since.
    moved: bool,
    /// For which call that was, by its log.
    asked_for: Option<LogKey>,
    /// A window for a new record is open, by the address of the page.
    window: bool,
    /// The call whose page that window is, by its log; none: it is the agent's own.
    window_of: Option<LogKey>,
    /// The record in view when it opened, by its id.
    behind: Option<String>,
    /// The window of this call closed just now, monotonic milliseconds: the page that comes next shows what was made in it, or what was
    /// behind it.
    closed: Option<(LogKey, u64)>,
    /// When the page is looked at next, while something waits for the window, monotonic milliseconds.
    look_at: u64,
    /// A page opened for a call that nobody answered, and the agent has done nothing since.
    pub(super) away: bool,
}

impl Softphone {
    /// The call rings, here or there, with somebody the agent has not met in it.
    pub(super) fn open_ringing(&mut self, id: CallId) {
        let (when, away) = (self.settings.pop.when, self.pops.away);
        self.edit(id, |call| {
            let now = when[call.core.kind] == PopWhen::Ringing && !away;
            call.opening = match (call.needs_no_page(), now) {
                (true, _) => Opening::Done,
                (false, true) => Opening::Due,
                (false, false) => Opening::Unasked,
            };
        });
    }

    /// The call was answered: its page opens now if it has not while it rang.
    #[inline(never)]
    pub(super) fn open_answered(&mut self, id: CallId) {
        let when = self.settings.pop.when;
        self.edit(id, |call| {
            if call.opening == Opening::Unasked && when[call.core.kind] != PopWhen::Never && !call.needs_no_page() {
                call.opening = Opening::Due;
            }
        });
    }

    /// Nobody answered: no page opens for it any more, and if one has, the next ones wait for an answer.
    #[inline(never)]
    pub(super) fn open_missed(&mut self, id: CallId, by_agent: bool) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.cases.due.clear();
        call.opening = Opening::Done;
        self.pops.away |= call.page_asked && !by_agent && call.core.direction == Direction::In;
    }

    /// The agent did something here, or in the CRM.
    pub(super) const fn agent_is_there(&mut self) {
        self.pops.away = false;
    }

    /// Whether the search for this call may open its result in one step. Then it counts as opened.
    pub(super) fn opens_with_search(&mut self, id: CallId) -> bool {
        let free = !self.pops.window && self.pops.quiet_until <= self.now.mono;
        let Some(call) = self.calls.get_mut(&id) else { return false };
        // The CRM opens what its layout says for inbound calls alone.
        let opens = free && call.opening == Opening::Due && call.core.kind == CallKind::Inbound;
        if opens {
            (call.opening, call.page_asked) = (Opening::Done, true);
            let key = call.core.key;
            self.page_asked(Some(key));
        }
        opens
    }

    /// Runs with every input: the next page opens when its turn has come.
    pub(super) fn open_next(&mut self) {
        if !self.crm_ready() || !self.calls.values().any(|call| call.waits_for_page() || !call.cases.due.is_empty()) {
            return;
        }
        self.open_waiting();
    }

    #[inline(never)]
    fn open_waiting(&mut self) {
        while let Some(id) = self.calls.values().find(|call| call.waits_for_page()).map(|call| call.id) {
            let Some(target) = self.page_of(id) else {
                self.edit(id, |call| call.opening = Opening::Done);
                continue;
            };
            if self.pops.window {
                self.wait_for_window();
                return;
            }
            if self.pops.quiet_until > self.now.mono {
                return;
            }
            self.open(id, target);
        }
        // After the customer's own page, one by one.
        let due = |call: &&mut Call| !call.cases.due.is_empty();
        if self.pops.window || self.pops.quiet_until > self.now.mono {
            return;
        }
        if let Some(call) = self.calls.values_mut().find(due) {
            let case = call.cases.due.remove(0);
            self.pop(None, PopTarget::Record { id: case });
        }
    }

    /// Everything that waits does so for half a minute, and meanwhile the page is looked at: not every move is told.
    fn wait_for_window(&mut self) {
        let now = self.now.mono;
        for call in self.calls.values_mut().filter(|call| call.waits_for_page() && call.opening == Opening::Due) {
            call.opening = Opening::Blocked { until: now + patience::WINDOW };
        }
        if self.pops.look_at <= now {
            self.pops.look_at = now + patience::LOOK;
            self.ask_crm(CrmCommand::Look);
        }
    }

    /// What would open for a call; none: nothing.
    fn page_of(&self, id: CallId) -> Option<PopTarget> {
        let call = self.calls.get(&id)?;
        let record = call.core.record.as_ref().map(|record| &record.id);
        let by_id = match call.core.record_source {
            Some(RecordSource::Carried | RecordSource::Picked | RecordSource::Popped) => true,
            Some(RecordSource::Matched) => call.found.is_none() && call.core.kind != CallKind::Inbound,
            _ => false,
        };
        match record.filter(|_| by_id) {
            Some(record) if call.opening.by_itself() && call.opened.as_ref() == Some(record) => None,
            Some(record) => Some(PopTarget::Record { id: record.clone() }),
            None => call.found.map(|search| PopTarget::Found { search }),
        }
    }

    /// Whether [`Self::pop_now`] would open something.
    pub(super) fn may_pop_now(&self, id: CallId) -> Result<(), Refusal> {
        let call = self.call(id)?;
        let there = self.crm_ready() && call.search.is_settled() && self.page_of(id).is_some();
        there.then_some(()).ok_or(Refusal::NothingToOpen(id))
    }

    /// The agent wants the call's page, whatever it would cover.
    #[inline(never)]
    pub(super) fn pop_now(&mut self, id: CallId) {
        if let Some(target) = self.page_of(id) {
            self.open(id, target);
        }
    }

    fn open(&mut self, id: CallId, target: PopTarget) {
        self.edit(id, |call| {
            (call.opening, call.page_asked) = (Opening::Done, true);
            if let PopTarget::Record { id } = &target {
                call.opened = Some(id.clone());
            }
        });
        self.pop(self.calls.get(&id).map(|call| call.core.key), target);
    }

    /// The agent chose this record: it opens at once, and once more when it is chosen once more.
    #[inline(never)]
    pub(super) fn open_chosen(&mut self, id: CallId, record: String) {
        self.open(id, PopTarget::Record { id: record });
    }

    /// Has the CRM open a page, at once.
    fn pop(&mut self, key: Option<LogKey>, target: PopTarget) {
        if self.crm_ready() {
            let request = self.ask_crm(CrmCommand::Pop { target });
            self.waiting.insert(request, Waiting::Pop { until: self.now.mono + patience::PAGE });
            self.page_asked(key);
        }
    }

    fn page_asked(&mut self, key: Option<LogKey>) {
        (self.pops.quiet_until, self.pops.moved) = (self.now.mono + patience::COMMAND, false);
        self.pops.asked_for = key;
        if self.pops.window {
            // What stays open over the page is the new one's.
            self.pops.window_of = key;
        }
    }

    /// The CRM has answered, if only to refuse. A page that did not move yet may do so in a moment.
    pub(super) fn page_answered(&mut self) {
        let settles = if self.pops.moved { patience::SETTLED } else { patience::SETTLES };
        self.pops.quiet_until = self.now.mono + settles;
    }

    /// The CRM's page shows something else. Whether it was the agent who went there, and not a page that opened for a call.
    pub(super) fn page_moved(&mut self) -> bool {
        let ours = self.pops.quiet_until > self.now.mono;
        if ours {
            let answered = !self.waiting.values().any(|waiting| matches!(waiting, Waiting::Pop { .. })) && !self.opens_by_search();
            self.pops.moved = true;
            if answered {
                self.pops.quiet_until = self.pops.quiet_until.min(self.now.mono + patience::SETTLED);
            }
        } else {
            self.agent_is_there();
        }
        !ours
    }

    /// A window for a new record opened over the page, or closed.
    pub(super) fn window(&mut self, open: bool) {
        self.whose_window(open);
        self.pops.window = open;
        if !open {
            for call in self.calls.values_mut().filter(|call| matches!(call.opening, Opening::Blocked { .. })) {
                call.opening = Opening::Due;
            }
        }
    }

    /// A window that opens right after a page was asked for is that call's; one that such a page takes away was not saved.
    #[inline(never)]
    fn whose_window(&mut self, open: bool) {
        let ours = self.pops.quiet_until > self.now.mono;
        match (self.pops.window, open) {
            (false, true) => {
                self.pops.window_of = self.pops.asked_for.filter(|_| ours);
                self.pops.behind = self.crm.in_view.as_ref().map(|record| record.id.clone());
            }
            (true, false) => {
                let until = self.now.mono + patience::SETTLES;
                self.pops.closed = self.pops.window_of.take().filter(|_| !ours).map(|key| (key, until));
            }
            _ => {}
        }
    }

    /// Whose window has just closed, if the page in view is what was made in it. One page is heeded, and no more.
    pub(super) fn made_in_window(&mut self) -> Option<LogKey> {
        let (key, until) = self.pops.closed.take()?;
        let made = self.crm.in_view.as_ref().is_some_and(|record| Some(&record.id) != self.pops.behind.as_ref());
        (made && self.now.mono <= until).then_some(key)
    }

    fn opens_by_search(&self) -> bool {
        self.calls.values().any(|call| matches!(call.search, Search::Running { pop: true, .. }))
    }

    /// A page could not be opened: the agent is told what to do.
    #[inline(never)]
    pub(super) fn page_failed(&mut self, failure: &CrmFailure) {
        let (kind, detail) = match failure {
            CrmFailure::Refused { code, detail, .. } if denies(code) || denies(detail.reveal()) => (ProblemKind::PopDenied, detail.clone()),
            CrmFailure::Refused { detail, .. } => (ProblemKind::PopFailed, detail.clone()),
            CrmFailure::NoReply | CrmFailure::NotSent => (ProblemKind::PopFailed, Private::default()),
        };
        self.problem_with(kind, Private::default(), detail);
    }

    /// Pages that waited too long are left to the agent. Whether there were any.
    pub(super) fn lapse_pages(&mut self) -> bool {
        let now = self.now.mono;
        let late = |call: &&mut Call| matches!(call.opening, Opening::Blocked { until } if until <= now);
        self.calls.values_mut().filter(late).map(|call| call.opening = Opening::Lapsed).count() > 0
    }

    /// When something about pages is due, monotonic milliseconds.
    pub(super) fn page_deadline(&self) -> Option<u64> {
        let lapses = self.calls.values().filter_map(|call| match call.opening {
            Opening::Blocked { until } => Some(until),
            _ => None,
        });
        let waits = self.crm_ready() && self.calls.values().any(Call::waits_for_page);
        let turn = if self.pops.window { self.pops.look_at } else { self.pops.quiet_until };
        let cases = self.crm_ready() && !self.pops.window && self.calls.values().any(|call| !call.cases.due.is_empty());
        let cases = cases.then_some(self.pops.quiet_until).filter(|at| *at > self.now.mono);
        lapses.chain(cases).chain(waits.then_some(turn).filter(|at| *at > self.now.mono)).min()
    }
}

impl Opening {
    pub(super) const fn view(self) -> PageView {
        match self {
            Self::Blocked { .. } => PageView::Waiting,
            Self::Lapsed => PageView::Lapsed,
            Self::Done | Self::Due | Self::Unasked => PageView::Quiet,
        }
    }

    /// The page opens by itself, and not by the agent's wish.
    const fn by_itself(self) -> bool {
        matches!(self, Self::Due | Self::Blocked { .. })
    }
}

impl Call {
    /// A page is to open by itself, and it is known which.
    fn waits_for_page(&self) -> bool {
        self.opening.by_itself() && self.search == Search::Done
    }

    /// The agent has the page already, or asks a colleague about a customer whose page it is.
    fn needs_no_page(&self) -> bool {
        self.core.consultation || self.core.record_source == Some(RecordSource::Dialed)
    }
}

/// Words of a CRM that does not let the agent see a record.
fn denies(words: &str) -> bool {
    ["INSUFFICIENT_ACCESS", "insufficient access", "nsufficient privileges", "INVALID_CROSS_REFERENCE"]
        .iter()
        .any(|known| words.contains(known))
}
