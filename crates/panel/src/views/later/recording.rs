//! Whether a call is recorded, and the buttons to change that.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, Recording};

use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Face, Icon, icon},
    words,
};

/// The state in words; nothing while nothing is recorded.
pub(crate) fn badge(state: Recording) -> Option<El> {
    let text = match state {
        Recording::On => words::RECORDING,
        Recording::Paused => words::RECORDING_PAUSED,
        _ => return None,
    };
    Some(el("span", "badge").id("recording").with(icon(Icon::Record)).text(text))
}

/// Begins, pauses, goes on: the state decides which.
#[inline(never)]
pub(super) fn record(id: CallId) -> Action {
    let state = move |desk: &Desk| desk.call(id, |call| call.recording);
    let face = move |desk: &Desk| match state(desk) {
        Recording::On => Face { testid: "record-pause", icon: Icon::Pause, label: words::RECORD_PAUSE },
        Recording::Paused => Face { testid: "record-resume", icon: Icon::Record, label: words::RECORD_RESUME },
        _ => Face { testid: "record-start", icon: Icon::Record, label: words::RECORD },
    };
    let press = move |desk: &Desk| {
        let to = if state(desk) == Recording::On { Recording::Paused } else { Recording::On };
        desk.command(AgentCommand::SetRecording(id, to));
    };
    Action::changing("tile", face, press).unless(move |desk| desk.refused(id, CommandKind::SetRecording))
}

/// Ends it.
#[inline(never)]
pub(super) fn stop(id: CallId) -> Action {
    Action::new("tile", "record-stop", Icon::Stop, words::RECORD_STOP, move |desk| {
        desk.command(AgentCommand::SetRecording(id, Recording::Off));
    })
    .unless(move |desk| desk.refused(id, CommandKind::SetRecording))
}

/// There is something to stop.
pub(super) fn begun(call: &CallView) -> bool {
    call.recording != Recording::Off
}
