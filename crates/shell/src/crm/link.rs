//! Coming to terms with Salesforce: its script, its first answer, its silences.

use hookswitch_core::{CrmReport, CrmState};
use hookswitch_opencti::{
    Failure, LoadError,
    client::{Script, is_present},
    frame::Frame,
};
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::{Port, clicked, is_early, words};
use crate::{CrmProblem, spawn::spawn};

impl Port {
    /// Load Salesforce's script, for as long as it takes, and tell Salesforce at once that the softphone runs.
    pub(crate) async fn connect(&self, frame: &Frame, api_version: u16) {
        let mut script = Script::load(frame, api_version);
        let mut outcome = script.within(&self.sleep, SCRIPT_MS).await;
        let mut waits = AGAIN_MS.iter();
        while let Err(error) = outcome {
            self.unavailable(&error);
            outcome = match error {
                // Its tag is still in the page.
                LoadError::TooLate { .. } => self.wait_for(&script).await,
                // It ran, and refused: it can be tried, not loaded again. `serve` finds out whether it answers after all.
                LoadError::Threw { .. } => Ok(()),
                _ => {
                    self.pause(*waits.next().unwrap_or(&AGAIN_MAX_MS)).await;
                    if self.stopped.get() {
                        return;
                    }
                    script = Script::load(frame, api_version);
                    script.within(&self.sleep, SCRIPT_MS).await
                }
            };
        }
        let Some(port) = self.this.upgrade() else { return };
        // Nobody waits for the answer, least of all the settings.
        spawn(async move {
            let notified = port.client.notify_initialization_complete().await;
            port.heard(&notified);
        });
    }

    /// Let the core hear of Salesforce from now on, because this tab is the phone: settings, clicks, pages.
    pub(crate) async fn serve(&self) {
        self.serving.set(true);
        self.tell(CrmReport::State(self.state.get()));
        let mut waits = AGAIN_MS.iter();
        loop {
            let settings = self.client.call_center_settings().await;
            self.heard(&settings);
            let Some(host) = self.host().filter(|_| !self.stopped.get()) else { return };
            match settings {
                Ok(settings) => {
                    host.live_settings(settings.into_iter().collect());
                    break;
                }
                Err(failure) => host.no_live_settings(is_answer(&failure)),
            }
            self.pause(*waits.next().unwrap_or(&AGAIN_MAX_MS)).await;
        }
        // Registrations are not answered, so they have to wait until Salesforce is known to listen.
        self.listen();
        let view = self.client.app_view().await;
        self.heard(&view);
        if let Ok(view) = view {
            self.viewed(view);
        }
        self.pause(LAYOUT_MS).await;
        if !self.stopped.get() {
            self.read_layout();
        }
    }

    /// Say in the closed panel's header that the phone is elsewhere. All that another tab does in Salesforce.
    pub(crate) async fn show_label(&self, label: &str) {
        self.heard(&self.client.set_panel_label(label).await);
    }

    /// End all waiting; what is under way may still be answered.
    pub(crate) fn stop(&self) {
        self.stopped.set(true);
        self.serving.set(false);
        if self.listening.get()
            && let Some(channel) = self.channel.take()
        {
            self.leave_channel(&channel);
        }
    }

    /// Draw conclusions from the outcome of a call.
    pub(super) fn heard<T>(&self, outcome: &Result<T, Failure>) {
        match outcome {
            Ok(_) => self.answered(),
            Err(failure) => {
                self.note(failure);
                if is_answer(failure) {
                    self.answered();
                } else if matches!(failure, Failure::NoReply { .. } | Failure::Host { .. }) {
                    self.not_answering();
                }
            }
        }
    }

    /// Salesforce spoke.
    pub(super) fn answered(&self) {
        if self.state.get() != CrmState::Ready && !self.stopped.get() {
            self.change(CrmState::Ready, None);
        }
    }

