//! How a desk comes to life: frame, script, lock, storage, settings, phone system, in this order.

use std::rc::Rc;

use hookswitch_core::{CrmReport, CrmState, Input, Refusal, settings::Settings};
use hookswitch_definition::{Flat, Reading};
use hookswitch_opencti::{
    client::check_frame,
    frame::{Frame, OrgHosts},
};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use crate::{
    Config, NoSettings, SettingProblem, SettingsSource, SignIn, Stage, clock,
    desk::Desk,
    lock::Lock,
    provider,
    read::Reader,
    report::read_report,
    spawn::spawn,
    store::{self, Store},
};

impl Desk {
    /// Start everything that may be started here.
    pub(crate) fn start(config: Config) -> Rc<Self> {
        let desk = Self::new(config);
        spawn(Rc::clone(&desk).live());
        desk
    }

    async fn live(self: Rc<Self>) {
        let Some(origin) = self.place() else { return };
        let lock = self.lock.get_or_init(|| Lock::new(&store::prefix(&origin), &self.keep));
        if !lock.take().await {
            self.set_status(|status| status.stage = Stage::OtherTab);
            self.link();
            if !lock.wait().await {
                return;
            }
        }
        if self.stopped.get() {
            self.give_lock_back();
            return;
        }
        self.open(&origin).await;
    }

    /// Find out whether the page may run where it is, before any script or storage is touched; then begin to load Salesforce's script.
    /// The origin that everything stored is named after.
    fn place(self: &Rc<Self>) -> Option<String> {
        if self.config.alone {
            return web_sys::window()?.location().origin().ok();
        }
        let frame = match check_frame(&OrgHosts::new(&self.config.org_hosts)) {
            Ok(frame) => frame,
            Err(refused) => {
                self.set_status(|status| status.stage = Stage::FrameRefused { code: refused.code(), words: refused.to_string() });
                return None;
            }
        };
        let origin = frame.origin.clone();
        spawn(Rc::clone(self).connect(frame));
        Some(origin)
    }

    async fn connect(self: Rc<Self>, frame: Frame) {
        self.crm.connect(&frame, self.config.api_version).await;
        self.connected.set(true);
        self.link();
    }

    /// What this tab does in Salesforce, as soon as the script is there and the lock is ours or not.
    fn link(&self) {
        if !self.connected.get() || self.stopped.get() {
            return;
        }
        let crm = Rc::clone(&self.crm);
        match self.status().stage {
            Stage::OtherTab => spawn(async move { crm.show_label(ELSEWHERE).await }),
            Stage::Running => {
                let was_elsewhere = self.labelled.replace(false);
                spawn(async move {
                    if was_elsewhere {
                        crm.show_label(HERE).await;
                    }
                    crm.serve().await;
                });
            }
            _ => return,
        }
        self.labelled.set(self.status().stage == Stage::OtherTab);
    }

    /// The phone is this tab's: take up what an earlier page left, and begin.
    async fn open(&self, origin: &str) {
        let store = self.store.get_or_init(|| Store::new(origin, &self.keep));
        let mut journal = store.journal().await;
        if journal.is_none() {
            // A database may be busy for a moment.
            let _ = JsFuture::from(self.keep.sleep(BUSY_MS)).await;
            journal = store.journal().await;
        }
        if journal.is_none() {
            self.set_aside(store).await;
        }
        let stored = store.settings();
        if self.stopped.get() {
            return;
        }
        self.attach();
        self.set_running();
        self.input(Input::Start { seed: seed() });
        if let Some(journal) = journal.flatten()
            && self.handle(Input::Restored(journal)) == Err(Refusal::Unreadable)
        {
            self.set_aside(store).await;
        }
        self.look_at_sound();
        if store.has_aside() {
            self.take_up_asides(store).await;
        }
        self.set_status(|status| status.stage = Stage::Running);
        if self.config.alone {
            self.input(Input::Crm(CrmReport::State(CrmState::None)));
        }
        if let Some((settings, saved)) = stored.filter(|_| !self.config.alone) {
            let age_ms = clock::now().wall.saturating_sub(saved);
            self.take_settings(settings, SettingsSource::Stored { age_ms });
        } else if let Some(settings) = self.config.settings.clone() {
            self.take_settings(settings, SettingsSource::Embedded);
        } else if self.config.alone {
            self.set_status(|status| status.settings = SettingsSource::None(NoSettings::Empty));
        } else if self.status().crm_problem.is_some() {
            self.miss_settings(NoSettings::NoApi);
        }
        self.link();
    }

    /// Salesforce gave the settings; an empty map says that the agent has no call center.
    pub(crate) fn take_live_settings(&self, settings: Flat) {
        if settings.is_empty() {
            self.take_settings(settings, SettingsSource::None(NoSettings::Empty));
            return;
        }
        if let Some(store) = self.store.get() {
            store.keep_settings(&settings, clock::now().wall);
        }
        self.take_settings(settings, SettingsSource::Live);
    }

