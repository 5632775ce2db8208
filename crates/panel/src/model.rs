//! What the views read and write: the snapshot, the shell's status, and the agent's hands.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, DialSource, Dialable, Direction, Private, Refusal, Snapshot};
use hookswitch_shell::{Directory, Entry, Finding, Status};

use crate::dom::Scope;

/// What an agent can do, as functions of whoever runs the phone.
pub struct Hands {
    /// Carries out a command, or says why not.
    pub command: Box<dyn Fn(AgentCommand) -> Result<(), Refusal>>,
    /// Takes name and password for the phone system; they are kept nowhere here.
    pub sign_in: Box<SignInHand>,
    /// What would be dialed for a number, and why.
    pub preview: Box<PreviewHand>,
    /// Allows sound; called within a click.
    pub enable_sound: Box<dyn Fn()>,
    /// Knows whom the agent can call.
    pub finder: Box<dyn Finder>,
    /// Looks at everything the phone depends on, and tells what was found.
    pub check: Box<CheckHand>,
    /// Begins to keep what the phone is told.
    pub record: Box<dyn Fn()>,
    /// What was kept, as a file's text without anybody's number, name or note; none: nothing is kept.
    pub journal: Box<JournalHand>,
}

/// Whom the agent can call: how that is seen, searched and marked.
pub trait Finder {
    /// All of it as it is now; a change is told as one of the snapshot is.
    fn directory(&self) -> Rc<Directory>;
    /// Searches Salesforce for a text; the next page of the same text is added.
    fn search(&self, text: &str, page: u32);
    /// Marks somebody as a favourite, or no longer.
    fn set_favourite(&self, entry: &Entry, on: bool);
}

/// Gives what was kept.
pub type JournalHand = dyn Fn() -> Option<String>;

/// Looks, and tells.
pub type CheckHand = dyn Fn(Box<dyn FnOnce(Checked)>);

/// What a self-check found.
pub struct Checked {
    /// Each point, what does not work first.
    pub findings: Vec<Finding>,
    /// The same as a text for support, without anybody's number or name.
    pub report: String,
}

/// Says what would be dialed for a number.
pub type PreviewHand = dyn Fn(&str) -> Option<Dialable>;

/// Takes name and password.
pub type SignInHand = dyn Fn(&str, &str);

/// The agent's desk: everything a view needs, and the scope it lives in. Clones are the same desk.
#[derive(Clone)]
pub struct Desk {
    room: Rc<Room>,
    scope: Scope,
}

struct Room {
    snapshot: RefCell<Rc<Snapshot>>,
    status: RefCell<Rc<Status>>,
    hands: Hands,
    refusal: Cell<Option<&'static str>>,
    last_dialed: RefCell<Option<Private>>,
    /// Who dialed it.
    dialed_by: RefCell<Private>,
    now: Cell<u64>,
    outermost: Scope,
    refreshing: Cell<bool>,
    stale: Cell<bool>,
}

impl Desk {
    /// A desk with these first states.
    #[must_use]
    pub fn new(snapshot: Rc<Snapshot>, status: Rc<Status>, hands: Hands) -> Self {
        let scope = Scope::default();
        let room = Room {
            snapshot: RefCell::new(snapshot),
            status: RefCell::new(status),
            hands,
            refusal: Cell::new(None),
            last_dialed: RefCell::default(),
            dialed_by: RefCell::default(),
            now: Cell::new(0),
            outermost: scope.clone(),
            refreshing: Cell::new(false),
            stale: Cell::new(false),
        };
        let desk = Self { room: Rc::new(room), scope };
        desk.remember_dialed();
        desk
    }

    /// Shows a newer snapshot and status.
    pub fn show(&self, snapshot: Rc<Snapshot>, status: Rc<Status>) {
        self.room.snapshot.replace(snapshot);
        self.room.status.replace(status);
        self.remember_dialed();
        self.changed();
    }

    /// Ends everything that was built here.
    pub(crate) fn end(&self) {
        self.room.outermost.end();
    }

    /// Asks all views to look again.
    pub(crate) fn changed(&self) {
        self.room.stale.set(true);
        // Taking an element off the page can be an event that changes something: one more round then, not one within the other.
        if self.room.refreshing.replace(true) {
            return;
        }
        while self.room.stale.replace(false) {
            self.room.outermost.refresh(self);
        }
        self.room.refreshing.set(false);
    }

    /// The same desk, for a view that lives in `scope`.
    pub(crate) fn within(&self, scope: &Scope) -> Self {
        Self { room: Rc::clone(&self.room), scope: scope.clone() }
    }

    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Runs `watcher` now and after every change, for as long as the view lives.
    pub(crate) fn watch(&self, watcher: Rc<dyn Fn(&Self)>) {
        self.scope.watch(self, watcher);
    }

