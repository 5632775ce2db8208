//! A record's page: fields, numbers to click, timeline.

use hookswitch_lightning::{Click, FieldKind, Id, Org, Record, View};
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::icon::icon;
use crate::sim::Sim;

/// A record's page.
pub(crate) fn record(sim: Sim, id: Id) -> AnyView {
    let of = id.clone();
    let editing = RwSignal::new(false);
    let known = Memo::new(move |_| {
        sim.read(|org, _| {
            org.record(&of).map(|record| {
                let object = org.object(&record.object);
                let label = object.map_or_else(|| record.object.clone(), |object| object.label.clone());
                let label = if record.is_person() { "Person Account".to_owned() } else { label };
                (label, record.name().to_owned(), record.object.clone())
            })
        })
    });
    (move || match known.get() {
        None => view! {
            <section class="card" data-testid="no-record">
                <h1>"Page doesn't exist"</h1>
                <p>"The record " {id.as_str().to_owned()} " was deleted, or its id is wrong."</p>
            </section>
        }
        .into_any(),
        Some((label, name, object)) => view! {
            <div class="record" data-testid="record" data-id=id.as_str().to_owned() data-object=object>
                <section class="card">
                    <div class="card-head">
                        <div>
                            <p class="eyebrow">{label}</p>
                            <h1 data-testid="record-name">{name}</h1>
                        </div>
                        <div class="row">{new_case(sim, &id)} {edit_button(editing)}</div>
                    </div>
                    {details(sim, id.clone(), editing)}
                </section>
                {timeline(sim, id.clone())}
            </div>
        }
        .into_any(),
    })
    .into_any()
}

fn edit_button(editing: RwSignal<bool>) -> AnyView {
    view! {
        <button type="button" class="button" data-testid="edit" hidden=move || editing.get() on:click=move |_| editing.set(true)>
            "Edit"
        </button>
    }
    .into_any()
}

/// The fields, to be read or to be changed.
fn details(sim: Sim, id: Id, editing: RwSignal<bool>) -> AnyView {
    (move || {
        let id = id.clone();
        if editing.get() { super::edit::form(sim, id, move || editing.set(false)) } else { fields(sim, id) }
    })
    .into_any()
}

fn new_case(sim: Sim, id: &Id) -> AnyView {
    let field = match id.prefix() {
        "001" => "AccountId",
        "003" => "ContactId",
        _ => return ().into_any(),
    };
    let id = id.as_str().to_owned();
    let open = move |_| {
        let defaults: Map<String, Value> = [(field.to_owned(), Value::from(id.clone()))].into_iter().collect();
        sim.act(|org, host, now| host.new_record(org, "Case", defaults, now));
    };
    view! { <button type="button" class="button" on:click=open>"New Case"</button> }.into_any()
}

