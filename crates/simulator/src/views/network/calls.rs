//! The calls there are, and what everybody outside can do in them.

use hookswitch_core::{Cause, ConnectionState, Party, Recording};
use hookswitch_switch::{CallView, EndView, NetworkCommand, PartyAct};
use leptos::prelude::*;

use crate::sim::Sim;

/// Every call.
pub(super) fn calls(sim: Sim) -> AnyView {
    let none = move || sim.network.calls.with(Vec::is_empty);
    // Outlives the lines, which are drawn anew whenever anything happens.
    let target = RwSignal::new("+1 212 555 0191".to_owned());
    view! {
        <p class="quiet-words" hidden=move || !none()>"None."</p>
        <ul class="plain">
            {move || sim.network.calls.get().into_iter().map(|call| line(sim, call, target)).collect_view()}
        </ul>
        <label class="form" hidden=none>
            <span>"Transfers go to"</span>
            <input
                data-testid="network-target"
                prop:value=move || target.get()
                on:input=move |event| target.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

fn line(sim: Sim, call: CallView, target: RwSignal<String>) -> AnyView {
    let outside = call.parties.iter().find(|end| end.extension.is_empty()).unwrap_or(&call.from);
    let state = call.ended.map_or_else(|| state_word(outside.state).to_owned(), |cause| format!("ended: {}", cause_word(cause)));
    let code = state.clone();
    let lasts = call.ended.is_none();
    let arrow = if call.parties.len() > 2 { " · " } else { " → " };
    let words = match call.parties.len() {
        0 | 1 => format!("{} → {}", end_words(&call.from), end_words(&call.to)),
        _ => call.parties.iter().map(end_words).collect::<Vec<_>>().join(arrow),
    };
    let rings_at_agent =
        lasts && !call.answered && call.parties.iter().any(|end| !end.extension.is_empty() && end.state == ConnectionState::Alerting);
    let elsewhere = NetworkCommand::AnsweredElsewhere { call: call.call.clone() };
    let queue = call.queue.clone();
    let notes: Vec<String> = call.parties.iter().flat_map(notes).chain(recording_words(call.recording)).collect();
    let ends: Vec<_> =
        call.parties.iter().filter(|end| lasts && end.extension.is_empty()).map(|end| outsider(sim, &call, end, target)).collect();
    view! {
        <li class="network-call" data-testid="network-call" data-state=code>
            <p>
                <b>{words}</b>
                <span class="quiet-words">" " {state}</span>
            </p>
            <p class="quiet-words" hidden=queue.is_empty()>"Queue " {queue.clone()}</p>
            {notes.into_iter().map(|note| view! { <p class="quiet-words">{note}</p> }).collect_view()}
            {digits(&call)}
            {rings_at_agent.then(|| button(sim, "A colleague answers", "network-elsewhere", elsewhere))}
            {ends}
        </li>
    }
    .into_any()
}

/// What somebody outside can do now.
fn outsider(sim: Sim, call: &CallView, end: &EndView, target: RwSignal<String>) -> AnyView {
    let (id, named) = (call.call.clone(), Some(end.id.clone()));
    let several = call.parties.iter().filter(|end| end.extension.is_empty()).count() > 1;
    let who = several.then(|| end_words(end));
    let rings = end.state == ConnectionState::Alerting;
    let (talks, holds) = (call.answered && end.state == ConnectionState::Connected, end.state == ConnectionState::Held);
    let one = |show: bool, label, testid, command| show.then(|| button(sim, label, testid, command));
    let transfer = {
        let (id, named) = (id.clone(), named.clone());
        move |_| {
            let to = Party { number: target.get_untracked().into(), name: "".into() };
            let act = PartyAct::Transfers { to, record: String::new() };
            sim.network.tell(&NetworkCommand::Act { call: id.clone(), end: named.clone(), act });
        }
    };
    let reject = |cause| NetworkCommand::Reject { call: id.clone(), cause, end: named.clone() };
    view! {
        <div class="row" data-testid="network-party" data-state=state_word(end.state)>
            {who.map(|who| view! { <span>{who}</span> })}
            {one(rings, "Answer", "network-answer", NetworkCommand::Answer { call: id.clone(), party: None, end: named.clone() })}
            {one(rings, "Busy", "network-busy", reject(Cause::Busy))}
            {one(rings, "No answer", "network-no-answer", reject(Cause::NoAnswer))}
            {one(rings, "Voicemail", "network-voicemail", NetworkCommand::Voicemail { call: id.clone(), end: named.clone() })}
            {one(talks, "Hold", "network-hold", NetworkCommand::Hold { call: id.clone(), end: named.clone() })}
            {one(holds, "Retrieve", "network-retrieve", NetworkCommand::Retrieve { call: id.clone(), end: named.clone() })}
            {(talks || holds)
                .then(|| {
                    view! { <button type="button" class="button" data-testid="network-transfer" on:click=transfer>"Transfer"</button> }
                })}
            {one(true, "Hang up", "network-hang-up", NetworkCommand::HangUp { call: id.clone(), end: named.clone() })}
        </div>
    }
    .into_any()
}

fn button(sim: Sim, label: &'static str, testid: &'static str, command: NetworkCommand) -> AnyView {
    view! { <button type="button" class="button" data-testid=testid on:click=move |_| sim.network.tell(&command)>{label}</button> }
        .into_any()
}

/// The digits agents sent.
fn digits(call: &CallView) -> AnyView {
    let digits: String = call.parties.iter().filter(|end| !end.extension.is_empty()).map(|end| end.digits.reveal()).collect();
    let none = digits.is_empty();
    view! { <p class="quiet-words" hidden=none>"Digits heard: " <b data-testid="digits-heard">{digits}</b></p> }.into_any()
}

/// What somebody outside cannot see, in words.
fn notes(end: &EndView) -> Vec<String> {
    let who = if end.extension.is_empty() { end_words(end) } else { format!("The agent at {}", end.extension) };
    let held = (end.state == ConnectionState::Held && !end.extension.is_empty()).then(|| format!("{who} has it on hold."));
    let parked = end.parked.then(|| format!("{who} is held by the conference."));
    let muted = end.muted.then(|| format!("{who} is muted."));
    [held, parked, muted].into_iter().flatten().collect()
}

fn recording_words(recording: Recording) -> Option<String> {
    match recording {
        Recording::On => Some("It is recorded.".into()),
        Recording::Paused => Some("Its recording is paused.".into()),
        _ => None,
    }
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
        Cause::Conferenced => "part of another call now",
        Cause::Congestion => "no line was free",
        Cause::Declined => "declined",
        Cause::InvalidNumber => "no such number",
        Cause::NoAnswer => "no answer",
        Cause::Normal => "hung up",
        Cause::Rejected => "turned away",
        Cause::Transferred => "passed on",
        _ => "something broke",
    }
}
