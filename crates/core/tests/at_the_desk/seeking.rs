//! Whose call it was, when the CRM says so late, or not at all.

use hookswitch_core::settings::PopWhen;
use hookswitch_core::{
    AgentCommand, CallId, Cause, CrmCommand, CrmFailure, CrmReport, CrmState, LogState, Output, PageView, PhoneReport, ProblemKind,
    RecordSource, RequestId,
};

use crate::desk::{Desk, contact, settings};
use crate::restart::listed;

fn refused() -> CrmFailure {
    CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: "no such field".into(), fields: Vec::new() }
}

fn fails(desk: &mut Desk, failure: CrmFailure) -> RequestId {
    let request = desk.search();
    desk.crm(CrmReport::Failed { request, failure });
    request
}

/// Searches that were asked since the last look, by whether they open their result.
fn searches(desk: &Desk) -> Vec<bool> {
    let pop = |command| if let CrmCommand::Search { pop, .. } = command { Some(pop) } else { None };
    desk.crm_commands().into_iter().filter_map(pop).collect()
}

fn source(desk: &Desk) -> Option<RecordSource> {
    desk.call().record_source
}

/// Wraps up, having talked beside this page.
fn wraps_up_beside(failure: Option<CrmFailure>) -> Desk {
    let mut desk = Desk::new();
    desk.talks("c1");
    match failure {
        Some(failure) => drop(fails(&mut desk, failure)),
        None => drop(desk.finds(&[])),
    }
    desk.passes(30_000).crm(CrmReport::Navigated(Some(contact("003V")))).cleared("c1", Cause::Normal);
    desk
}

#[test]
fn the_page_in_view_is_taken_where_nobody_was_found_and_not_where_nobody_could_look() {
    assert_eq!(source(&wraps_up_beside(None)), Some(RecordSource::InView));
    for failure in [CrmFailure::NoReply, CrmFailure::NotSent] {
        assert_eq!(source(&wraps_up_beside(Some(failure))), None);
    }
    let mut twice = Desk::new();
    twice.talks("c1");
    fails(&mut twice, refused());
    fails(&mut twice, refused());
    twice.passes(30_000).crm(CrmReport::Navigated(Some(contact("003V")))).cleared("c1", Cause::Normal);
    assert_eq!(source(&twice), None);
}

#[test]
fn without_a_wrap_up_no_log_goes_to_a_page_before_the_agent_has_seen_that() {
    let mut settings = settings();
    settings.wrap_up.seconds.inbound = 0;
    let mut desk = Desk::with(settings);
    desk.talks("c1");
    desk.finds(&[]).passes(30_000).crm(CrmReport::Navigated(Some(contact("003V"))));
    let (created, ..) = desk.log();
    desk.saves(created, "00T1").cleared("c1", Cause::Normal);
    assert_eq!(desk.log().2.who, None);
}

#[test]
fn a_page_seen_before_salesforce_fell_silent_is_in_view_no_more_until_it_is_told_again() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::Navigated(Some(contact("003V")))).crm(CrmReport::State(CrmState::NotAnswering));
    assert_eq!(desk.snapshot().crm.in_view, None);
    desk.crm(CrmReport::State(CrmState::Ready));
    assert_eq!(desk.snapshot().crm.in_view, None);
    desk.crm(CrmReport::Navigated(Some(contact("003V"))));
    assert_eq!(desk.snapshot().crm.in_view, Some(contact("003V")));
    desk.report(PhoneReport::Account { identity: "1002".into() });
    assert_eq!(desk.snapshot().crm.in_view, None, "another agent has another page");
}

#[test]
fn a_page_that_a_call_brought_is_no_choice_of_the_agents_although_it_is_told_twice() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("003A")]).crm(CrmReport::Navigated(Some(contact("003A"))));
    desk.cleared("c1", Cause::Abandoned).passes(60_000);
    desk.crm(CrmReport::State(CrmState::NotAnswering)).crm(CrmReport::State(CrmState::Ready));
    desk.crm(CrmReport::Navigated(Some(contact("003A"))));
    desk.rings_from("c2", "+14155550111");
    let id = desk.call().id;
    desk.finds(&[]).agent(AgentCommand::Answer(id)).established("c2").cleared("c2", Cause::Normal);
    assert_eq!(source(&desk), None);
}

