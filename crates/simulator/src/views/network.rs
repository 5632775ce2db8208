//! The phone network: who calls, and what becomes of calls to people outside.

use hookswitch_core::{Cause, ConnectionState};
use hookswitch_switch::{CallAgent, CallView, EndView, NetworkCommand, Options};
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
            {calls(sim)}
            {options(sim)}
        </section>
    }
    .into_any()
}

/// The form for a new caller.
fn caller(sim: Sim) -> AnyView {
    let number = RwSignal::new(STRANGER.to_owned());
    let name = RwSignal::new(String::new());
    let queue = RwSignal::new(String::new());
    let extension = RwSignal::new(String::new());
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
        let mut call = CallAgent::new(&callee.get_untracked(), &number.get_untracked(), &name.get_untracked());
        call.queue = queue.get_untracked();
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

/// The calls there are.
fn calls(sim: Sim) -> AnyView {
    let none = move || sim.network.calls.with(Vec::is_empty);
    view! {
        <p class="quiet-words" hidden=move || !none()>"None."</p>
        <ul class="plain">
            {move || sim.network.calls.get().into_iter().map(|call| line(sim, call)).collect_view()}
        </ul>
    }
    .into_any()
}

fn line(sim: Sim, call: CallView) -> AnyView {
    let outbound = !call.from.extension.is_empty();
    let outside = if outbound { &call.to } else { &call.from };
    let state = call.ended.map_or_else(|| state_word(outside.state).to_owned(), |cause| format!("ended: {}", cause_word(cause)));
    let agent = if outbound { &call.from } else { &call.to };
    let digits = agent.digits.reveal().to_owned();
    let (held, muted) = (agent.state == ConnectionState::Held, agent.muted);
    let queue = call.queue.clone();
    let code = state.clone();
    let words = format!("{} → {}", end_words(&call.from), end_words(&call.to));
    let lasts = call.ended.is_none();
    let button = move |label: &'static str, testid: &'static str, command: NetworkCommand| {
        view! { <button type="button" class="button" data-testid=testid on:click=move |_| sim.network.tell(&command)>{label}</button> }
    };
    let id = call.call.clone();
    let rings_outside = lasts && outbound && outside.state == ConnectionState::Alerting;
    let rings_at_agent = lasts && !outbound && matches!(agent.state, ConnectionState::Alerting);
    let talks = lasts && outside.state == ConnectionState::Connected;
    let on_hold = lasts && outside.state == ConnectionState::Held;
    let one = |show: bool, label, testid, command| show.then(|| button(label, testid, command));
    view! {
        <li class="network-call" data-testid="network-call" data-state=code>
            <p>
                <b>{words}</b>
                <span class="quiet-words">" " {state}</span>
            </p>
            <p class="quiet-words" hidden=queue.is_empty()>"Queue " {queue.clone()}</p>
            <p class="quiet-words" hidden=digits.is_empty()>"Digits heard: " <b data-testid="digits-heard">{digits.clone()}</b></p>
            <p class="quiet-words" hidden=!held>"The agent has it on hold."</p>
            <p class="quiet-words" hidden=!muted>"The agent is muted."</p>
            <div class="row">
                {one(rings_outside, "Answer", "network-answer", NetworkCommand::Answer { call: id.clone(), party: None })}
                {one(rings_outside, "Busy", "network-busy", NetworkCommand::Reject { call: id.clone(), cause: Cause::Busy })}
                {one(rings_outside, "No answer", "network-no-answer", NetworkCommand::Reject { call: id.clone(), cause: Cause::NoAnswer })}
                {one(rings_at_agent, "A colleague answers", "network-elsewhere", NetworkCommand::AnsweredElsewhere { call: id.clone() })}
                {one(talks, "Hold", "network-hold", NetworkCommand::Hold { call: id.clone() })}
                {one(on_hold, "Retrieve", "network-retrieve", NetworkCommand::Retrieve { call: id.clone() })}
                {one(lasts, "Hang up", "network-hang-up", NetworkCommand::HangUp { call: id })}
            </div>
        </li>
    }
    .into_any()
}

fn end_words(end: &EndView) -> String {
    let number = if end.number.is_empty() { "withheld" } else { end.number.reveal() };
    if end.name.is_empty() { number.to_owned() } else { format!("{} {number}", end.name.reveal()) }
}

const fn state_word(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Alerting => "ringing",
        ConnectionState::Connected => "talking",
        ConnectionState::Failed => "failed",
        ConnectionState::Held => "holds",
        ConnectionState::Initiated => "calling",
        ConnectionState::Queued => "in the queue",
        _ => "gone",
    }
}

const fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::Abandoned => "the caller gave up",
        Cause::AnsweredElsewhere => "answered in another place",
        Cause::Busy => "busy",
        Cause::Declined => "declined",
        Cause::InvalidNumber => "no such number",
        Cause::NoAnswer => "no answer",
        Cause::Normal => "hung up",
        Cause::Rejected => "turned away",
        _ => "something broke",
    }
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
            <p class="quiet-words">"Numbers ending in 0199 are busy, in 0198 nobody comes, 0197 does not exist."</p>
            <button type="button" class="button" on:click=move |_| sim.network.tell(&NetworkCommand::Outage { for_ms: 10_000 })>
                "Break agents' lines for 10 seconds"
            </button>
        </div>
    }
    .into_any()
}
