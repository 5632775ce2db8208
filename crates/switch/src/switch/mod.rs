//! The switch: who is attached, which calls there are, what time it is.

mod agent;
mod attach;
mod network;
mod route;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hookswitch_core::{ConnectionState, PhoneRef, PhoneReport};

use crate::{
    AgentView, Behaviour, CallView, ClientMessage, Options, Script, ServerMessage,
    call::Call,
    options::digits_of,
    timer::{Timer, Timers},
};

/// Somebody the switch talks to: one page or one observer, as the host numbers them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Client(pub u64);

/// The simulated phone system.
///
/// Tell it what clients say with [`Switch::handle`], take what it answers from [`Switch::poll`] until `None`, and come back with
/// [`Switch::advance`] when [`Switch::deadline`] says so. Time that goes back is taken as standing still.
#[derive(Clone, Debug)]
pub struct Switch {
    seed: u64,
    now: u64,
    /// Counts calls, for their names.
    count: u32,
    calls: Vec<Call>,
    extensions: BTreeMap<String, Extension>,
    pages: BTreeMap<Client, String>,
    observers: BTreeSet<Client>,
    options: Options,
    /// What single numbers do, by their digits.
    behaviours: BTreeMap<String, Behaviour>,
    timers: Timers,
    faults: Faults,
    out: VecDeque<(Client, ServerMessage)>,
    /// What observers were shown last.
    shown: (Vec<CallView>, Vec<AgentView>),
}

/// What is known of an extension that ever said hello.
#[derive(Clone, Debug, Default)]
struct Extension {
    name: String,
    /// Takes calls and why not; none while nobody ever said.
    state: Option<(bool, String)>,
    /// A page is attached, or was a short while ago.
    present: bool,
}

/// Faults that are switched on.
#[derive(Clone, Debug, Default)]
struct Faults {
    /// Commands to be neither carried out nor answered.
    ignore: u32,
    /// Commands to be refused, with what.
    refuse: Option<(u32, hookswitch_core::RefusedReason, String)>,
    /// Agents cannot reach the switch.
    outage: bool,
}

/// How long an ended call stays visible to observers.
const SHOWN_AFTER_END_MS: u64 = 5_000;