#[test]
fn the_log_of_a_missed_call_waits_for_the_search_that_is_under_way() {
    let mut desk = Desk::new();
    desk.rings("c1").passes(2_000).cleared("c1", Cause::Abandoned);
    assert!(desk.try_log().is_none(), "whose call it was may be known in a moment");
    desk.passes(1_000).finds(&[contact("003A")]);
    let (request, record, fields) = desk.log();
    assert_eq!((record, fields.who.as_deref(), fields.disposition.as_deref()), (None, Some("003A"), Some("Missed")));
    desk.saves(request, "00T1");
    let recent = &desk.snapshot().recent[0];
    assert_eq!((recent.record_source, recent.offered.len()), (Some(RecordSource::Matched), 1));
}

#[test]
fn several_matches_that_come_after_the_call_can_be_chosen_from() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[contact("003A"), contact("003B")]);
    let (request, _, fields) = desk.log();
    assert_eq!(fields.who, None);
    desk.saves(request, "00T1");
    let key = desk.snapshot().recent[0].key;
    desk.agent(AgentCommand::RelateLog(key, Some(contact("003B"))));
    let (_, record, fields) = desk.log();
    assert_eq!((record.as_deref(), fields.who.as_deref()), (Some("00T1"), Some("003B")));
}

#[test]
fn a_log_does_not_wait_for_ever_and_a_later_answer_still_moves_it() {
    for settled in [false, true] {
        let mut desk = Desk::new();
        desk.rings("c1").cleared("c1", Cause::Abandoned).passes(4_999);
        assert!(desk.try_log().is_none());
        desk.passes(1);
        let (request, _, fields) = desk.log();
        assert_eq!(fields.who, None);
        if settled {
            desk.saves(request, "00T1").finds(&[contact("003A")]);
        } else {
            desk.finds(&[contact("003A")]).saves(request, "00T1");
        }
        let (_, record, fields) = desk.log();
        assert_eq!((record.as_deref(), fields.who.as_deref()), (Some("00T1"), Some("003A")));
    }
}

#[test]
fn a_search_that_fails_after_the_call_lets_its_log_go_without_a_word() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned);
    fails(&mut desk, CrmFailure::NoReply);
    assert_eq!(desk.log().2.who, None);
    assert!(desk.snapshot().problems.iter().all(|problem| problem.kind == ProblemKind::Missed));
}

#[test]
fn what_the_agent_said_of_a_log_holds_against_a_late_answer() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::Navigated(Some(contact("003V"))));
    desk.rings("c1").cleared("c1", Cause::Abandoned);
    let key = desk.snapshot().logs[0].key;
    desk.agent(AgentCommand::RelateLog(key, Some(contact("003V")))).finds(&[contact("003A")]);
    assert_eq!(desk.log().2.who.as_deref(), Some("003V"));
}

#[test]
fn logs_of_an_outage_get_their_records_one_search_after_the_other_also_on_the_next_page() {
    let mut desk = Desk::cold(settings());
    desk.phone_comes();
    for (name, number) in [("c1", "+14155550101"), ("c2", "+14155550102")] {
        desk.rings_from(name, number).cleared(name, Cause::Abandoned).passes(3_600_000);
    }
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    for mut page in [desk, next] {
        page.crm(CrmReport::State(CrmState::Ready));
        for record in ["003A", "003B"] {
            assert!(page.try_log().is_none());
            assert_eq!(searches(&page), [false], "one at a time, and nothing opens");
            let (request, _, fields) = page.finds(&[contact(record)]).log();
            assert_eq!(fields.who.as_deref(), Some(record));
            page.saves(request, &format!("00T{record}"));
        }
        assert!(page.try_log().is_none());
    }
}

#[test]
fn when_salesforce_is_back_whoever_is_on_the_line_is_searched_for_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.crm(CrmReport::State(CrmState::NotAnswering));
    fails(&mut desk, CrmFailure::NoReply);
    assert_eq!(searches(&desk), [] as [bool; 0], "not before");
    desk.crm(CrmReport::State(CrmState::Ready));
    assert_eq!(searches(&desk), [false], "its page may be open already");
    desk.would_open(&[contact("003A")], true);
    assert_eq!((source(&desk), desk.call().page), (Some(RecordSource::Matched), PageView::Lapsed));
    desk.agent(AgentCommand::PopNow(id));
    assert!(desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Pop { .. })));
}

