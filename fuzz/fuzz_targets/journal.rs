//! Any text as a journal; and any day, written down, replays the same, and the same in outline without personal data.
#![no_main]

mod inputs;

use arbitrary::Unstructured;
use hookswitch_core::{Now, Softphone};
use hookswitch_journal::{Journal, Limits, Outline, Step, export, replay};
use libfuzzer_sys::fuzz_target;

/// A file from elsewhere is read or refused with words.
fn read(text: &str) {
    if let Err(fault) = replay(text) {
        assert!(!fault.to_string().is_empty());
    }
}

fn outlines(steps: &[Step]) -> Vec<Outline> {
    steps.iter().map(Outline::of).collect()
}

/// A day of a softphone, with a journal that begins anew now and then.
fn day(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let mut phone = Softphone::new();
    let mut journal = Journal::new(Limits { inputs: 40, ..Limits::default() });
    let mut now = Now { mono: 1_000, wall: 1_768_471_200_000, utc_offset: 60 };
    let mut steps = Vec::new();
    let mut begin = inputs::begin().into_iter();
    loop {
        let (step, input) = match begin.next() {
            Some(input) => (0, input),
            None if u.is_empty() => break,
            None => {
                let (Ok(&step), Ok(input)) = (u.choose(&[0, 0, 0, 1, 1_000, 10_000, 61_000, 400_000]), inputs::input(&mut u)) else {
                    break;
                };
                (step, input)
            }
        };
        now.mono += step;
        now.wall += step;
        journal.record(&phone, now, &input);
        steps.push(Step::take(&mut phone, now, input));
    }
    let again = replay(&journal.to_text()).expect("what was written is read");
    assert!(again.as_slice() == &steps[steps.len() - again.len()..], "a replay went another way");
    let masked = replay(&export(&journal, 7)).expect("what was written without names is read");
    assert!(outlines(&masked) == outlines(&again), "without names it went another way");
}

fuzz_target!(|bytes: &[u8]| {
    match bytes.split_first() {
        Some((0, text)) => {
            if let Ok(text) = std::str::from_utf8(text) {
                read(text);
            }
        }
        _ => day(bytes),
    }
});
