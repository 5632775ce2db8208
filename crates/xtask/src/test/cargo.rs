//! Rust's tests, native and in Chromium: cargo builds the programs, we run them ourselves, so that ids are the same wherever they run.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{
    Group,
    libtest::{cases, listed},
    report::Case,
};
use crate::{fault::Fault, place, place::Place, process, runner, setup};

/// A package of the workspace.
#[derive(Debug)]
struct Package {
    name: String,
    /// Built when nothing is named: runs natively.
    native: bool,
    /// Has tests for the browser.
    browser: bool,
}

/// A built test program.
#[derive(Debug, Eq, PartialEq)]
struct Program {
    /// Its package, and its own name when it is not the package's library or program.
    name: String,
    /// Where cargo put it.
    file: PathBuf,
    /// Its package's folder, where its tests expect to run.
    folder: PathBuf,
}

/// Formatting and lints.
pub(crate) fn checks(place: &Place, group: &mut Group) -> Result<(), Fault> {
    let packages = packages(place)?;
    let page: Vec<_> = packages
        .iter()
        .filter(|package| (!package.native || package.browser) && package.name != PROOF)
        .flat_map(|package| ["--package", &package.name])
        .collect();
    let run = |args: &[&str]| process::quiet(process::cargo().args(args).current_dir(place.at("")));
    group.case("lock file", || {
        process::quiet(process::cargo().args(["metadata", "--format-version", "1", "--locked"]).current_dir(place.at("")))
    });
    group.case("fmt", || process::quiet(process::cargo().args(["fmt", "--all", "--check"]).current_dir(place.at(""))));
    let natives: Vec<_> = packages
        .iter()
        .filter(|package| package.native && package.name != XTASK)
        .flat_map(|package| ["--package", &package.name])
        .collect();
    group.case("clippy", || run(&[&["clippy", "--all-targets"], natives.as_slice(), &["--", "--deny", "warnings"]].concat()[..]).map(drop));
    // The driver in the profile it was built in: its dependencies are many, and they are there already.
    group.case("clippy of the driver", || {
        run(&["clippy", "--all-targets", "--profile", "tool", "--package", XTASK, "--package", PROOF, "--", "--deny", "warnings"])
    });
    group.case("clippy for the page", || {
        run(&[&["clippy", "--all-targets", "--target", setup::WASM], page.as_slice(), &["--", "--deny", "warnings"]].concat()[..]).map(drop)
    });
    Ok(())
}

/// Tests that need no browser.
pub(crate) fn native(place: &Place, group: &mut Group) -> Result<(), Fault> {
    let packages = packages(place)?;
    let names: Vec<_> = packages
        .iter()
        .filter(|package| package.native && package.name != XTASK)
        .flat_map(|package| ["--package", &package.name])
        .collect();
    let mut programs = build(place, &names)?;
    programs.extend(build(place, &["--package", XTASK, "--package", PROOF, "--profile", "tool"])?);
    for program in &programs {
        let said =
            process::listen(Command::new(&program.file).current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder), |_| {})?;
        group.add(
            &program.name,
            finished(&group.id(&program.name), cases(&group.id(&program.name), &said.all), said.status.success(), &said.all),
        );
    }
    Ok(())
}

/// The examples in the documentation.
pub(crate) fn doc(place: &Place, group: &mut Group) -> Result<(), Fault> {
    for package in packages(place)?.iter().filter(|package| package.native && has_library(place, &package.name)) {
        let said = process::listen(process::cargo().args(["test", "--doc", "--package", &package.name]).current_dir(place.at("")), |_| {})?;
        let id = group.id(&package.name);
        let cases = cases(&id, &said.all);
        group.add(&package.name, finished(&id, cases, said.status.success(), &said.all));
    }
    Ok(())
}

/// Tests in headless Chromium.
pub(crate) fn browser(place: &Place, group: &mut Group) -> Result<(), Fault> {
    let packages = packages(place)?;
    let names: Vec<_> = packages.iter().filter(|package| package.browser).flat_map(|package| ["--package", &package.name]).collect();
    if names.is_empty() {
        return Ok(());
    }
    let browser = setup::browser(true)?;
    let options = place.target("hookswitch/webdriver.json");
    place::write(&options, capabilities(&browser.chromium))?;
    let programs = build(place, &[names.as_slice(), &["--target", setup::WASM]].concat())?;
    let this = env::current_exe().map_err(Fault::io("xtask"))?;
    for program in &programs {
        let runner = || {
            let mut runner = Command::new(&this);
            runner.arg(runner::NAME).arg(&program.file).current_dir(&program.folder);
            runner
                .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &options)
                .env("CHROMEDRIVER", &browser.driver)
                .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT);
            // A slow machine needs more than the runner's five seconds to start the driver.
            runner.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
            runner
        };
        let expected = listed(&process::quiet(runner().arg("--list"))?.out);
        if expected.is_empty() {
            continue;
        }
        let id = group.id(&program.name);
        let said = process::listen(&mut runner(), |_| {})?;
        let mut cases = cases(&id, &said.all);
        for name in expected.iter().filter(|name| !cases.iter().any(|case| case.id == format!("{id}::{name}"))).collect::<Vec<_>>() {
            cases.push(Case::failed(format!("{id}::{name}"), format!("did not finish\n{}", said.all)));
        }
        group.add(&program.name, finished(&id, cases, said.status.success(), &said.all));
    }
    Ok(())
}

