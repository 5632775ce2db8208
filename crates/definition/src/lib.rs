//! Call center definition files: model, check, convert, and the settings in them.
//!
//! Without the feature `xml` there is everything but reading files: what the softphone ships reads only [`Flat`] settings.

mod flat;
mod model;
#[cfg(feature = "xml")]
mod parse;
mod rules;
mod severity;
mod write;

pub use flat::Flat;
pub use model::{DIALING, Definition, GENERAL, Item, NoSuchItem, Section};
#[cfg(feature = "xml")]
pub use parse::{Document, ParseError, parse};
pub use rules::{Finding, Rule};
pub use severity::Severity;
pub use write::{write, write_with_note};
