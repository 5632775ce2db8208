//! Each world, whole: no sentence breaks in it, and the number of its moments is known.

use hookswitch_proof::{model::Rules, worlds};

/// A world with another number of moments is another world: whoever changes the core or the rules says so here.
#[track_caller]
fn holds(rules: Rules, moments: usize) {
    let name = rules.name;
    // Two at work would reach a moment by one way or the other, and what of a way is left in a moment goes on from there: with sleeps in the world, or three
    // calls, that is another number. The worlds are explored side by side instead.
    let (found, _) = rules.explore(1);
    if let Some((sentence, way)) = found.broken.first() {
        panic!("in {name}, not always: {sentence}\n{way}");
    }
    assert_eq!(found.states, moments, "{name} has {} moments now, {} steps, {} deep", found.states, found.steps, found.depth);
}

#[test]
fn two_calls_of_customer_and_third() {
    holds(worlds::two_calls(), 30_121);
}

#[test]
fn two_calls_with_one_report_or_command_lost_doubled_or_refused() {
    holds(worlds::two_calls_one_fault(), 38_978);
}

#[test]
fn two_calls_with_a_fault_and_a_line_freed_by_force() {
    holds(worlds::two_calls_fault_and_force(), 44_776);
}

#[test]
fn two_calls_while_deadlines_pass_and_the_computer_sleeps() {
    holds(worlds::two_calls_late(), 136_838);
}

#[test]
fn three_calls_of_three_parties() {
    holds(worlds::three_calls(), 105_114);
}

#[test]
fn three_calls_with_one_report_or_command_lost_doubled_or_refused() {
    holds(worlds::three_calls_one_fault(), 79_557);
}

#[test]
fn three_in_a_room_hold_resume_swap_and_merge_and_nobody_is_lost() {
    holds(worlds::three_in_a_room(), 116_581);
}

#[test]
fn one_call_with_all_its_small_things() {
    holds(worlds::one_call(), 19_435);
}

#[test]
fn two_calls_where_nobody_can_be_held() {
    holds(worlds::no_hold(), 1_192);
}

#[test]
fn two_lines_and_callers_beyond_them() {
    holds(worlds::two_lines(), 39_931);
}

#[test]
fn conferences_of_three_that_end_when_the_agent_hangs_up() {
    holds(worlds::small_conferences(), 49_118);
}
