//! Bytes become inputs: any command, any report, any time, about few calls, so that they meet.

use arbitrary::{Result, Unstructured};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Capabilities, Cause, ConnectionState, CrmFailure, CrmReport, CrmState, DialSource, Direction, Input,
    LogKey, MayCall, MediaState, Party, PartyId, PhoneCall, PhoneParty, PhoneRef, PhoneReport, PhoneState, Private, RecordRef, Recording,
    RefusedReason, RequestId, Side, WantedUse,
    settings::{ProviderKind, Settings},
};

type U<'a, 'b> = &'a mut Unstructured<'b>;

/// One input.
pub fn input(u: U<'_, '_>) -> Result<Input> {
    Ok(match u.int_in_range(0..=21u8)? {
        0..=7 => Input::Agent(command(u)?),
        8..=15 => Input::Phone(report(u)?),
        16 | 17 => Input::Crm(crm(u)?),
        18 => Input::Settings(Box::new(settings(u)?)),
        19 => Input::Restored(u.arbitrary::<Vec<u8>>()?),
        20 => Input::Audible(u.arbitrary()?),
        _ => Input::Tick,
    })
}

/// What begins a session that can have calls.
pub fn begin() -> Vec<Input> {
    let all = Capabilities { conference_size: 4, ..Capabilities::all() };
    vec![
        Input::Start { seed: 1 },
        Input::Settings(Box::new(Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() })),
        Input::Crm(CrmReport::State(CrmState::Ready)),
        Input::Phone(PhoneReport::Capabilities { capabilities: all }),
        Input::Phone(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() }),
    ]
}

fn id(u: U<'_, '_>) -> Result<CallId> {
    Ok(CallId(u.int_in_range(1..=6)?))
}

fn party_id(u: U<'_, '_>) -> Result<PartyId> {
    Ok(PartyId(u.int_in_range(1..=4)?))
}

fn name(u: U<'_, '_>) -> Result<PhoneRef> {
    Ok(PhoneRef(format!("c{}", u.int_in_range(0..=4u8)?)))
}

fn request(u: U<'_, '_>) -> Result<RequestId> {
    Ok(RequestId(u.int_in_range(0..=60)?))
}

fn key(u: U<'_, '_>) -> Result<LogKey> {
    Ok(LogKey { seed: 1, count: u.int_in_range(1..=6)? })
}

fn text(u: U<'_, '_>) -> Result<String> {
    Ok(match u.int_in_range(0..=5u8)? {
        0 => u.arbitrary::<String>()?,
        1 => String::new(),
        other => format!("+1415555010{other}"),
    })
}

fn private(u: U<'_, '_>) -> Result<Private> {
    text(u).map(Private::from)
}

fn party(u: U<'_, '_>) -> Result<Party> {
    Ok(Party { number: private(u)?, name: private(u)? })
}

fn recording(u: U<'_, '_>) -> Result<Recording> {
    Ok(*u.choose(&[Recording::Off, Recording::On, Recording::Paused])?)
}

fn cause(u: U<'_, '_>) -> Result<Cause> {
    Ok(*u.choose(&Cause::ALL)?)
}

fn kind(u: U<'_, '_>) -> Result<CallKind> {
    Ok(*u.choose(&[CallKind::Inbound, CallKind::Internal, CallKind::Outbound])?)
}

fn side(u: U<'_, '_>) -> Result<Side> {
    Ok(*u.choose(&[Side::Agent, Side::Party])?)
}

fn state(u: U<'_, '_>) -> Result<ConnectionState> {
    use ConnectionState as S;
    Ok(*u.choose(&[S::Alerting, S::Connected, S::Failed, S::Held, S::Initiated, S::Null, S::Queued])?)
}

fn parties(u: U<'_, '_>) -> Result<Vec<PhoneParty>> {
    (0..u.int_in_range(0..=3u8)?)
        .map(|_| {
            let id = format!("p{}", u.int_in_range(0..=3u8)?).as_str().into();
            Ok(PhoneParty { id, party: party(u)?, state: state(u)?, held_by: side(u)?, muted: u.arbitrary()? })
        })
        .collect()
}

fn record(u: U<'_, '_>) -> Result<RecordRef> {
    let id = *u.choose(&["003A", "00QB", "001C", ""])?;
    Ok(RecordRef { id: id.into(), object: String::new(), name: private(u)?, partner: None })
}

