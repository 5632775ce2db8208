//! Settings that are missing, empty, or contradict each other.

use hookswitch_core::settings::{Conference, Log, PerKind, PopWhen, ProviderKind, Ring, Settings, SignIn, SipServer, ViewKind};
use hookswitch_definition::{Flat, Reading, Severity, catalogue::GROUPS, settings};
use proptest::prelude::*;

/// Read settings given as `section/item` without the prefix of our sections.
fn read(entries: &[(&str, &str)]) -> Reading {
    let flat: Flat = entries.iter().map(|(key, value)| (format!("/hookswitch{key}"), *value)).collect();
    settings(&flat)
}

fn with(entries: &[(&str, &str)]) -> Reading {
    read(&[&[("Provider/provider", "simulated")], entries].concat())
}

#[test]
fn no_settings_at_all_mean_no_phone_and_one_message() {
    let reading = settings(&Flat::default());
    assert_eq!(reading.settings, Settings::default());
    assert_eq!(reading.settings.provider, None);
    let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(problem.message, "provider: no phone system is chosen yet. Choose sip, simulated or custom. Used: no phone.");
}

#[test]
fn a_wrong_or_incomplete_phone_system_is_never_replaced_by_another() {
    let cases: [&[(&str, &str)]; 7] = [
        &[("Provider/provider", "SIMULATED please")],
        &[("Provider/provider", "sip")],
        &[("Provider/provider", "sip"), ("Sip/primaryServers", "https://sip.example.com")],
        &[("Provider/provider", "sip"), ("Sip/backupServers", "wss://sip.example.com")],
        &[("Provider/provider", "custom")],
        &[("Provider/provider", "custom"), ("Provider/customProviderUrl", "//evil.example.com/x.js")],
        &[("Provider/provider", "custom"), ("Provider/customProviderUrl", "http://example.com/x.js")],
    ];
    for case in cases {
        let reading = read(case);
        assert_eq!(reading.settings.provider, None, "{case:?}");
        assert_eq!(reading.problems[0].severity, Severity::Error, "{case:?}");
        assert_eq!(reading.problems[0].used, "no phone", "{case:?}");
    }
}

#[test]
fn each_phone_system_is_understood_in_any_case() {
    let sip = read(&[
        ("Provider/provider", " SIP "),
        ("Sip/primaryServers", "wss://a.example.com/ws 2, wss://b.example.com/ws"),
        ("Sip/backupServers", "wss://c.example.com 7"),
    ]);
    assert_eq!((sip.settings.provider, sip.problems), (Some(ProviderKind::Sip), vec![]));
    let server = |url: &str, weight| SipServer { url: url.into(), weight };
    assert_eq!(sip.settings.sip.primary, [server("wss://a.example.com/ws", 2), server("wss://b.example.com/ws", 1)]);
    assert_eq!(sip.settings.sip.backup, [server("wss://c.example.com", 7)]);
    let custom = read(&[("Provider/provider", "Custom"), ("Provider/customProviderUrl", "/vendor/phone.js")]);
    assert_eq!(custom.settings.provider, Some(ProviderKind::Custom("/vendor/phone.js".into())));
    assert_eq!(with(&[]).settings.provider, Some(ProviderKind::Simulated));
}

#[test]
fn the_good_entries_of_a_list_are_kept() {
    let reading = read(&[
        ("Provider/provider", "sip"),
        ("Sip/primaryServers", "wss://a.example.com, b.example.com, wss://c.example.com 1000, wss://d.example.com 3"),
    ]);
    assert_eq!(
        reading.settings.sip.primary.iter().map(|server| server.url.as_str()).collect::<Vec<_>>(),
        ["wss://a.example.com", "wss://d.example.com"]
    );
    assert_eq!(reading.problems.len(), 1);
    assert!(reading.problems[0].message.contains("“b.example.com, wss://c.example.com 1000”"), "{}", reading.problems[0].message);
    assert_eq!(reading.settings.provider, Some(ProviderKind::Sip));
}

#[test]
fn a_server_without_encryption_is_used_with_a_warning_unless_it_is_this_machine() {
    let reading = read(&[("Provider/provider", "sip"), ("Sip/primaryServers", "ws://sip.example.com")]);
    assert_eq!((reading.problems.len(), reading.settings.sip.primary.len()), (1, 1));
    let local = read(&[("Provider/provider", "sip"), ("Sip/primaryServers", "ws://127.0.0.1:8088/ws")]);
    assert_eq!((local.problems, local.settings.sip.primary.len()), (vec![], 1));
}

#[test]
fn a_password_in_an_address_is_refused() {
    let reading = with(&[("Sip/iceServers", "stun:stun.example.com, turn:user:password@turn.example.com")]);
    assert_eq!(reading.settings.sip.ice_servers, ["stun:stun.example.com"]);
    assert_eq!(reading.problems[0].key, "/hookswitchSip/iceServers");
}

