//! The wasm test runner of wasm-bindgen, re-entered as `xtask wasm-test-runner FILE`.

use crate::fault::Fault;

/// What this program is called with to become the runner.
pub(crate) const NAME: &str = "wasm-test-runner";

/// Runs the tests of one wasm file; the runner's own environment variables apply.
pub(crate) fn run(words: &[String]) -> Result<(), Fault> {
    let words = std::iter::once(NAME.to_owned()).chain(words.iter().cloned());
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(words).map_err(|fault| Fault::Project(format!("{fault:#}")))
}
