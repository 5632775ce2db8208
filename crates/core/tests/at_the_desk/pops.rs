//! When a page opens for a call, and when it must not.

use crate::desk::{Desk, contact, delivered, dial, settings, view};
use hookswitch_core::settings::PopWhen;
use hookswitch_core::{
    AgentCommand, CallFact, CallId, CallKind, Cause, CommandKind, CrmCommand, CrmFailure, CrmReport, DialSource, LayoutFacts, Output,
    PageView, Party, PhoneReport, PopTarget, ProblemKind, RecordField, RecordFields, Refusal, RequestId, Side,
};

/// What was opened since the last look: `search` for a search that opens its result by itself.
fn opened(desk: &mut Desk) -> Vec<String> {
    let mut all = Vec::new();
    desk.seen.retain(|output| {
        match output {
            Output::Crm { command: CrmCommand::Search { pop: true, .. }, .. } => all.push("search".to_owned()),
            Output::Crm { command: CrmCommand::Pop { target: PopTarget::Record { id } }, .. } => all.push(id.clone()),
            Output::Crm { command: CrmCommand::Pop { target: PopTarget::Found { search } }, .. } => all.push(format!("found {}", search.0)),
            _ => return true,
        }
        // A search is answered later.
        matches!(output, Output::Crm { command: CrmCommand::Search { .. }, .. })
    });
    all
}

fn found(search: RequestId) -> Vec<String> {
    vec![format!("found {}", search.0)]
}

fn with_pops(inbound: PopWhen) -> Desk {
    let mut settings = settings();
    settings.pop.when.inbound = inbound;
    Desk::with(settings)
}

/// A first unknown caller's new-record window is open, and a second one rings.
fn second_unknown_caller() -> (Desk, RequestId) {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[]);
    desk.crm(CrmReport::Window(true)).crm(CrmReport::Navigated(None)).passes(1_000).seen.clear();
    desk.rings_from("c2", "+14155550111");
    let search = desk.would_open(&[], true);
    (desk, search)
}

#[test]
fn pages_open_when_the_settings_say() {
    let mut ringing = with_pops(PopWhen::Ringing);
    ringing.rings("c1");
    assert_eq!(opened(&mut ringing), ["search"], "the layout decides, in one step");

    let mut answered = with_pops(PopWhen::Answered);
    answered.rings("c1");
    let search = answered.would_open(&[contact("003A")], true);
    answered.passes(5_000);
    assert_eq!(opened(&mut answered), [""; 0]);
    let id = answered.call().id;
    answered.agent(AgentCommand::Answer(id)).established("c1");
    assert_eq!(opened(&mut answered), found(search), "what the search said, not another search");

    let mut never = with_pops(PopWhen::Never);
    never.rings("c1");
    let search = never.would_open(&[contact("003A")], true);
    let id = never.call().id;
    never.agent(AgentCommand::Answer(id)).established("c1").passes(5_000);
    assert_eq!(opened(&mut never), [""; 0]);
    never.agent(AgentCommand::PopNow(id));
    assert_eq!(opened(&mut never), found(search), "but when the agent says so");
}

#[test]
fn a_layout_that_opens_nothing_is_obeyed() {
    let mut desk = with_pops(PopWhen::Answered);
    let id = desk.talks("c1");
    desk.would_open(&[contact("003A")], false);
    desk.passes(5_000);
    assert_eq!(opened(&mut desk), [""; 0]);
    assert_eq!(desk.try_agent(AgentCommand::PopNow(id)), Err(Refusal::NothingToOpen(id)));
}

#[test]
fn calls_the_layout_opens_nothing_for_open_their_only_match_if_the_settings_say_so() {
    let mut settings = settings();
    settings.pop.when.outbound = PopWhen::Answered;
    let mut desk = Desk::with(settings);
    desk.agent(dial("415 555 0100"));
    let request = desk.request_of(|output| matches!(output, Output::Phone { .. }));
    desk.report(PhoneReport::Originated { request, call: "c1".into() }).finds(&[contact("003A")]);
    assert_eq!(opened(&mut desk), [""; 0]);
    desk.established("c1");
    assert_eq!(opened(&mut desk), ["003A"]);

    let source = DialSource::Click { record: Some(contact("003A")), partner: None, work: None };
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::Dial { number: "415 555 0100".into(), source });
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: hookswitch_core::PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "c2".into() }).established("c2").passes(5_000);
    assert_eq!(opened(&mut desk), [""; 0], "its page is where the agent clicked");
}

