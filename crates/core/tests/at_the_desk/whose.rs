//! Whose desk it is: who gets what a page left, and who does not.

use crate::desk::{Desk, contact, settings};
use crate::kept::connected;
use hookswitch_core::settings::{IdentitySource, Settings};
use hookswitch_core::{
    AgentCommand, AgentState, Cause, CrmReport, CrmState, Input, Phase, PhoneCommand, PhoneReport, PhoneState, ProblemKind,
};

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
fn another_agent_at_the_same_page_does_not_find_the_drafts_of_the_first() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "private".into())).cleared("c1", Cause::Normal);
    desk.report(PhoneReport::Account { identity: "1002".into() });
    assert!(desk.snapshot().calls.is_empty() && desk.snapshot().logs.is_empty());
    desk.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(desk.call().draft.notes.reveal(), "private", "they wait for their owner");
}

/// The Salesforce user says whose desk it is.
pub(crate) fn by_user() -> Settings {
    let mut settings = settings();
    settings.identity.source = IdentitySource::Apex;
    settings
}

pub(crate) fn user(id: &str) -> CrmReport {
    CrmReport::Identity { user: Some(id.into()) }
}

#[test]
fn where_the_crm_says_whose_desk_it_is_the_phone_account_may_change() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    assert!(desk.phone.owner().is_empty(), "the phone account says nothing here");
    desk.crm(user("005A"));
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into())).report(PhoneReport::Account { identity: "1002".into() });
    assert_eq!(desk.call().draft.notes.reveal(), "mine", "another phone, the same person");
    desk.crm(user("005B"));
    assert!(desk.snapshot().calls.is_empty(), "another person");
    desk.crm(user("005A"));
    assert_eq!((desk.call().draft.notes.reveal(), desk.phone.owner().reveal()), ("mine", "005A"));
}

#[test]
fn leftovers_of_a_user_wait_for_the_crms_word_and_not_for_the_phones() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(user("005A"));
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into())).cleared("c1", Cause::Normal);
    let mut next = desk.reloaded(by_user());
    next.put(Input::Settings(Box::new(by_user()))).phone_comes();
    assert!(next.snapshot().calls.is_empty(), "nobody has said who is here");
    next.crm(user("005A"));
    assert_eq!(next.call().draft.notes.reveal(), "mine");
}

#[test]
fn where_the_crm_cannot_tell_the_phone_account_counts() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(CrmReport::Identity { user: None });
    assert_eq!(desk.phone.owner().reveal(), "1001");
    let mut other = Desk::new();
    other.crm(user("005A"));
    assert_eq!(other.phone.owner().reveal(), "1001", "nor is the CRM heard where the settings do not ask it");
    other.put(Input::Settings(Box::new(by_user())));
    assert_eq!(other.phone.owner().reveal(), "005A", "until they do");
}

#[test]
fn what_was_kept_under_the_phone_account_is_the_users_as_soon_as_the_crm_can_tell() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(CrmReport::Identity { user: None });
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into()));
    // The page is gone before Salesforce could tell; on the next one it can.
    let mut next = desk.reloaded(by_user());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    next.crm(user("005A"));
    assert_eq!(next.call().draft.notes.reveal(), "mine");
    // Or it can tell later, on the same page.
    desk.crm(user("005A"));
    assert_eq!((desk.call().draft.notes.reveal(), desk.phone.owner().reveal()), ("mine", "005A"), "the same person, known better");
    assert_eq!(desk.call().id, id, "nothing was closed and opened again");
    desk.crm(user("005B"));
    assert!(desk.snapshot().calls.is_empty(), "another person");
}

#[test]
fn settings_that_ask_the_crm_later_give_the_user_what_was_the_phone_accounts_unless_it_was_known_who_is_here() {
    let mut desk = Desk::new();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into())).put(Input::Settings(Box::new(by_user())));
    desk.crm(user("005A"));
    assert_eq!((desk.call().id, desk.call().draft.notes.reveal(), desk.phone.owner().reveal()), (id, "mine", "005A"));
    // Known before, the user is another than the phone account.
    let mut desk = Desk::new();
    let id = desk.crm(user("005A")).talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "private".into())).put(Input::Settings(Box::new(by_user())));
    assert!(desk.snapshot().calls.is_empty());
}

#[test]
fn what_a_page_left_before_anybody_knew_whose_it_is_finds_its_owner_by_the_phone_account() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into()));
    for (account, calls) in [("1002", 0), ("1001", 1)] {
        let mut next = desk.reloaded(by_user());
        next.crm(CrmReport::State(CrmState::Ready)).report(PhoneReport::Account { identity: account.into() });
        next.crm(user("005A"));
        assert_eq!(next.snapshot().calls.len(), calls, "{account}");
    }
}

#[test]
fn nobody_gets_what_was_left_before_it_is_known_who_is_here() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "mine".into()));
    let mut next = desk.reloaded(by_user());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    assert!(next.snapshot().calls.is_empty(), "the phone is ready, and Salesforce has said nothing yet");
}

