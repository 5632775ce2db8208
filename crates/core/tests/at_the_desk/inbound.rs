//! Calls that come in.

use crate::desk::{Desk, contact, delivered, settings};
use hookswitch_core::{
    AgentCommand, Cause, CommandKind, ConnectionState, CrmCommand, Phase, PhoneCommand, PhoneRef, PhoneReport, PopTarget, Private,
    ProblemKind, Refusal, RefusedReason, Side, Sound,
};

#[test]
fn an_inbound_call_rings_and_pops_the_matching_record() {
    let mut desk = Desk::new();
    desk.rings("c1");
    assert_eq!(desk.sounds(), [Sound::Ring]);
    let commands = desk.crm_commands();
    assert_eq!(commands[0], CrmCommand::ShowPanel);
    assert!(matches!(&commands[1], CrmCommand::Search { pop: true, .. }));
    desk.finds(&[contact("003A")]);
    let call = desk.call();
    assert_eq!((call.phase, call.record), (Phase::Alerting, Some(contact("003A"))));
}

#[test]
fn answering_stops_the_ring_at_once_and_connects_by_the_phone_systems_word() {
    let mut desk = Desk::new();
    desk.rings("c1").seen.clear();
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Answer { call: PhoneRef::from("c1") }]);
    assert_eq!((desk.sounds(), desk.call().phase), (vec![Sound::Silence], Phase::Answering));
    desk.established("c1");
    let call = desk.call();
    assert_eq!((call.phase, call.answered), (Phase::Connected, Some(desk.now.wall)));
    assert_eq!(call.connections.iter().map(|c| c.state).collect::<Vec<_>>(), [ConnectionState::Connected, ConnectionState::Connected]);
}

#[test]
fn a_declined_call_leaves_at_once_and_is_logged_as_declined() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.agent(AgentCommand::Decline(id)).cleared("c1", Cause::Declined);
    assert!(desk.snapshot().calls.is_empty());
    assert_eq!(desk.snapshot().problems, []);
    let (_, record, fields) = desk.finds(&[]).log();
    assert_eq!((record, fields.disposition.as_deref(), fields.duration_s), (None, Some("Declined"), Some(0)));
}

#[test]
fn an_abandoned_call_is_told_and_logged_as_missed() {
    let mut desk = Desk::new();
    desk.rings("c1").passes(8_000).cleared("c1", Cause::Abandoned);
    assert_eq!(desk.sounds(), [Sound::Ring, Sound::Silence]);
    let snapshot = desk.snapshot();
    assert!(snapshot.calls.is_empty());
    assert_eq!((snapshot.problems[0].kind, snapshot.problems[0].number.reveal()), (ProblemKind::Missed, "+14155550100"));
    let (_, _, fields) = desk.finds(&[]).log();
    assert_eq!((fields.disposition.as_deref(), fields.duration_s, fields.completed), (Some("Missed"), Some(0), true));
}

#[test]
fn a_call_answered_elsewhere_stops_ringing_and_leaves_no_log() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::AnsweredElsewhere);
    assert_eq!(desk.sounds().last(), Some(&Sound::Silence));
    assert!(desk.try_log().is_none());
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::CallEnded { cause: Cause::AnsweredElsewhere });
}

#[test]
fn hold_and_retrieve_follow_the_phone_systems_word() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id));
    assert_eq!(desk.call().phase, Phase::Holding);
    assert_eq!(desk.try_agent(AgentCommand::Hold(id)), Err(Refusal::InProgress(id)));
    desk.held("c1");
    assert_eq!(desk.call().connections[0].state, ConnectionState::Held);
    desk.agent(AgentCommand::Retrieve(id));
    assert_eq!(desk.call().phase, Phase::Retrieving);
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn a_refused_hold_leaves_the_call_connected_and_says_why() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id));
    let request = desk.last_request;
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "491".into() });
    assert_eq!(desk.call().phase, Phase::Connected);
    let kind = desk.snapshot().problems[0].kind;
    assert_eq!(kind, ProblemKind::CommandRefused { command: CommandKind::Hold, reason: RefusedReason::NotNow });
    desk.agent(AgentCommand::Hold(id));
}

#[test]
fn a_hold_without_an_answer_can_be_tried_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id)).passes(10_000);
    assert_eq!(desk.call().phase, Phase::Connected);
    desk.agent(AgentCommand::Hold(id));
}

#[test]
fn mute_shows_the_track_and_not_the_click() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Mute(id, true));
    assert!(!desk.call().muted);
    desk.report(PhoneReport::Muted { call: "c1".into(), on: true });
    assert!(desk.call().muted);
    desk.agent(AgentCommand::Hold(id)).held("c1").agent(AgentCommand::Retrieve(id));
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    assert!(desk.call().muted, "a hold never unmutes by itself");
}

