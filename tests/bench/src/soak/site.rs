//! Agents who share a phone system, the customers who call them, and what goes wrong there.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, VecDeque},
};

use hookswitch_core::settings::{ProviderKind, Settings, StartPresence};
use hookswitch_core::{
    AgentCommand, AgentState, CallId, CallKind, CrmCommand, CrmReport, CrmState, Input, MayCall, Now, Output, Phase, PhoneCommand,
    PhoneRef, RecordRef, Refusal, RequestId, Snapshot,
};
use hookswitch_switch::{
    AgentMessage, CallAgent, Client, ClientMessage, Hello, NetworkCommand, Options, QueueStrategy, ServerMessage, Switch, Whereabouts,
};

use super::{Outcome, agent::Agent, check, dice::Dice, faults, story};
use crate::desk::MORNING;

#[derive(Debug)]
pub(super) struct Site {
    pub(super) switch: Switch,
    pub(super) now: u64,
    pub(super) dice: Dice,
    pub(super) found: Outcome,
    agents: Vec<Agent>,
    /// Answered and not gone, by number: whether they may be gone without having hung up.
    pub(super) customers: BTreeMap<u64, bool>,
    events: BinaryHeap<Reverse<(u64, u64, Event)>>,
    count: u64,
    inbox: VecDeque<(usize, Input)>,
    /// Callers stop then.
    closes: u64,
    /// Between two callers, on average, milliseconds.
    pace: u64,
    callers: u64,
    /// Which of the callers were ever answered.
    served: Vec<bool>,
    /// Whose line has faults of its own now.
    pub(super) faulty: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Event {
    Agent(usize),
    Caller,
    Fault,
    HangsUp(u64),
}

/// From ring to wrap-up, on average: callers come so often that agents are busy about three quarters of their time.
const HANDLING_MS: u64 = 300_000;
const BUSY_PERCENT: u64 = 75;
/// One state in so many is tried out on copies.
const SAMPLE: u64 = 1_009;
/// A step that is not possible is tried so often.
const MOST_TRIES: u8 = 10;
/// Who is neither agent nor customer.
const OUTSIDE: Client = Client(u64::MAX);

impl Site {
    /// Everybody signs in and is ready.
    pub(super) fn open(seed: u64, agents: usize, closes: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut switch = Switch::new(seed);
        let options = Options { queue: QueueStrategy::RoundRobin, ..Options::default() };
        switch.handle(0, OUTSIDE, ClientMessage::Network(NetworkCommand::SetOptions { options }));
        let made = (0..agents).map(|place| {
            let lunch = dice.below(closes);
            Agent::new((2_000 + place).to_string(), vec![(lunch, false), (lunch + closes / 12, true)])
        });
        let agents: Vec<_> = made.collect();
        let mut site = Self {
            switch,
            now: 0,
            dice,
            found: Outcome::default(),
            customers: BTreeMap::new(),
            events: BinaryHeap::new(),
            count: 0,
            inbox: VecDeque::new(),
            closes,
            pace: HANDLING_MS * 100 / BUSY_PERCENT / agents.len() as u64,
            callers: 0,
            served: Vec::new(),
            faulty: None,
            agents,
        };
        for place in 0..site.agents.len() {
            site.begins(place, seed);
        }
        site.at(site.pace, Event::Caller);
        site.at(600_000, Event::Fault);
        site
    }

    /// Everything up to this moment happens.
    pub(super) fn run_until(&mut self, end: u64) {
        loop {
            let event = self.events.peek().map_or(u64::MAX, |Reverse((at, ..))| *at);
            let switch = self.switch.deadline().unwrap_or(u64::MAX);
            if event.min(switch) > end {
                self.now = end;
                return;
            }
            self.now = self.now.max(event.min(switch));
            if switch <= event {
                self.switch.advance(self.now);
            } else if let Some(Reverse((at, _, event))) = self.events.pop() {
                self.happens(at, event);
            }
            self.settle();
        }
    }

