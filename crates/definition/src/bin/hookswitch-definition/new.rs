//! `new`: a definition of one's own, by questions or by flags.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

use hookswitch_definition::{
    Definition, GENERAL, PROVIDER_SECTION, SIP_SECTION, Severity, check, check_model, settings, shipped, write_with_note,
};

use crate::files::{Answer, Code, list};

const NOTE: &str = "\
A call center definition for hookswitch, made by hookswitch-definition new. Import it under Setup, Call Centers, Import; then set the rest
there. The set of items is fixed by the import. Never put a secret here: every assigned user can read every value.";

/// Something asked, unless a flag says it.
struct Question {
    flag: &'static str,
    section: &'static str,
    item: &'static str,
    text: &'static str,
    /// Asked only with this phone system.
    only_for: Option<&'static str>,
}

const QUESTIONS: &[Question] = &[
    Question::always("--internal-name", GENERAL, "reqInternalName", "Internal name: letters and digits; it can never change"),
    Question::always("--display-name", GENERAL, "reqDisplayName", "Display name, which people see"),
    Question::always("--adapter-url", GENERAL, "reqAdapterUrl", "Address of the panel, where you host it"),
    Question::always("--standby-url", GENERAL, "reqStandbyUrl", "Address of the standby page, best on another server"),
    Question::always("--provider", PROVIDER_SECTION, "provider", "Phone system: sip, simulated or custom"),
    Question::only_for("sip", "--servers", SIP_SECTION, "primaryServers", "SIP servers, as in wss://sip.example.com/ws"),
    Question::only_for("sip", "--sip-domain", SIP_SECTION, "domain", "SIP domain; empty: the host of the first server"),
    Question::only_for("custom", "--provider-url", PROVIDER_SECTION, "customProviderUrl", "Address of the vendor's module"),
    Question::always("--country", "hookswitchDialing", "country", "Country of numbers without a country code: two letters, or empty"),
    Question::always("--apex-class", "hookswitchIdentity", "apexClass", "Apex class, Hookswitch if you deploy ours; empty: none"),
    Question::always(
        "--message-channel",
        "hookswitchMessages",
        "messageChannel",
        "Message channel, HookswitchCalls__c if you deploy ours; empty: none",
    ),
];

impl Question {
    const fn always(flag: &'static str, section: &'static str, item: &'static str, text: &'static str) -> Self {
        Self { flag, section, item, text, only_for: None }
    }

    const fn only_for(system: &'static str, flag: &'static str, section: &'static str, item: &'static str, text: &'static str) -> Self {
        Self { only_for: Some(system), ..Self::always(flag, section, item, text) }
    }
}

/// What the command line says.
#[derive(Default)]
struct Wish<'a> {
    values: Vec<(&'a str, &'a str, &'a str)>,
    target: Option<&'a str>,
    ask: bool,
    force: bool,
    silent: bool,
}

/// Makes a definition, asks for what is missing, holds it against the rules, writes it.
pub(crate) fn run(words: &[&str]) -> Result<Answer, String> {
    let wish = wish(words)?;
    let mut definition = shipped();
    for (section, item, value) in &wish.values {
        set(&mut definition, section, item, value)?;
    }
    let asks = wish.ask || io::stdin().is_terminal() && !wish.silent;
    if asks {
        ask(&wish, &mut definition)?;
    }
    let xml = write_with_note(&definition, NOTE);
    let file = wish.target.map_or_else(|| format!("{}.xml", definition.internal_name().unwrap_or("definition")), String::from);
    let findings = check(&xml);
    let mut note = list(&file, &findings);
    let mut fails = findings.iter().any(|finding| finding.severity() == Severity::Error);
    for problem in settings(&definition.flat()).problems {
        note.push_str(&format!("{file}: {}: {}\n", problem.severity.word(), problem.message));
        fails |= problem.severity == Severity::Error;
    }
    if definition.value(PROVIDER_SECTION, "provider").is_none_or(|provider| provider == "unset") {
        note.push_str("no phone system is chosen: give --provider sip, --provider custom, or --provider simulated to try it out\n");
    }
    if fails {
        note.push_str("nothing was written\n");
        return Ok(Answer { note, code: Code::Broken, ..Answer::default() });
    }
    if wish.target.is_none() && !asks {
        return Ok(Answer { out: xml, note, ..Answer::default() });
    }
    if !wish.force && Path::new(&file).exists() {
        return Err(format!("{file} is there already; --force writes over it"));
    }
    fs::write(&file, &xml).map_err(|error| format!("cannot write {file}: {error}"))?;
    note.push_str(&format!("{file} is written; import it under Setup, Call Centers, Import\n"));
    Ok(Answer { note, ..Answer::default() })
}