    /// Tells the time, in wall-clock milliseconds.
    pub(crate) fn tell_time(&self, now: u64) {
        if self.room.now.replace(now) != now {
            self.changed();
        }
    }

    /// Does what the agent asked; a refusal is shown until the next command.
    pub(crate) fn command(&self, command: AgentCommand) -> bool {
        let refusal = (self.room.hands.command)(command).err().map(|refusal| refusal.code());
        if self.room.refusal.replace(refusal) != refusal {
            self.changed();
        }
        refusal.is_none()
    }

    /// Dials what was typed.
    pub(crate) fn dial(&self, number: &str, source: DialSource) -> bool {
        self.command(AgentCommand::Dial { number: number.into(), source })
    }

    /// What would be dialed for a number, and why; none when it cannot be dialed.
    pub(crate) fn preview(&self, number: &str) -> Option<Dialable> {
        (self.room.hands.preview)(number)
    }

    /// Whom the agent can call.
    pub(crate) fn directory(&self) -> Rc<Directory> {
        self.room.hands.finder.directory()
    }

    /// Searches the directory.
    pub(crate) fn search(&self, text: &str, page: u32) {
        self.room.hands.finder.search(text, page);
    }

    /// Marks somebody as a favourite, or no longer.
    pub(crate) fn set_favourite(&self, entry: &Entry, on: bool) {
        self.room.hands.finder.set_favourite(entry, on);
    }

    /// Gives name and password on.
    pub(crate) fn sign_in(&self, user: &str, password: &str) {
        (self.room.hands.sign_in)(user, password);
    }

    /// Allows sound.
    pub(crate) fn enable_sound(&self) {
        (self.room.hands.enable_sound)();
    }

    /// Looks at everything the phone depends on.
    pub(crate) fn check(&self, told: Box<dyn FnOnce(Checked)>) {
        (self.room.hands.check)(told);
    }

    /// Begins to keep what the phone is told, for support.
    pub(crate) fn record(&self) {
        (self.room.hands.record)();
    }

    /// What was kept for support; none: nothing is.
    pub(crate) fn journal(&self) -> Option<String> {
        (self.room.hands.journal)()
    }

    /// The same desk, for a view that outlives the one it was opened from.
    pub(crate) fn outermost(&self) -> Self {
        self.within(&self.room.outermost.child())
    }

    /// Takes the last refusal off the panel.
    pub(crate) fn forget_refusal(&self) {
        self.room.refusal.set(None);
        self.changed();
    }

    /// The code of the last refusal, until the next command.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        self.room.refusal.get()
    }

    /// The number dialed last; none before the first.
    pub(crate) fn last_dialed(&self) -> Option<Private> {
        self.room.last_dialed.borrow().clone()
    }

    /// Wall-clock milliseconds, told about once a second while something ticks.
    pub(crate) fn now(&self) -> u64 {
        self.room.now.get()
    }

    /// The snapshot as it is now.
    pub(crate) fn snapshot(&self) -> Rc<Snapshot> {
        Rc::clone(&self.room.snapshot.borrow())
    }

    /// The status as it is now.
    pub(crate) fn status(&self) -> Rc<Status> {
        Rc::clone(&self.room.status.borrow())
    }

    /// Reads one call; the default once it is gone, when its card is about to go as well.
    pub(crate) fn call<T: Default>(&self, id: CallId, read: impl FnOnce(&CallView) -> T) -> T {
        self.snapshot().calls.iter().find(|call| call.id == id).map(read).unwrap_or_default()
    }

    /// Why `command` would be refused now, for a button.
    pub(crate) fn refused(&self, id: CallId, command: CommandKind) -> Option<&'static str> {
        self.snapshot().calls.iter().find(|call| call.id == id).map_or(Some("unknownCall"), |call| call.refused(command))
    }

    /// Clicks in Salesforce count as dialed too, hence from the calls and not from our own pad.
    fn remember_dialed(&self) {
        let snapshot = self.snapshot();
        if self.room.dialed_by.replace(snapshot.agent.identity.clone()) != snapshot.agent.identity {
            // Whom one agent called is not the next one's to know.
            self.room.last_dialed.take();
        }
        let call = snapshot.calls.iter().rev().find(|call| call.direction == Direction::Out);
        let number = call.and_then(|call| call.party()).map(|party| party.party.number.clone());
        if let Some(number) = number.filter(|number| !number.is_empty()) {
            self.room.last_dialed.replace(Some(number));
        }
    }
}
