//! Which of several tabs is the phone: one Web Lock per org.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use crate::{keep::Keep, spawn::spawn};

/// Asking for the phone's lock. It is held until `keep.release` is called or the page goes.
pub(crate) struct Lock {
    name: String,
    keep: Keep,
    waiting: Option<AbortController>,
}

impl Lock {
    /// The lock of the org whose names begin with `prefix`. Nothing is asked for yet.
    pub(crate) fn new(prefix: &str, keep: &Keep) -> Self {
        Self { name: format!("{prefix}phone"), keep: keep.clone(), waiting: AbortController::new().ok() }
    }

    /// Take the lock if nobody has it. Held by an earlier instance on this page, it is ours already.
    pub(crate) async fn take(&self) -> bool {
        if self.keep.release().is_some() {
            return true;
        }
        let options = Object::new();
        let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
        self.ask(&options).await
    }

    /// Wait for the lock, for as long as it takes; false if given up by [`Lock::give_up`].
    pub(crate) async fn wait(&self) -> bool {
        let options = Object::new();
        if let Some(signal) = self.signal() {
            let _ = Reflect::set(&options, &"signal".into(), &signal);
        }
        self.ask(&options).await
    }

    /// Stop waiting.
    pub(crate) fn give_up(&self) {
        if let Some(waiting) = &self.waiting {
            waiting.abort();
        }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.waiting.as_ref().map(AbortController::signal)
    }

    /// Settles when the lock was given or refused, not when it is given back.
    async fn ask(&self, options: &Object) -> bool {
        let asked = Promise::new(&mut |told, _| {
            let keep = self.keep.clone();
            let answer = told.clone();
            let given = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                let has = !lock.is_null();
                // The lock lasts as long as this promise is open.
                let held = has.then(|| Promise::new(&mut |release, _| keep.set_release(Some(&release))));
                tell(&answer, has);
                held.map_or(JsValue::NULL, JsValue::from)
            });
            match request(&self.name, options, given.unchecked_ref()) {
                Ok(asking) => spawn(async move {
                    if let Err(why) = JsFuture::from(asking).await {
                        tell(&told, !was_given_up(&why));
                    }
                }),
                Err(why) => tell(&told, !was_given_up(&why)),
            }
        });
        JsFuture::from(asked).await.is_ok_and(|has| has.is_truthy())
    }
}

/// Whether our own [`Lock::give_up`] ended the asking. Any other reason means that the page can have no locks, as in a window that
/// blocks third-party storage: then no tab can know of another, and this one is the phone.
fn was_given_up(why: &JsValue) -> bool {
    Reflect::get(why, &"name".into()).is_ok_and(|name| name == "AbortError")
}

/// Settles a promise, which cannot fail.
fn tell(settle: &Function, has: bool) {
    let _ = settle.call1(&JsValue::NULL, &has.into());
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"])]
    fn request(name: &str, options: &Object, given: &Function) -> Result<Promise, JsValue>;
}
