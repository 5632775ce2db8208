//! Names of things on the panel.

use hookswitch_shell::{EntryKind, How};

pub(crate) const ADD_NOW: &str = "Add now";
pub(crate) const ANSWER: &str = "Answer";
pub(crate) const ASK_FIRST: &str = "Ask first";
pub(crate) const ASK_SOMEBODY: &str = "Ask someone";
pub(crate) const BACK: &str = "Back to the caller";
pub(crate) const BACKSPACE: &str = "Delete the last digit";
pub(crate) const CALL: &str = "Call";
pub(crate) const CALLED: &str = "Called number";
pub(crate) const CALL_AGAIN: &str = "Call again";
pub(crate) const CHECK: &str = "Check this phone";
pub(crate) const CHECKING: &str = "Looking at Salesforce, phone system and browser… It takes a few seconds.";
pub(crate) const CHECK_AGAIN: &str = "Check again";
pub(crate) const CHECK_COPIED: &str = "Copied.";
pub(crate) const CHECK_COPY: &str = "Copy";
pub(crate) const CHECK_FIX: &str = "What to do:";
pub(crate) const CHECK_NOT_COPIED: &str = "The browser did not copy it. It is selected: press Ctrl+C.";
pub(crate) const CHECK_PASSED: &str = "What is as it should be";
pub(crate) const CHECK_REPORT: &str = "Report for support";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const COLLEAGUES: &str = "colleagues";
pub(crate) const CASES: &str = "Open cases";
pub(crate) const CONFERENCE: &str = "Conference";
pub(crate) const CONNECTED: &str = "Connected";
pub(crate) const CONNECTING: &str = "Connecting…";
pub(crate) const CONNECTION: &str = "Connection";
pub(crate) const CONSULTATION: &str = "Consultation";
pub(crate) const CONTACTS: &str = "contacts";
pub(crate) const DECLINE: &str = "Decline";
pub(crate) const DECLINE_NOT_READY: &str = "Decline, not ready";
pub(crate) const DEFLECT: &str = "Send there";
pub(crate) const DIAGNOSTICS_NONE: &str =
    "Nothing is recorded: the phone does not run here, has only just begun, or your call center's settings switch it off.";
pub(crate) const DIAGNOSTICS_NOT_SAVED: &str = "The browser did not save the file. Copy the report above instead.";
pub(crate) const DIAGNOSTICS_SAVE: &str = "Save diagnostics";
pub(crate) const DIAGNOSTICS_SAVED: &str = "Given to the browser to save:";
pub(crate) const DIAGNOSTICS_WHAT: &str = "Diagnostics are a file with what the phone did in the last hours, so that support can replay it. In place of \
    numbers, names and notes it has other digits and letters. As they are it has times, server names, ids of Salesforce records, and the names of \
    outcomes and reasons. It is sent nowhere: you decide who gets it.";
pub(crate) const DIAL_ANOTHER: &str = "Dial another number";
pub(crate) const DIAL_PAD: &str = "Dial pad";
pub(crate) const DIGITS_SENT: &str = "Digits sent";
pub(crate) const DIRECTORY: &str = "Directory";
pub(crate) const DIRECTORY_FAILED: &str = "Salesforce's directory cannot be searched; recent numbers and favourites can be used.";
pub(crate) const DIRECTORY_SEARCH: &str = "Search people and numbers";
pub(crate) const DIRECTORY_SEARCHING: &str = "Searching Salesforce…";
pub(crate) const DISCARD: &str = "Discard";
pub(crate) const DISCARD_SURE: &str = "Discard for good?";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const DISPOSITION: &str = "How did it go?";
pub(crate) const DISPOSITION_MISSING: &str = "Choose how the call went before you finish.";
pub(crate) const DISPOSITION_NONE: &str = "Choose…";
pub(crate) const DISPOSITION_REQUIRED: &str = "required";
pub(crate) const END_FOR_ALL: &str = "End for all";
pub(crate) const FAVOURITE: &str = "Favourite";
pub(crate) const FAVOURITES: &str = "Favourites";
pub(crate) const FINISH: &str = "Finish";
pub(crate) const FOR_ADMIN: &str = "For your admin";
pub(crate) const FRAME_REFUSED: &str = "The phone was not started";
pub(crate) const FREE_LINE: &str = "Free the line";
pub(crate) const FROM_DIRECTORY: &str = "Choose from the directory";
pub(crate) const HANG_UP: &str = "Hang up";
pub(crate) const HELD_BY_OTHERS: &str = "The other side put you on hold";
pub(crate) const HISTORY: &str = "Recent calls";
pub(crate) const HOLD: &str = "Hold";
pub(crate) const JOIN: &str = "Conference";
pub(crate) const KEYPAD: &str = "Keypad";
pub(crate) const LAYOUT_AGAIN: &str =
    "“Check again” asks Salesforce for it anew. Salesforce may keep an old one for a while: saving the layout again in Setup helps.";
