//! After thousands of calls a softphone is as large as after a hundred.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;

use cap::Cap;
use hookswitch_core::settings::{ProviderKind, Settings, StartPresence};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Capabilities, Cause, ConnectionState, CrmCommand, CrmReport, CrmState, DialSource, Input, MayCall, Now,
    Output, Party, PhoneCommand, PhoneParty, PhoneRef, PhoneReport, PhoneState, Side, Softphone,
};
use hookswitch_journal::{Journal, Limits};

/// Counts what is held; this is the program's only test.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

fn held() -> isize {
    isize::try_from(HELD.allocated()).unwrap_or(isize::MAX)
}

/// A desk whose phone system and CRM do at once what they are asked.
struct Desk {
    phone: Softphone,
    journal: Journal,
    now: Now,
    dialed: u32,
    /// In the phone system.
    calls: Vec<PhoneRef>,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            phone: Softphone::new(),
            journal: Journal::new(Limits { inputs: 500, ..Limits::default() }),
            now: Now { mono: 1_000, wall: 1_768_471_200_000, utc_offset: 60 },
            dialed: 0,
            calls: Vec::new(),
        };
        let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
        settings.calls.start_presence = StartPresence::Ready;
        desk.tell(Input::Start { seed: 7 });
        desk.tell(Input::Settings(Box::new(settings)));
        desk.tell(Input::Crm(CrmReport::State(CrmState::Ready)));
        let capabilities = Capabilities {
            agent_state: true,
            conference: true,
            hold: true,
            leave: true,
            mute: true,
            single_step_transfer: true,
            transfer: true,
            ..Capabilities::default()
        };
        desk.report(PhoneReport::Capabilities { capabilities });
        desk.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
        desk
    }

    /// Tells the core, and does what it wants until it wants nothing more.
    fn tell(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            self.journal.record(&self.phone, self.now, &input);
            self.phone.handle(self.now, input).expect("the day goes as planned");
            while let Some(output) = self.phone.poll() {
                match output {
                    Output::Phone { id, command } => {
                        let dials = matches!(command, PhoneCommand::MakeCall { .. });
                        if let Some(report) = self.carried_out(id, command) {
                            inputs.insert(0, Input::Phone(report));
                        }
                        if dials {
                            inputs.insert(0, Input::Phone(PhoneReport::Done { request: id }));
                        }
                    }
                    Output::Crm { id: request, command: CrmCommand::AskMayCall { .. } } => {
                        inputs.insert(0, Input::Crm(CrmReport::MayCall { request, answer: MayCall::Allowed }));
                    }
                    Output::Crm { id: request, command: CrmCommand::Pop { .. } } => {
                        inputs.insert(0, Input::Crm(CrmReport::Popped { request }));
                    }
                    Output::Crm { id: request, command: CrmCommand::SaveLog { .. } } => {
                        inputs.insert(0, Input::Crm(CrmReport::Saved { request, record: "00T1".into() }));
                    }
                    Output::Crm { id: request, command: CrmCommand::Search { .. } } => {
                        inputs.insert(0, Input::Crm(CrmReport::Found { request, records: Vec::new(), fields: Vec::new(), opens: false }));
                    }
                    _ => {}
                }
            }
            self.now.mono += 10;
            self.now.wall += 10;
        }
    }

    fn carried_out(&mut self, request: hookswitch_core::RequestId, command: PhoneCommand) -> Option<PhoneReport> {
        match command {
            PhoneCommand::Answer { call } => Some(PhoneReport::Established { call, party: None }),
            PhoneCommand::ClearConnection { call } => {
                self.calls.retain(|known| *known != call);
                Some(PhoneReport::ConnectionCleared { call, cause: Cause::Normal })
            }
            PhoneCommand::ConferenceCall { call, other } => {
                self.calls.retain(|known| *known != other);
                let parties = ["p1", "p2"].map(|id| PhoneParty {
                    id: id.into(),
                    party: Party { number: format!("+49301234{id}").into(), name: "Ada".into() },
                    state: ConnectionState::Connected,
                    held_by: Side::Agent,
                    muted: false,
                });
                Some(PhoneReport::Conferenced { calls: vec![call.clone(), other], call, parties: parties.into() })
            }
            PhoneCommand::Hold { call } => Some(PhoneReport::Held { call, by: Side::Agent }),
            PhoneCommand::MakeCall { .. } => {
                self.dialed += 1;
                let call = PhoneRef(format!("out{}", self.dialed));
                self.calls.push(call.clone());
                Some(PhoneReport::Originated { request, call })
            }
            PhoneCommand::Retrieve { call } => Some(PhoneReport::Retrieved { call, by: Side::Agent }),
            PhoneCommand::SingleStepTransfer { call, .. } => {
                self.calls.clear();
                Some(PhoneReport::Transferred { call, by: Side::Agent, other: None, party: None, kind: None, record: String::new() })
            }
            PhoneCommand::TransferCall { call, other, .. } => {
                self.calls.clear();
                Some(PhoneReport::Transferred { call, by: Side::Agent, other: Some(other), party: None, kind: None, record: String::new() })
            }
            PhoneCommand::SetAgentState { .. } | PhoneCommand::Sync => Some(PhoneReport::Done { request }),
            _ => None,
        }
    }

    fn report(&mut self, report: PhoneReport) {
        self.tell(Input::Phone(report));
    }

    fn agent(&mut self, command: AgentCommand) {
        self.tell(Input::Agent(command));
    }

    fn newest(&self) -> CallId {
        self.phone.snapshot().calls.last().map(|call| call.id).expect("there is a call")
    }

    /// Nothing is under way any more.
    fn rests(&mut self) {
        for _ in 0..4 {
            self.now.mono += 30_000;
            self.now.wall += 30_000;
            self.tell(Input::Tick);
        }
    }

    /// Three segments: a call that comes in, a consultation about it, and then, by turns, a transfer, a conference, a blind transfer or
    /// an ordinary end, with its wrap-up; and one that nobody takes.
    fn works(&mut self, round: u32) {
        let name = PhoneRef(format!("in{}", round % 10));
        self.calls.push(name.clone());
        let from = Party { number: format!("+4930{:07}", 5_000_000 + round).into(), name: "Ada Byron".into() };
        self.report(PhoneReport::Delivered {
            call: name.clone(),
            from: from.clone(),
            called: "".into(),
            queue: "Sales".into(),
            segment: "Gold".into(),
            kind: CallKind::Inbound,
            record: String::new(),
            owns_log: true,
        });
        let first = self.newest();
        self.agent(AgentCommand::Answer(first));
        self.agent(AgentCommand::SetNotes(first, format!("note {}", round % 10).into()));
        self.agent(AgentCommand::Consult { call: first, number: "1002".into() });
        let second = self.newest();
        let asked = self.calls.last().cloned().expect("dialed");
        self.report(PhoneReport::Established { call: asked, party: None });
        match round % 4 {
            0 => self.agent(AgentCommand::Transfer(first, second)),
            1 => self.agent(AgentCommand::Conference(first, second)),
            2 => {
                self.agent(AgentCommand::Reconnect(second));
                self.agent(AgentCommand::SingleStepTransfer(first, "+4930999".into()));
            }
            _ => self.agent(AgentCommand::Reconnect(second)),
        }
        for call in self.calls.clone() {
            self.calls.clear();
            self.report(PhoneReport::ConnectionCleared { call, cause: Cause::Normal });
        }
        self.agent(AgentCommand::FinishWrapUp(first));
        self.agent(AgentCommand::Dial { number: format!("+4989{:07}", 5_000_000 + round).into(), source: DialSource::DialPad });
        let call = self.calls.pop().expect("dialed");
        self.report(PhoneReport::Failed { call, cause: Cause::Busy });
        assert!(self.phone.snapshot().calls.is_empty(), "{:?}", self.phone.snapshot().calls);
    }

    /// Bytes of the softphone as JSON, bytes a copy of it holds, and bytes a copy of its journal holds.
    fn sizes(&self) -> [isize; 3] {
        let json = serde_json::to_string(&self.phone).expect("plain data").len();
        let before = held();
        let copy = self.phone.clone();
        let phone = held() - before;
        drop(copy);
        let copy = self.journal.clone();
        let journal = held() - before;
        drop(copy);
        [isize::try_from(json).expect("small"), phone, journal]
    }
}

