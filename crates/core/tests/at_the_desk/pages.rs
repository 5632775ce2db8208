//! Small print of searches and pages: when the next one's turn is, what lapses, what is asked again.

use crate::desk::{Desk, contact, delivered, dial, newest_request, settings, view};
use crate::restart::listed;
use hookswitch_core::settings::{OpenCases, PerKind, PopWhen};
use hookswitch_core::{
    AgentCommand, CallKind, Cause, ConnectionState, CrmCommand, CrmFailure, CrmReport, CrmState, DialSource, Input, Output, PageView,
    Party, PhoneCall, PhoneReport, PopTarget, ProblemKind, RecordRef, RecordSource, Refusal, RequestId, Side,
};

fn pops(desk: &Desk) -> Vec<PopTarget> {
    let target = |command| if let CrmCommand::Pop { target } = command { Some(target) } else { None };
    desk.crm_commands().into_iter().filter_map(target).collect()
}

fn searches(desk: &Desk) -> Vec<bool> {
    let pop = |command| if let CrmCommand::Search { pop, .. } = command { Some(pop) } else { None };
    desk.crm_commands().into_iter().filter_map(pop).collect()
}

fn with_pops(when: PopWhen) -> Desk {
    let mut settings = settings();
    settings.pop.when = PerKind::all(when);
    Desk::with(settings)
}

fn case(id: &str) -> RecordRef {
    RecordRef { id: id.into(), object: "Case".into(), ..RecordRef::default() }
}

fn refused() -> CrmFailure {
    CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: "no such field".into(), fields: Vec::new() }
}

fn fails(desk: &mut Desk, failure: CrmFailure) {
    let request = desk.search();
    desk.crm(CrmReport::Failed { request, failure });
}

fn pop_asked(desk: &mut Desk) -> RequestId {
    desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::Pop { .. }, .. }))
}

/// Salesforce goes and comes back.
fn pauses(desk: &mut Desk) {
    desk.crm(CrmReport::State(CrmState::NotAnswering)).crm(CrmReport::State(CrmState::Ready));
}

#[test]
fn the_next_page_waits_until_the_one_under_way_was_answered_although_the_page_moved() {
    let mut desk = Desk::new();
    desk.rings("c1").rings_from("c2", "+14155550111");
    let second = desk.would_open(&[contact("003B")], true);
    desk.crm(CrmReport::Navigated(Some(contact("003A")))).passes(5_000);
    assert_eq!(pops(&desk), [], "the first search has not answered");
    desk.finds(&[contact("003A")]).passes(300);
    assert_eq!(pops(&desk), [PopTarget::Found { search: second }]);
}

#[test]
fn the_same_holds_for_a_page_that_was_opened_by_itself() {
    let mut desk = with_pops(PopWhen::Answered);
    let first = desk.talks("c1");
    desk.would_open(&[contact("003A")], true);
    let asked = pop_asked(&mut desk);
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.would_open(&[contact("003B")], true);
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.crm(CrmReport::Navigated(Some(contact("003A")))).passes(5_000);
    assert_eq!(pops(&desk).len(), 0);
    desk.crm(CrmReport::Popped { request: asked }).passes(300);
    assert_eq!(pops(&desk).len(), 1);
    assert_ne!(first, second);
}

#[test]
fn a_page_that_never_answers_is_forgotten_after_a_minute() {
    let mut desk = with_pops(PopWhen::Answered);
    desk.talks("c1");
    desk.would_open(&[contact("003A")], true);
    let request = pop_asked(&mut desk);
    desk.passes(60_000);
    assert_eq!(desk.try_put(Input::Crm(CrmReport::Popped { request })), Err(Refusal::StrayAnswer));
}

#[test]
fn a_page_whose_turn_comes_while_salesforce_is_away_opens_when_it_is_back() {
    let mut desk = with_pops(PopWhen::Answered);
    desk.rings("c1");
    let search = desk.would_open(&[contact("003A")], true);
    let id = desk.call().id;
    desk.crm(CrmReport::State(CrmState::NotAnswering)).agent(AgentCommand::Answer(id)).established("c1");
    assert_eq!(pops(&desk), []);
    desk.crm(CrmReport::State(CrmState::Ready));
    assert_eq!(pops(&desk), [PopTarget::Found { search }]);
}

#[test]
fn the_half_minute_of_a_page_counts_while_a_window_is_open_and_not_after() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[]);
    desk.crm(CrmReport::Window(true)).crm(CrmReport::Navigated(None)).passes(1_000);
    desk.rings_from("c2", "+14155550111");
    let search = desk.would_open(&[], true);
    desk.passes(20_000).crm(CrmReport::State(CrmState::NotAnswering)).crm(CrmReport::Window(false)).passes(15_000);
    assert_ne!(desk.call().page, PageView::Lapsed);
    desk.seen.clear();
    desk.crm(CrmReport::State(CrmState::Ready));
    assert_eq!(pops(&desk), [PopTarget::Found { search }]);
}

