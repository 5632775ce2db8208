//! Steps of a cadence: dialed by the click that follows, and told done when their log is saved.

use hookswitch_core::{
    AgentCommand, Cause, CrmCommand, CrmFailure, CrmReport, CrmState, Output, PhoneCommand, PhoneReport, ProblemKind, RequestId,
};

use crate::clicks::{BOB, DIALED, makes};
use crate::desk::{Desk, contact, dial, settings};

#[test]
fn a_step_of_a_cadence_is_dialed_by_its_click_and_done_when_the_log_is_saved() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() });
    desk.crm(CrmReport::ClickToDial { number: DIALED.into(), record: Some(contact("003A")) }).passes(5_000);
    assert_eq!(makes(&desk), [DIALED], "the click, and nothing besides");
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1");
    let (created, ..) = desk.log();
    desk.saves(created, "00T1");
    desk.cleared("o1", Cause::Normal);
    let id = desk.call().id;
    desk.agent(AgentCommand::SetDisposition(id, Some("Reached".into()))).agent(AgentCommand::FinishWrapUp(id));
    let done = |desk: &Desk| {
        desk.crm_commands().into_iter().filter(|command| matches!(command, CrmCommand::CompleteWork { .. })).collect::<Vec<_>>()
    };
    assert_eq!(done(&desk), [], "not before the log is saved");
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    let expected = CrmCommand::CompleteWork { work: "0Wk1".into(), task: "00T1".into(), disposition: "Reached".into(), connected: true };
    assert_eq!(done(&desk), [expected]);
}

#[test]
fn a_step_of_a_cadence_whose_click_does_not_follow_is_dialed_all_the_same_and_nobody_answering_is_its_outcome() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() }).passes(3_000);
    assert_eq!(makes(&desk), [DIALED]);
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::NoAnswer }).finds(&[]);
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    let expected = CrmCommand::CompleteWork { work: "0Wk1".into(), task: "00T1".into(), disposition: "No answer".into(), connected: false };
    assert!(desk.crm_commands().contains(&expected));
}

#[test]
fn a_step_whose_number_was_called_otherwise_written_is_that_call_and_nobody_is_called_twice() {
    let done = |desk: &Desk| desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::CompleteWork { .. }));
    for typed in [false, true] {
        let mut settings = settings();
        settings.dialing.country = Some("US".into());
        let mut desk = Desk::with(settings);
        // Salesforce gives the click the number as it is stored, and the step with its country's code.
        desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: "+1 415 555 0199".into() });
        if typed {
            desk.agent(dial("(415) 555-0199"));
        } else {
            desk.crm(CrmReport::ClickToDial { number: "(415) 555-0199".into(), record: None });
        }
        let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
        desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").passes(5_000);
        assert_eq!((makes(&desk), desk.snapshot().wanted), (vec![], None), "not called again, and nothing to choose");
        desk.cleared("o1", Cause::Normal);
        let id = desk.call().id;
        desk.agent(AgentCommand::SetDisposition(id, Some("Reached".into()))).agent(AgentCommand::FinishWrapUp(id));
        while let Some((request, ..)) = desk.try_log() {
            desk.saves(request, "00T1");
        }
        assert!(done(&desk), "typed: {typed}");
    }
}

/// A step whose call nobody answered, and the request that saves its log.
fn step_over() -> (Desk, RequestId) {
    let mut desk = Desk::new();
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() }).passes(3_000);
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::NoAnswer }).finds(&[]);
    let (request, ..) = desk.log();
    (desk, request)
}

/// The same with its log saved, and the request that tells Salesforce.
fn step_done() -> (Desk, RequestId) {
    let (mut desk, request) = step_over();
    desk.saves(request, "00T1");
    let told = completed(&mut desk).expect("Salesforce is told");
    (desk, told)
}

fn completed(desk: &mut Desk) -> Option<RequestId> {
    let at = desk.seen.iter().position(|output| matches!(output, Output::Crm { command: CrmCommand::CompleteWork { .. }, .. }))?;
    match desk.seen.remove(at) {
        Output::Crm { id, .. } => Some(id),
        _ => None,
    }
}

#[test]
fn a_step_whose_end_salesforce_did_not_hear_is_told_until_it_does_also_by_the_next_page() {
    let (mut desk, told) = step_done();
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    next.crm(CrmReport::State(CrmState::Ready));
    assert!(completed(&mut next).is_some(), "nobody knows whether it was heard");
    desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NoReply }).passes(1_999);
    assert_eq!(completed(&mut desk), None);
    desk.passes(1);
    let again = completed(&mut desk).expect("once more");
    desk.crm(CrmReport::WorkDone { request: again }).passes(3_600_000);
    assert_eq!((completed(&mut desk), desk.snapshot().problems.len()), (None, 1), "only that nobody answered the call");
    let mut after = desk.reloaded(settings());
    after.phone_comes();
    after.crm(CrmReport::State(CrmState::Ready));
    assert_eq!(completed(&mut after), None);
}

#[test]
fn a_step_that_salesforce_does_not_close_is_left_to_the_agent() {
    let open = |desk: &Desk| desk.snapshot().problems.last().map(|problem| (problem.kind, problem.detail.reveal().to_owned()));
    let (mut desk, told) = step_done();
    let failure = CrmFailure::Refused { code: "X".into(), detail: "no such step".into(), fields: Vec::new() };
    desk.crm(CrmReport::Failed { request: told, failure }).passes(3_600_000);
    assert_eq!((completed(&mut desk), open(&desk)), (None, Some((ProblemKind::WorkNotDone, "no such step".into()))));
    let (mut desk, mut told) = step_done();
    let mut times = 1;
    loop {
        desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent }).passes(3_600_000);
        let Some(next) = completed(&mut desk) else { break };
        (told, times) = (next, times + 1);
    }
    assert_eq!((times, open(&desk)), (10, Some((ProblemKind::WorkNotDone, String::new()))));
}

