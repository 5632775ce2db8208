//! A journal as a file: JSON Lines, so that it can be read by eye as well.
//!
//! The first line says what it is, the second holds the checkpoint, each further one an input with its time.

use hookswitch_core::{Input, Now, Softphone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The layout of the file. Another one is not read.
const FORMAT: u32 = 1;

/// This release; checkpoints of another one may look different.
const CORE: &str = env!("CARGO_PKG_VERSION");

/// The first line of a journal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Header {
    /// The layout of the file.
    pub hookswitch_journal: u32,
    /// The release that wrote it.
    pub core: String,
    /// Personal data was replaced.
    pub redacted: bool,
}

/// One input, and when it came.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Entry {
    /// The host's clocks.
    pub now: Now,
    /// What came in.
    pub input: Input,
}

#[derive(Serialize)]
struct Checkpoint<T> {
    checkpoint: T,
}

#[derive(Deserialize)]
struct ReadCheckpoint {
    checkpoint: Box<Softphone>,
}

/// Why a file cannot be replayed. Nothing was done.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It is something else, or empty.
    #[error("line 1: this is no journal of hookswitch; give the file that \"export journal\" made, unchanged")]
    NotAJournal,
    /// It has another layout.
    #[error("line 1: the journal has layout {found} and this program reads {FORMAT}; use the hookswitch-replay of release {core}")]
    OtherFormat {
        /// The layout it has.
        found: u32,
        /// The release that wrote it.
        core: String,
    },
    /// A line cannot be read although the same release wrote it.
    #[error("line {line}: {reason}; the file was changed or cut off: ask for it again, or cut it before this line")]
    Broken {
        /// The line, from 1.
        line: usize,
        /// What the reader stumbled over.
        reason: String,
    },
    /// A line cannot be read, and another release wrote it.
    #[error("line {line}: {reason}; the journal was written by release {core}, this is {CORE}: use the hookswitch-replay of that release")]
    OtherRelease {
        /// The line, from 1.
        line: usize,
        /// What the reader stumbled over.
        reason: String,
        /// The release that wrote it.
        core: String,
    },
}

/// The first two lines of a file; the entries follow, one [`line`] each.
pub(crate) fn begin(redacted: bool, checkpoint: &impl Serialize) -> String {
    let header = Header { hookswitch_journal: FORMAT, core: CORE.into(), redacted };
    line(&header) + &line(&Checkpoint { checkpoint })
}

/// The header, the softphone to begin with, and what it is told.
pub(crate) fn read(text: &str) -> Result<(Header, Softphone, Vec<Entry>), Fault> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, first) = lines.next().ok_or(Fault::NotAJournal)?;
    let first: Value = serde_json::from_str(first).map_err(|_| Fault::NotAJournal)?;
    let header: Header = serde_json::from_value(first).map_err(|_| Fault::NotAJournal)?;
    if header.hookswitch_journal != FORMAT {
        return Err(Fault::OtherFormat { found: header.hookswitch_journal, core: header.core });
    }
    let bad = |line: usize, reason: String| {
        let (line, core) = (line + 1, header.core.clone());
        if core == CORE { Fault::Broken { line, reason } } else { Fault::OtherRelease { line, reason, core } }
    };
    let (at, line) = lines.next().ok_or_else(|| bad(1, "the checkpoint is missing".into()))?;
    let read: ReadCheckpoint = serde_json::from_str(line).map_err(|error| bad(at, words(&error)))?;
    let entries = lines.map(|(at, line)| serde_json::from_str(line).map_err(|error| bad(at, words(&error))));
    let entries = entries.collect::<Result<_, _>>()?;
    Ok((header, *read.checkpoint, entries))
}

/// The reader's words with the column alone: the line is the file's, not the reader's.
fn words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let reason = words.rsplit_once(" at line ").map_or(words.as_str(), |(reason, _)| reason);
    format!("{reason} at column {}", error.column())
}

/// One line of a file.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Plain data without maps under keys that are no text: it can always be written.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}
