//! A simulated phone system: pure, deterministic, scripted.
