//! Every Open CTI message, newest first.

use hookswitch_lightning::{Direction, LogEntry};
use leptos::prelude::*;

use super::time::clock;
use crate::sim::Sim;

/// More are kept than a person can read; so many are drawn.
const SHOWN: usize = 300;

/// The messages.
pub(crate) fn messages(sim: Sim) -> AnyView {
    let filter = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        sim.read(|_, host| {
            host.messages()
                .iter()
                .rev()
                .filter(|entry| filter.is_empty() || entry.message.to_string().to_lowercase().contains(&filter))
                .take(SHOWN)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let count = move || sim.read(|_, host| host.messages().len());
    view! {
        <section class="drawer-page" data-testid="messages">
            <div class="row">
                <input
                    type="search"
                    placeholder="Filter: a method, a number, a code"
                    aria-label="Filter messages"
                    on:input=move |event| filter.set(event_target_value(&event))
                />
                <button type="button" class="button" on:click=move |_| sim.act(|_, host, _| host.clear_messages())>"Clear"</button>
            </div>
            <p class="quiet-words">{count} " messages. Times in UTC. ↑ from the softphone, ↓ to it."</p>
            <ol class="messages">
                <For each=move || shown.get() key=|entry| entry.number let:entry>{line(entry)}</For>
            </ol>
        </section>
    }
    .into_any()
}

fn line(entry: LogEntry) -> AnyView {
    let arrow = if entry.direction == Direction::FromSoftphone { "↑" } else { "↓" };
    let method = match entry.method() {
        "" => entry.message["eventName"].as_str().unwrap_or("message").to_owned(),
        method => method.to_owned(),
    };
    let failed = entry.message["response"]["success"] == false;
    let text = serde_json::to_string_pretty(&entry.message).unwrap_or_default();
    view! {
        <li class:failed=failed data-testid="message">
            <details>
                <summary>
                    <span class="time">{clock(entry.at)}</span>
                    <b>{arrow} " " {method}</b>
                    <span class="note">{entry.note}</span>
                </summary>
                <pre>{text}</pre>
            </details>
        </li>
    }
    .into_any()
}
