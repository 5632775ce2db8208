//! Which of several calls is shown in full.

use std::{cell::Cell, rc::Rc};

use hookswitch_core::CallId;

use crate::{
    dom::page,
    model::Desk,
    parts::{ringing, speaking, writing},
};

/// The call shown in full; the others are one line each. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Opened(Rc<Inner>);

#[derive(Default)]
struct Inner {
    ringing: Cell<Option<CallId>>,
    shown: Cell<Option<CallId>>,
    speaking: Cell<Option<CallId>>,
}

impl Opened {
    /// One that follows the calls: it goes with the agent's voice, else to a call that begins to ring, and away from nothing that is
    /// being written.
    pub(crate) fn following(desk: &Desk) -> Self {
        let opened = Self::default();
        let follows = opened.clone();
        desk.watch(Rc::new(move |desk| follows.follow(desk)));
        opened
    }

    /// Whether this one is shown in full.
    pub(crate) fn is(&self, id: CallId) -> bool {
        self.0.shown.get() == Some(id)
    }

    /// Shows this one, since the agent wants to see it.
    pub(crate) fn show(&self, desk: &Desk, id: CallId) {
        self.0.shown.set(Some(id));
        desk.changed();
    }

    fn follow(&self, desk: &Desk) {
        let snapshot = desk.snapshot();
        let calls = &snapshot.calls;
        let (speaking, ringing) = (speaking(calls).map(|call| call.id), ringing(calls).next().map(|call| call.id));
        let speaks_newly = self.0.speaking.replace(speaking) != speaking && speaking.is_some();
        let rings_newly = self.0.ringing.replace(ringing) != ringing && ringing.is_some();
        let stays = self.0.shown.get().filter(|id| calls.iter().any(|call| call.id == *id));
        let next = if speaks_newly {
            speaking
        } else if rings_newly && speaking.is_none() && !writing(&page()) {
            ringing
        } else {
            stays.or(speaking).or(ringing).or_else(|| calls.last().map(|call| call.id))
        };
        self.0.shown.set(next);
    }
}
