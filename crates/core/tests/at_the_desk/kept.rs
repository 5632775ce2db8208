//! What must not be lost or doubled: calls across a reload, drafts, notes, logs.

use crate::desk::{Desk, contact, delivered, dial, newest_request, settings, view};
use crate::restart::listed;
use hookswitch_core::settings::{LogWhen, Settings};
use hookswitch_core::{
    AgentCommand, CallKind, Cause, ConnectionState, CrmFailure, CrmReport, Direction, Input, Party, Phase, PhoneCall, PhoneCommand,
    PhoneParty, PhoneReport, PhoneState, Private, Refusal, Side,
};

pub(crate) fn clears(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::ClearConnection { .. })).count()
}

pub(crate) fn ringing(name: &str) -> PhoneCall {
    PhoneCall { answered_ms: None, ..listed(name, ConnectionState::Alerting) }
}

pub(crate) fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

#[test]
fn a_call_that_still_rings_after_a_reload_is_not_given_up() {
    let again: [fn() -> PhoneReport; 2] = [|| PhoneReport::Sync { calls: vec![ringing("c1")] }, || delivered("c1", "+14155550100")];
    for report in again {
        let mut desk = Desk::new();
        desk.rings("c1");
        let mut next = desk.reloaded(settings());
        next.phone_comes();
        next.seen.clear();
        next.report(report()).passes(11_000);
        assert_eq!((next.call().phase, clears(&next)), (Phase::Alerting, 0), "the caller rings on");
    }
}

#[test]
fn a_dialed_call_that_still_rings_after_a_reload_is_not_given_up() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::NetworkReached { call: "o1".into(), early_media: false });
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    let mut there = connected("o1");
    (there.direction, there.far_state, there.answered_ms) = (Direction::Out, ConnectionState::Alerting, None);
    next.report(PhoneReport::Sync { calls: vec![there] }).passes(11_000);
    assert_eq!((next.call().phase, clears(&next)), (Phase::Delivered, 0));
}

#[test]
fn the_log_of_a_call_at_hand_cannot_be_discarded_and_made_twice() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NoReply });
    let key = desk.snapshot().logs[0].key;
    assert_eq!(desk.try_agent(AgentCommand::DiscardLog(key)), Err(Refusal::InProgress(id)));
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.try_log().is_none(), "one may be in Salesforce already");
    desk.agent(AgentCommand::DiscardLog(key));
    assert!(desk.snapshot().logs.is_empty());
}

#[test]
fn a_refused_log_is_not_sent_again_as_it_was() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::Refused { code: "X".into(), detail: "".into(), fields: Vec::new() } });
    desk.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    assert!(desk.try_log().is_none());
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.try_log().is_some(), "what is new may be what was missing");
}

#[test]
fn what_the_agent_wrote_is_logged_whatever_became_of_the_call() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "calls for the third time".into())).cleared("c1", Cause::AnsweredElsewhere);
    desk.passes(5_000);
    assert_eq!(desk.log().2.notes.reveal(), "calls for the third time");

    let mut settings = settings();
    (settings.log.when.outbound, settings.wrap_up.after_failed_outbound) = (LogWhen::Answered, true);
    let mut desk = Desk::with(settings);
    desk.agent(dial("4155550123"));
    let (id, request) = (desk.call().id, newest_request(&mut desk));
    desk.report(PhoneReport::Originated { request, call: "o1".into() })
        .report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy });
    desk.agent(AgentCommand::SetNotes(id, "try on Monday".into())).agent(AgentCommand::FinishWrapUp(id)).passes(5_000);
    assert_eq!(desk.log().2.notes.reveal(), "try on Monday");
}

