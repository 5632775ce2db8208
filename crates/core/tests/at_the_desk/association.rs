//! Which record a call and its log belong to, and why.

use hookswitch_core::{AgentCommand, CrmCommand, CrmReport, DialSource, PhoneReport, RecordRef, RecordSource, Refusal, Side};

use crate::desk::{Desk, contact, delivered};

/// The record of the newest call, with the reason.
fn related(desk: &Desk) -> (Option<String>, Option<RecordSource>) {
    let call = desk.call();
    (call.record.map(|record| record.id), call.record_source)
}

fn id(id: &str) -> Option<String> {
    Some(id.into())
}

fn from_colleague(record: &str) -> PhoneReport {
    let mut report = delivered("c1", "+14155550100");
    if let PhoneReport::Delivered { record: carried, .. } = &mut report {
        *carried = record.into();
    }
    report
}

#[test]
fn each_way_to_a_record_is_told_with_its_reason() {
    let mut desk = Desk::new();
    desk.rings("c1");
    assert_eq!(related(&desk), (None, None));
    desk.finds(&[contact("003A")]);
    assert_eq!(related(&desk), (id("003A"), Some(RecordSource::Matched)));

    let mut desk = Desk::new();
    desk.report(from_colleague("500A"));
    assert_eq!(related(&desk), (id("500A"), Some(RecordSource::Carried)));

    let mut desk = Desk::new();
    let source = DialSource::Click { record: Some(contact("003D")), partner: None, work: None };
    desk.agent(AgentCommand::Dial { number: "+14155550100".into(), source });
    assert_eq!(related(&desk), (id("003D"), Some(RecordSource::Dialed)));
}

#[test]
fn what_the_agent_picked_holds_against_everything_that_comes_later() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let call = desk.call().id;
    desk.crm(CrmReport::Navigated(Some(contact("003V"))));
    desk.agent(AgentCommand::Select(call, Some(contact("003V"))));
    assert_eq!(related(&desk), (id("003V"), Some(RecordSource::Picked)));
    desk.finds(&[contact("003A")]);
    assert_eq!(related(&desk), (id("003V"), Some(RecordSource::Picked)));
    desk.agent(AgentCommand::Select(call, None));
    assert_eq!(related(&desk), (None, Some(RecordSource::Picked)));
}

#[test]
fn the_page_in_view_can_be_chosen_and_is_not_opened_once_more() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[]);
    let call = desk.call().id;
    let seen = contact("003V");
    assert_eq!(desk.try_agent(AgentCommand::Select(call, Some(seen.clone()))), Err(Refusal::UnknownRecord(call)));
    desk.crm(CrmReport::Navigated(Some(seen.clone())));
    assert_eq!(desk.snapshot().crm.in_view, Some(seen.clone()));
    desk.seen.clear();
    desk.agent(AgentCommand::Select(call, Some(seen)));
    assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Pop { .. })));
    desk.crm(CrmReport::Navigated(Some(RecordRef::default())));
    assert_eq!(desk.snapshot().crm.in_view, None, "a page without an id is no record");
}

#[test]
fn a_record_that_comes_with_a_passed_call_does_not_undo_the_agents_choice() {
    let mut desk = Desk::new();
    let call = desk.talks("c1");
    desk.finds(&[contact("003A"), contact("003B")]);
    desk.agent(AgentCommand::Select(call, Some(contact("003B"))));
    let passed = |record: &str| PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: None,
        kind: None,
        record: record.into(),
    };
    desk.report(passed("500A"));
    assert_eq!(related(&desk), (id("003B"), Some(RecordSource::Picked)));
}

fn record(object: &str, id: &str) -> RecordRef {
    RecordRef { id: id.into(), object: object.into(), ..RecordRef::default() }
}

/// Dialed from there; two contacts and a lead have the number.
fn dialed_from(from: &RecordRef) -> Desk {
    let mut desk = Desk::new();
    let source = DialSource::Click { record: Some(from.clone()), partner: None, work: None };
    desk.agent(AgentCommand::Dial { number: "+14155550100".into(), source });
    if from.who().is_none() {
        desk.finds(&[contact("003A"), contact("003B"), record("Lead", "00QA")]);
    } else {
        desk.crm(CrmReport::Navigated(Some(contact("003A"))));
    }
    desk
}

/// What the log's two fields hold, with the reason.
fn both(desk: &Desk) -> (Option<String>, Option<String>, Option<RecordSource>) {
    let call = desk.call();
    let record = call.record.expect("a record");
    (record.who().map(String::from), record.what().map(String::from), call.record_source)
}

#[test]
fn a_contact_chosen_beside_the_record_the_call_was_dialed_from_is_on_the_log_with_it() {
    for (object, from) in [("Case", "500A"), ("Opportunity", "006A"), ("Account", "001A"), ("Boat__c", "a00A")] {
        let mut desk = dialed_from(&record(object, from));
        let call = desk.call().id;
        assert_eq!(both(&desk), (None, id(from), Some(RecordSource::Dialed)), "nobody knows which of the two it is");
        for person in ["003B", "003A"] {
            desk.agent(AgentCommand::Select(call, Some(contact(person))));
            assert_eq!(both(&desk), (id(person), id(from), Some(RecordSource::Dialed)), "{object}");
        }
        desk.agent(AgentCommand::Select(call, Some(record(object, from))));
        assert_eq!(both(&desk), (None, id(from), Some(RecordSource::Picked)), "{object}: it alone, if the agent says so");
    }
    // Whoever the case says may be another one than the agent talks to.
    let mut desk = dialed_from(&RecordRef { partner: id("003C"), ..record("Case", "500A") });
    let call = desk.call().id;
    desk.agent(AgentCommand::Select(call, Some(contact("003A"))));
    assert_eq!(both(&desk), (id("003A"), id("500A"), Some(RecordSource::Dialed)));
}

