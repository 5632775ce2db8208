//! What the phone system refuses, or never answers: the call it is about learns of it, and no other does.

use crate::desk::{Desk, contact, dial, newest_request, phase, settings, view};
use hookswitch_core::{
    AgentCommand, CallId, Cause, ConnectionState, CrmCommand, CrmReport, Output, Party, Phase, PhoneCommand, PhoneReport, Private,
    ProblemKind, RecordRef, Refusal, RefusedReason, RequestId,
};

fn refuses(desk: &mut Desk, request: RequestId) {
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: Private::default() });
}

fn problems(desk: &Desk) -> Vec<ProblemKind> {
    desk.snapshot().problems.iter().map(|problem| problem.kind).collect()
}

/// One call on hold, another the agent talks on.
fn held_and_connected(desk: &mut Desk) -> (CallId, CallId) {
    let first = desk.talks("c1");
    desk.agent(AgentCommand::Hold(first)).held("c1");
    (first, desk.talks("c2"))
}

fn dials(desk: &mut Desk, number: &str) -> (CallId, RequestId) {
    desk.agent(dial(number));
    (desk.call().id, newest_request(desk))
}

#[test]
fn a_call_that_has_its_name_is_not_ended_by_a_late_refusal_of_its_dialing() {
    let mut desk = Desk::new();
    let (id, request) = dials(&mut desk, "4155550123");
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    refuses(&mut desk, request);
    assert_eq!(phase(&desk, id), Some(Phase::Initiated));
    let mut unnamed = Desk::new();
    let (id, request) = dials(&mut unnamed, "4155550123");
    refuses(&mut unnamed, request);
    assert_eq!(phase(&unnamed, id), None);
}

#[test]
fn a_refusal_is_for_the_call_that_asked() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings("c2");
    let second = desk.call().id;
    desk.agent(AgentCommand::Hold(first)).agent(AgentCommand::Deflect(second, "1003".into()));
    let request = newest_request(&mut desk);
    assert!(matches!(view(&desk, second), Some(call) if call.phase == Phase::Clearing));
    refuses(&mut desk, request);
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Holding), Some(Phase::Alerting)));
    assert_eq!(problems(&desk).len(), 1);
}

#[test]
fn a_command_that_is_never_answered_is_given_up_and_one_that_began_later_is_not() {
    let mut desk = Desk::new();
    desk.rings("c1").rings_from("c2", "+14155550111");
    let ids: Vec<_> = desk.snapshot().calls.iter().map(|call| call.id).collect();
    desk.agent(AgentCommand::Deflect(ids[0], "1003".into())).passes(4_000);
    desk.agent(AgentCommand::Deflect(ids[1], "1003".into())).passes(6_000);
    assert_eq!((phase(&desk, ids[0]), phase(&desk, ids[1])), (Some(Phase::Alerting), Some(Phase::Clearing)));
    assert_eq!(problems(&desk).len(), 1);
    desk.passes(4_000);
    assert_eq!(phase(&desk, ids[1]), Some(Phase::Alerting));
    assert_eq!(problems(&desk).len(), 2);
}

#[test]
fn two_calls_that_wait_for_one_answer_are_free_again_together_and_it_is_told_once() {
    for join in [true, false] {
        let mut desk = Desk::new();
        let (first, second) = held_and_connected(&mut desk);
        desk.agent(if join { AgentCommand::Conference(first, second) } else { AgentCommand::Transfer(first, second) });
        desk.passes(29_999);
        assert_ne!(phase(&desk, second), Some(Phase::Connected));
        desk.passes(1);
        assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Held), Some(Phase::Connected)));
        assert_eq!(problems(&desk).len(), 1);
    }
}

#[test]
fn digits_and_mute_that_are_never_answered_are_told_after_ten_seconds() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Mute(id, true)).passes(9_999);
    assert_eq!(problems(&desk), []);
    desk.passes(1);
    assert!(matches!(problems(&desk).as_slice(), [ProblemKind::CommandRefused { reason: RefusedReason::Timeout, .. }]));
}

#[test]
fn a_call_that_waits_for_the_voice_is_hung_up_at_the_phone_system_too() {
    let mut desk = Desk::new();
    let (first, _) = held_and_connected(&mut desk);
    desk.agent(AgentCommand::Retrieve(first));
    desk.seen.clear();
    desk.agent(AgentCommand::Clear(first));
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
    assert_eq!(phase(&desk, first), Some(Phase::Clearing), "it is over when the phone system says so");
}

