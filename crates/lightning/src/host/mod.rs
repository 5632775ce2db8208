//! The host: a page that answers Open CTI.

mod dispatch;
mod events;
mod navigate;
mod pop;
mod save_log;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hookswitch_opencti::{
    CtiError, Method,
    wire::{Request, WireError},
};
use serde_json::{Map, Value};

pub use events::Click;

use crate::{
    Direction, Fault, Faults, Id, LogEntry, Org, Page, SaveProblem, Session, Softphone, faults::failure, log::Log, org::KeptLayout,
};

/// What the host wants done.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum HostOutput {
    /// Load this address into the softphone's frame.
    LoadSoftphone(String),
    /// The page shows another address now.
    Navigated(String),
    /// Something on the page changed: draw it again.
    PageChanged,
    /// Post this message to the softphone's window.
    Post(Value),
    /// The softphone published on a message channel: for components of the page.
    Published {
        /// The channel.
        channel: String,
        /// The message, null for none.
        message: Value,
    },
    /// The page was asked to draw its records again; they were not drawn again by themselves.
    Refreshed,
    /// Take the softphone's frame away.
    RemoveSoftphone,
}

/// A page that answers Open CTI, for one softphone in one browser tab.
///
/// It answers for whatever `apiVersion` a message names. Every request is answered, whether a callback waits or not (the flag
/// `shouldExecuteCallback` tells), except the registration of listeners: scripts as old as version 43 would take the answer for an event.
#[derive(Debug)]
pub struct Host {
    page: Page,
    faults: Faults,
    log: Log,
    out: VecDeque<HostOutput>,
    /// Messages to be posted later: when, and what.
    late: Vec<(u64, Value)>,
    listeners: Listeners,
    /// The softphone layout as this page has seen it.
    layout: Option<KeptLayout>,
    /// What the last `saveLog` was refused for.
    refused: Vec<SaveProblem>,
}

/// Who wants to hear of what: the API versions that registered.
#[derive(Debug, Default)]
struct Listeners {
    methods: BTreeMap<&'static str, BTreeSet<u64>>,
    channels: BTreeMap<String, BTreeSet<u64>>,
}

impl Host {
    /// A page of this origin, just loaded in a new browser, on the home page of an app.
    #[must_use]
    pub fn new(org: &Org, origin: &str, user: &Id, app: &str, now: u64) -> Self {
        Self::with_session(org, origin, user, app, Session::default(), now)
    }

    /// A page in a browser that has been open for a while.
    #[must_use]
    pub fn with_session(org: &Org, origin: &str, user: &Id, app: &str, session: Session, now: u64) -> Self {
        Self::resumed(org, Page::new(org, origin, user, app, session), now)
    }

    /// A page as it was stored, after the browser's reload: user, app, tabs and session are kept, the softphone starts over. Faults are not
    /// part of a page: set them again.
    #[must_use]
    pub fn resumed(org: &Org, page: Page, now: u64) -> Self {
        let mut host = Self {
            page,
            faults: Faults::default(),
            log: Log::default(),
            out: VecDeque::new(),
            late: Vec::new(),
            listeners: Listeners::default(),
            layout: None,
            refused: Vec::new(),
        };
        host.reload(org, now);
        host
    }

    /// Reloads the page, as the browser's button does: the view stays, the softphone starts over.
    pub fn reload(&mut self, org: &Org, now: u64) {
        let had_frame = self.page.softphone.url().is_some();
        self.page.load(org, now);
        self.layout = None;
        self.late.clear();
        self.listeners = Listeners::default();
        self.show_frame(had_frame);
    }

    /// Logs another user in, on the same app.
    pub fn log_in(&mut self, org: &Org, user: &Id, now: u64) {
        self.page.user = user.clone();
        self.reload(org, now);
    }

