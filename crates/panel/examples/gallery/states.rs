//! Hand-made snapshots, one per state worth looking at; the DOM tests use them, too.

use hookswitch_core::{
    AgentState, AgentView, Allowed, CallFact, CallId, CallKind, CallView, Cause, CommandKind, ConnectionState, ConnectionView, CrmState,
    CrmView, Direction, DraftView, LegView, LogKey, LogPlace, LogState, LogView, MediaState, PageView, Party, PartyId, Phase, PhoneState,
    PhoneView, Private, Problem, ProblemKind, RecordRef, RecordSource, Recording, RefusedReason, Snapshot, Sound, WrapUpView,
};
use hookswitch_shell::{NoSettings, SettingProblem, SettingsSource, SignIn, Stage, Status};

use crate::several;

/// Names of all states but those of [`several`].
pub(crate) const NAMES: [&str; 23] = [
    "starting",
    "frame-refused",
    "other-tab",
    "no-phone",
    "sign-in",
    "sign-in-refused",
    "idle",
    "idle-not-ready",
    "idle-offline",
    "ringing",
    "ringing-unknown",
    "ringing-matches",
    "answering",
    "dialing",
    "connected",
    "muted",
    "held",
    "clearing",
    "wrap-up",
    "wrap-up-mandatory",
    "problems",
    "logs",
    "notices",
];

/// The state of that name, at `now`.
pub(crate) fn state(name: &str, now: u64) -> Option<(Snapshot, Status)> {
    let mut snapshot = idle();
    let mut status = running();
    let mut add = |call: CallView| {
        snapshot.agent.state = if call.phase == Phase::WrapUp { AgentState::WorkingAfterCall } else { AgentState::Busy };
        snapshot.dial = Some("busy");
        snapshot.calls.push(call);
    };
    match name {
        "starting" => status.settings = SettingsSource::Waiting,
        "frame-refused" => {
            let words = "This page is not on the list of org hosts. Ask your admin to add acme.lightning.force.com to org-hosts.json.";
            status.stage = Stage::FrameRefused { code: "notListed", words: words.into() };
        }
        "other-tab" => status.stage = Stage::OtherTab,
        "no-phone" => {
            snapshot.phone.provided = false;
            status.settings = SettingsSource::None(NoSettings::Empty);
            let words = "\"spi\" is no provider. Write simulated, sip, or an https address.".to_owned();
            status.setting_problems = vec![SettingProblem { item: "hsPhone/hsProvider".into(), words }];
            status.support_contact = "help desk, 4711".into();
        }
        "sign-in" => status.sign_in = SignIn::Wanted,
        "sign-in-refused" => status.sign_in = SignIn::Refused,
        "idle" => {}
        "idle-not-ready" => {
            snapshot.agent.state = AgentState::NotReady { reason: "Lunch".into() };
            snapshot.phone.simulated = true;
        }
        "idle-offline" => {
            snapshot.phone.state = PhoneState::Reconnecting;
            snapshot.dial = Some("offline");
            status.sound_blocked = true;
        }
        "ringing" => add(ringing(now)),
        "ringing-unknown" => {
            let mut call = ringing(now);
            call.connections[1].party.name = Private::default();
            (call.record, call.record_source) = (None, None);
            call.matches.clear();
            call.queue = String::new();
            add(call);
        }
        "ringing-matches" => add(with_matches(ringing(now))),
        "answering" => add(in_phase(ringing(now), Phase::Answering, &[])),
        "dialing" => {
            let mut call = in_phase(ringing(now), Phase::Delivered, &[CommandKind::Clear, CommandKind::Write]);
            (call.direction, call.kind, call.queue) = (Direction::Out, CallKind::Outbound, String::new());
            add(call);
        }
        "connected" => add(connected(now)),
        "muted" => add(CallView { muted: true, ..connected(now) }),
        "held" => {
            add(in_phase(connected(now), Phase::Held, &[CommandKind::Retrieve, CommandKind::Clear, CommandKind::Mute, CommandKind::Write]))
        }
        "clearing" => add(in_phase(connected(now), Phase::Clearing, &[CommandKind::ForceEnd, CommandKind::Write])),
        "wrap-up" => add(wrap_up(now)),
        "wrap-up-mandatory" => add(mandatory(wrap_up(now))),
        "problems" => snapshot.problems = problems(),
        "logs" => {
            snapshot.logs = logs();
            snapshot.recent = vec![saved_log(4).into(), LogView { record: None, record_source: None, ..saved_log(5) }.into()];
            snapshot.locked_logs = 2;
        }
        "notices" => {
            snapshot.phone.media = MediaState::NoDevice;
            snapshot.phone.simulated = true;
            status.settings = SettingsSource::Stored { age_ms: 7_200_000 };
            status.restarted = true;
            status.sound_blocked = true;
        }
        _ => snapshot = several::with_calls(several::calls(name, now)?),
    }
    Some((snapshot, status))
}

