//! Call centers: imported, cloned, edited, and given to users.

use std::collections::BTreeMap;

use hookswitch_definition::{Definition, Finding, GENERAL, Item, Section, Severity, check, parse};
use serde::{Deserialize, Serialize};

use super::{Id, NotAllowed, Org};

/// A call center.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallCenter {
    /// Its id.
    pub id: Id,
    /// Its sections, in the order of the file it came from.
    pub sections: Vec<CallCenterSection>,
}

/// A section of a call center.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallCenterSection {
    /// Name.
    pub name: String,
    /// What Setup writes above it.
    pub label: Option<String>,
    /// Place among the sections.
    pub sort_order: Option<u32>,
    /// Its items, in the order of the file.
    pub items: Vec<CallCenterItem>,
}

/// An item of a call center.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallCenterItem {
    /// Name.
    pub name: String,
    /// What Setup writes beside it.
    pub label: Option<String>,
    /// Place in the section.
    pub sort_order: Option<u32>,
    /// The value.
    pub value: String,
}

impl CallCenter {
    /// The call center as a definition, which knows the order Setup shows and the flat shape the softphone gets.
    #[must_use]
    pub fn definition(&self) -> Definition {
        let item = |item: &CallCenterItem| Item {
            name: item.name.clone(),
            label: item.label.clone(),
            sort_order: item.sort_order,
            value: item.value.clone(),
            line: 0,
        };
        let section = |section: &CallCenterSection| Section {
            name: section.name.clone(),
            label: section.label.clone(),
            sort_order: section.sort_order,
            items: section.items.iter().map(item).collect(),
            line: 0,
        };
        Definition { sections: self.sections.iter().map(section).collect() }
    }

    /// The value of an item; none if it is empty or not there.
    #[must_use]
    pub fn value(&self, section: &str, item: &str) -> Option<&str> {
        self.item(section, item).map(|item| item.value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of an item of `reqGeneralInfo`.
    #[must_use]
    pub fn general(&self, item: &str) -> Option<&str> {
        self.value(GENERAL, item)
    }

    /// The name that tells it from others in the org.
    #[must_use]
    pub fn internal_name(&self) -> &str {
        self.general("reqInternalName").unwrap_or_default()
    }

    /// The name people see.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.general("reqDisplayName").unwrap_or_default()
    }

    fn item(&self, section: &str, item: &str) -> Option<&CallCenterItem> {
        self.sections.iter().find(|known| known.name == section)?.items.iter().find(|known| known.name == item)
    }

    fn item_mut(&mut self, section: &str, item: &str) -> Option<&mut CallCenterItem> {
        self.sections.iter_mut().find(|known| known.name == section)?.items.iter_mut().find(|known| known.name == item)
    }
}

/// Why Setup changed nothing.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallCenterRefusal {
    /// Its value is needed to tell the call center from others.
    #[error("the internal name cannot be changed after the import")]
    InternalNameIsFixed,
    /// The file breaks rules; each finding says which, where, and what to do.
    #[error("the file cannot be imported:{}", list(.0))]
    Invalid(Vec<Finding>),
    /// Names are for one call center each.
    #[error("the org has a call center with the internal name {0} already; change reqInternalName")]
    NameTaken(String),
    /// A name must begin with a letter and hold letters and digits only.
    #[error("{0:?} cannot be an internal name: at most 40 letters and digits, a letter first")]
    NameWrong(String),
    /// The user lacks the permission.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The org has no such call center.
    #[error("there is no such call center")]
    Unknown,
    /// The fields of a call center are fixed when it is imported.
    #[error("the call center has no field {1} in {0}; fields are fixed at the import, only values can be changed")]
    UnknownField(String, String),
    /// The user belongs to a call center already, and a user can belong to one only.
    #[error("{0} belongs to the call center {1} already; a user can belong to one only")]
    UserTaken(String, String),
    /// The org has no such user.
    #[error("there is no such user")]
    UserUnknown,
}

fn list(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("\n{finding}")).collect()
}

impl Org {
    /// The call centers, in the order they were made.
    #[must_use]
    pub fn call_centers(&self) -> &[CallCenter] {
        &self.call_centers
    }

    /// The call center of this id.
    #[must_use]
    pub fn call_center(&self, id: &Id) -> Option<&CallCenter> {
        self.call_centers.iter().find(|center| center.id == *id)
    }

    /// The call center a user is assigned to.
    #[must_use]
    pub fn call_center_of(&self, user: &Id) -> Option<&CallCenter> {
        self.call_center(&self.record(user)?.reference("CallCenterId")?)
    }

