//! Logs of calls that are over: mended, moved, sent once more; each as the agent said, and no other.

use crate::desk::{Desk, contact, dial, newest_request, settings};
use hookswitch_core::{
    AgentCommand, CallKind, Cause, CrmCommand, CrmFailure, CrmReport, LogKey, LogState, Output, PhoneReport, RecordRef, Refusal, RequestId,
};

fn refuses(desk: &mut Desk, request: RequestId) {
    let failure = CrmFailure::Refused { code: "X".into(), detail: "not so".into(), fields: Vec::new() };
    desk.crm(CrmReport::Failed { request, failure });
}

/// An inbound call whose log the CRM does not take.
fn refused(desk: &mut Desk) -> LogKey {
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    refuses(desk, request);
    desk.snapshot().logs.last().expect("the agent sees it").key
}

/// The same of an outbound call.
fn refused_outbound(desk: &mut Desk) -> LogKey {
    desk.agent(dial("4155550123")).finds(&[]);
    let request = newest_request(desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() })
        .report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy });
    let (request, ..) = desk.log();
    refuses(desk, request);
    desk.snapshot().logs.last().expect("the agent sees it").key
}

fn notes(key: LogKey, text: &str) -> AgentCommand {
    AgentCommand::SetLogNotes(key, text.into())
}

fn disposition(key: LogKey, choice: &str) -> AgentCommand {
    AgentCommand::SetLogDisposition(key, Some(choice.into()))
}

#[test]
fn a_refused_log_goes_as_the_agent_mended_it_and_the_one_beside_it_stays_as_it_was() {
    let mut desk = Desk::new();
    let (first, second) = (refused(&mut desk), refused_outbound(&mut desk));
    desk.agent(notes(second, "engaged all day")).agent(disposition(second, "Left message"));
    let drafts: Vec<_> = desk.snapshot().logs.into_iter().map(|log| log.draft).collect();
    assert_eq!((drafts[0].notes.reveal(), drafts[0].disposition.as_deref()), ("", Some("Missed")));
    assert_eq!((drafts[1].notes.reveal(), drafts[1].disposition.as_deref()), ("engaged all day", Some("Left message")));
    let offered = settings().wrap_up.dispositions;
    assert_eq!((&drafts[0].dispositions, &drafts[1].dispositions), (&offered[CallKind::Inbound], &offered[CallKind::Outbound]));
    assert!(desk.try_log().is_none(), "not with every letter");
    desk.agent(AgentCommand::ResendLog(second));
    let (request, _, fields) = desk.log();
    assert_eq!((fields.notes.reveal(), fields.disposition.as_deref()), ("engaged all day", Some("Left message")));
    desk.saves(request, "00T2");
    assert!(matches!(desk.snapshot().logs.as_slice(), [log] if log.key == first && matches!(log.state, LogState::Failed { .. })));
}

#[test]
fn how_a_call_went_is_chosen_from_the_list_of_its_own_kind() {
    let mut desk = Desk::new();
    let (inbound, outbound) = (refused(&mut desk), refused_outbound(&mut desk));
    let unknown = |choice: &str| Err(Refusal::DispositionUnknown(choice.into()));
    assert_eq!(desk.try_agent(disposition(inbound, "Left message")), unknown("Left message"));
    assert_eq!(desk.try_agent(disposition(outbound, "Resolved")), unknown("Resolved"));
    desk.agent(disposition(inbound, "Resolved")).agent(AgentCommand::SetLogDisposition(inbound, None));
    assert_eq!(desk.snapshot().logs[0].draft.disposition, None);
}

#[test]
fn a_log_that_nobody_has_is_nobodys_to_mend() {
    let mut desk = Desk::new();
    refused(&mut desk);
    let nobodys = LogKey { seed: 1, count: 99 };
    for command in [
        notes(nobodys, "x"),
        disposition(nobodys, "Resolved"),
        AgentCommand::SetLogDisposition(nobodys, None),
        AgentCommand::RelateLog(nobodys, None),
        AgentCommand::ResendLog(nobodys),
        AgentCommand::DiscardLog(nobodys),
    ] {
        assert_eq!(desk.try_agent(command), Err(Refusal::UnknownLog));
    }
}

