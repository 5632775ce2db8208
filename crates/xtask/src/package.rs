//! `package`: what an admin downloads.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use crate::{
    args::{Args, Command},
    build::{self, Plan},
    fault::Fault,
    hash, place,
    place::Place,
    process, setup, size,
};

pub(crate) const COMMAND: Command = Command {
    name: "package",
    about: "Lays the release out in dist/hookswitch-<version>/ and packs it",
    words: "",
    flags: &[],
    more: "panel/ and standby/ are what an admin hosts, definition/ what is imported into the org, headless/ the npm module without a panel. Beside them\n\
           README, changelog, our licences and those of everything that was built in. SHA256SUMS lists every file.",
    run: |_: &Args| run(),
};

fn run() -> Result<(), Fault> {
    let place = Place::find()?;
    let plan = Plan { dev: false, headless: true };
    build::all(&place, plan, &mut plan.progress())?;
    size::enforce(&place)?;
    let name = format!("hookswitch-{}", env!("CARGO_PKG_VERSION"));
    let folder = place.at("dist").join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Fault::io(&folder))?;
    }
    lay_out(&place, &folder)?;
    place::write(&folder.join("THIRD-PARTY.txt"), third_party(&place)?)?;
    let listing = list(&folder)?;
    place::write(
        &folder.join("SHA256SUMS"),
        listing.iter().fold(String::new(), |text, (file, (_, sum))| format!("{text}{sum}  {file}\n")),
    )?;
    for (file, (size, sum)) in &listing {
        println!("{size:>10}  {}  {file}", &sum[..16]);
    }
    let packed = place.at("dist").join(format!("{name}.tar.gz"));
    place::write(&packed, pack(&folder, &name)?)?;
    println!("\n{} holds {} files; packed in {}", folder.display(), listing.len() + 1, packed.display());
    Ok(())
}

fn lay_out(place: &Place, folder: &Path) -> Result<(), Fault> {
    let dist = place.at("dist");
    for file in place::files_below(&dist.join("panel"))? {
        let path = place::relative(&dist.join("panel"), &file);
        // A standby page is for the day on which the panel's host has trouble: it is hosted elsewhere, so it lies beside the panel, not in it.
        let path = if path.starts_with("standby/") { path } else { format!("panel/{path}") };
        place::write(&folder.join(path), place::read_bytes(&file)?)?;
    }
    for part in ["definition", "docs", "headless"] {
        let from = if part == "headless" { dist.join(part) } else { place.at(part) };
        for file in place::files_below(&from)? {
            place::write(&folder.join(part).join(place::relative(&from, &file)), place::read_bytes(&file)?)?;
        }
    }
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        place::write(&folder.join(file), place::read_bytes(&place.at(file))?)?;
    }
    Ok(())
}

/// Size and sum of every file.
fn list(folder: &Path) -> Result<BTreeMap<String, (usize, String)>, Fault> {
    let mut listing = BTreeMap::new();
    for file in place::files_below(folder)? {
        let content = place::read_bytes(&file)?;
        listing.insert(place::relative(folder, &file), (content.len(), hash::sha256(&content)));
    }
    Ok(listing)
}

/// A tar.gz that depends on the files' names and contents only.
fn pack(folder: &Path, name: &str) -> Result<Vec<u8>, Fault> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for file in place::files_below(folder)? {
        let content = place::read_bytes(&file)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let path = format!("{name}/{}", place::relative(folder, &file));
        tar.append_data(&mut header, path, content.as_slice()).map_err(Fault::io(&file))?;
    }
    tar.into_inner().and_then(GzEncoder::finish).map_err(Fault::io(folder))
}

/// The licences of everything that is built into what we ship.
fn third_party(place: &Place) -> Result<String, Fault> {
    let mut text = "hookswitch contains the following works under their own licences.\n".to_owned();
    for (name, folder) in crates(place)?.into_iter().chain(packages(place)?) {
        let _ = write!(text, "\n{}\n{name}\n\n", "=".repeat(80));
        let mut found = false;
        for file in licences(&folder)? {
            let _ = writeln!(text, "{}\n", place::read(&file)?.trim());
            found = true;
        }
        if !found {
            text.push_str("(the work brings no licence text of its own; its manifest names the licence above)\n");
        }
    }
    Ok(text)
}

