//! Whole-product scenarios that need no browser.
