//! What an agent does, whether it makes sense or not.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, DialSource, LogKey, PartyId, Recording};

use super::told::{NOTES, NUMBERS, record};

/// A command about one of `calls`, or now and then about one that is not there.
pub(super) fn command(what: u8, calls: &[CallId], a: u8, b: u8) -> AgentCommand {
    let of = |which: u8| if which % 16 == 15 { None } else { calls.get(usize::from(which) % calls.len().max(1)).copied() };
    let (call, other) = (of(a).unwrap_or_else(|| CallId(a.into())), of(b).unwrap_or_else(|| CallId(b.into())));
    let party = PartyId(u32::from(b % 4) + 1);
    let number = || NUMBERS[usize::from(b) % NUMBERS.len()].into();
    match what % 44 {
        0 => AgentCommand::Alternate(call),
        1..=5 => AgentCommand::Answer(call),
        6 => AgentCommand::Clear(call),
        7 => AgentCommand::ClearCall(call),
        8 => AgentCommand::ClearParty(call, party),
        9 | 10 => AgentCommand::Conference(call, other),
        11 | 12 => AgentCommand::Consult { call, number: number() },
        13 => AgentCommand::Decline(call),
        14 => AgentCommand::DeclineNotReady(call, "Lunch".into()),
        15 => AgentCommand::Deflect(call, number()),
        16..=18 => {
            AgentCommand::Dial { number: number(), source: if a.is_multiple_of(2) { DialSource::DialPad } else { DialSource::Redial } }
        }
        19 => AgentCommand::DiscardLog(LogKey { seed: 0xfeed, count: a.into() }),
        20 => AgentCommand::Dismiss(a.into()),
        21 => AgentCommand::ExtendWrapUp(call),
        22 => AgentCommand::FinishWrapUp(call),
        23 => AgentCommand::ForceEnd(call),
        24 => AgentCommand::Hold(call),
        25 => AgentCommand::HoldParty(call, party),
        26 => AgentCommand::Mute(call, b.is_multiple_of(2)),
        27 => AgentCommand::MuteParty(call, party, true),
        28 => AgentCommand::Reconnect(call),
        29 => AgentCommand::ResendLog(LogKey { seed: 0xfeed, count: a.into() }),
        30 => AgentCommand::Retrieve(call),
        31 => AgentCommand::RetrieveParty(call, party),
        32 => AgentCommand::Select(call, (!b.is_multiple_of(3)).then(|| record(b))),
        33 => AgentCommand::SendDigits(call, ["4155550123", "1", "#", "12x", "A5", "", "2580"][usize::from(b) % 7].into()),
        34 => AgentCommand::SetDisposition(call, [None, Some("Resolved"), Some("nonsense")][usize::from(b) % 3].map(String::from)),
        35..=37 => AgentCommand::SetNotes(call, NOTES[usize::from(b) % NOTES.len()].into()),
        38 => AgentCommand::SetNotReady("Lunch".into()),
        39 => AgentCommand::SetReady,
        40 => AgentCommand::SetRecording(call, Recording::On),
        41 => AgentCommand::SingleStepConference(call, number()),
        42 => AgentCommand::SingleStepTransfer(call, number()),
        _ => AgentCommand::Transfer(call, other),
    }
}

/// What the agent may do with a call and does not end it.
pub(super) fn allowed(call: &CallView, b: u8) -> Vec<AgentCommand> {
    let id = call.id;
    let command = |kind: CommandKind| match kind {
        CommandKind::Alternate => Some(AgentCommand::Alternate(id)),
        CommandKind::Answer => Some(AgentCommand::Answer(id)),
        CommandKind::Consult => Some(AgentCommand::Consult { call: id, number: NUMBERS[usize::from(b) % NUMBERS.len()].into() }),
        CommandKind::Hold => Some(AgentCommand::Hold(id)),
        CommandKind::Reconnect => Some(AgentCommand::Reconnect(id)),
        CommandKind::Retrieve => Some(AgentCommand::Retrieve(id)),
        CommandKind::SendDigits => Some(AgentCommand::SendDigits(id, if b.is_multiple_of(2) { "4155550123" } else { "2580" }.into())),
        CommandKind::Write => Some(AgentCommand::SetNotes(id, NOTES[usize::from(b) % NOTES.len()].into())),
        _ => None,
    };
    let alone = call.commands.iter().filter(|allowed| allowed.refused.is_none()).filter_map(|allowed| command(allowed.command));
    let joins = call.others.iter().filter(|other| other.conference.is_none()).map(|other| AgentCommand::Conference(id, other.call));
    let transfers = call.others.iter().filter(|other| other.transfer.is_none()).map(|other| AgentCommand::Transfer(id, other.call));
    alone.chain(joins).chain(transfers).collect()
}
