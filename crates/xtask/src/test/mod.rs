//! `test`: everything, in order, with one report.

mod cargo;
mod libtest;
mod node;
mod report;
mod scenarios;

use std::{
    env,
    time::{Duration, Instant},
};

use report::{Case, Count, Outcome};

use crate::{
    args::{Args, Command, Flag},
    build::{self, Plan},
    fault::Fault,
    place::Place,
    progress::{Progress, seconds},
    setup, size,
};

pub(crate) const COMMAND: Command = Command {
    name: "test",
    about: "Runs every test and checks tests/scenarios.toml against what ran",
    words: "[GROUP]…",
    flags: &[
        Flag { name: "--only", value: Some("GROUPS"), help: "only these, with commas; the same as naming them" },
        Flag { name: "--skip", value: Some("GROUPS"), help: "all but these" },
    ],
    more: "Groups, in the order in which they run:\n\
           check    formatting, lints               native   Rust without a browser\n\
           doc      examples in the documentation   wasm     Rust in headless Chromium\n\
           node     JavaScript units                build    everything into dist/\n\
           types    strict TypeScript over the example that embeds the npm module\n\
           size     the weight against its budget   browser  the product in a real Chromium\n\
           sip      the product against a real Asterisk\n\n\
           What is missing is installed first where that is possible. With CI=true a skipped test is a failed one. Every test's id and outcome is\n\
           in target/hookswitch-report.json. tests/scenarios.toml is held against it when every group ran. The last line is\n\
           `N passed, N failed, N skipped`.",
    run,
};

/// Tests that run together.
pub(crate) struct Group {
    name: &'static str,
    cases: Vec<Case>,
    start: Instant,
    told: Instant,
}

type Runner = fn(&Place, &mut Group) -> Result<(), Fault>;

/// In the order in which they run: what fails fast first.
const GROUPS: &[(&str, &[Runner])] = &[
    ("check", &[cargo::checks]),
    ("native", &[cargo::native]),
    ("doc", &[cargo::doc]),
    ("wasm", &[cargo::browser]),
    ("node", &[node::units]),
    ("build", &[build]),
    ("types", &[node::types]),
    ("size", &[size::test]),
    ("browser", &[node::browser]),
    ("sip", &[node::sip]),
];

fn run(args: &Args) -> Result<(), Fault> {
    let place = Place::find()?;
    let start = Instant::now();
    let wanted = wanted(args)?;
    setup::wasm_target()?;
    let mut cases = Vec::new();
    for (name, runners) in GROUPS.iter().filter(|(name, _)| wanted.contains(name)) {
        let mut group = Group::new(name);
        for runner in *runners {
            if let Err(fault) = runner(&place, &mut group) {
                let id = group.id("runs");
                let words = fault.to_string();
                // What this machine lacks is not the product's failure; where nothing may be missing, CI=true says so.
                group.add("", vec![if let Fault::Missing { .. } = fault { Case::skipped(id, words) } else { Case::failed(id, words) }]);
            }
        }
        cases.extend(group.end());
    }
    let mut last = Group::new("scenarios");
    if wanted.len() == GROUPS.len() {
        let doubles = report::doubles(&cases);
        last.add("", doubles);
        scenarios::check(&place, &mut last, &cases)?;
        cases.extend(last.end());
    } else {
        eprintln!("scenarios not checked: some groups did not run");
    }
    if env::var("CI").is_ok_and(|ci| ci == "true") {
        report::forbid_skips(&mut cases);
    }
    summarise(&place, &cases, start.elapsed())
}

fn wanted(args: &Args) -> Result<Vec<&'static str>, Fault> {
    let names = |flag| args.value(flag).map(|names| names.split(',').map(str::trim).collect::<Vec<_>>());
    let mut only: Vec<&str> = args.words().iter().map(String::as_str).collect();
    only.extend(names("--only").unwrap_or_default());
    let skip = names("--skip").unwrap_or_default();
    for name in only.iter().chain(&skip) {
        if !GROUPS.iter().any(|(group, _)| group == name) {
            return Err(Fault::Usage(format!("there is no group `{name}`; see `cargo xtask test --help`")));
        }
    }
    let keep = |name: &str| (only.is_empty() || only.contains(&name)) && !skip.contains(&name);
    Ok(GROUPS.iter().map(|(name, _)| *name).filter(|name| keep(name)).collect())
}