#[test]
fn a_second_unknown_caller_waits_for_the_window_of_the_first() {
    let (mut desk, search) = second_unknown_caller();
    desk.passes(9_000);
    assert_eq!(opened(&mut desk), [""; 0], "nothing typed is lost");
    assert_eq!(desk.call().page, PageView::Waiting);
    desk.crm(CrmReport::Window(false)).crm(CrmReport::Navigated(Some(contact("003N"))));
    assert_eq!(opened(&mut desk), found(search), "saved or cancelled: it opens at once");
    assert_eq!(desk.call().page, PageView::Quiet);
    desk.passes(60_000);
    assert_eq!(opened(&mut desk), [""; 0], "and once");
}

#[test]
fn two_unknown_callers_at_once_do_not_open_two_windows() {
    let mut desk = Desk::new();
    desk.rings("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.would_open(&[], true);
    assert_eq!(opened(&mut desk), ["search"], "the first is still at it");
    desk.finds(&[]).passes(200);
    assert_eq!(opened(&mut desk), [""; 0], "its window may be on its way");
    desk.crm(CrmReport::Window(true)).crm(CrmReport::Navigated(None)).passes(3_000);
    assert_eq!(opened(&mut desk), [""; 0]);
    desk.crm(CrmReport::Window(false)).crm(CrmReport::Navigated(None));
    assert_eq!(opened(&mut desk), found(second));
}

#[test]
fn a_page_that_needs_no_window_is_followed_by_the_next_in_a_moment() {
    let mut desk = Desk::new();
    desk.rings("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.would_open(&[contact("003B")], true);
    desk.finds(&[contact("003A")]).crm(CrmReport::Navigated(Some(contact("003A")))).seen.clear();
    desk.passes(299);
    assert_eq!(opened(&mut desk), [""; 0]);
    desk.passes(1);
    assert_eq!(opened(&mut desk), found(second));
}

#[test]
fn after_half_a_minute_the_page_is_left_to_the_agent() {
    let (mut desk, search) = second_unknown_caller();
    let id = desk.call().id;
    desk.passes(29_000);
    assert_eq!(desk.call().page, PageView::Waiting);
    desk.passes(2_000);
    assert_eq!((opened(&mut desk), desk.call().page), (vec![], PageView::Lapsed), "it never opens over what is typed");
    desk.crm(CrmReport::Window(false)).passes(5_000);
    assert_eq!(opened(&mut desk), [""; 0], "nor long after");
    assert_eq!(desk.call().refused(CommandKind::PopNow), None);
    desk.agent(AgentCommand::PopNow(id));
    assert_eq!(opened(&mut desk), found(search));
}

#[test]
fn pop_now_opens_over_the_window() {
    let (mut desk, search) = second_unknown_caller();
    let id = desk.call().id;
    desk.agent(AgentCommand::PopNow(id));
    assert_eq!(opened(&mut desk), found(search));
    desk.crm(CrmReport::Window(false)).passes(60_000);
    assert_eq!(opened(&mut desk), [""; 0]);
}

#[test]
fn while_a_page_waits_the_window_is_looked_at_since_not_every_move_is_told() {
    let (mut desk, _) = second_unknown_caller();
    let looks = |desk: &Desk| desk.crm_commands().iter().filter(|command| **command == CrmCommand::Look).count();
    assert_eq!(looks(&desk), 1);
    desk.passes(60_000);
    assert_eq!(looks(&desk), 6, "every five seconds, as long as it waits");
}

#[test]
fn of_missed_calls_none_opens_later() {
    let (mut desk, _) = second_unknown_caller();
    desk.cleared("c2", Cause::Abandoned).crm(CrmReport::Window(false)).passes(60_000);
    assert_eq!(opened(&mut desk), [""; 0]);
}

#[test]
fn twelve_missed_calls_are_one_page_and_one_bounded_list() {
    let mut desk = Desk::new();
    let mut pages = 0;
    for n in 0..12 {
        let name = format!("c{n}");
        desk.rings_from(&name, &format!("+141555501{n:02}"));
        pages += opened(&mut desk).len();
        desk.would_open(&[contact(&format!("003{n}"))], true);
        desk.passes(20_000).cleared(&name, Cause::Abandoned).passes(60_000);
        pages += opened(&mut desk).len();
    }
    assert_eq!(pages, 1, "the first; then nobody seems to be there");
    assert_eq!(desk.snapshot().problems.len(), 12);
    // Back at the desk, the agent sees who calls again.
    desk.agent(AgentCommand::Dismiss(1));
    desk.rings_from("c13", "+14155550199");
    assert_eq!(opened(&mut desk), ["search"]);
}

#[test]
fn after_missed_calls_the_page_opens_at_the_answer() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("003A")]).cleared("c1", Cause::Abandoned).passes(60_000).seen.clear();
    desk.rings_from("c2", "+14155550111");
    let search = desk.would_open(&[contact("003B")], true);
    assert_eq!(opened(&mut desk), [""; 0]);
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).established("c2");
    assert_eq!(opened(&mut desk), found(search));
}

