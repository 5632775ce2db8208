//! The worlds that are explored.

use std::sync::Mutex;

use hookswitch_core::{
    Capabilities, CommandKind, Softphone,
    settings::{LogWhen, PerKind, ProviderKind, Settings, StartPresence},
};

use crate::{commands::everything, model::Rules, world::Left};

/// What moves calls: everything but what is only about one call's sound and record.
const MOVES: &[CommandKind] = &[
    CommandKind::Alternate,
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::ClearCall,
    CommandKind::ClearParty,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::Decline,
    CommandKind::Deflect,
    CommandKind::Dial,
    CommandKind::ForceEnd,
    CommandKind::Hold,
    CommandKind::HoldParty,
    CommandKind::Reconnect,
    CommandKind::Retrieve,
    CommandKind::RetrieveParty,
    CommandKind::SingleStepConference,
    CommandKind::SingleStepTransfer,
    CommandKind::Transfer,
];

/// Where things go wrong.
const FAULTY: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::Dial,
    CommandKind::Hold,
    CommandKind::Reconnect,
    CommandKind::Retrieve,
    CommandKind::SingleStepTransfer,
    CommandKind::Transfer,
];

/// Where many are in it.
const FEW: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::Hold,
    CommandKind::Retrieve,
    CommandKind::Transfer,
];

/// Where a line is freed by force, too.
const FORCED: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::Decline,
    CommandKind::Dial,
    CommandKind::ForceEnd,
    CommandKind::Transfer,
];

/// What joins calls, and takes people out of them.
const JOINS: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::ClearCall,
    CommandKind::ClearParty,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::SingleStepConference,
    CommandKind::Transfer,
];

/// Three in a room: nothing by which anybody is asked to leave.
const ROOM: &[CommandKind] = &[
    CommandKind::Alternate,
    CommandKind::Answer,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::Hold,
    CommandKind::HoldParty,
    CommandKind::Retrieve,
    CommandKind::RetrieveParty,
];

/// What is about one call alone.
const SMALL: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Decline,
    CommandKind::Deflect,
    CommandKind::ExtendWrapUp,
    CommandKind::FinishWrapUp,
    CommandKind::ForceEnd,
    CommandKind::Hold,
    CommandKind::Mute,
    CommandKind::Retrieve,
    CommandKind::SendDigits,
    CommandKind::SetRecording,
];

/// Settings with as little as possible in them.
#[must_use]
pub fn settings() -> Settings {
    let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    settings.calls.start_presence = StartPresence::Ready;
    settings.calls.not_ready_reasons.clear();
    settings.wrap_up.seconds = PerKind::all(0);
    settings.wrap_up.dispositions = PerKind::default();
    settings.log.when = PerKind::all(LogWhen::Always);
    settings
}

fn plain(name: &'static str) -> Rules {
    Rules {
        name,
        people: 2,
        callers: 1,
        commands: MOVES,
        left: Left { faults: 0, forces: 1, ticks: 0, sleeps: 0 },
        flight: 2,
        leaves: true,
        restless: false,
        lies: false,
        says_done: false,
        can: everything(),
        settings: settings(),
        phone: Softphone::new,
        seen: Mutex::default(),
        known: Default::default(),
    }
}

/// Customer, agent and third; nothing goes wrong.
#[must_use]
pub fn two_calls() -> Rules {
    plain("two calls")
}

/// Customer, agent and third; one thing goes wrong.
#[must_use]
pub fn two_calls_one_fault() -> Rules {
    Rules { left: Left { faults: 1, forces: 0, ticks: 0, sleeps: 0 }, commands: FAULTY, flight: 2, ..plain("two calls, one fault") }
}

/// Customer, agent and third; one thing goes wrong, and the clock moves.
#[must_use]
pub fn two_calls_fault_and_time() -> Rules {
    Rules { left: Left { faults: 1, forces: 0, ticks: 1, sleeps: 0 }, ..plain("two calls, one fault, one deadline") }
}

/// Customer, agent and third; the clock moves three times, and the computer sleeps once.
#[must_use]
pub fn two_calls_late() -> Rules {
    Rules { left: Left { faults: 0, forces: 0, ticks: 2, sleeps: 1 }, commands: FEW, ..plain("two calls, late") }
}

/// Three parties and the agent, up to three calls at once.
#[must_use]
pub fn three_calls() -> Rules {
    Rules {
        people: 3,
        callers: 2,
        commands: FEW,
        left: Left { faults: 0, forces: 0, ticks: 0, sleeps: 0 },
        flight: 2,
        ..plain("three calls")
    }
}

