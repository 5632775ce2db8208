//! What a profile's users may do with fields, and which record types they may choose.

use hookswitch_lightning::{FieldAccess, Id, Org};
use leptos::{ev::SubmitEvent, prelude::*};

use super::rules::{objects, text};
use crate::sim::Sim;

/// Profile and object are chosen, and what holds for the two is shown below.
pub(super) fn profiles(sim: Sim) -> AnyView {
    let all = sim.peek(|org, _| org.profiles().iter().map(|profile| (profile.id.clone(), profile.name.clone())).collect::<Vec<_>>());
    let Some(first) = all.last().map(|(id, _)| id.clone()) else { return ().into_any() };
    let profile = RwSignal::new(first.clone());
    let object = RwSignal::new("Task".to_owned());
    let options = all
        .into_iter()
        .map(|(id, name)| {
            let selected = id == first;
            view! { <option value=id.as_str().to_owned() selected=selected>{name}</option> }
        })
        .collect_view();
    let choose = move |event| {
        if let Some(id) = Id::parse(&event_target_value(&event)) {
            profile.set(id);
        }
    };
    view! {
        <section class="card" data-testid="profiles">
            <h1>"Profiles"</h1>
            <div class="form">
                <label>
                    <span>"Profile"</span>
                    <select data-testid="profile" on:change=choose>{options}</select>
                </label>
                {objects(sim, object)}
            </div>
            <h2>"Record types"</h2>
            {move || record_types(sim, &profile.get(), &object.get())}
            {new_record_type(sim, object)}
            <h2>"Field-level security"</h2>
            {move || fields(sim, &profile.get(), &object.get())}
        </section>
    }
    .into_any()
}

fn fields(sim: Sim, profile: &Id, object: &str) -> AnyView {
    let rows = sim.read(|org, _| {
        let profile = of(org, profile);
        let fields = org.object(object).map(|object| object.fields.as_slice()).unwrap_or_default();
        let row = |field: &hookswitch_lightning::Field| {
            let access = profile.map_or(FieldAccess::Edit, |profile| profile.access(object, &field.name));
            (field.name.clone(), field.label.clone(), access)
        };
        fields.iter().map(row).collect::<Vec<_>>()
    });
    let row = |(name, label, access): (String, String, FieldAccess)| {
        let (profile, field) = (profile.clone(), format!("{object}.{name}"));
        let set = move |event| {
            let access = match event_target_value(&event).as_str() {
                "hidden" => FieldAccess::Hidden,
                "read" => FieldAccess::Read,
                _ => FieldAccess::Edit,
            };
            sim.act(|org, _, _| org.set_access(&profile, &field, access));
        };
        let option = |value: &'static str, words: &'static str, of: FieldAccess| {
            view! { <option value=value selected=access == of>{words}</option> }
        };
        view! {
            <label class="setting" data-field=name>
                <span>{label}</span>
                <select on:change=set>
                    {option("edit", "see and change", FieldAccess::Edit)} {option("read", "see", FieldAccess::Read)}
                    {option("hidden", "no access", FieldAccess::Hidden)}
                </select>
            </label>
        }
    };
    rows.into_iter().map(row).collect_view().into_any()
}

fn record_types(sim: Sim, profile: &Id, object: &str) -> AnyView {
    let rows = sim.read(|org, _| {
        let profile = of(org, profile);
        let default = profile.and_then(|profile| profile.default_record_types.get(object));
        let row = |known: &hookswitch_lightning::RecordType| {
            let may = profile.is_some_and(|profile| profile.may_make(&known.id));
            (known.id.clone(), known.label.clone(), known.developer_name.clone(), may, default == Some(&known.id))
        };
        org.record_types(object).map(row).collect::<Vec<_>>()
    });
    if rows.is_empty() {
        return view! { <p class="quiet-words">"This object has none."</p> }.into_any();
    }
    let row = |(id, label, name, may, default): (Id, String, String, bool, bool)| {
        let (available, chosen) = ((profile.clone(), id.clone()), (profile.clone(), id.clone(), object.to_owned()));
        let allow = move |event| {
            let on = event_target_checked(&event);
            sim.act(|org, _, _| org.set_record_type(&available.0, &available.1, on));
        };
        let choose = move |event| {
            let record_type = event_target_checked(&event).then_some(&chosen.1);
            sim.act(|org, _, _| org.set_default_record_type(&chosen.0, &chosen.2, record_type));
        };
        view! {
            <tr>
                <th scope="row">{label} " (" {name} ")"</th>
                <td>{id.as_str().to_owned()}</td>
                <td><label class="check"><input type="checkbox" prop:checked=may on:change=allow /><span>"available"</span></label></td>
                <td><label class="check"><input type="checkbox" prop:checked=default on:change=choose /><span>"default"</span></label></td>
            </tr>
        }
    };
    view! { <table><tbody>{rows.into_iter().map(row).collect_view()}</tbody></table> }.into_any()
}

fn new_record_type(sim: Sim, object: RwSignal<String>) -> AnyView {
    let name = RwSignal::new(String::new());
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let label = name.get_untracked().trim().to_owned();
        let developer_name = label.replace(' ', "_");
        if !label.is_empty() {
            sim.act(|org, _, _| org.add_record_type(&object.get_untracked(), &developer_name, &label));
            name.set(String::new());
        }
    };
    view! {
        <form class="form" on:submit=add>
            {text("New record type", name)}
            <button type="submit" class="button">"Add"</button>
        </form>
    }
    .into_any()
}

fn of<'a>(org: &'a Org, id: &Id) -> Option<&'a hookswitch_lightning::Profile> {
    org.profiles().iter().find(|profile| profile.id == *id)
}