    /// What `getCallCenterSettings` gives: every entry a text, by its path.
    #[must_use]
    pub fn settings(&self, center: &CallCenter) -> BTreeMap<String, String> {
        let flat = center.definition().flat();
        let flat = if self.leave_out_empty_settings { flat.without_empty() } else { flat };
        flat.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// Imports a definition file. The first one brings the default softphone layout with it.
    ///
    /// # Errors
    ///
    /// If the user may not, the file breaks a rule that makes an import fail, or its internal name is taken.
    pub fn import_call_center(&mut self, by: &Id, xml: &str) -> Result<Id, CallCenterRefusal> {
        self.may_manage(by)?;
        let errors: Vec<Finding> = check(xml).into_iter().filter(|finding| finding.severity() == Severity::Error).collect();
        if !errors.is_empty() {
            return Err(CallCenterRefusal::Invalid(errors));
        }
        let definition = parse(xml).map_err(|error| CallCenterRefusal::Invalid(vec![error.into()]))?.definition;
        self.free(definition.internal_name().unwrap_or_default())?;
        let sections = definition.sections.into_iter().map(|section| CallCenterSection {
            name: section.name,
            label: section.label,
            sort_order: section.sort_order,
            items: section
                .items
                .into_iter()
                .map(|item| CallCenterItem { name: item.name, label: item.label, sort_order: item.sort_order, value: item.value })
                .collect(),
        });
        let sections = sections.collect();
        let id = self.next_id("04v");
        self.call_centers.push(CallCenter { id: id.clone(), sections });
        self.ensure_layout();
        self.touch();
        Ok(id)
    }

    /// Copies a call center under a new internal name; users are not copied.
    ///
    /// # Errors
    ///
    /// If the user may not, there is no such call center, or the name is wrong or taken.
    pub fn clone_call_center(&mut self, by: &Id, id: &Id, internal_name: &str, display_name: &str) -> Result<Id, CallCenterRefusal> {
        self.may_manage(by)?;
        let mut copy = self.call_center(id).ok_or(CallCenterRefusal::Unknown)?.clone();
        let letters = internal_name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !letters || internal_name.len() > 40 || !internal_name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(CallCenterRefusal::NameWrong(internal_name.into()));
        }
        self.free(internal_name)?;
        for (name, value) in [("reqInternalName", internal_name), ("reqDisplayName", display_name)] {
            if let Some(item) = copy.item_mut(GENERAL, name) {
                value.clone_into(&mut item.value);
            }
        }
        copy.id = self.next_id("04v");
        let id = copy.id.clone();
        self.call_centers.push(copy);
        self.touch();
        Ok(id)
    }

    /// Changes a value, as Setup's edit page does.
    ///
    /// # Errors
    ///
    /// If the user may not, there is no such call center or field, or the field is the internal name.
    pub fn edit_call_center(&mut self, by: &Id, id: &Id, section: &str, item: &str, value: &str) -> Result<(), CallCenterRefusal> {
        self.may_manage(by)?;
        let center = self.call_centers.iter_mut().find(|center| center.id == *id).ok_or(CallCenterRefusal::Unknown)?;
        let field = center.item_mut(section, item).ok_or_else(|| CallCenterRefusal::UnknownField(section.into(), item.into()))?;
        if (section, item) == (GENERAL, "reqInternalName") && field.value != value {
            return Err(CallCenterRefusal::InternalNameIsFixed);
        }
        value.clone_into(&mut field.value);
        self.touch();
        Ok(())
    }

    /// Removes a call center; its users belong to none then.
    ///
    /// # Errors
    ///
    /// If the user may not, or there is no such call center.
    pub fn delete_call_center(&mut self, by: &Id, id: &Id) -> Result<(), CallCenterRefusal> {
        self.may_manage(by)?;
        let place = self.call_centers.iter().position(|center| center.id == *id).ok_or(CallCenterRefusal::Unknown)?;
        self.call_centers.remove(place);
        for user in self.records.values_mut().filter(|record| record.reference("CallCenterId").as_ref() == Some(id)) {
            user.fields.remove("CallCenterId");
        }
        self.touch();
        Ok(())
    }

    /// Adds a user to a call center.
    ///
    /// # Errors
    ///
    /// If the first user may not, one of the ids is unknown, or the second user belongs to another call center.
    pub fn assign_user(&mut self, by: &Id, center: &Id, user: &Id) -> Result<(), CallCenterRefusal> {
        self.may_manage(by)?;
        if self.call_center(center).is_none() {
            return Err(CallCenterRefusal::Unknown);
        }
        if let Some(other) = self.call_center_of(user).filter(|other| other.id != *center) {
            let name = self.record(user).map(|user| user.name().to_owned()).unwrap_or_default();
            return Err(CallCenterRefusal::UserTaken(name, other.display_name().into()));
        }
        let record = self.records.get_mut(user).filter(|record| record.object == "User").ok_or(CallCenterRefusal::UserUnknown)?;
        record.fields.insert("CallCenterId".into(), center.as_str().into());
        self.touch();
        Ok(())
    }

    /// Takes a user out of the call center.
    ///
    /// # Errors
    ///
    /// If the first user may not, or there is no such second user.
    pub fn unassign_user(&mut self, by: &Id, user: &Id) -> Result<(), CallCenterRefusal> {
        self.may_manage(by)?;
        let record = self.records.get_mut(user).ok_or(CallCenterRefusal::UserUnknown)?;
        record.fields.remove("CallCenterId");
        self.touch();
        Ok(())
    }

    fn free(&self, internal_name: &str) -> Result<(), CallCenterRefusal> {
        let taken = self.call_centers.iter().any(|center| center.internal_name().eq_ignore_ascii_case(internal_name));
        if taken { Err(CallCenterRefusal::NameTaken(internal_name.into())) } else { Ok(()) }
    }
}
