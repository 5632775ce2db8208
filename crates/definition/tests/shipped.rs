//! The definition we ship: file, guide, settings and table say the same.
#![cfg(feature = "xml")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use hookswitch_core::settings::{ProviderKind, Settings};
use hookswitch_definition::{
    DIALING, Flat, PROVIDER_SECTION, Severity,
    catalogue::{Entry, Form, GROUPS, Group, guide},
    check, parse, settings, shipped, write_with_note,
};

const NOTE: &str = "\
The call center definition of hookswitch. Import it under Setup, Call Centers, Import; then set the values there.
The set of items is fixed by the import, so leave those you do not need. Never put a secret here:
every assigned user can read every value. All items are explained in docs/definition.md.
Made from crates/definition/src/catalogue; edit it there and run the tests with HOOKSWITCH_WRITE=1.";
const BEGIN: &str = "<!-- Made from crates/definition/src/catalogue by its tests with HOOKSWITCH_WRITE=1; do not edit below. -->\n\n";

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Compare a file with what it should be, or write it when asked to.
fn fresh(path: &str, expected: &str) {
    let path = repository(path);
    if std::env::var_os("HOOKSWITCH_WRITE").is_some() {
        fs::write(&path, expected).expect("the repository can be written");
    }
    assert!(fs::read_to_string(&path).expect("the file is part of the repository") == expected, "{} is stale", path.display());
}

/// Flat settings as shipped, with what makes every provider choice complete.
fn ready() -> Flat {
    let mut flat = shipped().flat();
    flat.set("hookswitchSip", "primaryServers", "wss://sip.example.com/ws");
    flat.set(PROVIDER_SECTION, "customProviderUrl", "/provider.js");
    flat.set(PROVIDER_SECTION, "provider", "sip");
    flat.set("hookswitchIdentity", "apexClass", "Hookswitch");
    flat.set("hookswitchWrapUp", "dispositionsInternal", "Done");
    flat.set("hookswitchWrapUp", "wrapUpSecondsInternal", "10");
    flat
}

fn own() -> impl Iterator<Item = (&'static Group, &'static Entry)> {
    GROUPS
        .into_iter()
        .flat_map(|group| group.entries.iter().map(move |entry| (group, entry)))
        .filter(|(_, entry)| !matches!(entry.form, Form::Salesforce))
}

#[test]
fn the_shipped_file_is_what_the_table_says() {
    fresh("definition/hookswitch.xml", &write_with_note(&shipped(), NOTE));
}

#[test]
fn the_guide_is_what_the_table_says() {
    let text = fs::read_to_string(repository("docs/definition.md")).expect("the guide is part of the repository");
    let (by_hand, _) = text.split_once(BEGIN).expect("the guide holds the mark");
    fresh("docs/definition.md", &format!("{by_hand}{BEGIN}{}", guide().trim_end().to_owned() + "\n"));
}

#[test]
fn the_shipped_file_breaks_no_rule() {
    let text = fs::read_to_string(repository("definition/hookswitch.xml")).expect("the file is part of the repository");
    assert_eq!(check(&text), []);
}

#[test]
fn the_shipped_file_gives_no_phone_until_one_is_chosen_and_says_so() {
    let reading = settings(&shipped().flat());
    assert_eq!(reading.settings.provider, None);
    let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
    assert_eq!((problem.severity, problem.key.as_str()), (Severity::Error, "/hookswitchProvider/provider"));
    assert_eq!(problem.message, "Phone system: no phone system is chosen yet. Choose sip, simulated or custom. Used: no phone.");
}

#[test]
fn the_shipped_values_are_the_defaults() {
    let text = fs::read_to_string(repository("definition/hookswitch.xml")).expect("the file is part of the repository");
    let mut definition = parse(&text).expect("the file is well-formed").definition;
    definition.set(PROVIDER_SECTION, "provider", "simulated").expect("the item is there");
    let expected = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    for flat in [definition.flat(), definition.flat().without_empty()] {
        let reading = settings(&flat);
        assert_eq!(reading.problems, []);
        assert_eq!(reading.settings, expected);
    }
}

#[test]
fn every_choice_named_in_the_table_is_accepted() {
    for (group, entry) in own() {
        let values: Vec<String> = match entry.form {
            Form::Flag => ["true", "false", "YES", "off"].map(String::from).into(),
            // The limit has to leave room for the wrap-up it limits.
            Form::Number(..) if entry.name == "wrapUpLimitSeconds" => vec!["7200".into()],
            Form::Number(..) if entry.name.starts_with("wrapUpSeconds") => vec!["0".into(), "3600".into()],
            Form::Number(from, to) => vec![from.to_string(), to.to_string()],
            Form::OffOrSeconds(to) => vec!["off".into(), "0".into(), to.to_string()],
            Form::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            _ => vec![entry.value.to_owned(), "-".into()],
        };
        for value in values {
            let mut flat = ready();
            flat.set("hookswitchWrapUp", "wrapUpLimitSeconds", "7200");
            flat.set(group.name, entry.name, &value);
            let problems = settings(&flat).problems;
            // Nobody said what leads abroad.
            let abroad = entry.name == "applyPrefixes" && matches!(value.as_str(), "true" | "YES");
            let expected = usize::from(abroad || entry.name == "primaryServers" && matches!(value.as_str(), "" | "-"));
            assert_eq!(problems.len(), expected, "{}={value}: {problems:?}", entry.name);
        }
    }
}

