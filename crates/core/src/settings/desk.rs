//! What an agent's desk is like: identity, lines, wrap-up, dialing.

use serde::{Deserialize, Serialize};

use super::PerKind;

/// Who the agent is, and where the credentials come from.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// Where the phone account's credentials come from.
    pub sign_in: SignIn,
    /// Who says which agent this is.
    pub source: IdentitySource,
    /// Name of the installed Apex class, with its namespace if it has one. None: features that need Apex are off, and say so.
    pub apex_class: Option<String>,
}

/// Where credentials come from. They are never part of the settings: every assigned user can read those.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum SignIn {
    /// The Apex class.
    Apex,
    /// The page that embeds the softphone.
    Embedder,
    /// The form in the panel. The default: it works everywhere.
    #[default]
    Form,
    /// A token that the embedding page renews.
    Token,
}

/// Who says which agent this is; no Open CTI method does.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum IdentitySource {
    /// The Apex class: the Salesforce user.
    Apex,
    /// The phone account. The default: it needs no Apex.
    #[default]
    Provider,
}

/// Lines, answering, presence.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Calls {
    /// How many calls an agent can have at once. 6: more cannot be told apart by ear or eye.
    pub lines: u8,
    /// Seconds after which a call is answered by itself. None by default: an open microphone must be asked for.
    pub auto_answer: PerKind<Option<u8>>,
    /// Reasons offered for taking no calls.
    pub not_ready_reasons: Vec<String>,
    /// Presence after sign-in.
    pub start_presence: StartPresence,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            lines: 6,
            auto_answer: PerKind::default(),
            not_ready_reasons: ["Break", "Lunch", "Meeting", "Training"].map(String::from).into(),
            start_presence: StartPresence::default(),
        }
    }
}

/// Presence after sign-in.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum StartPresence {
    /// Takes no calls until the agent says so. The default: signing in is not yet sitting down.
    #[default]
    NotReady,
    /// Takes calls at once.
    Ready,
}

/// What follows a call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct WrapUp {
    /// Seconds of wrap-up; 0: none. 60 after calls with customers, time for one sentence of notes; none among colleagues.
    pub seconds: PerKind<u16>,
    /// Seconds that wrap-up may last with all extensions. 600: after ten minutes nobody is writing notes any more.
    pub limit_seconds: u16,
    /// Whether a disposition must be chosen before wrap-up can be finished. Off: a new org has no agreed list yet.
    pub mandatory: PerKind<bool>,
    /// The dispositions offered.
    pub dispositions: PerKind<Vec<String>>,
    /// Whether an outbound call that never connected has wrap-up too. Off: most are simply dialed again.
    pub after_failed_outbound: bool,
}

impl Default for WrapUp {
    fn default() -> Self {
        Self {
            seconds: PerKind { inbound: 60, internal: 0, outbound: 60 },
            limit_seconds: 600,
            mandatory: PerKind::default(),
            dispositions: PerKind {
                inbound: ["Resolved", "Follow-up", "Transferred", "Wrong number"].map(String::from).into(),
                internal: Vec::new(),
                outbound: ["Reached", "Follow-up", "Left message", "No answer", "Wrong number"].map(String::from).into(),
            },
            after_failed_outbound: false,
        }
    }
}

/// How a number becomes what is dialed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Dialing {
    /// Country of numbers without a country code, two letters (ISO 3166). None: such numbers are dialed as they stand.
    pub country: Option<String>,
    /// Area code of numbers without one. None: none is put before them.
    pub area_code: Option<String>,
    /// Longest internal number, in digits. 6: the shortest public numbers with an area code have seven.
    pub internal_length: u8,
    /// Reaches an outside line. Empty by default: SIP trunks have no such prefix.
    pub outside_prefix: String,
    /// Stands before a long-distance number.
    pub long_distance_prefix: String,
    /// Stands before an international number.
    pub international_prefix: String,
    /// Whether the three prefixes are put before numbers. Off: SIP trunks take `+…` as it is, and the scheme is North American.
    pub apply_prefixes: bool,
    /// Taken off the caller's number before the search. Empty by default: most phone systems show the number itself.
    pub strip_inbound: String,
    /// Numbers dialed as they are, at once, whatever else is set. 112 and 911: one of them works in most networks.
    pub emergency_numbers: Vec<String>,
    /// What happens when the customer asked not to be called.
    pub do_not_call: DoNotCall,
    /// Field that holds the wish, by its API name. `DoNotCall` is the standard one of contacts and leads.
    pub do_not_call_field: String,
}

impl Default for Dialing {
    fn default() -> Self {
        Self {
            country: None,
            area_code: None,
            internal_length: 6,
            outside_prefix: String::new(),
            long_distance_prefix: String::new(),
            international_prefix: String::new(),
            apply_prefixes: false,
            strip_inbound: String::new(),
            emergency_numbers: ["112", "911"].map(String::from).into(),
            do_not_call: DoNotCall::default(),
            do_not_call_field: "DoNotCall".into(),
        }
    }
}

/// What happens when a customer who asked not to be called is dialed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum DoNotCall {
    /// The call is refused. The default: a wrong call can be a breach of law.
    #[default]
    Block,
    /// The flag is not looked at.
    Ignore,
    /// The agent is asked once more.
    Warn,
}
