//! The command line: a table per command, one parser for all.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::fault::Fault;

/// One thing the driver can do.
pub(crate) struct Command {
    /// What is typed.
    pub(crate) name: &'static str,
    /// One line for the overview.
    pub(crate) about: &'static str,
    /// What may follow the flags, as shown in the usage line; empty: nothing may.
    pub(crate) words: &'static str,
    /// The flags it takes.
    pub(crate) flags: &'static [Flag],
    /// Paragraphs after the flags.
    pub(crate) more: &'static str,
    /// Does it.
    pub(crate) run: fn(&Args) -> Result<(), Fault>,
}

/// One flag of a command.
pub(crate) struct Flag {
    /// With its dashes.
    pub(crate) name: &'static str,
    /// What the value is called; `None`: it takes none.
    pub(crate) value: Option<&'static str>,
    /// One line.
    pub(crate) help: &'static str,
}

/// What was typed after the command, checked against its table.
#[derive(Debug, Default)]
pub(crate) struct Args {
    flags: BTreeMap<&'static str, String>,
    words: Vec<String>,
}

impl Args {
    /// Checks `words` against the command's table.
    pub(crate) fn parse(command: &Command, words: &[String]) -> Result<Self, Fault> {
        let mut args = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if !word.starts_with('-') {
                if command.words.is_empty() {
                    return Err(Fault::Usage(format!("`{}` takes no `{word}`; see `cargo xtask {} --help`", command.name, command.name)));
                }
                args.words.push(word.clone());
                continue;
            }
            let (name, given) = word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value.to_owned())));
            let Some(flag) = command.flags.iter().find(|flag| flag.name == name) else {
                return Err(Fault::Usage(format!("`{}` has no flag `{name}`; see `cargo xtask {} --help`", command.name, command.name)));
            };
            let value = match (flag.value, given) {
                (None, None) => String::new(),
                (None, Some(_)) => return Err(Fault::Usage(format!("`{name}` takes no value"))),
                (Some(_), Some(value)) => value,
                (Some(what), None) => words.next().cloned().ok_or_else(|| Fault::Usage(format!("`{name}` needs a {what}")))?,
            };
            args.flags.insert(flag.name, value);
        }
        Ok(args)
    }

    /// Whether the flag was given.
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.contains_key(flag)
    }

    /// The flag's value.
    pub(crate) fn value(&self, flag: &str) -> Option<&str> {
        self.flags.get(flag).map(String::as_str)
    }

    /// What is no flag.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }
}

impl Command {
    /// The page that `--help` shows.
    pub(crate) fn help(&self) -> String {
        let mut page = format!("{}\n\nUsage: cargo xtask {}", self.about, self.name);
        if !self.flags.is_empty() {
            page.push_str(" [flags]");
        }
        if !self.words.is_empty() {
            let _ = write!(page, " {}", self.words);
        }
        page.push_str("\n\nFlags:\n");
        for flag in self.flags {
            let name = flag.value.map_or_else(|| flag.name.to_owned(), |value| format!("{} <{value}>", flag.name));
            let _ = writeln!(page, "  {name:<22} {}", flag.help);
        }
        let _ = writeln!(page, "  {:<22} this page", "--help");
        if !self.more.is_empty() {
            let _ = writeln!(page, "\n{}", self.more);
        }
        page
    }
}

/// The page that names every command.
pub(crate) fn overview(commands: &[Command]) -> String {
    let mut page = "The driver of hookswitch.\n\nUsage: cargo xtask <command> [flags]\n\nCommands:\n".to_owned();
    for command in commands {
        let _ = writeln!(page, "  {:<10} {}", command.name, command.about);
    }
    page.push_str("\n`cargo xtask <command> --help` says more.\n");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAINT: Command = Command {
        name: "paint",
        about: "Paints.",
        words: "",
        flags: &[Flag { name: "--coats", value: Some("NUMBER"), help: "how many" }, Flag { name: "--wet", value: None, help: "at once" }],
        more: "",
        run: |_| Ok(()),
    };

    fn parse(words: &[&str]) -> Result<Args, Fault> {
        Args::parse(&PAINT, &words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_value_may_follow_its_flag_in_either_way() {
        assert_eq!(parse(&["--coats", "2"]).unwrap().value("--coats"), Some("2"));
        assert_eq!(parse(&["--coats=2", "--wet"]).unwrap().value("--coats"), Some("2"));
    }

    #[test]
    fn an_unknown_flag_a_missing_value_and_a_stray_word_are_refused_with_the_help_named() {
        assert!(parse(&["--colour"]).unwrap_err().to_string().contains("cargo xtask paint --help"));
        assert!(parse(&["--coats"]).unwrap_err().to_string().contains("needs a NUMBER"));
        assert!(parse(&["blue"]).unwrap_err().to_string().contains("takes no `blue`"));
    }

    #[test]
    fn the_help_names_every_flag_with_its_value() {
        let page = PAINT.help();
        assert!(page.contains("--coats <NUMBER>") && page.contains("--wet"), "{page}");
    }
}
