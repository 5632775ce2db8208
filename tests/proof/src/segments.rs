//! Which call has a log: the phone system's calls, held against the softphone's that stood for them.
//!
//! A segment is one call as the phone system knows it. The softphone may have known it as more than one call, one after the other, if something was
//! lost; it has the logs of one all the same.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    hash::{Hash, Hasher},
};

use hookswitch_core::{CallId, Direction, PhoneCommand, PhoneRef, PhoneReport, RequestId, Snapshot, Softphone};

use crate::switch::{Leg, Line, Switch, reference};

/// All calls of which something may still be told.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// The phone system's, by its numbers.
    lines: BTreeMap<usize, Segment>,
    /// The softphone's.
    calls: BTreeMap<CallId, Story>,
    /// What the phone system was asked, and about which call.
    requests: BTreeMap<RequestId, CallId>,
}

/// What happened to a call by the phone system's truth.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Segment {
    /// The agent talked with somebody in it.
    answered: bool,
    /// Dialed by the agent in order to ask about another.
    consultation: bool,
    /// The agent's to log, also when nobody answers.
    own: bool,
    /// Nothing of it is left, nor on its way.
    over: bool,
    /// There was no line for it here: offered to somebody else.
    turned_away: bool,
}

/// One of the softphone's calls, as it was told.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Story {
    /// What it was at the phone system first: the segment it has its log for. None if it never got there.
    line: Option<usize>,
    /// What it is there now: two that became one have one name.
    now: Option<usize>,
    /// It was offered under the name of one that was over here already: to the softphone another call, since names may be used again.
    again: bool,
    /// It was answered.
    answered: bool,
    /// It was begun to ask about another one.
    consultation: bool,
    /// The agent freed it by force.
    forced: bool,
    /// The softphone shows it.
    here: bool,
    /// It is this agent's to log, also when nobody answers.
    own: bool,
}

impl Segments {
    /// Forgets what was over before: it was looked at then.
    pub(crate) fn forget(&mut self) {
        let here: BTreeSet<usize> = self.calls.values().filter(|story| story.here).filter_map(|story| story.line).collect();
        self.lines.retain(|line, segment| !segment.over || here.contains(line));
        // Of the others none can come back.
        self.calls
            .retain(|_, story| story.here || [story.line, story.now].into_iter().flatten().any(|line| self.lines.contains_key(&line)));
        self.requests.retain(|_, call| self.calls.contains_key(call));
    }

    /// Takes in what the softphone knows now. Names are taken at once, since the next report may end the call.
    pub(crate) fn follow(&mut self, phone: &Softphone, snapshot: &Snapshot) {
        for story in self.calls.values_mut() {
            story.here = false;
        }
        for known in phone.known() {
            let Some(call) = snapshot.calls.iter().find(|call| call.id == known.call) else { continue };
            let logged = logs(snapshot, known.call) > 0;
            let story = self.calls.entry(known.call).or_insert(Story {
                line: None,
                now: None,
                again: false,
                answered: false,
                consultation: false,
                forced: false,
                here: true,
                // One that was taken for lost and comes back has its log already, and keeps it.
                own: call.direction == Direction::Out || logged,
            });
            story.here = true;
            story.now = known.name.as_ref().and_then(number_of).or(story.now);
            story.line = story.line.or_else(|| story.now.filter(|_| !story.again));
            story.answered |= call.answered.is_some();
            story.consultation |= call.consults.is_some();
            self.requests.extend(known.requests.into_iter().map(|request| (request, known.call)));
        }
    }

    /// The phone system was asked something, and did it: what it made of a dialed call, before it says so.
    pub(crate) fn asked(&mut self, request: RequestId, command: &PhoneCommand, made: usize) {
        match command {
            PhoneCommand::MakeCall { consults, .. } => {
                let story = self.requests.get(&request).and_then(|call| self.calls.get_mut(call));
                let consultation = consults.is_some() || story.as_ref().is_some_and(|story| story.consultation);
                if let Some(story) = story {
                    (story.line, story.now) = (Some(made), Some(made));
                }
                self.lines.insert(made, Segment { answered: false, consultation, own: true, over: false, turned_away: false });
            }
            // The agent turns away with another cause.
            PhoneCommand::Decline { call, cause: hookswitch_core::Cause::Busy } => {
                if let Some(segment) = number_of(call).and_then(|line| self.lines.get_mut(&line)) {
                    segment.turned_away = true;
                }
            }
            _ => {}
        }
    }

    /// A report said so: whose the log is, and what was begun to ask about something else.
    pub(crate) fn told(&mut self, report: &PhoneReport, before: &BTreeSet<CallId>) {
        let of = |name: &PhoneRef| number_of(name);
        match report {
            PhoneReport::Delivered { call, owns_log, .. } => {
                let over = self.calls.values().any(|story| !story.here && story.line == of(call));
                for (id, story) in self.calls.iter_mut().filter(|(_, story)| story.here && story.now == of(call)) {
                    story.own |= owns_log;
                    if over && !before.contains(id) {
                        (story.again, story.line) = (true, None);
                    }
                }
            }
            PhoneReport::Sync { calls } => {
                for listed in calls {
                    let new = self.calls.iter_mut().filter(|(id, story)| !before.contains(id) && story.line == of(&listed.call));
                    for (_, story) in new {
                        story.consultation |= listed.consults.is_some();
                        story.own |= listed.owns_log;
                    }
                }
            }
            _ => {}
        }
    }