pub(crate) const LAYOUT_EMPTY: &str = "nothing is searched";
pub(crate) const LAYOUT_FACTS: &str = "Shown of the call";
pub(crate) const LAYOUT_NOTHING: &str = "no fields, so nothing is found";
pub(crate) const LAYOUT_WINDOW: &str = "A new window is asked for, which Lightning does not have: records open where you are.";
pub(crate) const LEAVE: &str = "Leave";
pub(crate) const LEFT: &str = "left";
pub(crate) const LEGS: &str = "Who was in this call";
pub(crate) const LOG_NAMES_NONE: &str = "The log names no record: logs of this kind have no field for it.";
pub(crate) const LOG_NONE: &str = "This call is not logged: notes are for this call only.";
pub(crate) const LOG_ON: &str = "Log on";
pub(crate) const LOG_ON_NO_USER: &str = "The log is on no record: Salesforce puts no log on a colleague.";
pub(crate) const LOG_ON_NOTHING: &str = "The log is on no record yet.";
pub(crate) const LOG_RECORD: &str = "Record of the log";
pub(crate) const LOGS: &str = "Call logs";
pub(crate) const LOGS_WAIT: &str = "A call log needs you";
pub(crate) const MATCHES: &str = "Who is it?";
pub(crate) const MATCHES_NOBODY: &str = "None of these";
pub(crate) const MATCHES_NONE: &str = "No matching record";
pub(crate) const MATCHES_SEARCHING: &str = "Searching Salesforce…";
pub(crate) const MESSAGES: &str = "Messages";
pub(crate) const MICROPHONE: &str = "Microphone";
pub(crate) const MORE: &str = "More";
pub(crate) const MORE_TIME: &str = "More time";
pub(crate) const MOVE_LOG: &str = "Move";
pub(crate) const MUTE: &str = "Mute";
pub(crate) const MUTED: &str = "Muted";
pub(crate) const NOBODY_KNOWN: &str = "Favourites and recent numbers will be listed here.";
pub(crate) const NOTES: &str = "Notes";
pub(crate) const NOT_READY: &str = "Not ready";
pub(crate) const NOT_TO_BE_READ: &str = "Not shown, because you may not read them:";
pub(crate) const NO_PHONE: &str = "No phone is set up";
pub(crate) const NO_PHONE_MORE: &str =
    "The settings of your call center name no phone system that can be used. Ask your admin to correct them, then reload this page.";
pub(crate) const NO_RECENTS: &str = "No calls in the last seven days.";
pub(crate) const NUMBER: &str = "Number to call";
pub(crate) const NUMBERS: &str = "directory numbers";
pub(crate) const NUMBER_FIRST: &str = "Type a number to call.";
/// The code, of the panel's own, why a call cannot be answered beside another one: no command of the core is called so.
pub(crate) const ONE_CALL_ONLY: &str = "oneCallOnly";
pub(crate) const OPEN_RECORD: &str = "Open record";
pub(crate) const OTHER_TAB: &str = "The phone is in another tab";
pub(crate) const OTHER_TAB_MORE: &str = "Take and place calls there. When that tab is closed, the phone moves here by itself.";
pub(crate) const PAGE_LAPSED: &str = "A window for a new record stayed open, so the caller's page did not open by itself.";
pub(crate) const PAGE_OPEN: &str = "Open the page now";
pub(crate) const PAGE_WAITING: &str = "The caller's page opens when you have saved or closed the window for the new record.";
pub(crate) const PARTIES: &str = "Who is in this call";
pub(crate) const PASSWORD: &str = "Password";
pub(crate) const PASS_ON: &str = "Transfer, add";
pub(crate) const PHONE: &str = "Phone system";
pub(crate) const PHONE_SAYS: &str = "The phone system says";
pub(crate) const PRESENCE: &str = "Your state";
pub(crate) const PROBLEM: &str = "Problem";
pub(crate) const QUEUE: &str = "Queue";
pub(crate) const READY: &str = "Ready";
pub(crate) const REASON: &str = "Reason";
pub(crate) const RECORD: &str = "Record";
pub(crate) const RECORDING: &str = "Recording";
pub(crate) const RECORDING_PAUSED: &str = "Recording paused";
pub(crate) const RECORD_PAUSE: &str = "Pause recording";
pub(crate) const RECORD_RESUME: &str = "Record again";
pub(crate) const RECORD_STOP: &str = "Stop recording";
pub(crate) const REDIAL: &str = "Call again:";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const RECENT_LOGS: &str = "Saved lately";
pub(crate) const RESEND: &str = "Send again";
pub(crate) const RESTARTED: &str = "The phone had to restart. Calls that are still going were brought back.";
pub(crate) const RETRIEVE: &str = "Resume";
pub(crate) const SALESFORCE: &str = "Salesforce";
pub(crate) const SALESFORCE_SAYS: &str = "Salesforce says";
pub(crate) const SEGMENT: &str = "Segment";
pub(crate) const SHOW_MORE: &str = "Show more";
pub(crate) const SIGN_IN: &str = "Sign in to the phone";
pub(crate) const SIGN_IN_REFUSED: &str = "The phone system did not accept that user name and password. Check them and try again.";
pub(crate) const SIGN_IN_SUBMIT: &str = "Sign in";
pub(crate) const SIMULATED: &str = "Simulated phone system: no real calls";
pub(crate) const SOUND_OFF: &str = "Sound is off – click to enable";
pub(crate) const STARTING: &str = "Starting the phone…";
pub(crate) const STILL: &str = "now";
pub(crate) const STOPPED: &str = "The phone was stopped";
pub(crate) const STOPPED_MORE: &str = "Reload the page to start it again.";
pub(crate) const SWAP: &str = "Swap";
pub(crate) const TAKE_NUMBER: &str = "Take the number of";
pub(crate) const TAKE_PAGE: &str = "Log on the page in view";
pub(crate) const THEN: &str = "then";
pub(crate) const TIME_IS_UP: &str = "Time is up: choose how the call went. You can change it afterwards.";
pub(crate) const TIME_WAS_UP: &str = "Saved 15 seconds after your last change, or when you finish.";
pub(crate) const TRANSFER: &str = "Transfer";
pub(crate) const TRANSFER_MAY_LOSE: &str = "“Transfer now” does not give the caller back if nobody takes the call. “Ask first” is safe.";
pub(crate) const TRANSFER_NOW: &str = "Transfer now";
pub(crate) const TRANSFER_TO: &str = "Transfer";
pub(crate) const UNKNOWN_CALLER: &str = "Unknown caller";
pub(crate) const USER_NAME: &str = "User name";
pub(crate) const VERDICT_FAIL: &str = "does not work";
pub(crate) const VERDICT_NOT_KNOWN: &str = "not known";
pub(crate) const VERDICT_PASS: &str = "fine";
pub(crate) const VERDICT_WARN: &str = "could be better";
pub(crate) const WHAT: &str = "Related to";
pub(crate) const WHO: &str = "Name";
pub(crate) const WHO_AND_WHAT: &str = "Name and Related to";
pub(crate) const WITHHELD: &str = "Number withheld";