    /// The shift is over: what is left behind?
    pub(super) fn close(mut self) -> Outcome {
        for agent in &self.agents {
            let snapshot = agent.phone.snapshot();
            if !snapshot.calls.is_empty() || !snapshot.logs.is_empty() {
                self.found.violation(|| format!("agent {} is left with {snapshot:?}", agent.extension));
            }
            if agent.logs.values().any(|done| !done) {
                self.found.violation(|| format!("agent {} has a log that was never finished", agent.extension));
            }
        }
        self.switch.handle(self.now, OUTSIDE, ClientMessage::Observe);
        while let Some((_, message)) = self.switch.poll() {
            if let ServerMessage::Calls(calls) = message {
                for call in calls.iter().filter(|call| call.ended.is_none()) {
                    self.found.violation(|| format!("the phone system is left with {call:?}"));
                }
            }
        }
        for (number, excused) in &self.customers {
            self.found.violation(|| format!("customer {number} never hung up; excused: {excused}"));
        }
        self.found
    }

    pub(super) fn network(&mut self, command: NetworkCommand) {
        self.switch.handle(self.now, OUTSIDE, ClientMessage::Network(command));
    }

    pub(super) fn whereabouts(&self, number: u64) -> Option<Whereabouts> {
        self.switch.whereabouts(&format!("+1{number:010}"))
    }

    /// The customers in a call.
    pub(super) fn everybody_in(&self, call: &PhoneRef) -> Vec<u64> {
        self.customers.keys().copied().filter(|number| self.whereabouts(*number).is_some_and(|there| there.call == *call)).collect()
    }

    pub(super) fn extension(&mut self) -> String {
        let place = self.dice.below(self.agents.len() as u64);
        self.agents[index(place)].extension.clone()
    }

    fn begins(&mut self, place: usize, seed: u64) {
        self.put(place, Input::Start { seed: seed << 20 | place as u64 });
        let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
        settings.calls.start_presence = StartPresence::Ready;
        self.put(place, Input::Settings(Box::new(settings)));
        self.put(place, Input::Crm(CrmReport::State(CrmState::Ready)));
        let hello = Hello { extension: self.agents[place].extension.clone(), name: String::new() };
        self.switch.handle(self.now, Client(place as u64), ClientMessage::Agent(AgentMessage::Hello(hello)));
        self.settle();
    }

    fn happens(&mut self, at: u64, event: Event) {
        match event {
            Event::Agent(place) if self.agents[place].wakes == at => {
                self.agents[place].wakes = u64::MAX;
                self.put(place, Input::Tick);
                self.settle();
                self.acts(place);
                self.schedule(place);
            }
            // The agent was woken earlier and will be again.
            Event::Agent(_) => {}
            Event::Caller if self.now >= self.closes => {}
            Event::Caller => {
                self.served.push(false);
                self.callers += 1;
                let mut call = CallAgent::to_queue("Support", &format!("+1{:010}", self.callers), "");
                call.gives_up_after_ms = Some(self.dice.seconds(20, 240));
                self.found.happened("callers");
                self.network(NetworkCommand::CallAgent(call));
                let next = self.now + self.dice.below(self.pace * 2) + 1;
                self.at(next, Event::Caller);
            }
            Event::Fault if self.now >= self.closes => faults::mend(self),
            Event::Fault => {
                faults::strike(self);
                let next = self.now + self.dice.seconds(120, 900);
                self.at(next, Event::Fault);
            }
            Event::HangsUp(number) => self.hangs_up(number),
        }
    }

