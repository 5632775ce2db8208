//! Install, upgrade, uninstall, played through on what an org would hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use hookswitch_definition::{Change, PROVIDER_SECTION, changes, parse, shipped};

use super::{
    manifests::named,
    references::needs,
    tree::{Component, files, repository},
};

/// What an admin has made their own, by type.
const ADMINS: [&str; 5] = ["CallCenter", "CspTrustedSite", "CustomApplication", "CustomMetadata", "FlexiPage"];

/// An org as far as deploys see it: who last wrote each component.
#[derive(Default)]
struct Org(BTreeMap<Component, &'static str>);

impl Org {
    fn deploy(&mut self, manifest: &str, whose: &'static str) {
        self.0.extend(named(manifest).into_iter().map(|component| (component, whose)));
        let needs = needs();
        for component in self.0.keys() {
            let missing: Vec<_> = needs[component].iter().filter(|other| !self.0.contains_key(other)).cloned().collect();
            assert_eq!(missing, [], "{component:?} would not deploy");
        }
    }

    /// Deletes in the order of the manifest; what something still uses cannot go.
    fn delete(&mut self, manifest: &str) {
        let needs = needs();
        for component in named(manifest) {
            let users: Vec<_> = self.0.keys().filter(|other| **other != component && needs[*other].contains(&component)).collect();
            assert_eq!(users, Vec::<&Component>::new(), "{component:?} is still in use");
            assert!(self.0.remove(&component).is_some(), "{component:?} is not there");
        }
    }
}

#[test]
fn after_an_install_and_an_uninstall_nothing_is_left() {
    let mut org = Org::default();
    org.deploy("package.xml", "ours");
    assert!(org.0.len() > 20);
    org.delete("uninstall/destructiveChanges.xml");
    assert_eq!(org.0.keys().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["CallCenter", "CspTrustedSite"]);
    org.delete("uninstall-call-center/destructiveChanges.xml");
    assert!(org.0.is_empty());
}

#[test]
fn an_upgrade_brings_everything_new_and_keeps_what_the_admin_set() {
    let mut org = Org::default();
    org.deploy("package.xml", "old");
    for (component, whose) in &mut org.0 {
        if ADMINS.contains(&component.0.as_str()) {
            *whose = "admin";
        }
    }
    let before: BTreeSet<_> = org.0.keys().cloned().collect();
    org.deploy("upgrade.xml", "new");
    assert_eq!(org.0.keys().cloned().collect::<BTreeSet<_>>(), before, "an upgrade takes nothing away and leaves nothing out");
    for ((kind, name), whose) in &org.0 {
        let expected = if ADMINS.contains(&kind.as_str()) { "admin" } else { "new" };
        assert_eq!(*whose, expected, "{kind} {name}");
    }
}

/// An org that imported the first release keeps its call center and its users for good: the list of items is frozen.
#[test]
fn an_org_with_the_first_release_needs_no_new_internal_name_and_no_user_is_moved() {
    let first = fs::read_to_string(repository("crates/definition/tests/files/first-release.xml")).expect("it is part of the repository");
    let mut first = parse(&first).expect("it was imported").definition;
    first.set(PROVIDER_SECTION, "provider", "sip").expect("an item of every release");
    let changes = changes(&first, &shipped());
    let locked: Vec<_> = changes.iter().filter(|change| change.needs_new_name()).collect();
    assert_eq!(locked, Vec::<&Change>::new());
}

#[test]
fn the_guide_has_the_command_for_every_manifest_and_script() {
    let files = files();
    let guide = &files["README.md"];
    for path in files.keys().filter(|path| path.starts_with("manifest/") || path.starts_with("scripts/")) {
        assert!(guide.contains(path.as_str()), "the guide does not say what {path} is for");
    }
    for command in [
        "sf project deploy start --manifest manifest/package.xml",
        "sf project deploy start --manifest manifest/without-apex.xml",
        "sf project deploy start --manifest manifest/upgrade.xml",
        "--post-destructive-changes manifest/uninstall/destructiveChanges.xml",
        "sf apex run --file scripts/assign-users.apex",
        "sf apex run --file scripts/before-uninstall.apex",
        "hookswitch-definition diff",
    ] {
        assert!(guide.contains(command), "{command}");
    }
}
