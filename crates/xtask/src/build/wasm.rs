//! One cdylib to a small wasm module with its glue: cargo, wasm-bindgen as a library, wasm-opt, and for the panel the split.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::split::{self, Later};
use crate::{fault::Fault, place, place::Place, process, setup, stamp::Stamp};

/// A cdylib of the workspace.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Module {
    /// What the glue is called.
    pub(crate) name: &'static str,
    /// The package.
    pub(crate) package: &'static str,
    /// What it is built for.
    made: Made,
    /// What of it may be loaded after the rest of the page; nothing: it is loaded whole.
    later: &'static [Later],
    /// The glue finds its wasm beside itself; a bundled page names it under its fingerprint instead.
    finds_wasm: bool,
    /// Files of `www/` that the glue imports, laid beside it.
    beside: &'static [&'static str],
}

/// What a module is built for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Made {
    /// To work quickly: a test author's page plays thousands of calls with it, and a vendor loads it once.
    Fast,
    /// To be loaded quickly.
    Small,
    /// To be there soon: nobody downloads it.
    Soon,
}

impl Made {
    /// The profile of a release build.
    const fn profile(self) -> &'static str {
        match self {
            Self::Fast => "npm",
            Self::Small | Self::Soon => "release",
        }
    }

    /// How wasm-opt is to do; none: it is not worth the wait.
    const fn goal(self) -> Option<&'static str> {
        match self {
            Self::Fast => Some("-O3"),
            Self::Small => Some("-Oz"),
            Self::Soon => None,
        }
    }
}

impl Module {
    pub(crate) const BENCH: Self =
        Self { name: "bench", package: "hookswitch-bench-wasm", made: Made::Fast, later: &[], finds_wasm: false, beside: &[] };
    pub(crate) const HEADLESS: Self =
        Self { name: "headless", package: "hookswitch-headless", made: Made::Fast, later: &[], finds_wasm: true, beside: BESIDE_HEADLESS };
    pub(crate) const PANEL: Self =
        Self { name: "panel", package: "hookswitch-panel", made: Made::Small, later: split::PANEL, finds_wasm: false, beside: &[] };
    pub(crate) const SIMULATOR: Self =
        Self { name: "simulator", package: "hookswitch-simulator", made: Made::Soon, later: &[], finds_wasm: false, beside: &[] };

    /// Where its glue and wasm are put.
    pub(crate) fn glue(self, place: &Place) -> PathBuf {
        place.target("hookswitch/glue").join(self.name)
    }
}

/// Builds one module into its glue folder.
pub(crate) fn build(place: &Place, module: Module, dev: bool) -> Result<(), Fault> {
    let profile = if dev { "dev" } else { module.made.profile() };
    // Each module by itself: built together, cargo would join their features and put the simulator's XML reader into the panel.
    let mut cargo = process::cargo();
    cargo.args(["rustc", "--package", module.package, "--lib", "--target", setup::WASM, "--profile", profile]);
    if !module.later.is_empty() && !dev {
        // Beside an rlib, as the tests need it, cargo does without link-time optimization.
        cargo.args(["--crate-type", "cdylib", "--", "-Clink-arg=--emit-relocs"]);
    }
    let goal = module.made.goal().filter(|_| !dev);
    if goal.is_some() {
        cargo.env("CARGO_ENCODED_RUSTFLAGS", without_machine_paths()?.join("\u{1f}"));
    }
    process::quiet(cargo.env("CARGO_TARGET_DIR", place.target("")).current_dir(place.at("")))?;
    let folder = if dev { "debug" } else { profile };
    let built = place.target(setup::WASM).join(folder).join(format!("{}.wasm", module.package.replace('-', "_")));
    let glue = module.glue(place);
    let wasm = glue.join(format!("{}_bg.wasm", module.name));
    let beside: Vec<PathBuf> = module.beside.iter().map(|file| place.at("www").join(file)).collect();
    let profile = (!module.later.is_empty()).then(|| place.at(split::PROFILE));
    let inputs: Vec<PathBuf> = [&built].into_iter().chain(&beside).chain(&profile).cloned().collect();
    let how = format!("{STEP} dev={dev} goal={goal:?} later={:?}", module.later);
    let stamp = Stamp::new(place, &format!("glue-{}", module.name), &inputs, &how)?;
    let script = glue.join(format!("{}.js", module.name));
    if stamp.fresh(&[wasm.clone(), script.clone()]) {
        return Ok(());
    }
    if glue.exists() {
        fs::remove_dir_all(&glue).map_err(Fault::io(&glue))?;
    }
    bindgen(&built, &glue, module, dev)?;
    if !module.later.is_empty() {
        place::write(&script, split::open(&place::read(&script)?)?)?;
    }
    if let Some(goal) = goal
        && !module.later.is_empty()
    {
        // The split goes by the functions' names.
        shrink(place, &wasm, goal, &["--debuginfo"])?;
        let (whole, objects) = (place::read_bytes(&wasm)?, split::objects(&place::read_bytes(&built)?)?);
        let halves = split::split(&whole, &place::read(&script)?, module.later, &place::read(&place.at(split::PROFILE))?, &objects)?;
        place::write(&place.target(WHOLE), whole)?;
        let rest = glue.join(format!("{}_rest.wasm", module.name));
        for (half, content) in [(&wasm, halves.first), (&rest, halves.rest)] {
            place::write(half, content)?;
            shrink(place, half, goal, &[&["--reorder-functions-by-name"], NAMELESS].concat())?;
        }
        place::write(&script, halves.glue)?;
    } else if let Some(goal) = goal {
        shrink(place, &wasm, goal, NAMELESS)?;
    }
    for file in &beside {
        place::write(&glue.join(file.file_name().unwrap_or_default()), place::read_bytes(file)?)?;
    }
    stamp.set()
}

