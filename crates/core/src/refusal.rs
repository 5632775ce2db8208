//! Why the core did not do what it was asked.

use serde::{Deserialize, Serialize};

use crate::CallId;

/// A refused command. Nothing changed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// One call at a time, for now: finish or hold the present one first.
    #[error("there is a call already")]
    Busy,
    /// The settings want a disposition before wrap-up ends.
    #[error("call {0:?} needs a disposition first")]
    DispositionMissing(CallId),
    /// The settings' list does not hold this disposition.
    #[error("{0:?} is not among the dispositions of the settings")]
    DispositionUnknown(String),
    /// Nothing to dial: empty, or no digit in it.
    #[error("that is not a number that can be dialed")]
    InvalidNumber,
    /// Digits are 0–9, *, # and A–D.
    #[error("these are not digits that can be sent")]
    InvalidDigits,
    /// The phone system did not finish the command before.
    #[error("call {0:?} is still carrying out the last command")]
    InProgress(CallId),
    /// No phone: the settings name no provider, or a wrong one.
    #[error("no phone system is set up")]
    NoPhone,
    /// The phone system cannot do that.
    #[error("the phone system cannot do that")]
    NotSupported,
    /// The call is not ringing here (any more).
    #[error("call {0:?} is not ringing")]
    NotAlerting(CallId),
    /// The call is not connected.
    #[error("call {0:?} is not connected")]
    NotConnected(CallId),
    /// The call is not on hold.
    #[error("call {0:?} is not on hold")]
    NotHeld(CallId),
    /// The call is not in wrap-up.
    #[error("call {0:?} is not in wrap-up")]
    NotInWrapUp(CallId),
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
    /// No such log: it was saved, or never existed.
    #[error("no such log is waiting")]
    UnknownLog,
    /// The record is not among those found for the call.
    #[error("that record was not found for call {0:?}")]
    UnknownRecord(CallId),
    /// The settings' list does not hold this reason.
    #[error("{0:?} is not among the reasons of the settings")]
    UnknownReason(String),
    /// What was stored by an earlier page cannot be read; it was left alone.
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
            Self::Busy => "busy",
            Self::DispositionMissing(_) => "dispositionMissing",
            Self::DispositionUnknown(_) => "dispositionUnknown",
            Self::InvalidNumber => "invalidNumber",
            Self::InvalidDigits => "invalidDigits",
            Self::InProgress(_) => "inProgress",
            Self::NoPhone => "noPhone",
            Self::NotSupported => "notSupported",
            Self::NotAlerting(_) => "notAlerting",
            Self::NotConnected(_) => "notConnected",
            Self::NotHeld(_) => "notHeld",
            Self::NotInWrapUp(_) => "notInWrapUp",
            Self::Offline => "offline",
            Self::StrayReport => "strayReport",
            Self::StrayAnswer => "strayAnswer",
            Self::UnknownCall(_) => "unknownCall",
            Self::UnknownLog => "unknownLog",
            Self::UnknownRecord(_) => "unknownRecord",
            Self::UnknownReason(_) => "unknownReason",
            Self::Unreadable => "unreadable",
            Self::OutOfOrder => "outOfOrder",
        }
    }
}
