//! Phone numbers: what is dialed, and what is searched.

mod dial;
mod plan;
mod search;

pub use dial::{Dialable, dialable};
pub use search::search_text;
