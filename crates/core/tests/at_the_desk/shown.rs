//! What the layout shows of a record that is known without a search.

use hookswitch_core::settings::PerKind;
use hookswitch_core::{
    AgentCommand, CallId, CallKind, CallView, Cause, CrmCommand, CrmFailure, CrmReport, CrmState, DialSource, LayoutFacts, Output,
    PhoneReport, RecordField, RecordFields, RecordRef, RecordSource, RequestId, Side,
};

use crate::desk::{Desk, contact, delivered, newest_request, view};

const NUMBER: &str = "+14155550100";

fn click(desk: &mut Desk, record: RecordRef) -> CallId {
    let source = DialSource::Click { record: Some(record), partner: None, work: None };
    desk.agent(AgentCommand::Dial { number: NUMBER.into(), source });
    desk.call().id
}

/// A call that a colleague or the phone system says is about this record.
fn carried(name: &str, number: &str, kind: CallKind, id: &str) -> PhoneReport {
    let mut report = delivered(name, number);
    if let PhoneReport::Delivered { record, kind: of, .. } = &mut report {
        (*record, *of) = (id.into(), kind);
    }
    report
}

fn fields(record: &str) -> RecordFields {
    RecordFields { record: record.into(), fields: vec![RecordField { label: "Mobile".into(), value: "0171 1".into() }] }
}

/// The searches that were asked for since the last look, and whether each opens its result.
fn searches(desk: &mut Desk) -> Vec<(RequestId, bool)> {
    let mut all = Vec::new();
    desk.seen.retain(|output| match output {
        Output::Crm { id, command: CrmCommand::Search { pop, .. } } => {
            all.push((*id, *pop));
            false
        }
        _ => true,
    });
    all
}

/// The one search, which is quiet.
#[track_caller]
fn quiet(desk: &mut Desk) -> RequestId {
    let all = searches(desk);
    let [(request, false)] = all.as_slice() else { panic!("{all:?}") };
    *request
}

fn pops(desk: &Desk) -> usize {
    desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::Pop { .. })).count()
}

/// All that must not change.
fn belongs(call: &CallView) -> (Option<String>, Option<RecordSource>, Vec<String>, bool) {
    let ids = call.matches.iter().map(|record| record.id.clone()).collect();
    (call.record.as_ref().map(|record| record.id.clone()), call.record_source, ids, call.searching)
}

#[test]
fn the_fields_of_the_contact_a_call_was_dialed_from_are_shown_and_nobody_else_is() {
    let mut desk = Desk::new();
    let call = click(&mut desk, contact("003A"));
    let before = belongs(&desk.call());
    assert!(!desk.call().searching, "nothing that the agent would wait for");
    let request = quiet(&mut desk);
    let (records, found) = (vec![contact("003B"), contact("003A")], vec![fields("003B"), fields("003A")]);
    desk.crm(CrmReport::Found { request, records, fields: found, opens: true });
    let after = view(&desk, call).expect("the call");
    assert_eq!(belongs(&after), before);
    assert_eq!(after.fields, [fields("003A")]);
    assert_eq!(pops(&desk), 0);
    desk.passes(60_000);
    assert_eq!(searches(&mut desk), [], "once is enough");
}

#[test]
fn a_record_that_came_with_the_call_gets_its_name_and_fields_also_under_its_longer_id() {
    let (short, long) = ("003000000000001", "003000000000001AAA");
    let mut desk = Desk::new();
    desk.report(carried("c1", NUMBER, CallKind::Inbound, short));
    let before = belongs(&desk.call());
    let opened = pops(&desk);
    let request = quiet(&mut desk);
    desk.crm(CrmReport::Found { request, records: vec![contact(long)], fields: vec![fields(long)], opens: true });
    let call = desk.call();
    let record = call.record.clone().expect("the record");
    assert_eq!((record.object.as_str(), record.name, &call.matches[0].name), ("Contact", contact(long).name, &contact(long).name));
    assert_eq!(call.fields, [fields(short)], "under the id it is known by here");
    assert_eq!((belongs(&call), pops(&desk)), (before, opened));
}

#[test]
fn of_a_customer_whom_a_colleague_passes_on_it_is_asked_once_the_customer_is_there() {
    let mut desk = Desk::new();
    desk.report(carried("c1", "2002", CallKind::Internal, "003A"));
    let call = desk.call().id;
    desk.agent(AgentCommand::Answer(call));
    desk.established("c1");
    assert_eq!(searches(&mut desk), [], "the colleague's number tells nothing");
    desk.report(PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: Some(hookswitch_core::Party { number: NUMBER.into(), name: "".into() }),
        kind: Some(CallKind::Inbound),
        record: "003A".into(),
    });
    let request = quiet(&mut desk);
    desk.crm(CrmReport::Found { request, records: vec![contact("003A")], fields: vec![fields("003A")], opens: false });
    assert_eq!(desk.call().fields, [fields("003A")]);
}

