//! The users of a call center.

use hookswitch_lightning::Id;
use leptos::prelude::*;

use super::{attempt, go};
use crate::sim::Sim;

/// Who belongs to it, and who could.
pub(super) fn users(sim: Sim, center: Id) -> AnyView {
    let of = center.clone();
    let lists = Memo::new(move |_| {
        sim.read(|org, _| {
            let named = |user: &hookswitch_lightning::Record| (user.id.clone(), user.name().to_owned());
            let own: Vec<_> = org.users_of(&of).map(named).collect();
            let free: Vec<_> = org.assignable_users().map(named).collect();
            let name = org.call_center(&of).map(|center| center.display_name().to_owned()).unwrap_or_default();
            (name, own, free)
        })
    });
    let back = format!("CallCenter-{}", center.as_str());
    view! {
        <section class="card" data-testid="call-center-users">
            <div class="card-head">
                <h1>"Users of " {move || lists.get().0}</h1>
                <button type="button" class="button" on:click=move |_| go(sim, &back)>"Back"</button>
            </div>
            <ul class="plain">
                {move || {
                    lists
                        .get()
                        .1
                        .into_iter()
                        .map(|(user, name)| {
                            let remove = move |_| {
                                attempt(sim, |org, by| org.unassign_user(by, &user), || "Removed; the softphone goes with the next load.".into());
                            };
                            view! {
                                <li class="row">
                                    <span>{name}</span>
                                    <button type="button" class="button" on:click=remove>"Remove"</button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <h2>"Add More Users"</h2>
            <p class="quiet-words">"Only users who belong to no call center can be added; a user belongs to one at most."</p>
            <ul class="plain">
                {move || {
                    let center = center.clone();
                    lists
                        .get()
                        .2
                        .into_iter()
                        .map(|(user, name)| {
                            let center = center.clone();
                            let add = move |_| {
                                attempt(sim, |org, by| org.assign_user(by, &center, &user), || "Added; the softphone comes with the next load.".into());
                            };
                            view! {
                                <li class="row">
                                    <span>{name}</span>
                                    <button type="button" class="button" on:click=add>"Add"</button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
    .into_any()
}
