//! Explores worlds by name, or those on demand, and tells what was found: `cargo run --profile tool -p hookswitch-proof [NAME]…`.
//! `--threads N` (2) and `--most N` (steps, no end) go before the names. With `diagrams FOLDER [--check]` it draws the state diagrams into a folder, or says which there are stale.

use std::{env, fs, path::Path, process::ExitCode, time::Instant};

use hookswitch_proof::{diagrams, worlds};

fn main() -> ExitCode {
    let mut names: Vec<String> = env::args().skip(1).collect();
    match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["diagrams", folder] => return draw(Path::new(folder), false),
        ["diagrams", folder, "--check"] => return draw(Path::new(folder), true),
        _ => {}
    }
    let (threads, most) = (number(&mut names, "--threads").unwrap_or(2), number(&mut names, "--most"));
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
        let (found, _) = rules.explore_most(threads, most);
        let end = if most.is_some_and(|most| found.steps >= most) { ", not to the end" } else { "" };
        println!("{name}: {} moments, {} steps, {} deep, {} s{end}", found.states, found.steps, found.depth, begin.elapsed().as_secs());
        for (sentence, way) in found.broken {
            println!("  not always: {sentence}\n{way}");
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// Takes an option with a number out of the arguments.
fn number(names: &mut Vec<String>, option: &str) -> Option<usize> {
    let at = names.iter().position(|name| name == option)?;
    names.remove(at);
    if at < names.len() { names.remove(at).parse().ok() } else { None }
}

/// Writes the diagrams that are not there as the code has them; when checking, only names them.
fn draw(folder: &Path, check: bool) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for (name, fresh) in diagrams::all() {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == fresh) {
            continue;
        }
        if check {
            eprintln!("{} is stale; run `cargo xtask diagrams`", path.display());
            code = ExitCode::FAILURE;
        } else if let Err(fault) = fs::create_dir_all(folder).and_then(|()| fs::write(&path, fresh)) {
            eprintln!("{}: {fault}", path.display());
            code = ExitCode::FAILURE;
        } else {
            println!("{}", path.display());
        }
    }
    code
}
