//! Holding a definition against the rules: names, numbers, structure.

use std::collections::BTreeMap;

use crate::{Definition, Finding, Rule, Section, general};

/// Every rule the definition breaks, in the order of the file.
///
/// What only the text can tell, such as a sort order that is no number, comes from [`crate::check`].
pub fn check_model(definition: &Definition) -> Vec<Finding> {
    let mut sheet = Sheet::default();
    sections(&mut sheet, definition);
    for section in &definition.sections {
        items(&mut sheet, section);
    }
    general::check(&mut sheet, definition);
    sheet.findings.sort_by_key(|finding| finding.line);
    sheet.findings
}

/// Every rule a file breaks, in the order of the file. A file without an error in this list can be imported.
///
/// ```
/// use hookswitch_definition::{Rule, check};
///
/// let findings = check("<callCenter></callCenter>");
/// assert_eq!(findings[0].rule, Rule::SectionMissing);
/// ```
#[cfg(feature = "xml")]
pub fn check(text: &str) -> Vec<Finding> {
    let document = match crate::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.into()],
    };
    let mut findings = check_model(&document.definition);
    // An order that is no number has been reported as such; it is not missing as well.
    let no_number = |finding: &Finding| {
        let same = |noted: &Finding| noted.rule == Rule::SortNotNumber && noted.line == finding.line && noted.item == finding.item;
        finding.rule == Rule::SortMissing && document.findings.iter().any(same)
    };
    findings.retain(|finding| !no_number(finding));
    for finding in findings.iter_mut().filter(|finding| finding.line == 0) {
        // What is missing altogether is missing from the outermost element.
        finding.line = document.line;
    }
    findings.extend(document.findings);
    findings.sort_by_key(|finding| finding.line);
    findings
}

/// The findings so far.
#[derive(Default)]
pub(crate) struct Sheet {
    findings: Vec<Finding>,
}

/// A section or an item, as far as the common rules go.
struct Entry<'a> {
    section: &'a str,
    item: Option<&'a str>,
    label: Option<&'a str>,
    sort_order: Option<u32>,
    line: u32,
}

impl Entry<'_> {
    fn name(&self) -> &str {
        self.item.unwrap_or(self.section)
    }
}

impl Sheet {
    pub(crate) fn add(&mut self, rule: Rule, section: &str, item: Option<&str>, line: u32, message: String) {
        let named = |name: &str| if name.is_empty() { None } else { Some(name.to_owned()) };
        self.findings.push(Finding { rule, section: named(section), item: item.and_then(named), line, message });
    }

    fn at(&mut self, rule: Rule, entry: &Entry<'_>, message: String) {
        self.add(rule, entry.section, entry.item, entry.line, message);
    }
}

fn sections(sheet: &mut Sheet, definition: &Definition) {
    let entries: Vec<_> = definition
        .sections
        .iter()
        .map(|section| Entry {
            section: &section.name,
            item: None,
            label: section.label.as_deref(),
            sort_order: section.sort_order,
            line: section.line,
        })
        .collect();
    group(sheet, &entries, "sections");
    if let Some(extra) = definition.sections.get(500) {
        sheet.add(Rule::TooManySections, &extra.name, None, extra.line, format!("there are {} sections", definition.sections.len()));
    }
}

fn items(sheet: &mut Sheet, section: &Section) {
    let entries: Vec<_> = section
        .items
        .iter()
        .map(|item| Entry {
            section: &section.name,
            item: Some(&item.name),
            label: item.label.as_deref(),
            sort_order: item.sort_order,
            line: item.line,
        })
        .collect();
    group(sheet, &entries, "items");
    if section.items.is_empty() {
        sheet.add(Rule::SectionEmpty, &section.name, None, section.line, "the section has no item".into());
    }
    if let Some(extra) = section.items.get(1000) {
        let message = format!("the section has {} items", section.items.len());
        sheet.add(Rule::TooManyItems, &section.name, Some(&extra.name), extra.line, message);
    }
}

/// The rules for things that stand beside each other: the sections of a file, the items of a section.
fn group(sheet: &mut Sheet, entries: &[Entry<'_>], what: &str) {
    let mut names = BTreeMap::new();
    for entry in entries {
        name(sheet, entry);
        if let Some(label) = entry.label
            && label.chars().count() > 1000
        {
            sheet.at(Rule::LabelLong, entry, format!("the label has {} characters", label.chars().count()));
        }
        if entry.name().trim().is_empty() {
            continue;
        }
        if let Some(first) = names.insert(entry.name(), entry.line) {
            sheet.at(Rule::NameDuplicate, entry, format!("the name {} is already used in line {first}", entry.name()));
        }
    }
    order(sheet, entries, what);
}

fn name(sheet: &mut Sheet, entry: &Entry<'_>) {
    let raw = entry.name();
    let name = raw.trim();
    if name.is_empty() {
        sheet.at(Rule::NameMissing, entry, "there is no name".into());
        return;
    }
    if name.len() != raw.len() {
        sheet.at(Rule::NameBlanks, entry, format!("there are blanks around {name}"));
    }
    if let Some(bad) = name.chars().find(|char| !char.is_alphanumeric()) {
        sheet.at(Rule::NameBad, entry, format!("the name {name:?} holds {bad:?}"));
    } else if !name.is_ascii() {
        sheet.at(Rule::NameNotAscii, entry, format!("the name {name:?} holds more than plain letters and digits"));
    }
    if name.chars().count() > 40 {
        sheet.at(Rule::NameLong, entry, format!("the name {name} has {} characters", name.chars().count()));
    }
    if matches!(name, "label" | "sortOrder" | "internalNameLabel" | "displayNameLabel") {
        sheet.at(Rule::NameReserved, entry, format!("{name} is a reserved word"));
    }
}

fn order(sheet: &mut Sheet, entries: &[Entry<'_>], what: &str) {
    let mut seen = BTreeMap::new();
    for entry in entries {
        let Some(order) = entry.sort_order else {
            sheet.at(Rule::SortMissing, entry, "there is no sortOrder".into());
            continue;
        };
        if let Some(first) = seen.insert(order, entry.name()) {
            sheet.at(Rule::SortDuplicate, entry, format!("sortOrder {order} is already taken by {first}"));
        }
    }
    let late = entries.windows(2).find(|pair| pair[1].sort_order < pair[0].sort_order && pair[1].sort_order.is_some());
    if let Some([before, late]) = late {
        sheet.at(Rule::DocumentOrder, late, format!("{} stands after {}, but has a lower sortOrder", late.name(), before.name()));
    }
    if seen.len() < entries.len() {
        // A missing or doubled number leaves a gap by itself; saying so would only repeat it.
        return;
    }
    let gap = seen.keys().zip(0..).find(|(order, expected)| *order != expected);
    if let Some((found, expected)) = gap
        && let Some(entry) = entries.iter().find(|entry| entry.sort_order == Some(*found))
    {
        sheet.at(Rule::SortGap, entry, format!("among the {what}, sortOrder {expected} is missing before {found}"));
    }
}
