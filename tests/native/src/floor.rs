//! Several agents' softphones around one simulated phone system, under one virtual clock; the CRM says yes to everything.

use hookswitch_core::{
    AgentCommand, CallId, CallView, ConnectionState, CrmCommand, CrmReport, CrmState, Input, LogFields, LogKey, MayCall, Now, Output,
    Phase, PhoneRef, PopTarget, RecordRef, Refusal, Snapshot, Softphone, settings,
};
use hookswitch_switch::{AgentMessage, CallAgent, Client, ClientMessage, EndView, Hello, NetworkCommand, PartyAct, ServerMessage, Switch};

/// The first agent's number; the next has the next.
const FIRST_EXTENSION: usize = 1001;

/// 2026-03-02 09:00 UTC, as good as any.
const START: u64 = 1_772_442_000_000;

const OUTSIDE: Client = Client(1_000);

/// A floor of agents. A copy goes on by itself: what happens to one does not happen to the other.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The phone system.
    pub switch: Switch,
    /// Every call as the people outside see it, ended ones for five seconds more.
    pub calls: Vec<hookswitch_switch::CallView>,
    agents: Vec<Agent>,
    now: u64,
}

/// One agent.
#[derive(Clone, Debug)]
pub struct Agent {
    /// The softphone.
    pub phone: Softphone,
    /// Ids of the records it opened, in their order.
    pub popped: Vec<String>,
    /// What the CRM has of its logs, by key, the latest version.
    pub logs: Vec<(LogKey, LogFields)>,
    settings: settings::Settings,
    stored: Vec<u8>,
}

impl Floor {
    /// So many agents, all ready.
    #[must_use]
    pub fn open(agents: usize) -> Self {
        Self::with(agents, |_| {})
    }

    /// So many agents, with these changes to their settings.
    #[must_use]
    pub fn with(agents: usize, change: impl Fn(&mut settings::Settings)) -> Self {
        let mut floor = Self { switch: Switch::new(1), calls: Vec::new(), agents: Vec::new(), now: 0 };
        floor.switch.handle(0, OUTSIDE, ClientMessage::Observe);
        for _ in 0..agents {
            let mut settings = settings::Settings { provider: Some(settings::ProviderKind::Simulated), ..settings::Settings::default() };
            settings.calls.start_presence = settings::StartPresence::Ready;
            settings.calls.not_ready_reasons = vec!["Lunch".to_owned()];
            change(&mut settings);
            let agent = Agent { phone: Softphone::new(), popped: Vec::new(), logs: Vec::new(), settings, stored: Vec::new() };
            floor.agents.push(agent);
            floor.sign_in(floor.agents.len() - 1);
        }
        floor
    }

    fn sign_in(&mut self, who: usize) {
        let agent = &mut self.agents[who];
        let (settings, stored) = (agent.settings.clone(), std::mem::take(&mut agent.stored));
        self.put(who, Input::Start { seed: self.now + who as u64 });
        self.put(who, Input::Settings(Box::new(settings)));
        if !stored.is_empty() {
            self.put(who, Input::Restored(stored));
        }
        self.put(who, Input::Crm(CrmReport::State(CrmState::Ready)));
        let hello = Hello { extension: extension(who), name: format!("Agent {who}") };
        self.switch.handle(self.now, page(who), ClientMessage::Agent(AgentMessage::Hello(hello)));
        self.settle();
    }

    /// The agent's page loads anew; the phone system keeps its calls.
    pub fn reload(&mut self, who: usize) -> &mut Self {
        self.switch.handle(self.now, page(who), ClientMessage::Gone);
        self.agents[who].phone = Softphone::new();
        self.sign_in(who);
        self
    }

    /// The agent does something.
    ///
    /// # Panics
    ///
    /// When the softphone refuses.
    pub fn agent(&mut self, who: usize, command: AgentCommand) -> &mut Self {
        let words = format!("agent {who}: {command:?}");
        self.try_agent(who, command).unwrap_or_else(|refusal| panic!("{words}: {refusal}"));
        self
    }

    /// The agent tries something.
    ///
    /// # Errors
    ///
    /// The softphone's refusal.
    pub fn try_agent(&mut self, who: usize, command: AgentCommand) -> Result<(), Refusal> {
        let result = self.step(who, Input::Agent(command));
        self.settle();
        result
    }