    /// The customer has enough, and must still be talking to somebody, or waiting for somebody, unless somebody hung up on them.
    fn hangs_up(&mut self, number: u64) {
        let Some(excused) = self.customers.remove(&number) else { return };
        match self.whereabouts(number) {
            Some(there) => {
                if there.others == 0 {
                    self.found.violation(|| format!("customer {number} was left alone on the line"));
                }
                self.found.happened("hang-ups by the customer");
                self.network(NetworkCommand::HangUp { call: there.call, end: Some(there.end) });
            }
            None if excused => {}
            None => self.found.violation(|| format!("customer {number} was dropped although nobody asked for it")),
        }
    }

    /// Does what the agent decided to do by now.
    fn acts(&mut self, place: usize) {
        if let Some((_, ready)) = self.agents[place].breaks.first().copied().filter(|(at, _)| *at <= self.now) {
            self.agents[place].breaks.remove(0);
            let command = if ready { AgentCommand::SetReady } else { AgentCommand::SetNotReady("Lunch".to_owned()) };
            self.found.happened("breaks begun or ended");
            self.put(place, Input::Agent(command));
            self.settle();
        }
        let due: Vec<CallId> = {
            let agent = &self.agents[place];
            agent.stories.iter().filter(|(_, story)| story.next.is_some_and(|(at, _)| at <= self.now)).map(|(id, _)| *id).collect()
        };
        for id in due {
            self.does(place, id);
            self.settle();
        }
    }

    fn does(&mut self, place: usize, id: CallId) {
        let snapshot = self.agents[place].phone.snapshot();
        let colleague = self.colleague(place);
        let agent = &mut self.agents[place];
        let Some(story) = agent.stories.get_mut(&id) else { return };
        let (Some((_, step)), Some(call)) = (story.next.take(), story::call(&snapshot, id)) else { return };
        let Some((command, allowed)) = step.command(call, &snapshot, &colleague) else { return };
        if !allowed {
            story.tries += 1;
            story.next = (story.tries < MOST_TRIES).then_some((self.now + 2_000, step));
            return;
        }
        if matches!(command, AgentCommand::Clear(_)) && !call.is_conference() {
            for number in call.connections.iter().filter_map(|there| customer(there.party.number.reveal())) {
                self.customers.entry(number).and_modify(|excused| *excused = true);
            }
        }
        self.found.happened(step.name());
        if self.try_put(place, Input::Agent(command)).is_err() {
            check::refused(&self.agents[place], step.needs(), &snapshot, self.now, &mut self.found);
        }
    }

    /// Somebody to ask: who has nothing to do, if there is anybody.
    fn colleague(&mut self, place: usize) -> String {
        let start = index(self.dice.below(self.agents.len() as u64));
        let others = (start..self.agents.len()).chain(0..start).filter(|other| *other != place);
        let idle = others.clone().find(|other| self.agents[*other].idle).or_else(|| others.clone().next());
        idle.map_or_else(String::new, |other| self.agents[other].extension.clone())
    }

    /// Carries messages until everybody is silent.
    fn settle(&mut self) {
        loop {
            if let Some((place, input)) = self.inbox.pop_front() {
                self.put(place, input);
            } else if let Some((client, message)) = self.switch.poll() {
                match message {
                    ServerMessage::Report(report) => self.put(index(client.0), Input::Phone(report)),
                    ServerMessage::Error(problem) => self.found.violation(|| format!("the phone system: {problem:?}")),
                    _ => {}
                }
            } else {
                return;
            }
        }
    }

    /// One step of one softphone. A report may come late and a tick early: what is refused changed nothing.
    fn put(&mut self, place: usize, input: Input) {
        let _refused = self.try_put(place, input);
    }