/// Three parties and the agent, everything. It is gone through only as far as memory goes.
#[must_use]
pub fn three_calls_whole() -> Rules {
    let left = Left { faults: 0, forces: 0, ticks: 0, sleeps: 0 };
    Rules { people: 3, callers: 2, left, ..plain("three calls, whole, as far as it goes") }
}

/// Three parties and the agent, everything; nobody does anything while a report is under way.
#[must_use]
pub fn three_calls_in_turn() -> Rules {
    Rules { flight: 1, name: "three calls, in turn", ..three_calls_whole() }
}

/// Customer, agent and third; hold, resume, swap, merge and leave, with two things going wrong. Nobody hangs up.
#[must_use]
pub fn three_in_a_room() -> Rules {
    Rules { commands: ROOM, left: Left { faults: 2, forces: 0, ticks: 1, sleeps: 0 }, leaves: false, ..plain("three in a room") }
}

/// One call with everything that is about one call: mute, digits, recording, wrap-up; the far end holds and passes on.
#[must_use]
pub fn one_call() -> Rules {
    let mut settings = settings();
    settings.wrap_up.seconds = PerKind::all(30);
    settings.wrap_up.limit_seconds = 60;
    settings.calls.auto_answer = PerKind::all(Some(3));
    Rules {
        commands: SMALL,
        left: Left { faults: 0, forces: 0, ticks: 1, sleeps: 0 },
        flight: 2,
        restless: true,
        says_done: true,
        settings,
        ..plain("one call")
    }
}

/// Customer, agent and third; one thing goes wrong, and one line is freed by force.
#[must_use]
pub fn two_calls_fault_and_force() -> Rules {
    Rules { left: Left { faults: 1, forces: 1, ticks: 0, sleeps: 0 }, commands: FORCED, ..plain("two calls, one fault, one by force") }
}

/// Up to three calls at once; one thing goes wrong. Nobody does anything while a report is under way.
#[must_use]
pub fn three_calls_one_fault() -> Rules {
    let left = Left { faults: 1, forces: 0, ticks: 0, sleeps: 0 };
    Rules { people: 3, callers: 2, commands: FEW, left, flight: 1, ..plain("three calls, one fault") }
}

/// Up to three calls at once; one thing goes wrong.
#[must_use]
pub fn three_calls_one_fault_wide() -> Rules {
    let left = Left { faults: 1, forces: 0, ticks: 0, sleeps: 0 };
    Rules { people: 3, callers: 2, commands: FEW, left, ..plain("three calls, one fault, wide") }
}

/// A phone system that cannot hold: who talks can do so with one, and passes on only blindly.
#[must_use]
pub fn no_hold() -> Rules {
    let left = Left { faults: 0, forces: 1, ticks: 0, sleeps: 0 };
    Rules { can: Capabilities { hold: false, hold_party: false, ..everything() }, left, ..plain("two calls, no hold") }
}

/// A phone system with two lines that joins nothing, and people who call all the same.
#[must_use]
pub fn two_lines() -> Rules {
    let can = Capabilities {
        clear_party: false,
        conference: false,
        deflect: false,
        lines: 2,
        single_step_conference: false,
        single_step_transfer: false,
        transfer: false,
        ..everything()
    };
    Rules { can, people: 3, callers: 2, left: Left { faults: 0, forces: 0, ticks: 0, sleeps: 0 }, ..plain("two lines") }
}

/// Conferences of three at most, which end when the agent hangs up; a transfer only to who answered.
#[must_use]
pub fn small_conferences() -> Rules {
    let can = Capabilities { clear_call: false, conference_size: 3, leave: false, transfer_ringing: false, ..everything() };
    let left = Left { faults: 0, forces: 0, ticks: 0, sleeps: 0 };
    Rules { can, people: 3, callers: 2, commands: JOINS, left, ..plain("small conferences") }
}

/// Explored with every test run.
#[must_use]
pub fn everyday() -> Vec<Rules> {
    vec![
        two_calls(),
        two_calls_one_fault(),
        two_calls_fault_and_force(),
        two_calls_late(),
        three_calls(),
        three_calls_one_fault(),
        three_in_a_room(),
        one_call(),
        no_hold(),
        two_lines(),
        small_conferences(),
    ]
}

/// Explored on demand.
#[must_use]
pub fn on_demand() -> Vec<Rules> {
    vec![two_calls_fault_and_time(), three_calls_one_fault_wide(), three_calls_in_turn(), three_calls_whole()]
}