/// Whom to tell, when the admin named somebody.
pub(crate) fn support(contact: &str) -> String {
    format!("Help: {contact}")
}

/// That the settings are old ones.
pub(crate) fn stale_settings(age_ms: u64) -> String {
    let minutes = age_ms / 60_000;
    let age = match minutes {
        0 => "less than a minute".to_owned(),
        1..120 => counted(minutes, "minute"),
        120..2880 => counted(minutes / 60, "hour"),
        _ => counted(minutes / 1440, "day"),
    };
    format!("Salesforce has not sent your settings yet. The phone works with those stored {age} ago.")
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What a screen reader hears when the phone rings.
pub(crate) fn rings(who: &str, queue: &str) -> String {
    if queue.is_empty() { format!("Incoming call from {who}") } else { format!("Incoming call from {who}, queue {queue}") }
}

/// The name of a key for a screen reader; digits speak for themselves.
pub(crate) const fn key(digit: char) -> Option<&'static str> {
    match digit {
        '*' => Some("star"),
        '#' => Some("hash"),
        '+' => Some("plus"),
        _ => None,
    }
}

/// The button of a call that is not shown in full.
pub(crate) fn show_call(who: &str) -> String {
    format!("Show the call with {who}")
}

/// That a call answers itself, and when.
pub(crate) fn answers_by_itself(left: &str) -> String {
    format!("Answers by itself in {left}")
}

/// Whom a consultation is about.
pub(crate) fn asks_about(who: &str) -> String {
    format!("About the call with {who}")
}

/// How many points of a self-check are how.
pub(crate) fn checked(fail: usize, warn: usize, not_known: usize, pass: usize) -> String {
    format!("Does not work: {fail}. Could be better: {warn}. Not known: {not_known}. Fine: {pass}.")
}

/// The softphone layout, and when it came.
pub(crate) fn layout(received: &str) -> String {
    format!("Softphone layout as received at {received}")
}

/// How many a search found.
pub(crate) fn people_found(count: usize) -> String {
    match count {
        0 => "Nobody found".to_owned(),
        1 => "1 found".to_owned(),
        _ => format!("{count} found"),
    }
}

/// What became of a recent call.
pub(crate) const fn how(how: How) -> &'static str {
    match how {
        How::Missed => "missed",
        How::Out => "called",
        _ => "came in",
    }
}

/// What kind of entry of the directory it is; nothing for a mere number.
pub(crate) const fn kind_of_entry(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Contact => "contact",
        EntryKind::Number => "directory number",
        EntryKind::User => "colleague",
        _ => "",
    }
}
