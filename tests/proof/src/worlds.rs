//! The worlds that are explored.

use std::sync::Mutex;

use hookswitch_core::{
    CommandKind, Softphone,
    settings::{LogWhen, PerKind, ProviderKind, Settings, StartPresence},
};

use crate::{model::Rules, world::Left};

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
        by_segment: true,
        says_done: false,
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
    Rules { left: Left { faults: 1, forces: 0, ticks: 1, sleeps: 0 }, by_segment: false, ..plain("two calls, one fault, one deadline") }
}

/// Customer, agent and third; the clock moves three times, and the computer sleeps once.
#[must_use]
pub fn two_calls_late() -> Rules {
    Rules { left: Left { faults: 0, forces: 0, ticks: 2, sleeps: 1 }, commands: FEW, by_segment: false, ..plain("two calls, late") }
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

/// Three parties and the agent, everything.
#[must_use]
pub fn three_calls_whole() -> Rules {
    Rules { people: 3, callers: 2, left: Left { faults: 0, forces: 0, ticks: 0, sleeps: 0 }, flight: 2, ..plain("three calls, whole") }
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

/// Explored with every test run.
#[must_use]
pub fn everyday() -> Vec<Rules> {
    vec![two_calls(), two_calls_one_fault(), two_calls_late(), three_calls(), three_in_a_room(), one_call()]
}

/// Explored on demand.
#[must_use]
pub fn on_demand() -> Vec<Rules> {
    vec![two_calls_fault_and_time(), three_calls_whole()]
}
