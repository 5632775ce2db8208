//! Every report meets every phase: on its own way, or told as a lie on a copy of the moment.

use std::collections::BTreeSet;

use hookswitch_proof::{
    model::{PHASES, Rules},
    world::Left,
    worlds,
};

/// Kinds of reports about calls.
const KINDS: usize = 18;

#[test]
fn every_phase_meets_every_report_and_none_does_harm() {
    let two = Rules { lies: true, left: Left { forces: 0, ..worlds::two_calls().left }, ..worlds::two_calls() };
    let one = Rules { lies: true, restless: false, ..worlds::one_call() };
    let mut seen = BTreeSet::new();
    for rules in [two, one] {
        let (found, met) = rules.explore(2);
        if let Some((sentence, way)) = found.broken.first() {
            panic!("not always: {sentence}\n{way}");
        }
        seen.extend(met);
    }
    let kinds: BTreeSet<_> = seen.iter().map(|(_, kind)| *kind).collect();
    let missing: Vec<_> = PHASES
        .iter()
        .flat_map(|phase| kinds.iter().map(move |kind| (format!("{phase:?}"), *kind)))
        .filter(|pair| !seen.contains(pair))
        .collect();
    assert_eq!((kinds.len(), missing), (KINDS, Vec::new()));
}
