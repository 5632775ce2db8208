//! How the phone system speaks of its calls and of those in them.

use hookswitch_core::{
    CallKind, ConnectionState, Direction, Party, PartyRef, PhoneCall, PhoneParty, PhoneRef, PhoneReport, Private, RecordRef, Recording,
    Side,
};

use super::{Leg, Line, Seat, Switch, number};

impl Switch {
    pub(super) fn parties(&self, at: usize) -> PhoneReport {
        let line = &self.lines[at];
        PhoneReport::Parties { call: reference(line.name), parties: line.seats.iter().map(party_of).collect() }
    }

    pub(super) fn whole(&self, line: &Line) -> PhoneCall {
        let state = match line.own {
            Leg::Alerting => ConnectionState::Alerting,
            Leg::Connected => ConnectionState::Connected,
            Leg::Held => ConnectionState::Held,
        };
        let first = &line.seats[0];
        let answered = line.own != Leg::Alerting && line.seats.iter().any(|seat| seat.leg != Leg::Alerting);
        PhoneCall {
            call: reference(line.name),
            party: Party { number: number(first.person).into(), name: Private::default() },
            called: Private::default(),
            queue: String::new(),
            segment: "".into(),
            kind: if line.out { CallKind::Outbound } else { CallKind::Inbound },
            direction: if line.out { Direction::Out } else { Direction::In },
            state,
            far_state: state_of(first.leg),
            muted: line.muted,
            age_ms: 0,
            answered_ms: answered.then_some(0),
            record: RecordRef::default().id,
            parties: if line.seats.len() > 1 { line.seats.iter().map(party_of).collect() } else { Vec::new() },
            recording: if line.recorded { Recording::On } else { Recording::Off },
            consults: line.consults.map(reference),
            owns_log: line.owned && !line.out,
        }
    }
}

/// The name the phone system gives its call.
#[must_use]
pub fn reference(name: usize) -> PhoneRef {
    PhoneRef(format!("c{name}"))
}

const fn state_of(leg: Leg) -> ConnectionState {
    match leg {
        Leg::Alerting => ConnectionState::Alerting,
        Leg::Connected => ConnectionState::Connected,
        Leg::Held => ConnectionState::Held,
    }
}

pub(super) fn party_of(seat: &Seat) -> PhoneParty {
    PhoneParty {
        id: PartyRef(format!("p{}", seat.person)),
        party: Party { number: number(seat.person).into(), name: Private::default() },
        state: state_of(seat.leg),
        held_by: Side::Agent,
        muted: seat.muted,
    }
}
