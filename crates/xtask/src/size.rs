//! `size`: the weight of a first load, held against its budget.

mod ran;

use std::{fmt::Write as _, path::Path};

use serde::Deserialize;

use crate::{
    args::{Args, Command, Flag},
    build,
    fault::Fault,
    place,
    place::Place,
    serve::{brotli, gzip},
    test::Group,
};

pub(crate) const COMMAND: Command = Command {
    name: "size",
    about: "Tells what a first load transfers, and fails above the budget",
    words: "",
    flags: &[
        Flag { name: "--no-build", value: None, help: "measure what the last build left" },
        Flag { name: "--learn", value: None, help: "learn anew what no first load runs, into the profile that the split goes by" },
        Flag { name: "--ran", value: None, help: "list what of the first part no first load runs, instead" },
    ],
    more: "Counted is everything the panel's page loads until it is idle and the first call rings: page, glue, wasm, styles, icons, one language, ring\n\
           sound. What the page loads in the background once the phone is idle is listed as later and summed by itself, with the honest total.\n\
           `--ran` lets Chromium load the panel and ring it in several ways, and lists what did not run: what could be named in list.rs.\n\
           Salesforce's own script and the simulated phone system are listed apart. One KB is 1000 bytes.",
    run,
};

/// What a first load may transfer, in bytes after brotli, without the SIP provider.
const BUDGET: usize = 130_000;
/// The same with it.
const BUDGET_WITH_SIP: usize = 190_000;

/// What the bundler says of one file it made.
#[derive(Debug, Deserialize)]
struct Made {
    /// Below `dist/panel`.
    file: String,
    /// `page`, `rest`, `provider/NAME`, `standby` …
    part: String,
}

/// What the bundler says of a site.
#[derive(Debug, Deserialize)]
struct Site {
    files: Vec<Made>,
}

/// One measured file.
#[derive(Clone, Debug)]
struct Weight {
    file: String,
    part: Part,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// To which sum a file belongs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    /// Listed, in no sum.
    Apart,
    /// Loaded in the background once the phone is idle.
    Later,
    /// Loaded always.
    Page,
    /// Loaded when the settings say SIP.
    Sip,
}

fn run(args: &Args) -> Result<(), Fault> {
    let place = Place::find()?;
    if !args.has("--no-build") {
        build::panel(&place)?;
    }
    if args.has("--learn") {
        return ran::learn(&place);
    }
    if args.has("--ran") {
        return ran::run(&place);
    }
    enforce(&place)
}

/// Prints the table; refuses what is over the budget.
pub(crate) fn enforce(place: &Place) -> Result<(), Fault> {
    let weights = measure(place)?;
    print!("{}", table(&weights));
    over(&weights).map_or(Ok(()), |over| Err(Fault::Project(over)))
}

/// The budget as a test.
pub(crate) fn test(place: &Place, group: &mut Group) -> Result<(), Fault> {
    group.case("a first load stays within the budget", || enforce(place));
    Ok(())
}

fn measure(place: &Place) -> Result<Vec<Weight>, Fault> {
    let list = place.at("dist/panel.json");
    let site: Site = serde_json::from_str(&place::read(&list)?).map_err(|fault| Fault::Project(format!("{}: {fault}", list.display())))?;
    let mut weights = Vec::new();
    for made in &site.files {
        let Some(part) = Part::of(made) else { continue };
        weights.push(Weight::of(&place.at("dist/panel").join(&made.file), &made.file, part)?);
    }
    let script = place.at("dist/opencti/opencti_min.js");
    if script.is_file() {
        weights.push(Weight::of(&script, "Salesforce's script (stand-in)", Part::Apart)?);
    }
    Ok(weights)
}

impl Part {
    /// To which sum a file belongs; `None`: a first load never sees it.
    fn of(made: &Made) -> Option<Self> {
        match made.part.as_str() {
            _ if made.file.ends_with(".map") => None,
            "page" => Some(Self::Page),
            "provider/sip" => Some(Self::Sip),
            "rest" => Some(Self::Later),
            "provider/simulated" => Some(Self::Apart),
            _ => None,
        }
    }
}

impl Weight {
    fn of(path: &Path, file: &str, part: Part) -> Result<Self, Fault> {
        let content = place::read_bytes(path)?;
        Ok(Self { file: file.to_owned(), part, raw: content.len(), gzip: gzip(&content).len(), brotli: brotli(&content, 11).len() })
    }
}

