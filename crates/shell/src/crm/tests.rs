//! The port against a stand-in for `sforce.opencti` that answers as each test says.

mod apex;
mod asks;
mod cases;
mod link;
mod log;
mod pops;

use std::cell::RefCell;

use hookswitch_core::{CallId, LogFields, LogKey, PopTarget};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

#[wasm_bindgen(inline_js = r#"
let plans, calls, listeners;

export function leave() {
  delete window.sforce;
  delete window.__hookswitchOpenCti;
  [plans, calls, listeners] = [{}, [], []];
}
export function arrive() {
  const api = new Proxy({}, { get: (_, name) => name === "hvs" ? api : ({ callback, listener, ...args } = {}) => {
    calls.push(`${name} ${JSON.stringify(args)}`);
    if (listener) listeners.push([name, listener]);
    const plan = plans[name]?.shift() ?? { value: null };
    if (plan.silent || !callback) return;
    const response = plan.errors ? { success: false, returnValue: null, errors: plan.errors } : { success: true, returnValue: plan.value, errors: null };
    if (name === "subscribe") response.subscription = {};
    setTimeout(() => callback(response), plan.after ?? 0);
  } });
  window.sforce = { opencti: api };
}
export const plan = (name, json) => (plans[name] ??= []).push(JSON.parse(json));
export const called = () => calls.join("\n");
export const tell = (name, json) => listeners.forEach(([known, listener]) => known === name && listener(JSON.parse(json)));
/** A clock a hundred times as fast. */
export const quick = (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100));
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"#)]
extern "C" {
    fn leave();
    fn arrive();
    fn plan(name: &str, json: &str);
    fn called() -> String;
    fn tell(name: &str, json: &str);
    fn quick(ms: u32) -> Promise;
    fn wait(ms: u32) -> Promise;
}

#[derive(Default)]
struct Seen {
    reports: RefCell<Vec<CrmReport>>,
    problems: RefCell<Vec<Option<&'static str>>>,
    settings: RefCell<Vec<Flat>>,
    missed: RefCell<Vec<bool>>,
    layouts: RefCell<Vec<Option<Result<Layout, &'static str>>>>,
}

impl Host for Seen {
    fn crm_report(&self, report: CrmReport) {
        self.reports.borrow_mut().push(report);
    }

    fn crm_problem(&self, problem: Option<CrmProblem>) {
        self.problems.borrow_mut().push(problem.map(|problem| problem.code));
    }

    fn live_settings(&self, settings: Flat) {
        self.settings.borrow_mut().push(settings);
    }

    fn layout(&self, layout: Option<Result<Layout, &'static str>>) {
        self.layouts.borrow_mut().push(layout);
    }

    fn no_live_settings(&self, answered: bool) {
        self.missed.borrow_mut().push(answered);
    }

    fn note(&self, _code: &'static str, _detail: String) {}
}

impl Seen {
    fn heard(&self, report: &CrmReport) -> bool {
        self.reports.borrow().contains(report)
    }

    fn last(&self) -> Option<CrmReport> {
        self.reports.borrow().last().cloned()
    }
}

/// A port beside a script that is there.
fn begin() -> (Rc<Port>, Rc<Seen>) {
    leave();
    arrive();
    let port = Port::new(Rc::new(quick));
    let seen = Rc::new(Seen::default());
    let host: Rc<dyn Host> = Rc::<Seen>::clone(&seen);
    port.set_host(Rc::downgrade(&host));
    (port, seen)
}

async fn until(is: impl Fn() -> bool) {
    for _ in 0..500 {
        if is() {
            return;
        }
        wasm_bindgen_futures::JsFuture::from(wait(10)).await.unwrap();
    }
    panic!("it did not come about; Salesforce was asked: {}", called());
}

fn log() -> LogFields {
    LogFields {
        subject: "Inbound call +14155550100".into(),
        completed: true,
        date: "2026-01-15".into(),
        kind: Some(CallKind::Inbound),
        duration_s: Some(73),
        disposition: Some("Resolved".into()),
        notes: "wants a refund".into(),
        who: Some("003xx0000004TmiAAE".into()),
        object: "Task".into(),
        ..LogFields::default()
    }
}

const KEY: LogKey = LogKey { seed: 0x2a, count: 3 };

fn save(record: Option<&str>) -> CrmCommand {
    CrmCommand::SaveLog { key: KEY, record: record.map(str::to_owned), fields: Box::new(log()), before: None }
}
