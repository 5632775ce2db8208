//! A small world: one softphone, one phone system, what is on its way between them, and what may go wrong.

mod moment;

use std::{
    collections::{BTreeSet, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use hookswitch_core::{
    AgentCommand, CallId, Input, Now, Output, Phase, PhoneCommand, PhoneReport, Refusal, RefusedReason, Snapshot, Softphone, Sound,
    settings::Settings,
};

use crate::{
    able, commands,
    projection::Projection,
    segments::Segments,
    switch::{Broken, Person, Place, Switch},
};

/// One moment of a world.
#[derive(Clone)]
pub struct World {
    /// The softphone under test.
    pub phone: Softphone,
    /// The clocks.
    pub now: Now,
    /// The phone system.
    pub switch: Switch,
    /// Reports on their way, oldest first: nothing overtakes.
    pub flight: VecDeque<PhoneReport>,
    /// What may still happen of each kind.
    pub left: Left,
    /// What the phone system does with the next command.
    pub mood: Mood,
    /// Something was lost, doubled or late: the two may differ for a while.
    pub disturbed: bool,
    /// A sentence that no longer holds.
    pub broken: Option<Broken>,
    /// What the host was told to play.
    pub sound: Sound,
    /// Whom the agent wanted back when cancelling a consultation, as long as nothing else was done.
    pub wanted_back: Option<Person>,
    /// What every call was, and as what it was logged.
    pub segments: Segments,
    /// What the agent sees.
    pub snapshot: Arc<Snapshot>,
    /// A copy that only shows what would become of it: nobody looks at its logs.
    alone: bool,
    /// The softphone alone, projected.
    pub phone_key: u64,
    key: u64,
}

/// How often things may still happen.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Left {
    /// Reports lost or doubled, commands refused or lost.
    pub faults: u8,
    /// Times the agent frees a line by force.
    pub forces: u8,
    /// Times the clock moves to the next deadline.
    pub ticks: u8,
    /// Times the computer sleeps for a quarter of an hour.
    pub sleeps: u8,
}

/// What the phone system does with the next command.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Mood {
    /// Carries it out.
    #[default]
    Fair,
    /// Never gets it.
    Deaf,
    /// Refuses it.
    Stubborn,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The agent does something.
    Agent(AgentCommand),
    /// Somebody answers.
    Answers(Person),
    /// Somebody calls the agent.
    CallsIn(Person),
    /// The next command is not carried out.
    Mood(Mood),
    /// The oldest report arrives.
    Deliver,
    /// The oldest report arrives, and will arrive once more.
    DeliverTwice,
    /// Somebody holds, or ends the hold.
    Holds(Person, bool),
    /// Somebody leaves.
    Leaves(Person),
    /// The oldest report is lost.
    Lose,
    /// Somebody passes the agent on.
    PassesOn(Person, Person),
    /// A quarter of an hour passes without anybody looking at the clock.
    Sleep,
    /// The clock moves to the next deadline.
    Tick,
}

/// 2026-01-15T10:00:00Z.
const MORNING: u64 = 1_768_471_200_000;

/// What a sleeping computer misses, milliseconds.
const SLEEP: u64 = 900_000;

impl World {
    /// A softphone that is ready for calls, and a phone system without any.
    pub(crate) fn new(phone: Softphone, settings: Settings, switch: Switch, left: Left) -> Self {
        let snapshot = Arc::new(phone.snapshot());
        let mut world = Self {
            phone,
            now: Now { mono: 1_000, wall: MORNING, utc_offset: 0 },
            switch,
            flight: VecDeque::new(),
            left,
            mood: Mood::Fair,
            disturbed: false,
            broken: None,
            sound: Sound::Silence,
            wanted_back: None,
            segments: Segments::default(),
            snapshot,
            alone: false,
            phone_key: 0,
            key: 0,
        };
        let begin = [
            Input::Start { seed: 1 },
            Input::Settings(Box::new(settings)),
            Input::Phone(PhoneReport::Capabilities { capabilities: world.switch.can.0 }),
            Input::Phone(PhoneReport::Service { state: hookswitch_core::PhoneState::Ready, detail: "".into() }),
        ];
        for input in begin {
            world.put(input).expect("a session begins so");
        }
        // The sync of the beginning.
        while let Some(report) = world.flight.pop_front() {
            world.put(Input::Phone(report)).expect("a sync is always taken");
        }
        world.seal();
        world
    }

