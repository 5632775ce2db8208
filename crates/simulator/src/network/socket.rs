//! The phone system in a server.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};

use super::Network;

/// How long until a lost server is looked for again: a restart of `serve` is found soon, and nothing is pestered.
const AGAIN_MS: u32 = 1_000;

/// A socket that comes back.
pub(super) struct SocketLine {
    shared: Rc<Shared>,
}

struct Shared {
    address: String,
    network: Network,
    open: RefCell<Option<Open>>,
}

struct Open {
    socket: WebSocket,
    // Dropped with the socket they hear.
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _came: Closure<dyn FnMut()>,
    _went: Closure<dyn FnMut()>,
}

impl SocketLine {
    pub(super) fn open(address: &str, network: Network) -> Self {
        let shared = Rc::new(Shared { address: address.into(), network, open: RefCell::new(None) });
        connect(&shared);
        Self { shared }
    }

    pub(super) fn send(&self, text: &str) {
        if let Some(open) = self.shared.open.borrow().as_ref()
            && open.socket.send_with_str(text).is_ok()
        {
            return;
        }
        self.shared.network.problem.set(Some("The phone network is away; it is being looked for.".into()));
    }
}

fn connect(shared: &Rc<Shared>) {
    let network = shared.network;
    let Ok(socket) = WebSocket::new(&shared.address) else {
        network.problem.set(Some(format!("{} is no address of a phone network.", shared.address)));
        return;
    };
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            network.hear(&text);
        }
    });
    let came = Closure::<dyn FnMut()>::new(move || network.connected.set(true));
    let again = shared.clone();
    let went = Closure::<dyn FnMut()>::new(move || {
        network.connected.set(false);
        network.calls.set(Vec::new());
        let again = again.clone();
        Timeout::new(AGAIN_MS, move || connect(&again)).forget();
    });
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    socket.set_onopen(Some(came.as_ref().unchecked_ref()));
    socket.set_onclose(Some(went.as_ref().unchecked_ref()));
    *shared.open.borrow_mut() = Some(Open { socket, _heard: heard, _came: came, _went: went });
}