/// A program that fails although none of its tests does is a failure by itself.
fn finished(id: &str, mut cases: Vec<Case>, success: bool, all: &str) -> Vec<Case> {
    if !success && !cases.iter().any(|case| matches!(case.outcome, super::report::Outcome::Failed(_))) {
        let tail: Vec<_> = all.lines().rev().take(40).collect();
        cases.push(Case::failed(format!("{id}::the program ends well"), tail.into_iter().rev().collect::<Vec<_>>().join("\n")));
    }
    cases
}

fn build(place: &Place, args: &[&str]) -> Result<Vec<Program>, Fault> {
    let said = process::quiet(
        process::cargo().args(["test", "--no-run", "--message-format=json-render-diagnostics"]).args(args).current_dir(place.at("")),
    )?;
    Ok(programs(&said.out))
}

/// The test programs in cargo's messages.
fn programs(messages: &str) -> Vec<Program> {
    let program = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
            return None;
        }
        let file = PathBuf::from(message["executable"].as_str()?);
        let folder = Path::new(message["manifest_path"].as_str()?).parent()?.to_owned();
        let package = message["package_id"].as_str()?;
        let package = package.rsplit(['#', '/']).next()?.split('@').next()?.to_owned();
        let package = if package.chars().next().is_some_and(|first| first.is_ascii_digit()) {
            folder.file_name()?.to_string_lossy().into_owned()
        } else {
            package
        };
        let own = message["target"]["kind"][0] == "test";
        let name = if own { format!("{package}::{}", message["target"]["name"].as_str()?) } else { package };
        Some(Program { name, file, folder })
    };
    messages.lines().filter_map(program).collect()
}

fn packages(place: &Place) -> Result<Vec<Package>, Fault> {
    let said = process::quiet(process::cargo().args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(place.at("")))?;
    let metadata: Value = serde_json::from_str(&said.out).map_err(|fault| Fault::Project(format!("cargo metadata: {fault}")))?;
    let none = Vec::new();
    let defaults = metadata["workspace_default_members"].as_array().unwrap_or(&none);
    let package = |package: &Value| {
        let tests = |dependency: &Value| dependency["name"] == "wasm-bindgen-test";
        Some(Package {
            name: package["name"].as_str()?.to_owned(),
            native: defaults.contains(&package["id"]),
            browser: package["dependencies"].as_array().is_some_and(|dependencies| dependencies.iter().any(tests)),
        })
    };
    Ok(metadata["packages"].as_array().unwrap_or(&none).iter().filter_map(package).collect())
}

fn has_library(place: &Place, package: &str) -> bool {
    place.at("crates").join(package.trim_start_matches("hookswitch-")).join("src/lib.rs").is_file()
}

/// How the wasm tests' Chromium is started: as root in a container too, and without talking to anybody.
fn capabilities(chromium: &Path) -> String {
    let args = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--mute-audio",
    ];
    serde_json::json!({ "goog:chromeOptions": { "binary": chromium, "args": args } }).to_string()
}

/// The driver itself.
const XTASK: &str = "xtask";
/// The model checker: a hundred thousand moments want a fast program.
const PROOF: &str = "hookswitch-proof";
/// Seconds one program of wasm tests may take.
const TIMEOUT: &str = "180";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_by_its_package_and_a_test_file_by_its_own_name_too() {
        let messages = r##"
{"reason":"compiler-artifact","package_id":"path+file:///x/crates/core#hookswitch-core@0.1.0","manifest_path":"/x/crates/core/Cargo.toml","target":{"kind":["lib"],"name":"hookswitch_core"},"profile":{"test":true},"executable":"/t/a"}
{"reason":"compiler-artifact","package_id":"path+file:///x/crates/core#hookswitch-core@0.1.0","manifest_path":"/x/crates/core/Cargo.toml","target":{"kind":["test"],"name":"desk"},"profile":{"test":true},"executable":"/t/b"}
{"reason":"compiler-artifact","package_id":"path+file:///x/crates/xtask#0.1.0","manifest_path":"/x/crates/xtask/Cargo.toml","target":{"kind":["bin"],"name":"xtask"},"profile":{"test":true},"executable":"/t/c"}
{"reason":"compiler-artifact","package_id":"registry+https://x#serde@1.0.0","manifest_path":"/r/Cargo.toml","target":{"kind":["lib"],"name":"serde"},"profile":{"test":false},"executable":null}
{"reason":"build-finished","success":true}"##;
        let names: Vec<_> = programs(messages).into_iter().map(|program| program.name).collect();
        assert_eq!(names, ["hookswitch-core", "hookswitch-core::desk", "xtask"]);
    }

    #[test]
    fn a_program_that_dies_without_a_failed_test_is_a_failure() {
        let cases = finished("native::core", vec![Case::passed("native::core::a")], false, "signal: 11");
        assert_eq!(cases.len(), 2);
        assert_eq!(finished("native::core", vec![Case::passed("native::core::a")], true, "").len(), 1);
    }
}
