//! The phone system.

use hookswitch_core::{
    PhoneState,
    settings::{IdentitySource, SignIn},
};

use super::{Case, without_settings};
use crate::{Answer, Credentials, Finding, finding::About};

/// Whether there is a phone system, and how it is.
pub(super) fn provider(case: &Case<'_>) -> Finding {
    let about = About("provider", "Phone system");
    let Some(settings) = case.settings else { return without_settings(about) };
    if settings.provider.is_none() {
        return about.fail(
            "The settings name no phone system that can be used.",
            "An admin sets Phone system in Setup > Call Centers > Edit: sip, custom, or simulated for trying out.",
        );
    }
    let phone = &case.facts.phone;
    match phone.state {
        _ if case.facts.other_tab => about.not_known("The phone is in another tab.", "Check there."),
        PhoneState::Ready if phone.simulated => about.warn(
            "The simulated phone system is connected: no call is real.",
            "For real calls an admin sets Phone system to sip or custom in Setup > Call Centers > Edit.",
        ),
        PhoneState::Ready => about.pass("The phone system is connected."),
        PhoneState::Connecting | PhoneState::Reconnecting => {
            about.warn("The phone system is not connected yet; it is being tried.", "Check again in a moment. If it stays so, check network and servers.")
        }
        PhoneState::Failed => about.fail(
            "The phone system cannot be used; its own words stand in the panel.",
            "Check the agent's sign-in, then, in Setup > Call Centers > Edit, the servers of the phone system or the address of the vendor's module.",
        ),
        _ => about.fail(
            "The phone system is not connected.",
            "Reload Salesforce. If it stays so, check the phone system's values in Setup > Call Centers > Edit.",
        ),
    }
}

/// Who says which agent this is.
pub(super) fn identity(case: &Case<'_>) -> Finding {
    let about = About("identity", "Who the agent is");
    let Some(settings) = case.settings else { return without_settings(about) };
    match settings.identity.source {
        // Without a class the settings are read as if the phone account were to say it, and that is a finding of its own.
        // What counts is what this page has been told, not whether the class answers now.
        IdentitySource::Apex => match (&case.facts.phone, &case.facts.apex) {
            (phone, _) if phone.by_user => about.pass("The Apex class said who the agent is."),
            (phone, Answer::Said(())) if phone.account => about.warn(
                "The Apex class had not said who the agent is, though it answers now: drafts and unsent logs are kept under the phone account.",
                "Check again in a moment. If it stays so, reload Salesforce when no call is on.",
            ),
            (phone, _) if phone.account => about.fail(
                "The Apex class is to say who the agent is, and did not: drafts and unsent logs are kept under the phone account.",
                "See what is said about the Apex class.",
            ),
            (_, Answer::Refused(_)) => about.fail(
                "The Apex class is to say who the agent is, and does not answer: drafts and unsent logs stay locked.",
                "See what is said about the Apex class.",
            ),
            _ => {
                about.not_known("The Apex class is to say who the agent is; it was not reached.", "See what is said about the Apex class.")
            }
        },
        _ if case.facts.phone.account => about.pass("The phone account says who the agent is."),
        _ => about.warn(
            "The phone system has not said whose account this is: drafts and unsent logs stay locked until it does.",
            "See what is said about the phone system and the sign-in.",
        ),
    }
}

/// Where the credentials for the phone system come from.
pub(super) fn credentials(case: &Case<'_>) -> Finding {
    let about = About("signIn", "Sign-in to the phone system");
    let Some(settings) = case.settings else { return without_settings(about) };
    match (case.facts.phone.credentials, settings.identity.sign_in) {
        (Credentials::Fine, _) => about.pass("Nothing is asked for, or what was given is accepted."),
        (Credentials::Refused, _) => {
            about.fail("The phone system refused the credentials given last.", "Sign in again, or ask for another password.")
        }
        (Credentials::Wanted, SignIn::Form) => about.warn("The phone system waits for the agent's sign-in.", "Sign in, in the panel."),
        (Credentials::Wanted, _) => about.fail(
            "The phone system waits for credentials, and where they should come from gives none.",
            "The agent can sign in by the form meanwhile. An admin checks Credentials come from in Setup > Call Centers > Edit.",
        ),
    }
}