    /// There are no settings for now; those in use, if any, stay.
    pub(crate) fn miss_settings(&self, why: NoSettings) {
        self.set_status(|status| {
            if matches!(status.settings, SettingsSource::Waiting | SettingsSource::None(_)) {
                status.settings = SettingsSource::None(why);
            }
        });
    }

    fn take_settings(&self, flat: Flat, source: SettingsSource) {
        let Reading { settings, problems } = hookswitch_definition::settings(&flat);
        // An agent without a call center needs one, not a list of what is missing in it.
        let problems = if matches!(source, SettingsSource::None(_)) { Vec::new() } else { problems };
        self.set_status(|status| {
            status.settings = source;
            status.setting_problems =
                problems.into_iter().map(|problem| SettingProblem { item: problem.key, words: problem.message }).collect();
        });
        self.set_view(&settings);
        self.waiting_settings.replace(Some((settings, flat)));
        self.settings_may_change();
    }

    /// Use new settings, unless another phone system would come of them in the middle of a call.
    pub(crate) fn settings_may_change(&self) {
        let begun = self.begun.get();
        let may = |(settings, flat): &(Settings, Flat)| !begun || self.snapshot().calls.is_empty() || !self.bridge.differs(settings, flat);
        if !self.waiting_settings.borrow().as_ref().is_some_and(may) {
            return;
        }
        let Some((settings, flat)) = self.waiting_settings.take() else { return };
        let another = !begun || self.bridge.differs(&settings, &flat);
        if !begun && self.store.get().is_some_and(|store| store.has_aside()) {
            self.forget_old_asides(settings.log.retention_days);
        }
        self.begun.set(true);
        self.input(Input::Settings(Box::new(settings.clone())));
        self.set_identity(&settings.identity);
        self.crm.set_channel(settings.message_channel.as_deref());
        if !another {
            return;
        }
        self.set_status(|status| status.sign_in = SignIn::NotNeeded);
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            if let Err(words) = desk.bridge.start(&settings, &flat).await {
                desk.write("provider-broken", "");
                desk.provider_report(provider::failed(words));
            }
        });
    }

    /// Hear the provider, whichever there will be.
    fn attach(&self) {
        let this = self.this.clone();
        let report = Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            let Some(desk) = this.upgrade() else { return };
            match read_report(&value) {
                Ok(report) => desk.provider_report(report),
                // Only the field's name: what stands in it may be a customer's.
                Err(malformed) => desk.write("provider-malformed", malformed.0),
            }
        });
        let this = self.this.clone();
        let wanted = Closure::<dyn Fn()>::new(move || {
            if let Some(desk) = this.upgrade() {
                desk.want_sign_in();
            }
        });
        let sink = Object::new();
        // Neither can fail on a plain object made here.
        let _ = Reflect::set(&sink, &"report".into(), &report.into_js_value());
        let _ = Reflect::set(&sink, &"wanted".into(), &wanted.into_js_value());
        self.keep.attach(Some(&sink));
    }

    /// The provider waits for credentials: the embedder's or Apex's, where they know them, else the form's.
    fn want_sign_in(&self) {
        let refused = self.status().sign_in == SignIn::Refused;
        if self.sign_in_by_apex.get() && !refused {
            self.ask_apex_to_sign_in();
            return;
        }
        let (Some(ask), Some(desk), false) = (&self.config.credentials, self.this.upgrade(), refused) else {
            self.sign_in_wanted();
            return;
        };
        let ask = ask.clone();
        spawn(async move {
            match asked(&ask).await {
                Some((user, password)) => desk.sign_in(&user, &password),
                None => desk.sign_in_wanted(),
            }
        });
    }

    pub(crate) fn give_lock_back(&self) {
        if let Some(release) = self.keep.release() {
            self.keep.set_release(None);
            // A promise's own function does not throw.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// The embedder's credentials; none if it has none after all.
async fn asked(ask: &js_sys::Function) -> Option<(String, String)> {
    let asking = ask.call0(&JsValue::UNDEFINED).ok()?;
    let given = JsFuture::from(Promise::resolve(&asking)).await.ok()?;
    let given = Reader::new(&given, "credentials").ok()?;
    Some((given.text("user").ok()?, given.text("password").ok()?))
}

/// A random number, from the browser's cryptography where there is one.
pub(crate) fn seed() -> u64 {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok()) {
        Some(_) => u64::from_le_bytes(bytes),
        // Enough to tell two sessions apart, which is all it is for.
        None => (js_sys::Math::random() * MANY) as u64,
    }
}

const MANY: f64 = 9_007_199_254_740_992.0;
/// Until a database that was busy is asked again.
const BUSY_MS: f64 = 500.0;
const ELSEWHERE: &str = "Phone (in another tab)";
const HERE: &str = "Phone";
