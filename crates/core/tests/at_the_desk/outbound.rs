//! Calls that go out.

use crate::desk::{Desk, contact, dial, settings};
use hookswitch_core::settings::LogWhen;
use hookswitch_core::{
    AgentCommand, AgentState, CallKind, Cause, ConnectionState, CrmCommand, CrmReport, Direction, Party, Phase, PhoneCall, PhoneCommand,
    PhoneReport, PhoneState, Private, ProblemKind, Recording, Refusal, RefusedReason, Sound, WantedUse,
};

fn dials(desk: &mut Desk, number: &str) -> hookswitch_core::RequestId {
    desk.agent(dial(number));
    desk.request_of(|output| matches!(output, hookswitch_core::Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }))
}

#[test]
fn a_dialed_call_goes_from_initiated_through_ringing_to_connected() {
    let mut desk = Desk::new();
    desk.agent(dial("(415) 555-0123"));
    let made = PhoneCommand::MakeCall { to: "4155550123".into(), record: String::new(), consults: None };
    assert_eq!(desk.phone_commands(), [made]);
    assert_eq!(desk.call().phase, Phase::Initiated);
    let request = desk.request_of(|output| matches!(output, hookswitch_core::Output::Phone { .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::NetworkReached { call: "o1".into(), early_media: false });
    assert_eq!((desk.call().phase, desk.sounds()), (Phase::Delivered, vec![Sound::Ringback]));
    assert_eq!(desk.call().connections[1].state, ConnectionState::Alerting);
    desk.report(PhoneReport::Done { request }).established("o1");
    assert_eq!((desk.call().phase, desk.sounds()), (Phase::Connected, vec![Sound::Ringback, Sound::Silence]));
}

#[test]
fn early_media_is_heard_instead_of_our_own_ringback() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "4155550123");
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::NetworkReached { call: "o1".into(), early_media: true });
    assert_eq!(desk.sounds(), []);
}

#[test]
fn a_clicked_number_opens_the_panel_then_dials_for_its_record() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::ClickToDial { number: "(415) 555-0100 x12".into(), record: Some(contact("003A")) });
    assert_eq!(desk.crm_commands()[0], CrmCommand::ShowPanel);
    assert!(desk.phone_commands().contains(&PhoneCommand::MakeCall { to: "4155550100".into(), record: "003A".into(), consults: None }));
    assert_eq!(desk.call().record, Some(contact("003A")));
    assert!(!desk.call().searching, "the record is known");
}

#[test]
fn a_double_click_is_one_call_and_a_click_while_dialing_is_refused_in_words() {
    let mut desk = Desk::new();
    let click = || CrmReport::ClickToDial { number: "415 555 0100".into(), record: None };
    desk.crm(click()).crm(click());
    assert_eq!((desk.snapshot().calls.len(), desk.snapshot().problems.len()), (1, 0));
    desk.crm(CrmReport::ClickToDial { number: "415 555 0111".into(), record: None });
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::ClickRefused { code: "inProgress" });
}

#[test]
fn each_failure_is_told_by_its_cause() {
    for cause in [Cause::Busy, Cause::NoAnswer, Cause::InvalidNumber, Cause::Rejected, Cause::NetworkLost, Cause::MediaFailure] {
        let mut desk = Desk::new();
        let request = dials(&mut desk, "4155550123");
        desk.report(PhoneReport::Originated { request, call: "o1".into() });
        desk.report(PhoneReport::Failed { call: "o1".into(), cause });
        let snapshot = desk.snapshot();
        assert!(snapshot.calls.is_empty(), "no wrap-up by default");
        assert_eq!(snapshot.problems[0].kind, ProblemKind::CallEnded { cause });
        assert_eq!(snapshot.agent.state, AgentState::Ready, "the state before the call");
    }
}

