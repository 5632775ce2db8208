//! A queue that several agents serve, and outside lines that are few.

use crate::desk::{ANN, BOB, CID, Desk, make_call};
use hookswitch_core::{Cause, ConnectionState, PhoneCommand, PhoneRef, PhoneReport, RefusedReason};
use hookswitch_switch::{Behaviour, CallAgent, Client, NetworkCommand, Options, PartyAct, QueueStrategy};

const ADA: &str = "+14155550100";

fn queue(desk: &mut Desk) -> PhoneRef {
    desk.forget();
    desk.calls(CallAgent::to_queue("Support", ADA, "Ada"))
}

fn in_turn(desk: &mut Desk) {
    desk.options(Options { queue: QueueStrategy::RoundRobin, ..Options::default() });
}

/// Whether it rings at a page, and with which call.
fn rings(desk: &Desk, page: Client) -> Option<PhoneRef> {
    desk.told(page).into_iter().find_map(|report| match report {
        PhoneReport::Delivered { call, .. } => Some(call),
        _ => None,
    })
}

fn everybody() -> Desk {
    let mut desk = Desk::new();
    desk.colleagues();
    desk
}

#[test]
fn a_queue_rings_at_every_ready_agent_and_the_first_to_answer_has_the_caller() {
    let mut desk = everybody();
    desk.done(CID, PhoneCommand::SetAgentState { ready: false, reason: String::new() });
    queue(&mut desk);
    let (ann, bob) = (rings(&desk, ANN).expect("rings"), rings(&desk, BOB).expect("rings"));
    assert_eq!(rings(&desk, CID), None);
    desk.done(BOB, PhoneCommand::Answer { call: bob });
    assert_eq!(desk.told(ANN), [PhoneReport::ConnectionCleared { call: ann.clone(), cause: Cause::AnsweredElsewhere }]);
    assert_eq!(desk.refused(ANN, PhoneCommand::Answer { call: ann }), RefusedReason::UnknownCall);
    assert_eq!(desk.with_whom(ADA), ["1002"]);
}

#[test]
fn a_queue_that_nobody_serves_keeps_its_caller_until_somebody_is_ready() {
    let mut desk = everybody();
    for page in [ANN, BOB, CID] {
        desk.done(page, PhoneCommand::SetAgentState { ready: false, reason: String::new() });
    }
    queue(&mut desk);
    assert_eq!((desk.seen()[0].to.state, rings(&desk, ANN)), (ConnectionState::Queued, None));
    desk.passes(10_000);
    desk.forget();
    desk.ready(CID);
    assert!(rings(&desk, CID).is_some());
}

#[test]
fn an_agent_in_a_call_is_not_rung_by_a_queue_until_free() {
    let mut desk = everybody();
    let call = desk.talks();
    queue(&mut desk);
    assert_eq!((rings(&desk, ANN), rings(&desk, BOB).is_some()), (None, true));
    desk.done(ANN, PhoneCommand::ClearConnection { call });
    assert!(rings(&desk, ANN).is_some());
}

#[test]
fn in_turn_one_agent_after_the_other_is_rung_and_then_the_first_again() {
    let mut desk = everybody();
    in_turn(&mut desk);
    desk.forget();
    desk.calls(CallAgent { gives_up_after_ms: Some(120_000), ..CallAgent::to_queue("Support", ADA, "Ada") });
    for page in [ANN, BOB, CID] {
        let call = rings(&desk, page).expect("rings");
        let others = [ANN, BOB, CID].into_iter().filter(|other| *other != page && rings(&desk, *other).is_some()).count();
        assert_eq!(others, 0, "one at a time");
        desk.forget();
        desk.passes(15_000);
        assert!(desk.told(page).contains(&PhoneReport::ConnectionCleared { call, cause: Cause::NoAnswer }));
    }
    assert_eq!(rings(&desk, ANN), None, "a pause first");
    desk.passes(5_000);
    assert!(rings(&desk, ANN).is_some());
    assert_eq!(desk.with_whom(ADA), ["1001"], "the caller still waits");
}

#[test]
fn in_turn_the_next_caller_begins_with_whoever_was_not_asked_for_longest() {
    let mut desk = everybody();
    in_turn(&mut desk);
    for page in [ANN, BOB, CID, ANN] {
        let call = queue(&mut desk);
        assert!(rings(&desk, page).is_some(), "{page:?}");
        desk.network(NetworkCommand::HangUp { call, end: None });
    }
}

