//! The one place where core and browser meet.
//!
//! Nothing here is borrowed while JavaScript is called: an input is handled to its end, then the outputs are taken one by one and
//! carried out. What JavaScript calls meanwhile is handled the same way, and its outputs queue up behind.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
};

use hookswitch_core::{
    AgentCommand, CrmCommand, CrmReport, Dialable, Input, Output, PhoneReport, PhoneState, Private, Refusal, RequestId, Snapshot,
    Softphone, Sound, settings::Settings,
};
use hookswitch_definition::Flat;
use hookswitch_journal::Journal;
use hookswitch_opencti::Layout;

use crate::{
    Config, CrmProblem, LayoutStatus, NoSettings, Note, SignIn, Stage, Status,
    clock::{self, Alarm},
    crm::{self, Port},
    directory::Book,
    keep::Keep,
    listeners::Listeners,
    lock::Lock,
    notes::Notes,
    provider::{self, Bridge},
    sound::Speaker,
    spawn::spawn,
    store::Store,
};

pub(crate) struct Desk {
    pub(crate) this: Weak<Self>,
    pub(crate) config: Config,
    pub(crate) keep: Keep,
    pub(crate) crm: Rc<Port>,
    pub(crate) bridge: Rc<Bridge>,
    pub(crate) lock: OnceCell<Lock>,
    pub(crate) store: OnceCell<Rc<Store>>,
    pub(crate) stopped: Cell<bool>,
    /// Salesforce's script is there.
    pub(crate) connected: Cell<bool>,
    /// The panel's header says that the phone is elsewhere.
    pub(crate) labelled: Cell<bool>,
    /// The first settings were used.
    pub(crate) begun: Cell<bool>,
    /// The Apex class knows the credentials, by the settings.
    pub(crate) sign_in_by_apex: Cell<bool>,
    /// Whom the agent can call.
    pub(crate) book: Book,
    /// The Apex class was asked whose desk this is.
    pub(crate) asked_who: Cell<bool>,
    /// Settings that wait until no call would be hurt by them.
    pub(crate) waiting_settings: RefCell<Option<(Settings, Flat)>>,
    softphone: RefCell<Softphone>,
    /// What the core is told is kept.
    pub(crate) recording: Cell<bool>,
    pub(crate) journal: RefCell<Journal>,
    /// The core was started.
    running: Cell<bool>,
    pub(crate) speaker: Rc<Speaker>,
    /// What the core was told of that.
    unheard: Cell<bool>,
    alarm: Alarm,
    notes: Notes,
    listeners: Rc<Listeners>,
    snapshot: RefCell<Rc<Snapshot>>,
    status: RefCell<Rc<Status>>,
    /// Outputs are being carried out further up the stack.
    flushing: Cell<bool>,
    /// Somebody must be told.
    changed: Cell<bool>,
    telling: Cell<bool>,
}

