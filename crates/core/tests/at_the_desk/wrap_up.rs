//! The time after a call, the agent's state, and the log.

use crate::desk::{Desk, contact, settings};
use hookswitch_core::settings::LogWhen;
use hookswitch_core::{
    AgentCommand, AgentState, CallKind, Cause, CrmCommand, CrmFailure, CrmReport, CrmState, LogState, Phase, PhoneCommand, PhoneReport,
    ProblemKind, Refusal, RefusedReason,
};

/// A call of 73 s with one matching contact, now in wrap-up; its log exists as `00T1`.
fn wrapping_up(desk: &mut Desk) -> hookswitch_core::CallId {
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, record, fields) = desk.log();
    assert_eq!((record, fields.completed, fields.who.as_deref()), (None, false, Some("003A")));
    desk.saves(request, "00T1").passes(73_000).cleared("c1", Cause::Normal);
    assert_eq!(desk.call().phase, Phase::WrapUp);
    id
}

#[test]
fn the_finished_call_is_one_log_with_type_duration_disposition_and_notes() {
    let mut desk = Desk::new();
    let id = wrapping_up(&mut desk);
    desk.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).agent(AgentCommand::SetNotes(id, "Sent the form.".into()));
    desk.agent(AgentCommand::FinishWrapUp(id));
    let (request, record, fields) = desk.log();
    assert_eq!(record.as_deref(), Some("00T1"), "created once, then updated by its id");
    assert_eq!((fields.kind, fields.duration_s, fields.completed), (Some(CallKind::Inbound), Some(73), true));
    assert_eq!((fields.disposition.as_deref(), fields.notes.reveal()), (Some("Resolved"), "Sent the form."));
    assert_eq!((fields.date.as_str(), fields.subject.reveal()), ("2026-01-15", "Inbound call +14155550100"));
    desk.saves(request, "00T1");
    assert!(desk.crm_commands().contains(&CrmCommand::Refresh));
    assert_eq!((desk.snapshot().calls.len(), desk.snapshot().logs.len()), (0, 0));
}

#[test]
fn wrap_up_ends_by_itself_and_keeps_what_was_written() {
    let mut desk = Desk::new();
    let id = wrapping_up(&mut desk);
    desk.agent(AgentCommand::SetNotes(id, "half a sent".into())).passes(59_999);
    assert_eq!(desk.call().phase, Phase::WrapUp);
    desk.passes(1);
    assert!(desk.snapshot().calls.is_empty());
    assert_eq!(desk.log().2.notes.reveal(), "half a sent");
}

#[test]
fn wrap_up_can_be_extended_up_to_its_limit() {
    let mut desk = Desk::new();
    let id = wrapping_up(&mut desk);
    let since = desk.call().wrap_up.unwrap().since;
    for _ in 0..9 {
        desk.agent(AgentCommand::ExtendWrapUp(id));
    }
    assert_eq!(desk.call().wrap_up.unwrap().deadline, Some(since + 600_000));
    assert_eq!(desk.try_agent(AgentCommand::ExtendWrapUp(id)), Err(Refusal::AtLimit(id)));
}

#[test]
fn a_mandatory_disposition_holds_wrap_up_open() {
    let mut settings = settings();
    settings.wrap_up.mandatory.inbound = true;
    let mut desk = Desk::with(settings);
    let id = wrapping_up(&mut desk);
    assert_eq!(desk.try_agent(AgentCommand::FinishWrapUp(id)), Err(Refusal::DispositionMissing(id)));
    desk.passes(3_600_000);
    assert_eq!(desk.call().phase, Phase::WrapUp, "the clock does not choose for the agent");
    assert_eq!(desk.try_agent(AgentCommand::SetDisposition(id, Some("Won".into()))), Err(Refusal::DispositionUnknown("Won".into())));
    desk.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.snapshot().calls.is_empty());
}

/// Wrap-up that must not end without a disposition, at `passed` milliseconds.
fn must_choose(passed: u64) -> (Desk, hookswitch_core::CallId) {
    let mut settings = settings();
    settings.wrap_up.mandatory.inbound = true;
    let mut desk = Desk::with(settings);
    let id = wrapping_up(&mut desk);
    desk.passes(passed);
    (desk, id)
}

