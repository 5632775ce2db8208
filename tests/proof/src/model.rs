//! The rules of a world, as the model checker wants them.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Mutex,
};

use hookswitch_core::{Capabilities, CommandKind, Phase, PhoneReport, Softphone, settings::Settings};
use stateright::{Checker, HasDiscoveries, Model, Property};

use crate::{
    commands, reports, sentences,
    switch::{Able, Leg, Place, Switch},
    world::{Act, Left, Mood, World},
};

/// What can happen in a world.
#[derive(Debug)]
pub struct Rules {
    /// Its name in results.
    pub name: &'static str,
    /// People besides the agent; the first is the customer, who only ever calls.
    pub people: usize,
    /// People who can call the agent by themselves, counted from the customer.
    pub callers: usize,
    /// What the agent does here. Everything else is only checked for being allowed.
    pub commands: &'static [CommandKind],
    /// What may go wrong.
    pub left: Left,
    /// Reports on their way at a time; with as many, nothing happens before one arrives.
    pub flight: usize,
    /// People hang up, give up, and do not answer.
    pub leaves: bool,
    /// People hold, and pass the agent on.
    pub restless: bool,
    /// In every moment the softphone is told, on a copy, every report there is about every call.
    pub lies: bool,
    /// `Done` is told as well.
    pub says_done: bool,
    /// What the phone system can do.
    pub can: Capabilities,
    /// The admin's settings.
    pub settings: Settings,
    /// A softphone that has not begun.
    pub phone: fn() -> Softphone,
    /// Where there are lies: each phase of a call in which each kind of report about it arrived.
    pub seen: Mutex<BTreeSet<(String, String)>>,
    /// Softphones, projected, of which is known what time alone makes of them, and that lists and answers agree.
    pub known: [Mutex<HashSet<u64>>; 3],
}

/// What a run found.
#[derive(Debug)]
pub struct Found {
    /// Different moments.
    pub states: usize,
    /// Steps from one to another.
    pub steps: usize,
    /// Longest way that was gone.
    pub depth: usize,
    /// Sentences that do not hold, each with a way there.
    pub broken: Vec<(&'static str, String)>,
}

impl Rules {
    /// Visits every moment of the world, or ends at the first broken sentence.
    #[must_use]
    pub fn explore(self, threads: usize) -> (Found, BTreeSet<(String, String)>) {
        self.explore_most(threads, None)
    }

    /// As [`Self::explore`], but ends after about so many steps.
    #[must_use]
    pub fn explore_most(self, threads: usize, most: Option<usize>) -> (Found, BTreeSet<(String, String)>) {
        let mut builder = self.checker().threads(threads).finish_when(HasDiscoveries::Any);
        if let Some(most) = most {
            builder = builder.target_state_count(most);
        }
        let checker = builder.spawn_bfs().join();
        let way = |path: stateright::Path<World, Act>| {
            path.into_vec()
                .into_iter()
                .map(|(world, act)| format!("  {world:?}\n      {}\n", act.map(|act| format!("{act:?}")).unwrap_or_default()))
                .collect::<String>()
        };
        let broken = checker.discoveries().into_iter().map(|(name, path)| (name, way(path))).collect();
        let found = Found { states: checker.unique_state_count(), steps: checker.state_count(), depth: checker.max_depth(), broken };
        let seen = checker.model().seen.lock().map(|seen| seen.clone()).unwrap_or_default();
        (found, seen)
    }

    /// Whether `holds`, remembered for softphones that are alike.
    pub(crate) fn once(&self, which: usize, key: u64, holds: impl FnOnce() -> bool) -> bool {
        let known = |set: &Mutex<HashSet<u64>>| set.lock().is_ok_and(|set| set.contains(&key));
        let set = &self.known[which];
        if known(set) {
            return true;
        }
        let right = holds();
        if right && let Ok(mut set) = set.lock() {
            set.insert(key);
        }
        right
    }

    pub(crate) fn see(&self, world: &World, report: &PhoneReport) {
        let pairs = reports::pairs(world, report);
        if let Ok(mut seen) = self.seen.lock() {
            seen.extend(pairs);
        }
    }
}

impl Model for Rules {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        let switch = Switch::new(self.people, self.says_done, Able(self.can));
        vec![World::new((self.phone)(), self.settings.clone(), switch, self.left)]
    }

    fn actions(&self, world: &World, acts: &mut Vec<Act>) {
        if world.broken.is_some() {
            return;
        }
        let faults = world.left.faults > 0;
        if !world.flight.is_empty() {
            acts.push(Act::Deliver);
            if faults {
                acts.extend([Act::DeliverTwice, Act::Lose]);
            }
        }
        if world.left.ticks > 0 {
            acts.push(Act::Tick);
        }
        if world.left.sleeps > 0 {
            acts.push(Act::Sleep);
        }
        if world.flight.len() >= self.flight {
            return;
        }
        let snapshot = &world.snapshot;
        let somebody = world.switch.next_free().is_some();
        let wanted = |kind: CommandKind| {
            self.commands.contains(&kind)
                && match kind {
                    CommandKind::ForceEnd => world.left.forces > 0,
                    CommandKind::Consult
                    | CommandKind::Deflect
                    | CommandKind::Dial
                    | CommandKind::SingleStepConference
                    | CommandKind::SingleStepTransfer => somebody,
                    _ => true,
                }
        };
        let listed = commands::all(snapshot, &world.switch).into_iter();
        acts.extend(listed.filter(|(_, kind, refused)| wanted(*kind) && refused.is_none()).map(|(command, ..)| Act::Agent(command)));
        if faults && world.mood == Mood::Fair && !snapshot.calls.is_empty() {
            acts.extend([Act::Mood(Mood::Deaf), Act::Mood(Mood::Stubborn)]);
        }
        self.people_act(world, acts);
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        if let (true, Act::Deliver | Act::DeliverTwice, Some(report)) = (self.lies, &act, world.flight.front()) {
            self.see(world, report);
        }
        world.after(&act)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        sentences::all().into_iter().map(|(name, holds)| Property::always(name, holds)).collect()
    }
}

impl Rules {
    fn people_act(&self, world: &World, acts: &mut Vec<Act>) {
        let people = &world.switch.people;
        // Free people are alike: the first of them calls.
        acts.extend((0..self.callers).find(|person| people[*person] == Place::Free).map(Act::CallsIn));
        for line in &world.switch.lines {
            if let Some(target) = line.target {
                acts.extend([Act::Answers(target), Act::Leaves(target)]);
            }
            for seat in &line.seats {
                // One who calls in is connected already, or added by the agent.
                if line.own != Leg::Alerting && seat.leg == Leg::Alerting {
                    acts.push(Act::Answers(seat.person));
                }
                if self.leaves {
                    acts.push(Act::Leaves(seat.person));
                }
                if self.restless && seat.leg != Leg::Alerting && line.own != Leg::Alerting {
                    acts.extend([Act::Holds(seat.person, true), Act::Holds(seat.person, false)]);
                    acts.extend(world.switch.next_free().map(|to| Act::PassesOn(seat.person, to)));
                }
            }
        }
    }
}

/// Every phase, for tables.
pub const PHASES: [Phase; 12] = [
    Phase::Alerting,
    Phase::Answering,
    Phase::Connected,
    Phase::Clearing,
    Phase::Conferencing,
    Phase::Initiated,
    Phase::Held,
    Phase::Holding,
    Phase::Retrieving,
    Phase::Transferring,
    Phase::Delivered,
    Phase::WrapUp,
];
