//! Users, profiles and what they may do.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{CallCenterRefusal, Id, Org, Record};

/// A profile: what its users may do and see.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Whether its users may import, edit and assign call centers and softphone layouts: the permission "Manage Call Centers".
    pub manage_call_centers: bool,
    /// Fields its users have no access to, as `Object.Field`; what they have no access to at all, as `Object`, which only Apex looks at.
    pub hidden: BTreeSet<String>,
    /// Fields its users see and may not change, as `Object.Field`.
    pub read_only: BTreeSet<String>,
    /// Record types its users may not choose.
    pub barred_record_types: BTreeSet<Id>,
    /// The record type of a new record that names none, by object.
    pub default_record_types: BTreeMap<String, Id>,
}

/// What a profile's users may do with a field: field-level security.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldAccess {
    /// See and change it.
    Edit,
    /// Not even know of it.
    Hidden,
    /// See it.
    Read,
}

impl Profile {
    /// Whether a field is hidden from its users.
    #[must_use]
    pub fn hides(&self, object: &str, field: &str) -> bool {
        self.hidden.contains(&format!("{object}.{field}"))
    }

    /// What its users may do with a field.
    #[must_use]
    pub fn access(&self, object: &str, field: &str) -> FieldAccess {
        let name = format!("{object}.{field}");
        match (self.hidden.contains(&name), self.read_only.contains(&name)) {
            (true, _) => FieldAccess::Hidden,
            (false, true) => FieldAccess::Read,
            (false, false) => FieldAccess::Edit,
        }
    }
}

/// The user lacks a permission.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{user} does not have the permission Manage Call Centers; an administrator can give it in the profile")]
pub struct NotAllowed {
    /// Who asked.
    pub user: String,
}

impl Org {
    /// The profiles.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The users, in the order they were made.
    pub fn users(&self) -> impl Iterator<Item = &Record> {
        self.records("User")
    }

    /// The users that Setup offers for a call center: those that belong to none.
    pub fn assignable_users(&self) -> impl Iterator<Item = &Record> {
        self.users().filter(|user| self.call_center_of(&user.id).is_none())
    }

    /// The users of a call center.
    pub fn users_of<'a>(&'a self, center: &Id) -> impl Iterator<Item = &'a Record> {
        self.users().filter(move |user| user.reference("CallCenterId").as_ref() == Some(center))
    }

    /// The profile of a user.
    #[must_use]
    pub fn profile_of(&self, user: &Id) -> Option<&Profile> {
        let profile = self.record(user)?.reference("ProfileId")?;
        self.profiles.iter().find(|known| known.id == profile)
    }

    /// Whether a user may manage call centers.
    ///
    /// # Errors
    ///
    /// If not.
    pub fn may_manage(&self, user: &Id) -> Result<(), NotAllowed> {
        if self.profile_of(user).is_some_and(|profile| profile.manage_call_centers) {
            return Ok(());
        }
        Err(NotAllowed { user: self.record(user).map_or_else(|| "Nobody".into(), |user| user.name().into()) })
    }

    /// Adds a profile that sees every field.
    pub fn add_profile(&mut self, name: &str, manage_call_centers: bool) -> Id {
        let id = self.next_id("00e");
        self.profiles.push(Profile {
            id: id.clone(),
            name: name.into(),
            manage_call_centers,
            hidden: BTreeSet::new(),
            read_only: BTreeSet::new(),
            barred_record_types: BTreeSet::new(),
            default_record_types: BTreeMap::new(),
        });
        self.touch();
        id
    }

    /// Hides a field, written `Object.Field`, or an object from a profile's users, or shows it again.
    pub fn set_hidden(&mut self, profile: &Id, field: &str, hidden: bool) {
        self.set_access(profile, field, if hidden { FieldAccess::Hidden } else { FieldAccess::Edit });
    }

    /// Sets what a profile's users may do with a field, written `Object.Field`.
    pub fn set_access(&mut self, profile: &Id, field: &str, access: FieldAccess) {
        if let Some(profile) = self.profile_mut(profile) {
            profile.hidden.remove(field);
            profile.read_only.remove(field);
            match access {
                FieldAccess::Edit => {}
                FieldAccess::Hidden => {
                    profile.hidden.insert(field.into());
                }
                FieldAccess::Read => {
                    profile.read_only.insert(field.into());
                }
            }
        }
        self.touch();
    }

    pub(super) fn profile_mut(&mut self, id: &Id) -> Option<&mut Profile> {
        self.profiles.iter_mut().find(|known| known.id == *id)
    }

    /// Adds a user, who belongs to no call center yet.
    pub fn add_user(&mut self, profile: &Id, first_name: &str, last_name: &str, extension: &str, now: u64) -> Id {
        let id = self.next_id("005");
        let name = format!("{first_name} {last_name}");
        let username = format!("{}@acme.example", name.to_lowercase().replace(' ', "."));
        let fields = json!({
            "FirstName": first_name, "LastName": last_name, "Name": name, "Username": username, "Email": username,
            "Extension": extension, "ProfileId": profile.as_str(), "IsActive": true,
        });
        let fields = fields.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
        self.records.insert(id.clone(), Record { id: id.clone(), object: "User".into(), fields, created: now, modified: now, saves: 1 });
        self.touch();
        id
    }

    /// Assigns a user to a call center without asking who may: for samples and tests that set a stage.
    ///
    /// # Errors
    ///
    /// If the call center or the user is unknown.
    pub fn seat_user(&mut self, center: &Id, user: &Id) -> Result<(), CallCenterRefusal> {
        if self.call_center(center).is_none() {
            return Err(CallCenterRefusal::Unknown);
        }
        let record = self.records.get_mut(user).ok_or(CallCenterRefusal::UserUnknown)?;
        record.fields.insert("CallCenterId".into(), center.as_str().into());
        self.touch();
        Ok(())
    }
}
