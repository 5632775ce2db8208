//! The machine itself: what it knows, its three verbs, and what time alone brings about.

mod agent_side;
mod answers;
mod association;
mod call;
mod cases;
mod checkpoint;
mod crm_side;
mod ending;
mod expiring;
mod freed;
mod joining;
#[cfg(feature = "seeded-bugs")]
mod known;
mod log;
mod may;
mod mending;
mod patience;
mod phone_side;
mod pops;
mod presence;
mod seek;
mod shown;
mod sync;
mod tell;
mod time;
mod view;
mod voice;
mod waiting;
mod wanted;
mod work;

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::{
    AgentState, CallId, Capabilities, CrmCommand, CrmState, Dialable, Input, LayoutFacts, MediaState, Now, Output, PhoneCommand,
    PhoneState, Private, Problem, ProblemKind, RecordRef, Refusal, RequestId, Snapshot, Sound, dialable, outbox::Outbox,
    settings::Settings,
};
use call::Call;
#[cfg(feature = "redact")]
pub(crate) use checkpoint::rewritten;
#[cfg(feature = "redact")]
pub use checkpoint::spelled_out;
#[cfg(feature = "seeded-bugs")]
pub use known::Known;
use waiting::Waiting;

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
///
/// Written with serde it is a checkpoint for a journal: read back, it goes on exactly as this one would.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Softphone {
    now: Now,
    /// None until `Start`.
    seed: Option<u64>,
    revision: u64,
    settings: Settings,
    phone: Phone,
    /// The agent does not hear what the host plays.
    unheard: bool,
    agent: Agent,
    crm: Crm,
    pops: pops::Pops,
    calls: BTreeMap<CallId, Call>,
    outbox: Outbox,
    /// A log was saved; the CRM's page is redrawn once the others are, too.
    refresh: bool,
    problems: VecDeque<Problem>,
    /// Commands other than a call's own that wait for an answer.
    waiting: BTreeMap<RequestId, Waiting>,
    count: Counters,
    told: Told,
    /// Whose desk this is; empty until known.
    owner: Private,
    /// The owner is only the phone account, because the CRM could not tell the user yet.
    stands_in: bool,
    /// What other agents, or earlier pages of this one, left: opened when it is known who is here.
    parked: Vec<checkpoint::Checkpoint>,
    /// Calls the agent freed by force: the phone system may go on naming them, they do not come back.
    freed: VecDeque<freed::Freed>,
    /// Calls that were taken for lost and had no wrap-up.
    lost: VecDeque<Lost>,
    outputs: VecDeque<Output>,
    /// A call that is wanted but not placed yet.
    wanted: Option<wanted::Wanted>,
    work: work::Works,
    #[cfg(feature = "seeded-bugs")]
    #[serde(skip)]
    pub(crate) bug: Option<crate::bug::Bug>,
}

/// The phone system as it told last.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Phone {
    state: Option<PhoneState>,
    detail: Private,
    media: MediaState,
    capabilities: Capabilities,
    /// Its account's name or number.
    identity: Private,
    /// When it is asked next whether the calls still exist, monotonic milliseconds.
    next_check: u64,
    /// It spoke of a call nobody knows here; after a moment it is asked what there is, monotonic milliseconds.
    stray: Option<u64>,
}

/// The agent's own wish, below what calls make of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Agent {
    base: AgentState,
    pending: Option<AgentState>,
    since: u64,
    /// The start presence of the settings was taken.
    begun: bool,
    /// Until then the phone system's own changes are not followed, monotonic milliseconds.
    guarded_until: u64,
    /// Until then it is not told the agent's state against its own word once more, monotonic milliseconds.
    insisted_until: u64,
    /// The break after the wrap-up, of which the phone system was told already.
    announced: Option<AgentState>,
}

