//! Whatever anybody does in whatever order: nobody is dropped who was not asked to leave, and what agents are told is what is.

use std::collections::{BTreeMap, BTreeSet};

use hookswitch_core::{Cause, ConnectionState, Party, PartyRef, PhoneCommand, PhoneRef, PhoneReport, Recording, RequestId};
use hookswitch_switch::{
    AgentMessage, CallAgent, CallView, Client, ClientMessage, EndView, Hello, NetworkCommand, Options, PartyAct, QueueStrategy,
    ServerMessage, Switch,
};
use proptest::prelude::*;

use crate::fold::Fold;

const AGENTS: [&str; 3] = ["1001", "1002", "1003"];
const NETWORK: Client = Client(9);

/// Where agents call: each other, somebody who is waited for, a busy number, one that answers, one that does not exist, voicemail.
const NUMBERS: [&str; 8] = ["1001", "1002", "1003", "+14155550100", "+14155550101", "+14155550199", "+14155550197", "1900"];

/// One thing somebody does. Numbers choose among what there is.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Agent { who: u8, what: u8, call: u8, other: u8, to: u8 },
    Caller { to: u8, queue: bool },
    Outside { what: u8, call: u8, end: u8 },
    Passes { ms: u32 },
    Reloads { who: u8 },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (0..3_u8, 0..24_u8, any::<u8>(), any::<u8>(), any::<u8>())
            .prop_map(|(who, what, call, other, to)| Deed::Agent { who, what, call, other, to }),
        2 => (0..4_u8, any::<bool>()).prop_map(|(to, queue)| Deed::Caller { to, queue }),
        4 => (0..9_u8, any::<u8>(), any::<u8>()).prop_map(|(what, call, end)| Deed::Outside { what, call, end }),
        3 => prop_oneof![Just(300), Just(2_000), Just(16_000), Just(31_000), Just(61_000)].prop_map(|ms| Deed::Passes { ms }),
        1 => (0..3_u8).prop_map(|who| Deed::Reloads { who }),
    ]
}

struct World {
    switch: Switch,
    now: u64,
    request: u32,
    folds: [Fold; 3],
    calls: Vec<CallView>,
    /// Ends whose agents asked for a blind transfer and were not told its outcome.
    ///
    /// One entry per transfer: another wish takes the place of one that is under way, whose failure is told then.
    leaving: Vec<PartyRef>,
}

impl World {
    fn new(options: Options) -> Self {
        let mut world =
            Self { switch: Switch::new(1), now: 0, request: 0, folds: Default::default(), calls: Vec::new(), leaving: Vec::new() };
        world.say(NETWORK, ClientMessage::Observe);
        world.say(NETWORK, ClientMessage::Network(NetworkCommand::SetOptions { options }));
        for who in 0..3 {
            world.hello(who);
            world.command(who, PhoneCommand::SetAgentState { ready: true, reason: String::new() });
        }
        world
    }

    fn hello(&mut self, who: usize) {
        let hello = Hello { extension: AGENTS[who].to_owned(), name: format!("Agent {who}") };
        self.say(page(who), ClientMessage::Agent(AgentMessage::Hello(hello)));
    }

    fn say(&mut self, client: Client, message: ClientMessage) -> Vec<(Client, PhoneReport)> {
        self.switch.handle(self.now, client, message);
        self.listen()
    }

    fn listen(&mut self) -> Vec<(Client, PhoneReport)> {
        let mut told = Vec::new();
        while let Some((to, message)) = self.switch.poll() {
            match message {
                ServerMessage::Report(report) => {
                    let who = usize::try_from(to.0).expect("small") - 1;
                    if let PhoneReport::TransferFailed { call, .. } = &report
                        && let Some(end) = self.end_of(who, call)
                        && let Some(at) = self.leaving.iter().position(|own| *own == end)
                    {
                        self.leaving.remove(at);
                    }
                    self.folds[who].hear(&report);
                    told.push((to, report));
                }
                ServerMessage::Calls(calls) => self.calls = calls,
                _ => {}
            }
        }
        told
    }

    /// Whether it was carried out.
    fn command(&mut self, who: usize, command: PhoneCommand) -> bool {
        self.request += 1;
        if let PhoneCommand::MakeCall { to, .. } = &command {
            self.folds[who].dialed = to.clone();
        }
        let id = RequestId(self.request);
        let told = self.say(page(who), ClientMessage::Agent(AgentMessage::Command { id, command }));
        let answers: Vec<_> = told
            .iter()
            .filter_map(|(to, report)| match report {
                PhoneReport::Done { request } if *request == id && *to == page(who) => Some(true),
                PhoneReport::Refused { request, .. } if *request == id && *to == page(who) => Some(false),
                _ => None,
            })
            .collect();
        assert_eq!(answers.len(), 1, "every command has one answer");
        answers[0]
    }

