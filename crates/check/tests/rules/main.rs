//! Every rule, with facts for each of its verdicts.

mod org;

use hookswitch_check::*;
use hookswitch_core::{CrmState, MediaState, PhoneState};
use hookswitch_definition::Flat;
use hookswitch_opencti::{Layout, LayoutField, Section};

/// A phone at which everything is as it should be.
fn fine() -> Facts {
    let mut flat = Flat::default();
    for (item, value) in [
        ("reqInternalName", "Hookswitch"),
        ("reqAdapterUrl", "https://phone.example.com/panel/"),
        ("reqUseApi", "true"),
        ("reqSalesforceCompatibilityMode", "Lightning"),
        ("reqStandbyUrl", "https://spare.example.com/standby/"),
        ("reqTimeout", "10000"),
    ] {
        flat.set("reqGeneralInfo", item, value);
    }
    flat.set("hookswitchProvider", "provider", "sip");
    flat.set("hookswitchSip", "primaryServers", "wss://sip.example.com/ws");
    flat.set("hookswitchIdentity", "apexClass", "Hookswitch");
    Facts {
        place: Place::Framed,
        page: Page { origin: "https://phone.example.com".into(), path: "/panel/".into() },
        org_hosts: vec!["acme.lightning.force.com".into()],
        link: Link { state: Some(CrmState::Ready), problem: None },
        center: Answer::Said(flat),
        layout: Answer::Said(Layout { inbound: section(&["Name", "Phone"]), ..Layout::default() }),
        dialing: Answer::Said(()),
        panel: Panel { painted: Paint::At(9000), loaded_ms: Some(700), open: Answer::Said(true) },
        apex: Answer::Said(()),
        wishes: Answer::Said(Vec::new()),
        phone: PhoneFacts { state: PhoneState::Ready, account: true, ..PhoneFacts::default() },
        microphone: Microphone {
            secure: true,
            handed_on: Some(true),
            permission: Permission::Granted,
            devices: Some(1),
            media: MediaState::Usable,
        },
        storage: Some(Storage { local: true, database: true, locks: true }),
        audio: Audio::Running,
        notifications: Permission::Denied,
        ..Facts::default()
    }
}

fn section(fields: &[&str]) -> Section {
    let fields = fields.iter().map(|field| LayoutField::new(field, field)).collect();
    Section { objects: vec![("Contact".into(), fields)], ..Section::default() }
}

fn with(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = fine();
    change(&mut facts);
    facts
}

/// With one value of the call center changed; none: taken away.
fn set(section: &str, item: &str, value: Option<&str>) -> Facts {
    with(|facts| {
        let Answer::Said(flat) = &mut facts.center else { unreachable!("the settings of `fine`") };
        flat.set(section, item, value.unwrap_or_default());
    })
}

fn general(item: &str, value: Option<&str>) -> Facts {
    set("reqGeneralInfo", item, value)
}

fn find(facts: &Facts, id: &str) -> Finding {
    check(facts).into_iter().find(|finding| finding.id == id).unwrap_or_else(|| panic!("{id} was looked at"))
}

/// The finding is so, says this, and whatever is not well has a remedy that says this.
#[track_caller]
fn finds(facts: &Facts, id: &str, verdict: Verdict, words: &str, fix: &str) {
    let finding = find(facts, id);
    assert_eq!(finding.verdict, verdict, "{finding:?}");
    assert!(finding.words.contains(words), "{finding:?}");
    assert!(finding.fix.contains(fix), "{finding:?}");
    assert_eq!(finding.fix.is_empty(), verdict == Pass, "{finding:?}");
}

use Verdict::{Fail, NotKnown, Pass, Warn};

#[test]
fn a_phone_at_which_everything_is_well_passes_in_every_point() {
    for finding in check(&fine()) {
        assert_eq!(finding.verdict, Pass, "{finding:?}");
        assert_eq!(finding.fix, "", "{finding:?}");
    }
    assert_eq!(check(&fine()).len(), 23);
}