#[test]
fn what_cannot_stand_on_a_log_together_takes_the_place_of_what_was_dialed_from() {
    let mut desk = dialed_from(&record("Case", "500A"));
    let call = desk.call().id;
    desk.agent(AgentCommand::Select(call, Some(record("Lead", "00QA"))));
    assert_eq!(both(&desk), (id("00QA"), None, Some(RecordSource::Picked)), "a lead's log has no other record");
    desk.agent(AgentCommand::Select(call, Some(contact("003A"))));
    assert_eq!(both(&desk), (id("003A"), None, Some(RecordSource::Picked)), "the case was given up");

    let persons = [contact("003P"), record("Lead", "00QP"), RecordRef { partner: id("003P"), ..record("Account", "001P") }];
    for person in persons {
        let mut desk = dialed_from(&person);
        let call = desk.call().id;
        desk.agent(AgentCommand::Select(call, Some(contact("003A"))));
        assert_eq!(both(&desk), (id("003A"), None, Some(RecordSource::Picked)), "{person:?} is a person");
    }
}

#[test]
fn the_page_in_view_tells_what_the_record_is_that_came_with_a_call() {
    let case = RecordRef { partner: id("003A"), name: "00001007".into(), ..record("Case", "500A") };
    // The page opens, or is in view already.
    for before in [false, true] {
        let mut desk = Desk::new();
        if before {
            desk.crm(CrmReport::Navigated(Some(case.clone())));
        }
        desk.report(from_colleague("500A"));
        let request = desk.request_of(|output| matches!(output, hookswitch_core::Output::Crm { command: CrmCommand::Pop { .. }, .. }));
        let call = desk.call().id;
        desk.crm(CrmReport::Popped { request }).agent(AgentCommand::Answer(call)).established("c1").passes(5_000);
        if !before {
            let (request, _, fields) = desk.log();
            assert_eq!((both(&desk).0, fields.who), (None, None));
            desk.saves(request, "00T1");
            desk.crm(CrmReport::Navigated(Some(RecordRef { name: "Somebody else's".into(), ..record("Case", "500B") })));
            assert_eq!(both(&desk).0, None);
            desk.crm(CrmReport::Navigated(Some(case.clone())));
        }
        let seen = desk.call();
        assert_eq!((seen.record, seen.record_source), (Some(case.clone()), Some(RecordSource::Carried)));
        assert_eq!(seen.matches, std::slice::from_ref(&case));
        desk.passes(60_000);
        assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Pop { .. })), "it opens once");
        desk.cleared("c1", hookswitch_core::Cause::Normal);
        let mut newest = None;
        while let Some((request, _, fields)) = desk.try_log() {
            desk.saves(request, "00T1");
            newest = Some((fields.who, fields.what));
        }
        assert_eq!(newest, Some((id("003A"), id("500A"))), "before: {before}");
    }
}

#[test]
fn ids_of_fifteen_and_of_eighteen_characters_are_one_record_and_a_name_once_known_stays() {
    let mut desk = Desk::new();
    desk.report(from_colleague("500000000000001"));
    let case = RecordRef { name: "00001007".into(), ..record("Case", "500000000000001AAA") };
    desk.crm(CrmReport::Navigated(Some(case))).crm(CrmReport::Navigated(None));
    let name = |desk: &Desk| desk.call().record.map(|record| (record.id, record.object, record.name.reveal().to_owned()));
    let named = Some(("500000000000001".to_owned(), "Case".to_owned(), "00001007".to_owned()));
    assert_eq!(name(&desk), named);
    let passed = PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: None,
        kind: None,
        record: "500000000000001".into(),
    };
    desk.report(passed);
    assert_eq!(name(&desk), named, "passed on once more");
}

#[test]
fn the_reason_survives_a_reload() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let mut next = desk.reloaded(crate::desk::settings());
    next.phone_comes();
    assert_eq!(related(&next), (id("003A"), Some(RecordSource::Matched)));
}

#[test]
fn every_object_has_its_rule_for_name_and_related_to() {
    let table = [
        ("Contact", "003A", Some("001A"), Some("003A"), None),
        ("Lead", "00QA", None, Some("00QA"), None),
        ("Account", "001A", None, None, Some("001A")),
        // A person account.
        ("Account", "001A", Some("003A"), Some("003A"), Some("001A")),
        ("Case", "500A", Some("003A"), Some("003A"), Some("500A")),
        ("Opportunity", "006A", None, None, Some("006A")),
        ("Boat__c", "a00A", None, None, Some("a00A")),
        // A colleague: logs have no field for users.
        ("User", "005A", None, None, None),
        // The object was not told.
        ("", "00QA", None, Some("00QA"), None),
        ("", "005A", None, None, None),
    ];
    for (object, id, partner, who, what) in table {
        let record = RecordRef { id: id.into(), object: object.into(), partner: partner.map(String::from), ..RecordRef::default() };
        assert_eq!((record.who(), record.what()), (who, what), "{object} {id}");
    }
}
