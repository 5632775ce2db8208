//! What goes wrong on purpose.

use std::collections::BTreeMap;

use hookswitch_core::{PhoneCommand, PhoneReport, PhoneState, RefusedReason};

use super::{Client, Switch};
use crate::{LineFaults, ServerMessage, dice::Dice, faults::OVERTAKEN_MS, timer::Timer};

/// Faults that are switched on.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// Commands to be neither carried out nor answered.
    pub(super) ignore: u32,
    /// Commands to be refused, with what.
    pub(super) refuse: Option<(u32, RefusedReason, String)>,
    /// Agents cannot reach the switch.
    pub(super) outage: bool,
    /// By extension; the empty one stands for all that have none of their own.
    lines: BTreeMap<String, (LineFaults, Dice)>,
}

/// What becomes of a command before anybody looks at it.
pub(super) enum Fate {
    Carried,
    Ignored,
    Refused(RefusedReason, String),
}

pub(super) const OUTAGE: &str = "simulated outage";

impl Switch {
    pub(super) fn set_faults(&mut self, extension: String, faults: LineFaults) {
        if faults.are_off() {
            self.faults.lines.remove(&extension);
        } else {
            let dice = Dice(faults.seed);
            self.faults.lines.insert(extension, (faults, dice));
        }
    }

    pub(super) fn faults_of(&self, extension: &str) -> LineFaults {
        self.faults.lines.get(extension).or_else(|| self.faults.lines.get("")).map(|(faults, _)| faults.clone()).unwrap_or_default()
    }

    /// Injected faults, from the widest to the narrowest.
    pub(super) fn fate(&mut self, extension: &str, command: &PhoneCommand) -> Fate {
        if self.faults.outage {
            return Fate::Refused(RefusedReason::Offline, OUTAGE.to_owned());
        }
        if self.faults.ignore > 0 {
            self.faults.ignore -= 1;
            return Fate::Ignored;
        }
        if let Some((count, reason, detail)) = self.faults.refuse.as_mut() {
            let refused = Fate::Refused(*reason, detail.clone());
            *count -= 1;
            if *count == 0 {
                self.faults.refuse = None;
            }
            return refused;
        }
        let faults = self.faults_of(extension);
        if faults.dead {
            return Fate::Ignored;
        }
        if !faults.refused.is_empty() && faults.refused.contains(&word(command)) {
            return Fate::Refused(faults.reason.unwrap_or(RefusedReason::NotNow), "simulated refusal".to_owned());
        }
        Fate::Carried
    }

    /// Sends a report over a line that may fail.
    pub(super) fn send(&mut self, page: Client, extension: &str, report: PhoneReport) {
        let lines = &mut self.faults.lines;
        let line = if lines.contains_key(extension) { lines.get_mut(extension) } else { lines.get_mut("") };
        let Some((faults, dice)) = line else { return self.out.push_back((page, ServerMessage::Report(report))) };
        if faults.dead || dice.percent(faults.lost_percent) {
            return;
        }
        let copies = if dice.percent(faults.doubled_percent) { 2 } else { 1 };
        let wait = faults.late_ms + if dice.percent(faults.reordered_percent) { OVERTAKEN_MS } else { 0 };
        for _ in 0..copies {
            if wait > 0 {
                self.timers.set(self.now + wait, Timer::Deliver(page, Box::new(report.clone())));
            } else {
                self.out.push_back((page, ServerMessage::Report(report.clone())));
            }
        }
    }

    /// A late report arrives, if the page is still there.
    pub(super) fn arrive(&mut self, page: Client, report: PhoneReport) {
        if self.pages.contains_key(&page) && !self.faults.outage {
            self.tell_page(page, report);
        }
    }

    /// Agents cannot reach the switch for a while; what happens meanwhile they learn from a sync.
    pub(super) fn outage(&mut self, for_ms: u64) {
        self.timers.drop_outage();
        self.timers.set(self.now + for_ms, Timer::OutageOver);
        self.service(PhoneState::Reconnecting, OUTAGE);
        self.faults.outage = true;
    }

    pub(super) fn outage_over(&mut self) {
        self.faults.outage = false;
        self.service(PhoneState::Ready, "");
        let pages: Vec<_> = self.pages.iter().map(|(page, extension)| (*page, extension.clone())).collect();
        for (page, extension) in pages {
            if let Some((ready, reason)) = self.extensions.get(&extension).and_then(|known| known.state.clone()) {
                self.answer(page, PhoneReport::AgentState { ready, reason });
            }
            let calls = self.sync(&extension);
            self.answer(page, calls);
        }
        self.offer_all();
    }

    /// The switch stops and begins anew.
    pub(super) fn restart(&mut self, for_ms: u64, calls_survive: bool) {
        if !calls_survive {
            for call in std::mem::take(&mut self.calls) {
                for leg in call.legs {
                    self.timers.drop_leg(leg.id);
                }
            }
            for extension in self.extensions.values_mut() {
                extension.state = None;
            }
        }
        self.outage(for_ms);
    }

    fn service(&mut self, state: PhoneState, detail: &str) {
        let extensions: Vec<_> = self.extensions.keys().cloned().collect();
        for extension in extensions {
            self.tell(&extension, &PhoneReport::Service { state, detail: detail.into() });
        }
    }
}

/// The command's type as it is on the wire.
fn word(command: &PhoneCommand) -> String {
    let value = serde_json::to_value(command).ok();
    value.and_then(|value| value.get("type").and_then(|word| word.as_str().map(str::to_owned))).unwrap_or_default()
}
