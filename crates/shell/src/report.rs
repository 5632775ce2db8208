//! A provider's report, from a JavaScript object to the core's type.

use hookswitch_core::{
    CallKind, Capabilities, Cause, ConnectionState, Direction, MediaState, Party, PartyRef, PhoneCall, PhoneParty, PhoneRef, PhoneReport,
    PhoneState, Recording, RefusedReason, RequestId, Side,
};
use wasm_bindgen::JsValue;

use crate::read::{Malformed, Reader};

/// Read a report. The shapes are those of `www/providers/provider.d.ts`; fields it does not know are ignored.
///
/// # Errors
///
/// The first field that is missing or not what it should be; the report must then be dropped.
pub fn read_report(value: &JsValue) -> Result<PhoneReport, Malformed> {
    let report = Reader::new(value, "report")?;
    let kind = report.text("type")?;
    Ok(match kind.as_str() {
        "account" => PhoneReport::Account { identity: report.text("identity")?.into() },
        "agentState" => PhoneReport::AgentState { ready: report.flag("ready")?, reason: report.text_or_empty("reason")? },
        "capabilities" => PhoneReport::Capabilities { capabilities: capabilities(&report)? },
        "delivered" => PhoneReport::Delivered {
            call: call(&report)?,
            from: party(&report, "from")?.ok_or(Malformed("from"))?,
            called: report.text_or_empty("called")?.into(),
            queue: report.text_or_empty("queue")?,
            segment: report.text_or_empty("segment")?.into(),
            kind: report.word("kind", &KINDS)?,
            record: report.text_or_empty("record")?,
            owns_log: report.flag_or_no("ownsLog")?,
        },
        "done" => PhoneReport::Done { request: request(&report)? },
        "media" => PhoneReport::Media { media: report.word("media", &MEDIA)? },
        "service" => PhoneReport::Service { state: report.word("state", &STATES)?, detail: report.text_or_empty("detail")?.into() },
        "sync" => {
            let calls = report.list("calls")?;
            PhoneReport::Sync { calls: calls.iter().map(phone_call).collect::<Result<_, _>>()? }
        }
        other => return later(other, &report),
    })
}

/// The rest of them: none comes before a call was answered, or a command was given.
#[inline(never)]
fn later(kind: &str, report: &Reader<'_>) -> Result<PhoneReport, Malformed> {
    Ok(match kind {
        "conferenced" => PhoneReport::Conferenced { calls: names(report, "calls")?, call: call(report)?, parties: parties(report)? },
        "connectionCleared" => PhoneReport::ConnectionCleared { call: call(report)?, cause: cause(report)? },
        "digitsGenerated" => PhoneReport::DigitsGenerated { call: call(report)?, digits: report.text("digits")?.into() },
        "established" => PhoneReport::Established { call: call(report)?, party: party(report, "party")? },
        "failed" => PhoneReport::Failed { call: call(report)?, cause: cause(report)? },
        "held" => PhoneReport::Held { call: call(report)?, by: report.word("by", &SIDES)? },
        "muted" => PhoneReport::Muted { call: call(report)?, on: report.flag("on")? },
        "networkReached" => PhoneReport::NetworkReached { call: call(report)?, early_media: report.flag_or_no("earlyMedia")? },
        "originated" => PhoneReport::Originated { request: request(report)?, call: call(report)? },
        "parties" => PhoneReport::Parties { call: call(report)?, parties: parties(report)? },
        "quality" => PhoneReport::Quality { call: call(report)?, mos_hundredths: hundredths(report)? },
        "recordingReference" => PhoneReport::RecordingReference { call: call(report)?, reference: report.text("reference")?.into() },
        "recordingChanged" => PhoneReport::RecordingChanged { call: call(report)?, state: report.word("state", &RECORDINGS)? },
        "refused" => PhoneReport::Refused {
            request: request(report)?,
            reason: report.word("reason", &REASONS)?,
            detail: report.text_or_empty("detail")?.into(),
        },
        "retrieved" => PhoneReport::Retrieved { call: call(report)?, by: report.word("by", &SIDES)? },
        "transferFailed" => PhoneReport::TransferFailed { call: call(report)?, cause: cause(report)?, held: report.flag_or_no("held")? },
        "transferred" => PhoneReport::Transferred {
            call: call(report)?,
            by: report.word("by", &SIDES)?,
            other: name_or_none(report, "other")?,
            party: party(report, "party")?,
            kind: if report.value("kind").is_some() { Some(report.word("kind", &KINDS)?) } else { None },
            record: report.text_or_empty("record")?,
        },
        _ => return Err(Malformed("type")),
    })
}

