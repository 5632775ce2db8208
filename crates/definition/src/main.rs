//! The program `hookswitch-definition`: check, show and convert call center definition files.

use std::{fmt::Write as _, fs, path::Path, process::ExitCode};

use hookswitch_definition::{Definition, Finding, Severity, check, convert, parse};

const HELP: &str = "\
hookswitch-definition: check, show and convert Salesforce call center definition files

    hookswitch-definition check FILE
        Hold FILE against the rules of Setup > Call Centers > Import. Errors would
        make the import fail; warnings are unusual, but import.

    hookswitch-definition show FILE
        List sections and items in the order Setup shows them.

    hookswitch-definition convert FILE [-o OUT] [--empty TEXT]
        Write FILE in the format of Metadata deploys, to OUT or to standard output.
        --empty TEXT  stands in for values that are empty, which a deploy may refuse;
                      hookswitch reads a lone hyphen (--empty -) as \"not set\".

    hookswitch-definition --help | --version

Exit codes:
    0  done; for check: no error, though perhaps warnings
    1  FILE breaks a rule that would make the import fail
    2  the command is wrong, or a file cannot be read or written
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(answer) => {
            print!("{}", answer.out);
            eprint!("{}", answer.note);
            ExitCode::from(u8::from(answer.broken))
        }
        Err(fault) => {
            eprintln!("hookswitch-definition: {fault}");
            ExitCode::from(2)
        }
    }
}

/// What a command has to say.
#[derive(Default)]
struct Answer {
    out: String,
    note: String,
    broken: bool,
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
    Ok(Answer { out, note: String::new(), broken: errors > 0 })
}

fn show_file(file: &str) -> Result<Answer, String> {
    let definition = match parse(&read(file)?) {
        Ok(document) => document.definition,
        Err(error) => return Ok(broken(file, &[error.into()])),
    };
    Ok(Answer { out: show(&definition), ..Answer::default() })
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
    let Some(target) = target else { return Ok(Answer { out: metadata.xml, note, broken: false }) };
    fs::write(target, &metadata.xml).map_err(|error| format!("cannot write {target}: {error}"))?;
    let stem = Path::new(target).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if stem.split('.').next() != Some(&metadata.full_name) {
        let _ = writeln!(
            note,
            "note: a deploy wants the file to be named after its internal name: {0}.callCenter or {0}.callCenter-meta.xml",
            metadata.full_name
        );
    }
    Ok(Answer { out: String::new(), note, broken: false })
}

fn findings(file: &str) -> Result<Vec<Finding>, String> {
    Ok(check(&read(file)?))
}

fn broken(file: &str, findings: &[Finding]) -> Answer {
    Answer { out: String::new(), note: list(file, findings), broken: true }
}

fn list(file: &str, findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut out, finding| {
        let _ = writeln!(out, "{file}: {finding}");
        out
    })
}

/// A file as text. Bytes that are no UTF-8 become a character that no rule lets pass as XML.
fn read(file: &str) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(error.as_bytes());
        text.replace('\u{fffd}', "\u{0}")
    }))
}
