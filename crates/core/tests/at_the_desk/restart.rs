//! What a new page, or a phone system that comes back, makes of calls.

use crate::desk::{Desk, contact, settings};
use hookswitch_core::{
    AgentCommand, AgentState, CallKind, Cause, ConnectionState, CrmCommand, CrmReport, CrmState, Direction, Input, LogState, Output, Party,
    Phase, PhoneCall, PhoneReport, PhoneState, Refusal,
};

pub(crate) fn listed(name: &str, state: ConnectionState) -> PhoneCall {
    PhoneCall {
        call: name.into(),
        party: Party { number: "+14155550100".into(), name: "ADA B".into() },
        called: "".into(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Inbound,
        direction: Direction::In,
        state,
        far_state: ConnectionState::Connected,
        muted: false,
        age_ms: 20_000,
        answered_ms: Some(12_000),
        record: String::new(),
        parties: Vec::new(),
        recording: hookswitch_core::Recording::Off,
        consults: None,
        owns_log: true,
    }
}

fn sync(desk: &mut Desk, calls: Vec<PhoneCall>) {
    desk.report(PhoneReport::Sync { calls });
}

#[test]
fn a_reloaded_page_shows_the_call_again_with_its_notes_and_logs_it_once() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").agent(AgentCommand::SetNotes(id, "half".into())).passes(12_000);

    let mut next = desk.reloaded(settings());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    sync(&mut next, vec![listed("c1", ConnectionState::Connected)]);
    let call = next.call();
    assert_eq!((call.phase, call.draft.notes.reveal(), call.record), (Phase::Connected, "half", Some(contact("003A"))));
    assert_eq!(call.answered, desk.call().answered, "the timer goes on");
    let popped = next.crm_commands().iter().any(|c| matches!(c, CrmCommand::Pop { .. } | CrmCommand::Search { pop: true, .. }));
    assert!(!popped, "the record was opened by the page before");
    next.passes(5_000).cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(call.id));
    let (_, record, fields) = next.log();
    assert_eq!((record.as_deref(), fields.duration_s), (Some("00T1"), Some(17)));
    assert!(next.try_log().is_none());
}

#[test]
fn a_call_that_ended_while_the_page_was_away_comes_back_in_wrap_up() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "said it".into()));
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    sync(&mut next, vec![]);
    let call = next.call();
    assert_eq!((call.phase, call.cause, call.draft.notes.reveal()), (Phase::WrapUp, Some(Cause::Lost), "said it"));
}

#[test]
fn another_agents_leftovers_stay_closed_and_are_kept() {
    let mut desk = Desk::new();
    desk.talks("c1");
    let mut other = desk.reloaded(settings());
    other.report(PhoneReport::Account { identity: "1002".into() });
    other.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
    sync(&mut other, vec![]);
    assert!(other.snapshot().calls.is_empty() && other.snapshot().logs.is_empty());
    let mut owner = other.reloaded(settings());
    owner.phone_comes();
    assert_eq!(owner.snapshot().calls.len(), 1);
}

#[test]
fn a_call_the_page_never_knew_is_shown_from_the_sync() {
    let mut desk = Desk::new();
    sync(&mut desk, vec![listed("c9", ConnectionState::Held)]);
    let call = desk.call();
    assert_eq!((call.phase, call.answered), (Phase::Held, Some(desk.now.wall - 12_000)));
    assert!(matches!(desk.crm_commands()[..], [CrmCommand::Search { pop: false, .. }, ..]) || desk.call().searching);
}

#[test]
fn wrap_up_survives_the_page_and_its_deadline_too() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.cleared("c1", Cause::Normal);
    let deadline = desk.call().wrap_up.unwrap().deadline;
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    assert_eq!(next.call().wrap_up.unwrap().deadline, deadline);
    next.passes(60_000);
    assert!(next.snapshot().calls.is_empty());
}

#[test]
fn a_create_under_way_when_the_page_died_is_shown_as_unconfirmed() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[]);
    desk.log();
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    let mut next = desk.reloaded(settings());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    assert_eq!(next.snapshot().logs[0].state, LogState::Unconfirmed);
    assert!(next.try_log().is_none());
}