#[test]
fn whoever_gets_a_transferred_call_sees_the_record_that_came_with_it_once() {
    let mut settings = settings();
    settings.pop.when.internal = PopWhen::Ringing;
    let mut desk = Desk::with(settings);
    let mut asked = delivered("k1", "1002");
    if let PhoneReport::Delivered { kind, record, .. } = &mut asked {
        (*kind, *record) = (CallKind::Internal, "003A".into());
    }
    desk.report(asked);
    assert_eq!(opened(&mut desk), ["003A"], "a colleague asks about this customer");
    let id = desk.call().id;
    desk.agent(AgentCommand::Answer(id)).established("k1").passes(5_000);
    let party = Some(Party { number: "+14155550100".into(), ..Party::default() });
    let transferred = |record: &str| PhoneReport::Transferred {
        call: "k1".into(),
        by: Side::Party,
        other: None,
        party: party.clone(),
        kind: Some(CallKind::Inbound),
        record: record.into(),
    };
    desk.report(transferred("003A")).passes(5_000);
    assert_eq!(opened(&mut desk), [""; 0], "it is open already");
    desk.report(transferred("003B")).passes(5_000);
    assert_eq!(opened(&mut desk), ["003B"]);
}

#[test]
fn a_consultation_opens_nothing_for_who_asks() {
    let mut settings = settings();
    settings.pop.when = hookswitch_core::settings::PerKind::all(PopWhen::Answered);
    let mut desk = Desk::with(settings);
    let about = desk.talks("c1");
    let search = desk.would_open(&[contact("003A")], true);
    assert_eq!(opened(&mut desk), found(search));
    desk.passes(3_000).agent(AgentCommand::Consult { call: about, number: "1002".into() }).held("c1");
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: hookswitch_core::PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "k1".into() }).established("k1").passes(5_000);
    let consultation = desk.call().id;
    desk.agent(AgentCommand::Reconnect(consultation)).cleared("k1", Cause::Normal).passes(5_000);
    assert_eq!(opened(&mut desk), [""; 0]);
}

#[test]
fn our_own_navigation_is_not_taken_for_the_agents() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("003A")]).cleared("c1", Cause::Abandoned);
    // The page that was opened tells where it is: that is no sign of the agent.
    desk.crm(CrmReport::Navigated(Some(contact("003A")))).passes(60_000).seen.clear();
    desk.rings_from("c2", "+14155550111");
    assert_eq!(opened(&mut desk), [""; 0]);
    desk.would_open(&[], true);
    desk.cleared("c2", Cause::Abandoned);
    // And this is one.
    desk.crm(CrmReport::Navigated(None)).rings_from("c3", "+14155550122");
    assert_eq!(opened(&mut desk), ["search"]);
}

#[test]
fn a_chosen_match_opens_at_once_whatever_is_in_the_way() {
    let (mut desk, _) = second_unknown_caller();
    desk.rings_from("c3", "+14155550122");
    desk.would_open(&[contact("003A"), contact("003B")], true);
    let id = desk.call().id;
    desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
    assert_eq!(opened(&mut desk), ["003B"]);
    let waiting = CallId(id.0 - 1);
    assert_eq!(view(&desk, waiting).map(|call| call.page), Some(PageView::Waiting), "the other one still waits");
}

