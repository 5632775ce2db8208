//! The machine itself: what it knows, its three verbs, and what time alone brings about.

mod agent_side;
mod call;
mod checkpoint;
mod crm_side;
mod ending;
mod log;
mod phone_side;
mod view;

use std::collections::{BTreeMap, VecDeque};

use crate::{
    AgentState, CallId, Capabilities, Cause, CommandKind, CrmCommand, CrmState, Input, MediaState, Now, Output, PhoneCommand, PhoneState,
    Private, Problem, ProblemKind, RecordRef, Refusal, RefusedReason, RequestId, Snapshot, Sound, outbox::Outbox, settings::Settings,
};
use call::{Call, State};

/// A softphone's whole state. See the crate's page for how to drive it.
///
/// ```
/// use hookswitch_core::{Input, Now, Softphone};
///
/// let mut phone = Softphone::new();
/// phone.handle(Now::default(), Input::Start { seed: 7 })?;
/// while let Some(_output) = phone.poll() {}
/// assert_eq!(phone.snapshot().dial, Some("noPhone"));
/// # Ok::<(), hookswitch_core::Refusal>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Softphone {
    now: Now,
    /// None until `Start`.
    seed: Option<u64>,
    revision: u64,
    settings: Settings,
    phone: Phone,
    agent: Agent,
    crm: Crm,
    calls: BTreeMap<CallId, Call>,
    outbox: Outbox,
    problems: VecDeque<Problem>,
    /// Commands other than a call's own that wait for an answer.
    waiting: BTreeMap<RequestId, Waiting>,
    count: Counters,
    told: Told,
    /// What other agents, or earlier pages of this one, left: opened when the phone system says who is here.
    parked: Vec<checkpoint::Checkpoint>,
    outputs: VecDeque<Output>,
}

/// The phone system as it told last.
#[derive(Clone, Debug, Default)]
struct Phone {
    state: Option<PhoneState>,
    detail: String,
    media: MediaState,
    capabilities: Capabilities,
    identity: String,
}

/// The agent's own wish, below what calls make of it.
#[derive(Clone, Debug)]
struct Agent {
    base: AgentState,
    pending: Option<AgentState>,
    since: u64,
    /// The start presence of the settings was taken.
    begun: bool,
}

impl Default for Agent {
    fn default() -> Self {
        Self { base: AgentState::NotReady { reason: String::new() }, pending: None, since: 0, begun: false }
    }
}

#[derive(Clone, Debug, Default)]
struct Crm {
    state: CrmState,
    in_view: Option<RecordRef>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counters {
    request: u32,
    call: u32,
    log: u32,
    problem: u32,
}

/// What the host was told last, so that it is told only changes.
#[derive(Clone, Debug, Default)]
struct Told {
    sound: Sound,
    dialing: Option<bool>,
    label: Option<&'static str>,
    stored: Vec<u8>,
}

/// What an answer is awaited for.
#[derive(Clone, Debug)]
enum Waiting {
    AgentState {
        before: AgentState,
        until: u64,
    },
    /// Digits, mute: nothing in the call waits for them.
    Minor {
        call: CallId,
        command: CommandKind,
        until: u64,
    },
    Pop,
    Sync {
        until: u64,
    },
}

/// How long each passing state may last, milliseconds. Then the core goes on without the answer.
mod patience {
    /// Answer, hold, retrieve, mute, digits, agent state: the phone system said nothing. The call is as it was.
    pub(super) const COMMAND: u64 = 10_000;
    /// Clear and decline: the line is free here, whatever the phone system does.
    pub(super) const CLEARING: u64 = 5_000;
    /// Dialing without a sign of the far end.
    pub(super) const INITIATED: u64 = 60_000;
    /// Ringing, here or there.
    pub(super) const ALERTING: u64 = 300_000;
    /// A log waits so long for the search that tells its record.
    pub(super) const SEARCH: u64 = 5_000;
}

/// Messages kept for the agent; the oldest go first.
const MOST_PROBLEMS: usize = 12;

impl Softphone {
    /// A softphone that knows nothing yet: give it `Start`, what was stored, and settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one input. Outputs wait in [`Self::poll`].
    ///
    /// # Errors
    ///
    /// When the input asks for what cannot be done now, or speaks of what does not exist. Nothing changed then,
    /// except that time passed.
    pub fn handle(&mut self, now: Now, input: Input) -> Result<(), Refusal> {
        let first_output = self.outputs.len();
        let only_time = matches!(input, Input::Tick);
        // A clock that goes back is the host's mistake; durations must not suffer.
        self.now = Now { mono: now.mono.max(self.now.mono), ..now };
        let result = self.take(input);
        let time_told = self.pass_time();
        self.settle(first_output);
        // A refused input and an extra tick change nothing, so there is nothing to draw.
        if time_told || (result.is_ok() && !only_time) || self.outputs.len() > first_output {
            self.revision += 1;
            self.outputs.push_back(Output::Changed);
        }
        result
    }

