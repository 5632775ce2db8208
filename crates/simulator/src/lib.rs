//! The simulated Lightning page.