    /// Goes to another app, which loads the page anew.
    pub fn switch_app(&mut self, org: &Org, app: &str, now: u64) {
        app.clone_into(&mut self.page.app);
        self.page.nav = crate::Nav::new(org.app(app).is_some_and(|app| app.console));
        self.reload(org, now);
    }

    /// A message came from the softphone's window. Messages that are not Open CTI's are none of the host's business.
    pub fn receive(&mut self, org: &mut Org, now: u64, message: &Value) {
        self.advance(org, now);
        let read = Request::from_value(message);
        if read == Err(WireError::Foreign) {
            return;
        }
        let method = message["methodName"].as_str().unwrap_or_default();
        // The page sees this one without the container's help, and it ends the wait for the softphone however late the container is.
        if method == "notifyInitializationComplete" {
            self.page.initialized();
        }
        if let Ok(request) = &read {
            self.listen(request);
        }
        if !self.container_ready(now) {
            self.note(now, message, Some("the softphone container is not ready"));
            match &read {
                Ok(request) if self.faults.container_silent => self.subscribe(request),
                Ok(request) => self.reply(now, request, Err(vec![CtiError::container()]), None),
                Err(_) => {}
            }
            return;
        }
        let fault = self.faults.strike(method);
        self.note(now, message, fault.as_ref().map(words));
        match (read, fault) {
            (Ok(request), Some(Fault::Late { ms })) => {
                self.subscribe(&request);
                if let Method::SaveLog { object } = &request.method {
                    org.save_later(now.saturating_add(ms), Map::from(object), &self.page.user);
                }
            }
            (Ok(request), Some(Fault::Silent)) => self.subscribe(&request),
            (Ok(request), Some(Fault::Failing { code })) => {
                let error = failure(&code, request.method.name());
                self.reply(now, &request, Err(vec![error]), None);
            }
            (Ok(request), fault) => {
                let outcome = self.answer(org, now, &request).map_err(|error| vec![error]);
                if outcome.is_ok() {
                    self.subscribe(&request);
                }
                self.reply(now, &request, outcome, fault);
            }
            (Err(_), Some(Fault::Late { .. } | Fault::Silent | Fault::LostReply)) => {}
            (Err(error), fault) => {
                if let Some(reply) = error.reply() {
                    self.post(now, reply, delay(fault.as_ref()));
                }
            }
        }
    }

    /// Time passed: saves and sends what was due, and goes to the standby page if the softphone did not report in time.
    pub fn advance(&mut self, org: &mut Org, now: u64) {
        org.save_due(now);
        let mut due: Vec<(u64, Value)> = Vec::new();
        self.late.retain(|(at, message)| {
            let wait = *at > now;
            if !wait {
                due.push((*at, message.clone()));
            }
            wait
        });
        due.sort_by_key(|(at, _)| *at);
        for (at, message) in due {
            self.post(at, message, None);
        }
        if self.standby_at(org).is_some_and(|at| at <= now) {
            self.page.fall_back(org, now);
            self.late.clear();
            self.listeners = Listeners::default();
            self.show_frame(true);
        }
    }

    /// The next thing to do, until there is none.
    pub fn poll(&mut self) -> Option<HostOutput> {
        self.out.pop_front()
    }

    /// When [`advance`](Self::advance) has something to do, if nothing else happens.
    #[must_use]
    pub fn deadline(&self, org: &Org) -> Option<u64> {
        self.late.iter().map(|(at, _)| *at).chain(self.standby_at(org)).chain(org.next_save()).min()
    }

    /// The page.
    #[must_use]
    pub const fn page(&self) -> &Page {
        &self.page
    }

    /// The faults in force.
    #[must_use]
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The faults in force, to be changed.
    pub const fn faults_mut(&mut self) -> &mut Faults {
        &mut self.faults
    }

    /// Every message so far, oldest first.
    #[must_use]
    pub const fn messages(&self) -> &VecDeque<LogEntry> {
        self.log.entries()
    }

