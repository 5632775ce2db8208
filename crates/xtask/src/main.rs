//! `cargo xtask`: the one driver. `cargo xtask --help` lists what it can do.

mod args;
mod bench;
mod build;
mod diagrams;
mod fault;
mod hash;
mod package;
mod place;
mod process;
mod progress;
mod runner;
mod serve;
mod setup;
mod size;
mod stamp;
mod test;

use std::process::ExitCode;

use args::{Args, Command};
use fault::Fault;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            // A failed test run has said everything already, and its last line is promised to be the count.
            if !matches!(fault, Fault::Tests) {
                eprintln!("xtask: {fault}");
            }
            ExitCode::from(fault.exit_code())
        }
    }
}

fn run(words: &[String]) -> Result<(), Fault> {
    let Some((name, rest)) = words.split_first() else {
        print!("{}", args::overview(COMMANDS));
        return Ok(());
    };
    match name.as_str() {
        "--help" | "-h" | "help" => {
            print!("{}", args::overview(COMMANDS));
            return Ok(());
        }
        // Not a command for people: how the wasm tests re-enter this program.
        runner::NAME => return runner::run(rest),
        _ => {}
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(Fault::Usage(format!("there is no command `{name}`; `cargo xtask --help` lists them")));
    };
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        print!("{}", command.help());
        return Ok(());
    }
    (command.run)(&Args::parse(command, rest)?)
}

const COMMANDS: &[Command] =
    &[setup::COMMAND, serve::COMMAND, build::COMMAND, test::COMMAND, size::COMMAND, bench::COMMAND, diagrams::COMMAND, package::COMMAND];
