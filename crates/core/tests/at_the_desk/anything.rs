//! Whatever order things happen in: sentences that always hold.

use hookswitch_core::{
    AgentCommand, CallId, CallKind, CallView, Cause, CommandKind, ConnectionState, CrmFailure, CrmReport, CrmState, DialSource, Direction,
    Input, MayCall, Output, Party, PartyId, PhoneCall, PhoneParty, PhoneReport, PhoneState, Recording, RefusedReason, RequestId, Side,
    Snapshot, Sound,
};
use proptest::prelude::*;

use crate::desk::{Desk, contact, delivered};

#[derive(Clone, Debug)]
enum Step {
    Agent(u8, u32),
    Crm(u8),
    Phone(u8, u8),
    Time(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..33u8, 1..6u32).prop_map(|(what, call)| Step::Agent(what, call)),
        2 => (0..13u8).prop_map(Step::Crm),
        5 => (0..24u8, 0..3u8).prop_map(|(what, call)| Step::Phone(what, call)),
        1 => prop_oneof![Just(1), Just(5_000), Just(61_000), Just(400_000)].prop_map(Step::Time),
    ];
    prop::collection::vec(step, 0..60)
}

fn agent_command(what: u8, call: u32) -> AgentCommand {
    let (id, next) = (CallId(call), CallId(call + 1));
    match what {
        0 => AgentCommand::Answer(id),
        1 => AgentCommand::Clear(id),
        2 => AgentCommand::Decline(id),
        3 => AgentCommand::Hold(id),
        4 => AgentCommand::Retrieve(id),
        5 => AgentCommand::Mute(id, true),
        6 => AgentCommand::SendDigits(id, "1".into()),
        7 => AgentCommand::FinishWrapUp(id),
        8 => AgentCommand::ExtendWrapUp(id),
        9 => AgentCommand::ForceEnd(id),
        10 => AgentCommand::SetNotes(id, "n".into()),
        11 => AgentCommand::Dial { number: "4155550123".into(), source: DialSource::DialPad },
        12 => AgentCommand::SetNotReady("Lunch".into()),
        13 => AgentCommand::SetReady,
        14 => AgentCommand::Alternate(id),
        15 => AgentCommand::ClearCall(id),
        16 => AgentCommand::ClearParty(id, PartyId(2)),
        17 => AgentCommand::Conference(id, next),
        18 => AgentCommand::Consult { call: id, number: "1002".into() },
        19 => AgentCommand::DeclineNotReady(id, "Lunch".into()),
        20 => AgentCommand::Deflect(id, "1003".into()),
        21 => AgentCommand::HoldParty(id, PartyId(2)),
        22 => AgentCommand::MuteParty(id, PartyId(1), true),
        23 => AgentCommand::Reconnect(id),
        24 => AgentCommand::RetrieveParty(id, PartyId(2)),
        25 => AgentCommand::SetRecording(id, Recording::On),
        26 => AgentCommand::SingleStepConference(id, "1003".into()),
        27 => AgentCommand::SingleStepTransfer(id, "1003".into()),
        28 => AgentCommand::Transfer(id, next),
        29 => AgentCommand::SetDisposition(id, None),
        30 => AgentCommand::Select(id, None),
        31 => AgentCommand::PopNow(id),
        _ => AgentCommand::Conference(next, id),
    }
}

fn phone_report(what: u8, name: &str, request: RequestId) -> PhoneReport {
    let call = || name.into();
    match what {
        0..=2 => delivered(name, "+14155550100"),
        3 | 4 => PhoneReport::Established { call: call(), party: None },
        5 => PhoneReport::Held { call: call(), by: Side::Agent },
        6 => PhoneReport::Retrieved { call: call(), by: Side::Agent },
        7 => PhoneReport::ConnectionCleared { call: call(), cause: Cause::Normal },
        8 => PhoneReport::Failed { call: call(), cause: Cause::Busy },
        9 => PhoneReport::Originated { request, call: call() },
        10 => PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: "".into() },
        11 => PhoneReport::Sync { calls: vec![] },
        12 => PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() },
        13 => PhoneReport::Service { state: PhoneState::Ready, detail: "".into() },
        14 => PhoneReport::Conferenced { calls: vec!["a".into(), "b".into()], call: call(), parties: vec![somebody("p1"), somebody("p2")] },
        15 => PhoneReport::Parties { call: call(), parties: vec![somebody("p1"), somebody("p1"), somebody("p3")] },
        16 => PhoneReport::Parties { call: call(), parties: vec![] },
        17 => transferred(name, Side::Agent),
        18 => transferred(name, Side::Party),
        19 => PhoneReport::TransferFailed { call: call(), cause: Cause::Busy, held: true },
        20 => PhoneReport::RecordingChanged { call: call(), state: Recording::Paused },
        21 => PhoneReport::Refused { request, reason: RefusedReason::UnknownCall, detail: "".into() },
        // Two calls of one name, one of them a conference, about calls that need not exist.
        22 => PhoneReport::Sync { calls: vec![listed(name, vec![]), listed("b", vec![somebody("p1"), somebody("p2")])] },
        _ => PhoneReport::NetworkReached { call: call(), early_media: false },
    }
}

