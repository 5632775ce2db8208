//! The one place that runs a method of the Apex class named in the settings.
//!
//! Everything that needs Apex comes through here, so that all of it fails in the same few ways and says so in the same words. What the methods
//! take and answer is written in `definition/README.md`.

use std::pin::Pin;

use hookswitch_core::{CrmFailure, Private};
use hookswitch_opencti::{CtiError, Failure, Fields, Plain, passing};
use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::Port;

/// Why the class gave no answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum ApexFailure {
    /// Salesforce itself had a problem, which passes.
    #[error("Salesforce had a problem. Try again; if it lasts, an admin should look at Salesforce's status.")]
    Broken {
        /// Salesforce's words, which may hold a customer's data.
        words: Private,
    },
    /// The class threw, or has no such method.
    #[error("Salesforce's Apex class reported an error. Try again; if it lasts, an admin should look at its log.")]
    Failed {
        /// Salesforce's words, which may hold a customer's data.
        words: Private,
    },
    /// There is no class of that name, or the agent may not use it: Salesforce does not tell the two apart.
    #[error(
        "The Apex class in the settings is not in Salesforce, or you may not use it. An admin can deploy it and assign the permission set."
    )]
    NoClass,
    /// No answer in time.
    #[error("Salesforce's Apex class did not answer in time. Try again.")]
    NoReply,
    /// The settings name no class.
    #[error("This needs the Apex class, and the settings name none. An admin can deploy it and set “apexClass”.")]
    NotSet,
    /// It could not be asked at all: Salesforce cannot be reached.
    #[error("Salesforce cannot be reached just now. Try again when it can.")]
    NotSent,
    /// It answered something that is no JSON.
    #[error("Salesforce's Apex class answered something unexpected. An admin should deploy the class that came with this softphone.")]
    Unreadable,
}

impl ApexFailure {
    /// A stable word.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Broken { .. } | Self::Failed { .. } => "apex-failed",
            Self::NoClass => "apex-no-class",
            Self::NoReply => "apex-no-reply",
            Self::NotSent => "apex-not-sent",
            Self::NotSet => "apex-not-set",
            Self::Unreadable => "apex-unreadable",
        }
    }

    /// What to tell the agent, Salesforce's own words included.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Broken { words } | Self::Failed { words } if !words.is_empty() => [&self.to_string(), " (", words.reveal(), ")"].concat(),
            _ => self.to_string(),
        }
    }
}

/// For a request of the core that was carried out by Apex.
impl From<&ApexFailure> for CrmFailure {
    fn from(failure: &ApexFailure) -> Self {
        match failure {
            ApexFailure::NoReply => Self::NoReply,
            ApexFailure::NotSent => Self::NotSent,
            ApexFailure::Broken { words } | ApexFailure::Failed { words } => {
                Self::Refused { code: failure.code().to_owned(), detail: words.clone(), fields: Vec::new() }
            }
            _ => Self::Refused { code: failure.code().to_owned(), detail: failure.to_string().into(), fields: Vec::new() },
        }
    }
}

/// What a method answered, read by the browser.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<JsValue, ApexFailure>> + 'a>>;

impl Port {
    /// Use this class from now on; none: there is no Apex.
    #[inline(never)]
    pub(crate) fn set_apex(&self, class: Option<&str>) {
        self.apex_class.replace(class.map(str::to_owned));
    }

    /// Run a method as the agent. The parameters go as they are: they are encoded here, and bound there.
    ///
    /// Boxed, so that the module holds its state machine once, and not once per caller.
    pub(crate) fn apex(&self, method: &'static str, parameters: Fields) -> Answer<'_> {
        Box::pin(async move {
            let Some(class) = self.apex_class.borrow().clone() else { return Err(ApexFailure::NotSet) };
            let answer = self.client.run_apex(&class, method, &parameters).await;
            match &answer {
                // A slow class says nothing about Salesforce as a whole: others wait for that.
                Err(failure @ Failure::NoReply { .. }) => self.note(failure),
                answer => self.heard(answer),
            }
            let answer = answer.map_err(failed)?;
            // `JSON.serialize` makes a text; what is anything else was not made by our class.
            let Plain::Text(text) = answer else { return Err(ApexFailure::Unreadable) };
            JSON::parse(&text).map_err(|_| ApexFailure::Unreadable)
        })
    }
}

fn failed(failure: Failure) -> ApexFailure {
    match failure {
        Failure::Host { errors, .. } if errors.iter().any(is_no_class) => ApexFailure::NoClass,
        Failure::Host { errors, .. } => {
            let words: Vec<&str> = errors.iter().map(|error| error.description.as_str()).collect();
            let words = words.join(" ").into();
            if passing(&errors).is_some() { ApexFailure::Broken { words } } else { ApexFailure::Failed { words } }
        }
        Failure::NoReply { .. } => ApexFailure::NoReply,
        Failure::Unreadable { .. } => ApexFailure::Unreadable,
        _ => ApexFailure::NotSent,
    }
}

/// The documented words are all that tells a missing class from one that threw.
fn is_no_class(error: &CtiError) -> bool {
    error.description.starts_with("Could not load Apex class")
}