    /// Forgets the messages so far.
    pub fn clear_messages(&mut self) {
        self.log.clear();
    }

    /// Opens or minimises the softphone's panel, as a click on its button does; the first opening may load the softphone.
    pub fn set_panel(&mut self, org: &Org, open: bool, now: u64) {
        self.page.bar.open = open;
        if open && self.page.softphone == Softphone::Waiting {
            self.page.start(org, now);
            self.show_frame(false);
        }
        self.out.push_back(HostOutput::PageChanged);
    }

    /// Whether the softphone's container answers.
    fn container_ready(&self, now: u64) -> bool {
        matches!(self.page.softphone, Softphone::Loaded { since, .. } if now >= since.saturating_add(self.faults.container_ms))
    }

    /// When the standby page takes over.
    fn standby_at(&self, org: &Org) -> Option<u64> {
        let Softphone::Loaded { since, standby: false, initialized: false, .. } = self.page.softphone else { return None };
        Some(since.saturating_add(self.page.patience(org)?))
    }

    fn show_frame(&mut self, had_frame: bool) {
        match self.page.softphone.url() {
            Some(url) => self.out.push_back(HostOutput::LoadSoftphone(url.into())),
            None if had_frame => self.out.push_back(HostOutput::RemoveSoftphone),
            None => {}
        }
        self.out.push_back(HostOutput::PageChanged);
    }

    /// Notes whom to tell of events. The script keeps such a listener whatever the host answers, so the host does too.
    fn listen(&mut self, request: &Request) {
        if is_registration(&request.method) {
            self.listeners.methods.entry(request.method.name()).or_default().insert(request.api_version);
        }
    }

    /// Notes who hears a message channel, and who no longer. The script drops a listener whose subscription fails, and keeps one whose
    /// subscription is not answered.
    fn subscribe(&mut self, request: &Request) {
        match &request.method {
            Method::Subscribe { channel } => {
                self.listeners.channels.entry(channel.clone()).or_default().insert(request.api_version);
            }
            Method::Unsubscribe { channel } => {
                if let Some(versions) = self.listeners.channels.get_mut(channel) {
                    versions.remove(&request.api_version);
                }
            }
            _ => {}
        }
    }

    fn reply(&mut self, now: u64, request: &Request, outcome: Result<Value, Vec<CtiError>>, fault: Option<Fault>) {
        if fault == Some(Fault::LostReply) || (is_registration(&request.method) && !request.callback) {
            return;
        }
        let refused = outcome.is_err();
        let mut reply = request.reply(outcome);
        if refused {
            self.shape_details(&request.method, &mut reply);
        }
        self.post(now, reply, delay(fault.as_ref()));
    }

    /// Posts a message, now or later.
    fn post(&mut self, now: u64, message: Value, delay: Option<u64>) {
        if let Some(delay) = delay {
            self.late.push((now.saturating_add(delay), message));
            return;
        }
        self.log.push(now, Direction::ToSoftphone, message.clone(), None);
        self.out.push_back(HostOutput::Post(message));
    }

    fn note(&mut self, now: u64, message: &Value, note: Option<&str>) {
        self.log.push(now, Direction::FromSoftphone, message.clone(), note.map(Into::into));
    }
}

const fn is_registration(method: &Method) -> bool {
    matches!(method, Method::OnClickToDial | Method::OnNavigationChange | Method::OnWorkStart)
}

const fn delay(fault: Option<&Fault>) -> Option<u64> {
    if let Some(Fault::Slow { ms }) = fault { Some(*ms) } else { None }
}

const fn words(fault: &Fault) -> &'static str {
    match fault {
        Fault::Failing { .. } => "fault: failing",
        Fault::Late { .. } => "fault: done late, without an answer",
        Fault::LostReply => "fault: the reply is lost",
        Fault::Silent => "fault: silent",
        Fault::Slow { .. } => "fault: slow",
    }
}