#[test]
fn a_page_about_which_nothing_is_known_is_not_praised_and_every_trouble_has_a_remedy() {
    for facts in [Facts::default(), alone_on_screen()] {
        for finding in check(&facts) {
            assert!(finding.verdict == Pass || finding.fix.len() > 5, "{finding:?}");
            assert!(finding.words.ends_with('.'), "{finding:?}");
        }
        for asked in ["membership", "adapterUrl", "mode", "standby", "layout", "clickToDial", "autoStart", "apex", "script"] {
            assert_eq!(find(&facts, asked).verdict, NotKnown, "{asked}");
        }
    }
}

#[test]
fn what_needs_looking_at_comes_first() {
    let verdicts: Vec<Verdict> = check(&alone_on_screen()).iter().map(|finding| finding.verdict).collect();
    assert!(verdicts.is_sorted(), "{verdicts:?}");
    assert_eq!(verdicts[0], Fail);
}

fn alone_on_screen() -> Facts {
    let words = "The softphone runs inside Salesforce: open a Lightning app and click the phone in its utility bar.".into();
    Facts { place: Place::Refused { code: "frame-not-framed", words }, ..Facts::default() }
}

#[test]
fn a_page_without_salesforce_by_wish_is_not_asked_about_it() {
    let ids: Vec<_> = check(&with(|facts| facts.place = Place::Alone)).iter().map(|finding| finding.id).collect();
    assert!(!ids.contains(&"layout") && ids.contains(&"microphone") && ids.contains(&"provider"), "{ids:?}");
}

#[test]
fn the_place() {
    finds(&fine(), "place", Pass, "frame", "");
    finds(&Facts::default(), "place", NotKnown, "finding out", "moment");
    finds(&alone_on_screen(), "place", NotKnown, "by itself", "utility bar");
    let words =
        "The softphone page and https://acme.lightning.force.com must both be https. Correct the call center's adapter URL.".to_owned();
    let refused = with(|facts| facts.place = Place::Refused { code: "frame-wrong-scheme", words });
    finds(&refused, "place", Fail, "must both be https.", "Correct the call center's adapter URL");
}

#[test]
fn the_list_of_org_hosts() {
    finds(&fine(), "orgHosts", Pass, "acme.lightning.force.com", "");
    finds(&with(|facts| facts.org_hosts.clear()), "orgHosts", Pass, "simulated org", "");
    finds(&with(|facts| facts.ignored_hosts = vec!["*.force.com".into()]), "orgHosts", Warn, "*.force.com", "whole hosts");
    finds(&alone_on_screen(), "orgHosts", Fail, "no org may use the phone", "writes the org's host");
    let words = "The org host x.lightning.force.com may not use this softphone. Whoever hosts the page can add it.".to_owned();
    let refused = with(|facts| facts.place = Place::Refused { code: "frame-not-listed", words });
    finds(&refused, "orgHosts", Fail, "x.lightning.force.com may not use this softphone.", "can add it");
}

#[test]
fn the_script() {
    finds(&fine(), "script", Pass, "answers", "");
    finds(&with(|facts| facts.link.state = Some(CrmState::Starting)), "script", NotKnown, "not answered yet", "again");
    let trouble = |code| with(|facts| facts.link = Link { state: Some(CrmState::Unavailable), problem: Some((code, "Words.", "Remedy.")) });
    finds(&trouble("script-too-late"), "script", Warn, "Words.", "Remedy.");
    finds(&trouble("script-failed"), "script", Fail, "Words.", "Remedy.");
}

#[test]
fn the_membership() {
    finds(&fine(), "membership", Pass, "has a call center", "");
    finds(&with(|facts| facts.center = Answer::Said(Flat::default())), "membership", Fail, "no call center", "Manage Call Center Users");
    finds(&with(|facts| facts.center = Answer::Silent), "membership", NotKnown, "did not answer", "again");
    finds(
        &with(|facts| facts.center = Answer::Refused("SERVER_ERROR".into())),
        "membership",
        Fail,
        "SERVER_ERROR",
        "Manage Call Center Users",
    );
    finds(&alone_on_screen(), "membership", NotKnown, "not around", "no phone at all");
}

