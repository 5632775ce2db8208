//! What the switch waits for.

use std::collections::BTreeMap;

use hookswitch_core::{Cause, PhoneRef, PhoneReport};

use crate::{CallAgent, Client, PartyAct, leg::LegId};

/// One thing that will happen. When due it is checked again: what it was about may have ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Timer {
    /// The agent of this extension is told something about a call that is over.
    After(String, Box<PhoneReport>),
    /// Somebody outside does something in a call.
    Acts(LegId, PartyAct),
    /// The number outside answers.
    Answers(LegId),
    /// The caller has waited long enough.
    CallerGivesUp(LegId),
    /// A late report arrives.
    Deliver(Client, Box<PhoneReport>),
    /// Whoever was called does not come to the call.
    Fails(LegId, Cause),
    /// An ended call has been shown long enough.
    Forget(PhoneRef),
    /// The extension's last page has been away long enough.
    Grace(String),
    /// The queue has rung at this agent long enough.
    OfferOver(LegId),
    /// The outage is over.
    OutageOver,
    /// The queue asks all agents anew.
    QueueAgain(PhoneRef),
    /// The dialed number begins to ring.
    Reached(LegId),
    /// A scripted caller calls.
    Scripted(Box<CallAgent>),
    /// Voicemail answers in the place of the number outside.
    Voicemail(LegId),
}

impl Timer {
    /// The end of a call it is about, if it is about one.
    const fn leg(&self) -> Option<LegId> {
        match self {
            Self::Acts(leg, _)
            | Self::Answers(leg)
            | Self::CallerGivesUp(leg)
            | Self::Fails(leg, _)
            | Self::OfferOver(leg)
            | Self::Reached(leg)
            | Self::Voicemail(leg) => Some(*leg),
            Self::After(..)
            | Self::Deliver(..)
            | Self::Forget(_)
            | Self::Grace(_)
            | Self::OutageOver
            | Self::QueueAgain(_)
            | Self::Scripted(_) => None,
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

    pub(crate) fn drop_leg(&mut self, leg: LegId) {
        self.due.retain(|_, timer| timer.leg() != Some(leg));
    }

    /// Whoever waits has no reason to give up any more.
    pub(crate) fn drop_patience(&mut self, leg: LegId) {
        self.due.retain(|_, timer| *timer != Timer::CallerGivesUp(leg));
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
