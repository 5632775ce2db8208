//! What the switch waits for.

use std::collections::BTreeMap;

use hookswitch_core::{Cause, PhoneRef};

use crate::CallAgent;

/// One thing that will happen. When due it is checked again: what it was about may have ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Timer {
    /// The number outside answers.
    Answers(PhoneRef),
    /// The caller has waited long enough.
    CallerGivesUp(PhoneRef),
    /// The dialed call fails.
    Fails(PhoneRef, Cause),
    /// An ended call has been shown long enough.
    Forget(PhoneRef),
    /// The extension's last page has been away long enough.
    Grace(String),
    /// The party outside has talked enough.
    HangsUp(PhoneRef),
    /// The outage is over.
    OutageOver,
    /// The dialed number begins to ring.
    Reached(PhoneRef),
    /// A scripted caller calls.
    Scripted(Box<CallAgent>),
}

impl Timer {
    /// The call it is about, if it is about one.
    const fn call(&self) -> Option<&PhoneRef> {
        match self {
            Self::Answers(call)
            | Self::CallerGivesUp(call)
            | Self::Fails(call, _)
            | Self::Forget(call)
            | Self::HangsUp(call)
            | Self::Reached(call) => Some(call),
            Self::Grace(_) | Self::OutageOver | Self::Scripted(_) => None,
        }
    }
}

/// Timers in the order they fall due, those of one instant in the order they were set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    due: BTreeMap<(u64, u64), Timer>,
    count: u64,
}

impl Timers {
    pub(crate) fn set(&mut self, at: u64, timer: Timer) {
        self.count += 1;
        self.due.insert((at, self.count), timer);
    }

    pub(crate) fn drop_call(&mut self, call: &PhoneRef) {
        self.due.retain(|_, timer| timer.call() != Some(call));
    }

    pub(crate) fn drop_grace(&mut self, extension: &str) {
        self.due.retain(|_, timer| !matches!(timer, Timer::Grace(of) if of == extension));
    }

    pub(crate) fn drop_outage(&mut self) {
        self.due.retain(|_, timer| *timer != Timer::OutageOver);
    }

    /// The first timer due at or before `now`, with its own time.
    pub(crate) fn pop(&mut self, now: u64) -> Option<(u64, Timer)> {
        let first = self.due.first_entry()?;
        let at = first.key().0;
        (at <= now).then(|| (at, first.remove()))
    }

    pub(crate) fn next(&self) -> Option<u64> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }
}
