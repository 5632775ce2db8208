//! Clocks that jump, stand still or lie: durations are right, nothing ends too early and nothing never.

use crate::desk::{Desk, dial, newest_request, phase, view};
use crate::restart::listed;
use hookswitch_core::{
    AgentCommand, Cause, ConnectionState, CrmReport, CrmState, Input, Now, Output, PageView, Phase, PhoneCall, PhoneCommand, PhoneReport,
};

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

/// The computer sleeps, and the monotonic clock stands still.
fn sleeps(desk: &mut Desk, ms: u64) {
    desk.now.wall += ms;
}

#[test]
fn a_page_whose_clock_stood_still_asks_at_once_for_the_truth() {
    for (ahead, asks) in [(5_000, false), (5_001, true)] {
        let mut desk = Desk::new();
        desk.talks("c1");
        desk.passes(12_000).seen.clear();
        sleeps(&mut desk, ahead);
        desk.put(Input::Tick);
        assert_eq!(asks_for_truth(&desk), asks, "{ahead}");
    }
    let mut idle = Desk::new();
    sleeps(&mut idle, HOUR);
    idle.put(Input::Tick);
    assert!(!asks_for_truth(&idle), "there is nothing to ask about");
}

#[test]
fn sleep_counts_where_the_hang_up_comes_before_anybody_could_say_how_long_it_was() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.passes(10_000);
    sleeps(&mut desk, 600_000);
    desk.put(Input::Tick).passes(2_000).cleared("c1", Cause::Normal);
    assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(612));
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    sleeps(&mut desk, 600_000);
    desk.cleared("c1", Cause::Normal);
    assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(600), "also if that is the first thing the page hears");
}

#[test]
fn a_clock_that_was_set_is_not_sleep_if_the_phone_system_says_so() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.passes(10_000);
    sleeps(&mut desk, HOUR);
    desk.put(Input::Tick);
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { answered_ms: Some(10_000), ..connected("c1") }] });
    desk.passes(2_000).cleared("c1", Cause::Normal);
    assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(12));
}

#[test]
fn a_clock_that_was_set_ahead_and_back_or_by_half_a_day_is_not_sleep_either() {
    for (ahead, back, seconds) in [(HOUR, HOUR, 10), (HOUR, HOUR / 2, 1_810), (12 * HOUR, 0, 43_210), (12 * HOUR + 1, 0, 10)] {
        let mut desk = Desk::new();
        let id = desk.talks("c1");
        desk.passes(10_000);
        sleeps(&mut desk, ahead);
        desk.put(Input::Tick);
        desk.now.wall -= back;
        desk.cleared("c1", Cause::Normal);
        assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(seconds), "{ahead} {back}");
    }
}

#[test]
fn hold_in_sleep_is_hold() {
    let with = |says: Option<u64>| {
        let mut settings = crate::desk::settings();
        let template = hookswitch_core::settings::Template::parse("{hold}").expect("a template");
        settings.log.custom_fields.insert("Hold__c".into(), template);
        let mut desk = Desk::with(settings);
        let id = desk.talks("c1");
        desk.finds(&[]).agent(AgentCommand::Hold(id)).held("c1");
        sleeps(&mut desk, 600_000);
        desk.put(Input::Tick);
        if says.is_some() {
            let entry = PhoneCall { answered_ms: says, ..listed("c1", ConnectionState::Held) };
            desk.report(PhoneReport::Sync { calls: vec![entry] });
        }
        desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
        let mut last = None;
        while let Some((request, _, fields)) = desk.try_log() {
            desk.saves(request, "00T1");
            last = Some(fields.custom[0].1.reveal().to_owned());
        }
        last
    };
    assert_eq!(with(None).as_deref(), Some("600"));
    assert_eq!(with(Some(600_000)).as_deref(), Some("600"));
    assert_eq!(with(Some(0)).as_deref(), Some("0"), "the clock was set");
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

#[test]
fn a_wall_clock_that_is_two_seconds_off_is_let_be() {
    let mut desk = Desk::new();
    desk.talks("c1");
    let answered = desk.call().answered;
    for (back, moved) in [(2_000, false), (2_001, true)] {
        desk.now.wall -= back;
        desk.put(Input::Tick);
        assert_eq!(desk.call().answered != answered, moved);
    }
}

#[test]
fn a_call_of_days_is_as_long_as_it_was() {
    let mut desk = Desk::new();
    let age = 3 * 24 * HOUR;
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { age_ms: age, answered_ms: Some(age), ..connected("c9") }] });
    assert_eq!(desk.call().began, desk.now.wall - age);
    desk.cleared("c9", Cause::Normal);
    assert_eq!(desk.call().duration_s, Some(3 * 86_400));
}

#[test]
fn a_page_that_is_slowed_down_is_not_taken_for_one_that_slept() {
    for (gap, ticks) in [(30_000, 10), (40_000, 8)] {
        let mut desk = Desk::new();
        desk.talks("c1");
        for _ in 0..ticks {
            assert_eq!(desk.call().phase, Phase::Connected);
            (desk.now.mono, desk.now.wall) = (desk.now.mono + gap, desk.now.wall + gap);
            desk.put(Input::Tick);
        }
        assert_eq!(desk.call().phase, Phase::WrapUp, "nobody spoke of it for five minutes");
    }
}

/// Goes from deadline to deadline until `is_so`; whether the host was told to draw anew then.
fn drawn_when(desk: &mut Desk, is_so: impl Fn(&Desk) -> bool) -> bool {
    for _ in 0..100 {
        let next = desk.phone.deadline().expect("something is due");
        (desk.now.wall, desk.now.mono) = (desk.now.wall + next - desk.now.mono, next);
        desk.phone.handle(desk.now, Input::Tick).expect("a tick is no question");
        let changed = std::iter::from_fn(|| desk.phone.poll()).any(|output| output == Output::Changed);
        if is_so(desk) {
            return changed;
        }
    }
    false
}

#[test]
fn what_time_alone_changes_is_drawn_anew() {
    let mut settings = crate::desk::settings();
    settings.log.when.inbound = hookswitch_core::settings::LogWhen::Never;
    let mut desk = Desk::cold(settings);
    desk.phone_comes();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Mute(id, true));
    assert!(drawn_when(&mut desk, |desk| !desk.snapshot().problems.is_empty()));
    desk.cleared("c1", Cause::Normal);
    assert!(drawn_when(&mut desk, |desk| desk.snapshot().calls.is_empty()), "no log, no CRM, and the wrap-up is over all the same");
    let mut desk = Desk::new();
    desk.rings("c1").finds(&[]).crm(CrmReport::Window(true)).crm(CrmReport::Navigated(None)).passes(1_000);
    desk.rings_from("c2", "+14155550111").would_open(&[], true);
    let waits_since = desk.now.mono;
    desk.crm(CrmReport::State(CrmState::NotAnswering)).passes(28_000);
    desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Alerting), listed("c2", ConnectionState::Alerting)] });
    assert!(drawn_when(&mut desk, |desk| desk.call().page == PageView::Lapsed));
    assert_eq!(desk.now.mono, waits_since + 30_000);
}
