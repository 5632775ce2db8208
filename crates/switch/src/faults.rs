//! How a line can fail.

use hookswitch_core::RefusedReason;
use serde::{Deserialize, Serialize};

/// Faults of the line between the phone system and one agent. All off by default; missing fields on the wire are off.
///
/// What a new page is told about itself on its hello is never touched, so that it can begin at all.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LineFaults {
    /// What chance begins with: the same seed, the same faults.
    pub seed: u64,
    /// So many reports of a hundred never arrive.
    pub lost_percent: u8,
    /// So many arrive twice.
    pub doubled_percent: u8,
    /// All arrive so much later, in their order.
    pub late_ms: u64,
    /// So many wait half a second more, so that later ones overtake them.
    pub reordered_percent: u8,
    /// Commands of these types are refused: `hold`, `makeCall`, `transferCall` …
    pub refused: Vec<String>,
    /// With this reason; `notNow` unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefusedReason>,
    /// The phone system is dead: it takes commands, and neither does nor says anything.
    pub dead: bool,
}

impl LineFaults {
    /// Nothing fails.
    #[must_use]
    pub fn are_off(&self) -> bool {
        *self == Self::default()
    }
}

/// How long a report waits that is overtaken.
pub(crate) const OVERTAKEN_MS: u64 = 500;
