//! A switch with people around it, for tests that read like the desk.

use hookswitch_core::{Cause, PartyRef, PhoneCall, PhoneCommand, PhoneRef, PhoneReport, RefusedReason, RequestId};
use hookswitch_switch::{
    AgentMessage, AgentView, Behaviour, CallAgent, CallView, Client, ClientMessage, Hello, NetworkCommand, Options, ServerMessage, Switch,
};

/// The page of agent 1001, attached from the start.
pub(crate) const ANN: Client = Client(1);
/// The page of agent 1002, attached where a test says so.
pub(crate) const BOB: Client = Client(2);
/// The page of agent 1003, attached where a test says so.
pub(crate) const CID: Client = Client(3);
/// The observer, attached from the start.
pub(crate) const NETWORK: Client = Client(9);

pub(crate) struct Desk {
    pub(crate) switch: Switch,
    pub(crate) now: u64,
    request: u32,
    heard: Vec<(Client, ServerMessage)>,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// Agent 1001 is there, ready, and has been told so.
    pub(crate) fn new() -> Self {
        let mut desk = Self { switch: Switch::new(1), now: 0, request: 0, heard: Vec::new() };
        desk.say(NETWORK, ClientMessage::Observe);
        desk.hello(ANN, "1001", "Ann");
        desk.ready(ANN);
        desk.heard.clear();
        desk
    }

    pub(crate) fn say(&mut self, client: Client, message: ClientMessage) {
        self.switch.handle(self.now, client, message);
        self.listen();
    }

    pub(crate) fn hello(&mut self, page: Client, extension: &str, name: &str) {
        let hello = Hello { extension: extension.to_owned(), name: name.to_owned() };
        self.say(page, ClientMessage::Agent(AgentMessage::Hello(hello)));
    }

    pub(crate) fn ready(&mut self, page: Client) {
        self.does(page, PhoneCommand::SetAgentState { ready: true, reason: String::new() });
    }

    /// A command of an agent; gives its id.
    pub(crate) fn does(&mut self, page: Client, command: PhoneCommand) -> RequestId {
        self.request += 1;
        let id = RequestId(self.request);
        self.say(page, ClientMessage::Agent(AgentMessage::Command { id, command }));
        id
    }

    /// A command that must be carried out: gives what the page was told after `done`.
    pub(crate) fn done(&mut self, page: Client, command: PhoneCommand) -> Vec<PhoneReport> {
        self.forget();
        let request = self.does(page, command);
        let mut told = self.told(page);
        assert!(!told.is_empty(), "no answer");
        assert_eq!(told.remove(0), PhoneReport::Done { request });
        told
    }

