//! The utility bar: the softphone's button and its panel.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::CallCenter;

/// Heights a panel may have, in pixels.
pub const HEIGHTS: RangeInclusive<u32> = 240..=2560;
/// Widths a panel may have, in pixels.
pub const WIDTHS: RangeInclusive<u32> = 200..=1920;

/// The softphone's button in the utility bar, and its panel.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UtilityBar {
    /// Whether the panel is open rather than minimised.
    pub open: bool,
    /// The panel's height in pixels.
    pub height: u32,
    /// The panel's width in pixels.
    pub width: u32,
    /// The text of the button.
    pub item_label: String,
    /// The utility icon of the button.
    pub item_icon: String,
    /// The text of the panel's header.
    pub panel_label: String,
    /// The utility icon of the panel's header.
    pub panel_icon: String,
}

impl UtilityBar {
    /// A minimised panel in the size the call center names; a size that is missing or out of range becomes a usual one.
    #[must_use]
    pub fn new(center: Option<&CallCenter>) -> Self {
        let size = |item, range: &RangeInclusive<u32>, usual| {
            let named = center.and_then(|center| center.general(item)).and_then(|text| text.parse().ok());
            named.filter(|pixels| range.contains(pixels)).unwrap_or(usual)
        };
        Self {
            open: false,
            height: size("reqSoftphoneHeight", &HEIGHTS, 480),
            width: size("reqSoftphoneWidth", &WIDTHS, 340),
            item_label: "Phone".into(),
            item_icon: "call".into(),
            panel_label: "Phone".into(),
            panel_icon: "call".into(),
        }
    }
}
