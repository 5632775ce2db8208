//! Whatever one component names, another one is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    tree::{Component, components, files, of_type},
    xml::Node,
};

/// Which component needs which other one of ours.
pub(crate) fn needs() -> BTreeMap<Component, BTreeSet<Component>> {
    components().iter().map(|(component, node)| (component.clone(), needed_by(component, node))).collect()
}

fn needed_by((kind, name): &Component, node: &Node) -> BTreeSet<Component> {
    let one = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    let mut needed = BTreeSet::new();
    let mut add = |kind: &str, names: Vec<&str>| needed.extend(names.into_iter().map(|name| one(kind, name)));
    match kind.as_str() {
        "ApexClass" | "ApexTrigger" => {
            let files = files();
            let path = if kind == "ApexClass" { format!("classes/{name}.cls") } else { format!("triggers/{name}.trigger") };
            let text = &files[&format!("force-app/main/default/{path}")];
            let words: BTreeSet<_> = text.split(|char: char| !char.is_alphanumeric() && char != '_').collect();
            let classes = of_type("ApexClass");
            add("ApexClass", classes.keys().map(String::as_str).filter(|other| *other != name && words.contains(other)).collect());
            add("CustomObject", words.iter().copied().filter(|word| word.ends_with("__mdt")).collect());
            add("CustomField", words.iter().filter(|word| word.ends_with("__c")).filter_map(|word| known_field(word)).collect());
        }
        "CustomApplication" => add("FlexiPage", vec![node.value("utilityBar")]),
        "CustomField" => {
            let object = name.split('.').next().filter(|object| object.ends_with("__mdt"));
            add("CustomObject", object.into_iter().collect());
        }
        "CustomMetadata" => {
            let object = format!("{}__mdt", name.split('.').next().unwrap_or_default());
            needed.insert(one("CustomObject", &object));
            needed.extend(node.texts(&["field"]).into_iter().map(|field| one("CustomField", &format!("{object}.{field}"))));
        }
        "Dashboard" => {
            needed.extend(folder("Dashboard", name));
            needed.extend(node.texts(&["report"]).into_iter().map(|report| one("Report", report)));
        }
        "PermissionSet" => {
            add("ApexClass", node.texts(&["apexClass"]));
            add("CustomApplication", node.texts(&["application"]));
            let fields = node.deep("fieldPermissions").into_iter().map(|field| field.value("field").replacen("Task.", "Activity.", 1));
            needed.extend(fields.map(|field| one("CustomField", &field)));
        }
        "Report" => {
            needed.extend(folder("Report", name));
            if let Some(kind) = node.value("reportType").strip_suffix("__c") {
                needed.insert(one("ReportType", kind));
            }
        }
        "ReportType" => {
            let custom = node.deep("columns").into_iter().filter(|column| column.value("field").ends_with("__c"));
            needed.extend(custom.map(|column| one("CustomField", &format!("{}.{}", column.value("table"), column.value("field")))));
        }
        _ => {}
    }
    needed
}

/// Apex names a field without its object; the only one of ours that it may name.
fn known_field(word: &str) -> Option<&'static str> {
    (word != "NoSuchField__c").then_some("HookswitchSetup__mdt.CredentialsClass__c")
}

/// The folder that a report or a dashboard lies in.
fn folder(kind: &str, name: &str) -> Option<Component> {
    name.split_once('/').map(|(folder, _)| (kind.to_owned(), folder.to_owned()))
}

#[test]
fn whatever_a_component_names_is_shipped() {
    let needs = needs();
    let mut seen = 0;
    for (component, needed) in &needs {
        for other in needed {
            assert!(needs.contains_key(other), "{component:?} names {other:?}, which is not there");
            seen += 1;
        }
    }
    assert!(seen > 25, "only {seen} references were looked at");
}

#[test]
fn apex_names_only_the_custom_fields_there_are() {
    let fields = of_type("CustomField");
    for (path, text) in files().iter().filter(|(path, _)| path.ends_with(".cls")) {
        let words = text.split(|char: char| !char.is_alphanumeric() && char != '_');
        for word in words.filter(|word| word.ends_with("__c") && *word != "NoSuchField__c") {
            assert!(fields.keys().any(|field| field.ends_with(&format!(".{word}"))), "{path} names {word}");
        }
    }
}

#[test]
fn fields_are_named_after_their_files() {
    for (name, node) in of_type("CustomField") {
        assert!(name.ends_with(&format!(".{}", node.value("fullName"))), "{name}");
    }
    for (name, node) in of_type("CustomField").iter().filter(|(name, _)| name.starts_with("Activity.")) {
        assert_eq!((node.value("type"), node.value("scale"), node.value("required")), ("Number", "0", "false"), "{name} holds seconds");
    }
}

#[test]
fn reports_use_only_columns_of_their_report_type() {
    let types = of_type("ReportType");
    for (name, node) in of_type("Report").iter().filter(|(_, node)| node.name == "Report") {
        let kind = &types[node.value("reportType").trim_end_matches("__c")];
        let known: BTreeSet<_> =
            kind.deep("columns").iter().map(|column| format!("{}${}", column.value("table"), column.value("field"))).collect();
        let used = node.texts(&["field", "column", "dateColumn"]);
        assert!(used.len() > 5);
        for column in used {
            assert!(known.contains(column), "{name} uses {column}");
        }
    }
}

#[test]
fn the_dashboard_shows_what_its_reports_group_and_count() {
    let reports = of_type("Report");
    let (_, dashboard) = of_type("Dashboard").into_iter().find(|(_, node)| node.name == "Dashboard").expect("a dashboard");
    let components = dashboard.deep("components");
    let shown: Vec<_> = components.iter().map(|component| component.value("header")).collect();
    assert_eq!(shown, ["Calls by day and kind", "Handle time by disposition (seconds)", "Calls by disposition"]);
    for component in components {
        let report = &reports[component.value("report")];
        let groups = report.deep("groupingsDown").into_iter().map(|group| group.value("field")).collect::<Vec<_>>();
        for group in component.texts(&["groupingColumn"]) {
            assert!(groups.contains(&group), "{group}");
        }
        for summary in component.deep("chartSummary") {
            let (column, aggregate) = (summary.value("column"), summary.value("aggregate"));
            let counted = report.all("columns").any(|own| own.value("field") == column && own.value("aggregateTypes") == aggregate);
            assert!(column == "RowCount" || counted, "{aggregate} of {column}");
        }
    }
}

#[test]
fn agents_get_no_more_than_the_app_its_fields_and_the_class() {
    let sets = of_type("PermissionSet");
    assert_eq!(sets.keys().map(String::as_str).collect::<Vec<_>>(), ["HookswitchAdmin", "HookswitchAgent", "HookswitchApex"]);
    for set in ["HookswitchAgent", "HookswitchApex"] {
        assert_eq!(sets[set].deep("userPermissions").len() + sets[set].deep("objectPermissions").len(), 0, "{set}");
    }
    assert_eq!(sets["HookswitchApex"].texts(&["apexClass"]), ["Hookswitch"], "the others are reached through it");
    let admin: Vec<_> = sets["HookswitchAdmin"].deep("userPermissions").iter().map(|one| one.value("name")).collect();
    assert_eq!(admin, ["ManageCallCenters", "RunReports", "ViewSetup"]);
    let writes = |set: &str| sets[set].deep("fieldPermissions").iter().all(|field| field.value("editable") == "true");
    assert!(writes("HookswitchAgent") && !writes("HookswitchAdmin"));
}
