//! Lines the agent freed by force, or for want of an answer: the phone system may go on naming the calls, they do not come back.

use serde::{Deserialize, Serialize};

use crate::{CallId, Direction, PhoneCall, PhoneRef, Private};

use super::{
    Softphone,
    call::Call,
    patience,
    sync::{SLACK, SLEPT},
};

/// A call that was freed by force.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Freed {
    /// None: dialed here, and the phone system's name for it never came.
    pub(super) name: Option<PhoneRef>,
    /// Without a name: what tells it from others.
    pub(super) dialed: Option<Dialed>,
    /// When it was freed, wall-clock milliseconds.
    pub(super) at: u64,
}

/// A call that was dialed and never named.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Dialed {
    pub(super) call: CallId,
    /// Whom, as it is known here.
    pub(super) party: Private,
    /// The same as the phone system got it.
    pub(super) to: Private,
    /// Wall-clock milliseconds.
    pub(super) began: u64,
}

/// Freed calls remembered.
const MOST_FREED: usize = 16;

impl Softphone {
    /// The phone system may go on naming the call: it does not come back, and its end is asked for again.
    pub(super) fn free_for_good(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.is_live()) else { return };
        let (name, core, at) = (call.phone_ref.clone(), &call.core, self.now.wall);
        // What was never asked for is nowhere.
        let dialed = call.is_nameless_dial().then(|| Dialed {
            call: id,
            party: core.party.number.clone(),
            to: core.dialed.clone(),
            began: core.began.wall,
        });
        if name.is_some() || dialed.is_some() {
            self.remember_freed(Freed { name, dialed, at });
        }
    }

    /// It had no name when it was freed; now it has one.
    #[inline(never)]
    pub(super) fn freed_is_named(&mut self, id: CallId, name: PhoneRef) {
        self.freed.retain(|freed| freed.dialed.as_ref().is_none_or(|dialed| dialed.call != id));
        self.remember_freed(Freed { name: Some(name), dialed: None, at: self.now.wall });
    }

    fn remember_freed(&mut self, freed: Freed) {
        self.freed.push_back(freed);
        if self.freed.len() > MOST_FREED {
            self.freed.pop_front();
        }
    }

    /// The agent freed this call by force. One that began later has only got the name of it.
    pub(super) fn is_freed(&mut self, entry: &PhoneCall) -> bool {
        let now = self.now.wall;
        let later = |at: u64| entry.age_ms > 0 && now.saturating_sub(entry.age_ms) > at;
        self.freed.retain(|freed| freed.name.as_ref() != Some(&entry.call) || !later(freed.at));
        self.freed.iter().any(|freed| freed.name.as_ref() == Some(&entry.call)) || self.is_freed_unnamed(entry)
    }

    /// It was dialed, freed by force, and its name never came. From now on it has one.
    fn is_freed_unnamed(&mut self, entry: &PhoneCall) -> bool {
        let named = |call: &Call| call.phone_ref.as_ref() == Some(&entry.call);
        if entry.direction != Direction::Out || self.calls.values().chain(self.lost.iter().map(|lost| &lost.call)).any(named) {
            return false;
        }
        let (now, number) = (self.now.wall, &entry.party.number);
        let began = (entry.age_ms > 0).then(|| now.saturating_sub(entry.age_ms));
        // Dialed once more: who is not older is that one.
        let another = self.live().find(|call| call.is_nameless_dial() && call.core.is_to(number)).map(|call| call.core.began.wall);
        if another.is_some_and(|another| began.is_none_or(|began| began >= another)) {
            return false;
        }
        let is_it = |freed: &&mut Freed| {
            let Some(dialed) = freed.dialed.as_ref().filter(|dialed| dialed.is_to(number)) else { return false };
            match began {
                Some(began) => began + SLACK >= dialed.began && began <= freed.at + SLEPT,
                None => now <= freed.at + patience::INITIATED,
            }
        };
        let Some(freed) = self.freed.iter_mut().find(is_it) else { return false };
        (freed.name, freed.dialed) = (Some(entry.call.clone()), None);
        true
    }
}

impl Dialed {
    fn is_to(&self, number: &Private) -> bool {
        self.party == *number || (!self.to.is_empty() && self.to == *number)
    }
}

impl Call {
    /// The phone system was asked for it, and has not said yet how it names it.
    pub(super) fn is_nameless_dial(&self) -> bool {
        self.phone_ref.is_none() && self.is_unanswered_outbound() && !self.doing.is_some_and(|doing| doing.waits)
    }
}
