//! Directory numbers: what Setup calls Additional Numbers, and the API `AdditionalNumber`.

use serde::{Deserialize, Serialize};

use super::{Id, Org};

/// A number that belongs to nobody's record: a pharmacy, a fire brigade, another department.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryNumber {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The number, as somebody typed it.
    pub phone: String,
    /// What it is for; may be empty.
    pub description: String,
    /// The call center it belongs to; none: all of them.
    pub call_center: Option<Id>,
}

impl Org {
    /// The directory numbers, in the order they were made.
    #[must_use]
    pub fn directory_numbers(&self) -> &[DirectoryNumber] {
        &self.directory_numbers
    }

    /// Adds a directory number, for one call center or for all.
    pub fn add_directory_number(&mut self, name: &str, phone: &str, description: &str, call_center: Option<&Id>) -> Id {
        let id = self.next_id("04m");
        let (name, phone, description) = (name.into(), phone.into(), description.into());
        self.directory_numbers.push(DirectoryNumber { id: id.clone(), name, phone, description, call_center: call_center.cloned() });
        self.touch();
        id
    }

    /// Takes a directory number away.
    pub fn remove_directory_number(&mut self, id: &Id) {
        self.directory_numbers.retain(|number| number.id != *id);
        self.touch();
    }
}
