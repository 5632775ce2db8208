//! What a screen reader is told without asking.

use hookswitch_core::{CallView, Phase};
use leptos::prelude::*;

use crate::{model::Desk, words};

/// Two unseen regions: ringing interrupts, everything else waits its turn.
pub(crate) fn announcements(desk: Desk) -> AnyView {
    let rings =
        move || desk.read(|snapshot| snapshot.calls.iter().find(|call| call.phase == Phase::Alerting).map(ringing).unwrap_or_default());
    let call = move || {
        desk.read(|snapshot| {
            let call = snapshot.calls.iter().rfind(|call| call.phase != Phase::Alerting)?;
            let muted = if call.muted { words::MUTED } else { "" };
            Some(format!("{} {muted}", words::phase(call.phase, call.kind)))
        })
        .unwrap_or_default()
    };
    let presence = move || desk.read(|snapshot| words::presence(&snapshot.agent.state));
    view! {
        <div class="unseen" aria-live="assertive" data-testid="announce-ringing">{rings}</div>
        <div class="unseen" aria-live="polite" data-testid="announce-call">{call}</div>
        <div class="unseen" aria-live="polite" data-testid="announce-presence">{presence}</div>
    }
    .into_any()
}

fn ringing(call: &CallView) -> String {
    words::rings(&who(call), &call.queue)
}

/// The other side in the best words there are: the chosen record, the phone system's name, the number.
pub(crate) fn who(call: &CallView) -> String {
    let party = call.party().map(|connection| &connection.party);
    let record = call.record.as_ref().map(|record| record.name.reveal());
    let candidates = [record, party.map(|party| party.name.reveal()), party.map(|party| party.number.reveal())];
    candidates.into_iter().flatten().find(|text| !text.trim().is_empty()).unwrap_or(words::UNKNOWN_CALLER).to_owned()
}