#[test]
fn whoever_turns_a_queues_caller_away_for_good_is_not_asked_again_and_the_caller_waits_on() {
    let mut desk = everybody();
    let call = queue(&mut desk);
    let offer = rings(&desk, ANN).expect("rings");
    let told = desk.done(ANN, PhoneCommand::Decline { call: offer.clone(), cause: Cause::Declined });
    assert_eq!(told, [PhoneReport::ConnectionCleared { call: offer, cause: Cause::Declined }]);
    desk.forget();
    desk.passes(20_000);
    assert_eq!((rings(&desk, ANN), desk.ended(&call)), (None, None));
}

#[test]
fn whoever_is_busy_just_now_is_asked_again_after_a_pause() {
    let mut desk = everybody();
    queue(&mut desk);
    let offer = rings(&desk, ANN).expect("rings");
    desk.done(ANN, PhoneCommand::Decline { call: offer, cause: Cause::Busy });
    desk.forget();
    desk.passes(4_999);
    assert_eq!(rings(&desk, ANN), None);
    desk.passes(1);
    assert!(rings(&desk, ANN).is_some());
}

#[test]
fn a_list_makes_nobody_log_a_queues_caller_either_whom_another_may_answer() {
    let mut desk = everybody();
    queue(&mut desk);
    for page in [ANN, BOB, CID] {
        assert_eq!(desk.synced(page).iter().map(|call| call.owns_log).collect::<Vec<_>>(), [false]);
    }
}

#[test]
fn of_all_who_miss_a_queues_caller_one_is_told_to_log_it() {
    for turns in [false, true] {
        let mut desk = everybody();
        if turns {
            in_turn(&mut desk);
        }
        queue(&mut desk);
        let owners = |desk: &Desk| {
            let owns = |report: &PhoneReport| matches!(report, PhoneReport::Delivered { owns_log: true, .. });
            [ANN, BOB, CID].into_iter().flat_map(|page| desk.told(page)).filter(owns).count()
        };
        assert_eq!(owners(&desk), 0, "nobody missed it yet");
        desk.passes(30_000);
        assert_eq!(owners(&desk), 1, "in turn: {turns}");
        let cleared = PhoneReport::ConnectionCleared { call: rings(&desk, ANN).expect("rang"), cause: Cause::Abandoned };
        assert_eq!(desk.told(ANN).contains(&cleared), !turns);
    }
}

/// All that pages were told of a missed caller to log: who, and how often.
fn owners(desk: &Desk) -> Vec<Client> {
    let owned = |page: &Client| {
        let owns = |report: &PhoneReport| matches!(report, PhoneReport::Delivered { owns_log: true, .. });
        desk.told(*page).into_iter().filter(owns).count()
    };
    [ANN, BOB, CID].into_iter().flat_map(|page| vec![page; owned(&page)]).collect()
}

#[test]
fn where_all_declined_a_queues_caller_the_last_one_rung_is_told_to_log_it_when_the_caller_is_gone() {
    let mut desk = everybody();
    in_turn(&mut desk);
    let call = queue(&mut desk);
    for page in [ANN, BOB, CID] {
        let offer = rings(&desk, page).expect("rings");
        desk.does(page, PhoneCommand::Decline { call: offer, cause: Cause::Declined });
    }
    assert_eq!(owners(&desk), [], "the caller still waits");
    desk.forget();
    desk.network(NetworkCommand::HangUp { call, end: None });
    assert_eq!(owners(&desk), [CID]);
    let told = desk.told(CID);
    let [PhoneReport::Delivered { call, queue, .. }, PhoneReport::ConnectionCleared { call: cleared, cause: Cause::Abandoned }] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((call, queue.as_str()), (cleared, "Support"));
    assert!(desk.told(ANN).is_empty() && desk.told(BOB).is_empty());
}

#[test]
fn a_caller_who_gives_up_between_two_rounds_of_a_queue_is_logged_by_one_who_is_there_and_free() {
    let mut desk = everybody();
    in_turn(&mut desk);
    let call = desk.calls(CallAgent { gives_up_after_ms: Some(120_000), ..CallAgent::to_queue("Support", ADA, "Ada") });
    desk.passes(45_000);
    desk.forget();
    // The last one rung talks to somebody else by then.
    desk.calls(CallAgent::new("1003", "+14155550199", "Grace"));
    let other = rings(&desk, CID).expect("rings");
    desk.does(CID, PhoneCommand::Answer { call: other });
    desk.forget();
    desk.network(NetworkCommand::HangUp { call, end: None });
    assert_eq!(owners(&desk), [BOB]);
}

