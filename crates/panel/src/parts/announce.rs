//! What a screen reader is told without asking.

use hookswitch_core::{CallView, Party, Phase, RecordRef};

use super::meant::ringing;
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
            ringing(&snapshot.calls).map(|call| words::rings(&who(call), &call.queue)).collect::<Vec<_>>().join(". ")
        }),
        region("polite", "announce-call").says(desk, |desk| {
            let snapshot = desk.snapshot();
            let calls: Vec<_> = snapshot.calls.iter().filter(|call| call.phase != Phase::Alerting).collect();
            let told = calls.iter().map(|call| {
                let muted = if call.muted { words::MUTED } else { "" };
                // One call needs no name; several do, and so does a conference, where people come and go.
                let named = calls.len() > 1 || call.is_conference();
                let (name, colon) = if named { (who(call), ": ") } else { (String::new(), "") };
                [&name, colon, stands(call), " ", muted].concat()
            });
            told.collect::<Vec<_>>().join(". ")
        }),
        region("polite", "announce-presence").says(desk, |desk| words::presence(&desk.snapshot().agent.state)),
    ]
}

fn region(manner: &str, testid: &str) -> El {
    el("div", "unseen").attr("aria-live", manner).id(testid)
}

/// How the call stands, as the title of its card.
pub(crate) fn stands(call: &CallView) -> &'static str {
    match call.phase {
        Phase::Connected if call.is_conference() => words::CONFERENCE,
        Phase::Connected if call.consults.is_some() => words::CONSULTATION,
        phase => words::phase(phase, call.kind),
    }
}

/// The other side in the best words there are: the chosen record, the phone system's name, the number. In a conference everybody.
pub(crate) fn who(call: &CallView) -> String {
    if call.is_conference() && call.phase != Phase::WrapUp {
        let parties = call.connections.iter().filter(|connection| !connection.agent);
        return parties.map(|connection| named(&connection.party)).collect::<Vec<_>>().join(", ");
    }
    let record = call.record.as_ref().filter(|_| is_about(call)).and_then(|record| somebody(call, record));
    let record = record.map(|record| record.name.reveal()).filter(|name| !name.trim().is_empty());
    match (record, call.party()) {
        (Some(record), _) => record.to_owned(),
        (None, Some(connection)) => named(&connection.party),
        (None, None) => words::UNKNOWN_CALLER.to_owned(),
    }
}

/// A case or an opportunity is what a call is about and not who calls: that is the one behind it, if known.
fn somebody<'a>(call: &'a CallView, record: &'a RecordRef) -> Option<&'a RecordRef> {
    if !record.is("Case", "500") && !record.is("Opportunity", "006") {
        return Some(record);
    }
    call.matches.iter().find(|found| record.partner.as_ref() == Some(&found.id))
}

/// Whether the call's record can be the other side's own: not that of somebody who is asked about it, or who came after the first.
fn is_about(call: &CallView) -> bool {
    let first = call.legs.first().map(|leg| &leg.party.number);
    let now = call.party().map(|connection| &connection.party.number);
    call.consults.is_none() && (first.is_none() || now.is_none() || first == now)
}

/// Somebody's name, else the number.
pub(crate) fn named(party: &Party) -> String {
    let candidates = [party.name.reveal(), party.number.reveal()];
    candidates.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(words::UNKNOWN_CALLER).to_owned()
}