fn sum(weights: &[Weight], parts: &[Part]) -> [usize; 3] {
    weights
        .iter()
        .filter(|weight| parts.contains(&weight.part))
        .fold([0; 3], |[raw, gzip, brotli], weight| [raw + weight.raw, gzip + weight.gzip, brotli + weight.brotli])
}

fn over(weights: &[Weight]) -> Option<String> {
    let check = |parts: &[Part], budget: usize, what: &str| {
        let [_, _, brotli] = sum(weights, parts);
        (brotli > budget)
            .then(|| format!("a first load {what} SIP takes {} KB brotli; the budget is {} KB; {LEARN}", kb(brotli), kb(budget)))
    };
    check(&[Part::Page], BUDGET, "without").or_else(|| check(&[Part::Page, Part::Sip], BUDGET_WITH_SIP, "with"))
}

fn table(weights: &[Weight]) -> String {
    let mut text = format!("{:<44}{:>10}{:>10}{:>10}   KB of 1000 bytes\n", "", "raw", "gzip", "brotli");
    let mut row = |name: &str, [raw, gzip, brotli]: [usize; 3], more: &str| {
        let _ = writeln!(text, "{name:<44}{:>10}{:>10}{:>10}{more}", kb(raw), kb(gzip), kb(brotli));
    };
    for part in [Part::Page, Part::Sip, Part::Later] {
        for weight in weights.iter().filter(|weight| weight.part == part) {
            row(&format!("  {}", weight.file), [weight.raw, weight.gzip, weight.brotli], "");
        }
        match part {
            Part::Later => {
                row("later, in the background, once idle", sum(weights, &[Part::Later]), "");
                row("all together without SIP", sum(weights, &[Part::Page, Part::Later]), "");
                row("all together with SIP", sum(weights, &[Part::Page, Part::Sip, Part::Later]), "");
            }
            Part::Sip => row("first load with SIP", sum(weights, &[Part::Page, Part::Sip]), &format!("   of {}", kb(BUDGET_WITH_SIP))),
            _ => row("first load without SIP", sum(weights, &[Part::Page]), &format!("   of {}", kb(BUDGET))),
        }
    }
    for weight in weights.iter().filter(|weight| weight.part == Part::Apart) {
        row(&format!("  apart: {}", weight.file), [weight.raw, weight.gzip, weight.brotli], "");
    }
    text
}

/// Thousands of bytes with one decimal.
fn kb(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// What to do about it.
const LEARN: &str = "code that changed is no longer known to be idle: `cargo xtask size --learn`, then see `size --ran` for what is left";

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(part: Part, brotli: usize) -> Weight {
        Weight { file: "x".to_owned(), part, raw: brotli * 3, gzip: brotli + 1, brotli }
    }

    #[test]
    fn both_budgets_are_enforced_and_what_is_later_or_listed_apart_is_in_neither() {
        let sip = BUDGET_WITH_SIP - BUDGET;
        let more = [weight(Part::Apart, 999_999), weight(Part::Later, 999_999)];
        let with_more = |counted: [Weight; 2]| over(&counted.into_iter().chain(more.iter().cloned()).collect::<Vec<_>>());
        assert_eq!(with_more([weight(Part::Page, BUDGET), weight(Part::Sip, sip)]), None);
        assert!(with_more([weight(Part::Page, BUDGET), weight(Part::Page, 1)]).unwrap().contains("without SIP"));
        assert!(with_more([weight(Part::Page, BUDGET), weight(Part::Sip, sip + 1)]).unwrap().contains("with SIP"));
    }

    #[test]
    fn the_table_sums_what_is_loaded_always_then_with_sip_then_with_what_comes_later() {
        let text = table(&[weight(Part::Sip, 1500), weight(Part::Later, 4000), weight(Part::Page, 2000)]);
        let line = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        assert!(line("first load without SIP").contains(" 2.0   of 130.0"), "{text}");
        assert!(line("first load with SIP").contains(" 3.5   of 190.0"), "{text}");
        assert!(line("all together without SIP").ends_with(" 6.0"), "{text}");
        assert!(line("all together with SIP").ends_with(" 7.5"), "{text}");
    }

    #[test]
    fn maps_and_the_standby_page_are_no_part_of_a_first_load() {
        let part = |file: &str, part: &str| Part::of(&Made { file: file.to_owned(), part: part.to_owned() });
        assert_eq!(part("loader-AAAAAAAA.js.map", "page"), None);
        assert_eq!(part("standby/index.html", "standby"), None);
        assert_eq!(part("panel_rest-AAAAAAAA.wasm", "rest"), Some(Part::Later));
        assert_eq!(part("sip-AAAAAAAA.js", "provider/sip"), Some(Part::Sip));
    }
}
