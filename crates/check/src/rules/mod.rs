//! Facts to findings, one function per thing that is looked at.

mod browser;
mod center;
mod layout;
mod org;
mod phone;

use hookswitch_core::settings::Settings;
use hookswitch_definition::SettingProblem;

use crate::{Answer, Facts, Finding, Place, finding::About};

/// Judges. What needs looking at first comes first; among equals, what the rest depends on.
#[must_use]
pub fn check(facts: &Facts) -> Vec<Finding> {
    let read = facts.flat().map(hookswitch_definition::settings);
    let case = Case { facts, settings: read.as_ref().map(|read| &read.settings), problems: read.as_ref().map(|read| &*read.problems) };
    let mut findings = Vec::new();
    // Where nothing is looked for in Salesforce, what it would say is no question.
    if facts.place != Place::Alone {
        findings.extend([
            org::place(facts),
            org::hosts(facts),
            org::script(facts),
            center::membership(facts),
            center::adapter(&case),
            center::mode(&case),
            center::standby(&case),
            org::auto_start(facts),
            org::click_to_dial(&case),
            layout::layout(&case),
            org::apex(&case),
            org::do_not_call(&case),
            org::record_type(&case),
            org::channel(&case),
        ]);
    }
    findings.extend([
        center::settings(&case),
        phone::provider(&case),
        phone::identity(&case),
        phone::credentials(&case),
        browser::microphone(facts),
        browser::storage(facts),
        browser::sound(&case),
        browser::notifications(facts),
        browser::tab(facts),
    ]);
    findings.sort_by_key(|finding| finding.verdict);
    findings
}

/// Facts, with the settings in them as they are understood.
struct Case<'a> {
    facts: &'a Facts,
    settings: Option<&'a Settings>,
    problems: Option<&'a [SettingProblem]>,
}

impl Case<'_> {
    /// A value of the call center's own items; empty is none.
    fn general(&self, item: &str) -> Option<&str> {
        self.facts.flat()?.value(hookswitch_definition::GENERAL, item)
    }

    /// Whether the value of an item cannot be used.
    fn is_replaced(&self, item: &str) -> bool {
        self.problems.into_iter().flatten().any(|problem| problem.key.rsplit('/').next() == Some(item))
    }
}

/// Salesforce was not asked, did not answer, or refused: nobody knows, and why.
fn unanswered<T>(about: About, facts: &Facts, answer: &Answer<T>) -> Finding {
    match answer {
        Answer::Refused(code) => about.not_known(
            format!("Salesforce refused to say ({code})."),
            "Reload Salesforce and check again. If it stays, an admin should look at the agent's permissions.",
        ),
        Answer::Silent => {
            about.not_known("Salesforce did not answer.", "Check again when Salesforce answers; reload it if it stays silent.")
        }
        _ => nobody_to_ask(about, facts),
    }
}

/// There is no Salesforce here to ask.
fn nobody_to_ask(about: About, facts: &Facts) -> Finding {
    match facts.place {
        Place::Framed => about.not_known("Salesforce's script is not there yet.", "See what is said about Salesforce's script."),
        _ => about.not_known(
            "Only Salesforce knows, and it is not around this page.",
            "Open a Lightning app, click the phone in its utility bar, and check there.",
        ),
    }
}

/// No settings to look at.
fn without_settings(about: About) -> Finding {
    about.not_known("There are no settings to look at.", "See what is said about the call center's membership.")
}
