//! The people outside: the other end of the simulated phone system, over a socket or in this page.

mod page;
mod socket;

use hookswitch_switch::{AgentView, CallView, NetworkCommand, Options, ServerMessage};
use leptos::prelude::*;
use serde_json::json;

use crate::address::{Places, Wishes};

/// The phone network as the drawer sees it.
#[derive(Clone, Copy)]
pub(crate) struct Network {
    /// Every call, ended ones for five seconds more.
    pub(crate) calls: RwSignal<Vec<CallView>>,
    /// Every extension.
    pub(crate) agents: RwSignal<Vec<AgentView>>,
    /// How numbers outside behave.
    pub(crate) options: RwSignal<Options>,
    /// Whether there is a phone network.
    pub(crate) connected: RwSignal<bool>,
    /// The last thing that was refused.
    pub(crate) problem: RwSignal<Option<String>>,
    line: StoredValue<Line, LocalStorage>,
}

/// The way to the phone system.
enum Line {
    Page(page::PageLine),
    Socket(socket::SocketLine),
    Waiting,
}

impl Network {
    /// The network that this page's address names; within a reactive owner.
    pub(crate) fn open(places: &Places, wishes: &Wishes) -> Self {
        let network = Self {
            calls: RwSignal::new(Vec::new()),
            agents: RwSignal::new(Vec::new()),
            options: RwSignal::new(Options::default()),
            connected: RwSignal::new(false),
            problem: RwSignal::new(None),
            line: StoredValue::new_local(Line::Waiting),
        };
        let line = match &places.network {
            Some(address) if wishes.network.as_deref() != Some("page") => Line::Socket(socket::SocketLine::open(address, network)),
            _ => Line::Page(page::PageLine::open(network)),
        };
        network.line.set_value(line);
        network
    }

    /// Does something in the place of the people outside.
    pub(crate) fn tell(self, command: &NetworkCommand) {
        let Ok(command) = serde_json::to_value(command) else { return };
        self.tell_text(&json!({ "network": command }).to_string());
    }

    /// The same as text on the wire.
    pub(crate) fn tell_text(self, text: &str) {
        self.problem.set(None);
        self.line.with_value(|line| match line {
            Line::Page(page) => page.send(text),
            Line::Socket(socket) => socket.send(text),
            Line::Waiting => {}
        });
    }

    /// The phone system said something.
    fn hear(self, text: &str) {
        match serde_json::from_str(text) {
            Ok(ServerMessage::Agents(agents)) => self.agents.set(agents),
            Ok(ServerMessage::Calls(calls)) => self.calls.set(calls),
            Ok(ServerMessage::Options(options)) => self.options.set(options),
            Ok(ServerMessage::Error(problem)) => self.problem.set(Some(problem.detail)),
            // Reports are for agents' pages; what cannot be read is a newer server's.
            Ok(_) | Err(_) => {}
        }
    }
}
