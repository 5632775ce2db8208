//! Errors as JavaScript knows them.

use hookswitch_shell::{Malformed, core::Refusal};
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

/// A command that was refused.
pub(crate) fn refused(refusal: &Refusal) -> JsValue {
    coded(refusal.code(), &refusal.to_string())
}

/// A configuration that cannot be used.
pub(crate) fn malformed(malformed: Malformed) -> JsValue {
    coded("badConfig", &format!("the configuration cannot be used: {malformed}"))
}

/// An `Error` with a stable `code`; the words may change.
pub(crate) fn coded(code: &str, words: &str) -> JsValue {
    let error = Error::new(words);
    error.set_name("SoftphoneError");
    // Cannot fail on an error made here.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}
