//! What the next page makes of what a page left, and what a list of calls says about calls that are known.

use crate::desk::{Desk, all_capabilities, contact, dial, newest_request, phase, settings, view};
use crate::restart::listed;
use crate::whose::{by_user, user};
use hookswitch_core::settings::Settings;
use hookswitch_core::{
    AgentCommand, Cause, ConnectionState, CrmCommand, CrmReport, CrmState, Direction, ExpiringView, Input, Output, Party, Phase, PhoneCall,
    PhoneCommand, PhoneReport, PhoneState, Private, ProblemKind, Refusal, Sound,
};

const DAY: u64 = 86_400_000;

fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

fn outbound(name: &str, number: &str, far_state: ConnectionState) -> PhoneCall {
    let party = Party { number: number.into(), name: Private::default() };
    PhoneCall { direction: Direction::Out, party, far_state, answered_ms: None, ..connected(name) }
}

fn sync(desk: &mut Desk, calls: Vec<PhoneCall>) {
    desk.report(PhoneReport::Sync { calls });
}

fn searches(desk: &Desk) -> usize {
    desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::Search { .. })).count()
}

fn syncs(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| **command == PhoneCommand::Sync).count()
}

/// The phone system is there, and has not said whose it is.
fn ready_without_account(desk: &mut Desk) {
    desk.report(PhoneReport::Capabilities { capabilities: all_capabilities() });
    desk.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
}

fn account(desk: &mut Desk, identity: &str) {
    desk.report(PhoneReport::Account { identity: identity.into() });
}

#[test]
fn a_call_that_rang_when_the_page_went_is_given_up_in_ten_seconds_and_once_confirmed_in_its_full_time() {
    let here = PhoneCall { answered_ms: None, ..listed("c1", ConnectionState::Alerting) };
    let dialed = PhoneCall { state: ConnectionState::Initiated, ..outbound("c1", "4155550123", ConnectionState::Null) };
    for (there, full) in [(here, 300_000), (outbound("c1", "4155550123", ConnectionState::Alerting), 300_000), (dialed, 60_000)] {
        let mut desk = Desk::new();
        if there.direction == Direction::In {
            desk.rings("c1");
        } else {
            desk.agent(dial("4155550123"));
            let request = newest_request(&mut desk);
            desk.report(PhoneReport::Originated { request, call: "c1".into() });
            if there.state == ConnectionState::Connected {
                desk.report(PhoneReport::NetworkReached { call: "c1".into(), early_media: false });
            }
        }
        let ringing = desk.call().phase;
        let mut silent = desk.reloaded(settings());
        silent.phone_comes();
        silent.passes(9_999);
        assert_eq!(silent.call().phase, ringing);
        silent.passes(1);
        assert!(silent.snapshot().calls.is_empty(), "{ringing:?}");
        let mut confirmed = desk.reloaded(settings());
        confirmed.phone_comes();
        sync(&mut confirmed, vec![there]);
        confirmed.passes(full - 1);
        assert_eq!(confirmed.call().phase, ringing);
        confirmed.passes(1);
        assert!(confirmed.snapshot().calls.is_empty(), "{ringing:?}");
    }
}

#[test]
fn what_a_list_alone_tells_of_has_the_time_of_its_state_and_no_more() {
    let ringing = PhoneCall { answered_ms: None, ..listed("c1", ConnectionState::Alerting) };
    let dialed = PhoneCall { state: ConnectionState::Initiated, ..outbound("c1", "4155550123", ConnectionState::Null) };
    let reached = outbound("c1", "4155550123", ConnectionState::Alerting);
    for (there, phase, time) in
        [(ringing, Phase::Alerting, 300_000), (dialed, Phase::Initiated, 60_000), (reached, Phase::Delivered, 300_000)]
    {
        let mut desk = Desk::new();
        sync(&mut desk, vec![there]);
        desk.passes(time - 1);
        assert_eq!(desk.call().phase, phase);
        desk.passes(1);
        assert!(desk.snapshot().calls.is_empty(), "{phase:?}");
    }
}

#[test]
fn the_same_list_again_gives_no_call_more_time_and_no_ringback_of_our_own() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::NetworkReached { call: "o1".into(), early_media: true });
    desk.passes(100_000);
    sync(&mut desk, vec![outbound("o1", "4155550123", ConnectionState::Alerting)]);
    assert_eq!(desk.snapshot().sound, Sound::Silence, "the far end is heard");
    desk.passes(200_000);
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_list_does_not_undo_what_is_under_way() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id));
    sync(&mut desk, vec![listed("c1", ConnectionState::Held)]);
    assert_eq!(phase(&desk, id), Some(Phase::Holding), "the report comes");
}

