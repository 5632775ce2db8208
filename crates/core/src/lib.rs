//! The softphone state machine: no clock, no I/O, no JavaScript.
