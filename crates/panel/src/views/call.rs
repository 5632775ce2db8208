//! One call, from the first ring to the end of wrap-up. One card, so that notes and focus survive every change of phase.

use hookswitch_core::{CallId, Cause, ConnectionState, Phase};
use leptos::prelude::*;

use super::{actions::actions, draft::draft, matches::matches};
use crate::{
    clock,
    model::Desk,
    parts::{Icon, icon, who},
    words,
};

/// The cards, oldest call first.
pub(crate) fn calls(desk: Desk) -> AnyView {
    let ids = Memo::new(move |_| desk.read(|snapshot| snapshot.calls.iter().map(|call| call.id).collect::<Vec<_>>()));
    view! { <For each=move || ids.get() key=|id| *id children=move |id| card(desk, id) /> }.into_any()
}

fn card(desk: Desk, id: CallId) -> AnyView {
    let phase = Memo::new(move |_| desk.call(id, |call| Some(call.phase)).unwrap_or(Phase::WrapUp));
    let title = move || desk.call(id, |call| words::phase(call.phase, call.kind));
    let name = move || desk.call(id, who);
    let number = move || {
        desk.call(id, |call| {
            let number = call.party().map(|connection| connection.party.number.reveal()).unwrap_or_default();
            let shown = if number.is_empty() { words::WITHHELD } else { number };
            // A caller without a name has the number in the name's place already.
            (shown != who(call)).then(|| shown.to_owned())
        })
    };
    let queue = move || desk.call(id, |call| call.queue.clone());
    let called = move || desk.call(id, |call| call.called.reveal().to_owned());
    let muted = move || {
        desk.call(id, |call| call.muted && matches!(call.phase, Phase::Connected | Phase::Held | Phase::Holding | Phase::Retrieving))
    };
    let held_by_others =
        move || desk.call(id, |call| call.phase != Phase::WrapUp && call.party().is_some_and(|party| party.state == ConnectionState::Held));
    let ended =
        move || desk.call(id, |call| call.cause.filter(|cause| call.phase == Phase::WrapUp && *cause != Cause::Normal).map(words::cause));
    let kind = move || desk.call(id, |call| Some(words::kind_of_call(call.kind, call.direction)));
    view! {
        <article class="card call" data-testid="call" data-phase=move || code(phase.get()) aria-labelledby=title_id(id)>
            <div class="call-head">
                {move || icon(drawing(phase.get()))}
                <h2 id=title_id(id) class="call-phase" data-testid="phase" data-phase=move || code(phase.get()) data-home="" tabindex="-1" title=kind>
                    {title}
                </h2>
                <span class="badge" data-testid="muted" hidden=move || !muted()>{icon(Icon::MicrophoneOff)} {words::MUTED}</span>
                <span class="timer" role="timer" data-testid="timer">{move || timer(desk, id)}</span>
            </div>
            <div class="call-who">
                <p class="call-name" data-testid="caller">{name}</p>
                <p class="call-number number" data-testid="caller-number" hidden=move || number().is_none()>{number}</p>
                <p class="call-more" hidden=move || queue().is_empty()>
                    {words::QUEUE} ": " <b data-testid="queue">{queue}</b>
                </p>
                <p class="call-more call-called" hidden=move || called().is_empty()>
                    {words::CALLED} ": " <span class="number" data-testid="called">{called}</span>
                </p>
                <p class="call-more" data-testid="held-by-party" hidden=move || !held_by_others()>{words::HELD_BY_OTHERS}</p>
                <p class="call-more" data-testid="cause" hidden=move || ended().is_none()>{ended}</p>
            </div>
            {actions(desk, id, phase)}
            {matches(desk, id)}
            {draft(desk, id, phase)}
        </article>
    }
    .into_any()
}

/// The id of a card's title: the focus goes there when the call begins to ring.
fn title_id(id: CallId) -> String {
    format!("call-{}", id.0)
}

/// Time of the conversation; before it, time since the call began; after it, how long it was.
fn timer(desk: Desk, id: CallId) -> String {
    desk.call(id, |call| {
        let seconds = match (call.duration_s, call.answered) {
            (Some(seconds), _) => u64::from(seconds),
            (None, Some(answered)) => clock::between(answered, desk.now()),
            (None, None) => clock::between(call.began, desk.now()),
        };
        clock::written(seconds)
    })
}

const fn drawing(phase: Phase) -> Icon {
    match phase {
        Phase::Held | Phase::Holding => Icon::Pause,
        Phase::WrapUp => Icon::Pen,
        Phase::Clearing => Icon::HandsetDown,
        _ => Icon::Handset,
    }
}

/// The phase for the style sheet and for tests, as the snapshot has it in JavaScript.
const fn code(phase: Phase) -> &'static str {
    match phase {
        Phase::Alerting => "alerting",
        Phase::Answering => "answering",
        Phase::Connected => "connected",
        Phase::Clearing => "clearing",
        Phase::Initiated => "initiated",
        Phase::Held => "held",
        Phase::Holding => "holding",
        Phase::Retrieving => "retrieving",
        Phase::Delivered => "delivered",
        Phase::WrapUp => "wrapUp",
        _ => "unknown",
    }
}
