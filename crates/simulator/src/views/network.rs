//! The phone network: who calls, and what becomes of calls to people outside.

mod calls;
mod lines;

use hookswitch_switch::{CallAgent, NetworkCommand, Options, QueueStrategy};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::sim::Sim;

/// A number that nobody in the sample org has.
const STRANGER: &str = "+1 212 555 0190";

/// The drawer's first page.
pub(crate) fn network(sim: Sim) -> AnyView {
    let away = move || !sim.network.connected.get();
    view! {
        <section class="drawer-page" data-testid="network">
            <p class="simulated-note">"Simulated: nobody here is real."</p>
            <p class="problem" role="alert" hidden=move || !away()>"The phone network is away; it is being looked for."</p>
            <p class="problem" role="alert" hidden=move || sim.network.problem.get().is_none()>{move || sim.network.problem.get()}</p>
            {caller(sim)}
            <h3>"Calls"</h3>
            {calls::calls(sim)}
            {options(sim)}
            {lines::lines(sim)}
        </section>
    }
    .into_any()
}

/// The form for a new caller.
fn caller(sim: Sim) -> AnyView {
    let number = RwSignal::new(STRANGER.to_owned());
    let name = RwSignal::new(String::new());
    let queue = RwSignal::new(String::new());
    let segment = RwSignal::new(String::new());
    let extension = RwSignal::new(String::new());
    let any = RwSignal::new(false);
    let people = Memo::new(move |_| sim.read(|org, _| people(org)));
    let extensions = Memo::new(move |_| {
        let attached = sim.network.agents.get().into_iter().filter(|agent| agent.pages > 0);
        attached.map(|agent| (agent.extension, agent.ready)).collect::<Vec<_>>()
    });
    // The one who is there is called unless a person chose somebody else.
    let callee = Memo::new(move |_| {
        let chosen = extension.get();
        if chosen.is_empty() { extensions.get().first().map(|(extension, _)| extension.clone()).unwrap_or_default() } else { chosen }
    });
    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        let chosen = place.and_then(|place| people.with_untracked(|people| people.get(place).cloned()));
        let (_, chosen_name, chosen) = chosen.unwrap_or_else(|| (String::new(), String::new(), STRANGER.to_owned()));
        number.set(chosen);
        name.set(chosen_name);
    };
    let call = move |event: SubmitEvent| {
        event.prevent_default();
        let queue = queue.get_untracked();
        // A queue looks for an agent itself.
        let to = if any.get_untracked() && !queue.is_empty() { String::new() } else { callee.get_untracked() };
        let mut call = CallAgent::new(&to, &number.get_untracked(), &name.get_untracked());
        call.queue = queue;
        call.segment = segment.get_untracked().into();
        sim.network.tell(&NetworkCommand::CallAgent(call));
    };
    view! {
        <form class="form" on:submit=call data-testid="caller">
            <h3>"Somebody calls"</h3>
            <label>
                <span>"Who"</span>
                <select data-testid="caller-person" on:change=choose>
                    <option value="">"somebody unknown"</option>
                    {move || {
                        people
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(place, (label, _, _))| view! { <option value=place.to_string()>{label}</option> })
                            .collect_view()
                    }}
                </select>
            </label>
            <div class="row">
                {text("Number", "caller-number", "withheld", number)}
                {text("Name", "caller-name", "none", name)}
            </div>
            <div class="row">
                {text("Queue", "caller-queue", "direct", queue)}
                <label>
                    <span>"Agent"</span>
                    <input
                        data-testid="caller-extension"
                        list="extensions"
                        prop:value=move || callee.get()
                        on:change=move |event| extension.set(event_target_value(&event))
                    />
                    <datalist id="extensions">
                        {move || {
                            extensions
                                .get()
                                .into_iter()
                                .map(|(extension, ready)| {
                                    let words = if ready { "ready" } else { "not ready" };
                                    view! { <option value=extension>{words}</option> }
                                })
                                .collect_view()
                        }}
                    </datalist>
                </label>
            </div>
            {text("Segment", "caller-segment", "none", segment)}
            <label class="check" hidden=move || queue.with(String::is_empty)>
                <input
                    type="checkbox"
                    data-testid="any-agent"
                    prop:checked=move || any.get()
                    on:change=move |event| any.set(event_target_checked(&event))
                />
                <span>"for whichever agent the queue finds"</span>
            </label>
            <button type="submit" class="button brand" data-testid="call-agent" disabled=move || callee.get().is_empty()>"Call"</button>
            <p class="quiet-words" hidden=move || !callee.get().is_empty()>"No softphone is connected to the phone network."</p>
        </form>
    }
    .into_any()
}

fn text(label: &'static str, testid: &'static str, placeholder: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label>
            <span>{label}</span>
            <input
                data-testid=testid
                placeholder=placeholder
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// Everybody in the org with a number: words for the list, name, and the number as a network would give it.
fn people(org: &hookswitch_lightning::Org) -> Vec<(String, String, String)> {
    let records = ["Contact", "Account", "Lead"].into_iter().flat_map(|object| org.records(object));
    // The contact half of a person account is the account again.
    let records = records.filter(|record| record.object == "Account" || !record.is_person());
    let mut people: Vec<_> = records
        .flat_map(|record| org.phones(record).into_iter().map(move |phone| (record, phone)))
        .map(|(record, phone)| (format!("{} · {} ({})", record.name(), phone.number, phone.label), record.name().to_owned(), phone.number))
        .collect();
    people.sort();
    people
}

/// How everybody outside behaves, and what may happen to the line.
fn options(sim: Sim) -> AnyView {
    let set = move |change: fn(&mut Options, bool), on: bool| {
        let mut options = sim.network.options.get_untracked();
        change(&mut options, on);
        sim.network.tell(&NetworkCommand::SetOptions { options });
    };
    view! {
        <div class="form">
            <h3>"Everybody outside"</h3>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="auto-answer"
                    prop:checked=move || sim.network.options.with(|options| options.auto_answer)
                    on:change=move |event| set(|options, on| options.auto_answer = on, event_target_checked(&event))
                />
                <span>"answers by themselves after two seconds"</span>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || sim.network.options.with(|options| options.early_media)
                    on:change=move |event| set(|options, on| options.early_media = on, event_target_checked(&event))
                />
                <span>"sends sound before the answer"</span>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="round-robin"
                    prop:checked=move || sim.network.options.with(|options| options.queue == QueueStrategy::RoundRobin)
                    on:change=move |event| set(ring_in_turn, event_target_checked(&event))
                />
                <span>"queues ring at one agent after the other, not at all of them"</span>
            </label>
            <p class="quiet-words">
                "Numbers ending in 0199 are busy, in 0198 nobody comes, 0197 does not exist; "
                {move || sim.network.options.with(|options| options.voicemail.clone())} " is the voicemail box."
            </p>
        </div>
    }
    .into_any()
}

const fn ring_in_turn(options: &mut Options, on: bool) {
    options.queue = if on { QueueStrategy::RoundRobin } else { QueueStrategy::RingAll };
}