#[test]
fn nothing_is_searched_that_would_show_nothing_more() {
    // Nobody can be searched for by these.
    for number in ["", "anonymous", "12"] {
        let mut desk = Desk::new();
        desk.report(carried("c1", number, CallKind::Inbound, "003A"));
        assert_eq!(searches(&mut desk), [], "{number:?}");
    }
    // The layout shows a contact's fields where others call, and only names where the agent does.
    let layout = LayoutFacts { objects: PerKind { inbound: vec!["Contact".into()], ..PerKind::default() }, ..LayoutFacts::default() };
    let mut desk = Desk::new();
    desk.crm(CrmReport::Layout(layout));
    click(&mut desk, contact("003A"));
    assert_eq!(searches(&mut desk), []);
    desk.report(carried("c2", NUMBER, CallKind::Inbound, "003B"));
    quiet(&mut desk);
}

#[test]
fn a_search_that_fails_says_nothing_and_holds_up_nothing() {
    for failure in [CrmFailure::NoReply, CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: "no".into(), fields: Vec::new() }] {
        let mut desk = Desk::new();
        let call = click(&mut desk, contact("003A"));
        let request = quiet(&mut desk);
        let dialed = newest_request(&mut desk);
        desk.report(PhoneReport::Originated { request: dialed, call: "c1".into() }).established("c1");
        desk.log();
        desk.crm(CrmReport::Failed { request, failure });
        assert_eq!(desk.snapshot().problems, []);
        assert_eq!(belongs(&view(&desk, call).expect("the call")).1, Some(RecordSource::Dialed));
        // Nor does one that is never answered keep others waiting for good.
        desk.cleared("c1", Cause::Normal);
        assert_eq!(searches(&mut desk), []);
    }
}

#[test]
fn one_at_a_time_and_none_before_salesforce_is_there() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::State(CrmState::Starting));
    desk.report(carried("c1", NUMBER, CallKind::Inbound, "003A"));
    desk.report(carried("c2", "+14155550101", CallKind::Inbound, "003B"));
    assert_eq!(searches(&mut desk), []);
    desk.crm(CrmReport::State(CrmState::Ready));
    let first = quiet(&mut desk);
    desk.crm(CrmReport::Found { request: first, records: vec![contact("003A")], fields: vec![fields("003A")], opens: false });
    quiet(&mut desk);
    desk.report(carried("c3", "+14155550102", CallKind::Inbound, "003C"));
    desk.passes(59_000);
    assert_eq!(searches(&mut desk), []);
    desk.passes(2_000);
    assert_eq!(desk.snapshot().problems, [], "the second search was never answered, and nobody hears of it");
    quiet(&mut desk);
}

#[test]
fn an_answer_after_the_agent_chose_another_record_changes_nothing_of_that() {
    let mut desk = Desk::new();
    let call = click(&mut desk, contact("003A"));
    let request = quiet(&mut desk);
    desk.crm(CrmReport::Navigated(Some(contact("003V"))));
    desk.agent(AgentCommand::Select(call, Some(contact("003V"))));
    let before = belongs(&desk.call());
    desk.crm(CrmReport::Found { request, records: vec![contact("003A")], fields: vec![fields("003A")], opens: false });
    assert_eq!(belongs(&desk.call()), before);
    assert_eq!(before.1, Some(RecordSource::Picked));
}

#[test]
fn a_call_dialed_from_a_case_has_its_one_search_as_before() {
    let mut desk = Desk::new();
    click(&mut desk, RecordRef { id: "500A".into(), object: "Case".into(), name: "00001026".into(), partner: None });
    assert!(desk.call().searching);
    let request = quiet(&mut desk);
    desk.crm(CrmReport::Found { request, records: vec![contact("003A")], fields: vec![fields("003A")], opens: false });
    let call = desk.call();
    assert_eq!(call.record.and_then(|record| record.partner).as_deref(), Some("003A"));
    assert_eq!((call.matches.len(), searches(&mut desk)), (2, Vec::new()));
}

#[test]
fn who_asks_a_colleague_about_a_customer_sees_the_customers_fields_there_too() {
    let mut desk = Desk::new();
    let call = desk.talks("c1");
    let request = desk.search();
    desk.crm(CrmReport::Found { request, records: vec![contact("003A")], fields: vec![fields("003A")], opens: false });
    desk.agent(AgentCommand::Consult { call, number: "2002".into() });
    let asked = desk.call();
    assert!(asked.consultation);
    assert_eq!((asked.fields, searches(&mut desk)), (vec![fields("003A")], Vec::new()));
}
