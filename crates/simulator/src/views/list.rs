//! A list view.

use hookswitch_lightning::{FieldKind, Org, Record};
use leptos::prelude::*;
use serde_json::Map;

use super::record::{link, phone, words};
use crate::sim::Sim;

/// Fields that say nothing about a customer.
const DULL: [&str; 5] = ["Name", "CaseNumber", "OwnerId", "IsPersonAccount", "PersonContactId"];
/// How many columns fit beside the drawer.
const COLUMNS: usize = 5;

/// All records of an object.
pub(crate) fn list(sim: Sim, object: String) -> AnyView {
    let (plural, label) = sim.peek(|org, _| {
        org.object(&object).map_or_else(|| (object.clone(), object.clone()), |known| (known.plural.clone(), known.label.clone()))
    });
    let of = object.clone();
    let columns = sim.peek(|org, _| columns(org, &of));
    let heads = columns.iter().map(|(_, label, _)| view! { <th scope="col">{label.clone()}</th> }).collect_view();
    let rows = Memo::new(move |_| {
        sim.read(|org, host| {
            let hidden = org.profile_of(host.page().user()).cloned();
            let visible = |field: &str| !hidden.as_ref().is_some_and(|profile| profile.hides(&of, field));
            let row = |record: &Record| {
                let cells: Vec<(String, bool, String)> = columns
                    .iter()
                    .map(|(name, _, dial)| (name.clone(), *dial, if visible(name) { words(org, record, name) } else { String::new() }))
                    .collect();
                (record.id.clone(), record.name().to_owned(), cells)
            };
            org.records(&of).map(row).collect::<Vec<_>>()
        })
    });
    let new = move |_| sim.act(|org, host, now| host.new_record(org, &object, Map::new(), now));
    view! {
        <section class="card" data-testid="list">
            <div class="card-head">
                <div>
                    <p class="eyebrow">{label}</p>
                    <h1>"All " {plural}</h1>
                </div>
                <button type="button" class="button" data-testid="new" on:click=new>"New"</button>
            </div>
            <div class="scroll">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows.get()
                                .into_iter()
                                .map(|(id, name, cells)| {
                                    let cells = cells
                                        .into_iter()
                                        .map(|(field, dial, text)| {
                                            let shown = if dial { phone(sim, id.clone(), field, text) } else { text.into_any() };
                                            view! { <td>{shown}</td> }
                                        })
                                        .collect_view();
                                    view! {
                                        <tr>
                                            <th scope="row">{link(sim, &id, &name)}</th>
                                            {cells}
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The first fields worth a column: name, label, and whether it holds phone numbers.
fn columns(org: &Org, object: &str) -> Vec<(String, String, bool)> {
    let fields = org.object(object).map(|object| object.fields.as_slice()).unwrap_or_default();
    let wanted = fields.iter().filter(|field| !DULL.contains(&field.name.as_str()) && field.kind != FieldKind::LongText);
    // Numbers first: this page is for telephoning.
    let mut wanted: Vec<_> = wanted.map(|field| (field.name.clone(), field.label.clone(), field.kind == FieldKind::Phone)).collect();
    wanted.sort_by_key(|(_, _, phone)| !phone);
    wanted.truncate(COLUMNS);
    wanted
}