impl Desk {
    /// A desk at which nothing has begun.
    pub(crate) fn new(config: Config) -> Rc<Self> {
        let keep = config.keep.clone();
        let clock = keep.clone();
        let softphone = Softphone::new();
        let status = Status { restarted: config.restarted, ..Status::default() };
        let desk = Rc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            crm: Port::new(Rc::new(move |ms: u32| clock.sleep(ms.into()))),
            bridge: Bridge::new(&keep, &config.load),
            lock: OnceCell::new(),
            store: OnceCell::new(),
            stopped: Cell::new(false),
            connected: Cell::new(false),
            labelled: Cell::new(false),
            begun: Cell::new(false),
            sign_in_by_apex: Cell::new(false),
            book: Book::default(),
            asked_who: Cell::new(false),
            waiting_settings: RefCell::new(None),
            snapshot: RefCell::new(Rc::new(softphone.snapshot())),
            softphone: RefCell::new(softphone),
            recording: Cell::new(false),
            journal: RefCell::default(),
            running: Cell::new(false),
            speaker: Speaker::new(&keep),
            unheard: Cell::new(false),
            alarm: Alarm::new(&keep),
            notes: Notes::default(),
            listeners: Rc::default(),
            status: RefCell::new(Rc::new(status)),
            flushing: Cell::new(false),
            changed: Cell::new(false),
            telling: Cell::new(false),
            config,
            keep,
        });
        let host: Weak<dyn crm::Host> = Weak::<Self>::clone(&desk.this);
        desk.crm.set_host(host);
        let this = Weak::clone(&desk.this);
        desk.alarm.on_ring(move || {
            if let Some(desk) = this.upgrade() {
                desk.input(Input::Tick);
            }
        });
        let this = Weak::clone(&desk.this);
        desk.speaker.on_change(move || {
            if let Some(desk) = this.upgrade() {
                desk.look_at_sound();
            }
        });
        desk
    }

    pub(crate) fn snapshot(&self) -> Rc<Snapshot> {
        Rc::clone(&self.snapshot.borrow())
    }

    pub(crate) fn status(&self) -> Rc<Status> {
        Rc::clone(&self.status.borrow())
    }

    pub(crate) const fn listeners(&self) -> &Rc<Listeners> {
        &self.listeners
    }

    pub(crate) fn notes(&self) -> Vec<Note> {
        self.notes.all()
    }

    pub(crate) fn write(&self, code: &'static str, detail: impl Into<String>) {
        self.notes.write(clock::now().mono, code, detail);
    }

    /// The core may be given inputs.
    pub(crate) fn is_running(&self) -> bool {
        self.running.get() && !self.stopped.get()
    }

    pub(crate) fn set_running(&self) {
        self.running.set(true);
    }

    pub(crate) fn command(&self, command: AgentCommand) -> Result<(), Refusal> {
        if !self.is_running() {
            return Err(Refusal::NoPhone);
        }
        self.handle(Input::Agent(command))
    }

    pub(crate) fn preview(&self, number: &str) -> Option<Dialable> {
        self.softphone.borrow().preview(number)
    }

    /// Give the core an input that nobody answers for; a refusal is written down.
    pub(crate) fn input(&self, input: Input) {
        if !self.is_running() {
            return;
        }
        if let Err(refusal) = self.handle(input) {
            self.write("core-refused", refusal.code());
        }
    }

    pub(crate) fn handle(&self, input: Input) -> Result<(), Refusal> {
        let now = clock::now();
        if self.recording.get() {
            self.write_down(&self.softphone.borrow(), now, &input);
        }
        let result = self.softphone.borrow_mut().handle(now, input);
        self.flush();
        result
    }

    /// Carry out what the core wants, then tell who watches.
    fn flush(&self) {
        if self.flushing.replace(true) {
            return;
        }
        loop {
            // Taken out in a statement of its own: the borrow must not last into JavaScript.
            let output = self.softphone.borrow_mut().poll();
            let Some(output) = output else { break };
            self.carry_out(output);
        }
        let deadline = self.softphone.borrow().deadline();
        self.alarm.set(deadline, clock::now());
        self.flushing.set(false);
        self.tell();
    }

    fn carry_out(&self, output: Output) {
        match output {
            Output::Changed => {
                let next = Rc::new(self.softphone.borrow().snapshot());
                let before = self.snapshot.replace(Rc::clone(&next));
                self.changed.set(true);
                self.note_ended(&before, &next);
            }
            Output::Crm { id, command } => self.ask_crm(id, command),
            Output::Phone { id, command } => {
                if let Some(refused) = self.bridge.command(id, &command) {
                    self.write("provider-refused", "");
                    // Its outputs are taken by the loop this is called from.
                    self.input(Input::Phone(refused));
                }
            }
            Output::Sound(sound) => self.speaker.play(sound),
            Output::Store => {
                if let Some(store) = self.store.get() {
                    store.keep_journal(self.softphone.borrow().checkpoint());
                }
            }
            // Unknown to this release: the core and the shell are built together, so there is none.
            _ => {}
        }
    }

    /// Whose desk this is; empty until known.
    pub(crate) fn owner(&self) -> Private {
        self.softphone.borrow().owner().clone()
    }

    /// Something that is shown changed: tell who watches.
    pub(crate) fn look_again(&self) {
        self.changed.set(true);
        self.tell();
    }

    /// A log is sent only once it is written down that it was: however the page ends, the next one knows.
    fn ask_crm(&self, id: RequestId, command: CrmCommand) {
        let unwritten = self.store.get().filter(|store| matches!(command, CrmCommand::SaveLog { .. }) && store.is_writing());
        let Some(store) = unwritten.map(Rc::clone) else { return self.crm.carry_out(id, command) };
        let crm = Rc::clone(&self.crm);
        spawn(async move {
            // A database that hangs must not keep the logs from Salesforce.
            store.settled_within(LONGEST_WRITE_MS).await;
            crm.carry_out(id, command);
        });
    }

    /// Change the status and tell who watches, unless nothing changed.
    pub(crate) fn set_status(&self, change: impl FnOnce(&mut Status)) {
        let mut next = Box::new(Status::clone(&self.status.borrow()));
        change(&mut next);
        self.put_status(next);
    }

    /// The part that is the same for every change: the module holds it once.
    #[inline(never)]
    fn put_status(&self, next: Box<Status>) {
        if *next == **self.status.borrow() {
            return;
        }
        self.status.replace(Rc::from(next));
        self.changed.set(true);
        self.tell();
    }

    /// Tell who watches. Who is told may do anything; what that changes is told in another round.
    fn tell(&self) {
        if self.flushing.get() || self.telling.replace(true) {
            return;
        }
        while self.changed.replace(false) {
            self.listeners.tell();
        }
        self.telling.set(false);
        self.settings_may_change();
    }

    /// A report of the provider, in whatever shape it came.
    pub(crate) fn provider_report(&self, report: PhoneReport) {
        if let PhoneReport::Service { state, .. } = &report {
            self.look_at_sign_in(*state);
        }
        self.input(Input::Phone(report));
    }

    fn look_at_sign_in(&self, state: PhoneState) {
        let before = self.status().sign_in;
        if state == PhoneState::Failed && before == SignIn::Done {
            // The next one to ask must wait for other ones.
            self.keep.forget();
            self.set_status(|status| status.sign_in = SignIn::Refused);
        }
    }

    /// The provider waits for credentials.
    pub(crate) fn sign_in_wanted(&self) {
        self.set_status(|status| {
            if status.sign_in != SignIn::Refused {
                status.sign_in = SignIn::Wanted;
            }
        });
    }

    pub(crate) fn sign_in(&self, user: &str, password: &str) {
        if !self.is_running() {
            return;
        }
        let waited_for = self.keep.sign_in(user, password);
        self.set_status(|status| status.sign_in = SignIn::Done);
        if !waited_for && let Err(words) = self.bridge.begin() {
            self.provider_report(provider::failed(words));
        }
    }

    pub(crate) fn reload_layout(&self) {
        if self.is_running() {
            self.crm.read_layout();
        }
    }

    pub(crate) fn enable_sound(&self) {
        self.speaker.enable();
        self.keep.play();
        self.look_at_sound();
    }

    /// Whether the agent hears what is played: the panel says if not, and the core answers nothing by itself then.
    pub(crate) fn look_at_sound(&self) {
        let blocked = self.speaker.blocked();
        self.set_status(|status| status.sound_blocked = blocked);
        if self.is_running() && self.unheard.replace(blocked) != blocked {
            self.input(Input::Audible(!blocked));
        }
    }

    /// Take over how the panel looks and rings.
    pub(crate) fn set_view(&self, settings: &Settings) {
        self.speaker.set_view(&settings.view);
        self.set_status(|status| {
            status.view = settings.view.clone();
            status.support_contact.clone_from(&settings.diagnostics.support_contact);
        });
    }

    pub(crate) fn stop(&self) {
        if self.stopped.replace(true) {
            return;
        }
        self.crm.stop();
        self.bridge.stop();
        self.speaker.play(Sound::Silence);
        self.speaker.close();
        self.keep.attach(None);
        self.alarm.set(None, clock::now());
        if let Some(lock) = self.lock.get() {
            lock.give_up();
        }
        self.give_lock_back();
        self.set_status(|status| status.stage = Stage::Stopped);
    }
}

