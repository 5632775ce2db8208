//! The page around a phone under test: what outlives an instance, and a provider that does as it is told.

use hookswitch_definition::Flat;
use hookswitch_shell::{Config, Keep, Phone};
use js_sys::{Function, JSON, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Settings that name the simulated phone system, in whose place the tests' provider is loaded.
pub(crate) const SIMULATED: &[(&str, &str)] = &[("/hookswitchProvider/provider", "simulated")];

#[wasm_bindgen(inline_js = r#"
const address = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

export async function open(keep, worker) {
  const { createKeep } = await import(address(keep));
  const page = { keep: createKeep(address(worker), (error) => console.error(error)), did: [], host: null, throws: false, broken: false };
  page.load = async () => {
    if (page.broken) throw new Error("no such module");
    return { createProvider };
  };
  const createProvider = (host) => {
    page.host = host;
    const act = (word) => (...given) => {
      page.did.push([word, ...given.map((value) => (typeof value === "object" ? JSON.stringify(value) : value))].join(" "));
      if (word === "command" && page.throws) throw new Error("out of order");
    };
    return { start: act("start"), command: act("command"), sync: act("sync"), stop: act("stop") };
  };
  return page;
}

export const report = (page, report) => page.host.report(report);
export const did = (page) => page.did.join("\n");
export const set = (page, name) => { page[name] = true; };
export const ask = (page) => void page.host.credentials().then(({ user, password }) => page.did.push(`credentials ${user} ${password}`));
const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); request.onerror = () => resolve(null); });
/** What is sealed in all databases, name and bytes; taken out if so wished. */
async function sealed(take) {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database?.objectStoreNames ?? []) {
      const place = database.transaction(store, "readwrite").objectStore(store);
      for (const key of await done(place.getAllKeys())) {
        if (!String(key).startsWith("sealed:")) continue;
        const bytes = await done(place.get(key));
        found.push([`${name}${key}`, new TextDecoder("latin1").decode(bytes)]);
        if (take) await done(place.delete(key));
      }
    }
    database?.close();
  }
  return found;
}
export const stored = async () => JSON.stringify([...Object.entries(localStorage), ...await sealed(false)]);
export const forget = async () => { localStorage.clear(); await sealed(true); };
export const loader = (page) => page.load;
export const keepOf = (page) => page.keep;
export const reset = (page) => page.keep.reset();
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"#)]
extern "C" {
    fn open(keep: &str, worker: &str) -> Promise;
    fn report(page: &Object, report: &JsValue);
    fn did(page: &Object) -> String;
    fn set(page: &Object, name: &str);
    fn ask(page: &Object);
    fn stored() -> Promise;
    fn forget() -> Promise;
    fn loader(page: &Object) -> Function;
    #[wasm_bindgen(js_name = keepOf)]
    fn keep_of(page: &Object) -> Keep;
    fn reset(page: &Object);
    fn sleep(ms: u32) -> Promise;
}

/// A page of a test. Several of them are several tabs to each other.
pub(crate) struct Page(Object);

impl Page {
    /// A page with nothing in it.
    pub(crate) async fn new() -> Self {
        let opening = open(include_str!("../../../../www/panel/keep.js"), include_str!("../../../../www/panel/clock.worker.js"));
        Self(JsFuture::from(opening).await.unwrap().unchecked_into())
    }

    /// What the page gives a phone that stands alone.
    pub(crate) fn config(&self, settings: &[(&str, &str)]) -> Config {
        Config {
            org_hosts: Vec::new(),
            api_version: 66,
            settings: Some(settings.iter().copied().collect::<Flat>()),
            alone: true,
            load: loader(&self.0),
            credentials: None,
            keep: keep_of(&self.0),
            restarted: false,
        }
    }

    /// Have the provider report.
    pub(crate) fn report(&self, json: &str) {
        report(&self.0, &JSON::parse(json).unwrap());
    }

    /// What the provider was made to do so far, a line each.
    pub(crate) fn did(&self) -> String {
        did(&self.0)
    }

    /// Wait until something is stored under that name.
    pub(crate) async fn has_stored(&self, name: &str) {
        for _ in 0..100 {
            if self.stored().await.contains(name) {
                return;
            }
            self.pause(50).await;
        }
        panic!("{name} was not stored");
    }

    /// From now on the provider throws at every command.
    pub(crate) fn make_commands_throw(&self) {
        set(&self.0, "throws");
    }

    /// From now on no provider can be loaded.
    pub(crate) fn break_loading(&self) {
        set(&self.0, "broken");
    }

    /// Have the provider ask for credentials.
    pub(crate) fn ask_for_credentials(&self) {
        ask(&self.0);
    }

    /// Everything in the browser's storage.
    pub(crate) async fn stored(&self) -> String {
        JsFuture::from(stored()).await.unwrap().as_string().unwrap()
    }

    /// What the loader does after a trap.
    pub(crate) fn reset(&self) {
        reset(&self.0);
    }

    /// Wait.
    pub(crate) async fn pause(&self, ms: u32) {
        JsFuture::from(sleep(ms)).await.unwrap();
    }

    /// Leave nothing to the next test.
    pub(crate) async fn leave(&self, phone: &Phone) {
        phone.stop();
        // What is still being written must not come after the clearing.
        self.pause(100).await;
        JsFuture::from(forget()).await.unwrap();
    }
}

/// Wait until it is so; 5 s are as good as never.
pub(crate) async fn until(is: impl Fn() -> bool) {
    for _ in 0..500 {
        if is() {
            return;
        }
        JsFuture::from(sleep(10)).await.unwrap();
    }
    panic!("it did not come about");
}