/// Ready, with everything in order.
pub(crate) fn idle() -> Snapshot {
    Snapshot {
        revision: 1,
        agent: AgentView {
            identity: "agent42".into(),
            pending: None,
            reasons: ["Break", "Lunch", "Meeting", "Training"].map(String::from).into(),
            since: 0,
            state: AgentState::Ready,
        },
        calls: Vec::new(),
        crm: CrmView { in_view: None, log_place: LogPlace::Task, state: CrmState::Ready },
        dial: None,
        locked_logs: 0,
        expiring: None,
        logs: Vec::new(),
        phone: PhoneView {
            blind_transfer_returns: true,
            calls_survive_reload: true,
            detail: Private::default(),
            media: MediaState::Usable,
            provided: true,
            simulated: false,
            state: PhoneState::Ready,
        },
        problems: Vec::new(),
        recent: Vec::new(),
        sound: Sound::Silence,
        wanted: None,
    }
}

/// The phone runs here, with settings from Salesforce.
pub(crate) fn running() -> Status {
    Status { stage: Stage::Running, settings: SettingsSource::Live, ..Status::default() }
}

/// A known caller rings.
pub(crate) fn ringing(now: u64) -> CallView {
    let ada = record("003000000000001AAA", "Contact", "Ada Lovelace");
    CallView {
        id: CallId(1),
        answered: None,
        auto_answer: None,
        began: now.saturating_sub(4_000),
        called: "+1 415 555 0199".into(),
        cases: Vec::new(),
        cause: None,
        commands: allowed(&[CommandKind::Answer, CommandKind::Decline, CommandKind::Select, CommandKind::Write]),
        connections: vec![
            connection(true, "", "agent42", ConnectionState::Alerting),
            connection(false, "+1 415 555 0142", "Ada Lovelace", ConnectionState::Connected),
        ],
        consultation: false,
        consults: None,
        digits: Private::default(),
        direction: Direction::In,
        draft: DraftView {
            disposition: None,
            dispositions: ["Resolved", "Follow-up", "Transferred", "Wrong number"].map(String::from).into(),
            notes: Private::default(),
        },
        duration_s: None,
        facts: vec![CallFact::Ani, CallFact::Dnis, CallFact::Queue, CallFact::Segment],
        fields: Vec::new(),
        kind: CallKind::Inbound,
        logged: true,
        legs: vec![LegView { party: party("+1 415 555 0142", "Ada Lovelace"), since: now.saturating_sub(4_000), until: None }],
        matches: vec![ada.clone()],
        muted: false,
        others: Vec::new(),
        page: PageView::Quiet,
        phase: Phase::Alerting,
        queue: "Sales EMEA".into(),
        segment: "Gold".into(),
        record: Some(ada),
        record_source: Some(RecordSource::Matched),
        recording: Recording::Off,
        searching: false,
        wrap_up: None,
    }
}

/// The same with two records to choose from.
pub(crate) fn with_matches(call: CallView) -> CallView {
    let twin = record("003000000000002AAA", "Contact", "Ada King");
    let account = record("001000000000003AAA", "Account", "Analytical Engines Ltd");
    CallView { record: None, record_source: None, matches: [call.matches.clone(), vec![twin, account]].concat(), ..call }
}

/// The same call, talking.
pub(crate) fn connected(now: u64) -> CallView {
    let commands =
        [CommandKind::Clear, CommandKind::Hold, CommandKind::Mute, CommandKind::Select, CommandKind::SendDigits, CommandKind::Write];
    let call = in_phase(ringing(now), Phase::Connected, &commands);
    CallView { answered: Some(now.saturating_sub(83_000)), digits: "42#".into(), ..call }
}

/// The same call, over.
pub(crate) fn wrap_up(now: u64) -> CallView {
    let commands = [CommandKind::ExtendWrapUp, CommandKind::FinishWrapUp, CommandKind::Select, CommandKind::Write];
    CallView {
        cause: Some(Cause::Normal),
        duration_s: Some(192),
        wrap_up: Some(WrapUpView { deadline: Some(now + 47_000), held_open: false, mandatory: false, since: now }),
        ..in_phase(connected(now), Phase::WrapUp, &commands)
    }
}

/// The same, with a disposition that must be chosen first.
pub(crate) fn mandatory(call: CallView) -> CallView {
    let mut call = call;
    call.wrap_up = call.wrap_up.map(|wrap_up| WrapUpView { mandatory: true, ..wrap_up });
    for allowed in &mut call.commands {
        if allowed.command == CommandKind::FinishWrapUp {
            allowed.refused = Some("dispositionMissing");
        }
    }
    call
}