    /// The ends that take part in calls that last: their call's place, by id.
    fn present(&self) -> BTreeMap<PartyRef, usize> {
        let mut present = BTreeMap::new();
        for (at, call) in self.calls.iter().enumerate().filter(|(_, call)| call.ended.is_none()) {
            for end in &call.parties {
                assert!(present.insert(end.id.clone(), at).is_none(), "{:?} is in two calls", end.id);
            }
        }
        present
    }

    /// The agent's end of the call of that name.
    fn end_of(&self, who: usize, name: &PhoneRef) -> Option<PartyRef> {
        let lasting = self.calls.iter().filter(|call| call.ended.is_none());
        let mine = |end: &&EndView| end.extension == AGENTS[who] && end.call == *name;
        lasting.flat_map(|call| &call.parties).find(mine).map(|end| end.id.clone())
    }

    /// Everybody in that end's call.
    fn all_with(&self, end: &PartyRef) -> Vec<PartyRef> {
        let is_it = |call: &&CallView| call.ended.is_none() && call.parties.iter().any(|other| other.id == *end);
        self.calls.iter().find(is_it).into_iter().flat_map(|call| &call.parties).map(|end| end.id.clone()).collect()
    }

    fn does(&mut self, deed: Deed) {
        let before = self.calls.clone();
        let mut asked: BTreeSet<PartyRef> = BTreeSet::new();
        match deed {
            Deed::Agent { who, what, call, other, to } => self.agent_does(usize::from(who), what, call, other, to, &mut asked),
            Deed::Caller { to, queue } => {
                let number = "+14155550142";
                let mut call = match AGENTS.get(usize::from(to)) {
                    Some(agent) => CallAgent::new(agent, number, "Ada"),
                    None => CallAgent::to_queue("Support", number, "Ada"),
                };
                if queue {
                    "Support".clone_into(&mut call.queue);
                }
                self.say(NETWORK, ClientMessage::Network(NetworkCommand::CallAgent(call)));
            }
            Deed::Outside { what, call, end } => self.outside_does(what, call, end, &mut asked),
            Deed::Passes { ms } => {
                self.now += u64::from(ms);
                self.switch.advance(self.now);
                self.listen();
            }
            Deed::Reloads { who } => {
                self.say(page(usize::from(who)), ClientMessage::Gone);
                self.folds[usize::from(who)] = Fold::default();
                self.hello(usize::from(who));
            }
        }
        self.nobody_vanished(&before, &asked, deed);
        self.everybody_knows(deed);
    }

    fn agent_does(&mut self, who: usize, what: u8, call: u8, other: u8, to: u8, asked: &mut BTreeSet<PartyRef>) {
        let names: Vec<PhoneRef> = self.folds[who].calls.keys().cloned().collect();
        let pick = |chooser: u8| names.get(usize::from(chooser) % names.len().max(1)).cloned();
        let number = NUMBERS[usize::from(to) % NUMBERS.len()];
        let (Some(call), Some(other)) = (pick(call), pick(other)) else {
            self.command(who, make_call(number, None));
            return;
        };
        let peers = &self.folds[who].calls[&call].peers;
        let party = peers[usize::from(to) % peers.len()].0.clone().unwrap_or_else(|| "p1".into());
        let to = number.into();
        let record = String::new();
        let on = number.ends_with('1');
        let (own, own_other) = (self.end_of(who, &call).expect("told calls are"), self.end_of(who, &other));
        let command = match what {
            0 | 1 => PhoneCommand::Answer { call },
            2 => PhoneCommand::ClearCall { call },
            3 => PhoneCommand::ClearConnection { call },
            4 => PhoneCommand::ClearParty { call, party: party.clone() },
            5 | 6 => PhoneCommand::ConferenceCall { call, other },
            7 => PhoneCommand::Decline { call, cause: if on { Cause::Declined } else { Cause::Busy } },
            8 => PhoneCommand::Deflect { call, to },
            9 => PhoneCommand::GenerateDigits { call, digits: "5".into() },
            10 | 11 => PhoneCommand::Hold { call },
            12 => PhoneCommand::HoldParty { call, party },
            13 => make_call(number, None),
            14 | 15 => make_call(number, Some(call)),
            16 => PhoneCommand::MuteParty { call, party, on },
            17 => PhoneCommand::Retrieve { call },
            18 => PhoneCommand::RetrieveParty { call, party },
            19 => PhoneCommand::SetMute { call, on },
            20 => PhoneCommand::SetRecording { call, to: [Recording::Off, Recording::On, Recording::Paused][number.len() % 3] },
            21 => PhoneCommand::SingleStepConference { call, to },
            22 => PhoneCommand::SingleStepTransfer { call, to, record },
            _ => PhoneCommand::TransferCall { call, other, record },
        };
        match &command {
            PhoneCommand::ClearCall { .. } => asked.extend(self.all_with(&own)),
            PhoneCommand::ClearParty { party, .. } => asked.extend([party.clone()]),
            PhoneCommand::ClearConnection { .. } => asked.extend([own]),
            PhoneCommand::ConferenceCall { .. } => asked.extend(own_other),
            PhoneCommand::TransferCall { .. } => asked.extend([own].into_iter().chain(own_other)),
            PhoneCommand::SingleStepTransfer { .. } => self.leaving.push(own),
            _ => {}
        }
        self.command(who, command);
    }

