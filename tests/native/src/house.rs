//! Core, org and phone system under one roof and one virtual clock.

use hookswitch_core::{
    AgentCommand, CallView, CrmReport, CrmState, Input, Now, Output, PhoneCommand, PhoneReport, Refusal, Snapshot, Softphone,
};
use hookswitch_definition::Flat;
use hookswitch_lightning::{Click, Host, HostOutput, Id, Org, Record, SAMPLE_TIME};
use hookswitch_switch::{AgentMessage, CallAgent, Client, ClientMessage, Hello, NetworkCommand, ServerMessage, Switch};

use crate::port::Port;

/// The sample org's agent who has a softphone.
pub const AGENT: &str = "Alex Agent";
/// The agent's number in the simulated phone system.
pub const EXTENSION: &str = "1001";

const SHIPPED: &str = include_str!("../../../definition/hookswitch.xml");

const PAGE: Client = Client(1);
const OUTSIDE: Client = Client(2);

/// One agent at work.
#[derive(Debug)]
pub struct House {
    /// The simulated org.
    pub org: Org,
    /// The agent's Lightning page.
    pub host: Host,
    /// The simulated phone system.
    pub switch: Switch,
    /// The softphone.
    pub phone: Softphone,
    port: Port,
    start: u64,
    now: u64,
    stored: Vec<u8>,
    /// All calls as the people outside see them, ended ones for five seconds more.
    pub outside_calls: Vec<hookswitch_switch::CallView>,
    /// Steps of the machine so far.
    pub inputs: u64,
    outputs: u64,
    /// Outputs until the page dies; none: it lives.
    life: Option<u64>,
}

impl House {
    /// An agent who is ready, at the sample org's time, with the shipped definition imported and these items edited in Setup:
    /// section, item, value.
    ///
    /// # Panics
    ///
    /// When the shipped definition does not import or has no such item.
    #[must_use]
    pub fn open(edits: &[(&str, &str, &str)]) -> Self {
        let mut org = Org::sample_with(SHIPPED).expect("the shipped definition imports");
        let admin = org.named("User", "Ines Admin").expect("the sample has an admin").id.clone();
        let user = org.named("User", AGENT).expect("the sample has the agent").id.clone();
        let center = org.call_center_of(&user).expect("the agent has a call center").id.clone();
        let ready = [("hookswitchProvider", "provider", "simulated"), ("hookswitchCalls", "startPresence", "ready")];
        for (section, item, value) in ready.iter().chain(edits) {
            org.edit_call_center(&admin, &center, section, item, value).expect("the item exists");
        }
        let host = Host::new(&org, "https://acme.lightning.force.com", &user, "Service", SAMPLE_TIME);
        let mut house = Self {
            org,
            host,
            switch: Switch::new(1),
            phone: Softphone::new(),
            port: Port::default(),
            start: SAMPLE_TIME,
            now: SAMPLE_TIME,
            stored: Vec::new(),
            outside_calls: Vec::new(),
            inputs: 0,
            outputs: 0,
            life: None,
        };
        house.begin(Vec::new());
        house
    }

    /// The page will die after so many more outputs: nothing it would still do or hear happens. None: it lives on.
    pub const fn dies_after(&mut self, outputs: Option<u64>) {
        self.life = outputs;
    }

