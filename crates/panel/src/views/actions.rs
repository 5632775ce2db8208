//! What can be done with a call in its phase.

use hookswitch_core::{AgentCommand, CallId, CommandKind, Phase};
use leptos::prelude::*;

use super::keypad::keypad;
use crate::{
    model::Desk,
    parts::{ANSWER_KEY, Action, END_KEY, Icon},
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
pub(crate) fn actions(desk: Desk, id: CallId, phase: Memo<Phase>) -> AnyView {
    let set = Memo::new(move |_| Set::of(phase.get()));
    (move || match set.get() {
        Set::Clearing => view! { <div class="actions actions-late">{free(desk, id)}</div> }.into_any(),
        Set::Dialing => view! { <div class="actions">{hang_up(desk, id, "end")}</div> }.into_any(),
        Set::None => ().into_any(),
        Set::Ringing => view! { <div class="actions">{answer(desk, id)} {decline(desk, id)}</div> }.into_any(),
        Set::Talking => talking(desk, id, phase),
    })
    .into_any()
}

fn answer(desk: Desk, id: CallId) -> AnyView {
    command("answer", "answer", Icon::Handset, words::ANSWER, desk, id, CommandKind::Answer, AgentCommand::Answer)
        .with_key(ANSWER_KEY)
        .view()
}

fn decline(desk: Desk, id: CallId) -> AnyView {
    command("decline", "end", Icon::Cross, words::DECLINE, desk, id, CommandKind::Decline, AgentCommand::Decline).with_key(END_KEY).view()
}

fn hang_up(desk: Desk, id: CallId, tone: &'static str) -> AnyView {
    command("hangup", tone, Icon::HandsetDown, words::HANG_UP, desk, id, CommandKind::Clear, AgentCommand::Clear).with_key(END_KEY).view()
}

/// The way out when the phone system does not answer a hang-up; the style sheet shows it after some seconds.
fn free(desk: Desk, id: CallId) -> AnyView {
    command("free-line", "plain", Icon::Cross, words::FREE_LINE, desk, id, CommandKind::ForceEnd, AgentCommand::ForceEnd).view()
}

fn talking(desk: Desk, id: CallId, phase: Memo<Phase>) -> AnyView {
    let keys = RwSignal::new(false);
    let pad = Memo::new(move |_| keys.get());
    view! {
        <div class="actions actions-tiles">
            {mute(desk, id)}
            {hold(desk, id, phase)}
            {Action {
                pressed: Some(keys.into()),
                ..Action::plain("keypad", "tile", Icon::Keypad, words::KEYPAD, move || keys.update(|keys| *keys = !*keys))
            }
            .unless(Signal::derive(move || desk.refused(id, CommandKind::SendDigits).get().filter(|code| *code == "notSupported")))
            .view()}
            {hang_up(desk, id, "tile action-end")}
        </div>
        {move || pad.get().then(|| keypad(desk, id))}
    }
    .into_any()
}

fn mute(desk: Desk, id: CallId) -> AnyView {
    let muted = Signal::derive(move || desk.call(id, |call| call.muted));
    let press = move || {
        desk.command(AgentCommand::Mute(id, !muted.get_untracked()));
    };
    Action {
        pressed: Some(muted),
        icon: Signal::derive(move || if muted.get() { Icon::MicrophoneOff } else { Icon::Microphone }),
        ..Action::plain("mute", "tile", Icon::Microphone, words::MUTE, press)
    }
    .unless(desk.refused(id, CommandKind::Mute))
    .view()
}

/// Hold and retrieve are one button, so that the focus stays on it.
fn hold(desk: Desk, id: CallId, phase: Memo<Phase>) -> AnyView {
    let held = Memo::new(move |_| matches!(phase.get(), Phase::Held | Phase::Retrieving));
    let press = move || {
        desk.command(if held.get_untracked() { AgentCommand::Retrieve(id) } else { AgentCommand::Hold(id) });
    };
    Action {
        testid: Signal::derive(move || if held.get() { "retrieve" } else { "hold" }),
        icon: Signal::derive(move || if held.get() { Icon::Play } else { Icon::Pause }),
        label: Signal::derive(move || if held.get() { words::RETRIEVE } else { words::HOLD }),
        ..Action::plain("hold", "tile", Icon::Pause, words::HOLD, press)
    }
    .unless(Signal::derive(move || desk.refused(id, if held.get() { CommandKind::Retrieve } else { CommandKind::Hold }).get()))
    .view()
}

#[expect(clippy::too_many_arguments, reason = "a table row: every button differs in all of them")]
fn command(
    testid: &'static str,
    tone: &'static str,
    icon: Icon,
    label: &'static str,
    desk: Desk,
    id: CallId,
    kind: CommandKind,
    make: fn(CallId) -> AgentCommand,
) -> Action {
    let press = move || {
        desk.command(make(id));
    };
    Action::plain(testid, tone, icon, label, press).unless(desk.refused(id, kind))
}
