//! A journal brings back what happened, is bounded, and says what is wrong with a file.
#![cfg(not(target_arch = "wasm32"))]

mod desk;

use std::{fs, process::Command};

use desk::{Desk, Dice, day};
use hookswitch_core::settings::{DiagnosticsLevel, Settings};
use hookswitch_core::{CrmReport, CrmState, Input, Now, Softphone};
use hookswitch_journal::{Fault, Journal, Limits, Replay, export, replay};

#[test]
fn a_replay_brings_the_same_outputs_and_snapshots() {
    for number in 0..40 {
        let desk = day(number, 120);
        let again = replay(&desk.journal.to_text()).expect("readable");
        let kept = &desk.steps[desk.steps.len() - again.len()..];
        assert!(again.iter().eq(kept), "day {number}");
    }
}

#[test]
fn a_full_journal_keeps_the_last_inputs_and_no_more_than_twice_as_many() {
    let mut desk = Desk::begun(Limits { inputs: 50, ..Limits::default() }, 0, &[]);
    let mut dice = Dice::new(4);
    for _ in 0..1_000 {
        desk.happens(dice.event());
        let all = desk.steps.len();
        assert!(desk.journal.len() >= all.min(50) && desk.journal.len() <= 100, "{} of {all}", desk.journal.len());
    }
    let steps = replay(&desk.journal.to_text()).expect("readable");
    assert_eq!(steps.last().map(|step| &step.snapshot), desk.steps.last().map(|step| &step.snapshot));
}

#[test]
fn what_the_host_has_yet_to_fetch_is_not_done_twice_in_a_replay() {
    let (mut phone, now) = (Softphone::new(), Now::default());
    let mut journal = Journal::default();
    phone.handle(now, Input::Start { seed: 1 }).expect("started");
    phone.handle(now, Input::Crm(CrmReport::State(CrmState::Ready))).expect("told");
    // The outputs of both still wait when the journal begins.
    journal.record(&phone, now, &Input::Tick);
    assert_eq!(replay(&journal.to_text()).expect("readable")[0].outputs, []);
}

#[test]
fn settings_that_switch_diagnostics_off_empty_the_journal() {
    let mut desk = day(1, 60);
    let mut settings = Settings::default();
    settings.diagnostics.level = DiagnosticsLevel::Off;
    desk.tell(Input::Settings(Box::new(settings)));
    desk.tell(Input::Tick);
    assert!(desk.journal.is_empty());
    assert_eq!(export(&desk.journal, 1).lines().count(), 2);
    desk.tell(Input::Settings(Box::default()));
    desk.tell(Input::Tick);
    assert_eq!(replay(&desk.journal.to_text()).expect("readable"), desk.steps[desk.steps.len() - 2..]);
}

#[test]
fn long_texts_fill_a_journal_by_their_bytes() {
    let mut desk = Desk::begun(Limits { inputs: 10_000, bytes: 4_000 }, 0, &[]);
    let mut dice = Dice::new(4);
    for _ in 0..2_000 {
        desk.happens(dice.event());
    }
    let inputs: usize = desk.journal.to_text().lines().skip(2).map(str::len).sum();
    assert!((2_000..20_000).contains(&inputs), "{inputs}");
}

#[test]
fn a_bad_file_is_refused_with_its_line_and_what_to_do() {
    let good = day(0, 30).journal.to_text();
    assert_eq!(Replay::open("").err(), Some(Fault::NotAJournal));
    assert_eq!(Replay::open("{\"har\":1}\n").err(), Some(Fault::NotAJournal));
    let other = good.replacen("\"hookswitch_journal\":1", "\"hookswitch_journal\":9", 1);
    assert!(matches!(Replay::open(&other), Err(Fault::OtherFormat { found: 9, .. })));
    let cut = &good[..good.len() - 20];
    let fault = Replay::open(cut).expect_err("cut off");
    assert!(matches!(&fault, Fault::Broken { line, .. } if *line == good.lines().count()), "{fault}");
    assert!(fault.to_string().contains("ask for it again"));
    let older = cut.replacen(concat!("\"core\":\"", env!("CARGO_PKG_VERSION")), "\"core\":\"0.0.9", 1);
    let fault = Replay::open(&older).expect_err("cut off");
    assert!(fault.to_string().contains("use the hookswitch-replay of that release"), "{fault}");
    assert!(matches!(Replay::open(good.lines().next().expect("a header")), Err(Fault::Broken { line: 2, .. })));
}

/// The program's exit code, what it printed, and what it complained of.
fn program(words: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hookswitch-replay")).args(words).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_program_tells_every_step_and_ends_with_the_hash() {
    let file = std::env::temp_dir().join(format!("hookswitch-replay-{}.jsonl", std::process::id()));
    let desk = day(2, 60);
    let text = export(&desk.journal, 3);
    fs::write(&file, &text).expect("written");
    let name = file.to_string_lossy();

    let (code, out, _) = program(&[&name]);
    assert_eq!(code, Some(0));
    for words in
        ["redacted\n", "start\n", "settings: provider Simulated, 6 lines", "phone: delivered: ", "-> phone #", "call 1: ", "refused: "]
    {
        assert!(out.contains(words), "{words} in\n{out}");
    }
    let mut whole = Replay::open(&text).expect("readable");
    let steps = whole.by_ref().count();
    assert!(out.ends_with(&format!("{steps} steps, hash {}\n", whole.hash())));

    let (_, later, _) = program(&[&name, "--from", "50"]);
    assert!(later.contains("\n   50  ") && !later.contains("\n   49  ") && later.len() < out.len());
    let (_, one, _) = program(&[&name, "--only", "1"]);
    assert!(one.contains("call 1: ") && one.matches("\n\n").count() < out.matches("\n\n").count());
    let (_, json, _) = program(&[&name, "--json"]);
    assert_eq!(json.lines().count(), steps + 1);
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    fs::remove_file(&file).expect("removed");
}

#[test]
fn the_program_says_what_is_wrong() {
    let (code, _, complaint) = program(&["nowhere.jsonl"]);
    assert!(code == Some(2) && complaint.contains("nowhere.jsonl"), "{complaint}");
    let (code, _, complaint) = program(&["--from", "x", "file"]);
    assert!(code == Some(2) && complaint.contains("needs a number"), "{complaint}");
    let (code, help, _) = program(&["--help"]);
    assert!(code == Some(0) && help.contains("--only CALL"));
}