/// A score of 4.1 is 410: whoever sends 4.1 means something else than is read.
#[inline(never)]
fn hundredths(report: &Reader<'_>) -> Result<u16, Malformed> {
    let given = report.value("mosHundredths").and_then(|given| given.as_f64());
    given
        .filter(|given| given.fract() == 0.0 && (100.0..=500.0).contains(given))
        .map(|given| given as u16)
        .ok_or(Malformed("mosHundredths"))
}

fn call(report: &Reader<'_>) -> Result<PhoneRef, Malformed> {
    let name = report.text("call")?;
    if name.is_empty() { Err(Malformed("call")) } else { Ok(PhoneRef(name)) }
}

fn request(report: &Reader<'_>) -> Result<RequestId, Malformed> {
    u32::try_from(report.whole("request")?).map(RequestId).map_err(|_| Malformed("request"))
}

/// An unknown word is a reason of the phone system's own, not a malformed report: the call is over either way.
#[inline(never)]
fn cause(report: &Reader<'_>) -> Result<Cause, Malformed> {
    Ok(Cause::from_code(&report.text("cause")?))
}

fn party(report: &Reader<'_>, name: &'static str) -> Result<Option<Party>, Malformed> {
    let Some(value) = report.value(name) else { return Ok(None) };
    let party = Reader::new(&value, name)?;
    Ok(Some(Party { number: party.text_or_empty("number")?.into(), name: party.text_or_empty("name")?.into() }))
}

fn capabilities(report: &Reader<'_>) -> Result<Capabilities, Malformed> {
    let value = report.value("capabilities").ok_or(Malformed("capabilities"))?;
    let list = Reader::new(&value, "capabilities")?;
    let can = |name| list.flag_or_no(name);
    let number = |name| list.whole_or_none(name).map(|number| u8::try_from(number.unwrap_or(0)).unwrap_or(u8::MAX));
    Ok(Capabilities {
        agent_state: can("agentState")?,
        blind_transfer_returns: can("blindTransferReturns")?,
        calls_survive_reload: can("callsSurviveReload")?,
        clear_call: can("clearCall")?,
        clear_party: can("clearParty")?,
        conference: can("conference")?,
        deflect: can("deflect")?,
        digits: can("digits")?,
        hold: can("hold")?,
        hold_party: can("holdParty")?,
        leave: can("leave")?,
        mute: can("mute")?,
        mute_party: can("muteParty")?,
        recording: can("recording")?,
        single_step_conference: can("singleStepConference")?,
        single_step_transfer: can("singleStepTransfer")?,
        transfer: can("transfer")?,
        transfer_ringing: can("transferRinging")?,
        conference_size: number("conferenceSize")?,
        lines: number("lines")?,
    })
}

