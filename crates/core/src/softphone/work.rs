//! Steps of cadences (sales engagement): they begin with a call, and are done when its log is saved.

use serde::{Deserialize, Serialize};

use crate::{AgentCommand, CallId, CrmCommand, CrmFailure, DialSource, LogKey, Output, Private, ProblemKind, RequestId, dialable};

use super::{Softphone, ending::cause_words, patience, wanted::Stage};

/// A step that begins with a call which was not clicked yet.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Begun {
    id: String,
    to: Private,
    /// Monotonic milliseconds.
    pub(super) until: u64,
}

/// A step whose call is over: it waits for the call's log.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Done {
    id: String,
    pub(super) key: LogKey,
    disposition: String,
    connected: bool,
    /// The log's record, once it is saved: the CRM is to be told.
    task: Option<String>,
    /// The CRM is being told.
    request: Option<RequestId>,
    /// It did not answer so often.
    attempts: u8,
    /// It is told again then, monotonic milliseconds; of this page only.
    not_before: u64,
}

impl Done {
    /// For the next page, which gets no answer to what this one asked.
    pub(super) fn again(self) -> Self {
        Self { request: None, attempts: 0, not_before: 0, ..self }
    }

    fn is_due(&self) -> bool {
        self.task.is_some() && self.request.is_none()
    }
}

/// Pause before the CRM is told once more, milliseconds; it doubles.
const PAUSE_MS: u64 = 2_000;
/// So often; then the agent is told instead: a quarter of an hour in all.
const MOST_ATTEMPTS: u8 = 9;

/// The outcome of an answered call for which the agent chose none: the CRM wants one.
const CONNECTED: &str = "Connected";

impl Softphone {
    /// A step begins; the click on its number follows.
    pub(super) fn work_started(&mut self, id: String, to: Private) {
        self.work.begun = Some(Begun { id, to, until: self.now.mono + patience::WORK });
    }

    /// The click belongs to the step that began with its number.
    pub(super) fn begin_work(&mut self, number: &Private, source: &mut DialSource) {
        if let DialSource::Click { work, .. } = source
            && self.work.begun.as_ref().is_some_and(|begun| self.is_same(&begun.to, number))
            && let Some(begun) = self.work.begun.take()
        {
            *work = Some(begun.id);
        }
    }

    /// Calls the number of a step whose click did not follow.
    pub(super) fn work_overdue(&mut self) {
        let Some(begun) = self.work.begun.take() else { return };
        // Called already, by hand: it is the step's call, and nobody is called twice.
        let called =
            self.live().find(|call| call.core.direction == crate::Direction::Out && self.is_same(&call.core.party.number, &begun.to));
        if let Some(id) = called.map(|call| call.id) {
            self.edit(id, |call| take_on(&mut call.core.source, begun.id));
            return;
        }
        let wanted = self.wanted.as_ref().is_some_and(|wanted| self.is_same(&wanted.number, &begun.to));
        if let Some(wanted) = self.wanted.as_mut().filter(|_| wanted) {
            take_on(&mut wanted.source, begun.id.clone());
            if let Stage::Checking { command: AgentCommand::Dial { source, .. }, .. }
            | Stage::Flagged { command: AgentCommand::Dial { source, .. }, .. } = &mut wanted.stage
            {
                take_on(source, begun.id);
            }
            return;
        }
        self.click(begun.to, DialSource::Click { record: None, partner: None, work: Some(begun.id) }, None);
    }