    /// The agent frees it by force.
    pub(crate) fn force(&mut self, call: CallId) {
        if let Some(story) = self.calls.get_mut(&call) {
            story.forced = true;
        }
    }

    /// Takes in the phone system's truth.
    pub(crate) fn see(&mut self, switch: &Switch, flight: &VecDeque<PhoneReport>) {
        let answered = |line: &Line| line.own != Leg::Alerting && line.seats.iter().any(|seat| seat.leg != Leg::Alerting);
        for line in &switch.lines {
            let segment = self.lines.entry(line.name).or_insert(Segment {
                answered: false,
                consultation: false,
                own: line.owned,
                over: false,
                turned_away: false,
            });
            segment.answered |= answered(line);
        }
        for (name, segment) in &mut self.lines {
            let told = || flight.iter().any(|report| mentions(report, &reference(*name)));
            segment.over = !switch.lines.iter().any(|line| line.name == *name) && !told();
        }
    }

    /// Whether every segment has exactly the logs of the rule: answered ones are logged, consultations only where the settings say so, of the
    /// others those that are this agent's.
    ///
    /// Two calls of one segment never both have one, but for a call that was over here and is offered once more under the same name. How many it has is looked at when the softphone shows it no more, by what it was told. Where
    /// nothing was lost or late that must be the truth, but for what was turned away for want of a line (somebody else has it now), and
    /// for an answer that was told only after the agent had freed the line by force.
    pub(crate) fn logged_by_the_rule(&self, consultations: bool, disturbed: bool, snapshot: &Snapshot) -> bool {
        let wanted = |consultation: bool, other: bool| usize::from(if consultation { consultations } else { other });
        let lineless = self.calls.iter().filter(|(_, story)| story.line.is_none() && !story.here);
        let never_there = |(id, story): (&CallId, &Story)| logs(snapshot, *id) == wanted(story.consultation, story.answered || story.own);
        lineless.into_iter().all(never_there)
            && self.all_lines().into_iter().all(|line| {
                let of_it: Vec<_> = self.calls.iter().filter(|(_, story)| story.line == Some(line)).collect();
                let logs: usize = of_it.iter().map(|(id, _)| logs(snapshot, **id)).sum();
                let any = |is: fn(&Story) -> bool| of_it.iter().any(|(_, story)| is(story));
                if any(|story| story.here) {
                    return logs <= 1;
                }
                let segment = self.lines.get(&line);
                let consultation = segment.is_some_and(|segment| segment.consultation) || any(|story| story.consultation);
                let told = wanted(consultation, any(|story| story.answered || story.own));
                let judged = of_it.is_empty() || logs == told;
                let excused = |segment: &Segment| disturbed || !segment.over || segment.turned_away || any(|story| story.forced);
                let truth = |segment: &Segment| wanted(consultation, segment.answered || segment.own);
                judged && segment.is_none_or(|segment| excused(segment) || logs == truth(segment))
            })
    }

    /// The calls of the phone system that are or may still be spoken of.
    fn all_lines(&self) -> BTreeSet<usize> {
        self.lines.keys().copied().chain(self.calls.values().filter_map(|story| story.line)).collect()
    }

    /// The calls a report names, by the phone system's names or by what was asked about them.
    pub(crate) fn named(&self, names: &[&PhoneRef], request: Option<RequestId>, phone: &Softphone) -> BTreeSet<CallId> {
        let known = phone.known().into_iter().filter(|known| known.name.as_ref().is_some_and(|name| names.contains(&name)));
        known.map(|known| known.call).chain(request.and_then(|request| self.requests.get(&request)).copied()).collect()
    }

    /// For each call, what was asked about it last.
    pub(crate) fn last_requests(&self) -> BTreeMap<CallId, RequestId> {
        self.requests.iter().map(|(request, call)| (*call, *request)).collect()
    }

    /// Everything that can matter to what is still to be said of it. Calls that are gone count together.
    pub(crate) fn hash(&self, snapshot: &Snapshot, into: &mut impl Hasher) {
        for line in self.all_lines() {
            let segment = self.lines.get(&line);
            let gone: Vec<_> = self.calls.iter().filter(|(_, story)| story.line == Some(line) && !story.here).collect();
            let logs: usize = gone.iter().map(|(id, _)| logs(snapshot, **id)).sum();
            let any = |is: fn(&Story) -> bool| gone.iter().any(|(_, story)| is(story));
            let told = (any(|story| story.answered || story.own), any(|story| story.consultation), any(|story| story.forced));
            (line, segment, logs, told).hash(into);
        }
        for (id, story) in self.calls.iter().filter(|(_, story)| story.here || story.line.is_none()) {
            (story, logs(snapshot, *id), self.requests.values().any(|call| call == id)).hash(into);
        }
    }
}

/// The logs of a call: in these worlds a call and its log are counted alike.
fn logs(snapshot: &Snapshot, call: CallId) -> usize {
    snapshot.logs.iter().filter(|log| log.key.count == call.0).count()
}

fn number_of(name: &PhoneRef) -> Option<usize> {
    name.0.strip_prefix('c')?.parse().ok()
}

/// Whether a report speaks of the call.
fn mentions(report: &PhoneReport, name: &PhoneRef) -> bool {
    match report {
        PhoneReport::Sync { calls } => calls.iter().any(|listed| listed.call == *name),
        report => crate::reports::names(report).contains(&name),
    }
}
