//! What the phone system goes on listing after it ended here is the same call, and never a second one with a second log.

use crate::{
    desk::{Desk, dial, newest_request, settings, view},
    kept::ringing,
    restart::listed,
};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Cause, CommandKind, ConnectionState, CrmCommand, Direction, Party, Phase, PhoneCall, PhoneCommand,
    PhoneReport, Private, ProblemKind, RefusedReason, RequestId, settings::LogWhen,
};

const NUMBER: &str = "+14155550177";

fn sync(desk: &mut Desk, calls: Vec<PhoneCall>) {
    desk.report(PhoneReport::Sync { calls });
}

/// Also calls nobody answered are logged.
fn logs_everything() -> Desk {
    let mut settings = settings();
    (settings.log.when.inbound, settings.log.when.outbound) = (LogWhen::Always, LogWhen::Always);
    Desk::with(settings)
}

fn dials(desk: &mut Desk) -> (CallId, RequestId) {
    desk.agent(dial(NUMBER));
    (desk.call().id, newest_request(desk))
}

/// A call to that number, so old.
fn dialed(name: &str, age_ms: u64) -> PhoneCall {
    PhoneCall {
        party: Party { number: NUMBER.into(), name: Private::default() },
        kind: CallKind::Outbound,
        direction: Direction::Out,
        age_ms,
        answered_ms: None,
        far_state: ConnectionState::Alerting,
        ..listed(name, ConnectionState::Connected)
    }
}

fn clear(name: &str) -> PhoneCommand {
    PhoneCommand::ClearConnection { call: name.into() }
}

/// Whatever is saved from now on changes the Task there is.
fn saves_only(desk: &Desk, task: &str) {
    for command in desk.crm_commands() {
        if let CrmCommand::SaveLog { record, .. } = command {
            assert_eq!(record.as_deref(), Some(task));
        }
    }
}

#[test]
fn a_call_whose_declining_was_never_answered_rings_again_as_the_same_call() {
    let mut desk = logs_everything();
    desk.rings("c1").finds(&[]);
    let id = desk.call().id;
    desk.agent(AgentCommand::Decline(id)).passes(5_000);
    assert!(desk.snapshot().calls.is_empty(), "the line is free here");
    let (request, before, fields) = desk.log();
    assert_eq!((before, fields.disposition.as_deref()), (None, Some("Declined")));
    desk.saves(request, "00T1").seen.clear();
    sync(&mut desk, vec![ringing("c1")]);
    assert_eq!((desk.snapshot().calls.len(), desk.call().id, desk.call().phase), (1, id, Phase::Alerting));
    let told = desk.snapshot().problems.last().map(|problem| problem.kind);
    assert_eq!(told, Some(ProblemKind::CommandRefused { command: CommandKind::Decline, reason: RefusedReason::Timeout }));
    desk.seen.clear();
    desk.agent(AgentCommand::Decline(id));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Decline { call: "c1".into(), cause: Cause::Declined }], "once more");
    desk.cleared("c1", Cause::Declined).passes(10_000);
    saves_only(&desk, "00T1");
    sync(&mut desk, vec![]);
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_call_that_came_back_from_declining_can_be_answered_and_its_log_says_so() {
    let mut desk = logs_everything();
    desk.rings("c1").finds(&[]);
    let id = desk.call().id;
    desk.agent(AgentCommand::DeclineNotReady(id, "Lunch".into())).passes(5_000);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    sync(&mut desk, vec![ringing("c1")]);
    desk.agent(AgentCommand::Answer(id)).established("c1").passes(7_000).cleared("c1", Cause::Normal);
    desk.agent(AgentCommand::FinishWrapUp(id));
    while let Some((request, record, fields)) = desk.try_log() {
        assert_eq!(record.as_deref(), Some("00T1"));
        desk.saves(request, "00T1");
        if fields.completed {
            assert_eq!((fields.duration_s, fields.disposition), (Some(7), None));
            return;
        }
    }
    panic!("the log was never brought up to date");
}

#[test]
fn a_call_whose_declining_was_answered_does_not_come_back_as_that_call() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.agent(AgentCommand::Decline(id)).cleared("c1", Cause::Declined).rings("c1");
    assert_ne!(desk.call().id, id, "its name was free for another");
}

#[test]
fn a_hang_up_that_was_never_answered_is_asked_for_again_as_long_as_the_call_is_listed() {
    for answered in [true, false] {
        let mut desk = Desk::new();
        let (id, request) = dials(&mut desk);
        desk.report(PhoneReport::Originated { request, call: "k1".into() });
        if answered {
            desk.established("k1");
        }
        desk.agent(AgentCommand::Clear(id)).passes(5_000);
        let calls = desk.snapshot().calls.len();
        desk.seen.clear();
        sync(&mut desk, vec![dialed("k1", 9_000)]);
        assert_eq!((desk.phone_commands(), desk.snapshot().calls.len()), (vec![clear("k1")], calls));
    }
}

#[test]
fn a_dialed_call_that_rang_out_is_hung_up_again_as_long_as_it_is_listed() {
    let mut desk = Desk::new();
    let (_, request) = dials(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "k1".into() });
    desk.passes(60_000);
    assert!(desk.phone_commands().contains(&clear("k1")) && desk.snapshot().calls.is_empty());
    desk.seen.clear();
    sync(&mut desk, vec![dialed("k1", 61_000)]);
    assert_eq!((desk.phone_commands(), desk.snapshot().calls.len()), (vec![clear("k1")], 0));
}

