//! The deployable Salesforce project, as far as it can be held to account without an org.
#![cfg(feature = "xml")]

mod call_center;
mod life;
mod manifests;
mod references;
mod shape;
mod tree;
mod xml;
