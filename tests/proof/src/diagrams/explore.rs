//! Goes every way through a small world and writes down what became of what, and through what.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet, VecDeque},
    fmt::Debug,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

use hookswitch_core::{AgentCommand, Snapshot};
use stateright::Model;

use crate::{
    model::Rules,
    world::{Act, World},
};

/// The node before a thing is there.
pub(super) const START: &str = "";
/// The node after it is gone.
pub(super) const END: &str = "over";

/// Who made it happen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Who {
    Agent,
    Phone,
    Time,
}

/// From where to where, and by what.
pub(super) type Edges = BTreeMap<(String, String), BTreeSet<(Who, String)>>;

/// What is looked at in a snapshot: each thing by its number, with the name of its state.
pub(super) type Look = fn(&Snapshot) -> BTreeMap<u32, String>;

/// Visits every moment of the world; besides what the rules let happen, the agent says `more` in each.
pub(super) fn explore(rules: &Rules, more: &[AgentCommand], look: Look, edges: &mut Edges) {
    let hash = BuildHasherDefault::<DefaultHasher>::default();
    let mut met = HashSet::new();
    let mut next: VecDeque<World> = rules.init_states().into();
    for world in &next {
        for state in look(&world.snapshot).into_values() {
            edges.entry((START.to_owned(), state)).or_default();
        }
    }
    while let Some(world) = next.pop_front() {
        let before = look(&world.snapshot);
        let mut acts: Vec<_> = more.iter().cloned().map(Act::Agent).collect();
        rules.actions(&world, &mut acts);
        for act in acts {
            let label = label(&world, &act);
            let Some(after) = world.after(&act).filter(|after| after.broken.is_none()) else { continue };
            if let Some(label) = label {
                note(&before, &look(&after.snapshot), &label, edges);
            }
            if met.insert(hash.hash_one(&after)) {
                next.push_back(after);
            }
        }
    }
}

/// What happened, as the code calls it; none for what the softphone does not hear of.
fn label(world: &World, act: &Act) -> Option<(Who, String)> {
    match act {
        Act::Agent(command) => Some((Who::Agent, name(command))),
        Act::Deliver | Act::DeliverTwice => world.flight.front().map(|report| (Who::Phone, name(report))),
        Act::Sleep | Act::Tick => Some((Who::Time, "deadline".to_owned())),
        Act::Answers(_) | Act::CallsIn(_) | Act::Holds(..) | Act::Leaves(_) | Act::Lose | Act::Mood(_) | Act::PassesOn(..) => None,
    }
}

fn note(before: &BTreeMap<u32, String>, after: &BTreeMap<u32, String>, label: &(Who, String), edges: &mut Edges) {
    for thing in before.keys().chain(after.keys()) {
        let from = before.get(thing).map_or(START, String::as_str);
        let to = after.get(thing).map_or(END, String::as_str);
        if from != to {
            edges.entry((from.to_owned(), to.to_owned())).or_default().insert(label.clone());
        }
    }
}

/// The name of a variant.
pub(super) fn name(variant: &impl Debug) -> String {
    format!("{variant:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}
