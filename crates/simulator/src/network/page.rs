//! The phone system in this page, for demos on a host that serves files only. Agents' pages of this origin reach it over a channel.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::{Interval, Timeout};
use hookswitch_switch::{Channel, ConnectionKind, Hub};
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Network;
use crate::sim::now;

/// The drawer's own connection; pages come after it.
const DRAWER: u64 = 1;
/// Pages say every five seconds that they are there.
const SWEEP_MS: u32 = 5_000;

/// The phone system in this page.
pub(super) struct PageLine {
    office: Rc<RefCell<Office>>,
    // Both live as long as the line.
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _sweep: Interval,
}

struct Office {
    hub: Hub,
    pages: Channel,
    channel: BroadcastChannel,
    network: Network,
    timer: Option<Timeout>,
}

impl PageLine {
    /// None where the browser has no such channel: the drawer says so.
    pub(super) fn open(network: Network) -> Self {
        // The name is part of the protocol with the agents' pages; it cannot be refused.
        let channel = BroadcastChannel::new("hookswitch-switch").unwrap_or_else(|_| unreachable!("a browser without BroadcastChannel"));
        let office = Rc::new(RefCell::new(Office {
            hub: Hub::new(now()),
            pages: Channel::new(DRAWER + 1),
            channel: channel.clone(),
            network,
            timer: None,
        }));
        let desk = office.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| receive(&desk, &event.data()));
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let desk = office.clone();
        let sweep = Interval::new(SWEEP_MS, move || {
            {
                let Office { hub, pages, .. } = &mut *desk.borrow_mut();
                pages.sweep(hub, now());
            }
            settle(&desk);
        });
        office.borrow_mut().hub.connect(now(), DRAWER, ConnectionKind::Network);
        post(&channel, &[("begun", JsValue::TRUE)]);
        network.connected.set(true);
        settle(&office);
        Self { office, _heard: heard, _sweep: sweep }
    }

    pub(super) fn send(&self, text: &str) {
        self.office.borrow_mut().hub.receive(now(), DRAWER, text);
        settle(&self.office);
    }
}

/// A page spoke.
fn receive(office: &Rc<RefCell<Office>>, data: &JsValue) {
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    let Some(from) = field("from").and_then(|from| from.as_string()) else { return };
    let text = field("text").and_then(|text| text.as_string());
    let gone = field("gone").and_then(|gone| gone.as_bool()).unwrap_or_default();
    {
        let Office { hub, pages, channel, .. } = &mut *office.borrow_mut();
        if let Some(answer) = pages.receive(hub, now(), &from, text.as_deref(), gone) {
            post(channel, &[("to", answer.to.into()), ("known", answer.known.into())]);
        }
    }
    settle(office);
}

/// Sends what there is to send, and comes back when the next thing is due.
fn settle(office: &Rc<RefCell<Office>>) {
    let mut said = Vec::new();
    let network = {
        let Office { hub, pages, channel, network, timer } = &mut *office.borrow_mut();
        hub.advance(now());
        while let Some((connection, text)) = hub.poll() {
            match pages.name_of(connection) {
                Some(to) => post(channel, &[("to", to.into()), ("text", text.into())]),
                None => said.push(text),
            }
        }
        let again = office.clone();
        *timer = hub.deadline().map(|at| {
            let wait = u32::try_from(at.saturating_sub(now())).unwrap_or(u32::MAX >> 1);
            Timeout::new(wait, move || settle(&again))
        });
        *network
    };
    for text in said {
        network.hear(&text);
    }
}

fn post(channel: &BroadcastChannel, fields: &[(&str, JsValue)]) {
    let message = Object::new();
    for (name, value) in fields {
        // Cannot fail on a plain object made here.
        let _ = Reflect::set(&message, &(*name).into(), value);
    }
    let _ = channel.post_message(&message);
}
