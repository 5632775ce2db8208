//! Salesforce keeps softphone layouts for a while: a change is seen late.

use serde::{Deserialize, Serialize};

use super::{Id, Org, SoftphoneLayout};

/// For how long a page goes on with the layout it has seen.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutCache {
    /// Minutes; none: every change is seen at once. How long Salesforce keeps one is not documented, only that it does.
    pub minutes: u32,
    /// Raised when an admin resets the layouts, which ends the waiting for everybody.
    pub resets: u32,
}

/// The layout a page has seen, and when; none if the profile had none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptLayout {
    at: u64,
    resets: u32,
    user: Id,
    layout: Option<SoftphoneLayout>,
}

impl Org {
    /// How long layouts are kept.
    #[must_use]
    pub const fn layout_cache(&self) -> LayoutCache {
        self.layout_cache
    }

    /// Keeps layouts for so many minutes; 0: not at all.
    pub fn set_layout_cache(&mut self, minutes: u32) {
        self.layout_cache.minutes = minutes;
        self.touch();
    }

    /// Saves every layout again as it is, so that all pages see it as it is: what admins do when changes are not picked up.
    pub fn reset_layouts(&mut self) {
        self.layout_cache.resets += 1;
        self.touch();
    }

    /// The layout of a user as a page sees it that has seen one before.
    pub(crate) fn layout_seen(&self, user: &Id, kept: &mut Option<KeptLayout>, now: u64) -> Option<SoftphoneLayout> {
        let LayoutCache { minutes, resets } = self.layout_cache;
        let fresh = |kept: &&mut KeptLayout| {
            kept.resets == resets && kept.user == *user && now < kept.at.saturating_add(u64::from(minutes) * 60_000)
        };
        if let Some(kept) = kept.as_mut().filter(fresh) {
            return kept.layout.clone();
        }
        let layout = self.layout_of_user(user).cloned();
        *kept = Some(KeptLayout { at: now, resets, user: user.clone(), layout: layout.clone() });
        layout
    }
}
