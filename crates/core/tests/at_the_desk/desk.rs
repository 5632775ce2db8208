//! A desk to test at: a softphone with a phone system and a CRM that do only what the test says.

use hookswitch_core::settings::{ProviderKind, Settings, StartPresence};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, CallView, Capabilities, Cause, CrmCommand, CrmReport, CrmState, DialSource, Input, LogFields, MayCall,
    Now, Output, Party, Phase, PhoneCommand, PhoneRef, PhoneReport, PhoneState, Private, RecordRef, Refusal, RequestId, Side, Snapshot,
    Softphone, Sound,
};

/// 2026-01-15T10:00:00Z.
pub(crate) const MORNING: u64 = 1_768_471_200_000;

pub(crate) struct Desk {
    pub(crate) phone: Softphone,
    pub(crate) now: Now,
    /// What the host was asked to do since the last look, but for `Changed` and `Store`.
    pub(crate) seen: Vec<Output>,
    /// What was stored last.
    pub(crate) stored: Vec<u8>,
    pub(crate) last_request: RequestId,
    /// Questions whether a customer may be called are left to the test; else they are answered with yes, and not seen.
    pub(crate) asks: bool,
}

pub(crate) fn all_capabilities() -> Capabilities {
    Capabilities { blind_transfer_returns: false, conference_size: 8, ..Capabilities::all() }
}

pub(crate) fn settings() -> Settings {
    let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    settings.calls.start_presence = StartPresence::Ready;
    settings
}

pub(crate) fn contact(id: &str) -> RecordRef {
    RecordRef { id: id.into(), object: "Contact".into(), name: "Ada Byron".into(), partner: None }
}

impl Desk {
    /// Started, with settings; nothing connected.
    pub(crate) fn cold(settings: Settings) -> Self {
        let mut desk = Self {
            phone: Softphone::new(),
            now: Now { mono: 1_000, wall: MORNING, utc_offset: 60 },
            seen: Vec::new(),
            stored: Vec::new(),
            last_request: RequestId(0),
            asks: false,
        };
        desk.put(Input::Start { seed: 0xfeed });
        desk.put(Input::Settings(Box::new(settings)));
        desk
    }

    /// Ready for calls, CRM and all.
    pub(crate) fn with(settings: Settings) -> Self {
        let mut desk = Self::cold(settings);
        desk.crm(CrmReport::State(CrmState::Ready));
        desk.phone_comes();
        desk.seen.clear();
        desk
    }

    pub(crate) fn new() -> Self {
        Self::with(settings())
    }