    /// What happens next; none if it cannot.
    pub(crate) fn after(&self, act: &Act) -> Option<Self> {
        let mut world = self.clone();
        world.segments.forget();
        let mut told = Vec::new();
        if !matches!(act, Act::Deliver) {
            world.wanted_back = None;
        }
        match act {
            Act::Agent(command) => {
                if let AgentCommand::ForceEnd(id) = command {
                    world.left.forces -= 1;
                    world.segments.force(*id);
                }
                if let (AgentCommand::Reconnect(id), Mood::Fair) = (command, self.mood) {
                    world.wanted_back = self.consulted_about(*id);
                }
                world.name(command);
                if world.put(Input::Agent(command.clone())).is_err() {
                    world.broken = Some(Broken::ListedNotAccepted);
                }
            }
            Act::Answers(person) => world.switch.answers(*person, &mut told),
            Act::CallsIn(person) => world.switch.calls_in(*person, &mut told),
            Act::Mood(mood) => {
                world.mood = *mood;
                world.left.faults -= 1;
                // What is refused is told.
                world.disturbed |= *mood == Mood::Deaf;
            }
            Act::Deliver => {
                let report = world.flight.pop_front()?;
                world.take(report);
            }
            Act::DeliverTwice => {
                let report = world.flight.front()?.clone();
                world.fault();
                world.take(report);
            }
            Act::Holds(person, on) => world.switch.holds(*person, *on, &mut told),
            Act::Leaves(person) => world.switch.leaves(*person, &mut told),
            Act::Lose => {
                world.flight.pop_front()?;
                world.fault();
            }
            Act::PassesOn(person, to) => world.switch.passes_on(*person, *to, &mut told),
            Act::Sleep => {
                world.left.sleeps -= 1;
                world.passes(SLEEP);
            }
            Act::Tick => {
                let step = world.phone.deadline()?.saturating_sub(world.now.mono);
                world.left.ticks -= 1;
                world.passes(step);
            }
        }
        world.flight.extend(told);
        world.seal();
        (world.key != self.key).then_some(world)
    }

    /// A copy to look ahead with.
    pub(crate) fn alone(&self) -> Self {
        Self { alone: true, ..self.clone() }
    }

    /// The softphone alone, projected as it is now.
    pub(crate) fn key_of_the_phone(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let mut projection = Projection::new(&mut hasher, (self.now.mono, self.now.wall));
        projection.take(&self.phone);
        projection.so_far()
    }

    /// The customer a consultation is about, on hold by now.
    fn consulted_about(&self, id: CallId) -> Option<Person> {
        let find = |id| self.snapshot.calls.iter().find(|call| call.id == id);
        let about = find(find(id)?.consults?).filter(|about| about.phase == Phase::Held)?;
        commands::person(about.party()?.party.number.reveal())
    }

    /// Lets the clock move, and the softphone look at it.
    pub(crate) fn passes(&mut self, ms: u64) {
        self.disturbed |= !self.flight.is_empty() || ms >= SLEEP;
        self.now.mono += ms;
        self.now.wall += ms;
        // Whoever is not answered, as far as was heard here, may be given up when the time has come.
        let unanswered = self.snapshot.calls.iter().filter(|call| call.answered.is_none()).flat_map(|call| &call.connections);
        let unanswered: Vec<_> = unanswered.filter_map(|connection| commands::person(connection.party.number.reveal())).collect();
        let named = self.switch.named.clone();
        self.switch.named.extend(unanswered);
        // Time is never refused.
        let _ = self.put(Input::Tick);
        self.switch.named = named;
    }

