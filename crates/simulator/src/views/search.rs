//! The search page.

use hookswitch_lightning::{MIN_SEARCH, Org};
use leptos::prelude::*;

use super::record::link;
use crate::sim::Sim;

/// What the org's index finds.
pub(crate) fn results(sim: Sim, text: String) -> AnyView {
    let asked = text.clone();
    let found = Memo::new(move |_| {
        sim.read(|org, _| {
            org.global_search(&asked)
                .into_iter()
                .map(|record| {
                    let label = org.object(&record.object).map_or_else(|| record.object.clone(), |object| object.label.clone());
                    let numbers = org.phones(record).into_iter().map(|phone| phone.number).collect::<Vec<_>>().join(", ");
                    (record.id.clone(), record.name().to_owned(), label, numbers)
                })
                .collect::<Vec<_>>()
        })
    });
    let short = !Org::searchable(&text);
    view! {
        <section class="card" data-testid="search-results">
            <p class="eyebrow">"Search results"</p>
            <h1>{text}</h1>
            {short.then(|| view! { <p>"A search needs at least " {MIN_SEARCH} " letters or digits."</p> })}
            {move || found.get().is_empty().then(|| view! { <p class="quiet-words">"Nothing matches. The index holds numbers as somebody typed them."</p> })}
            <table>
                <tbody>
                    {move || {
                        found
                            .get()
                            .into_iter()
                            .map(|(id, name, label, numbers)| {
                                view! {
                                    <tr data-testid="result">
                                        <th scope="row">{link(sim, &id, &name)}</th>
                                        <td>{label}</td>
                                        <td>{numbers}</td>
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
