//! The simulator's own drawer: the people outside, the messages, the page's message channels, and what can be broken.

use leptos::prelude::*;

use super::{channels::channels, faults::faults, messages::messages, network::network};
use crate::sim::Sim;

/// The pages of the drawer.
const PAGES: [(&str, &str); 4] = [("network", "Phone network"), ("messages", "Messages"), ("channels", "Channels"), ("faults", "Faults")];

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
                    "channels" => channels(sim),
                    "faults" => faults(sim),
                    _ => network(sim),
                }}
            </aside>
        })
    })
    .into_any()
}
