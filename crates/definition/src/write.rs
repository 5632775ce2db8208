//! Writing the import format.

use crate::{Definition, Item, Section};

/// The definition as an import file (Setup > Call Centers > Import), in the order it has.
///
/// Every section and item is written, known or not. Without an XML declaration, as Salesforce's own samples are.
pub fn write(definition: &Definition) -> String {
    write_with_note(definition, "")
}

/// The same with a comment on top, which must not hold two hyphens in a row.
pub fn write_with_note(definition: &Definition, note: &str) -> String {
    let mut out = String::from("<callCenter>\n");
    if !note.is_empty() {
        out.push_str("  <!--\n");
        for line in note.lines() {
            out.push_str(&format!("    {line}\n"));
        }
        out.push_str("  -->\n");
    }
    for section in &definition.sections {
        let Section { name, label, sort_order, items, .. } = section;
        out.push_str(&format!("  <section{}>\n", attributes(*sort_order, name, label.as_deref())));
        for Item { name, label, sort_order, value, .. } in items {
            let attributes = attributes(*sort_order, name, label.as_deref());
            out.push_str(&format!("    <item{attributes}>{}</item>\n", text(value)));
        }
        out.push_str("  </section>\n");
    }
    out.push_str("</callCenter>\n");
    out
}

fn attributes(sort_order: Option<u32>, name: &str, label: Option<&str>) -> String {
    let order = sort_order.map(|order| format!(" sortOrder=\"{order}\"")).unwrap_or_default();
    let label = label.map(|label| format!(" label=\"{}\"", attribute(label))).unwrap_or_default();
    format!("{order} name=\"{}\"{label}", attribute(name))
}

/// Text between tags.
pub(crate) fn text(value: &str) -> String {
    // A bare carriage return would come back as a line feed.
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

/// Text between double quotes.
fn attribute(value: &str) -> String {
    // Bare line breaks and tabs would come back as blanks.
    text(value).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}
