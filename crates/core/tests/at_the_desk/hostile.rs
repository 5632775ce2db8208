//! A phone system that lies, doubles, reorders and forgets, clocks that jump, pages that go: nobody is dropped, overheard or lost.

use crate::desk::{Desk, contact, delivered, settings};
use crate::restart::listed;
use hookswitch_core::settings::{LogWhen, PopWhen};
use hookswitch_core::{
    AgentCommand, AgentState, CallId, CallKind, CallView, Cause, ConnectionState, CrmCommand, CrmFailure, CrmReport, Direction, Input, Now,
    Output, Party, Phase, PhoneCall, PhoneCommand, PhoneParty, PhoneReport, PhoneState, PopTarget, Private, Refusal, RefusedReason,
    RequestId, Side,
};

const HOUR: u64 = 3_600_000;

fn dial(number: &str) -> AgentCommand {
    AgentCommand::Dial { number: number.into(), source: hookswitch_core::DialSource::DialPad }
}

fn view(desk: &Desk, id: CallId) -> Option<CallView> {
    desk.snapshot().calls.into_iter().find(|call| call.id == id)
}

fn phase(desk: &Desk, id: CallId) -> Option<Phase> {
    view(desk, id).map(|call| call.phase)
}

fn newest_request(desk: &mut Desk) -> RequestId {
    desk.request_of(|output| matches!(output, Output::Phone { .. }))
}

fn clears(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::ClearConnection { .. })).count()
}

fn asks_for_truth(desk: &Desk) -> bool {
    desk.phone_commands().contains(&PhoneCommand::Sync)
}

fn ringing(name: &str) -> PhoneCall {
    PhoneCall { answered_ms: None, ..listed(name, ConnectionState::Alerting) }
}

fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

/// Dials while nothing else is at hand, and gets connected.
fn calls_out(desk: &mut Desk, name: &str) -> CallId {
    desk.agent(dial("4155550123"));
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: name.into() }).established(name);
    desk.call().id
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
fn a_name_used_again_is_a_new_call_and_not_the_one_freed_by_force() {
    let mut desk = Desk::new();
    let first = desk.talks("line1");
    desk.agent(AgentCommand::ForceEnd(first)).agent(AgentCommand::FinishWrapUp(first));
    let second = desk.talks("line1");
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![connected("line1")] });
    assert_eq!((phase(&desk, second), clears(&desk)), (Some(Phase::Connected), 0), "the next customer is not hung up on");
}

#[test]
fn a_dialed_call_never_gets_the_name_of_another() {
    let mut desk = Desk::new();
    let customer = desk.talks("c1");
    desk.agent(dial("4155550123")).held("c1");
    let (second, request) = (desk.call().id, newest_request(&mut desk));
    let named = PhoneReport::Originated { request, call: "c1".into() };
    assert_eq!(desk.try_put(Input::Phone(named)), Err(Refusal::StrayAnswer));
    desk.seen.clear();
    desk.agent(AgentCommand::Clear(second)).passes(6_000);
    assert_eq!((phase(&desk, customer), clears(&desk)), (Some(Phase::Held), 0), "whoever waits is not dropped for it");
}

#[test]
fn a_dialed_call_is_named_once() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    let doubled = PhoneReport::Originated { request, call: "o2".into() };
    assert_eq!(desk.try_put(Input::Phone(doubled)), Err(Refusal::StrayAnswer));
    desk.established("o1");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn done_may_come_before_the_name() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request });
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn a_dialed_call_that_lost_its_name_is_found_in_the_list() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    let id = desk.call().id;
    desk.agent(AgentCommand::SetNotes(id, "first try".into()));
    let mut there = connected("o1");
    (there.direction, there.party.number) = (Direction::Out, "4155550123".into());
    desk.report(PhoneReport::Sync { calls: vec![there] });
    assert_eq!((desk.snapshot().calls.len(), phase(&desk, id)), (1, Some(Phase::Connected)));
}

