//! What people outside do, and what the network between does to them.

use hookswitch_core::{CallKind, Cause, Party, PartyRef, PhoneRef, Private, RefusedReason};
use serde::{Deserialize, Serialize};

use crate::{Behaviour, LineFaults, Options};

/// A caller from outside, on the way to an agent or to a queue.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallAgent {
    /// Whom to call; empty: whichever agent the queue finds.
    #[serde(default)]
    pub extension: String,
    /// The caller's number as the network gives it; empty when withheld.
    #[serde(default)]
    pub number: Private,
    /// The caller's display name; may be empty, may hold anything.
    #[serde(default)]
    pub name: Private,
    /// Inbound unless said otherwise.
    #[serde(default = "inbound")]
    pub kind: CallKind,
    /// The queue it comes through: it then waits while the agent is not ready or in a call. Empty: a direct call.
    #[serde(default)]
    pub queue: String,
    /// What kind of customer or matter the network takes it for; may be empty.
    #[serde(default)]
    pub segment: Private,
    /// The number that was called; may be empty.
    #[serde(default)]
    pub called: Private,
    /// The Salesforce record that comes with it; may be empty.
    #[serde(default)]
    pub record: String,
    /// Whether a softphone logs the call if nobody answers. True unless said otherwise. Of several agents it is one that is rung when
    /// the caller gives up.
    #[serde(default = "yes")]
    pub owns_log: bool,
    /// How long the caller waits for an answer; [`Options::gives_up_after_ms`] unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives_up_after_ms: Option<u64>,
    /// How long the caller talks before hanging up; until somebody ends it unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hangs_up_after_ms: Option<u64>,
    /// What else the caller does, each with its time in milliseconds after the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<(u64, PartyAct)>,
}

const fn inbound() -> CallKind {
    CallKind::Inbound
}

const fn yes() -> bool {
    true
}

impl CallAgent {
    /// A direct call from `number` to `extension`, everything else by default.
    #[must_use]
    pub fn new(extension: &str, number: &str, name: &str) -> Self {
        Self {
            extension: extension.to_owned(),
            number: number.into(),
            name: name.into(),
            kind: CallKind::Inbound,
            queue: String::new(),
            segment: Private::default(),
            called: Private::default(),
            record: String::new(),
            owns_log: true,
            gives_up_after_ms: None,
            hangs_up_after_ms: None,
            acts: Vec::new(),
        }
    }

    /// A call from `number` to whoever serves `queue`.
    #[must_use]
    pub fn to_queue(queue: &str, number: &str, name: &str) -> Self {
        Self { queue: queue.to_owned(), ..Self::new("", number, name) }
    }
}

/// What somebody outside does in a call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum PartyAct {
    /// Hangs up.
    HangsUp,
    /// Puts the agent on hold.
    Holds,
    /// Ends the hold.
    Retrieves,
    /// Transfers the agent to somebody else, and is out of the call.
    Transfers {
        /// Who is there from now on.
        to: Party,
        /// The Salesforce record that comes with it; empty for none.
        #[serde(default)]
        record: String,
    },
}

/// What an observer does, in the place of the people outside and of the network between.
///
/// A command about one end of a call names it by `end`, an [`crate::EndView::id`]; without one it is the first end outside that can.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum NetworkCommand {
    /// Somebody outside who is in the call does this.
    Act {
        /// Which call.
        call: PhoneRef,
        /// Who.
        #[serde(default)]
        end: Option<PartyRef>,
        /// What.
        act: PartyAct,
    },
    /// The called party outside answers the agent's call.
    Answer {
        /// Which call.
        call: PhoneRef,
        /// Who really answered; none: the one that was dialed.
        #[serde(default)]
        party: Option<Party>,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
    /// Somebody else took the call that alerts at the agent.
    AnsweredElsewhere {
        /// Which call.
        call: PhoneRef,
    },
    /// Somebody outside calls an agent or a queue.
    CallAgent(CallAgent),
    /// The party outside hangs up: gives up before the answer, leaves the call after it, turns away a call that rings there.
    HangUp {
        /// Which call.
        call: PhoneRef,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
    /// The party outside puts the agent on hold.
    Hold {
        /// Which call.
        call: PhoneRef,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
    /// Fault: the next commands of agents are neither carried out nor answered.
    IgnoreNext {
        /// How many.
        count: u32,
    },
    /// Fault: the call vanishes and nobody is told; later commands on it are refused, a sync no longer lists it.
    LoseCall {
        /// Which call.
        call: PhoneRef,
    },
    /// Fault: agents lose their connection to the phone system; calls go on meanwhile, and a sync follows.
    Outage {
        /// For how long.
        for_ms: u64,
    },
    /// Fault: the next commands of agents are refused.
    RefuseNext {
        /// How many.
        count: u32,
        /// With this reason.
        reason: RefusedReason,
        /// In these words.
        #[serde(default)]
        detail: String,
    },
    /// The agent's call does not come about.
    Reject {
        /// Which call.
        call: PhoneRef,
        /// Why: `busy`, `noAnswer`, `invalidNumber`, `rejected` …
        cause: Cause,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
    /// Fault: the phone system stops and begins anew; agents cannot reach it meanwhile, and a sync follows.
    Restart {
        /// For how long it is away.
        for_ms: u64,
        /// Whether the calls survive it. If not, everybody is cut off without a word, and what agents said of themselves is forgotten.
        calls_survive: bool,
    },
    /// The party outside ends its hold.
    Retrieve {
        /// Which call.
        call: PhoneRef,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
    /// From now on this number behaves so when an agent dials it.
    SetBehaviour {
        /// Compared by its digits alone.
        number: Private,
        /// How; none: as any other number.
        behaviour: Option<Behaviour>,
    },
    /// Fault: from now on an agent's line fails like this. Set anew it begins anew.
    SetFaults {
        /// Which agent's; empty: of all who have no faults of their own.
        #[serde(default)]
        extension: String,
        /// How; the default: not at all.
        faults: LineFaults,
    },
    /// From now on these options hold.
    SetOptions {
        /// All of them.
        options: Options,
    },
    /// The called party outside does not answer: its voicemail does.
    Voicemail {
        /// Which call.
        call: PhoneRef,
        /// Which end.
        #[serde(default)]
        end: Option<PartyRef>,
    },
}