    /// The next thing the host must do.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come back with `Tick` at the latest, on the monotonic clock; none: only when something happens.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        let calls = self.calls.values().flat_map(|call| {
            let state = match call.state {
                State::Alerting { until } | State::Delivered { until, .. } | State::Initiated { until } => Some(until),
                State::Connected | State::Held | State::WrapUp => None,
            };
            let wrap_up = call.core.wrap_up.and_then(|wrap_up| wrap_up.deadline).filter(|_| self.may_finish(call));
            let wrap_up = wrap_up.map(|wall| self.now.mono + wall.saturating_sub(self.now.wall));
            [state, call.doing.map(|doing| doing.until), wrap_up]
        });
        let waiting = self.waiting.values().map(|waiting| match waiting {
            Waiting::AgentState { until, .. } | Waiting::Minor { until, .. } | Waiting::Sync { until } => Some(*until),
            Waiting::Pop => None,
        });
        let outbox = self.crm_ready().then(|| self.outbox.deadline(self.now.mono));
        calls.flatten().chain(waiting.flatten()).chain(outbox.flatten()).min()
    }

    /// What the agent sees now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.view()
    }

    fn take(&mut self, input: Input) -> Result<(), Refusal> {
        match (self.seed, input) {
            (None, Input::Start { seed }) => {
                self.seed = Some(seed);
                self.agent.since = self.now.wall;
                Ok(())
            }
            (None, _) | (Some(_), Input::Start { .. }) => Err(Refusal::OutOfOrder),
            (Some(_), Input::Agent(command)) => self.command(command),
            (Some(_), Input::Crm(report)) => self.crm_report(report),
            (Some(_), Input::Phone(report)) => self.phone_report(report),
            (Some(_), Input::Restored(bytes)) => self.restore(&bytes),
            (Some(_), Input::Settings(settings)) => {
                self.settings = *settings;
                Ok(())
            }
            (Some(_), Input::Tick) => Ok(()),
        }
    }

    /// What is due is done; whether anything was. Late and extra ticks change nothing.
    fn pass_time(&mut self) -> bool {
        let now = self.now;
        let overdue: Vec<_> =
            self.calls.values().filter(|call| call.doing.is_some_and(|doing| doing.until <= now.mono)).map(|c| c.id).collect();
        let mut told = !overdue.is_empty();
        for id in overdue {
            self.command_overdue(id);
        }
        let silent = |call: &Call| match call.state {
            State::Alerting { until } => (until <= now.mono).then_some(Cause::Lost),
            State::Delivered { until, .. } | State::Initiated { until } => (until <= now.mono).then_some(Cause::NoAnswer),
            State::Connected | State::Held | State::WrapUp => None,
        };
        let gone: Vec<_> = self.calls.values().filter_map(|call| silent(call).map(|cause| (call.id, cause))).collect();
        told |= !gone.is_empty();
        for (id, cause) in gone {
            self.give_up(id);
            self.end(id, cause);
        }
        let written = |call: &&Call| {
            call.core.wrap_up.is_some_and(|wrap_up| wrap_up.deadline.is_some_and(|wall| wall <= now.wall)) && self.may_finish(call)
        };
        let finished: Vec<_> = self.calls.values().filter(written).map(|call| call.id).collect();
        told |= !finished.is_empty();
        for id in finished {
            self.finish(id);
        }
        let late: Vec<_> = self
            .waiting
            .iter()
            .filter(|(_, waiting)| match waiting {
                Waiting::AgentState { until, .. } | Waiting::Minor { until, .. } | Waiting::Sync { until } => *until <= now.mono,
                Waiting::Pop => false,
            })
            .map(|(request, _)| *request)
            .collect();
        told |= !late.is_empty();
        for request in late {
            self.refused(request, RefusedReason::Timeout);
        }
        told
    }

    /// Brings everything derived in line with the state, and tells the host what differs from what it was told.
    fn settle(&mut self, first_output: usize) {
        if self.seed.is_none() {
            return;
        }
        self.apply_pending_state();
        self.search_if_wanted();
        self.send_logs();
        self.tell_sound();
        self.tell_dialing();
        self.tell_label();
        self.store(first_output);
    }

    fn tell_sound(&mut self) {
        let sound = self.sound();
        if sound != self.told.sound {
            self.told.sound = sound;
            self.outputs.push_back(Output::Sound(sound));
        }
    }

    /// Rings if and only if a call alerts here and nobody acted on it yet.
    fn sound(&self) -> Sound {
        let alerts = |call: &Call| matches!(call.state, State::Alerting { .. }) && call.doing.is_none();
        let rings_there = |call: &Call| matches!(call.state, State::Delivered { early_media: false, .. }) && call.doing.is_none();
        if self.calls.values().any(alerts) {
            Sound::Ring
        } else if self.calls.values().any(rings_there) {
            Sound::Ringback
        } else {
            Sound::Silence
        }
    }

    fn tell_dialing(&mut self) {
        if !self.crm_ready() {
            self.told.dialing = None;
            return;
        }
        let on = self.settings.provider.is_some() && self.phone_ready();
        if self.told.dialing != Some(on) {
            self.told.dialing = Some(on);
            self.ask_crm(CrmCommand::EnableDialing { on });
        }
    }

    /// The closed panel's button tells what goes on; never who calls.
    fn tell_label(&mut self) {
        if !self.crm_ready() {
            self.told.label = None;
            return;
        }
        let any = |states: fn(&State) -> bool| self.calls.values().any(|call| states(&call.state));
        let (text, icon) = if any(|state| matches!(state, State::Alerting { .. })) {
            ("Incoming call", "incoming_call")
        } else if any(|state| matches!(state, State::Initiated { .. } | State::Delivered { .. })) {
            ("Dialing", "outbound_call")
        } else if any(|state| *state == State::Held) {
            ("On hold", "pause")
        } else if any(|state| *state == State::Connected) {
            ("In call", "unmuted")
        } else if any(|state| *state == State::WrapUp) {
            ("Wrap-up", "edit")
        } else if !self.phone_ready() {
            ("Phone offline", "warning")
        } else if self.agent.base == AgentState::Ready {
            ("Phone: ready", "call")
        } else {
            ("Phone: not ready", "away")
        };
        if self.told.label != Some(text) {
            self.told.label = Some(text);
            self.ask_crm(CrmCommand::Label { text: text.into(), icon: icon.into() });
        }
    }

    fn crm_ready(&self) -> bool {
        self.crm.state == CrmState::Ready
    }

    fn phone_ready(&self) -> bool {
        self.phone.state == Some(PhoneState::Ready)
    }

    /// The call that uses the line. One at a time, for now.
    fn live(&self) -> Option<&Call> {
        self.calls.values().find(|call| call.is_live())
    }

    fn request(&mut self) -> RequestId {
        self.count.request += 1;
        RequestId(self.count.request)
    }

    fn ask_phone(&mut self, command: PhoneCommand) -> RequestId {
        let id = self.request();
        self.outputs.push_back(Output::Phone { id, command });
        id
    }

    fn ask_crm(&mut self, command: CrmCommand) -> RequestId {
        let id = self.request();
        self.outputs.push_back(Output::Crm { id, command });
        id
    }

    fn ask_sync(&mut self) {
        let id = self.ask_phone(PhoneCommand::Sync);
        self.waiting.insert(id, Waiting::Sync { until: self.now.mono + patience::COMMAND });
    }

    fn problem(&mut self, kind: ProblemKind, number: Private) {
        self.count.problem += 1;
        self.problems.push_back(Problem { id: self.count.problem, kind, number });
        if self.problems.len() > MOST_PROBLEMS {
            self.problems.pop_front();
        }
    }
}
