//! The home page: what to try first.

use hookswitch_lightning::View;
use leptos::prelude::*;

use crate::sim::Sim;

/// The home page.
pub(crate) fn home(sim: Sim) -> AnyView {
    let name = move || sim.read(|org, host| org.record(host.page().user()).map(|user| user.name().to_owned()).unwrap_or_default());
    view! {
        <section class="card" data-testid="home">
            <p class="eyebrow">"Home"</p>
            <h1>"Hello, " {name}</h1>
            <ol class="steps">
                <li>"Open the phone in the bar at the bottom of the page."</li>
                <li>"In the drawer at the right, under Phone network, let a customer call. The phone rings and the customer's record opens."</li>
                <li>"Answer, talk, hang up, choose a disposition, write a note, finish. The call is a task on the customer's record."</li>
                <li>
                    "Or open a "
                    <button type="button" class="link" on:click=move |_| sim.open(View::List { object: "Contact".into(), list_view: None })>
                        "contact"
                    </button> " and click its number; under Phone network you answer for the customer."
                </li>
            </ol>
            <p>
                "Under Messages the drawer shows everything the softphone and Lightning say to each other, under Faults you make Lightning misbehave. "
                "A second tab of this page shares the org; another user in the menu above shows what that user would see."
            </p>
        </section>
        {super::work::queue(sim)}
    }
    .into_any()
}
