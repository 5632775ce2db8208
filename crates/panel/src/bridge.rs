//! Phone and panel brought together.
