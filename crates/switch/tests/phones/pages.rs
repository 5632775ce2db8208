//! Pages that come, go and come back; and a phone system that fails.

use crate::desk::{ANN, Desk, NETWORK, make_call};
use hookswitch_core::{CallKind, Cause, ConnectionState, Direction, PhoneCommand, PhoneReport, PhoneState, RefusedReason};
use hookswitch_switch::{AgentMessage, CallAgent, Client, ClientMessage, NetworkCommand, Script, ServerMessage, Switch};

const AGAIN: Client = Client(11);

#[test]
fn a_new_page_is_told_who_it_is_what_works_and_which_calls_there_are_in_this_order() {
    let mut desk = Desk::new();
    desk.hello(AGAIN, "1003", "");
    let told = desk.told(AGAIN);
    let [PhoneReport::Account { identity }, PhoneReport::Capabilities { capabilities }, rest @ ..] = &told[..] else { panic!("{told:?}") };
    assert_eq!(identity.reveal(), "1003");
    assert!(capabilities.agent_state && capabilities.calls_survive_reload && capabilities.digits && capabilities.hold && capabilities.mute);
    assert_eq!(
        rest,
        [PhoneReport::Service { state: PhoneState::Ready, detail: "".into() }, PhoneReport::Sync { calls: vec![] }],
        "nobody has chosen a state for this extension yet"
    );
}

#[test]
fn a_reloaded_page_finds_its_call_and_its_state_again() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.done(ANN, PhoneCommand::SetMute { call: call.clone(), on: true });
    desk.done(ANN, PhoneCommand::SetAgentState { ready: false, reason: "Lunch".to_owned() });
    desk.passes(5_000);
    desk.leaves(ANN);
    desk.passes(2_000);
    desk.forget();
    desk.hello(AGAIN, "1001", "");
    let told = desk.told(AGAIN);
    assert!(told.contains(&PhoneReport::AgentState { ready: false, reason: "Lunch".to_owned() }));
    let Some(PhoneReport::Sync { calls }) = told.last() else { panic!("{told:?}") };
    let [found] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!((&found.call, found.state, found.far_state), (&call, ConnectionState::Connected, ConnectionState::Connected));
    assert_eq!((found.direction, found.kind, found.muted), (Direction::In, CallKind::Inbound, true));
    assert_eq!((found.age_ms, found.answered_ms), (7_000, Some(7_000)));
    assert_eq!(found.party.name.reveal(), "Ada");
    desk.passes(600_000);
    assert_eq!(desk.ended_or_going(), None, "the grace time ended with the new page");
    desk.done(AGAIN, PhoneCommand::ClearConnection { call });
}

#[test]
fn a_call_goes_on_ringing_while_the_page_is_reloaded() {
    let mut desk = Desk::new();
    let call = desk.rings();
    desk.leaves(ANN);
    desk.passes(3_000);
    desk.hello(AGAIN, "1001", "");
    let Some(PhoneReport::Sync { calls }) = desk.told(AGAIN).pop() else { panic!("no sync") };
    assert_eq!((calls[0].state, calls[0].answered_ms), (ConnectionState::Alerting, None));
    desk.done(AGAIN, PhoneCommand::Answer { call });
}

#[test]
fn a_caller_who_comes_during_a_reload_rings_on_the_new_page() {
    let mut desk = Desk::new();
    desk.leaves(ANN);
    let call = desk.rings();
    desk.hello(AGAIN, "1001", "");
    let Some(PhoneReport::Sync { calls }) = desk.told(AGAIN).pop() else { panic!("no sync") };
    assert_eq!((&calls[0].call, calls[0].state), (&call, ConnectionState::Alerting));
}

#[test]
fn a_page_that_stays_away_for_a_minute_loses_its_calls_and_its_readiness() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.leaves(ANN);
    desk.passes(59_999);
    assert_eq!(desk.ended(&call), None);
    desk.passes(1);
    assert_eq!(desk.ended(&call), Some(Cause::NetworkLost));
    assert!(!desk.agents()[0].ready);
    let late = desk.rings();
    assert_eq!(desk.ended(&late), Some(Cause::NoAnswer), "who left does not answer");
}

#[test]
fn a_call_that_rings_goes_on_ringing_for_as_long_as_the_caller_waits() {
    let mut desk = Desk::new();
    let patient = CallAgent { gives_up_after_ms: Some(120_000), ..CallAgent::new("1001", "+14155550100", "Ada") };
    let call = desk.calls(patient);
    desk.leaves(ANN);
    desk.passes(119_999);
    assert_eq!(desk.ended(&call), None);
    desk.passes(1);
    assert_eq!(desk.ended(&call), Some(Cause::Abandoned));
}

#[test]
fn two_pages_of_one_extension_both_know_what_one_does() {
    let mut desk = Desk::new();
    desk.hello(AGAIN, "1001", "");
    desk.forget();
    let call = desk.rings();
    assert_eq!(desk.told(ANN), desk.told(AGAIN));
    desk.forget();
    let request = desk.does(ANN, PhoneCommand::Answer { call: call.clone() });
    let established = PhoneReport::Established { call: call.clone(), party: None };
    assert_eq!(desk.told(ANN), [PhoneReport::Done { request }, established.clone()]);
    assert_eq!(desk.told(AGAIN), [established]);
    desk.does(ANN, PhoneCommand::ClearConnection { call });
    desk.forget();
    desk.does(ANN, make_call("+14155550123"));
    let told = desk.told(AGAIN);
    assert!(matches!(&told[..], [PhoneReport::Sync { calls }] if calls.len() == 1), "{told:?}");
    desk.leaves(AGAIN);
    desk.passes(61_000);
    assert!(desk.agents()[0].ready, "one page is still there");
}