impl crm::Host for Desk {
    fn crm_report(&self, report: CrmReport) {
        self.input(Input::Crm(report));
    }

    fn crm_problem(&self, problem: Option<CrmProblem>) {
        let missing = problem.as_ref().is_some_and(|problem| problem.code != "cti-no-reply");
        self.set_status(|status| status.crm_problem = problem);
        if missing && self.is_running() {
            self.miss_settings(NoSettings::NoApi);
        }
    }

    fn live_settings(&self, settings: Flat) {
        self.take_live_settings(settings);
    }

    fn layout(&self, layout: Option<Result<Layout, &'static str>>) {
        let received = clock::now().wall;
        self.set_status(|status| {
            status.layout.asking = layout.is_none();
            match layout {
                Some(Ok(layout)) => status.layout = LayoutStatus { layout: Some(Rc::new(layout)), received, ..LayoutStatus::default() },
                // The one at hand goes on being followed.
                Some(Err(code)) => status.layout.failure = Some(code),
                None => {}
            }
        });
    }

    fn no_live_settings(&self, answered: bool) {
        self.miss_settings(if answered { NoSettings::Empty } else { NoSettings::NoAnswer });
    }

    fn note(&self, code: &'static str, detail: String) {
        self.write(code, detail);
    }
}

/// A write takes milliseconds; after so long an unwritten log is better sent than not.
const LONGEST_WRITE_MS: f64 = 3_000.0;
