//! The one handle every view holds: reading the stage, acting on it, and carrying messages between it and the softphone's frame.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use hookswitch_lightning::{Host, HostOutput, Org, Session, View};
use js_sys::{Date, JSON};
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlIFrameElement, MessageEvent, StorageEvent};

use crate::{
    address::origin_of,
    network::Network,
    stage::{STAMP, Stage},
};

/// The id of the softphone's frame.
pub(crate) const FRAME: &str = "softphone-frame";

/// A frame that was loaded, told apart from an earlier one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Frame {
    pub(crate) number: u32,
    pub(crate) url: String,
}

/// The simulator. Copies are the same one.
#[derive(Clone, Copy)]
pub(crate) struct Sim {
    stage: StoredValue<Rc<RefCell<Stage>>, LocalStorage>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    /// Raised whenever anything may have changed.
    tick: RwSignal<u64>,
    /// The softphone's frame.
    pub(crate) frame: RwSignal<Option<Frame>>,
    /// The phone network behind the drawer.
    pub(crate) network: Network,
    /// The drawer at the right, by the name of its page; none: shut.
    pub(crate) drawer: RwSignal<Option<&'static str>>,
    /// What the page says at its top for a while.
    pub(crate) toast: RwSignal<Option<String>>,
}

impl Sim {
    /// The simulator on this stage; within a reactive owner.
    pub(crate) fn new(stage: Stage, network: Network) -> Self {
        let toast = RwSignal::new(stage.trouble.clone());
        let sim = Self {
            stage: StoredValue::new_local(Rc::new(RefCell::new(stage))),
            timer: StoredValue::new_local(None),
            tick: RwSignal::new(0),
            frame: RwSignal::new(None),
            network,
            drawer: RwSignal::new(Some("network")),
            toast,
        };
        sim.listen();
        sim.settle();
        sim
    }

    /// Reads the stage, and reads it again whenever it may have changed.
    pub(crate) fn read<T>(self, look: impl FnOnce(&Org, &Host) -> T) -> T {
        self.tick.track();
        self.peek(look)
    }

    /// Reads the stage once.
    pub(crate) fn peek<T>(self, look: impl FnOnce(&Org, &Host) -> T) -> T {
        let stage = self.stage.get_value();
        let stage = stage.borrow();
        look(&stage.org, &stage.host)
    }

    /// Does something on the stage, keeps what changed, and carries out what the host wants done.
    pub(crate) fn act<T>(self, act: impl FnOnce(&mut Org, &mut Host, u64) -> T) -> T {
        let done = {
            let stage = self.stage.get_value();
            let mut stage = stage.borrow_mut();
            stage.refresh();
            let now = now();
            let Stage { org, host, .. } = &mut *stage;
            let done = act(org, host, now);
            stage.save();
            done
        };
        self.settle();
        done
    }

    /// Shows a view.
    pub(crate) fn open(self, view: View) {
        self.act(|org, host, now| host.open(org, view, now));
    }

    /// Says something at the top of the page.
    pub(crate) fn say(self, words: impl Into<String>) {
        self.toast.set(Some(words.into()));
    }

    /// Lets the softphone come back instead of the standby page, as quitting and starting the browser would.
    pub(crate) fn end_browser_session(self) {
        crate::stage::end_session();
        let stage = self.stage.get_value();
        {
            let mut stage = stage.borrow_mut();
            let page = stage.host.page();
            let (user, app, view) = (page.user().clone(), page.app().to_owned(), page.view().clone());
            let now = now();
            let mut host = Host::with_session(&stage.org, &stage.places.origin, &user, &app, Session::default(), now);
            host.open(&stage.org, view, now);
            stage.host = host;
        }
        self.settle();
    }

