//! The commands `new`, `diff` and `settings`, run as a person would. What they print is held against files in `golden`.
#![cfg(feature = "xml")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use hookswitch_definition::{Severity, check, parse, settings, shipped, write};

/// Runs the program in a folder of its own, so that what it prints names no machine.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("commands-{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("left over from an earlier run");
        }
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn run(&self, arguments: &[&str], answers: &str) -> (i32, String, String) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hookswitch-definition"));
        program.args(arguments).current_dir(&self.0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().expect("the program starts");
        // A program that asks nothing may be gone already.
        let _ = child.stdin.take().expect("a pipe").write_all(answers.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        (status.code().expect("the program ends by itself"), text(stdout), text(stderr))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("the file can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }
}

/// Holds a text against a file, or writes the file when asked to.
fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("HOOKSWITCH_WRITE").is_some() {
        fs::write(&path, found).expect("the repository can be written");
    }
    let expected = fs::read_to_string(&path).expect("the file is part of the repository");
    assert!(expected == found, "{name} should be\n{expected}\nbut is\n{found}");
}

/// The shipped definition with some values set, as a file's text.
fn with(values: &[(&str, &str, &str)]) -> String {
    let mut definition = shipped();
    for (section, item, value) in values {
        definition.set(section, item, value).expect("an item there is");
    }
    write(&definition)
}

const SIP: &[(&str, &str, &str)] =
    &[("hookswitchProvider", "provider", "sip"), ("hookswitchSip", "primaryServers", "wss://sip.example.com/ws")];

/// Whether a text can be imported without a warning and gives a phone.
fn fit(text: &str) {
    assert_eq!(check(text), []);
    let definition = parse(text).expect("it is well-formed").definition;
    assert_eq!(settings(&definition.flat()).problems, []);
}

#[test]
fn new_by_flags_prints_a_file_that_passes_and_gives_a_phone() {
    let desk = Desk::new("flags");
    let flags = ["new", "--internal-name", "Desk", "--display-name", "Desk & Co", "--adapter-url", "https://phone.example.com/x?a=1&b=2"];
    let more = ["--provider", "sip", "--servers", "wss://sip.example.com/ws 2", "--country", "de", "--apex-class", "Hookswitch"];
    let last = ["--message-channel", "HookswitchCalls__c", "--set", "hookswitchCalls/lines=2", "--sip-domain", "example.com"];
    let (code, out, err) = desk.run(&[&flags[..], &more, &last].concat(), "");
    assert_eq!((code, err.as_str()), (0, ""));
    fit(&out);
    let definition = parse(&out).expect("well-formed").definition;
    assert_eq!((definition.internal_name(), definition.display_name()), (Some("Desk"), Some("Desk & Co")));
    let read = settings(&definition.flat()).settings;
    assert_eq!((read.calls.lines, read.dialing.country.as_deref(), read.sip.primary[0].weight), (2, Some("DE"), 2));
    assert_eq!(read.message_channel.as_deref(), Some("HookswitchCalls__c"));
    // The set of items is that of the shipped file, whatever is said.
    let names = |definition: &hookswitch_definition::Definition| {
        let items = definition.sections.iter().flat_map(|section| section.items.iter().map(|item| item.name.clone()));
        items.collect::<Vec<_>>()
    };
    assert_eq!(names(&definition), names(&shipped()));
    desk.write("new.xml", &out);
    assert_eq!(desk.run(&["check", "new.xml"], "").0, 0);
}

#[test]
fn new_with_a_custom_provider_and_no_standby_page_passes_too() {
    let desk = Desk::new("custom");
    let arguments = ["new", "--provider", "custom", "--provider-url", "/acme.js", "--standby-url", "", "-o", "acme.xml"];
    let (code, out, err) = desk.run(&arguments, "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "acme.xml is written; import it under Setup, Call Centers, Import\n");
    fit(&desk.read("acme.xml"));
}

#[test]
fn new_without_a_phone_system_writes_nothing_and_says_what_is_missing() {
    let desk = Desk::new("unset");
    for arguments in
        [&["new", "-o", "never.xml"][..], &["new", "-o", "never.xml", "--provider", "unset"], &["new", "-o", "never.xml", "--provider", ""]]
    {
        let (code, out, err) = desk.run(arguments, "");
        assert_eq!((code, out.as_str(), desk.has("never.xml")), (1, "", false), "{arguments:?}");
        let end = "no phone system is chosen: give --provider sip, --provider custom, or --provider simulated to try it out\nnothing was written\n";
        assert!(err.starts_with("never.xml: error: ") && err.ends_with(end), "{err}");
    }
    // What it does write is what `settings` calls a phone.
    assert_eq!(desk.run(&["new", "-o", "desk.xml", "--provider", "simulated"], "").0, 0);
    assert_eq!(desk.run(&["settings", "desk.xml"], "").0, 0);
}

#[test]
fn new_asks_for_what_no_flag_says_explains_what_does_not_fit_and_asks_again() {
    let desk = Desk::new("ask");
    // Internal name wrong, then right; display name from the flag; the panel by Enter; no standby page; phone system wrong, then SIP.
    let answers = "my desk\nDesk\n\n-\npigeon\nsip\nsip.example.com\nwss://sip.example.com/ws\n\nGermany\nde\nHookswitch\n\n";
    let (code, out, err) = desk.run(&["new", "--ask", "--display-name", "The desk"], answers);
    assert_eq!((code, out.as_str()), (0, ""));
    golden("new-asks.txt", &err);
    let text = desk.read("Desk.xml");
    fit(&text);
    let definition = parse(&text).expect("well-formed").definition;
    assert_eq!(definition.display_name(), Some("The desk"));
    assert_eq!(definition.adapter_url(), shipped().adapter_url());
    assert_eq!(definition.value("reqGeneralInfo", "reqStandbyUrl"), None);
    assert_eq!(definition.value("reqGeneralInfo", "reqTimeout"), None, "both or neither");
    assert_eq!(definition.value("hookswitchMessages", "messageChannel"), None);
}

#[test]
fn new_writes_over_no_file_and_nothing_when_the_answers_end() {
    let desk = Desk::new("over");
    desk.write("mine.xml", "mine");
    let (code, _, err) = desk.run(&["new", "--provider", "simulated", "-o", "mine.xml"], "");
    assert_eq!((code, desk.read("mine.xml").as_str()), (2, "mine"));
    assert!(err.contains("mine.xml is there already; --force writes over it"), "{err}");
    assert_eq!(desk.run(&["new", "--provider", "simulated", "-o", "mine.xml", "--force"], "").0, 0);
    fit(&desk.read("mine.xml"));
    let (code, _, err) = desk.run(&["new", "--ask"], "Desk\n");
    assert_eq!((code, desk.has("Desk.xml")), (2, false));
    assert!(err.ends_with("the answers ended before reqGeneralInfo/reqDisplayName; nothing was written\n"), "{err}");
}

#[test]
fn new_writes_nothing_that_could_not_be_imported_or_would_give_no_phone() {
    let desk = Desk::new("wrong");
    for (arguments, said) in [
        (&["--internal-name", "9 lives"][..], "internal-name-bad"),
        (&["--internal-name", ""], "internal-name-empty"),
        (&["--provider", "sip"], "the phone system is SIP, but no usable server is given here"),
        (&["--provider", "sip", "--servers", "sip.example.com"], "must be addresses beginning with wss://"),
        (&["--provider", "pigeon"], "must be one of: sip, simulated, custom"),
    ] {
        let (code, out, err) = desk.run(&[&["new", "-o", "never.xml"], arguments].concat(), "");
        assert_eq!((code, out.as_str(), desk.has("never.xml")), (1, "", false), "{arguments:?}");
        assert!(err.contains(said) && err.ends_with("nothing was written\n"), "{arguments:?}: {err}");
    }
    // A value that only falls back to its default is a warning, and written.
    let (code, _, err) = desk.run(&["new", "--provider", "simulated", "--set", "hookswitchCalls/lines=99", "-o", "warned.xml"], "");
    assert_eq!((code, desk.has("warned.xml")), (0, true));
    assert!(err.starts_with("warned.xml: warning: Lines: the value is “99”"), "{err}");
}

#[test]
fn new_with_a_wrong_command_gives_code_2() {
    let desk = Desk::new("usage");
    for (arguments, said) in [
        (&["--colour", "red"][..], "new knows no --colour"),
        (&["--provider"], "--provider wants a value"),
        (&["--set", "lines=2"], "--set wants SECTION/ITEM=VALUE"),
        (&["--set", "hookswitchCalls/kettles=2"], "no item kettles in a section hookswitchCalls"),
        (&["-o"], "-o wants"),
    ] {
        let (code, out, err) = desk.run(&[&["new"], arguments].concat(), "");
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[test]
fn diff_of_the_same_file_is_code_0() {
    let desk = Desk::new("same");
    desk.write("old.xml", &with(SIP));
    desk.write("new.xml", &with(SIP).replace("<callCenter>", "<callCenter><!-- mine -->").replace(">sip<", "> sip <"));
    let (code, out, err) = desk.run(&["diff", "old.xml", "new.xml"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, "old.xml -> new.xml: an org sees no difference; locked: 0, other: 0\n");
}

#[test]
fn diff_in_values_labels_and_order_is_code_1() {
    let desk = Desk::new("values");
    desk.write("old.xml", &with(SIP));
    let new = with(&[("reqGeneralInfo", "reqAdapterUrl", "https://phone.example.com/2/"), ("hookswitchSip", "realm", "-")]);
    let new = new
        .replacen("label=\"Phone system\"", "label=\"PBX\"", 1)
        .replacen("<item sortOrder=\"0\" name=\"lines\"", "<item sortOrder=\"1\" name=\"lines\"", 1)
        .replacen("<item sortOrder=\"1\" name=\"autoAnswerInbound\"", "<item sortOrder=\"0\" name=\"autoAnswerInbound\"", 1);
    desk.write("new.xml", &new);
    let (code, out, err) = desk.run(&["diff", "old.xml", "new.xml"], "");
    assert_eq!((code, err.as_str()), (1, ""));
    golden("diff-values.txt", &out);
}

#[test]
fn diff_that_needs_a_new_internal_name_is_code_3() {
    let desk = Desk::new("locked");
    desk.write("new.xml", &with(SIP));
    let old = with(SIP).replacen("name=\"spare8\"", "name=\"spareEight\"", 1);
    let (start, end) =
        (old.find("  <section sortOrder=\"12\"").expect("a section"), old.find("  <section sortOrder=\"13\"").expect("another"));
    let old = format!("{}{}", &old[..start], &old[end..]);
    desk.write("old.xml", &old);
    let (code, out, err) = desk.run(&["diff", "old.xml", "new.xml"], "");
    assert_eq!((code, err.as_str()), (3, ""));
    golden("diff-locked.txt", &out);
}

#[test]
fn diff_to_another_internal_name_is_code_3() {
    let desk = Desk::new("renamed");
    desk.write("old.xml", &with(SIP));
    desk.write("new.xml", &with(&[SIP, &[("reqGeneralInfo", "reqInternalName", "Other")]].concat()));
    let (code, out, err) = desk.run(&["diff", "old.xml", "new.xml"], "");
    assert_eq!((code, err.as_str()), (3, ""));
    golden("diff-renamed.txt", &out);
}

#[test]
fn diff_of_a_file_that_is_none_is_code_2_as_of_no_file() {
    let desk = Desk::new("none");
    desk.write("good.xml", &with(SIP));
    desk.write("bad.xml", "<callCenter>");
    desk.write("other.xml", "<html/>");
    for (arguments, said) in [
        (["diff", "bad.xml", "good.xml"], "bad.xml: line 1: error: "),
        (["diff", "good.xml", "bad.xml"], "bad.xml: line 1: error: "),
        (["diff", "good.xml", "other.xml"], "other.xml: line 1: error: "),
    ] {
        let (code, out, err) = desk.run(&arguments, "");
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with(said), "{err}");
    }
    assert_eq!(desk.run(&["diff", "good.xml"], "").0, 2);
    assert_eq!(desk.run(&["diff", "good.xml", "gone.xml"], "").0, 2);
}

#[test]
fn settings_lists_value_and_source_of_every_item_and_every_problem() {
    let desk = Desk::new("settings");
    let text = with(&[
        ("hookswitchProvider", "provider", "sip"),
        ("hookswitchSip", "primaryServers", "wss://sip.example.com/ws 2, sip2.example.com"),
        ("hookswitchCalls", "lines", "99"),
        ("hookswitchWrapUp", "dispositionsInternal", "Done; Not done, yet"),
        ("hookswitchIdentity", "identitySource", "apex"),
        ("hookswitchDialing", "country", "-"),
    ]);
    let text = text.replacen("name=\"spare8\"", "name=\"ourOwn\"", 1);
    desk.write("mine.xml", &text);
    let (code, out, err) = desk.run(&["settings", "mine.xml"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    golden("settings.txt", &out);
    let reading = settings(&parse(&text).expect("well-formed").definition.flat());
    for problem in &reading.problems {
        assert!(out.contains(&problem.message), "{}", problem.message);
    }
}

#[test]
fn settings_without_a_phone_is_code_1() {
    let desk = Desk::new("no-phone");
    desk.write("shipped.xml", &with(&[]));
    let (code, out, _) = desk.run(&["settings", "shipped.xml"], "");
    assert_eq!(code, 1);
    assert!(out.ends_with("shipped.xml: there is no phone; errors: 1, warnings: 0\n"), "{out}");
    assert!(settings(&shipped().flat()).problems.iter().all(|problem| problem.severity == Severity::Error));
    assert_eq!(desk.run(&["settings"], "").0, 2);
    assert_eq!(desk.run(&["settings", "gone.xml"], "").0, 2);
    desk.write("bad.xml", "<callCentre/>");
    assert_eq!(desk.run(&["settings", "bad.xml"], "").0, 1);
}

#[test]
fn help_names_the_new_commands_and_every_exit_code() {
    let (code, out, _) = Desk::new("help").run(&["--help"], "");
    assert_eq!(code, 0);
    for word in ["definition new ", "diff OLD NEW", "settings FILE", "    0  ", "    1  ", "    2  ", "    3  "] {
        assert!(out.contains(word), "{word}");
    }
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/definition.md")).expect("the guide");
    for word in ["hookswitch-definition new", "hookswitch-definition diff OLD NEW", "hookswitch-definition settings FILE", "| 3 |"] {
        assert!(guide.contains(word), "the guide does not say {word}");
    }
}