#[test]
fn a_failed_call_has_wrap_up_with_its_cause_chosen_where_the_settings_say() {
    let mut settings = settings();
    settings.wrap_up.after_failed_outbound = true;
    let mut desk = Desk::with(settings);
    let request = dials(&mut desk, "4155550123");
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: Cause::NoAnswer });
    assert_eq!((desk.call().phase, desk.call().draft.disposition.as_deref()), (Phase::WrapUp, Some("No answer")));
}

#[test]
fn a_call_that_cannot_be_made_ends_with_the_reason() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "4155550123");
    desk.report(PhoneReport::Refused { request, reason: RefusedReason::Media, detail: "".into() });
    assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::CallEnded { cause: Cause::MediaFailure });
}

#[test]
fn hanging_up_before_the_call_has_a_name_reaches_it_as_soon_as_it_has() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "4155550123");
    let id = desk.call().id;
    desk.agent(AgentCommand::Clear(id));
    assert_eq!(desk.phone_commands(), []);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    assert_eq!(desk.phone_commands(), [PhoneCommand::ClearConnection { call: "o1".into() }]);
    desk.cleared("o1", Cause::Normal);
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_hang_up_without_an_answer_frees_the_line_and_asks_for_the_truth() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.seen.clear();
    desk.agent(AgentCommand::Clear(id)).passes(5_000);
    assert_eq!(desk.call().phase, Phase::WrapUp);
    assert!(desk.phone_commands().contains(&PhoneCommand::Sync));
}

#[test]
fn force_end_always_frees_the_line_here() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.report(PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() });
    assert_eq!(desk.try_agent(AgentCommand::Clear(id)), Err(Refusal::Offline));
    desk.agent(AgentCommand::ForceEnd(id));
    assert_eq!(desk.call().phase, Phase::WrapUp);
}

#[test]
fn what_cannot_be_dialed_is_refused_and_changes_nothing() {
    let mut desk = Desk::new();
    let before = desk.snapshot();
    assert_eq!(desk.try_agent(dial("call me")), Err(Refusal::InvalidNumber));
    assert_eq!(desk.snapshot(), before);
    let mut none = settings();
    none.provider = None;
    assert_eq!(Desk::with(none).try_agent(dial("4155550123")), Err(Refusal::NoPhone));
    assert_eq!(Desk::cold(settings()).try_agent(dial("4155550123")), Err(Refusal::Offline));
    let mut one_line = settings();
    one_line.calls.lines = 1;
    desk = Desk::with(one_line);
    desk.talks("c1");
    assert_eq!(desk.try_agent(dial("4155550123")), Err(Refusal::Busy));
}

#[test]
fn a_colleague_is_an_internal_call_and_by_default_not_logged() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "1002");
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").passes(3_000);
    assert_eq!(desk.call().kind, CallKind::Internal);
    desk.cleared("o1", Cause::Normal);
    assert!(desk.snapshot().calls.is_empty() && desk.try_log().is_none());
    let mut settings = settings();
    settings.log.when.internal = LogWhen::Answered;
    let mut desk = Desk::with(settings);
    let request = dials(&mut desk, "1002");
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").finds(&[]);
    assert_eq!(desk.log().2.kind, Some(CallKind::Internal));
}

#[test]
fn a_dialed_call_nobody_reports_on_ends_by_itself() {
    for reached in [false, true] {
        let mut desk = Desk::new();
        let request = dials(&mut desk, "4155550123");
        desk.report(PhoneReport::Originated { request, call: "o1".into() });
        if reached {
            desk.report(PhoneReport::NetworkReached { call: "o1".into(), early_media: false });
        }
        desk.passes(300_000);
        assert!(desk.snapshot().calls.is_empty());
        assert_eq!(desk.snapshot().problems[0].kind, ProblemKind::CallEnded { cause: Cause::NoAnswer });
    }
}

#[test]
fn an_extension_is_dialed_after_the_answer_and_only_then() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "+1 650 253 0000 x136");
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).passes(5_000);
    desk.seen.clear();
    desk.established("o1").passes(1_999);
    assert_eq!(desk.phone_commands(), []);
    desk.passes(1);
    assert_eq!(desk.phone_commands(), [PhoneCommand::GenerateDigits { call: "o1".into(), digits: "136".into() }]);
    desk.passes(20_000);
    assert_eq!(desk.phone_commands().len(), 1, "once");
}