fn fields(sim: Sim, id: Id) -> AnyView {
    let of = id.clone();
    let rows = Memo::new(move |_| {
        sim.read(|org, host| {
            let Some((record, object)) = org.record(&of).and_then(|record| Some((record, org.object(&record.object)?))) else {
                return Vec::new();
            };
            let profile = org.profile_of(host.page().user());
            object
                .fields
                .iter()
                .filter(|field| !profile.is_some_and(|profile| profile.hides(&record.object, &field.name)))
                .map(|field| {
                    let to = record.reference(&field.name).filter(|_| matches!(field.kind, FieldKind::Reference { .. }));
                    (field.name.clone(), field.label.clone(), words(org, record, &field.name), field.kind == FieldKind::Phone, to)
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <dl class="fields">
            {move || {
                rows.get()
                    .into_iter()
                    .map(|(name, label, text, dial, to)| {
                        let shown = match to {
                            Some(to) => link(sim, &to, &text),
                            None if dial => phone(sim, id.clone(), name.clone(), text),
                            None => view! { <span>{text}</span> }.into_any(),
                        };
                        view! {
                            <div class="field" data-field=name>
                                <dt>{label}</dt>
                                <dd>{shown}</dd>
                            </div>
                        }
                    })
                    .collect_view()
            }}
        </dl>
    }
    .into_any()
}

/// The tasks on the record, newest first.
fn timeline(sim: Sim, id: Id) -> AnyView {
    let tasks = Memo::new(move |_| {
        sim.read(|org, _| org.timeline(&id).into_iter().map(|task| (task.clone(), about(org, task))).collect::<Vec<_>>())
    });
    view! {
        <section class="card timeline" data-testid="timeline" aria-label="Activity timeline">
            <h2>"Activity"</h2>
            {move || tasks.get().is_empty().then(|| view! { <p class="quiet-words">"No activities yet."</p> })}
            <ol>
                {move || tasks.get().into_iter().map(|(task, about)| entry(sim, &task, about)).collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

fn entry(sim: Sim, task: &Record, about: String) -> AnyView {
    let notes = task.text("Description").unwrap_or_default().to_owned();
    let call = task.text("TaskSubtype") == Some("Call") || task.text("CallType").is_some();
    view! {
        <li class="entry" data-testid="task" data-id=task.id.as_str().to_owned()>
            {icon(if call { "call" } else { "clock" })}
            <div>
                {link(sim, &task.id, task.name())}
                <p class="quiet-words">{about}</p>
                <p class="notes" data-testid="task-notes">{notes}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Status, direction, length and outcome of a task in one line.
fn about(org: &Org, task: &Record) -> String {
    ["Status", "CallType", "CallDurationInSeconds", "CallDisposition", "ActivityDate"]
        .iter()
        .map(|field| (field, words(org, task, field)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(field, words)| if *field == "CallDurationInSeconds" { format!("{words} s") } else { words })
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A link to a record.
pub(crate) fn link(sim: Sim, id: &Id, name: &str) -> AnyView {
    let view = View::Record { id: id.clone() };
    let path = sim.peek(|org, _| view.path(org));
    let open = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        sim.open(view.clone());
    };
    view! { <a class="link" href=format!("#{path}") on:click=open>{name.to_owned()}</a> }.into_any()
}

/// A number on the page: plain text until the softphone has enabled click-to-dial.
pub(crate) fn phone(sim: Sim, record: Id, field: String, number: String) -> AnyView {
    let enabled = Memo::new(move |_| sim.read(|_, host| host.page().click_to_dial()));
    if number.is_empty() {
        return ().into_any();
    }
    (move || {
        let (record, field, number) = (record.clone(), field.clone(), number.clone());
        let shown = number.clone();
        if !enabled.get() {
            let why = "The softphone has not enabled click-to-dial";
            return view! { <span class="phone" data-testid="phone-disabled" title=why>{shown}</span> }.into_any();
        }
        let dial = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if sim.act(|org, host, now| host.click(org, &record, &field, now)) == Click::NobodyListens {
                sim.say("The softphone enabled click-to-dial but does not listen to clicks.");
            }
        };
        view! {
            <button type="button" class="phone link" data-testid="phone" title=format!("Call {number}") on:click=dial>
                {icon("call")}
                {shown}
            </button>
        }
        .into_any()
    })
    .into_any()
}

/// A field's value in words.
pub(crate) fn words(org: &Org, record: &Record, field: &str) -> String {
    let kind = org.object(&record.object).and_then(|object| object.field(field)).map(|field| &field.kind);
    match (record.fields.get(field), kind) {
        (None | Some(Value::Null), _) => String::new(),
        (Some(Value::Bool(yes)), _) => if *yes { "Yes" } else { "" }.to_owned(),
        (Some(Value::String(text)), Some(FieldKind::Reference { .. })) => {
            org.find(text).map_or_else(|| text.clone(), |other| other.name().to_owned())
        }
        (Some(Value::String(text)), _) => text.clone(),
        (Some(other), _) => other.to_string(),
    }
}
