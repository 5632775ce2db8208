//! `bench`: how long a whole working day takes when time is virtual.

use std::time::Instant;

use crate::{
    args::{Args, Command},
    fault::Fault,
    place::Place,
    process,
    progress::seconds,
};

pub(crate) const COMMAND: Command = Command {
    name: "bench",
    about: "Times a whole working day of scripted calls, natively and in virtual time",
    words: "",
    flags: &[],
    more: "Simulated org, simulated phone system and core run a day of calls without a browser; the program is `workday` in tests/native.",
    run: |_: &Args| run(),
};

fn run() -> Result<(), Fault> {
    let place = Place::find()?;
    let package = ["--profile", "tool", "--package", "hookswitch-scenarios"];
    let kind = if place.at("tests/native/examples/workday.rs").is_file() { "--example" } else { "--bin" };
    process::loud(process::cargo().arg("build").args(package).args([kind, "workday"]).current_dir(place.at("")))?;
    let start = Instant::now();
    process::loud(process::cargo().args(["run", "--quiet"]).args(package).args([kind, "workday"]).current_dir(place.at("")))?;
    println!("{} in all", seconds(start.elapsed()));
    Ok(())
}
