//! Calls that agents make.

use crate::desk::{ANN, BOB, Desk, NETWORK, make_call};
use hookswitch_core::{CallKind, Cause, ConnectionState, Party, PhoneCommand, PhoneReport, RefusedReason, Side};
use hookswitch_switch::{Behaviour, NetworkCommand, Options};

#[test]
fn a_dialed_number_rings_until_somebody_in_the_drawer_answers() {
    let mut desk = Desk::new();
    let call = desk.dials("+14155550123");
    assert_eq!(desk.seen()[0].to.number.reveal(), "+14155550123");
    desk.network(NetworkCommand::Answer { call: call.clone(), party: None, end: None });
    assert_eq!(desk.problems(NETWORK), ["wrongState"], "it does not ring yet");
    desk.passes(300);
    assert_eq!(desk.told(ANN), [PhoneReport::NetworkReached { call: call.clone(), early_media: false }]);
    assert_eq!(desk.seen()[0].to.state, ConnectionState::Alerting);
    desk.passes(20_000);
    desk.forget();
    desk.network(NetworkCommand::Answer { call: call.clone(), party: None, end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Established { call: call.clone(), party: None }]);
    desk.passes(600_000);
    assert_eq!(desk.told(ANN).len(), 1, "an answered call does not time out");
}

#[test]
fn the_one_who_answers_may_be_another_than_was_dialed() {
    let mut desk = Desk::new();
    let call = desk.dials("+14155550123");
    desk.passes(300);
    desk.forget();
    let party = Some(Party { number: "+14155550124".into(), name: "Grace".into() });
    desk.network(NetworkCommand::Answer { call: call.clone(), party: party.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Established { call, party }]);
    assert_eq!(desk.seen()[0].to.name.reveal(), "Grace");
}

#[test]
fn with_auto_answer_a_dialed_number_answers_after_ringing_two_seconds() {
    let mut desk = Desk::new();
    desk.options(Options { auto_answer: true, early_media: true, ..Options::default() });
    let call = desk.dials("+14155550123");
    desk.passes(2_299);
    assert_eq!(desk.told(ANN), [PhoneReport::NetworkReached { call: call.clone(), early_media: true }]);
    desk.forget();
    desk.passes(1);
    assert_eq!(desk.told(ANN), [PhoneReport::Established { call, party: None }]);
}

#[test]
fn numbers_that_fail_do_so_for_their_own_reason() {
    for (number, cause, after) in [
        ("+14155550199", Cause::Busy, 300),
        ("4155550197", Cause::InvalidNumber, 300),
        ("nobody", Cause::InvalidNumber, 300),
        ("(415) 555-0198", Cause::NoAnswer, 20_300),
        ("+14155550123", Cause::NoAnswer, 60_300),
    ] {
        let mut desk = Desk::new();
        let call = desk.dials(number);
        desk.passes(after - 1);
        assert!(desk.told(ANN).iter().all(|report| matches!(report, PhoneReport::NetworkReached { .. })), "{number}");
        desk.forget();
        desk.passes(1);
        assert_eq!(desk.told(ANN), [PhoneReport::Failed { call: call.clone(), cause }], "{number}");
        assert_eq!(desk.ended(&call), Some(cause));
    }
}

#[test]
fn a_scripted_number_answers_talks_and_hangs_up() {
    let mut desk = Desk::new();
    desk.behaves("+1 (415) 555-0199", Behaviour::Answers { after_ms: 1_000, hangs_up_after_ms: Some(5_000) });
    let call = desk.dials("+14155550199");
    desk.passes(300 + 1_000 + 5_000);
    assert_eq!(
        desk.told(ANN),
        [
            PhoneReport::NetworkReached { call: call.clone(), early_media: false },
            PhoneReport::Established { call: call.clone(), party: None },
            PhoneReport::ConnectionCleared { call, cause: Cause::Normal },
        ]
    );
    desk.network(NetworkCommand::SetBehaviour { number: "14155550199".into(), behaviour: None });
    let call = desk.dials("+14155550199");
    desk.passes(300);
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Busy }]);
}

#[test]
fn a_called_party_can_turn_the_call_away() {
    let mut desk = Desk::new();
    let call = desk.dials("+14155550123");
    desk.passes(300);
    desk.forget();
    desk.network(NetworkCommand::Reject { call: call.clone(), cause: Cause::Busy, end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Busy }]);
    let call = desk.dials("+14155550123");
    desk.network(NetworkCommand::HangUp { call: call.clone(), end: None });
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Rejected }]);
    desk.behaves("+14155550123", Behaviour::Rejects { after_ms: 700 });
    let call = desk.dials("+14155550123");
    desk.passes(1_000);
    assert_eq!(desk.told(ANN).last(), Some(&PhoneReport::Failed { call, cause: Cause::Rejected }));
}

