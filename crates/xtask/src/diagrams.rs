//! `diagrams`: the state diagrams, drawn anew from what the code does.

use crate::{
    args::{Args, Command, Flag},
    fault::Fault,
    place::Place,
    process,
};

pub(crate) const COMMAND: Command = Command {
    name: "diagrams",
    about: "Draws the state diagrams in docs/diagrams from the code",
    words: "",
    flags: &[Flag { name: "--check", value: None, help: "write nothing, fail if one is stale" }],
    more: "The softphone is explored in small worlds (tests/proof), and what became of what is drawn. A test holds the files against the code.",
    run,
};

fn run(args: &Args) -> Result<(), Fault> {
    let place = Place::find()?;
    let mut program = process::cargo();
    program.args(["run", "--quiet", "--profile", "tool", "--package", "hookswitch-proof", "--", "diagrams", "docs/diagrams"]);
    if args.has("--check") {
        program.arg("--check");
    }
    process::loud(program.current_dir(place.at("")))
}
