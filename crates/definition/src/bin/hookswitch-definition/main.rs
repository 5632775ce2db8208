//! The program `hookswitch-definition`: make, check, compare, show and convert call center definition files.

mod diff;
mod files;
mod new;
mod settings;

use std::{fmt::Write as _, fs, path::Path, process::ExitCode};

use hookswitch_definition::{Definition, Finding, Severity, check, convert, parse};

use files::{Answer, Code, broken, list, load, read};

const HELP: &str = "\
hookswitch-definition: make, check, compare, show and convert Salesforce call center definition files

    hookswitch-definition new [-o OUT] [--force] [--ask | --no-questions]
            [--internal-name NAME] [--display-name NAME] [--adapter-url URL] [--standby-url URL]
            [--provider sip|simulated|custom] [--servers LIST] [--sip-domain HOST] [--provider-url URL]
            [--country CC] [--apex-class NAME] [--message-channel NAME] [--set SECTION/ITEM=VALUE]...
        Make a definition of your own out of ours, one that passes check. On a terminal it asks for
        what no flag says (--ask does so anywhere; Enter takes the proposal, - takes it away) and
        writes NAME.xml; else it writes to OUT or to standard output. It writes nothing over a file
        without --force, and nothing at all that could not be imported or would give no phone: so
        --provider is needed where nothing is asked (simulated, to try it out).

    hookswitch-definition check FILE
        Hold FILE against the rules of Setup > Call Centers > Import. Errors would
        make the import fail; warnings are unusual, but import.

    hookswitch-definition diff OLD NEW
        What an org with OLD would see change: values, labels, order; and what needs an import under
        another internal name, because name and fields of a call center are locked once it is imported.

    hookswitch-definition settings FILE
        What the softphone reads: each setting, its value, whether it is from the file or the
        default, and every problem in words.

    hookswitch-definition show FILE
        List sections and items in the order Setup shows them.

    hookswitch-definition convert FILE [-o OUT] [--empty TEXT]
        Write FILE in the format of Metadata deploys, to OUT or to standard output.
        --empty TEXT  stands in for values that are empty, which a deploy may refuse;
                      hookswitch reads a lone hyphen (--empty -) as \"not set\".

    hookswitch-definition --help | --version

Exit codes:
    0  done; check: no error, though perhaps warnings; diff: no difference; settings: there is a phone
    1  check, show, convert, new: a rule is broken that would make the import fail;
       new, settings: there would be no phone; diff: there are differences, and the call center can stay
    2  the command is wrong, or a file cannot be read or written; diff: or is no call center definition
    3  diff: there are differences that need an import under another internal name
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(answer) => {
            print!("{}", answer.out);
            eprint!("{}", answer.note);
            ExitCode::from(answer.code as u8)
        }
        Err(fault) => {
            eprintln!("hookswitch-definition: {fault}");
            ExitCode::from(Code::Failed as u8)
        }
    }
}

fn run(words: &[&str]) -> Result<Answer, String> {
    match words {
        ["-h" | "--help" | "help", ..] => Ok(Answer { out: HELP.into(), ..Answer::default() }),
        _ if words.contains(&"--help") => Ok(Answer { out: HELP.into(), ..Answer::default() }),
        ["-V" | "--version"] => {
            Ok(Answer { out: concat!("hookswitch-definition ", env!("CARGO_PKG_VERSION"), "\n").into(), ..Answer::default() })
        }
        ["check", file] => check_file(file),
        ["show", file] => show_file(file),
        ["convert", rest @ ..] => convert_file(rest),
        ["diff", rest @ ..] => diff::run(rest),
        ["new", rest @ ..] => new::run(rest),
        ["settings", rest @ ..] => settings::run(rest),
        [] => Err(format!("no command given\n\n{HELP}")),
        ["check" | "show", ..] => Err("give one FILE; --help shows how".into()),
        [other, ..] => Err(format!("no command {other:?}; --help lists them")),
    }
}

fn check_file(file: &str) -> Result<Answer, String> {
    let findings = findings(file)?;
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
    let mut out = list(file, &findings);
    let verdict = if errors > 0 { "an import would fail" } else { "can be imported" };
    let _ = writeln!(out, "{file}: {verdict}; errors: {errors}, warnings: {}", findings.len() - errors);
    Ok(Answer { out, code: if errors > 0 { Code::Broken } else { Code::Done }, ..Answer::default() })
}

fn show_file(file: &str) -> Result<Answer, String> {
    let answer = |definition: Definition| Answer { out: show(&definition), ..Answer::default() };
    Ok(load(file)?.map_or_else(|broken| broken, answer))
}

fn show(definition: &Definition) -> String {
    let mut out = String::new();
    for section in definition.ordered() {
        let _ = writeln!(out, "{} — {}", section.name, section.label.as_deref().unwrap_or("(no label)"));
        let width = section.items.iter().map(|item| item.name.chars().count()).max().unwrap_or(0);
        for item in section.ordered() {
            let value = if item.value.trim().is_empty() { "(empty)" } else { item.value.trim() };
            let _ = writeln!(out, "  {:width$}  {value}", item.name);
            if let Some(label) = &item.label {
                let _ = writeln!(out, "  {:width$}    {label}", "");
            }
        }
        out.push('\n');
    }
    out
}

fn convert_file(words: &[&str]) -> Result<Answer, String> {
    let (mut file, mut target, mut filler) = (None, None, "");
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-o" | "--output" => target = Some(*words.next().ok_or("-o wants the name of a file")?),
            "--empty" => filler = words.next().ok_or("--empty wants a text")?,
            option if option.starts_with('-') && option != "-" => return Err(format!("no option {option}; --help lists them")),
            name if file.is_none() => file = Some(name),
            name => return Err(format!("one FILE at a time; {name} is a second")),
        }
    }
    let file = file.ok_or("give a FILE; --help shows how")?;
    let findings: Vec<Finding> = findings(file)?.into_iter().filter(|finding| finding.severity() == Severity::Error).collect();
    if !findings.is_empty() {
        return Ok(broken(file, &findings));
    }
    let document = parse(&read(file)?).map_err(|error| error.to_string())?;
    let metadata = convert(&document.definition, filler).map_err(|error| error.to_string())?;
    let mut note = String::new();
    if !metadata.empty.is_empty() && filler.is_empty() {
        let _ = writeln!(
            note,
            "note: {} items are empty, as {}; should a deploy refuse them, convert with --empty -",
            metadata.empty.len(),
            metadata.empty[0]
        );
    }
    let Some(target) = target else { return Ok(Answer { out: metadata.xml, note, ..Answer::default() }) };
    fs::write(target, &metadata.xml).map_err(|error| format!("cannot write {target}: {error}"))?;
    let stem = Path::new(target).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if stem.split('.').next() != Some(&metadata.full_name) {
        let _ = writeln!(
            note,
            "note: a deploy wants the file to be named after its internal name: {0}.callCenter or {0}.callCenter-meta.xml",
            metadata.full_name
        );
    }
    Ok(Answer { note, ..Answer::default() })
}

fn findings(file: &str) -> Result<Vec<Finding>, String> {
    Ok(check(&read(file)?))
}
