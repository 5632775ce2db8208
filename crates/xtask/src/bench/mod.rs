//! `bench`: how fast things are, with what they are compared to in the same run.

mod core;
mod crm;
mod soak;

use std::{path::PathBuf, process::Command as Program, time::Instant};

use crate::{
    args::{Args, Command, Flag},
    fault::Fault,
    place::Place,
    process,
    progress::seconds,
};

pub(crate) const COMMAND: Command = Command {
    name: "bench",
    about: "Times the core, the panel in a browser, a working day and a contact centre's shift",
    words: "[core | crm | day | soak]",
    flags: &[Flag { name: "--no-build", value: None, help: "`crm`: time what the last build left" }],
    more: "core  one call with hold, consultation, transfer and wrap-up: natively, in wasm, through the module's surface, and as XState\n\
           crm   the panel in Chromium: from a report to the search for the caller and to the screen, from a click on a number to the first\n\
           \u{20}     message; writes docs/evidence/bench-crm.md, and fails where the p99 reaches one frame\n\
           day   a whole working day of scripted calls: simulated org, simulated phone system and core, in virtual time\n\
           soak  an eight-hour shift of 100, 1,000 and 10,000 agents, every invariant checked on every step; takes minutes\n\n\
           Without a word: all of them but `crm`, the soak for 100 agents and one hour. A goal that is missed is printed and fails nothing;\n\
           outcomes that differ, and violated invariants, do.",
    run,
};

fn run(args: &Args) -> Result<(), Fault> {
    let place = Place::find()?;
    match args.words() {
        [] => {
            day(&place)?;
            core::run(&place)?;
            soak::run(&place, soak::Size::Short)
        }
        [word] if word == "core" => core::run(&place),
        [word] if word == "crm" => crm::run(&place, !args.has("--no-build")),
        [word] if word == "day" => day(&place),
        [word] if word == "soak" => soak::run(&place, soak::Size::Full),
        _ => Err(Fault::Usage("`bench` knows `core`, `crm`, `day` and `soak`, one at a time".to_owned())),
    }
}

fn day(place: &Place) -> Result<(), Fault> {
    let package = ["--profile", "tool", "--package", "hookswitch-scenarios"];
    process::loud(process::cargo().arg("build").args(package).args(["--bin", "workday"]).current_dir(place.at("")))?;
    let start = Instant::now();
    process::loud(process::cargo().args(["run", "--quiet"]).args(package).args(["--bin", "workday"]).current_dir(place.at("")))?;
    println!("{} in all", seconds(start.elapsed()));
    Ok(())
}

/// A program of `tests/bench`, built for speed.
fn program(place: &Place, name: &str) -> Result<Program, Fault> {
    let build = ["build", "--profile", "bench", "--package", "hookswitch-bench", "--bin", name];
    process::quiet(process::cargo().args(build).env("CARGO_TARGET_DIR", place.target("")).current_dir(place.at("")))?;
    let file: PathBuf = place.target("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(Program::new(file))
}