    /// Gives the softphone one input and does what it asks for.
    pub(crate) fn put(&mut self, input: Input) -> Result<(), Refusal> {
        let can = self.switch.can.0;
        let before = (!self.alone && can != commands::everything()).then(|| (Arc::clone(&self.snapshot), self.phone.known()));
        let result = self.phone.handle(self.now, input);
        if !self.alone {
            self.snapshot = Arc::new(self.phone.snapshot());
            self.segments.follow(&self.phone, &self.snapshot);
        }
        while let Some(output) = self.phone.poll() {
            match output {
                Output::Phone { id, command } => {
                    let mut told = Vec::new();
                    let within = |(before, known): &(Arc<Snapshot>, Vec<_>)| able::is_within(&can, &command, before, known, &self.snapshot);
                    if !before.as_ref().is_none_or(within) {
                        self.broken = Some(Broken::Impossible);
                    }
                    // The question after the truth is asked and answered again and again: it makes nothing differ but when it is lost.
                    let asks = matches!(command, PhoneCommand::Sync);
                    match std::mem::take(&mut self.mood) {
                        Mood::Stubborn if !asks => {
                            // Who is passed on blindly counts as held from the moment it is asked for.
                            self.disturbed |= matches!(command, PhoneCommand::SingleStepTransfer { .. })
                                || self.switch.lines.iter().any(|line| line.target.is_some())
                                // The line was freed by force: nobody waits for the answer.
                                || !self.phone.known().iter().any(|known| known.requests.contains(&id));
                            told.push(PhoneReport::Refused { request: id, reason: RefusedReason::NotNow, detail: "".into() });
                        }
                        Mood::Deaf => {}
                        Mood::Fair | Mood::Stubborn => {
                            self.segments.asked(id, &command, self.switch.count);
                            if let Err(broken) = self.switch.command(id, &command, &mut told) {
                                self.broken = Some(broken);
                            }
                        }
                    }
                    self.flight.extend(told);
                }
                Output::Sound(sound) => self.sound = sound,
                _ => {}
            }
        }
        result
    }

    /// A report arrives. A stray one is refused, which is right.
    pub(crate) fn take(&mut self, report: PhoneReport) {
        let before = self.snapshot.calls.iter().map(|call| call.id).collect();
        let said = (!self.alone).then(|| report.clone());
        let _stray = self.put(Input::Phone(report));
        if let Some(report) = said {
            self.segments.told(&report, &before);
        }
    }

    fn fault(&mut self) {
        self.left.faults -= 1;
        self.disturbed = true;
    }

    /// Remembers whom a command asks to leave.
    fn name(&mut self, command: &AgentCommand) {
        let snapshot = self.phone.snapshot();
        let (id, only) = match command {
            AgentCommand::Clear(id)
            | AgentCommand::ClearCall(id)
            | AgentCommand::Decline(id)
            | AgentCommand::DeclineNotReady(id, _)
            | AgentCommand::ForceEnd(id)
            | AgentCommand::Reconnect(id) => (*id, None),
            AgentCommand::ClearParty(id, party) => (*id, Some(*party)),
            _ => return,
        };
        let Some(call) = snapshot.calls.iter().find(|call| call.id == id) else { return };
        // Whoever leaves a conference asks nobody else to leave; who is left alone with the agent by then is another matter.
        let leaves = matches!(command, AgentCommand::Clear(_) | AgentCommand::Reconnect(_)) && call.is_conference();
        let listed = call.connections.iter().filter(|connection| !connection.agent && (only.is_none() || connection.id == only));
        let mut people: BTreeSet<Person> = listed.filter_map(|connection| commands::person(connection.party.number.reveal())).collect();
        if leaves {
            let together = self.switch.lines.iter().filter(|line| line.seats.iter().any(|seat| people.contains(&seat.person)));
            let left: Vec<_> = together.map(|line| line.name).collect();
            self.switch.left.extend(left);
            people.clear();
        }
        // Somebody may stand in for them by now.
        people.extend(self.switch.successors.iter().filter(|(before, _)| people.contains(before)).map(|(_, now)| *now).collect::<Vec<_>>());
        if only.is_none() && !leaves {
            // Whoever joined them meanwhile is in the call that is asked to end.
            for line in &self.switch.lines {
                if line.seats.iter().any(|seat| people.contains(&seat.person)) {
                    self.switch.named.extend(line.seats.iter().map(|seat| seat.person));
                }
            }
        }
        self.switch.named.extend(people);
    }

    /// Brings what is derived up to date.
    fn seal(&mut self) {
        let people = &self.switch.people;
        self.switch.named.retain(|person| matches!(people[*person], Place::Free | Place::Line(_)));
        let lines = &self.switch.lines;
        self.switch.left.retain(|left| lines.iter().any(|line| line.name == *left));
        self.segments.see(&self.switch, &self.flight);
        let mut hasher = DefaultHasher::new();
        let mut projection = Projection::new(&mut hasher, (self.now.mono, self.now.wall));
        projection.take(&self.phone);
        self.phone_key = projection.so_far();
        for report in &self.flight {
            projection.take(report);
        }
        (self.flight.len(), &self.switch, self.left, self.mood, self.disturbed, self.broken, self.wanted_back).hash(&mut hasher);
        (self.sound as u8).hash(&mut hasher);
        self.segments.hash(&self.snapshot, &mut hasher);
        self.key = hasher.finish();
    }
}
