//! The project's files, and the components they are.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::xml::Node;

/// Folder, suffix, outermost element, type, for each kind of component shipped.
const KINDS: &[(&str, &str, &str, &str)] = &[
    ("applications", ".app-meta.xml", "CustomApplication", "CustomApplication"),
    ("callCenters", ".callCenter-meta.xml", "CallCenter", "CallCenter"),
    ("classes", ".cls-meta.xml", "ApexClass", "ApexClass"),
    ("cspTrustedSites", ".cspTrustedSite-meta.xml", "CspTrustedSite", "CspTrustedSite"),
    ("customMetadata", ".md-meta.xml", "CustomMetadata", "CustomMetadata"),
    ("dashboards", ".dashboard-meta.xml", "Dashboard", "Dashboard"),
    ("dashboards", ".dashboardFolder-meta.xml", "DashboardFolder", "Dashboard"),
    ("flexipages", ".flexipage-meta.xml", "FlexiPage", "FlexiPage"),
    ("messageChannels", ".messageChannel-meta.xml", "LightningMessageChannel", "LightningMessageChannel"),
    ("objects", ".field-meta.xml", "CustomField", "CustomField"),
    ("objects", ".object-meta.xml", "CustomObject", "CustomObject"),
    ("permissionsets", ".permissionset-meta.xml", "PermissionSet", "PermissionSet"),
    ("reportTypes", ".reportType-meta.xml", "ReportType", "ReportType"),
    ("reports", ".report-meta.xml", "Report", "Report"),
    ("reports", ".reportFolder-meta.xml", "ReportFolder", "Report"),
    ("triggers", ".trigger-meta.xml", "ApexTrigger", "ApexTrigger"),
];

/// Type and full name, as manifests name a component.
pub(crate) type Component = (String, String);

/// A path in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Compare a file with what it should be, or write it when asked to.
pub(crate) fn fresh(path: &str, expected: &str) {
    let path = repository(path);
    if std::env::var_os("HOOKSWITCH_WRITE").is_some() {
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the repository can be written");
        fs::write(&path, expected).expect("the repository can be written");
    }
    assert!(fs::read_to_string(&path).is_ok_and(|found| found == expected), "{} is stale: run with HOOKSWITCH_WRITE=1", path.display());
}

/// Every file of the project with its text, by its path in it.
pub(crate) fn files() -> BTreeMap<String, String> {
    let root = repository("definition");
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the project is part of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name} is no text: {error}"));
            found.insert(name, text);
        }
    }
    found
}

/// A file of the project, read.
pub(crate) fn read(path: &str) -> Node {
    let text = fs::read_to_string(repository("definition").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Node::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every component of the project with its file's content.
pub(crate) fn components() -> BTreeMap<Component, Node> {
    files().keys().filter_map(|path| Some((component(path)?, read(path)))).collect()
}

/// Components of a type, by full name.
pub(crate) fn of_type(kind: &str) -> BTreeMap<String, Node> {
    components().into_iter().filter(|((own, _), _)| own == kind).map(|((_, name), node)| (name, node)).collect()
}

/// The component that a file describes.
fn component(path: &str) -> Option<Component> {
    let path = path.strip_prefix(ROOT)?;
    if path.ends_with(".cls") || path.ends_with(".trigger") {
        return None;
    }
    let (folder, rest) = path.split_once('/')?;
    let (suffix, kind) = KINDS
        .iter()
        .filter(|(own, suffix, ..)| *own == folder && rest.ends_with(suffix))
        .map(|(_, suffix, _, kind)| (suffix, kind))
        .next()
        .unwrap_or_else(|| panic!("{path} has a suffix that Salesforce would not know"));
    let name = rest.strip_suffix(suffix)?;
    let name = match (*kind, &name.split('/').collect::<Vec<_>>()[..]) {
        ("CustomField", [object, "fields", field]) => format!("{object}.{field}"),
        ("CustomObject", [_, object]) => (*object).to_owned(),
        _ => name.to_owned(),
    };
    Some(((*kind).to_owned(), name))
}

/// The outermost element that a file of this name must have; none where it is no metadata.
pub(crate) fn expected_root(path: &str) -> Option<&'static str> {
    if path.starts_with("manifest/") {
        return Some("Package");
    }
    KINDS.iter().find(|(_, suffix, ..)| path.ends_with(suffix)).map(|(_, _, root, _)| *root)
}

/// Where the components are.
pub(crate) const ROOT: &str = "force-app/main/default/";
