//! Text about a customer that must not reach a log.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A number, a name, a note or digits: shown to the agent, sent to Salesforce, never printed.
///
/// `Debug` gives only the length, and there is no `Display`, so that a careless `format!` does not compile or does not leak.
#[derive(Clone, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Private(String);

impl Private {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_private_text_shows_only_its_length() {
        assert_eq!(format!("{:?}", Private::from("+14155550100")), "<12 private>");
    }
}
