//! Times the benchmark's call natively, and weighs it.

use std::time::Instant;

use hookswitch_bench::desk::{After, Desk};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let rounds: u32 = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(10_000);
    for (name, after) in [("plain", After::Nothing), ("kept", After::Kept), ("snapshot", After::Snapshot)] {
        let mut desk = Desk::new();
        desk.play(rounds, after);
        // The best of many short turns: on a busy machine some of them are not interrupted.
        let times = (0..400).map(|_| {
            let start = Instant::now();
            let counts = desk.play(rounds / 200, after);
            start.elapsed().as_secs_f64() * 1e9 / f64::from(counts.inputs)
        });
        println!("{name} {:.0}", times.fold(f64::INFINITY, f64::min));
    }
    weigh();
    let mut desk = Desk::new();
    let counts = desk.play(1, After::Trace);
    println!("outcome {} {} {}", counts.inputs, counts.outputs, desk.trace().join(","));
}

/// Bytes of an idle agent, and of each call on top.
fn weigh() {
    const AGENTS: usize = 1_000;
    let mut desks = Vec::with_capacity(AGENTS);
    let before = MEMORY.current_usage();
    desks.extend((0..AGENTS).map(|_| Desk::new()));
    let idle = MEMORY.current_usage();
    desks.iter_mut().for_each(Desk::talks);
    let talking = MEMORY.current_usage();
    // The softphone itself lies in the list, which was there before.
    println!("agent {}", (idle - before) / AGENTS + size_of::<Desk>());
    println!("call {}", (talking - idle) / AGENTS);
}
