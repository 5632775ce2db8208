//! The far end passes the agent on to somebody else: whose call it was before is nothing to them.

use hookswitch_core::{AgentCommand, CallId, CallKind, Cause, CrmCommand, CrmReport, Party, PhoneReport, RecordRef, RecordSource, Side};

use crate::desk::{Desk, contact, delivered};

/// The far end is somebody else from now on, and nothing came along.
fn passed(number: &str, kind: Option<CallKind>) -> PhoneReport {
    let party = Some(Party { number: number.into(), name: "".into() });
    PhoneReport::Transferred { call: "c1".into(), by: Side::Party, other: None, party, kind, record: String::new() }
}

/// A colleague of this number calls, is found, and is talked with.
fn talks_with_a_colleague(colleague: &RecordRef) -> (Desk, CallId) {
    let mut desk = Desk::new();
    let mut report = delivered("c1", "1002");
    if let PhoneReport::Delivered { kind, .. } = &mut report {
        *kind = CallKind::Internal;
    }
    desk.report(report).finds(std::slice::from_ref(colleague));
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).established("c1");
    assert_eq!((desk.call().record.as_ref(), desk.call().record_source), (Some(colleague), Some(RecordSource::Matched)));
    (desk, id)
}

#[test]
fn the_customer_a_colleague_passes_on_is_not_taken_for_the_colleague_whoever_is_found() {
    let colleague = RecordRef { id: "005B".into(), object: "User".into(), ..RecordRef::default() };
    let several = [contact("003A"), contact("003B")];
    for found in [&[], several.as_slice()] {
        let (mut desk, id) = talks_with_a_colleague(&colleague);
        desk.report(passed("+14155550100", Some(CallKind::Inbound)));
        assert_eq!((desk.call().record, desk.call().record_source, desk.call().matches.len()), (None, None, 0), "before anybody is found");
        desk.finds(found);
        assert_eq!((desk.call().record, desk.call().matches.as_slice()), (None, found), "the agent chooses");
        // What is made in the window that opens for the customer is the customer's.
        desk.crm(CrmReport::Window(true)).passes(5_000).crm(CrmReport::Window(false)).crm(CrmReport::Navigated(Some(contact("003N"))));
        assert_eq!(
            (desk.call().record.map(|record| record.id), desk.call().record_source),
            (Some("003N".into()), Some(RecordSource::Popped))
        );
        desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
        while let Some((request, _, fields)) = desk.try_log() {
            assert!(fields.what.is_none() && fields.who.as_deref() != Some("005B"), "{fields:?}");
            desk.saves(request, "00T1");
        }
    }
}

#[test]
fn a_customer_who_passes_the_agent_on_to_another_leaves_nothing_of_their_own_on_the_call() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").passes(5_000);
    desk.seen.clear();
    desk.report(passed("+14155550177", None));
    assert_eq!((desk.call().record, desk.call().record_source), (None, None));
    let searched = desk.crm_commands().into_iter().find_map(|command| match command {
        CrmCommand::Search { number, pop, .. } => Some((number.reveal().to_owned(), pop)),
        _ => None,
    });
    assert_eq!(searched, Some(("+14155550177".to_owned(), true)), "somebody new, like a caller");
    desk.finds(&[]);
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    let mut who = None;
    while let Some((request, _, fields)) = desk.try_log() {
        who = Some(fields.who.clone());
        desk.saves(request, "00T1");
    }
    assert_eq!(who, Some(None), "the log is on nobody rather than on the wrong one");
}

#[test]
fn what_the_agent_chose_and_what_a_colleague_handed_over_stay_with_the_call() {
    let (mut desk, id) = talks_with_a_colleague(&contact("003B"));
    desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
    desk.report(passed("+14155550100", Some(CallKind::Inbound))).finds(&[contact("003A")]);
    assert_eq!((desk.call().record.map(|record| record.id), desk.call().record_source), (Some("003B".into()), Some(RecordSource::Picked)));
    // The colleague spoke of this case, which came along with the question already.
    let mut desk = Desk::new();
    let mut asks = delivered("c1", "1002");
    if let PhoneReport::Delivered { kind, record, .. } = &mut asks {
        (*kind, *record) = (CallKind::Internal, "500A".into());
    }
    let id = desk.report(asks).call().id;
    desk.agent(AgentCommand::Answer(id)).established("c1").report(passed("+14155550100", Some(CallKind::Inbound)));
    assert_eq!((desk.call().record.map(|record| record.id), desk.call().record_source), (Some("500A".into()), Some(RecordSource::Carried)));
}