#[test]
fn nobody_is_sent_or_added_to_a_number_whose_extension_nobody_could_dial() {
    let (whole, with_extension) = (Private::from("+1 650 253 0000"), Private::from("+1 650 253 0000 x136"));
    let mut desk = Desk::new();
    desk.rings("c1");
    let id = desk.call().id;
    desk.seen.clear();
    assert_eq!(desk.try_agent(AgentCommand::Deflect(id, with_extension.clone())), Err(Refusal::ExtensionNeedsCall));
    desk.agent(AgentCommand::Answer(id)).established("c1");
    let commands = [AgentCommand::SingleStepConference, AgentCommand::SingleStepTransfer];
    desk.seen.clear();
    for command in commands {
        assert_eq!(desk.try_agent(command(id, with_extension.clone())), Err(Refusal::ExtensionNeedsCall));
    }
    assert_eq!(desk.phone_commands(), [], "nothing is asked for");
    // Dialed by a call of its own, the extension is kept, and without one nothing is in the way.
    desk.agent(AgentCommand::SingleStepTransfer(id, whole));
    assert_eq!(desk.phone_commands().len(), 1);
}

#[test]
fn a_clicked_number_with_an_extension_can_be_asked_but_not_given_the_call() {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.crm(CrmReport::ClickToDial { number: "+1 650 253 0000 x136".into(), record: None });
    let uses = desk.snapshot().wanted.expect("it is offered").uses;
    let of = |to| uses.iter().find(|one| one.to == to).expect("listed").refused;
    assert_eq!((of(WantedUse::Call), of(WantedUse::Consult)), (None, None));
    assert_eq!((of(WantedUse::Transfer), of(WantedUse::Add)), (Some("extensionNeedsCall"), Some("extensionNeedsCall")));
}

#[test]
fn an_extension_waits_while_the_call_is_on_hold() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "+1 650 253 0000 x136");
    desk.report(PhoneReport::Originated { request, call: "o1".into() }).established("o1").held("o1").passes(5_000);
    let digits =
        |desk: &Desk| desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::GenerateDigits { .. })).count();
    assert_eq!(digits(&desk), 0);
    desk.report(PhoneReport::Retrieved { call: "o1".into(), by: hookswitch_core::Side::Agent }).passes(0);
    assert_eq!(digits(&desk), 1);
}

#[test]
fn a_dialed_call_gets_its_name_although_its_answer_overtakes_it() {
    let mut desk = Desk::new();
    let request = dials(&mut desk, "+14155550177");
    desk.report(PhoneReport::Done { request }).report(PhoneReport::Originated { request, call: "k1".into() }).established("k1");
    assert_eq!(desk.call().phase, Phase::Connected);
}

#[test]
fn a_dialed_call_whose_name_got_lost_is_found_by_the_sync_and_not_made_twice() {
    let mut desk = Desk::new();
    dials(&mut desk, "+14155550177");
    let listed = PhoneCall {
        call: "k1".into(),
        party: Party { number: "+14155550177".into(), name: Private::default() },
        called: Private::default(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Outbound,
        direction: Direction::Out,
        state: ConnectionState::Connected,
        far_state: ConnectionState::Connected,
        muted: false,
        age_ms: 9_000,
        answered_ms: Some(2_000),
        record: String::new(),
        parties: Vec::new(),
        recording: Recording::Off,
        consults: None,
        owns_log: false,
    };
    desk.report(PhoneReport::Sync { calls: vec![listed] });
    let phases: Vec<_> = desk.snapshot().calls.iter().map(|call| call.phase).collect();
    assert_eq!(phases, [Phase::Connected]);
    desk.cleared("k1", Cause::Normal);
    assert_eq!(desk.call().phase, Phase::WrapUp);
}
