//! Apex: a table of classes and methods with what they answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Id, Org};

/// A method of an Apex class that a softphone may run.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApexMethod {
    /// The class.
    pub class: String,
    /// The method.
    pub method: String,
    /// What it does.
    pub answer: ApexAnswer,
}

/// What a simulated Apex method answers; records and objects come as JSON text, as `JSON.serialize` makes it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
#[non_exhaustive]
pub enum ApexAnswer {
    /// Its parameters, as an object of texts.
    Echo,
    /// An exception.
    Fails,
    /// The tasks whose call object is the parameter `key` and whose owner is the user, oldest first.
    FindLog,
    /// Always this.
    Returns(Value),
    /// The user: id, name, username, extension, e-mail.
    WhoAmI,
}

/// Why an Apex method gave no answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ApexProblem {
    /// There is no such class.
    NoClass,
    /// The class has no such method, or it threw.
    Failed,
}

impl Org {
    /// Adds a method, or replaces what it answers.
    pub fn set_apex(&mut self, class: &str, method: &str, answer: ApexAnswer) {
        self.apex.retain(|known| (known.class.as_str(), known.method.as_str()) != (class, method));
        self.apex.push(ApexMethod { class: class.into(), method: method.into(), answer });
        self.touch();
    }

    /// Takes all classes away, as in an edition without Apex.
    pub fn remove_apex(&mut self) {
        self.apex.clear();
        self.touch();
    }

    /// The methods there are.
    #[must_use]
    pub fn apex(&self) -> &[ApexMethod] {
        &self.apex
    }

    /// Runs a method as a user.
    pub(crate) fn run_apex(&self, user: &Id, class: &str, method: &str, parameters: &str) -> Result<Value, ApexProblem> {
        if !self.apex.iter().any(|known| known.class == class) {
            return Err(ApexProblem::NoClass);
        }
        let found = self.apex.iter().find(|known| known.class == class && known.method == method).ok_or(ApexProblem::Failed)?;
        let parameters = pairs(parameters);
        match &found.answer {
            ApexAnswer::Echo => Ok(json!(parameters).to_string().into()),
            ApexAnswer::Fails => Err(ApexProblem::Failed),
            ApexAnswer::FindLog => {
                let key = parameters.get("key").map(String::as_str).unwrap_or_default();
                let owned = self.tasks_of_call(key).filter(|task| task.reference("OwnerId").as_ref() == Some(user));
                Ok(json!(owned.map(|task| task.to_json()).collect::<Vec<_>>()).to_string().into())
            }
            ApexAnswer::Returns(value) => Ok(value.clone()),
            ApexAnswer::WhoAmI => {
                let record = self.record(user).ok_or(ApexProblem::Failed)?;
                let text = |field| record.text(field).unwrap_or_default();
                let user = json!({
                    "id": user.as_str(), "name": record.name(), "username": text("Username"), "email": text("Email"),
                    "extension": text("Extension"),
                });
                Ok(user.to_string().into())
            }
        }
    }
}

/// Reads `a=1&b=2`, percent-encoded or with plain blanks.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Undoes percent-encoding; what is no encoding stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_odd_percent_signs_kept() {
        let read = pairs("name=Ada%20%26%20Co&raw=(415) 555&odd=100%&empty=");
        let read: Vec<_> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(read, [("empty", ""), ("name", "Ada & Co"), ("odd", "100%"), ("raw", "(415) 555")]);
    }
}
