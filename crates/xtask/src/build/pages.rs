//! The pages: `www/build/site.mjs` bundles them with esbuild, once per change.

use std::process::Command;

use super::Module;
use crate::{fault::Fault, place, place::Place, process, setup, stamp::Stamp};

/// Bundles every page that exists into `dist/`.
pub(crate) fn build(place: &Place, dev: bool) -> Result<(), Fault> {
    let mut inputs = place::files_below(&place.at("www"))?;
    for module in [Module::PANEL, Module::SIMULATOR, Module::HEADLESS] {
        inputs.extend(place::files_below(&module.glue(place))?);
    }
    let stamp = Stamp::new(place, "pages", &inputs, &format!("dev={dev}"))?;
    let dist = place.at("dist");
    let mut made = vec![dist.join("panel/index.html"), dist.join("lightning/index.html"), dist.join("opencti/opencti_min.js")];
    // The example embeds the npm module, which `serve` does not build.
    if Module::HEADLESS.glue(place).join("headless.js").is_file() {
        made.push(dist.join("example/index.html"));
    }
    if stamp.fresh(&made) {
        return Ok(());
    }
    let mut bundle = Command::new(setup::node()?);
    bundle.arg("build/site.mjs").arg("--out").arg(&dist).arg("--glue").arg(place.target("hookswitch/glue")).current_dir(place.at("www"));
    if dev {
        bundle.arg("--dev");
    }
    process::quiet(&mut bundle)?;
    stamp.set()
}
