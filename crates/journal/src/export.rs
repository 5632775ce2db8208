//! A journal without personal data.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use hookswitch_core::{AgentCommand, CrmReport, Input, PhoneReport, Place, Softphone, redacted, settings::Settings, spelled_out};
use serde_json::Value;

use crate::{
    file::{self, Entry},
    journal::Journal,
    mask::{Mask, tones},
};

/// The journal as a file's text that may leave the machine: digits and letters of numbers, names, notes and addresses are replaced by
/// others. It replays with the same phases, kinds of output and refusals ([`crate::Outline`]).
///
/// `seed` is random and new for each export; it decides what stands in for what, and is not written. The same text becomes the same
/// text within one export, and another one in the next.
///
/// What stays: the dispositions' and reasons' names, record ids, the phone system's names for calls, hosts, times.
#[must_use]
pub fn export(journal: &Journal, seed: u64) -> String {
    let softphone = journal.checkpoint();
    let (plain, known) = private_texts(&softphone, journal);
    let begin: Option<Settings> = serde_json::from_value(plain[SETTINGS].clone()).ok();
    let later = journal.entries().filter_map(|entry| if let Input::Settings(settings) = &entry.input { Some(&**settings) } else { None });
    let all: Vec<&Settings> = begin.iter().chain(later).collect();
    let mask = Rc::new(Mask::new(seed, &all, dispositions(&all, &plain, journal), queues(&plain, journal), known));
    let texts = Rc::clone(&mask);
    let masked: hookswitch_core::Mask = Rc::new(move |text: &str, place: &Place| texts.text(text, place));
    let mut text = redacted(Rc::clone(&masked), || {
        let mut checkpoint = serde_json::to_value(&softphone).unwrap_or_default();
        checkpoint[SETTINGS] = serde_json::to_value(begin.as_ref().map(|settings| mask.settings(settings))).unwrap_or_default();
        file::begin(true, &checkpoint)
    });
    for Entry { now, input } in journal.entries() {
        let line = match said(input) {
            Some(input) => file::line(&Entry { now: *now, input }),
            None => {
                let entry = Entry { now: *now, input: typed(input, &mask) };
                redacted(Rc::clone(&masked), || file::line(&entry))
            }
        };
        text.push_str(&line);
    }
    text
}

/// The checkpoint as it is, and every private text in it and in the inputs since that no template made.
fn private_texts(softphone: &Softphone, journal: &Journal) -> (Value, BTreeSet<String>) {
    let texts = Rc::new(RefCell::new(BTreeSet::new()));
    let seen = Rc::clone(&texts);
    let note = move |text: &str, place: &Place| {
        if *place == Place::Any {
            seen.borrow_mut().insert(text.to_owned());
        }
        text.to_owned()
    };
    let plain = redacted(Rc::new(note), || {
        let plain = serde_json::to_value(softphone).unwrap_or_default();
        for entry in journal.entries() {
            drop(serde_json::to_value(&entry.input));
        }
        plain
    });
    (plain, texts.take())
}

/// Where a softphone's settings stand in its checkpoint.
const SETTINGS: &str = "settings";

/// Digits that were sent, said by their length alone: the mask would still tell which of them are alike, and a digit must stay one.
fn said(input: &Input) -> Option<Input> {
    match input {
        Input::Agent(AgentCommand::SendDigits(call, digits)) => {
            Some(Input::Agent(AgentCommand::SendDigits(*call, tones(digits.reveal()).into())))
        }
        Input::Phone(PhoneReport::DigitsGenerated { call, digits }) => {
            Some(Input::Phone(PhoneReport::DigitsGenerated { call: call.clone(), digits: tones(digits.reveal()).into() }))
        }
        _ => None,
    }
}

/// What the mask does not reach or must not take as it is: settings, and words that are dialed as keys.
fn typed(input: &Input, mask: &Mask) -> Input {
    match input {
        Input::Agent(AgentCommand::Consult { call, number }) => {
            Input::Agent(AgentCommand::Consult { call: *call, number: mask.digits(number) })
        }
        Input::Agent(AgentCommand::Deflect(call, number)) => Input::Agent(AgentCommand::Deflect(*call, mask.digits(number))),
        Input::Agent(AgentCommand::Dial { number, source }) => {
            Input::Agent(AgentCommand::Dial { number: mask.digits(number), source: source.clone() })
        }
        Input::Agent(AgentCommand::SingleStepConference(call, number)) => {
            Input::Agent(AgentCommand::SingleStepConference(*call, mask.digits(number)))
        }
        Input::Agent(AgentCommand::SingleStepTransfer(call, number)) => {
            Input::Agent(AgentCommand::SingleStepTransfer(*call, mask.digits(number)))
        }
        Input::Crm(CrmReport::CallAsked { asked, number, record }) => {
            Input::Crm(CrmReport::CallAsked { asked: asked.clone(), number: mask.digits(number), record: record.clone() })
        }
        Input::Crm(CrmReport::ClickToDial { number, record }) => {
            Input::Crm(CrmReport::ClickToDial { number: mask.digits(number), record: record.clone() })
        }
        Input::Settings(settings) => Input::Settings(Box::new(mask.settings(settings))),
        other => other.clone(),
    }
}

/// Dispositions that a log's text may name.
fn dispositions(settings: &[&Settings], checkpoint: &Value, journal: &Journal) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = UNANSWERED.map(String::from).into();
    for dispositions in settings.iter().map(|settings| &settings.wrap_up.dispositions) {
        words.extend([&dispositions.inbound, &dispositions.internal, &dispositions.outbound].into_iter().flatten().cloned());
    }
    stored("disposition", checkpoint, journal, &mut words);
    words
}

/// Queues that a log's text may name.
fn queues(checkpoint: &Value, journal: &Journal) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    stored("queue", checkpoint, journal, &mut words);
    for entry in journal.entries() {
        match &entry.input {
            Input::Phone(PhoneReport::Delivered { queue, .. }) => drop(words.insert(queue.clone())),
            Input::Phone(PhoneReport::Sync { calls }) => words.extend(calls.iter().map(|call| call.queue.clone())),
            _ => {}
        }
    }
    words
}

/// Every text of that name in the checkpoint and in what was restored since.
fn stored(field: &str, checkpoint: &Value, journal: &Journal, words: &mut BTreeSet<String>) {
    named(field, checkpoint, words);
    for entry in journal.entries() {
        if let Input::Restored(bytes) = &entry.input {
            named(field, &spelled_out(bytes, serde_json::value::Serializer).unwrap_or_default(), words);
        }
    }
}

/// How a log calls a call that nobody answered.
const UNANSWERED: [&str; 7] = ["Missed", "Failed", "Busy", "Declined", "Wrong number", "No answer", "Rejected"];

fn named(field: &str, value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| named(field, value, words)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(word) if name == field => drop(words.insert(word.into())),
                    _ => named(field, value, words),
                }
            }
        }
        Value::Bool(_) | Value::Null | Value::Number(_) | Value::String(_) => {}
    }
}
