//! A call and its two ends.

use hookswitch_core::{CallKind, Cause, ConnectionState, Direction, Party, PhoneCall, PhoneRef, Private};

use crate::{CallView, EndView};

/// Which end began the call, in [`Call::ends`].
pub(crate) const CALLER: usize = 0;
/// Which end was called.
pub(crate) const CALLED: usize = 1;

/// One end of a call.
#[derive(Clone, Debug)]
pub(crate) struct End {
    /// The agent's extension; none: somebody outside.
    pub(crate) extension: Option<String>,
    pub(crate) party: Party,
    pub(crate) state: ConnectionState,
    pub(crate) muted: bool,
    /// What this end sent.
    pub(crate) digits: String,
}

impl End {
    pub(crate) const fn new(extension: Option<String>, party: Party, state: ConnectionState) -> Self {
        Self { extension, party, state, muted: false, digits: String::new() }
    }

    fn view(&self) -> EndView {
        EndView {
            extension: self.extension.clone().unwrap_or_default(),
            number: self.party.number.clone(),
            name: self.party.name.clone(),
            state: self.state,
            muted: self.muted,
            digits: Private::new(self.digits.as_str()),
        }
    }
}

/// A call. More than two ends come with conferences; whoever asks for "the other end" is what changes then.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: PhoneRef,
    pub(crate) ends: [End; 2],
    pub(crate) kind: CallKind,
    pub(crate) called: Private,
    pub(crate) queue: String,
    pub(crate) record: String,
    pub(crate) owns_log: bool,
    pub(crate) began: u64,
    pub(crate) answered: Option<u64>,
    /// How long the party outside talks before hanging up.
    pub(crate) hangs_up_after_ms: Option<u64>,
    pub(crate) ended: Option<Cause>,
}

impl Call {
    /// The end that is `extension`'s, while the call lasts and reached that agent.
    pub(crate) fn end_of(&self, extension: &str) -> Option<usize> {
        if self.ended.is_some() {
            return None;
        }
        let place = self.ends.iter().position(|end| end.extension.as_deref() == Some(extension))?;
        let reached = !matches!(self.ends[place].state, ConnectionState::Null | ConnectionState::Queued);
        reached.then_some(place)
    }

    /// The end that is nobody's extension, while the call lasts.
    pub(crate) fn outside(&self) -> Option<usize> {
        if self.ended.is_some() {
            return None;
        }
        self.ends.iter().position(|end| end.extension.is_none())
    }

    /// The call as the agent at `place` is told it.
    pub(crate) fn told(&self, place: usize, now: u64) -> PhoneCall {
        let (own, far) = (&self.ends[place], &self.ends[1 - place]);
        PhoneCall {
            call: self.name.clone(),
            party: far.party.clone(),
            called: self.called.clone(),
            queue: self.queue.clone(),
            kind: self.kind,
            direction: if place == CALLER { Direction::Out } else { Direction::In },
            state: own.state,
            far_state: far.state,
            muted: own.muted,
            age_ms: now - self.began,
            answered_ms: self.answered.map(|at| now - at),
            record: self.record.clone(),
            parties: Vec::new(),
            recording: hookswitch_core::Recording::Off,
            consults: None,
        }
    }

    pub(crate) fn view(&self) -> CallView {
        CallView {
            call: self.name.clone(),
            kind: self.kind,
            from: self.ends[CALLER].view(),
            to: self.ends[CALLED].view(),
            called: self.called.clone(),
            queue: self.queue.clone(),
            record: self.record.clone(),
            answered: self.answered.is_some(),
            ended: self.ended,
        }
    }
}
