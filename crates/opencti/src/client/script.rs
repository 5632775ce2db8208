//! Salesforce's script: whether it may be loaded, how it is loaded, and how it can fail to.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, Event, HtmlScriptElement, MessageEvent, Window};

use super::{Sleep, values};
use crate::LoadError;
use crate::frame::{Facts, Frame, OrgHosts, Refused};

/// How often [`appears`] looks.
const LOOK_MS: u32 = 1_000;

/// What the browser says of a script from another site instead of what it threw.
const MUTED: &str = "Script error";

/// Decides whether the page may run where it is, before anything else is done. See [`Facts::check`].
///
/// # Errors
///
/// The reason, in the words of an admin.
pub fn check_frame(orgs: &OrgHosts) -> Result<Frame, Refused> {
    let Some(window) = web_sys::window() else { return Err(Refused::NotFramed) };
    let location = window.location();
    let text = |name| values::member(&location, name).and_then(|value| value.as_string());
    let parent =
        values::member(&location, "ancestorOrigins").and_then(|origins| values::member(&origins, "0")).and_then(|value| value.as_string());
    let facts = Facts {
        has_parent: parent_of(&window).is_some(),
        parent_origin: parent.as_deref(),
        page_origin: &text("origin").unwrap_or_default(),
        query: &text("search").unwrap_or_default(),
    };
    facts.check(orgs)
}

/// The parent, if it is another window.
fn parent_of(window: &Window) -> Option<JsValue> {
    values::member(window, "parent").filter(|parent| parent != AsRef::<JsValue>::as_ref(window))
}

/// Salesforce's object, if the script has made it.
pub(super) fn api() -> Option<JsValue> {
    values::member(&js_sys::global(), "sforce").and_then(|sforce| values::member(&sforce, "opencti"))
}

/// Whether the script has run in this page.
#[must_use]
pub fn is_present() -> bool {
    api().is_some()
}

/// Waits until the script has run, however late, looking once a second.
pub async fn appears(sleep: &Sleep) {
    while !is_present() {
        // A clock that fails would make this loop spin, so it ends instead.
        if JsFuture::from(sleep(LOOK_MS)).await.is_err() {
            return;
        }
    }
}

/// Salesforce's script on its way into the page.
pub struct Script {
    url: String,
    settled: Promise,
    outcome: Rc<RefCell<Option<Result<(), LoadError>>>>,
}

impl Script {
    /// Asks the browser for the script of that org and API version, unless it has run already: a second copy would double every event.
    ///
    /// From now on Open CTI messages from any other window or origin than the frame's parent are stopped before the script sees them.
    #[must_use]
    pub fn load(frame: &Frame, api_version: u16) -> Self {
        Self::load_from(&frame.script_url(api_version), &frame.origin)
    }

    /// As [`load`](Self::load), from an address of one's own choice.
    #[must_use]
    pub fn load_from(url: &str, trusted_origin: &str) -> Self {
        let outcome = Rc::new(RefCell::new(None));
        let mut resolve = None;
        let settled = Promise::new(&mut |done, _| resolve = Some(done));
        let script = Self { url: url.into(), settled, outcome };
        let slot = Rc::clone(&script.outcome);
        let settle = move |result| {
            slot.borrow_mut().get_or_insert(result);
            if let Some(resolve) = &resolve {
                // A promise's own function does not throw.
                drop(resolve.call0(&JsValue::UNDEFINED));
            }
        };
        match web_sys::window() {
            Some(window) => {
                guard(&window, trusted_origin);
                if is_present() {
                    settle(Ok(()));
                } else if insert(&window, url, settle.clone()).is_err() {
                    settle(Err(LoadError::Failed { url: url.into() }));
                }
            }
            None => settle(Err(LoadError::Failed { url: url.into() })),
        }
        script
    }

    /// Waits until the script has run or failed, however long that takes.
    ///
    /// # Errors
    ///
    /// `Failed`, `NoApi` or `Threw`.
    pub async fn settled(&self) -> Result<(), LoadError> {
        // Never rejected.
        drop(JsFuture::from(self.settled.clone()).await);
        self.outcome.borrow().clone().unwrap_or_else(|| Err(LoadError::Failed { url: self.url.clone() }))
    }