#[test]
fn a_mandatory_disposition_that_cannot_be_chosen_is_not_demanded() {
    let reading = with(&[
        ("WrapUp/mandatoryInternal", "true"),
        ("WrapUp/mandatoryOutbound", "true"),
        ("WrapUp/wrapUpSecondsOutbound", "0"),
        ("WrapUp/mandatoryInbound", "true"),
    ]);
    assert_eq!(reading.settings.wrap_up.mandatory, PerKind { inbound: true, internal: false, outbound: false });
    let keys: Vec<_> = reading.problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["/hookswitchWrapUp/mandatoryInternal", "/hookswitchWrapUp/mandatoryOutbound"]);
}

#[test]
fn apex_without_a_class_falls_back_and_says_so() {
    let reading = with(&[("Identity/credentialSource", "apex"), ("Identity/identitySource", "apex")]);
    assert_eq!(reading.settings.identity.sign_in, SignIn::Form);
    assert_eq!(reading.problems.len(), 2);
    let complete = with(&[("Identity/credentialSource", "apex"), ("Identity/apexClass", "acme.Hookswitch")]);
    assert_eq!((complete.settings.identity.sign_in, complete.problems), (SignIn::Apex, vec![]));
}

#[test]
fn a_record_type_by_its_name_needs_apex() {
    let without = with(&[("Log/recordType", "Support_Call")]);
    assert_eq!(without.settings.log.record_type, None);
    let [problem] = &without.problems[..] else { panic!("{:?}", without.problems) };
    assert_eq!(problem.key, "/hookswitchLog/recordType");
    assert!(problem.message.contains("no") && problem.message.contains("begins with 012"), "{}", problem.message);
    for (name, class) in [("Support_Call", "Hookswitch"), ("012000000000001AAA", "")] {
        let fine = with(&[("Log/recordType", name), ("Identity/apexClass", class)]);
        assert_eq!((fine.settings.log.record_type.as_deref(), fine.problems), (Some(name), vec![]));
    }
    let long_name = with(&[("Log/recordType", "CustomerSupport"), ("Identity/apexClass", "Hookswitch")]);
    assert!(!Log::is_record_type_id(&long_name.settings.log.record_type.unwrap()), "fifteen letters are no id");
}

#[test]
fn prefixes_that_are_needed_and_not_set_are_those_of_the_country_and_said() {
    let house = |entries: &[(&str, &str)]| {
        let mut flat: Flat = entries.iter().map(|(key, value)| (format!("/{key}"), *value)).collect();
        flat.set("hookswitchProvider", "provider", "simulated");
        settings(&flat)
    };
    let dialing = "hookswitchDialing/applyPrefixes";
    let prefixes = |entries: &[(&str, &str)]| {
        let reading = house(entries);
        let dialing = reading.settings.dialing;
        let keys: Vec<_> =
            reading.problems.iter().map(|problem| problem.key.trim_start_matches("/reqDialingOptions/").to_owned()).collect();
        ([dialing.outside_prefix, dialing.long_distance_prefix, dialing.international_prefix].join(","), keys.join(","))
    };
    let found = |values: &str, said: &str| (values.to_owned(), said.to_owned());
    let (outside, long, abroad) =
        ("reqDialingOptions/reqOutsidePrefix", "reqDialingOptions/reqLongDistPrefix", "reqDialingOptions/reqInternationalPrefix");
    let country = "hookswitchDialing/country";
    let both = "reqLongDistPrefix,reqInternationalPrefix";
    assert_eq!(prefixes(&[(dialing, "true"), (country, "DE"), (outside, "0")]), found("0,0,00", both));
    assert_eq!(prefixes(&[(dialing, "true"), (country, "DE"), (outside, "0"), (long, "none"), (abroad, "None")]), found("0,,", ""));
    assert_eq!(prefixes(&[(dialing, "true"), (country, "DE"), (outside, "0"), (long, "0"), (abroad, "000")]), found("0,0,000", ""));
    assert_eq!(prefixes(&[(dialing, "true"), (country, "US"), (outside, "9")]), found("9,,011", "reqInternationalPrefix"));
    assert_eq!(prefixes(&[(dialing, "true"), (country, "ES"), (outside, "0")]), found("0,,00", "reqInternationalPrefix"));
    // Nobody knows where: nothing is made up, and it is said what comes of it.
    assert_eq!(prefixes(&[(dialing, "true"), (outside, "9")]), found("9,,", "reqInternationalPrefix"));
    assert_eq!(prefixes(&[(country, "DE"), (outside, "0")]), found("0,,", ""));
    let told = &house(&[(dialing, "true"), (country, "DE"), (long, "0")]).problems[0];
    let words = "prefixes are applied, but this one is not set; write it here, or the word none if there is none. Used: 00.";
    assert!(told.message.ends_with(words) && told.used == "00", "{}", told.message);
}

