//! What several views are made of.

mod action;
mod announce;
mod focus;
mod icon;
mod meant;
mod pad;

pub(crate) use action::{Action, Face};
pub(crate) use announce::{announcements, named, stands, who};
pub(crate) use focus::{ANSWER_KEY, END_KEY, after, keep_focus, later, mind_the_focus, settle, shortcuts, writing};
pub(crate) use icon::{Icon, icon};
pub(crate) use meant::{ringing, speaking};
pub(crate) use pad::{is_digit, key_of, pad};
