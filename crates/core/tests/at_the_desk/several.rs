//! Several calls of one agent: who has the voice, what waits, what is held first.

use crate::desk::{Desk, dial, newest_request, phase, settings};
use hookswitch_core::{
    AgentCommand, AgentState, CallId, Cause, CommandKind, Phase, PhoneCommand, PhoneReport, PhoneState, Private, ProblemKind, Refusal,
    RefusedReason, Side, Sound,
};

/// Two calls: the first on hold, the second connected.
fn two_calls(desk: &mut Desk) -> (CallId, CallId) {
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second)).held("c1").established("c2");
    desk.seen.clear();
    (first, second)
}

#[test]
fn answering_a_waiting_call_holds_the_active_one_first() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.seen.clear();
    desk.rings_from("c2", "+14155550111");
    assert_eq!(desk.sounds(), [Sound::CallWaiting], "softly, beside the other call");
    let second = desk.call().id;
    desk.seen.clear();
    desk.agent(AgentCommand::Answer(second));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }], "nobody may overhear");
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Holding), Some(Phase::Answering)));
    desk.seen.clear();
    desk.held("c1");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Answer { call: "c2".into() }]);
    desk.established("c2");
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Held), Some(Phase::Connected)));
}

#[test]
fn a_hold_that_is_refused_leaves_the_waiting_call_ringing() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.seen.clear();
    desk.agent(AgentCommand::Answer(second));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "glare".into() });
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Connected), Some(Phase::Alerting)));
    assert!(desk.phone_commands().iter().all(|command| !matches!(command, PhoneCommand::Answer { .. })), "the voice is never in two calls");
    let problem = desk.snapshot().problems[0].clone();
    assert_eq!(problem.kind, ProblemKind::CommandRefused { command: CommandKind::Hold, reason: RefusedReason::NotNow });
    assert_eq!(problem.detail, Private::from("glare"), "in the phone system's own words");
    assert_eq!(desk.snapshot().sound, Sound::CallWaiting);
}

#[test]
fn dialing_holds_the_active_call_and_is_given_up_when_that_fails() {
    let mut desk = Desk::new();
    let first = desk.talks("c1");
    desk.seen.clear();
    desk.agent(dial("4155550123"));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }]);
    let second = desk.call().id;
    desk.passes(10_000);
    assert_eq!(phase(&desk, second), None, "nothing was dialed");
    assert_eq!(phase(&desk, first), Some(Phase::Connected));
    assert!(desk.phone_commands().iter().all(|command| !matches!(command, PhoneCommand::MakeCall { .. })));
}

#[test]
fn giving_up_a_call_that_was_never_asked_for_ends_it_at_once() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.agent(dial("4155550123"));
    let second = desk.call().id;
    desk.agent(AgentCommand::Clear(second));
    assert_eq!(phase(&desk, second), None);
    desk.seen.clear();
    desk.held("c1");
    assert_eq!(desk.phone_commands(), [], "nothing is dialed any more");
}

#[test]
fn swapping_holds_one_and_takes_the_other_and_back_again() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.agent(AgentCommand::Alternate(first));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c2".into() }]);
    desk.seen.clear();
    desk.held("c2");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Retrieve { call: "c1".into() }]);
    desk.report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent });
    assert_eq!((phase(&desk, first), phase(&desk, second)), (Some(Phase::Connected), Some(Phase::Held)));
    desk.seen.clear();
    desk.agent(AgentCommand::Retrieve(second));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }], "resuming swaps, too");
    assert_eq!(desk.try_agent(AgentCommand::Alternate(first)), Err(Refusal::NotHeld(first)));
}

#[test]
fn the_active_call_ending_lets_the_waiting_answer_go_on() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call().id;
    desk.agent(AgentCommand::Answer(second));
    desk.seen.clear();
    desk.cleared("c1", Cause::Normal);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Answer { call: "c2".into() }]);
}