#[inline(never)]
fn phone_call(value: &JsValue) -> Result<PhoneCall, Malformed> {
    let entry = Reader::new(value, "calls")?;
    Ok(PhoneCall {
        call: call(&entry)?,
        party: party(&entry, "party")?.ok_or(Malformed("party"))?,
        called: entry.text_or_empty("called")?.into(),
        queue: entry.text_or_empty("queue")?,
        segment: entry.text_or_empty("segment")?.into(),
        kind: entry.word("kind", &KINDS)?,
        direction: entry.word("direction", &[("in", Direction::In), ("out", Direction::Out)])?,
        state: entry.word("state", &CONNECTIONS)?,
        far_state: entry.word("farState", &CONNECTIONS)?,
        muted: entry.flag_or_no("muted")?,
        age_ms: entry.whole_or_none("ageMs")?.unwrap_or(0),
        answered_ms: entry.whole_or_none("answeredMs")?,
        record: entry.text_or_empty("record")?,
        parties: parties(&entry)?,
        recording: if entry.value("recording").is_some() { entry.word("recording", &RECORDINGS)? } else { Recording::Off },
        consults: name_or_none(&entry, "consults")?,
        owns_log: entry.flag_or_no("ownsLog")?,
    })
}

/// Nobody listed, or no list at all: an ordinary call.
#[inline(never)]
fn parties(report: &Reader<'_>) -> Result<Vec<PhoneParty>, Malformed> {
    if report.value("parties").is_none() {
        return Ok(Vec::new());
    }
    report.list("parties")?.iter().map(phone_party).collect()
}

fn phone_party(value: &JsValue) -> Result<PhoneParty, Malformed> {
    let entry = Reader::new(value, "parties")?;
    let id = entry.text("id")?;
    if id.is_empty() {
        return Err(Malformed("id"));
    }
    Ok(PhoneParty {
        id: PartyRef(id),
        party: party(&entry, "party")?.ok_or(Malformed("party"))?,
        state: entry.word("state", &CONNECTIONS)?,
        held_by: if entry.value("heldBy").is_some() { entry.word("heldBy", &SIDES)? } else { Side::Agent },
        muted: entry.flag_or_no("muted")?,
    })
}

#[inline(never)]
fn name_or_none(report: &Reader<'_>, field: &'static str) -> Result<Option<PhoneRef>, Malformed> {
    Ok(Some(report.text_or_empty(field)?).filter(|name| !name.is_empty()).map(PhoneRef))
}

#[inline(never)]
fn names(report: &Reader<'_>, field: &'static str) -> Result<Vec<PhoneRef>, Malformed> {
    report.list(field)?.iter().map(|name| name.as_string().map(PhoneRef).ok_or(Malformed(field))).collect()
}

const KINDS: [(&str, CallKind); 3] = [("inbound", CallKind::Inbound), ("internal", CallKind::Internal), ("outbound", CallKind::Outbound)];

const RECORDINGS: [(&str, Recording); 3] = [("off", Recording::Off), ("on", Recording::On), ("paused", Recording::Paused)];

const SIDES: [(&str, Side); 2] = [("agent", Side::Agent), ("party", Side::Party)];

const MEDIA: [(&str, MediaState); 5] = [
    ("blockedByPolicy", MediaState::BlockedByPolicy),
    ("denied", MediaState::Denied),
    ("insecure", MediaState::Insecure),
    ("noDevice", MediaState::NoDevice),
    ("usable", MediaState::Usable),
];

const STATES: [(&str, PhoneState); 5] = [
    ("connecting", PhoneState::Connecting),
    ("failed", PhoneState::Failed),
    ("reconnecting", PhoneState::Reconnecting),
    ("ready", PhoneState::Ready),
    ("stopped", PhoneState::Stopped),
];

const CONNECTIONS: [(&str, ConnectionState); 7] = [
    ("alerting", ConnectionState::Alerting),
    ("connected", ConnectionState::Connected),
    ("failed", ConnectionState::Failed),
    ("held", ConnectionState::Held),
    ("initiated", ConnectionState::Initiated),
    ("null", ConnectionState::Null),
    ("queued", ConnectionState::Queued),
];

const REASONS: [(&str, RefusedReason); 7] = [
    ("media", RefusedReason::Media),
    ("notNow", RefusedReason::NotNow),
    ("notPermitted", RefusedReason::NotPermitted),
    ("notSupported", RefusedReason::NotSupported),
    ("offline", RefusedReason::Offline),
    ("timeout", RefusedReason::Timeout),
    ("unknownCall", RefusedReason::UnknownCall),
];
