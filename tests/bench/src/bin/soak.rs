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

fn main() -> ExitCode {
    let words: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let (hours, sizes) = match words.split_first() {
        Some((hours, sizes)) if !sizes.is_empty() => (*hours, sizes.to_vec()),
        _ => (1, vec![100]),
    };
    println!("a shift of {hours} h, a phone system for every {SITE} agents, invariants checked after every input of every softphone:");
    for invariant in INVARIANTS {
        println!("  - {invariant}");
    }
    let mut costs = Vec::new();
    let mut violated = 0;
    for agents in sizes {
        MEMORY.reset_peak_usage();
        let start = Instant::now();
        let outcome = play(Plan { agents: usize::try_from(agents).unwrap_or(1), site: SITE, hours, seed: 1 });
        let seconds = start.elapsed().as_secs_f64();
        tell(agents, &outcome, seconds);
        costs.push(seconds * 1e6 / outcome.count("calls").max(1) as f64);
        violated += outcome.violated;
    }
    if let [first, .., last] = costs.as_slice() {
        println!("cost per call, largest to smallest centre: {:.2} (flat is 1)", last / first);
    }
    ExitCode::from(u8::from(violated > 0))
}

fn tell(agents: u64, outcome: &Outcome, seconds: f64) {
    let calls = outcome.count("calls");
    println!(
        "\n{agents} agents: {calls} calls in {seconds:.1} s, {:.0} calls/s, {:.1} us per call; {} inputs, {:.2} us each; peak memory {:.1} MiB",
        calls as f64 / seconds,
        seconds * 1e6 / calls.max(1) as f64,
        outcome.steps,
        seconds * 1e6 / outcome.steps.max(1) as f64,
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
