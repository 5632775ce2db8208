//! Logs of other agents are deleted when nobody comes back for them; before that they are told of while somebody can still do something.

use crate::ExpiringView;

use super::{Softphone, checkpoint::DAY_MS};

/// So many days before, or a quarter of the days they are kept for, if that is more.
const DAYS_BEFORE: u64 = 3;

impl Softphone {
    /// What is deleted next, if that is soon.
    #[inline(never)]
    pub(super) fn expiring(&self) -> Option<ExpiringView> {
        let kept = u64::from(self.settings.log.retention_days);
        let today = self.now.wall / DAY_MS;
        // Until it is known who is here, they may be this agent's own.
        let others = self.parked.iter().filter(|parked| !self.owner.is_empty() && parked.logs() > 0);
        let left = others.map(|parked| ((parked.day + kept + 1).saturating_sub(today), parked.logs()));
        let days = left.clone().map(|(days, _)| days).min().filter(|days| *days <= DAYS_BEFORE.max(kept / 4))?;
        Some(ExpiringView { count: left.filter(|(of, _)| *of == days).map(|(_, logs)| logs).sum(), days })
    }
}
