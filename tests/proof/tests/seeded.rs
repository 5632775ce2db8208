//! Each bug that can be put in is found, and by the sentence it breaks.

use hookswitch_core::{Bug, Softphone};
use hookswitch_proof::{model::Rules, worlds};

#[track_caller]
fn caught(world: Rules, phone: fn() -> Softphone, sentences: &[&str]) {
    let (found, _) = Rules { phone, ..world }.explore(2);
    let broken: Vec<_> = found.broken.iter().map(|(sentence, _)| *sentence).collect();
    assert!(!broken.is_empty(), "nothing breaks in {} moments", found.states);
    assert!(broken.iter().any(|sentence| sentences.contains(sentence)), "{broken:?}\n{}", found.broken[0].1);
}

#[test]
fn answering_without_holding_the_active_call() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::AnswerHoldsNothing), &["the agent's voice is in one call"]);
}

#[test]
fn taking_one_party_out_that_ends_it_for_everybody() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::ClearPartyClearsAll), &["nobody leaves who was not asked to"]);
}

#[test]
fn a_call_that_comes_back_as_another_one() {
    let sentence = "each call has the logs of the rule, and one at most";
    caught(worlds::two_calls_late(), || Softphone::with_bug(Bug::ComesBackAsNew), &[sentence]);
}

#[test]
fn conferences_with_room_for_any_number() {
    let sentence = "nothing is asked of the phone system that it cannot do";
    caught(worlds::small_conferences(), || Softphone::with_bug(Bug::ConferencesOverfull), &[sentence]);
}

#[test]
fn a_consultation_logged_against_the_settings() {
    caught(
        worlds::two_calls(),
        || Softphone::with_bug(Bug::ConsultationAlwaysLogged),
        &["each call has the logs of the rule, and one at most"],
    );
}

#[test]
fn dialing_without_a_deadline() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::DialingNeverOverdue), &["deadlines alone end every call"]);
}

#[test]
fn a_refused_hold_taken_for_done() {
    caught(worlds::two_calls_one_fault(), || Softphone::with_bug(Bug::HoldRefusedGoesOn), &["the agent's voice is in one call"]);
}

#[test]
fn a_lost_hang_up_nobody_looks_for() {
    let sentence = "heard again, the panel soon shows what is";
    caught(worlds::two_calls_one_fault(), || Softphone::with_bug(Bug::LivenessNeverAsks), &[sentence]);
}

#[test]
fn a_list_of_commands_that_forgets_what_is_under_way() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::ListIgnoresDoing), &["a command is accepted if and only if it is listed"]);
}

#[test]
fn a_cancelled_consultation_that_leaves_the_customer_on_hold() {
    let sentence = "a cancelled consultation gives the customer back";
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::ReconnectForgetsToRetrieve), &[sentence]);
}

#[test]
fn ringing_that_goes_on_after_the_answer() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::RingsOn), &["it rings if and only if something alerts"]);
}

#[test]
fn a_second_connected_call_that_is_overheard() {
    caught(worlds::two_calls_fault_and_time(), || Softphone::with_bug(Bug::SecondIsOverheard), &["the agent's voice is in one call"]);
}

#[test]
fn a_transfer_that_hangs_up_on_the_customer() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::TransferDrops), &["nobody leaves who was not asked to"]);
}

#[test]
fn leaving_a_conference_that_ends_it_for_everybody() {
    caught(worlds::two_calls(), || Softphone::with_bug(Bug::LeaveEndsAll), &["nobody leaves who was not asked to"]);
}