#[test]
fn of_two_calls_that_a_list_connects_the_older_is_held() {
    let mut desk = Desk::new();
    sync(&mut desk, vec![connected("c1"), connected("c2")]);
    assert!(desk.phone_commands().contains(&PhoneCommand::Hold { call: "c1".into() }));
    assert!(!desk.phone_commands().contains(&PhoneCommand::Hold { call: "c2".into() }));
}

#[test]
fn logs_of_somebody_else_are_counted_and_so_are_notes_that_have_no_log_yet() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned);
    desk.rings("c2");
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "calls again".into())).rings("c3").rings("c4");
    assert_eq!(desk.snapshot().locked_logs, 0, "they are the agent's own");
    account(&mut desk, "1002");
    assert_eq!(desk.snapshot().locked_logs, 2, "one to be sent, one that was written in, and none for who only rang");
    let mut talking = Desk::new();
    let id = talking.talks("c1");
    talking.finds(&[]).agent(AgentCommand::SetNotes(id, "half".into()));
    account(&mut talking, "1002");
    assert_eq!(talking.snapshot().locked_logs, 1, "the log of a call and its notes are one");
}

#[test]
fn what_was_left_is_taken_up_before_the_phone_has_spoken_and_not_after() {
    let desk = Desk::new();
    let mut next = Desk::cold(settings());
    next.report(PhoneReport::Service { state: PhoneState::Connecting, detail: "".into() });
    assert_eq!(next.try_put(Input::Restored(desk.stored)), Err(Refusal::OutOfOrder));
}

fn with_retention(days: u8) -> Settings {
    let mut settings = settings();
    settings.log.retention_days = days;
    settings
}

#[test]
fn leftovers_are_kept_on_the_last_of_their_days_and_their_number_for_ninety_more() {
    for (days, calls, told) in [(7, 1, false), (8, 0, true), (97, 0, true), (98, 0, false)] {
        let mut desk = Desk::with(with_retention(7));
        let id = desk.talks("c1");
        desk.finds(&[]).agent(AgentCommand::SetNotes(id, "half".into()));
        desk.now.wall += 8 * DAY;
        let mut other = desk.reloaded(with_retention(if days == 7 { 30 } else { 7 }));
        account(&mut other, "1002");
        other.now.wall = crate::desk::MORNING + days * DAY;
        let mut next = other.reloaded(with_retention(7));
        next.phone_comes();
        let expired = next.snapshot().problems.iter().any(|problem| problem.kind == ProblemKind::LogsExpired { count: 1 });
        assert_eq!((next.snapshot().calls.len(), expired), (calls, told), "{days} days");
    }
}

#[test]
fn logs_of_somebody_else_are_announced_in_their_last_days_and_gone_when_the_days_are_over() {
    // A quarter of the days they are kept for, if that is more than three.
    for (kept, told) in
        [(7, vec![(4, None), (5, Some(3)), (6, Some(2)), (7, Some(1))]), (40, vec![(30, None), (31, Some(10)), (40, Some(1))])]
    {
        for (days, left) in told {
            let mut desk = Desk::with(with_retention(kept));
            desk.rings("c1").cleared("c1", Cause::Abandoned);
            desk.rings("c2").cleared("c2", Cause::Abandoned);
            let mut other = desk.reloaded(with_retention(kept));
            other.now.wall = crate::desk::MORNING + days * DAY;
            assert_eq!(other.snapshot().expiring, None, "nobody knows yet whose they are");
            account(&mut other, "1002");
            let expiring = left.map(|days| ExpiringView { count: 2, days });
            assert_eq!((other.snapshot().locked_logs, other.snapshot().expiring), (2, expiring), "{days} of {kept} days");
        }
        let mut desk = Desk::with(with_retention(kept));
        desk.rings("c1").cleared("c1", Cause::Abandoned);
        let mut other = desk.reloaded(with_retention(kept));
        other.now.wall = crate::desk::MORNING + (u64::from(kept) + 1) * DAY;
        account(&mut other, "1002");
        assert_eq!((other.snapshot().locked_logs, other.snapshot().expiring), (0, None));
    }
}

#[test]
fn of_logs_of_several_agents_those_that_go_first_are_announced() {
    let mut first = Desk::new();
    first.rings("c1").cleared("c1", Cause::Abandoned);
    first.now.wall += DAY;
    let mut second = first.reloaded(settings());
    account(&mut second, "1002");
    second.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
    second.rings("c2").cleared("c2", Cause::Abandoned);
    second.now.wall += 5 * DAY;
    let mut third = second.reloaded(settings());
    account(&mut third, "1003");
    assert_eq!((third.snapshot().locked_logs, third.snapshot().expiring), (2, Some(ExpiringView { count: 1, days: 2 })));
}