#[test]
fn an_empty_list_of_parties_drops_nobody() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Parties { call: "c1".into(), parties: vec![] });
    assert_eq!((phase(&desk, id), clears(&desk)), (Some(Phase::Connected), 0), "nobody was ever listed, so nobody has left");
    assert!(asks_for_truth(&desk));
    desk.rings_from("c2", "+14155550111");
    desk.report(PhoneReport::Parties { call: "c2".into(), parties: vec![] });
    assert_eq!((desk.call().phase, clears(&desk)), (Phase::Alerting, 0));
}

#[test]
fn two_calls_that_became_one_without_a_list_show_everybody() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.agent(AgentCommand::Conference(first, second));
    desk.report(PhoneReport::Conferenced { calls: vec!["c1".into(), "c2".into()], call: "x".into(), parties: vec![] });
    let call = view(&desk, first).expect("it goes on");
    let numbers: Vec<_> = call.connections.iter().skip(1).map(|one| one.party.number.reveal().to_owned()).collect();
    assert_eq!(numbers, ["+14155550100", "+14155550111"]);
}

#[test]
fn a_lost_hang_up_of_the_agent_is_asked_for_again() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::Clear(id)).passes(5_000);
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp), "and it does not come back");
    assert_eq!(desk.snapshot().calls.len(), 1);
}

#[test]
fn whoever_is_freed_by_force_is_looked_after_until_gone() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.agent(AgentCommand::ForceEnd(id));
    assert!(asks_for_truth(&desk), "the hang-up may get lost, and the line must not stay open unseen");
}

#[test]
fn a_list_that_comes_late_does_not_lose_a_call_for_good() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![] });
    assert!(asks_for_truth(&desk), "it may be older than the call");
    desk.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![] }).report(PhoneReport::Sync { calls: vec![] });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "asked once, not for ever");
}

#[test]
fn a_call_nobody_announced_is_asked_about() {
    let mut desk = Desk::new();
    let stray = PhoneReport::Established { call: "ghost".into(), party: None };
    assert_eq!(desk.try_put(Input::Phone(stray)), Err(Refusal::StrayReport));
    assert_eq!(desk.phone_commands(), [], "its own report may be right behind");
    desk.passes(1_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync]);
    desk.passes(100_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "once");
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

#[test]
fn a_call_does_not_answer_itself_over_another_conversation() {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(10);
    let mut desk = Desk::with(settings);
    desk.rings("c1");
    let customer = calls_out(&mut desk, "o1");
    desk.seen.clear();
    desk.passes(10_000);
    assert_eq!(desk.phone_commands(), [], "nobody is put on hold unasked");
    assert_eq!(phase(&desk, customer), Some(Phase::Connected));
}

#[test]
fn a_refused_transfer_does_not_leave_two_customers_on_one_voice() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.agent(AgentCommand::Transfer(first, second));
    let request = newest_request(&mut desk);
    desk.rings_from("c3", "+14155550122").established("c3");
    desk.seen.clear();
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c2".into() }], "the third was answered meanwhile at another device");
    let hold = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request: hold, reason: RefusedReason::NotNow, detail: "".into() });
    assert_eq!(desk.phone_commands(), [], "not again and again");
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
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::Refused { code: "X".into(), detail: "".into() } });
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
fn an_old_refusal_does_not_undo_a_newer_state() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let first = newest_request(&mut desk);
    desk.agent(AgentCommand::SetNotReady("Break".into()));
    let second = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request: first, reason: RefusedReason::NotPermitted, detail: "".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Break".into() });
    desk.report(PhoneReport::Refused { request: second, reason: RefusedReason::NotPermitted, detail: "".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready, "the last one the phone system took");
}

#[test]
fn two_who_insist_on_a_state_do_not_flood_each_other() {
    let mut desk = Desk::new();
    desk.agent(dial("4155550123"));
    desk.seen.clear();
    for _ in 0..50 {
        desk.report(PhoneReport::AgentState { ready: false, reason: "Outbound".into() });
    }
    assert_eq!(desk.phone_commands().len(), 1);
    assert_eq!(desk.snapshot().agent.state, AgentState::Busy);
}

