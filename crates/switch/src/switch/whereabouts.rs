//! Where somebody outside is, without being an observer: for who plays thousands of them.

use hookswitch_core::{PartyRef, PhoneRef};

use super::Switch;

/// Where somebody outside is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Whereabouts {
    /// The call's name; commands about the call use it.
    pub call: PhoneRef,
    /// The name of their end.
    pub end: PartyRef,
    /// How many others are in the call or called to it; the queue, while they wait in it, counts as one.
    pub others: usize,
}

impl Switch {
    /// Where the person outside with this number is; none if in no call. The first, if several have it.
    #[must_use]
    pub fn whereabouts(&self, number: &str) -> Option<Whereabouts> {
        self.calls.iter().filter(|call| call.ended.is_none()).find_map(|call| {
            let leg = call.legs.iter().find(|leg| leg.extension.is_none() && leg.party.number.reveal() == number)?;
            let others = call.legs.len() - 1 + usize::from(call.line.is_some());
            Some(Whereabouts { call: call.name.clone(), end: leg.id.name(), others })
        })
    }
}
