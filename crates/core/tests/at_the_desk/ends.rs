//! How calls end: who writes, what is preset, what may come back, and what a wanted call becomes meanwhile.

use crate::desk::{Desk, dial, newest_request, settings, view};
use crate::restart::listed;
use hookswitch_core::settings::{DoNotCall, Settings};
use hookswitch_core::{
    AgentCommand, CallId, Cause, ConnectionState, CrmCommand, CrmReport, CrmState, MayCall, Output, Party, Phase, PhoneCall, PhoneCommand,
    PhoneReport, ProblemKind, RecordRef, WantedStage, WantedUse,
};

fn sync(desk: &mut Desk, calls: Vec<PhoneCall>) {
    desk.report(PhoneReport::Sync { calls });
}

fn connected(name: &str) -> PhoneCall {
    listed(name, ConnectionState::Connected)
}

fn without_wrap_up() -> Settings {
    let mut settings = settings();
    settings.wrap_up.seconds.inbound = 0;
    settings
}

/// A dialed call that fails, with wrap-up, where the agent had chosen `choice` before.
fn fails(cause: Cause, choice: Option<&str>) -> Option<String> {
    let mut settings = settings();
    settings.wrap_up.after_failed_outbound = true;
    let mut desk = Desk::with(settings);
    desk.agent(dial("4155550123"));
    let (id, request) = (desk.call().id, newest_request(&mut desk));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.agent(AgentCommand::SetDisposition(id, choice.map(String::from)));
    desk.report(PhoneReport::Failed { call: "o1".into(), cause });
    desk.call().draft.disposition
}

#[test]
fn the_outcome_of_a_failed_call_is_preset_where_it_is_on_the_list_and_the_agent_chose_none() {
    assert_eq!(fails(Cause::NoAnswer, None).as_deref(), Some("No answer"));
    assert_eq!(fails(Cause::NoAnswer, Some("Left message")).as_deref(), Some("Left message"));
    assert_eq!(fails(Cause::Busy, None), None, "there is no such choice");
}

#[test]
fn wrap_up_after_failed_calls_is_for_those_the_agent_dialed() {
    let mut settings = settings();
    settings.wrap_up.after_failed_outbound = true;
    let mut desk = Desk::with(settings);
    desk.rings("c1").cleared("c1", Cause::Abandoned);
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn where_a_choice_is_mandatory_and_no_time_is_set_the_wrap_up_waits_for_it() {
    let mut settings = without_wrap_up();
    settings.wrap_up.mandatory.inbound = true;
    let mut desk = Desk::with(settings);
    let id = desk.talks("c1");
    desk.cleared("c1", Cause::Normal).passes(3_600_000);
    assert_eq!(desk.call().wrap_up.map(|wrap_up| wrap_up.deadline), Some(None));
    desk.agent(AgentCommand::SetDisposition(id, Some("Resolved".into()))).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn a_call_that_was_hung_up_does_not_come_back_and_a_lost_one_does_beside_another() {
    let mut desk = Desk::with(without_wrap_up());
    let id = desk.talks("c1");
    desk.finds(&[]).cleared("c1", Cause::Normal);
    sync(&mut desk, vec![connected("c1")]);
    assert!(desk.snapshot().calls.len() == 1 && desk.call().id != id);
    let mut desk = Desk::with(without_wrap_up());
    let id = desk.talks("c1");
    desk.finds(&[]);
    sync(&mut desk, vec![]);
    desk.rings("c2");
    sync(&mut desk, vec![PhoneCall { answered_ms: None, ..listed("c2", ConnectionState::Alerting) }, connected("c1")]);
    assert!(view(&desk, id).is_some(), "the name of another is not its own");
}

#[test]
fn a_freed_call_stays_away_also_where_the_phone_system_does_not_say_when_it_began() {
    let mut desk = Desk::new();
    desk.rings("c1").agent(AgentCommand::ForceEnd(CallId(1))).passes(1_000);
    sync(&mut desk, vec![PhoneCall { age_ms: 0, ..connected("c1") }]);
    assert!(desk.snapshot().calls.is_empty());
    sync(&mut desk, vec![PhoneCall { age_ms: 1_000, ..connected("c1") }]);
    assert!(desk.snapshot().calls.is_empty());
    sync(&mut desk, vec![PhoneCall { age_ms: 500, ..connected("c1") }]);
    assert_eq!(desk.snapshot().calls.len(), 1, "it began since, and has only got the name");
}

#[test]
fn the_duration_is_mended_also_of_a_call_that_has_been_going_on() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.passes(10_000);
    desk.now.wall += 600_000;
    sync(&mut desk, vec![PhoneCall { answered_ms: Some(610_000), ..connected("c1") }]);
    desk.cleared("c1", Cause::Normal);
    assert_eq!(view(&desk, id).and_then(|call| call.duration_s), Some(610));
}

#[test]
fn a_call_is_answered_by_itself_after_the_seconds_of_the_settings_and_a_tone_at_least() {
    for (seconds, tone) in [(3, 3_000), (0, 1_000)] {
        let mut settings = settings();
        settings.calls.auto_answer.inbound = Some(seconds);
        let mut desk = Desk::with(settings);
        let answered = |desk: &Desk| desk.phone_commands().contains(&PhoneCommand::Answer { call: "c1".into() });
        desk.rings("c1").passes(tone - 1);
        assert!(!answered(&desk));
        desk.passes(1);
        assert!(answered(&desk));
    }
}

#[test]
fn an_account_told_again_changes_nothing() {
    let mut settings = settings();
    settings.log.custom_fields.insert("Recording__c".into(), hookswitch_core::settings::Template::parse("{recording}").unwrap());
    let mut desk = Desk::with(settings);
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").seen.clear();
    desk.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(desk.phone_commands(), []);
    desk.report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
    assert!(desk.try_log().is_some(), "the names of its calls are what they were");
}

#[test]
fn a_phone_that_is_on_its_way_is_asked_nothing() {
    let mut desk = Desk::cold(settings());
    for state in [hookswitch_core::PhoneState::Connecting, hookswitch_core::PhoneState::Failed] {
        desk.report(PhoneReport::Service { state, detail: "".into() });
    }
    assert_eq!(desk.phone_commands(), []);
}

fn asks(desk: &Desk) -> usize {
    desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::AskMayCall { .. })).count()
}

