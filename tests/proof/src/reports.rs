//! Reports by name: which calls they speak of, and every one there is, told as a lie.

use std::collections::BTreeSet;

use hookswitch_core::{
    CallId, CallKind, Capabilities, Cause, ConnectionState, Direction, MediaState, Party, PhoneCall, PhoneParty, PhoneRef, PhoneReport,
    PhoneState, Private, Recording, RefusedReason, RequestId, Side,
};

use crate::{switch::reference, world::World};

/// A list of calls is two things: news of those in it, and of those that are not.
pub const SYNC: [&str; 2] = ["Sync, listed", "Sync, not listed"];

/// The kind of a report, as the code calls it.
pub(crate) fn kind(report: &PhoneReport) -> String {
    format!("{report:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// The calls a report speaks of, by the phone system's names. Those in a list of calls are not among them.
pub(crate) fn names(report: &PhoneReport) -> Vec<&PhoneRef> {
    match report {
        PhoneReport::Conferenced { calls, call, .. } => calls.iter().chain([call]).collect(),
        PhoneReport::ConnectionCleared { call, .. }
        | PhoneReport::Delivered { call, .. }
        | PhoneReport::DigitsGenerated { call, .. }
        | PhoneReport::Established { call, .. }
        | PhoneReport::Failed { call, .. }
        | PhoneReport::Held { call, .. }
        | PhoneReport::Muted { call, .. }
        | PhoneReport::NetworkReached { call, .. }
        | PhoneReport::Originated { call, .. }
        | PhoneReport::Parties { call, .. }
        | PhoneReport::Quality { call, .. }
        | PhoneReport::RecordingChanged { call, .. }
        | PhoneReport::RecordingReference { call, .. }
        | PhoneReport::Retrieved { call, .. }
        | PhoneReport::TransferFailed { call, .. } => vec![call],
        PhoneReport::Transferred { call, other, .. } => [call].into_iter().chain(other).collect(),
        _ => Vec::new(),
    }
}

/// The request a report answers.
const fn answers(report: &PhoneReport) -> Option<RequestId> {
    match report {
        PhoneReport::Done { request } | PhoneReport::Originated { request, .. } | PhoneReport::Refused { request, .. } => Some(*request),
        _ => None,
    }
}

/// It is about no call: it comes to all of them.
const fn is_about_all(report: &PhoneReport) -> bool {
    matches!(
        report,
        PhoneReport::Account { .. }
            | PhoneReport::AgentState { .. }
            | PhoneReport::Capabilities { .. }
            | PhoneReport::Media { .. }
            | PhoneReport::Service { .. }
    )
}

/// The phases of the calls a report is about, each with the report's kind: what it names, what was asked about it, or, if it is about no call, all.
pub(crate) fn pairs(world: &World, report: &PhoneReport) -> Vec<(String, String)> {
    let phases = |of: &dyn Fn(CallId) -> bool| -> Vec<String> {
        world.snapshot.calls.iter().filter(|call| of(call.id)).map(|call| format!("{:?}", call.phase)).collect()
    };
    let all = |phases: Vec<String>, kind: &str| phases.into_iter().map(|phase| (phase, kind.to_owned())).collect::<Vec<_>>();
    if let PhoneReport::Sync { calls } = report {
        let listed = world.segments.named(&calls.iter().map(|call| &call.call).collect::<Vec<_>>(), None, &world.phone);
        let mut pairs = all(phases(&|id| listed.contains(&id)), SYNC[0]);
        pairs.extend(all(phases(&|id| !listed.contains(&id)), SYNC[1]));
        return pairs;
    }
    let named: BTreeSet<CallId> = world.segments.named(&names(report), answers(report), &world.phone);
    all(phases(&|id| is_about_all(report) || named.contains(&id)), &kind(report))
}

fn nobody() -> Party {
    Party { number: "+14155550199".into(), name: "".into() }
}

/// One of each kind, about each call, and about everything that was asked of each.
pub(crate) fn lies(world: &World) -> Vec<PhoneReport> {
    let known = world.phone.known();
    let mut requests: BTreeSet<RequestId> = known.iter().flat_map(|known| known.requests.clone()).collect();
    requests.extend(world.segments.last_requests().into_values());
    // The first was a question about no call.
    requests.insert(RequestId(1));
    let mut lies = about_all();
    for request in &requests {
        let request = *request;
        lies.push(PhoneReport::Done { request });
        lies.extend([RefusedReason::NotNow, RefusedReason::UnknownCall].map(|reason| PhoneReport::Refused {
            request,
            reason,
            detail: "".into(),
        }));
        lies.push(PhoneReport::Originated { request, call: reference(world.switch.count) });
    }
    for name in 0..world.switch.count {
        lies.extend(about(name));
        // The last is most likely a dialed call's.
        lies.extend(requests.last().map(|request| PhoneReport::Originated { request: *request, call: reference(name) }));
    }
    let everybody = |state| PhoneReport::Sync { calls: (0..world.switch.count).map(|name| listed(name, state)).collect() };
    lies.extend([ConnectionState::Alerting, ConnectionState::Connected, ConnectionState::Held].map(everybody));
    lies
}

fn about_all() -> Vec<PhoneReport> {
    use PhoneState::{Connecting, Failed, Ready, Reconnecting, Stopped};

    let mut lies = vec![
        PhoneReport::Account { identity: "1001".into() },
        PhoneReport::AgentState { ready: true, reason: String::new() },
        PhoneReport::AgentState { ready: false, reason: "Lunch".into() },
        PhoneReport::Capabilities { capabilities: Capabilities::default() },
        PhoneReport::Capabilities { capabilities: Capabilities::all() },
        PhoneReport::Media { media: MediaState::Denied },
        PhoneReport::Sync { calls: Vec::new() },
    ];
    let service = |state| PhoneReport::Service { state, detail: Private::default() };
    lies.extend([Connecting, Failed, Ready, Reconnecting, Stopped].map(service));
    lies
}

fn about(name: usize) -> [PhoneReport; 20] {
    let call = || reference(name);
    let party = PhoneParty { id: "p9".into(), party: nobody(), state: ConnectionState::Connected, held_by: Side::Agent, muted: false };
    let transferred = |by| PhoneReport::Transferred { call: call(), by, other: None, party: None, kind: None, record: String::new() };
    [
        PhoneReport::Conferenced { calls: vec![call(), reference(name + 1)], call: call(), parties: vec![party.clone()] },
        PhoneReport::ConnectionCleared { call: call(), cause: Cause::Normal },
        PhoneReport::Delivered {
            call: call(),
            from: nobody(),
            called: "".into(),
            queue: String::new(),
            segment: "".into(),
            kind: CallKind::Inbound,
            record: String::new(),
            owns_log: true,
        },
        PhoneReport::DigitsGenerated { call: call(), digits: "1".into() },
        PhoneReport::Established { call: call(), party: None },
        PhoneReport::Failed { call: call(), cause: Cause::Busy },
        PhoneReport::Held { call: call(), by: Side::Agent },
        PhoneReport::Held { call: call(), by: Side::Party },
        PhoneReport::Muted { call: call(), on: true },
        PhoneReport::NetworkReached { call: call(), early_media: true },
        PhoneReport::Parties { call: call(), parties: Vec::new() },
        PhoneReport::Parties { call: call(), parties: vec![party.clone(), party] },
        PhoneReport::Quality { call: call(), mos_hundredths: 420 },
        PhoneReport::RecordingChanged { call: call(), state: Recording::On },
        PhoneReport::RecordingReference { call: call(), reference: "r1".into() },
        PhoneReport::Retrieved { call: call(), by: Side::Agent },
        PhoneReport::Retrieved { call: call(), by: Side::Party },
        PhoneReport::TransferFailed { call: call(), cause: Cause::Busy, held: true },
        transferred(Side::Agent),
        transferred(Side::Party),
    ]
}

fn listed(name: usize, state: ConnectionState) -> PhoneCall {
    PhoneCall {
        call: reference(name),
        party: nobody(),
        called: Private::default(),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Inbound,
        direction: Direction::In,
        state,
        far_state: ConnectionState::Connected,
        muted: false,
        age_ms: 0,
        answered_ms: None,
        record: String::new(),
        parties: Vec::new(),
        recording: Recording::Off,
        consults: None,
        owns_log: true,
    }
}
