//! Callers from outside, and what becomes of them.

use crate::desk::{ANN, BOB, Desk, NETWORK};
use hookswitch_core::{CallKind, Cause, ConnectionState, PhoneCommand, PhoneReport, Private, RefusedReason, Side};
use hookswitch_switch::{CallAgent, NetworkCommand, Options};

#[test]
fn a_caller_rings_with_everything_the_network_knows() {
    let mut desk = Desk::new();
    let mut caller = CallAgent::new("1001", "+14155550100", "<b>Ada</b>");
    caller.queue = "Support".to_owned();
    caller.segment = "Gold".into();
    caller.called = "+18005550000".into();
    caller.record = "003000000000001AAA".to_owned();
    let call = desk.calls(caller);
    let [PhoneReport::Delivered { call: told, from, called, queue, segment, kind, record, owns_log }] = &desk.told(ANN)[..] else {
        panic!("{:?}", desk.told(ANN))
    };
    assert_eq!((told, from.number.reveal(), from.name.reveal()), (&call, "+14155550100", "<b>Ada</b>"));
    assert_eq!((called.reveal(), queue.as_str(), *kind), ("+18005550000", "Support", CallKind::Inbound));
    assert_eq!(segment.reveal(), "Gold");
    assert_eq!((record.as_str(), *owns_log), ("003000000000001AAA", true));
}

#[test]
fn answering_connects_both_sides() {
    let mut desk = Desk::new();
    let call = desk.rings();
    let told = desk.done(ANN, PhoneCommand::Answer { call: call.clone() });
    assert_eq!(told, [PhoneReport::Established { call, party: None }]);
    let seen = &desk.seen()[0];
    assert_eq!((seen.from.state, seen.to.state), (ConnectionState::Connected, ConnectionState::Connected));
    assert!(seen.answered);
}

#[test]
fn an_unanswered_caller_gives_up_after_30_seconds() {
    let mut desk = Desk::new();
    let call = desk.rings();
    desk.forget();
    desk.passes(29_999);
    assert_eq!(desk.told(ANN), []);
    desk.passes(1);
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::Abandoned }]);
    assert_eq!(desk.ended(&call), Some(Cause::Abandoned));
}

#[test]
fn a_caller_can_be_more_or_less_patient() {
    let mut desk = Desk::new();
    let mut caller = CallAgent::new("1001", "+14155550100", "Ada");
    caller.gives_up_after_ms = Some(4_000);
    let call = desk.calls(caller);
    desk.forget();
    desk.passes(4_000);
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Abandoned }]);
}

#[test]
fn an_answered_caller_no_longer_gives_up_and_hangs_up_when_the_talk_is_over() {
    let mut desk = Desk::new();
    let mut caller = CallAgent::new("1001", "+14155550100", "Ada");
    caller.hangs_up_after_ms = Some(90_000);
    let call = desk.calls(caller);
    desk.done(ANN, PhoneCommand::Answer { call: call.clone() });
    desk.forget();
    desk.passes(89_999);
    assert_eq!(desk.told(ANN), []);
    desk.passes(1);
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Normal }]);
}

#[test]
fn a_call_taken_elsewhere_stops_ringing_here() {
    let mut desk = Desk::new();
    let call = desk.rings();
    desk.forget();
    desk.network(NetworkCommand::AnsweredElsewhere { call: call.clone() });
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::AnsweredElsewhere }]);
    desk.forget();
    desk.network(NetworkCommand::AnsweredElsewhere { call });
    assert_eq!(desk.problems(NETWORK), ["unknownCall"]);
}

#[test]
fn a_declined_call_ends_with_the_agents_cause() {
    for cause in [Cause::Declined, Cause::Busy] {
        let mut desk = Desk::new();
        let call = desk.rings();
        let told = desk.done(ANN, PhoneCommand::Decline { call: call.clone(), cause });
        assert_eq!(told, [PhoneReport::ConnectionCleared { call: call.clone(), cause }]);
        assert_eq!(desk.ended(&call), Some(cause));
        assert_eq!(desk.refused(ANN, PhoneCommand::Answer { call }), RefusedReason::UnknownCall);
    }
}