    /// Agents do these things in one moment: none has heard yet what the others did.
    ///
    /// # Panics
    ///
    /// When a softphone refuses.
    pub fn at_once(&mut self, deeds: Vec<(usize, AgentCommand)>) -> &mut Self {
        for (who, command) in deeds {
            self.step(who, Input::Agent(command)).expect("the softphone accepts it");
        }
        self.settle();
        self
    }

    /// The agent clicks a number on a record.
    pub fn clicks(&mut self, who: usize, number: &str, record: &str) -> &mut Self {
        let record = RecordRef { id: record.to_owned(), object: "Contact".to_owned(), ..RecordRef::default() };
        self.put(who, Input::Crm(CrmReport::ClickToDial { number: number.into(), record: Some(record) }));
        self.settle();
        self
    }

    /// Somebody outside, or the network, does something.
    pub fn outside(&mut self, command: NetworkCommand) -> &mut Self {
        self.switch.handle(self.now, OUTSIDE, ClientMessage::Network(command));
        self.settle();
        self
    }

    /// Somebody calls an agent.
    pub fn rings(&mut self, who: usize, number: &str, name: &str) -> &mut Self {
        self.outside(NetworkCommand::CallAgent(CallAgent::new(&extension(who), number, name)))
    }

    /// Somebody called an agent, who answered.
    ///
    /// # Panics
    ///
    /// When the softphone does not take it.
    pub fn talks(&mut self, who: usize, number: &str, name: &str) -> CallId {
        self.rings(who, number, name);
        let id = self.newest(who).id;
        self.agent(who, AgentCommand::Answer(id));
        id
    }

    /// The one of that number answers a call that rings there.
    pub fn answers(&mut self, number: &str) -> &mut Self {
        let (call, end) = self.end(number);
        self.outside(NetworkCommand::Answer { call, party: None, end: Some(end.id) })
    }

    /// The one of that number does something in the call.
    pub fn party(&mut self, number: &str, act: PartyAct) -> &mut Self {
        let (call, end) = self.end(number);
        self.outside(NetworkCommand::Act { call, end: Some(end.id), act })
    }

    /// Somebody outside, and the call they are in.
    ///
    /// # Panics
    ///
    /// When nobody of that number is in any call.
    #[must_use]
    pub fn end(&self, number: &str) -> (PhoneRef, EndView) {
        self.find(number).unwrap_or_else(|| panic!("{number} is in no call"))
    }

    /// The same, if there is one.
    #[must_use]
    pub fn find(&self, number: &str) -> Option<(PhoneRef, EndView)> {
        let lasting = self.calls.iter().filter(|call| call.ended.is_none());
        let mut ends = lasting.flat_map(|call| call.parties.iter().map(|end| (call.call.clone(), end.clone())));
        ends.find(|(_, end)| end.number.reveal() == number)
    }

    /// Who talks with the one of that number: the others' numbers, in the order they came, those on hold and those who ring included.
    #[must_use]
    pub fn with_whom(&self, number: &str) -> Vec<String> {
        let Some((call, own)) = self.find(number) else { return Vec::new() };
        let call = self.calls.iter().find(|other| other.call == call);
        let others = call.into_iter().flat_map(|call| &call.parties).filter(|end| end.id != own.id);
        others.map(|end| end.number.reveal().to_owned()).collect()
    }

    /// Lets time pass.
    pub fn passes(&mut self, ms: u64) -> &mut Self {
        let end = self.now + ms;
        while let Some(next) = self.deadline().filter(|next| *next <= end) {
            self.now = next.max(self.now);
            self.tick();
        }
        self.now = end;
        self.tick();
        self
    }

    /// An agent.
    #[must_use]
    pub fn desk(&self, who: usize) -> &Agent {
        &self.agents[who]
    }

    /// What an agent sees.
    #[must_use]
    pub fn snapshot(&self, who: usize) -> Snapshot {
        self.agents[who].phone.snapshot()
    }

    /// One call of an agent.
    ///
    /// # Panics
    ///
    /// When there is none of that number.
    #[must_use]
    pub fn call(&self, who: usize, id: CallId) -> CallView {
        self.snapshot(who).calls.into_iter().find(|call| call.id == id).expect("the call is listed")
    }

