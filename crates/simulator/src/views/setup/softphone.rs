//! Any softphone, by its address: for whoever tests one.

use leptos::{ev::SubmitEvent, prelude::*};

use super::attempt;
use crate::sim::Sim;

/// The address in the utility bar, to be replaced by another.
pub(super) fn softphone(sim: Sim) -> AnyView {
    let current = sim.peek(|org, host| {
        org.call_center_of(host.page().user()).and_then(|center| center.general("reqAdapterUrl")).unwrap_or_default().to_owned()
    });
    let address = RwSignal::new(current);
    let load = move |event: SubmitEvent| {
        event.prevent_default();
        let address = address.get_untracked().trim().to_owned();
        let center = sim.peek(|org, host| org.call_center_of(host.page().user()).map(|center| center.id.clone()));
        let Some(center) = center else { return sim.say("You belong to no call center: log in as another user, or be added to one.") };
        let done = attempt(
            sim,
            // Whoever tests a softphone is admin here.
            |org, _| {
                let admin =
                    org.users().find(|user| org.may_manage(&user.id).is_ok()).map(|user| user.id.clone()).unwrap_or_else(|| center.clone());
                org.edit_call_center(&admin, &center, "reqGeneralInfo", "reqAdapterUrl", &address)?;
                // A softphone that does not report itself is not to be replaced by ours.
                org.edit_call_center(&admin, &center, "reqGeneralInfo", "reqStandbyUrl", "")
            },
            || "The softphone is loaded from there.".into(),
        );
        if done {
            sim.act(|org, host, now| {
                host.reload(org, now);
                host.set_panel(org, true, now);
            });
        }
    };
    view! {
        <section class="card" data-testid="any-softphone">
            <h1>"Any softphone"</h1>
            <form class="form" on:submit=load>
                <label>
                    <span>"Address of the softphone's page"</span>
                    <input
                        type="url"
                        data-testid="softphone-address"
                        prop:value=move || address.get()
                        on:input=move |event| address.set(event_target_value(&event))
                    />
                </label>
                <button type="submit" class="button brand" data-testid="softphone-load">"Put it into the utility bar"</button>
            </form>
            <p class="quiet-words">
                "The page is loaded with Lightning's parameters and is answered by Open CTI's wire protocol. It must be https, or http on this machine; it \
                must let this page frame it; and it takes the client script from this page's own host, as from a real org: \
                /support/api/66.0/lightning/opencti_min.js. The whole definition can be imported under Call Centers instead."
            </p>
        </section>
    }
    .into_any()
}
