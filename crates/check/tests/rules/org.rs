//! What is said about Salesforce around the page.

use hookswitch_check::{Answer, Facts, Paint, Panel};
use hookswitch_core::PhoneState;
use hookswitch_opencti::{Layout, PopRule};

use super::{
    Verdict::{Fail, NotKnown, Pass, Warn},
    finds, fine, section, set, with,
};

#[test]
fn whether_the_utility_item_starts_by_itself() {
    let panel = |painted, open| with(|facts| facts.panel = Panel { painted, open, loaded_ms: Some(700) });
    finds(&panel(Paint::At(9000), Answer::Said(true)), "autoStart", Pass, "closed", "");
    finds(&panel(Paint::Never, Answer::Said(false)), "autoStart", Pass, "closed", "");
    finds(&panel(Paint::Never, Answer::Silent), "autoStart", Pass, "closed", "");
    finds(&panel(Paint::At(800), Answer::Said(true)), "autoStart", Warn, "panel open", "Start automatically");
    finds(&panel(Paint::At(800), Answer::Said(false)), "autoStart", Warn, "panel open", "leave the panel closed");
    finds(&panel(Paint::Never, Answer::Said(true)), "autoStart", NotKnown, "does not say", "Start automatically");
    finds(&panel(Paint::NotTold, Answer::Said(true)), "autoStart", NotKnown, "does not say", "Start automatically");
}

#[test]
fn click_to_dial() {
    finds(&fine(), "clickToDial", Pass, "be clicked", "");
    finds(&with(|facts| facts.phone.state = PhoneState::Failed), "clickToDial", Warn, "no connection", "phone system");
    finds(&set("hookswitchProvider", "provider", Some("unset")), "clickToDial", Warn, "no connection", "phone system");
    finds(&with(|facts| facts.dialing = Answer::Refused("GENERIC_ERROR".into())), "clickToDial", Fail, "GENERIC_ERROR", "utility bar");
    finds(&with(|facts| facts.dialing = Answer::Silent), "clickToDial", NotKnown, "did not answer", "again");
    finds(&with(|facts| facts.other_tab = true), "clickToDial", NotKnown, "another tab", "there");
}

#[test]
fn the_layout() {
    let inbound = |inbound| with(|facts| facts.layout = Answer::Said(Layout { inbound, ..Layout::default() }));
    finds(&fine(), "layout", Pass, "Contact", "");
    finds(&with(|facts| facts.layout = Answer::Said(Layout::default())), "layout", Fail, "no softphone layout", "Layout Assignment");
    finds(&with(|facts| facts.layout = Answer::Refused("SERVER_ERROR".into())), "layout", Fail, "SERVER_ERROR", "Layout Assignment");
    finds(&with(|facts| facts.layout = Answer::Silent), "layout", NotKnown, "did not answer", "again");
    finds(&inbound(section(&[])), "layout", Fail, "no field", "fields");
    let outbound = Layout { outbound: section(&["Name"]), ..Layout::default() };
    finds(&with(|facts| facts.layout = Answer::Said(outbound)), "layout", Fail, "no objects for inbound", "objects");
    let mut half = section(&["Name"]);
    half.objects.push(("Lead".into(), Vec::new()));
    finds(&inbound(half), "layout", Warn, "Lead", "fields");
    let mut window = section(&["Name"]);
    window.pops.open_within = Some("NewWindow".into());
    finds(&inbound(window), "layout", Warn, "new window", "existing window");
    let mut covering = section(&["Name"]);
    covering.pops.no_match = Some(PopRule::Entity("Contact".into()));
    let facts = inbound(covering);
    finds(&facts, "layout", Warn, "new Contact", "answered");
    let Answer::Said(layout) = facts.layout else { unreachable!("given above") };
    let later = Facts { layout: Answer::Said(layout), ..set("hookswitchPop", "popInbound", Some("answered")) };
    finds(&later, "layout", Pass, "Contact", "");
}

#[test]
fn all_that_is_wrong_with_the_layout_is_told_at_once_each_with_its_own_remedy() {
    let mut inbound = section(&["Name"]);
    inbound.objects.push(("Lead".into(), Vec::new()));
    inbound.pops.open_within = Some("NewWindow".into());
    inbound.pops.no_match = Some(PopRule::Entity("Case".into()));
    let facts = with(|facts| facts.layout = Answer::Said(Layout { inbound, outbound: section(&[]), ..Layout::default() }));
    let words = ["1. The softphone layout names objects without a field, which finds none of them: Contact, Lead.", "2. ", "3. While"];
    let fixes = ["1. An admin sets objects with their fields", "2. Choose the existing window", "3. An admin sets \"Open the record"];
    for (words, fix) in words.into_iter().zip(fixes) {
        finds(&facts, "layout", Warn, words, fix);
    }
    // The worst of them counts.
    let mut inbound = section(&[]);
    inbound.pops.open_within = Some("NewWindow".into());
    let facts = with(|facts| facts.layout = Answer::Said(Layout { inbound, ..Layout::default() }));
    finds(&facts, "layout", Fail, "1. The softphone layout names objects for inbound calls, but no field", "2. Choose the existing window");
    finds(&facts, "layout", Fail, "2. The softphone layout asks for pops in a new window", "1. An admin sets objects");
}

