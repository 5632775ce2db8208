//! What this phone system said that it can do, and what it is asked.

use std::hash::{Hash, Hasher};

use hookswitch_core::{Capabilities, PhoneCommand};

use super::{Leg, Line, Switch};

/// What it can do. The same in every moment, so nothing by which moments differ.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Able(pub Capabilities);

impl Hash for Able {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Switch {
    /// Whether it ever said that it can do such a thing.
    pub(super) fn is_able(&self, command: &PhoneCommand) -> bool {
        let can = self.can.0;
        match command {
            PhoneCommand::ClearCall { .. } => can.clear_call,
            PhoneCommand::ClearParty { .. } => can.clear_party,
            PhoneCommand::ConferenceCall { .. } => can.conference,
            PhoneCommand::Deflect { .. } => can.deflect,
            PhoneCommand::GenerateDigits { .. } => can.digits,
            PhoneCommand::Hold { .. } | PhoneCommand::Retrieve { .. } => can.hold,
            PhoneCommand::HoldParty { .. } | PhoneCommand::RetrieveParty { .. } => can.hold_party,
            PhoneCommand::MakeCall { consults, .. } => can.hold || consults.is_none(),
            PhoneCommand::MuteParty { .. } => can.mute_party,
            PhoneCommand::SetAgentState { .. } => can.agent_state,
            PhoneCommand::SetMute { .. } => can.mute,
            PhoneCommand::SetRecording { .. } => can.recording,
            PhoneCommand::SingleStepConference { .. } => can.single_step_conference,
            PhoneCommand::SingleStepTransfer { .. } => can.single_step_transfer,
            PhoneCommand::TransferCall { other, .. } => {
                let rings = |line: &Line| line.own != Leg::Alerting && line.seats.iter().all(|seat| seat.leg == Leg::Alerting);
                can.transfer && (can.transfer_ringing || !self.at(other).is_some_and(|at| rings(&self.lines[at])))
            }
            _ => true,
        }
    }

    /// Another call would be one more than it has lines for.
    pub(super) fn is_full(&self) -> bool {
        self.can.0.lines > 0 && self.lines.len() >= usize::from(self.can.0.lines)
    }

    /// So many besides the agent do not fit into one conference.
    pub(super) fn is_too_small_for(&self, people: usize) -> bool {
        self.can.0.conference_size > 0 && people + 1 > usize::from(self.can.0.conference_size)
    }
}
