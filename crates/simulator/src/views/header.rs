//! The global header: search, Setup, who is logged in, and the simulator's drawer.

use hookswitch_lightning::{Id, View};
use leptos::{ev::SubmitEvent, prelude::*};

use super::icon::icon;
use crate::sim::Sim;

/// The header.
pub(crate) fn header(sim: Sim) -> AnyView {
    let text = RwSignal::new(String::new());
    let search = move |event: SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked();
        if !text.trim().is_empty() {
            sim.open(View::Search { text });
        }
    };
    view! {
        <header class="global">
            <span class="logo">{icon("lab")} "Simulated org"</span>
            <form class="global-search" role="search" on:submit=search>
                {icon("search")}
                <input
                    type="search"
                    data-testid="global-search"
                    placeholder="Search..."
                    aria-label="Search Salesforce"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </form>
            <div class="global-actions">
                <button type="button" class="quiet" data-testid="setup" title="Setup" on:click=move |_| sim.open(View::Setup { page: "Home".into() })>
                    {icon("gear")}
                    <span>"Setup"</span>
                </button>
                {user(sim)}
                <button
                    type="button"
                    class="quiet"
                    data-testid="drawer-toggle"
                    aria-expanded=move || sim.drawer.get().is_some().to_string()
                    on:click=move |_| sim.drawer.update(|open| *open = if open.is_some() { None } else { Some("network") })
                >
                    {icon("lab")}
                    <span>"Simulator"</span>
                </button>
            </div>
        </header>
    }
    .into_any()
}

/// The menu that logs another user in.
fn user(sim: Sim) -> AnyView {
    let users =
        Memo::new(move |_| sim.read(|org, _| org.users().map(|user| (user.id.clone(), user.name().to_owned())).collect::<Vec<_>>()));
    let current = Memo::new(move |_| sim.read(|_, host| host.page().user().clone()));
    let switch = move |event| {
        if let Some(user) = Id::parse(&event_target_value(&event)) {
            sim.act(|org, host, now| host.log_in(org, &user, now));
        }
    };
    view! {
        <label class="user">
            {icon("user")}
            <span class="hidden-label">"Logged in as"</span>
            <select data-testid="user" on:change=switch>
                {move || {
                    users
                        .get()
                        .into_iter()
                        .map(|(id, name)| {
                            let selected = id == current.get();
                            view! { <option value=id.as_str().to_owned() selected=selected>{name}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
    .into_any()
}
