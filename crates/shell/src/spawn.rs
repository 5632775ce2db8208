//! Work that goes on by itself.

use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Do this beside everything else.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    // Boxed, so that the module holds the machinery around a future once, and not once per kind of work.
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    spawn_local(work);
}

/// Let a promise settle as it likes, without a complaint in the console if it is rejected.
pub(crate) fn let_settle(promise: Promise) {
    spawn(async move {
        let _ = JsFuture::from(promise).await;
    });
}
