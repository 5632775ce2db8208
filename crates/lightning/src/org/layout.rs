//! Softphone layouts: what is searched, what comes back, when a page pops.

use hookswitch_opencti::{CallField, CallType, Layout, LayoutField, PopRule, PopSettings, Section};
use serde::{Deserialize, Serialize};

use super::{Id, NotAllowed, Org};

/// A softphone layout.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SoftphoneLayout {
    /// Its id.
    pub id: Id,
    /// What Setup calls it.
    pub name: String,
    /// Whether profiles without a layout of their own get it.
    pub is_default: bool,
    /// For calls between colleagues.
    pub internal: LayoutSection,
    /// For calls that come in; the only section whose pops are followed.
    pub inbound: LayoutSection,
    /// For calls that go out.
    pub outbound: LayoutSection,
}

impl SoftphoneLayout {
    /// The section for a call type; a search that names none counts as inbound.
    #[must_use]
    pub const fn section(&self, call: Option<CallType>) -> &LayoutSection {
        match call {
            Some(CallType::Internal) => &self.internal,
            Some(CallType::Outbound) => &self.outbound,
            Some(CallType::Inbound) | None => &self.inbound,
        }
    }
}

/// A layout's section for one call type.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayoutSection {
    /// Facts of the call that are shown: `ANI`, `DNIS`, `SEGMENT`, `QUEUE`.
    pub call_fields: Vec<String>,
    /// Objects that are searched, with the fields that come back; an object without fields finds nothing.
    pub objects: Vec<(String, Vec<String>)>,
    /// Whether pages should open in windows of their own; Lightning takes no notice.
    #[serde(default)]
    pub new_window: bool,
    /// What happens when nothing matches.
    pub no_match: Pop,
    /// What happens when one record matches.
    pub single_match: Pop,
    /// What happens when several match.
    pub multiple_matches: Pop,
}

/// What pops.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "pop", content = "of", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Pop {
    /// The record's page; only where one record matches.
    DetailPage,
    /// A flow, by API name.
    Flow(String),
    /// The window for a new record of this object.
    NewRecord(String),
    /// Nothing.
    #[default]
    Nothing,
    /// The search page.
    SearchPage,
    /// A Visualforce page, by name.
    Visualforce(String),
}

impl Pop {
    /// The rule on the wire. The guide prints no literal for the first and the fourth; these two are ours.
    fn to_wire(&self) -> PopRule {
        match self {
            Self::DetailPage => PopRule::Other("PopToDetailPage".into(), None),
            Self::Flow(flow) => PopRule::Flow(flow.clone()),
            Self::NewRecord(object) => PopRule::Entity(object.clone()),
            Self::Nothing => PopRule::Other("DoNotPop".into(), None),
            Self::SearchPage => PopRule::Search,
            Self::Visualforce(page) => PopRule::Visualforce(page.clone()),
        }
    }
}

impl Org {
    /// The softphone layouts.
    #[must_use]
    pub fn layouts(&self) -> &[SoftphoneLayout] {
        &self.layouts
    }

    /// The layout of a profile: its own, or the default one. None before the first call center was imported.
    #[must_use]
    pub fn layout_for(&self, profile: &Id) -> Option<&SoftphoneLayout> {
        let own = self.layout_of.get(profile);
        self.layouts.iter().find(|layout| own.map_or(layout.is_default, |own| layout.id == *own))
    }

    /// The layout of a user's profile.
    #[must_use]
    pub fn layout_of_user(&self, user: &Id) -> Option<&SoftphoneLayout> {
        self.layout_for(&self.profile_of(user)?.id)
    }

    /// Adds a layout, as a copy of the default one, and returns its id.
    ///
    /// # Errors
    ///
    /// If the user may not manage call centers.
    pub fn add_layout(&mut self, by: &Id, name: &str) -> Result<Id, NotAllowed> {
        self.may_manage(by)?;
        let id = self.next_id("04w");
        let base = self.layouts.iter().find(|layout| layout.is_default).cloned().unwrap_or_else(|| starting_layout(id.clone()));
        self.layouts.push(SoftphoneLayout { id: id.clone(), name: name.into(), is_default: self.layouts.is_empty(), ..base });
        self.touch();
        Ok(id)
    }

