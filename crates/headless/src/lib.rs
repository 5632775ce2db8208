//! The npm module: the softphone without a panel.
//!
//! Commands go in as plain arguments, the state comes out as one snapshot, and the types of both are in `types/`.

mod directory;
mod error;
mod page;
mod several;
mod softphone;
mod status;

pub use softphone::Softphone;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const COMMANDS: &'static str = include_str!("types/commands.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const SNAPSHOT: &'static str = include_str!("types/snapshot.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const STATUS: &'static str = include_str!("types/status.d.ts");
