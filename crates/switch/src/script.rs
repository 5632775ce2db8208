//! Scripted callers: pure data, for tests, demos and whole days.

use hookswitch_core::{Party, Private};
use serde::{Deserialize, Serialize};

use crate::{Behaviour, CallAgent, dice::Dice};

/// Who calls when, and what dialed numbers do.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Script {
    /// Callers, each with the time of the call in milliseconds after the script began.
    pub callers: Vec<(u64, CallAgent)>,
    /// Numbers that behave in their own way, compared by their digits.
    pub numbers: Vec<(Private, Behaviour)>,
}

impl Script {
    /// A working day of callers for one agent: eight hours, a caller every three to nine minutes, drawn from `people` in an order the
    /// seed chooses; a third come through a queue, some give up early, all hang up by themselves after half a minute to five.
    #[must_use]
    pub fn workday(seed: u64, extension: &str, people: &[Party]) -> Self {
        let mut dice = Dice(seed);
        let mut script = Self::default();
        if people.is_empty() {
            return script;
        }
        let mut at = 60_000;
        while at < 8 * 3_600_000 {
            let person = &people[dice.below(people.len())];
            let mut call = CallAgent::new(extension, person.number.reveal(), person.name.reveal());
            if dice.below(3) == 0 {
                "Support".clone_into(&mut call.queue);
            }
            call.gives_up_after_ms = Some(if dice.below(8) == 0 { 4_000 } else { 30_000 });
            call.hangs_up_after_ms = Some(30_000 + 1_000 * dice.below(270) as u64);
            script.callers.push((at, call));
            at += 180_000 + 1_000 * dice.below(360) as u64;
        }
        script
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_day_and_another_seed_another() {
        let people =
            [Party { number: "+14155550100".into(), name: "Ada".into() }, Party { number: "+14155550101".into(), name: "Ben".into() }];
        let day = Script::workday(7, "1001", &people);
        assert_eq!(day, Script::workday(7, "1001", &people));
        assert_ne!(day, Script::workday(8, "1001", &people));
        assert!((53..=160).contains(&day.callers.len()), "{} callers", day.callers.len());
        assert!(day.callers.is_sorted_by_key(|(at, _)| *at));
    }
}