#[test]
fn a_call_dialed_in_the_last_moment_of_a_page_does_not_keep_the_line_when_the_phone_system_has_none() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    for known_first in [true, false] {
        let mut next = desk.reloaded(settings());
        if known_first {
            next.phone_comes();
        } else {
            next.report(PhoneReport::Capabilities { capabilities: crate::desk::all_capabilities() });
            next.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
            next.report(PhoneReport::Sync { calls: vec![] }).seen.clear();
            next.report(PhoneReport::Account { identity: "1001".into() });
            assert!(next.phone_commands().contains(&PhoneCommand::Sync), "the first list came too early");
        }
        assert_eq!(next.snapshot().calls.len(), 1);
        next.report(PhoneReport::Sync { calls: vec![] });
        assert!(next.snapshot().calls.is_empty());
        next.talks("c1");
        assert_eq!(next.call().phase, Phase::Connected, "the next one can be answered at once");
    }
    let mut named = desk.reloaded(settings());
    named.phone_comes();
    let there = PhoneCall {
        direction: Direction::Out,
        party: Party { number: "4155550123".into(), name: Private::default() },
        answered_ms: None,
        far_state: ConnectionState::Alerting,
        ..connected("o1")
    };
    named.report(PhoneReport::Sync { calls: vec![there] });
    assert_eq!(named.call().phase, Phase::Delivered, "and one that is there goes on");
}

#[test]
fn a_recording_that_comes_late_is_not_put_on_the_log_of_an_older_call_of_that_name() {
    let mut settings = settings();
    settings.log.custom_fields.insert("Recording__c".into(), hookswitch_core::settings::Template::parse("{recording}").unwrap());
    settings.wrap_up.seconds.inbound = 0;
    let recording = || PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() };
    let logged = || {
        let mut desk = Desk::with(settings.clone());
        desk.rings("c1").finds(&[]).established("c1").cleared("c1", Cause::Normal);
        while let Some((request, ..)) = desk.try_log() {
            desk.saves(request, "00T1");
        }
        desk
    };
    let updated = |desk: &mut Desk| desk.try_log().map(|(_, record, _)| record.unwrap_or_default());
    let mut desk = logged();
    desk.report(recording());
    assert_eq!(updated(&mut desk).as_deref(), Some("00T1"));
    // The phone system was restarted and counts from one again: a colleague's call, which is not logged, has the name now.
    let mut internal = delivered("c1", "1002");
    if let PhoneReport::Delivered { kind, .. } = &mut internal {
        *kind = CallKind::Internal;
    }
    let mut reused = logged();
    reused.report(internal).established("c1").cleared("c1", Cause::Normal).report(recording());
    assert_eq!(updated(&mut reused), None);
    let mut next_day = logged();
    next_day.passes(86_400_001).report(recording());
    assert_eq!(updated(&mut next_day), None);
    // Another phone of the same user.
    let mut by_user = logged();
    by_user.put(Input::Settings(Box::new(Settings { identity: crate::whose::by_user().identity, ..settings.clone() })));
    by_user.crm(crate::whose::user("005A")).report(PhoneReport::Account { identity: "1002".into() }).report(recording());
    assert_eq!(updated(&mut by_user), None);
}

#[test]
fn a_call_among_colleagues_that_was_taken_for_lost_and_comes_back_has_one_log() {
    let mut settings = settings();
    settings.log.when.internal = LogWhen::Always;
    let mut desk = Desk::with(settings);
    let mut internal = delivered("c1", "1002");
    if let PhoneReport::Delivered { kind, .. } = &mut internal {
        *kind = CallKind::Internal;
    }
    desk.report(internal).finds(&[]).established("c1");
    let id = desk.call().id;
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").agent(AgentCommand::SetNotes(id, "half".into()));
    desk.report(PhoneReport::Sync { calls: vec![] });
    assert!(desk.snapshot().calls.is_empty(), "colleagues have no wrap-up");
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    let there =
        || PhoneCall { kind: CallKind::Internal, party: Party { number: "1002".into(), name: Private::default() }, ..connected("c1") };
    let mut other = desk.reloaded(crate::desk::settings());
    other.phone_comes();
    desk.report(PhoneReport::Sync { calls: vec![there()] });
    assert_eq!((desk.call().id, desk.call().draft.notes.reveal()), (id, "half"));
    desk.agent(AgentCommand::SetNotes(id, "whole".into())).passes(3_000).cleared("c1", Cause::Normal);
    let mut last = None;
    while let Some((request, record, fields)) = desk.try_log() {
        assert_eq!(record.as_deref(), Some("00T1"), "one log");
        desk.saves(request, "00T1");
        last = Some(fields);
    }
    assert_eq!(last.map(|fields| (fields.notes.reveal().to_owned(), fields.completed)), Some(("whole".to_owned(), true)));
    // One that began later has only got the name of it.
    desk.passes(400_000).report(PhoneReport::Sync { calls: vec![PhoneCall { age_ms: 5_000, answered_ms: Some(1_000), ..there() }] });
    assert_ne!(desk.call().id, id);
}

