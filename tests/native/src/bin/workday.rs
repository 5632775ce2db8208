//! Runs working days of scripted calls in virtual time and prints what they came to and how long they took.

use std::time::Instant;

fn main() {
    let days: u64 = std::env::args().nth(1).and_then(|days| days.parse().ok()).unwrap_or(20);
    let start = Instant::now();
    let mut total = hookswitch_scenarios::workday::Day::default();
    for seed in 1..=days {
        let day = hookswitch_scenarios::workday::workday(seed);
        total.callers += day.callers;
        total.answered += day.answered;
        total.logs += day.logs;
        total.inputs += day.inputs;
    }
    let micros = start.elapsed().as_micros();
    let per_day = micros / u128::from(days.max(1));
    println!(
        "{days} working days: {} callers, {} answered, {} logs, {} inputs; {per_day} µs per day, {} µs per caller",
        total.callers,
        total.answered,
        total.logs,
        total.inputs,
        micros / (total.callers.max(1) as u128),
    );
}