#[test]
fn the_log_of_a_call_at_hand_is_the_calls_own_affair() {
    let mut desk = Desk::new();
    let old = refused(&mut desk);
    let id = desk.talks("c2");
    desk.finds(&[]);
    let (request, ..) = desk.log();
    refuses(&mut desk, request);
    let at_hand = desk.snapshot().logs[1].key;
    for command in [notes(at_hand, "x"), disposition(at_hand, "Resolved"), AgentCommand::RelateLog(at_hand, None)] {
        assert_eq!(desk.try_agent(command), Err(Refusal::InProgress(id)));
    }
    desk.agent(notes(old, "of the other"));
    assert_eq!(desk.call().draft.notes.reveal(), "");
}

#[test]
fn a_log_moves_only_to_a_record_that_was_offered_or_is_in_view() {
    let mut desk = Desk::new();
    let key = refused(&mut desk);
    let case = RecordRef { id: "500A".into(), object: "Case".into(), ..RecordRef::default() };
    let move_it = || AgentCommand::RelateLog(key, Some(case.clone()));
    assert_eq!(desk.try_agent(move_it()), Err(Refusal::RecordNotOffered));
    desk.crm(CrmReport::Navigated(Some(case.clone())));
    desk.agent(move_it());
    let (request, _, fields) = desk.log();
    assert_eq!((fields.what.as_deref(), fields.who.as_deref()), (Some("500A"), Some("003A")), "and its only contact goes along");
    desk.saves(request, "00T1").crm(CrmReport::Navigated(None));
    desk.agent(AgentCommand::RelateLog(key, Some(contact("003A"))));
    assert_eq!(desk.log().1.as_deref(), Some("00T1"), "the same Task");
}

#[test]
fn the_page_in_salesforce_is_drawn_anew_once_after_the_last_of_several_logs() {
    let mut desk = Desk::new();
    let refreshes = |desk: &Desk| desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::Refresh)).count();
    for name in ["c1", "c2"] {
        desk.rings(name).cleared(name, Cause::Abandoned).finds(&[]);
    }
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    assert_eq!(refreshes(&desk), 0, "one more is on its way");
    let (request, ..) = desk.log();
    desk.saves(request, "00T2").passes(60_000);
    assert_eq!(refreshes(&desk), 1);
}

#[test]
fn a_log_of_unknown_fate_is_looked_for_where_there_is_apex_and_the_page_drawn_anew_when_it_is_found() {
    let mut settings = settings();
    settings.identity.apex_class = Some("Hookswitch".into());
    let mut desk = Desk::with(settings);
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NoReply });
    let find = |output: &Output| matches!(output, Output::Crm { command: CrmCommand::FindLog { .. }, .. });
    let request = desk.request_of(find);
    assert_eq!(desk.snapshot().logs[0].state, LogState::Pending, "nothing for the agent to decide");
    desk.crm(CrmReport::LogFound { request, record: Some("00T1".into()) });
    assert!(desk.snapshot().logs.is_empty() && desk.crm_commands().contains(&CrmCommand::Refresh));
}

#[test]
fn what_is_sent_when_time_has_passed_is_written_down_before() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NotSent });
    let revision = desk.snapshot().revision;
    assert_eq!(desk.phone.deadline(), Some(desk.now.mono + 2_000));
    desk.now.mono += 2_000;
    desk.phone.handle(desk.now, hookswitch_core::Input::Tick).expect("a tick is no question");
    let outputs: Vec<_> = std::iter::from_fn(|| desk.phone.poll()).collect();
    assert!(matches!(outputs.as_slice(), [Output::Store, Output::Crm { command: CrmCommand::SaveLog { .. }, .. }, Output::Changed]));
    assert_eq!(desk.snapshot().revision, revision + 1);
}

#[test]
fn nobody_is_woken_for_a_log_that_cannot_go() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: vec![] });
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NotSent });
    desk.crm(CrmReport::State(hookswitch_core::CrmState::NotAnswering));
    assert_eq!(desk.phone.deadline(), None);
}
