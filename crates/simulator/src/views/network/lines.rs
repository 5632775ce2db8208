//! What can go wrong between agents and the phone system.

use hookswitch_switch::{LineFaults, NetworkCommand};
use leptos::prelude::*;

use crate::sim::Sim;

/// Faults that make each of the words' kind visible within a call or two.
const PRESETS: [(&str, &str); 7] = [
    ("none", "works"),
    ("lost", "loses every fifth report"),
    ("doubled", "says every third thing twice"),
    ("late", "is two seconds late"),
    ("reordered", "mixes reports up"),
    ("refused", "refuses hold and retrieve"),
    ("dead", "is dead"),
];

/// One line per agent, and what happens to all of them.
pub(super) fn lines(sim: Sim) -> AnyView {
    let agents = move || sim.network.agents.get().into_iter().filter(|agent| agent.pages > 0);
    let restart = move |calls_survive: bool| sim.network.tell(&NetworkCommand::Restart { for_ms: 3_000, calls_survive });
    view! {
        <div class="form" data-testid="network-lines">
            <h3>"Agents' lines"</h3>
            {move || {
                agents()
                    .map(|agent| {
                        let kind = kind_of(&agent.faults);
                        let extension = agent.extension.clone();
                        let choose = move |event| {
                            let faults = preset(&event_target_value(&event));
                            sim.network.tell(&NetworkCommand::SetFaults { extension: extension.clone(), faults });
                        };
                        let options = PRESETS
                            .iter()
                            .map(|(value, words)| view! { <option value=*value selected={*value == kind}>{*words}</option> })
                            .collect_view();
                        view! {
                            <label>
                                <span>{agent.extension} " " {agent.name}</span>
                                <select data-testid="line-fault" on:change=choose>{options}</select>
                            </label>
                        }
                    })
                    .collect_view()
            }}
            <div class="row">
                <button type="button" class="button" on:click=move |_| sim.network.tell(&NetworkCommand::Outage { for_ms: 10_000 })>
                    "Break agents' lines for 10 seconds"
                </button>
                <button type="button" class="button" data-testid="restart-kept" on:click=move |_| restart(true)>
                    "Restart, calls go on"
                </button>
                <button type="button" class="button" data-testid="restart-lost" on:click=move |_| restart(false)>
                    "Restart, calls are lost"
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn preset(kind: &str) -> LineFaults {
    let faults = LineFaults { seed: 1, ..LineFaults::default() };
    match kind {
        "lost" => LineFaults { lost_percent: 20, ..faults },
        "doubled" => LineFaults { doubled_percent: 33, ..faults },
        "late" => LineFaults { late_ms: 2_000, ..faults },
        "reordered" => LineFaults { reordered_percent: 50, ..faults },
        "refused" => LineFaults { refused: vec!["hold".into(), "retrieve".into()], ..faults },
        "dead" => LineFaults { dead: true, ..faults },
        _ => LineFaults::default(),
    }
}

/// The preset these faults are, or the nearest.
const fn kind_of(faults: &LineFaults) -> &'static str {
    match faults {
        LineFaults { dead: true, .. } => "dead",
        LineFaults { lost_percent: 1.., .. } => "lost",
        LineFaults { doubled_percent: 1.., .. } => "doubled",
        LineFaults { late_ms: 1.., .. } => "late",
        LineFaults { reordered_percent: 1.., .. } => "reordered",
        _ if !faults.refused.is_empty() => "refused",
        _ => "none",
    }
}
