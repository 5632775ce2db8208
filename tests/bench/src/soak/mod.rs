//! A contact centre's shift in virtual time: real softphones, the simulated phone system, a stand-in CRM that answers at once.
//!
//! Agents belong to sites, each with a phone system of its own, as a contact centre has them. Sites take turns of some virtual minutes, so that
//! all agents are at work at the same time.

mod agent;
mod check;
mod dice;
mod faults;
mod site;
mod story;

use std::collections::BTreeMap;

pub use check::INVARIANTS;
use site::Site;

/// What is played.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many agents.
    pub agents: usize,
    /// How many of them share a phone system.
    pub site: usize,
    /// How long the shift is. Callers stop then; what goes on is brought to its end.
    pub hours: u64,
    /// Everything that chance decides follows from it.
    pub seed: u64,
    /// For how many virtual minutes a site plays before the next one does. It changes no outcome; in long ones a site finds the processor's cache
    /// filled with its own agents.
    pub turn_minutes: u64,
}

/// What it came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Inputs the softphones took; after each, every invariant was checked.
    pub steps: u64,
    /// How often what happened, by name.
    pub counts: BTreeMap<&'static str, u64>,
    /// The first violations, in words; none is what we want.
    pub violations: Vec<String>,
    /// All of them.
    pub violated: u64,
}

impl Outcome {
    /// How often this happened.
    #[must_use]
    pub fn count(&self, name: &str) -> u64 {
        self.counts.get(name).copied().unwrap_or(0)
    }

    fn happened(&mut self, name: &'static str) {
        *self.counts.entry(name).or_default() += 1;
    }

    fn violation(&mut self, words: impl FnOnce() -> String) {
        self.violated += 1;
        if self.violations.len() < MOST_WORDS {
            self.violations.push(words());
        }
    }

    fn add(&mut self, other: Self) {
        self.steps += other.steps;
        self.violated += other.violated;
        for (name, count) in other.counts {
            *self.counts.entry(name).or_default() += count;
        }
        let room = MOST_WORDS - self.violations.len();
        self.violations.extend(other.violations.into_iter().take(room));
    }
}

/// Plays a whole shift.
#[must_use]
pub fn play(plan: Plan) -> Outcome {
    let mut sites = Vec::new();
    let mut left = plan.agents;
    while left > 0 {
        let agents = left.min(plan.site);
        sites.push(Site::open(plan.seed + sites.len() as u64, agents, plan.hours * HOUR_MS));
        left -= agents;
    }
    let mut now = 0;
    while now < plan.hours * HOUR_MS + AFTERWARDS_MS {
        now += plan.turn_minutes.max(1) * MINUTE_MS;
        for site in &mut sites {
            site.run_until(now);
        }
    }
    let mut outcome = Outcome::default();
    for site in sites {
        outcome.add(site.close());
    }
    outcome
}

const HOUR_MS: u64 = 3_600_000;
const MINUTE_MS: u64 = 60_000;
/// Long enough for the longest call and its wrap-up.
const AFTERWARDS_MS: u64 = HOUR_MS;
/// Violations kept in words.
const MOST_WORDS: usize = 12;