    fn not_answering(&self) {
        // A script that is not there, or not accepted, is the better explanation.
        if !matches!(self.state.get(), CrmState::Ready | CrmState::Starting) || self.stopped.get() {
            return;
        }
        self.change(CrmState::NotAnswering, Some(words::NOT_ANSWERING));
        let Some(port) = self.this.upgrade().filter(|_| !self.probing.replace(true)) else { return };
        spawn(async move {
            let mut waits = AGAIN_MS.iter();
            while port.state.get() != CrmState::Ready && !port.stopped.get() {
                // The cheapest question there is.
                port.heard(&port.client.is_panel_visible().await);
                if port.state.get() != CrmState::Ready {
                    port.pause(*waits.next().unwrap_or(&AGAIN_MAX_MS)).await;
                }
            }
            port.probing.set(false);
            if port.listening.get() && !port.stopped.get() {
                // The agent may have gone elsewhere meanwhile.
                port.look().await;
            }
        });
    }

    fn unavailable(&self, error: &LoadError) {
        if let Some(host) = self.host() {
            host.note(error.code(), String::new());
        }
        self.change(CrmState::Unavailable, Some(words::script(error)));
    }

    fn change(&self, state: CrmState, problem: Option<CrmProblem>) {
        self.state.set(state);
        if let Some(host) = self.host() {
            host.crm_problem(problem);
        }
        if self.serving.get() {
            self.tell(CrmReport::State(state));
        }
    }

    fn listen(&self) {
        let this = self.this.clone();
        let clicks = self.client.on_click_to_dial(move |click| {
            if let Some(port) = this.upgrade().filter(|port| port.serving.get()) {
                port.tell(clicked(click));
            }
        });
        let this = self.this.clone();
        let pages = self.client.on_navigation_change(move |view| {
            if let Some(port) = this.upgrade().filter(|port| port.serving.get()) {
                port.viewed(view);
            }
        });
        let work = self.listen_to_work();
        self.listening.set(true);
        if self.channel.borrow().is_some() {
            self.join_channel(None);
        }
        for failure in [clicks, pages, work].into_iter().filter_map(Result::err) {
            self.note(&failure);
        }
    }

    /// Wait for a script that is still loading; another copy of it may come first.
    async fn wait_for(&self, script: &Script) -> Result<(), LoadError> {
        loop {
            match script.within(&self.sleep, LOOK_MS).await {
                Err(LoadError::TooLate { .. }) if is_present() || self.stopped.get() => return Ok(()),
                Err(LoadError::TooLate { .. }) => {}
                settled => return settled,
            }
        }
    }

    pub(super) async fn pause(&self, ms: u32) {
        let pause: Promise = (self.sleep)(ms);
        // The clock's promises are never rejected.
        let _ = JsFuture::from(pause).await;
    }
}

/// Whether Salesforce itself spoke, if only to refuse.
pub(super) fn is_answer(failure: &Failure) -> bool {
    matches!(failure, Failure::Host { .. } | Failure::Unreadable { .. }) && !is_early(failure)
}

/// Salesforce only did not speak: it may when it is asked again.
pub(super) fn may_come_later(failure: &Failure) -> bool {
    !is_answer(failure) && !matches!(failure, Failure::NoMethod { .. })
}

/// So long after the phone is up the layout is asked for: by then what a first load leaves out is there.
const LAYOUT_MS: u32 = 15_000;
/// After so long without the script the agent is told. It is still waited for.
const SCRIPT_MS: u32 = 10_000;
/// How often a script that is late is looked for.
const LOOK_MS: u32 = 1_000;
/// Pauses before trying again: soon at first.
pub(super) const AGAIN_MS: [u32; 5] = [1_000, 2_000, 4_000, 8_000, 16_000];
/// And for ever after: an agent should not wait longer for Salesforce to come back.
pub(super) const AGAIN_MAX_MS: u32 = 20_000;
