//! What the views read and write: the snapshot and the shell's status as signals, and the agent's hands.

use std::{rc::Rc, sync::Arc};

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, DialSource, Direction, Private, Refusal, Snapshot};
use hookswitch_shell::Status;
use leptos::prelude::*;

/// What an agent can do, as functions of whoever runs the phone.
pub struct Hands {
    /// Carries out a command, or says why not.
    pub command: Box<dyn Fn(AgentCommand) -> Result<(), Refusal>>,
    /// Takes name and password for the phone system; they are kept nowhere here.
    pub sign_in: Box<SignInHand>,
    /// Allows sound; called within a click.
    pub enable_sound: Box<dyn Fn()>,
}

/// Takes name and password.
pub type SignInHand = dyn Fn(&str, &str);

/// The agent's desk: everything a view needs. Copies are the same desk.
#[derive(Clone, Copy)]
pub struct Desk {
    snapshot: RwSignal<Arc<Snapshot>>,
    status: RwSignal<Arc<Status>>,
    hands: StoredValue<Rc<Hands>, LocalStorage>,
    refusal: RwSignal<Option<&'static str>>,
    last_dialed: RwSignal<Option<Private>>,
    now: RwSignal<u64>,
}

impl Desk {
    /// A desk with these first states; must be called within a reactive owner.
    #[must_use]
    pub fn new(snapshot: Snapshot, status: Status, hands: Hands) -> Self {
        let desk = Self {
            snapshot: RwSignal::new(Arc::new(snapshot)),
            status: RwSignal::new(Arc::new(status)),
            hands: StoredValue::new_local(Rc::new(hands)),
            refusal: RwSignal::new(None),
            last_dialed: RwSignal::new(None),
            now: RwSignal::new(0),
        };
        desk.remember_dialed();
        desk
    }

    /// Shows a newer snapshot.
    pub fn show(self, snapshot: Snapshot) {
        self.snapshot.set(Arc::new(snapshot));
        self.remember_dialed();
    }

    /// Shows a newer status.
    pub fn show_status(self, status: Status) {
        self.status.set(Arc::new(status));
    }

    /// Tells the time, in wall-clock milliseconds.
    pub(crate) fn tell_time(self, now: u64) {
        self.now.set(now);
    }

    /// Does what the agent asked; a refusal is shown until the next command.
    pub(crate) fn command(self, command: AgentCommand) -> bool {
        let hands = self.hands.get_value();
        let refusal = (hands.command)(command).err().map(|refusal| refusal.code());
        // Typing must not redraw anything, so equal values are not told twice.
        if self.refusal.with_untracked(|shown| *shown != refusal) {
            self.refusal.set(refusal);
        }
        refusal.is_none()
    }

    /// Dials what was typed.
    pub(crate) fn dial(self, number: &str, source: DialSource) -> bool {
        self.command(AgentCommand::Dial { number: number.into(), source })
    }

    /// Gives name and password on.
    pub(crate) fn sign_in(self, user: &str, password: &str) {
        (self.hands.get_value().sign_in)(user, password);
    }

    /// Allows sound.
    pub(crate) fn enable_sound(self) {
        (self.hands.get_value().enable_sound)();
    }

    /// Takes the last refusal off the panel.
    pub(crate) fn forget_refusal(self) {
        self.refusal.set(None);
    }

    /// The code of the last refusal, until the next command.
    pub(crate) fn refusal(self) -> Option<&'static str> {
        self.refusal.get()
    }

    /// The number dialed last; none before the first.
    pub(crate) fn last_dialed(self) -> Option<Private> {
        self.last_dialed.get()
    }

    /// Wall-clock milliseconds, told about once a second while something ticks.
    pub(crate) fn now(self) -> u64 {
        self.now.get()
    }

    /// Reads the snapshot; whoever does is told of each change.
    pub(crate) fn read<T>(self, read: impl FnOnce(&Snapshot) -> T) -> T {
        self.snapshot.with(|snapshot| read(snapshot))
    }

    /// Reads the snapshot once.
    pub(crate) fn read_untracked<T>(self, read: impl FnOnce(&Snapshot) -> T) -> T {
        self.snapshot.with_untracked(|snapshot| read(snapshot))
    }

    /// Reads the status; whoever does is told of each change.
    pub(crate) fn status<T>(self, read: impl FnOnce(&Status) -> T) -> T {
        self.status.with(|status| read(status))
    }

    /// Reads one call; the default once it is gone, when its card is about to go as well.
    pub(crate) fn call<T: Default>(self, id: CallId, read: impl FnOnce(&CallView) -> T) -> T {
        self.snapshot.with(|snapshot| snapshot.calls.iter().find(|call| call.id == id).map(read).unwrap_or_default())
    }

    /// Why `command` would be refused now, for a button.
    pub(crate) fn refused(self, id: CallId, command: CommandKind) -> Signal<Option<&'static str>> {
        Signal::derive(move || {
            self.snapshot
                .with(|snapshot| snapshot.calls.iter().find(|call| call.id == id).map_or(Some("unknownCall"), |call| call.refused(command)))
        })
    }

    /// Clicks in Salesforce count as dialed too, hence from the calls and not from our own pad.
    fn remember_dialed(self) {
        let dialed = self.snapshot.with_untracked(|snapshot| {
            let call = snapshot.calls.iter().rev().find(|call| call.direction == Direction::Out)?;
            call.party().map(|party| party.party.number.clone()).filter(|number| !number.is_empty())
        });
        if dialed.is_some() && self.last_dialed.with_untracked(|last| *last != dialed) {
            self.last_dialed.set(dialed);
        }
    }
}
