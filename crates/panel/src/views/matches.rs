//! Which record of Salesforce the call belongs to.

use hookswitch_core::{AgentCommand, CallId, CommandKind, CrmState, RecordRef};
use leptos::prelude::*;

use crate::{
    model::Desk,
    parts::{Icon, icon},
    words,
};

/// The record, or the choice among several, or why there is none.
pub(crate) fn matches(desk: Desk, id: CallId) -> AnyView {
    let found = Memo::new(move |_| desk.call(id, |call| call.matches.clone()));
    let record = Memo::new(move |_| desk.call(id, |call| call.record.clone()));
    let nothing = move || {
        let crm = desk.read(|snapshot| snapshot.crm.state);
        desk.call(id, |call| match (call.searching, crm) {
            _ if call.record.is_some() || call.matches.len() > 1 => None,
            (true, CrmState::Ready) => Some(words::MATCHES_SEARCHING),
            (false, CrmState::Ready) => Some(words::MATCHES_NONE),
            _ => None,
        })
    };
    view! {
        {move || if found.with(|found| found.len() > 1) { choice(desk, id, found.get()) } else { record.get().map(|record| one(desk, id, record)).into_any() }}
        <p class="call-more" role="status" data-testid="matches-state" hidden=move || nothing().is_none()>{nothing}</p>
    }
    .into_any()
}

fn one(desk: Desk, id: CallId, record: RecordRef) -> AnyView {
    let (name, object) = (record.name.reveal().to_owned(), record.object.clone());
    let label = format!("{}: {name}", words::RECORD);
    view! {
        <button
            type="button"
            class="record"
            data-testid="record"
            data-record=record.id.clone()
            title=label.clone()
            aria-label=label
            on:click=move |_| {
                desk.command(AgentCommand::Select(id, Some(record.clone())));
            }
        >
            {icon(Icon::Person)}
            <span class="record-name">{name}</span>
            <span class="record-object">{object}</span>
        </button>
    }
    .into_any()
}

fn choice(desk: Desk, id: CallId, found: Vec<RecordRef>) -> AnyView {
    let options = found.into_iter().enumerate().map(|(index, record)| {
        let (name, object) = (record.name.reveal().to_owned(), record.object.clone());
        option(desk, id, format!("match-{index}"), name, object, Some(record))
    });
    view! {
        <fieldset class="matches" data-testid="matches">
            <legend>{words::MATCHES}</legend>
            {options.collect_view()}
            {option(desk, id, "match-none".to_owned(), words::MATCHES_NOBODY.to_owned(), String::new(), None)}
        </fieldset>
    }
    .into_any()
}

/// Radio buttons: arrow keys and screen readers know them.
fn option(desk: Desk, id: CallId, testid: String, name: String, object: String, record: Option<RecordRef>) -> AnyView {
    let chosen = {
        let key = record.as_ref().map(|record| record.id.clone());
        // Nothing chosen yet looks the same as "none of these" in the snapshot, so that one is never shown as chosen.
        move || key.is_some() && desk.call(id, |call| call.record.as_ref().map(|record| record.id.clone())) == key
    };
    let refused = desk.refused(id, CommandKind::Select);
    view! {
        <label class="match" data-testid=testid>
            <input
                type="radio"
                name=format!("match-{}", id.0)
                prop:checked=chosen
                disabled=move || refused.get().is_some()
                on:change=move |_| {
                    desk.command(AgentCommand::Select(id, record.clone()));
                }
            />
            <span class="record-name">{name}</span>
            <span class="record-object">{object}</span>
        </label>
    }
    .into_any()
}
