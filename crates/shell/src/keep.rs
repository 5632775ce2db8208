//! What outlives a wasm instance: the object that `www/panel/keep.js` makes, as seen from here.

use js_sys::{Function, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, HtmlAudioElement};

#[wasm_bindgen]
extern "C" {
    /// Made once per page by JavaScript, handed to each instance in turn.
    #[derive(Clone, Debug)]
    pub type Keep;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn provider(this: &Keep) -> Option<Provider>;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_provider(this: &Keep, provider: &JsValue);
    #[wasm_bindgen(method, getter)]
    pub(crate) fn made(this: &Keep) -> String;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_made(this: &Keep, made: &str);
    #[wasm_bindgen(method, getter)]
    pub(crate) fn release(this: &Keep) -> Option<Function>;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_release(this: &Keep, release: Option<&Function>);

    #[wasm_bindgen(method, getter)]
    pub(crate) fn journal(this: &Keep) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_journal(this: &Keep, journal: &Uint8Array);
    #[wasm_bindgen(method, getter)]
    pub(crate) fn copy(this: &Keep) -> Option<String>;
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_copy(this: &Keep, copy: &str);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_context(this: &Keep, context: Option<&AudioContext>);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_ring(this: &Keep, ring: Option<&HtmlAudioElement>);

    #[wasm_bindgen(method)]
    pub(crate) fn attach(this: &Keep, sink: Option<&Object>);
    #[wasm_bindgen(method)]
    pub(crate) fn replay(this: &Keep);
    #[wasm_bindgen(method, js_name = "drop")]
    pub(crate) fn let_go(this: &Keep);
    #[wasm_bindgen(method)]
    pub(crate) fn after(this: &Keep, ms: f64, due: &Function) -> u32;
    #[wasm_bindgen(method)]
    pub(crate) fn cancel(this: &Keep, id: u32);
    #[wasm_bindgen(method)]
    pub(crate) fn sleep(this: &Keep, ms: f64) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn host(this: &Keep, settings: &Object) -> Object;
    #[wasm_bindgen(method, js_name = "signIn")]
    pub(crate) fn sign_in(this: &Keep, user: &str, password: &str) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn forget(this: &Keep);
    #[wasm_bindgen(method)]
    pub(crate) fn play(this: &Keep);

    /// A provider, as `www/providers/provider.d.ts` describes it. No method should throw; a vendor's may.
    #[derive(Clone, Debug)]
    pub(crate) type Provider;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn start(this: &Provider) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn command(this: &Provider, id: u32, command: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn sync(this: &Provider) -> Result<(), JsValue>;
}
