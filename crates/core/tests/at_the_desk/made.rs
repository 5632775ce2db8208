//! What the agent makes in the window for a new record that opened for a call.

use hookswitch_core::{AgentCommand, CallId, Cause, CrmReport, LogFields, RecordRef, RecordSource};

use crate::desk::{Desk, contact, settings, view};

/// An unknown caller is answered, and the layout's window for a new record is open.
fn unknown_caller() -> (Desk, CallId) {
    let mut settings = settings();
    settings.wrap_up.seconds.inbound = 30;
    let mut desk = Desk::with(settings);
    desk.crm(CrmReport::Navigated(Some(contact("003B")))).passes(1_000);
    let call = desk.talks("c1");
    desk.finds(&[]);
    window(&mut desk, true, None);
    desk.passes(20_000);
    (desk, call)
}

/// As a page tells it: the window, and with it the page.
fn window(desk: &mut Desk, open: bool, page: Option<RecordRef>) {
    desk.crm(CrmReport::Window(open)).crm(CrmReport::Navigated(page));
}

fn related(desk: &Desk, call: CallId) -> (Option<String>, Option<RecordSource>) {
    let call = view(desk, call).expect("the call is there");
    (call.record.map(|record| record.id), call.record_source)
}

fn made(id: &str) -> (Option<String>, Option<RecordSource>) {
    (Some(id.into()), Some(RecordSource::Popped))
}

/// The newest log on its way.
fn newest_log(desk: &mut Desk) -> LogFields {
    let mut newest = None;
    while let Some((request, _, fields)) = desk.try_log() {
        desk.saves(request, "00T1");
        newest = Some(fields);
    }
    newest.expect("a log is on its way")
}

#[test]
fn the_contact_made_in_the_window_is_the_calls_also_when_another_page_is_in_view_at_its_end() {
    let (mut desk, call) = unknown_caller();
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!(related(&desk, call), made("003N"));
    assert_eq!(view(&desk, call).expect("there").matches.len(), 1, "it can be chosen again");
    desk.passes(5_000).crm(CrmReport::Navigated(Some(contact("003X")))).cleared("c1", Cause::Normal);
    assert_eq!(related(&desk, call), made("003N"));
    assert_eq!(newest_log(&mut desk).who.as_deref(), Some("003N"));
}

#[test]
fn a_window_that_is_cancelled_gives_the_call_no_record() {
    let (mut desk, call) = unknown_caller();
    window(&mut desk, false, Some(contact("003B")));
    assert_eq!(related(&desk, call), (None, None), "the page behind it");
    desk.crm(CrmReport::Navigated(Some(contact("003X"))));
    assert_eq!(related(&desk, call), (None, None), "and where the agent goes then is the agent's own way");

    let (mut desk, call) = unknown_caller();
    window(&mut desk, false, None);
    desk.crm(CrmReport::Navigated(Some(contact("003X"))));
    assert_eq!(related(&desk, call), (None, None));

    let (mut desk, call) = unknown_caller();
    desk.crm(CrmReport::Window(false)).passes(10_000).crm(CrmReport::Navigated(Some(contact("003X"))));
    assert_eq!(related(&desk, call), (None, None), "long after");
}

#[test]
fn a_window_of_the_agents_own_gives_the_call_no_record() {
    let mut desk = Desk::new();
    let call = desk.talks("c1");
    desk.finds(&[]).passes(10_000);
    window(&mut desk, true, None);
    desk.passes(10_000);
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!(related(&desk, call), (None, None));
}

#[test]
fn what_is_made_is_no_record_logs_go_to() {
    let (mut desk, call) = unknown_caller();
    window(&mut desk, false, Some(RecordRef { id: "00O1".into(), object: "Report".into(), ..RecordRef::default() }));
    assert_eq!(related(&desk, call), (None, None));
}

#[test]
fn an_object_of_the_orgs_own_that_is_made_for_a_call_is_its_record_and_one_in_view_by_chance_is_not() {
    let boat = || RecordRef { id: "a00B".into(), object: "Boat__c".into(), ..RecordRef::default() };
    let (mut desk, call) = unknown_caller();
    window(&mut desk, false, Some(boat()));
    assert_eq!(related(&desk, call), made("a00B"));
    let mut desk = Desk::new();
    let call = desk.talks("c1");
    desk.finds(&[]).passes(10_000).crm(CrmReport::Navigated(Some(boat()))).cleared("c1", Cause::Normal);
    assert_eq!(related(&desk, call), (None, None));
}

#[test]
fn of_two_calls_only_the_one_whose_window_it_was_gets_what_was_made_in_it() {
    let (mut desk, first) = unknown_caller();
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.would_open(&[], true);
    // The second one's window follows at once.
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!((related(&desk, first), related(&desk, second)), (made("003N"), (None, None)));
    window(&mut desk, true, None);
    desk.passes(20_000);
    window(&mut desk, false, Some(contact("003M")));
    assert_eq!((related(&desk, first), related(&desk, second)), (made("003N"), made("003M")));
}

#[test]
fn what_was_made_for_one_call_is_not_the_page_in_view_of_another() {
    let (mut desk, first) = unknown_caller();
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.would_open(&[], false);
    window(&mut desk, false, Some(contact("003N")));
    desk.passes(5_000).agent(AgentCommand::Answer(second)).held("c1").established("c2").cleared("c2", Cause::Normal);
    assert_eq!((related(&desk, first), related(&desk, second)), (made("003N"), (None, None)));
}

#[test]
fn a_window_over_which_the_agent_opens_a_page_was_not_saved() {
    let (mut desk, first) = unknown_caller();
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.would_open(&[], true);
    desk.agent(AgentCommand::PopNow(second));
    window(&mut desk, false, Some(contact("003C")));
    assert_eq!((related(&desk, first), related(&desk, second)), ((None, None), (None, None)));
}

#[test]
fn what_is_known_better_stays() {
    let (mut desk, call) = unknown_caller();
    desk.agent(AgentCommand::Select(call, None));
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!(related(&desk, call), (None, Some(RecordSource::Picked)));
    assert_eq!(view(&desk, call).expect("there").matches, [], "nor is it offered");
    assert!(RecordSource::InView < RecordSource::Popped && RecordSource::Popped < RecordSource::Matched);
}

#[test]
fn what_is_made_after_the_call_is_its_logs() {
    let (mut desk, call) = unknown_caller();
    desk.cleared("c1", Cause::Normal);
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!(related(&desk, call), made("003N"), "in its wrap-up");

    let (mut desk, call) = unknown_caller();
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(call));
    assert_eq!(newest_log(&mut desk).who, None);
    window(&mut desk, false, Some(contact("003N")));
    assert_eq!(newest_log(&mut desk).who.as_deref(), Some("003N"), "the wrap-up is over, too");
}