    /// Waits as long as the page can: afterwards the softphone goes on without Salesforce, and [`settled`](Self::settled) tells when it comes.
    ///
    /// # Errors
    ///
    /// As `settled`, or `TooLate`.
    pub async fn within(&self, sleep: &Sleep, after_ms: u32) -> Result<(), LoadError> {
        let both = js_sys::Array::of2(&self.settled, &sleep(after_ms));
        drop(JsFuture::from(Promise::race(&both)).await);
        let known = self.outcome.borrow().clone();
        known.unwrap_or_else(|| Err(LoadError::TooLate { url: self.url.clone(), after_ms }))
    }
}

/// Puts the tag into the page and watches it.
fn insert(window: &Window, url: &str, settle: impl Fn(Result<(), LoadError>) + Clone + 'static) -> Result<(), JsValue> {
    let document = window.document().ok_or(JsValue::NULL)?;
    let tag: HtmlScriptElement = document.create_element("script")?.dyn_into()?;
    let watch = Rc::new(RefCell::new(Some(watch_errors(window, url)?)));

    let (address, done, threw) = (url.to_owned(), settle.clone(), Rc::clone(&watch));
    let loaded = Closure::once_into_js(move |_: Event| {
        // A script throws before it counts as loaded.
        done(match threw.take().and_then(Watch::end) {
            Some(message) => Err(LoadError::Threw { message }),
            None if is_present() => Ok(()),
            None => Err(LoadError::NoApi { url: address }),
        });
    });
    let address = url.to_owned();
    let failed = Closure::once_into_js(move |_: Event| {
        drop(watch.take().map(Watch::end));
        settle(Err(LoadError::Failed { url: address }));
    });
    tag.set_onload(Some(loaded.unchecked_ref()));
    tag.set_onerror(Some(failed.unchecked_ref()));
    tag.set_src(url);
    document.head().ok_or(JsValue::NULL)?.append_child(&tag)?;
    Ok(())
}

/// Errors that the script throws while it loads.
struct Watch {
    window: Window,
    heard: Rc<RefCell<Option<String>>>,
    closure: Closure<dyn Fn(ErrorEvent)>,
}

impl Watch {
    /// Stops watching; what was thrown, if anything.
    fn end(self) -> Option<String> {
        // Removing a listener that is there cannot fail.
        drop(self.window.remove_event_listener_with_callback("error", self.closure.as_ref().unchecked_ref()));
        self.heard.take()
    }
}

fn watch_errors(window: &Window, url: &str) -> Result<Watch, JsValue> {
    let heard = Rc::new(RefCell::new(None));
    let (slot, url) = (Rc::clone(&heard), url.to_owned());
    let closure = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
        let (file, message) = (event.filename(), event.message());
        // Errors of a script from another site come without file and text.
        if file == url || (file.is_empty() && message.starts_with(MUTED)) {
            let thrown = event.error().as_string().unwrap_or(message);
            slot.borrow_mut().get_or_insert(thrown);
        }
    });
    window.add_event_listener_with_callback("error", closure.as_ref().unchecked_ref())?;
    Ok(Watch { window: window.clone(), heard, closure })
}

/// Stops Open CTI messages that are not the parent's. The script itself looks at the origin alone, which any frame of the same org shares.
fn guard(window: &Window, trusted_origin: &str) {
    const GUARD: &str = "__hookswitchOpenCtiGuard";
    let (parent, trusted) = (parent_of(window), trusted_origin.to_owned());
    let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let ours = values::member(&event.data(), "apiType").is_some_and(|kind| kind == JsValue::from_str("opencti"));
        let from_parent = parent.is_some() && parent == values::member(&event, "source");
        if ours && !(from_parent && event.origin() == trusted) {
            event.stop_immediate_propagation();
        }
    });
    // The listener is an object whose function can change: a new wasm instance puts its own in, and the guard keeps its place before the script's
    // listener. Chromium calls the listeners of a window in the order of their registration, capturing or not.
    let guard = values::member(window, GUARD).map_or_else(
        || {
            let guard = Object::new();
            // Neither call fails on a window.
            drop(window.add_event_listener_with_callback("message", guard.unchecked_ref()));
            values::set(window, GUARD, &guard);
            guard
        },
        JsValue::unchecked_into,
    );
    values::set(&guard, "handleEvent", &closure.into_js_value());
}