#[test]
fn giving_up_a_dialed_call_is_no_failure() {
    let mut desk = Desk::new();
    let call = desk.dials("+14155550123");
    desk.passes(300);
    let told = desk.done(ANN, PhoneCommand::ClearConnection { call: call.clone() });
    assert_eq!(told, [PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::Normal }]);
    assert_eq!(desk.ended(&call), Some(Cause::Abandoned));
    desk.forget();
    desk.network(NetworkCommand::Answer { call, party: None, end: None });
    assert_eq!((desk.told(ANN), desk.problems(NETWORK)), (vec![], vec!["unknownCall".to_owned()]));
}

#[test]
fn an_agent_in_a_call_cannot_dial_another() {
    let mut desk = Desk::new();
    desk.options(Options { lines: 1, ..Options::default() });
    let call = desk.talks();
    assert_eq!(desk.refused(ANN, make_call("+14155550123")), RefusedReason::NotNow);
    desk.done(ANN, PhoneCommand::Hold { call });
    assert_eq!(desk.refused(ANN, make_call("+14155550123")), RefusedReason::NotNow, "one line, one call");
    desk.options(Options { lines: 2, ..Options::default() });
    desk.dials("+14155550123");
}

#[test]
fn colleagues_call_each_other() {
    let mut desk = Desk::new();
    desk.hello(BOB, "1002", "Bob");
    let call = desk.dials("1002");
    desk.passes(300);
    assert_eq!(desk.told(ANN), [PhoneReport::NetworkReached { call: call.clone(), early_media: false }]);
    let [PhoneReport::Delivered { call: told, from, kind, .. }] = &desk.told(BOB)[..] else { panic!("{:?}", desk.told(BOB)) };
    assert_eq!((told, from.number.reveal(), from.name.reveal(), *kind), (&call, "1001", "Ann", CallKind::Internal));

    desk.done(BOB, PhoneCommand::Answer { call: call.clone() });
    let bob = Some(Party { number: "1002".into(), name: "Bob".into() });
    assert_eq!(desk.told(ANN), [PhoneReport::Established { call: call.clone(), party: bob }]);
    desk.done(BOB, PhoneCommand::Hold { call: call.clone() });
    assert_eq!(desk.told(ANN), [PhoneReport::Held { call: call.clone(), by: Side::Party }]);
    desk.done(BOB, PhoneCommand::Retrieve { call: call.clone() });
    let told = desk.done(ANN, PhoneCommand::ClearConnection { call: call.clone() });
    let cleared = PhoneReport::ConnectionCleared { call, cause: Cause::Normal };
    assert_eq!((told, desk.told(BOB)), (vec![cleared.clone()], vec![cleared]));
}

#[test]
fn each_colleague_hears_the_end_of_an_unanswered_call_from_their_own_side() {
    let mut desk = Desk::new();
    desk.hello(BOB, "1002", "Bob");
    let call = desk.dials("1002");
    desk.passes(300);
    desk.done(BOB, PhoneCommand::Decline { call: call.clone(), cause: Cause::Declined });
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Rejected }]);

    let call = desk.dials("1002");
    desk.passes(300);
    desk.done(ANN, PhoneCommand::ClearConnection { call: call.clone() });
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call, cause: Cause::Abandoned }]);

    let call = desk.dials("1002");
    desk.passes(300);
    desk.forget();
    desk.passes(30_000);
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call: call.clone(), cause: Cause::NoAnswer }]);
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call, cause: Cause::NoAnswer }]);
}

#[test]
fn a_colleague_in_a_call_is_busy_and_so_is_oneself_with_however_many_lines() {
    let mut desk = Desk::new();
    desk.options(Options { lines: 1, ..Options::default() });
    desk.hello(BOB, "1002", "Bob");
    desk.does(BOB, make_call("+14155550123"));
    for callee in ["1002", "1001"] {
        let call = desk.dials(callee);
        desk.passes(300);
        assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Busy }]);
    }
    desk.options(Options { lines: 2, ..Options::default() });
    let call = desk.dials("1001");
    desk.passes(300);
    assert_eq!(desk.told(ANN), [PhoneReport::Failed { call, cause: Cause::Busy }]);
}
