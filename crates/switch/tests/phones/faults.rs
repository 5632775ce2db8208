//! Lines that fail, and a phone system that begins anew.

use crate::{
    desk::{ANN, BOB, Desk},
    fold::Fold,
};
use hookswitch_core::{PhoneCommand, PhoneReport, PhoneState, RefusedReason};
use hookswitch_switch::{AgentView, Client, LineFaults, NetworkCommand};

fn faults(desk: &mut Desk, extension: &str, faults: LineFaults) {
    desk.network(NetworkCommand::SetFaults { extension: extension.to_owned(), faults });
    desk.forget();
}

/// Ann answers, holds and retrieves twenty callers' calls; how many reports she was told.
fn twenty(desk: &mut Desk, page: Client) -> Vec<PhoneReport> {
    desk.forget();
    for _ in 0..20 {
        let call = desk.rings();
        for command in
            [PhoneCommand::Answer { call: call.clone() }, PhoneCommand::Hold { call: call.clone() }, PhoneCommand::ClearConnection { call }]
        {
            desk.does(page, command);
        }
    }
    desk.told(page)
}

#[test]
fn a_line_that_loses_reports_loses_some_and_the_same_again_with_the_same_seed() {
    let run = |seed| {
        let mut desk = Desk::new();
        faults(&mut desk, "1001", LineFaults { seed, lost_percent: 30, ..LineFaults::default() });
        twenty(&mut desk, ANN)
    };
    let whole = twenty(&mut Desk::new(), ANN).len();
    let lossy = run(7);
    assert!((whole / 2..whole).contains(&lossy.len()), "{} of {whole}", lossy.len());
    assert_eq!(lossy, run(7));
    assert_ne!(lossy, run(8));
}

#[test]
fn a_line_that_doubles_says_the_same_twice_in_a_row() {
    let mut desk = Desk::new();
    faults(&mut desk, "1001", LineFaults { doubled_percent: 100, ..LineFaults::default() });
    let told = twenty(&mut desk, ANN);
    assert!(told.chunks(2).all(|pair| matches!(pair, [one, other] if one == other)));
}

#[test]
fn a_late_line_says_everything_in_its_order_and_late() {
    let mut in_time = Desk::new();
    let told = twenty(&mut in_time, ANN);
    let mut desk = Desk::new();
    faults(&mut desk, "1001", LineFaults { late_ms: 2_000, ..LineFaults::default() });
    assert_eq!(twenty(&mut desk, ANN), []);
    desk.passes(1_999);
    assert_eq!(desk.told(ANN), []);
    desk.passes(1);
    assert_eq!(desk.told(ANN), told);
}

#[test]
fn a_line_that_mixes_up_says_everything_in_another_order() {
    let told = twenty(&mut Desk::new(), ANN);
    let mut desk = Desk::new();
    faults(&mut desk, "1001", LineFaults { seed: 3, reordered_percent: 40, ..LineFaults::default() });
    twenty(&mut desk, ANN);
    desk.passes(500);
    let mixed = desk.told(ANN);
    assert_ne!(mixed, told);
    assert!(mixed.len() == told.len() && told.iter().all(|report| mixed.contains(report)));
}

#[test]
fn commands_of_a_kind_are_refused_with_the_chosen_reason_and_others_are_not() {
    let mut desk = Desk::new();
    let refused = vec!["hold".to_owned(), "transferCall".to_owned()];
    faults(&mut desk, "1001", LineFaults { refused, reason: Some(RefusedReason::Timeout), ..LineFaults::default() });
    let call = desk.talks();
    assert_eq!(desk.refused(ANN, PhoneCommand::Hold { call: call.clone() }), RefusedReason::Timeout);
    desk.done(ANN, PhoneCommand::SetMute { call, on: true });
}

#[test]
fn a_dead_phone_system_takes_commands_and_neither_does_nor_says_anything() {
    let mut desk = Desk::new();
    let call = desk.talks();
    faults(&mut desk, "1001", LineFaults { dead: true, ..LineFaults::default() });
    desk.does(ANN, PhoneCommand::Hold { call: call.clone() });
    desk.network(NetworkCommand::HangUp { call, end: None });
    desk.rings();
    assert_eq!(desk.told(ANN), []);
    faults(&mut desk, "1001", LineFaults::default());
    assert_eq!(desk.synced(ANN).len(), 1, "the truth comes with the next sync");
}

#[test]
fn faults_hold_for_one_line_or_for_all_that_have_none_of_their_own_and_observers_see_them() {
    let mut desk = Desk::new();
    desk.colleagues();
    faults(&mut desk, "", LineFaults { dead: true, ..LineFaults::default() });
    faults(&mut desk, "1002", LineFaults { doubled_percent: 100, ..LineFaults::default() });
    desk.does(ANN, PhoneCommand::Sync);
    desk.does(BOB, PhoneCommand::Sync);
    assert_eq!((desk.told(ANN).len(), desk.told(BOB).len()), (0, 4));
    let dead: Vec<_> = desk.agents().into_iter().map(|AgentView { faults, .. }| faults.dead).collect();
    assert_eq!(dead, [true, false, true]);
}

#[test]
fn a_restart_that_calls_survive_is_an_outage_with_a_sync() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.network(NetworkCommand::Restart { for_ms: 3_000, calls_survive: true });
    assert!(matches!(&desk.told(ANN)[..], [PhoneReport::Service { state: PhoneState::Reconnecting, .. }]));
    desk.forget();
    desk.passes(3_000);
    let told = desk.told(ANN);
    assert!(matches!(&told[0], PhoneReport::Service { state: PhoneState::Ready, .. }), "{told:?}");
    assert!(matches!(told.last(), Some(PhoneReport::Sync { calls }) if calls[0].call == call), "{told:?}");
}

#[test]
fn a_restart_that_calls_do_not_survive_forgets_calls_and_who_was_ready() {
    let mut desk = Desk::new();
    desk.talks();
    desk.network(NetworkCommand::Restart { for_ms: 3_000, calls_survive: false });
    assert_eq!(desk.seen(), []);
    desk.forget();
    desk.passes(3_000);
    let ready = PhoneReport::Service { state: PhoneState::Ready, detail: "".into() };
    assert_eq!(desk.told(ANN), [ready, PhoneReport::Sync { calls: vec![] }]);
    desk.passes(60_000);
    assert_eq!(desk.switch.deadline(), None, "no timer of a lost call is left");
}

#[test]
fn what_a_faulty_line_told_wrong_a_sync_puts_right() {
    let mut desk = Desk::new();
    desk.colleagues();
    faults(&mut desk, "1001", LineFaults { seed: 5, lost_percent: 60, ..LineFaults::default() });
    desk.three_or_not();
    faults(&mut desk, "1001", LineFaults::default());
    let truth = desk.synced(ANN);
    let mut fold = Fold::default();
    fold.hear(&PhoneReport::Sync { calls: truth.clone() });
    assert_eq!(fold.differs(&truth), None);
    assert_eq!(truth[0].parties.len(), 2, "what was not told happened all the same");
}

impl Desk {
    /// Ann, Ada and Bob come together although Ann hardly hears of it.
    fn three_or_not(&mut self) {
        let ada = self.rings();
        self.does(ANN, PhoneCommand::Answer { call: ada.clone() });
        self.does(ANN, PhoneCommand::SingleStepConference { call: ada, to: "1002".into() });
        self.passes(300);
        let (theirs, _) = self.delivered(BOB);
        self.does(BOB, PhoneCommand::Answer { call: theirs });
    }
}
