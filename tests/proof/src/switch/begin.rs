//! How calls begin.

use hookswitch_core::{Cause, PhoneRef, PhoneReport, RequestId};

use super::{Leg, Line, Person, Place, Seat, Switch, number, reference};

impl Switch {
    pub(super) fn make_call(&mut self, request: RequestId, to: &str, consults: Option<&PhoneRef>, tell: &mut Vec<PhoneReport>) {
        let Some(person) = self.free(to) else {
            let call = reference(self.count);
            self.count += 1;
            tell.push(PhoneReport::Originated { request, call: call.clone() });
            tell.push(PhoneReport::Failed { call, cause: Cause::Busy });
            return;
        };
        let consults = consults.and_then(|about| self.at(about)).map(|at| self.lines[at].name);
        let call = reference(self.begin(person, Leg::Connected, Leg::Alerting, consults));
        tell.push(PhoneReport::Originated { request, call: call.clone() });
        tell.push(PhoneReport::NetworkReached { call, early_media: false });
    }

    pub(super) fn begin(&mut self, person: Person, own: Leg, leg: Leg, consults: Option<usize>) -> usize {
        let name = self.count;
        self.count += 1;
        self.people[person] = Place::Line(name);
        let seats = vec![Seat { person, leg, muted: false }];
        let out = leg == Leg::Alerting;
        self.lines.push(Line { name, own, seats, out, owned: out || person == 0, muted: false, recorded: false, consults, target: None });
        name
    }

    pub(super) fn free(&self, to: &str) -> Option<Person> {
        (0..self.people.len()).find(|person| number(*person) == to && self.people[*person] == Place::Free)
    }
}