fn command(u: U<'_, '_>) -> Result<AgentCommand> {
    use AgentCommand as A;
    Ok(match u.int_in_range(0..=40u8)? {
        0 => A::Alternate(id(u)?),
        1 | 2 => A::Answer(id(u)?),
        3 => A::Clear(id(u)?),
        4 => A::ClearCall(id(u)?),
        5 => A::ClearParty(id(u)?, party_id(u)?),
        6 => A::Conference(id(u)?, id(u)?),
        7 => A::Consult { call: id(u)?, number: private(u)? },
        8 => A::Decline(id(u)?),
        9 => A::DeclineNotReady(id(u)?, text(u)?),
        10 => A::Deflect(id(u)?, private(u)?),
        11 => A::Dial { number: private(u)?, source: DialSource::DialPad },
        12 => A::Dismiss(u.arbitrary()?),
        13 => A::ExtendWrapUp(id(u)?),
        14 => A::FinishWrapUp(id(u)?),
        15 => A::ForceEnd(id(u)?),
        16 => A::Hold(id(u)?),
        17 => A::HoldParty(id(u)?, party_id(u)?),
        18 => A::Mute(id(u)?, u.arbitrary()?),
        19 => A::MuteParty(id(u)?, party_id(u)?, u.arbitrary()?),
        20 => A::Reconnect(id(u)?),
        21 => A::Retrieve(id(u)?),
        22 => A::RetrieveParty(id(u)?, party_id(u)?),
        23 => A::Select(id(u)?, Some(record(u)?)),
        24 => A::SendDigits(id(u)?, private(u)?),
        25 => A::SetNotes(id(u)?, private(u)?),
        26 => A::SetNotReady(text(u)?),
        27 => A::SetReady,
        28 => A::SetRecording(id(u)?, recording(u)?),
        29 => A::SingleStepConference(id(u)?, private(u)?),
        30 => A::SingleStepTransfer(id(u)?, private(u)?),
        31 => A::Transfer(id(u)?, id(u)?),
        32 => A::DiscardLog(key(u)?),
        33 => A::DropWanted,
        34 => A::PopNow(id(u)?),
        35 => A::RelateLog(key(u)?, Some(record(u)?)),
        36 => A::ResendLog(key(u)?),
        37 => A::SetDisposition(id(u)?, Some(text(u)?)),
        38 => A::SetLogDisposition(key(u)?, Some(text(u)?)),
        39 => A::SetLogNotes(key(u)?, private(u)?),
        _ => A::UseWanted(*u.choose(&WantedUse::ALL)?),
    })
}

fn report(u: U<'_, '_>) -> Result<PhoneReport> {
    use PhoneReport as R;
    Ok(match u.int_in_range(0..=26u8)? {
        0 => R::Account { identity: private(u)? },
        1 => R::AgentState { ready: u.arbitrary()?, reason: text(u)? },
        2 => R::Conferenced { calls: vec![name(u)?, name(u)?], call: name(u)?, parties: parties(u)? },
        3 => R::ConnectionCleared { call: name(u)?, cause: cause(u)? },
        4..=6 => R::Delivered {
            call: name(u)?,
            from: party(u)?,
            called: private(u)?,
            queue: text(u)?,
            segment: private(u)?,
            kind: kind(u)?,
            record: text(u)?,
            owns_log: u.arbitrary()?,
        },
        7 => R::DigitsGenerated { call: name(u)?, digits: private(u)? },
        8 => R::Done { request: request(u)? },
        9 | 10 => R::Established { call: name(u)?, party: None },
        11 => R::Failed { call: name(u)?, cause: cause(u)? },
        12 => R::Held { call: name(u)?, by: side(u)? },
        13 => R::Media { media: MediaState::Denied },
        14 => R::Muted { call: name(u)?, on: u.arbitrary()? },
        15 => R::NetworkReached { call: name(u)?, early_media: u.arbitrary()? },
        16 => R::Originated { request: request(u)?, call: name(u)? },
        17 => R::Parties { call: name(u)?, parties: parties(u)? },
        18 => R::RecordingChanged { call: name(u)?, state: recording(u)? },
        19 => R::Refused {
            request: request(u)?,
            reason: *u.choose(&[RefusedReason::NotNow, RefusedReason::UnknownCall])?,
            detail: private(u)?,
        },
        20 => R::Retrieved { call: name(u)?, by: side(u)? },
        21 => R::Service { state: *u.choose(&[PhoneState::Ready, PhoneState::Reconnecting, PhoneState::Stopped])?, detail: private(u)? },
        22 => R::Sync { calls: (0..u.int_in_range(0..=3u8)?).map(|_| phone_call(u)).collect::<Result<_>>()? },
        23 => R::TransferFailed { call: name(u)?, cause: cause(u)?, held: u.arbitrary()? },
        24 => R::Quality { call: name(u)?, mos_hundredths: u.arbitrary()? },
        25 => R::RecordingReference { call: name(u)?, reference: private(u)? },
        _ => R::Transferred {
            call: name(u)?,
            by: side(u)?,
            other: Some(name(u)?),
            party: Some(party(u)?),
            kind: Some(kind(u)?),
            record: text(u)?,
        },
    })
}

