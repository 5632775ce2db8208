//! App launcher, navigation items, and the tabs of a console.

use hookswitch_lightning::View;
use leptos::prelude::*;

use super::icon::icon;
use crate::sim::Sim;

/// The objects in the navigation bar.
const ITEMS: [(&str, &str); 6] =
    [("Account", "Accounts"), ("Contact", "Contacts"), ("Lead", "Leads"), ("Case", "Cases"), ("Task", "Tasks"), ("Site__c", "Sites")];

/// The bar below the header.
pub(crate) fn navigation(sim: Sim) -> AnyView {
    let console = Memo::new(move |_| sim.read(|_, host| host.page().nav().console()));
    view! {
        <nav class="navigation" aria-label="App">
            {launcher(sim)}
            <ul class="items">
                <li>{item(sim, View::Home, "Home")}</li>
                {ITEMS
                    .map(|(object, label)| {
                        view! { <li>{item(sim, View::List { object: object.into(), list_view: None }, label)}</li> }
                    })
                    .collect_view()}
            </ul>
        </nav>
        {move || console.get().then(|| tabs(sim))}
    }
    .into_any()
}

fn launcher(sim: Sim) -> AnyView {
    let apps = Memo::new(move |_| sim.read(|org, _| org.apps().iter().map(|app| (app.name.clone(), app.console)).collect::<Vec<_>>()));
    let current = Memo::new(move |_| sim.read(|_, host| host.page().app().to_owned()));
    let switch = move |event| {
        let app = event_target_value(&event);
        sim.act(|org, host, now| host.switch_app(org, &app, now));
    };
    view! {
        <label class="launcher" title="App launcher">
            {icon("apps")}
            <span class="hidden-label">"App"</span>
            <select data-testid="app" on:change=switch>
                {move || {
                    apps.get()
                        .into_iter()
                        .map(|(name, console)| {
                            let selected = name == current.get();
                            let shown = if console { format!("{name} (console)") } else { name.clone() };
                            view! { <option value=name selected=selected>{shown}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
    .into_any()
}

fn item(sim: Sim, view: View, label: &'static str) -> AnyView {
    let own = view.clone();
    let current = Memo::new(move |_| {
        sim.read(|_, host| match (host.page().view(), &own) {
            (View::List { object, .. }, View::List { object: own, .. }) => object == own,
            (view, own) => view == own,
        })
    });
    view! {
        <button
            type="button"
            class="item"
            aria-current=move || current.get().then_some("page")
            on:click=move |_| sim.open(view.clone())
        >
            {label}
        </button>
    }
    .into_any()
}

/// A console's tabs, and below them the subtabs of the one in front.
fn tabs(sim: Sim) -> AnyView {
    let tabs = Memo::new(move |_| {
        sim.read(|org, host| {
            let nav = host.page().nav();
            let title = |view: &View| title(org, view);
            let tabs: Vec<_> =
                nav.tabs().iter().map(|tab| (title(&tab.view), tab.subtabs.iter().map(title).collect::<Vec<_>>(), tab.subtab)).collect();
            (tabs, nav.active())
        })
    });
    (move || {
        let (tabs, active) = tabs.get();
        let front = active.and_then(|place| tabs.get(place).cloned().map(|tab| (place, tab)));
        view! {
            <div class="tabs" role="tablist" aria-label="Workspace tabs" data-testid="tabs">
                {tabs
                    .into_iter()
                    .enumerate()
                    .map(|(place, (title, _, _))| {
                        tab(
                            title,
                            active == Some(place),
                            move || sim.act(|org, host, now| host.select_tab(org, place, None, now)),
                            move || sim.act(|org, host, now| host.close_tab(org, place, now)),
                        )
                    })
                    .collect_view()}
            </div>
            {front
                .filter(|(_, (_, subtabs, _))| !subtabs.is_empty())
                .map(|(place, (title, subtabs, subtab))| {
                    view! {
                        <div class="tabs subtabs" role="tablist" aria-label="Subtabs" data-testid="subtabs">
                            <button
                                type="button"
                                role="tab"
                                class="tab"
                                aria-selected=subtab.is_none().to_string()
                                on:click=move |_| sim.act(|org, host, now| host.select_tab(org, place, None, now))
                            >
                                {title}
                            </button>
                            {subtabs
                                .into_iter()
                                .enumerate()
                                .map(|(below, title)| {
                                    tab(
                                        title,
                                        subtab == Some(below),
                                        move || sim.act(|org, host, now| host.select_tab(org, place, Some(below), now)),
                                        move || sim.act(|org, host, now| host.close_subtab(org, place, below, now)),
                                    )
                                })
                                .collect_view()}
                        </div>
                    }
                })}
        }
    })
    .into_any()
}

fn tab(title: String, front: bool, select: impl Fn() + 'static, close: impl Fn() + 'static) -> AnyView {
    view! {
        <span class="tab-with-close">
            <button type="button" role="tab" class="tab" aria-selected=front.to_string() on:click=move |_| select()>
                {title}
            </button>
            <button type="button" class="quiet" aria-label="Close tab" on:click=move |_| close()>{icon("close")}</button>
        </span>
    }
    .into_any()
}

/// What a tab with this view is called.
fn title(org: &hookswitch_lightning::Org, view: &View) -> String {
    match view {
        View::Record { id } => org.record(id).map_or_else(|| id.as_str().to_owned(), |record| record.name().to_owned()),
        View::Search { text } => format!("Search: {text}"),
        View::Flow { name, .. } => name.clone(),
        View::Visualforce { page, .. } => page.clone(),
        other => other.path(org),
    }
}