#[test]
fn a_dialed_call_that_was_freed_before_it_had_a_name_is_hung_up_when_it_is_listed() {
    for by_force in [true, false] {
        let mut desk = logs_everything();
        let (id, _) = dials(&mut desk);
        desk.finds(&[]);
        if by_force {
            desk.agent(AgentCommand::ForceEnd(id));
        } else {
            desk.agent(AgentCommand::Clear(id)).passes(5_000);
        }
        assert!(desk.snapshot().calls.is_empty());
        let (request, ..) = desk.log();
        desk.saves(request, "00T1").passes(2_000).seen.clear();
        for age in [6_500, 36_500] {
            sync(&mut desk, vec![dialed("k1", age)]);
            assert_eq!((desk.phone_commands(), desk.snapshot().calls.len()), (vec![clear("k1")], 0));
            desk.passes(30_000).seen.clear();
        }
        assert!(desk.try_log().is_none());
    }
}

#[test]
fn what_is_not_the_freed_call_is_shown() {
    let inbound = PhoneCall { direction: Direction::In, ..dialed("k1", 8_500) };
    let party = Party { number: "+14155550178".into(), name: Private::default() };
    let others = [
        ("began before", dialed("k1", 70_000)),
        ("began after", dialed("k1", 10)),
        ("inbound", inbound),
        ("to somebody else", PhoneCall { party, ..dialed("k1", 8_500) }),
    ];
    for (why, entry) in others {
        let mut desk = Desk::new();
        let (id, _) = dials(&mut desk);
        desk.passes(1_000).agent(AgentCommand::ForceEnd(id)).passes(8_000).seen.clear();
        sync(&mut desk, vec![entry]);
        assert_eq!((desk.snapshot().calls.len(), desk.phone_commands().contains(&clear("k1"))), (1, false), "{why}");
    }
}

#[test]
fn without_an_age_the_freed_call_is_known_by_its_number_for_a_minute() {
    for (later, calls) in [(60_000, 0), (60_001, 1)] {
        let mut desk = Desk::new();
        let (id, _) = dials(&mut desk);
        desk.agent(AgentCommand::ForceEnd(id)).passes(later);
        sync(&mut desk, vec![dialed("k1", 0)]);
        assert_eq!(desk.snapshot().calls.len(), calls);
    }
}

#[test]
fn a_number_that_was_freed_and_dialed_again_is_two_calls_and_only_the_first_is_hung_up() {
    let mut desk = Desk::new();
    let (first, _) = dials(&mut desk);
    desk.agent(AgentCommand::ForceEnd(first)).passes(2_000);
    let (second, _) = dials(&mut desk);
    desk.passes(1_000).seen.clear();
    sync(&mut desk, vec![dialed("k2", 900), dialed("k1", 2_900)]);
    assert_eq!(desk.phone_commands(), [clear("k1")]);
    assert_eq!((desk.snapshot().calls.len(), view(&desk, second).map(|call| call.phase)), (1, Some(Phase::Delivered)));
    desk.established("k2");
    assert_eq!(view(&desk, second).map(|call| call.phase), Some(Phase::Connected));
}

#[test]
fn a_freed_call_whose_name_comes_late_stays_away_although_its_hang_up_is_lost() {
    let mut desk = Desk::new();
    let (id, request) = dials(&mut desk);
    desk.agent(AgentCommand::ForceEnd(id)).seen.clear();
    desk.report(PhoneReport::Originated { request, call: "k1".into() });
    assert_eq!(desk.phone_commands(), [clear("k1")]);
    desk.passes(20_000).seen.clear();
    sync(&mut desk, vec![dialed("k1", 20_000)]);
    assert_eq!((desk.phone_commands(), desk.snapshot().calls.len()), (vec![clear("k1")], 0));
    sync(&mut desk, vec![dialed("k2", 0)]);
    assert_eq!(desk.snapshot().calls.len(), 1, "it has its name, and another to the same number is another");
}

#[test]
fn a_dialed_call_given_up_without_a_name_goes_on_as_the_same_call_when_it_is_listed() {
    for (wraps_up, age) in [(false, 61_000), (true, 61_000), (false, 0)] {
        let mut settings = settings();
        settings.wrap_up.after_failed_outbound = wraps_up;
        let mut desk = Desk::with(settings);
        let (id, _) = dials(&mut desk);
        desk.passes(61_000);
        assert_eq!(desk.snapshot().calls.iter().filter(|call| call.phase != Phase::WrapUp).count(), 0);
        sync(&mut desk, vec![dialed("k1", age)]);
        assert_eq!((desk.snapshot().calls.len(), desk.call().id, desk.call().phase), (1, id, Phase::Delivered));
        desk.established("k1");
        assert_eq!(desk.call().phase, Phase::Connected, "it has its name");
    }
    let mut desk = Desk::new();
    dials(&mut desk);
    desk.passes(200_000);
    sync(&mut desk, vec![dialed("k1", 5_000)]);
    assert_ne!(desk.call().id, CallId(1), "begun by another hand since");
}

#[test]
fn a_call_given_up_without_a_name_does_not_take_the_name_of_the_one_dialed_after_it() {
    let mut desk = Desk::new();
    dials(&mut desk);
    desk.passes(61_000);
    let (second, _) = dials(&mut desk);
    desk.passes(500);
    sync(&mut desk, vec![dialed("k2", 0)]);
    assert_eq!((desk.snapshot().calls.len(), desk.call().id, desk.call().phase), (1, second, Phase::Delivered));
}

#[test]
fn a_hang_up_that_waits_for_the_name_is_asked_for_as_soon_as_a_list_tells_it() {
    let mut desk = Desk::new();
    let (id, _) = dials(&mut desk);
    desk.agent(AgentCommand::Clear(id)).seen.clear();
    sync(&mut desk, vec![dialed("k1", 500)]);
    assert_eq!(desk.phone_commands(), [clear("k1")]);
    desk.cleared("k1", Cause::Normal);
    assert!(desk.snapshot().calls.is_empty());
}