#[test]
fn cases_open_one_after_the_other_as_soon_as_the_page_has_settled() {
    let mut settings = settings();
    (settings.pop.open_cases, settings.identity.apex_class) = (OpenCases::Open, Some("Hookswitch".into()));
    let mut desk = Desk::with(settings);
    desk.report(PhoneReport::Sync { calls: vec![] });
    desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let request = desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::OpenCases { .. }, .. }));
    desk.crm(CrmReport::Cases { request, cases: vec![case("500A"), case("500B")] });
    let mut opened = Vec::new();
    for _ in 0..2 {
        let due = desk.phone.deadline().expect("the next one's turn");
        assert!(due <= desk.now.mono + 2_500, "it is soon");
        assert_eq!(pops(&desk), []);
        desk.passes(due - desk.now.mono);
        opened.extend(pops(&desk));
        let request = pop_asked(&mut desk);
        desk.crm(CrmReport::Popped { request });
    }
    assert_eq!(opened, ["500A", "500B"].map(|id| PopTarget::Record { id: id.into() }));
    desk.crm(CrmReport::Window(true)).passes(60_000);
    assert_eq!(pops(&desk), []);
}

#[test]
fn who_is_asked_about_a_customer_has_no_page_of_the_customers_opened_for_it() {
    let mut desk = with_pops(PopWhen::Answered);
    let customer = desk.talks("c1");
    desk.would_open(&[contact("003A")], true);
    let request = pop_asked(&mut desk);
    desk.crm(CrmReport::Popped { request }).passes(5_000);
    desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() }).held("c1");
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "k1".into() }).established("k1").passes(30_000);
    assert_eq!(pops(&desk), []);
    let source = DialSource::Click { record: Some(contact("003B")), partner: None, work: None };
    let mut clicked = with_pops(PopWhen::Answered);
    clicked.agent(AgentCommand::Dial { number: "4155550123".into(), source });
    let request = newest_request(&mut clicked);
    clicked.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").passes(30_000);
    assert_eq!(pops(&clicked), [], "the agent clicked on it");
}

#[test]
fn a_call_that_a_list_tells_of_opens_no_page_by_itself() {
    let mut desk = with_pops(PopWhen::Answered);
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { answered_ms: None, ..listed("c1", ConnectionState::Alerting) }] });
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).established("c1");
    desk.would_open(&[contact("003A")], true);
    desk.passes(30_000);
    assert_eq!(pops(&desk), []);
}

#[test]
fn a_record_that_a_search_has_opened_is_not_opened_again_when_it_comes_with_the_call() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]).passes(5_000);
    let passed_on = |record: &str| PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: Some(Party { number: "+14155550777".into(), name: "BOB".into() }),
        kind: None,
        record: record.into(),
    };
    desk.report(passed_on("003A")).passes(5_000);
    assert_eq!(pops(&desk), []);
    desk.report(passed_on("003B")).passes(5_000);
    assert_eq!(pops(&desk), [PopTarget::Record { id: "003B".into() }]);
    assert_eq!(view(&desk, id).and_then(|call| call.record_source), Some(RecordSource::Carried));
}

#[test]
fn the_record_of_a_click_stays_among_those_to_choose_from_and_once() {
    for (found, matches) in [(vec![contact("003A")], vec!["500A", "003A"]), (vec![contact("003A"), case("500A")], vec!["003A", "500A"])] {
        let mut desk = Desk::new();
        let source = DialSource::Click { record: Some(case("500A")), partner: None, work: None };
        desk.agent(AgentCommand::Dial { number: "4155550123".into(), source }).finds(&found);
        assert_eq!(desk.call().matches.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), matches);
    }
}

#[test]
fn a_colleague_with_a_whole_number_is_searched_in_its_spellings() {
    let text = |number: &str| {
        let mut desk = Desk::new();
        let mut rings = delivered("c1", number);
        if let PhoneReport::Delivered { kind, .. } = &mut rings {
            *kind = CallKind::Internal;
        }
        desk.report(rings);
        desk.crm_commands().into_iter().find_map(|command| match command {
            CrmCommand::Search { text, .. } => Some(text.reveal().to_owned()),
            _ => None,
        })
    };
    assert!(text("+49 30 123456").is_some_and(|text| text.contains("+4930123456") && text.contains(" OR ")));
    assert_eq!(text("100").as_deref(), Some("100"));
    assert_eq!(text("10"), None);
}

/// Who rang had a page opened; then the agent went to `page`, if any, and talked with somebody nobody knows.
fn after_a_page_of_a_call(page: Option<RecordRef>) -> Option<RecordSource> {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("003A")]).crm(CrmReport::Navigated(Some(contact("003A"))));
    desk.cleared("c1", Cause::Abandoned).passes(60_000);
    if let Some(page) = page {
        desk.crm(CrmReport::Navigated(Some(page)));
    }
    desk.rings_from("c2", "+14155550111").finds(&[]).established("c2").cleared("c2", Cause::Normal);
    desk.call().record_source
}