#[test]
fn notes_of_a_consultation_without_a_log_go_to_the_call_it_was_about() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(customer, "wants a refund".into()));
    desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() }).held("c1");
    let (colleague, request) = (desk.call().id, newest_request(&mut desk));
    desk.report(PhoneReport::Originated { request, call: "k1".into() }).established("k1");
    desk.agent(AgentCommand::SetNotes(colleague, "finance says yes".into())).cleared("k1", Cause::Normal);
    let notes = view(&desk, customer).expect("it is there").draft.notes;
    assert_eq!(notes.reveal(), "wants a refund\nfinance says yes", "colleagues' calls are not logged, and nothing written is lost");
}

#[test]
fn a_consultation_a_conference_and_a_transfer_survive_a_reload_without_a_loss() {
    for (join, parties) in [(true, 2), (false, 1)] {
        let mut desk = Desk::new();
        let customer = desk.talks("c1");
        desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() }).held("c1");
        let (colleague, request) = (desk.call().id, newest_request(&mut desk));
        desk.report(PhoneReport::Originated { request, call: "k1".into() }).established("k1");
        desk.agent(if join { AgentCommand::Conference(customer, colleague) } else { AgentCommand::Transfer(customer, colleague) });
        let mut next = desk.reloaded(settings());
        next.phone_comes();
        let in_room = |name: &str, number: &str| PhoneParty {
            id: name.into(),
            party: Party { number: number.into(), name: Private::default() },
            state: ConnectionState::Connected,
            held_by: Side::Agent,
            muted: false,
        };
        let mut room = connected("x");
        room.parties = vec![in_room("p1", "+14155550100"), in_room("p2", "1002")];
        let mut asked = connected("k1");
        (asked.direction, asked.kind, asked.consults) = (Direction::Out, CallKind::Internal, Some("c1".into()));
        let calls = if join { vec![room] } else { vec![listed("c1", ConnectionState::Held), asked] };
        next.seen.clear();
        next.report(PhoneReport::Sync { calls });
        assert_eq!(clears(&next), 0, "nobody is hung up on");
        let live: Vec<_> = next.snapshot().calls.into_iter().filter(|call| call.duration_s.is_none()).collect();
        assert_eq!(live.iter().map(|call| call.connections.len() - 1).max(), Some(parties));
    }
}

#[test]
fn what_the_phone_system_takes_a_caller_for_is_shown_and_comes_back_after_a_reload() {
    let PhoneReport::Delivered { call, from, called, queue, kind, record, owns_log, .. } = delivered("c1", "+14155550100") else {
        unreachable!("that is what it makes")
    };
    let mut desk = Desk::new();
    desk.report(PhoneReport::Delivered { call, from, called, queue, segment: "Gold".into(), kind, record, owns_log });
    assert_eq!(desk.call().segment.reveal(), "Gold");
    let mut next = desk.reloaded(settings());
    next.phone_comes();
    next.report(PhoneReport::Sync { calls: vec![ringing("c1")] });
    assert_eq!(next.call().segment.reveal(), "Gold", "by what the page before knew");
    let mut new = Desk::new();
    new.report(PhoneReport::Sync { calls: vec![PhoneCall { segment: "Silver".into(), ..ringing("c2") }] });
    assert_eq!(new.call().segment.reveal(), "Silver", "by the phone system's own list");
}