fn somebody(id: &str) -> PhoneParty {
    PhoneParty { id: id.into(), party: Party::default(), state: ConnectionState::Connected, held_by: Side::Agent, muted: false }
}

fn transferred(name: &str, by: Side) -> PhoneReport {
    PhoneReport::Transferred {
        call: name.into(),
        by,
        other: Some("b".into()),
        party: Some(Party { number: "1004".into(), ..Party::default() }),
        kind: None,
        record: String::new(),
    }
}

fn listed(name: &str, parties: Vec<PhoneParty>) -> PhoneCall {
    PhoneCall {
        call: name.into(),
        party: Party { number: "1002".into(), ..Party::default() },
        called: "".into(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Internal,
        direction: Direction::Out,
        state: ConnectionState::Connected,
        far_state: ConnectionState::Connected,
        muted: false,
        age_ms: u64::MAX,
        answered_ms: Some(4_000),
        record: String::new(),
        parties,
        recording: Recording::On,
        consults: Some("a".into()),
        owns_log: false,
    }
}

fn crm_report(what: u8, request: RequestId) -> CrmReport {
    match what {
        0 => CrmReport::State(CrmState::Ready),
        1 => CrmReport::State(CrmState::Unavailable),
        2 => CrmReport::Found { request, records: vec![contact("003A")], fields: Vec::new(), opens: true },
        3 => CrmReport::Saved { request, record: "00T1".into() },
        4 => CrmReport::Failed { request, failure: CrmFailure::NoReply },
        5 => CrmReport::CallAsked { asked: "a1".into(), number: "4155550177".into(), record: None },
        6 => CrmReport::MayCall { request, answer: MayCall::Flagged { record: contact("003C") } },
        7 => CrmReport::WorkStarted { work: "0Wk1".into(), to: "4155550199".into() },
        8 => CrmReport::Window(true),
        9 => CrmReport::Window(false),
        10 => CrmReport::Popped { request },
        11 => CrmReport::Navigated(None),
        _ => CrmReport::ClickToDial { number: "4155550199".into(), record: Some(contact("003B")) },
    }
}

/// Sentences about one moment.
fn check(snapshot: &Snapshot) -> Result<(), TestCaseError> {
    let rings = snapshot.calls.iter().any(|call| call.refused(CommandKind::Answer).is_none());
    let may_ring = snapshot.calls.iter().any(|call| call.phase == hookswitch_core::Phase::Alerting);
    let sounds = matches!(snapshot.sound, Sound::Ring | Sound::CallWaiting | Sound::AutoAnswer);
    prop_assert_eq!(sounds, may_ring, "it rings if and only if a call alerts");
    prop_assert!(!rings || may_ring, "only what alerts can be answered");
    Ok(())
}

/// A command of this kind with an argument that is right.
fn sample(kind: CommandKind, call: &CallView) -> Option<AgentCommand> {
    let id = call.id;
    Some(match kind {
        CommandKind::Alternate => AgentCommand::Alternate(id),
        CommandKind::Answer => AgentCommand::Answer(id),
        CommandKind::Clear => AgentCommand::Clear(id),
        CommandKind::ClearCall => AgentCommand::ClearCall(id),
        CommandKind::Consult => AgentCommand::Consult { call: id, number: "1002".into() },
        CommandKind::Decline => AgentCommand::Decline(id),
        CommandKind::Deflect => AgentCommand::Deflect(id, "1003".into()),
        CommandKind::ExtendWrapUp => AgentCommand::ExtendWrapUp(id),
        CommandKind::FinishWrapUp => AgentCommand::FinishWrapUp(id),
        CommandKind::ForceEnd => AgentCommand::ForceEnd(id),
        CommandKind::Hold => AgentCommand::Hold(id),
        CommandKind::Mute => AgentCommand::Mute(id, !call.muted),
        CommandKind::PopNow => AgentCommand::PopNow(id),
        CommandKind::Reconnect => AgentCommand::Reconnect(id),
        CommandKind::Retrieve => AgentCommand::Retrieve(id),
        CommandKind::Select => AgentCommand::Select(id, None),
        CommandKind::SendDigits => AgentCommand::SendDigits(id, "1".into()),
        CommandKind::SetRecording => {
            AgentCommand::SetRecording(id, if call.recording == Recording::On { Recording::Off } else { Recording::On })
        }
        CommandKind::SingleStepConference => AgentCommand::SingleStepConference(id, "1003".into()),
        CommandKind::SingleStepTransfer => AgentCommand::SingleStepTransfer(id, "1003".into()),
        CommandKind::Write => AgentCommand::SetDisposition(id, None),
        _ => return None,
    })
}

fn party_sample(kind: CommandKind, id: CallId, party: PartyId, muted: bool) -> Option<AgentCommand> {
    Some(match kind {
        CommandKind::ClearParty => AgentCommand::ClearParty(id, party),
        CommandKind::HoldParty => AgentCommand::HoldParty(id, party),
        CommandKind::MuteParty => AgentCommand::MuteParty(id, party, !muted),
        CommandKind::RetrieveParty => AgentCommand::RetrieveParty(id, party),
        _ => return None,
    })
}

/// Every command the snapshot lists as allowed is accepted, and no other: of a call, of a party, of two calls.
fn check_allowed(desk: &Desk) -> Result<(), TestCaseError> {
    let agrees = |command: Option<AgentCommand>, listed: Option<&'static str>| {
        prop_assert!(command.is_some(), "a listed kind without a sample");
        let answer = command.and_then(|command| desk.phone.clone().handle(desk.now, Input::Agent(command.clone())).err());
        prop_assert_eq!(listed, answer.map(|refusal| refusal.code()));
        Ok(())
    };
    for call in &desk.snapshot().calls {
        for allowed in &call.commands {
            agrees(sample(allowed.command, call), allowed.refused)?;
        }
        for connection in &call.connections {
            for allowed in &connection.commands {
                let party = connection.id.map(|party| party_sample(allowed.command, call.id, party, connection.muted));
                agrees(party.flatten(), allowed.refused)?;
            }
        }
        for other in &call.others {
            agrees(Some(AgentCommand::Conference(call.id, other.call)), other.conference)?;
            agrees(Some(AgentCommand::Transfer(call.id, other.call)), other.transfer)?;
        }
    }
    Ok(())
}

