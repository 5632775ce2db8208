//! `setup`: installs what is missing, touches no network when nothing is, and names the exact command for what it may not install.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command as Program, Stdio},
};

use crate::{
    args::{Args, Command},
    fault::Fault,
    hash, place,
    place::Place,
    process,
    progress::Progress,
};

pub(crate) const COMMAND: Command = Command {
    name: "setup",
    about: "Installs what is missing: wasm target, npm packages, Chromium with its driver",
    words: "",
    flags: &[],
    more: "Nothing is downloaded when everything is there. What cannot be installed from here (no root, no npm) is named with the exact command.\n\
           Chromium is looked for on the PATH, or where HOOKSWITCH_CHROMIUM and CHROMEDRIVER point. `serve` and `test` call the parts they need by\n\
           themselves; Asterisk is fetched by the SIP tests.",
    run: |_: &Args| run(),
};

/// The two programs that browser tests need.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Chromium itself.
    pub(crate) chromium: PathBuf,
    /// What drives it for the wasm tests.
    pub(crate) driver: PathBuf,
}

fn run() -> Result<(), Fault> {
    let place = Place::find()?;
    let mut progress = Progress::new(4);
    progress.step("wasm target", wasm_target)?;
    progress.step("npm packages", || npm_packages(&place))?;
    progress.step("crates", || crates(&place))?;
    let browser = progress.step("Chromium", || browser(true))?;
    println!("everything is there; Chromium is {}", browser.chromium.display());
    Ok(())
}

/// Makes sure that rustc can build for the page.
pub(crate) fn wasm_target() -> Result<(), Fault> {
    if sysroot()?.join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    let Some(rustup) = process::which("rustup") else {
        return Err(Fault::Missing {
            what: format!("the Rust target {WASM}"),
            command: format!("rustup target add {WASM}   (or Debian's package libstd-rust-dev-wasm32)"),
        });
    };
    process::quiet(Program::new(rustup).args(["target", "add", WASM])).map(drop)
}

/// Where rustc's own files are.
pub(crate) fn sysroot() -> Result<PathBuf, Fault> {
    let said = process::quiet(Program::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(said.out.trim()))
}

/// Makes sure that `www/node_modules` is what the lock file says.
pub(crate) fn npm_packages(place: &Place) -> Result<(), Fault> {
    let lock = hash::of_files(&[place.at("www/package-lock.json"), place.at("www/package.json")])?;
    let marker = place.at("www/node_modules/.hookswitch");
    node()?;
    if fs::read_to_string(&marker).is_ok_and(|then| then == lock) {
        return Ok(());
    }
    let Some(npm) = process::which("npm") else {
        return Err(Fault::Missing { what: "npm".to_owned(), command: "apt-get install -y npm".to_owned() });
    };
    process::quiet(Program::new(npm).args(["ci", "--no-progress", "--loglevel=error"]).current_dir(place.at("www")))?;
    place::write(&marker, lock)
}

/// Makes sure that Node is there and new enough; tells where.
pub(crate) fn node() -> Result<PathBuf, Fault> {
    let missing = |what: String| Fault::Missing {
        what,
        command: format!(
            "curl -fsSL https://deb.nodesource.com/setup_{NODE}.x | bash - && apt-get install -y nodejs   (or from https://nodejs.org)"
        ),
    };
    let node = process::which("node").ok_or_else(|| missing(format!("Node {NODE} or newer")))?;
    let version = process::quiet(Program::new(&node).arg("--version"))?.out;
    if major(&version).is_some_and(|major| major >= NODE) {
        return Ok(node);
    }
    Err(missing(format!("Node {NODE} or newer (here is {})", version.trim())))
}

/// Finds Chromium and its driver; installs them when that is wanted and possible.
pub(crate) fn browser(install: bool) -> Result<Browser, Fault> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    let missing = || Fault::Missing {
        what: "Chromium or its driver".to_owned(),
        command: "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium chromium-driver".to_owned(),
    };
    let apt = process::which("apt-get").filter(|_| install && is_root()).ok_or_else(missing)?;
    let get = |words: &[&str]| process::quiet(Program::new(&apt).args(words).env("DEBIAN_FRONTEND", "noninteractive"));
    get(&["update"])?;
    get(&["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"])?;
    find_browser().ok_or_else(missing)
}

/// Downloads the crates of both targets, so that later commands need no network.
fn crates(place: &Place) -> Result<(), Fault> {
    let lock = hash::of_files(&[place.at("Cargo.lock")])?;
    let marker = place.target("hookswitch/stamps/crates");
    if fs::read_to_string(&marker).is_ok_and(|then| then == lock) {
        return Ok(());
    }
    let version = process::quiet(Program::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("-vV"))?.out;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("x86_64-unknown-linux-gnu");
    process::quiet(process::cargo().args(["fetch", "--locked", "--target", host, "--target", WASM]).current_dir(place.at("")))?;
    place::write(&marker, lock)
}

fn find_browser() -> Option<Browser> {
    let chromium = env::var_os("HOOKSWITCH_CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    let chromium = chromium.or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| process::which(name)))?;
    let driver = env::var_os("CHROMEDRIVER").map(PathBuf::from).filter(|path| path.is_file()).or_else(|| process::which("chromedriver"))?;
    Some(Browser { chromium, driver })
}

fn is_root() -> bool {
    Program::new("id").arg("-u").stderr(Stdio::null()).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The page's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The oldest Node that runs the tests: the first with a steady `node --test` and a global WebSocket behind a flag.
const NODE: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
