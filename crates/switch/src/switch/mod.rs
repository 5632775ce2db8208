//! The switch: who is attached, which calls there are, what time it is.

mod agent;
mod attach;
mod conference;
mod dial;
mod end;
mod faults;
mod network;
mod place;
mod queue;
mod ring;
mod tell;
mod transfer;
mod whereabouts;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hookswitch_core::{ConnectionState, PhoneRef};

use crate::{
    AgentView, Behaviour, CallView, ClientMessage, Options, Script, ServerMessage,
    call::Call,
    leg::LegId,
    options::digits_of,
    timer::{Timer, Timers},
};

pub use whereabouts::Whereabouts;

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
    /// Counts calls' names and ends.
    count: Counters,
    calls: Vec<Call>,
    extensions: BTreeMap<String, Extension>,
    pages: BTreeMap<Client, String>,
    observers: BTreeSet<Client>,
    options: Options,
    /// What single numbers do, by their digits.
    behaviours: BTreeMap<String, Behaviour>,
    timers: Timers,
    faults: faults::Faults,
    out: VecDeque<(Client, ServerMessage)>,
    /// What observers were shown last.
    shown: (Vec<CallView>, Vec<AgentView>),
}

#[derive(Clone, Copy, Debug, Default)]
struct Counters {
    name: u32,
    leg: u32,
    offer: u64,
}

/// What is known of an extension that ever said hello.
#[derive(Clone, Debug, Default)]
struct Extension {
    name: String,
    /// Takes calls and why not; none while nobody ever said.
    state: Option<(bool, String)>,
    /// A page is attached, or was a short while ago.
    present: bool,
    pages: Vec<Client>,
    /// Counts up: when a queue asked this agent last.
    asked: u64,
}

impl Extension {
    fn is_ready(&self) -> bool {
        self.state.as_ref().is_some_and(|(ready, _)| *ready) && !self.pages.is_empty()
    }
}

/// How long after a call's end its recording can be fetched.
const RECORDING_STORED_MS: u64 = 3_000;

/// How long an ended call stays visible to observers.
const SHOWN_AFTER_END_MS: u64 = 5_000;

impl Switch {
    /// A switch nobody is attached to. The seed is part of every call's name, so that two runs do not share names.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            now: 0,
            count: Counters::default(),
            calls: Vec::new(),
            extensions: BTreeMap::new(),
            pages: BTreeMap::new(),
            observers: BTreeSet::new(),
            options: Options::default(),
            behaviours: BTreeMap::new(),
            timers: Timers::default(),
            faults: faults::Faults::default(),
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
            Timer::Acts(leg, act) => self.with(leg, |switch, at, place| switch.party_acts(at, place, act)),
            Timer::Answers(leg) => self.with(leg, |switch, at, place| switch.connect(at, place, None)),
            Timer::CallerGivesUp(leg) => self.with(leg, Self::hang_up),
            Timer::After(extension, report) => self.tell(&extension, &report),
            Timer::Deliver(page, report) => self.arrive(page, *report),
            Timer::Fails(leg, cause) => self.with(leg, |switch, at, place| switch.not_reached(at, place, cause)),
            Timer::Forget(call) => self.calls.retain(|other| other.name != call),
            Timer::Grace(extension) => self.grace_over(&extension),
            Timer::OfferOver(leg) => self.with(leg, Self::offer_over),
            Timer::OutageOver => self.outage_over(),
            Timer::QueueAgain(call) => self.queue_again(&call),
            Timer::Reached(leg) => self.with(leg, Self::reached),
            // Documented at `play`: nobody is there to be told.
            Timer::Scripted(call) => drop(self.place(*call)),
            Timer::Voicemail(leg) => self.with(leg, Self::voicemail_answers),
        }
    }

    /// Does `act` to that end of a call, unless it left or the call ended.
    fn with(&mut self, leg: LegId, act: impl FnOnce(&mut Self, usize, usize)) {
        let find = |(at, call): (usize, &Call)| call.place(leg).filter(|_| call.ended.is_none()).map(|place| (at, place));
        if let Some((at, place)) = self.calls.iter().enumerate().find_map(find) {
            act(self, at, place);
        }
    }

    /// Where the call of that name is, unless it ended.
    fn position(&self, call: &PhoneRef) -> Option<usize> {
        self.calls.iter().position(|other| other.name == *call && other.ended.is_none())
    }

    /// Where the call that an agent knows by this name is, and the agent's end of it.
    fn position_of(&self, extension: &str, call: &PhoneRef) -> Option<(usize, usize)> {
        self.calls.iter().enumerate().find_map(|(at, known)| known.leg_of(extension, call).map(|place| (at, place)))
    }

    /// The calls an agent knows of, each with the agent's end.
    fn calls_of(&self, extension: &str) -> impl Iterator<Item = (&Call, usize)> {
        self.calls.iter().flat_map(move |call| call.legs_of(extension).map(move |place| (call, place)))
    }

    /// Whether the agent talks or dials, other than in `except`.
    fn is_active(&self, extension: &str, except: Option<&PhoneRef>) -> bool {
        self.calls_of(extension).any(|(call, place)| {
            let leg = &call.legs[place];
            Some(&leg.name) != except && matches!(leg.state, ConnectionState::Connected | ConnectionState::Initiated)
        })
    }

    fn has_free_line(&self, extension: &str) -> bool {
        self.calls_of(extension).count() < usize::try_from(self.options.lines).unwrap_or(usize::MAX)
    }

    fn next_name(&mut self) -> PhoneRef {
        self.count.name += 1;
        PhoneRef(format!("c{:x}-{}", self.seed, self.count.name))
    }

    fn next_leg(&mut self) -> LegId {
        self.count.leg += 1;
        LegId(self.count.leg)
    }
}