#[test]
fn a_double_click_asks_once_whether_a_customer_may_be_called_and_another_number_asks_anew() {
    let mut desk = Desk::new();
    desk.asks = true;
    let click = |number: &str| CrmReport::ClickToDial { number: number.into(), record: None };
    desk.crm(click("415 555 0100")).crm(click("(415) 555-0100"));
    assert_eq!(asks(&desk), 1);
    desk.crm(click("415 555 0111"));
    assert_eq!(asks(&desk), 2);
}

#[test]
fn who_asked_not_to_be_called_is_called_by_a_second_word_within_a_minute() {
    let flagged = || {
        let mut settings = settings();
        settings.dialing.do_not_call = DoNotCall::Warn;
        let mut desk = Desk::with(settings);
        desk.asks = true;
        desk.agent(dial("4155550123"));
        let request = desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::AskMayCall { .. }, .. }));
        desk.crm(CrmReport::MayCall {
            request,
            answer: MayCall::Flagged { record: RecordRef { id: "003A".into(), ..RecordRef::default() } },
        });
        desk
    };
    let mut desk = flagged();
    let wanted = desk.snapshot().wanted.expect("the agent is asked");
    assert_eq!((wanted.stage, wanted.uses.iter().map(|one| one.to).collect::<Vec<_>>()), (WantedStage::Flagged, vec![WantedUse::Anyway]));
    desk.agent(AgentCommand::UseWanted(WantedUse::Anyway));
    assert_eq!(desk.snapshot().calls.len(), 1);
    let mut desk = flagged();
    desk.passes(59_999);
    assert!(desk.snapshot().wanted.is_some());
    desk.passes(1);
    assert_eq!((desk.snapshot().wanted, desk.snapshot().calls.len()), (None, 0));
}

#[test]
fn a_call_that_rang_for_ever_is_told_as_lost_and_not_as_missed() {
    let mut desk = Desk::new();
    desk.rings("c1").passes(300_000);
    let problems: Vec<_> = desk.snapshot().problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(problems, [ProblemKind::CallEnded { cause: Cause::Lost }]);
}

