//! Elements that keep themselves up to date, in as little code as the panel needs.
//!
//! A view is built once. What may change in it is a function of the [`Desk`](crate::model::Desk) that a [`Scope`] keeps: after every
//! change all of them are asked again, and the page is touched only where an answer differs. There are about a hundred, each a look
//! into the snapshot, so asking them all costs less than knowing which to ask.

mod element;
mod scope;

pub(crate) use element::{El, Key, Look, el, focus, page};
pub(crate) use scope::{Held, Scope};