    fn outside_does(&mut self, what: u8, call: u8, end: u8, asked: &mut BTreeSet<PartyRef>) {
        let lasting: Vec<&CallView> = self.calls.iter().filter(|call| call.ended.is_none()).collect();
        let Some(chosen) = lasting.get(usize::from(call) % lasting.len().max(1)) else { return };
        let outside: Vec<&EndView> = chosen.parties.iter().filter(|end| end.extension.is_empty()).collect();
        let Some(party) = outside.get(usize::from(end) % outside.len().max(1)) else { return };
        let (call, id) = (chosen.call.clone(), party.id.clone());
        let end = Some(id.clone());
        let to = Party { number: "+14155550177".into(), name: "Grace".into() };
        let command = match what {
            0..=2 => NetworkCommand::Answer { call, party: None, end },
            3 => NetworkCommand::Reject { call, cause: Cause::Busy, end },
            4 => NetworkCommand::Hold { call, end },
            5 => NetworkCommand::Retrieve { call, end },
            6 => NetworkCommand::Voicemail { call, end },
            7 => NetworkCommand::Act { call, end, act: PartyAct::Transfers { to, record: "003".to_owned() } },
            _ => NetworkCommand::HangUp { call, end },
        };
        if matches!(command, NetworkCommand::HangUp { .. } | NetworkCommand::Reject { .. } | NetworkCommand::Act { .. }) {
            asked.insert(id);
        }
        self.say(NETWORK, ClientMessage::Network(command));
    }

    /// Who talked before and is gone asked for it, was named, or was left alone by those who were.
    fn nobody_vanished(&mut self, before: &[CallView], asked: &BTreeSet<PartyRef>, deed: Deed) {
        let now = self.present();
        let talks = |end: &&EndView| matches!(end.state, ConnectionState::Connected | ConnectionState::Held);
        let by_itself = |end: &EndView| asked.contains(&end.id) || self.leaving.contains(&end.id) || end.name.reveal() == "Voicemail";
        for call in before.iter().filter(|call| call.ended.is_none() && call.answered) {
            for end in call.parties.iter().filter(talks).filter(|end| !now.contains_key(&end.id)) {
                let others = || call.parties.iter().filter(|other| other.id != end.id);
                let alone = !others().any(|other| now.contains_key(&other.id)) && others().filter(talks).all(by_itself);
                assert!(by_itself(end) || alone, "{} was dropped by {deed:?}\n{call:#?}", end.id.0);
            }
        }
        self.leaving.retain(|end| now.contains_key(end));
        for call in self.calls.iter().filter(|call| call.ended.is_none()) {
            let up = |end: &EndView| matches!(end.state, ConnectionState::Connected | ConnectionState::Held | ConnectionState::Initiated);
            let waits = call.to.state == ConnectionState::Queued || call.parties.len() > 1;
            assert!(call.parties.iter().any(up) && waits, "nobody is in {call:?}");
        }
    }

    /// What every agent was told is what is.
    fn everybody_knows(&mut self, deed: Deed) {
        for (who, agent) in AGENTS.into_iter().enumerate() {
            self.switch.handle(self.now, page(who), ClientMessage::Agent(AgentMessage::Sync));
            while let Some((to, message)) = self.switch.poll() {
                let ServerMessage::Report(PhoneReport::Sync { calls }) = message else { panic!("only the sync: {message:?}") };
                assert_eq!(to, page(who));
                let differs = self.folds[who].differs(&calls);
                assert_eq!(differs, None, "{} after {deed:?}:\n{}", agent, differs.as_deref().unwrap_or_default());
            }
        }
    }
}

fn page(who: usize) -> Client {
    Client(who as u64 + 1)
}

fn make_call(to: &str, consults: Option<PhoneRef>) -> PhoneCommand {
    PhoneCommand::MakeCall { to: to.into(), record: String::new(), consults }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_anybody_does_nobody_is_dropped_unasked_and_agents_are_told_what_is(
        deeds in prop::collection::vec(deed(), 1..60),
        in_turn in any::<bool>(),
        trunks in prop_oneof![Just(0), Just(3)],
    ) {
        let queue = if in_turn { QueueStrategy::RoundRobin } else { QueueStrategy::RingAll };
        let mut world = World::new(Options { lines: 3, trunks, queue, ..Options::default() });
        for deed in deeds {
            world.does(deed);
        }
    }
}
