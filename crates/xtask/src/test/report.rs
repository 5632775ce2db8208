//! What ran, and how it went.

use serde::Serialize;

use crate::{fault::Fault, place, place::Place};

/// How one test went.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "outcome", content = "detail", rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// It did not hold; what was said.
    Failed(String),
    /// It held.
    Passed,
    /// It did not run; why.
    Skipped(String),
}

/// One test.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Case {
    /// `group::where::name`, the same on every machine.
    pub(crate) id: String,
    /// How it went.
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

impl Case {
    /// One that held.
    pub(crate) fn passed(id: impl Into<String>) -> Self {
        Self { id: id.into(), outcome: Outcome::Passed }
    }

    /// One that did not.
    pub(crate) fn failed(id: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { id: id.into(), outcome: Outcome::Failed(detail.into()) }
    }

    /// One that did not run.
    pub(crate) fn skipped(id: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { id: id.into(), outcome: Outcome::Skipped(reason.into()) }
    }

    /// One that is a single piece of work.
    pub(crate) fn of<T>(id: impl Into<String>, result: Result<T, Fault>) -> Self {
        match result {
            Ok(_) => Self::passed(id),
            Err(fault) => Self::failed(id, fault.to_string()),
        }
    }
}

/// How many went how.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Count {
    /// Counts cases.
    pub(crate) fn of(cases: &[Case]) -> Self {
        let mut count = Self::default();
        for case in cases {
            match case.outcome {
                Outcome::Failed(_) => count.failed += 1,
                Outcome::Passed => count.passed += 1,
                Outcome::Skipped(_) => count.skipped += 1,
            }
        }
        count
    }
}

impl std::fmt::Display for Count {
    /// The line that a test run ends with; its words are promised.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Where nothing may be left out, a skip is a failure.
pub(crate) fn forbid_skips(cases: &mut [Case]) {
    for case in cases {
        if let Outcome::Skipped(reason) = &case.outcome {
            case.outcome = Outcome::Failed(format!("skipped ({reason}), and with CI=true nothing may be"));
        }
    }
}

/// Two tests of one name would hide each other in `tests/scenarios.toml`.
pub(crate) fn doubles(cases: &[Case]) -> Vec<Case> {
    let mut ids: Vec<_> = cases.iter().map(|case| &case.id).collect();
    ids.sort();
    let doubles = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
    let mut doubles: Vec<_> = doubles.collect();
    doubles.dedup();
    doubles.into_iter().map(|id| Case::failed(format!("check::one name each::{id}"), "two tests have this id; rename one")).collect()
}

/// Writes the report for other programs; tells where.
pub(crate) fn write(place: &Place, cases: &[Case], seconds: u64) -> Result<std::path::PathBuf, Fault> {
    #[derive(Serialize)]
    struct Report<'a> {
        seconds: u64,
        #[serde(flatten)]
        count: Count,
        cases: &'a [Case],
    }
    let path = place.target("hookswitch-report.json");
    let text = serde_json::to_string_pretty(&Report { seconds, count: Count::of(cases), cases }).unwrap_or_default();
    place::write(&path, text)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_has_the_promised_words() {
        let cases = [Case::passed("a"), Case::failed("b", "no"), Case::skipped("c", "no cable"), Case::passed("d")];
        assert_eq!(Count::of(&cases).to_string(), "2 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn where_skips_are_forbidden_one_is_a_failure_that_tells_why_it_was_skipped() {
        let mut cases = [Case::skipped("sip::calls::inbound", "no Asterisk")];
        forbid_skips(&mut cases);
        assert_eq!(Count::of(&cases).failed, 1);
        assert!(matches!(&cases[0].outcome, Outcome::Failed(why) if why.contains("no Asterisk")));
    }

    #[test]
    fn two_tests_of_one_name_are_reported() {
        let cases = [Case::passed("a::b"), Case::passed("a::b"), Case::passed("a::c")];
        let doubles = doubles(&cases);
        assert_eq!(doubles.len(), 1);
        assert!(doubles[0].id.ends_with("a::b"));
    }

    #[test]
    fn the_report_names_id_outcome_and_detail() {
        let text = serde_json::to_string(&Case::failed("a::b", "left 1, right 2")).unwrap();
        assert_eq!(text, r#"{"id":"a::b","outcome":"failed","detail":"left 1, right 2"}"#);
    }
}
