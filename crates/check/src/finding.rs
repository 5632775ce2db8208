//! What the check found.

/// One thing that was looked at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// A stable word for what was looked at.
    pub id: &'static str,
    /// The same in words.
    pub title: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was found. Never a number, a person's name or a user name.
    pub words: String,
    /// What to do, and who; empty where nothing is to be done.
    pub fix: String,
}

/// How something is. Ordered by what needs to be looked at first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Verdict {
    /// It does not work.
    Fail,
    /// It works, but not well or not always.
    Warn,
    /// Nobody here can tell; the words say why.
    NotKnown,
    /// It is as it should be.
    Pass,
}

impl Verdict {
    /// A stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::NotKnown => "notKnown",
            Self::Pass => "pass",
            Self::Warn => "warn",
        }
    }
}

/// The findings as a text for support, one paragraph each.
#[must_use]
pub fn report(findings: &[Finding]) -> String {
    let mut text = String::new();
    for Finding { id, verdict, words, fix, .. } in findings {
        text.extend([verdict.code(), " ", id, ": ", words, if fix.is_empty() { "" } else { "\n    -> " }, fix, "\n"]);
    }
    text
}

/// What it is about: the first half of a finding.
#[derive(Clone, Copy)]
pub(crate) struct About(pub(crate) &'static str, pub(crate) &'static str);

impl About {
    pub(crate) fn fail(self, words: impl Into<String>, fix: impl Into<String>) -> Finding {
        self.finding(Verdict::Fail, words.into(), fix.into())
    }

    pub(crate) fn not_known(self, words: impl Into<String>, fix: impl Into<String>) -> Finding {
        self.finding(Verdict::NotKnown, words.into(), fix.into())
    }

    pub(crate) fn pass(self, words: impl Into<String>) -> Finding {
        self.finding(Verdict::Pass, words.into(), String::new())
    }

    pub(crate) fn warn(self, words: impl Into<String>, fix: impl Into<String>) -> Finding {
        self.finding(Verdict::Warn, words.into(), fix.into())
    }

    /// Several problems as one finding: numbered, each with its own fix, as bad as the worst of them.
    pub(crate) fn together(self, problems: Vec<Finding>) -> Finding {
        let numbered = |part: fn(&Finding) -> &str| match problems.as_slice() {
            [only] => part(only).to_owned(),
            several => (1..).zip(several).map(|(number, problem)| format!("{number}. {}", part(problem))).collect::<Vec<_>>().join(" "),
        };
        let verdict = problems.iter().map(|problem| problem.verdict).min().unwrap_or(Verdict::Pass);
        self.finding(verdict, numbered(|problem| &problem.words), numbered(|problem| &problem.fix))
    }

    const fn finding(self, verdict: Verdict, words: String, fix: String) -> Finding {
        Finding { id: self.0, title: self.1, verdict, words, fix }
    }
}
