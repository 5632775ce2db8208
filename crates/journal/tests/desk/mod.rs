//! A desk at which anything can happen, told by numbers: the same numbers, the same day.

mod agent;
mod house;
mod told;

use std::collections::VecDeque;

use agent::{allowed, command};
use hookswitch_core::{
    AgentCommand, CallKind, Cause, CrmCommand, CrmFailure, CrmReport, CrmState, Input, MayCall, MediaState, Now, Output, PhoneCommand,
    PhoneRef, PhoneReport, PhoneState, RefusedReason, RequestId, Side, Softphone, WantedUse,
};
use hookswitch_journal::{Journal, Limits, Step};
use house::{able, settings};
use told::{CALLS, NAMES, NOTES, NUMBERS, listed, party, record, somebody, transferred};

/// One thing that happens: what, and three details.
pub(crate) type Event = [u8; 4];

/// 2026-01-15T10:00:00Z.
const MORNING: u64 = 1_768_471_200_000;

pub(crate) struct Desk {
    pub(crate) journal: Journal,
    pub(crate) phone: Softphone,
    /// Everything that happened.
    pub(crate) steps: Vec<Step>,
    now: Now,
    stored: Vec<u8>,
    asked_phone: VecDeque<(RequestId, PhoneCommand)>,
    asked_crm: VecDeque<(RequestId, CrmCommand)>,
    last: RequestId,
    dialed: u32,
}

