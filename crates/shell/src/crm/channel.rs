//! Calls that Lightning components ask for, over a message channel: `definition/README.md` has the messages.

use hookswitch_core::{CrmReport, RecordRef, Refusal};
use hookswitch_opencti::{Fields, Plain};

use super::{
    Port,
    link::{AGAIN_MAX_MS, AGAIN_MS, may_come_later},
    task::is_id,
};
use crate::{check::answer, spawn::spawn};

impl Port {
    /// Hear the channel of the settings from now on, and no other.
    pub(super) fn join_channel(&self, before: Option<String>) {
        // Whoever still tries an earlier one stops.
        self.joining.set(self.joining.get() + 1);
        if let Some(before) = before {
            self.leave_channel(&before);
        }
        let (Some(port), Some(channel)) = (self.this.upgrade(), self.channel.borrow().clone()) else { return };
        let attempt = self.joining.get() + 1;
        self.joining.set(attempt);
        spawn(async move {
            let mut waits = AGAIN_MS.iter();
            loop {
                let this = port.this.clone();
                let heard = port.client.subscribe(&channel, move |message| {
                    if let Some(port) = this.upgrade().filter(|port| port.serving.get()) {
                        port.message(message);
                    }
                });
                let joined = heard.await;
                port.heard(&joined);
                if port.stopped.get() || port.channel.borrow().as_ref() != Some(&channel) {
                    port.leave_channel(&channel);
                    return;
                }
                // A channel that is refused stays so; a Salesforce that is only slow does not.
                let again = joined.as_ref().is_err_and(may_come_later);
                port.joined.replace(answer(joined));
                if !again {
                    return;
                }
                port.pause(*waits.next().unwrap_or(&AGAIN_MAX_MS)).await;
                if port.stopped.get() || port.joining.get() != attempt {
                    return;
                }
            }
        });
    }

    /// Hear it no longer.
    pub(super) fn leave_channel(&self, channel: &str) {
        if let Err(failure) = self.client.unsubscribe(channel) {
            self.note(&failure);
        }
    }

    /// A component said something, or another softphone, or this one: answers come back to whoever sends them.
    fn message(&self, message: &Plain) {
        let none = Fields::new();
        let fields = message.record().unwrap_or(&none);
        let kind = fields.text("kind").unwrap_or_default();
        if matches!(kind, "accepted" | "refused") {
            return;
        }
        let asked = fields.text("requestId").filter(|id| is_request(id));
        match (kind, asked, wanted(fields)) {
            ("call", Some(asked), Some((number, record))) => {
                self.tell(CrmReport::CallAsked { asked: asked.to_owned(), number: number.into(), record });
            }
            ("call", ..) => self.publish(asked, Some(("malformed", "The message is not as it should be: see the channel's fields."))),
            _ => self.publish(asked, Some(("unknownKind", "The phone knows messages of the kind “call” only."))),
        }
    }

    /// Tell the component what became of the call it asked for.
    pub(super) fn answer_asked(&self, asked: &str, refusal: Option<&Refusal>) {
        self.publish(Some(asked), refusal.map(|refusal| (refusal.code(), words(refusal.code()))));
    }

    fn publish(&self, asked: Option<&str>, refused: Option<(&'static str, &'static str)>) {
        let (Some(port), Some(channel)) = (self.this.upgrade(), self.channel.borrow().clone()) else { return };
        let kind = if refused.is_some() { "refused" } else { "accepted" };
        let mut answer = Fields::new().with("kind", kind).with("requestId", asked.unwrap_or_default());
        if let Some((code, reason)) = refused {
            answer = answer.with("code", code).with("reason", reason);
        }
        spawn(async move {
            let published = port.client.publish(&channel, Some(answer.into())).await;
            port.heard(&published);
        });
    }
}

/// Number and record of a call that is asked for; none if one of them cannot be.
pub(super) fn wanted(fields: &Fields) -> Option<(&str, Option<RecordRef>)> {
    let short = |text: &str| text.chars().count() <= LONGEST_TEXT;
    let number = fields.text("number").filter(|number| !number.trim().is_empty() && short(number))?;
    let text = |name| fields.text(name).filter(|text| short(text)).unwrap_or_default().to_owned();
    match fields.get("recordId") {
        None | Some(Plain::Null) => Some((number, None)),
        Some(Plain::Text(id)) if id.is_empty() => Some((number, None)),
        Some(Plain::Text(id)) if is_id(id) => {
            let object = fields.text("objectType").filter(|object| is_object(object)).unwrap_or_default().to_owned();
            let name = text("recordName").into();
            Some((number, Some(RecordRef { id: id.clone(), object, name, ..RecordRef::default() })))
        }
        Some(_) => None,
    }
}

/// An object's API name, and nothing that could be anybody's name or number put there.
fn is_object(name: &str) -> bool {
    (1..=LONGEST_OBJECT).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A name a component may give to what it asks.
fn is_request(id: &str) -> bool {
    (1..=LONGEST_REQUEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

const LONGEST_REQUEST: usize = 64;

const LONGEST_OBJECT: usize = 80;

/// Salesforce's texts are no longer.
const LONGEST_TEXT: usize = 255;

/// A refusal in words for the agent, who looks at the component and not at the phone.
fn words(code: &str) -> &'static str {
    match code {
        "busy" => "All lines of the phone are in use.",
        "doNotCall" => "This customer asked not to be called.",
        "dropped" => "The call was not wanted after all.",
        "expired" => "Nobody chose in the phone what to do with the call.",
        "inProgress" => "The phone is still at work on the last step. Try again in a moment.",
        "invalidNumber" => "That is not a number that can be called.",
        "noPhone" => "No phone is set up. Ask your admin.",
        "offline" => "The phone has no connection.",
        "notSupported" => "The phone cannot place this call beside the other one.",
        _ => "The phone cannot place the call now.",
    }
}