    /// The page is dead: [`Self::reload`] makes a new one.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.life == Some(0)
    }

    /// Outputs of the softphone so far, of all pages.
    #[must_use]
    pub const fn outputs(&self) -> u64 {
        self.outputs
    }

    /// The page loads anew; the phone system keeps its calls.
    pub fn reload(&mut self) {
        self.life = None;
        self.switch.handle(self.now, PAGE, ClientMessage::Gone);
        self.host.reload(&self.org, self.now);
        self.starts_over();
    }

    /// The agent goes to another app, which loads the page anew.
    pub fn goes_to_app(&mut self, app: &str) {
        self.switch.handle(self.now, PAGE, ClientMessage::Gone);
        self.host.switch_app(&self.org, app, self.now);
        self.starts_over();
    }

    fn starts_over(&mut self) {
        self.phone = Softphone::new();
        self.port = Port::default();
        let stored = self.stored.clone();
        self.begin(stored);
    }

    fn begin(&mut self, stored: Vec<u8>) {
        while self.host.poll().is_some() {}
        // What was said to the page before is not heard by this one.
        while let Some((client, message)) = self.switch.poll() {
            if let (OUTSIDE, ServerMessage::Calls(calls)) = (client, message) {
                self.outside_calls = calls;
            }
        }
        let mut flat = Flat::default();
        let center = self.org.call_center_of(self.host.page().user()).expect("the agent has a call center");
        for (key, value) in self.org.settings(center) {
            flat.insert(&key, &value);
        }
        let settings = hookswitch_definition::settings(&flat).settings;
        self.port.apex_class.clone_from(&settings.identity.apex_class);
        // Another page has another seed, also within the same millisecond.
        self.put(Input::Start { seed: self.now.wrapping_add(self.inputs << 44) });
        self.put(Input::Settings(Box::new(settings)));
        if !stored.is_empty() {
            self.put(Input::Restored(stored));
        }
        for message in self.port.hello(self.now) {
            self.host.receive(&mut self.org, self.now, &message);
        }
        self.put(Input::Crm(CrmReport::State(CrmState::Ready)));
        self.switch.handle(self.now, OUTSIDE, ClientMessage::Observe);
        let hello = Hello { extension: EXTENSION.into(), name: AGENT.into() };
        self.switch.handle(self.now, PAGE, ClientMessage::Agent(AgentMessage::Hello(hello)));
        self.settle();
    }

    /// The agent does something.
    ///
    /// # Panics
    ///
    /// When the softphone refuses.
    pub fn agent(&mut self, command: AgentCommand) -> &mut Self {
        self.try_agent(command).expect("the softphone accepts it");
        self
    }

    /// The agent tries something.
    ///
    /// # Errors
    ///
    /// The softphone's refusal.
    pub fn try_agent(&mut self, command: AgentCommand) -> Result<(), Refusal> {
        let result = self.step(Input::Agent(command));
        self.settle();
        result
    }

    /// Somebody outside, or the network, does something.
    pub fn outside(&mut self, command: NetworkCommand) -> &mut Self {
        self.switch.handle(self.now, OUTSIDE, ClientMessage::Network(command));
        self.settle();
        self
    }

    /// Somebody calls the agent.
    pub fn calls(&mut self, number: &str, name: &str) -> &mut Self {
        self.outside(NetworkCommand::CallAgent(CallAgent::new(EXTENSION, number, name)))
    }

    /// The agent clicks the number of a record.
    ///
    /// # Panics
    ///
    /// When there is no such record.
    pub fn clicks(&mut self, object: &str, name: &str) -> Click {
        let id = self.record(object, name);
        let click = self.host.click(&self.org, &id, "Phone", self.now);
        self.settle();
        click
    }

    /// Lets time pass.
    pub fn passes(&mut self, ms: u64) -> &mut Self {
        let end = self.now + ms;
        while let Some(next) = self.deadline().filter(|next| *next <= end && !self.is_dead()) {
            self.now = next.max(self.now);
            self.tick();
        }
        self.now = end;
        self.tick();
        self
    }

    /// When something happens by itself, Unix milliseconds.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        let phone = self.phone.deadline().map(|mono| self.start + mono);
        [phone, self.switch.deadline(), self.host.deadline(&self.org), self.port.deadline()].into_iter().flatten().min()
    }

    /// What the agent sees.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.phone.snapshot()
    }

    /// The newest call.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    pub fn call(&self) -> CallView {
        self.snapshot().calls.last().cloned().expect("there is a call")
    }

    /// The Tasks that are logs of calls, oldest first.
    #[must_use]
    pub fn logs(&self) -> Vec<&Record> {
        self.org.tasks().filter(|task| task.text("CallObject").is_some_and(|key| key.starts_with("hs-"))).collect()
    }

    /// The id of a record of the sample.
    ///
    /// # Panics
    ///
    /// When there is none of that name.
    #[must_use]
    pub fn record(&self, object: &str, name: &str) -> Id {
        self.org.named(object, name).expect("the sample has the record").id.clone()
    }

    /// Unix milliseconds.
    #[must_use]
    pub const fn now(&self) -> u64 {
        self.now
    }

    fn tick(&mut self) {
        self.switch.advance(self.now);
        self.host.advance(&mut self.org, self.now);
        for report in self.port.overdue(self.now) {
            self.put(Input::Crm(report));
        }
        self.put(Input::Tick);
        self.settle();
    }

    /// Carries messages until everybody is silent.
    fn settle(&mut self) {
        while !self.is_dead() {
            if let Some((client, message)) = self.switch.poll() {
                match (client, message) {
                    (PAGE, ServerMessage::Report(report)) => self.reported(report),
                    (OUTSIDE, ServerMessage::Calls(calls)) => self.outside_calls = calls,
                    _ => {}
                }
            } else if let Some(output) = self.host.poll() {
                if let HostOutput::Post(message) = output {
                    for report in self.port.hear(&message) {
                        self.put(Input::Crm(report));
                    }
                }
            } else if let Some(output) = self.phone.poll() {
                self.outputs += 1;
                self.carry_out(output);
                self.life = self.life.map(|left| left.saturating_sub(1));
            } else {
                break;
            }
        }
    }

    fn reported(&mut self, report: PhoneReport) {
        // A switch may speak of a call the softphone turned away before; that is its right, and refused without harm.
        let _stray = self.step(Input::Phone(report));
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Crm { id, command } => {
                for message in self.port.ask(self.now, id, command) {
                    self.host.receive(&mut self.org, self.now, &message);
                }
            }
            Output::Phone { command: PhoneCommand::Sync, .. } => {
                self.switch.handle(self.now, PAGE, ClientMessage::Agent(AgentMessage::Sync));
            }
            Output::Phone { id, command } => {
                self.switch.handle(self.now, PAGE, ClientMessage::Agent(AgentMessage::Command { id, command }));
            }
            Output::Store => self.stored = self.phone.checkpoint(),
            Output::Changed | Output::Sound(_) => {}
            other => panic!("the house does not know {other:?}"),
        }
    }

    fn put(&mut self, input: Input) {
        self.step(input).expect("the house only tells what happened");
    }

    fn step(&mut self, input: Input) -> Result<(), Refusal> {
        if self.is_dead() {
            return Ok(());
        }
        self.inputs += 1;
        let now = Now { mono: self.now - self.start, wall: self.now, utc_offset: 0 };
        self.phone.handle(now, input)
    }
}
