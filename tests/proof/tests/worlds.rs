//! Each world, whole: no sentence breaks in it, and the number of its moments is known.

use hookswitch_proof::{model::Rules, worlds};

/// A world with another number of moments is another world: whoever changes the core or the rules says so here.
#[track_caller]
fn holds(rules: Rules, moments: usize) {
    let name = rules.name;
    // Two at work would reach a moment by one way or the other, and clock times of the way that was first go on from there: with sleeps in the world
    // that is another number each time.
    let threads = if rules.left.sleeps > 0 { 1 } else { 2 };
    let (found, _) = rules.explore(threads);
    if let Some((sentence, way)) = found.broken.first() {
        panic!("in {name}, not always: {sentence}\n{way}");
    }
    assert_eq!(found.states, moments, "{name} has {} moments now, {} steps, {} deep", found.states, found.steps, found.depth);
}

#[test]
fn two_calls_of_customer_and_third() {
    holds(worlds::two_calls(), 30_120);
}

#[test]
fn two_calls_with_one_report_or_command_lost_doubled_or_refused() {
    holds(worlds::two_calls_one_fault(), 38_912);
}

#[test]
fn two_calls_while_deadlines_pass_and_the_computer_sleeps() {
    holds(worlds::two_calls_late(), 123_119);
}

#[test]
fn three_calls_of_three_parties() {
    holds(worlds::three_calls(), 105_054);
}

#[test]
fn three_in_a_room_hold_resume_swap_and_merge_and_nobody_is_lost() {
    holds(worlds::three_in_a_room(), 117_400);
}

#[test]
fn one_call_with_all_its_small_things() {
    holds(worlds::one_call(), 19_435);
}
