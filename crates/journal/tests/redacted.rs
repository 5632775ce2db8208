//! What leaves the machine says nothing about anybody, and replays the same.
#![cfg(not(target_arch = "wasm32"))]

mod desk;

use desk::{Desk, Event, day};
use hookswitch_core::{AgentCommand, CallId, CallKind, Input, Party, Phase, PhoneRef, PhoneReport};
use hookswitch_journal::{Limits, Outline, Replay, export, replay};
use proptest::prelude::*;
use serde_json::Value;

/// What must not be found in an export, with digits alone and letters small.
const NEEDLES: [&str; 9] = ["4155550123", "5550123", "765432189", "2079460021", "37040044", "byron", "hopper", "żółć", "山田太郎"];

/// An extension, an account that is named by digits, a note and a PIN: too short to be looked for by themselves, since what stands in for
/// others may be the same by chance. None of them may stay where it stood.
const SHORT: [&str; 4] = ["8642", "9751", "4711", "2580"];

/// A text without what stands between its digits and letters, so that a number is found in every spelling; and its letters small.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The list, if it is one of bytes.
fn bytes(values: &[Value]) -> Option<Vec<u8>> {
    let bytes = || values.iter().map(|value| u8::try_from(value.as_u64()?).ok()).collect();
    if values.len() > 4 { bytes() } else { None }
}

/// Every text in the file, and every list of bytes as a text.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => match bytes(values) {
            Some(bytes) => found.push(String::from_utf8_lossy(&bytes).into_owned()),
            None => values.iter().for_each(|value| texts(value, found)),
        },
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        Value::String(text) => found.push(text.clone()),
        Value::Bool(_) | Value::Null | Value::Number(_) => {}
    }
}

/// What of `needles` the file says.
fn found(file: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in file.lines() {
        texts(&serde_json::from_str(line).expect("JSON"), &mut all);
    }
    let says = |text: &&String| NEEDLES.iter().any(|needle| bare(text).contains(needle) || text.to_lowercase().contains(needle));
    all.iter().filter(says).cloned().collect()
}

/// What of the short ones stands in the redacted file where it stood in the plain one, by its path; and how often each was looked for.
fn stayed(plain: &str, redacted: &str) -> (Vec<String>, [usize; 4]) {
    let (mut stayed, mut seen) = (Vec::new(), [0; 4]);
    assert_eq!(plain.lines().count(), redacted.lines().count());
    for (number, (plain, redacted)) in plain.lines().zip(redacted.lines()).enumerate() {
        let [plain, redacted] = [plain, redacted].map(|line| serde_json::from_str(line).expect("JSON"));
        compare(&number.to_string(), &plain, &redacted, &mut |path, plain, redacted| {
            for (needle, seen) in SHORT.iter().zip(&mut seen) {
                for at in (0..plain.len()).filter(|at| plain[*at..].starts_with(needle.as_bytes())) {
                    *seen += 1;
                    if redacted[at..].starts_with(needle.as_bytes()) {
                        stayed.push(format!("{path}: {}", String::from_utf8_lossy(plain)));
                    }
                }
            }
        });
    }
    (stayed, seen)
}

/// Gives every text and every list of bytes in both.
fn compare(path: &str, plain: &Value, redacted: &Value, each: &mut impl FnMut(&str, &[u8], &[u8])) {
    match (plain, redacted) {
        (Value::Array(one), Value::Array(other)) if bytes(one).is_some() => {
            let (one, other) = (bytes(one).expect("bytes"), bytes(other).expect("bytes"));
            assert_eq!(one.len(), other.len(), "{path}");
            each(path, &one, &other);
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{path}");
            one.iter().zip(other).enumerate().for_each(|(at, (one, other))| compare(&format!("{path}.{at}"), one, other, each));
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().for_each(|(name, value)| compare(&format!("{path}.{name}"), value, &other[name], each));
        }
        (Value::String(one), Value::String(other)) => each(path, one.as_bytes(), other.as_bytes()),
        _ => {}
    }
}

/// The first step at which the two differ.
fn difference(plain: &str, redacted: &str) -> Option<String> {
    let (plain, redacted) = (replay(plain).expect("plain"), replay(redacted).expect("redacted"));
    assert_eq!(plain.len(), redacted.len());
    plain.iter().zip(&redacted).enumerate().find_map(|(at, (one, other))| {
        let (shape, masked) = (Outline::of(one), Outline::of(other));
        (shape != masked).then(|| format!("step {at}\n{:?}\n{:?}\n{shape}\n{masked}", one.input, other.input))
    })
}

