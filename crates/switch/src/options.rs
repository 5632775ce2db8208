//! How the simulated network behaves when nobody says otherwise.

use hookswitch_core::Cause;
use serde::{Deserialize, Serialize};

/// What holds for all calls. Missing fields on the wire take their defaults.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// Dialed numbers outside answer by themselves. Off: a person in the drawer answers.
    pub auto_answer: bool,
    /// How long a number that answers by itself rings. 2000: long enough to be seen ringing.
    pub answers_after_ms: u64,
    /// Dialed numbers send sound before the answer. Off: the softphone plays its own ringback.
    pub early_media: bool,
    /// How long a caller waits for an agent. 30000: about six rings.
    pub gives_up_after_ms: u64,
    /// How long an agent's page may be away before its calls are cleared. 60000: a reload on a slow line is real, a closed laptop ends.
    pub grace_ms: u64,
    /// How many calls an extension can have at once; one more is busy. 6: as many as a softphone keeps by default.
    pub lines: u32,
    /// How long a number that never answers rings. 20000.
    pub no_answer_after_ms: u64,
    /// How a queue finds an agent. Everybody rings: the caller is served soonest.
    pub queue: QueueStrategy,
    /// How long a queue that asks one agent after the other rings at each. 15000: three rings.
    pub queue_ring_ms: u64,
    /// How long it takes until a dialed number rings. 300: as a mobile network at its best.
    pub reached_after_ms: u64,
    /// How many people outside can be in calls at once; one more meets congestion. 0: as many as like.
    pub trunks: u32,
    /// How long a dialed number rings that waits for somebody in the drawer. 60000.
    pub unanswered_after_ms: u64,
    /// The number of the voicemail box, which answers by itself after a second and hangs up when the message is over. 1900.
    pub voicemail: String,
}

/// How a queue finds an agent who is ready and in no call.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum QueueStrategy {
    /// Rings at all of them; the first to answer has the caller. It rings on at whoever is left until the caller gives up.
    #[default]
    RingAll,
    /// Rings at one after the other, beginning with whoever was not asked for longest; after all of them it begins anew.
    RoundRobin,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            auto_answer: false,
            answers_after_ms: 2_000,
            early_media: false,
            gives_up_after_ms: 30_000,
            grace_ms: 60_000,
            lines: 6,
            no_answer_after_ms: 20_000,
            queue: QueueStrategy::RingAll,
            queue_ring_ms: 15_000,
            reached_after_ms: 300,
            trunks: 0,
            unanswered_after_ms: 60_000,
            voicemail: "1900".to_owned(),
        }
    }
}

/// What a number outside does when an agent dials it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Behaviour {
    /// Rings, then answers.
    Answers {
        /// How long it rings.
        after_ms: u64,
        /// How long it talks before hanging up; none: until somebody ends it.
        #[serde(default)]
        hangs_up_after_ms: Option<u64>,
    },
    /// The call fails without ringing.
    Fails {
        /// Why.
        cause: Cause,
    },
    /// Rings, then turns the call away.
    Rejects {
        /// How long it rings.
        after_ms: u64,
    },
    /// Rings and nobody comes.
    RingsOut,
    /// Does not answer: after ringing, its voicemail does, and hangs up when the message is over.
    Voicemail {
        /// How long it rings.
        after_ms: u64,
    },
    /// Rings until somebody in the drawer decides.
    Waits,
}

impl Behaviour {
    /// What a number does that nobody scripted: an ending of `0199` is busy, `0198` rings out, `0197` does not exist, as does
    /// anything without a digit; [`Options::voicemail`] is answered by a machine; all others wait for the drawer, or answer where [`Options::auto_answer`] says so.
    #[must_use]
    pub fn of(digits: &str, options: &Options) -> Self {
        if !digits.is_empty() && digits == digits_of(&options.voicemail) {
            return Self::Voicemail { after_ms: VOICEMAIL_RINGS_MS };
        }
        if digits.is_empty() || digits.ends_with("0197") {
            return Self::Fails { cause: Cause::InvalidNumber };
        }
        if digits.ends_with("0199") {
            return Self::Fails { cause: Cause::Busy };
        }
        if digits.ends_with("0198") {
            return Self::RingsOut;
        }
        if options.auto_answer {
            return Self::Answers { after_ms: options.answers_after_ms, hangs_up_after_ms: None };
        }
        Self::Waits
    }
}

/// How long a voicemail box rings that was dialed itself.
const VOICEMAIL_RINGS_MS: u64 = 1_000;

/// How long a message on a voicemail box may be.
pub(crate) const MESSAGE_MS: u64 = 30_000;

/// The digits of a number, by which numbers are compared.
pub(crate) fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_four_digits_choose_what_an_unscripted_number_does() {
        let options = Options::default();
        assert_eq!(Behaviour::of("14155550199", &options), Behaviour::Fails { cause: Cause::Busy });
        assert_eq!(Behaviour::of("14155550198", &options), Behaviour::RingsOut);
        assert_eq!(Behaviour::of("14155550197", &options), Behaviour::Fails { cause: Cause::InvalidNumber });
        assert_eq!(Behaviour::of("", &options), Behaviour::Fails { cause: Cause::InvalidNumber });
        assert_eq!(Behaviour::of("14155550100", &options), Behaviour::Waits);
        let answering = Options { auto_answer: true, ..options };
        assert_eq!(Behaviour::of("14155550100", &answering), Behaviour::Answers { after_ms: 2_000, hangs_up_after_ms: None });
        assert_eq!(Behaviour::of("14155550199", &answering), Behaviour::Fails { cause: Cause::Busy });
    }
}
