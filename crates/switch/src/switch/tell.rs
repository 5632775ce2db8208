//! Who is told what. Agents learn of what others do here, by what differs from what they were told last.

use hookswitch_core::{CallKind, ConnectionState, PhoneParty, PhoneRef, PhoneReport, Side};

use super::{Client, Extension, Switch};
use crate::{AgentView, CallView, ServerMessage, call::Call};

impl Switch {
    /// Tells every agent in the call what others of it did since they were told last.
    pub(super) fn refresh(&mut self, at: usize) {
        if self.calls[at].ended.is_some() {
            return;
        }
        for place in 0..self.calls[at].legs.len() {
            let (extension, reports) = self.news(at, place);
            for report in reports {
                self.tell(&extension, &report);
            }
        }
    }

    fn news(&mut self, at: usize, place: usize) -> (String, Vec<PhoneReport>) {
        let call = &self.calls[at];
        let leg = &call.legs[place];
        let Some(extension) = leg.extension.clone() else { return (String::new(), Vec::new()) };
        let reached = !matches!(leg.state, ConnectionState::Null | ConnectionState::Queued);
        let parties = call.parties(place);
        if !reached || parties.is_empty() {
            return (extension, Vec::new());
        }
        let (name, answered, rung) = (leg.name.clone(), leg.answered.is_some(), leg.is_awaited());
        let (kind, record) = (Some(leg.kind).filter(|kind| leg.told.kind.is_some_and(|told| told != *kind)), call.record.clone());
        let recording = call.recording;
        let told = &leg.told.parties;
        let mut reports = match (told.as_slice(), parties.as_slice()) {
            (told, now) if told == now => Vec::new(),
            ([before], [now]) if before.state == ConnectionState::Alerting && is_up(now.state) && answered => met(&name, before, now),
            // Who will answer in the end is told when somebody does.
            ([_], [_]) if !answered && !rung => return (extension, Vec::new()),
            ([before], [now]) if before.id != now.id => replaced(&name, now, kind, record),
            ([before], [now]) => changed(&name, before, now),
            _ => vec![PhoneReport::Parties { call: name.clone(), parties: parties.clone() }],
        };
        let leg = &mut self.calls[at].legs[place];
        leg.told.parties = parties;
        leg.told.kind = Some(leg.kind);
        if answered && leg.told.recording != recording {
            leg.told.recording = recording;
            reports.push(PhoneReport::RecordingChanged { call: name, state: recording });
        }
        (extension, reports)
    }

    /// The agent at `place` is told the parties by a report of its own.
    pub(super) fn knows_parties(&mut self, at: usize, place: usize) {
        let parties = self.calls[at].parties(place);
        let leg = &mut self.calls[at].legs[place];
        leg.told.parties = parties;
        leg.told.kind = Some(leg.kind);
    }

    /// Tells all pages of an extension; during an outage nothing gets through.
    pub(super) fn tell(&mut self, extension: &str, report: &PhoneReport) {
        if self.faults.outage {
            return;
        }
        let pages = self.extensions.get(extension).map(|known| known.pages.clone()).unwrap_or_default();
        for page in pages {
            self.send(page, extension, report.clone());
        }
    }

    /// Tells the agent at one end of a call, if that end is an agent's.
    pub(super) fn tell_leg(&mut self, at: usize, place: usize, report: &PhoneReport) {
        if let Some(extension) = self.calls[at].legs[place].extension.clone() {
            self.tell(&extension, report);
        }
    }

    /// Answers one page.
    pub(super) fn answer(&mut self, page: Client, report: PhoneReport) {
        match self.pages.get(&page).cloned() {
            Some(extension) => self.send(page, &extension, report),
            None => self.tell_page(page, report),
        }
    }

    /// Tells one page whatever faults its line has.
    pub(super) fn tell_page(&mut self, page: Client, report: PhoneReport) {
        self.out.push_back((page, ServerMessage::Report(report)));
    }

    /// All calls of an agent, as a report.
    pub(super) fn sync(&self, extension: &str) -> PhoneReport {
        let mut calls: Vec<_> = self.calls_of(extension).map(|(call, place)| call.told(place, self.now)).collect();
        let names: Vec<_> = calls.iter().map(|call| call.call.clone()).collect();
        for call in &mut calls {
            call.consults = call.consults.take().filter(|about| names.contains(about));
        }
        PhoneReport::Sync { calls }
    }

    /// Tells observers what changed since they were told last.
    pub(super) fn show(&mut self) {
        if self.observers.is_empty() {
            // Whoever comes is shown everything first.
            return;
        }
        let (calls, agents) = (self.call_views(), self.agent_views());
        if calls != self.shown.0 {
            self.tell_observers(&ServerMessage::Calls(calls.clone()));
        }
        if agents != self.shown.1 {
            self.tell_observers(&ServerMessage::Agents(agents.clone()));
        }
        self.shown = (calls, agents);
    }

    pub(super) fn tell_observers(&mut self, message: &ServerMessage) {
        self.out.extend(self.observers.iter().map(|observer| (*observer, message.clone())));
    }

    pub(super) fn call_views(&self) -> Vec<CallView> {
        self.calls.iter().map(Call::view).collect()
    }

    pub(super) fn agent_views(&self) -> Vec<AgentView> {
        let view = |(number, extension): (&String, &Extension)| {
            let (ready, reason) = extension.state.clone().unwrap_or_default();
            AgentView {
                extension: number.clone(),
                name: extension.name.clone(),
                pages: u32::try_from(extension.pages.len()).unwrap_or(u32::MAX),
                ready,
                reason,
                faults: self.faults_of(number),
            }
        };
        self.extensions.iter().map(view).collect()
    }
}

const fn is_up(state: ConnectionState) -> bool {
    matches!(state, ConnectionState::Connected | ConnectionState::Held)
}

/// Whoever was called answered, perhaps somebody else in the end.
fn met(call: &PhoneRef, before: &PhoneParty, now: &PhoneParty) -> Vec<PhoneReport> {
    let party = (before.party != now.party).then(|| now.party.clone());
    let mut reports = vec![PhoneReport::Established { call: call.clone(), party }];
    if now.state == ConnectionState::Held {
        reports.push(PhoneReport::Held { call: call.clone(), by: Side::Party });
    }
    reports
}

/// Somebody else is at the other end.
fn replaced(call: &PhoneRef, now: &PhoneParty, kind: Option<CallKind>, record: String) -> Vec<PhoneReport> {
    let party = Some(now.party.clone());
    let mut reports = vec![PhoneReport::Transferred { call: call.clone(), by: Side::Party, other: None, party, kind, record }];
    if now.state != ConnectionState::Connected {
        reports.push(PhoneReport::Parties { call: call.clone(), parties: vec![now.clone()] });
    }
    reports
}

/// The one at the other end did something.
fn changed(call: &PhoneRef, before: &PhoneParty, now: &PhoneParty) -> Vec<PhoneReport> {
    match (before.state, now.state) {
        (ConnectionState::Connected, ConnectionState::Held) => vec![PhoneReport::Held { call: call.clone(), by: Side::Party }],
        (ConnectionState::Held, ConnectionState::Connected) => vec![PhoneReport::Retrieved { call: call.clone(), by: Side::Party }],
        // An ordinary call says nothing of the other's mute.
        _ => Vec::new(),
    }
}
