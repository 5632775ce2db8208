//! The content of a log, and where in it the record is named.

use serde::{Deserialize, Serialize};

use crate::{CallKind, Private};

/// A log's content, every field final in meaning, ready for a Task or the object the settings name.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogFields {
    /// At most 255 characters.
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::subject"))]
    pub subject: Private,
    /// `In Progress` or `Completed`.
    pub completed: bool,
    /// The day the call began, the agent's time, `YYYY-MM-DD`.
    pub date: String,
    /// The call type.
    pub kind: Option<CallKind>,
    /// Seconds from answer to end; 0 if never answered; none while it goes on.
    pub duration_s: Option<u32>,
    /// How it went.
    pub disposition: Option<String>,
    /// The agent's notes.
    pub notes: Private,
    /// Contact or lead.
    pub who: Option<String>,
    /// Any other record; none with a lead.
    pub what: Option<String>,
    /// Object of the log, by its API name; `Task` unless the settings say otherwise.
    pub object: String,
    /// Record type of the log; none: the user's default.
    pub record_type: Option<String>,
    /// More fields by the settings: API name and value; see [`Self::custom_values`].
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::fields"))]
    pub custom: Vec<(String, Private)>,
    /// Those of them that are numbers, by API name.
    pub numbers: Vec<String>,
    /// Those of them that are ids of records, by API name.
    pub ids: Vec<String>,
    /// Fields to leave out, by API name: the CRM refused them.
    pub without: Vec<String>,
}

impl LogFields {
    /// The settings' own fields with what the CRM is to be given: a field for numbers takes no text, and one for a record no empty text.
    pub fn custom_values(&self) -> impl Iterator<Item = (&str, LogValue<'_>)> {
        self.custom.iter().map(|(name, value)| {
            let value = match value.reveal() {
                text if self.numbers.contains(name) => number(text).map_or(LogValue::Empty, LogValue::Number),
                "" if self.ids.contains(name) => LogValue::Empty,
                text => LogValue::Text(text),
            };
            (name.as_str(), value)
        })
    }
}

/// What a field of a log is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LogValue<'a> {
    /// Nothing, which in a field for numbers or records is not an empty text: a new log goes without the field, in another it is emptied.
    Empty,
    /// A number.
    Number(f64),
    /// Text.
    Text(&'a str),
}

/// Seconds, or a score with two decimals. The standard library's own reading of numbers with a point is large.
fn number(text: &str) -> Option<f64> {
    let whole = |text: &str| text.parse::<u32>().ok();
    Some(match text.split_once('.') {
        Some((points, hundredths)) => f64::from(whole(points)?.checked_mul(100)?.checked_add(whole(hundredths)?)?) / 100.0,
        None => f64::from(whole(text)?),
    })
}

/// Where a log says which record it belongs to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum LogPlace {
    /// In fields of the settings.
    Fields,
    /// Nowhere: its object is not Task, and no field of the settings names a record.
    Nowhere,
    /// In a Task's fields for a person and for everything else.
    Task,
}

impl LogPlace {
    /// Of a log on this object, by whether a field of the settings names a record.
    pub(crate) fn of(object: &str, named: impl FnOnce() -> bool) -> Self {
        match object {
            "" | "Task" => Self::Task,
            _ if named() => Self::Fields,
            _ => Self::Nowhere,
        }
    }
}