#[test]
fn a_phone_that_two_users_had_does_not_say_whose_leftovers_these_are() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(user("005A"));
    desk.talks("c1");
    // The same phone on the next page, where Salesforce cannot tell.
    let mut unknown = desk.reloaded(by_user());
    unknown.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    unknown.crm(CrmReport::Identity { user: None });
    let id = unknown.talks("c2");
    unknown.agent(AgentCommand::SetNotes(id, "whose?".into()));
    let mut next = unknown.reloaded(by_user());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    next.crm(user("005B"));
    assert!(next.snapshot().calls.is_empty(), "neither the first user's nor the unknown one's");
}

#[test]
fn a_call_that_is_listed_before_it_is_known_who_is_here_is_one_call_with_one_log() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(user("005A"));
    let id = desk.talks("c1");
    desk.finds(&[]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1").agent(AgentCommand::SetNotes(id, "mine".into()));
    let mut next = desk.reloaded(by_user());
    next.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    next.report(PhoneReport::Sync { calls: vec![connected("c1")] }).finds(&[]);
    next.passes(8_000);
    assert!(next.try_log().is_none(), "what was logged before is not known yet");
    next.crm(user("005A"));
    assert_eq!(next.snapshot().calls.len(), 1);
    next.passes(20_000);
    assert!(!next.phone_commands().contains(&PhoneCommand::ClearConnection { call: "c1".into() }), "nobody is hung up on");
    next.cleared("c1", Cause::Normal);
    let id = next.call().id;
    next.agent(AgentCommand::FinishWrapUp(id));
    let (_, record, fields) = next.log();
    assert_eq!((record.as_deref(), fields.notes.reveal()), (Some("00T1"), "mine"));
    assert!(next.try_log().is_none(), "one log");
}

#[test]
fn leftovers_are_kept_as_long_as_the_settings_say() {
    for (days, calls) in [(30_u8, 1), (3, 0)] {
        let mut settings = settings();
        settings.log.retention_days = days;
        let mut desk = Desk::with(settings.clone());
        desk.talks("c1");
        desk.now.wall += 10 * 86_400_000;
        let mut next = desk.reloaded(settings);
        next.phone_comes();
        assert_eq!(next.snapshot().calls.len(), calls, "{days} days");
    }
}

#[test]
fn an_agent_who_comes_back_too_late_is_told_once_how_many_logs_were_deleted() {
    let mut desk = Desk::cold(settings());
    desk.phone_comes();
    for name in ["c1", "c2"] {
        desk.rings(name).cleared(name, Cause::Abandoned);
    }
    desk.now.wall += 8 * 86_400_000;
    let mut other = desk.reloaded(settings());
    other.report(PhoneReport::Account { identity: "1002".into() });
    assert_eq!(other.snapshot().problems, [], "they were not hers");
    other.now.wall += 20 * 86_400_000;
    let mut owner = other.reloaded(settings());
    owner.phone_comes();
    let told = |desk: &Desk| desk.snapshot().problems.iter().map(|problem| problem.kind).collect::<Vec<_>>();
    assert_eq!(told(&owner), [ProblemKind::LogsExpired { count: 2 }]);
    assert_eq!(owner.snapshot().logs.len(), 0);
    let mut next = owner.reloaded(settings());
    next.phone_comes();
    assert_eq!(told(&next), [], "once");
    // Nobody keeps such a number for ever.
    other.now.wall += 100 * 86_400_000;
    let mut late = other.reloaded(settings());
    late.phone_comes();
    assert_eq!(told(&late), []);
}

#[test]
fn what_was_saved_is_not_kept_for_an_agent_who_went() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[contact("003A")]);
    let (request, ..) = desk.log();
    desk.saves(request, "00T1");
    assert_eq!(desk.snapshot().recent.len(), 1);
    desk.report(PhoneReport::Account { identity: "1002".into() }).report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(desk.snapshot().recent, []);
}

#[test]
fn messages_of_one_agent_are_not_shown_to_the_next() {
    let mut desk = Desk::new();
    desk.rings("c1").cleared("c1", Cause::Abandoned);
    assert_eq!(desk.snapshot().problems.len(), 1);
    desk.report(PhoneReport::Account { identity: "1002".into() });
    assert_eq!(desk.snapshot().problems, []);
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
fn where_the_crm_cannot_tell_another_phone_account_is_another_agent() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(CrmReport::Identity { user: None });
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "private".into())).report(PhoneReport::Account { identity: "1002".into() });
    assert!(desk.snapshot().calls.is_empty());
    desk.report(PhoneReport::Account { identity: "1001".into() });
    assert_eq!(desk.call().draft.notes.reveal(), "private");
}

#[test]
fn when_the_crm_can_no_longer_tell_who_is_here_the_users_drafts_are_closed() {
    let mut desk = Desk::cold(by_user());
    desk.crm(CrmReport::State(CrmState::Ready)).phone_comes();
    desk.crm(user("005A"));
    let id = desk.talks("c1");
    desk.agent(AgentCommand::SetNotes(id, "private".into())).crm(CrmReport::Identity { user: None });
    assert!(desk.snapshot().calls.is_empty(), "whoever has the phone now may be somebody else");
    desk.crm(user("005A"));
    assert_eq!(desk.call().draft.notes.reveal(), "private");
}