#[test]
fn when_the_leftovers_of_one_agent_are_too_old_those_of_another_stay() {
    let mut first = Desk::new();
    first.rings("c1").cleared("c1", Cause::Abandoned);
    first.now.wall += DAY;
    let mut second = first.reloaded(settings());
    account(&mut second, "1002");
    second.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
    second.rings("c2").cleared("c2", Cause::Abandoned);
    second.now.wall += 7 * DAY;
    let mut next = second.reloaded(settings());
    account(&mut next, "1002");
    assert_eq!((next.snapshot().logs.len(), next.snapshot().locked_logs), (1, 0));
}

#[test]
fn of_an_agent_who_left_no_logs_nothing_is_kept_and_a_number_is_not_written_anew_with_every_setting() {
    let stores = |desk: &mut Desk| {
        desk.phone.handle(desk.now, Input::Settings(Box::new(settings()))).expect("settings are taken");
        std::iter::from_fn(|| desk.phone.poll()).filter(|output| matches!(output, Output::Store)).count()
    };
    let mut without = Desk::new();
    without.now.wall += 30 * DAY;
    let next = without.reloaded(settings());
    assert_eq!(next.phone.checkpoint(), Desk::cold(settings()).phone.checkpoint());
    let mut with = Desk::new();
    with.rings("c1").cleared("c1", Cause::Abandoned);
    let mut kept = with.reloaded(settings());
    assert_eq!(stores(&mut kept), 0, "nothing has changed");
    with.now.wall += 8 * DAY;
    let mut next = with.reloaded(settings());
    assert_eq!(stores(&mut next), 0, "only the number is left, and it is written down already");
}

#[test]
fn late_news_on_the_next_page_are_the_same_phones_alone() {
    let mut settings = by_user();
    settings.log.custom_fields.insert("Recording__c".into(), hookswitch_core::settings::Template::parse("{recording}").unwrap());
    let mut desk = Desk::cold(settings.clone());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(user("005A")).rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    for (phone, updated) in [("1001", true), ("1002", false)] {
        let mut next = desk.reloaded(settings.clone());
        next.crm(CrmReport::State(CrmState::Ready));
        account(&mut next, phone);
        next.crm(user("005A")).report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
        assert_eq!(next.try_log().is_some(), updated, "{phone}");
    }
}

#[test]
fn the_phone_system_is_asked_for_its_calls_once_unless_one_was_dialed_in_the_last_moment() {
    for (dialed, asked) in [(false, 1), (true, 2)] {
        let mut desk = Desk::new();
        if dialed {
            desk.agent(dial("4155550123"));
        } else {
            desk.talks("c1");
        }
        let mut next = desk.reloaded(settings());
        ready_without_account(&mut next);
        account(&mut next, "1001");
        assert_eq!(syncs(&next), asked, "dialed: {dialed}");
    }
}

#[test]
fn a_call_that_has_the_name_of_one_in_wrap_up_is_another_call() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "half".into())).cleared("c1", Cause::Normal);
    let mut next = desk.reloaded(settings());
    ready_without_account(&mut next);
    sync(&mut next, vec![PhoneCall { age_ms: 500, answered_ms: Some(100), ..connected("c1") }]);
    account(&mut next, "1001");
    let phases: Vec<_> = next.snapshot().calls.iter().map(|call| (call.phase, call.draft.notes.reveal().to_owned())).collect();
    assert_eq!(phases, [(Phase::Connected, String::new()), (Phase::WrapUp, "half".into())]);
}

#[test]
fn a_dialed_call_is_found_by_its_number_among_those_listed_before_it_was_known_who_is_here() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "offer".into()));
    let inbound = PhoneCall { party: Party { number: "4155550123".into(), name: Private::default() }, ..connected("c1") };
    for (there, calls) in [
        (outbound("o1", "4155550123", ConnectionState::Alerting), 1),
        (outbound("o1", "4155550999", ConnectionState::Alerting), 2),
        (inbound, 2),
    ] {
        let mut next = desk.reloaded(settings());
        ready_without_account(&mut next);
        sync(&mut next, vec![there]);
        account(&mut next, "1001");
        assert_eq!(next.snapshot().calls.len(), calls);
        assert_eq!(next.snapshot().calls.iter().filter(|call| call.draft.notes.reveal() == "offer").count(), 1);
    }
}

#[test]
fn what_was_searched_is_not_searched_on_the_next_page_and_what_goes_on_only_once_it_is_confirmed() {
    for several in [vec![contact("003A"), contact("003B")], vec![contact("003A")]] {
        for ended in [true, false] {
            let mut desk = Desk::new();
            desk.talks("c1");
            desk.finds(&several);
            if ended {
                desk.cleared("c1", Cause::Normal);
            }
            let mut next = desk.reloaded(settings());
            next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
            if !ended {
                sync(&mut next, vec![connected("c1")]);
            }
            // What is shown of the record is not stored.
            let shown = usize::from(several.len() == 1 && !ended);
            assert_eq!(searches(&next), shown, "ended: {ended}");
            assert!(next.snapshot().calls.iter().all(|call| !call.searching));
        }
    }
    let mut desk = Desk::new();
    desk.talks("c1");
    let mut next = desk.reloaded(settings());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    assert_eq!(searches(&next), 0);
    sync(&mut next, vec![connected("c1")]);
    sync(&mut next, vec![connected("c1")]);
    assert_eq!(searches(&next), 1, "and once");
}

