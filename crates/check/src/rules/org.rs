//! Salesforce around the page.

use hookswitch_core::{
    CrmState, PhoneState,
    settings::{DoNotCall, Log, Settings},
};
use hookswitch_opencti::{LayoutField, Section};

use super::{Case, nobody_to_ask, unanswered, without_settings};
use crate::{Answer, Facts, Finding, Paint, Place, finding::About};

/// Whether the page lies where it may run.
pub(super) fn place(facts: &Facts) -> Finding {
    let about = About("place", "Frame");
    match &facts.place {
        Place::Refused { code: "frame-not-framed", .. } => about.not_known(
            "This page is open by itself, not inside Salesforce.",
            "This check shows what the browser alone can say. For the rest, open a Lightning app, click the phone in its utility bar, and check there.",
        ),
        Place::Refused { words, .. } => {
            let (what, fix) = words.split_once(". ").unwrap_or((words, ""));
            about.fail(format!("{}.", what.trim_end_matches('.')), fix)
        }
        Place::Unknown => about.not_known("The phone is still finding out where it is.", "Check again in a moment."),
        _ => about.pass("The page lies in Lightning's frame."),
    }
}

/// The list of org hosts beside the page.
pub(super) fn hosts(facts: &Facts) -> Finding {
    let about = About("orgHosts", "List of org hosts");
    if let Place::Refused { code: "frame-not-listed", words } = &facts.place {
        let (what, fix) = words.split_once(". ").unwrap_or((words, ""));
        return about.fail(format!("{what}."), fix);
    }
    if !facts.ignored_hosts.is_empty() {
        return about.warn(
            format!("org-hosts.json beside the page has entries that admit nobody: {}.", facts.ignored_hosts.join(", ")),
            "Write whole hosts, as in acme.lightning.force.com, or acme--*.sandbox.lightning.force.com for one's own sandboxes.",
        );
    }
    if !facts.org_hosts.is_empty() {
        return about.pass(format!("org-hosts.json beside the page names {}.", facts.org_hosts.join(", ")));
    }
    if facts.place == Place::Framed {
        // Only a page on this machine is framed without a list, by a page on this machine.
        return about
            .pass("org-hosts.json beside the page is empty: only a simulated org on this computer may use the phone, and it does.");
    }
    about.fail(
        "org-hosts.json beside the page is empty or cannot be read: no org may use the phone.",
        "Whoever hosts the page writes the org's host into it, as in [\"acme.lightning.force.com\"].",
    )
}

/// Salesforce's script.
pub(super) fn script(facts: &Facts) -> Finding {
    let about = About("script", "Salesforce's script");
    if facts.place != Place::Framed {
        return nobody_to_ask(about, facts);
    }
    match (facts.link.problem, facts.link.state) {
        (Some(("script-too-late", words, remedy)), _) => about.warn(words, remedy),
        (Some((_, words, remedy)), _) => about.fail(words, remedy),
        (None, Some(CrmState::Ready)) => about.pass("Salesforce's script is loaded, and Salesforce answers."),
        _ => about.not_known("Salesforce has not answered yet.", "Check again in a moment."),
    }
}

/// Whether the utility item starts by itself. No method of Open CTI says; but a browser does not draw what is in a closed panel.
pub(super) fn auto_start(facts: &Facts) -> Finding {
    let about = About("autoStart", "Start automatically");
    if facts.place != Place::Framed {
        return nobody_to_ask(about, facts);
    }
    const BY_ITSELF: &str = "The phone was loaded while its panel was closed: it starts by itself.";
    match (facts.panel.painted, facts.panel.loaded_ms) {
        (Paint::Never, _) if facts.panel.open != Answer::Said(true) => about.pass(BY_ITSELF),
        (Paint::At(ms), Some(loaded)) if ms > loaded + SOON_MS => about.pass(BY_ITSELF),
        (Paint::At(_), Some(_)) => about.warn(
            "The phone was loaded with its panel open. If it is loaded only when somebody opens the panel, numbers cannot be clicked and no call \
             rings before that.",
            "An admin ticks Start automatically in Setup > App Manager > (app) > Utility Items > Open CTI Softphone. If it is ticked, reload \
             Salesforce, leave the panel closed for five seconds, and check again.",
        ),
        _ => about.not_known(
            "The browser does not say whether the phone was loaded before its panel was opened.",
            "Reload Salesforce and leave the panel closed: if numbers on records cannot be clicked, tick Start automatically in Setup > App \
             Manager > (app) > Utility Items > Open CTI Softphone.",
        ),
    }
}

