//! Reading files, and what a command answers.

use std::{fmt::Write as _, fs};

use hookswitch_definition::{Definition, Finding, parse};

/// What a command has to say.
#[derive(Default)]
pub(crate) struct Answer {
    /// For standard output.
    pub(crate) out: String,
    /// For standard error.
    pub(crate) note: String,
    /// How it went.
    pub(crate) code: Code,
}

/// How a command went, as the program's exit code.
#[derive(Clone, Copy, Default)]
pub(crate) enum Code {
    /// As wanted.
    #[default]
    Done = 0,
    /// The file breaks a rule, gives no phone, or differs.
    Broken = 1,
    /// The command could not be carried out.
    Failed = 2,
    /// The files differ in what only a new internal name can bring.
    NewName = 3,
}

/// The definition in a file, or what to answer when there is none in it.
pub(crate) fn load(file: &str) -> Result<Result<Definition, Answer>, String> {
    Ok(parse(&read(file)?).map(|document| document.definition).map_err(|error| broken(file, &[error.into()])))
}

/// The answer for a file that breaks a rule.
pub(crate) fn broken(file: &str, findings: &[Finding]) -> Answer {
    Answer { note: list(file, findings), code: Code::Broken, ..Answer::default() }
}

/// Findings, a file's name before each.
pub(crate) fn list(file: &str, findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut out, finding| {
        let _ = writeln!(out, "{file}: {finding}");
        out
    })
}

/// A file as text. Bytes that are no UTF-8 become a character that no rule lets pass as XML.
pub(crate) fn read(file: &str) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(error.as_bytes());
        text.replace('\u{fffd}', "\u{0}")
    }))
}
