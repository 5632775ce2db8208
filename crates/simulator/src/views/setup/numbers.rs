//! Directory numbers, which Setup calls Additional Numbers.

use hookswitch_lightning::{DirectoryNumber, Id};
use leptos::{ev::SubmitEvent, prelude::*};

use super::rules::{removable, text};
use crate::sim::Sim;

/// The numbers, and a form for another.
pub(super) fn numbers(sim: Sim) -> AnyView {
    let rows = Memo::new(move |_| {
        sim.read(|org, _| {
            let center = |id: &Id| org.call_center(id).map_or_else(String::new, |center| center.display_name().to_owned());
            let row = |number: &DirectoryNumber| {
                let whose = number.call_center.as_ref().map_or_else(|| "all call centers".to_owned(), center);
                (number.id.clone(), format!("{}: {} ({whose}) {}", number.name, number.phone, number.description))
            };
            org.directory_numbers().iter().map(row).collect::<Vec<_>>()
        })
    });
    let row = move |(id, words): (Id, String)| removable(words, move || sim.act(|org, _, _| org.remove_directory_number(&id)));
    view! {
        <section class="card" data-testid="directory-numbers">
            <h1>"Directory Numbers"</h1>
            <ul class="plain">{move || rows.get().into_iter().map(row).collect_view()}</ul>
            {form(sim)}
        </section>
    }
    .into_any()
}

fn form(sim: Sim) -> AnyView {
    let name = RwSignal::new(String::new());
    let phone = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let own = RwSignal::new(false);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, phone) = (name.get_untracked(), phone.get_untracked());
        if name.trim().is_empty() || phone.trim().is_empty() {
            return sim.say("A directory number has a name and a number.");
        }
        sim.act(|org, host, _| {
            let center = org.call_center_of(host.page().user()).filter(|_| own.get_untracked()).map(|center| center.id.clone());
            org.add_directory_number(&name, &phone, &description.get_untracked(), center.as_ref());
        });
    };
    view! {
        <form class="form" on:submit=add>
            <div class="row">{text("Name", name)} {text("Phone", phone)}</div>
            {text("Description", description)}
            <label class="check">
                <input type="checkbox" on:change=move |event| own.set(event_target_checked(&event)) />
                <span>"For your own call center only"</span>
            </label>
            <button type="submit" class="button brand">"Add the number"</button>
        </form>
    }
    .into_any()
}