    /// An agent's newest call.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    pub fn newest(&self, who: usize) -> CallView {
        self.snapshot(who).calls.pop().expect("there is a call")
    }

    /// An agent's calls that use a line: where each stands, and the numbers at the other end with their state.
    #[must_use]
    pub fn live(&self, who: usize) -> Vec<(Phase, Vec<(String, ConnectionState)>)> {
        let live = self.snapshot(who).calls.into_iter().filter(|call| call.phase != Phase::WrapUp);
        let parties = |call: &CallView| {
            let others = call.connections.iter().filter(|connection| !connection.agent);
            others.map(|other| (other.party.number.reveal().to_owned(), other.state)).collect()
        };
        live.map(|call| (call.phase, parties(&call))).collect()
    }

    fn deadline(&self) -> Option<u64> {
        self.agents.iter().filter_map(|agent| agent.phone.deadline()).chain(self.switch.deadline()).min()
    }

    fn tick(&mut self) {
        self.switch.advance(self.now);
        for who in 0..self.agents.len() {
            self.put(who, Input::Tick);
        }
        self.settle();
    }

    /// Carries messages until everybody is silent.
    fn settle(&mut self) {
        loop {
            if let Some((client, message)) = self.switch.poll() {
                match message {
                    // A switch may speak of a call the softphone turned away before; that is its right, and refused without harm.
                    ServerMessage::Report(report) => drop(self.step(desk_of(client), Input::Phone(report))),
                    ServerMessage::Calls(calls) => self.calls = calls,
                    ServerMessage::Error(problem) => panic!("the phone system refused: {}", problem.detail),
                    _ => {}
                }
                continue;
            }
            let outputs: Vec<_> = (0..self.agents.len()).filter_map(|who| Some((who, self.agents[who].phone.poll()?))).collect();
            if outputs.is_empty() {
                break;
            }
            for (who, output) in outputs {
                self.carry_out(who, output);
            }
        }
    }

    fn carry_out(&mut self, who: usize, output: Output) {
        match output {
            Output::Phone { id, command } => {
                self.switch.handle(self.now, page(who), ClientMessage::Agent(AgentMessage::Command { id, command }));
            }
            Output::Crm { id, command } => match command {
                CrmCommand::Pop { target: PopTarget::Record { id: record } } => {
                    self.agents[who].popped.push(record);
                    self.crm_says(who, CrmReport::Popped { request: id });
                }
                CrmCommand::SaveLog { key, fields, .. } => {
                    let logs = &mut self.agents[who].logs;
                    match logs.iter_mut().find(|(known, _)| *known == key) {
                        Some(known) => known.1 = *fields,
                        None => logs.push((key, *fields)),
                    }
                    self.crm_says(who, CrmReport::Saved { request: id, record: format!("00T-{key}") });
                }
                CrmCommand::AskMayCall { .. } => self.crm_says(who, CrmReport::MayCall { request: id, answer: MayCall::Allowed }),
                CrmCommand::Search { .. } => {
                    self.crm_says(who, CrmReport::Found { request: id, records: Vec::new(), fields: Vec::new(), opens: false })
                }
                _ => {}
            },
            Output::Store => self.agents[who].stored = self.agents[who].phone.checkpoint(),
            _ => {}
        }
    }

    /// An answer may come after the call it was for; that is refused without harm.
    fn crm_says(&mut self, who: usize, report: CrmReport) {
        let _late = self.step(who, Input::Crm(report));
    }

    fn put(&mut self, who: usize, input: Input) {
        self.step(who, input).expect("the floor only tells what happened");
    }

    fn step(&mut self, who: usize, input: Input) -> Result<(), Refusal> {
        self.agents[who].phone.handle(Now { mono: self.now, wall: START + self.now, utc_offset: 0 }, input)
    }
}

/// The number of an agent.
#[must_use]
pub fn extension(who: usize) -> String {
    (FIRST_EXTENSION + who).to_string()
}

fn page(who: usize) -> Client {
    Client(who as u64)
}

fn desk_of(client: Client) -> usize {
    usize::try_from(client.0).expect("pages are numbered by agent")
}
