//! Which functions a first load needs: all that can be reached from what is exported without passing through a *later* one.
//!
//! To be wrong here costs time, never correctness: a function of the rest that is called too early loads the rest at once.

use std::collections::{BTreeSet, HashMap, HashSet};

use walrus::{ExportItem, FunctionId, Module};

use super::{
    body::{Bodies, Body},
    cold, globs,
    idle::{self, Ends, Parts},
    outline::SELDOM,
};
use crate::fault::Fault;

/// Functions that a first load does not run, and why.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Later {
    /// When they run instead.
    pub(crate) why: &'static str,
    /// Patterns over their plain names.
    pub(crate) names: &'static [&'static str],
    /// Patterns over names that a first load runs all the same, even if nothing in the module shows it.
    pub(crate) but: &'static [&'static str],
}

/// What a list names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// What a first load does not run.
    pub(super) later: HashSet<FunctionId>,
    /// What it runs in any case.
    pub(super) first: HashSet<FunctionId>,
}

/// The functions that `list` names, those that were taken out of others, and those that a profile knows as a whole.
///
/// # Errors
///
/// The list's own fault: a pattern fits no function, so it is out of date or mistyped.
pub(super) fn named(module: &Module, list: &[Later], idle: &Parts) -> Result<Named, Fault> {
    let mut named = Named::default();
    let (mut names, mut measured): (Vec<(FunctionId, String)>, HashSet<FunctionId>) = Default::default();
    for (id, function) in module.funcs.iter_local() {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        let known = || idle::profiled(name) && Ends::of(module, id, function).known(idle).get(&function.entry_block()) == Some(&0);
        if name.starts_with(SELDOM) || known() {
            measured.insert(id);
        }
        if !name.starts_with(SELDOM) {
            names.push((id, globs::plain(name)));
        }
    }
    let mut stale = Vec::new();
    for group in list {
        let mut fitting = |pattern: &'static str| -> HashSet<FunctionId> {
            let found: HashSet<_> = names.iter().filter(|(_, name)| globs::fits(pattern, name)).map(|(id, _)| *id).collect();
            if found.is_empty() {
                stale.push(format!("  {pattern}   ({})", group.why));
            }
            found
        };
        let but: HashSet<_> = group.but.iter().flat_map(|pattern| fitting(pattern)).collect();
        named.later.extend(group.names.iter().flat_map(|pattern| fitting(pattern)));
        named.first.extend(but);
    }
    if stale.is_empty() {
        named.later.retain(|id| !named.first.contains(id));
        // What was measured is better than what was guessed.
        named.first.retain(|id| !measured.contains(id));
        named.later.extend(measured);
        return Ok(named);
    }
    let what = "the list of what the panel needs later, crates/xtask/src/build/split/list.rs, names functions that do not exist (any more)";
    Err(Fault::Project(format!("{what}:\n{}", stale.join("\n"))))
}

/// The functions that go to the rest, by their place in `bodies`.
pub(super) fn rest(module: &Module, bodies: &Bodies, named: &Named) -> BTreeSet<usize> {
    let (later, warm) = spread(module, named);
    let places: HashMap<FunctionId, usize> = bodies.of.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let tables = Addresses::read(bodies);
    let mut first: HashSet<FunctionId> = HashSet::new();
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let mut open: Vec<FunctionId> = exported.chain(module.start).filter(|function| !later.contains(function)).collect();
    open.extend(&named.first);
    // What is taken as a value keeps its body, so that the value is the same in both halves.
    open.extend(bodies.of.iter().flat_map(|(_, body)| body.taken.iter().copied()));
    while let Some(function) = open.pop() {
        let Some(place) = places.get(&function) else { continue };
        if !first.insert(function) {
            continue;
        }
        let body = &warm[*place];
        let held = body.numbers.iter().flat_map(|number| tables.functions(bodies, *number));
        open.extend(body.calls.iter().copied().chain(held).filter(|function| !later.contains(function)));
    }
    bodies.of.iter().enumerate().filter(|(_, (id, _))| !first.contains(id)).map(|(place, _)| place).collect()
}

/// What is later with what is named: functions that cannot be run without one that is; and what remains of all functions without such parts.
pub(super) fn spread(module: &Module, named: &Named) -> (HashSet<FunctionId>, Vec<Body>) {
    let mut later = named.later.clone();
    loop {
        let before = later.len();
        let mut warm = Vec::new();
        for (id, function) in module.funcs.iter_local() {
            let cold = cold::cold(function, &later);
            if cold.get(&function.entry_block()) == Some(&0) && !named.first.contains(&id) {
                later.insert(id);
            }
            warm.push(Body::read(function, &cold));
        }
        if later.len() == before {
            return (later, warm);
        }
    }
}

/// Every number that the module mentions: where one object in the data ends, another that is mentioned begins.
struct Addresses(BTreeSet<u32>);

impl Addresses {
    fn read(bodies: &Bodies) -> Self {
        Self(bodies.of.iter().flat_map(|(_, body)| body.numbers.iter().copied()).collect())
    }

    /// The functions that a number can stand for: itself a slot of the table, or the address of data that holds slots, as a vtable does.
    fn functions(&self, bodies: &Bodies, number: u32) -> Vec<FunctionId> {
        let mut found: Vec<FunctionId> = bodies.slots.get(&number).copied().into_iter().collect();
        let end = self.0.range(number.saturating_add(1)..).next().copied().unwrap_or(u32::MAX).max(number.saturating_add(SHORTEST));
        let end = end.min(number.saturating_add(LONGEST));
        // Zeros between two pieces of data belong to neither.
        let words = (number..end).step_by(4).filter_map(|address| bodies.word(address));
        found.extend(words.filter_map(|word| bodies.slots.get(&word)));
        found
    }
}

/// What the vtable of a closure takes, in bytes. A method that is read from a vtable has a number of its own inside it.
const SHORTEST: u32 = 24;
/// More than any vtable of ours takes, in bytes.
const LONGEST: u32 = 256;
