//! The switch behind connections that carry text.

use std::collections::BTreeMap;

use hookswitch_core::{PhoneReport, RefusedReason};

use crate::{AgentMessage, Client, ClientMessage, Malformed, NetworkCommand, Problem, Script, ServerMessage, Switch};

/// What a connection is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ConnectionKind {
    /// An agent's page: `/switch`.
    Agent,
    /// An observer: `/switch/network`.
    Network,
}

/// A [`Switch`] whose clients are connections with ids of the host's choice, and whose messages are JSON text.
///
/// A text that cannot be read is answered by an `error` (a command with a readable id by `refused`) and changes nothing; so does
/// text from an id that never connected, which is not answered.
#[derive(Debug)]
pub struct Hub {
    switch: Switch,
    connections: BTreeMap<u64, ConnectionKind>,
    /// Answers the switch knows nothing of; they leave after what it said before.
    answers: Vec<(u64, ServerMessage)>,
}

impl Hub {
    /// A hub with a fresh switch; see [`Switch::new`].
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { switch: Switch::new(seed), connections: BTreeMap::new(), answers: Vec::new() }
    }

    /// Lets time pass; harmless when nothing is due.
    pub fn advance(&mut self, now_ms: u64) {
        self.switch.advance(now_ms);
    }

    /// A connection came; an id in use is taken over by it.
    pub fn connect(&mut self, now_ms: u64, connection: u64, kind: ConnectionKind) {
        self.disconnect(now_ms, connection);
        self.connections.insert(connection, kind);
        if kind == ConnectionKind::Network {
            self.switch.handle(now_ms, Client(connection), ClientMessage::Observe);
        }
    }

    /// A connection went; harmless for an unknown id.
    pub fn disconnect(&mut self, now_ms: u64, connection: u64) {
        if self.connections.remove(&connection).is_some() {
            self.switch.handle(now_ms, Client(connection), ClientMessage::Gone);
            self.answers.retain(|(to, _)| *to != connection);
        }
    }

    /// Adds scripted callers and numbers; see [`Switch::play`].
    pub fn play(&mut self, now_ms: u64, script: Script) {
        self.switch.play(now_ms, script);
    }

    /// The next text to send, until none.
    pub fn poll(&mut self) -> Option<(u64, String)> {
        if let Some((client, message)) = self.switch.poll() {
            return Some((client.0, message.to_json()));
        }
        if self.answers.is_empty() {
            return None;
        }
        let (connection, message) = self.answers.remove(0);
        Some((connection, message.to_json()))
    }

    /// A text came over a connection.
    pub fn receive(&mut self, now_ms: u64, connection: u64, text: &str) {
        let Some(kind) = self.connections.get(&connection) else { return };
        let message = match kind {
            ConnectionKind::Agent => AgentMessage::parse(text).map(ClientMessage::Agent),
            ConnectionKind::Network => NetworkCommand::parse(text).map(ClientMessage::Network),
        };
        match message {
            Ok(message) => self.switch.handle(now_ms, Client(connection), message),
            Err(malformed) => {
                self.switch.advance(now_ms);
                self.answers.push((connection, answer(malformed)));
            }
        }
    }

    /// When to call [`Hub::advance`] next; none: nothing is awaited.
    #[must_use]
    pub fn deadline(&self) -> Option<u64> {
        self.switch.deadline()
    }
}

fn answer(malformed: Malformed) -> ServerMessage {
    let detail = malformed.to_string();
    match malformed.request {
        Some(request) => {
            ServerMessage::Report(PhoneReport::Refused { request, reason: RefusedReason::NotSupported, detail: detail.into() })
        }
        None => ServerMessage::Error(Problem { code: "malformed".to_owned(), detail }),
    }
}
