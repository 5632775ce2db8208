//! The state diagrams in `docs/diagrams` are drawn from the code, and stay so.

use std::{fs, path::Path};

use hookswitch_proof::diagrams;

#[test]
fn the_diagrams_are_what_the_code_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagrams");
    for (name, fresh) in diagrams::all() {
        let committed = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(committed == fresh, "docs/diagrams/{name} is stale: run `cargo xtask diagrams`");
    }
}
