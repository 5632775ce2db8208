//! The one place where core and browser meet.

use std::{cell::RefCell, rc::Rc};

use hookswitch_core::{
    AgentCommand, AgentState, AgentView, CrmState, CrmView, MediaState, PhoneState, PhoneView, Refusal, Snapshot, Sound,
};

use crate::{Config, Status, listeners::Listeners};

pub(crate) struct Desk {
    snapshot: RefCell<Rc<Snapshot>>,
    status: RefCell<Rc<Status>>,
    listeners: Rc<Listeners>,
}

impl Desk {
    pub(crate) fn start(_config: Config) -> Rc<Self> {
        Rc::new(Self { snapshot: RefCell::new(Rc::new(nothing())), status: RefCell::default(), listeners: Rc::default() })
    }

    pub(crate) fn snapshot(&self) -> Rc<Snapshot> {
        Rc::clone(&self.snapshot.borrow())
    }

    pub(crate) fn status(&self) -> Rc<Status> {
        Rc::clone(&self.status.borrow())
    }

    pub(crate) fn listeners(&self) -> &Rc<Listeners> {
        &self.listeners
    }

    pub(crate) fn command(&self, _command: AgentCommand) -> Result<(), Refusal> {
        Err(Refusal::NoPhone)
    }

    pub(crate) fn sign_in(&self, _user: &str, _password: &str) {}

    pub(crate) fn enable_sound(&self) {}

    pub(crate) fn stop(&self) {
        self.listeners.tell();
    }
}

/// What an agent sees before there is anything.
fn nothing() -> Snapshot {
    Snapshot {
        revision: 0,
        agent: AgentView {
            identity: String::new(),
            pending: None,
            reasons: Vec::new(),
            since: 0,
            state: AgentState::NotReady { reason: String::new() },
        },
        calls: Vec::new(),
        crm: CrmView { state: CrmState::Starting },
        dial: Some("noPhone"),
        logs: Vec::new(),
        phone: PhoneView {
            detail: String::new(),
            media: MediaState::Usable,
            provided: false,
            simulated: false,
            state: PhoneState::Stopped,
        },
        problems: Vec::new(),
        sound: Sound::Silence,
    }
}
