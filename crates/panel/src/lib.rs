//! The panel an agent sees in the utility bar.