/// `call` in another phase, with the commands that are allowed in it.
pub(crate) fn in_phase(mut call: CallView, phase: Phase, commands: &[CommandKind]) -> CallView {
    let own = &mut call.connections[0].state;
    *own = match phase {
        Phase::Connected | Phase::Delivered | Phase::Holding => ConnectionState::Connected,
        Phase::Held | Phase::Retrieving => ConnectionState::Held,
        Phase::Initiated => ConnectionState::Initiated,
        Phase::WrapUp => ConnectionState::Null,
        _ => *own,
    };
    CallView { phase, commands: allowed(commands), ..call }
}

/// Every command that concerns one call, refused unless it is among `commands`.
fn allowed(commands: &[CommandKind]) -> Vec<Allowed> {
    use CommandKind::{
        Alternate, Answer, Clear, ClearCall, Consult, Decline, Deflect, ExtendWrapUp, FinishWrapUp, ForceEnd, Hold, Mute, Reconnect,
        Retrieve, Select, SendDigits, SetRecording, SingleStepConference, SingleStepTransfer, Write,
    };
    let simple = [Answer, Clear, Decline, ExtendWrapUp, FinishWrapUp, ForceEnd, Hold, Mute, Retrieve, Select, SendDigits, Write];
    let more = [Alternate, ClearCall, Consult, Deflect, Reconnect, SetRecording, SingleStepConference, SingleStepTransfer];
    let refused = |command, code| Allowed { command, refused: (!commands.contains(&command)).then_some(code) };
    let simple = simple.into_iter().map(|command| refused(command, "notConnected"));
    // What not every phone system can do.
    simple.chain(more.into_iter().map(|command| refused(command, "notSupported"))).collect()
}

fn connection(agent: bool, number: &str, name: &str, state: ConnectionState) -> ConnectionView {
    let id = (!agent).then_some(PartyId(1));
    ConnectionView { agent, commands: Vec::new(), id, muted: false, party: party(number, name), state }
}

pub(crate) fn party(number: &str, name: &str) -> Party {
    Party { number: number.into(), name: name.into() }
}

fn record(id: &str, object: &str, name: &str) -> RecordRef {
    RecordRef { id: id.into(), object: object.into(), name: name.into(), partner: None }
}

fn problems() -> Vec<Problem> {
    let problem = |id, kind, number: &str| Problem { detail: Private::default(), id, kind, number: number.into() };
    vec![
        problem(1, ProblemKind::Missed, "+1 415 555 0142"),
        problem(2, ProblemKind::CallEnded { cause: Cause::Busy }, "+1 415 555 0177"),
        problem(3, ProblemKind::CommandRefused { command: CommandKind::Hold, reason: RefusedReason::NotNow }, ""),
        problem(4, ProblemKind::ClickRefused { code: "invalidNumber" }, ""),
    ]
}

fn logs() -> Vec<LogView> {
    let log = |count, state, subject: &str| LogView { state, subject: subject.into(), saved_as: None, writable: true, ..saved_log(count) };
    vec![
        log(1, LogState::Pending, "Call with Ada Lovelace, 3:12"),
        log(2, failed(), "Call with Grace Hopper, 0:48"),
        log(3, LogState::Unconfirmed, "Call with +1 415 555 0177, 1:05"),
        LogView { record: None, record_source: None, ..log(6, LogState::Unassociated, "Call with +1 415 555 0133, 2:40") },
        log(7, incomplete(), "Call with Edsger Dijkstra, 9:02"),
    ]
}

fn failed() -> LogState {
    LogState::Failed { detail: "Required fields are missing: [Region__c]".into(), fields: vec!["Region__c".into()] }
}

fn incomplete() -> LogState {
    LogState::Incomplete { detail: "Unable to create/update field: [Hold__c]".into(), fields: vec!["Hold__c".into()] }
}

/// A log that is in Salesforce, on Ada.
pub(crate) fn saved_log(count: u32) -> LogView {
    let ada = record("003000000000001AAA", "Contact", "Ada Lovelace");
    LogView {
        key: LogKey { seed: 7, count },
        draft: DraftView {
            disposition: None,
            dispositions: ["Resolved", "Follow-up"].map(String::from).into(),
            notes: "Wants the blue one.".into(),
        },
        offered: vec![ada.clone(), record("001000000000003AAA", "Account", "Analytical Engines Ltd")],
        place: LogPlace::Task,
        record: Some(ada),
        record_source: Some(RecordSource::Matched),
        saved_as: Some("00T000000000001AAA".into()),
        state: LogState::Saved,
        subject: "Inbound call with Ada Lovelace, 1:23".into(),
        writable: false,
    }
}
