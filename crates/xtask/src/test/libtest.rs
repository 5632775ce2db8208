//! What Rust's own test programs print, and wasm-bindgen's in the same shape.

use super::report::Case;

/// Reads the cases from a test program's output; `prefix` begins every id.
pub(crate) fn cases(prefix: &str, output: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for line in output.lines() {
        let Some((name, result)) = line.trim().strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) else { continue };
        let name = name.trim_end_matches(" - should panic").trim_end_matches(" - compile");
        let id = format!("{prefix}::{name}");
        let (word, reason) = result.split_once(", ").unwrap_or((result, "marked as ignored"));
        match word.split_whitespace().next() {
            Some("ok") => cases.push(Case::passed(id)),
            Some("FAILED" | "FAIL") => cases.push(Case::failed(id, said(name, output))),
            Some("ignored") => cases.push(Case::skipped(id, reason)),
            _ => {}
        }
    }
    cases
}

/// The names that a test program lists.
pub(crate) fn listed(output: &str) -> Vec<String> {
    output.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

/// What the test printed before it failed: the paragraph under its heading.
fn said(name: &str, output: &str) -> String {
    let begins = |line: &str| line.trim().starts_with(&format!("---- {name} "));
    let ends = |line: &str| line.trim().starts_with("---- ") || line.trim() == "failures:" || line.trim().starts_with("test result:");
    let mut lines = output.lines().skip_while(|line| !begins(line));
    lines.next();
    let text: Vec<_> = lines.take_while(|line| !ends(line)).collect();
    text.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::report::Outcome;

    const OUTPUT: &str = "
running 4 tests
test desk::a_call_rings ... ok
test desk::a_hang_up_is_never_lost ... FAILED
test slow ... ignored, needs a day
test panics - should panic ... ok

failures:

---- desk::a_hang_up_is_never_lost stdout ----

thread 'x' panicked at crates/core/src/lib.rs:3:5:
assertion `left == right` failed

failures:
    desk::a_hang_up_is_never_lost

test result: FAILED. 2 passed; 1 failed; 1 ignored
";

    #[test]
    fn every_test_gets_its_outcome_and_a_failure_its_words() {
        let cases = cases("native::core", OUTPUT);
        let ids: Vec<_> = cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "native::core::desk::a_call_rings",
                "native::core::desk::a_hang_up_is_never_lost",
                "native::core::slow",
                "native::core::panics"
            ]
        );
        let Outcome::Failed(said) = &cases[1].outcome else { panic!("{cases:?}") };
        assert!(said.starts_with("thread 'x' panicked") && said.ends_with("failed"), "{said}");
        assert_eq!(cases[2].outcome, Outcome::Skipped("needs a day".to_owned()));
    }

    #[test]
    fn the_list_holds_names_without_their_kind() {
        assert_eq!(listed("a::b: test\nc: benchmark\nd: test\n\n2 tests, 1 benchmark\n"), ["a::b", "d"]);
    }
}
