//! The soak, short enough for every day: a hundred agents, one hour, real softphones against the simulated phone system.

use hookswitch_bench::soak::{Plan, play};

#[test]
fn a_hundred_agents_get_through_an_hour_of_calls_and_faults_without_a_violation() {
    let outcome = play(Plan { agents: 100, site: 100, hours: 1, seed: 1, turn_minutes: 1 });
    assert_eq!(outcome.violated, 0, "{:#?}", outcome.violations);
    for happened in ["calls", "holds", "retrieves", "consultations", "transfers", "blind transfers", "conferences", "declines", "logs"] {
        assert!(outcome.count(happened) > 0, "{happened}: {:?}", outcome.counts);
    }
    assert!(outcome.count("calls") > 500 && outcome.steps > 20_000, "{:?}", outcome.counts);
}

#[test]
fn the_same_seed_gives_the_same_shift_and_another_seed_another() {
    let shift = |seed| play(Plan { agents: 12, site: 6, hours: 1, seed, turn_minutes: 1 });
    let (first, again, other) = (shift(7), shift(7), shift(8));
    assert_eq!((first.steps, &first.counts), (again.steps, &again.counts));
    assert_ne!(first.steps, other.steps);
    assert_eq!((first.violated, other.violated), (0, 0), "{:#?} {:#?}", first.violations, other.violations);
}