#[test]
fn a_second_caller_hears_busy_and_the_agent_nothing() {
    let mut desk = Desk::new();
    desk.options(Options { lines: 1, ..Options::default() });
    desk.talks();
    let second = desk.rings();
    assert_eq!(desk.told(ANN), []);
    assert_eq!(desk.ended(&second), Some(Cause::Busy));
}

#[test]
fn with_two_lines_a_second_caller_rings_and_is_answered_only_after_the_first_is_held() {
    let mut desk = Desk::new();
    desk.options(Options { lines: 2, ..Options::default() });
    let first = desk.talks();
    let second = desk.rings();
    assert!(matches!(&desk.told(ANN)[..], [PhoneReport::Delivered { .. }]));
    assert_eq!(desk.refused(ANN, PhoneCommand::Answer { call: second.clone() }), RefusedReason::NotNow);
    desk.done(ANN, PhoneCommand::Hold { call: first.clone() });
    desk.done(ANN, PhoneCommand::Answer { call: second });
    assert_eq!(desk.refused(ANN, PhoneCommand::Retrieve { call: first }), RefusedReason::NotNow);
}

#[test]
fn a_direct_call_reaches_an_agent_who_is_not_ready() {
    let mut desk = Desk::new();
    desk.done(ANN, PhoneCommand::SetAgentState { ready: false, reason: "Lunch".to_owned() });
    desk.forget();
    desk.rings();
    assert!(matches!(&desk.told(ANN)[..], [PhoneReport::Delivered { .. }]));
}

#[test]
fn a_queued_caller_waits_until_the_agent_is_ready_and_free() {
    let mut desk = Desk::new();
    desk.done(ANN, PhoneCommand::SetAgentState { ready: false, reason: "Lunch".to_owned() });
    desk.forget();
    let mut caller = CallAgent::new("1001", "+14155550100", "Ada");
    caller.queue = "Support".to_owned();
    let first = desk.calls(caller.clone());
    let second = desk.calls(caller);
    assert_eq!(desk.told(ANN), []);
    assert_eq!(desk.seen()[0].to.state, ConnectionState::Queued);
    assert_eq!(desk.refused(ANN, PhoneCommand::Answer { call: first.clone() }), RefusedReason::UnknownCall);

    let told = desk.done(ANN, PhoneCommand::SetAgentState { ready: true, reason: String::new() });
    assert!(matches!(&told[..], [PhoneReport::AgentState { .. }, PhoneReport::Delivered { call, .. }] if *call == first), "{told:?}");
    desk.done(ANN, PhoneCommand::Answer { call: first.clone() });
    let told = desk.done(ANN, PhoneCommand::ClearConnection { call: first });
    assert!(
        matches!(&told[..], [PhoneReport::ConnectionCleared { .. }, PhoneReport::Delivered { call, .. }] if *call == second),
        "{told:?}"
    );
}

#[test]
fn a_queued_caller_who_gives_up_was_never_seen_by_the_agent() {
    let mut desk = Desk::new();
    desk.done(ANN, PhoneCommand::SetAgentState { ready: false, reason: String::new() });
    let mut caller = CallAgent::new("1001", "+14155550100", "Ada");
    caller.queue = "Support".to_owned();
    let call = desk.calls(caller);
    desk.forget();
    desk.passes(30_000);
    assert_eq!(desk.told(ANN), []);
    assert_eq!(desk.ended(&call), Some(Cause::Abandoned));
}

