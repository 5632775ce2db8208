//! `size --learn`: a profile of what no first load runs. `size --ran`: which functions of the panel's first part a first load does not run, or runs only parts of.

use std::{collections::BTreeMap, env, process::Command};

use serde::Deserialize;

use crate::{
    build::{self, PROFILE, Stretch},
    fault::Fault,
    place,
    place::Place,
    process, setup,
};

/// What the page told.
#[derive(Debug, Deserialize)]
struct Told {
    /// A bit per stretch, 32 in each.
    bits: Vec<u32>,
    /// Which slot of the rest was called, if any was, and by whom.
    early: Vec<(u32, String)>,
}

/// What of a function did not run.
#[derive(Debug, Default, Eq, PartialEq)]
struct Idle {
    /// Instructions in it.
    size: usize,
    /// Those that did not run.
    idle: usize,
    /// What these would have called.
    calls: Vec<String>,
}

/// Lets Chromium run first loads over a build that was made before, and prints what they did not need.
pub(super) fn run(place: &Place) -> Result<(), Fault> {
    let half = build::watched(place)?;
    let told = load(place, half.wasm)?;
    print!("{}", table(&idle(&half.stretches, &told.bits)));
    for (slot, stack) in told.early {
        println!("a first load called {} of the rest:\n{stack}", half.rest.get(&slot).map_or("something", String::as_str));
    }
    Ok(())
}

/// The same with the whole module, to write down what did not run.
pub(super) fn learn(place: &Place) -> Result<(), Fault> {
    let learner = build::learner(place)?;
    let told = load(place, learner.wasm.clone())?;
    let profile = learner.profile(&told.bits);
    place::write(&place.at(PROFILE), &profile)?;
    println!("{PROFILE}: {} parts of functions that no first load ran; build again to use it", profile.lines().count());
    Ok(())
}

/// Lets Chromium run first loads with a module that notes what runs.
fn load(place: &Place, wasm: Vec<u8>) -> Result<Told, Fault> {
    let browser = setup::browser(true)?;
    setup::npm_packages(place)?;
    let (watched, said) = (place.target("hookswitch/ran/panel.wasm"), place.target("hookswitch/ran/bits.json"));
    place::write(&watched, wasm)?;
    let mut node = Command::new(setup::node()?);
    node.arg(place.at("tests/browser/lib/ran.mjs")).arg(&watched).arg(&said).current_dir(place.at(""));
    node.env("HOOKSWITCH_DIST", place.at("dist")).env("HOOKSWITCH_XTASK", env::current_exe().map_err(Fault::io("xtask"))?);
    process::quiet(node.env("HOOKSWITCH_CHROMIUM", browser.chromium))?;
    serde_json::from_str(&place::read(&said)?).map_err(|fault| Fault::Project(format!("{}: {fault}", said.display())))
}

/// What did not run of each function, by its plain name.
fn idle(stretches: &[Stretch], bits: &[u32]) -> BTreeMap<String, Idle> {
    let mut idle: BTreeMap<String, Idle> = BTreeMap::new();
    for (number, stretch) in stretches.iter().enumerate() {
        let of = idle.entry(stretch.function.clone()).or_default();
        of.size += stretch.size;
        if bits.get(number / 32).is_none_or(|word| word >> (number % 32) & 1 == 0) {
            of.idle += stretch.size;
            of.calls.extend(stretch.calls.iter().filter(|call| !of.calls.contains(call)).cloned().collect::<Vec<_>>());
        }
    }
    idle
}

/// The functions with the most idle instructions first.
fn table(idle: &BTreeMap<String, Idle>) -> String {
    let mut rows: Vec<_> = idle.iter().filter(|(_, of)| of.idle >= FEW).collect();
    rows.sort_by_key(|(name, of)| (usize::MAX - of.idle, *name));
    let (size, never) = idle.values().fold((0, 0), |(size, never), of| (size + of.size, never + of.idle));
    let mut text =
        format!("{never} of {size} instructions in the first part did not run. Idle, of all, function, what its idle part calls:\n");
    for (name, of) in rows {
        let calls = if of.idle == of.size { String::new() } else { format!("   ({})", of.calls.join(", ")) };
        text.push_str(&format!("{:>6}{:>7}  {name}{calls}\n", of.idle, of.size));
    }
    text
}

/// Fewer idle instructions than these are not worth a place in a list.
const FEW: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(function: &str, size: usize, calls: &[&str]) -> Stretch {
        Stretch { function: function.to_owned(), size, calls: calls.iter().map(|&name| name.to_owned()).collect() }
    }

    #[test]
    fn what_did_not_run_is_listed_with_what_it_would_have_called_the_largest_first() {
        let stretches = [stretch("a", 10, &["x"]), stretch("a", 50, &["y"]), stretch("b", 70, &[]), stretch("c", 90, &[])];
        let text = table(&idle(&stretches, &[0b1001]));
        let lines: Vec<&str> = text.lines().skip(1).map(str::trim).collect();
        assert_eq!(lines, ["70     70  b", "50     60  a   (y)"], "{text}");
        assert!(text.starts_with("120 of 220 instructions"), "{text}");
    }
}