#[test]
fn the_adapter_url() {
    let named = |url| general("reqAdapterUrl", Some(url));
    finds(&fine(), "adapterUrl", Pass, "names this page", "");
    finds(&named("https://phone.example.com/panel/index.html?apiVersion=66.0"), "adapterUrl", Pass, "names this page", "");
    finds(&named("https://PHONE.example.com:443/panel/"), "adapterUrl", Pass, "names this page", "");
    finds(
        &named("https://old.example.com/panel/"),
        "adapterUrl",
        Fail,
        "https://old.example.com, and this page comes from https://phone.example.com",
        "without a redirect",
    );
    finds(
        &named("https://phone.example.com/panel-1/"),
        "adapterUrl",
        Warn,
        "https://phone.example.com/panel-1/",
        "https://phone.example.com/panel/",
    );
    finds(&named("http://phone.example.com/panel/"), "adapterUrl", Fail, "not https", "by https");
    finds(&named("/apex/Phone"), "adapterUrl", Fail, "page of the org", "https://phone.example.com/panel/");
    finds(&named("phone.example.com"), "adapterUrl", Fail, "no https address", "https://phone.example.com/panel/");
    finds(&named("https://phone.example.com/panel/?mode=Lightning"), "adapterUrl", Fail, "parameter mode", "take it away");
    finds(&general("reqAdapterUrl", None), "adapterUrl", NotKnown, "no adapter URL", "Setup");
    let local = with(|facts| facts.page.origin = "http://phone.localhost:8730".into());
    let mut local = local;
    if let Answer::Said(flat) = &mut local.center {
        flat.set("reqGeneralInfo", "reqAdapterUrl", "http://phone.localhost:8730/panel/");
    }
    finds(&local, "adapterUrl", Pass, "names this page", "");
    let secret = find(&named("https://old.example.com/x?key=hidden"), "adapterUrl");
    assert!(!secret.words.contains("hidden"), "a query may hold what is nobody's business: {secret:?}");
}

#[test]
fn the_mode() {
    finds(&fine(), "mode", Pass, "made for Lightning", "");
    finds(&general("reqSalesforceCompatibilityMode", Some("Classic_and_Lightning")), "mode", Pass, "Lightning", "");
    finds(&general("reqSalesforceCompatibilityMode", Some("Classic")), "mode", Fail, "Classic", "Classic_and_Lightning");
    finds(&general("reqSalesforceCompatibilityMode", None), "mode", Fail, "means Classic", "new internal name");
    finds(&general("reqUseApi", Some("false")), "mode", Fail, "reqUseApi", "true");
}

#[test]
fn the_standby_pair() {
    finds(&fine(), "standby", Pass, "10000 ms", "");
    finds(&general("reqStandbyUrl", Some("https://phone.example.com/standby/")), "standby", Pass, "panel's own host", "");
    finds(&general("reqStandbyUrl", Some("/standby/")), "standby", Fail, "not a whole address", "https://");
    finds(&general("reqStandbyUrl", Some("http://spare.example.com/")), "standby", Fail, "not https", "https");
    finds(&general("reqTimeout", None), "standby", Fail, "no timeout", "10000");
    finds(&general("reqStandbyUrl", None), "standby", Fail, "no standby URL", "Standby URL");
    finds(&general("reqTimeout", Some("soon")), "standby", Fail, "no number", "10000");
    finds(&general("reqTimeout", Some("0")), "standby", Fail, "no number", "10000");
    finds(&general("reqTimeout", Some("500")), "standby", Warn, "slow network", "10000");
    finds(&general("reqTimeout", Some("90000")), "standby", Warn, "more than a minute", "10000");
    let mut neither = general("reqTimeout", None);
    if let Answer::Said(flat) = &mut neither.center {
        flat.set("reqGeneralInfo", "reqStandbyUrl", "");
    }
    finds(&neither, "standby", Warn, "no standby page", "standby page of this release");
    let elsewhere = with(|facts| facts.page.origin = "https://voice.acme.example".into());
    let Answer::Said(mut flat) = elsewhere.center.clone() else { unreachable!("the settings of `fine`") };
    flat.set("reqGeneralInfo", "reqStandbyUrl", "https://phone.example.com/standby/");
    finds(&Facts { center: Answer::Said(flat), ..elsewhere }, "standby", Fail, "of the example", "address of your own");
}