#[test]
fn hold_and_retrieve_are_told_with_the_side_that_did_it() {
    let mut desk = Desk::new();
    let call = desk.talks();
    assert_eq!(desk.refused(ANN, PhoneCommand::Retrieve { call: call.clone() }), RefusedReason::NotNow);
    let told = desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    assert_eq!(told, [PhoneReport::Held { call: call.clone(), by: Side::Agent }]);
    assert_eq!(desk.refused(ANN, PhoneCommand::Hold { call: call.clone() }), RefusedReason::NotNow);
    assert_eq!(desk.seen()[0].to.state, ConnectionState::Held);

    // The other side may hold at the same time; each ends its own.
    desk.forget();
    desk.network(NetworkCommand::Hold { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Held { call: call.clone(), by: Side::Party }]);
    let told = desk.done(ANN, PhoneCommand::Retrieve { call: call.clone() });
    assert_eq!(told, [PhoneReport::Retrieved { call: call.clone(), by: Side::Agent }]);
    desk.forget();
    desk.network(NetworkCommand::Retrieve { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Retrieved { call, by: Side::Party }]);
}

#[test]
fn digits_are_echoed_to_the_agent_and_heard_by_the_other_side_in_order() {
    let mut desk = Desk::new();
    let call = desk.talks();
    for digits in ["12", "#", "*9"] {
        let told = desk.done(ANN, PhoneCommand::GenerateDigits { call: call.clone(), digits: digits.into() });
        assert_eq!(told, [PhoneReport::DigitsGenerated { call: call.clone(), digits: digits.into() }]);
    }
    assert_eq!(desk.seen()[0].to.digits, Private::from("12#*9"));
    let wrong = PhoneCommand::GenerateDigits { call: call.clone(), digits: "1x".into() };
    assert_eq!(desk.refused(ANN, wrong), RefusedReason::NotSupported);
    desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    assert_eq!(desk.refused(ANN, PhoneCommand::GenerateDigits { call, digits: "1".into() }), RefusedReason::NotNow);
    assert_eq!(desk.seen()[0].to.digits, Private::from("12#*9"));
}

#[test]
fn mute_is_told_as_it_is_and_outlasts_a_hold() {
    let mut desk = Desk::new();
    let call = desk.rings();
    assert_eq!(desk.refused(ANN, PhoneCommand::SetMute { call: call.clone(), on: true }), RefusedReason::NotNow);
    desk.done(ANN, PhoneCommand::Answer { call: call.clone() });
    let told = desk.done(ANN, PhoneCommand::SetMute { call: call.clone(), on: true });
    assert_eq!(told, [PhoneReport::Muted { call: call.clone(), on: true }]);
    desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    desk.done(ANN, PhoneCommand::Retrieve { call: call.clone() });
    assert!(desk.seen()[0].to.muted);
    desk.done(ANN, PhoneCommand::SetMute { call, on: false });
    assert!(!desk.seen()[0].to.muted);
}

#[test]
fn either_side_can_hang_up() {
    let mut desk = Desk::new();
    let call = desk.talks();
    let told = desk.done(ANN, PhoneCommand::ClearConnection { call: call.clone() });
    assert_eq!(told, [PhoneReport::ConnectionCleared { call, cause: Cause::Normal }]);
    let call = desk.talks();
    desk.network(NetworkCommand::HangUp { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Normal }]);
    let call = desk.rings();
    desk.forget();
    desk.network(NetworkCommand::HangUp { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call, cause: Cause::Abandoned }]);
}

#[test]
fn a_caller_to_an_extension_nobody_opened_is_an_error_that_changes_nothing() {
    let mut desk = Desk::new();
    desk.network(NetworkCommand::CallAgent(CallAgent::new("1002", "+14155550100", "Ada")));
    assert_eq!(desk.problems(NETWORK), ["unknownExtension"]);
    assert_eq!(desk.seen(), []);
    desk.hello(BOB, "1002", "Bob");
    desk.forget();
    desk.network(NetworkCommand::CallAgent(CallAgent::new("1002", "+14155550100", "Ada")));
    assert!(matches!(&desk.told(BOB)[..], [PhoneReport::Delivered { .. }]));
    assert_eq!(desk.told(ANN), []);
}

#[test]
fn an_ended_call_is_shown_for_five_seconds_more() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.network(NetworkCommand::HangUp { call, end: None });
    desk.passes(4_999);
    assert_eq!(desk.seen().len(), 1);
    desk.passes(1);
    assert_eq!(desk.seen(), []);
    assert_eq!(desk.switch.deadline(), None);
}
