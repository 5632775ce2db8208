//! The simulator's own drawer: the people outside, the messages, and what can be broken.

use leptos::prelude::*;

use super::{faults::faults, messages::messages, network::network};
use crate::sim::Sim;

/// The pages of the drawer.
const PAGES: [(&str, &str); 3] = [("network", "Phone network"), ("messages", "Messages"), ("faults", "Faults")];

/// The drawer, if it is open.
pub(crate) fn drawer(sim: Sim) -> AnyView {
    (move || {
        let page = sim.drawer.get()?;
        Some(view! {
            <aside class="drawer" aria-label="Simulator" data-testid="drawer">
                <div class="drawer-tabs" role="tablist">
                    {PAGES
                        .map(|(key, label)| {
                            view! {
                                <button
                                    type="button"
                                    role="tab"
                                    class="tab"
                                    data-testid=format!("drawer-{key}")
                                    aria-selected=(key == page).to_string()
                                    on:click=move |_| sim.drawer.set(Some(key))
                                >
                                    {label}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
                {match page {
                    "messages" => messages(sim),
                    "faults" => faults(sim),
                    _ => network(sim),
                }}
            </aside>
        })
    })
    .into_any()
}