#[test]
fn a_search_that_was_never_sent_opens_its_page_when_salesforce_is_back() {
    let mut settings = settings();
    settings.pop.when.inbound = PopWhen::Ringing;
    let mut desk = Desk::with(settings);
    desk.rings("c1").crm(CrmReport::State(CrmState::NotAnswering));
    fails(&mut desk, CrmFailure::NotSent);
    desk.passes(5_000).crm(CrmReport::State(CrmState::Ready));
    assert_eq!(searches(&desk), [true]);
}

#[test]
fn a_page_that_is_refused_does_not_hide_who_calls() {
    let mut desk = Desk::new();
    desk.rings("c1");
    fails(&mut desk, refused());
    assert_eq!(searches(&desk), [false], "the question alone");
    desk.would_open(&[contact("003A")], true);
    assert_eq!((source(&desk), desk.call().page), (Some(RecordSource::Matched), PageView::Lapsed));
    let told = |desk: &Desk| desk.snapshot().problems.iter().filter(|problem| problem.kind == ProblemKind::PopFailed).count();
    assert_eq!(told(&desk), 1);
    let mut twice = Desk::new();
    twice.rings("c1");
    fails(&mut twice, refused());
    fails(&mut twice, refused());
    assert_eq!((searches(&twice), told(&twice)), (vec![], 1), "nor is it asked, or told, for ever");
}

#[test]
fn callers_for_whom_nothing_opened_do_not_keep_the_next_ones_page_away() {
    let mut desk = Desk::new();
    let mut from_nobody = crate::desk::delivered("c1", "");
    if let PhoneReport::Delivered { from, .. } = &mut from_nobody {
        from.name = "".into();
    }
    desk.report(from_nobody).cleared("c1", Cause::Abandoned).passes(10_000).seen.clear();
    desk.crm(CrmReport::State(CrmState::NotAnswering)).rings_from("c2", "+14155550111").cleared("c2", Cause::Abandoned);
    desk.crm(CrmReport::State(CrmState::Ready)).passes(10_000).seen.clear();
    desk.rings_from("c3", "+14155550122");
    let opens = desk.seen.iter().any(|output| matches!(output, Output::Crm { command: CrmCommand::Search { pop: true, .. }, .. }));
    assert!(opens, "no page has opened yet");
}

/// What the next page of a desk knows of its one call.
fn matches(desk: &Desk) -> (Vec<String>, Option<String>) {
    let call = desk.call();
    (call.matches.into_iter().map(|record| record.id).collect(), call.record.map(|record| record.id))
}

#[test]
fn who_it_may_be_survives_a_reload_in_the_wrap_up_and_in_the_call() {
    let several = [contact("003A"), contact("003B"), contact("003C")];
    for (ended, chosen) in [(false, None), (true, None), (false, Some("003B")), (true, Some("003B"))] {
        let mut desk = Desk::new();
        let id = desk.talks("c1");
        desk.finds(&several);
        if let Some(chosen) = chosen {
            desk.agent(AgentCommand::Select(id, Some(contact(chosen))));
        }
        if ended {
            desk.cleared("c1", Cause::Normal);
        }
        let mut next = desk.reloaded(settings());
        next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
        let there = if ended { vec![] } else { vec![listed("c1", hookswitch_core::ConnectionState::Connected)] };
        next.report(PhoneReport::Sync { calls: there });
        let (known, record) = matches(&next);
        assert_eq!((known.len(), record.as_deref()), (3, chosen), "ended: {ended}");
        let id = next.call().id;
        next.agent(AgentCommand::Select(id, Some(contact("003C"))));
        assert_eq!(matches(&next).1.as_deref(), Some("003C"), "and the agent can choose again");
    }
}

#[test]
fn a_wrap_up_whose_search_was_still_to_come_is_searched_for_on_the_next_page() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.passes(1_000).cleared("c1", Cause::Normal);
    let mut next = desk.reloaded(settings());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    next.finds(&[contact("003A"), contact("003B")]);
    let CallId(id) = next.call().id;
    next.agent(AgentCommand::FinishWrapUp(CallId(id)));
    let log = next.snapshot().logs.into_iter().find(|log| log.state == LogState::Unconfirmed || log.state == LogState::Pending);
    assert_eq!(log.map(|log| log.offered.len()), Some(2));
}