impl Desk {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            journal: Journal::new(limits),
            phone: Softphone::new(),
            steps: Vec::new(),
            now: Now { mono: 1_000, wall: MORNING, utc_offset: 60 },
            stored: Vec::new(),
            asked_phone: VecDeque::new(),
            asked_crm: VecDeque::new(),
            last: RequestId(0),
            dialed: 0,
        }
    }

    /// A desk ready for calls, with what an earlier page of it left.
    pub(crate) fn begun(limits: Limits, variant: u8, stored: &[u8]) -> Self {
        let mut desk = Self::new(limits);
        desk.tell(Input::Start { seed: 0xfeed + u64::from(variant) });
        desk.tell(Input::Settings(Box::new(settings(variant))));
        if !stored.is_empty() {
            desk.tell(Input::Restored(stored.to_vec()));
        }
        desk.tell(Input::Crm(CrmReport::State(CrmState::Ready)));
        desk.tell(Input::Phone(PhoneReport::Account { identity: NAMES[0].into() }));
        desk.tell(Input::Phone(PhoneReport::Capabilities { capabilities: able(0) }));
        desk.tell(Input::Phone(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() }));
        desk
    }

    /// What the next page would be given.
    pub(crate) fn stored(&self) -> &[u8] {
        &self.stored
    }

    pub(crate) fn happens(&mut self, event: Event) {
        let [what, a, b, c] = event;
        match what % 16 {
            0..=4 => self.phone_answers(a),
            5 | 6 => self.crm_answers(a, b),
            7 | 8 => {
                let calls: Vec<_> = self.steps.last().iter().flat_map(|step| &step.snapshot.calls).map(|call| call.id).collect();
                self.tell(Input::Agent(command(a, &calls, b, c)));
            }
            9..=11 => {
                let calls = self.steps.last().map(|step| step.snapshot.calls.as_slice()).unwrap_or_default();
                let allowed = calls.get(usize::from(c) % calls.len().max(1)).map(|call| allowed(call, b)).unwrap_or_default();
                if let Some(command) = allowed.into_iter().cycle().nth(a.into()) {
                    self.tell(Input::Agent(command));
                }
            }
            12 | 13 => {
                let report = self.report(a, b, c);
                self.tell(Input::Phone(report));
            }
            14 => {
                let input = self.other(a, b, c);
                self.tell(input);
            }
            _ => {
                let ms = [1, 700, 5_000, 31_000, 61_000, 400_000][usize::from(a % 6)];
                (self.now.mono, self.now.wall) = (self.now.mono + ms, self.now.wall + ms);
                self.tell(Input::Tick);
            }
        }
    }

    pub(crate) fn tell(&mut self, input: Input) {
        self.journal.record(&self.phone, self.now, &input);
        let step = Step::take(&mut self.phone, self.now, input);
        for output in &step.outputs {
            match output {
                Output::Crm { id, command } => {
                    self.asked_crm.push_back((*id, command.clone()));
                    self.last = *id;
                }
                Output::Phone { id, command } => {
                    self.asked_phone.push_back((*id, command.clone()));
                    self.last = *id;
                }
                Output::Store => self.stored = self.phone.checkpoint(),
                _ => {}
            }
        }
        self.steps.push(step);
        self.now.mono += 40;
        self.now.wall += 40;
    }

    /// The phone system carries out the oldest command, or does not.
    fn phone_answers(&mut self, how: u8) {
        let Some((request, command)) = self.asked_phone.pop_front() else { return };
        if how % 8 == 7 {
            self.tell(Input::Phone(PhoneReport::Refused { request, reason: RefusedReason::NotNow, detail: NAMES[2].into() }));
            return;
        }
        let called = command.call().cloned();
        let call = || called.clone().unwrap_or_else(|| "none".into());
        let report = match command {
            PhoneCommand::Answer { .. } => Some(PhoneReport::Established { call: call(), party: None }),
            PhoneCommand::ClearCall { .. } | PhoneCommand::ClearConnection { .. } | PhoneCommand::Decline { .. } => {
                Some(PhoneReport::ConnectionCleared { call: call(), cause: Cause::Normal })
            }
            PhoneCommand::ConferenceCall { other, .. } => {
                let parties = vec![party("p1", how), party("p2", how / 3)];
                Some(PhoneReport::Conferenced { calls: vec![call(), other], call: call(), parties })
            }
            PhoneCommand::GenerateDigits { digits, .. } => Some(PhoneReport::DigitsGenerated { call: call(), digits }),
            PhoneCommand::Hold { .. } => Some(PhoneReport::Held { call: call(), by: Side::Agent }),
            PhoneCommand::MakeCall { .. } => {
                self.dialed += 1;
                let name: PhoneRef = PhoneRef(format!("out{}", self.dialed));
                self.tell(Input::Phone(PhoneReport::Originated { request, call: name.clone() }));
                Some(PhoneReport::NetworkReached { call: name, early_media: how.is_multiple_of(2) })
            }
            PhoneCommand::Retrieve { .. } => Some(PhoneReport::Retrieved { call: call(), by: Side::Agent }),
            PhoneCommand::SetMute { on, .. } => Some(PhoneReport::Muted { call: call(), on }),
            PhoneCommand::SetRecording { to, .. } => Some(PhoneReport::RecordingChanged { call: call(), state: to }),
            PhoneCommand::SingleStepTransfer { .. } if how.is_multiple_of(2) => {
                Some(PhoneReport::TransferFailed { call: call(), cause: Cause::NoAnswer, held: how.is_multiple_of(4) })
            }
            PhoneCommand::SingleStepTransfer { .. } => Some(transferred(call(), None)),
            PhoneCommand::TransferCall { other, .. } => Some(transferred(call(), Some(other))),
            _ => None,
        };
        self.tell(Input::Phone(PhoneReport::Done { request }));
        if let Some(report) = report {
            self.tell(Input::Phone(report));
        }
    }

    /// The CRM answers the oldest question, or refuses.
    fn crm_answers(&mut self, how: u8, which: u8) {
        let Some((request, command)) = self.asked_crm.pop_front() else { return };
        let failure = match how % 12 {
            0 => Some(CrmFailure::NoReply),
            1 => Some(CrmFailure::NotSent),
            2 => Some(CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: NOTES[0].into(), fields: Vec::new() }),
            _ => None,
        };
        let report = match (failure, command) {
            (Some(failure), _) => CrmReport::Failed { request, failure },
            (None, CrmCommand::AskMayCall { .. }) => {
                let answer = match how % 4 {
                    0 => MayCall::Flagged { record: record(which) },
                    1 => MayCall::Unknown,
                    _ => MayCall::Allowed,
                };
                CrmReport::MayCall { request, answer }
            }
            (None, CrmCommand::Pop { .. }) => CrmReport::Popped { request },
            (None, CrmCommand::SaveLog { .. }) => CrmReport::Saved { request, record: format!("00T{}", request.0) },
            (None, CrmCommand::Search { .. }) => {
                let records = (0..which % 3).map(|index| record(how.wrapping_add(index))).collect();
                CrmReport::Found { request, records, fields: Vec::new(), opens: false }
            }
            (None, _) => return,
        };
        self.tell(Input::Crm(report));
    }

    /// Something the phone system tells by itself, true or not.
    fn report(&self, what: u8, a: u8, b: u8) -> PhoneReport {
        let dialed = PhoneRef(format!("out{}", self.dialed));
        let call = if a % 3 == 2 { dialed } else { CALLS[usize::from(a) / 3 % 5].into() };
        match what % 30 {
            0..=5 => PhoneReport::Delivered {
                call,
                from: somebody(b),
                called: NUMBERS[usize::from(a) % NUMBERS.len()].into(),
                // Over SIP the one who forwarded the call can stand there.
                queue: ["Sales", "", "Grace Hopper", ""][usize::from(b) % 4].into(),
                segment: if b.is_multiple_of(3) { "Gold".into() } else { "".into() },
                kind: [CallKind::Inbound, CallKind::Internal][usize::from(b / 5 % 2)],
                record: if b.is_multiple_of(7) { "003Z".into() } else { String::new() },
                owns_log: b.is_multiple_of(3),
            },
            6..=9 => PhoneReport::Established { call, party: (b.is_multiple_of(3)).then(|| somebody(b)) },
            10 => PhoneReport::Held { call, by: if b.is_multiple_of(2) { Side::Agent } else { Side::Party } },
            11 => PhoneReport::Retrieved { call, by: if b.is_multiple_of(2) { Side::Agent } else { Side::Party } },
            12 => PhoneReport::ConnectionCleared { call, cause: Cause::ALL[usize::from(b) % 17] },
            13 => PhoneReport::Failed { call, cause: Cause::ALL[usize::from(b) % 17] },
            14 => PhoneReport::Originated { request: self.last, call },
            15 => PhoneReport::Refused { request: self.last, reason: RefusedReason::UnknownCall, detail: NOTES[1].into() },
            16 => PhoneReport::Sync { calls: (0..b % 4).map(|index| listed(a.wrapping_add(index), b)).collect() },
            17 => PhoneReport::Service { state: PhoneState::Reconnecting, detail: NOTES[0].into() },
            18 => PhoneReport::Service { state: PhoneState::Ready, detail: "".into() },
            19 => PhoneReport::Parties {
                call,
                parties: (0..b % 4).map(|index| party(["p1", "p2", "p3"][usize::from(index) % 3], a.wrapping_add(index))).collect(),
            },
            20 => {
                PhoneReport::Transferred { call, by: Side::Party, other: None, party: Some(somebody(b)), kind: None, record: String::new() }
            }
            21 => transferred(call, None),
            22 => PhoneReport::TransferFailed { call, cause: Cause::Busy, held: b.is_multiple_of(2) },
            23 => PhoneReport::Conferenced {
                calls: vec![CALLS[usize::from(b) % 5].into()],
                call,
                parties: vec![party("p1", a), party("p2", b)],
            },
            24 => PhoneReport::AgentState { ready: b.is_multiple_of(2), reason: "Lunch".into() },
            25 => PhoneReport::DigitsGenerated { call, digits: if b.is_multiple_of(2) { "4155550123#" } else { "2580" }.into() },
            26 => PhoneReport::Media { media: if b.is_multiple_of(2) { MediaState::NoDevice } else { MediaState::Usable } },
            27 => PhoneReport::Quality { call, mos_hundredths: 400 + u16::from(b % 2) },
            28 => PhoneReport::RecordingReference { call, reference: NOTES[usize::from(b) % 2].into() },
            _ => PhoneReport::Account { identity: NAMES[usize::from(b) % NAMES.len()].into() },
        }
    }

    /// Clicks, navigation, settings, and what comes at the wrong time.
    fn other(&self, what: u8, a: u8, b: u8) -> Input {
        match what % 14 {
            0..=3 => {
                let record = (b.is_multiple_of(2)).then(|| record(b));
                Input::Crm(CrmReport::ClickToDial { number: NUMBERS[usize::from(a) % NUMBERS.len()].into(), record })
            }
            4 => Input::Crm(CrmReport::Navigated((a.is_multiple_of(2)).then(|| record(a)))),
            5 => Input::Crm(CrmReport::State(if a.is_multiple_of(2) { CrmState::NotAnswering } else { CrmState::Ready })),
            6 => Input::Settings(Box::new(settings(a))),
            7 => Input::Start { seed: 1 },
            8 => Input::Restored(if a.is_multiple_of(2) { self.stored.clone() } else { b"Byron 4155550123".to_vec() }),
            9 => Input::Phone(PhoneReport::Capabilities { capabilities: able(a) }),
            10 => {
                let number = NUMBERS[usize::from(a) % NUMBERS.len()].into();
                Input::Crm(CrmReport::CallAsked { asked: "a1".into(), number, record: (b.is_multiple_of(2)).then(|| record(b)) })
            }
            11 => Input::Crm(CrmReport::WorkStarted { work: "0Wk1".into(), to: NUMBERS[usize::from(a) % NUMBERS.len()].into() }),
            12 if a.is_multiple_of(8) => Input::Agent(AgentCommand::DropWanted),
            12 => Input::Agent(AgentCommand::UseWanted(WantedUse::ALL[usize::from(a) % 5])),
            _ => Input::Crm(CrmReport::State(CrmState::Ready)),
        }
    }
}

/// Random numbers without randomness (xorshift64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) const fn event(&mut self) -> Event {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bytes = self.0.to_le_bytes();
        [bytes[1], bytes[3], bytes[5], bytes[7]]
    }
}

/// One day of the corpus: ready for calls, now and then after a page before, with a small journal so that checkpoints are taken in the
/// middle of calls.
pub(crate) fn day(number: u8, events: usize) -> Desk {
    let mut dice = Dice::new(u64::from(number) + 1);
    let limits = Limits { inputs: if number.is_multiple_of(3) { 40 } else { 2_000 }, ..Limits::default() };
    let mut before = Desk::begun(limits, number, &[]);
    for _ in 0..events {
        before.happens(dice.event());
    }
    if number.is_multiple_of(2) {
        return before;
    }
    let mut after = Desk::begun(limits, number, before.stored());
    for _ in 0..events {
        after.happens(dice.event());
    }
    after
}
