//! Sales Engagement's work queue, on the home page.

use hookswitch_lightning::{Click, Id, WorkDone};
use leptos::prelude::*;

use super::record::link;
use crate::sim::Sim;

/// The steps of cadences that ask for a call.
pub(super) fn queue(sim: Sim) -> AnyView {
    let steps = Memo::new(move |_| {
        sim.read(|org, _| {
            let row = |step: &hookswitch_lightning::WorkStep| {
                let record = org.record(&step.record)?;
                let number = record.text(&step.field).unwrap_or_default().to_owned();
                Some((step.id.clone(), record.id.clone(), record.name().to_owned(), number, step.done.clone()))
            };
            org.work().iter().filter_map(row).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card" data-testid="work-queue">
            <h2>"Work queue"</h2>
            <ul class="plain">{move || steps.get().into_iter().map(|step| row(sim, step)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn row(sim: Sim, (id, record, name, number, done): (String, Id, String, String, Option<WorkDone>)) -> AnyView {
    let end = match done {
        Some(done) => {
            let words = format!("done: {}, {}", done.disposition, if done.connected { "connected" } else { "not connected" });
            view! { <span data-testid="work-done">{words}</span> }.into_any()
        }
        None => {
            let begin = move |_| match sim.act(|org, host, now| host.begin_step(org, &id, now)) {
                Click::Sent => {}
                Click::Disabled => sim.say("The softphone was told of the work; it has not enabled click-to-dial, so no click followed."),
                Click::NobodyListens => sim.say("The softphone was told of the work; it does not listen to clicks."),
                Click::NoNumber => sim.say("The record has no number."),
            };
            view! { <button type="button" class="button" data-testid="work-start" on:click=begin>"Call"</button> }.into_any()
        }
    };
    view! {
        <li class="row" data-testid="work-step">
            <span>"Call " {link(sim, &record, &name)} " at " {number}</span>
            {end}
        </li>
    }
    .into_any()
}
