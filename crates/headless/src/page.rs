//! What outlives this instance: `www/headless/page.js`, which the build lays beside the glue.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./page.js")]
extern "C" {
    /// The embedder's configuration as the shell reads it, together with what an earlier instance left.
    pub(crate) fn prepare(config: &JsValue) -> JsValue;

    /// Says that this instance is about to die, and where in our code it happened.
    pub(crate) fn panicked(place: &str);
}

#[wasm_bindgen]
extern "C" {
    /// Shows an error where uncaught ones are shown.
    #[wasm_bindgen(js_name = "reportError")]
    pub(crate) fn report_error(error: &JsValue);
}