#[test]
fn a_page_that_never_said_hello_is_told_to() {
    let mut desk = Desk::new();
    desk.say(Client(50), ClientMessage::Agent(AgentMessage::Sync));
    assert_eq!(desk.problems(Client(50)), ["noHello"]);
    assert_eq!(desk.told(Client(50)), []);
}

#[test]
fn commands_on_calls_of_others_are_refused() {
    let mut desk = Desk::new();
    let call = desk.rings();
    desk.hello(AGAIN, "1002", "");
    for command in [
        PhoneCommand::Answer { call: call.clone() },
        PhoneCommand::ClearConnection { call: call.clone() },
        PhoneCommand::Hold { call: "never".into() },
    ] {
        assert_eq!(desk.refused(AGAIN, command), RefusedReason::UnknownCall);
    }
    assert_eq!(desk.seen()[0].to.state, ConnectionState::Alerting);
}

#[test]
fn an_outage_is_told_refuses_commands_and_ends_with_a_sync() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.network(NetworkCommand::Outage { for_ms: 3_000 });
    assert!(matches!(&desk.told(ANN)[..], [PhoneReport::Service { state: PhoneState::Reconnecting, .. }]));
    assert_eq!(desk.refused(ANN, PhoneCommand::Hold { call: call.clone() }), RefusedReason::Offline);
    desk.forget();
    desk.network(NetworkCommand::HangUp { call, end: None });
    assert_eq!(desk.told(ANN), [], "nothing gets through");
    desk.passes(3_000);
    assert_eq!(
        desk.told(ANN),
        [
            PhoneReport::Service { state: PhoneState::Ready, detail: "".into() },
            PhoneReport::AgentState { ready: true, reason: String::new() },
            PhoneReport::Sync { calls: vec![] },
        ]
    );
}

#[test]
fn a_lost_call_is_told_to_nobody_until_somebody_asks() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.network(NetworkCommand::LoseCall { call: call.clone() });
    assert_eq!(desk.told(ANN), []);
    assert_eq!(desk.refused(ANN, PhoneCommand::ClearConnection { call }), RefusedReason::UnknownCall);
    assert_eq!(desk.done(ANN, PhoneCommand::Sync), [PhoneReport::Sync { calls: vec![] }]);
}

#[test]
fn injected_refusals_and_silences_last_as_long_as_asked() {
    let mut desk = Desk::new();
    let call = desk.talks();
    desk.network(NetworkCommand::RefuseNext { count: 1, reason: RefusedReason::Timeout, detail: "491".to_owned() });
    assert_eq!(desk.refused(ANN, PhoneCommand::Hold { call: call.clone() }), RefusedReason::Timeout);
    desk.network(NetworkCommand::IgnoreNext { count: 1 });
    desk.forget();
    desk.does(ANN, PhoneCommand::Hold { call: call.clone() });
    assert_eq!(desk.told(ANN), []);
    desk.done(ANN, PhoneCommand::Hold { call });
}

#[test]
fn observers_are_told_when_something_changed_and_only_then() {
    let mut desk = Desk::new();
    desk.passes(1_000);
    assert_eq!(desk.heard(), []);
    desk.rings();
    let told = |desk: &Desk| desk.heard().iter().filter(|(to, m)| *to == NETWORK && matches!(m, ServerMessage::Calls(_))).count();
    assert_eq!(told(&desk), 1);
    desk.passes(1_000);
    assert_eq!(told(&desk), 1);
}

#[test]
fn the_same_inputs_give_the_same_outputs() {
    let run = |seed: u64| {
        let mut switch = Switch::new(seed);
        let hello = hookswitch_switch::Hello { extension: "1001".to_owned(), name: String::new() };
        switch.handle(0, ANN, ClientMessage::Agent(AgentMessage::Hello(hello)));
        switch.handle(0, NETWORK, ClientMessage::Observe);
        let people = [hookswitch_core::Party { number: "+14155550100".into(), name: "Ada".into() }];
        switch.play(0, Script::workday(seed, "1001", &people));
        let mut said = Vec::new();
        while let Some(at) = switch.deadline() {
            switch.advance(at);
            while let Some(message) = switch.poll() {
                said.push(message);
            }
        }
        said
    };
    let first = run(7);
    assert!(first.len() > 200, "{}", first.len());
    assert_eq!(first, run(7));
    assert_ne!(first, run(8));
}

#[test]
fn coming_late_gives_the_same_as_coming_in_time() {
    let caller = || CallAgent { gives_up_after_ms: Some(1_000), ..CallAgent::new("1001", "+14155550100", "Ada") };
    let mut script = Script { callers: vec![(500, caller()), (2_000, caller())], numbers: vec![] };
    script.callers.reverse();
    let mut in_time = Desk::new();
    in_time.switch.play(0, script.clone());
    for _ in 0..100 {
        in_time.passes(100);
    }
    let mut late = Desk::new();
    late.switch.play(0, script);
    late.passes(10_000);
    assert_eq!(in_time.told(ANN), late.told(ANN));
    assert_eq!(late.told(ANN).len(), 4);
}

#[test]
fn time_that_goes_back_stands_still() {
    let mut desk = Desk::new();
    desk.passes(10_000);
    let call = desk.talks();
    desk.now = 0;
    let told = desk.done(ANN, PhoneCommand::Sync);
    assert!(matches!(&told[..], [PhoneReport::Sync { calls }] if calls[0].call == call && calls[0].age_ms == 0), "{told:?}");
}

impl Desk {
    /// Why the only call ended, if it did.
    fn ended_or_going(&mut self) -> Option<Cause> {
        self.seen()[0].ended
    }
}
