//! `build`: Rust to wasm, wasm to glue, pages to `dist/`.

mod pages;
mod split;
mod wasm;

use crate::{
    args::{Args, Command, Flag},
    fault::Fault,
    place::Place,
    progress::Progress,
    setup,
};

pub(crate) use split::{PROFILE, Stretch};
pub(crate) use wasm::{Module, learner, watched};

pub(crate) const COMMAND: Command = Command {
    name: "build",
    about: "Builds everything that is shipped or served into dist/",
    words: "",
    flags: &[Flag { name: "--dev", value: None, help: "fast to build, large, with names and checks" }],
    more: "dist/panel      what an admin hosts: the panel, its standby page, the providers\n\
           dist/lightning  the simulated Lightning page\n\
           dist/opencti    the stand-in for Salesforce's script\n\
           dist/headless   the npm module without a panel\n\
           dist/example    a page that embeds that module\n\n\
           Assets carry a fingerprint in their name; the HTML pages name them. Steps whose inputs did not change are skipped.",
    run: |args: &Args| {
        let place = Place::find()?;
        let plan = Plan { dev: args.has("--dev"), headless: true };
        let mut progress = plan.progress();
        all(&place, plan, &mut progress)?;
        println!("built in {}; see dist/", crate::progress::seconds(progress.elapsed()));
        Ok(())
    },
};

/// What to build and how.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Plan {
    /// Quick to build instead of small.
    pub(crate) dev: bool,
    /// The npm module too.
    pub(crate) headless: bool,
}

impl Plan {
    /// A count that fits the plan.
    pub(crate) fn progress(self) -> Progress {
        Progress::new(3 + usize::from(self.headless) + 2)
    }
}

/// Builds what the plan names.
pub(crate) fn all(place: &Place, plan: Plan, progress: &mut Progress) -> Result<(), Fault> {
    progress.step("tools", || {
        setup::wasm_target()?;
        setup::npm_packages(place)
    })?;
    let modules = [Module::PANEL, Module::SIMULATOR, Module::HEADLESS];
    for module in modules.into_iter().filter(|module| plan.headless || *module != Module::HEADLESS) {
        progress.step(&format!("{} to wasm", module.package), || wasm::build(place, module, plan.dev))?;
    }
    progress.step("npm module", || if plan.headless { wasm::headless(place) } else { Ok(()) })?;
    progress.step("pages", || pages::build(place, plan.dev))
}

/// Builds the panel alone as it is shipped; of the simulator what the last build left, if there was one.
pub(crate) fn panel(place: &Place) -> Result<(), Fault> {
    let mut progress = Progress::new(4);
    progress.step("tools", || {
        setup::wasm_target()?;
        setup::npm_packages(place)
    })?;
    progress.step("hookswitch-panel to wasm", || wasm::build(place, Module::PANEL, false))?;
    if !Module::SIMULATOR.glue(place).exists() {
        progress.step("hookswitch-simulator to wasm", || wasm::build(place, Module::SIMULATOR, false))?;
    }
    progress.step("pages", || pages::build(place, false))
}

/// Builds the npm module alone, unless it is there.
pub(crate) fn npm_module(place: &Place) -> Result<(), Fault> {
    if place.at("dist/headless/headless.d.ts").is_file() {
        return Ok(());
    }
    setup::wasm_target()?;
    setup::npm_packages(place)?;
    wasm::build(place, Module::HEADLESS, false)?;
    wasm::headless(place)
}

/// Builds one module as it is shipped, and nothing else.
pub(crate) fn module(place: &Place, module: Module) -> Result<(), Fault> {
    setup::wasm_target()?;
    setup::npm_packages(place)?;
    wasm::build(place, module, false)
}