#[test]
fn a_page_the_agent_went_to_after_a_calls_own_takes_the_log_if_it_is_one_that_can() {
    assert_eq!(after_a_page_of_a_call(None), None);
    assert_eq!(after_a_page_of_a_call(Some(contact("003V"))), Some(RecordSource::InView));
    assert_eq!(after_a_page_of_a_call(Some(contact("003A"))), None, "told once more it is still the call's page");
    let report = RecordRef { id: "00OA".into(), object: "Report".into(), ..RecordRef::default() };
    assert_eq!(after_a_page_of_a_call(Some(report)), None, "by chance in view");
}

#[test]
fn a_page_is_the_agents_own_from_two_and_a_half_seconds_after_an_answer_on() {
    for (after, source) in [(2_499, None), (2_500, Some(RecordSource::InView))] {
        let mut desk = Desk::new();
        desk.rings("c1").finds(&[]).passes(after).crm(CrmReport::Navigated(Some(contact("003V"))));
        desk.established("c1").cleared("c1", Cause::Normal);
        assert_eq!(desk.call().record_source, source, "{after}");
    }
}

#[test]
fn that_salesforce_is_there_changes_nothing_when_it_is_said_again() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::Navigated(Some(contact("003V"))));
    desk.talks("c1");
    fails(&mut desk, refused());
    fails(&mut desk, refused());
    desk.crm(CrmReport::State(CrmState::Ready));
    assert_eq!((searches(&desk), desk.snapshot().crm.in_view), (vec![], Some(contact("003V"))));
    pauses(&mut desk);
    assert_eq!(searches(&desk), [false], "after a pause it may know better");
}

#[test]
fn after_a_pause_only_those_are_searched_for_whom_nobody_could_tell() {
    let mut nobody = Desk::new();
    nobody.talks("c1");
    nobody.finds(&[]);
    pauses(&mut nobody);
    assert_eq!(searches(&nobody), [] as [bool; 0], "nobody has that number");
    let mut picked = Desk::new();
    let id = picked.talks("c1");
    fails(&mut picked, CrmFailure::NoReply);
    picked.agent(AgentCommand::Select(id, None));
    pauses(&mut picked);
    assert_eq!(searches(&picked), [] as [bool; 0], "the agent has said");
}

#[test]
fn a_search_that_failed_is_told_once_whether_it_was_to_open_its_page_or_not() {
    let told = |desk: &Desk| desk.snapshot().problems.iter().filter(|problem| problem.kind == ProblemKind::PopFailed).count();
    for when in [PopWhen::Never, PopWhen::Ringing] {
        let mut desk = with_pops(when);
        desk.rings("c1");
        fails(&mut desk, CrmFailure::NoReply);
        assert_eq!(told(&desk), 1);
    }
}

#[test]
fn a_search_that_was_never_sent_opened_nothing_for_a_missed_call() {
    for (failure, opens) in [(CrmFailure::NotSent, true), (CrmFailure::NoReply, false)] {
        let mut desk = Desk::new();
        desk.rings("c1");
        fails(&mut desk, failure);
        desk.cleared("c1", Cause::Abandoned).passes(60_000).seen.clear();
        desk.rings_from("c2", "+14155550111");
        assert_eq!(searches(&desk), [opens]);
    }
}

#[test]
fn the_log_of_a_call_whose_search_failed_is_searched_for_only_where_salesforce_was_away() {
    for away in [true, false] {
        let mut desk = Desk::new();
        desk.rings("c1");
        if away {
            desk.crm(CrmReport::State(CrmState::NotAnswering));
        }
        fails(&mut desk, CrmFailure::NoReply);
        desk.cleared("c1", Cause::Abandoned);
        assert_eq!(desk.try_log().is_some(), !away);
        desk.crm(CrmReport::State(CrmState::Ready));
        assert_eq!(searches(&desk).len(), usize::from(away));
        if away {
            desk.passes(4_999);
            assert!(desk.try_log().is_none());
            desk.passes(1);
            assert!(desk.try_log().is_some(), "for five seconds, once it is asked");
        }
    }
}

#[test]
fn a_lost_call_that_comes_back_is_searched_for_if_nobody_had_answered_who_it_is() {
    for answered in [true, false] {
        let mut settings = settings();
        settings.wrap_up.seconds.inbound = 0;
        let mut desk = Desk::with(settings);
        desk.talks("c1");
        if answered {
            desk.finds(&[]);
        }
        desk.report(PhoneReport::Sync { calls: vec![] }).seen.clear();
        desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Connected)] });
        assert_eq!(searches(&desk).len(), usize::from(!answered));
    }
}

#[test]
fn a_number_behind_which_nobody_is_found_is_dialed_all_the_same() {
    let mut desk = with_pops(PopWhen::Ringing);
    desk.agent(dial("4155550123")).finds(&[]).passes(5_000);
    assert_eq!(pops(&desk), []);
}

#[test]
fn nobody_is_woken_for_a_page_that_nothing_waits_for() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: vec![] });
    desk.rings("c1");
    assert!(desk.phone.deadline().is_some_and(|at| at > desk.now.mono + 10_000));
}
