//! Why the core did not do what it was asked.

use serde::{Deserialize, Serialize};

use crate::CallId;

/// A refused command. Nothing changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The call is in that state already.
    #[error("call {0:?} is so already")]
    AlreadySo(CallId),
    /// Wrap-up lasts as long as the settings allow already, or without a limit.
    #[error("the wrap-up of call {0:?} cannot be extended any further")]
    AtLimit(CallId),
    /// Every line is in use.
    #[error("all lines are in use")]
    Busy,
    /// The phone system's conferences hold no more.
    #[error("the conference is full")]
    ConferenceFull(CallId),
    /// The settings want a disposition before wrap-up ends.
    #[error("call {0:?} needs a disposition first")]
    DispositionMissing(CallId),
    /// The settings' list does not hold this disposition.
    #[error("{0:?} is not among the dispositions of the settings")]
    DispositionUnknown(String),
    /// The customer asked not to be called.
    #[error("this customer asked not to be called")]
    DoNotCall,
    /// The agent does not want it after all, or wants another call since.
    #[error("the agent did not want it after all")]
    Dropped,
    /// Behind the number stands an extension, which only a call of the agent's own can dial: ask first, then pass the call on or join the two.
    #[error("the extension of that number can only be dialed in a call of one's own")]
    ExtensionNeedsCall,
    /// Nobody chose in time.
    #[error("nobody chose in time")]
    Expired,
    /// Nothing to dial: empty, or no digit in it.
    #[error("that is not a number that can be dialed")]
    InvalidNumber,
    /// Digits are 0–9, *, # and A–D.
    #[error("these are not digits that can be sent")]
    InvalidDigits,
    /// The phone system did not finish the command before.
    #[error("call {0:?} is still carrying out the last command")]
    InProgress(CallId),
    /// The phone system cannot keep the conference going without the agent: end it for everybody, or stay.
    #[error("leaving would end the conference for everybody")]
    LeaveEndsAll(CallId),
    /// No phone: the settings name no provider, or a wrong one.
    #[error("no phone system is set up")]
    NoPhone,
    /// The phone system cannot do that.
    #[error("the phone system cannot do that")]
    NotSupported,
    /// The call is not ringing here (any more).
    #[error("call {0:?} is not ringing")]
    NotAlerting(CallId),
    /// The call is not a conference.
    #[error("call {0:?} is not a conference")]
    NotAConference(CallId),
    /// The call is not a consultation about another one that still exists.
    #[error("call {0:?} is no consultation")]
    NotConsulting(CallId),
    /// The call is not connected.
    #[error("call {0:?} is not connected")]
    NotConnected(CallId),
    /// The call is not on hold.
    #[error("call {0:?} is not on hold")]
    NotHeld(CallId),
    /// No call is wanted: it was placed or given up already.
    #[error("no call is wanted")]
    NothingWanted,
    /// The call is not in wrap-up.
    #[error("call {0:?} is not in wrap-up")]
    NotInWrapUp(CallId),
    /// The call has no page that could be opened now: nothing was found, or the CRM is not there.
    #[error("there is no page to open for call {0:?}")]
    NothingToOpen(CallId),
    /// The connection to the phone system is not there.
    #[error("there is no connection to the phone system")]
    Offline,
    /// The phone system spoke of a call it never announced, or one that is over. Its fault; nothing to do.
    #[error("the phone system spoke of a call that does not exist here")]
    StrayReport,
    /// The phone system, or the CRM, answered something that was not asked, or answered twice. Its fault; nothing to do.
    #[error("an answer to something that was not asked")]
    StrayAnswer,
    /// No such call: it ended, or never existed.
    #[error("no call {0:?}")]
    UnknownCall(CallId),
    /// No such party: it left, or was never there.
    #[error("nobody of that number in call {0:?}")]
    UnknownParty(CallId),
    /// No such log: it was saved, or never existed.
    #[error("no such log is waiting")]
    UnknownLog,
    /// The log's object is not Task, and no field of the settings names a record: on which one it is, Salesforce would not learn.
    #[error("logs of this object name no record: no field of the settings does")]
    RecordNotNamed,
    /// The record is neither offered for the log nor in view.
    #[error("that record is not offered for the log")]
    RecordNotOffered,
    /// The record is not among those found for the call.
    #[error("that record was not found for call {0:?}")]
    UnknownRecord(CallId),
    /// The settings' list does not hold this reason.
    #[error("{0:?} is not among the reasons of the settings")]
    UnknownReason(String),
    /// What was stored by an earlier page cannot be read; the host must put it aside before it stores anything else.
    #[error("what an earlier page stored cannot be read")]
    Unreadable,
    /// The input came out of order, e.g. `Restored` in mid-session.
    #[error("not at this point of the session")]
    OutOfOrder,
}

