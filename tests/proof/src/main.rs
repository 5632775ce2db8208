//! Explores worlds by name, or those on demand, and tells what was found: `cargo run --release -p hookswitch-proof [NAME]…`.

use std::{env, process::ExitCode, time::Instant};

use hookswitch_proof::worlds;

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    let mut all = worlds::everyday();
    let everyday = all.len();
    all.extend(worlds::on_demand());
    let mut code = ExitCode::SUCCESS;
    for (at, rules) in all.into_iter().enumerate() {
        let name = rules.name;
        if names.is_empty() && at < everyday || !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        let begin = Instant::now();
        let (found, _) = rules.explore(2);
        println!("{name}: {} moments, {} steps, {} deep, {} s", found.states, found.steps, found.depth, begin.elapsed().as_secs());
        for (sentence, way) in found.broken {
            println!("  not always: {sentence}\n{way}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