fn build(place: &Place, group: &mut Group) -> Result<(), Fault> {
    let plan = Plan { dev: false, headless: true };
    group.case("dist", || build::all(place, plan, &mut Progress::silent()));
    Ok(())
}

fn summarise(place: &Place, cases: &[Case], took: Duration) -> Result<(), Fault> {
    let written = report::write(place, cases, took.as_secs())?;
    let count = Count::of(cases);
    println!();
    for case in cases {
        match &case.outcome {
            Outcome::Failed(_) => println!("FAILED   {}", case.id),
            Outcome::Skipped(reason) => println!("SKIPPED  {} ({reason})", case.id),
            Outcome::Passed => {}
        }
    }
    println!("{} in {}; the report is {}", if count.failed == 0 { "done" } else { "failed" }, seconds(took), written.display());
    println!("{count}");
    if count.failed == 0 { Ok(()) } else { Err(Fault::Tests) }
}

impl Group {
    /// Announces a group.
    fn new(name: &'static str) -> Self {
        println!("{name} …");
        Self { name, cases: Vec::new(), start: Instant::now(), told: Instant::now() }
    }

    /// Its name, with which its ids begin.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The id of something in it.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("{}::{name}", self.name)
    }

    /// Takes what one part of it did; failures are told at once.
    pub(crate) fn add(&mut self, part: &str, cases: Vec<Case>) {
        if !part.is_empty() && !cases.is_empty() {
            println!("  {part}: {}", Count::of(&cases));
        }
        for case in &cases {
            if let Outcome::Failed(detail) = &case.outcome {
                println!("  FAILED {}\n    {}", case.id, detail.replace('\n', "\n    "));
            }
        }
        self.cases.extend(cases);
        self.told = Instant::now();
    }

    /// Runs one piece of work as a test.
    pub(crate) fn case<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Fault>) {
        let id = self.id(name);
        let case = Case::of(id, work());
        self.add(name, vec![case]);
    }

    /// Shows that something is still going on.
    pub(crate) fn pulse(&mut self, doing: Option<&str>) {
        if let Some(doing) = doing.filter(|_| self.told.elapsed() > Duration::from_secs(20)) {
            println!("  {} … {doing}", seconds(self.start.elapsed()));
            self.told = Instant::now();
        }
    }

    /// Sums up. A group in which nothing ran is a skip, so that it cannot go unnoticed.
    fn end(mut self) -> Vec<Case> {
        if self.cases.is_empty() {
            self.cases.push(Case::skipped(self.id("anything"), "no tests were found"));
        }
        println!("{}: {} ({})", self.name, Count::of(&self.cases), seconds(self.start.elapsed()));
        self.cases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Vec<&'static str>, Fault> {
        wanted(&Args::parse(&COMMAND, &words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())?)
    }

    #[test]
    fn groups_are_chosen_by_name_and_an_unknown_name_is_refused() {
        assert_eq!(parsed(&["--only", "native,wasm"]).unwrap(), ["native", "wasm"]);
        assert_eq!(parsed(&["wasm", "native"]).unwrap(), ["native", "wasm"]);
        assert!(!parsed(&["--skip=sip"]).unwrap().contains(&"sip"));
        assert_eq!(parsed(&[]).unwrap().len(), GROUPS.len());
        assert!(parsed(&["--only", "nativ"]).is_err());
    }

    #[test]
    fn a_group_without_tests_is_a_skip() {
        let cases = Group::new("sip").end();
        assert!(matches!(cases[0].outcome, Outcome::Skipped(_)));
    }
}
