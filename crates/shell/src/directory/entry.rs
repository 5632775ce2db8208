//! One somebody to call, as an object of JavaScript's and as ours.

use hookswitch_core::Private;
use js_sys::Object;
use wasm_bindgen::JsValue;

use crate::{
    config::object,
    read::{Malformed, Reader},
};

/// Somebody to call.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Entry {
    /// What kind.
    pub kind: EntryKind,
    /// The record's id; empty for a number without one.
    pub id: String,
    /// The name; may be empty.
    pub name: Private,
    /// The number as it is written; never empty.
    pub number: Private,
    /// What tells two of the same name apart: department, company, description. May be empty.
    pub detail: Private,
}

/// Kinds of entry.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A contact.
    Contact,
    /// A directory number of the call center, or of all.
    Number,
    /// A number somebody called or was called from.
    #[default]
    Other,
    /// A colleague.
    User,
}

/// A number of one of the last calls.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recent {
    /// Who.
    pub entry: Entry,
    /// What became of the call.
    pub how: How,
    /// When it ended, wall-clock milliseconds.
    pub at: u64,
}

/// What became of a recent call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum How {
    /// It came in, and somebody took it or turned it away.
    In,
    /// It came in and nobody took it.
    Missed,
    /// The agent called.
    Out,
}

impl EntryKind {
    /// The kinds by their words.
    pub(crate) const WORDS: [(&str, Self); 4] =
        [("contact", Self::Contact), ("number", Self::Number), ("other", Self::Other), ("user", Self::User)];

    /// Its word, as JavaScript has it.
    #[must_use]
    pub fn word(self) -> &'static str {
        word(&Self::WORDS, self)
    }
}

impl How {
    pub(crate) const WORDS: [(&str, Self); 3] = [("in", Self::In), ("missed", Self::Missed), ("out", Self::Out)];

    /// Its word, as JavaScript has it.
    #[must_use]
    pub fn word(self) -> &'static str {
        word(&Self::WORDS, self)
    }
}

fn word<T: PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| *word)
}

impl Entry {
    /// Reads one, as the Apex class writes it: the number stands in `phone`, and may be missing.
    pub(crate) fn read(value: &JsValue) -> Result<Self, Malformed> {
        let reader = Reader::new(value, "entry")?;
        Ok(Self {
            kind: reader.word("kind", &EntryKind::WORDS)?,
            id: reader.text_or_empty("id")?,
            name: reader.text_or_empty("name")?.into(),
            number: reader.text_or_empty("phone")?.trim().into(),
            detail: reader.text_or_empty("detail")?.into(),
        })
    }

    /// The same the other way.
    pub(crate) fn write(&self) -> Object {
        let fields = [
            ("kind", self.kind.word()),
            ("id", &self.id),
            ("name", self.name.reveal()),
            ("phone", self.number.reveal()),
            ("detail", self.detail.reveal()),
        ];
        object(fields.into_iter())
    }
}

impl Recent {
    pub(crate) fn read(value: &JsValue) -> Result<Self, Malformed> {
        let reader = Reader::new(value, "recent")?;
        Ok(Self { entry: Entry::read(value)?, how: reader.word("how", &How::WORDS)?, at: reader.whole("at")? })
    }

    pub(crate) fn write(&self) -> Object {
        let recent = self.entry.write();
        // Neither can fail on a plain object made here.
        let _ = js_sys::Reflect::set(&recent, &"how".into(), &self.how.word().into());
        let _ = js_sys::Reflect::set(&recent, &"at".into(), &(self.at as f64).into());
        recent
    }
}
