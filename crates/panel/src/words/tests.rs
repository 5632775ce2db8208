//! That nothing the core can say is left without words of its own.

use hookswitch_core::{Cause, CommandKind, CrmState, MediaState, PhoneState, RefusedReason};
use wasm_bindgen_test::wasm_bindgen_test;

/// The core's enums are open to growth, so the compiler does not find a missing word: the source does.
fn variants(source: &str, name: &str) -> Vec<String> {
    let (_, after) = source.split_once(&format!("pub enum {name} {{")).expect("the enum is in this file");
    let (body, _) = after.split_once("\n}").expect("it ends");
    let lines = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let words = lines.map(|line| line.trim().trim_end_matches(|c: char| !c.is_alphanumeric()));
    let mut names: Vec<String> = words
        .filter(|line| line.starts_with(char::is_uppercase))
        .map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

fn names<T: core::fmt::Debug>(list: &[T]) -> Vec<String> {
    let mut names: Vec<String> = list.iter().map(|item| format!("{item:?}")).collect();
    names.sort();
    names
}

fn distinct<T: Copy>(list: &[T], words: impl Fn(T) -> &'static str) {
    let mut said: Vec<&str> = list.iter().map(|item| words(*item)).collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), list.len(), "two variants share their words, or one has none: {said:?}");
}

const PHONE: &str = include_str!("../../../core/src/phone/call.rs");

#[wasm_bindgen_test(unsupported = test)]
fn every_refusal_of_the_core_has_words() {
    let source = include_str!("../../../core/src/refusal.rs");
    let codes: Vec<&str> = source.lines().filter_map(|line| line.split_once("=> \"")?.1.split_once('"')).map(|(code, _)| code).collect();
    assert!(codes.len() >= 19, "the codes are still where this test looks for them");
    for code in codes {
        assert_ne!(super::refusal(code), super::problem::UNKNOWN, "no words for {code}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn logs_that_were_deleted_are_counted_and_the_next_step_is_said() {
    let said = |count| super::problem(hookswitch_core::ProblemKind::LogsExpired { count }).text;
    assert!(said(1).starts_with("A log of yours that was never saved") && said(3).starts_with("3 logs of yours that were never saved"));
    assert!(said(3).contains("Log the calls you remember by hand"));
    assert_ne!(super::problem(hookswitch_core::ProblemKind::WorkNotDone).text, super::problem::UNKNOWN);
}

#[wasm_bindgen_test(unsupported = test)]
fn logs_of_others_say_when_they_go_and_who_can_save_them() {
    let said = |count, going, days| super::locked(count, Some(hookswitch_core::ExpiringView { count: going, days }));
    assert!(!super::locked(2, None).contains("deleted"));
    for (text, words) in [
        (said(1, 1, 3), "It is deleted in 3 days"),
        (said(2, 2, 1), "They are deleted within a day"),
        (said(4, 1, 0), "One of them is deleted today"),
        (said(4, 2, 2), "2 of them are deleted in 2 days"),
    ] {
        assert!(
            text.contains(words) && text.ends_with("unless whoever made those calls signs in here before: ask who used this phone."),
            "{text}"
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_cause_has_words_of_its_own() {
    distinct(&Cause::ALL, super::cause);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_reason_of_a_phone_system_has_words_of_its_own() {
    use RefusedReason::{Media, NotNow, NotPermitted, NotSupported, Offline, Timeout, UnknownCall};
    let all = [Media, NotNow, NotPermitted, NotSupported, Offline, Timeout, UnknownCall];
    assert_eq!(names(&all), variants(PHONE, "RefusedReason"));
    distinct(&all, super::problem::refused);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_state_of_the_microphone_has_words_of_its_own() {
    use MediaState::{BlockedByPolicy, Denied, Insecure, NoDevice, Usable};
    let all = [BlockedByPolicy, Denied, Insecure, NoDevice, Usable];
    assert_eq!(names(&all), variants(PHONE, "MediaState"));
    distinct(&all, super::media);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_state_of_the_phone_system_has_words_of_its_own() {
    use PhoneState::{Connecting, Failed, Ready, Reconnecting, Stopped};
    let all = [Connecting, Failed, Ready, Reconnecting, Stopped];
    assert_eq!(names(&all), variants(PHONE, "PhoneState"));
    distinct(&all, super::phone);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_state_of_salesforce_has_words_of_its_own() {
    use CrmState::{None, NotAnswering, Ready, Starting, Unavailable};
    let all = [None, NotAnswering, Ready, Starting, Unavailable];
    assert_eq!(names(&all), variants(include_str!("../../../core/src/crm/mod.rs"), "CrmState"));
    distinct(&all, super::crm);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_command_that_can_fail_has_words_of_its_own() {
    use CommandKind::{
        Alternate, Answer, Clear, ClearCall, ClearParty, Conference, Consult, Decline, Deflect, Dial, ExtendWrapUp, FinishWrapUp, ForceEnd,
        Hold, HoldParty, Mute, MuteParty, PopNow, Reconnect, Retrieve, RetrieveParty, Select, SendDigits, SetRecording,
        SingleStepConference, SingleStepTransfer, Transfer, Write,
    };
    let all = [
        Alternate,
        Answer,
        Clear,
        ClearCall,
        ClearParty,
        Conference,
        Consult,
        Decline,
        Deflect,
        Dial,
        ExtendWrapUp,
        FinishWrapUp,
        ForceEnd,
        Hold,
        HoldParty,
        Mute,
        MuteParty,
        PopNow,
        Reconnect,
        Retrieve,
        RetrieveParty,
        Select,
        SendDigits,
        SetRecording,
        SingleStepConference,
        SingleStepTransfer,
        Transfer,
        Write,
    ];
    assert_eq!(names(&all), variants(include_str!("../../../core/src/agent.rs"), "CommandKind"));
    // The two transfers are one thing to the agent.
    let told_apart: Vec<_> = all.into_iter().filter(|command| *command != Transfer).collect();
    distinct(&told_apart, super::problem::command);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_problem_and_phase_is_named_in_its_table() {
    // These carry values, so the table's own source is looked through for each name.
    let snapshot = concat!(include_str!("../../../core/src/snapshot/call.rs"), include_str!("../../../core/src/snapshot/told.rs"));
    for (name, table) in
        [("ProblemKind", include_str!("problem.rs")), ("Phase", include_str!("phase.rs")), ("LogState", include_str!("status.rs"))]
    {
        for variant in variants(snapshot, name) {
            assert!(table.contains(&format!("{name}::{variant}")), "no words for {name}::{variant}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_age_of_stored_settings_is_told_in_a_fitting_unit() {
    assert!(super::stale_settings(30_000).contains("less than a minute ago"));
    assert!(super::stale_settings(60_000).contains("1 minute ago"));
    assert!(super::stale_settings(3 * 3_600_000).contains("3 hours ago"));
    assert!(super::stale_settings(3 * 86_400_000).contains("3 days ago"));
}
