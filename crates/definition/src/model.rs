//! The call center definition as data.

use crate::Flat;

/// Section that every definition must have.
pub const GENERAL: &str = "reqGeneralInfo";
/// Section with the three prefixes of the phone system.
pub const DIALING: &str = "reqDialingOptions";

/// A call center definition: sections in the order of the file, known or not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Definition {
    /// Its sections, in document order.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Section {
    /// Name; empty when the file gives none.
    pub name: String,
    /// What an admin reads above the section.
    pub label: Option<String>,
    /// Place among the sections; none when the file gives none, or no number.
    pub sort_order: Option<u32>,
    /// Its items, in document order.
    pub items: Vec<Item>,
    /// Line in the file, from 1; 0 for a section made in code.
    pub line: u32,
}

/// An item: one value that an admin can edit in Setup.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Item {
    /// Name; empty when the file gives none.
    pub name: String,
    /// What an admin reads beside the value.
    pub label: Option<String>,
    /// Place among the items of the section; none when the file gives none, or no number.
    pub sort_order: Option<u32>,
    /// The value, as written; may be empty.
    pub value: String,
    /// Line in the file, from 1; 0 for an item made in code.
    pub line: u32,
}

/// A value was given for an item that the definition does not have.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the definition has no item {item} in a section {section}; values can be given only to items it has")]
pub struct NoSuchItem {
    /// The section asked for.
    pub section: String,
    /// The item asked for.
    pub item: String,
}

impl Definition {
    /// Replace the value of an item, as an admin does in Setup.
    ///
    /// # Errors
    ///
    /// When there is no such item: the fields of an imported definition are fixed.
    pub fn set(&mut self, section: &str, item: &str, value: &str) -> Result<(), NoSuchItem> {
        let found = self.sections.iter_mut().find(|own| own.name == section);
        let found = found.and_then(|own| own.items.iter_mut().find(|own| own.name == item));
        let Some(found) = found else { return Err(NoSuchItem { section: section.into(), item: item.into() }) };
        value.clone_into(&mut found.value);
        Ok(())
    }

    /// The section of this name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The item of this name in the section of this name.
    pub fn item(&self, section: &str, item: &str) -> Option<&Item> {
        self.section(section)?.item(item)
    }

    /// A value without the blanks around it; none when there is no such item or nothing in it.
    pub fn value(&self, section: &str, item: &str) -> Option<&str> {
        self.item(section, item).map(|item| item.value.trim()).filter(|value| !value.is_empty())
    }

    /// The name that tells this call center from others in an org.
    pub fn internal_name(&self) -> Option<&str> {
        self.value(GENERAL, "reqInternalName")
    }

    /// The name people see.
    pub fn display_name(&self) -> Option<&str> {
        self.value(GENERAL, "reqDisplayName")
    }

    /// The address of the softphone's page.
    pub fn adapter_url(&self) -> Option<&str> {
        self.value(GENERAL, "reqAdapterUrl")
    }

    /// The sections in the order an admin sees.
    pub fn ordered(&self) -> Vec<&Section> {
        let mut sections: Vec<_> = self.sections.iter().collect();
        sections.sort_by_key(|section| section.sort_order.unwrap_or(u32::MAX));
        sections
    }

    /// What `getCallCenterSettings` of Open CTI for Lightning returns for this definition.
    ///
    /// Order is written as a decimal, and the two names have neither label nor order of their own. An empty value is there, as an
    /// empty text; an org that leaves it out instead is what [`Flat::without_empty`] is for.
    pub fn flat(&self) -> Flat {
        let mut flat = Flat::default();
        if let Some(item) = self.item(GENERAL, "reqDisplayName") {
            flat.insert("/label", &item.value);
        }
        for (item, key) in [("reqInternalName", "/internalNameLabel"), ("reqDisplayName", "/displayNameLabel")] {
            if let Some(label) = self.item(GENERAL, item).and_then(|item| item.label.as_deref()) {
                flat.insert(key, label);
            }
        }
        for section in &self.sections {
            let at = format!("/{}", section.name);
            flat.attributes(&at, section.label.as_deref(), section.sort_order);
            for item in &section.items {
                let at = format!("{at}/{}", item.name);
                flat.insert(&at, &item.value);
                if section.name == GENERAL && matches!(item.name.as_str(), "reqInternalName" | "reqDisplayName") {
                    continue;
                }
                flat.attributes(&at, item.label.as_deref(), item.sort_order);
            }
        }
        flat
    }
}

impl Section {
    /// The item of this name.
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.name == name)
    }

    /// The items in the order an admin sees.
    pub fn ordered(&self) -> Vec<&Item> {
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort_by_key(|item| item.sort_order.unwrap_or(u32::MAX));
        items
    }
}
