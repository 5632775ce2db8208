//! A contact centre's shift: `soak HOURS AGENTS…`.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    time::Instant,
};

use hookswitch_bench::soak::{INVARIANTS, Outcome, Plan, play};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Agents on one phone system.
const SITE: usize = 100;
/// Virtual minutes; the ordinary turn is one.
const LONG_TURN: u64 = 60;

fn main() -> ExitCode {
    let words: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (hours, sizes) = match words.split_first() {
        Some((hours, sizes)) if !sizes.is_empty() => (*hours, sizes.to_vec()),
        _ => (1, vec![100]),
    };
    println!(
        "a shift of {hours} h, a phone system for every {SITE} agents, the cheap invariants checked after every input of every softphone, the others as docs/evidence/soak.md says:"
    );
    for invariant in INVARIANTS {
        println!("  - {invariant}");
    }
    let mut costs = Vec::new();
    let mut violated = 0;
    for agents in &sizes {
        let (outcome, cost) = shift(*agents, hours, 1);
        costs.push(cost);
        violated += outcome.violated;
    }
    if let ([first, .., last], Some(most)) = (costs.as_slice(), sizes.last()) {
        println!("\ncost per call, largest to smallest centre: {:.2} (flat is 1)", last / first);
        let (outcome, cost) = shift(*most, hours, LONG_TURN);
        violated += outcome.violated;
        println!(
            "\nthe same with turns of {LONG_TURN} minutes: {:.2}. All that differs is how long a site's agents stay in the processor's cache.",
            cost / first
        );
    }
    ExitCode::from(u8::from(violated > 0))
}

/// Plays one and tells of it; with the seconds on a processor that a call took.
fn shift(agents: u64, hours: u64, turn_minutes: u64) -> (Outcome, f64) {
    MEMORY.reset_peak_usage();
    let (start, worked) = (Instant::now(), on_cpu());
    let outcome = play(Plan { agents: usize::try_from(agents).unwrap_or(1), site: SITE, hours, seed: 1, turn_minutes });
    let seconds = start.elapsed().as_secs_f64();
    // Others may use the machine; what a call costs is better told by the time on a processor.
    let worked = on_cpu().zip(worked).map_or(seconds, |(now, then)| now - then);
    tell(agents, &outcome, seconds, worked);
    let cost = worked / outcome.count("calls").max(1) as f64;
    (outcome, cost)
}

/// Seconds this process spent on a processor so far, where the system tells.
fn on_cpu() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(told.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

fn tell(agents: u64, outcome: &Outcome, seconds: f64, worked: f64) {
    let (calls, inputs) = (outcome.count("calls").max(1) as f64, outcome.steps as f64);
    println!(
        "\n{agents} agents: {calls} calls in {seconds:.1} s ({worked:.1} s on a processor): {:.0} calls/s, {:.0} us per call on a processor; \
         {inputs} inputs, {:.2} us each; peak memory {:.1} MiB",
        calls / seconds,
        worked * 1e6 / calls,
        worked * 1e6 / inputs,
        MEMORY.peak_usage_as_mb(),
    );
    let counts: Vec<_> = outcome.counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    println!("  {}", counts.join(", "));
    println!("  violations: {}", outcome.violated);
    for words in &outcome.violations {
        println!("    {words}");
    }
    let _ = io::stdout().flush();
}
