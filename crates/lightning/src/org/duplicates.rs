//! Duplicate rules: when a new record is too much like one that exists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ObjectType, Org, Record, SaveProblem, problem::code};

/// A rule by which two records of an object are taken for the same.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateRule {
    /// The object's API name.
    pub object: String,
    /// The fields that must all be alike, and none empty: texts but for case and blanks, numbers by their digits.
    pub fields: Vec<String>,
    /// Whether the agent may save all the same from the window for a new record. What comes from `saveLog` is refused either way.
    pub allow: bool,
}

impl Org {
    /// The duplicate rules.
    #[must_use]
    pub fn duplicate_rules(&self) -> &[DuplicateRule] {
        &self.duplicate_rules
    }

    /// Adds a duplicate rule for records made from now on.
    pub fn add_duplicate_rule(&mut self, rule: DuplicateRule) {
        self.duplicate_rules.push(rule);
        self.touch();
    }

    /// Takes a duplicate rule away, by its place in the list.
    pub fn remove_duplicate_rule(&mut self, place: usize) {
        if place < self.duplicate_rules.len() {
            self.duplicate_rules.remove(place);
            self.touch();
        }
    }

    /// The first rule a new record breaks; with `saved_anyway` only the rules that allow nothing count.
    pub(super) fn duplicate(&self, object: &ObjectType, fields: &BTreeMap<String, Value>, saved_anyway: bool) -> Option<SaveProblem> {
        let rules = self.duplicate_rules.iter().filter(|rule| rule.object == object.name && !(rule.allow && saved_anyway));
        rules.into_iter().find_map(|rule| {
            let same = |record: &&Record| {
                let alike =
                    |field: &String| fields.get(field).and_then(key).is_some_and(|own| record.fields.get(field).and_then(key) == Some(own));
                !rule.fields.is_empty() && rule.fields.iter().all(alike)
            };
            let twin = self.records(&object.name).find(same)?;
            let words = if rule.allow {
                "Use one of these records?"
            } else {
                "You're creating a duplicate record. We recommend you use an existing record instead."
            };
            Some(SaveProblem::new(format!("{words} {} ({})", twin.name(), twin.id)).coded(code::DUPLICATES))
        })
    }
}

/// A text without what may differ between two spellings; a text with digits only in it is a number.
fn key(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let number = text.chars().all(|letter| !letter.is_alphabetic()) && text.contains(|letter: char| letter.is_ascii_digit());
    let kept: String = text.chars().filter(|letter| if number { letter.is_ascii_digit() } else { !letter.is_whitespace() }).collect();
    (!kept.is_empty()).then(|| kept.to_lowercase())
}
