//! A line per long step, so that a person waiting knows for what.

use std::time::{Duration, Instant};

/// Steps of one command, counted and timed.
#[derive(Debug)]
pub(crate) struct Progress {
    done: usize,
    of: usize,
    start: Instant,
    /// Steps are told on standard error; nothing else is.
    quiet: bool,
}

impl Progress {
    /// Starts a count of `of` steps.
    pub(crate) fn new(of: usize) -> Self {
        Self { done: 0, of, start: Instant::now(), quiet: false }
    }

    /// The same, telling nobody.
    pub(crate) fn silent() -> Self {
        Self { quiet: true, ..Self::new(0) }
    }

    /// Does one step and says what it was and how long it took.
    pub(crate) fn step<T, E>(&mut self, what: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.done += 1;
        let (done, of) = (self.done, self.of);
        if !self.quiet {
            eprintln!("[{done}/{of}] {what} … ({} so far)", seconds(self.start.elapsed()));
        }
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        if !self.quiet && took > Duration::from_secs(3) {
            eprintln!("[{done}/{of}] {what}: {}", seconds(took));
        }
        result
    }

    /// Time since the count began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// A span as people read it.
pub(crate) fn seconds(span: Duration) -> String {
    let whole = span.as_secs();
    if whole >= 60 { format!("{} min {:02} s", whole / 60, whole % 60) } else { format!("{}.{} s", whole, span.subsec_millis() / 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reads_in_minutes_from_one_minute_on() {
        assert_eq!(seconds(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