#[test]
fn a_limit_below_the_wrap_up_is_raised_and_a_long_wrap_up_raises_the_default() {
    let reading = with(&[("WrapUp/wrapUpLimitSeconds", "30")]);
    assert_eq!((reading.settings.wrap_up.limit_seconds, reading.problems.len()), (60, 1));
    let long = with(&[("WrapUp/wrapUpSecondsInbound", "1800")]);
    assert_eq!((long.settings.wrap_up.limit_seconds, long.problems), (1800, vec![]));
}

#[test]
fn the_header_of_the_segment_has_a_default_can_be_switched_off_and_is_never_nonsense() {
    let named = |value: &str| with(&[("Spare/spare1", value)]);
    for (value, header) in [("", Some("X-Segment")), ("-", Some("X-Segment")), ("none", None), ("Customer-Kind", Some("Customer-Kind"))] {
        assert_eq!((named(value).settings.sip.segment_header.as_deref(), named(value).problems), (header, Vec::new()), "{value:?}");
    }
    let reading = named("X-Segment: gold");
    assert_eq!(reading.settings.sip.segment_header.as_deref(), Some("X-Segment"));
    assert!(reading.problems[0].message.contains("a header's name"), "{:?}", reading.problems);
}

#[test]
fn words_and_lists_are_understood_as_admins_write_them() {
    let reading = with(&[
        ("Calls/notReadyReasons", "Lunch, long; Break; Break;"),
        ("Calls/autoAnswerInternal", "3"),
        ("WrapUp/dispositionsInbound", "NONE"),
        ("Pop/popOutbound", "Answered"),
        ("Sip/conference", "8000"),
        ("Sip/recordHeader", "none"),
        ("Spare/spare1", "X_Kind"),
        ("Spare/spare8", "ours"),
        ("Log/customFields", "Hold__c = {hold}; acme__Note__c = Said: {notes}, {disposition};"),
        ("View/views", "History, dial"),
        ("View/ring", "https://phone.example.com/ring.mp3"),
        ("View/language", "AUTO"),
        ("Dialing/country", "de"),
    ]);
    assert_eq!(reading.problems, []);
    let settings = reading.settings;
    assert_eq!(settings.calls.not_ready_reasons, ["Lunch, long", "Break"]);
    assert_eq!(settings.calls.auto_answer, PerKind { inbound: None, internal: Some(3), outbound: None });
    assert_eq!(settings.wrap_up.dispositions.inbound, [""; 0]);
    assert_eq!(settings.pop.when.outbound, PopWhen::Answered);
    assert_eq!(settings.sip.conference, Conference::Bridge("8000".into()));
    assert_eq!(settings.sip.record_header, None);
    assert_eq!((settings.sip.segment_header.as_deref(), settings.spare[6].as_str()), (Some("X_Kind"), "ours"));
    assert_eq!(settings.log.custom_fields["acme__Note__c"].fill(|slot| format!("<{slot:?}>")), "Said: <Notes>, <Disposition>");
    assert_eq!(settings.view.views, [ViewKind::History, ViewKind::Dial]);
    assert_eq!(settings.view.ring, Ring::Url("https://phone.example.com/ring.mp3".into()));
    assert_eq!((settings.view.language, settings.dialing.country.as_deref()), (None, Some("DE")));
}

#[test]
fn a_wrong_custom_field_leaves_the_others() {
    let reading = with(&[("Log/customFields", "Hold__c={hold}; Bad field={hold}; Other__c={nothing}; lonely")]);
    assert_eq!(reading.settings.log.custom_fields.keys().collect::<Vec<_>>(), ["Hold__c"]);
    assert_eq!(reading.problems[0].used, "the other fields");
}

#[test]
fn settings_in_no_form_at_all_still_give_the_defaults() {
    let flat: Flat = [
        ("", ""),
        ("/", "x"),
        ("label", "x"),
        ("/hookswitchCalls", "7"),
        ("/hookswitchCalls/lines/label", "Lines"),
        ("hookswitchCalls/lines", "3"),
    ]
    .into_iter()
    .collect();
    assert_eq!(settings(&flat).settings, Settings::default());
}

proptest! {
    /// A fuzz target in small: hostile values give settings within their limits, and never a panic.
    #[test]
    fn no_value_of_any_item_leads_out_of_the_limits(values in proptest::collection::vec(("\\PC{0,40}|[a-z0-9{}=;,:/. -]{0,40}", 0..GROUPS.len(), 0..20usize), 0..20)) {
        let mut flat = Flat::default();
        for (value, group, entry) in &values {
            let entries = GROUPS[*group].entries;
            flat.set(GROUPS[*group].name, entries[entry % entries.len()].name, value);
        }
        let Reading { settings, .. } = settings(&flat);
        prop_assert!((1..=12).contains(&settings.calls.lines));
        prop_assert!((1..=30).contains(&settings.log.retention_days));
        prop_assert!(settings.view.ring_volume <= 100);
        prop_assert!(settings.sip.primary.iter().chain(&settings.sip.backup).all(|server| server.url.starts_with("ws") && server.weight >= 1));
    }
}
