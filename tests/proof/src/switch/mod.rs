//! A phone system as honest as it is small: it does what it is asked, at once, and tells everything in order.
//!
//! What goes wrong between it and the softphone is the world's part. Nobody here is anywhere twice, and nobody comes back: a person
//! who left a call has left the world. That keeps worlds finite.

mod able;
mod begin;
mod people;
mod tell;

use std::collections::BTreeSet;

use hookswitch_core::{Cause, PartyRef, PhoneCommand, PhoneRef, PhoneReport, Private, Recording, RefusedReason, RequestId, Side};

pub use able::Able;
use tell::party_of;
pub use tell::reference;

/// Somebody besides the agent: 0 is the customer.
pub type Person = usize;

/// Where somebody is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Place {
    /// At home: can call and be called.
    Free,
    /// Was in a call, and is in none any more.
    Gone,
    /// In one of the agent's calls, by its number.
    Line(usize),
    /// Talks with somebody else, or is about to: transferred, deflected, or left alone together.
    Elsewhere,
}

/// How a connection is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Leg {
    /// Rings, here or there.
    Alerting,
    /// Talks.
    Connected,
    /// On hold.
    Held,
}

/// Somebody in a call.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Seat {
    /// Who.
    pub person: Person,
    /// How the connection is.
    pub leg: Leg,
    /// Put on mute by the agent.
    pub muted: bool,
}

/// One call of the agent.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Line {
    /// Names it: calls are counted and never reused.
    pub name: usize,
    /// The agent's own connection.
    pub own: Leg,
    /// Everybody else.
    pub seats: Vec<Seat>,
    /// The agent called.
    pub out: bool,
    /// The agent's softphone logs it if nobody answers: the agent's own calls and the customer's. Other callers' came through a queue.
    pub owned: bool,
    /// The agent's voice is muted.
    pub muted: bool,
    /// Recorded.
    pub recorded: bool,
    /// The call it is about.
    pub consults: Option<usize>,
    /// Being transferred blindly to this person.
    pub target: Option<Person>,
}

/// What went wrong that must not.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Broken {
    /// Somebody was sent away who nobody asked to leave.
    Dropped,
    /// The phone system was asked for what it cannot do.
    Impossible,
    /// The list of what is allowed says yes and the softphone no.
    ListedNotAccepted,
    /// The list says no, with another reason or none.
    RefusedNotAsListed,
}

/// The whole phone system.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Switch {
    /// Everybody.
    pub people: Vec<Place>,
    /// The agent's calls.
    pub lines: Vec<Line>,
    /// Calls there ever were.
    pub count: usize,
    /// Who was in a call the agent asked to end, leave or turn away, or was asked to leave.
    pub named: BTreeSet<Person>,
    /// Conferences the agent asked to leave: who is alone there by the time that is heard has nobody any more.
    pub left: BTreeSet<usize>,
    /// Who was passed on to whom.
    pub successors: Vec<(Person, Person)>,
    /// `Done` is told as well.
    pub says_done: bool,
    /// What it said that it can do.
    pub can: Able,
}

/// The number somebody is reached under.
#[must_use]
pub fn number(person: Person) -> String {
    format!("+1415555010{person}")
}

impl Switch {
    /// A phone system with this many people besides the agent.
    #[must_use]
    pub fn new(people: usize, says_done: bool, can: Able) -> Self {
        Self { people: vec![Place::Free; people], says_done, can, ..Self::default() }
    }