#[test]
fn digits_are_sent_as_typed_and_shown_as_sent() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SendDigits(id, "12#".into()));
    assert!(desk.phone_commands().contains(&PhoneCommand::GenerateDigits { call: "c1".into(), digits: "12#".into() }));
    assert_eq!(desk.call().digits, Private::default());
    desk.report(PhoneReport::DigitsGenerated { call: "c1".into(), digits: "12#".into() });
    assert_eq!(desk.call().digits.reveal(), "12#");
    assert_eq!(desk.try_agent(AgentCommand::SendDigits(id, "x".into())), Err(Refusal::InvalidDigits));
}

#[test]
fn the_far_ends_hold_is_shown_on_its_connection_only() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.report(PhoneReport::Held { call: "c1".into(), by: Side::Party });
    let call = desk.call();
    assert_eq!((call.connections[0].state, call.connections[1].state), (ConnectionState::Connected, ConnectionState::Held));
}

#[test]
fn of_several_matches_the_agents_choice_opens_and_takes_the_log() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A"), contact("003B")]);
    assert_eq!(desk.call().record, None);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").seen.clear();
    desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
    assert!(desk.crm_commands().contains(&CrmCommand::Pop { target: PopTarget::Record { id: "003B".into() } }));
    let (_, record, fields) = desk.log();
    assert_eq!((record.as_deref(), fields.who.as_deref()), (Some("00T1"), Some("003B")));
    assert_eq!(desk.try_agent(AgentCommand::Select(id, Some(contact("003X")))), Err(Refusal::UnknownRecord(id)));
}

#[test]
fn choosing_the_same_record_again_opens_it_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A"), contact("003B")]);
    desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
    desk.seen.clear();
    desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
    assert!(desk.crm_commands().contains(&CrmCommand::Pop { target: PopTarget::Record { id: "003B".into() } }));
}

#[test]
fn a_record_that_came_with_the_call_is_opened_without_a_search() {
    let mut desk = Desk::new();
    let mut report = delivered("c1", "+14155550100");
    if let PhoneReport::Delivered { record, .. } = &mut report {
        *record = "500A".into();
    }
    desk.report(report);
    assert!(desk.crm_commands().contains(&CrmCommand::Pop { target: PopTarget::Record { id: "500A".into() } }));
    let commands = desk.crm_commands();
    let first = commands.iter().find(|command| matches!(command, CrmCommand::Pop { .. } | CrmCommand::Search { .. }));
    assert!(matches!(first, Some(CrmCommand::Pop { .. })), "only what the layout shows of it is asked for, afterwards");
    assert!(!commands.iter().any(|command| matches!(command, CrmCommand::Search { pop: true, .. })));
}

#[test]
fn a_withheld_number_is_not_searched() {
    let mut desk = Desk::new();
    desk.rings_from("c1", "");
    assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Search { .. })));
    assert!(!desk.call().searching);
}

#[test]
fn a_call_beyond_the_last_line_is_turned_to_others_and_told() {
    let mut settings = settings();
    settings.calls.lines = 1;
    let mut desk = Desk::with(settings);
    desk.talks("c1");
    desk.seen.clear();
    desk.rings_from("c2", "+14155550111");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Decline { call: "c2".into(), cause: Cause::Busy }]);
    assert_eq!(desk.snapshot().calls.len(), 1);
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::Missed);
}

#[test]
fn a_ring_that_nobody_ends_ends_by_itself() {
    let mut desk = Desk::new();
    desk.rings("c1").passes(300_000);
    assert!(desk.snapshot().calls.is_empty());
    assert_eq!(desk.sounds(), [Sound::Ring, Sound::Silence]);
    assert!(desk.phone_commands().contains(&PhoneCommand::Decline { call: "c1".into(), cause: Cause::Busy }));
}

#[test]
fn a_caller_of_whom_the_phone_system_says_that_it_still_rings_is_not_turned_away() {
    let mut desk = Desk::new();
    desk.rings("c1");
    for _ in 0..20 {
        desk.passes(30_000).report(PhoneReport::Sync { calls: vec![crate::kept::ringing("c1")] });
        assert_eq!(desk.call().phase, Phase::Alerting);
    }
    let turned_away = |desk: &Desk| desk.phone_commands().iter().any(|command| matches!(command, PhoneCommand::Decline { .. }));
    assert!(!turned_away(&desk));
    desk.passes(300_000);
    assert!(turned_away(&desk) && desk.snapshot().calls.is_empty(), "nothing is heard any more");
}

#[test]
fn an_empty_id_never_reaches_a_pop() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("")]);
    let call = desk.call();
    assert_eq!((call.matches.len(), call.record), (0, None));
    assert_eq!(desk.try_agent(AgentCommand::Select(call.id, Some(contact("")))), Err(Refusal::UnknownRecord(call.id)));
}
