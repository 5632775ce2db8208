//! Record types: which kinds of an object's records there are, and which of them a profile may make.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Id, Org, Profile, SaveProblem, problem::code};

/// A kind of an object's records.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordType {
    /// Its id, which begins with 012.
    pub id: Id,
    /// The object's API name.
    pub object: String,
    /// API name.
    pub developer_name: String,
    /// What a page calls it.
    pub label: String,
}

impl Profile {
    /// Whether its users may make records of this type.
    #[must_use]
    pub fn may_make(&self, record_type: &Id) -> bool {
        !self.barred_record_types.contains(record_type)
    }
}

impl Org {
    /// The record types of an object, in the order they were made; an object may have none.
    pub fn record_types<'a>(&'a self, object: &'a str) -> impl Iterator<Item = &'a RecordType> {
        self.record_types.iter().filter(move |known| known.object == object)
    }

    /// The record type of this id.
    #[must_use]
    pub fn record_type(&self, id: &Id) -> Option<&RecordType> {
        self.record_types.iter().find(|known| known.id == *id)
    }

    /// Adds a record type that every profile may use and that is nobody's default yet.
    pub fn add_record_type(&mut self, object: &str, developer_name: &str, label: &str) -> Id {
        let id = self.next_id("012");
        let (object, developer_name, label) = (object.into(), developer_name.into(), label.into());
        self.record_types.push(RecordType { id: id.clone(), object, developer_name, label });
        self.touch();
        id
    }

    /// Lets a profile's users make records of a type, or no longer.
    pub fn set_record_type(&mut self, profile: &Id, record_type: &Id, available: bool) {
        if let Some(profile) = self.profile_mut(profile) {
            if available {
                profile.barred_record_types.remove(record_type);
            } else {
                profile.barred_record_types.insert(record_type.clone());
                profile.default_record_types.retain(|_, default| default != record_type);
            }
        }
        self.touch();
    }

    /// Sets what a profile's users make of an object when they name no type; none: records without one, as for a master record type.
    pub fn set_default_record_type(&mut self, profile: &Id, object: &str, record_type: Option<&Id>) {
        if let Some(profile) = self.profile_mut(profile) {
            match record_type {
                Some(record_type) => profile.default_record_types.insert(object.into(), record_type.clone()),
                None => profile.default_record_types.remove(object),
            };
        }
        self.touch();
    }

    /// The type of a new record of an object that names none.
    #[must_use]
    pub fn default_record_type(&self, user: &Id, object: &str) -> Option<&Id> {
        self.profile_of(user)?.default_record_types.get(object)
    }

    /// Takes the record type out of the values of a record to be saved, under any of the names guides have given it, and checks it.
    pub(super) fn taken_record_type(&self, object: &str, values: &mut Map<String, Value>, by: &Id) -> Result<Option<Id>, SaveProblem> {
        let named = ["RecordTypeId", "recordTypeId", "recordType"].map(|name| values.remove(name));
        let Some(named) = named.into_iter().flatten().find(|value| !value.is_null() && *value != "") else { return Ok(None) };
        let known = named.as_str().and_then(Id::parse).and_then(|id| self.record_type(&id)).filter(|known| known.object == object);
        let allowed = known.filter(|known| self.profile_of(by).is_none_or(|profile| profile.may_make(&known.id)));
        allowed.map(|known| Some(known.id.clone())).ok_or_else(|| {
            let words = format!("Record Type ID: this ID value isn't valid for the user: {}", named.as_str().unwrap_or_default());
            SaveProblem::at("RecordTypeId", words).coded(code::CROSS_REFERENCE)
        })
    }
}
