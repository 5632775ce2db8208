//! The definition hookswitch ships, as one table: the file and the guide are made from it.
//!
//! The fields of a call center are fixed once it is imported. A new item therefore costs every org a new internal name and every user a
//! new assignment: **the list of items is frozen**. Labels and values may change.

mod phone;
mod work;

use crate::{Definition, Item, Section};

/// A section of the shipped definition.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What an admin reads above it.
    pub label: &'static str,
    /// Its items.
    pub entries: &'static [Entry],
}

/// An item of the shipped definition.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub form: Form,
    /// The value shipped; empty means "not set", and then the default holds.
    pub value: &'static str,
    /// What an admin reads beside it: a name, then after a colon what it does, its choices and unit.
    pub label: &'static str,
}

/// What an item may hold.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// True or false.
    Flag,
    /// Any text.
    Free,
    /// One line of at most 255 characters.
    Line,
    /// A list of such lines, between commas, or between semicolons if a line holds a comma.
    Lines,
    /// A list of texts of a certain form.
    List,
    /// A whole number in a range.
    Number(u32, u32),
    /// The word `off`, or seconds up to a limit.
    OffOrSeconds(u32),
    /// Salesforce's own item; Salesforce reads it.
    Salesforce,
    /// A text of a certain form.
    Text,
    /// One of a few words.
    Words(&'static [&'static str]),
}

/// Every section of the shipped definition.
pub const GROUPS: [&Group; 14] = [
    &phone::GENERAL,
    &phone::DIALING_OPTIONS,
    &phone::PROVIDER,
    &phone::SIP,
    &phone::IDENTITY,
    &work::CALLS,
    &work::WRAP_UP,
    &work::POPS,
    &work::LOG,
    &work::DIALING,
    &work::MESSAGES,
    &work::VIEW,
    &work::DIAGNOSTICS,
    &work::SPARE,
];

/// The shipped definition, with no phone system chosen: [`Definition::set`] its values to suit.
///
/// ```
/// use hookswitch_definition::{PROVIDER_SECTION, settings, shipped};
///
/// let mut definition = shipped();
/// definition.set(PROVIDER_SECTION, "provider", "simulated")?;
/// assert_eq!(settings(&definition.flat()).problems, []);
/// # Ok::<(), hookswitch_definition::NoSuchItem>(())
/// ```
pub fn shipped() -> Definition {
    let item = |(order, entry): (u32, &Entry)| Item {
        name: entry.name.into(),
        label: Some(entry.label.into()),
        sort_order: Some(order),
        value: entry.value.into(),
        line: 0,
    };
    let section = |(order, group): (u32, &Group)| Section {
        name: group.name.into(),
        label: Some(group.label.into()),
        sort_order: Some(order),
        items: (0..).zip(group.entries).map(item).collect(),
        line: 0,
    };
    Definition { sections: (0..).zip(GROUPS).map(section).collect() }
}

/// The items as a table in Markdown, one per section.
pub fn guide() -> String {
    let mut out = String::new();
    for group in GROUPS {
        out.push_str(&format!(
            "### {} (`{}`)\n\n| Item | Label in Setup | Accepts | Shipped value |\n| --- | --- | --- | --- |\n",
            group.label, group.name
        ));
        for Entry { name, form, value, label } in group.entries {
            let value = if value.is_empty() { String::new() } else { format!("`{value}`") };
            out.push_str(&format!("| `{name}` | {} | {} | {value} |\n", cell(label), form.words()));
        }
        out.push('\n');
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

impl Form {
    /// What it accepts, in words.
    pub fn words(self) -> String {
        match self {
            Self::Flag => "`true`, `false`".into(),
            Self::Free => "any text".into(),
            Self::Line => "one line".into(),
            Self::Lines | Self::List => "list".into(),
            Self::Number(from, to) => format!("{from} to {to}"),
            Self::OffOrSeconds(to) => format!("`off`, 0 to {to}"),
            Self::Salesforce => "as Salesforce says".into(),
            Self::Text => "text".into(),
            Self::Words(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        }
    }
}
