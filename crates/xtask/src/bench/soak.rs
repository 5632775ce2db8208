//! A contact centre's whole shift, in virtual time.

use crate::{fault::Fault, place::Place, process};

/// How much of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Size {
    /// 100, 1,000 and 10,000 agents for eight hours.
    Full,
    /// 100 agents for an hour.
    Short,
}

pub(super) fn run(place: &Place, size: Size) -> Result<(), Fault> {
    let mut soak = super::program(place, "soak")?;
    match size {
        Size::Full => soak.args(["8", "100", "1000", "10000"]),
        Size::Short => soak.args(["1", "100"]),
    };
    process::loud(&mut soak)
}