#[test]
fn a_call_whose_answer_still_waits_for_the_voice_is_turned_away_and_not_hung_up() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.rings("c2");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second));
    desk.seen.clear();
    desk.agent(AgentCommand::Decline(second));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Decline { call: "c2".into(), cause: Cause::Declined }]);
}

#[test]
fn the_last_sixteen_calls_that_were_freed_by_force_do_not_come_back() {
    let mut desk = Desk::new();
    let mut listed = Vec::new();
    for count in 1..=16 {
        let name = format!("c{count}");
        desk.rings(&name).agent(AgentCommand::ForceEnd(CallId(count)));
        listed.push(crate::restart::listed(&name, ConnectionState::Connected));
    }
    desk.report(PhoneReport::Sync { calls: listed.clone() });
    assert_eq!(desk.snapshot().calls.len(), 0);
    desk.rings("c17").agent(AgentCommand::ForceEnd(CallId(17)));
    listed.push(crate::restart::listed("c17", ConnectionState::Connected));
    desk.report(PhoneReport::Sync { calls: listed });
    assert_eq!(desk.snapshot().calls.len(), 1, "older ones are forgotten");
}

#[test]
fn somebody_else_who_answers_a_dialed_call_is_shown_as_somebody_else() {
    let mut desk = Desk::new();
    let (id, request) = dials(&mut desk, "4155550123");
    let other = Party { number: "+14155550777".into(), name: "BOB".into() };
    desk.report(PhoneReport::Originated { request, call: "o1".into() })
        .report(PhoneReport::Established { call: "o1".into(), party: Some(other.clone()) });
    let party = view(&desk, id).and_then(|call| call.party().map(|party| party.party.clone()));
    assert_eq!(party, Some(other));
}

#[test]
fn a_dialed_call_that_failed_says_so_at_the_other_end_and_one_that_was_answered_does_not() {
    let mut settings = settings();
    settings.wrap_up.after_failed_outbound = true;
    let mut desk = Desk::with(settings);
    let (id, request) = dials(&mut desk, "4155550123");
    desk.report(PhoneReport::Originated { request, call: "o1".into() })
        .report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy });
    let far = |desk: &Desk, id| view(desk, id).and_then(|call| call.party().map(|party| party.state));
    assert_eq!(far(&desk, id), Some(ConnectionState::Failed));
    let id = desk.talks("c1");
    desk.cleared("c1", Cause::Normal);
    assert_eq!(far(&desk, id), Some(ConnectionState::Null));
}

#[test]
fn cases_that_come_too_late_or_are_only_offered_open_nothing() {
    let with = |open_cases| {
        let mut settings = settings();
        settings.identity.apex_class = Some("Hookswitch".into());
        settings.pop.open_cases = open_cases;
        let mut desk = Desk::with(settings);
        desk.talks("c1");
        desk.finds(&[contact("003A")]);
        let request = desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::OpenCases { .. }, .. }));
        (desk, request)
    };
    let case = RecordRef { id: "500A".into(), object: "Case".into(), ..RecordRef::default() };
    let (mut desk, request) = with(hookswitch_core::settings::OpenCases::Offer);
    desk.crm(CrmReport::Cases { request, cases: vec![case.clone()] }).passes(60_000);
    assert_eq!(desk.call().cases.len(), 1);
    assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Pop { .. })));
    let (mut desk, request) = with(hookswitch_core::settings::OpenCases::Open);
    desk.passes(60_000);
    assert_eq!(desk.try_put(hookswitch_core::Input::Crm(CrmReport::Cases { request, cases: vec![case] })), Err(Refusal::StrayAnswer));
}

#[test]
fn cases_are_asked_for_of_customers_alone() {
    for (id, object, asked) in [
        ("003A", "Contact", true),
        ("001A", "Account", true),
        ("003A", "", true),
        ("500A", "", false),
        ("00QA", "Lead", false),
        ("003A", "Lead", false),
    ] {
        let mut settings = settings();
        settings.identity.apex_class = Some("Hookswitch".into());
        let mut desk = Desk::with(settings);
        desk.talks("c1");
        desk.finds(&[RecordRef { id: id.into(), object: object.into(), ..RecordRef::default() }]);
        let asks = desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::OpenCases { .. }));
        assert_eq!(asks, asked, "{object} {id}");
    }
}
