//! Tests in JavaScript, run by Node's own runner with a reporter of ours that prints one line of JSON per test.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use super::{
    Group,
    report::{Case, Outcome},
};
use crate::{build, fault::Fault, place, place::Place, process, setup};

/// One line of `www/build/reporter.mjs`.
#[derive(Debug, Deserialize)]
struct Line {
    file: String,
    name: String,
    passed: bool,
    #[serde(default)]
    skipped: Option<String>,
    #[serde(default)]
    detail: String,
}

/// Tests of the JavaScript parts alone.
pub(crate) fn units(place: &Place, group: &mut Group) -> Result<(), Fault> {
    run(place, group, &["www"], &[])
}

/// The built product in a real Chromium.
pub(crate) fn browser(place: &Place, group: &mut Group) -> Result<(), Fault> {
    setup::browser(true)?;
    run(place, group, &["tests/browser"], ONE_BY_ONE)
}

/// The built product against a real Asterisk.
pub(crate) fn sip(place: &Place, group: &mut Group) -> Result<(), Fault> {
    setup::browser(true)?;
    run(place, group, &["tests/sip"], ONE_BY_ONE)
}

/// Strict TypeScript over what a vendor would write.
pub(crate) fn types(place: &Place, group: &mut Group) -> Result<(), Fault> {
    setup::npm_packages(place)?;
    build::npm_module(place)?;
    group.case("www/example", || {
        let mut tsc = Command::new(setup::node()?);
        tsc.arg(place.at("www/node_modules/typescript/bin/tsc")).args(["--noEmit", "--strict", "--project", "example"]);
        process::quiet(tsc.current_dir(place.at("www")))
    });
    Ok(())
}

fn run(place: &Place, group: &mut Group, folders: &[&str], flags: &[&str]) -> Result<(), Fault> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        files.extend(place::files_below(&place.at(folder))?.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")));
    }
    if files.is_empty() {
        return Ok(());
    }
    setup::npm_packages(place)?;
    let this = env::current_exe().map_err(Fault::io("xtask"))?;
    let mut node = Command::new(setup::node()?);
    node.arg("--test").args(flags).arg(format!("--test-reporter={}", place.at("www/build/reporter.mjs").display())).args(&files);
    node.current_dir(place.at("")).env("HOOKSWITCH_DIST", place.at("dist")).env("HOOKSWITCH_XTASK", this);
    // Node's runner marks its children with this; a run inside a run would report nothing.
    node.env_remove("NODE_TEST_CONTEXT");
    if let Ok(browser) = setup::browser(false) {
        node.env("HOOKSWITCH_CHROMIUM", browser.chromium);
    }
    let said = process::listen(&mut node, |line| group.pulse(line_of(line).as_ref().map(|line| line.name.as_str())))?;
    let mut cases = cases(group.name(), &place.at(""), &said.out);
    if !said.status.success() && !cases.iter().any(|case| matches!(case.outcome, Outcome::Failed(_))) {
        cases.push(Case::failed(group.id("the program ends well"), said.all));
    }
    group.add("", cases);
    Ok(())
}

/// The cases in what the reporter printed.
fn cases(group: &str, root: &Path, output: &str) -> Vec<Case> {
    let case = |line: Line| {
        let file = place::relative(root, Path::new(&line.file));
        let stem = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".test.mjs");
        let id = format!("{group}::{stem}::{}", line.name);
        match line {
            Line { skipped: Some(reason), .. } => Case::skipped(id, reason),
            Line { passed: true, .. } => Case::passed(id),
            Line { detail, .. } => Case::failed(id, detail),
        }
    };
    output.lines().filter_map(line_of).map(case).collect()
}

fn line_of(line: &str) -> Option<Line> {
    serde_json::from_str(line.strip_prefix("hookswitch ")?).ok()
}

/// Tests that start a browser run one after the other, and a file of them that hangs ends after twenty minutes.
const ONE_BY_ONE: &[&str] = &["--test-concurrency=1", "--test-timeout=1200000"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_named_by_its_group_its_file_and_the_names_around_it() {
        let output = r#"
hookswitch {"file":"/x/tests/browser/calls.test.mjs","name":"inbound › known caller","passed":true}
something printed by a test
hookswitch {"file":"/x/tests/browser/calls.test.mjs","name":"outbound","passed":false,"detail":"no ring"}
hookswitch {"file":"/x/tests/browser/calls.test.mjs","name":"video","passed":true,"skipped":"no camera"}"#;
        let cases = cases("browser", Path::new("/x"), output);
        assert_eq!(cases[0], Case::passed("browser::calls::inbound › known caller"));
        assert_eq!(cases[1], Case::failed("browser::calls::outbound", "no ring"));
        assert_eq!(cases[2], Case::skipped("browser::calls::video", "no camera"));
        assert_eq!(cases.len(), 3);
    }
}