#[test]
fn the_settings() {
    finds(&fine(), "settings", Pass, "can be used", "");
    let wrong = set("hookswitchCalls", "lines", Some("+1 415 555 0100"));
    finds(&wrong, "settings", Warn, "lines", "For your admin");
    assert!(!find(&wrong, "settings").words.contains("555"), "what stands in a value is not repeated");
    finds(&Facts::default(), "settings", NotKnown, "no settings", "membership");
}

#[test]
fn the_phone_system() {
    let state = |state| with(|facts| facts.phone.state = state);
    finds(&fine(), "provider", Pass, "is connected", "");
    finds(&set("hookswitchProvider", "provider", Some("unset")), "provider", Fail, "no phone system", "sip, custom");
    finds(&state(PhoneState::Connecting), "provider", Warn, "not connected yet", "again");
    finds(&state(PhoneState::Reconnecting), "provider", Warn, "not connected yet", "again");
    finds(&state(PhoneState::Failed), "provider", Fail, "cannot be used", "sign-in");
    finds(&state(PhoneState::Stopped), "provider", Fail, "not connected", "Reload");
    finds(&with(|facts| facts.phone.simulated = true), "provider", Warn, "no call is real", "sip or custom");
    finds(&with(|facts| facts.other_tab = true), "provider", NotKnown, "another tab", "there");
}

#[test]
fn who_the_agent_is_and_where_credentials_come_from() {
    let apex = || set("hookswitchIdentity", "identitySource", Some("apex"));
    finds(&fine(), "identity", Pass, "phone account", "");
    finds(&with(|facts| facts.phone.account = false), "identity", Warn, "locked", "sign-in");
    let mut by_user = apex();
    by_user.phone.by_user = true;
    finds(&by_user, "identity", Pass, "Apex", "");
    by_user.apex = Answer::Refused("SERVER_ERROR".into());
    finds(&by_user, "identity", Pass, "Apex", "");
    finds(&apex(), "identity", Warn, "kept under the phone account", "reload");
    let mut without = apex();
    without.apex = Answer::Refused("SERVER_ERROR".into());
    finds(&without, "identity", Fail, "kept under the phone account", "Apex class");
    without.phone.account = false;
    without.apex = Answer::Refused("SERVER_ERROR".into());
    finds(&without, "identity", Fail, "locked", "Apex class");
    without.apex = Answer::Silent;
    finds(&without, "identity", NotKnown, "not reached", "Apex class");
    if let Answer::Said(flat) = &mut without.center {
        flat.set("hookswitchIdentity", "apexClass", "");
        flat.set("hookswitchIdentity", "credentialSource", "apex");
    }
    finds(&without, "settings", Warn, "/hookswitchIdentity/credentialSource", "admin");
    finds(&without, "settings", Warn, "/hookswitchIdentity/identitySource", "admin");
    finds(&fine(), "signIn", Pass, "accepted", "");
    finds(&with(|facts| facts.phone.credentials = Credentials::Refused), "signIn", Fail, "refused", "Sign in again");
    finds(&with(|facts| facts.phone.credentials = Credentials::Wanted), "signIn", Warn, "waits for the agent", "Sign in");
    let mut token = set("hookswitchIdentity", "credentialSource", Some("token"));
    token.phone.credentials = Credentials::Wanted;
    finds(&token, "signIn", Fail, "gives none", "Credentials come from");
}

#[test]
fn the_four_troubles_of_a_microphone_are_told_apart() {
    let microphone = |change: fn(&mut Microphone)| with(|facts| change(&mut facts.microphone));
    finds(&fine(), "microphone", Pass, "can be used", "");
    finds(&microphone(|it| it.secure = false), "microphone", Fail, "https", "https");
    finds(&microphone(|it| it.handed_on = Some(false)), "microphone", Fail, "does not hand on", "Trusted URLs");
    finds(&microphone(|it| it.permission = Permission::Denied), "microphone", Fail, "was told not to", "site settings");
    finds(&microphone(|it| it.devices = Some(0)), "microphone", Fail, "no microphone", "headset");
    finds(&microphone(|it| it.permission = Permission::Prompt), "microphone", Warn, "will ask", "yes");
    finds(&microphone(|it| it.permission = Permission::Unknown), "microphone", NotKnown, "does not say", "call");
    // All at once, as a page without https has them: the one to mend first.
    let all = microphone(|it| *it = Microphone { devices: Some(0), permission: Permission::Denied, handed_on: Some(false), ..it.clone() });
    finds(&all, "microphone", Fail, "does not hand on", "Trusted URLs");
    let alone = with(|facts| (facts.place, facts.microphone.handed_on) = (Place::Alone, Some(false)));
    finds(&alone, "microphone", Fail, "does not hand on", "allow=");
}

