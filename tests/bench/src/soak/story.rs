//! What an agent does with a call: a step at a time, each decided when the one before has shown its effect.

use hookswitch_core::{AgentCommand, CallId, CallKind, CallView, CommandKind, Direction, OtherView, Phase, Snapshot};

use super::dice::Dice;

/// Where the agent is in a call's story.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    /// What is done next, and when.
    pub(super) next: Option<(u64, Step)>,
    /// The conversation was decided upon.
    pub(super) met: bool,
    /// What is done after the call was decided upon.
    pub(super) left: bool,
    /// How often the step was not possible yet.
    pub(super) tries: u8,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Answer,
    BlindTransfer,
    Clear,
    Confer,
    Consult,
    Decline,
    Finish,
    Hold,
    Reconnect,
    Retrieve,
    Transfer,
}

impl Step {
    /// What has to be allowed for it.
    pub(super) const fn needs(self) -> CommandKind {
        match self {
            Self::Answer => CommandKind::Answer,
            Self::BlindTransfer => CommandKind::SingleStepTransfer,
            Self::Clear => CommandKind::Clear,
            Self::Confer => CommandKind::Conference,
            Self::Consult => CommandKind::Consult,
            Self::Decline => CommandKind::Decline,
            Self::Finish => CommandKind::FinishWrapUp,
            Self::Hold => CommandKind::Hold,
            Self::Reconnect => CommandKind::Reconnect,
            Self::Retrieve => CommandKind::Retrieve,
            Self::Transfer => CommandKind::Transfer,
        }
    }

    /// The word it is counted under.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answers",
            Self::BlindTransfer => "blind transfers",
            Self::Clear => "hang-ups by the agent",
            Self::Confer => "conferences",
            Self::Consult => "consultations",
            Self::Decline => "declines",
            Self::Finish => "wrap-ups finished by hand",
            Self::Hold => "holds",
            Self::Reconnect => "consultations ended",
            Self::Retrieve => "retrieves",
            Self::Transfer => "transfers",
        }
    }

    /// The command, and whether the snapshot lists it as allowed. None: there is no second call to do it with.
    pub(super) fn command(self, call: &CallView, snapshot: &Snapshot, colleague: &str) -> Option<(AgentCommand, bool)> {
        let id = call.id;
        let alone = call.refused(self.needs()).is_none();
        let with_the_other = |pick: fn(&OtherView) -> bool| {
            let about = self::call(snapshot, call.consults?)?;
            about.others.iter().find(|other| other.call == id).map(|other| (about.id, pick(other)))
        };
        Some(match self {
            Self::Answer => (AgentCommand::Answer(id), alone),
            Self::BlindTransfer => (AgentCommand::SingleStepTransfer(id, colleague.into()), alone),
            Self::Clear => (AgentCommand::Clear(id), alone),
            Self::Confer => {
                let (about, allowed) = with_the_other(|other| other.conference.is_none())?;
                (AgentCommand::Conference(about, id), allowed)
            }
            Self::Consult => (AgentCommand::Consult { call: id, number: colleague.into() }, alone),
            Self::Decline => (AgentCommand::Decline(id), alone),
            Self::Finish => (AgentCommand::FinishWrapUp(id), alone),
            Self::Hold => (AgentCommand::Hold(id), alone),
            Self::Reconnect => (AgentCommand::Reconnect(id), alone),
            Self::Retrieve => (AgentCommand::Retrieve(id), alone),
            Self::Transfer => {
                let (about, allowed) = with_the_other(|other| other.transfer.is_none())?;
                (AgentCommand::Transfer(about, id), allowed)
            }
        })
    }
}

impl Story {
    /// Decides what comes next, if nothing is decided yet.
    pub(super) fn go_on(&mut self, call: &CallView, snapshot: &Snapshot, now: u64, dice: &mut Dice) {
        if self.next.is_some() {
            return;
        }
        let alone = !snapshot.calls.iter().any(|other| other.id != call.id && other.phase != Phase::WrapUp);
        let next = match call.phase {
            Phase::Alerting if dice.below(40) == 0 => Some((dice.seconds(1, 6), Step::Decline)),
            Phase::Alerting => Some((dice.seconds(1, 8), Step::Answer)),
            Phase::Connected if call.is_conference() => Some((dice.seconds(20, 90), Step::Clear)),
            Phase::Connected if !self.met => {
                self.met = true;
                conversation(call, dice)
            }
            // Two colleagues who have nothing more to say, because what they talked about is gone.
            Phase::Connected if call.kind == CallKind::Internal => Some((dice.seconds(60, 120), Step::Clear)),
            Phase::Held if alone => Some((dice.seconds(5, 60), Step::Retrieve)),
            Phase::WrapUp if !self.left => {
                self.left = true;
                // Or the timer ends it.
                (dice.below(5) > 0).then(|| (dice.seconds(4, 40), Step::Finish))
            }
            // A conversation goes on until the customer has enough; what passes, passes by itself.
            _ => None,
        };
        self.next = next.map(|(after, step)| (now + after, step));
        self.tries = 0;
    }
}

/// What is done in a conversation, and when.
fn conversation(call: &CallView, dice: &mut Dice) -> Option<(u64, Step)> {
    if call.consults.is_some() {
        let step = match dice.below(10) {
            0..4 => Step::Reconnect,
            4..8 => Step::Transfer,
            _ => Step::Confer,
        };
        return Some((dice.seconds(5, 45), step));
    }
    if matches!((call.direction, call.kind), (Direction::In, CallKind::Internal)) {
        // A colleague asks; if they forget to hang up, we do not.
        return Some((dice.seconds(300, 360), Step::Clear));
    }
    Some(match dice.below(100) {
        0..20 => (dice.seconds(10, 90), Step::Hold),
        20..38 => (dice.seconds(15, 120), Step::Consult),
        38..41 => (dice.seconds(15, 60), Step::BlindTransfer),
        41..50 => (dice.seconds(30, 240), Step::Clear),
        // The customer hangs up in the end.
        _ => return None,
    })
}

/// The call of that number.
pub(super) fn call(snapshot: &Snapshot, id: CallId) -> Option<&CallView> {
    snapshot.calls.iter().find(|call| call.id == id)
}