#[test]
fn the_days_are_worth_replaying() {
    let mut phases = std::collections::BTreeSet::new();
    let (mut conferences, mut accepted, mut all) = (0, 0, 0);
    for number in 0..100 {
        for step in day(number, 120).steps {
            phases.extend(step.snapshot.calls.iter().map(|call| format!("{:?}", call.phase)));
            conferences += usize::from(step.snapshot.calls.iter().any(|call| call.is_conference() && call.phase != Phase::WrapUp));
            accepted += usize::from(step.refusal.is_none());
            all += 1;
        }
    }
    assert_eq!(phases.len(), 12, "{phases:?}");
    assert!(conferences > 100 && accepted * 2 > all, "{conferences} {accepted} {all}");
}

#[test]
fn no_number_and_no_name_of_the_corpus_is_in_its_export() {
    for number in 0..60 {
        let desk = day(number, 120);
        assert!(!found(&desk.journal.to_text()).is_empty(), "they are there to be found");
        assert_eq!(found(&export(&desk.journal, u64::from(number) + 77)), Vec::<String>::new(), "day {number}");
    }
}

#[test]
fn no_extension_short_note_or_pin_of_the_corpus_is_in_its_export() {
    let mut all = [0; 4];
    for number in 0..60 {
        let desk = day(number, 120);
        let (stayed, seen) = stayed(&desk.journal.to_text(), &export(&desk.journal, u64::from(number) + 77));
        assert_eq!(stayed, Vec::<String>::new(), "day {number}");
        all.iter_mut().zip(seen).for_each(|(all, seen)| *all += seen);
    }
    assert!(all.iter().all(|seen| *seen > 20), "they are there to be found: {all:?}");
}

#[test]
fn a_redacted_journal_of_the_corpus_replays_in_the_same_outline() {
    for number in 0..120 {
        let desk = day(number, 120);
        let difference = difference(&desk.journal.to_text(), &export(&desk.journal, u64::from(number) * 31 + 5));
        assert!(difference.is_none(), "day {number}: {}", difference.unwrap_or_default());
    }
}

#[test]
fn the_same_text_becomes_the_same_text_and_another_one_with_another_seed() {
    let desk = day(0, 120);
    assert_eq!(export(&desk.journal, 1), export(&desk.journal, 1));
    assert_ne!(export(&desk.journal, 1), export(&desk.journal, 2));
    assert!(Replay::open(&export(&desk.journal, 1)).expect("readable").header().redacted);
}

#[test]
fn a_page_restored_in_mid_call_sends_no_log_twice_in_the_redacted_replay_either() {
    // Odd days begin with what the page before left.
    let restored = (0..30).map(|number| day(number * 2 + 1, 150)).filter(|desk| {
        desk.steps.iter().any(|step| matches!(step.input, Input::Restored(_)) && step.refusal.is_none())
            && desk.steps.get(6).is_some_and(|step| !step.snapshot.calls.is_empty() || !step.snapshot.logs.is_empty())
    });
    let mut seen = 0;
    for desk in restored {
        seen += 1;
        assert_eq!(difference(&desk.journal.to_text(), &export(&desk.journal, 9)), None);
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn digits_sent_stay_digits_and_say_nothing() {
    let mut desk = Desk::begun(Limits::default(), 0, &[]);
    let call: PhoneRef = "a".into();
    desk.tell(Input::Phone(PhoneReport::Delivered {
        call: call.clone(),
        from: Party { number: "+4930123456".into(), name: "Ada Byron".into() },
        called: "".into(),
        queue: String::new(),
        segment: "Gold".into(),
        kind: CallKind::Inbound,
        record: String::new(),
        owns_log: true,
    }));
    desk.tell(Input::Agent(AgentCommand::Answer(CallId(1))));
    desk.tell(Input::Phone(PhoneReport::Established { call, party: None }));
    for digits in ["A5", "4711", "4712", "#*D", "12x"] {
        desk.tell(Input::Agent(AgentCommand::SendDigits(CallId(1), digits.into())));
    }
    let redacted = export(&desk.journal, 11);
    let sent: Vec<_> = redacted.lines().filter(|line| line.contains("SendDigits")).collect();
    let says = |at: usize, digits: &str| sent[at].contains(&format!(r#"{{"SendDigits":[1,"{digits}"]}}"#));
    assert!(says(0, "A0") && says(1, "0000") && says(2, "0000") && says(3, "#*A") && says(4, "00x"), "{sent:?}");
    assert_eq!(difference(&desk.journal.to_text(), &redacted), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_redacted_journal_replays_in_the_same_outline(
        events in prop::collection::vec(any::<Event>(), 0..120),
        variant in any::<u8>(),
        seed in any::<u64>(),
        inputs in 5..200usize,
    ) {
        let mut desk = Desk::begun(Limits { inputs, ..Limits::default() }, variant, &[]);
        events.into_iter().for_each(|event| desk.happens(event));
        let redacted = export(&desk.journal, seed);
        prop_assert_eq!(difference(&desk.journal.to_text(), &redacted), None);
        prop_assert_eq!(found(&redacted), Vec::<String>::new());
        prop_assert_eq!(stayed(&desk.journal.to_text(), &redacted).0, Vec::<String>::new());
    }
}
