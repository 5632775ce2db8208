//! What can be done with a call in its phase.

use hookswitch_core::{AgentCommand, CallId, CommandKind, Phase};

use super::{call::phase, keypad::keypad};
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{ANSWER_KEY, Action, END_KEY, Face, Icon},
    words,
};

/// Which buttons stand there; within one set they never change places.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Set {
    Clearing,
    Dialing,
    None,
    Ringing,
    Talking,
}

impl Set {
    const fn of(phase: Phase) -> Self {
        match phase {
            Phase::Alerting | Phase::Answering => Self::Ringing,
            Phase::Clearing => Self::Clearing,
            Phase::Initiated | Phase::Delivered => Self::Dialing,
            Phase::WrapUp => Self::None,
            _ => Self::Talking,
        }
    }
}

/// The buttons.
pub(crate) fn actions(desk: &Desk, id: CallId) -> El {
    el("div", "call-actions").part(
        desk,
        move |desk| Set::of(phase(desk, id)),
        move |desk, set| {
            let row = |class| el("div", class);
            Some(match set {
                Set::Clearing => row("actions actions-late").with(free(id).view(desk)),
                Set::Dialing => row("actions").with(hang_up(id, "end").view(desk)),
                Set::None => return None,
                Set::Ringing => row("actions").with(answer(id).view(desk)).with(decline(id).view(desk)),
                Set::Talking => talking(desk, id),
            })
        },
    )
}

fn answer(id: CallId) -> Action {
    let face = Face { testid: "answer", icon: Icon::Handset, label: words::ANSWER };
    command("answer", face, id, CommandKind::Answer, AgentCommand::Answer).with_key(ANSWER_KEY)
}

fn decline(id: CallId) -> Action {
    let face = Face { testid: "decline", icon: Icon::Cross, label: words::DECLINE };
    command("end", face, id, CommandKind::Decline, AgentCommand::Decline).with_key(END_KEY)
}

fn hang_up(id: CallId, tone: &'static str) -> Action {
    let face = Face { testid: "hangup", icon: Icon::HandsetDown, label: words::HANG_UP };
    command(tone, face, id, CommandKind::Clear, AgentCommand::Clear).with_key(END_KEY)
}

/// The way out when the phone system does not answer a hang-up; the style sheet shows it after some seconds.
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
        .with(hold(id).view(desk))
        .with(keys.view(desk))
        .with(hang_up(id, "tile action-end").view(desk));
    el("div", "talking").with(tiles).part_if(desk, move |_| there.get(), move |desk| keypad(desk, id))
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

/// Hold and retrieve are one button, so that the focus stays on it.
fn hold(id: CallId) -> Action {
    let held = move |desk: &Desk| matches!(phase(desk, id), Phase::Held | Phase::Retrieving);
    let face = move |desk: &Desk| {
        if held(desk) {
            Face { testid: "retrieve", icon: Icon::Play, label: words::RETRIEVE }
        } else {
            Face { testid: "hold", icon: Icon::Pause, label: words::HOLD }
        }
    };
    let press = move |desk: &Desk| {
        desk.command(if held(desk) { AgentCommand::Retrieve(id) } else { AgentCommand::Hold(id) });
    };
    let refused = move |desk: &Desk| desk.refused(id, if held(desk) { CommandKind::Retrieve } else { CommandKind::Hold });
    Action::changing("tile", face, press).unless(refused)
}

fn command(tone: &'static str, face: Face, id: CallId, kind: CommandKind, make: fn(CallId) -> AgentCommand) -> Action {
    let press = move |desk: &Desk| {
        desk.command(make(id));
    };
    Action::changing(tone, move |_| face, press).unless(move |desk| desk.refused(id, kind))
}