#[test]
fn a_record_chosen_from_the_page_in_view_can_still_be_chosen_on_the_next_page() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A"), contact("003B")]).crm(CrmReport::Navigated(Some(contact("003V"))));
    desk.agent(AgentCommand::Select(id, Some(contact("003V"))));
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    assert_eq!(next.call().matches.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["003V", "003A", "003B"]);
}

#[test]
fn a_call_that_never_got_its_name_gets_it_from_the_list_by_its_number_and_direction() {
    for (there, same) in [
        (outbound("o1", "4155550123", ConnectionState::Alerting), true),
        (outbound("o1", "4155550999", ConnectionState::Alerting), false),
        (PhoneCall { direction: Direction::In, ..outbound("o1", "4155550123", ConnectionState::Alerting) }, false),
    ] {
        let mut desk = Desk::new();
        desk.agent(dial("4155550123"));
        let id = desk.call().id;
        sync(&mut desk, vec![there]);
        assert_eq!(desk.snapshot().calls.len() == 1 && phase(&desk, id) == Some(Phase::Delivered), same);
    }
    // One that is not asked for yet has none to get.
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.agent(dial("4155550123"));
    let waits = desk.call().id;
    sync(&mut desk, vec![connected("c1"), outbound("o1", "4155550123", ConnectionState::Alerting)]);
    assert_ne!(desk.call().id, waits);
    // One that has a name keeps it, and another to the same number is another call.
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    let to = |name| outbound(name, "4155550123", ConnectionState::Alerting);
    sync(&mut desk, vec![to("o1"), to("o2")]);
    assert_eq!(desk.snapshot().calls.len(), 2);
}

#[test]
fn a_call_that_was_hung_up_is_not_revived_by_a_list_and_one_that_was_lost_is_by_its_own_name() {
    let mut desk = Desk::new();
    let over = desk.talks("c1");
    desk.cleared("c1", Cause::Normal);
    sync(&mut desk, vec![connected("c1")]);
    assert_eq!((view(&desk, over).map(|call| call.phase), desk.snapshot().calls.len()), (Some(Phase::WrapUp), 2));
    let mut desk = Desk::new();
    let lost = desk.talks("c1");
    sync(&mut desk, vec![]);
    sync(&mut desk, vec![connected("c2")]);
    assert_eq!((phase(&desk, lost), desk.snapshot().calls.len()), (Some(Phase::WrapUp), 2));
    sync(&mut desk, vec![connected("c2"), connected("c1")]);
    assert_eq!((phase(&desk, lost), desk.snapshot().calls.len()), (Some(Phase::Holding), 2), "the newer one has the voice");
}

#[test]
fn a_lost_call_comes_back_within_ten_minutes_and_only_if_it_began_when_it_did() {
    let comes_back = |after: u64, age: u64| {
        let mut settings = settings();
        settings.wrap_up.seconds.inbound = 0;
        let mut desk = Desk::with(settings);
        let id = desk.talks("c1");
        desk.finds(&[]);
        sync(&mut desk, vec![]);
        assert!(desk.snapshot().calls.is_empty());
        desk.now.wall += after;
        desk.now.mono += after;
        desk.put(Input::Tick);
        sync(&mut desk, vec![PhoneCall { age_ms: age, answered_ms: Some(age.min(1_000)), ..connected("c1") }]);
        desk.call().id == id
    };
    assert!(comes_back(600_000, 600_000) && !comes_back(600_001, 600_001));
    assert!(comes_back(300_000, 240_000), "the clocks differ by a minute");
    assert!(!comes_back(300_000, 239_999), "it began later");
    assert!(comes_back(300_000, 0), "it does not say when it began");
}

#[test]
fn the_conversation_on_the_next_page_is_as_long_as_the_phone_system_says() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.passes(60_000);
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    sync(&mut next, vec![PhoneCall { answered_ms: Some(40_000), ..connected("c1") }]);
    next.passes(5_000);
    // A few seconds are the way a report took, and not the sleep of a clock.
    next.now.wall += 5_000;
    sync(&mut next, vec![PhoneCall { answered_ms: Some(50_000), ..connected("c1") }]);
    next.cleared("c1", Cause::Normal);
    assert_eq!(next.call().duration_s, Some(45));
}
