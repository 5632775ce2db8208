//! The npm module: the softphone without a panel.
