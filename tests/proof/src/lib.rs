//! The core held against every order of things in small worlds.
//!
//! A [`world::World`] is one softphone, one small and honest phone system, and the reports on their way between them, which may be lost,
//! doubled or late. [`model::Rules`] say what can happen; the checker (stateright) goes every way there is and holds [`sentences`] against every
//! moment. What it found is in `docs/evidence/model.md`. [`diagrams`] draws the ways it goes into `docs/diagrams`.

mod able;
mod commands;
pub mod diagrams;
pub mod model;
mod projection;
pub mod reports;
pub mod segments;
pub mod sentences;
pub mod switch;
pub mod world;
pub mod worlds;
