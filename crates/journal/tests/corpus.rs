//! One corpus of days, replayed natively and in the browser: both must come to the number that is committed.

mod desk;

use desk::day;
use hookswitch_journal::{Hash, Replay, export};

/// Of all replays, and of the files they were made from. `HOOKSWITCH_WRITE=1` writes it anew, natively.
const COMMITTED: &str = include_str!("corpus.hash");

const DAYS: u8 = 200;
const EVENTS: usize = 60;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_corpus_replays_to_the_same_bytes_on_every_machine() {
    let mut all = Hash::default();
    for number in 0..DAYS {
        let desk = day(number, EVENTS);
        for text in [desk.journal.to_text(), export(&desk.journal, 0x5eed)] {
            // The header names the release; that may change.
            all.bytes(text.split_once('\n').expect("a header").1.as_bytes());
            let mut replay = Replay::open(&text).expect("what was written can be read");
            let steps = replay.by_ref().count();
            assert_eq!(steps, desk.journal.len());
            all.bytes(replay.hash().to_string().as_bytes());
        }
    }
    let found = all.to_string();
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("HOOKSWITCH_WRITE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus.hash"), format!("{found}\n")).expect("the hash can be written");
        return;
    }
    assert_eq!(
        found,
        COMMITTED.trim(),
        "if the core's behaviour was changed on purpose: HOOKSWITCH_WRITE=1 cargo test -p hookswitch-journal"
    );
}

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
