//! What the softphone may ask of a phone system that cannot do everything, by what it was told of it.
//!
//! How many are in a call and how many calls there are the softphone knows only from reports. What it cannot know yet, the phone system refuses, which is
//! right; what it does know, it does not ask.

use hookswitch_core::{Capabilities, Known, Phase, PhoneCommand, PhoneRef, Snapshot};

/// Whether the command is within what the phone system can do. `before` and `known`: as they were before what brought it about.
pub(crate) fn is_within(can: &Capabilities, command: &PhoneCommand, before: &Snapshot, known: &[Known], after: &Snapshot) -> bool {
    let connections = |name: &PhoneRef| {
        let id = known.iter().find(|known| known.name.as_ref() == Some(name)).map(|known| known.call);
        before.calls.iter().find(|call| Some(call.id) == id).map_or(0, |call| call.connections.len())
    };
    let fits = |size: usize| can.conference_size == 0 || size <= usize::from(can.conference_size);
    match command {
        // Where it ends the conference for all, that is what it is asked for, if there is no other way.
        PhoneCommand::ClearConnection { call } => can.leave || !can.clear_call || connections(call) <= 2,
        PhoneCommand::ConferenceCall { call, other } => fits((connections(call) + connections(other)).saturating_sub(1)),
        PhoneCommand::MakeCall { .. } => {
            let live = after.calls.iter().filter(|call| call.phase != Phase::WrapUp).count();
            can.lines == 0 || live <= usize::from(can.lines)
        }
        PhoneCommand::SingleStepConference { call, .. } => fits(connections(call) + 1),
        _ => true,
    }
}
