//! What a screen reader is told without asking.

use hookswitch_core::{CallView, Phase};

use crate::{
    dom::{El, el},
    model::Desk,
    words,
};

/// Unseen regions: ringing interrupts, everything else waits its turn.
pub(crate) fn announcements(desk: &Desk) -> [El; 3] {
    [
        region("assertive", "announce-ringing").says(desk, |desk| {
            let snapshot = desk.snapshot();
            let ringing = snapshot.calls.iter().find(|call| call.phase == Phase::Alerting);
            ringing.map(|call| words::rings(&who(call), &call.queue)).unwrap_or_default()
        }),
        region("polite", "announce-call").says(desk, |desk| {
            let snapshot = desk.snapshot();
            let Some(call) = snapshot.calls.iter().rfind(|call| call.phase != Phase::Alerting) else { return String::new() };
            let muted = if call.muted { words::MUTED } else { "" };
            [words::phase(call.phase, call.kind), " ", muted].concat()
        }),
        region("polite", "announce-presence").says(desk, |desk| words::presence(&desk.snapshot().agent.state)),
    ]
}

fn region(manner: &str, testid: &str) -> El {
    el("div", "unseen").attr("aria-live", manner).id(testid)
}

/// The other side in the best words there are: the chosen record, the phone system's name, the number.
pub(crate) fn who(call: &CallView) -> String {
    let party = call.party().map(|connection| &connection.party);
    let record = call.record.as_ref().map(|record| record.name.reveal());
    let candidates = [record, party.map(|party| party.name.reveal()), party.map(|party| party.number.reveal())];
    candidates.into_iter().flatten().find(|text| !text.trim().is_empty()).unwrap_or(words::UNKNOWN_CALLER).to_owned()
}
