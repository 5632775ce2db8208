//! What the closed panel's button says, and what the phone system is told of the agent's state.

use crate::desk::{Desk, all_capabilities, dial, newest_request, settings};
use crate::restart::listed;
use hookswitch_core::{
    AgentCommand, AgentState, Capabilities, Cause, ConnectionState, CrmCommand, CrmReport, CrmState, PhoneCommand, PhoneReport, PhoneState,
    ProblemKind, RefusedReason,
};

/// What the button was told since the last look, words and icon.
fn told(desk: &mut Desk) -> Vec<(String, String)> {
    let labels = desk
        .crm_commands()
        .into_iter()
        .filter_map(|command| if let CrmCommand::Label { text, icon } = command { Some((text, icon)) } else { None })
        .collect();
    desk.seen.clear();
    labels
}

#[track_caller]
fn says(desk: &mut Desk, text: &str, icon: &str) {
    assert_eq!(told(desk), [(text.to_owned(), icon.to_owned())]);
}

#[test]
fn the_button_says_how_it_stands_and_never_who_calls() {
    let mut desk = Desk::cold(settings());
    desk.crm(CrmReport::State(CrmState::Ready));
    says(&mut desk, "Phone offline", "warning");
    desk.phone_comes();
    says(&mut desk, "Phone: ready", "call");
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let asked = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request: asked });
    says(&mut desk, "Phone: not ready", "away");
    desk.rings("c1");
    let id = desk.call().id;
    says(&mut desk, "Incoming call", "incoming_call");
    desk.agent(AgentCommand::Answer(id)).established("c1");
    says(&mut desk, "In call", "unmuted");
    desk.agent(AgentCommand::Hold(id)).held("c1");
    says(&mut desk, "On hold", "pause");
    desk.agent(dial("4155550123"));
    let request = newest_request(&mut desk);
    says(&mut desk, "Dialing", "outbound_call");
    desk.report(PhoneReport::Originated { request, call: "o1".into() })
        .report(PhoneReport::NetworkReached { call: "o1".into(), early_media: false });
    assert_eq!(told(&mut desk), [], "it is the same to whoever looks from outside");
    desk.established("o1");
    says(&mut desk, "In call", "unmuted");
    let other = desk.call().id;
    desk.agent(AgentCommand::Conference(id, other));
    desk.report(PhoneReport::Conferenced { calls: vec!["c1".into(), "o1".into()], call: "x1".into(), parties: vec![] });
    says(&mut desk, "In conference", "groups");
    desk.cleared("x1", Cause::Normal);
    says(&mut desk, "Wrap-up", "edit");
    desk.passes(60_000);
    says(&mut desk, "Phone: not ready", "away");
}

#[test]
fn a_page_that_comes_back_is_told_the_button_again_and_nobody_else_twice() {
    let mut desk = Desk::new();
    desk.crm(CrmReport::State(CrmState::NotAnswering)).crm(CrmReport::State(CrmState::Ready));
    says(&mut desk, "Phone: ready", "call");
    desk.crm(CrmReport::Navigated(None)).passes(60_000);
    assert_eq!(told(&mut desk), []);
}

fn states(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::SetAgentState { .. })).count()
}

#[test]
fn a_phone_system_that_knows_no_agents_state_is_told_none() {
    let mut desk = Desk::new();
    desk.report(PhoneReport::Capabilities { capabilities: Capabilities { agent_state: false, ..all_capabilities() } });
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    assert_eq!(states(&desk), 0);
    desk.report(PhoneReport::Capabilities { capabilities: all_capabilities() });
    desk.report(PhoneReport::Service { state: PhoneState::Connecting, detail: "".into() }).agent(AgentCommand::SetReady);
    assert_eq!(states(&desk), 0, "nor is one that is away");
}

#[test]
fn a_state_the_phone_system_never_took_is_taken_back_after_ten_seconds() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into())).passes(9_999);
    assert_eq!(desk.snapshot().agent.state, AgentState::NotReady { reason: "Lunch".into() });
    desk.passes(1);
    assert_eq!(desk.snapshot().agent.state, AgentState::Ready);
    let problems: Vec<_> = desk.snapshot().problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(problems, [ProblemKind::StateRefused { reason: RefusedReason::Timeout }]);
}

#[test]
fn against_its_own_word_the_phone_system_is_told_the_state_once_in_two_seconds() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    let request = newest_request(&mut desk);
    desk.report(PhoneReport::Done { request }).agent(dial("4155550123"));
    desk.seen.clear();
    let insists = |desk: &mut Desk| {
        desk.report(PhoneReport::AgentState { ready: true, reason: String::new() });
        let told = states(desk);
        desk.seen.clear();
        told
    };
    assert_eq!((insists(&mut desk), insists(&mut desk)), (1, 0));
    desk.passes(1_999);
    assert_eq!(insists(&mut desk), 0);
    desk.passes(1);
    assert_eq!(insists(&mut desk), 1);
}

#[test]
fn a_call_that_rings_when_the_page_comes_back_shows_the_panel_and_not_after_a_mere_pause() {
    let shown = |desk: &Desk| desk.crm_commands().contains(&CrmCommand::ShowPanel);
    let mut desk = Desk::cold(settings());
    desk.phone_comes();
    desk.crm(CrmReport::State(CrmState::Ready));
    assert!(!shown(&desk), "nothing rings");
    let mut late = Desk::cold(settings());
    late.phone_comes();
    late.rings("c1");
    assert!(!shown(&late));
    late.crm(CrmReport::State(CrmState::Ready));
    assert!(shown(&late));
    late.seen.clear();
    late.crm(CrmReport::State(CrmState::NotAnswering)).crm(CrmReport::State(CrmState::Ready));
    assert!(!shown(&late), "whoever closed it since closed it");
    let mut talking = Desk::cold(settings());
    talking.phone_comes();
    talking.report(PhoneReport::Sync { calls: vec![listed("c1", ConnectionState::Connected)] });
    talking.crm(CrmReport::State(CrmState::Ready));
    assert!(!shown(&talking), "who talks has seen it");
}
