//! A record is edited on its page: only what was changed is saved.

use hookswitch_lightning::{Access, Field, FieldAccess, Id};
use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::{Map, Value};

use super::new_record::input;
use crate::sim::Sim;

/// The form in place of a record's fields; `done` takes it away.
pub(super) fn form(sim: Sim, id: Id, done: impl Fn() + Copy + 'static) -> AnyView {
    let (fields, stored) = sim.peek(|org, host| {
        let Some(record) = org.record(&id) else { return (Vec::new(), Map::new()) };
        let profile = org.profile_of(host.page().user());
        let may = |field: &&Field| {
            field.access == Access::Always && profile.is_none_or(|profile| profile.access(&record.object, &field.name) == FieldAccess::Edit)
        };
        let fields: Vec<Field> = org.object(&record.object).into_iter().flat_map(|object| &object.fields).filter(may).cloned().collect();
        let stored: Map<String, Value> = record.fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        (fields, stored)
    });
    let values = RwSignal::new(stored.clone());
    let problems = RwSignal::new(Vec::<String>::new());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let changed: Map<String, Value> =
            values.get_untracked().into_iter().filter(|(name, value)| stored.get(name) != Some(value)).collect();
        let saved = sim.act(|org, host, now| {
            let by = host.page().user().clone();
            org.update(&id, changed, &by, now)
        });
        match saved {
            Ok(()) => done(),
            Err(found) => problems.set(found.iter().map(ToString::to_string).collect()),
        }
    };
    view! {
        <form class="form" data-testid="edit-record" on:submit=save>
            <ul class="problems" role="alert">{move || problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
            <div class="modal-fields">{fields.into_iter().map(|field| input(field, values)).collect_view()}</div>
            <div class="row">
                <button type="button" class="button" on:click=move |_| done()>"Cancel"</button>
                <button type="submit" class="button brand">"Save"</button>
            </div>
        </form>
    }
    .into_any()
}