#[test]
fn a_disposition_that_came_late_can_be_changed_and_followed_by_a_note() {
    let choose = |choice: &str, id| AgentCommand::SetDisposition(id, Some(choice.into()));
    // Past the deadline, and so near to it that the first choice under the arrow keys would be the last.
    for passed in [59_000, 60_000, 3_600_000] {
        let (mut desk, id) = must_choose(passed);
        desk.agent(choose("Resolved", id)).passes(200).agent(choose("Follow-up", id)).passes(14_000);
        desk.agent(AgentCommand::SetNotes(id, "calls back".into())).passes(14_999);
        assert_eq!(desk.call().phase, Phase::WrapUp, "{passed}: counted anew with each change");
        let wrap_up = desk.call().wrap_up.unwrap();
        assert!(wrap_up.held_open && wrap_up.deadline == Some(desk.now.wall + 1), "{passed}: {wrap_up:?}");
        desk.passes(1);
        assert!(desk.snapshot().calls.is_empty(), "{passed}");
        let (_, _, fields) = desk.log();
        assert_eq!((fields.disposition.as_deref(), fields.notes.reveal()), (Some("Follow-up"), "calls back"));
    }
}

#[test]
fn wrap_up_held_open_is_shown_so_at_its_deadline_and_ends_by_finish_at_once() {
    let (mut desk, id) = must_choose(59_999);
    assert!(!desk.call().wrap_up.unwrap().held_open);
    let revision = desk.snapshot().revision;
    desk.passes(1);
    assert!(desk.call().wrap_up.unwrap().held_open && desk.snapshot().revision > revision);
    desk.agent(AgentCommand::SetNotes(id, "half a".into())).passes(60_000);
    assert_eq!(desk.call().phase, Phase::WrapUp, "still without a choice");
    desk.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_disposition_in_good_time_leaves_the_deadline_where_it_was() {
    let (mut desk, id) = must_choose(40_000);
    let deadline = desk.call().wrap_up.unwrap().deadline;
    desk.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).passes(19_000);
    desk.agent(AgentCommand::SetNotes(id, "half a".into()));
    assert_eq!(desk.call().wrap_up.unwrap().deadline, deadline);
    desk.passes(1_000);
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_status_asked_for_in_a_call_takes_effect_after_it_and_keeps_the_draft() {
    let mut desk = Desk::new();
    let id = wrapping_up(&mut desk);
    desk.agent(AgentCommand::SetNotes(id, "keep me".into())).agent(AgentCommand::SetNotReady("Lunch".into()));
    let snapshot = desk.snapshot();
    assert_eq!(snapshot.agent.state, AgentState::WorkingAfterCall);
    assert_eq!(snapshot.agent.pending, Some(AgentState::NotReady { reason: "Lunch".into() }));
    assert_eq!(desk.call().draft.notes.reveal(), "keep me");
    // The phone system is not to offer a call in between.
    assert_eq!(desk.phone_commands().last(), Some(&PhoneCommand::SetAgentState { ready: false, reason: "Lunch".into() }));
    desk.seen.clear();
    desk.agent(AgentCommand::FinishWrapUp(id));
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Lunch".into() });
    assert_eq!(desk.try_agent(AgentCommand::SetNotReady("Moon".into())), Err(Refusal::UnknownReason("Moon".into())));
}

#[test]
fn what_the_phone_system_says_of_the_time_before_a_change_does_not_undo_it() {
    let state = |desk: &Desk| desk.snapshot().agent.state;
    let lunch = || AgentState::NotReady { reason: "Lunch".into() };
    let ask = |desk: &mut Desk| {
        desk.seen.clear();
        desk.agent(AgentCommand::SetNotReady("Lunch".into()));
        desk.request_of(|output| matches!(output, hookswitch_core::Output::Phone { command: PhoneCommand::SetAgentState { .. }, .. }))
    };
    let told = |ready: bool, reason: &str| PhoneReport::AgentState { ready, reason: reason.into() };
    let mut desk = Desk::new();
    let request = ask(&mut desk);
    desk.report(told(true, ""));
    assert_eq!(state(&desk), lunch(), "it has not answered yet");
    desk.report(PhoneReport::Done { request }).report(told(false, "Lunch"));
    assert_eq!(state(&desk), lunch());
    desk.report(told(true, ""));
    assert_eq!(state(&desk), AgentState::Ready, "somebody else's word, after the answer, counts");
    let request = ask(&mut desk);
    desk.report(told(false, "Meeting")).report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(state(&desk), AgentState::NotReady { reason: "Meeting".into() }, "and what it said meanwhile, if it refuses");
}

#[test]
fn a_refused_status_is_told_and_the_old_one_stays() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Break".into()));
    let request = desk.last_request;
    let request = desk.request_of(|output| {
        matches!(output, hookswitch_core::Output::Phone { id, .. } if *id == request)
            || matches!(output, hookswitch_core::Output::Phone { .. })
    });
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotPermitted, detail: "".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready);
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::StateRefused { reason: RefusedReason::NotPermitted });
}

