//! How long the panel takes between a message of the phone or of Lightning and what it does about it, in Chromium.

use std::{collections::BTreeMap, fmt::Write as _, process::Command};

use serde::Deserialize;

use crate::{
    build::{self, Plan},
    fault::Fault,
    place::{self, Place},
    process, setup,
};

/// What `tests/bench/browser/crm.mjs` prints.
#[derive(Debug, Deserialize)]
struct Said {
    runs: usize,
    browser: String,
    processors: usize,
    /// How many programs wanted a processor, on average, in the last minute.
    load: f64,
    /// Whether other programs had to wait.
    #[serde(rename = "realTime")]
    real_time: bool,
    /// What went out first after a click on a number.
    first: Vec<String>,
    /// Milliseconds of every run, by what was measured.
    times: BTreeMap<String, Vec<f64>>,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    what: &'static str,
    median: f64,
    p99: f64,
    most: f64,
}

/// Runs it with a release build of the panel, or with what lies in `dist/`; only a release is written down.
pub(super) fn run(place: &Place, build: bool) -> Result<(), Fault> {
    if build {
        let plan = Plan { dev: false, headless: false };
        build::all(place, plan, &mut plan.progress())?;
    }
    setup::npm_packages(place)?;
    let browser = setup::browser(true)?;
    let this = std::env::current_exe().map_err(Fault::io("xtask"))?;
    let mut node = Command::new(setup::node()?);
    node.arg(place.at("tests/bench/browser/crm.mjs")).arg(RUNS.to_string()).current_dir(place.at(""));
    node.env("HOOKSWITCH_DIST", place.at("dist")).env("HOOKSWITCH_XTASK", this).env("HOOKSWITCH_CHROMIUM", browser.chromium);
    println!("{RUNS} runs of each, which takes some minutes ...");
    let said: Said = read(&process::quiet(&mut node)?.out)?;
    let rows = rows(&said)?;
    let table = table(&rows);
    println!("{table}");
    if released(place)? {
        place::write(&place.at("docs/evidence/bench-crm.md"), page(&said, &table))?;
    } else {
        println!("this is a development build: nothing is written down");
    }
    let slow: Vec<_> = rows.iter().filter(|row| row.p99 >= BUDGET_MS).map(|row| row.what).collect();
    if slow.is_empty() {
        println!("median and p99 are under one frame of {BUDGET_MS} ms");
        return Ok(());
    }
    Err(Fault::Project(format!("p99 is a frame of {BUDGET_MS} ms or more: {}", slow.join("; "))))
}

/// Whether a release lies in `dist/`: its wasm comes in two parts, and a development build's in one.
fn released(place: &Place) -> Result<bool, Fault> {
    let files = place::files_below(&place.at("dist/panel"))?;
    Ok(files.iter().any(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("panel_rest"))))
}

fn read(out: &str) -> Result<Said, Fault> {
    let line = out.lines().rev().find(|line| line.starts_with('{')).unwrap_or_default();
    serde_json::from_str(line).map_err(|fault| Fault::Project(format!("the benchmark in the browser printed something else: {fault}")))
}

fn rows(said: &Said) -> Result<Vec<Row>, Fault> {
    let row = |(name, what): &(&str, &'static str)| {
        let mut times = said.times.get(*name).cloned().unwrap_or_default();
        if times.len() < said.runs || times.is_empty() {
            return Err(Fault::Project(format!("`{name}` was measured {} times, not {}", times.len(), said.runs)));
        }
        times.sort_by(f64::total_cmp);
        // The smallest time that so many of a hundred runs stay within.
        let within = |hundredths: usize| times[(times.len() * hundredths).div_ceil(100) - 1];
        Ok(Row { what, median: within(50), p99: within(99), most: within(100) })
    };
    MEASURED.iter().map(row).collect()
}

fn table(rows: &[Row]) -> String {
    let mut table = "| milliseconds | median | p99 | longest |\n|---|---:|---:|---:|\n".to_owned();
    for row in rows {
        let _ = writeln!(table, "| {} | {:.1} | {:.1} | {:.1} |", row.what, row.median, row.p99, row.most);
    }
    table
}

fn page(said: &Said, table: &str) -> String {
    let Said { runs, browser, processors, load, .. } = said;
    let waits = if said.real_time { "which waited for this run (`chrt`)" } else { "which ran beside it" };
    let first = match said.first.as_slice() {
        [only] if only == "command" => "the command to the phone system",
        [only] if only == "message" => "a message to Lightning",
        _ => "a message to Lightning or the command to the phone system, by run",
    };
    format!(
        "# What the panel adds\n\n\
         Written by `cargo xtask bench crm` (`tests/bench/browser`), which fails where the p99 of a line reaches one frame of {BUDGET_MS} ms. The release build of\n\
         the panel, in the simulated Lightning page and on the simulated phone system: {runs} runs of each after a warm-up, Chromium {browser}, {processors} processors\n\
         under a load of {load:.0} by this and other programs, {waits}.\n\n\
         {table}\n\
         Measured inside the panel's page, between two points of its own: from the arrival of a message (before any listener of the panel) to the return of\n\
         the call that posts, or to the first task behind the animation frame in which the change is drawn. No reply of Lightning lies in between. The browser's\n\
         frame limit is off, so that nobody waits for a display. After a click on a number {first} goes out first. On a machine that does other\n\
         work the other work is measured too: build first, then `chrt -r 5 cargo xtask bench crm --no-build`.\n"
    )
}

/// How often each is measured.
const RUNS: usize = 300;
/// One frame at sixty a second, in milliseconds.
const BUDGET_MS: f64 = 16.0;
/// What the program measures, and what it is called.
const MEASURED: [(&str, &str); 5] = [
    ("search", "phone's \"delivered\" to `searchAndScreenPop` posted"),
    ("clicked", "click-to-dial received to the first message or command out"),
    ("ringing", "\"delivered\" to the ringing call painted"),
    ("connected", "\"established\" to the running call painted"),
    ("ended", "\"connectionCleared\" to the idle phone painted"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn said(times: &[f64]) -> Said {
        let times = MEASURED.iter().map(|(name, _)| ((*name).to_owned(), times.to_vec())).collect();
        Said {
            runs: times_len(&times),
            browser: "1".into(),
            processors: 2,
            load: 1.0,
            real_time: false,
            first: vec!["command".into()],
            times,
        }
    }

    fn times_len(times: &BTreeMap<String, Vec<f64>>) -> usize {
        times.values().map(Vec::len).min().unwrap_or_default()
    }

    #[test]
    fn the_middle_and_the_ninety_ninth_of_a_hundred_are_found_in_any_order() {
        let times: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let row = rows(&said(&times)).unwrap()[0];
        assert_eq!((row.median, row.p99, row.most), (100.0, 198.0, 200.0));
    }

    #[test]
    fn a_measurement_that_is_missing_or_short_is_a_fault() {
        let mut missing = said(&[1.0]);
        missing.times.remove("clicked");
        assert!(rows(&missing).unwrap_err().to_string().contains("clicked"));
        assert!(rows(&Said { runs: 300, ..said(&[1.0, 2.0]) }).is_err());
    }

    #[test]
    fn the_last_line_of_json_is_what_was_said() {
        let said =
            read("noise\n{\"runs\":1,\"browser\":\"9\",\"processors\":2,\"load\":1.5,\"realTime\":true,\"first\":[],\"times\":{}}\n")
                .unwrap();
        assert_eq!((said.runs, said.browser.as_str()), (1, "9"));
        assert!(read("nothing").is_err());
    }
}
