//! Things that went wrong or were not done: what it is, and the next step.

use hookswitch_core::{CommandKind, ProblemKind, RefusedReason};

/// A message to the agent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Message {
    /// What happened, in one sentence or two.
    pub(crate) text: String,
    /// It is bad news, not just news.
    pub(crate) bad: bool,
}

/// The words for a problem of the snapshot.
pub(crate) fn problem(kind: ProblemKind) -> Message {
    let (text, bad) = match kind {
        ProblemKind::ClickRefused { code } => (format!("The number was not called. {}", refusal(code)), true),
        ProblemKind::CallEnded { cause } => (super::cause(cause).to_owned(), true),
        ProblemKind::CommandRefused { command: kind, reason } => (format!("Could not {}. {}", command(kind), refused(reason)), true),
        ProblemKind::StateRefused { reason } => (state_refused(reason), true),
        ProblemKind::PartyNotReached => ("Somebody you wanted to add did not come to the phone.".to_owned(), true),
        ProblemKind::TransferFailed { cause } => {
            (format!("The transfer did not come about; the call is back. {}", super::cause(cause)), true)
        }
        ProblemKind::PopDenied => {
            ("Salesforce does not let you see that record. Choose another one, or ask your admin for access.".to_owned(), true)
        }
        ProblemKind::PopFailed => ("Salesforce did not open the caller's page. Search for the record by hand.".to_owned(), true),
        ProblemKind::LogsExpired { count } => (logs_expired(count), true),
        ProblemKind::WorkNotDone => {
            ("Salesforce did not mark the step of your cadence as done. Look at it there, and complete it by hand.".to_owned(), true)
        }
        ProblemKind::DoNotCall => ("This customer asked not to be called, and was not.".to_owned(), true),
        ProblemKind::NotChecked => ("Salesforce could not say whether this customer may be called. The call was placed.".to_owned(), true),
        ProblemKind::Missed => ("You missed a call.".to_owned(), false),
        // A newer core may know more problems than this panel.
        _ => (UNKNOWN.to_owned(), true),
    };
    Message { text, bad }
}

fn logs_expired(count: u32) -> String {
    let logs = if count == 1 { "A log of yours that was".to_owned() } else { format!("{count} logs of yours that were") };
    format!(
        "{logs} never saved in Salesforce went out of date while you were away, and had to be deleted. Log the calls you remember by hand; your \
         admin can have logs kept for longer."
    )
}

/// Why the phone system did not change the agent's state.
pub(crate) fn state_refused(reason: RefusedReason) -> String {
    format!("Your state was not changed. {}", refused(reason))
}

/// What was to be done, after "Could not".
pub(crate) const fn command(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Alternate => "swap the calls",
        CommandKind::Answer => "answer the call",
        CommandKind::Clear => "hang up",
        CommandKind::ClearCall => "end the conference",
        CommandKind::ClearParty => "remove that person",
        CommandKind::Conference => "join the calls",
        CommandKind::Consult => "ask somebody else",
        CommandKind::Decline => "decline the call",
        CommandKind::Deflect => "send the call on",
        CommandKind::Dial => "place the call",
        CommandKind::ExtendWrapUp => "extend the wrap-up",
        CommandKind::FinishWrapUp => "finish the wrap-up",
        CommandKind::ForceEnd => "free the line",
        CommandKind::Hold => "put the call on hold",
        CommandKind::HoldParty => "put that person on hold",
        CommandKind::Mute => "change the microphone",
        CommandKind::MuteParty => "mute that person",
        CommandKind::PopNow => "open the page",
        CommandKind::Reconnect => "go back to the first call",
        CommandKind::Retrieve => "resume the call",
        CommandKind::RetrieveParty => "take that person off hold",
        CommandKind::Select => "choose the record",
        CommandKind::SendDigits => "send the digits",
        CommandKind::SetRecording => "change the recording",
        CommandKind::SingleStepConference => "add that person",
        CommandKind::SingleStepTransfer | CommandKind::Transfer => "transfer the call",
        CommandKind::Write => "save what you wrote",
        _ => "do that",
    }
}

/// Why the phone system refused, and what to do.
pub(crate) const fn refused(reason: RefusedReason) -> &'static str {
    match reason {
        RefusedReason::Media => "The sound could not be set up: check your microphone and headset.",
        RefusedReason::NotNow => "The phone system could not do it at this moment: try again.",
        RefusedReason::NotPermitted => "The phone system does not allow you to do this: ask your admin.",
        RefusedReason::NotSupported => "This phone system cannot do that.",
        RefusedReason::Offline => "There is no connection to the phone system: wait until it is back.",
        RefusedReason::Timeout => "The phone system did not answer: try again.",
        RefusedReason::UnknownCall => "The phone system no longer knows the call.",
        _ => UNKNOWN,
    }
}

/// The words for a refusal's code: why it was not done, and what to do.
pub(crate) fn refusal(code: &str) -> &'static str {
    match code {
        "recordNotNamed" => {
            "Logs of this kind have no field for a record, so this one cannot be moved. Your admin can add one to the settings."
        }
        "recordNotOffered" => "That record is not offered for this log. Open its page in Salesforce, then choose it here.",
        "alreadySo" => "It is so already.",
        "busy" => "All your lines are in use. Finish a call first.",
        "conferenceFull" => "No more people fit into this conference.",
        "dispositionMissing" => super::DISPOSITION_MISSING,
        "dispositionUnknown" => "That choice is no longer offered. Choose another one.",
        "doNotCall" => "This customer asked not to be called.",
        "dropped" => "It was not wanted after all.",
        "expired" => "Nobody chose in time. Click or dial again.",
        "extensionNeedsCall" => "Only a call of your own can dial the extension of that number. Ask first, or leave the extension out.",
        "nothingWanted" => "It was placed or given up already.",
        "invalidNumber" => "That is not a number that can be called. Check it.",
        "invalidDigits" => "Only digits, * and # can be sent.",
        "leaveEndsAll" => "The conference would end for everybody without you. Stay, or end it for all.",
        super::ONE_CALL_ONLY => "This phone system cannot hold a call. Finish the other one first.",
        "inProgress" => "The phone system is still at work on the last step. Wait a moment.",
        "noPhone" => "No phone is set up. Ask your admin.",
        "notSupported" => "This phone system cannot do that.",
        "notAConference" => "This is possible only in a conference.",
        "notAlerting" => "The call is not ringing any more.",
        "notConnected" => "This is possible only while you are talking.",
        "notConsulting" => "The call you asked about is over.",
        "notHeld" => "The call is not on hold.",
        "atLimit" => "Wrap-up cannot be made any longer. Finish it.",
        "notInWrapUp" => "This is possible only after the call.",
        "nothingToOpen" => "There is no page to open for this call.",
        "offline" => "There is no connection to the phone system. Wait until it is back.",
        "strayAnswer" | "strayReport" => {
            "The phone system said something that does not fit. It was left aside; tell your admin if calls are shown wrongly."
        }
        "unknownCall" => "The call is over.",
        "unknownParty" => "That person has left the call.",
        "unknownLog" => "That log was saved or discarded already.",
        "unknownRecord" => "That record was not found for this call. Choose another one.",
        "unknownReason" => "That reason is no longer offered. Choose another one.",
        "unreadable" => "What was stored earlier on this computer cannot be read. It was left alone: tell your admin.",
        "outOfOrder" => "The phone is not ready for that yet. Reload the page if it stays so.",
        _ => UNKNOWN,
    }
}

pub(crate) const UNKNOWN: &str = "Something went wrong. Try again, and tell your admin if it happens again.";