    /// One step of one softphone, and every invariant after it.
    fn try_put(&mut self, place: usize, input: Input) -> Result<(), Refusal> {
        let now = Now { mono: self.now, wall: MORNING + self.now, utc_offset: 0 };
        let result = self.agents[place].phone.handle(now, input);
        let mut changed = false;
        while let Some(output) = self.agents[place].phone.poll() {
            match output {
                Output::Changed => changed = true,
                Output::Crm { id, command } => self.crm(place, id, command),
                Output::Phone { id, command } => {
                    let message = match command {
                        PhoneCommand::Sync => AgentMessage::Sync,
                        command => AgentMessage::Command { id, command },
                    };
                    self.switch.handle(self.now, Client(place as u64), ClientMessage::Agent(message));
                }
                Output::Sound(sound) => self.agents[place].sound = sound,
                _ => {}
            }
        }
        self.found.steps += 1;
        let snapshot = self.agents[place].phone.snapshot();
        check::step(&self.agents[place], &snapshot, self.now, changed, &mut self.found);
        if self.found.steps.is_multiple_of(SAMPLE) {
            check::sample(&self.agents[place], &snapshot, now, &mut self.found);
        }
        self.thinks(place, &snapshot);
        self.schedule(place);
        result
    }

    /// The agent looks at the panel.
    fn thinks(&mut self, place: usize, snapshot: &Snapshot) {
        for call in &snapshot.calls {
            let known = self.agents[place].stories.entry(call.id).or_default();
            known.go_on(call, snapshot, self.now, &mut self.dice);
            if call.phase != Phase::Connected || call.kind != CallKind::Inbound {
                continue;
            }
            if let Some(number) = call.party().and_then(|there| customer(there.party.number.reveal())) {
                self.is_served(number);
            }
        }
        let agent = &mut self.agents[place];
        agent.forget(snapshot);
        agent.revision = snapshot.revision;
        agent.idle = snapshot.calls.is_empty() && snapshot.agent.state == AgentState::Ready;
    }

    /// A customer is answered, by whomever: from now on they must not get lost until they hang up.
    fn is_served(&mut self, number: u64) {
        let Some(served) = self.served.get_mut(index(number - 1)) else { return };
        if !std::mem::replace(served, true) {
            self.customers.insert(number, false);
            self.found.happened("calls");
            let talks = self.dice.seconds(30, 420);
            self.at(self.now + talks, Event::HangsUp(number));
        }
    }

    /// The CRM answers at once: it knows everybody, and keeps every log.
    fn crm(&mut self, place: usize, id: RequestId, command: CrmCommand) {
        let report = match command {
            CrmCommand::AskMayCall { .. } => CrmReport::MayCall { request: id, answer: MayCall::Allowed },
            CrmCommand::Pop { .. } => CrmReport::Popped { request: id },
            CrmCommand::SaveLog { key, record, fields, .. } => {
                let name = format!("00T{place}-{}", key.count);
                let agent = &mut self.agents[place];
                let before = agent.logs.insert(key.count, fields.completed);
                match (&record, before) {
                    (None, Some(_)) => self.found.violation(|| format!("agent {place} created log {key} twice")),
                    (Some(known), _) if *known != name => self.found.violation(|| format!("agent {place} updated {known} for {name}")),
                    (None, None) => self.found.happened("logs"),
                    (Some(_), _) => {}
                }
                CrmReport::Saved { request: id, record: name }
            }
            CrmCommand::Search { .. } => {
                let record = RecordRef { id: "003000000000001AAA".into(), object: "Contact".into(), ..RecordRef::default() };
                CrmReport::Found { request: id, records: vec![record], fields: Vec::new(), opens: false }
            }
            _ => return,
        };
        self.inbox.push_back((place, Input::Crm(report)));
    }

    fn schedule(&mut self, place: usize) {
        let next = self.agents[place].next();
        if next < self.agents[place].wakes {
            self.agents[place].wakes = next.max(self.now + 1);
            self.at(self.agents[place].wakes, Event::Agent(place));
        }
    }

    fn at(&mut self, at: u64, event: Event) {
        self.count += 1;
        self.events.push(Reverse((at, self.count, event)));
    }
}

/// The customer's number; colleagues have short ones.
fn customer(number: &str) -> Option<u64> {
    number.strip_prefix("+1")?.parse().ok()
}

fn index(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