/// Read back from what serde wrote, it goes on exactly as the one that was written.
fn check_read_back(desk: &Desk) -> Result<(), TestCaseError> {
    let written = serde_json::to_string(&desk.phone).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
    let mut read: hookswitch_core::Softphone = serde_json::from_str(&written).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
    let mut same = desk.phone.clone();
    let later = hookswitch_core::Now { mono: desk.now.mono + 61_000, wall: desk.now.wall + 61_000, ..desk.now };
    for input in [Input::Phone(delivered("z", "+14155550177")), Input::Agent(AgentCommand::SetReady), Input::Tick] {
        prop_assert_eq!(same.handle(later, input.clone()), read.handle(later, input));
        let outputs = |phone: &mut hookswitch_core::Softphone| std::iter::from_fn(|| phone.poll()).collect::<Vec<_>>();
        prop_assert_eq!(outputs(&mut same), outputs(&mut read));
        prop_assert_eq!(same.snapshot(), read.snapshot());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_sentences_hold(steps in steps()) {
        let mut desk = Desk::new();
        let mut created = Vec::new();
        for step in steps {
            let request = desk.last_request;
            let _refused_or_not = match step {
                Step::Agent(what, call) => desk.try_agent(agent_command(what, call)),
                Step::Crm(what) => desk.try_put(Input::Crm(crm_report(what, request))),
                Step::Phone(what, call) => desk.try_put(Input::Phone(phone_report(what, ["a", "b", "c"][usize::from(call)], request))),
                Step::Time(ms) => { desk.passes(ms); Ok(()) }
            };
            for output in desk.seen.drain(..) {
                if let Output::Crm { command: hookswitch_core::CrmCommand::SaveLog { key, record: None, .. }, .. } = output {
                    prop_assert!(!created.contains(&key), "a log is created once");
                    created.push(key);
                }
            }
            check(&desk.snapshot())?;
            check_allowed(&desk)?;
        }
        check_read_back(&desk)?;
        // With all further reports lost, time alone frees every line.
        desk.passes(1_000_000);
        let stuck = desk.snapshot().calls.into_iter().filter(|call| call.duration_s.is_none()).count();
        prop_assert_eq!(stuck, 0, "deadlines alone end every call");
    }
}
