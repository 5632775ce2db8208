//! Listeners: registered with Salesforce's script once per page, and handed from one wasm instance to the next.
//!
//! The script can forget no listener, calls them in a row, and outlives our wasm instance. A closure of an instance that trapped throws when
//! it is called, and takes the listeners behind it down. So the script is given one end of a message channel, which cannot fail, and the
//! instance of the day holds the other end.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use super::{Client, Shared, call::lookup, values};
use crate::{Failure, Method, Plain};

/// Where a page keeps the ports and subscriptions that outlive an instance.
const STORE: &str = "__hookswitchOpenCti";

/// Somebody who is told, as long as this lives.
pub(super) struct Attached {
    key: String,
    port: MessagePort,
    _told: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        // The port lives on in the page; it must not call what is gone.
        self.port.set_onmessage(None);
    }
}

impl Client {
    /// Registers a listener that is never removed, or changes who is told.
    pub(super) fn listen(&self, method: &Method, told: impl Fn(&Plain) + 'static) -> Result<(), Failure> {
        let key = method.name();
        let port = match stored::<MessagePort>(key) {
            Some(port) => port,
            None => {
                let (owner, function) = lookup(method)?;
                let (listener, port) = channel(method)?;
                let arguments = Object::new();
                values::set(&arguments, "listener", &listener);
                function.call1(&owner, &arguments).map_err(|thrown| values::thrown(key, &thrown))?;
                values::set(&store(), key, &port);
                port
            }
        };
        self.attach(key.to_owned(), port, told);
        Ok(())
    }

    /// Subscribes to a message channel, or changes who is told of it.
    pub(super) async fn listen_to_channel(&self, name: &str, told: impl Fn(&Plain) + 'static) -> Result<(), Failure> {
        let (port_key, subscription_key) = channel_keys(name);
        if let Some(port) = stored::<MessagePort>(&port_key) {
            self.attach(port_key, port, told);
            return Ok(());
        }
        let method = Method::Subscribe { channel: name.into() };
        let (listener, port) = channel(&method)?;
        // Told from the first message on, which may come before the reply.
        self.attach(port_key.clone(), port.clone(), told);
        let subscribed = self.response(&method, Some(&listener)).await;
        // Its identity is the key: the value itself is kept, never a copy.
        let subscribed =
            subscribed.and_then(|response| values::member(&response, "subscription").ok_or(Failure::Unreadable { method: "subscribe" }));
        match subscribed {
            Ok(subscription) => {
                values::set(&store(), &subscription_key, &subscription);
                values::set(&store(), &port_key, &port);
                Ok(())
            }
            Err(failure) => {
                self.shared.detach(&port_key);
                port.close();
                Err(failure)
            }
        }
    }

    /// Ends a subscription.
    pub(super) fn leave_channel(&self, name: &str) -> Result<(), Failure> {
        let (port_key, subscription_key) = channel_keys(name);
        let Some(subscription) = values::member(&store(), &subscription_key) else { return Ok(()) };
        unsubscribe(&subscription)?;
        self.shared.detach(&port_key);
        if let Some(port) = stored::<MessagePort>(&port_key) {
            port.close();
        }
        for key in [port_key, subscription_key] {
            // Deleting a member of our own plain object cannot fail.
            drop(Reflect::delete_property(&store(), &key.into()));
        }
        Ok(())
    }

    /// Gives back a subscription whose caller was told that it failed.
    pub(super) fn drop_subscription(&self, response: &JsValue) {
        if let Some(subscription) = values::member(response, "subscription") {
            // If the script is gone, so is the subscription.
            drop(unsubscribe(&subscription));
        }
    }

    fn attach(&self, key: String, port: MessagePort, told: impl Fn(&Plain) + 'static) {
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| told(&values::to_plain(&event.data())));
        self.shared.detach(&key);
        port.set_onmessage(Some(told.as_ref().unchecked_ref()));
        self.shared.attached.borrow_mut().push(Attached { key, port, _told: told });
    }
}

impl Shared {
    fn detach(&self, key: &str) {
        self.attached.borrow_mut().retain(|attached| attached.key != key);
    }
}

/// Posts `unsubscribe`. Its callback runs only if this was the page's last listener of the channel, so nobody waits for it.
fn unsubscribe(subscription: &JsValue) -> Result<(), Failure> {
    let method = Method::Unsubscribe { channel: String::new() };
    let (owner, function) = lookup(&method)?;
    let arguments = Object::new();
    values::set(&arguments, "subscription", subscription);
    function.call1(&owner, &arguments).map(|_| ()).map_err(|thrown| values::thrown(method.name(), &thrown))
}

/// A function for the script, and the port at which what it is called with arrives.
fn channel(method: &Method) -> Result<(Function, MessagePort), Failure> {
    let made = |()| {
        let channel = MessageChannel::new()?;
        let port = channel.port1();
        let post: Function = Reflect::get(&port, &"postMessage".into())?.dyn_into()?;
        let listener: Function = Reflect::get(&post, &"bind".into())?.dyn_into::<Function>()?.call1(&post, &port)?.dyn_into()?;
        Ok::<_, JsValue>((listener, channel.port2()))
    };
    made(()).map_err(|thrown| values::thrown(method.name(), &thrown))
}

/// The page's object that outlives instances.
fn store() -> Object {
    let global = js_sys::global();
    if let Some(store) = values::member(&global, STORE) {
        return store.unchecked_into();
    }
    let store = Object::new();
    values::set(&global, STORE, &store);
    store
}

fn stored<T: JsCast>(key: &str) -> Option<T> {
    values::member(&store(), key).and_then(|value| value.dyn_into().ok())
}

/// The names under which a message channel's port and subscription are kept.
fn channel_keys(name: &str) -> (String, String) {
    (format!("port of {name}"), format!("subscription of {name}"))
}
