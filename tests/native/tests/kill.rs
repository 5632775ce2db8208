//! The page dies after each output of a logged call, and the next page takes up what was stored: no log is doubled, none is lost unseen.

use hookswitch_core::{AgentCommand, DialSource, LogState, Phase};
use hookswitch_lightning::Fault;
use hookswitch_scenarios::{EXTENSION, House};
use hookswitch_switch::{CallView, NetworkCommand};

const APEX: (&str, &str, &str) = ("hookswitchIdentity", "apexClass", "Hookswitch");

/// How the call of a story begins.
#[derive(Clone, Copy, Debug)]
enum Begins {
    Caller,
    Unknown,
    Dialed,
}

/// Outputs until the page dies, for each of its lives but the last.
type Lives<'a> = &'a [u64];

/// One call from its begin to its log, by an agent who does what the panel offers. How many outputs the last page had.
fn story(apex: bool, begins: Begins, lives: Lives<'_>) -> (House, u64) {
    let mut house = House::open(if apex { &[APEX] } else { &[] });
    if !apex {
        // Its trigger would go on without the setting.
        house.org.remove_apex();
    }
    let mut lives = lives.iter();
    let before = house.outputs();
    house.dies_after(lives.next().copied());
    match begins {
        Begins::Caller => house.calls("+14155550107", "ADA B"),
        Begins::Unknown => house.calls("+12025550190", ""),
        Begins::Dialed => &mut house,
    };
    let mut dialed = !matches!(begins, Begins::Dialed);
    // Long enough for every pause and every second look.
    for _ in 0..200 {
        if house.is_dead() {
            house.reload();
            house.dies_after(lives.next().copied());
        }
        // An agent whose page died before the call was placed, and who finds no trace of it, dials again.
        dialed |= !house.logs().is_empty() || !house.snapshot().logs.is_empty() || !house.snapshot().calls.is_empty();
        if !dialed {
            let _ = house.try_agent(AgentCommand::Dial { number: "4155550107".into(), source: DialSource::DialPad });
        }
        dialed |= !house.outside_calls.is_empty() || !house.is_dead();
        works(&mut house);
        house.passes(1_000);
    }
    let outputs = house.outputs() - before;
    (house, outputs)
}

fn works(house: &mut House) {
    let rings_there = |call: &&CallView| call.from.extension == EXTENSION && !call.answered && call.ended.is_none();
    if let Some(ringing) = house.outside_calls.iter().rev().find(rings_there).map(|call| call.call.clone()) {
        house.outside(NetworkCommand::Answer { call: ringing, party: None, end: None });
    }
    let Some(call) = house.snapshot().calls.last().cloned() else { return };
    // What a page that dies meanwhile refuses, the next one is asked again.
    let mut tries = |command| drop(house.try_agent(command));
    match call.phase {
        Phase::Alerting => tries(AgentCommand::Answer(call.id)),
        Phase::Connected if call.draft.notes.is_empty() => tries(AgentCommand::SetNotes(call.id, "Wants the blue one.".into())),
        Phase::Connected => tries(AgentCommand::Clear(call.id)),
        Phase::WrapUp => {
            let choice = call.draft.dispositions.first().cloned();
            tries(AgentCommand::SetDisposition(call.id, choice));
            tries(AgentCommand::FinishWrapUp(call.id));
        }
        _ => {}
    }
}

/// What must hold when everything is over.
fn judge(house: &House, apex: bool, story: &str) {
    let tasks = house.logs();
    let waiting: Vec<_> = house.snapshot().logs.into_iter().map(|log| log.state).collect();
    if apex {
        assert_eq!((tasks.len(), waiting.len()), (1, 0), "{story}: {waiting:?}");
    } else {
        let seen = waiting.iter().any(|state| matches!(state, LogState::Unconfirmed | LogState::Pending));
        assert!(tasks.len() == 1 || (tasks.is_empty() && seen), "{story}: {} tasks, {waiting:?}", tasks.len());
    }
    if waiting.is_empty() {
        assert_eq!(tasks[0].text("Status"), Some("Completed"), "{story}");
        // Placed or not, nobody knows: the call that the page before could not place any more.
        let lost = tasks[0].text("CallDisposition") == Some("Failed");
        assert!(lost || tasks[0].text("Description") == Some("Wants the blue one."), "{story}");
    }
}

fn killed_everywhere(apex: bool, begins: Begins) {
    let (house, outputs) = story(apex, begins, &[]);
    assert_eq!((house.logs().len(), house.snapshot().logs.len()), (1, 0), "undisturbed");
    assert!(outputs > 30, "{outputs}");
    for at in 0..=outputs {
        let (house, _) = story(apex, begins, &[at]);
        judge(&house, apex, &format!("{begins:?}, dead after output {at}"));
    }
}

#[test]
fn with_apex_a_page_killed_at_any_output_of_an_inbound_call_leaves_exactly_one_task() {
    killed_everywhere(true, Begins::Caller);
}

#[test]
fn with_apex_a_page_killed_at_any_output_of_a_dialed_call_leaves_exactly_one_task() {
    killed_everywhere(true, Begins::Dialed);
}

#[test]
fn without_apex_a_killed_page_never_leaves_two_tasks_and_none_only_where_the_agent_sees_it() {
    killed_everywhere(false, Begins::Caller);
    killed_everywhere(false, Begins::Unknown);
}

#[test]
fn killed_twice_in_the_same_call_it_is_still_one_task() {
    let (_, outputs) = story(true, Begins::Caller, &[]);
    for first in (0..=outputs).step_by(3) {
        for second in [1, 4, 9, 16, 25] {
            let (house, _) = story(true, Begins::Caller, &[first, second]);
            judge(&house, true, &format!("dead after output {first} and {second} more"));
        }
    }
}

/// A call whose log the server saves so late, with an agent who sends once more what nobody knows of.
fn saved_late(apex: bool, late_ms: u64) -> House {
    let mut house = House::open(if apex { &[APEX] } else { &[] });
    house.host.faults_mut().set(Some("saveLog"), Fault::Late { ms: late_ms }, Some(1));
    house.calls("+14155550107", "ADA B");
    for _ in 0..700 {
        works(&mut house);
        let unconfirmed = house.snapshot().logs.iter().find(|log| log.state == LogState::Unconfirmed).map(|log| log.key);
        if let Some(key) = unconfirmed {
            house.agent(AgentCommand::ResendLog(key));
        }
        house.passes(1_000);
    }
    house
}

#[test]
fn a_log_that_salesforce_saves_late_is_not_a_second_one_however_late_it_is() {
    for apex in [true, false] {
        for late_ms in [1_000, 9_000, 11_000, 25_000, 29_000, 31_000, 60_000, 600_000] {
            judge(&saved_late(apex, late_ms), true, &format!("Apex {apex}, {late_ms} ms late"));
        }
    }
}
