//! Apps with their utility bars, and what holds for the whole org.

use hookswitch_lightning::App;
use leptos::prelude::*;

use crate::sim::Sim;

const ITEM: &str = "Open CTI Softphone in the utility bar";
const START: &str = "Start automatically";

/// The apps.
pub(super) fn apps(sim: Sim) -> AnyView {
    let rows = Memo::new(move |_| sim.read(|org, _| org.apps().to_vec()));
    view! {
        <section class="card" data-testid="apps">
            <h1>"App Manager"</h1>
            <p class="quiet-words">"Changes hold from the page's next load."</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"App"</th>
                        <th scope="col">"Navigation"</th>
                        <th scope="col">{ITEM}</th>
                        <th scope="col">{START}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || rows.get().into_iter().map(|app| row(sim, &app)).collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(sim: Sim, app: &App) -> AnyView {
    let kind = match (app.lightning, app.console) {
        (false, _) => "Classic app",
        (true, true) => "console",
        (true, false) => "standard",
    };
    view! {
        <tr>
            <th scope="row">{app.name.clone()}</th>
            <td>{kind}</td>
            <td>{switch(sim, &app.name, ITEM, app.softphone_item, |app, on| app.softphone_item = on)}</td>
            <td>{switch(sim, &app.name, START, app.start_automatically, |app, on| app.start_automatically = on)}</td>
        </tr>
    }
    .into_any()
}

fn switch(sim: Sim, app: &str, what: &str, on: bool, set: fn(&mut App, bool)) -> AnyView {
    let (name, label) = (app.to_owned(), format!("{what}, {app}"));
    let change = move |event| {
        let on = event_target_checked(&event);
        sim.act(|org, _, _| org.edit_app(&name, |app| set(app, on)));
    };
    view! { <input type="checkbox" aria-label=label prop:checked=on on:change=change /> }.into_any()
}

/// The org itself.
pub(super) fn org(sim: Sim) -> AnyView {
    let persons = move || sim.read(|org, _| org.person_accounts());
    let again = move |_| {
        crate::stage::forget();
        // A reload reads the fresh org; it cannot fail.
        let _ = window().location().reload();
    };
    view! {
        <section class="card" data-testid="org">
            <h1>"This org"</h1>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=persons
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        sim.act(|org, _, _| org.set_person_accounts(on));
                    }
                />
                <span>"Person accounts"</span>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        sim.act(|org, _, _| org.set_leave_out_empty_settings(on));
                    }
                />
                <span>"getCallCenterSettings leaves empty values out"</span>
            </label>
            <button type="button" class="button" on:click=move |_| sim.act(|org, _, _| org.remove_apex())>"Take all Apex classes away"</button>
            <button type="button" class="button" on:click=move |_| sim.act(|org, _, _| org.remove_layouts())>"Take all softphone layouts away"</button>
            <p>"Everything you changed is kept in this browser."</p>
            <button type="button" class="button brand" data-testid="reset" on:click=again>"Start again with a fresh org"</button>
        </section>
    }
    .into_any()
}