#[test]
fn whose_phone_it_is_may_be_told_after_its_calls() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "half".into())).agent(AgentCommand::SetNotReady("Lunch".into()));
    let mut next = desk.reloaded(settings());
    next.report(PhoneReport::Capabilities { capabilities: crate::desk::all_capabilities() });
    next.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
    next.report(PhoneReport::Sync { calls: vec![connected("c1")] });
    next.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(next.snapshot().calls.len(), 1, "one call, not two of one name");
    assert_eq!((next.call().phase, next.call().draft.notes.reveal()), (Phase::Connected, "half"));
}

#[test]
fn a_record_that_comes_with_a_transferred_call_opens_also_where_answered_calls_open_it() {
    let mut settings = settings();
    settings.pop.when.inbound = PopWhen::Answered;
    let mut desk = Desk::with(settings);
    desk.talks("c1");
    desk.seen.clear();
    desk.report(PhoneReport::Transferred {
        call: "c1".into(),
        by: Side::Party,
        other: None,
        party: Some(Party { number: "+14155550177".into(), name: Private::default() }),
        kind: Some(CallKind::Inbound),
        record: "003B".into(),
    });
    assert!(desk.crm_commands().contains(&CrmCommand::Pop { target: PopTarget::Record { id: "003B".into() } }));
}

#[test]
fn a_party_that_still_rings_is_not_said_to_be_on_hold() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    let party = |name: &str, state| PhoneParty { id: name.into(), party: Party::default(), state, muted: false };
    let parties = vec![party("p1", ConnectionState::Connected), party("p2", ConnectionState::Alerting)];
    desk.report(PhoneReport::Parties { call: "c1".into(), parties });
    let who = |at: usize| desk.call().connections[at].id.expect("a number");
    let (there, rings) = (who(1), who(2));
    assert_eq!(desk.try_agent(AgentCommand::HoldParty(id, rings)), Err(Refusal::NotConnected(id)));
    assert_eq!(desk.try_agent(AgentCommand::RetrieveParty(id, there)), Err(Refusal::AlreadySo(id)));
}

#[test]
fn a_call_listed_as_gone_is_gone() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Null)] });
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_call_said_to_be_about_itself_is_an_ordinary_call() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: vec![PhoneCall { consults: Some("c1".into()), ..connected("c1") }] });
    assert_eq!(desk.call().consults, None);
    desk.cleared("c1", Cause::Normal);
    assert_eq!(desk.call().phase, Phase::WrapUp, "a customer's call, with its wrap-up");
}

#[test]
fn another_agent_at_the_same_page_does_not_find_the_drafts_of_the_first() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "private".into())).cleared("c1", Cause::Normal);
    desk.report(PhoneReport::Account { identity: "1002".into() });
    assert!(desk.snapshot().calls.is_empty() && desk.snapshot().logs.is_empty());
    desk.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(desk.call().draft.notes.reveal(), "private", "they wait for their owner");
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
fn a_transfer_nobody_here_asked_for_is_looked_into() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.seen.clear();
    let lie = PhoneReport::Transferred { call: "c1".into(), by: Side::Agent, other: None, party: None, kind: None, record: String::new() };
    desk.report(lie);
    assert!(asks_for_truth(&desk));
}

#[test]
fn another_agent_begins_as_the_settings_say_and_the_phone_system_hears_it() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    desk.seen.clear();
    desk.report(PhoneReport::Account { identity: "1002".into() });
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready);
    assert!(desk.phone_commands().contains(&PhoneCommand::SetAgentState { ready: true, reason: String::new() }));
}

#[test]
fn floods_are_bounded() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: (0..5_000).map(|number| connected(&format!("c{number}"))).collect() });
    assert_eq!(desk.snapshot().calls.len(), 64);
    for _ in 0..2_000 {
        desk.report(PhoneReport::DigitsGenerated { call: "c0".into(), digits: "12".into() });
    }
    assert_eq!(desk.snapshot().calls[0].digits.reveal().len(), 256);
    let endless = "1".repeat(100_000);
    desk.report(PhoneReport::Sync { calls: vec![] }).rings_from("n", &endless);
    assert!(desk.crm_commands().iter().all(|command| !matches!(command, CrmCommand::Search { text, .. } if text.reveal().len() > 900)));
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
