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

/// Nanoseconds per input; `_snapshot`: with a snapshot read after every input.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Times {
    xstate: f64,
    xstate_snapshot: f64,
    inside: f64,
    inside_snapshot: f64,
    outside: f64,
    outside_snapshot: f64,
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
    plain: f64,
    snapshot: f64,
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
            "plain" => native.plain = number()?,
            "snapshot" => native.snapshot = number()?,
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
    println!("{:<34}{:>12}{:>24}", "nanoseconds per input", "outputs only", "and a snapshot of each");
    for (name, plain, snapshot) in [
        ("native", native.plain, native.snapshot),
        ("wasm, looped inside", times.inside, times.inside_snapshot),
        ("wasm, through its surface", times.outside, times.outside_snapshot),
        ("XState 5", times.xstate, times.xstate_snapshot),
    ] {
        println!("{name:<34}{plain:>12.0}{snapshot:>24.0}");
    }
    for (name, peer, ours, goal) in [
        ("looped inside, outputs only", times.xstate, times.inside, INSIDE),
        ("looped inside, with snapshots", times.xstate_snapshot, times.inside_snapshot, INSIDE),
        ("through the surface, outputs only", times.xstate, times.outside, OUTSIDE),
        ("through the surface, with snapshots", times.xstate_snapshot, times.outside_snapshot, OUTSIDE),
    ] {
        let ratio = peer / ours;
        println!("{name:<36}{ratio:>6.1} x XState   goal {goal}: {}", if ratio >= goal { "met" } else { "MISSED" });
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
        let found = native("plain 850\nsnapshot 1765\nagent 4096\ncall 2048\noutcome 23 10 alerting,connected,\n").unwrap();
        let outcome = "23 10 alerting,connected,".to_owned();
        assert_eq!(found, Native { plain: 850.0, snapshot: 1765.0, per_agent: 4096.0, per_call: 2048.0, outcome });
        assert!(native("plain fast").is_err());
    }
}