#[test]
fn a_phone_system_that_connects_two_calls_at_once_is_told_to_hold_the_first() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    desk.seen.clear();
    desk.established("c2");
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }]);
}

#[test]
fn a_hold_nobody_here_asked_for_is_believed_and_checked() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.held("c1");
    assert_eq!(phase(&desk, id), Some(Phase::Held));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync]);
}

#[test]
fn without_hold_there_is_one_conversation_at_a_time() {
    let mut desk = Desk::new();
    let mut capabilities = crate::desk::all_capabilities();
    capabilities.hold = false;
    desk.report(PhoneReport::Capabilities { capabilities });
    desk.talks("c1");
    desk.rings_from("c2", "+14155550111");
    let second = desk.call();
    assert_eq!(second.refused(CommandKind::Answer), Some("notSupported"));
    assert_eq!(second.refused(CommandKind::Decline), None);
    assert_eq!(desk.try_agent(dial("4155550123")), Err(Refusal::NotSupported));
}

#[test]
fn a_call_is_answered_by_itself_after_a_tone_if_the_agent_is_free() {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(0);
    let mut desk = Desk::with(settings);
    desk.rings("c1");
    assert_eq!(desk.sounds(), [Sound::AutoAnswer]);
    let at = desk.call().auto_answer.expect("it says when");
    assert_eq!(at, desk.now.wall + 1_000, "a tone is heard even when the settings say at once");
    desk.passes(999);
    assert_eq!(desk.phone_commands(), []);
    desk.passes(1);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Answer { call: "c1".into() }]);
    desk.established("c1").rings_from("c2", "+14155550111");
    assert_eq!(desk.call().auto_answer, None, "never while another call goes on");
}

#[test]
fn an_agent_who_is_not_ready_is_not_put_on_the_air() {
    let mut settings = settings();
    settings.calls.auto_answer.inbound = Some(2);
    let mut desk = Desk::with(settings);
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    desk.rings("c1");
    assert_eq!(desk.snapshot().sound, Sound::Ring);
    assert_eq!(desk.call().auto_answer, None);
}

#[test]
fn declining_and_going_not_ready_is_one_step_and_the_state_goes_first() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.seen.clear();
    desk.agent(AgentCommand::DeclineNotReady(id, "Lunch".into()));
    let state = PhoneCommand::SetAgentState { ready: false, reason: "Lunch".into() };
    assert_eq!(desk.phone_commands(), [state, PhoneCommand::Decline { call: "c1".into(), cause: Cause::Declined }]);
    desk.cleared("c1", Cause::Declined);
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Lunch".into() });
    desk.rings("c2");
    let unknown = AgentCommand::DeclineNotReady(desk.call().id, "Fishing".into());
    assert_eq!(desk.try_agent(unknown), Err(Refusal::UnknownReason("Fishing".into())));
}

#[test]
fn a_ringing_call_can_be_sent_to_another_number() {
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.seen.clear();
    desk.agent(AgentCommand::Deflect(id, "(415) 555-0177".into()));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Deflect { call: "c1".into(), to: "4155550177".into() }]);
    desk.cleared("c1", Cause::Deflected);
    assert!(desk.snapshot().problems.is_empty(), "it is not missed");
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_failed_outbound_call_does_not_make_an_agent_ready() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Break".into()));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request }).agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::Busy });
    desk.seen.clear();
    desk.report(PhoneReport::AgentState { ready: true, reason: String::new() });
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Break".into() });
    assert_eq!(
        desk.phone_commands(),
        [PhoneCommand::SetAgentState { ready: false, reason: "Break".into() }],
        "and the phone system hears it"
    );
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request });
    desk.passes(2_000).report(PhoneReport::AgentState { ready: true, reason: String::new() });
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready, "later it is somebody's wish");
}

#[test]
fn a_refused_state_shows_the_phone_systems_own_reason() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::NotPermitted, detail: "supervisor lock".into() });
    assert_eq!(desk.snapshot().problems[0].detail, Private::from("supervisor lock"));
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready);
}

