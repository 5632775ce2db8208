//! One call, from the first ring to the end of wrap-up. One card, so that notes and focus survive every change of phase.

use hookswitch_core::{CallFact, CallId, CallView, Cause, ConnectionState, Phase};

use super::{actions::actions, draft::draft, later, matches::matches, opened::Opened};
use crate::{
    clock,
    dom::{El, el},
    model::Desk,
    parts::{Icon, icon, stands, who},
    words,
};

/// The cards, oldest call first: one in full, the others one line each.
pub(crate) fn calls(desk: &Desk) -> El {
    let keys = |desk: &Desk| desk.snapshot().calls.iter().map(|call| (0, call.id.0)).collect();
    let opened = Opened::following(desk);
    el("div", "stack").list(desk, keys, move |desk, (_, id)| card(desk, CallId(id), &opened))
}

fn card(desk: &Desk, id: CallId, opened: &Opened) -> El {
    let (home, marked, shown, line) = (opened.clone(), opened.clone(), opened.clone(), opened.clone());
    let title = el("h2", "call-phase")
        .attr("id", &title_id(id))
        .id("phase")
        .attr_if("data-phase", desk, move |desk| Some(code(phase(desk, id))))
        .attr_if("data-home", desk, move |_| home.is(id).then_some(""))
        .attr("tabindex", "-1")
        .attr_now("title", desk, move |desk| desk.call(id, |call| words::kind_of_call(call.kind, call.direction).to_owned()))
        .says(desk, move |desk| desk.call(id, |call| stands(call).to_owned()));
    let muted = el("span", "badge").id("muted").with(icon(Icon::MicrophoneOff)).text(words::MUTED);
    let head = el("div", "call-head")
        .part(desk, move |desk| drawing(phase(desk, id)), |_, drawing| Some(icon(*drawing)))
        .with(title)
        .with(muted.hidden(desk, move |desk| !desk.call(id, is_muted)))
        .part(desk, move |desk| desk.call(id, |call| call.recording), |_, state| later::badge(*state))
        .with(el("span", "timer").attr("role", "timer").id("timer").says(desk, move |desk| timer(desk, id)));
    el("article", "card call")
        .id("call")
        .attr_if("data-phase", desk, move |desk| Some(code(phase(desk, id))))
        .attr_if("data-open", desk, move |_| marked.is(id).then_some(""))
        .attr("aria-labelledby", &title_id(id))
        .with(head)
        .part(desk, move |_| shown.is(id), move |desk, open| Some(if *open { in_full(desk, id) } else { later::line(desk, id, &line) }))
}

fn in_full(desk: &Desk, id: CallId) -> El {
    // Before the answer there is no log yet, and nobody has the time to read.
    let spoken = move |desk: &Desk| desk.call(id, |call| call.answered.is_some() || call.phase == Phase::WrapUp);
    el("div", "call-body")
        .with(other_side(desk, id))
        .with(actions(desk, id))
        .with(matches(desk, id))
        .part_if(desk, spoken, move |desk| later::related(desk, id))
        .with(draft(desk, id))
}

fn other_side(desk: &Desk, id: CallId) -> El {
    el("div", "call-who")
        .with(el("p", "call-name").id("caller").says(desk, move |desk| desk.call(id, who)))
        .with(line(desk, id, "call-number", "", "caller-number", number))
        .with(line(desk, id, "call-more call-queue", words::QUEUE, "queue", |call| call.queue.clone()))
        .with(line(desk, id, "call-more call-called", words::CALLED, "called", called))
        .with(line(desk, id, "call-more", words::SEGMENT, "segment", segment))
        .with(line(desk, id, "call-more", "", "held-by-party", |call| {
            let held = call.phase != Phase::WrapUp
                && !call.is_conference()
                && call.party().is_some_and(|party| party.state == ConnectionState::Held);
            if held { words::HELD_BY_OTHERS.to_owned() } else { String::new() }
        }))
        .with(line(desk, id, "call-more", "", "cause", |call| {
            let cause = call.cause.filter(|cause| call.phase == Phase::WrapUp && *cause != Cause::Normal);
            cause.map(words::cause).unwrap_or_default().to_owned()
        }))
}

/// The number of the other side; nothing if it is said already, or if there are several.
pub(super) fn number(call: &CallView) -> String {
    if call.is_conference() {
        return String::new();
    }
    let number = call.party().map(|connection| connection.party.number.reveal()).unwrap_or_default();
    let shown = if number.is_empty() { words::WITHHELD } else { number };
    // A caller without a name has the number in the name's place already.
    if shown == who(call) { String::new() } else { shown.to_owned() }
}

/// The number that was called, where the softphone layout shows it.
fn called(call: &CallView) -> String {
    if call.facts.contains(&CallFact::Dnis) { call.called.reveal().to_owned() } else { String::new() }
}

/// What the phone system takes the caller for, where the softphone layout shows it.
fn segment(call: &CallView) -> String {
    if call.facts.contains(&CallFact::Segment) { call.segment.reveal().to_owned() } else { String::new() }
}

/// A line about the call, hidden while there is nothing to say.
fn line(desk: &Desk, id: CallId, class: &str, label: &str, testid: &str, text: fn(&CallView) -> String) -> El {
    let label = if label.is_empty() { String::new() } else { [label, ": "].concat() };
    let said = el("span", "number").id(testid).says(desk, move |desk| desk.call(id, text));
    let nothing = move |desk: &Desk| desk.call(id, text).is_empty();
    el("p", class).text(&label).with(said.hidden(desk, nothing)).hidden(desk, nothing)
}

/// Where the call stands; a call that is just going is over.
pub(super) fn phase(desk: &Desk, id: CallId) -> Phase {
    desk.call(id, |call| Some(call.phase)).unwrap_or(Phase::WrapUp)
}

fn is_muted(call: &CallView) -> bool {
    call.muted && matches!(call.phase, Phase::Connected | Phase::Held | Phase::Holding | Phase::Retrieving)
}

/// The id of a card's title: the focus goes there when the call begins to ring.
pub(super) fn title_id(id: CallId) -> String {
    format!("call-{}", id.0)
}

/// Time of the conversation; before it, time since the call began; after it, how long it was.
fn timer(desk: &Desk, id: CallId) -> String {
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
        Phase::Transferring => Icon::Forward,
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
        Phase::Conferencing => "conferencing",
        Phase::Initiated => "initiated",
        Phase::Held => "held",
        Phase::Holding => "holding",
        Phase::Retrieving => "retrieving",
        Phase::Transferring => "transferring",
        Phase::Delivered => "delivered",
        Phase::WrapUp => "wrapUp",
        _ => "unknown",
    }
}
