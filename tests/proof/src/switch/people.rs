//! What the people besides the agent do by themselves.

use hookswitch_core::{CallKind, Cause, Party, PhoneReport, Private, Side};

use super::{Leg, Person, Place, Seat, Switch, number, tell::reference};

impl Switch {
    /// Somebody calls the agent.
    pub fn calls_in(&mut self, person: Person, tell: &mut Vec<PhoneReport>) {
        let name = self.begin(person, Leg::Alerting, Leg::Connected, None);
        let from = Party { number: number(person).into(), name: Private::default() };
        tell.push(PhoneReport::Delivered {
            call: reference(name),
            from,
            called: Private::default(),
            queue: String::new(),
            segment: "".into(),
            kind: CallKind::Inbound,
            record: String::new(),
            owns_log: person == 0,
        });
    }

    /// Somebody who is being called answers.
    pub fn answers(&mut self, person: Person, tell: &mut Vec<PhoneReport>) {
        let Place::Line(name) = self.people[person] else { return };
        let Some(at) = self.lines.iter().position(|line| line.name == name) else { return };
        let line = &mut self.lines[at];
        if line.target == Some(person) {
            let line = self.lines.remove(at);
            self.elsewhere(&line);
            self.people[person] = Place::Elsewhere;
            tell.push(PhoneReport::Transferred {
                call: reference(name),
                by: Side::Agent,
                other: None,
                party: None,
                kind: None,
                record: String::new(),
            });
            return;
        }
        for seat in line.seats.iter_mut().filter(|seat| seat.person == person) {
            seat.leg = Leg::Connected;
        }
        let several = line.seats.len() > 1;
        tell.push(if several { self.parties(at) } else { PhoneReport::Established { call: reference(name), party: None } });
    }

    /// Somebody hangs up, gives up, or does not take the call.
    pub fn leaves(&mut self, person: Person, tell: &mut Vec<PhoneReport>) {
        let Place::Line(name) = self.people[person] else { return };
        self.people[person] = Place::Gone;
        let Some(at) = self.lines.iter().position(|line| line.name == name) else { return };
        let line = &mut self.lines[at];
        if line.target == Some(person) {
            line.target = None;
            tell.push(PhoneReport::TransferFailed { call: reference(name), cause: Cause::NoAnswer, held: line.own == Leg::Held });
            return;
        }
        let was = line.seats.iter().find(|seat| seat.person == person).map(|seat| seat.leg);
        line.seats.retain(|seat| seat.person != person);
        if !line.seats.is_empty() {
            tell.push(self.parties(at));
            return;
        }
        let line = self.lines.remove(at);
        self.target_leaves(&line);
        tell.push(if line.out && was == Some(Leg::Alerting) {
            PhoneReport::Failed { call: reference(name), cause: Cause::Busy }
        } else {
            let cause = if line.own == Leg::Alerting { Cause::Abandoned } else { Cause::Normal };
            PhoneReport::ConnectionCleared { call: reference(name), cause }
        });
    }

    /// Somebody puts the agent on hold, or no longer.
    pub fn holds(&self, person: Person, on: bool, tell: &mut Vec<PhoneReport>) {
        if let Place::Line(name) = self.people[person] {
            let (call, by) = (reference(name), Side::Party);
            tell.push(if on { PhoneReport::Held { call, by } } else { PhoneReport::Retrieved { call, by } });
        }
    }

    /// Somebody passes the agent on to somebody else.
    pub fn passes_on(&mut self, person: Person, to: Person, tell: &mut Vec<PhoneReport>) {
        let Place::Line(name) = self.people[person] else { return };
        let Some(line) = self.lines.iter_mut().find(|line| line.name == name) else { return };
        for seat in line.seats.iter_mut().filter(|seat| seat.person == person) {
            *seat = Seat { person: to, leg: Leg::Connected, muted: false };
        }
        self.successors.push((person, to));
        if self.named.contains(&person) {
            self.named.insert(to);
        }
        (self.people[person], self.people[to]) = (Place::Elsewhere, Place::Line(name));
        tell.push(PhoneReport::Transferred {
            call: reference(name),
            by: Side::Party,
            other: None,
            party: Some(Party { number: number(to).into(), name: Private::default() }),
            kind: None,
            record: String::new(),
        });
    }
}
