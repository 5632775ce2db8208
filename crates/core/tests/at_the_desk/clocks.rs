//! Clocks that jump, stand still or lie: durations are right, nothing ends too early and nothing never.

use crate::desk::{Desk, dial, newest_request, phase, view};
use crate::restart::listed;
use hookswitch_core::{AgentCommand, Cause, ConnectionState, Input, Now, Phase, PhoneCall, PhoneCommand, PhoneReport};

const HOUR: u64 = 3_600_000;

fn asks_for_truth(desk: &Desk) -> bool {
    desk.phone_commands().contains(&PhoneCommand::Sync)
}

fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

#[test]
fn a_page_that_slept_asks_before_it_ends_a_call() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    (desk.now.mono, desk.now.wall) = (desk.now.mono + 2 * HOUR, desk.now.wall + 2 * HOUR);
    desk.put(Input::Tick);
    assert_eq!(phase(&desk, id), Some(Phase::Connected), "nobody could say anything while it slept");
    assert!(asks_for_truth(&desk));
    desk.passes(300_000);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
    assert_eq!(desk.call().duration_s, Some(7_500));
}

#[test]
fn the_duration_is_right_when_the_clock_of_the_page_stood_still_in_sleep() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.now.wall += 600_000;
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { answered_ms: Some(600_000), ..connected("c1") }] });
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { answered_ms: Some(9 * HOUR), ..connected("c1") }] });
    desk.cleared("c1", Cause::Normal);
    assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(600), "what both the phone system and the wall clock say");
}

#[test]
fn absurd_ages_become_a_duration_salesforce_can_hold() {
    for age in [u64::MAX, u64::MAX / 2, 1 << 60] {
        let mut desk = Desk::new();
        let entry = PhoneCall { age_ms: age, answered_ms: Some(age), ..connected("c9") };
        desk.report(PhoneReport::Sync { calls: vec![entry] }).passes(5_000).cleared("c9", Cause::Normal);
        let id = desk.call().id;
        assert!(desk.call().duration_s.is_some_and(|seconds| seconds <= 8 * 86_400), "{:?}", desk.call().duration_s);
        desk.agent(AgentCommand::FinishWrapUp(id));
        assert!(desk.snapshot().calls.is_empty());
    }
}

#[test]
fn no_clock_is_too_large() {
    let mut desk = Desk::new();
    desk.now = Now { mono: u64::MAX, wall: u64::MAX, utc_offset: i32::MAX };
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Hold(id)).held("c1").agent(dial("4155550123x12"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1");
    desk.cleared("c1", Cause::Normal).cleared("o1", Cause::Normal).put(Input::Tick);
    assert!(desk.phone.deadline().is_some() && desk.snapshot().calls.len() == 2);
    desk.agent(AgentCommand::ExtendWrapUp(id));
}

#[test]
fn a_wall_clock_set_back_keeps_nobody_in_wrap_up_and_no_timer_stands_still() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.passes(20_000);
    desk.now.wall -= HOUR;
    desk.put(Input::Tick);
    assert_eq!(view(&desk, id).and_then(|call| call.answered), Some(desk.now.wall - 20_000));
    desk.cleared("c1", Cause::Normal);
    desk.now.wall -= HOUR;
    desk.put(Input::Tick).passes(60_000);
    assert!(desk.snapshot().calls.is_empty(), "the time after a call is a minute, whatever the clock on the wall says");
}
