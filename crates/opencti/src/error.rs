//! What Salesforce answers when it refuses.

use crate::{Fields, Plain};

/// The error codes the guide documents, and room for the rest.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorCode {
    /// `GENERIC_ERROR`: anything without a code of its own; `saveLog` puts its reasons into the details.
    Generic,
    /// `INVALID_PARAM`: an argument has the wrong type or value.
    InvalidParam,
    /// `SERVER_ERROR`: the server had a problem, or `runApex` did not find the class.
    Server,
    /// `SOFTPHONE_CONTAINER_ERROR`: asked before the utility bar was ready; asking again later helps.
    SoftphoneContainer,
    /// A code no guide names.
    Unknown(String),
}

impl ErrorCode {
    /// The code as Salesforce writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Generic => "GENERIC_ERROR",
            Self::InvalidParam => "INVALID_PARAM",
            Self::Server => "SERVER_ERROR",
            Self::SoftphoneContainer => "SOFTPHONE_CONTAINER_ERROR",
            Self::Unknown(code) => code,
        }
    }
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        match code {
            "GENERIC_ERROR" => Self::Generic,
            "INVALID_PARAM" => Self::InvalidParam,
            "SERVER_ERROR" => Self::Server,
            "SOFTPHONE_CONTAINER_ERROR" => Self::SoftphoneContainer,
            other => Self::Unknown(other.into()),
        }
    }
}

/// One entry of a reply's `errors`.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct CtiError {
    /// What kind of error.
    pub code: ErrorCode,
    /// Salesforce's sentence.
    pub description: String,
    /// The messages of a refused `saveLog`: a validation rule, a missing field, no access. Empty for everything else.
    pub details: Vec<String>,
}

impl CtiError {
    /// An error without details.
    #[must_use]
    pub fn new(code: ErrorCode, description: &str) -> Self {
        Self { code, description: description.into(), details: Vec::new() }
    }

    /// The documented `GENERIC_ERROR`.
    #[must_use]
    pub fn generic() -> Self {
        Self::new(ErrorCode::Generic, "An error occurred while calling the API method.")
    }

    /// The documented `SERVER_ERROR`.
    #[must_use]
    pub fn server() -> Self {
        Self::new(ErrorCode::Server, "A problem was encountered on the server.")
    }

    /// The documented `SERVER_ERROR` of `runApex`.
    #[must_use]
    pub fn no_apex_class(class: &str) -> Self {
        Self::new(ErrorCode::Server, &format!("Could not load Apex class: {class}."))
    }

    /// The documented `SOFTPHONE_CONTAINER_ERROR`.
    #[must_use]
    pub fn container() -> Self {
        Self::new(
            ErrorCode::SoftphoneContainer,
            "Unable to execute sendPostMessage because the softphone container hasn\u{2019}t initialized yet.",
        )
    }

    /// The documented `INVALID_PARAM`; `expected` is "numeric", "string", "boolean" and the like.
    #[must_use]
    pub fn invalid_param(name: &str, expected: &str, found: Option<&Plain>) -> Self {
        let found = found.map_or_else(|| "undefined".into(), Plain::printed);
        let article = if expected.starts_with(['a', 'e', 'i', 'o', 'u']) { "An" } else { "A" };
        Self::new(
            ErrorCode::InvalidParam,
            &format!(
                "An invalid value was passed to the parameter {name}. {article} {expected} value was expected, but {found} was found instead."
            ),
        )
    }

    /// The documented refusal of `saveLog`, with a message for each reason.
    #[must_use]
    pub fn save_log(details: Vec<String>) -> Self {
        let description = "An error occurred while calling the saveLog() API method. Review the Details field in the error section.";
        Self { details, ..Self::new(ErrorCode::Generic, description) }
    }

    /// The entry as it travels; no details, no key.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        let details: Vec<Plain> = self.details.iter().map(|message| Fields::new().with("message", message.as_str()).into()).collect();
        Fields::new()
            .with("code", self.code.as_str())
            .with("description", self.description.as_str())
            .with_some("details", (!details.is_empty()).then_some(details))
            .into()
    }

    /// Reads an entry. Never fails: an error that cannot be read must not look like success.
    #[must_use]
    pub fn from_plain(entry: &Plain) -> Self {
        let Some(fields) = entry.record() else {
            return Self::new(ErrorCode::Unknown(String::new()), &entry.printed());
        };
        let details = match fields.get("details") {
            Some(Plain::List(list)) => list.iter().flat_map(details).collect(),
            Some(Plain::Null) | None => Vec::new(),
            Some(other) => details(other),
        };
        Self {
            code: ErrorCode::from(fields.text("code").unwrap_or_default()),
            description: fields.text("description").unwrap_or_default().into(),
            details,
        }
    }
}

/// The messages of one entry of the details. What the keys besides `message` are is not documented; an entry that names the fields at fault, as
/// the org's own pages are told of them, is read with each field behind its message.
fn details(entry: &Plain) -> Vec<String> {
    let Some(fields) = entry.record() else { return vec![entry.printed()] };
    let mut said = Vec::new();
    for (field, problems) in fields.record("fieldErrors").into_iter().flat_map(Fields::iter) {
        said.extend(messages(problems).map(|message| format!("{message}: [{field}]")));
    }
    said.extend(fields.get("pageErrors").into_iter().flat_map(messages).map(Into::into));
    if said.is_empty() {
        said.push(fields.text("message").map_or_else(|| entry.printed(), Into::into));
    }
    said
}

/// The messages in a list of problems.
fn messages(problems: &Plain) -> impl Iterator<Item = &str> {
    problems.list().unwrap_or_default().iter().filter_map(|problem| problem.record()?.text("message"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_argument_is_worded_as_the_guide_words_it() {
        let missing = CtiError::invalid_param("heightPX", "numeric", None);
        assert_eq!(
            missing.description,
            "An invalid value was passed to the parameter heightPX. A numeric value was expected, but undefined was found instead."
        );
    }

    #[test]
    fn an_error_survives_the_way_there_and_back_with_its_details() {
        for error in [
            CtiError::save_log(vec!["Required fields are missing: [Status]".into()]),
            CtiError::container(),
            CtiError::no_apex_class("Missing"),
            CtiError::new(ErrorCode::Unknown("NEW_ERROR".into()), "not in any guide"),
        ] {
            assert_eq!(CtiError::from_plain(&error.to_plain()), error);
        }
    }

    #[test]
    fn details_that_name_fields_apart_are_read_with_the_field_behind_each_message() {
        let problem = |message: &str| Plain::from(Fields::new().with("statusCode", "X").with("message", message));
        let entry = Fields::new()
            .with("message", "An error occurred while trying to update the record.")
            .with("fieldErrors", Fields::new().with("Status", vec![problem("Choose one"), problem("Required")]))
            .with("pageErrors", vec![problem("Not today")]);
        let error = Fields::new().with("code", "GENERIC_ERROR").with("description", "").with("details", vec![Plain::from(entry)]);
        let read = CtiError::from_plain(&error.into()).details;
        assert_eq!(read, ["Choose one: [Status]", "Required: [Status]", "Not today"]);
    }

    #[test]
    fn an_unreadable_error_is_still_an_error() {
        let error = CtiError::from_plain(&Plain::from("broken"));
        assert_eq!((error.code, error.description.as_str()), (ErrorCode::Unknown(String::new()), "broken"));
    }
}