/// Whether numbers on Salesforce's pages can be clicked.
pub(super) fn click_to_dial(case: &Case<'_>) -> Finding {
    let about = About("clickToDial", "Click-to-dial");
    let facts = case.facts;
    if facts.place != Place::Framed {
        return nobody_to_ask(about, facts);
    }
    if facts.other_tab {
        return about.not_known("The phone is in another tab, which sees to it.", "Check there.");
    }
    if case.settings.is_none_or(|settings| settings.provider.is_none()) || facts.phone.state != PhoneState::Ready {
        return about.warn(
            "Numbers cannot be clicked, because the phone could not dial them: there is no connection to the phone system.",
            "See what is said about the phone system. Numbers come alive by themselves once it is connected.",
        );
    }
    match &facts.dialing {
        Answer::Said(()) => about.pass("Salesforce lets numbers be clicked."),
        Answer::Refused(code) => about.fail(
            format!("Salesforce refused to let numbers be clicked ({code})."),
            "Reload Salesforce. If it stays, an admin checks that the app is a Lightning app with Open CTI Softphone in its utility bar.",
        ),
        answer => unanswered(about, facts, answer),
    }
}

/// The Apex class.
pub(super) fn apex(case: &Case<'_>) -> Finding {
    let about = About("apex", "Apex class");
    let Some(settings) = case.settings else { return without_settings(about) };
    if settings.identity.apex_class.is_none() {
        return about.warn(
            "No Apex class is named: the directory, do-not-call before every call, open cases and finding a lost log again are off.",
            "Where the edition has Apex: deploy the project in definition/ and set Apex class to Hookswitch in Setup > Call Centers > Edit. \
             Where it has none, there is nothing to do.",
        );
    }
    match &case.facts.apex {
        Answer::Said(()) => about.pass("The Apex class answers."),
        Answer::Refused(code) => about.fail(
            format!("Salesforce could not run the Apex class ({code}): it is missing, its name or namespace is wrong, or the agent may not use it."),
            "An admin deploys the project in definition/, checks Apex class in Setup > Call Centers > Edit, and gives the agent the permission \
             set HookswitchApex.",
        ),
        answer => unanswered(about, case.facts, answer),
    }
}

/// Whether anybody can know that a customer asked not to be called.
pub(super) fn do_not_call(case: &Case<'_>) -> Finding {
    let about = About("doNotCall", "Do not call");
    let Some(Settings { dialing, .. }) = case.settings else { return without_settings(about) };
    if dialing.do_not_call == DoNotCall::Ignore {
        return about.pass("The flag is not looked at, by the settings.");
    }
    let field = &dialing.do_not_call_field;
    if case.facts.apex == Answer::Said(()) {
        return match &case.facts.wishes {
            Answer::Said(blind) if blind.is_empty() => about.pass("The Apex class looks before every call."),
            Answer::Said(blind) => about.warn(
                format!("The Apex class cannot see {field} on {}: nobody is asked about there before a call.", blind.join(" and ")),
                format!("An admin lets the agent's profile read {field} on each, or names another checkbox in the call center's settings."),
            ),
            Answer::Refused(code) => about.warn(
                format!("The Apex class does not say who asked not to be called ({code}): calls are placed without it."),
                "An admin deploys the class that came with this softphone.",
            ),
            answer => unanswered(about, case.facts, answer),
        };
    }
    // A person account has its contact's field under a name of its own.
    let of_a_person = ["Person", field].concat();
    let carries = |section: &Section| {
        let mut fields = section.objects.iter().flat_map(|(_, fields)| fields);
        fields.any(|known| [field, &of_a_person].contains(&&known.api_name))
    };
    match &case.facts.layout {
        Answer::Said(layout) if carries(&layout.outbound) => {
            let lacking = lacking_wish(&layout.outbound, field, &of_a_person);
            if lacking.is_empty() {
                return about.pass("The softphone layout carries the flag for outbound calls.");
            }
            let lacking = lacking.join(" and ");
            about.warn(
                format!("The softphone layout lacks {field} on {lacking} for outbound calls: nobody can know there whether a customer asked not to be called."),
                format!(
                    "An admin adds {field} to {lacking} for outbound calls in Setup > Softphone Layouts (of person accounts it is called \
                     {of_a_person}), or installs the Apex class."
                ),
            )
        }
        Answer::Said(_) => about.warn(
            format!(
                "Nobody can know whether a customer asked not to be called: no Apex class answers, and the softphone layout lacks {field}."
            ),
            format!(
                "An admin installs the Apex class, or adds {field} to the objects of outbound calls in Setup > Softphone Layouts. Without \
                 either, set Do not call to ignore, so that nobody relies on it."
            ),
        ),
        answer => unanswered(about, case.facts, answer),
    }
}