    /// Carries out a command, telling what happened. `Err` when the command must not have been given.
    pub fn command(&mut self, request: RequestId, command: &PhoneCommand, tell: &mut Vec<PhoneReport>) -> Result<(), Broken> {
        let refused = |reason| PhoneReport::Refused { request, reason, detail: Private::default() };
        let done = PhoneReport::Done { request };
        let told = tell.len();
        if !self.is_able(command) {
            return Err(Broken::Impossible);
        }
        let Some(call) = command.call() else {
            match command {
                PhoneCommand::MakeCall { .. } if self.is_full() => tell.push(refused(RefusedReason::NotNow)),
                PhoneCommand::MakeCall { to, consults, .. } => self.make_call(request, to.reveal(), consults.as_ref(), tell),
                PhoneCommand::Sync => tell.push(PhoneReport::Sync { calls: self.lines.iter().map(|line| self.whole(line)).collect() }),
                _ => {}
            }
            return Ok(());
        };
        let Some(at) = self.at(call) else {
            tell.push(refused(RefusedReason::UnknownCall));
            return Ok(());
        };
        let name = self.lines[at].name;
        let line = &mut self.lines[at];
        let up = line.own != Leg::Alerting && line.seats.iter().any(|seat| seat.leg != Leg::Alerting) && line.target.is_none();
        let mut minor = false;
        match command {
            PhoneCommand::Answer { .. } if line.own == Leg::Alerting => {
                line.own = Leg::Connected;
                tell.push(PhoneReport::Established { call: call.clone(), party: None });
            }
            PhoneCommand::ClearConnection { .. } if line.seats.len() > 1 && !self.can.0.leave => {
                return self.clear(at, Cause::Normal, tell);
            }
            PhoneCommand::ClearConnection { .. } => {
                let line = self.lines.remove(at);
                let answered = line.own != Leg::Alerting && line.seats.iter().any(|seat| seat.leg != Leg::Alerting);
                let talk_on = line.seats.len() > 1;
                for seat in &line.seats {
                    self.people[seat.person] = if talk_on { Place::Elsewhere } else { Place::Gone };
                }
                self.target_leaves(&line);
                tell.push(PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::Normal });
                if answered && !talk_on {
                    return self.asked(&line);
                }
            }
            PhoneCommand::ClearCall { .. } if line.seats.len() > 1 => return self.clear(at, Cause::Normal, tell),
            PhoneCommand::ClearParty { party, .. } if line.seats.len() > 1 => {
                let Some(seat) = seat_of(line, party) else {
                    tell.push(refused(RefusedReason::NotNow));
                    return Ok(());
                };
                let person = line.seats.remove(seat).person;
                self.people[person] = Place::Gone;
                tell.push(self.parties(at));
                minor = true;
                if !self.named.contains(&person) {
                    return Err(Broken::Dropped);
                }
            }
            PhoneCommand::ConferenceCall { other, .. } if up => {
                let here = line.seats.len();
                let fits = |second: &usize| !self.is_too_small_for(here + self.lines[*second].seats.len());
                let Some(second) = self.up(other).filter(|second| *second != at).filter(fits) else {
                    tell.push(refused(RefusedReason::NotNow));
                    return Ok(());
                };
                let joining = self.lines[second].clone();
                let line = &mut self.lines[at];
                line.seats.extend(joining.seats);
                line.own = Leg::Connected;
                line.muted = false;
                for seat in &line.seats {
                    self.people[seat.person] = Place::Line(line.name);
                }
                let parties = line.seats.iter().map(party_of).collect();
                tell.push(PhoneReport::Conferenced { calls: vec![call.clone(), other.clone()], call: call.clone(), parties });
                self.lines.remove(second);
            }
            PhoneCommand::Decline { cause: Cause::Busy, .. } if line.own == Leg::Alerting => {
                // Offered to somebody else.
                let line = self.lines.remove(at);
                self.elsewhere(&line);
                tell.push(PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::Busy });
            }
            PhoneCommand::Decline { .. } if line.own == Leg::Alerting => return self.clear(at, Cause::Declined, tell),
            PhoneCommand::Deflect { to, .. } if line.own == Leg::Alerting => {
                let line = self.lines.remove(at);
                self.elsewhere(&line);
                if let Some(target) = self.free(to.reveal()) {
                    self.people[target] = Place::Elsewhere;
                }
                tell.push(PhoneReport::ConnectionCleared { call: call.clone(), cause: Cause::Deflected });
            }
            PhoneCommand::GenerateDigits { digits, .. } if up => {
                tell.push(PhoneReport::DigitsGenerated { call: call.clone(), digits: digits.clone() });
                minor = true;
            }
            PhoneCommand::Hold { .. } if up => {
                line.own = Leg::Held;
                tell.push(PhoneReport::Held { call: call.clone(), by: Side::Agent });
            }
            PhoneCommand::Retrieve { .. } if up => {
                line.own = Leg::Connected;
                tell.push(PhoneReport::Retrieved { call: call.clone(), by: Side::Agent });
            }
            PhoneCommand::HoldParty { party, .. } | PhoneCommand::RetrieveParty { party, .. } if line.seats.len() > 1 => {
                let leg = if matches!(command, PhoneCommand::HoldParty { .. }) { Leg::Held } else { Leg::Connected };
                match seat_of(line, party).filter(|seat| line.seats[*seat].leg != Leg::Alerting) {
                    Some(seat) => line.seats[seat].leg = leg,
                    None => {
                        tell.push(refused(RefusedReason::NotNow));
                        return Ok(());
                    }
                }
                tell.push(self.parties(at));
                minor = true;
            }
            PhoneCommand::MuteParty { party, on, .. } if line.seats.len() > 1 => {
                let Some(seat) = seat_of(line, party) else {
                    tell.push(refused(RefusedReason::NotNow));
                    return Ok(());
                };
                line.seats[seat].muted = *on;
                tell.push(self.parties(at));
                minor = true;
            }
            PhoneCommand::SetMute { on, .. } if up => {
                line.muted = *on;
                tell.push(PhoneReport::Muted { call: call.clone(), on: *on });
                minor = true;
            }
            PhoneCommand::SetRecording { to, .. } if up => {
                line.recorded = *to == Recording::On;
                tell.push(PhoneReport::RecordingChanged { call: call.clone(), state: *to });
                minor = true;
            }
            PhoneCommand::SingleStepConference { to, .. } if up => {
                let more = line.seats.len() + 1;
                let Some(person) = self.free(to.reveal()).filter(|_| !self.is_too_small_for(more)) else {
                    tell.push(refused(RefusedReason::NotNow));
                    return Ok(());
                };
                self.people[person] = Place::Line(name);
                self.lines[at].seats.push(Seat { person, leg: Leg::Alerting, muted: false });
                tell.push(self.parties(at));
                minor = true;
            }
            PhoneCommand::SingleStepTransfer { to, .. } if up && line.seats.len() == 1 => {
                // Whoever is passed on waits on hold until the outcome is known, where there is such a thing.
                let holds = self.can.0.hold;
                if holds {
                    line.own = Leg::Held;
                }
                if let Some(target) = self.free(to.reveal()) {
                    self.people[target] = Place::Line(name);
                    self.lines[at].target = Some(target);
                } else {
                    tell.push(PhoneReport::TransferFailed { call: call.clone(), cause: Cause::Busy, held: holds });
                }
            }
            PhoneCommand::TransferCall { other, .. } if up => {
                let second = self.at(other).filter(|second| {
                    let to = &self.lines[*second];
                    *second != at && to.own != Leg::Alerting && to.target.is_none()
                });
                let Some(second) = second else {
                    tell.push(refused(RefusedReason::NotNow));
                    return Ok(());
                };
                let both = [self.lines[at].clone(), self.lines[second].clone()];
                self.lines.retain(|line| line.name != both[0].name && line.name != both[1].name);
                both.iter().for_each(|line| self.elsewhere(line));
                let report = PhoneReport::Transferred {
                    call: call.clone(),
                    by: Side::Agent,
                    other: Some(other.clone()),
                    party: None,
                    kind: None,
                    record: String::new(),
                };
                tell.push(report);
            }
            _ => tell.push(refused(RefusedReason::NotNow)),
        }
        let carried_out = !matches!(tell.get(told), Some(PhoneReport::Refused { .. }));
        if carried_out && (minor || self.says_done) {
            tell.push(done);
        }
        Ok(())
    }

    /// The agent's calls in which somebody could hear the agent now.
    #[must_use]
    pub fn voices(&self) -> usize {
        let heard = |line: &&Line| line.own == Leg::Connected && line.seats.iter().any(|seat| seat.leg == Leg::Connected);
        self.lines.iter().filter(heard).count()
    }

    /// The first person who is at home, but for the customer, who only ever calls.
    #[must_use]
    pub fn next_free(&self) -> Option<Person> {
        (1..self.people.len()).find(|person| self.people[*person] == Place::Free)
    }

    fn clear(&mut self, at: usize, cause: Cause, tell: &mut Vec<PhoneReport>) -> Result<(), Broken> {
        let line = self.lines.remove(at);
        self.target_leaves(&line);
        for seat in &line.seats {
            self.people[seat.person] = Place::Gone;
        }
        tell.push(PhoneReport::ConnectionCleared { call: reference(line.name), cause });
        self.asked(&line)
    }

    /// Everybody in the call was asked to leave it.
    fn asked(&self, line: &Line) -> Result<(), Broken> {
        let alone = line.seats.len() == 1 && self.left.contains(&line.name);
        if alone || line.seats.iter().all(|seat| self.named.contains(&seat.person)) { Ok(()) } else { Err(Broken::Dropped) }
    }

    fn elsewhere(&mut self, line: &Line) {
        for seat in &line.seats {
            self.people[seat.person] = Place::Elsewhere;
        }
    }

    fn target_leaves(&mut self, line: &Line) {
        if let Some(target) = line.target {
            self.people[target] = Place::Gone;
        }
    }

    fn at(&self, call: &PhoneRef) -> Option<usize> {
        self.lines.iter().position(|line| reference(line.name) == *call)
    }

    fn up(&self, call: &PhoneRef) -> Option<usize> {
        self.at(call).filter(|at| {
            let line = &self.lines[*at];
            line.own != Leg::Alerting && line.target.is_none() && line.seats.iter().any(|seat| seat.leg != Leg::Alerting)
        })
    }
}

fn seat_of(line: &Line, party: &PartyRef) -> Option<usize> {
    line.seats.iter().position(|seat| format!("p{}", seat.person) == party.0)
}
