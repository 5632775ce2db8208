//! One value for each call type.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use crate::CallKind;

/// One value for each of the three call types.
///
/// ```
/// use hookswitch_core::{CallKind, settings::PerKind};
///
/// let seconds = PerKind { inbound: 60, internal: 0, outbound: 30 };
/// assert_eq!(seconds[CallKind::Outbound], 30);
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct PerKind<T> {
    /// For calls from outside.
    pub inbound: T,
    /// For calls between colleagues.
    pub internal: T,
    /// For calls to outside.
    pub outbound: T,
}

impl<T: Clone> PerKind<T> {
    /// The same value three times.
    pub fn all(value: T) -> Self {
        Self { inbound: value.clone(), internal: value.clone(), outbound: value }
    }
}

impl<T> Index<CallKind> for PerKind<T> {
    type Output = T;

    fn index(&self, kind: CallKind) -> &T {
        match kind {
            CallKind::Inbound => &self.inbound,
            CallKind::Internal => &self.internal,
            CallKind::Outbound => &self.outbound,
        }
    }
}

impl<T> IndexMut<CallKind> for PerKind<T> {
    fn index_mut(&mut self, kind: CallKind) -> &mut T {
        match kind {
            CallKind::Inbound => &mut self.inbound,
            CallKind::Internal => &mut self.internal,
            CallKind::Outbound => &mut self.outbound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_type_has_its_own_value() {
        let mut values = PerKind { inbound: 1, internal: 2, outbound: 3 };
        values[CallKind::Internal] = 20;
        assert_eq!([CallKind::Inbound, CallKind::Internal, CallKind::Outbound].map(|kind| values[kind]), [1, 20, 3]);
    }
}
