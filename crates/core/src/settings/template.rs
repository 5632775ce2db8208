//! Texts with slots, as in `{kind} call {number}`.

use serde::{Deserialize, Serialize};

/// A text with slots that a call fills.
///
/// ```
/// use hookswitch_core::settings::{Slot, Template};
///
/// let subject = Template::parse("{kind} call {number}")?;
/// let text = subject.fill(|slot| match slot {
///     Slot::Kind => "Inbound".into(),
///     _ => "+49 30 123456".into(),
/// });
/// assert_eq!(text, "Inbound call +49 30 123456");
/// # Ok::<(), hookswitch_core::settings::TemplateError>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Template {
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

impl Template {
    /// Read a template. A brace of the text itself is written twice: `{{`, `}}`.
    ///
    /// # Errors
    ///
    /// When a slot is unknown or a brace has no partner.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
                continue;
            }
            if brace == "}" {
                return Err(TemplateError::Brace);
            }
            let Some((name, after)) = rest.split_once('}') else { return Err(TemplateError::Brace) };
            let Some(slot) = Slot::from_name(name.trim()) else { return Err(TemplateError::Slot(name.into())) };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Slot(slot));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// The text with every slot filled.
    pub fn fill(&self, mut value: impl FnMut(Slot) -> String) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Slot(slot) => value(*slot),
                Part::Text(text) => text.clone(),
            })
            .collect()
    }

    /// The slot that is all there is: its value goes as what it is, and not as text.
    #[must_use]
    pub const fn only(&self) -> Option<Slot> {
        match self.parts.as_slice() {
            [Part::Slot(slot)] => Some(*slot),
            _ => None,
        }
    }

    /// Whether one of its slots names a record.
    #[must_use]
    pub fn names_record(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Slot(slot) if slot.is_record()))
    }
}

/// A part of a template.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Part {
    /// Filled from the call.
    Slot(Slot),
    /// Stands as it is.
    Text(String),
}

/// What a call can fill in.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Slot {
    /// The number the caller dialed.
    Called,
    /// The key of the call's log, as in `CallObject`.
    CallId,
    /// The day, in the agent's time zone.
    Date,
    /// The disposition.
    Disposition,
    /// Seconds from answer to hang-up.
    Duration,
    /// Seconds of talk, hold and wrap-up together.
    Handle,
    /// Seconds on hold.
    Hold,
    /// Inbound, Internal or Outbound.
    Kind,
    /// The other party's name.
    Name,
    /// The notes.
    Notes,
    /// The other party's number.
    Number,
    /// How good the line was: mean opinion score, as in `4.20`.
    Quality,
    /// The queue.
    Queue,
    /// The id of the record the log belongs to.
    Record,
    /// The recording's address.
    Recording,
    /// The time of day, in the agent's time zone.
    Time,
    /// The id a Task would have in `WhatId`.
    What,
    /// The id a Task would have in `WhoId`.
    Who,
    /// Seconds of wrap-up.
    WrapUp,
}

impl Slot {
    /// Every slot with its name, as written between braces.
    pub const NAMES: [(&'static str, Self); 19] = [
        ("called", Self::Called),
        ("callId", Self::CallId),
        ("date", Self::Date),
        ("disposition", Self::Disposition),
        ("duration", Self::Duration),
        ("handle", Self::Handle),
        ("hold", Self::Hold),
        ("kind", Self::Kind),
        ("name", Self::Name),
        ("notes", Self::Notes),
        ("number", Self::Number),
        ("quality", Self::Quality),
        ("queue", Self::Queue),
        ("record", Self::Record),
        ("recording", Self::Recording),
        ("time", Self::Time),
        ("what", Self::What),
        ("who", Self::Who),
        ("wrapUp", Self::WrapUp),
    ];

    /// Filled with a number.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Duration | Self::Handle | Self::Hold | Self::Quality | Self::WrapUp)
    }

    /// Filled with the id of a record, or with nothing.
    #[must_use]
    pub const fn is_record(self) -> bool {
        matches!(self, Self::Record | Self::What | Self::Who)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot)
    }
}

/// Why a text is no template.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A brace stands alone.
    #[error("it has a brace without its partner")]
    Brace,
    /// There is no such slot.
    #[error("it has the unknown placeholder {{{0}}}")]
    Slot(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_and_doubled_braces_stand_for_themselves() {
        let template = Template::parse("{{x}} { number } on {date}").unwrap();
        assert_eq!(template.fill(|slot| format!("<{slot:?}>")), "{x} <Number> on <Date>");
    }

    #[test]
    fn a_text_without_slots_is_itself() {
        assert_eq!(Template::parse("Call").unwrap().parts, [Part::Text("Call".into())]);
        assert_eq!(Template::parse("").unwrap().parts, []);
    }

    #[test]
    fn an_unknown_slot_and_a_lonely_brace_are_refused() {
        assert_eq!(Template::parse("{phone}"), Err(TemplateError::Slot("phone".into())));
        assert_eq!(Template::parse("{number"), Err(TemplateError::Brace));
        assert_eq!(Template::parse("number}"), Err(TemplateError::Brace));
    }

    #[test]
    fn every_slot_has_its_own_name() {
        for (name, slot) in Slot::NAMES {
            assert_eq!(Template::parse(&format!("{{{name}}}")).unwrap().parts, [Part::Slot(slot)]);
        }
    }
}