#[test]
fn a_log_is_stored_before_it_is_sent() {
    let mut desk = Desk::new();
    desk.talks("c1");
    let request = desk.search();
    desk.phone.handle(desk.now, Input::Crm(CrmReport::Found { request, records: vec![], fields: Vec::new(), opens: false })).unwrap();
    let outputs: Vec<_> = std::iter::from_fn(|| desk.phone.poll()).collect();
    let stored = outputs.iter().position(|output| matches!(output, Output::Store)).unwrap();
    let sent = outputs.iter().position(|output| matches!(output, Output::Crm { command: CrmCommand::SaveLog { .. }, .. })).unwrap();
    assert!(stored < sent);
}

#[test]
fn the_agents_state_survives_the_page() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    assert_eq!(next.snapshot().agent.state, AgentState::NotReady { reason: "Lunch".into() });
}

#[test]
fn what_cannot_be_read_is_refused_and_nothing_else_breaks() {
    let mut desk = Desk::cold(settings());
    for bytes in [vec![], vec![9, 1, 2], vec![1, 255, 255, 255]] {
        assert_eq!(desk.try_put(Input::Restored(bytes)), Err(Refusal::Unreadable));
    }
    desk.phone_comes();
    desk.rings("c1");
}

#[test]
fn what_was_found_apart_is_taken_up_with_the_rest_and_nothing_twice() {
    let mut first = Desk::new();
    let id = first.talks("c1");
    first.agent(AgentCommand::SetNotes(id, "first".into())).cleared("c1", Cause::Normal);
    let mut second = Desk::cold(settings());
    second.phone = hookswitch_core::Softphone::new();
    second.put(Input::Start { seed: 9 }).put(Input::Settings(Box::new(settings()))).phone_comes();
    let id = second.talks("c2");
    second.agent(AgentCommand::SetNotes(id, "second".into())).cleared("c2", Cause::Normal);

    let mut next = Desk::cold(settings());
    next.put(Input::Restored(first.stored.clone())).stored.clear();
    next.put(Input::Restored(second.stored.clone()));
    assert!(!next.stored.is_empty(), "it lies with the rest before it may be forgotten where it was");
    next.put(Input::Restored(second.stored.clone())).put(Input::Restored(first.stored.clone()));
    let mut after = next.reloaded(settings());
    for desk in [&mut next, &mut after] {
        desk.phone_comes();
        let notes: Vec<_> = desk.snapshot().calls.into_iter().map(|call| call.draft.notes.reveal().to_owned()).collect();
        assert_eq!(notes, ["first", "second"]);
    }
    assert_eq!(next.try_put(Input::Restored(first.stored)), Err(Refusal::OutOfOrder), "not in the middle of the work");
}

#[test]
fn a_lying_phone_system_is_refused_and_changes_nothing() {
    let mut desk = Desk::new();
    let before = desk.snapshot();
    for report in [
        PhoneReport::ConnectionCleared { call: "ghost".into(), cause: Cause::Normal },
        PhoneReport::Established { call: "ghost".into(), party: None },
        PhoneReport::Muted { call: "ghost".into(), on: true },
    ] {
        assert_eq!(desk.try_put(Input::Phone(report)), Err(Refusal::StrayReport));
    }
    let stray = hookswitch_core::RequestId(9_999);
    assert_eq!(desk.try_put(Input::Phone(PhoneReport::Done { request: stray })), Err(Refusal::StrayAnswer));
    assert_eq!(desk.try_put(Input::Crm(CrmReport::Saved { request: stray, record: "00T9".into() })), Err(Refusal::StrayAnswer));
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn late_and_doubled_reports_do_not_move_a_call_backwards() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id)).held("c1").established("c1");
    assert_eq!(desk.call().phase, Phase::Held);
    desk.rings("c1");
    assert_eq!((desk.call().phase, desk.snapshot().calls.len()), (Phase::Held, 1));
}

#[test]
fn an_extra_tick_changes_nothing() {
    let mut desk = Desk::new();
    desk.talks("c1");
    let before = desk.snapshot();
    desk.put(Input::Tick).put(Input::Tick);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_call_that_comes_before_the_phone_says_it_is_ready_is_kept_as_well() {
    let mut desk = Desk::cold(settings());
    desk.report(PhoneReport::Account { identity: "1001".into() }).rings("c1");
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "early".into()));
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    assert_eq!(next.call().draft.notes.reveal(), "early");
}
