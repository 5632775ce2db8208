//! What can be done with a call in its phase.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, Phase, PhoneState};

use super::{call::phase, keypad::keypad, later};
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{ANSWER_KEY, Action, END_KEY, Face, Icon},
    words,
};

/// Which buttons stand there; within one set they never change places.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Set {
    Dialing,
    None,
    Ringing,
    Talking,
}

impl Set {
    const fn of(phase: Phase) -> Self {
        match phase {
            Phase::Alerting | Phase::Answering => Self::Ringing,
            Phase::Clearing | Phase::WrapUp => Self::None,
            Phase::Initiated | Phase::Delivered => Self::Dialing,
            _ => Self::Talking,
        }
    }
}

/// The buttons.
pub(crate) fn actions(desk: &Desk, id: CallId) -> El {
    let set = el("div", "call-actions").part(
        desk,
        move |desk| Set::of(phase(desk, id)),
        move |desk, set| {
            let row = || el("div", "actions");
            Some(match set {
                Set::Dialing => el("div", "talking").with(row().with(hang_up(id, "end").view(desk))).with(later::consultation(desk, id)),
                Set::None => return None,
                Set::Ringing => {
                    el("div", "talking").with(row().with(answer(id).view(desk)).with(decline(id).view(desk))).with(later::ringing(desk, id))
                }
                Set::Talking => talking(desk, id),
            })
        },
    );
    set.with(stuck(desk, id))
}

/// Answers; what has to be held first, the core holds.
pub(super) fn answer(id: CallId) -> Action {
    let face = Face { testid: "answer", icon: Icon::Handset, label: words::ANSWER };
    let press = move |desk: &Desk| {
        desk.command(AgentCommand::Answer(id));
    };
    // Never hidden: that another call cannot be held is told, since the agent can end that one.
    let refused = move |desk: &Desk| match desk.refused(id, CommandKind::Answer) {
        Some("notSupported") => Some(words::ONE_CALL_ONLY),
        code => code,
    };
    Action::changing("answer", move |_| face, press).unless(refused).with_key(ANSWER_KEY)
}

pub(super) fn decline(id: CallId) -> Action {
    let face = Face { testid: "decline", icon: Icon::Cross, label: words::DECLINE };
    command("end", face, id, CommandKind::Decline, AgentCommand::Decline).with_key(END_KEY)
}

/// Leaves a conference, ends every other call.
fn hang_up(id: CallId, tone: &'static str) -> Action {
    let face = move |desk: &Desk| {
        let label = if desk.call(id, CallView::is_conference) { words::LEAVE } else { words::HANG_UP };
        Face { testid: "hangup", icon: Icon::HandsetDown, label }
    };
    let press = move |desk: &Desk| {
        desk.command(AgentCommand::Clear(id));
    };
    Action::changing(tone, face, press).unless(move |desk| desk.refused(id, CommandKind::Clear)).with_key(END_KEY)
}

pub(super) fn end_for_all(id: CallId) -> Action {
    let face = Face { testid: "end-for-all", icon: Icon::HandsetDown, label: words::END_FOR_ALL };
    command("tile action-end", face, id, CommandKind::ClearCall, AgentCommand::ClearCall)
}

/// The way out when the phone system does not answer or is not there; the style sheet shows it after some seconds.
pub(super) fn stuck(desk: &Desk, id: CallId) -> El {
    let is_stuck = move |desk: &Desk| match phase(desk, id) {
        Phase::WrapUp => false,
        Phase::Alerting | Phase::Connected | Phase::Delivered | Phase::Held | Phase::Initiated => {
            desk.snapshot().phone.state != PhoneState::Ready
        }
        _ => true,
    };
    el("div", "slot").part_if(desk, is_stuck, move |desk| el("div", "actions actions-late").with(free(id).view(desk)))
}

fn free(id: CallId) -> Action {
    let face = Face { testid: "free-line", icon: Icon::Cross, label: words::FREE_LINE };
    command("plain", face, id, CommandKind::ForceEnd, AgentCommand::ForceEnd)
}

fn talking(desk: &Desk, id: CallId) -> El {
    let open = Held::<bool>::default();
    let (pressed, shown, there) = (open.clone(), open.clone(), open);
    let keys = Action::new("tile", "keypad", Icon::Keypad, words::KEYPAD, move |desk| pressed.set(desk, !pressed.get()))
        .switch(move |_| shown.get())
        // The keys can be looked at on hold, too; what is refused then is a digit.
        .unless(move |desk| desk.refused(id, CommandKind::SendDigits).filter(|code| *code == "notSupported"));
    let tiles = el("div", "actions actions-tiles")
        .with(mute(id).view(desk))
        .with(hold("tile", id).view(desk))
        .with(keys.view(desk))
        .with(hang_up(id, "tile action-end").view(desk));
    el("div", "talking").with(tiles).part_if(desk, move |_| there.get(), move |desk| keypad(desk, id)).with(later::more(desk, id))
}

fn mute(id: CallId) -> Action {
    let muted = move |desk: &Desk| desk.call(id, |call| call.muted);
    let face = move |desk: &Desk| {
        let icon = if muted(desk) { Icon::MicrophoneOff } else { Icon::Microphone };
        Face { testid: "mute", icon, label: words::MUTE }
    };
    let press = move |desk: &Desk| {
        desk.command(AgentCommand::Mute(id, !muted(desk)));
    };
    Action::changing("tile", face, press).switch(muted).unless(move |desk| desk.refused(id, CommandKind::Mute))
}

/// Hold and retrieve are one button, so that the focus stays on it. While another call is active the second of them swaps the two.
pub(super) fn hold(tone: &'static str, id: CallId) -> Action {
    let next = move |desk: &Desk| match (phase(desk, id), desk.refused(id, CommandKind::Alternate)) {
        (Phase::Held | Phase::Retrieving, None) => CommandKind::Alternate,
        (Phase::Held | Phase::Retrieving, _) => CommandKind::Retrieve,
        _ => CommandKind::Hold,
    };
    let face = move |desk: &Desk| match next(desk) {
        CommandKind::Alternate => Face { testid: "swap", icon: Icon::Swap, label: words::SWAP },
        CommandKind::Retrieve => Face { testid: "retrieve", icon: Icon::Play, label: words::RETRIEVE },
        _ => Face { testid: "hold", icon: Icon::Pause, label: words::HOLD },
    };
    let press = move |desk: &Desk| {
        desk.command(match next(desk) {
            CommandKind::Alternate => AgentCommand::Alternate(id),
            CommandKind::Retrieve => AgentCommand::Retrieve(id),
            _ => AgentCommand::Hold(id),
        });
    };
    Action::changing(tone, face, press).unless(move |desk| desk.refused(id, next(desk)))
}

/// A button that always looks the same, for a command that concerns one call.
pub(super) fn command(tone: &'static str, face: Face, id: CallId, kind: CommandKind, make: fn(CallId) -> AgentCommand) -> Action {
    command_with(tone, face, id, kind, make)
}

/// The same for a command that is made up when the button is pressed.
pub(super) fn command_with(
    tone: &'static str,
    face: Face,
    id: CallId,
    kind: CommandKind,
    make: impl Fn(CallId) -> AgentCommand + 'static,
) -> Action {
    let press = move |desk: &Desk| {
        desk.command(make(id));
    };
    Action::changing(tone, move |_| face, press).unless(move |desk| desk.refused(id, kind))
}