fn phone_call(u: U<'_, '_>) -> Result<PhoneCall> {
    Ok(PhoneCall {
        call: name(u)?,
        party: party(u)?,
        called: private(u)?,
        queue: text(u)?,
        segment: text(u)?.into(),
        kind: kind(u)?,
        direction: *u.choose(&[Direction::In, Direction::Out])?,
        state: state(u)?,
        far_state: state(u)?,
        muted: u.arbitrary()?,
        age_ms: u.arbitrary()?,
        answered_ms: u.arbitrary()?,
        record: text(u)?,
        parties: parties(u)?,
        recording: recording(u)?,
        consults: if u.arbitrary()? { Some(name(u)?) } else { None },
        owns_log: u.arbitrary()?,
    })
}

fn crm(u: U<'_, '_>) -> Result<CrmReport> {
    use CrmReport as R;
    Ok(match u.int_in_range(0..=16u8)? {
        0 => R::ClickToDial { number: private(u)?, record: Some(record(u)?) },
        1 => R::Failed { request: request(u)?, failure: failure(u)? },
        2 => R::Found { request: request(u)?, records: vec![record(u)?, record(u)?], fields: Vec::new(), opens: u.arbitrary()? },
        3 | 4 => R::Saved { request: request(u)?, record: text(u)? },
        5 => R::Popped { request: request(u)? },
        6 => R::Cases { request: request(u)?, cases: vec![record(u)?] },
        7 => R::CallAsked { asked: text(u)?, number: private(u)?, record: Some(record(u)?) },
        8 => R::Identity { user: if u.arbitrary()? { Some(private(u)?) } else { None } },
        9 => R::LogFound { request: request(u)?, record: if u.arbitrary()? { Some(text(u)?) } else { None } },
        10 => R::MayCall { request: request(u)?, answer: may_call(u)? },
        11 => R::Navigated(if u.arbitrary()? { Some(record(u)?) } else { None }),
        12 => R::Window(u.arbitrary()?),
        13 => R::WorkDone { request: request(u)? },
        14 => R::WorkStarted { work: text(u)?, to: private(u)? },
        _ => R::State(*u.choose(&[CrmState::Ready, CrmState::NotAnswering, CrmState::Unavailable])?),
    })
}

fn failure(u: U<'_, '_>) -> Result<CrmFailure> {
    Ok(match u.int_in_range(0..=2u8)? {
        0 => CrmFailure::NoReply,
        1 => CrmFailure::NotSent,
        _ => CrmFailure::Refused { code: text(u)?, detail: private(u)?, fields: vec![text(u)?] },
    })
}

fn may_call(u: U<'_, '_>) -> Result<MayCall> {
    Ok(match u.int_in_range(0..=2u8)? {
        0 => MayCall::Allowed,
        1 => MayCall::Flagged { record: record(u)? },
        _ => MayCall::Unknown,
    })
}

fn settings(u: U<'_, '_>) -> Result<Settings> {
    let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    settings.calls.lines = u.arbitrary()?;
    settings.wrap_up.limit_seconds = u.arbitrary()?;
    settings.wrap_up.seconds.inbound = u.arbitrary()?;
    settings.wrap_up.mandatory.inbound = u.arbitrary()?;
    settings.wrap_up.after_failed_outbound = u.arbitrary()?;
    settings.calls.auto_answer.inbound = u.arbitrary()?;
    settings.log.consultation = u.arbitrary()?;
    settings.dialing.internal_length = u.arbitrary()?;
    Ok(settings)
}
