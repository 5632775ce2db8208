//! What is measured: [`desk`] plays one call through a softphone, natively and in wasm; [`soak`] a contact centre's whole shift.

pub mod desk;
#[cfg(not(target_arch = "wasm32"))]
pub mod soak;
