//! Whatever stands in a call center definition: settings come of it, and each problem has words.
#![no_main]

use hookswitch_definition::Flat;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // One item per line: name, a tab, value.
    let flat: Flat =
        text.lines().filter_map(|line| line.split_once('\t')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let reading = hookswitch_definition::settings(&flat);
    assert!(reading.problems.iter().all(|problem| !problem.message.is_empty()));
});
