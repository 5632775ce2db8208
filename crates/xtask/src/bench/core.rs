//! One call, everywhere: natively, inside wasm, through the wasm module's surface, as XState 5 machines.

use std::process::Command;

use serde::Deserialize;

use crate::{build, build::Module, fault::Fault, place::Place, process, setup};

/// What `tests/bench/node/bench.mjs` prints.
#[derive(Debug, Deserialize)]
struct Said {
    outcome: String,
    node: String,
    times: Times,
    memory: Memory,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Times {
    xstate: Each,
    inside: Each,
    outside: Each,
}

/// Nanoseconds per input.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq)]
struct Each {
    nothing: f64,
    /// And what another page would need to go on, after every input.
    kept: f64,
    /// And a snapshot after every input.
    snapshot: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Memory {
    wasm: Weight,
    xstate: Weight,
}

/// Bytes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Weight {
    per_agent: f64,
    per_call: f64,
}

/// What the native program prints.
#[derive(Debug, Default, PartialEq)]
struct Native {
    times: Each,
    per_agent: f64,
    per_call: f64,
    outcome: String,
}

pub(super) fn run(place: &Place) -> Result<(), Fault> {
    let native = native(&process::quiet(&mut super::program(place, "core")?)?.out)?;
    let said = beside_xstate(place)?;
    if native.outcome != said.outcome {
        return Err(Fault::Project(format!("natively the call went otherwise than under Node:\n{}\n{}", native.outcome, said.outcome)));
    }
    print(&native, &said);
    Ok(())
}

/// The three that run under Node, in one process; it fails when their outcomes differ.
fn beside_xstate(place: &Place) -> Result<Said, Fault> {
    build::module(place, Module::BENCH)?;
    let bundle = place.target("hookswitch/bench/bench.mjs");
    let mut esbuild = Command::new(place.npm_program("esbuild"));
    esbuild.args(["--bundle", "--platform=node", "--format=esm", "--log-level=error"]);
    esbuild.arg(format!("--outfile={}", bundle.display())).arg(place.at("tests/bench/node/bench.mjs"));
    // The benchmark lies beside `www`, whose packages it uses.
    process::quiet(esbuild.env("NODE_PATH", place.at("www/node_modules")).current_dir(place.at("")))?;
    let glue = Module::BENCH.glue(place);
    let mut node = Command::new(setup::node()?);
    node.args(["--expose-gc"]).arg(&bundle).arg(glue.join("bench.js")).arg(glue.join("bench_bg.wasm")).arg(ROUNDS);
    let said = process::quiet(&mut node)?;
    serde_json::from_str(said.out.trim())
        .map_err(|fault| Fault::Project(format!("the benchmark under Node printed something else: {fault}")))
}

fn native(said: &str) -> Result<Native, Fault> {
    let mut native = Native::default();
    for line in said.lines() {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        let number = || value.parse().map_err(|_| Fault::Project(format!("the native benchmark printed `{line}`")));
        match name {
            "plain" => native.times.nothing = number()?,
            "kept" => native.times.kept = number()?,
            "snapshot" => native.times.snapshot = number()?,
            "agent" => native.per_agent = number()?,
            "call" => native.per_call = number()?,
            "outcome" => value.clone_into(&mut native.outcome),
            _ => {}
        }
    }
    Ok(native)
}

fn print(native: &Native, said: &Said) {
    let times = said.times;
    let mut outcome = said.outcome.splitn(3, ' ');
    let (inputs, outputs) = (outcome.next().unwrap_or_default(), outcome.next().unwrap_or_default());
    println!("one call: inbound, hold, consultation, transfer, wrap-up; {inputs} inputs, {outputs} outputs, equal phases after each input");
    println!("{:<34}{:>12}{:>24}{:>24}", "nanoseconds per input", "outputs only", "and what is kept", "and a snapshot of each");
    for (name, each) in [
        ("native", native.times),
        ("wasm, looped inside", times.inside),
        ("wasm, through its surface", times.outside),
        ("XState 5", times.xstate),
    ] {
        println!("{name:<34}{:>12.0}{:>24.0}{:>24.0}", each.nothing, each.kept, each.snapshot);
    }
    for (name, ours, goal) in [("looped inside", times.inside, INSIDE), ("through the surface", times.outside, OUTSIDE)] {
        for (what, peer, ours) in [
            ("outputs only", times.xstate.nothing, ours.nothing),
            ("and what is kept", times.xstate.kept, ours.kept),
            ("and a snapshot of each", times.xstate.snapshot, ours.snapshot),
        ] {
            let ratio = peer / ours;
            let said = if ratio >= goal { "met" } else { "MISSED" };
            println!("{:<46}{ratio:>6.1} x XState   goal {goal}: {said}", format!("{name}, {what}"));
        }
    }
    println!("{:<34}{:>12}{:>24}", "bytes", "idle agent", "each call on top");
    for (name, weight) in [
        ("native", Weight { per_agent: native.per_agent, per_call: native.per_call }),
        ("wasm, growth of its memory", said.memory.wasm),
        ("XState 5, V8's heap", said.memory.xstate),
    ] {
        println!("{name:<34}{:>12.0}{:>24.0}", weight.per_agent, weight.per_call);
    }
    println!("Node {}; the surface is the npm class's reader and writer without the page that class needs", said.node);
}

/// Calls per measurement under Node.
const ROUNDS: &str = "2000";
/// How many times as fast as XState the core is to be when looped inside.
const INSIDE: f64 = 20.0;
/// And through the module's surface.
const OUTSIDE: f64 = 5.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_native_program_prints_is_read_by_its_first_words() {
        let found = native("plain 850\nkept 900\nsnapshot 1765\nagent 4096\ncall 2048\noutcome 23 10 alerting,connected,\n").unwrap();
        let outcome = "23 10 alerting,connected,".to_owned();
        assert_eq!(
            found,
            Native { times: Each { nothing: 850.0, kept: 900.0, snapshot: 1765.0 }, per_agent: 4096.0, per_call: 2048.0, outcome }
        );
        assert!(native("plain fast").is_err());
    }
}