#[test]
fn nonsense_in_any_item_is_reported_under_its_key_and_replaced() {
    let long = "x".repeat(256);
    for (group, entry) in own() {
        let nonsense: Vec<String> = match entry.form {
            Form::Free | Form::Salesforce => continue,
            Form::Line | Form::Lines => vec![long.clone()],
            Form::Number(from, to) => vec![(to + 1).to_string(), format!("-{}", from + 1), "many".into(), "1.5".into()],
            Form::OffOrSeconds(to) => vec![(to + 1).to_string(), "on".into()],
            Form::Text if entry.name == "subject" => vec!["{phone}".into(), "{".into()],
            Form::Flag | Form::List | Form::Text | Form::Words(_) => vec!["\u{1f600} <?>".into(), "{}".into()],
        };
        for value in nonsense {
            let mut flat = ready();
            if entry.name == "customProviderUrl" {
                flat.set(PROVIDER_SECTION, "provider", "custom");
            }
            let before = settings(&flat).settings;
            flat.set(group.name, entry.name, &value);
            let reading = settings(&flat);
            let keys: BTreeSet<_> = reading.problems.iter().map(|problem| problem.key.clone()).collect();
            assert!(keys.contains(&format!("/{}/{}", group.name, entry.name)), "{}={value}: {:?}", entry.name, reading.problems);
            let label = entry.label.split(':').next().expect("a first part");
            let problem = reading.problems.iter().find(|problem| problem.label == entry.label).expect("a problem with this label");
            assert!(problem.message.starts_with(&format!("{label}: ")) && !problem.used.is_empty(), "{problem:?}");
            let no_phone = matches!(entry.name, "provider" | "primaryServers" | "customProviderUrl");
            assert_eq!(reading.settings.provider.is_none(), no_phone, "{}={value}", entry.name);
            if !no_phone {
                let mut cleared = ready();
                cleared.set(group.name, entry.name, "");
                // Wrong is treated as not set, except where the rest of a list is good.
                assert_eq!(
                    reading.settings,
                    Settings { provider: before.provider, ..settings(&cleared).settings },
                    "{}={value}",
                    entry.name
                );
            }
        }
    }
}

#[test]
fn every_item_changes_the_settings() {
    for (group, entry) in own() {
        let other = match (entry.form, entry.name) {
            (_, "domain" | "outboundProxy") => "other.example.com",
            (_, "primaryServers" | "backupServers") => "wss://other.example.com 5",
            (_, "iceServers") => "stun:stun.example.com",
            (_, "customProviderUrl") => "/other.js",
            (_, "messageChannel") => "Calls__c",
            (_, "customFields") => "Hold__c={hold}",
            (_, "views") => "history, dial",
            (_, "language") => "pt-BR",
            (_, "ring") => "soft",
            (_, "country") => "de",
            (_, "conference" | "emergencyNumbers" | "areaCode" | "voicemailCode" | "parkCode" | "retrieveCode") => "110",
            (_, "stripInbound" | "reqOutsidePrefix" | "reqLongDistPrefix" | "reqInternationalPrefix") => "0",
            (Form::Flag, _) if entry.value == "true" => "false",
            (Form::Flag, _) => "true",
            (Form::Number(..), "wrapUpLimitSeconds") => "601",
            (Form::Number(from, _), _) if from < 9 => "9",
            (Form::Number(..), _) => "777",
            (Form::OffOrSeconds(_), _) => "5",
            (Form::Words(words), _) => words.iter().find(|word| **word != entry.value && **word != "sip").expect("another word"),
            _ => "Other",
        };
        let mut flat = ready();
        if entry.name == "customProviderUrl" {
            flat.set(PROVIDER_SECTION, "provider", "custom");
        }
        if entry.name == "applyPrefixes" {
            flat.set(DIALING, "reqInternationalPrefix", "00");
        }
        let before = settings(&flat);
        flat.set(group.name, entry.name, other);
        let after = settings(&flat);
        assert_eq!(after.problems, [], "{}={other}", entry.name);
        assert_ne!(before.settings, after.settings, "{}={other}", entry.name);
    }
}

#[test]
fn names_keep_to_the_rule_and_labels_explain_themselves() {
    for (group, entry) in own().filter(|(group, _)| group.name != "reqDialingOptions") {
        assert!(!group.name.starts_with("req") && !entry.name.starts_with("req"));
        assert!(entry.label.chars().count() <= 255, "{} has a label too long to read in Setup", entry.name);
        if let Form::Words(words) = entry.form {
            assert!(words.iter().all(|word| entry.label.contains(word)), "{} does not name its choices", entry.name);
        }
    }
}
