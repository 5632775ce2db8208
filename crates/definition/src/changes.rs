//! What an org would see change from one definition to another.

use std::fmt;

use crate::{Definition, GENERAL, Item, Section};

/// One difference between two definitions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// The section concerned.
    pub section: String,
    /// The item concerned; none when it is the section itself.
    pub item: Option<String>,
    /// What is different.
    pub kind: ChangeKind,
}

/// What is different.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is only in the new one. An imported call center cannot be given it.
    Added,
    /// The internal name is another one: the new definition is another call center, which the users must be moved to.
    InternalName {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// What an admin reads.
    Label {
        /// The old label.
        from: String,
        /// The new label.
        to: String,
    },
    /// It stands elsewhere among its neighbours.
    Moved {
        /// The old place, from 0.
        from: usize,
        /// The new place, from 0.
        to: usize,
    },
    /// It is only in the old one.
    Removed,
    /// The value.
    Value {
        /// The old value.
        from: String,
        /// The new value.
        to: String,
    },
}

impl Change {
    /// Whether an org with the old definition can have this only by importing the new one under another internal name and assigning its
    /// users anew: name and fields of a call center are locked once it is imported.
    pub const fn needs_new_name(&self) -> bool {
        matches!(self.kind, ChangeKind::Added | ChangeKind::InternalName { .. })
    }

    /// What an admin does about it.
    pub const fn remedy(&self) -> &'static str {
        match self.kind {
            ChangeKind::Added => "Fields are locked after the import: import under a new internal name and assign the users anew.",
            ChangeKind::InternalName { .. } => "This is another call center: import it beside the old one and assign the users anew.",
            ChangeKind::Label { .. } => "An imported call center keeps its label; only what Setup shows is older.",
            ChangeKind::Moved { .. } => "An imported call center keeps its order; only what Setup shows is older.",
            ChangeKind::Removed => "An imported call center keeps it; nothing reads it any more.",
            ChangeKind::Value { .. } => "Set the value in Setup.",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            Some(item) => write!(f, "{}/{item}: ", self.section)?,
            None => write!(f, "{}: ", self.section)?,
        }
        match &self.kind {
            ChangeKind::Added => f.write_str("is new"),
            ChangeKind::InternalName { from, to } => write!(f, "internal name {} -> {}", shown(from), shown(to)),
            ChangeKind::Label { from, to } => write!(f, "label {} -> {}", shown(from), shown(to)),
            ChangeKind::Moved { from, to } => write!(f, "place {from} -> {to}"),
            ChangeKind::Removed => f.write_str("is gone"),
            ChangeKind::Value { from, to } => write!(f, "value {} -> {}", shown(from), shown(to)),
        }
    }
}

fn shown(text: &str) -> String {
    if text.is_empty() { "(empty)".into() } else { format!("“{text}”") }
}

/// Every difference between two definitions that an org would see, in the order of the new one; what is gone comes last.
///
/// Blanks around values, comments, and places that shift only because something before them came or went are no difference.
///
/// ```
/// use hookswitch_definition::{changes, shipped};
///
/// let mut mine = shipped();
/// mine.set("hookswitchProvider", "provider", "sip")?;
/// let changes = changes(&mine, &shipped());
/// assert_eq!(changes[0].to_string(), "hookswitchProvider/provider: value “sip” -> “unset”");
/// assert!(!changes[0].needs_new_name());
/// # Ok::<(), hookswitch_definition::NoSuchItem>(())
/// ```
pub fn changes(old: &Definition, new: &Definition) -> Vec<Change> {
    let mut found = Vec::new();
    let (before, after) = (old.ordered(), new.ordered());
    let names = |sections: &[&Section]| sections.iter().map(|section| section.name.clone()).collect::<Vec<_>>();
    let places = moved(&names(&before), &names(&after));
    for section in &after {
        let mut add = |item: Option<&str>, kind| found.push(Change { section: section.name.clone(), item: item.map(String::from), kind });
        let Some(earlier) = before.iter().find(|earlier| earlier.name == section.name) else {
            add(None, ChangeKind::Added);
            section.ordered().iter().for_each(|item| add(Some(&item.name), ChangeKind::Added));
            continue;
        };
        if let Some((from, to)) = label(earlier.label.as_deref(), section.label.as_deref()) {
            add(None, ChangeKind::Label { from, to });
        }
        if let Some((from, to)) = place(&places, &section.name) {
            add(None, ChangeKind::Moved { from, to });
        }
        items(earlier, section, &mut add);
    }
    for section in &before {
        let mut gone = |item: Option<&str>| {
            found.push(Change { section: section.name.clone(), item: item.map(String::from), kind: ChangeKind::Removed });
        };
        let Some(later) = new.section(&section.name) else {
            gone(None);
            continue;
        };
        section.ordered().iter().filter(|item| later.item(&item.name).is_none()).for_each(|item| gone(Some(&item.name)));
    }
    found
}