#[test]
fn what_the_phone_systems_module_heard_counts_where_the_browser_is_silent_and_is_forgotten_once_mended() {
    let heard = |media, permission, handed_on| {
        with(|facts| facts.microphone = Microphone { media, permission, handed_on, ..facts.microphone.clone() })
    };
    finds(&heard(MediaState::Denied, Permission::Unknown, None), "microphone", Fail, "was told not to", "site settings");
    finds(&heard(MediaState::BlockedByPolicy, Permission::Unknown, None), "microphone", Fail, "does not hand on", "Trusted");
    finds(&heard(MediaState::NoDevice, Permission::Granted, Some(true)), "microphone", Fail, "no microphone", "another program");
    finds(&heard(MediaState::Insecure, Permission::Granted, Some(true)), "microphone", Fail, "secure", "https");
    finds(&heard(MediaState::Denied, Permission::Granted, Some(true)), "microphone", Pass, "can be used", "");
}

#[test]
fn storage_ring_notifications_and_tab() {
    finds(&with(|facts| facts.storage.as_mut().unwrap().local = false), "storage", Warn, "no copy of the settings", "cookie");
    finds(&with(|facts| facts.storage.as_mut().unwrap().database = false), "storage", Fail, "is lost", "cookie");
    finds(&with(|facts| facts.storage = None), "storage", NotKnown, "may run", "frame");
    finds(&with(|facts| facts.storage.as_mut().unwrap().locks = false), "storage", Warn, "both be the phone", "cookie");
    finds(&with(|facts| facts.audio = Audio::Missing), "sound", Fail, "no ring", "browser");
    finds(&with(|facts| facts.audio = Audio::Suspended), "sound", Warn, "holds the ring back", "Click");
    finds(&set("hookswitchView", "ring", Some("off")), "sound", Warn, "off, by the settings", "volume");
    finds(&with(|facts| facts.other_tab = true), "tab", Warn, "Another tab", "there");
}

#[test]
fn the_phone_shows_no_notifications_and_says_what_the_browser_makes_of_them() {
    let states = [
        (Place::Framed, Permission::Granted, "would show them"),
        (Place::Framed, Permission::Denied, "inside Salesforce, and does not ask"),
        (Place::Framed, Permission::Prompt, "inside Salesforce, and does not ask"),
        (Place::Alone, Permission::Denied, "site settings"),
        (Place::Alone, Permission::Prompt, "would ask first"),
        (Place::Alone, Permission::Unknown, "has none"),
    ];
    for (place, permission, says) in states {
        let facts = with(|facts| (facts.place, facts.notifications) = (place.clone(), permission));
        finds(&facts, "notifications", Pass, says, "");
        finds(&facts, "notifications", Pass, "needs none", "");
    }
}

#[test]
fn settings_from_an_earlier_day_are_judged_where_salesforce_gives_none() {
    let mut facts = fine();
    let Answer::Said(flat) = std::mem::take(&mut facts.center) else { unreachable!("the settings of `fine`") };
    facts.in_use = Some(flat);
    facts.center = Answer::Silent;
    finds(&facts, "mode", Pass, "Lightning", "");
    finds(&facts, "membership", NotKnown, "did not answer", "again");
}

#[test]
fn the_report_has_a_line_for_each_point_and_its_remedy() {
    let text = report(&check(&with(|facts| facts.other_tab = true)));
    assert!(text.contains("warn tab: Another tab of this browser has the phone.\n    -> Use the phone there"), "{text}");
    assert!(text.contains("pass microphone: The microphone can be used.\n"), "{text}");
}
