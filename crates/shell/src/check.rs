//! The self-check's questions to browser, Salesforce and core. What the answers mean is judged in `hookswitch-check`.
//!
//! Nothing is gathered before somebody asks: none of this is needed for a call.

use std::{cell::RefCell, future::poll_fn, pin::Pin, rc::Rc, task::Poll};

use hookswitch_check::{
    Answer, Audio, Credentials, Facts, Finding, Link, Microphone, Page, Paint, Permission, PhoneFacts, Place, Storage, check,
};
use hookswitch_core::{CrmState, PhoneState, settings::Log};
use hookswitch_definition::Flat;
use hookswitch_opencti::{Failure, Fields, Plain, client::is_present, frame::OrgHosts};
use js_sys::{Array, Function, JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{SettingsSource, SignIn, Stage, desk::Desk, spawn::spawn, vault::Vault};

/// A question on its way.
type Question = Pin<Box<dyn Future<Output = ()>>>;

impl Desk {
    /// Gather, judge, and tell.
    pub(crate) fn self_check(self: Rc<Self>, told: Box<dyn FnOnce(Vec<Finding>)>) {
        spawn(async move {
            self.settled().await;
            let facts = self.facts().await;
            told(check(&facts));
        });
    }

    /// Waits until the start is over, one way or the other: what is only on its way is no finding.
    async fn settled(&self) {
        for _ in 0..LOOKS {
            let (status, snapshot) = (self.status(), self.snapshot());
            let on_its_way = match status.stage {
                Stage::Starting => true,
                Stage::Running => {
                    status.settings == SettingsSource::Waiting
                        || (snapshot.crm.state == CrmState::Starting && !self.config.alone)
                        // Its module may still be on its way.
                        || (snapshot.phone.provided && matches!(snapshot.phone.state, PhoneState::Connecting | PhoneState::Stopped))
                }
                _ => false,
            };
            if !on_its_way {
                return;
            }
            // The clock's promises are never rejected.
            let _ = JsFuture::from(self.keep.sleep(LOOK_MS)).await;
        }
    }

    async fn facts(self: Rc<Self>) -> Facts {
        let mut facts = self.known();
        let asks = facts.place == Place::Framed && is_present();
        if asks {
            // First, since what else is asked depends on it.
            let settings = self.crm.client().within(PATIENCE_MS).call_center_settings().await;
            facts.center = match settings {
                // No map at all is what an agent without a call center may be given.
                Err(Failure::Unreadable { .. }) => Answer::Said(Flat::default()),
                settings => answer(settings).map(|settings| settings.into_iter().collect()),
            };
        }
        let facts = Rc::new(RefCell::new(facts));
        let mut questions = browser(&facts);
        if let Some(store) = self.store.get() {
            let (name, into) = (store.prefix().to_owned(), Rc::clone(&facts));
            questions.push(Box::pin(async move {
                let kept = storage(&name).await;
                into.borrow_mut().storage = Some(kept);
            }));
        }
        if asks {
            questions.extend(self.salesforce(&facts));
        }
        all(questions).await;
        facts.take()
    }

    /// What needs no asking.
    fn known(&self) -> Facts {
        let (status, snapshot) = (self.status(), self.snapshot());
        let hosts = OrgHosts::new(&self.config.org_hosts);
        let place = match &status.stage {
            Stage::FrameRefused { code, words } => Place::Refused { code, words: words.clone() },
            _ if self.config.alone => Place::Alone,
            Stage::Starting => Place::Unknown,
            _ => Place::Framed,
        };
        let stored = self.store.get().and_then(|store| store.settings()).map(|(settings, _)| settings);
        let mut facts = Facts {
            place,
            page: Page { origin: text(&["location", "origin"]), path: text(&["location", "pathname"]) },
            org_hosts: self.config.org_hosts.clone(),
            ignored_hosts: hosts.ignored().to_vec(),
            link: Link {
                state: Some(self.crm.state()),
                problem: status.crm_problem.as_ref().map(|problem| (problem.code, problem.words, problem.remedy)),
            },
            in_use: stored.or_else(|| self.config.settings.clone()),
            channel: self.crm.joined(),
            other_tab: status.stage == Stage::OtherTab,
            phone: PhoneFacts {
                state: snapshot.phone.state,
                simulated: snapshot.phone.simulated,
                account: !snapshot.agent.identity.is_empty(),
                by_user: is_user(self.owner().reveal()),
                credentials: match status.sign_in {
                    SignIn::Refused => Credentials::Refused,
                    SignIn::Wanted => Credentials::Wanted,
                    _ => Credentials::Fine,
                },
            },
            microphone: Microphone {
                secure: at(&["isSecureContext"]).is_some_and(|secure| secure.is_truthy()),
                handed_on: handed_on(),
                media: snapshot.phone.media,
                ..Microphone::default()
            },
            audio: match (self.speaker.is_there(), self.speaker.blocked()) {
                (false, _) => Audio::Missing,
                (true, true) => Audio::Suspended,
                (true, false) => Audio::Running,
            },
            notifications: permission(&text(&["Notification", "permission"])),
            ..Facts::default()
        };
        facts.panel.painted = painted();
        facts.panel.loaded_ms = entries("navigation").first().and_then(|load| number(load, "loadEventEnd")).filter(|ms| *ms > 0);
        facts
    }

    /// What Salesforce is asked, all at once.
    fn salesforce(&self, facts: &Rc<RefCell<Facts>>) -> Vec<Question> {
        let client = || self.crm.client().within(PATIENCE_MS);
        let flat = match &*facts.borrow() {
            Facts { center: Answer::Said(flat), .. } | Facts { in_use: Some(flat), .. } => flat.clone(),
            _ => Flat::default(),
        };
        let settings = hookswitch_definition::settings(&flat).settings;
        let can_dial = self.is_running() && settings.provider.is_some() && facts.borrow().phone.state == PhoneState::Ready;
        let mut questions: Vec<Question> = Vec::new();
        let (asked, into, told) = (client(), Rc::clone(facts), self.this.upgrade());
        questions.push(Box::pin(async move {
            let layout = asked.softphone_layout().await;
            // It is the newest there is, so the phone follows it from now on.
            if let Some(desk) = told {
                desk.crm.took_layout(layout.as_ref());
            }
            into.borrow_mut().layout = answer(layout);
        }));
        let (asked, into) = (client(), Rc::clone(facts));
        questions.push(Box::pin(async move {
            let open = asked.is_panel_visible().await;
            into.borrow_mut().panel.open = answer(open);
        }));
        if let Some(class) = settings.identity.apex_class {
            let apex_class = class.clone();
            let by_name = settings.log.record_type.clone().filter(|name| !Log::is_record_type_id(name));
            if let (Some(name), Some(desk)) = (by_name, self.this.upgrade()) {
                let (class, log, into) = (class.clone(), settings.log.clone(), Rc::clone(facts));
                questions.push(Box::pin(async move {
                    let known = desk.crm.knows_record_type(&class, &log, &name).await;
                    into.borrow_mut().record_type = answer(known);
                }));
            }
            let (asked, into) = (client(), Rc::clone(facts));
            questions.push(Box::pin(async move {
                let pong = asked.run_apex(&class, "ping", &Fields::new()).await;
                into.borrow_mut().apex = answer(pong.map(drop));
            }));
            let (asked, into) = (client(), Rc::clone(facts));
            let field = settings.dialing.do_not_call_field.clone();
            let class = apex_class;
            questions.push(Box::pin(async move {
                // Nobody's number, and as long as one: shorter ones are not looked for at all.
                let parameters = Fields::new().with("dialed", "9999999").with("spellings", "").with("field", field.as_str());
                let told = asked.run_apex(&class, "doNotCall", &parameters).await;
                into.borrow_mut().wishes = match answer(told) {
                    Answer::Said(told) => blind(&told).map_or_else(|| Answer::Refused("apex-unreadable".to_owned()), Answer::Said),
                    unsaid => unsaid.map(|_| Vec::new()),
                };
            }));
        }
        if can_dial {
            // Said already, and no different when it is said again; the answer is what is wanted.
            let (told, into) = (self.this.upgrade(), Rc::clone(facts));
            questions.push(Box::pin(async move {
                if let Some(desk) = told {
                    let enabled = desk.crm.dialing_again().await;
                    into.borrow_mut().dialing = enabled;
                }
            }));
        }
        questions
    }
}

/// The objects on which the class does not see the wish not to be called.
fn blind(told: &Plain) -> Option<Vec<String>> {
    let told = JSON::parse(told.text()?).ok()?;
    let unknown = Reflect::get(&told, &"unknown".into()).ok()?.dyn_into::<Array>().ok()?;
    unknown.iter().map(|object| object.as_string()).collect()
}

/// What the browser is asked.
fn browser(facts: &Rc<RefCell<Facts>>) -> Vec<Question> {
    let (granted, counted) = (Rc::clone(facts), Rc::clone(facts));
    vec![
        Box::pin(async move {
            let wanted = js_sys::Object::new();
            // Cannot fail on a plain object made here.
            let _ = Reflect::set(&wanted, &"name".into(), &"microphone".into());
            let Some(status) = asked(&["navigator", "permissions"], "query", &wanted).await else { return };
            let state = Reflect::get(&status, &"state".into()).ok().and_then(|state| state.as_string()).unwrap_or_default();
            granted.borrow_mut().microphone.permission = permission(&state);
        }),
        Box::pin(async move {
            let Some(devices) = asked(&["navigator", "mediaDevices"], "enumerateDevices", &JsValue::UNDEFINED).await else { return };
            let Ok(devices) = devices.dyn_into::<Array>() else { return };
            let microphones = devices.iter().filter(|device| Reflect::get(device, &"kind".into()).is_ok_and(|kind| kind == "audioinput"));
            counted.borrow_mut().microphone.devices = u32::try_from(microphones.count()).ok();
        }),
    ]
}

/// Whether the browser keeps what is written under names with that beginning.
async fn storage(prefix: &str) -> Storage {
    let name = format!("{prefix}check");
    let local = web_sys::window().and_then(|window| window.local_storage().ok().flatten()).is_some_and(|storage| {
        let kept = storage.set_item(&name, "1").is_ok() && storage.get_item(&name).is_ok_and(|text| text.as_deref() == Some("1"));
        // Removing what cannot be removed leaves what could not be written.
        let _ = storage.remove_item(&name);
        kept
    });
    Storage {
        local,
        database: keeps(&format!("{prefix}vault")).await.is_some_and(|kept| kept),
        locks: asked(&["navigator", "locks"], "query", &JsValue::UNDEFINED).await.is_some(),
    }
}

/// Whether a sealed byte is there again. A database may open and then not be written, for want of room or in a private window.
async fn keeps(vault: &str) -> Option<bool> {
    let vault = Vault::of(vault).await?;
    let sealed = vault.seal(&[1]).await?;
    vault.put_down(CHECK, Some(&sealed)).await?;
    let read = vault.sealed(CHECK).await??;
    vault.put_down(CHECK, None).await?;
    Some(vault.open(&read).await? == [1])
}

/// A Salesforce user's id, not a phone account's name.
fn is_user(identity: &str) -> bool {
    matches!(identity.len(), 15 | 18) && identity.starts_with("005") && identity.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// When the page was drawn first.
fn painted() -> Paint {
    let told = at(&["PerformanceObserver", "supportedEntryTypes"]).and_then(|types| types.dyn_into::<Array>().ok());
    if !told.is_some_and(|types| types.includes(&"paint".into(), 0)) {
        return Paint::NotTold;
    }
    let first = entries("paint").iter().filter_map(|entry| number(entry, "startTime")).min();
    first.map_or(Paint::Never, Paint::At)
}

/// Whether the pages around this one hand the microphone on; none: the browser does not say.
fn handed_on() -> Option<bool> {
    let policy = at(&["document", "permissionsPolicy"]).or_else(|| at(&["document", "featurePolicy"]))?;
    call(&policy, "allowsFeature", &"microphone".into())?.as_bool()
}

fn permission(word: &str) -> Permission {
    match word {
        "denied" => Permission::Denied,
        "granted" => Permission::Granted,
        "default" | "prompt" => Permission::Prompt,
        _ => Permission::Unknown,
    }
}

/// What came of a question.
pub(crate) fn answer<T>(outcome: Result<T, Failure>) -> Answer<T> {
    match outcome {
        Ok(said) => Answer::Said(said),
        Err(Failure::Host { errors, .. }) => {
            Answer::Refused(errors.first().map_or_else(String::new, |error| error.code.as_str().to_owned()))
        }
        Err(Failure::NoApi { .. }) => Answer::NotAsked,
        Err(Failure::NoReply { .. }) => Answer::Silent,
        Err(failure) => Answer::Refused(failure.code().to_owned()),
    }
}

/// Waits for all of them.
async fn all(mut questions: Vec<Question>) {
    poll_fn(|context| {
        questions.retain_mut(|question| question.as_mut().poll(context).is_pending());
        if questions.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Something of the page's, by its path from the global object. Read by name, so that no browser without it refuses the module.
fn at(path: &[&str]) -> Option<JsValue> {
    path.iter().try_fold(js_sys::global().into(), |object: JsValue, name| {
        let value = Reflect::get(&object, &(*name).into()).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    })
}

fn text(path: &[&str]) -> String {
    at(path).and_then(|value| value.as_string()).unwrap_or_default()
}

fn number(object: &JsValue, name: &str) -> Option<u64> {
    Some(Reflect::get(object, &name.into()).ok()?.as_f64()? as u64)
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    Reflect::get(object, &method.into()).ok()?.dyn_into::<Function>().ok()?.call1(object, argument).ok()
}

async fn asked(path: &[&str], method: &str, argument: &JsValue) -> Option<JsValue> {
    let asking = call(&at(path)?, method, argument)?;
    JsFuture::from(Promise::resolve(&asking)).await.ok()
}

/// What the browser noted about the load of the page.
fn entries(kind: &str) -> Vec<JsValue> {
    let noted = at(&["performance"]).and_then(|performance| call(&performance, "getEntriesByType", &kind.into()));
    noted.and_then(|noted| noted.dyn_into::<Array>().ok()).map(|noted| noted.to_vec()).unwrap_or_default()
}

/// What the check keeps for a moment.
const CHECK: &str = "check";
/// How often a start that is under way is looked at, and how many times at most.
const LOOK_MS: f64 = 250.0;
const LOOKS: u32 = 40;
/// Who checks waits in front of the screen.
const PATIENCE_MS: u32 = 5_000;