    /// The call is over: its step is done as soon as its log is saved. Without a log it stays open, since the CRM wants to be told of one.
    pub(super) fn work_ended(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| self.is_logged(call)) else { return };
        let DialSource::Click { work: Some(work), .. } = &call.core.source else { return };
        let connected = call.core.answered.is_some();
        let cause = call.core.cause.filter(|_| !connected).and_then(cause_words);
        let disposition = call.core.disposition.clone().unwrap_or_else(|| cause.unwrap_or(CONNECTED).to_owned());
        let (id, key) = (work.clone(), call.core.key);
        self.work.done.push(Done { id, key, disposition, connected, task: None, request: None, attempts: 0, not_before: 0 });
    }

    /// One number, however it is written.
    fn is_same(&self, one: &Private, other: &Private) -> bool {
        let party = |number: &Private| dialable(number.reveal(), &self.settings.dialing).map(|dialed| dialed.party);
        one == other || party(one).is_some_and(|one| Some(one) == party(other))
    }

    /// Keys of logs that steps wait for.
    pub(super) fn awaited_logs(&self) -> Vec<LogKey> {
        self.work.done.iter().map(|done| done.key).filter(|key| self.outbox.awaits(*key)).collect()
    }

    /// The agent gives a log up: where its Task is there all the same, the step is done.
    pub(super) fn discard_log(&mut self, key: LogKey) {
        let (awaited, task) = (self.awaited_logs(), self.outbox.task(key));
        self.outbox.discard(key);
        if let Some(task) = task {
            self.complete_work(&awaited, &task);
        }
    }

    /// A log was saved for good as `task`: the step that waited for it is done. `awaited` as it was before.
    pub(super) fn complete_work(&mut self, awaited: &[LogKey], task: &str) {
        let outbox = &self.outbox;
        self.work.done.retain_mut(|done| {
            if done.task.is_some() || outbox.awaits(done.key) {
                return true;
            }
            done.task = Some(task.to_owned());
            // Those that nobody held before either were discarded by the agent.
            awaited.contains(&done.key)
        });
    }

    /// Runs with every input while steps wait: the CRM is told which are done, until it has heard it.
    #[inline(never)]
    pub(super) fn tell_works(&mut self) {
        let now = self.now.mono;
        while self.crm_ready()
            && let Some(at) = self.work.done.iter().position(|done| done.is_due() && done.not_before <= now)
        {
            let request = self.request();
            let done = &mut self.work.done[at];
            done.request = Some(request);
            let Done { id: work, disposition, connected, task, .. } = done.clone();
            let command = CrmCommand::CompleteWork { work, task: task.unwrap_or_default(), disposition, connected };
            self.outputs.push_back(Output::Crm { id: request, command });
        }
    }

    /// When the CRM is told once more, monotonic milliseconds.
    #[inline(never)]
    pub(super) fn works_due(&self) -> Option<u64> {
        let due = self.work.done.iter().filter(|done| done.is_due() && self.crm_ready());
        due.map(|done| done.not_before).filter(|at| *at > self.now.mono).min()
    }

    /// The CRM heard it. False when nobody told.
    pub(super) fn work_done(&mut self, request: RequestId) -> bool {
        let before = self.work.done.len();
        self.work.done.retain(|done| done.request != Some(request));
        self.work.done.len() < before
    }

    /// It did not, or refused. False when nobody told.
    pub(super) fn work_failed(&mut self, request: RequestId, failure: &CrmFailure) -> bool {
        let Some(at) = self.work.done.iter().position(|done| done.request == Some(request)) else { return false };
        let done = &mut self.work.done[at];
        if !matches!(failure, CrmFailure::Refused { .. }) && done.attempts < MOST_ATTEMPTS {
            // To say it twice does no harm.
            (done.request, done.not_before) = (None, self.now.mono + (PAUSE_MS << done.attempts));
            done.attempts += 1;
            return true;
        }
        self.work.done.remove(at);
        let detail = if let CrmFailure::Refused { detail, .. } = failure { detail.clone() } else { Private::default() };
        self.problem_with(ProblemKind::WorkNotDone, Private::default(), detail);
        true
    }
}

/// The call of this source is the step's.
fn take_on(source: &mut DialSource, step: String) {
    match source {
        DialSource::Click { work, .. } => *work = Some(step),
        DialSource::DialPad | DialSource::Redial => *source = DialSource::Click { record: None, partner: None, work: Some(step) },
    }
}

/// All steps that are under way.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Works {
    pub(super) begun: Option<Begun>,
    pub(super) done: Vec<Done>,
}
