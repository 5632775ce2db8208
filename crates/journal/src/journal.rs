//! The recorder: a checkpoint and every input since, bounded.

use std::io;

use hookswitch_core::{Input, Now, Softphone, settings::DiagnosticsLevel};
use serde::Serialize;

use crate::file::{self, Entry};

/// How much is kept. A journal holds two segments of this size at most, each behind a checkpoint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// Inputs of one segment. 2,000: some sixty calls, hours of an agent's day.
    pub inputs: usize,
    /// Their size as JSON, bytes. 512 KiB: long notes typed letter by letter must not fill the page's memory.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { inputs: 2_000, bytes: 512 * 1024 }
    }
}

/// What a softphone was told, from a checkpoint on.
///
/// The last [`Limits::inputs`] inputs can be replayed at least (fewer only where [`Limits::bytes`] is reached first), twice as many at
/// most. It holds customers' data as it is; only what [`crate::export`] makes of it may leave the machine.
///
/// ```
/// use hookswitch_core::{Input, Now, Softphone, settings::DiagnosticsLevel};
/// use hookswitch_journal::{Journal, Limits, replay};
///
/// let mut phone = Softphone::new();
/// let mut journal = Journal::new(Limits::default());
/// let (now, input) = (Now::default(), Input::Start { seed: 7 });
/// journal.record(&phone, now, &input);
/// phone.handle(now, input)?;
///
/// let steps = replay(&journal.to_text())?;
/// assert_eq!(steps[0].snapshot, phone.snapshot());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Journal {
    limits: Limits,
    /// Full; goes when the current one is full, too.
    earlier: Option<Segment>,
    current: Option<Segment>,
}

/// A checkpoint and the inputs since.
#[derive(Clone, Debug)]
struct Segment {
    checkpoint: Softphone,
    entries: Vec<Entry>,
    bytes: usize,
}

impl Journal {
    /// An empty journal.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits, earlier: None, current: None }
    }

    /// Writes down that `input` is about to be handled by `softphone` at `now`. Call it before [`Softphone::handle`], for every input.
    ///
    /// It may begin at any time: the first checkpoint is `softphone` as it is then. Settings with diagnostics off empty the journal, and
    /// nothing is written down until others come.
    pub fn record(&mut self, softphone: &Softphone, now: Now, input: &Input) {
        let settings = if let Input::Settings(settings) = input { settings } else { softphone.settings() };
        if settings.diagnostics.level == DiagnosticsLevel::Off {
            (self.earlier, self.current) = (None, None);
            return;
        }
        let limits = self.limits;
        if self.current.as_ref().is_some_and(|current| current.entries.len() >= limits.inputs || current.bytes >= limits.bytes) {
            self.earlier = self.current.take();
        }
        let segment = self.current.get_or_insert_with(|| Segment::new(softphone));
        segment.bytes += size(input);
        segment.entries.push(Entry { now, input: input.clone() });
    }

    /// The journal as a file's text, with everything in it: for this machine only.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = file::begin(false, &self.checkpoint());
        text.extend(self.entries().map(file::line));
        text
    }

    /// Inputs that can be replayed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().count()
    }

    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.current.is_none()
    }

    /// The softphone before the first input that is kept.
    pub(crate) fn checkpoint(&self) -> Softphone {
        self.segments().next().map(|segment| segment.checkpoint.clone()).unwrap_or_default()
    }

    /// The inputs since, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.segments().flat_map(|segment| &segment.entries)
    }

    fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.earlier.iter().chain(&self.current)
    }
}

impl Default for Journal {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Segment {
    fn new(softphone: &Softphone) -> Self {
        let mut checkpoint = softphone.clone();
        // What the host has not fetched yet belongs to earlier inputs.
        while checkpoint.poll().is_some() {}
        Self { checkpoint, entries: Vec::new(), bytes: 0 }
    }
}

/// Bytes of the input as JSON.
fn size(input: &Input) -> usize {
    let mut counter = Counter(0);
    // Counting cannot fail, and an input can always be written.
    drop(input.serialize(&mut serde_json::Serializer::new(&mut counter)));
    counter.0
}

/// Counts what is written.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
