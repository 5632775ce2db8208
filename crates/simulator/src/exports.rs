//! What `lightning.js` calls. Everything but [`start`] is for tests and the console, and speaks JSON.

use std::cell::Cell;

use hookswitch_lightning::{Click, Fault, Id, View};
use leptos::{mount::mount_to, prelude::*};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    address::{Places, Wishes},
    network::Network,
    sim::{Sim, now},
    stage::Stage,
    views,
};

thread_local! {
    /// The page's one simulator, for the exports below.
    static SIM: Cell<Option<Sim>> = const { Cell::new(None) };
}

/// Draws the page and starts the softphone.
#[wasm_bindgen]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let Some(root) = document().body() else { return };
    root.set_text_content(None);
    mount_to(root, || {
        let (places, wishes) = (Places::read(), Wishes::read());
        let network = Network::open(&places, &wishes);
        let sim = Sim::new(Stage::open(places, &wishes, now()), network);
        SIM.set(Some(sim));
        views::app(sim)
    })
    .forget();
}

fn with<T>(act: impl FnOnce(Sim) -> T) -> Option<T> {
    SIM.get().map(act)
}

/// Every task with all its fields, oldest first, as a JSON list.
#[wasm_bindgen]
#[must_use]
pub fn tasks() -> String {
    records("Task")
}

/// Every record of an object, oldest first, as a JSON list.
#[wasm_bindgen]
#[must_use]
pub fn records(object: &str) -> String {
    let all = with(|sim| sim.peek(|org, _| org.records(object).map(hookswitch_lightning::Record::to_json).collect()));
    Value::Array(all.unwrap_or_default()).to_string()
}

/// Every Open CTI message so far, oldest first: a JSON list of number, at, direction, message and note.
#[wasm_bindgen]
#[must_use]
pub fn messages() -> String {
    with(|sim| sim.peek(|_, host| serde_json::to_string(host.messages()).unwrap_or_default())).unwrap_or_default()
}

/// The page as JSON: user, app, navigation, utility bar, softphone, and its address as `path`.
#[wasm_bindgen]
#[must_use]
pub fn page() -> String {
    let page = with(|sim| {
        sim.peek(|org, host| {
            let mut page = serde_json::to_value(host.page()).unwrap_or_default();
            page["path"] = host.page().path(org).into();
            page
        })
    });
    page.unwrap_or_default().to_string()
}

/// The whole org as JSON.
#[wasm_bindgen]
#[must_use]
pub fn org() -> String {
    with(|sim| sim.peek(|org, _| serde_json::to_string(org).unwrap_or_default())).unwrap_or_default()
}

/// What the phone network's drawer shows, as JSON: connected, calls, agents, options, problem.
#[wasm_bindgen]
#[must_use]
pub fn network() -> String {
    let state = with(|sim| {
        let network = sim.network;
        json!({
            "connected": network.connected.get_untracked(),
            "calls": network.calls.get_untracked(),
            "agents": network.agents.get_untracked(),
            "options": network.options.get_untracked(),
            "problem": network.problem.get_untracked(),
        })
    });
    state.unwrap_or_default().to_string()
}

/// Does something in the place of the people outside: the JSON of one network command, `{"type": "callAgent", …}`.
#[wasm_bindgen(js_name = tellNetwork)]
pub fn tell_network(command: &str) {
    with(|sim| sim.network.tell_text(&format!("{{\"network\":{command}}}")));
}

/// Puts a fault in force for one method, or for all where it is empty: the JSON of a fault, `{"fault": "slow", "ms": 5000}`, or of
/// null to take it back; for so many messages, or until taken back where that is 0. Returns whether the fault was understood.
#[wasm_bindgen(js_name = setFault)]
#[must_use]
pub fn set_fault(method: &str, fault: &str, times: u32) -> bool {
    let Ok(fault) = serde_json::from_str::<Option<Fault>>(fault) else { return false };
    let method = (!method.is_empty()).then_some(method);
    let times = (times > 0).then_some(times);
    with(|sim| {
        sim.act(|_, host, _| match fault {
            Some(fault) => host.faults_mut().set(method, fault, times),
            None => host.faults_mut().clear(method),
        });
    });
    true
}

/// Clicks the number in a record's field. Returns `sent`, `disabled`, `nobodyListens` or `noNumber`.
#[wasm_bindgen]
#[must_use]
pub fn click(record: &str, field: &str) -> String {
    outcome(Id::parse(record).and_then(|id| with(|sim| sim.act(|org, host, now| host.click(org, &id, field, now)))))
}

fn outcome(clicked: Option<Click>) -> String {
    match clicked {
        Some(Click::Sent) => "sent",
        Some(Click::Disabled) => "disabled",
        Some(Click::NobodyListens) => "nobodyListens",
        Some(Click::NoNumber) | None => "noNumber",
    }
    .into()
}

/// Begins a step of the work queue. Returns what became of the click that follows, as [`click`] does.
#[wasm_bindgen(js_name = beginWork)]
#[must_use]
pub fn begin_work(step: &str) -> String {
    outcome(with(|sim| sim.act(|org, host, now| host.begin_step(org, step, now))))
}

/// Publishes JSON on a message channel as a component of the page would. Returns whether the softphone had subscribed.
#[wasm_bindgen]
#[must_use]
pub fn publish(channel: &str, message: &str) -> bool {
    let Ok(message) = serde_json::from_str(message) else { return false };
    with(|sim| sim.act(|_, host, now| host.publish(now, channel, message))).unwrap_or_default()
}

/// Changes fields of a record as the user who is logged in: a JSON object. Returns why not, a JSON list of texts; empty: saved.
#[wasm_bindgen]
#[must_use]
pub fn edit(record: &str, values: &str) -> String {
    let (Some(id), Ok(values)) = (Id::parse(record), serde_json::from_str(values)) else {
        return json!(["no id, or no object"]).to_string();
    };
    let saved = with(|sim| {
        sim.act(|org, host, now| {
            let by = host.page().user().clone();
            org.update(&id, values, &by, now)
        })
    });
    let problems = saved.and_then(Result::err).unwrap_or_default();
    json!(problems.iter().map(ToString::to_string).collect::<Vec<_>>()).to_string()
}

/// Opens or minimises the softphone's panel.
#[wasm_bindgen(js_name = setPanel)]
pub fn set_panel(open: bool) {
    with(|sim| sim.act(|org, host, now| host.set_panel(org, open, now)));
}

/// Shows the view at a relative address.
#[wasm_bindgen]
pub fn open(path: &str) {
    with(|sim| sim.open(View::at(path)));
}

/// Opens a page of the drawer: `network`, `messages`, `channels` or `faults`; anything else shuts it.
#[wasm_bindgen]
pub fn drawer(page: &str) {
    let page = ["network", "messages", "channels", "faults"].into_iter().find(|known| *known == page);
    with(|sim| sim.drawer.set(page));
}

/// The id of the first record of an object with this name; empty for none.
#[wasm_bindgen]
#[must_use]
pub fn find(object: &str, name: &str) -> String {
    with(|sim| sim.peek(|org, _| org.named(object, name).map(|record| record.id.as_str().to_owned()))).flatten().unwrap_or_default()
}