    /// Replaces the layout of the same id; whether it is the default stays as it was.
    ///
    /// # Errors
    ///
    /// If the user may not manage call centers.
    pub fn save_layout(&mut self, by: &Id, layout: SoftphoneLayout) -> Result<(), NotAllowed> {
        self.may_manage(by)?;
        if let Some(old) = self.layouts.iter_mut().find(|old| old.id == layout.id) {
            *old = SoftphoneLayout { is_default: old.is_default, ..layout };
            self.touch();
        }
        Ok(())
    }

    /// Gives a profile a layout of its own, or the default one again.
    ///
    /// # Errors
    ///
    /// If the user may not manage call centers.
    pub fn assign_layout(&mut self, by: &Id, profile: &Id, layout: Option<&Id>) -> Result<(), NotAllowed> {
        self.may_manage(by)?;
        match layout {
            Some(layout) => self.layout_of.insert(profile.clone(), layout.clone()),
            None => self.layout_of.remove(profile),
        };
        self.touch();
        Ok(())
    }

    /// Takes all layouts away: how a fresh scratch org is said to begin.
    pub fn remove_layouts(&mut self) {
        self.layouts.clear();
        self.layout_of.clear();
        self.touch();
    }

    /// Makes the layout that comes with the first call center.
    pub(super) fn ensure_layout(&mut self) {
        if self.layouts.is_empty() {
            let id = self.next_id("04w");
            self.layouts.push(starting_layout(id));
        }
    }

    /// The layout as `getSoftphoneLayout` gives it.
    #[must_use]
    pub fn layout_on_wire(&self, layout: &SoftphoneLayout) -> Layout {
        let section = |section: &LayoutSection, pops: bool| {
            let fields = |(object, fields): &(String, Vec<String>)| {
                let label = |name: &String| {
                    let known = self.object(object).and_then(|object| object.field(name));
                    LayoutField::new(known.map_or(name, |field| &field.label), name)
                };
                (object.clone(), fields.iter().map(label).collect())
            };
            let named = |name: &String| match name.as_str() {
                "ANI" => Some(CallField::Ani),
                "DNIS" => Some(CallField::Dnis),
                "QUEUE" => Some(CallField::Queue),
                "SEGMENT" => Some(CallField::Segment),
                _ => None,
            };
            let settings = PopSettings {
                open_within: Some(if section.new_window { "NewWindow" } else { "ExistingWindow" }.into()),
                no_match: Some(section.no_match.to_wire()),
                single_match: Some(section.single_match.to_wire()),
                multiple_matches: Some(section.multiple_matches.to_wire()),
            };
            Section {
                call_related: section.call_fields.iter().filter_map(named).collect(),
                objects: section.objects.iter().map(fields).collect(),
                pops: if pops { settings } else { PopSettings::default() },
            }
        };
        Layout {
            internal: section(&layout.internal, false),
            inbound: section(&layout.inbound, true),
            outbound: section(&layout.outbound, false),
        }
    }
}

/// The layout an org begins with: accounts, contacts, leads and cases by name and number; one match opens it, several the search page.
fn starting_layout(id: Id) -> SoftphoneLayout {
    let object = |name: &str, fields: &[&str]| (name.to_owned(), fields.iter().map(|field| (*field).to_owned()).collect());
    let customers = vec![
        object("Account", &["Name", "Phone"]),
        object("Contact", &["Name", "Phone", "MobilePhone"]),
        object("Lead", &["Name", "Phone", "Company"]),
    ];
    let mut inbound = customers.clone();
    inbound.push(object("Case", &["CaseNumber", "Subject"]));
    SoftphoneLayout {
        id,
        name: "Standard Softphone Layout".into(),
        is_default: true,
        internal: LayoutSection {
            call_fields: vec!["ANI".into(), "DNIS".into()],
            objects: vec![object("User", &["Name", "Extension"])],
            ..LayoutSection::default()
        },
        inbound: LayoutSection {
            call_fields: vec!["ANI".into(), "DNIS".into(), "SEGMENT".into(), "QUEUE".into()],
            objects: inbound,
            new_window: false,
            no_match: Pop::Nothing,
            single_match: Pop::DetailPage,
            multiple_matches: Pop::SearchPage,
        },
        outbound: LayoutSection { call_fields: vec!["DNIS".into()], objects: customers, ..LayoutSection::default() },
    }
}
