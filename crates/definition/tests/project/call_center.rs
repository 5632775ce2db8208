//! The call center that a deploy brings is the one an import brings.

use hookswitch_definition::{Flat, GENERAL, PROVIDER_SECTION, catalogue::GROUPS, convert, settings, shipped};

use super::tree::{files, fresh, of_type, read};

const FILE: &str = "force-app/main/default/callCenters/Hookswitch.callCenter-meta.xml";

#[test]
fn the_call_center_is_made_from_the_table() {
    // A deploy may refuse empty values; a lone hyphen means "not set".
    let metadata = convert(&shipped(), "-").expect("it has both names");
    assert_eq!(FILE, format!("force-app/main/default/callCenters/{}.callCenter-meta.xml", metadata.full_name));
    fresh(&format!("definition/{FILE}"), &metadata.xml);
}

#[test]
fn its_sections_items_labels_and_values_are_those_of_the_table() {
    let node = read(FILE);
    let sections: Vec<_> = node.all("sections").collect();
    assert_eq!(sections.len(), GROUPS.len());
    for (section, group) in sections.iter().zip(GROUPS) {
        assert_eq!((section.value("name"), section.value("label")), (group.name, group.label));
        let found = section.all("items").map(|item| (item.value("name"), item.value("label"), item.value("value")));
        // The two names are no items here.
        let entries = group.entries.iter().filter(|entry| !matches!(entry.name, "reqInternalName" | "reqDisplayName"));
        let expected = entries.map(|entry| (entry.name, entry.label, if entry.value.is_empty() { "-" } else { entry.value }));
        assert!(found.eq(expected), "{}", group.name);
    }
    assert_eq!(node.value("displayName"), shipped().display_name().expect("a display name"));
}

#[test]
fn what_the_softphone_reads_from_it_is_what_it_reads_from_the_imported_file() {
    let node = read(FILE);
    let flat: Flat = node
        .all("sections")
        .flat_map(|section| section.all("items").map(move |item| (section, item)))
        .map(|(section, item)| (format!("/{}/{}", section.value("name"), item.value("name")), item.value("value").to_owned()))
        .collect();
    assert_eq!(settings(&flat).settings, settings(&shipped().flat()).settings);
}

#[test]
fn the_panel_in_the_utility_bar_and_the_trusted_site_fit_the_call_center() {
    let shipped = shipped();
    let (page, node) = of_type("FlexiPage").into_iter().next().expect("a utility bar");
    assert_eq!((page.as_str(), node.value("type")), ("HookswitchUtilityBar", "UtilityBar"));
    let item = node.deep("componentInstance")[0];
    assert_eq!(item.value("componentName"), "opencti:softPhone");
    let property = |name: &str| {
        let found = item.all("componentInstanceProperties").find(|property| property.value("name") == name).expect("a property");
        assert_eq!(found.value("type"), "decorator");
        found.value("value").to_owned()
    };
    assert_eq!(property("eager"), "true", "it starts by itself");
    for (name, setting) in [("height", "reqSoftphoneHeight"), ("width", "reqSoftphoneWidth")] {
        assert_eq!(Some(property(name).as_str()), shipped.value(GENERAL, setting));
    }
    let (_, site) = of_type("CspTrustedSite").into_iter().next().expect("a trusted site");
    let adapter = shipped.adapter_url().expect("an adapter URL");
    assert!(adapter.starts_with(&format!("{}/", site.value("endpointUrl"))), "{adapter}");
    assert_eq!((site.value("isApplicableToFrameSrc"), site.value("canAccessMicrophone"), site.value("isActive")), ("true", "true", "true"));
}

/// The guide tells an admin what to set after a deploy, as a list of `item` = `value`. It has to work.
#[test]
fn what_the_guide_says_to_set_is_understood_and_names_what_is_shipped() {
    let guide = &files()["README.md"];
    let mut flat = shipped().flat();
    flat.set(PROVIDER_SECTION, "provider", "simulated");
    for (section, item, value) in [
        ("hookswitchIdentity", "apexClass", "Hookswitch"),
        ("hookswitchIdentity", "identitySource", "apex"),
        ("hookswitchMessages", "messageChannel", "HookswitchCalls__c"),
        ("hookswitchLog", "customFields", "HookswitchHold__c = {hold}; HookswitchWrapUp__c = {wrapUp}; HookswitchHandle__c = {handle}"),
    ] {
        assert!(guide.contains(&format!("| `{item}` | `{value}` |")), "the guide does not say {item} = {value}");
        flat.set(section, item, value);
    }
    let reading = settings(&flat);
    assert_eq!(reading.problems, []);
    let channel = reading.settings.message_channel.expect("a channel");
    assert!(of_type("LightningMessageChannel").contains_key(channel.trim_end_matches("__c")), "{channel}");
    assert!(of_type("ApexClass").contains_key(&reading.settings.identity.apex_class.expect("a class")));
    let fields = of_type("CustomField");
    for field in reading.settings.log.custom_fields.keys() {
        assert!(fields.contains_key(&format!("Activity.{field}")), "{field}");
    }
    assert_eq!(reading.settings.log.custom_fields.len(), fields.keys().filter(|name| name.starts_with("Activity.")).count());
}
