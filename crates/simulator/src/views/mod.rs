//! What is seen: the page as Lightning draws it, and the simulator's own drawer beside it.

mod bar;
mod channels;
mod drawer;
mod edit;
mod faults;
mod header;
mod home;
mod icon;
mod list;
mod messages;
mod navigation;
mod network;
mod new_record;
mod record;
mod search;
mod setup;
mod time;
mod work;

use hookswitch_lightning::View;
use leptos::prelude::*;

use crate::sim::Sim;

/// The whole page.
pub(crate) fn app(sim: Sim) -> AnyView {
    view! {
        <div class="page" class:with-drawer=move || sim.drawer.get().is_some()>
            <p class="simulated" role="note">
                "Simulated Salesforce. Nothing here is a real org, and no call is real unless the phone system's setting names a real one."
            </p>
            {header::header(sim)}
            {navigation::navigation(sim)}
            {toast(sim)}
            <main class="stage">{main(sim)}</main>
            {new_record::modal(sim)}
            {bar::utility_bar(sim)}
            {drawer::drawer(sim)}
        </div>
    }
    .into_any()
}

fn main(sim: Sim) -> AnyView {
    let view = Memo::new(move |_| sim.read(|_, host| host.page().view().clone()));
    (move || match view.get() {
        View::Home => home::home(sim),
        View::List { object, .. } | View::ObjectHome { object } => list::list(sim, object),
        View::Record { id } => record::record(sim, id),
        View::Search { text } => search::results(sim, text),
        View::Setup { page } => setup::setup(sim, page),
        View::Flow { name, inputs } => {
            plain("Flow with the inputs it was given", &name, serde_json::to_string_pretty(&inputs).unwrap_or_default())
        }
        View::Visualforce { page, query } => plain("Visualforce page", &page, query),
        View::Url { path } => plain("Page", &path, String::new()),
        _ => plain("Page", "", String::new()),
    })
    .into_any()
}

/// A page that the simulator names but does not draw.
fn plain(kind: &'static str, name: &str, more: String) -> AnyView {
    view! {
        <section class="card" data-testid="plain-page">
            <p class="eyebrow">{kind}</p>
            <h1>{name.to_owned()}</h1>
            <pre>{more}</pre>
        </section>
    }
    .into_any()
}

fn toast(sim: Sim) -> AnyView {
    view! {
        <div class="toast" role="status" data-testid="toast" hidden=move || sim.toast.get().is_none()>
            <p>{move || sim.toast.get()}</p>
            <button type="button" class="quiet" aria-label="Close" on:click=move |_| sim.toast.set(None)>{icon::icon("close")}</button>
        </div>
    }
    .into_any()
}