#[test]
fn a_record_the_agent_may_not_see_is_told_apart() {
    let told = |code: &str, detail: &str| {
        let mut desk = Desk::new();
        desk.rings("c1").finds(&[contact("003A"), contact("003B")]);
        let id = desk.call().id;
        desk.agent(AgentCommand::Select(id, Some(contact("003B"))));
        let request = desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::Pop { .. }, .. }));
        desk.crm(CrmReport::Failed {
            request,
            failure: CrmFailure::Refused { code: code.into(), detail: detail.into(), fields: Vec::new() },
        });
        desk.snapshot().problems[0].kind
    };
    assert_eq!(told("INSUFFICIENT_ACCESS", ""), ProblemKind::PopDenied);
    assert_eq!(told("GENERIC_ERROR", "INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights"), ProblemKind::PopDenied);
    assert_eq!(told("GENERIC_ERROR", "An error occurred"), ProblemKind::PopFailed);
}

#[test]
fn colleagues_are_searched_by_their_extension_as_it_is_and_nobody_by_a_withheld_number() {
    let texts = |kind: CallKind, number: &str| {
        let mut settings = settings();
        settings.dialing.country = Some("DE".into());
        let mut desk = Desk::with(settings);
        let mut rings = delivered("c1", number);
        if let PhoneReport::Delivered { kind: told, .. } = &mut rings {
            *told = kind;
        }
        desk.report(rings).passes(5_000);
        let searched = desk.crm_commands().into_iter().find_map(|command| match command {
            CrmCommand::Search { text, .. } => Some(text.reveal().to_owned()),
            _ => None,
        });
        (searched, opened(&mut desk).len())
    };
    assert_eq!(texts(CallKind::Internal, "1002"), (Some("1002".into()), 0));
    assert!(texts(CallKind::Inbound, "030 1234567").0.is_some_and(|text| text.contains("+49301234567")));
    for withheld in ["", "anonymous", "Anonymous@anonymous.invalid", "unavailable", "12"] {
        assert_eq!(texts(CallKind::Inbound, withheld), (None, 0), "{withheld}");
    }
}

#[test]
fn the_call_shows_what_the_layout_asks_for() {
    let mut desk = Desk::new();
    desk.rings("c1");
    assert_eq!(desk.call().facts.len(), 4, "all, as long as nobody knows");
    let facts = hookswitch_core::settings::PerKind { inbound: vec![CallFact::Dnis], ..Default::default() };
    desk.crm(CrmReport::Layout(LayoutFacts { call: facts, ..LayoutFacts::default() }));
    let fields = vec![RecordFields { record: "003A".into(), fields: vec![RecordField { label: "Mobile".into(), value: "0171 1".into() }] }];
    let request = desk.search();
    desk.crm(CrmReport::Found { request, records: vec![contact("003A")], fields: fields.clone(), opens: false });
    assert_eq!((desk.call().facts, desk.call().fields), (vec![CallFact::Dnis], fields));
}

#[test]
fn a_stranger_is_searched_once_however_often_the_phone_system_tells_its_calls() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.finds(&[]).seen.clear();
    let entry = hookswitch_core::PhoneCall {
        call: "c1".into(),
        party: Party { number: "+14155550100".into(), ..Party::default() },
        called: "".into(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Inbound,
        direction: hookswitch_core::Direction::In,
        state: hookswitch_core::ConnectionState::Connected,
        far_state: hookswitch_core::ConnectionState::Connected,
        muted: false,
        age_ms: 5_000,
        answered_ms: Some(4_000),
        record: String::new(),
        parties: Vec::new(),
        recording: hookswitch_core::Recording::Off,
        consults: None,
        owns_log: false,
    };
    desk.report(PhoneReport::Sync { calls: vec![entry] });
    assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::Search { .. })));
}

