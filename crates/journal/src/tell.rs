//! A step in words.

use hookswitch_core::{CallId, CallView, Input, Output, Snapshot};
use hookswitch_journal::Step;
use serde_json::{Value, json};

/// A step as lines: what came in, then what came of it.
pub(crate) fn step(number: usize, start: u64, step: &Step) -> String {
    let mut text = format!("\n{number:>5}  {}  {}\n", since(step.now.mono.saturating_sub(start)), came_in(&step.input));
    if let Some(refusal) = &step.refusal {
        text.push_str(&format!("       refused: {} ({refusal})\n", refusal.code()));
    }
    for output in step.outputs.iter().filter(|output| !matches!(output, Output::Changed)) {
        text.push_str(&format!("       -> {}\n", went_out(output)));
    }
    text.push_str(&calls(&step.snapshot));
    text
}

/// A step as one line of JSON.
pub(crate) fn json(number: usize, start: u64, step: &Step) -> String {
    let value = json!({
        "step": number,
        "ms": step.now.mono.saturating_sub(start),
        "now": step.now,
        "input": step.input,
        "refusal": step.refusal.as_ref().map(hookswitch_core::Refusal::code),
        "outputs": step.outputs,
        "snapshot": step.snapshot,
        "deadline": step.deadline,
    });
    format!("{value}\n")
}

/// Where every call stands.
pub(crate) fn calls(snapshot: &Snapshot) -> String {
    snapshot.calls.iter().map(|call| format!("       {}\n", stands(call))).collect()
}

/// Whether the input is a command about the call.
pub(crate) fn names(input: &Input, call: CallId) -> bool {
    let Input::Agent(command) = input else { return false };
    let value = value(command);
    let Some((name, details)) = value.as_object().and_then(|variant| variant.iter().next()) else { return false };
    let is_it = |value: &Value| value.as_u64() == Some(call.0.into());
    match (name.as_str(), details) {
        ("Dismiss" | "ResendLog" | "DiscardLog", _) => false,
        ("Conference" | "Transfer", Value::Array(both)) => both.iter().any(is_it),
        (_, Value::Array(details)) => details.first().is_some_and(is_it),
        (_, Value::Object(details)) => details.get("call").is_some_and(is_it),
        (_, value) => is_it(value),
    }
}

fn stands(call: &CallView) -> String {
    let connections: Vec<_> = call
        .connections
        .iter()
        .map(|connection| {
            let who = if connection.agent {
                "agent".into()
            } else {
                let (name, number) = (connection.party.name.reveal(), connection.party.number.reveal());
                let who = [number, name].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                if who.is_empty() { "unknown".into() } else { who }
            };
            format!("{who} {}{}", words(&value(&connection.state)), if connection.muted { " (muted)" } else { "" })
        })
        .collect();
    format!("call {}: {}; {}", call.id.0, spaced(&format!("{:?}", call.phase)), connections.join(", "))
}

/// Minutes, seconds, milliseconds.
fn since(ms: u64) -> String {
    format!("{:>3}:{:02}.{:03}", ms / 60_000, ms / 1000 % 60, ms % 1000)
}

fn came_in(input: &Input) -> String {
    match input {
        Input::Agent(command) => format!("agent: {}", variant(&value(command))),
        Input::Crm(report) => format!("CRM: {}", variant(&value(report))),
        Input::Phone(report) => format!("phone: {}", variant(&value(report))),
        Input::Restored(bytes) => format!("restored: {} bytes of an earlier page", bytes.len()),
        Input::Settings(settings) => {
            let provider = settings.provider.as_ref().map_or_else(|| "none".into(), |provider| variant(&value(provider)));
            format!("settings: provider {provider}, {} lines", settings.calls.lines)
        }
        Input::Start { .. } => "start".into(),
        Input::Tick => "time passed".into(),
        Input::Audible(true) => "the browser lets sound out".into(),
        Input::Audible(false) => "the browser holds sound back".into(),
        // Core and journal are built together, so there is no other.
        _ => "something else".into(),
    }
}

fn went_out(output: &Output) -> String {
    match output {
        Output::Changed => "changed".into(),
        Output::Crm { id, command } => format!("CRM #{}: {}", id.0, variant(&value(command))),
        Output::Phone { id, command } => format!("phone #{}: {}", id.0, variant(&value(command))),
        Output::Sound(sound) => format!("sound: {}", spaced(&format!("{sound:?}"))),
        Output::Store => "keep what the next page needs".into(),
        // Core and journal are built together, so there is no other.
        _ => "something else".into(),
    }
}

fn value(plain: &impl serde::Serialize) -> Value {
    serde_json::to_value(plain).unwrap_or_default()
}

/// A variant with its data, whichever way serde writes it: `{"Answer":1}`, `"SetReady"`, `{"type":"held","call":"c1"}`.
fn variant(value: &Value) -> String {
    let Some(fields) = value.as_object() else { return words(value) };
    if let Some(Value::String(kind)) = fields.get("type") {
        let details: Vec<_> = fields.iter().filter(|(name, value)| *name != "type" && says(value)).collect();
        return join(spaced(kind), details.into_iter().map(|(name, value)| format!("{} {}", spaced(name), words(value))));
    }
    match fields.iter().next() {
        Some((kind, details)) if fields.len() == 1 => join(spaced(kind), Some(words(details)).filter(|_| says(details)).into_iter()),
        _ => words(value),
    }
}

/// Data in words: names and values, without what says nothing.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().filter(|value| says(value)).map(words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| says(value));
            fields.map(|(name, value)| format!("{} {}", spaced(name), words(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::Object(_) => true,
    }
}

fn join(kind: String, details: impl Iterator<Item = String>) -> String {
    let details: Vec<_> = details.collect();
    if details.is_empty() { kind } else { format!("{kind}: {}", details.join(", ")) }
}

/// `singleStepTransfer` as `single step transfer`.
fn spaced(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(c.to_lowercase());
    }
    text.replace('_', " ")
}