/// The objects of customers, among those searched for outbound calls, whose wish nobody sees. An account has one only as a person, which shows
/// by the fields of a person.
fn lacking_wish<'a>(outbound: &'a Section, field: &str, of_a_person: &str) -> Vec<&'a str> {
    let lacks = |(object, fields): &&(String, Vec<LayoutField>)| {
        let shows = fields.iter().any(|known| [field, of_a_person].contains(&known.api_name.as_str()));
        match object.as_str() {
            "Contact" | "Lead" => !shows,
            "Account" => fields.iter().any(|known| known.api_name.starts_with("Person")) && !shows,
            _ => false,
        }
    };
    outbound.objects.iter().filter(lacks).map(|(object, _)| object.as_str()).collect()
}

/// The record type of logs.
pub(super) fn record_type(case: &Case<'_>) -> Finding {
    let about = About("recordType", "Record type of logs");
    let Some(settings) = case.settings else { return without_settings(about) };
    match &settings.log.record_type {
        None if case.is_replaced("recordType") => about.warn(
            "The record type of logs is given by its name, and there is no Apex class to look it up: logs have the user's default record type.",
            BY_ID,
        ),
        None => about.pass("Logs have the user's default record type."),
        Some(id) if Log::is_record_type_id(id) => about.pass("Logs have the record type of the settings."),
        Some(name) => match &case.facts.record_type {
            Answer::Said(true) => about.pass(format!("Logs have the record type {name}.")),
            Answer::Said(false) => about.warn(
                format!("There is no record type {name} on {} that the agent may use: logs have the user's default record type.", settings.log.object),
                "An admin looks at the developer name in Setup > Object Manager, and at the record types of the agent's profile.",
            ),
            Answer::Refused(code) => about.warn(
                format!("The Apex class does not say which record type {name} is ({code}): logs have the user's default record type."),
                format!("An admin deploys the class that came with this softphone. Or: {BY_ID}"),
            ),
            answer => unanswered(about, case.facts, answer),
        },
    }
}

/// The message channel for calls from Lightning components.
pub(super) fn channel(case: &Case<'_>) -> Finding {
    let about = About("messageChannel", "Message channel");
    let Some(settings) = case.settings else { return without_settings(about) };
    match &settings.message_channel {
        None => about.pass("Lightning components place no calls, by the settings."),
        Some(channel) => match &case.facts.channel {
            Answer::Said(()) => about.pass(format!("The phone hears what Lightning components ask for on {channel}.")),
            Answer::Refused(code) => about.fail(
                format!("Salesforce did not let the phone hear {channel} ({code}): components cannot place calls."),
                "An admin deploys the project in definition/, or corrects Message channel in Setup > Call Centers > Edit.",
            ),
            Answer::NotAsked if case.facts.place == Place::Framed => {
                about.not_known("Salesforce has not been asked for the message channel yet.", "Check again in a moment.")
            }
            answer => unanswered(about, case.facts, answer),
        },
    }
}

const BY_ID: &str = "An admin writes its id (it begins with 012) into Record type of a log, in Setup > Call Centers > Edit.";
/// A page that is drawn so soon after it has loaded was drawn at once.
const SOON_MS: u64 = 1000;
