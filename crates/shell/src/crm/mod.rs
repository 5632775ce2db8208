//! The Open CTI port: the core's wishes to Salesforce, and what Salesforce says back.

mod apex;
mod channel;
mod layout;
mod link;
mod newest;
mod pops;
mod record_type;
mod task;
#[cfg(test)]
mod tests;
mod wish;
mod words;
mod work;

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
};

use hookswitch_check::Answer;
use hookswitch_core::{CallKind, CrmCommand, CrmFailure, CrmReport, CrmState, LogKey, RecordRef, RequestId};
use hookswitch_definition::Flat;
use hookswitch_opencti::{
    AppView, CallType, ClickToDial, CompleteWork, CtiError, ErrorCode, Failure, Fields, Found, Layout, Method, Passing, Plain,
    client::{Client, Late, Sleep},
    logged_already, passing, saved_record_id,
};

use crate::{CrmProblem, check, spawn::spawn};
pub(crate) use apex::ApexFailure;
use newest::Newest;

/// What the port tells its host.
pub(crate) trait Host {
    /// For the core.
    fn crm_report(&self, report: CrmReport);
    /// The way to Salesforce is disturbed, or no longer.
    fn crm_problem(&self, problem: Option<CrmProblem>);
    /// Salesforce gave the settings; empty: the agent has no call center.
    fn live_settings(&self, settings: Flat);
    /// The softphone layout is asked for (none), came, or did not, for this reason.
    fn layout(&self, layout: Option<Result<Layout, &'static str>>);
    /// Salesforce cannot give the settings for now.
    fn no_live_settings(&self, answered: bool);
    /// For support.
    fn note(&self, code: &'static str, detail: String);
}

/// The port. It begins silent: see `link.rs` for how the script is loaded and when the core hears of it.
pub(crate) struct Port {
    this: Weak<Self>,
    client: Client,
    sleep: Sleep,
    host: OnceCell<Weak<dyn Host>>,
    state: Cell<CrmState>,
    /// The core hears of Salesforce: this tab is the phone.
    serving: Cell<bool>,
    probing: Cell<bool>,
    stopped: Cell<bool>,
    /// Logs whose answer did not come in time, by what was sent.
    overdue: RefCell<Vec<(RequestId, Fields)>>,
    label: Newest<(String, String)>,
    dialing: Newest<bool>,
    /// What the core wants of click-to-dial, and what Salesforce said to that.
    dialable: Cell<bool>,
    dialing_said: RefCell<Answer<()>>,
    /// The class that `apex.rs` asks, by the settings.
    apex_class: RefCell<Option<String>>,
    /// The message channel that `channel.rs` hears, by the settings.
    channel: RefCell<Option<String>>,
    /// What came of that, for the self-check.
    joined: RefCell<Answer<()>>,
    /// Counts the attempts at hearing a channel: only the newest goes on.
    joining: Cell<u32>,
    /// Salesforce knows whom to tell of clicks and the like.
    listening: Cell<bool>,
    /// The layout given last.
    layout: RefCell<Option<Layout>>,
    /// Record types that were looked up, by object and name, with their ids; none: there is none.
    record_types: RefCell<Vec<record_type::Known>>,
    /// What searches said they would open, by their requests.
    pops: RefCell<Vec<(RequestId, Plain)>>,
    /// A window for a new record is open over the page.
    window: Cell<bool>,
}

impl Port {
    /// A port on that clock.
    pub(crate) fn new(sleep: Sleep) -> Rc<Self> {
        let port = Rc::new_cyclic(|this: &Weak<Self>| Self {
            this: this.clone(),
            client: Client::new(Rc::clone(&sleep)),
            sleep,
            host: OnceCell::new(),
            state: Cell::new(CrmState::Starting),
            serving: Cell::new(false),
            probing: Cell::new(false),
            stopped: Cell::new(false),
            overdue: RefCell::default(),
            label: Newest::default(),
            dialing: Newest::default(),
            dialable: Cell::new(false),
            dialing_said: RefCell::default(),
            apex_class: RefCell::default(),
            channel: RefCell::default(),
            joined: RefCell::default(),
            joining: Cell::new(0),
            listening: Cell::new(false),
            layout: RefCell::default(),
            record_types: RefCell::default(),
            pops: RefCell::default(),
            window: Cell::new(false),
        });
        let this = Rc::downgrade(&port);
        port.client.on_late(move |late| {
            if let Some(port) = this.upgrade() {
                port.late(&late);
            }
        });
        port
    }

    /// Whom to tell. Only the first call counts.
    pub(crate) fn set_host(&self, host: Weak<dyn Host>) {
        self.host.get_or_init(|| host);
    }

    /// The client, for whoever asks something that is no wish of the core's.
    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    /// What Salesforce said when the phone began to hear the message channel.
    pub(crate) fn joined(&self) -> Answer<()> {
        self.joined.borrow().clone()
    }

    /// How it is.
    pub(crate) const fn state(&self) -> CrmState {
        self.state.get()
    }

    /// Hear calls that components ask for on this message channel; none: on no channel.
    pub(crate) fn set_channel(&self, channel: Option<&str>) {
        if self.channel.borrow().as_deref() == channel {
            return;
        }
        let before = self.channel.replace(channel.map(str::to_owned));
        if self.listening.get() {
            self.join_channel(before);
        }
    }

    /// Carry out a wish of the core; its answer comes as a report.
    pub(crate) fn carry_out(&self, id: RequestId, command: CrmCommand) {
        let Some(port) = self.this.upgrade() else { return };
        match command {
            CrmCommand::EnableDialing { .. } | CrmCommand::Label { .. } | CrmCommand::Search { .. } | CrmCommand::ShowPanel => {
                spawn(async move { port.run(id, command).await });
            }
            command => port.carry_out_later(id, command),
        }
    }

    /// What is wished for from the answer of a call on: its code is not part of a first load.
    #[inline(never)]
    fn carry_out_later(self: Rc<Self>, id: RequestId, command: CrmCommand) {
        spawn(async move { self.run_later(id, command).await });
    }

    async fn run(&self, id: RequestId, command: CrmCommand) {
        match command {
            CrmCommand::EnableDialing { on } => {
                self.dialable.set(on);
                self.send_dialing().await;
            }
            CrmCommand::Label { text, icon } => {
                let send = |(text, icon): (String, String)| async move {
                    self.heard(&self.client.set_item_label(&text).await);
                    self.heard(&self.client.set_item_icon(&icon).await);
                };
                self.label.send((text, icon), send).await;
            }
            CrmCommand::Search { text, kind, pop, number, called, queue, key, .. } => {
                self.search(id, pops::Wanted { text, kind, pop, number, called, queue, key: key.to_string() }).await;
            }
            CrmCommand::ShowPanel => self.heard(&self.client.set_panel_visibility(true).await),
            // See `run_later`.
            _ => {}
        }
    }

    async fn run_later(&self, id: RequestId, command: CrmCommand) {
        match command {
            CrmCommand::AnswerAsked { asked, refusal } => self.answer_asked(&asked, refusal.as_ref()),
            CrmCommand::AskMayCall { number, spellings, field } => self.ask_may_call(id, number, spellings, field),
            CrmCommand::CompleteWork { work, task, disposition, connected } => {
                let done = CompleteWork { work_id: work, disposition: Some(disposition), task_id: Some(task), was_connected: connected };
                self.complete_work(id, done).await;
            }
            CrmCommand::Look => self.look().await,
            CrmCommand::OpenCases { record } => self.open_cases(id, record).await,
            CrmCommand::Pop { target } => self.pop(id, target).await,
            CrmCommand::Refresh => self.heard(&self.client.refresh_view().await),
            CrmCommand::FindLog { key, since } => self.find_log(id, key, &since).await,
            CrmCommand::SaveLog { key, record, mut fields, before } => {
                if record.is_none() {
                    self.look_up_record_type(&mut fields).await;
                }
                let fields = task::fields(key, record.as_deref(), &fields, before.as_deref());
                if let Some(record) = record.filter(|_| task::says_nothing(&fields)) {
                    self.tell(CrmReport::Saved { request: id, record });
                    return;
                }
                let saved = self.client.save_log(fields.clone()).await;
                self.heard(&saved);
                self.tell(match &saved {
                    Ok(record) => CrmReport::Saved { request: id, record: record.clone() },
                    Err(failure) => not_saved(id, failure, &fields),
                });
                if matches!(saved, Err(Failure::NoReply { .. })) {
                    let mut overdue = self.overdue.borrow_mut();
                    overdue.push((id, fields));
                    let most = overdue.len().saturating_sub(MOST_OVERDUE);
                    overdue.drain(..most);
                }
            }
            // See `run`. Unknown to this release: the core and the shell are built together, so there is none.
            _ => {}
        }
    }

    async fn send_dialing(&self) {
        let send = |on| async move {
            let done = if on { self.client.enable_click_to_dial().await } else { self.client.disable_click_to_dial().await };
            self.heard(&done);
            self.dialing_said.replace(check::answer(done));
        };
        self.dialing.send(self.dialable.get(), send).await;
    }

    /// Ask Salesforce once more to let numbers be clicked, if the core wants that, and never against what it wants by then.
    pub(crate) async fn dialing_again(&self) -> Answer<()> {
        if !self.dialable.get() {
            return Answer::NotAsked;
        }
        self.send_dialing().await;
        self.dialing_said.borrow().clone()
    }

    fn answer<T>(&self, id: RequestId, outcome: &Result<T, Failure>, report: impl FnOnce(&T) -> CrmReport) {
        self.heard(outcome);
        self.tell(match outcome {
            Ok(value) => report(value),
            Err(failure) => CrmReport::Failed { request: id, failure: crm_failure(failure) },
        });
    }

    /// A log of unknown fate: the Apex class knows whether it is there.
    async fn find_log(&self, id: RequestId, key: LogKey, since: &str) {
        let found = self.apex("findLog", Fields::new().with("key", key.to_string()).with("since", since)).await;
        self.tell(match found.and_then(|list| task::first_id(&list).map_err(|_| ApexFailure::Unreadable)) {
            Ok(record) => CrmReport::LogFound { request: id, record },
            // Looking does no harm.
            Err(ApexFailure::Broken { .. }) => CrmReport::Failed { request: id, failure: CrmFailure::NoReply },
            Err(failure) => CrmReport::Failed { request: id, failure: CrmFailure::from(&failure) },
        });
    }

    /// A log that was given up was saved after all: the core must know, or it would stay in doubt for ever.
    fn late(&self, late: &Late) {
        self.answered();
        let Method::SaveLog { object } = &late.method else { return };
        let (request, sent) = {
            let mut overdue = self.overdue.borrow_mut();
            let Some(at) = overdue.iter().position(|(_, fields)| fields == object) else { return };
            overdue.remove(at)
        };
        let report = match &late.outcome {
            Ok(answer) => saved_record_id(answer).map(|record| CrmReport::Saved { request, record }),
            Err(errors) => {
                let failure = Failure::Host { method: "saveLog", errors: errors.clone() };
                Some(not_saved(request, &failure, &sent))
            }
        };
        if let Some(report) = report {
            self.tell(report);
        }
    }

    /// The page in view, and before it whether a window for a new record is open over it.
    fn viewed(&self, view: AppView) {
        let window = view.shows_new_record();
        if self.window.replace(window) != window {
            self.tell(CrmReport::Window(window));
        }
        self.tell(viewed(view));
    }

    fn tell(&self, report: CrmReport) {
        if let Some(host) = self.host() {
            host.crm_report(report);
        }
    }

    fn note(&self, failure: &Failure) {
        // The failure's own words may hold a customer's data; method and code do not.
        let method = match failure {
            Failure::Host { method, .. }
            | Failure::NoApi { method }
            | Failure::NoMethod { method }
            | Failure::NoReply { method, .. }
            | Failure::Thrown { method, .. }
            | Failure::Unreadable { method } => *method,
            _ => "",
        };
        if let Some(host) = self.host() {
            host.note(failure.code(), method.to_owned());
        }
    }

    fn host(&self) -> Option<Rc<dyn Host>> {
        self.host.get()?.upgrade()
    }
}

/// A log was not saved, unless it is there already.
fn not_saved(request: RequestId, failure: &Failure, sent: &Fields) -> CrmReport {
    let there = if let Failure::Host { errors, .. } = failure { logged_already(errors) } else { None };
    match there {
        Some(record) => CrmReport::LogFound { request, record: Some(record) },
        None => CrmReport::Failed { request, failure: save_failure(failure, sent) },
    }
}

/// The same for a log. What stands in brackets in Salesforce's words is a field only if it was sent: it may be a customer's name as well.
fn save_failure(failure: &Failure, sent: &Fields) -> CrmFailure {
    let says_nothing = |errors: &[CtiError]| errors.iter().all(|error| matches!(&error.code, ErrorCode::Unknown(code) if code.is_empty()));
    match (failure, crm_failure(failure)) {
        // Neither success nor an error: it may be there.
        (Failure::Host { errors, .. }, CrmFailure::Refused { .. }) if says_nothing(errors) => CrmFailure::NoReply,
        (Failure::Host { errors, .. }, CrmFailure::Refused { .. }) if passing(errors) == Some(Passing::Unknown) => CrmFailure::NoReply,
        (Failure::Host { errors, .. }, CrmFailure::Refused { .. }) if passing(errors).is_some() => CrmFailure::NotSent,
        (_, CrmFailure::Refused { code, detail, mut fields }) => {
            fields.retain(|field| sent.iter().any(|(name, _)| name.eq_ignore_ascii_case(field)));
            CrmFailure::Refused { code, detail, fields }
        }
        (_, other) => other,
    }
}

/// Logs without an answer that are remembered for a late one.
const MOST_OVERDUE: usize = 32;

/// What a failure means for the core: above all whether the thing may have happened.
fn crm_failure(failure: &Failure) -> CrmFailure {
    match failure {
        Failure::Host { errors, .. } if is_early(failure) || errors.is_empty() => CrmFailure::NotSent,
        Failure::Host { errors, .. } => {
            let details: Vec<&str> = errors.iter().flat_map(|error| error.details.iter().map(String::as_str)).collect();
            // The description says no more than that there are details.
            let words = if details.is_empty() { errors[0].description.clone() } else { details.join(" ") };
            let fields = details.iter().flat_map(|detail| task::fields_at_fault(detail)).collect();
            CrmFailure::Refused { code: errors[0].code.as_str().to_owned(), detail: words.into(), fields }
        }
        Failure::NoReply { .. } | Failure::Unreadable { .. } => CrmFailure::NoReply,
        _ => CrmFailure::NotSent,
    }
}

/// The utility bar is still not ready: nothing was done.
fn is_early(failure: &Failure) -> bool {
    matches!(failure, Failure::Host { errors, .. } if errors.iter().any(|error| error.code == ErrorCode::SoftphoneContainer))
}

const fn call_type(kind: CallKind) -> CallType {
    match kind {
        CallKind::Inbound => CallType::Inbound,
        CallKind::Internal => CallType::Internal,
        CallKind::Outbound => CallType::Outbound,
    }
}

fn found_record(found: &Found) -> RecordRef {
    let half = |name| found.fields.text(name).filter(|id| !id.is_empty());
    RecordRef {
        id: found.id.clone(),
        object: found.object_type.clone(),
        name: found.name.as_str().into(),
        partner: half("PersonContactId").or_else(|| half("AccountId")).filter(|_| found.is_person_account()).map(str::to_owned),
    }
}

fn clicked(click: ClickToDial) -> CrmReport {
    let record = click.record_id.map(|id| RecordRef {
        id,
        object: click.object_type.unwrap_or_default(),
        name: click.record_name.unwrap_or_default().into(),
        partner: click.contact_id.or(click.account_id),
    });
    CrmReport::ClickToDial { number: click.number.into(), record }
}

fn viewed(view: AppView) -> CrmReport {
    CrmReport::Navigated(view.record_id.map(|id| RecordRef {
        id,
        object: view.object_type.unwrap_or_default(),
        name: view.record_name.unwrap_or_default().into(),
        partner: view.contact_id.or(view.account_id),
    }))
}
