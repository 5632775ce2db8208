//! Call center definition files: model, check, compare, convert, and the settings in them.
//!
//! Without the feature `xml` there is everything but reading files: what the softphone ships reads only [`Flat`] settings.

pub mod catalogue;
mod changes;
mod check;
mod convert;
mod flat;
mod general;
mod model;
#[cfg(feature = "xml")]
mod parse;
mod rules;
mod settings;
mod severity;
mod write;

pub use catalogue::shipped;
pub use changes::{Change, ChangeKind, changes};
#[cfg(feature = "xml")]
pub use check::check;
pub use check::check_model;
use convert::open_cti_json;
pub use convert::{ConvertError, Metadata, convert};
pub use flat::Flat;
pub use model::{DIALING, Definition, GENERAL, Item, NoSuchItem, Section};
#[cfg(feature = "xml")]
pub use parse::{Document, ParseError, parse};
pub use rules::{Finding, Rule};
pub use settings::{PROVIDER_SECTION, Reading, SIP_SECTION, SettingProblem, settings};
pub use severity::Severity;
pub use write::{write, write_with_note};
