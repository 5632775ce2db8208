//! Why a call ended or did not come about.

use serde::{Deserialize, Serialize};

/// The cause of an end or a failure, by CSTA's event causes where it has one.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Cause {
    /// The caller gave up before anybody answered.
    Abandoned,
    /// The agent's credentials were not accepted.
    NotAuthorized,
    /// A colleague, or another device of the agent, took it.
    AnsweredElsewhere,
    /// The called party is in another call.
    Busy,
    /// The phone system or the line has no room.
    Congestion,
    /// It became part of another call of the agent.
    Conferenced,
    /// It was sent to another number, unanswered.
    Deflected,
    /// The other side hung up, or this side did: nothing went wrong.
    Normal,
    /// The agent declined it.
    Declined,
    /// The number does not exist, or is not written as the phone system wants it.
    InvalidNumber,
    /// Audio could not be set up: microphone, codecs, or the media path.
    MediaFailure,
    /// The connection to the phone system was lost.
    NetworkLost,
    /// Nobody answered in time.
    NoAnswer,
    /// The called party refused the call.
    Rejected,
    /// The phone system went away, or ended the call for a reason of its own.
    SystemFailure,
    /// The phone system no longer knows this call.
    Lost,
    /// The agent passed it on.
    Transferred,
}

/// Whose fault a cause is, so that words can say who should act.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// Nothing went wrong.
    Nobody,
    /// The dialed number or the called party.
    FarEnd,
    /// The phone system, its settings, or the way to it.
    PhoneSystem,
    /// This computer: microphone or browser.
    Here,
}

impl Cause {
    /// Whose fault it is.
    #[must_use]
    pub const fn fault(self) -> Fault {
        match self {
            Self::Abandoned
            | Self::AnsweredElsewhere
            | Self::Conferenced
            | Self::Declined
            | Self::Deflected
            | Self::Normal
            | Self::Transferred => Fault::Nobody,
            Self::Busy | Self::InvalidNumber | Self::NoAnswer | Self::Rejected => Fault::FarEnd,
            Self::Congestion | Self::NetworkLost | Self::SystemFailure | Self::Lost | Self::NotAuthorized => Fault::PhoneSystem,
            Self::MediaFailure => Fault::Here,
        }
    }

    /// A stable word for logs, tests and JavaScript.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Abandoned => "abandoned",
            Self::NotAuthorized => "notAuthorized",
            Self::AnsweredElsewhere => "answeredElsewhere",
            Self::Busy => "busy",
            Self::Congestion => "congestion",
            Self::Conferenced => "conferenced",
            Self::Deflected => "deflected",
            Self::Normal => "normal",
            Self::Declined => "declined",
            Self::InvalidNumber => "invalidNumber",
            Self::MediaFailure => "mediaFailure",
            Self::NetworkLost => "networkLost",
            Self::NoAnswer => "noAnswer",
            Self::Rejected => "rejected",
            Self::SystemFailure => "systemFailure",
            Self::Lost => "lost",
            Self::Transferred => "transferred",
        }
    }

    /// Reads [`Cause::code`] back; an unknown word is the phone system's own reason.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|cause| cause.code() == code).unwrap_or(Self::SystemFailure)
    }

    /// Every cause.
    pub const ALL: [Self; 17] = [
        Self::Abandoned,
        Self::NotAuthorized,
        Self::AnsweredElsewhere,
        Self::Busy,
        Self::Congestion,
        Self::Normal,
        Self::Declined,
        Self::InvalidNumber,
        Self::MediaFailure,
        Self::NetworkLost,
        Self::NoAnswer,
        Self::Rejected,
        Self::SystemFailure,
        Self::Lost,
        Self::Conferenced,
        Self::Deflected,
        Self::Transferred,
    ];
}
