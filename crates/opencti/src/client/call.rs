//! One call: posted, awaited, given up, made again.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{Client, Late, values};
use crate::{ErrorCode, Failure, Method};

/// How long a call waits for its answer unless told otherwise: long enough for a slow org's search, short enough for an agent who waits.
pub const DEADLINE_MS: u32 = 10_000;

/// The waits before a call is made again while Lightning's container is not ready: soon at first, half a minute in all, because containers were seen to take twenty seconds.
pub const CONTAINER_WAITS_MS: [u32; 8] = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

impl Client {
    /// Makes a call until it is answered with success, and returns the whole response.
    pub(super) async fn response(&self, method: &Method, listener: Option<&Function>) -> Result<JsValue, Failure> {
        let mut waits = CONTAINER_WAITS_MS.iter();
        loop {
            let response = self.attempt(method, listener).await?;
            let Err(errors) = values::outcome(&response) else { return Ok(response) };
            // Only this error says that nothing was done and that later is better.
            let early = errors.iter().any(|error| error.code == ErrorCode::SoftphoneContainer);
            let Some(wait) = waits.next().filter(|_| early) else {
                return Err(Failure::Host { method: method.name(), errors });
            };
            self.pause(*wait).await;
        }
    }

    async fn pause(&self, milliseconds: u32) {
        // A clock that fails ends the wait early, which costs an attempt and no more.
        drop(JsFuture::from((self.shared.sleep)(milliseconds)).await);
    }

    async fn attempt(&self, method: &Method, listener: Option<&Function>) -> Result<JsValue, Failure> {
        let (owner, function) = lookup(method)?;
        let arguments = values::to_object(&method.script_args());
        let mut callback = None;
        // The promise's own function is the callback: it needs no care, however late or never it is called.
        let reply = Promise::new(&mut |resolve, _| callback = Some(resolve));
        if let Some(callback) = callback {
            values::set(&arguments, "callback", &callback);
        }
        if let Some(listener) = listener {
            values::set(&arguments, "listener", listener);
        }
        function.call1(&owner, &arguments).map_err(|thrown| values::thrown(method.name(), &thrown))?;
        let mut reply = JsFuture::from(reply);
        let mut deadline = JsFuture::from((self.shared.sleep)(self.deadline_ms));
        if let Some(response) = first(&mut reply, &mut deadline).await {
            return Ok(response);
        }
        self.await_late(method.clone(), reply);
        Err(Failure::NoReply { method: method.name(), after_ms: self.deadline_ms })
    }

    /// Keeps listening for an answer nobody waits for any longer.
    fn await_late(&self, method: Method, reply: JsFuture) {
        let client = self.clone();
        spawn_local(async move {
            let Ok(response) = reply.await else { return };
            if let Method::Subscribe { .. } = method {
                // Its caller was told that it failed, so it must not stay subscribed.
                client.drop_subscription(&response);
            }
            let shared = &client.shared;
            shared.late_count.set(shared.late_count.get() + 1);
            let hook = shared.late.borrow().clone();
            if let Some(hook) = hook {
                let outcome = values::outcome(&response).map(|()| values::return_value(&response));
                hook(Late { method, outcome });
            }
        });
    }
}

/// The script's function for a method, and the object it belongs to.
pub(super) fn lookup(method: &Method) -> Result<(JsValue, Function), Failure> {
    let name = method.name();
    let mut owner = super::script::api().ok_or(Failure::NoApi { method: name })?;
    if matches!(method, Method::CompleteWork(_) | Method::OnWorkStart) {
        owner = values::member(&owner, "hvs").ok_or(Failure::NoMethod { method: name })?;
    }
    let function = Reflect::get(&owner, &name.into()).ok().and_then(|function| function.dyn_into().ok());
    Ok((owner, function.ok_or(Failure::NoMethod { method: name })?))
}

/// The answer, or nothing if the deadline came first; an answer that is there as well wins.
async fn first(reply: &mut JsFuture, deadline: &mut JsFuture) -> Option<JsValue> {
    poll_fn(|context| {
        if let Poll::Ready(response) = Pin::new(&mut *reply).poll(context) {
            return Poll::Ready(response.ok());
        }
        Pin::new(&mut *deadline).poll(context).map(|_| None)
    })
    .await
}
