//! One call with everything in it: it rings, is answered, held and retrieved; a colleague is asked; it is transferred and written up.
//!
//! The same steps are played by `node/desk.mjs` against the wasm module and against the XState machine. The stand-in phone system answers
//! every command at once: first that it is carried out, then what happened. There is no CRM, and nothing is logged: the machine beside
//! it has no outbox either.

use std::collections::VecDeque;

use hookswitch_core::settings::{LogWhen, PerKind, ProviderKind, Settings, StartPresence};
use hookswitch_core::{
    AgentCommand, CallId, CallKind, Capabilities, Input, Now, Output, Party, PhoneCommand, PhoneRef, PhoneReport, PhoneState, Private,
    RequestId, Side, Softphone,
};

/// Inputs of one round.
pub const INPUTS_PER_ROUND: u32 = 23;
/// What one round asks of the host: six commands to the phone system, four changes of the sound.
pub const OUTPUTS_PER_ROUND: u32 = 10;

/// What happens to a softphone, in which order, and what it asked for.
#[derive(Debug)]
pub struct Desk {
    phone: Softphone,
    now: u64,
    rounds: u32,
    inputs: u32,
    outputs: u32,
    reports: VecDeque<PhoneReport>,
    after_each: After,
    trace: Vec<String>,
    /// Keeps the optimiser from dropping a snapshot nobody reads.
    calls_seen: u32,
    /// The same for what is kept.
    bytes_seen: u32,
}

/// What is done after every input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum After {
    /// Nothing: whoever is asked takes the outputs.
    Nothing,
    /// A snapshot is taken, as a panel does that draws every change.
    Snapshot,
    /// What the next page needs is written down wherever the softphone asks for it.
    Kept,
    /// The calls' phases are written down.
    Trace,
}

/// What the rounds came to. Equal wherever they were played.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Inputs taken.
    pub inputs: u32,
    /// Commands to the phone system, and changes of the sound.
    pub outputs: u32,
}

impl Desk {
    /// An agent who is ready, with a phone system that can do everything.
    ///
    /// # Panics
    ///
    /// When the softphone refuses what every phone system tells at its start.
    #[must_use]
    pub fn new() -> Self {
        let mut desk = Self {
            phone: Softphone::new(),
            now: 0,
            rounds: 0,
            inputs: 0,
            outputs: 0,
            reports: VecDeque::new(),
            after_each: After::Nothing,
            trace: Vec::new(),
            calls_seen: 0,
            bytes_seen: 0,
        };
        for input in start() {
            desk.put(input);
            desk.settle();
        }
        (desk.inputs, desk.outputs) = (0, 0);
        desk
    }

    /// Plays so many calls from the first ring to the end of the wrap-up.
    ///
    /// # Panics
    ///
    /// When the softphone refuses a step.
    pub fn play(&mut self, rounds: u32, after_each: After) -> Counts {
        let before = Counts { inputs: self.inputs, outputs: self.outputs };
        self.after_each = after_each;
        for _ in 0..rounds {
            self.round();
        }
        Counts { inputs: self.inputs - before.inputs, outputs: self.outputs - before.outputs }
    }

    /// One call that is answered and goes on, for measuring what it weighs.
    pub fn talks(&mut self) {
        let call = self.rings();
        self.agent(AgentCommand::Answer(call));
    }

    /// The phases of all calls after each input of the last traced round.
    #[must_use]
    pub fn trace(&self) -> &[String] {
        &self.trace
    }

    fn round(&mut self) {
        self.trace.clear();
        let customer = self.rings();
        let colleague = CallId(customer.0 + 1);
        self.agent(AgentCommand::Answer(customer));
        self.agent(AgentCommand::Hold(customer));
        self.agent(AgentCommand::Retrieve(customer));
        self.agent(AgentCommand::Consult { call: customer, number: "1002".into() });
        self.agent(AgentCommand::Transfer(customer, colleague));
        self.agent(AgentCommand::SetDisposition(customer, Some("Transferred".to_owned())));
        self.agent(AgentCommand::SetNotes(customer, "Asked for the invoice.".into()));
        self.agent(AgentCommand::FinishWrapUp(customer));
    }

    fn rings(&mut self) -> CallId {
        self.rounds += 1;
        let delivered = PhoneReport::Delivered {
            call: PhoneRef(format!("c{}", self.rounds)),
            from: Party { number: "+14155550100".into(), name: "Ada Byron".into() },
            called: Private::from("+14155550000"),
            queue: String::new(),
            segment: "".into(),
            kind: CallKind::Inbound,
            record: String::new(),
            owns_log: true,
        };
        self.put(Input::Phone(delivered));
        // The softphone numbers calls from 1; every round has two.
        CallId(self.rounds * 2 - 1)
    }

    fn agent(&mut self, command: AgentCommand) {
        self.put(Input::Agent(command));
        self.settle();
    }