fn licences(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let is_licence = |name: &str| ["licen", "copying", "notice"].iter().any(|begin| name.to_ascii_lowercase().starts_with(begin));
    let entries = fs::read_dir(folder).map_err(Fault::io(folder))?.filter_map(Result::ok);
    let mut files: Vec<_> = entries
        .filter(|entry| entry.path().is_file() && is_licence(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    files.sort();
    Ok(files)
}

/// The crates in the shipped wasm modules.
fn crates(place: &Place) -> Result<BTreeMap<String, PathBuf>, Fault> {
    let mut cargo = process::cargo();
    cargo.args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--target", setup::WASM, "--prefix", "none", "--format", "{p}"]);
    let tree =
        process::quiet(cargo.args(["--package", "hookswitch-panel", "--package", "hookswitch-headless"]).current_dir(place.at("")))?.out;
    let metadata = process::quiet(process::cargo().args(["metadata", "--locked", "--format-version", "1"]).current_dir(place.at("")))?.out;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|fault| Fault::Project(format!("cargo metadata: {fault}")))?;
    let built: Vec<_> = tree.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect();
    let foreign = metadata["packages"].as_array().into_iter().flatten().filter(|package| !package["source"].is_null());
    let entry = |package: &Value| {
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        let licence = package["license"].as_str().unwrap_or("licence in its own words");
        let folder = Path::new(package["manifest_path"].as_str()?).parent()?;
        built.contains(&format!("{name} v{version}")).then(|| (format!("{name} {version}, {licence}"), folder.to_owned()))
    };
    Ok(foreign.filter_map(entry).collect())
}

/// The npm packages in the shipped scripts, by the list of inputs the bundler leaves.
fn packages(place: &Place) -> Result<BTreeMap<String, PathBuf>, Fault> {
    let site: Value = serde_json::from_str(&place::read(&place.at("dist/panel.json"))?)
        .map_err(|fault| Fault::Project(format!("dist/panel.json: {fault}")))?;
    let mut found = BTreeMap::new();
    for input in site["inputs"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let Some(package) = package_of(input) else { continue };
        let folder = place.at("www/node_modules").join(package);
        let manifest: Value = serde_json::from_str(&place::read(&folder.join("package.json"))?).unwrap_or_default();
        let text = |field: &str| manifest[field].as_str().unwrap_or("?").to_owned();
        found.insert(format!("{package} {}, {}", text("version"), text("license")), folder);
    }
    Ok(found)
}

/// The package that a bundled file belongs to.
fn package_of(input: &str) -> Option<&str> {
    let path = input.rsplit_once("node_modules/")?.1;
    let parts = if path.starts_with('@') { 2 } else { 1 };
    let end = path.match_indices('/').nth(parts - 1)?.0;
    Some(&path[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundled_file_belongs_to_its_innermost_package() {
        assert_eq!(package_of("node_modules/jssip/lib/UA.js"), Some("jssip"));
        assert_eq!(package_of("node_modules/a/node_modules/@b/c/index.js"), Some("@b/c"));
        assert_eq!(package_of("providers/sip.js"), None);
    }

    #[test]
    fn the_same_files_pack_to_the_same_bytes() {
        let folder = std::env::temp_dir().join(format!("hookswitch-pack-{}", std::process::id()));
        place::write(&folder.join("panel/index.html"), "<p>").unwrap();
        let first = pack(&folder, "x").unwrap();
        place::write(&folder.join("panel/index.html"), "<p>").unwrap();
        let second = pack(&folder, "x").unwrap();
        let listing = list(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(first, second);
        assert_eq!(listing["panel/index.html"].0, 3);
    }
}
