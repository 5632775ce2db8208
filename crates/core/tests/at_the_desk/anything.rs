//! Whatever order things happen in: sentences that always hold.

use hookswitch_core::{
    AgentCommand, CallId, Cause, CommandKind, CrmFailure, CrmReport, CrmState, DialSource, Input, Output, PhoneReport, PhoneState,
    RefusedReason, RequestId, Side, Snapshot, Sound,
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
        4 => (0..14u8, 1..6u32).prop_map(|(what, call)| Step::Agent(what, call)),
        2 => (0..6u8).prop_map(Step::Crm),
        5 => (0..14u8, 0..3u8).prop_map(|(what, call)| Step::Phone(what, call)),
        1 => prop_oneof![Just(1), Just(5_000), Just(61_000), Just(400_000)].prop_map(Step::Time),
    ];
    prop::collection::vec(step, 0..60)
}

fn agent_command(what: u8, call: u32) -> AgentCommand {
    let id = CallId(call);
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
        _ => AgentCommand::SetReady,
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
        _ => PhoneReport::Service { state: PhoneState::Ready, detail: "".into() },
    }
}

fn crm_report(what: u8, request: RequestId) -> CrmReport {
    match what {
        0 => CrmReport::State(CrmState::Ready),
        1 => CrmReport::State(CrmState::Unavailable),
        2 => CrmReport::Found { request, records: vec![contact("003A")] },
        3 => CrmReport::Saved { request, record: "00T1".into() },
        4 => CrmReport::Failed { request, failure: CrmFailure::NoReply },
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

/// Every command the snapshot lists as allowed is accepted, and no other.
fn check_allowed(desk: &Desk) -> Result<(), TestCaseError> {
    for call in desk.snapshot().calls {
        for (what, kind) in [
            (0, CommandKind::Answer),
            (1, CommandKind::Clear),
            (2, CommandKind::Decline),
            (3, CommandKind::Hold),
            (4, CommandKind::Retrieve),
            (7, CommandKind::FinishWrapUp),
            (8, CommandKind::ExtendWrapUp),
            (9, CommandKind::ForceEnd),
        ] {
            let mut copy = desk.phone.clone();
            let refused = copy.handle(desk.now, Input::Agent(agent_command(what, call.id.0))).err();
            prop_assert_eq!(call.refused(kind), refused.map(|refusal| refusal.code()), "{:?}", kind);
        }
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
        // With all further reports lost, time alone frees every line.
        desk.passes(1_000_000);
        let stuck = desk.snapshot().calls.into_iter().filter(|call| call.duration_s.is_none()).count();
        prop_assert_eq!(stuck, 0, "deadlines alone end every call");
    }
}
