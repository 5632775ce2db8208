//! Text about a customer that must not reach a log.

use core::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// A number, a name, a note or digits: shown to the agent, sent to Salesforce, never printed.
///
/// `Debug` gives only the length, and there is no `Display`, so that a careless `format!` does not compile or does not leak.
#[derive(Clone, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
pub struct Private(String);

impl Private {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) const fn none() -> Self {
        Self(String::new())
    }

    /// The text itself, for showing or sending it on purpose.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} private>", self.0.chars().count())
    }
}

impl Serialize for Private {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "redact")]
        if let Some(masked) = redact::masked(&self.0) {
            return serializer.serialize_str(&masked);
        }
        serializer.serialize_str(&self.0)
    }
}

impl From<&str> for Private {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Private {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Writing private text through a mask. The mask is at the type, so that no field, old or new, can be forgotten.
#[cfg(feature = "redact")]
pub(crate) mod redact {
    use std::{cell::RefCell, rc::Rc};

    use serde::{Serialize, Serializer};

    /// What stands in for a private text, by where it stands.
    pub type Mask = Rc<dyn Fn(&str, &Place) -> String>;

    /// Where a private text stands, as far as that says how it was made.
    #[derive(Clone, Debug, Default, Eq, PartialEq)]
    #[non_exhaustive]
    pub enum Place {
        /// Anywhere: it is somebody's, whatever it looks like.
        #[default]
        Any,
        /// Among the digits sent in a call.
        Digits,
        /// In a log's field, by its API name: made by the settings' template for that field.
        Field(String),
        /// In one part of such a text, by its field and its place in the template.
        Part(String, usize),
    }

    thread_local! {
        static MASK: RefCell<Option<Mask>> = const { RefCell::new(None) };
        static PLACE: RefCell<Place> = const { RefCell::new(Place::Any) };
    }

    /// Puts the mask and the place before back, also when `body` panics.
    struct Before(Option<Mask>, Place);

    impl Drop for Before {
        fn drop(&mut self) {
            MASK.set(self.0.take());
            PLACE.set(std::mem::take(&mut self.1));
        }
    }

    /// While `body` runs, every [`super::Private`] that this thread writes with serde is written as `mask` gives it, and so are the
    /// private texts within stored bytes. Nothing else changes, and reading is as ever.
    pub fn redacted<T>(mask: Mask, body: impl FnOnce() -> T) -> T {
        let before = Before(MASK.replace(Some(mask)), PLACE.take());
        let result = body();
        drop(before);
        result
    }

    pub(super) fn masked(text: &str) -> Option<String> {
        let mask = MASK.with_borrow(Option::clone)?;
        Some(PLACE.with_borrow(|place| mask(text, place)))
    }

    /// Writes a text that is no secret at the desk, but may be somebody's name: a queue, which a phone system may name after a person.
    pub(crate) fn text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(masked(text).as_deref().unwrap_or(text))
    }

    /// Something that is written where the mask should know of it.
    struct At<F, T>(F, T);

    impl<F: Fn() -> Place, T: Serialize> Serialize for At<F, T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if MASK.with_borrow(Option::is_none) {
                return self.1.serialize(serializer);
            }
            let before = PLACE.replace(self.0());
            let result = self.1.serialize(serializer);
            PLACE.set(before);
            result
        }
    }

    /// Writes digits that were sent.
    pub(crate) fn digits<S: Serializer>(digits: &super::Private, serializer: S) -> Result<S::Ok, S::Error> {
        At(|| Place::Digits, digits).serialize(serializer)
    }

    /// Writes a log's subject.
    pub(crate) fn subject<S: Serializer>(subject: &super::Private, serializer: S) -> Result<S::Ok, S::Error> {
        At(|| Place::Field(crate::outbox::SUBJECT.into()), subject).serialize(serializer)
    }

    /// Writes a log's fields by name.
    pub(crate) fn fields<S: Serializer>(fields: &[(String, super::Private)], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(fields.iter().map(|(name, value)| (name, At(|| Place::Field(name.clone()), value))))
    }

    /// Writes the parts that such fields are put together from.
    pub(crate) fn parts<S: Serializer, T: Serialize>(fields: &[(String, Vec<T>)], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(fields.iter().map(|(name, parts)| (name, Parts(name, parts))))
    }

    /// One such field.
    struct Parts<'a, T>(&'a str, &'a [T]);

    impl<T: Serialize> Serialize for Parts<'_, T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let parts = self.1.iter().enumerate();
            serializer.collect_seq(parts.map(|(at, part)| At(move || Place::Part(self.0.into(), at), part)))
        }
    }

    /// Writes what a page left to the next: under a mask, what is private within is masked too.
    pub(crate) fn stored<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        if MASK.with_borrow(Option::is_some) {
            crate::softphone::rewritten(bytes).serialize(serializer)
        } else {
            bytes.serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_private_text_shows_only_its_length() {
        assert_eq!(format!("{:?}", Private::from("+14155550100")), "<12 private>");
    }

    #[cfg(feature = "redact")]
    #[test]
    fn under_a_mask_private_text_is_written_masked_and_only_there() {
        let text = Private::from("Ada");
        let mask: redact::Mask = std::rc::Rc::new(|text: &str, _: &_| "x".repeat(text.len()));
        assert_eq!(redact::redacted(mask, || serde_json::to_string(&text).unwrap()), "\"xxx\"");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"Ada\"");
    }

    #[cfg(feature = "redact")]
    #[test]
    fn the_mask_is_told_which_texts_were_made_by_a_template_and_for_which_field() {
        let fields =
            crate::LogFields { subject: "s".into(), notes: "n".into(), custom: vec![("Hold__c".into(), "3".into())], ..Default::default() };
        let mask: redact::Mask = std::rc::Rc::new(|text: &str, place: &_| format!("{text} {place:?}"));
        let masked = redact::redacted(mask, || serde_json::to_value((&fields, Private::from("a"))).unwrap());
        assert_eq!(masked[0]["subject"], r#"s Field("Subject")"#);
        assert_eq!(masked[0]["custom"], serde_json::json!([["Hold__c", r#"3 Field("Hold__c")"#]]));
        assert_eq!((&masked[0]["notes"], &masked[1]), (&"n Any".into(), &"a Any".into()));
    }
}