#[test]
fn a_queues_caller_sent_to_voicemail_by_one_rings_no_longer_at_the_others() {
    let mut desk = everybody();
    queue(&mut desk);
    let (ann, bob) = (rings(&desk, ANN).expect("rings"), rings(&desk, BOB).expect("rings"));
    desk.done(ANN, PhoneCommand::Deflect { call: ann, to: "1900".into() });
    assert_eq!(desk.told(BOB), [PhoneReport::ConnectionCleared { call: bob, cause: Cause::AnsweredElsewhere }]);
    desk.passes(1_300);
    assert_eq!(desk.with_whom(ADA), ["1900"]);
}

#[test]
fn with_all_outside_lines_in_use_callers_and_dialers_meet_congestion() {
    let mut desk = Desk::new();
    desk.colleagues();
    desk.options(Options { trunks: 1, ..Options::default() });
    let talks = desk.talks();
    let second = desk.rings();
    assert_eq!(desk.ended(&second), Some(Cause::Congestion));
    desk.forget();
    desk.does(BOB, make_call("+14155550123"));
    desk.passes(300);
    assert!(matches!(desk.told(BOB).last(), Some(PhoneReport::Failed { cause: Cause::Congestion, .. })));
    // Colleagues need no outside line, nor does a box in the house.
    desk.forget();
    desk.does(BOB, make_call("1003"));
    desk.passes(300);
    assert!(rings(&desk, CID).is_some());
    desk.done(ANN, PhoneCommand::ClearConnection { call: talks });
    let third = desk.rings();
    assert_eq!(desk.ended(&third), None);
}

#[test]
fn a_blind_transfer_to_outside_without_a_free_line_gives_the_caller_back() {
    let mut desk = Desk::new();
    desk.options(Options { trunks: 1, ..Options::default() });
    let call = desk.talks();
    desk.done(ANN, PhoneCommand::SingleStepTransfer { call: call.clone(), to: "+14155550123".into(), record: String::new() });
    desk.forget();
    desk.passes(300);
    assert_eq!(desk.told(ANN), [PhoneReport::TransferFailed { call, cause: Cause::Congestion, held: true }]);
}

#[test]
fn a_scripted_caller_holds_comes_back_and_transfers_at_the_times_of_the_script() {
    let mut desk = Desk::new();
    let grace = hookswitch_core::Party { number: "+14155550177".into(), name: "Grace".into() };
    let acts =
        vec![(1_000, PartyAct::Holds), (2_000, PartyAct::Retrieves), (3_000, PartyAct::Transfers { to: grace, record: String::new() })];
    let call = desk.calls(CallAgent { acts, ..CallAgent::new("1001", ADA, "Ada") });
    desk.done(ANN, PhoneCommand::Answer { call });
    desk.forget();
    desk.passes(3_000);
    let words: Vec<_> =
        desk.told(ANN).into_iter().map(|report| format!("{report:?}")).map(|words| words.split(' ').next().map(str::to_owned)).collect();
    assert_eq!(words, ["Held", "Retrieved", "Transferred"].map(|word| Some(word.to_owned())));
    assert_eq!(desk.with_whom("1001"), ["+14155550177"]);
}

#[test]
fn both_sides_may_hold_at_once_and_each_ends_its_own() {
    let mut desk = Desk::new();
    desk.colleagues();
    desk.behaves("+14155550123", Behaviour::Answers { after_ms: 0, hangs_up_after_ms: None });
    let call = desk.dials("1002");
    desk.passes(300);
    desk.done(BOB, PhoneCommand::Answer { call: call.clone() });
    desk.done(ANN, PhoneCommand::Hold { call: call.clone() });
    desk.done(BOB, PhoneCommand::Hold { call: call.clone() });
    let states = |desk: &mut Desk, page| {
        let [told] = &desk.synced(page)[..] else { panic!("one call") };
        (told.state, told.far_state)
    };
    assert_eq!(states(&mut desk, ANN), (ConnectionState::Held, ConnectionState::Held));
    assert_eq!(states(&mut desk, BOB), (ConnectionState::Held, ConnectionState::Held));
    desk.done(ANN, PhoneCommand::Retrieve { call });
    assert_eq!(states(&mut desk, ANN), (ConnectionState::Connected, ConnectionState::Held));
    assert_eq!(states(&mut desk, BOB), (ConnectionState::Held, ConnectionState::Connected));
}
