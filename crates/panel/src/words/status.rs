//! How the phone system, Salesforce, the microphone and the logs are.

use hookswitch_core::{CrmState, ExpiringView, LogState, MediaState, PhoneState, RecordSource};
use hookswitch_shell::NoSettings;

/// The connection to the phone system.
pub(crate) const fn phone(state: PhoneState) -> &'static str {
    match state {
        PhoneState::Connecting => "Connecting…",
        PhoneState::Failed => "Cannot connect. Check your sign-in, or ask your admin.",
        PhoneState::Reconnecting => "Connection lost. Trying again…",
        PhoneState::Ready => "Connected",
        PhoneState::Stopped => "Not connected",
        _ => "Unknown",
    }
}

/// The connection to Salesforce.
pub(crate) const fn crm(state: CrmState) -> &'static str {
    match state {
        CrmState::NotAnswering => "Not answering. Calls work; logs wait here until it is back.",
        CrmState::None => "Not used on this page",
        CrmState::Ready => "Connected",
        CrmState::Starting => "Connecting…",
        CrmState::Unavailable => "Not reachable. Calls work; logs wait here until it is back.",
        _ => "Unknown",
    }
}

/// An earlier page left what this one cannot read.
pub(crate) const SET_ASIDE: &str = "Notes or logs left on this computer earlier cannot be read by this release. They are kept apart: tell your admin before anything is cleared.";

/// The microphone, and what to do about it.
pub(crate) const fn media(state: MediaState) -> &'static str {
    match state {
        MediaState::BlockedByPolicy => "The page around the phone does not hand on the microphone. Ask your admin.",
        MediaState::Denied => "The browser may not use the microphone. Allow it in the address bar, then reload the page.",
        MediaState::Insecure => "The microphone works only on a page served over https. Ask your admin.",
        MediaState::NoDevice => "No microphone was found. Plug in your headset.",
        MediaState::Usable => "Ready to use",
        _ => "Unknown",
    }
}

/// Where a log stands.
pub(crate) fn log(state: &LogState) -> String {
    match state {
        LogState::Failed { detail, .. } if detail.is_empty() => "Salesforce did not save this log.".to_owned(),
        LogState::Failed { detail, .. } => format!("Salesforce did not save this log: {}", detail.reveal()),
        LogState::Incomplete { detail, fields } => {
            let words = if detail.is_empty() { "you may have no access." } else { detail.reveal() };
            ["Saved, but without ", &fields.join(", "), ": ", words].concat()
        }
        LogState::Pending => "Being saved…".to_owned(),
        LogState::Saved => "Saved".to_owned(),
        LogState::Unassociated => "Not saved yet: it belongs to no record. Choose one, or save it without.".to_owned(),
        LogState::Unconfirmed => {
            "Nobody knows whether Salesforce saved this log. Look at the record: send it again only if it is not there.".to_owned()
        }
        _ => "Unknown".to_owned(),
    }
}

/// Why a log belongs to its record.
pub(crate) const fn source(source: RecordSource) -> &'static str {
    match source {
        RecordSource::InView => "its page was open",
        RecordSource::Matched => "the only one with this number",
        RecordSource::Popped => "made for this call",
        RecordSource::Carried => "came with the call",
        RecordSource::Dialed => "dialed from there",
        RecordSource::Picked => "your choice",
        _ => "unknown",
    }
}

/// What is said of logs that wait for somebody else.
pub(crate) fn locked(count: usize, expiring: Option<ExpiringView>) -> String {
    let kept = match count {
        1 => "One log of another agent is kept here, locked, until that agent signs in.".to_owned(),
        _ => format!("{count} logs of other agents are kept here, locked, until those agents sign in."),
    };
    let Some(ExpiringView { count: going, days }) = expiring else { return kept };
    let which = match (count, going) {
        (1, _) => "It is".to_owned(),
        (_, 1) => "One of them is".to_owned(),
        (all, going) if all == going => "They are".to_owned(),
        (_, going) => format!("{going} of them are"),
    };
    let when = match days {
        0 => "today".to_owned(),
        1 => "within a day".to_owned(),
        days => format!("in {days} days"),
    };
    format!("{kept} {which} deleted {when}, unless whoever made those calls signs in here before: ask who used this phone.")
}

/// Why there are no settings, and what to do.
pub(crate) const fn no_settings(why: NoSettings) -> &'static str {
    match why {
        NoSettings::Empty => {
            "You are not assigned to a call center. Ask your admin to add you in Setup, Call Centers, Manage Call Center Users."
        }
        NoSettings::NoAnswer => {
            "Salesforce did not send the settings of your call center. Reload the page; if that does not help, ask your admin."
        }
        NoSettings::NoApi => {
            "Salesforce could not be reached for the settings of your call center. Reload the page; if that does not help, ask your admin."
        }
        _ => "There are no settings. Reload the page; if that does not help, ask your admin.",
    }
}
