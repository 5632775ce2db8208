//! What the softphone is told unasked: clicks on numbers, moves to other pages, messages on channels, work.

use hookswitch_opencti::{ClickToDial, WorkStart, wire};
use serde_json::Value;

use super::{Host, HostOutput, delay};
use crate::{Fault, Id, Org, page::Work};

/// What became of a click on a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Click {
    /// Numbers cannot be clicked: the softphone has not enabled it.
    Disabled,
    /// Nobody listens: the softphone has enabled it without asking to be told.
    NobodyListens,
    /// The record has no number in this field.
    NoNumber,
    /// The softphone was told.
    Sent,
}

impl Host {
    /// The agent clicks the number in a field of a record.
    pub fn click(&mut self, org: &Org, record: &Id, field: &str, now: u64) -> Click {
        let Some((record, number)) = org.record(record).and_then(|record| Some((record, record.text(field)?))) else {
            return Click::NoNumber;
        };
        let other = record.other_half().map(Into::into);
        let is_account = record.object == "Account";
        let payload = ClickToDial {
            number: number.into(),
            record_id: Some(record.id.as_str().into()),
            record_name: Some(record.name().into()),
            object_type: Some(record.object.clone()),
            account_id: if is_account { None } else { other.clone() },
            contact_id: if is_account { other } else { None },
            person_account: org.person_accounts().then(|| record.is_person()),
            params: None,
        };
        self.click_component(&payload, now)
    }

    /// The agent clicks a number in a component that an admin built, which says itself what it belongs to.
    pub fn click_component(&mut self, click: &ClickToDial, now: u64) -> Click {
        if !self.page.click_to_dial {
            return Click::Disabled;
        }
        if self.tell("onClickToDial", &Value::from(&click.to_plain()), now) { Click::Sent } else { Click::NobodyListens }
    }

    /// A component of the page, or the softphone, publishes on a message channel. Returns whether the softphone had subscribed.
    pub fn publish(&mut self, now: u64, channel: &str, message: Value) -> bool {
        let versions: Vec<u64> = self.listeners.channels.get(channel).into_iter().flatten().copied().collect();
        let fault = self.event_fault("subscribe", &versions);
        for version in &versions {
            if fault != Some(Fault::Silent) {
                self.post(now, wire::lms_event(*version, channel, message.clone()), delay(fault.as_ref()));
            }
        }
        !versions.is_empty()
    }

    /// The agent begins a step of a cadence that calls this number; a click on the number follows.
    pub fn start_work(&mut self, work: &str, number: &str, now: u64) {
        self.page.work.retain(|known| known.id != work);
        self.page.work.push(Work { id: work.into(), to: number.into(), done: None });
        let payload = WorkStart { work_id: work.into(), complete_work_when: "TaskSaved".into(), to: number.into() };
        self.tell("onWorkStart", &Value::from(&payload.to_plain()), now);
        self.out.push_back(HostOutput::PageChanged);
    }

    /// The agent begins a step of the org's queue: the softphone is told of the work, and then of the click on the number. Nothing is begun
    /// if there is no such step or no number.
    pub fn begin_step(&mut self, org: &Org, step: &str, now: u64) -> Click {
        let Some(step) = org.work().iter().find(|known| known.id == step) else { return Click::NoNumber };
        let Some(number) = org.record(&step.record).and_then(|record| record.text(&step.field)) else { return Click::NoNumber };
        self.start_work(&step.id, number, now);
        self.click(org, &step.record, &step.field, now)
    }

    /// Tells of the page in front.
    pub(super) fn tell_navigation(&mut self, org: &Org, now: u64) {
        let payload = Value::from(&self.page.on_wire(org).to_plain());
        self.tell("onNavigationChange", &payload, now);
    }

    /// Posts an event to every listener of a method; returns whether there was one.
    fn tell(&mut self, method: &'static str, payload: &Value, now: u64) -> bool {
        let versions: Vec<u64> = self.listeners.methods.get(method).into_iter().flatten().copied().collect();
        if versions.is_empty() || !self.container_ready(now) {
            return false;
        }
        let fault = self.event_fault(method, &versions);
        for version in versions {
            if fault != Some(Fault::Silent) {
                self.post(now, wire::event(version, method, payload.clone()), delay(fault.as_ref()));
            }
        }
        true
    }

    /// The fault that strikes an event, if anybody would have heard it.
    fn event_fault(&mut self, method: &str, versions: &[u64]) -> Option<Fault> {
        if versions.is_empty() { None } else { self.faults.strike(method) }
    }
}
