//! Every report meets every phase: on its own way, or told as a lie on a copy of the moment.

use std::collections::BTreeSet;

use hookswitch_core::PhoneReport;
use hookswitch_proof::{
    model::{PHASES, Rules},
    reports::SYNC,
    world::Left,
    worlds,
};

/// Every kind of report there is, by the names on the wire: what reads them says so when it is given another. A list of calls counts twice.
fn kinds() -> BTreeSet<String> {
    let fault = serde_json::from_str::<PhoneReport>(r#"{"type":"?"}"#).expect_err("there is no such report").to_string();
    let names = fault.split_once("expected one of").expect("it names them").1.split('`').skip(1).step_by(2);
    let spelled = names.map(|name| format!("{}{}", name[..1].to_uppercase(), &name[1..]));
    spelled.filter(|name| name != "Sync").chain(SYNC.map(String::from)).collect()
}

/// Pairs that cannot be, each with its reason.
const IMPOSSIBLE: [(&str, &str, &str); 0] = [];

#[test]
fn every_phase_meets_every_report_about_its_call_and_none_does_harm() {
    let two = Rules { lies: true, left: Left { forces: 0, ..worlds::two_calls().left }, ..worlds::two_calls() };
    let one = Rules { lies: true, restless: false, ..worlds::one_call() };
    let mut seen = BTreeSet::new();
    for rules in [two, one] {
        let (found, met) = rules.explore(2);
        if let Some((sentence, way)) = found.broken.first() {
            panic!("not always: {sentence}\n{way}");
        }
        println!("{} moments", found.states);
        seen.extend(met);
    }
    let kinds = kinds();
    assert_eq!(kinds.len(), 26, "{kinds:?}");
    let strange: Vec<_> = seen.iter().filter(|(_, kind)| !kinds.contains(kind)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let all = PHASES.iter().flat_map(|phase| kinds.iter().map(move |kind| (format!("{phase:?}"), kind.clone())));
    let missing: BTreeSet<_> = all.filter(|pair| !seen.contains(pair)).collect();
    let impossible = IMPOSSIBLE.iter().map(|(phase, kind, _)| ((*phase).to_owned(), (*kind).to_owned())).collect();
    assert_eq!(missing, impossible);
}