    fn settle(&mut self) {
        while let Some(report) = self.reports.pop_front() {
            self.put(Input::Phone(report));
        }
    }

    fn put(&mut self, input: Input) {
        self.now += 1;
        self.inputs += 1;
        let now = Now { mono: self.now, wall: MORNING + self.now, utc_offset: 60 };
        if let Err(refusal) = self.phone.handle(now, input) {
            panic!("input {} of round {}: {refusal}", self.inputs, self.rounds);
        }
        while let Some(output) = self.phone.poll() {
            match output {
                Output::Phone { id, command } => {
                    self.outputs += 1;
                    answer(&mut self.reports, id, command);
                }
                Output::Sound(_) => self.outputs += 1,
                Output::Store if self.after_each == After::Kept => {
                    self.bytes_seen = self.bytes_seen.wrapping_add(u32::try_from(self.phone.checkpoint().len()).unwrap_or(0));
                }
                // Kept and drawn elsewhere.
                _ => {}
            }
        }
        match self.after_each {
            After::Nothing | After::Kept => {}
            After::Snapshot => {
                self.calls_seen = self.calls_seen.wrapping_add(u32::try_from(self.phone.snapshot().calls.len()).unwrap_or(0))
            }
            After::Trace => {
                let phases: Vec<_> = self.phone.snapshot().calls.iter().map(|call| camel(&format!("{:?}", call.phase))).collect();
                self.trace.push(phases.join(" "));
            }
        }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// What a softphone hears at its start.
#[must_use]
pub fn start() -> [Input; 5] {
    [
        Input::Start { seed: 7 },
        Input::Settings(Box::new(settings())),
        Input::Phone(PhoneReport::Account { identity: "1001".into() }),
        Input::Phone(PhoneReport::Capabilities { capabilities: capabilities() }),
        Input::Phone(PhoneReport::Service { state: PhoneState::Ready, detail: Private::default() }),
    ]
}

/// 2026-01-15T10:00:00Z.
pub const MORNING: u64 = 1_768_471_200_000;

/// As shipped, but ready from the start, and nothing is logged.
#[must_use]
pub fn settings() -> Settings {
    let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    settings.calls.start_presence = StartPresence::Ready;
    settings.log.when = PerKind { inbound: LogWhen::Never, internal: LogWhen::Never, outbound: LogWhen::Never };
    settings
}

fn capabilities() -> Capabilities {
    Capabilities { digits: true, hold: true, mute: true, transfer: true, conference: true, ..Capabilities::default() }
}

/// The stand-in phone system: done, and what came of it.
fn answer(reports: &mut VecDeque<PhoneReport>, request: RequestId, command: PhoneCommand) {
    let done = PhoneReport::Done { request };
    match command {
        PhoneCommand::Answer { call } => reports.extend([done, PhoneReport::Established { call, party: None }]),
        PhoneCommand::Hold { call } => reports.extend([done, PhoneReport::Held { call, by: Side::Agent }]),
        PhoneCommand::MakeCall { .. } => {
            let call = PhoneRef(format!("k{}", request.0));
            reports.extend([
                PhoneReport::Originated { request, call: call.clone() },
                done,
                PhoneReport::NetworkReached { call: call.clone(), early_media: false },
                PhoneReport::Established { call, party: None },
            ]);
        }
        PhoneCommand::Retrieve { call } => reports.extend([done, PhoneReport::Retrieved { call, by: Side::Agent }]),
        PhoneCommand::Sync => reports.extend([done, PhoneReport::Sync { calls: Vec::new() }]),
        PhoneCommand::TransferCall { call, other, .. } => {
            let transferred =
                PhoneReport::Transferred { call, by: Side::Agent, other: Some(other), party: None, kind: None, record: String::new() };
            reports.extend([done, transferred]);
        }
        _ => reports.push_back(done),
    }
}

fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_passes_through_every_phase_it_is_about() {
        let mut desk = Desk::new();
        let counts = desk.play(3, After::Trace);
        assert_eq!(counts, Counts { inputs: 3 * INPUTS_PER_ROUND, outputs: 3 * OUTPUTS_PER_ROUND });
        assert_eq!(desk.trace(), TRACE);
    }

    #[test]
    fn no_round_leaves_anything_behind() {
        let mut desk = Desk::new();
        desk.play(200, After::Nothing);
        let snapshot = desk.phone.snapshot();
        assert!(snapshot.calls.is_empty() && snapshot.logs.is_empty() && snapshot.problems.is_empty(), "{snapshot:?}");
    }

    const TRACE: [&str; 23] = [
        "alerting",
        "answering",
        "answering",
        "connected",
        "holding",
        "holding",
        "held",
        "retrieving",
        "retrieving",
        "connected",
        "holding initiated",
        "holding initiated",
        "held initiated",
        "held initiated",
        "held initiated",
        "held delivered",
        "held connected",
        "transferring transferring",
        "transferring transferring",
        "wrapUp",
        "wrapUp",
        "wrapUp",
        "",
    ];
}
