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

    /// What stands in for a private text.
    pub type Mask = Rc<dyn Fn(&str) -> String>;

    thread_local! {
        static MASK: RefCell<Option<Mask>> = const { RefCell::new(None) };
    }

    /// Puts the mask before back, also when `body` panics.
    struct Before(Option<Mask>);

    impl Drop for Before {
        fn drop(&mut self) {
            MASK.set(self.0.take());
        }
    }

    /// While `body` runs, every [`super::Private`] that this thread writes with serde is written as `mask` gives it, and so are the
    /// private texts within stored bytes. Nothing else changes, and reading is as ever.
    pub fn redacted<T>(mask: Mask, body: impl FnOnce() -> T) -> T {
        let before = Before(MASK.replace(Some(mask)));
        let result = body();
        drop(before);
        result
    }

    pub(super) fn masked(text: &str) -> Option<String> {
        let mask = MASK.with_borrow(Option::clone)?;
        Some(mask(text))
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
        let mask: redact::Mask = std::rc::Rc::new(|text: &str| "x".repeat(text.len()));
        assert_eq!(redact::redacted(mask, || serde_json::to_string(&text).unwrap()), "\"xxx\"");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"Ada\"");
    }
}
