//! `settings`: what the softphone reads out of a definition, and where each value comes from.

use std::fmt::Write as _;

use hookswitch_definition::{
    Definition, Flat, Reading, Severity,
    catalogue::{Entry, Form, GROUPS},
    settings,
};

use crate::files::{Answer, Code, load};

/// Every setting with value and source, then every problem.
pub(crate) fn run(words: &[&str]) -> Result<Answer, String> {
    let [file] = words else { return Err("give one FILE; --help shows how".into()) };
    let definition = match load(file)? {
        Ok(definition) => definition,
        Err(broken) => return Ok(broken),
    };
    let flat = definition.flat();
    let reading = settings(&flat);
    let mut out = table(&definition, &flat, &reading);
    for stranger in strangers(&definition) {
        let _ = writeln!(out, "not read: {stranger}");
    }
    for problem in &reading.problems {
        let _ = writeln!(out, "{}: {}\n    {}", problem.severity.word(), problem.key.trim_start_matches('/'), problem.message);
    }
    let errors = reading.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let phone = if reading.settings.provider.is_some() { "there is a phone" } else { "there is no phone" };
    let _ = writeln!(out, "{file}: {phone}; errors: {errors}, warnings: {}", reading.problems.len() - errors);
    Ok(Answer { out, code: if errors > 0 { Code::Broken } else { Code::Done }, ..Answer::default() })
}

fn table(definition: &Definition, flat: &Flat, reading: &Reading) -> String {
    let mut out = String::new();
    for group in GROUPS {
        let entries: Vec<_> = group.entries.iter().filter(|entry| !matches!(entry.form, Form::Salesforce)).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{} — {}", group.name, group.label);
        let rows: Vec<_> = entries.iter().map(|entry| row(definition, flat, reading, group.name, entry)).collect();
        let wide = |text: fn(&(String, String, String)) -> &String| rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
        let (names, values) = (wide(|row| &row.0), wide(|row| &row.1).min(60));
        for (name, value, source) in &rows {
            let _ = writeln!(out, "  {name:names$}  {value:values$}  {source}");
        }
        out.push('\n');
    }
    out
}

/// Name, value in use, and where that is from.
fn row(definition: &Definition, flat: &Flat, reading: &Reading, section: &str, entry: &Entry) -> (String, String, String) {
    let key = format!("/{section}/{}", entry.name);
    let default = if entry.value.is_empty() { "(not set)" } else { entry.value };
    let problem = reading.problems.iter().find(|problem| problem.key == key);
    let (value, source) = match (flat.value(section, entry.name), problem) {
        (Some(value), Some(problem)) => (problem.used.as_str(), format!("in place of “{value}”")),
        (Some(value), None) => (value, "file".to_owned()),
        (None, Some(problem)) => (problem.used.as_str(), "default".to_owned()),
        (None, None) if definition.item(section, entry.name).is_none() => (default, "default; the file has no such item".to_owned()),
        (None, None) => (default, "default".to_owned()),
    };
    (entry.name.to_owned(), value.to_owned(), source)
}

/// Items that the softphone does not know, nor Salesforce.
fn strangers(definition: &Definition) -> Vec<String> {
    let known = |section: &str, item: &str| {
        GROUPS.iter().any(|group| group.name == section && group.entries.iter().any(|entry| entry.name == item))
    };
    let items = definition.ordered().into_iter().flat_map(|section| section.ordered().into_iter().map(move |item| (section, item)));
    items
        .filter(|(section, item)| !known(&section.name, &item.name))
        .map(|(section, item)| format!("{}/{}", section.name, item.name))
        .collect()
}
