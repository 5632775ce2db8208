//! The program `hookswitch-replay`: goes through an exported journal and tells what happened.

mod tell;

use std::{fs, process::ExitCode};

use hookswitch_core::CallId;
use hookswitch_journal::{Replay, Step};

const HELP: &str = "\
hookswitch-replay: goes through a journal of hookswitch and tells what happened

    hookswitch-replay FILE [--from N] [--only CALL] [--json]
        For each input: the time since the first one, what came in, the refusal or
        what the host had to do, and where every call stands then.
        --from N     tell from step N on (the steps before are carried out, too)
        --only CALL  tell only steps that name call CALL or change it
        --json       one JSON object per step, with the whole snapshot

    hookswitch-replay --help | --version

The last line is a hash of all steps: equal for equal replays on every machine.

Exit codes:
    0  done
    2  the command is wrong, or FILE cannot be read
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match run(&arguments) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("hookswitch-replay: {fault}");
            ExitCode::from(2)
        }
    }
}

/// What to tell.
#[derive(Debug, Default)]
struct Wanted {
    file: String,
    from: usize,
    only: Option<CallId>,
    json: bool,
}

fn run(arguments: &[String]) -> Result<String, String> {
    if arguments.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(HELP.into());
    }
    if arguments.iter().any(|word| word == "--version" || word == "-V") {
        return Ok(concat!("hookswitch-replay ", env!("CARGO_PKG_VERSION"), "\n").into());
    }
    let wanted = wanted(arguments)?;
    let text = fs::read_to_string(&wanted.file).map_err(|error| format!("{}: {error}", wanted.file))?;
    let replay = Replay::open(&text).map_err(|fault| format!("{}: {fault}", wanted.file))?;
    Ok(told(replay, &wanted))
}

fn wanted(arguments: &[String]) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut number = || {
            let value = words.next().ok_or_else(|| format!("{word} needs a number"))?;
            value.parse::<u32>().map_err(|_| format!("{word} needs a number, not {value:?}"))
        };
        match word.as_str() {
            "--from" => wanted.from = usize::try_from(number()?).unwrap_or(usize::MAX),
            "--only" => wanted.only = Some(CallId(number()?)),
            "--json" => wanted.json = true,
            flag if flag.starts_with('-') => return Err(format!("there is no {flag}; see --help")),
            file if wanted.file.is_empty() => wanted.file = file.into(),
            more => return Err(format!("one file at a time: {more:?} is too much")),
        }
    }
    if wanted.file.is_empty() {
        return Err("which file? See --help".into());
    }
    Ok(wanted)
}

fn told(mut replay: Replay, wanted: &Wanted) -> String {
    let mut text = String::new();
    if !wanted.json {
        let header = replay.header();
        let redacted = if header.redacted { "redacted" } else { "NOT redacted: it holds customers' data" };
        text.push_str(&format!("journal of hookswitch {}, {redacted}\n{}", header.core, tell::calls(&replay.snapshot())));
    }
    let mut before = replay.snapshot();
    let mut start = None;
    let mut number = 0;
    for step in replay.by_ref() {
        number += 1;
        let start = *start.get_or_insert(step.now.mono);
        let concerned = wanted.only.is_none_or(|call| concerns(&step, &before, call));
        if number >= wanted.from && concerned {
            text.push_str(&if wanted.json { tell::json(number, start, &step) } else { tell::step(number, start, &step) });
        }
        before = step.snapshot;
    }
    if wanted.json {
        text.push_str(&format!("{{\"steps\":{number},\"hash\":\"{}\"}}\n", replay.hash()));
    } else {
        text.push_str(&format!("{number} steps, hash {}\n", replay.hash()));
    }
    text
}

/// Whether a step names the call or changes it.
fn concerns(step: &Step, before: &hookswitch_core::Snapshot, call: CallId) -> bool {
    let view = |snapshot: &hookswitch_core::Snapshot| snapshot.calls.iter().find(|view| view.id == call).cloned();
    tell::names(&step.input, call) || view(before) != view(&step.snapshot)
}