/// The panel's first part as the last build made it, but with functions that note what of them runs.
pub(crate) fn watched(place: &Place) -> Result<split::Watched, Fault> {
    let linked = place.target(setup::WASM).join("release/hookswitch_panel.wasm");
    // The names that it shares with its glue do not depend on what the glue says.
    let (whole, profile) = (place::read_bytes(&place.target(WHOLE))?, place::read(&place.at(split::PROFILE))?);
    split::watched(&whole, "", Module::PANEL.later, &profile, &split::objects(&place::read_bytes(&linked)?)?)
}

/// The panel's module as the last build made it before the split, but with functions that note what of them runs.
pub(crate) fn learner(place: &Place) -> Result<split::Learner, Fault> {
    split::learner(&place::read_bytes(&place.target(WHOLE))?)
}

/// Panics name the file they come from. What is shipped names crates, not the folders of the machine that built it.
fn without_machine_paths() -> Result<Vec<String>, Fault> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let registries = home.map(|home| home.join("registry/src")).and_then(|folder| fs::read_dir(folder).ok());
    let mut folders: Vec<_> = registries.into_iter().flatten().filter_map(|entry| Some((entry.ok()?.path(), ""))).collect();
    folders.push((setup::sysroot()?.join("lib/rustlib/src/rust"), "rust"));
    // The same order on every machine, or cargo would build again.
    folders.sort();
    Ok(folders.iter().map(|(folder, name)| format!("--remap-path-prefix={}/={name}", folder.display())).collect())
}

/// Lays the npm module out in `dist/headless`.
pub(crate) fn headless(place: &Place) -> Result<(), Fault> {
    let (glue, folder) = (Module::HEADLESS.glue(place), place.at("dist/headless"));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Fault::io(&folder))?;
    }
    for file in place::files_below(&glue)? {
        place::write(&folder.join(place::relative(&glue, &file)), place::read_bytes(&file)?)?;
    }
    Ok(())
}

fn bindgen(wasm: &Path, glue: &Path, module: Module, dev: bool) -> Result<(), Fault> {
    let name = module.name;
    let mut words = vec!["wasm-bindgen".into(), wasm.as_os_str().to_owned(), "--out-dir".into(), glue.as_os_str().to_owned()];
    words.extend(["--out-name", name, "--target", "web", "--experimental-reset-state-function"].map(Into::into));
    words.extend((!module.finds_wasm).then(|| "--omit-default-module-path".into()));
    words.extend(if dev { ["--debug"].as_slice() } else { &["--remove-producers-section"] }.iter().map(Into::into));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(words).map_err(|fault| Fault::Project(format!("wasm-bindgen over {name}: {fault:#}")))
}

fn shrink(place: &Place, wasm: &Path, goal: &str, names: &[&str]) -> Result<(), Fault> {
    let small = wasm.with_extension("small");
    process::quiet(
        Command::new(place.npm_program("wasm-opt"))
            .args([goal, "--strip-producers"])
            .args(names)
            .args(PACKS_WELL)
            .args(FEATURES)
            .arg(wasm)
            .arg("-o")
            .arg(&small),
    )?;
    fs::rename(&small, wasm).map_err(Fault::io(&small))
}

/// What is transferred is packed, and repetition packs well: passes that fold it away make the module smaller and the transfer larger.
const PACKS_WELL: &[&str] = &["--always-inline-max-function-size=1", "--one-caller-inline-max-function-size=1", "--skip-pass=local-cse"];
/// The functions' names are dropped.
const NAMELESS: &[&str] = &["--strip-debug", "--strip-target-features"];
/// What rustc's default wasm target may use; wasm-opt refuses code it was not told about.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
/// What makes the glue a package that embedders install.
const BESIDE_HEADLESS: &[&str] =
    &["headless/package.json", "headless/page.js", "panel/clock.worker.js", "panel/keep.js", "providers/provider.d.ts"];
/// Where the panel's module is kept as it was before the split.
const WHOLE: &str = "hookswitch/whole/panel.wasm";
/// Raised when this file changes what it makes of the same input.
const STEP: &str = "6";
