//! Splits a module in two, so that a first load brings only what it runs: see `choose` for what that is, `cut` for how the halves call
//! each other.

mod body;
mod choose;
mod cold;
mod cut;
mod data;
mod globs;
mod glue;
mod idle;
mod list;
mod live;
mod objects;
mod order;
mod outline;
mod short;
mod stack;
mod watch;

use std::collections::BTreeMap;

use walrus::{Module, ModuleConfig};

pub(crate) use choose::Later;
pub(crate) use glue::open;
pub(crate) use idle::PROFILE;
pub(crate) use list::PANEL;
pub(crate) use objects::{Object, read as objects};
pub(crate) use watch::{Learner, Stretch, Watched};

use crate::fault::Fault;

/// A module in two halves.
#[derive(Debug)]
pub(crate) struct Halves {
    /// What is loaded at once. Its functions are named by the order in which they pack best.
    pub(crate) first: Vec<u8>,
    /// What is loaded later; named likewise.
    pub(crate) rest: Vec<u8>,
    /// The glue of both.
    pub(crate) glue: String,
}

/// Splits a module that still has its names.
///
/// # Errors
///
/// The project's own fault: the list names what does not exist, or the module is not one that can be split.
pub(crate) fn split(wasm: &[u8], glue: &str, list: &[Later], idle: &str, objects: &[Object]) -> Result<Halves, Fault> {
    let (mut first, mut rest, glue, _) = halves(wasm, glue, list, idle, objects)?;
    order::name(&mut first);
    order::name(&mut rest);
    Ok(Halves { first: first.emit_wasm(), rest: rest.emit_wasm(), glue })
}

/// The first half as [`split`] makes it, but with functions that note what of them runs.
///
/// # Errors
///
/// Those of [`split`].
pub(crate) fn watched(wasm: &[u8], glue: &str, list: &[Later], idle: &str, objects: &[Object]) -> Result<Watched, Fault> {
    let (mut first, _, _, rest) = halves(wasm, glue, list, idle, objects)?;
    let (stretches, _) = watch::watch(&mut first);
    Ok(Watched { wasm: first.emit_wasm(), stretches, rest })
}

/// The whole module with functions that note what of them runs, to learn a profile from.
///
/// # Errors
///
/// The module is not one that can be read.
pub(crate) fn learner(wasm: &[u8]) -> Result<Learner, Fault> {
    let mut module = parse(wasm)?;
    glue::shorten(&mut module, "");
    let functions = module.funcs.iter_local();
    let functions = functions
        .filter(|(id, _)| idle::profiled(module.funcs.get(*id).name.as_deref().unwrap_or_default()))
        .map(|(id, function)| idle::Ends::of(&module, id, function))
        .collect();
    let (_, places) = watch::watch(&mut module);
    Ok(Learner { wasm: module.emit_wasm(), places, functions })
}

/// The module with the seldom parts of its functions in functions of their own: what leads to a later one without fail, and what a profile knows.
fn seldom(wasm: &[u8], list: &[Later], idle: &idle::Parts) -> Result<Vec<u8>, Fault> {
    let mut module = parse(wasm)?;
    let table = module.tables.main_function_table().map_err(unfit)?.ok_or_else(|| unfit("it has no function table"))?;
    let bodies = body::Bodies::read(&module, table);
    let named = choose::named(&module, list, idle)?;
    let leaving = choose::rest(&module, &bodies, &named);
    let (later, _) = choose::spread(&module, &named);
    let mut all = Vec::new();
    for (_, (id, _)) in bodies.of.iter().enumerate().filter(|(place, _)| !leaving.contains(place)) {
        let function = module.funcs.get(*id).kind.unwrap_local();
        let mut cold = cold::cold(function, &later);
        if idle::profiled(module.funcs.get(*id).name.as_deref().unwrap_or_default()) {
            for (sequence, from) in idle::Ends::of(&module, *id, function).known(idle) {
                cold.entry(sequence).and_modify(|known| *known = from.min(*known)).or_insert(from);
            }
        }
        // A function that is wanted from its first instruction on stays whole.
        if cold.get(&function.entry_block()) != Some(&0) {
            all.push((*id, cold));
        }
    }
    for (id, cold) in all {
        outline::outline(&mut module, id, cold);
    }
    Ok(module.emit_wasm())
}

/// Both halves, the glue, and the names of what left by their slots.
fn halves(
    wasm: &[u8],
    glue: &str,
    list: &[Later],
    idle: &str,
    objects: &[Object],
) -> Result<(Module, Module, String, BTreeMap<u32, String>), Fault> {
    let idle = idle::read(idle);
    let wasm = &seldom(wasm, list, &idle)?;
    let (mut first, mut rest) = (parse(wasm)?, parse(wasm)?);
    let short = glue::shorten(&mut first, glue);
    glue::shorten(&mut rest, glue);
    let table = first.tables.main_function_table().map_err(unfit)?.ok_or_else(|| unfit("it has no function table"))?;
    let bodies = body::Bodies::read(&first, table);
    let leaving = choose::rest(&first, &bodies, &choose::named(&first, list, &idle)?);
    if leaving.is_empty() {
        return Err(unfit("nothing of it can be loaded later"));
    }
    let data = data::Leaving::find(&bodies, &leaving, objects);
    let cut = cut::Cut::plan(&first, table, &bodies, leaving);
    let names = cut.names(&first, &bodies);
    data.cut(&mut first, false);
    cut.first(&mut first, table);
    let table = rest.tables.main_function_table().map_err(unfit)?.ok_or_else(|| unfit("it has no function table"))?;
    data.cut(&mut rest, true);
    cut.rest(&mut rest, table);
    Ok((first, rest, short, names))
}

/// Reads a module.
fn parse(wasm: &[u8]) -> Result<Module, Fault> {
    let mut how = ModuleConfig::new();
    how.generate_producers_section(false);
    let mut module = how.parse(wasm).map_err(unfit)?;
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for custom in customs {
        module.customs.delete(custom);
    }
    Ok(module)
}

fn unfit(fault: impl std::fmt::Display) -> Fault {
    Fault::Project(format!("the module cannot be split: {fault:#}"))
}

/// Under which name the rest knows the first half.
pub(crate) const FIRST: &str = "first";
/// The function of the page that gets the rest.
pub(crate) const ASKED: &str = "rest";

#[cfg(test)]
mod tests;