fn items(old: &Section, new: &Section, add: &mut impl FnMut(Option<&str>, ChangeKind)) {
    let (before, after) = (old.ordered(), new.ordered());
    let names = |items: &[&Item]| items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
    let places = moved(&names(&before), &names(&after));
    for item in after {
        let name = Some(item.name.as_str());
        let Some(earlier) = old.item(&item.name) else {
            add(name, ChangeKind::Added);
            continue;
        };
        let (from, to) = (earlier.value.trim(), item.value.trim());
        if from != to {
            let (from, to) = (from.to_owned(), to.to_owned());
            let internal = new.name == GENERAL && item.name == "reqInternalName";
            add(name, if internal { ChangeKind::InternalName { from, to } } else { ChangeKind::Value { from, to } });
        }
        if let Some((from, to)) = label(earlier.label.as_deref(), item.label.as_deref()) {
            add(name, ChangeKind::Label { from, to });
        }
        if let Some((from, to)) = place(&places, &item.name) {
            add(name, ChangeKind::Moved { from, to });
        }
    }
}

fn label(from: Option<&str>, to: Option<&str>) -> Option<(String, String)> {
    let (from, to) = (from.unwrap_or_default().trim(), to.unwrap_or_default().trim());
    (from != to).then(|| (from.to_owned(), to.to_owned()))
}

fn place(places: &[(String, usize, usize)], name: &str) -> Option<(usize, usize)> {
    places.iter().find(|(own, ..)| own == name).map(|(_, from, to)| (*from, *to))
}

/// Names that stand elsewhere among those that both lists have, with their places in the lists.
fn moved(before: &[String], after: &[String]) -> Vec<(String, usize, usize)> {
    let kept: Vec<_> = before.iter().filter(|name| after.contains(name)).collect();
    let at = |list: &[String], name: &String| list.iter().position(|own| own == name).unwrap_or_default();
    let stay = after.iter().filter(|name| before.contains(name));
    kept.into_iter()
        .zip(stay)
        .filter(|(one, other)| one != other)
        .map(|(_, name)| (name.clone(), at(before, name), at(after, name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipped;

    fn told(old: &Definition, new: &Definition) -> Vec<String> {
        changes(old, new).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_definition_does_not_differ_from_itself_nor_by_blanks() {
        let mut other = shipped();
        other.sections[0].items[2].value.push(' ');
        other.sections.reverse();
        assert_eq!(told(&shipped(), &other), Vec::<String>::new());
    }

    #[test]
    fn a_new_item_needs_a_new_name_and_moves_nothing_else() {
        let mut new = shipped();
        let spare = new.sections.last_mut().expect("it has sections");
        spare.items.insert(0, Item { name: "first".into(), sort_order: Some(0), ..Item::default() });
        (1..).zip(&mut spare.items[1..]).for_each(|(order, item)| item.sort_order = Some(order));
        let found = changes(&shipped(), &new);
        assert_eq!(told(&shipped(), &new), ["hookswitchSpare/first: is new"]);
        assert!(found[0].needs_new_name() && found[0].remedy().contains("new internal name"));
        assert_eq!(told(&new, &shipped()), ["hookswitchSpare/first: is gone"]);
        assert!(!changes(&new, &shipped())[0].needs_new_name());
    }

    #[test]
    fn a_new_section_is_told_with_its_items() {
        let mut old = shipped();
        old.sections.pop();
        let found = told(&old, &shipped());
        assert_eq!((found.len(), found[0].as_str(), found[8].as_str()), (9, "hookswitchSpare: is new", "hookswitchSpare/spare8: is new"));
        assert_eq!(told(&shipped(), &old), ["hookswitchSpare: is gone"]);
    }

    #[test]
    fn labels_places_and_the_internal_name_are_told_apart_from_values() {
        let mut new = shipped();
        new.set(GENERAL, "reqInternalName", "Other").expect("it has one");
        let provider = new.sections.iter_mut().find(|section| section.name == "hookswitchProvider").expect("a section");
        provider.label = None;
        provider.items[0].sort_order = Some(1);
        provider.items[1].sort_order = Some(0);
        let found = changes(&shipped(), &new);
        assert_eq!(found.iter().filter(|change| change.needs_new_name()).count(), 1);
        assert!(found[0].needs_new_name() && found[0].remedy().contains("another call center"));
        assert_eq!(
            told(&shipped(), &new),
            [
                "reqGeneralInfo/reqInternalName: internal name “Hookswitch” -> “Other”",
                "hookswitchProvider: label “Phone system” -> (empty)",
                "hookswitchProvider/customProviderUrl: place 1 -> 0",
                "hookswitchProvider/provider: place 0 -> 1",
            ]
        );
    }
}