#[test]
fn a_step_is_done_although_salesforce_left_a_field_of_its_log_out() {
    let (mut desk, request) = step_over();
    let fields = vec!["CallDisposition".to_owned()];
    let failure = CrmFailure::Refused { code: "FIELD".into(), detail: "not that".into(), fields };
    desk.crm(CrmReport::Failed { request, failure });
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    let tasks: Vec<_> = desk
        .crm_commands()
        .into_iter()
        .filter_map(|command| if let CrmCommand::CompleteWork { task, .. } = command { Some(task) } else { None })
        .collect();
    assert_eq!((tasks, desk.snapshot().logs.len()), (vec!["00T1".to_owned()], 1), "the agent sees what is missing");
}

#[test]
fn a_step_whose_call_is_over_before_three_seconds_is_that_call_and_is_not_dialed_again() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() });
    desk.crm(CrmReport::ClickToDial { number: DIALED.into(), record: None });
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy }).finds(&[]).passes(5_000);
    assert_eq!(makes(&desk), [""; 0]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    assert!(completed(&mut desk).is_some());
}

#[test]
fn a_click_on_another_number_and_a_caller_from_the_same_are_not_the_step() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() });
    desk.crm(CrmReport::ClickToDial { number: "4155550123".into(), record: None });
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").passes(3_000);
    assert_eq!(desk.snapshot().wanted.map(|wanted| wanted.number.reveal().to_owned()).as_deref(), Some(BOB));
    let mut desk = Desk::new();
    desk.rings_from("c1", DIALED).established("c1");
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() }).passes(3_000);
    assert!(desk.snapshot().wanted.is_some(), "the agent chooses beside the call");
}

#[test]
fn a_step_that_was_told_keeps_its_task_while_the_next_one_is_told() {
    let (mut desk, first) = step_done();
    desk.crm(CrmReport::WorkStarted { work: "0Wk2".into(), to: "4155550123".into() }).passes(3_000);
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o2".into() });
    desk.report(PhoneReport::Failed { call: "o2".into(), cause: Cause::NoAnswer }).finds(&[]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T2");
    assert!(completed(&mut desk).is_some());
    desk.crm(CrmReport::Failed { request: first, failure: CrmFailure::NoReply }).passes(2_000);
    let tasks: Vec<_> = desk
        .crm_commands()
        .into_iter()
        .filter_map(|command| if let CrmCommand::CompleteWork { work, task, .. } = command { Some((work, task)) } else { None })
        .collect();
    assert_eq!(tasks, [("0Wk1".to_owned(), "00T1".to_owned())]);
}

#[test]
fn the_host_comes_back_when_a_step_is_to_be_told_again_and_each_pause_is_twice_as_long() {
    let (mut desk, mut told) = step_done();
    desk.report(PhoneReport::Sync { calls: vec![] });
    for pause in [2_000, 4_000, 8_000] {
        desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent });
        assert_eq!(desk.phone.deadline(), Some(desk.now.mono + pause));
        desk.passes(pause);
        told = completed(&mut desk).expect("once more");
        assert!(desk.phone.deadline().is_none_or(|at| at > desk.now.mono + 100));
    }
    desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent }).crm(CrmReport::State(CrmState::NotAnswering));
    assert!(desk.phone.deadline().is_none_or(|at| at > desk.now.mono + 16_000), "not while Salesforce is away");
    let stray = CrmReport::WorkDone { request: RequestId(9_999) };
    assert_eq!(desk.try_put(hookswitch_core::Input::Crm(stray)), Err(hookswitch_core::Refusal::StrayAnswer));
}

#[test]
fn the_next_page_tells_a_step_at_once_however_often_the_last_one_tried() {
    let (mut desk, mut told) = step_done();
    for pause in [2_000, 4_000, 8_000] {
        desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent }).passes(pause);
        told = completed(&mut desk).expect("once more");
    }
    desk.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent });
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    next.crm(CrmReport::State(CrmState::Ready));
    let told = completed(&mut next).expect("at once");
    next.crm(CrmReport::Failed { request: told, failure: CrmFailure::NotSent }).passes(1_999);
    assert_eq!(completed(&mut next), None);
    next.passes(1);
    assert!(completed(&mut next).is_some(), "and the pauses begin anew");
}

#[test]
fn a_step_whose_call_was_only_taken_for_lost_is_told_when_it_is_really_over() {
    let mut settings = settings();
    settings.wrap_up.seconds.outbound = 0;
    let mut desk = Desk::with(settings);
    desk.crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: BOB.into() }).passes(3_000);
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").finds(&[]);
    desk.report(PhoneReport::Sync { calls: vec![] });
    let there = hookswitch_core::PhoneCall {
        direction: hookswitch_core::Direction::Out,
        kind: hookswitch_core::CallKind::Outbound,
        ..crate::kept::connected("o1")
    };
    desk.report(PhoneReport::Sync { calls: vec![there] });
    let save_all = |desk: &mut Desk| {
        while let Some((request, ..)) = desk.try_log() {
            desk.saves(request, "00T1");
        }
    };
    save_all(&mut desk);
    assert_eq!(completed(&mut desk), None, "it goes on");
    desk.cleared("o1", Cause::Normal);
    save_all(&mut desk);
    assert!(completed(&mut desk).is_some() && completed(&mut desk).is_none(), "once");
}
