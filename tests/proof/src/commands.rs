//! Everything the agent can do in a moment, and whether it is listed as allowed.

use hookswitch_core::{AgentCommand, CallView, Capabilities, CommandKind, DialSource, PartyId, Recording, Snapshot};

use crate::switch::{Person, Switch, number};

/// All that a phone system can do.
pub(crate) const fn everything() -> Capabilities {
    Capabilities { agent_state: false, ..Capabilities::all() }
}

/// Who is reached under a number.
pub(crate) fn person(number: &str) -> Option<Person> {
    number.strip_prefix("+1415555010")?.parse().ok()
}

/// A command, its kind, and the reason listed against it.
pub(crate) type Listed = (AgentCommand, CommandKind, Option<&'static str>);

/// Every command with every target of this moment. Whom to call is the next person at home; without one, somebody who is busy.
pub(crate) fn all(snapshot: &Snapshot, switch: &Switch) -> Vec<Listed> {
    let to = number(switch.next_free().unwrap_or(switch.people.len() - 1));
    let dial = AgentCommand::Dial { number: to.as_str().into(), source: DialSource::DialPad };
    let mut all = vec![(dial, CommandKind::Dial, snapshot.dial)];
    for call in &snapshot.calls {
        all.extend(of_call(call, &to));
        for connection in &call.connections {
            let Some(party) = connection.id else { continue };
            for allowed in &connection.commands {
                let command = of_party(allowed.command, call, party, connection.muted);
                all.extend(command.map(|command| (command, allowed.command, allowed.refused)));
            }
        }
        for other in &call.others {
            all.push((AgentCommand::Conference(call.id, other.call), CommandKind::Conference, other.conference));
            all.push((AgentCommand::Transfer(call.id, other.call), CommandKind::Transfer, other.transfer));
        }
    }
    all
}

fn of_call(call: &CallView, to: &str) -> Vec<Listed> {
    let id = call.id;
    let command = |kind| {
        Some(match kind {
            CommandKind::Alternate => AgentCommand::Alternate(id),
            CommandKind::Answer => AgentCommand::Answer(id),
            CommandKind::Clear => AgentCommand::Clear(id),
            CommandKind::ClearCall => AgentCommand::ClearCall(id),
            CommandKind::Consult => AgentCommand::Consult { call: id, number: to.into() },
            CommandKind::Decline => AgentCommand::Decline(id),
            CommandKind::Deflect => AgentCommand::Deflect(id, to.into()),
            CommandKind::ExtendWrapUp => AgentCommand::ExtendWrapUp(id),
            CommandKind::FinishWrapUp => AgentCommand::FinishWrapUp(id),
            CommandKind::ForceEnd => AgentCommand::ForceEnd(id),
            CommandKind::Hold => AgentCommand::Hold(id),
            CommandKind::Mute => AgentCommand::Mute(id, !call.muted),
            CommandKind::Reconnect => AgentCommand::Reconnect(id),
            CommandKind::Retrieve => AgentCommand::Retrieve(id),
            CommandKind::Select => AgentCommand::Select(id, None),
            CommandKind::SendDigits => AgentCommand::SendDigits(id, "1".into()),
            CommandKind::SetRecording => {
                AgentCommand::SetRecording(id, if call.recording == Recording::Off { Recording::On } else { Recording::Off })
            }
            CommandKind::SingleStepConference => AgentCommand::SingleStepConference(id, to.into()),
            CommandKind::SingleStepTransfer => AgentCommand::SingleStepTransfer(id, to.into()),
            CommandKind::Write => AgentCommand::SetDisposition(id, None),
            _ => return None,
        })
    };
    call.commands.iter().filter_map(|allowed| Some((command(allowed.command)?, allowed.command, allowed.refused))).collect()
}

fn of_party(kind: CommandKind, call: &CallView, party: PartyId, muted: bool) -> Option<AgentCommand> {
    Some(match kind {
        CommandKind::ClearParty => AgentCommand::ClearParty(call.id, party),
        CommandKind::HoldParty => AgentCommand::HoldParty(call.id, party),
        CommandKind::MuteParty => AgentCommand::MuteParty(call.id, party, !muted),
        CommandKind::RetrieveParty => AgentCommand::RetrieveParty(call.id, party),
        _ => return None,
    })
}