#[test]
fn a_state_asked_for_in_a_call_waits_and_keeps_the_draft() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.agent(AgentCommand::SetNotes(first, "half a sentence".into()));
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    desk.cleared("c2", Cause::Normal).agent(AgentCommand::FinishWrapUp(second));
    assert_eq!(desk.snapshot().agent.pending, Some(AgentState::NotReady { reason: "Lunch".into() }));
    desk.cleared("c1", Cause::Normal);
    assert_eq!(desk.call().draft.notes, Private::from("half a sentence"));
    desk.agent(AgentCommand::FinishWrapUp(first));
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Lunch".into() });
}

#[test]
fn two_calls_in_wrap_up_keep_their_drafts_side_by_side() {
    let mut desk = Desk::new();
    let (first, second) = two_calls(&mut desk);
    desk.cleared("c1", Cause::Normal).cleared("c2", Cause::Normal);
    desk.agent(AgentCommand::SetNotes(first, "one".into())).agent(AgentCommand::SetNotes(second, "two".into()));
    desk.agent(AgentCommand::FinishWrapUp(first));
    let left = desk.snapshot().calls;
    assert_eq!(left.iter().map(|call| call.draft.notes.reveal()).collect::<Vec<_>>(), ["two"]);
}

#[test]
fn a_lost_hang_up_is_found_by_asking() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.passes(30_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "after half a minute at the latest");
    desk.report(PhoneReport::Sync { calls: vec![] });
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
}

#[test]
fn a_call_nobody_speaks_of_any_more_ends_here_and_is_not_dropped_there() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.report(PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() });
    desk.seen.clear();
    desk.passes(299_000);
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
    desk.passes(1_000);
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
    assert!(desk.phone_commands().iter().all(|command| *command == PhoneCommand::Sync));
}

#[test]
fn force_end_frees_the_line_for_good_while_the_phone_system_goes_on_listing_the_call() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::ForceEnd(id)).agent(AgentCommand::FinishWrapUp(id));
    desk.seen.clear();
    desk.report(PhoneReport::Sync { calls: vec![crate::restart::listed("c1", hookswitch_core::ConnectionState::Connected)] });
    assert!(desk.snapshot().calls.is_empty());
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "c1".into() }]);
}

#[test]
fn a_call_taken_for_lost_comes_back_as_itself_with_its_notes() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "half".into()));
    desk.report(PhoneReport::Sync { calls: vec![] });
    assert_eq!(phase(&desk, id), Some(Phase::WrapUp));
    desk.report(PhoneReport::Sync { calls: vec![crate::restart::listed("c1", hookswitch_core::ConnectionState::Connected)] });
    assert_eq!(phase(&desk, id), Some(Phase::Connected));
    assert_eq!((desk.snapshot().calls.len(), desk.call().draft.notes), (1, Private::from("half")));
}

#[test]
fn answer_works_the_two_hundredth_time_as_the_first() {
    let mut desk = Desk::new();
    for number in 0..200 {
        let name = format!("c{number}");
        let id = desk.talks(&name);
        assert_eq!(phase(&desk, id), Some(Phase::Connected), "call {number}");
        desk.cleared(&name, Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
        if let Some((request, ..)) = desk.try_log() {
            desk.saves(request, "00T1");
        }
        desk.seen.clear();
    }
}

#[test]
fn recording_is_what_the_phone_system_says_it_is() {
    use hookswitch_core::Recording;
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetRecording(id, Recording::On));
    assert_eq!(desk.call().recording, Recording::Off, "not before it is told");
    desk.report(PhoneReport::RecordingChanged { call: "c1".into(), state: Recording::On });
    assert_eq!(desk.call().recording, Recording::On);
    assert_eq!(desk.try_agent(AgentCommand::SetRecording(id, Recording::On)), Err(Refusal::AlreadySo(id)));
}