impl Switch {
    /// A switch nobody is attached to. The seed is part of every call's name, so that two runs do not share names.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            now: 0,
            count: 0,
            calls: Vec::new(),
            extensions: BTreeMap::new(),
            pages: BTreeMap::new(),
            observers: BTreeSet::new(),
            options: Options::default(),
            behaviours: BTreeMap::new(),
            timers: Timers::default(),
            faults: Faults::default(),
            out: VecDeque::new(),
            shown: (Vec::new(), Vec::new()),
        }
    }

    /// Lets time pass until `now_ms`: everything due happens in its order, at its own time. Harmless when nothing is due.
    pub fn advance(&mut self, now_ms: u64) {
        self.run(now_ms);
        self.show();
    }

    /// Takes one message. What fell due before it happens first. A message that cannot be followed is answered and changes nothing.
    pub fn handle(&mut self, now_ms: u64, from: Client, message: ClientMessage) {
        self.run(now_ms);
        match message {
            ClientMessage::Agent(message) => self.agent(from, message),
            ClientMessage::Gone => self.gone(from),
            ClientMessage::Network(command) => self.network(from, command),
            ClientMessage::Observe => self.observe(from),
        }
        self.show();
    }

    /// Adds scripted callers, the times counted from now, and scripted numbers. A caller whose extension has not said hello by
    /// then finds nobody and does not try again.
    pub fn play(&mut self, now_ms: u64, script: Script) {
        self.run(now_ms);
        for (after, call) in script.callers {
            self.timers.set(self.now + after, Timer::Scripted(Box::new(call)));
        }
        for (number, behaviour) in script.numbers {
            self.behaviours.insert(digits_of(number.reveal()), behaviour);
        }
        self.show();
    }

    /// The next message to a client, until none.
    pub fn poll(&mut self) -> Option<(Client, ServerMessage)> {
        self.out.pop_front()
    }

    /// When something happens by itself next.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        self.timers.next()
    }

    fn run(&mut self, now: u64) {
        while let Some((at, timer)) = self.timers.pop(now) {
            self.now = self.now.max(at);
            self.fire(timer);
        }
        self.now = self.now.max(now);
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::Answers(call) => self.with(&call, |switch, at| switch.connect(at, None)),
            Timer::CallerGivesUp(call) => self.with(&call, Self::give_up),
            Timer::Fails(call, cause) => self.with(&call, |switch, at| switch.finish(at, cause, None)),
            Timer::Forget(call) => self.calls.retain(|other| other.name != call),
            Timer::Grace(extension) => self.grace_over(&extension),
            Timer::HangsUp(call) => self.with(&call, Self::far_hangs_up),
            Timer::OutageOver => self.outage_over(),
            Timer::Reached(call) => self.with(&call, Self::reached),
            // Documented at `play`: nobody is there to be told.
            Timer::Scripted(call) => drop(self.place(*call)),
        }
    }

    /// Does `act` to the call of that name, unless it ended.
    fn with(&mut self, call: &PhoneRef, act: impl FnOnce(&mut Self, usize)) {
        if let Some(at) = self.position(call) {
            act(self, at);
        }
    }

    /// Where the call of that name is, unless it ended.
    fn position(&self, call: &PhoneRef) -> Option<usize> {
        self.calls.iter().position(|other| other.name == *call && other.ended.is_none())
    }

    /// The calls an agent knows of, each with the agent's end.
    fn calls_of(&self, extension: &str) -> impl Iterator<Item = (&Call, usize)> {
        self.calls.iter().filter_map(move |call| call.end_of(extension).map(|place| (call, place)))
    }

    /// Whether the agent talks or dials, other than in `except`.
    fn is_active(&self, extension: &str, except: Option<&PhoneRef>) -> bool {
        self.calls_of(extension).any(|(call, place)| {
            Some(&call.name) != except && matches!(call.ends[place].state, ConnectionState::Connected | ConnectionState::Initiated)
        })
    }

    fn has_free_line(&self, extension: &str) -> bool {
        self.calls_of(extension).count() < usize::try_from(self.options.lines).unwrap_or(usize::MAX)
    }

    fn has_page(&self, extension: &str) -> bool {
        self.pages.values().any(|of| of == extension)
    }

    /// Tells all pages of an extension; during an outage nothing gets through.
    fn tell(&mut self, extension: &str, report: &PhoneReport) {
        if self.faults.outage {
            return;
        }
        let pages = self.pages.iter().filter(|(_, of)| *of == extension);
        self.out.extend(pages.map(|(page, _)| (*page, ServerMessage::Report(report.clone()))));
    }

    /// Tells the agent at one end of a call, if that end is an agent's.
    fn tell_end(&mut self, at: usize, place: usize, report: &PhoneReport) {
        if let Some(extension) = self.calls[at].ends[place].extension.clone() {
            self.tell(&extension, report);
        }
    }

    fn tell_page(&mut self, page: Client, report: PhoneReport) {
        self.out.push_back((page, ServerMessage::Report(report)));
    }

    /// All calls of an agent, as a report.
    fn sync(&self, extension: &str) -> PhoneReport {
        PhoneReport::Sync { calls: self.calls_of(extension).map(|(call, place)| call.told(place, self.now)).collect() }
    }

    /// Tells observers what changed since they were told last.
    fn show(&mut self) {
        let (calls, agents) = (self.call_views(), self.agent_views());
        if calls != self.shown.0 {
            self.tell_observers(&ServerMessage::Calls(calls.clone()));
        }
        if agents != self.shown.1 {
            self.tell_observers(&ServerMessage::Agents(agents.clone()));
        }
        self.shown = (calls, agents);
    }

    fn tell_observers(&mut self, message: &ServerMessage) {
        self.out.extend(self.observers.iter().map(|observer| (*observer, message.clone())));
    }

    fn call_views(&self) -> Vec<CallView> {
        self.calls.iter().map(Call::view).collect()
    }

    fn agent_views(&self) -> Vec<AgentView> {
        let view = |(number, extension): (&String, &Extension)| {
            let (ready, reason) = extension.state.clone().unwrap_or_default();
            let pages = self.pages.values().filter(|of| *of == number).count();
            AgentView {
                extension: number.clone(),
                name: extension.name.clone(),
                pages: u32::try_from(pages).unwrap_or(u32::MAX),
                ready,
                reason,
            }
        };
        self.extensions.iter().map(view).collect()
    }
}