#[test]
fn the_apex_class() {
    finds(&fine(), "apex", Pass, "answers", "");
    finds(&set("hookswitchIdentity", "apexClass", None), "apex", Warn, "directory", "Hookswitch");
    finds(&with(|facts| facts.apex = Answer::Refused("SERVER_ERROR".into())), "apex", Fail, "SERVER_ERROR", "HookswitchApex");
    finds(&with(|facts| facts.apex = Answer::Silent), "apex", NotKnown, "did not answer", "again");
}

#[test]
fn whether_anybody_can_know_who_must_not_be_called() {
    finds(&fine(), "doNotCall", Pass, "Apex", "");
    finds(&set("hookswitchDialing", "doNotCall", Some("ignore")), "doNotCall", Pass, "by the settings", "");
    // A class that answers is not one that may read the field.
    let blind = with(|facts| facts.wishes = Answer::Said(vec!["Contact".into(), "Lead".into()]));
    finds(&blind, "doNotCall", Warn, "DoNotCall on Contact and Lead", "profile");
    finds(&with(|facts| facts.wishes = Answer::Refused("apex-failed".into())), "doNotCall", Warn, "apex-failed", "deploys");
    let without = with(|facts| facts.apex = Answer::NotAsked);
    finds(&without, "doNotCall", Warn, "Nobody can know", "DoNotCall");
    let carried = with(|facts| {
        facts.apex = Answer::Refused("SERVER_ERROR".into());
        facts.layout = Answer::Said(Layout { outbound: section(&["Name", "PersonDoNotCall"]), ..Layout::default() });
    });
    finds(&carried, "doNotCall", Pass, "layout carries", "");
    // Carried by one object is not carried by all.
    let mixed = |rest: &[(&str, &[&str])]| {
        let mut outbound = section(&["Name", "DoNotCall"]);
        for (object, fields) in rest {
            outbound.objects.push(((*object).into(), section(fields).objects.remove(0).1));
        }
        with(|facts| {
            facts.apex = Answer::NotAsked;
            facts.layout = Answer::Said(Layout { outbound, ..Layout::default() });
        })
    };
    finds(&mixed(&[("Lead", &["Name"])]), "doNotCall", Warn, "lacks DoNotCall on Lead for outbound", "adds DoNotCall to Lead");
    let both = mixed(&[("Lead", &["Name"]), ("Account", &["Name", "PersonMobilePhone"])]);
    finds(&both, "doNotCall", Warn, "on Lead and Account", "PersonDoNotCall");
    // A company has no such wish, and an object of one's own is no customer by name.
    let fine_there = mixed(&[("Lead", &["DoNotCall"]), ("Account", &["Name", "Phone"]), ("Branch__c", &["Name"])]);
    finds(&fine_there, "doNotCall", Pass, "layout carries", "");
    let silent = with(|facts| (facts.apex, facts.layout) = (Answer::Silent, Answer::Silent));
    finds(&silent, "doNotCall", NotKnown, "did not answer", "again");
}

#[test]
fn the_record_type_and_the_channel() {
    finds(&fine(), "recordType", Pass, "default", "");
    finds(&set("hookswitchLog", "recordType", Some("012000000000001AAA")), "recordType", Pass, "of the settings", "");
    let named = |answer| {
        let mut facts = set("hookswitchLog", "recordType", Some("Call"));
        facts.record_type = answer;
        facts
    };
    finds(&named(Answer::Said(true)), "recordType", Pass, "record type Call", "");
    finds(&named(Answer::Said(false)), "recordType", Warn, "no record type Call on Task", "profile");
    finds(&named(Answer::Refused("SERVER_ERROR".into())), "recordType", Warn, "SERVER_ERROR", "012");
    finds(&named(Answer::Silent), "recordType", NotKnown, "did not answer", "again");
    let mut without = named(Answer::NotAsked);
    let Answer::Said(flat) = &mut without.center else { unreachable!("the settings of `fine`") };
    flat.set("hookswitchIdentity", "apexClass", "");
    finds(&without, "recordType", Warn, "no Apex class to look it up", "012");
    finds(&without, "settings", Warn, "recordType", "For your admin");
    finds(&fine(), "messageChannel", Pass, "no calls", "");
    let channel = |answer| {
        let mut facts = set("hookswitchMessages", "messageChannel", Some("HookswitchCalls__c"));
        facts.channel = answer;
        facts
    };
    finds(&channel(Answer::Said(())), "messageChannel", Pass, "on HookswitchCalls__c", "");
    finds(&channel(Answer::Refused("INVALID_PARAM".into())), "messageChannel", Fail, "INVALID_PARAM", "definition/");
    finds(&channel(Answer::Silent), "messageChannel", NotKnown, "did not answer", "again");
    finds(&channel(Answer::NotAsked), "messageChannel", NotKnown, "has not been asked", "moment");
}
