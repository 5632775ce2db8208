//! The utility bar: the softphone's button, its panel, and the frame that lives on while the panel is minimised.

use hookswitch_lightning::Softphone;
use leptos::prelude::*;

use super::icon::icon;
use crate::sim::{FRAME, Sim};

/// The bar at the bottom of the page.
pub(crate) fn utility_bar(sim: Sim) -> AnyView {
    let bar = Memo::new(move |_| sim.read(|_, host| host.page().bar().clone()));
    let open = Memo::new(move |_| bar.get().open);
    let absent = Memo::new(move |_| {
        sim.read(|_, host| match host.page().softphone() {
            Softphone::Absent { because } => Some(because.to_string()),
            _ => None,
        })
    });
    let standby = Memo::new(move |_| sim.read(|_, host| matches!(host.page().softphone(), Softphone::Loaded { standby: true, .. })));
    let size = move || {
        let bar = bar.get();
        format!("width: {}px; height: {}px", bar.width, bar.height + HEAD)
    };
    let set = move |open: bool| sim.act(|org, host, now| host.set_panel(org, open, now));
    view! {
        <section
            class="panel"
            class:minimised=move || !open.get()
            data-testid="panel"
            data-open=move || open.get().to_string()
            aria-label=move || bar.get().panel_label
            style=size
        >
            <header class="panel-head">
                {move || icon(&bar.get().panel_icon)}
                <h2 data-testid="panel-label">{move || bar.get().panel_label}</h2>
                <button type="button" class="quiet" data-testid="minimise" aria-label="Minimize" on:click=move |_| set(false)>
                    {icon("minimize")}
                </button>
            </header>
            <p class="standby" hidden=move || !standby.get()>
                "The softphone did not report in time, so Lightning shows its standby page until the browser is closed. "
                <button type="button" class="link" on:click=move |_| sim.end_browser_session()>"As if it were closed"</button>
            </p>
            <For each=move || sim.frame.get() key=|frame| frame.number let:frame>
                <iframe
                    id=FRAME
                    title="Softphone"
                    data-testid="softphone"
                    src=frame.url
                    allow="microphone; autoplay; clipboard-write"
                ></iframe>
            </For>
        </section>
        <footer class="utility-bar" aria-label="Utility bar" data-testid="utility-bar">
            {move || match absent.get() {
                Some(why) => view! { <p class="no-softphone" data-testid="no-softphone">"No softphone: " {why}</p> }.into_any(),
                None => view! {
                    <button
                        type="button"
                        class="utility"
                        data-testid="utility-item"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| set(!open.get_untracked())
                    >
                        {move || icon(&bar.get().item_icon)}
                        <span data-testid="utility-label">{move || bar.get().item_label}</span>
                    </button>
                }
                .into_any(),
            }}
        </footer>
    }
    .into_any()
}

/// Height of the panel's header, which Lightning adds to the softphone's own.
const HEAD: u32 = 40;
