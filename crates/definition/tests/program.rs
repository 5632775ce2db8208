//! The program, run as a person would.
#![cfg(feature = "xml")]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_hookswitch-definition")).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    (status.code().expect("the program ends by itself"), text(stdout), text(stderr))
}

/// The shipped definition with a part replaced, in a file of its own.
fn file(name: &str, from: &str, to: &str) -> String {
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../definition/hookswitch.xml");
    let text = fs::read_to_string(shipped).expect("the file is part of the repository");
    assert!(text.contains(from));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text.replacen(from, to, 1)).expect("the file can be written");
    path.to_str().expect("the path is text").to_owned()
}

#[test]
fn a_good_file_passes_with_code_0() {
    let good = file("good.xml", ">unset<", ">sip<");
    let (code, out, err) = run(&["check", &good]);
    assert_eq!((code, out, err.as_str()), (0, format!("{good}: can be imported; errors: 0, warnings: 0\n"), ""));
}

#[test]
fn a_broken_file_is_named_with_line_and_remedy_and_code_1() {
    let broken = file("broken.xml", "<item sortOrder=\"2\" name=\"reqAdapterUrl\"", "<item sortOrder=\"3\" name=\"reqAdapterUrl\"");
    let (code, out, _) = run(&["check", &broken]);
    assert_eq!(code, 1);
    let expected =
        "error in reqGeneralInfo/reqUseApi: sortOrder 3 is already taken by reqAdapterUrl [sort-duplicate]\n    Give each section";
    assert!(
        out.contains(": line 12: ") && out.contains(expected) && out.ends_with("an import would fail; errors: 1, warnings: 0\n"),
        "{out}"
    );
    let (code, out, err) = run(&["convert", &broken]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("sort-duplicate"), "{err}");
}

#[test]
fn warnings_alone_give_code_0() {
    let (code, out, _) = run(&["check", &file("warned.xml", "https://phone.example.com/panel/", "/apex/panel")]);
    assert_eq!(code, 0);
    assert!(out.contains("warning in reqGeneralInfo/reqAdapterUrl") && out.contains("adapter-relative"), "{out}");
}

#[test]
fn bytes_that_are_no_text_break_the_first_rule() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("latin.xml");
    fs::write(&path, b"<callCenter>\n\xe9</callCenter>").expect("the file can be written");
    let (code, out, _) = run(&["check", path.to_str().expect("the path is text")]);
    assert_eq!(code, 1);
    assert!(out.contains("line 2: error") && out.contains("xml-malformed") && out.contains("UTF-8"), "{out}");
}

#[test]
fn show_lists_sections_items_and_labels() {
    let (code, out, _) = run(&["show", &file("shown.xml", ">unset<", ">sip<")]);
    assert_eq!(code, 0);
    assert!(out.contains("hookswitchProvider — Phone system\n  provider           sip\n"), "{out}");
    assert!(out.contains("customProviderUrl  (empty)\n"), "{out}");
}

#[test]
fn convert_writes_the_file_a_deploy_wants_and_tells_of_empty_values() {
    let source = file("source.xml", ">unset<", ">sip<");
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("Hookswitch.callCenter-meta.xml");
    let target = target.to_str().expect("the path is text");
    let (code, out, err) = run(&["convert", &source, "-o", target]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("items are empty, as reqDialingOptions/reqOutsidePrefix") && !err.contains("named after"), "{err}");
    let written = fs::read_to_string(target).expect("the file was written");
    assert_eq!(run(&["convert", &source]).1, written);
    let (code, out, err) = run(&["convert", "--empty", "-", &source]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, written.replace("<value></value>", "<value>-</value>"));
}

#[test]
fn a_wrong_command_or_an_unreadable_file_gives_code_2() {
    for (arguments, said) in [
        (&[][..], "no command given"),
        (&["chek"], "no command \"chek\""),
        (&["check"], "give one FILE"),
        (&["check", "no-such-file.xml"], "cannot read no-such-file.xml"),
        (&["convert"], "give a FILE"),
        (&["convert", "a", "b"], "one FILE at a time"),
        (&["convert", "-x", "a"], "no option -x"),
        (&["convert", "a", "-o"], "-o wants"),
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[test]
fn help_names_every_command_and_exit_code() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for word in ["check FILE", "show FILE", "convert FILE", "Exit codes", "    0  ", "    1  ", "    2  "] {
        assert!(out.contains(word), "{word}");
    }
    assert_eq!(run(&["check", "--help"]).1, out);
}
