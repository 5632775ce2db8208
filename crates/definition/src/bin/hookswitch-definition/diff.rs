//! `diff`: what an org would see change.

use std::fmt::Write as _;

use hookswitch_definition::{Change, changes};

use crate::files::{Answer, Code, load};

/// Differences in words, those that cost the admin work first.
pub(crate) fn run(words: &[&str]) -> Result<Answer, String> {
    let [old, new] = words else { return Err("give OLD and NEW; --help shows how".into()) };
    let (before, after) = match (load(old)?, load(new)?) {
        (Ok(before), Ok(after)) => (before, after),
        // Not 1: that is "the call center can stay", and nobody knows that of a file that cannot be read.
        (Err(broken), _) | (_, Err(broken)) => return Ok(Answer { code: Code::Failed, ..broken }),
    };
    let changes = changes(&before, &after);
    let (locked, rest): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.needs_new_name());
    let mut out = String::new();
    list(
        &mut out,
        "Needs an import under another internal name, because name and fields of a call center are locked once it is imported:",
        &locked,
    );
    list(&mut out, "Can stay under the same internal name:", &rest);
    let verdict = match (locked.is_empty(), rest.is_empty()) {
        (true, true) => "an org sees no difference",
        (true, false) => "the call center in the org can stay",
        (false, _) => "the call center has to be imported anew",
    };
    let _ = writeln!(out, "{old} -> {new}: {verdict}; locked: {}, other: {}", locked.len(), rest.len());
    let code = match (locked.is_empty(), rest.is_empty()) {
        (true, true) => Code::Done,
        (true, false) => Code::Broken,
        (false, _) => Code::NewName,
    };
    Ok(Answer { out, code, ..Answer::default() })
}

fn list(out: &mut String, head: &str, changes: &[&Change]) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "{head}");
    for change in changes {
        let _ = writeln!(out, "  {change}\n    {}", change.remedy());
    }
    out.push('\n');
}
