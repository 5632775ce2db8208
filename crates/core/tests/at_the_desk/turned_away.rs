//! Callers for whom there was no line, and calls that ended with their page.

use crate::{
    desk::{Desk, contact, delivered, settings},
    kept::{connected, ringing},
};
use hookswitch_core::{
    AgentCommand, Capabilities, Cause, CrmReport, CrmState, Phase, PhoneCommand, PhoneReport, PhoneState, Private, ProblemKind,
};

/// The only line is taken.
fn busy() -> Desk {
    let mut settings = settings();
    settings.calls.lines = 1;
    let mut desk = Desk::with(settings);
    desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").seen.clear();
    desk
}

fn calls(desk: &mut Desk, name: &str, queue: &str, owns: bool) {
    let mut report = delivered(name, "+14155550111");
    if let PhoneReport::Delivered { queue: through, owns_log, .. } = &mut report {
        (*through, *owns_log) = (queue.into(), owns);
    }
    desk.report(report);
}

#[test]
fn a_caller_for_whom_no_line_is_free_is_missed_and_logged_by_whose_it_is() {
    for (queue, owns, logged) in [("", true, true), ("", false, false), ("Sales", true, true), ("Sales", false, false)] {
        let mut desk = busy();
        calls(&mut desk, "c2", queue, owns);
        assert_eq!(desk.phone_commands(), [PhoneCommand::Decline { call: "c2".into(), cause: Cause::Busy }]);
        assert_eq!(desk.snapshot().calls.len(), 1, "nobody sees it ring");
        assert!(desk.sounds().is_empty());
        assert_eq!(desk.snapshot().problems.last().map(|problem| problem.kind), Some(ProblemKind::Missed));
        desk.passes(6_000);
        let log = desk.try_log();
        assert_eq!(log.is_some(), logged, "queue {queue:?}, owns {owns}");
        if let Some((_, record, fields)) = log {
            assert_eq!((record, fields.disposition.as_deref(), fields.duration_s), (None, Some("Missed"), Some(0)));
        }
    }
}

#[test]
fn the_log_of_a_caller_who_was_turned_away_is_about_who_has_the_number() {
    let mut desk = busy();
    calls(&mut desk, "c2", "", true);
    desk.finds(&[contact("003B")]);
    let (.., fields) = desk.log();
    assert_eq!(fields.who.as_deref(), Some("003B"));
}

#[test]
fn a_caller_who_is_turned_away_twice_or_rings_on_is_one_call_with_one_log() {
    let mut desk = busy();
    calls(&mut desk, "c2", "Sales", false);
    calls(&mut desk, "c2", "Sales", true);
    desk.finds(&[]);
    let missed = desk.snapshot().problems.iter().filter(|problem| problem.kind == ProblemKind::Missed).count();
    assert_eq!(missed, 1, "told once");
    let (request, ..) = desk.log();
    desk.saves(request, "00T2");
    calls(&mut desk, "c2", "Sales", true);
    desk.report(PhoneReport::Sync { calls: vec![connected("c1"), ringing("c2")] });
    assert_eq!(desk.snapshot().calls.len(), 2, "it rings there in spite of all");
    let id = desk.call().id;
    desk.agent(AgentCommand::Decline(id)).cleared("c2", Cause::Declined).passes(6_000);
    while let Some((request, record, _)) = desk.try_log() {
        assert_eq!(record.as_deref(), Some("00T2"));
        desk.saves(request, "00T2");
    }
}

/// The page dies in a call; what the next one says its phone system can do.
fn reloaded(survives: bool) -> Desk {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "half".into()));
    let mut next = desk.reloaded(settings());
    next.crm(CrmReport::State(CrmState::Ready));
    next.report(PhoneReport::Account { identity: "1001".into() });
    let capabilities = Capabilities { calls_survive_reload: survives, ..Capabilities::all() };
    next.report(PhoneReport::Capabilities { capabilities });
    next
}

#[test]
fn where_calls_end_with_their_page_the_next_one_writes_them_up_at_once() {
    for (survives, phase) in [(true, Phase::Connected), (false, Phase::WrapUp)] {
        let mut desk = reloaded(survives);
        assert_eq!(desk.call().phase, Phase::Connected, "not before the phone system is there");
        desk.report(PhoneReport::Service { state: PhoneState::Ready, detail: Private::default() });
        assert_eq!((desk.call().phase, desk.call().draft.notes.reveal()), (phase, "half"));
        assert_eq!(desk.snapshot().phone.calls_survive_reload, survives);
    }
}

#[test]
fn where_calls_end_with_their_page_it_does_not_matter_when_it_is_known_whose_they_were() {
    let mut desk = Desk::new();
    desk.talks("c1");
    let mut next = desk.reloaded(settings());
    next.report(PhoneReport::Capabilities { capabilities: Capabilities { calls_survive_reload: false, ..Capabilities::all() } });
    next.report(PhoneReport::Service { state: PhoneState::Ready, detail: Private::default() });
    next.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(next.call().phase, Phase::WrapUp);
}

#[test]
fn a_call_of_this_page_goes_on_where_calls_end_with_their_page() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Capabilities { capabilities: Capabilities { calls_survive_reload: false, ..Capabilities::all() } });
    desk.talks("c1");
    for state in [PhoneState::Reconnecting, PhoneState::Ready] {
        desk.report(PhoneReport::Service { state, detail: Private::default() });
    }
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn whether_a_blind_transfer_gives_the_caller_back_is_told() {
    for returns in [true, false] {
        let mut desk = Desk::new();
        desk.report(PhoneReport::Capabilities { capabilities: Capabilities { blind_transfer_returns: returns, ..Capabilities::all() } });
        assert_eq!(desk.snapshot().phone.blind_transfer_returns, returns);
    }
}
