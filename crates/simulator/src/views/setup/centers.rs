//! Call centers: the list, and one with its values.

use std::collections::BTreeMap;

use hookswitch_lightning::Id;
use leptos::{ev::SubmitEvent, prelude::*};

use super::{attempt, go};
use crate::sim::Sim;

/// The call centers of the org.
pub(super) fn centers(sim: Sim) -> AnyView {
    let rows = Memo::new(move |_| {
        sim.read(|org, _| {
            org.call_centers()
                .iter()
                .map(|center| {
                    let users = org.users_of(&center.id).count();
                    (center.id.clone(), center.display_name().to_owned(), center.internal_name().to_owned(), users)
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h1>"Call Centers"</h1>
                <button type="button" class="button brand" data-testid="import" on:click=move |_| go(sim, "CallCenterImport")>"Import"</button>
            </div>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Internal name"</th>
                        <th scope="col">"Users"</th>
                        <th scope="col">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        rows.get()
                            .into_iter()
                            .map(|(id, name, internal, users)| {
                                let (page, seats, copied, gone) =
                                    (format!("CallCenter-{}", id.as_str()), format!("CallCenterUsers-{}", id.as_str()), id.clone(), id);
                                view! {
                                    <tr>
                                        <th scope="row">
                                            <button type="button" class="link" on:click=move |_| go(sim, &page)>{name}</button>
                                        </th>
                                        <td>{internal}</td>
                                        <td>
                                            <button type="button" class="link" on:click=move |_| go(sim, &seats)>{users} ", manage"</button>
                                        </td>
                                        <td class="row">
                                            <button type="button" class="button" on:click=move |_| clone(sim, &copied)>"Clone"</button>
                                            <button type="button" class="button" on:click=move |_| delete(sim, &gone)>"Delete"</button>
                                        </td>
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Copies a call center under the next free name.
fn clone(sim: Sim, id: &Id) {
    let names = sim.peek(|org, _| {
        let center = org.call_center(id)?;
        let (internal, display) = (center.internal_name(), center.display_name());
        let free = |name: &str| !org.call_centers().iter().any(|center| center.internal_name().eq_ignore_ascii_case(name));
        let number = (2..).find(|number| free(&format!("{internal}{number}")))?;
        Some((format!("{internal}{number}"), format!("{display} {number}")))
    });
    if let Some((internal, display)) = names {
        let shown = internal.clone();
        attempt(sim, |org, by| org.clone_call_center(by, id, &internal, &display).map(|_| ()), || format!("Copied as {shown}."));
    }
}

fn delete(sim: Sim, id: &Id) {
    attempt(sim, |org, by| org.delete_call_center(by, id), || "Deleted; its users belong to no call center now.".into());
}

/// One call center: every value, in the order of its file.
pub(super) fn center(sim: Sim, id: Id) -> AnyView {
    let Some(definition) = sim.peek(|org, _| org.call_center(&id).map(hookswitch_lightning::CallCenter::definition)) else {
        return view! { <section class="card"><h1>"There is no such call center."</h1></section> }.into_any();
    };
    let name = definition.display_name().unwrap_or_default().to_owned();
    let edits = RwSignal::new(BTreeMap::<(String, String), String>::new());
    let seats = format!("CallCenterUsers-{}", id.as_str());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let all = edits.get_untracked();
        let save = |org: &mut hookswitch_lightning::Org, by: &Id| {
            all.iter().try_for_each(|((section, item), value)| org.edit_call_center(by, &id, section, item, value))
        };
        if attempt(sim, save, || "Saved. The softphone reads the values when it is loaded next.".into()) {
            edits.set(BTreeMap::new());
        }
    };
    let sections = definition
        .ordered()
        .into_iter()
        .map(|section| {
            let items = section
                .ordered()
                .into_iter()
                .map(|item| {
                    let (key, name) = ((section.name.clone(), item.name.clone()), format!("{}.{}", section.name, item.name));
                    let label = item.label.clone().unwrap_or_else(|| item.name.clone());
                    let fixed = item.name == "reqInternalName";
                    let typed = move |event| {
                        let value = event_target_value(&event);
                        edits.update(|edits| {
                            edits.insert(key.clone(), value);
                        });
                    };
                    view! {
                        <label class="setting">
                            <span>{label}</span>
                            <input type="text" name=name value=item.value.clone() readonly=fixed on:input=typed />
                        </label>
                    }
                })
                .collect_view();
            let title = section.label.clone().unwrap_or_else(|| section.name.clone());
            view! {
                <fieldset>
                    <legend>{title}</legend>
                    {items}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <form class="card" data-testid="call-center" on:submit=save>
            <div class="card-head">
                <h1>{name}</h1>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| go(sim, &seats)>"Manage Call Center Users"</button>
                    <button type="submit" class="button brand" data-testid="save">"Save"</button>
                </div>
            </div>
            {sections}
        </form>
    }
    .into_any()
}
