//! What records must keep: validation rules and duplicate rules.

use hookswitch_lightning::{DuplicateRule, ValidationRule};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::sim::Sim;

/// Both kinds of rules, with a form for another of each.
pub(super) fn rules(sim: Sim) -> AnyView {
    view! {
        <section class="card" data-testid="validation-rules">
            <h1>"Validation rules"</h1>
            <p class="quiet-words">"A record that breaks one is not saved: saveLog is refused, and names the field that must not be empty."</p>
            {validation_list(sim)}
            {validation_form(sim)}
        </section>
        <section class="card" data-testid="duplicate-rules">
            <h1>"Duplicate rules"</h1>
            <p class="quiet-words">
                "A new record whose fields are all like those of one that exists is a duplicate. From saveLog it is refused; in the window for a new \
                record a second press of Save saves it, if the rule allows."
            </p>
            {duplicate_list(sim)}
            {duplicate_form(sim)}
        </section>
    }
    .into_any()
}

fn validation_list(sim: Sim) -> AnyView {
    let rules = Memo::new(move |_| sim.read(|org, _| org.rules().to_vec()));
    let row = move |(place, rule): (usize, ValidationRule)| {
        let words = format!("{}: when {} is “{}”, {} is needed: {}", rule.object, rule.field, rule.equals, rule.requires, rule.message);
        removable(words, move || sim.act(|org, _, _| org.remove_rule(place)))
    };
    view! { <ul class="plain">{move || rules.get().into_iter().enumerate().map(row).collect_view()}</ul> }.into_any()
}

fn duplicate_list(sim: Sim) -> AnyView {
    let rules = Memo::new(move |_| sim.read(|org, _| org.duplicate_rules().to_vec()));
    let row = move |(place, rule): (usize, DuplicateRule)| {
        let then = if rule.allow { "may be saved all the same" } else { "is not saved" };
        let words = format!("{}: alike in {}; {then}", rule.object, rule.fields.join(", "));
        removable(words, move || sim.act(|org, _, _| org.remove_duplicate_rule(place)))
    };
    view! { <ul class="plain">{move || rules.get().into_iter().enumerate().map(row).collect_view()}</ul> }.into_any()
}

/// A line of a list with a button that takes it away.
pub(super) fn removable(words: String, remove: impl Fn() + 'static) -> AnyView {
    view! {
        <li class="row">
            <span>{words}</span>
            <button type="button" class="button" on:click=move |_| remove()>"Remove"</button>
        </li>
    }
    .into_any()
}

fn validation_form(sim: Sim) -> AnyView {
    let object = RwSignal::new("Task".to_owned());
    let field = RwSignal::new("Status".to_owned());
    let equals = RwSignal::new("Completed".to_owned());
    let requires = RwSignal::new("CallDisposition".to_owned());
    let message = RwSignal::new("Choose a call result".to_owned());
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let rule = ValidationRule {
            object: object.get_untracked(),
            field: field.get_untracked().trim().into(),
            equals: equals.get_untracked(),
            requires: requires.get_untracked().trim().into(),
            message: message.get_untracked(),
        };
        let unknown = [&rule.field, &rule.requires].into_iter().find(|name| !has_field(sim, &rule.object, name)).cloned();
        match unknown {
            Some(name) => sim.say(format!("{} has no field {name}.", rule.object)),
            None => sim.act(|org, _, _| org.add_rule(rule)),
        }
    };
    view! {
        <form class="form" on:submit=add>
            {objects(sim, object)}
            <div class="row">{text("When the field", field)} {text("is", equals)} {text("this field is needed", requires)}</div>
            {text("Message", message)}
            <button type="submit" class="button brand">"Add the rule"</button>
        </form>
    }
    .into_any()
}

fn duplicate_form(sim: Sim) -> AnyView {
    let object = RwSignal::new("Contact".to_owned());
    let fields = RwSignal::new("LastName, Phone".to_owned());
    let allow = RwSignal::new(false);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let object = object.get_untracked();
        let fields: Vec<String> =
            fields.get_untracked().split(',').map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect();
        match fields.iter().find(|name| !has_field(sim, &object, name)) {
            Some(name) => sim.say(format!("{object} has no field {name}.")),
            None if fields.is_empty() => sim.say("Name at least one field."),
            None => sim.act(|org, _, _| org.add_duplicate_rule(DuplicateRule { object, fields, allow: allow.get_untracked() })),
        }
    };
    view! {
        <form class="form" on:submit=add>
            {objects(sim, object)}
            {text("Fields that must all be alike", fields)}
            <label class="check">
                <input type="checkbox" on:change=move |event| allow.set(event_target_checked(&event)) />
                <span>"The agent may save all the same"</span>
            </label>
            <button type="submit" class="button brand">"Add the rule"</button>
        </form>
    }
    .into_any()
}

fn has_field(sim: Sim, object: &str, field: &str) -> bool {
    sim.peek(|org, _| org.object(object).is_some_and(|object| object.field(field).is_some()))
}

/// The choice of an object.
pub(super) fn objects(sim: Sim, chosen: RwSignal<String>) -> AnyView {
    let all = sim.peek(|org, _| org.objects().iter().map(|object| (object.name.clone(), object.label.clone())).collect::<Vec<_>>());
    let options = all
        .into_iter()
        .map(|(name, label)| {
            let selected = name == chosen.get_untracked();
            view! { <option value=name selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <label>
            <span>"Object"</span>
            <select on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
        </label>
    }
    .into_any()
}

/// A line of text with its name.
pub(super) fn text(label: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label>
            <span>{label}</span>
            <input type="text" prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
        </label>
    }
    .into_any()
}