#[test]
fn a_crm_that_comes_late_gets_one_search_and_one_log() {
    let mut desk = Desk::cold(settings());
    desk.phone_comes();
    let id = desk.talks("c1");
    desk.passes(4_000).cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert_eq!(desk.crm_commands(), []);
    assert_eq!(desk.snapshot().logs[0].state, LogState::Pending);
    desk.crm(CrmReport::State(CrmState::Ready));
    let (request, _, fields) = desk.finds(&[contact("003A")]).log();
    assert_eq!((fields.completed, fields.duration_s, fields.who.as_deref()), (true, Some(4), Some("003A")));
    desk.saves(request, "00T1");
    assert!(desk.try_log().is_none());
}

#[test]
fn a_call_still_ringing_when_the_crm_comes_pops_once() {
    let mut desk = Desk::cold(settings());
    desk.phone_comes();
    desk.rings("c1").crm(CrmReport::State(CrmState::Ready)).crm(CrmReport::State(CrmState::Ready));
    let searches = desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::Search { pop: true, .. })).count();
    assert_eq!(searches, 1);
}

#[test]
fn a_log_of_unknown_fate_is_left_to_the_agent() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NoReply });
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id)).passes(600_000);
    assert!(desk.try_log().is_none(), "never retried silently");
    let log = desk.snapshot().logs[0].clone();
    assert_eq!(log.state, LogState::Unconfirmed);
    desk.agent(AgentCommand::ResendLog(log.key));
    assert!(desk.log().2.completed);
}

#[test]
fn a_refused_log_shows_the_crms_words_and_can_be_sent_again() {
    let mut desk = Desk::new();
    let id = wrapping_up(&mut desk);
    desk.agent(AgentCommand::FinishWrapUp(id));
    let (request, ..) = desk.log();
    let failure = CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: "Call Result: bad value".into(), fields: Vec::new() };
    desk.crm(CrmReport::Failed { request, failure });
    let log = desk.snapshot().logs[0].clone();
    assert_eq!(log.state, LogState::Failed { detail: "Call Result: bad value".into(), fields: Vec::new() });
    desk.agent(AgentCommand::ResendLog(log.key));
    assert_eq!(desk.log().1.as_deref(), Some("00T1"));
    assert_eq!(desk.try_agent(AgentCommand::ResendLog(log.key)), Err(Refusal::UnknownLog));
}

#[test]
fn nothing_is_logged_where_the_policy_says_never() {
    let mut settings = settings();
    settings.log.when.inbound = LogWhen::Never;
    let mut desk = Desk::with(settings);
    let id = desk.talks("c1");
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.try_log().is_none() && desk.snapshot().logs.is_empty());
}

#[test]
fn the_next_call_rings_while_the_last_is_written_up_and_both_drafts_live() {
    let mut desk = Desk::new();
    let first = wrapping_up(&mut desk);
    desk.agent(AgentCommand::SetNotes(first, "first".into()));
    let second = desk.talks("c2");
    desk.agent(AgentCommand::SetNotes(second, "second".into()));
    let notes: Vec<_> = desk.snapshot().calls.iter().map(|call| call.draft.notes.reveal().to_owned()).collect();
    assert_eq!(notes, ["first", "second"]);
}

#[test]
fn the_duration_is_right_across_sleep_and_a_clock_that_jumps() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.finds(&[]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    // The computer's clock is set back by an hour in mid-call.
    desk.now.wall -= 3_600_000;
    desk.passes(90_000).cleared("c1", Cause::Normal);
    assert_eq!(desk.call().duration_s, Some(90));
}

#[test]
fn notes_are_taken_in_every_state_of_a_call() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    let write = |desk: &mut Desk, text: &str| {
        desk.agent(AgentCommand::SetNotes(id, text.into()));
        assert_eq!(desk.call().draft.notes.reveal(), text);
    };
    write(&mut desk, "ringing");
    desk.agent(AgentCommand::Answer(id));
    write(&mut desk, "answering");
    desk.established("c1");
    write(&mut desk, "talking");
    desk.agent(AgentCommand::Hold(id)).held("c1");
    write(&mut desk, "on hold");
    desk.cleared("c1", Cause::Normal);
    write(&mut desk, "wrap-up");
    assert!(!desk.stored.is_empty(), "kept for the next page");
}