#[test]
fn a_page_that_opened_for_one_call_takes_no_log_of_another() {
    let log_of_a_stranger = |by_agent: bool| {
        let mut desk = Desk::new();
        desk.rings("c1").finds(&[contact("003A")]).cleared("c1", Cause::Abandoned);
        desk.passes(if by_agent { 5_000 } else { 100 }).crm(CrmReport::Navigated(Some(contact("003A")))).passes(5_000);
        desk.seen.clear();
        desk.rings_from("c2", "+14155550111");
        let id = desk.call().id;
        desk.agent(AgentCommand::Answer(id)).established("c2").finds(&[]).cleared("c2", Cause::Normal);
        view(&desk, id).and_then(|call| call.record).map(|record| record.id)
    };
    assert_eq!(log_of_a_stranger(true).as_deref(), Some("003A"), "where the agent went");
    assert_eq!(log_of_a_stranger(false), None, "where we went");
}

fn with_cases(open_cases: hookswitch_core::settings::OpenCases) -> Desk {
    let mut settings = settings();
    settings.identity.apex_class = Some("Hookswitch".into());
    settings.pop.open_cases = open_cases;
    Desk::with(settings)
}

fn case(id: &str) -> hookswitch_core::RecordRef {
    hookswitch_core::RecordRef { id: id.into(), object: "Case".into(), name: "00001001 Robot".into(), partner: Some("003A".into()) }
}

fn asks_cases(desk: &mut Desk) -> Option<RequestId> {
    let asked = desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::OpenCases { .. }));
    asked.then(|| desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::OpenCases { .. }, .. })))
}

#[test]
fn the_customers_open_cases_are_offered_and_can_take_the_call() {
    let mut desk = with_cases(hookswitch_core::settings::OpenCases::Offer);
    desk.rings("c1").finds(&[contact("003A")]);
    let request = asks_cases(&mut desk).expect("the class is asked");
    desk.crm(CrmReport::Cases { request, cases: vec![case("500A"), case("")] }).passes(5_000).seen.clear();
    assert_eq!(desk.call().cases, [case("500A")]);
    assert_eq!(opened(&mut desk), [""; 0], "offered, not opened");
    let id = desk.call().id;
    desk.agent(AgentCommand::Select(id, Some(case("500A"))));
    assert_eq!((opened(&mut desk), desk.call().record), (vec!["500A".to_owned()], Some(case("500A"))));
    assert_eq!(asks_cases(&mut desk), None, "asked once");
}

#[test]
fn cases_open_after_the_customers_page_one_by_one_where_the_settings_say_so() {
    let mut desk = with_cases(hookswitch_core::settings::OpenCases::Open);
    desk.rings("c1").finds(&[contact("003A")]);
    let request = asks_cases(&mut desk).expect("the class is asked");
    desk.crm(CrmReport::Cases { request, cases: (0..5).map(|n| case(&format!("500{n}"))).collect() }).seen.clear();
    desk.crm(CrmReport::Navigated(Some(contact("003A")))).passes(300);
    assert_eq!(opened(&mut desk), ["5000"]);
    desk.passes(60_000);
    assert_eq!(opened(&mut desk), ["5001", "5002"], "three at most");
}

#[test]
fn an_answer_about_cases_that_comes_after_the_call_is_no_stray_one() {
    let mut desk = with_cases(hookswitch_core::settings::OpenCases::Open);
    desk.rings("c1").finds(&[contact("003A")]);
    let request = asks_cases(&mut desk).expect("the class is asked");
    desk.cleared("c1", Cause::Abandoned).crm(CrmReport::Failed { request, failure: CrmFailure::NoReply });
    assert_eq!(
        desk.try_put(hookswitch_core::Input::Crm(CrmReport::Cases { request, cases: vec![case("500A")] })),
        Err(Refusal::StrayAnswer)
    );
    assert!(desk.snapshot().problems.iter().all(|problem| problem.kind != ProblemKind::PopFailed));
}

#[test]
fn without_the_class_or_by_the_settings_no_cases_are_asked_for() {
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[contact("003A")]);
    assert_eq!(asks_cases(&mut desk), None);
    let mut desk = with_cases(hookswitch_core::settings::OpenCases::Hide);
    desk.rings("c1").finds(&[contact("003A")]);
    assert_eq!(asks_cases(&mut desk), None);
}
