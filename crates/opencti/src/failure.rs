//! How a call or the script itself can fail, in the words of an admin or an agent.

use crate::CtiError;

/// Why a call to Open CTI has no result.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Salesforce answered with errors.
    #[error("Salesforce refused {method}: {}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Host {
        /// The method that was called.
        method: &'static str,
        /// What Salesforce said; never empty.
        errors: Vec<CtiError>,
    },
    /// The script is not there, or not yet.
    #[error(
        "Salesforce's script is not loaded, so {method} cannot be called. Reload the page; if that does not help, see the script's own message."
    )]
    NoApi {
        /// The method that was called.
        method: &'static str,
    },
    /// The script is there, but older than the method.
    #[error("Salesforce's script has no method {method}. Raise the API version in the call center's settings.")]
    NoMethod {
        /// The method that was called.
        method: &'static str,
    },
    /// No answer came in time. The call may still have had its effect; a later answer goes to the late hook.
    #[error("Salesforce did not answer {method} within {after_ms} ms")]
    NoReply {
        /// The method that was called.
        method: &'static str,
        /// How long the client waited.
        after_ms: u32,
    },
    /// The script itself threw; nothing was sent, or what was sent is not answered.
    #[error("Salesforce's script threw on {method}: {message}")]
    Thrown {
        /// The method that was called.
        method: &'static str,
        /// The error's name, `TypeError`; none if plain text was thrown.
        name: Option<String>,
        /// The error's message, or the text.
        message: String,
    },
    /// Salesforce reported success, but the answer lacks what it promises.
    #[error("Salesforce's answer to {method} cannot be read")]
    Unreadable {
        /// The method that was called.
        method: &'static str,
    },
}

impl Failure {
    /// A name for logs and tests that does not change with the wording.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Host { .. } => "cti-host",
            Self::NoApi { .. } => "cti-no-api",
            Self::NoMethod { .. } => "cti-no-method",
            Self::NoReply { .. } => "cti-no-reply",
            Self::Thrown { .. } => "cti-thrown",
            Self::Unreadable { .. } => "cti-unreadable",
        }
    }

    /// Whether the call certainly had no effect, so that making it again cannot do a thing twice.
    #[must_use]
    pub const fn is_without_effect(&self) -> bool {
        match self {
            // The host refuses before it acts; the script throws before it posts.
            Self::Host { .. } | Self::NoApi { .. } | Self::NoMethod { .. } | Self::Thrown { .. } => true,
            Self::NoReply { .. } | Self::Unreadable { .. } => false,
        }
    }
}

/// Why Salesforce's script does not run.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The browser could not load it: no such host or path, blocked by a policy or an extension, no network.
    #[error(
        "Salesforce's script could not be loaded from {url}. Check the API version in the call center's settings, the page's script-src policy and the network."
    )]
    Failed {
        /// Where it should have come from.
        url: String,
    },
    /// It ran, and left no API behind.
    #[error("What {url} serves is not Salesforce's script. Check the API version in the call center's settings.")]
    NoApi {
        /// Where it came from.
        url: String,
    },
    /// It threw. Its methods may exist, but no answer will come.
    #[error("Salesforce's script does not accept this page: {message}. Check the call center's adapter URL and reload the page.")]
    Threw {
        /// What it threw; the browser hides the text of a script from another site and says "Script error."
        message: String,
    },
    /// It is still loading. It may yet come.
    #[error(
        "Salesforce's script has not arrived from {url} after {after_ms} ms. Calls work; Salesforce's features switch on when it arrives."
    )]
    TooLate {
        /// Where it comes from.
        url: String,
        /// How long the page waited.
        after_ms: u32,
    },
}

impl LoadError {
    /// A name for logs and tests that does not change with the wording.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Failed { .. } => "script-failed",
            Self::NoApi { .. } => "script-no-api",
            Self::Threw { .. } => "script-threw",
            Self::TooLate { .. } => "script-too-late",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_method_and_every_error() {
        let failure = Failure::Host { method: "saveLog", errors: vec![CtiError::generic(), CtiError::server()] };
        assert_eq!(
            failure.to_string(),
            "Salesforce refused saveLog: GENERIC_ERROR: An error occurred while calling the API method.; SERVER_ERROR: A problem was encountered on the server."
        );
    }
}