    pub(crate) fn phone_comes(&mut self) {
        self.report(PhoneReport::Account { identity: "1001".into() });
        self.report(PhoneReport::Capabilities { capabilities: all_capabilities() });
        self.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
        let sync = self.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::Sync, .. }));
        self.report(PhoneReport::Done { request: sync });
        let state = self.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::SetAgentState { .. }, .. }));
        self.report(PhoneReport::Done { request: state });
    }

    /// What the next page of this agent starts with.
    pub(crate) fn reloaded(&self, settings: Settings) -> Self {
        let mut desk = Self::cold(settings.clone());
        desk.now.wall = self.now.wall + 800;
        desk.now.mono = 50;
        desk.phone = Softphone::new();
        desk.put(Input::Start { seed: 0xbeef });
        // In the order a page has: it reads what was left before it has settings.
        desk.put(Input::Restored(self.stored.clone()));
        desk.put(Input::Settings(Box::new(settings)));
        desk
    }

    pub(crate) fn try_put(&mut self, input: Input) -> Result<(), Refusal> {
        let result = self.phone.handle(self.now, input);
        while let Some(output) = self.phone.poll() {
            match output {
                Output::Changed => {}
                Output::Crm { id: request, command: CrmCommand::AskMayCall { .. } } if !self.asks => {
                    self.put(Input::Crm(CrmReport::MayCall { request, answer: MayCall::Allowed }));
                }
                Output::Store => self.stored = self.phone.checkpoint(),
                output => {
                    if let Output::Crm { id, .. } | Output::Phone { id, .. } = &output {
                        self.last_request = *id;
                    }
                    self.seen.push(output);
                }
            }
        }
        result
    }

    #[track_caller]
    pub(crate) fn put(&mut self, input: Input) -> &mut Self {
        self.try_put(input).expect("the input is accepted");
        self
    }

    #[track_caller]
    pub(crate) fn agent(&mut self, command: AgentCommand) -> &mut Self {
        self.put(Input::Agent(command))
    }

    pub(crate) fn try_agent(&mut self, command: AgentCommand) -> Result<(), Refusal> {
        self.try_put(Input::Agent(command))
    }

    #[track_caller]
    pub(crate) fn report(&mut self, report: PhoneReport) -> &mut Self {
        self.put(Input::Phone(report))
    }

    #[track_caller]
    pub(crate) fn crm(&mut self, report: CrmReport) -> &mut Self {
        self.put(Input::Crm(report))
    }

    /// Lets time pass, calling at every deadline as a host does.
    pub(crate) fn passes(&mut self, ms: u64) -> &mut Self {
        let end = self.now.mono + ms;
        while let Some(next) = self.phone.deadline().filter(|next| *next <= end) {
            let step = next.max(self.now.mono) - self.now.mono;
            self.now.mono += step;
            self.now.wall += step;
            self.put(Input::Tick);
            assert!(self.phone.deadline() != Some(next), "a deadline that does not go away");
        }
        let rest = end - self.now.mono;
        self.now.mono += rest;
        self.now.wall += rest;
        self.put(Input::Tick)
    }

    pub(crate) fn rings(&mut self, name: &str) -> &mut Self {
        self.rings_from(name, "+14155550100")
    }

    pub(crate) fn rings_from(&mut self, name: &str, number: &str) -> &mut Self {
        self.report(delivered(name, number))
    }

    pub(crate) fn established(&mut self, name: &str) -> &mut Self {
        self.report(PhoneReport::Established { call: name.into(), party: None })
    }

    pub(crate) fn held(&mut self, name: &str) -> &mut Self {
        self.report(PhoneReport::Held { call: name.into(), by: Side::Agent })
    }

    pub(crate) fn cleared(&mut self, name: &str, cause: Cause) -> &mut Self {
        self.report(PhoneReport::ConnectionCleared { call: name.into(), cause })
    }

    /// Rings, is answered and connected.
    pub(crate) fn talks(&mut self, name: &str) -> CallId {
        self.rings(name);
        let id = self.call().id;
        self.agent(AgentCommand::Answer(id));
        self.established(name);
        id
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.phone.snapshot()
    }

    #[track_caller]
    pub(crate) fn call(&self) -> CallView {
        self.snapshot().calls.last().cloned().expect("there is a call")
    }

    /// The id of the newest seen request that fits, which is then taken out of what was seen.
    #[track_caller]
    pub(crate) fn request_of(&mut self, fits: impl Fn(&Output) -> bool) -> RequestId {
        let at = self.seen.iter().rposition(fits).expect("it was asked");
        match self.seen.remove(at) {
            Output::Crm { id, .. } | Output::Phone { id, .. } => id,
            output => panic!("{output:?} is no request"),
        }
    }

    #[track_caller]
    pub(crate) fn search(&mut self) -> RequestId {
        self.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::Search { .. }, .. }))
    }

    #[track_caller]
    pub(crate) fn finds(&mut self, records: &[RecordRef]) -> &mut Self {
        let request = self.search();
        self.crm(CrmReport::Found { request, records: records.to_vec(), fields: Vec::new(), opens: false })
    }

    /// The CRM opened nothing, and says whether its layout would open something.
    #[track_caller]
    pub(crate) fn would_open(&mut self, records: &[RecordRef], opens: bool) -> RequestId {
        let request = self.search();
        self.crm(CrmReport::Found { request, records: records.to_vec(), fields: Vec::new(), opens });
        request
    }

    /// The next log on its way: its request, the record it updates, its fields.
    #[track_caller]
    pub(crate) fn log(&mut self) -> (RequestId, Option<String>, LogFields) {
        self.try_log().expect("a log is on its way")
    }

    pub(crate) fn try_log(&mut self) -> Option<(RequestId, Option<String>, LogFields)> {
        let at = self.seen.iter().position(|output| matches!(output, Output::Crm { command: CrmCommand::SaveLog { .. }, .. }))?;
        match self.seen.remove(at) {
            Output::Crm { id, command: CrmCommand::SaveLog { record, fields, .. } } => Some((id, record, *fields)),
            _ => None,
        }
    }

    pub(crate) fn saves(&mut self, request: RequestId, record: &str) -> &mut Self {
        self.crm(CrmReport::Saved { request, record: record.into() })
    }

    pub(crate) fn sounds(&self) -> Vec<Sound> {
        self.seen.iter().filter_map(|output| if let Output::Sound(sound) = output { Some(*sound) } else { None }).collect()
    }

    pub(crate) fn phone_commands(&self) -> Vec<PhoneCommand> {
        self.seen
            .iter()
            .filter_map(|output| if let Output::Phone { command, .. } = output { Some(command.clone()) } else { None })
            .collect()
    }

    pub(crate) fn crm_commands(&self) -> Vec<CrmCommand> {
        self.seen.iter().filter_map(|output| if let Output::Crm { command, .. } = output { Some(command.clone()) } else { None }).collect()
    }
}

pub(crate) fn delivered(name: &str, number: &str) -> PhoneReport {
    PhoneReport::Delivered {
        call: PhoneRef(name.into()),
        from: Party { number: number.into(), name: "ADA B".into() },
        called: Private::from("+14155550000"),
        queue: String::new(),
        segment: "".into(),
        kind: CallKind::Inbound,
        record: String::new(),
        owns_log: true,
    }
}

pub(crate) fn dial(number: &str) -> AgentCommand {
    AgentCommand::Dial { number: number.into(), source: DialSource::DialPad }
}

pub(crate) fn view(desk: &Desk, id: CallId) -> Option<CallView> {
    desk.snapshot().calls.into_iter().find(|call| call.id == id)
}

pub(crate) fn phase(desk: &Desk, id: CallId) -> Option<Phase> {
    view(desk, id).map(|call| call.phase)
}

/// The newest thing the phone system was asked.
pub(crate) fn newest_request(desk: &mut Desk) -> RequestId {
    desk.request_of(|output| matches!(output, Output::Phone { .. }))
}