    /// A command that must be refused: gives the reason.
    pub(crate) fn refused(&mut self, page: Client, command: PhoneCommand) -> RefusedReason {
        self.forget();
        self.does(page, command);
        match self.told(page).as_slice() {
            [PhoneReport::Refused { reason, .. }] => *reason,
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(crate) fn network(&mut self, command: NetworkCommand) {
        self.say(NETWORK, ClientMessage::Network(command));
    }

    pub(crate) fn calls(&mut self, call: CallAgent) -> PhoneRef {
        self.network(NetworkCommand::CallAgent(call));
        self.newest()
    }

    /// A direct call to 1001.
    pub(crate) fn rings(&mut self) -> PhoneRef {
        self.calls(CallAgent::new("1001", "+14155550100", "Ada"))
    }

    /// A direct call to 1001 that Ann answered.
    pub(crate) fn talks(&mut self) -> PhoneRef {
        let call = self.rings();
        self.done(ANN, PhoneCommand::Answer { call: call.clone() });
        self.forget();
        call
    }

    /// Ann dials; gives the call's name.
    pub(crate) fn dials(&mut self, to: &str) -> PhoneRef {
        self.forget();
        let request = self.does(ANN, make_call(to));
        let told = self.told(ANN);
        let [PhoneReport::Originated { request: originated, call }, PhoneReport::Done { request: done }, ..] = told.as_slice() else {
            panic!("not dialed: {told:?}")
        };
        assert_eq!((*originated, *done), (request, request));
        let call = call.clone();
        self.forget();
        call
    }

    /// Bob and Cid are there, too, and ready.
    pub(crate) fn colleagues(&mut self) {
        for (page, extension, name) in [(BOB, "1002", "Bob"), (CID, "1003", "Cid")] {
            self.hello(page, extension, name);
            self.ready(page);
        }
        self.forget();
    }

    /// Ann talks with Ada, holds her, and asks Bob, who answered: Ada's call, the consultation.
    pub(crate) fn consults(&mut self) -> (PhoneRef, PhoneRef) {
        let ada = self.talks();
        let consultation = self.asks(&ada);
        self.passes(300);
        self.done(BOB, PhoneCommand::Answer { call: consultation.clone() });
        self.forget();
        (ada, consultation)
    }

    /// Ann holds the call and dials Bob about it.
    pub(crate) fn asks(&mut self, about: &PhoneRef) -> PhoneRef {
        self.done(ANN, PhoneCommand::Hold { call: about.clone() });
        self.forget();
        self.does(ANN, PhoneCommand::MakeCall { to: "1002".into(), record: String::new(), consults: Some(about.clone()) });
        let named = self.told(ANN).into_iter().find_map(|report| match report {
            PhoneReport::Originated { call, .. } => Some(call),
            _ => None,
        });
        self.forget();
        named.expect("the call is named")
    }

    /// Ann, Ada and Bob in one call: as Ann knows it, and as Bob does.
    pub(crate) fn three(&mut self) -> (PhoneRef, PhoneRef) {
        let (ada, bob) = self.consults();
        self.done(ANN, PhoneCommand::ConferenceCall { call: ada.clone(), other: bob.clone() });
        self.forget();
        (ada, bob)
    }

    /// A page's calls, by its own sync.
    pub(crate) fn synced(&mut self, page: Client) -> Vec<PhoneCall> {
        match self.done(page, PhoneCommand::Sync).pop() {
            Some(PhoneReport::Sync { calls }) => calls,
            other => panic!("no sync: {other:?}"),
        }
    }

    /// The number a page was told as rung by last, with the call.
    pub(crate) fn delivered(&self, page: Client) -> (PhoneRef, String) {
        let rings = self.told(page).into_iter().rev().find_map(|report| match report {
            PhoneReport::Delivered { call, from, .. } => Some((call, from.number.reveal().to_owned())),
            _ => None,
        });
        rings.expect("it rings")
    }

    /// The names of an end in views, by its number.
    pub(crate) fn end(&mut self, number: &str) -> PartyRef {
        let lasting = self.seen().into_iter().filter(|call| call.ended.is_none());
        let mut ends = lasting.flat_map(|call| call.parties);
        ends.find(|end| end.number.reveal() == number).expect("in a call").id
    }

    /// Who is in the call with the one of this number.
    pub(crate) fn with_whom(&mut self, number: &str) -> Vec<String> {
        let has = |call: &CallView| call.ended.is_none() && call.parties.iter().any(|end| end.number.reveal() == number);
        let call = self.seen().into_iter().find(has);
        let others = call.into_iter().flat_map(|call| call.parties).map(|end| end.number.reveal().to_owned());
        others.filter(|other| other != number).collect()
    }

    pub(crate) fn options(&mut self, options: Options) {
        self.network(NetworkCommand::SetOptions { options });
    }

    pub(crate) fn behaves(&mut self, number: &str, behaviour: Behaviour) {
        self.network(NetworkCommand::SetBehaviour { number: number.into(), behaviour: Some(behaviour) });
    }

    pub(crate) fn passes(&mut self, ms: u64) {
        self.now += ms;
        self.switch.advance(self.now);
        self.listen();
    }

    pub(crate) fn leaves(&mut self, client: Client) {
        self.say(client, ClientMessage::Gone);
    }

    /// What a page was told since the last `forget`.
    pub(crate) fn told(&self, page: Client) -> Vec<PhoneReport> {
        let report = |(to, message): &(Client, ServerMessage)| match message {
            ServerMessage::Report(report) if *to == page => Some(report.clone()),
            _ => None,
        };
        self.heard.iter().filter_map(report).collect()
    }

    /// The codes of problems a client was told since the last `forget`.
    pub(crate) fn problems(&self, client: Client) -> Vec<String> {
        let code = |(to, message): &(Client, ServerMessage)| match message {
            ServerMessage::Error(problem) if *to == client => Some(problem.code.clone()),
            _ => None,
        };
        self.heard.iter().filter_map(code).collect()
    }

    /// Everything said, to everybody, since the last `forget`.
    pub(crate) fn heard(&self) -> &[(Client, ServerMessage)] {
        &self.heard
    }

    pub(crate) fn forget(&mut self) {
        self.heard.clear();
    }

    /// The calls as a fresh observer sees them.
    pub(crate) fn seen(&mut self) -> Vec<CallView> {
        let fresh = self.fresh_observer();
        let calls = fresh.into_iter().find_map(|message| if let ServerMessage::Calls(calls) = message { Some(calls) } else { None });
        calls.expect("an observer is told the calls")
    }

    /// The agents as a fresh observer sees them.
    pub(crate) fn agents(&mut self) -> Vec<AgentView> {
        let fresh = self.fresh_observer();
        let agents = fresh.into_iter().find_map(|message| if let ServerMessage::Agents(agents) = message { Some(agents) } else { None });
        agents.expect("an observer is told the agents")
    }

    /// Why the call ended, as observers see it.
    pub(crate) fn ended(&mut self, call: &PhoneRef) -> Option<Cause> {
        self.seen().into_iter().find(|seen| seen.call == *call).expect("the call is still shown").ended
    }

    fn newest(&mut self) -> PhoneRef {
        self.seen().pop().expect("a call").call
    }

    fn fresh_observer(&mut self) -> Vec<ServerMessage> {
        let before = self.heard.len();
        self.say(Client(99), ClientMessage::Observe);
        let fresh = self.heard.drain(before..).filter(|(to, _)| *to == Client(99)).map(|(_, message)| message).collect();
        self.say(Client(99), ClientMessage::Gone);
        self.heard.truncate(before);
        fresh
    }

    fn listen(&mut self) {
        while let Some(said) = self.switch.poll() {
            self.heard.push(said);
        }
    }
}

pub(crate) fn make_call(to: &str) -> PhoneCommand {
    PhoneCommand::MakeCall { to: to.into(), record: String::new(), consults: None }
}
