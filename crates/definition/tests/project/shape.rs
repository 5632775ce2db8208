//! Form of the files: well-formed, in order, of one API version, and nothing in them that must not leave the house.

use std::path::Path;

use super::{
    tree::{ROOT, expected_root, files},
    xml::Node,
};

const API: &str = "66.0";

#[test]
fn every_xml_file_is_well_formed_and_what_its_name_says() {
    let mut seen = 0;
    for (path, text) in files().iter().filter(|(path, _)| path.ends_with(".xml") && *path != "hookswitch.xml") {
        let node = Node::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(Some(node.name.as_str()), expected_root(path), "{path}");
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<") && text.ends_with(">\n"), "{path}");
        let space = node.attributes.iter().find(|(name, _)| name == "xmlns").map(|(_, value)| value.as_str());
        assert_eq!(space, Some("http://soap.sforce.com/2006/04/metadata"), "{path}");
        seen += 1;
    }
    assert!(seen > 25, "only {seen} files were looked at");
    for broken in ["<a><b></a>", "<a>", "<a/><b/>", "<a>&nbsp;</a>", "<a b=c/>", ""] {
        assert!(Node::parse(broken).is_err(), "{broken}");
    }
}

/// The Metadata API demands that elements of one name stand together; a retrieve puts them in alphabetical order, the full name first.
#[test]
fn elements_stand_in_the_order_that_a_retrieve_gives_them() {
    fn look(path: &str, node: &Node) {
        let names: Vec<_> = node.children.iter().map(|child| (child.name != "fullName", child.name.as_str())).collect();
        assert!(names.is_sorted(), "{path}: {} holds {names:?}", node.name);
        node.children.iter().for_each(|child| look(path, child));
    }
    for (path, text) in files().iter().filter(|(path, _)| expected_root(path).is_some()) {
        look(path, &Node::parse(text).unwrap_or_else(|error| panic!("{path}: {error}")));
    }
}

#[test]
fn the_api_version_is_the_same_everywhere() {
    let files = files();
    assert!(files["sfdx-project.json"].contains(&format!("\"sourceApiVersion\": \"{API}\"")));
    for (path, text) in &files {
        let Some(root) = expected_root(path) else { continue };
        let node = Node::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let version = match root {
            "ApexClass" | "ApexTrigger" => node.value("apiVersion"),
            "Package" => node.value("version"),
            _ => continue,
        };
        assert_eq!(version, API, "{path}");
    }
}

#[test]
fn every_class_and_trigger_has_its_description_and_every_description_its_code() {
    let files = files();
    let classes: Vec<_> = files.keys().filter(|path| path.contains("/classes/") || path.contains("/triggers/")).collect();
    assert!(classes.len() >= 4);
    for path in &classes {
        let partner = path.strip_suffix("-meta.xml").map_or_else(|| format!("{path}-meta.xml"), String::from);
        assert!(files.contains_key(&partner), "{path} lacks {partner}");
    }
    for path in classes.iter().filter(|path| path.ends_with(".cls")) {
        let name = path.strip_prefix(ROOT).and_then(|path| path.strip_prefix("classes/")).and_then(|name| name.strip_suffix(".cls"));
        let name = name.expect("a class is in the folder of classes");
        assert!(files[*path].contains(&format!(" class {name} ")) || files[*path].contains(&format!(" interface {name} ")), "{path}");
        assert!(Node::parse(&files[&format!("{path}-meta.xml")]).is_ok_and(|node| node.value("status") == "Active"));
    }
}

#[test]
fn everything_that_an_admin_reads_has_a_description() {
    for (path, text) in files() {
        let described = matches!(
            expected_root(&path),
            Some(
                "CustomApplication"
                    | "CspTrustedSite"
                    | "CustomField"
                    | "CustomObject"
                    | "Dashboard"
                    | "LightningMessageChannel"
                    | "PermissionSet"
                    | "Report"
                    | "ReportType"
            )
        );
        let node = Node::parse(&text).ok().filter(|_| described);
        let Some(node) = node else { continue };
        assert!((20..=255).contains(&node.value("description").chars().count()), "{path}");
        for field in node.all("lightningMessageFields") {
            assert!(field.value("description").chars().count() > 10, "{path}: {}", field.value("fieldName"));
        }
    }
}

#[test]
fn no_secret_no_machine_and_no_real_host_is_in_any_file() {
    // This machine's own folders, whatever they are called here.
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/definition lies two below");
    let mut bad = vec![checkout.display().to_string()];
    bad.extend(std::env::var("HOME").ok().filter(|home| home.len() > 1));
    bad.extend(["home", "Users"].map(|folder| format!("/{folder}/")));
    bad.extend(["C:\\", "127.0.0.1", "localhost", "://10.", "://192.168.", "BEGIN PRIVATE", "Bearer "].map(String::from));
    for (path, text) in files() {
        for word in &bad {
            assert!(!text.contains(word.as_str()), "{path} holds {word}");
        }
        let addresses = text.split("://").skip(1).map(|rest| rest.split(['/', '"', '<', ' ', '\'', '`', ')', ',', '?', ';', '\n']).next());
        for host in addresses.map(|host| host.unwrap_or_default().trim_end_matches('.')).filter(|host| !host.is_empty()) {
            let known = host.ends_with("example.com") || matches!(host, "soap.sforce.com" | "login.salesforce.com" | "www.w3.org");
            assert!(known, "{path} names the host {host}");
        }
        for secret in ["<password>", "<token>", "'password' => '", "apiKey", "client_secret"] {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
    }
}
