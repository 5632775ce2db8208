//! How this softphone and the phone system name the same calls: for the proof, which holds the one against the other.

use crate::{CallId, LogKey, PhoneRef, RequestId};

use super::{Softphone, Waiting};

/// One call, with everything it goes by.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// The softphone's own number for it.
    pub call: CallId,
    /// Its log's.
    pub key: LogKey,
    /// The phone system's name; none before it is told.
    pub name: Option<PhoneRef>,
    /// What the phone system was asked about it and has not answered.
    pub requests: Vec<RequestId>,
}

impl Softphone {
    /// The calls there are, wrap-up included, by all their names.
    #[must_use]
    pub fn known(&self) -> Vec<Known> {
        let waiting = |call: CallId| {
            self.waiting.iter().filter(move |(_, waiting)| match waiting {
                Waiting::Dial { call: id, .. } | Waiting::Minor { call: id, .. } => *id == call,
                Waiting::AgentState { .. }
                | Waiting::Cases { .. }
                | Waiting::Fields { .. }
                | Waiting::Pop { .. }
                | Waiting::Sync { .. } => false,
            })
        };
        let known = self.calls.values().map(|call| {
            let doing = call.doing.filter(|doing| !doing.waits && doing.request.0 != 0).map(|doing| doing.request);
            let requests = waiting(call.id).map(|(request, _)| *request).chain(doing).collect();
            Known { call: call.id, key: call.core.key, name: call.phone_ref.clone(), requests }
        });
        known.collect()
    }
}
