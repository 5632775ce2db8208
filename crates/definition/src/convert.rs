//! From the import format to the format of Metadata deploys.

use crate::{Definition, GENERAL, write::text};

/// Items that Salesforce keeps as one JSON text beside the sections.
const OPEN_CTI: [&str; 6] =
    ["reqUseApi", "reqSoftphoneHeight", "reqSoftphoneWidth", "reqSalesforceCompatibilityMode", "reqStandbyUrl", "reqTimeout"];

/// A call center as the Metadata API deploys it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Metadata {
    /// The internal name, which is the name of the file without its suffix (`.callCenter`, or `.callCenter-meta.xml` in source format).
    pub full_name: String,
    /// The file's content.
    pub xml: String,
    /// Items without a value, as `section/item`. A value is documented as required, so a deploy may refuse them; see [`convert`].
    pub empty: Vec<String>,
}

/// The definition lacks what the Metadata format cannot do without.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// No display name.
    #[error("the definition has no value for {GENERAL}/reqDisplayName; a deploy needs it")]
    NoDisplayName,
    /// No internal name.
    #[error("the definition has no value for {GENERAL}/reqInternalName; it names the file of a deploy")]
    NoInternalName,
}

/// The definition in the Metadata format.
///
/// Sections and items are written in the order of their `sortOrder`, which the format does not have. The adapter URL and the Open CTI
/// items are written both among the items and on top, because it is not documented which copy wins. `filler` stands in for empty
/// values: `""` keeps them empty; `"-"` is what hookswitch reads as "not set", for orgs that refuse to deploy an empty value.
///
/// # Errors
///
/// When there is no internal or no display name.
pub fn convert(definition: &Definition, filler: &str) -> Result<Metadata, ConvertError> {
    let full_name = definition.internal_name().ok_or(ConvertError::NoInternalName)?.to_owned();
    let display_name = definition.display_name().ok_or(ConvertError::NoDisplayName)?;
    let label = |name: &str, fallback: &str| {
        let label = definition.item(GENERAL, name).and_then(|item| item.label.as_deref());
        label.filter(|label| !label.trim().is_empty()).unwrap_or(fallback).to_owned()
    };
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CallCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n");
    let mut line = |depth: usize, tag: &str, value: &str| {
        out.push_str(&format!("{:1$}<{tag}>{2}</{tag}>\n", "", depth * 4, text(value)));
    };
    if let Some(url) = definition.adapter_url() {
        line(1, "adapterUrl", url);
    }
    line(1, "customSettings", &open_cti_json(definition));
    line(1, "displayName", display_name);
    line(1, "displayNameLabel", &label("reqDisplayName", "Display Name"));
    line(1, "internalNameLabel", &label("reqInternalName", "Internal Name"));
    let mut empty = Vec::new();
    for section in definition.ordered() {
        out.push_str("    <sections>\n");
        for item in section.ordered() {
            if section.name == GENERAL && matches!(item.name.as_str(), "reqInternalName" | "reqDisplayName") {
                continue;
            }
            let mut value = item.value.trim();
            if value.is_empty() {
                empty.push(format!("{}/{}", section.name, item.name));
                value = filler;
            }
            out.push_str("        <items>\n");
            for (tag, value) in [("label", item.label.as_deref().unwrap_or(&item.name)), ("name", &item.name), ("value", value)] {
                out.push_str(&format!("            <{tag}>{}</{tag}>\n", text(value)));
            }
            out.push_str("        </items>\n");
        }
        for (tag, value) in [("label", section.label.as_deref().unwrap_or(&section.name)), ("name", &section.name)] {
            out.push_str(&format!("        <{tag}>{}</{tag}>\n", text(value)));
        }
        out.push_str("    </sections>\n");
    }
    out.push_str("</CallCenter>\n");
    Ok(Metadata { full_name, xml: out, empty })
}

/// The Open CTI items that have a value, as the JSON text Salesforce keeps in `CallCenter.CustomSettings`.
pub(crate) fn open_cti_json(definition: &Definition) -> String {
    let pairs: Vec<_> = OPEN_CTI
        .into_iter()
        .filter_map(|name| definition.value(GENERAL, name).map(|value| format!("\"{name}\":{}", json_text(value))))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

fn json_text(value: &str) -> String {
    let mut out = String::from("\"");
    for char in value.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            char if char < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
