//! How bad something is.

/// How bad a finding or a problem is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// It does not work: an import would fail, or there is no phone.
    Error,
    /// It works, though perhaps not as meant.
    Warning,
}

impl Severity {
    /// The word for it, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