#[test]
fn a_late_recording_is_not_put_on_a_wrap_up_whose_calls_name_was_taken_since() {
    let mut settings = settings();
    settings.log.custom_fields.insert("Recording__c".into(), hookswitch_core::settings::Template::parse("{recording}").unwrap());
    let mut desk = Desk::with(settings);
    let id = desk.talks("c1");
    desk.finds(&[]).cleared("c1", Cause::Normal).rings("c1").cleared("c1", Cause::AnsweredElsewhere);
    desk.report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
    desk.agent(AgentCommand::FinishWrapUp(id));
    while let Some((request, _, fields)) = desk.try_log() {
        assert_eq!(fields.custom[0].1.reveal(), "");
        desk.saves(request, "00T1");
    }
}

#[test]
fn a_transfer_ends_no_call_that_waits_for_another_answer() {
    let mut desk = Desk::new();
    let (customer, colleague) = crate::joining::consults(&mut desk);
    desk.rings_from("c3", "+14155550111");
    let third = desk.call().id;
    desk.agent(AgentCommand::Transfer(customer, colleague)).agent(AgentCommand::Deflect(third, "1003".into()));
    desk.report(crate::joining::transferred("c1", "k1"));
    assert_eq!(view(&desk, third).map(|call| call.phase), Some(Phase::Clearing));
}

#[test]
fn the_phone_system_may_name_a_party_by_what_was_dialed_as_often_as_it_likes() {
    let mut settings = settings();
    settings.dialing.country = Some("US".into());
    (settings.dialing.apply_prefixes, settings.dialing.outside_prefix) = (true, "9".into());
    settings.dialing.long_distance_prefix = "1".into();
    let mut desk = Desk::with(settings);
    desk.agent(dial("415 555 0123"));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    let told = |number: &str| {
        let party = Some(Party { number: number.into(), name: "BOB".into() });
        PhoneReport::Established { call: "o1".into(), party }
    };
    let number = |desk: &Desk| desk.call().party().map(|party| party.party.number.reveal().to_owned());
    for _ in 0..2 {
        desk.report(told("914155550123"));
        assert_eq!(number(&desk).as_deref(), Some("+14155550123"));
    }
    desk.report(told("+14155550777")).report(told("914155550123"));
    assert_eq!(number(&desk).as_deref(), Some("914155550123"), "it is somebody else's by now");
}

#[test]
fn a_call_that_rang_too_long_is_turned_away_beside_another_that_goes_on_ringing() {
    let mut desk = Desk::new();
    desk.rings("c1").passes(1_000).rings_from("c2", "+14155550111").passes(299_000);
    let ends = |command: &&PhoneCommand| matches!(command, PhoneCommand::ClearConnection { .. } | PhoneCommand::Decline { .. });
    let commands = desk.phone_commands();
    let elsewhere = PhoneCommand::Decline { call: "c1".into(), cause: Cause::Busy };
    assert_eq!(commands.iter().filter(ends).collect::<Vec<_>>(), [&elsewhere], "somebody else may take it");
}

#[test]
fn the_phone_system_is_not_asked_for_its_calls_while_it_is_being_asked() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Sync { calls: vec![] });
    desk.talks("c1");
    desk.passes(25_000).seen.clear();
    desk.held("c1").passes(5_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync], "nobody here wanted the hold");
    desk.passes(30_000);
    assert_eq!(desk.phone_commands(), [PhoneCommand::Sync, PhoneCommand::Sync]);
}

#[test]
fn that_nobody_could_say_whether_a_customer_may_be_called_is_told_once_where_nobody_promised_to() {
    for (apex, told) in [(None, 1), (Some("Hookswitch".to_owned()), 2)] {
        let mut settings = settings();
        settings.identity.apex_class = apex;
        let mut desk = Desk::with(settings);
        desk.crm(CrmReport::State(CrmState::NotAnswering));
        for number in ["4155550123", "4155550124"] {
            desk.agent(dial(number));
            let (id, request) = (desk.call().id, newest_request(&mut desk));
            desk.report(PhoneReport::Originated { request, call: "o1".into() }).agent(AgentCommand::Clear(id)).cleared("o1", Cause::Normal);
        }
        assert_eq!(desk.snapshot().problems.iter().filter(|problem| problem.kind == ProblemKind::NotChecked).count(), told);
    }
}
