//! The window for a new record.

use hookswitch_lightning::{Access, Field, FieldKind};
use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::{Map, Value};

use crate::sim::Sim;

/// The window, if it is open.
pub(crate) fn modal(sim: Sim) -> AnyView {
    // How many windows had been lost when one was last closed: more now means that the one in front took the place of another.
    let settled = StoredValue::new(sim.peek(|_, host| host.page().lost_windows()));
    // A window that is replaced by one just like it is another window.
    let open = Memo::new(move |_| sim.read(|_, host| (host.page().new_record().cloned(), host.page().lost_windows())));
    (move || {
        let (new, lost) = open.get();
        if new.is_none() {
            settled.set_value(lost);
        }
        let lost = lost > settled.get_value();
        new.map(|new| {
            let (label, fields) = sim.peek(|org, _| {
                let object = org.object(&new.object);
                let label = object.map_or_else(|| new.object.clone(), |object| object.label.clone());
                let fields: Vec<Field> =
                    object.into_iter().flat_map(|object| &object.fields).filter(|field| field.access != Access::Never).cloned().collect();
                (label, fields)
            });
            let values = RwSignal::new(new.defaults);
            let problems = RwSignal::new(Vec::<String>::new());
            // After a duplicate was pointed out, the next press saves all the same, where the rule allows.
            let warned = StoredValue::new(false);
            let save = move |event: SubmitEvent| {
                event.prevent_default();
                let saved = sim.act(|org, host, now| {
                    let values = values.get_untracked();
                    if warned.get_value() { host.save_new_record_anyway(org, values, now) } else { host.save_new_record(org, values, now) }
                });
                if let Err(found) = saved {
                    warned.set_value(found.iter().any(|problem| problem.code == "DUPLICATES_DETECTED"));
                    problems.set(found.iter().map(ToString::to_string).collect());
                }
            };
            let types = record_type(sim, &new.object, values);
            let title = format!("New {label}");
            let heading = title.clone();
            view! {
                <div class="veil">
                    <form class="modal" role="dialog" aria-modal="true" aria-label=title data-testid="new-record" on:submit=save>
                        <h1>{heading}</h1>
                        {lost.then(|| view! { <p class="quiet-words" data-testid="lost-window">"This window has replaced another one; what was typed there is lost."</p> })}
                        <ul class="problems" role="alert">
                            {move || problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}
                        </ul>
                        <div class="modal-fields">{types} {fields.into_iter().map(|field| input(field, values)).collect_view()}</div>
                        <div class="modal-foot">
                            <button type="button" class="button" on:click=move |_| sim.act(|org, host, now| host.cancel_new_record(org, now))>
                                "Cancel"
                            </button>
                            <button type="submit" class="button brand">"Save"</button>
                        </div>
                    </form>
                </div>
            }
        })
    })
    .into_any()
}

/// The choice of a record type, where the object has some that the user may make.
fn record_type(sim: Sim, object: &str, values: RwSignal<Map<String, Value>>) -> AnyView {
    let (types, default) = sim.peek(|org, host| {
        let user = host.page().user();
        let profile = org.profile_of(user);
        let types = org.record_types(object).filter(|known| profile.is_none_or(|profile| profile.may_make(&known.id)));
        let types: Vec<_> = types.map(|known| (known.id.as_str().to_owned(), known.label.clone())).collect();
        (types, org.default_record_type(user, object).map(|id| id.as_str().to_owned()))
    });
    if types.is_empty() {
        return ().into_any();
    }
    let choose = move |event| {
        values.update(|values| {
            values.insert("RecordTypeId".into(), event_target_value(&event).into());
        });
    };
    let options = types
        .into_iter()
        .map(|(id, label)| {
            let selected = default.as_ref() == Some(&id);
            view! { <option value=id selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <label>
            <span>"Record type"</span>
            <select name="RecordTypeId" on:change=choose>
                <option value=""></option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// The control for a field, which writes what is typed into `values`.
pub(super) fn input(field: Field, values: RwSignal<Map<String, Value>>) -> AnyView {
    let Field { name, label, kind, required, default, .. } = field;
    let first = values.with_untracked(|values| values.get(&name).map(as_text)).or(default).unwrap_or_default();
    let title = if required { format!("* {label}") } else { label };
    let key = name.clone();
    let set = move |value: Value| {
        values.update(|values| {
            values.insert(key.clone(), value);
        });
    };
    let control = match kind {
        FieldKind::Checkbox => {
            let on = first == "true";
            view! { <input type="checkbox" name=name checked=on on:change=move |event| set(event_target_checked(&event).into()) /> }
                .into_any()
        }
        FieldKind::LongText => {
            view! { <textarea name=name on:input=move |event| set(event_target_value(&event).into())>{first}</textarea> }.into_any()
        }
        FieldKind::Picklist { values, .. } => {
            let options = values
                .into_iter()
                .map(|value| {
                    let selected = value == first;
                    view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
                })
                .collect_view();
            view! {
                <select name=name on:change=move |event| set(event_target_value(&event).into())>
                    <option value=""></option>
                    {options}
                </select>
            }
            .into_any()
        }
        kind => {
            let typed = move |event| {
                let text = event_target_value(&event);
                let number = match kind {
                    FieldKind::Integer => text.parse::<u64>().ok().map(Value::from),
                    FieldKind::Number { .. } => text.parse::<f64>().ok().map(Value::from),
                    _ => None,
                };
                set(number.unwrap_or_else(|| text.into()));
            };
            view! { <input type="text" name=name value=first on:input=typed /> }.into_any()
        }
    };
    view! {
        <label>
            <span>{title}</span>
            {control}
        </label>
    }
    .into_any()
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), Into::into)
}
