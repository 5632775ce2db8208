//! A moment as the checker compares it, and as a person reads it.

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use super::World;
use crate::reports;

impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl PartialEq for World {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let snapshot = self.phone.snapshot();
        for call in &snapshot.calls {
            write!(f, "{}:{:?}", call.id.0, call.phase)?;
            for connection in call.connections.iter().filter(|connection| !connection.agent) {
                write!(f, " {:?}", connection.state)?;
            }
            f.write_str("; ")?;
        }
        f.write_str("|")?;
        for line in &self.switch.lines {
            write!(f, " c{}:{:?}", line.name, line.own)?;
            for seat in &line.seats {
                write!(f, " {}:{:?}", seat.person, seat.leg)?;
            }
        }
        let flight: Vec<_> = self.flight.iter().map(reports::kind).collect();
        write!(f, " | {flight:?} {:?}", self.mood)
    }
}