    /// Carries out what the host wants done and sets the timer for what is due later.
    fn settle(self) {
        let mut posts = Vec::new();
        let mut frame = None;
        let due = {
            let stage = self.stage.get_value();
            let mut stage = stage.borrow_mut();
            while let Some(output) = stage.host.poll() {
                match output {
                    HostOutput::LoadSoftphone(url) => frame = Some(Some(url)),
                    HostOutput::RemoveSoftphone => frame = Some(None),
                    HostOutput::Navigated(path) => show_address(&path),
                    HostOutput::Post(message) => posts.push(message),
                    HostOutput::Published { channel, message } => self.say(format!("Published on {channel}: {message}")),
                    // Every view reads the stage anew after this.
                    _ => {}
                }
            }
            stage.host.deadline(&stage.org)
        };
        for message in posts {
            self.post(&message);
        }
        if let Some(url) = frame {
            let number = self.frame.with_untracked(|frame| frame.as_ref().map_or(0, |frame| frame.number));
            self.frame.set(url.map(|url| Frame { number: number + 1, url }));
        }
        let timer = due.map(|at| {
            let wait = u32::try_from(at.saturating_sub(now())).unwrap_or(u32::MAX >> 1);
            Timeout::new(wait, move || self.act(|org, host, now| host.advance(org, now)))
        });
        // The one before is cancelled by being dropped.
        self.timer.set_value(timer);
        self.tick.update(|tick| *tick += 1);
    }

    /// Posts to the softphone's window, and to its origin only.
    fn post(self, message: &Value) {
        let Some((window, origin)) = self.softphone() else { return };
        let Ok(message) = JSON::parse(&message.to_string()) else { return };
        // The only failure is a frame that is just going away.
        let _ = window.post_message(&message, &origin);
    }

    /// The softphone's window and the origin that may speak from it.
    fn softphone(self) -> Option<(web_sys::Window, String)> {
        let url = self.frame.with_untracked(|frame| frame.as_ref().map(|frame| frame.url.clone()))?;
        let frame = document().get_element_by_id(FRAME)?.dyn_into::<HtmlIFrameElement>().ok()?;
        Some((frame.content_window()?, origin_of(&url)?))
    }

    /// A message came to this page. Only the softphone's own window, showing the adapter's own origin, is listened to.
    fn hear(self, event: &MessageEvent) {
        let Some((window, origin)) = self.softphone() else { return };
        if event.origin() != origin || event.source().is_none_or(|source| JsValue::from(source) != JsValue::from(window)) {
            return;
        }
        let Some(text) = JSON::stringify(&event.data()).ok().and_then(|text| text.as_string()) else { return };
        let Ok(message) = serde_json::from_str::<Value>(&text) else { return };
        self.act(|org, host, now| host.receive(org, now, &message));
    }

    /// Listens for as long as the page lives.
    fn listen(self) {
        on("message", move |event: MessageEvent| self.hear(&event));
        on("storage", move |event: StorageEvent| {
            if event.key().as_deref() == Some(STAMP) {
                self.act(|_, _, _| ());
            }
        });
        on("focus", move |_: web_sys::Event| self.act(|org, host, now| host.focus(org, now)));
        on("blur", move |_: web_sys::Event| {
            // A click into the softphone blurs this window too, and is no leaving of the tab.
            let softphone = document().active_element().is_some_and(|element| element.id() == FRAME);
            if !softphone {
                self.act(|_, host, _| host.blur());
            }
        });
        on("hashchange", move |_: web_sys::Event| {
            let hash = window().location().hash().unwrap_or_default();
            let path = hash.trim_start_matches('#').to_owned();
            let elsewhere = self.peek(|org, host| host.page().path(org) != path);
            if elsewhere && path.starts_with('/') {
                self.open(View::at(&path));
            }
        });
    }
}

/// Unix milliseconds.
pub(crate) fn now() -> u64 {
    // Whole and positive since 1970, and exact until long after this code is gone.
    Date::now() as u64
}

/// The address behind the page's own, so that a reload comes back here from any host.
fn show_address(path: &str) {
    let location = window().location();
    if location.hash().is_ok_and(|hash| hash.trim_start_matches('#') != path) {
        let _ = location.set_hash(path);
    }
}

/// Hears an event of the window for as long as the page lives.
fn on<E: wasm_bindgen::convert::FromWasmAbi + 'static>(event: &str, heard: impl FnMut(E) + 'static) {
    let heard = Closure::<dyn FnMut(E)>::new(heard);
    // Cannot fail for a function.
    let _ = window().add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}
