//! A working day of scripted calls, for the benchmark and for the books.

use std::collections::BTreeSet;

use hookswitch_core::{AgentCommand, Party, Phase};
use hookswitch_switch::Script;

use crate::{EXTENSION, House};

/// What a day came to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Day {
    /// Callers who tried.
    pub callers: usize,
    /// Calls the agent answered.
    pub answered: usize,
    /// Logs in the org at the end.
    pub logs: usize,
    /// Logs that share their key with another, or were left unfinished. Always 0.
    pub doubled: usize,
    /// Inputs the softphone took.
    pub inputs: u64,
}

/// Eight hours of callers from the sample org, each answered after two seconds and written up in ten.
///
/// # Panics
///
/// When the softphone gets stuck.
#[must_use]
pub fn workday(seed: u64) -> Day {
    let mut house = House::open(&[]);
    let people: Vec<Party> = [("(415) 555-0100", "Ada"), ("+14155550142", ""), ("", "Anonymous")]
        .map(|(number, name)| Party { number: number.into(), name: name.into() })
        .into();
    let script = Script::workday(seed, EXTENSION, &people);
    let mut day = Day { callers: script.callers.len(), ..Day::default() };
    let end = house.now() + 9 * 3_600_000;
    house.switch.play(house.now(), script);
    while let Some(next) = house.deadline().filter(|next| *next < end) {
        house.passes(next.saturating_sub(house.now()));
        for call in house.snapshot().calls {
            match call.phase {
                Phase::Alerting => {
                    house.passes(2_000);
                    if house.try_agent(AgentCommand::Answer(call.id)).is_ok() {
                        day.answered += 1;
                    }
                }
                Phase::WrapUp => {
                    house.agent(AgentCommand::SetDisposition(call.id, Some("Resolved".into())));
                    house.agent(AgentCommand::SetNotes(call.id, "As agreed.".into()));
                    house.passes(10_000).agent(AgentCommand::FinishWrapUp(call.id));
                }
                _ => {}
            }
        }
    }
    assert!(house.snapshot().calls.is_empty(), "a call is stuck");
    let logs = house.logs();
    let finished = logs.iter().filter(|task| task.text("Status") == Some("Completed"));
    let keys: BTreeSet<_> = finished.filter_map(|task| task.text("CallObject")).collect();
    day.logs = logs.len();
    day.doubled = day.logs - keys.len();
    day.inputs = house.inputs;
    day
}
