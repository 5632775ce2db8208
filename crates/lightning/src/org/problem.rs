//! Why a record was not saved, in Salesforce's words and codes.

use serde_json::{Map, Value, json};

/// The status codes of the API, as far as saving a log meets them.
pub(super) mod code {
    pub(crate) const CROSS_REFERENCE: &str = "INVALID_CROSS_REFERENCE_KEY";
    pub(crate) const DELETED: &str = "ENTITY_IS_DELETED";
    pub(crate) const DUPLICATES: &str = "DUPLICATES_DETECTED";
    pub(crate) const EMAIL: &str = "INVALID_EMAIL_ADDRESS";
    pub(crate) const FIELD: &str = "INVALID_FIELD_FOR_INSERT_UPDATE";
    pub(crate) const MISSING: &str = "REQUIRED_FIELD_MISSING";
    pub(crate) const NO_FIELD: &str = "INVALID_FIELD";
    pub(crate) const PICKLIST: &str = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
    pub(crate) const RANGE: &str = "NUMBER_OUTSIDE_VALID_RANGE";
    pub(crate) const RULE: &str = "FIELD_CUSTOM_VALIDATION_EXCEPTION";
    pub(crate) const TOO_LONG: &str = "STRING_TOO_LONG";
    pub(crate) const TYPE: &str = "INVALID_TYPE_ON_FIELD_IN_RECORD";
    pub(crate) const UNKNOWN: &str = "UNKNOWN_EXCEPTION";
    pub(crate) const UNSUPPORTED: &str = "INVALID_TYPE";
}

/// Why a record was not saved.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{message}{}", self.where_())]
pub struct SaveProblem {
    /// The API's status code, such as `FIELD_CUSTOM_VALIDATION_EXCEPTION`.
    pub code: &'static str,
    /// The field at fault, if it is one.
    pub field: Option<String>,
    /// What is wrong with it.
    pub message: String,
}

impl SaveProblem {
    pub(crate) fn at(field: &str, message: impl Into<String>) -> Self {
        Self { code: code::UNKNOWN, field: Some(field.into()), message: message.into() }
    }

    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { code: code::UNKNOWN, field: None, message: message.into() }
    }

    pub(crate) const fn coded(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    fn where_(&self) -> String {
        self.field.as_ref().map(|field| format!(": [{field}]")).unwrap_or_default()
    }

    /// The problems as the pages of an org know them: one entry with the fields at fault apart from what concerns the whole record.
    pub(crate) fn by_field(problems: &[Self]) -> Value {
        let mut fields: Map<String, Value> = Map::new();
        let mut page = Vec::new();
        for problem in problems {
            let said = json!({ "statusCode": problem.code, "message": problem.message });
            match &problem.field {
                Some(field) => match fields.get_mut(field).and_then(Value::as_array_mut) {
                    Some(list) => list.push(said),
                    None => {
                        fields.insert(field.clone(), json!([said]));
                    }
                },
                None => page.push(said),
            }
        }
        json!({ "message": "An error occurred while trying to update the record. Please try again.", "fieldErrors": fields, "pageErrors": page })
    }
}