impl Default for Agent {
    fn default() -> Self {
        Self {
            base: AgentState::NotReady { reason: String::new() },
            pending: None,
            since: 0,
            begun: false,
            guarded_until: 0,
            insisted_until: 0,
            announced: None,
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Crm {
    state: CrmState,
    in_view: Option<RecordRef>,
    /// What was in view when the CRM stopped answering: another page may be there by now.
    last_view: Option<RecordRef>,
    /// The user, by the CRM's word: empty if it cannot tell, none before it said either.
    user: Option<Private>,
    /// A page that opened for a call brought it there, not the agent.
    brought: bool,
    /// What the layout shows; none: it is not known.
    layout: Option<LayoutFacts>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
struct Counters {
    request: u32,
    call: u32,
    log: u32,
    problem: u32,
}

/// What the host was told last, so that it is told only changes.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Told {
    sound: Sound,
    dialing: Option<bool>,
    label: Option<tell::Label>,
    /// That nobody could say whether a customer may be called.
    unchecked: bool,
    /// What was to be kept last: whether this agent's part was in it, and how many parts of others.
    begun: bool,
    parked: usize,
}

/// A call that is over only because nobody heard of it any more.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Lost {
    call: Call,
    /// When it was given up, wall-clock milliseconds.
    at: u64,
}

/// Messages kept for the agent; the oldest go first.
const MOST_PROBLEMS: usize = 12;

/// How often a list of calls that does not come is asked for once more, while no call makes it be asked anyway.
const MOST_REPEATS: u8 = 2;

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
        self.clock(now);
        let result = self.take(input);
        let time_told = self.pass_time();
        self.settle();
        // A refused input and an extra tick change nothing, so there is nothing to draw.
        if time_told || (result.is_ok() && !only_time) || self.outputs.len() > first_output {
            self.store(first_output);
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
        self.next_deadline()
    }

    /// What the agent sees now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.view()
    }

    /// Whose leftovers are open, and whose everything else is that is kept by person: the CRM's user or the phone account, as the settings
    /// say. Empty until known.
    #[must_use]
    pub const fn owner(&self) -> &Private {
        &self.owner
    }

    /// The settings in use; the defaults before there are any.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What would be dialed for `number`, and why; none when it cannot be dialed. Changes with the settings only.
    #[must_use]
    pub fn preview(&self, number: &str) -> Option<Dialable> {
        dialable(number, &self.settings.dialing)
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
            (Some(_), Input::Phone(report)) => {
                let result = self.phone_report(report);
                if result == Err(Refusal::StrayReport) {
                    // There may be somebody on the line whom nobody sees.
                    self.phone.stray.get_or_insert(self.now.mono + patience::STRAY);
                }
                result
            }
            (Some(_), Input::Restored(bytes)) => self.restore(&bytes),
            (Some(_), Input::Settings(settings)) => {
                let asked_elsewhere = self.settings.identity.source != settings.identity.source;
                self.settings = *settings;
                self.forget_old_leftovers();
                if asked_elsewhere && !self.phone.identity.is_empty() {
                    self.see_who_is_here();
                }
                Ok(())
            }
            (Some(_), Input::Tick) => Ok(()),
            (Some(_), Input::Audible(heard)) => {
                self.unheard = !heard;
                if !heard {
                    self.answer_nothing_by_itself();
                }
                Ok(())
            }
        }
    }

    /// Brings everything derived in line with the state, and tells the host what differs from what it was told.
    fn settle(&mut self) {
        if self.seed.is_none() {
            return;
        }
        self.pass_the_voice();
        if self.wanted.is_some() {
            self.start_wanted();
        }
        self.apply_pending_state();
        self.search_if_wanted();
        self.open_next();
        self.ask_cases();
        self.ask_fields();
        self.send_logs();
        if !self.work.done.is_empty() {
            self.tell_works();
        }
        self.tell_sound();
        self.tell_dialing();
        self.tell_label();
    }

    fn crm_ready(&self) -> bool {
        self.crm.state == CrmState::Ready
    }

    fn phone_ready(&self) -> bool {
        self.phone.state == Some(PhoneState::Ready)
    }

    /// The calls that use a line.
    fn live(&self) -> impl Iterator<Item = &Call> {
        self.calls.values().filter(|call| call.is_live())
    }

    /// One more call would still be within what settings and phone system allow.
    fn has_free_line(&self) -> bool {
        let most = match self.phone.capabilities.lines {
            0 => self.settings.calls.lines,
            lines => lines.min(self.settings.calls.lines),
        };
        self.live().count() < usize::from(most.max(1))
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
        self.ask_sync_again(MOST_REPEATS);
    }

    fn ask_sync_again(&mut self, again: u8) {
        let id = self.ask_phone(PhoneCommand::Sync);
        self.waiting.insert(id, Waiting::Sync { until: self.now.mono + patience::COMMAND, again });
    }

    fn problem(&mut self, kind: ProblemKind, number: Private) {
        self.problem_with(kind, number, Private::default());
    }

    fn problem_with(&mut self, kind: ProblemKind, number: Private, detail: Private) {
        self.count.problem += 1;
        self.problems.push_back(Problem { detail, id: self.count.problem, kind, number });
        if self.problems.len() > MOST_PROBLEMS {
            self.problems.pop_front();
        }
    }
}