impl Refusal {
    /// A stable word for the panel, tests and JavaScript; wording may change, this may not.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AlreadySo(_) => "alreadySo",
            Self::AtLimit(_) => "atLimit",
            Self::Busy => "busy",
            Self::ConferenceFull(_) => "conferenceFull",
            Self::DispositionMissing(_) => "dispositionMissing",
            Self::DispositionUnknown(_) => "dispositionUnknown",
            Self::DoNotCall => "doNotCall",
            Self::Dropped => "dropped",
            Self::Expired => "expired",
            Self::ExtensionNeedsCall => "extensionNeedsCall",
            Self::NothingWanted => "nothingWanted",
            Self::InvalidNumber => "invalidNumber",
            Self::InvalidDigits => "invalidDigits",
            Self::InProgress(_) => "inProgress",
            Self::LeaveEndsAll(_) => "leaveEndsAll",
            Self::NoPhone => "noPhone",
            Self::NotSupported => "notSupported",
            Self::NotAlerting(_) => "notAlerting",
            Self::NotAConference(_) => "notAConference",
            Self::NotConsulting(_) => "notConsulting",
            Self::NotConnected(_) => "notConnected",
            Self::NotHeld(_) => "notHeld",
            Self::NotInWrapUp(_) => "notInWrapUp",
            Self::NothingToOpen(_) => "nothingToOpen",
            Self::Offline => "offline",
            Self::RecordNotNamed => "recordNotNamed",
            Self::RecordNotOffered => "recordNotOffered",
            Self::StrayReport => "strayReport",
            Self::StrayAnswer => "strayAnswer",
            Self::UnknownCall(_) => "unknownCall",
            Self::UnknownParty(_) => "unknownParty",
            Self::UnknownLog => "unknownLog",
            Self::UnknownRecord(_) => "unknownRecord",
            Self::UnknownReason(_) => "unknownReason",
            Self::Unreadable => "unreadable",
            Self::OutOfOrder => "outOfOrder",
        }
    }

    /// Every code.
    const CODES: [&'static str; 36] = [
        "alreadySo",
        "atLimit",
        "busy",
        "conferenceFull",
        "dispositionMissing",
        "dispositionUnknown",
        "doNotCall",
        "dropped",
        "expired",
        "extensionNeedsCall",
        "invalidNumber",
        "invalidDigits",
        "inProgress",
        "leaveEndsAll",
        "noPhone",
        "notSupported",
        "notAlerting",
        "notAConference",
        "notConsulting",
        "notConnected",
        "notHeld",
        "notInWrapUp",
        "nothingWanted",
        "nothingToOpen",
        "offline",
        "recordNotNamed",
        "recordNotOffered",
        "strayReport",
        "strayAnswer",
        "unknownCall",
        "unknownParty",
        "unknownLog",
        "unknownRecord",
        "unknownReason",
        "unreadable",
        "outOfOrder",
    ];

    /// The code that reads so; none if there is no such code.
    pub(crate) fn code_named(text: &str) -> Option<&'static str> {
        Self::CODES.into_iter().find(|code| *code == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `code` can say, by its own text: no variant can be forgotten here.
    fn codes() -> Vec<&'static str> {
        let (_, body) = include_str!("refusal.rs").split_once("fn code(&self)").unwrap();
        let (body, _) = body.split_once("/// Every code.").unwrap();
        body.lines().filter_map(|arm| arm.split_once("=> \"")?.1.strip_suffix("\",")).collect()
    }

    #[test]
    fn every_code_can_be_read_back_and_there_is_no_other() {
        let codes = codes();
        assert!(codes.contains(&Refusal::AlreadySo(CallId(1)).code()) && codes.contains(&Refusal::OutOfOrder.code()), "{codes:?}");
        for code in &codes {
            assert_eq!(Refusal::code_named(code), Some(*code));
        }
        assert_eq!(codes.len(), Refusal::CODES.len());
        assert_eq!(Refusal::code_named("nonsense"), None);
    }
}
