//! `tests/scenarios.toml`: which tests cover which pain of the users, held against what really ran and passed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Group,
    report::{Case, Outcome},
};
use crate::{fault::Fault, place, place::Place};

/// One scenario's entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Ids of the tests that cover it.
    #[serde(default)]
    tests: Vec<String>,
    /// The fault, or the one-line change, under which they were seen to fail.
    #[serde(default)]
    fault: String,
    /// Anything a reader should know.
    #[serde(default, rename = "note")]
    _note: String,
}

/// Adds a case per scenario.
pub(crate) fn check(place: &Place, group: &mut Group, ran: &[Case]) -> Result<(), Fault> {
    let file = place.at("tests/scenarios.toml");
    if file.is_file() {
        let cases = judge(&place::read(&file)?, ran);
        group.add("", cases);
    }
    Ok(())
}

fn judge(text: &str, ran: &[Case]) -> Vec<Case> {
    let entries: BTreeMap<String, Entry> = match toml::from_str(text) {
        Ok(entries) => entries,
        Err(fault) => return vec![Case::failed("scenarios::the file can be read", fault.to_string())],
    };
    entries
        .into_iter()
        .map(|(number, entry)| {
            let id = format!("scenarios::{number}");
            let problems = problems(&number, &entry, ran);
            if problems.is_empty() { Case::passed(id) } else { Case::failed(id, problems.join("\n")) }
        })
        .collect()
}

fn problems(number: &str, entry: &Entry, ran: &[Case]) -> Vec<String> {
    let mut problems = Vec::new();
    if !number.strip_prefix('P').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())) {
        problems.push(format!("`{number}` is no scenario number; they look like P02"));
    }
    if entry.tests.is_empty() {
        problems.push("no test is named".to_owned());
    }
    if entry.fault.trim().is_empty() {
        problems.push("`fault` is missing: the fault or the one-line change under which the tests were seen to fail".to_owned());
    }
    for test in &entry.tests {
        match ran.iter().find(|case| case.id == *test).map(|case| &case.outcome) {
            Some(Outcome::Passed) => {}
            Some(Outcome::Failed(_)) => problems.push(format!("`{test}` failed")),
            Some(Outcome::Skipped(reason)) => problems.push(format!("`{test}` was skipped: {reason}")),
            None => problems.push(format!("`{test}` did not run; no test has this id")),
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(text: &str) -> Vec<String> {
        let ran = [Case::passed("native::a"), Case::failed("native::b", "no"), Case::skipped("sip::c", "no Asterisk")];
        let failed = |case: Case| match case.outcome {
            Outcome::Failed(why) => Some(format!("{}: {why}", case.id)),
            Outcome::Passed | Outcome::Skipped(_) => None,
        };
        judge(text, &ran).into_iter().filter_map(failed).collect()
    }

    #[test]
    fn an_entry_whose_tests_passed_and_that_names_its_fault_holds() {
        assert_eq!(failures("[P02]\ntests = [\"native::a\"]\nfault = \"script answered with 404\""), [""; 0]);
    }

    #[test]
    fn a_test_that_failed_was_skipped_or_never_ran_breaks_the_entry() {
        assert!(failures("[P02]\ntests = [\"native::b\"]\nfault = \"x\"")[0].contains("`native::b` failed"));
        assert!(failures("[P02]\ntests = [\"sip::c\"]\nfault = \"x\"")[0].contains("no Asterisk"));
        assert!(failures("[P02]\ntests = [\"native::z\"]\nfault = \"x\"")[0].contains("no test has this id"));
    }

    #[test]
    fn an_entry_without_tests_or_without_a_fault_is_refused() {
        assert!(failures("[P02]\ntests = []\nfault = \"x\"")[0].contains("no test is named"));
        assert!(failures("[P02]\ntests = [\"native::a\"]")[0].contains("`fault` is missing"));
        assert!(failures("[Q2]\ntests = [\"native::a\"]\nfault = \"x\"")[0].contains("no scenario number"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_one_failure() {
        assert_eq!(failures("[P02\n").len(), 1);
        assert_eq!(failures("[P02]\ntest = [\"native::a\"]\nfault = \"x\"").len(), 1);
    }
}