fn wish<'a>(words: &[&'a str]) -> Result<Wish<'a>, String> {
    let mut wish = Wish::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if let Some(question) = QUESTIONS.iter().find(|question| question.flag == *word) {
            let value = words.next().ok_or_else(|| format!("{word} wants a value"))?;
            wish.values.push((question.section, question.item, value));
            continue;
        }
        match *word {
            "--ask" => wish.ask = true,
            "--force" => wish.force = true,
            "--no-questions" => wish.silent = true,
            "-o" | "--output" => wish.target = Some(words.next().ok_or("-o wants the name of a file")?),
            "--set" => {
                let wrong = "--set wants SECTION/ITEM=VALUE";
                let (key, value) = words.next().and_then(|pair| pair.split_once('=')).ok_or(wrong)?;
                let (section, item) = key.split_once('/').ok_or(wrong)?;
                wish.values.push((section, item, value));
            }
            other => return Err(format!("new knows no {other}; --help lists what it knows")),
        }
    }
    Ok(wish)
}

/// Asks for everything that no flag says. What does not fit is explained and asked again.
fn ask(wish: &Wish<'_>, definition: &mut Definition) -> Result<(), String> {
    let (mut answers, mut screen) = (io::stdin().lock(), io::stderr());
    for question in QUESTIONS {
        let Question { section, item, text, only_for, .. } = question;
        let told = wish.values.iter().any(|(own_section, own_item, _)| (own_section, own_item) == (section, item));
        let idle = only_for.is_some_and(|system| definition.value(PROVIDER_SECTION, "provider") != Some(system));
        if told || idle {
            continue;
        }
        let proposal = definition.value(section, item).filter(|value| *value != "unset").unwrap_or_default().to_owned();
        loop {
            let shown = if proposal.is_empty() { String::new() } else { format!(" [{proposal}]") };
            write!(screen, "{text}{shown}: ").and_then(|()| screen.flush()).map_err(|error| error.to_string())?;
            let mut line = String::new();
            if answers.read_line(&mut line).map_err(|error| format!("cannot read the answer: {error}"))? == 0 {
                return Err(format!("the answers ended before {section}/{item}; nothing was written"));
            }
            // A lone hyphen takes a proposal away.
            let value = match line.trim() {
                "" => proposal.as_str(),
                "-" => "",
                value => value,
            };
            set(definition, section, item, value)?;
            let wrong = wrong(definition, section, item);
            if wrong.is_empty() {
                break;
            }
            for reason in wrong {
                writeln!(screen, "  {reason}").map_err(|error| error.to_string())?;
            }
        }
    }
    Ok(())
}

/// Sets a value. Without a standby page its timeout goes too: the two have a value together, or not at all.
fn set(definition: &mut Definition, section: &str, item: &str, value: &str) -> Result<(), String> {
    definition.set(section, item, value).map_err(|error| error.to_string())?;
    if (section, item) == (GENERAL, "reqStandbyUrl") {
        let shipped = shipped();
        let timeout = if value.trim().is_empty() { None } else { shipped.value(GENERAL, "reqTimeout") };
        definition.set(GENERAL, "reqTimeout", timeout.unwrap_or_default()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What is wrong with the value of one item.
fn wrong(definition: &Definition, section: &str, item: &str) -> Vec<String> {
    let here = (Some(section), Some(item));
    let findings = check_model(definition).into_iter().filter(|finding| (finding.section.as_deref(), finding.item.as_deref()) == here);
    let key = format!("/{section}/{item}");
    let problems = settings(&definition.flat()).problems.into_iter().filter(|problem| problem.key == key);
    findings.map(|finding| format!("{}. {}", finding.message, finding.remedy())).chain(problems.map(|problem| problem.message)).collect()
}