/// Counters grow by a few digits; nothing else may.
const MORE: isize = 200;

/// Texts of the last saved logs have more or less room to grow.
const ROOM: isize = 1_000;

/// A journal's segments are full to a different degree.
const JOURNAL: isize = 600_000;

#[test]
fn after_two_thousand_calls_a_softphone_is_as_large_as_after_a_hundred() {
    let mut desk = Desk::new();
    let mut all = Vec::new();
    let mut sizes = Vec::new();
    // Three calls a round.
    for round in 0..668 {
        desk.works(round);
        // The same point of the round of four.
        if round == 35 || round == 667 {
            desk.rests();
            all.push(held());
            sizes.push(desk.sizes());
        }
    }
    let ([json, phone, _], [json_later, phone_later, journal_later]) = (sizes[0], sizes[1]);
    assert!((json_later - json).abs() <= MORE, "{sizes:?}");
    assert!((phone_later - phone).abs() <= ROOM, "{sizes:?}");
    assert!(journal_later <= JOURNAL, "{sizes:?}");
    // All that was allocated and not freed since, the journal included.
    assert!(all[1] - all[0] <= JOURNAL, "{all:?}");
    assert!(desk.dialed > 1_300 && desk.journal.len() <= 1_000);
    println!("JSON {json} and {json_later} bytes, heap {phone} and {phone_later} bytes, journal {journal_later} bytes");
}
