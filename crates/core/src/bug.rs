//! Bugs that tests put in by name, to see that they are found. Without the feature `seeded-bugs` nothing of them is left.

/// A bug that can be put in.
#[cfg_attr(not(feature = "seeded-bugs"), expect(unreachable_pub, reason = "public with the feature"))]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Bug {
    /// Answering does not hold the call the agent talks on.
    AnswerHoldsNothing,
    /// Taking one party out of a conference ends it for everybody.
    ClearPartyClearsAll,
    /// A call that was taken for lost and is listed again is another one.
    ComesBackAsNew,
    /// Conferences have room for any number.
    ConferencesOverfull,
    /// A consultation is logged whatever the settings say.
    ConsultationAlwaysLogged,
    /// Dialing waits for ever.
    DialingNeverOverdue,
    /// A refused hold is taken for done: whoever waited for the voice gets it.
    HoldRefusedGoesOn,
    /// Nobody asks whether calls still exist.
    LivenessNeverAsks,
    /// Leaving a conference ends it for everybody.
    LeaveEndsAll,
    /// The list of what is allowed does not look at what is under way.
    ListIgnoresDoing,
    /// Cancelling a consultation leaves the customer on hold.
    ReconnectForgetsToRetrieve,
    /// The ringing goes on after the answer.
    RingsOn,
    /// A second call that gets connected is not kept from being heard with the first.
    SecondIsOverheard,
    /// A transfer hangs up on the one who is passed on.
    TransferDrops,
}

impl crate::Softphone {
    /// A softphone with a bug.
    #[cfg(feature = "seeded-bugs")]
    #[must_use]
    pub fn with_bug(bug: Bug) -> Self {
        let mut phone = Self::default();
        phone.bug = Some(bug);
        phone
    }

    /// Whether the bug was put in.
    #[cfg(feature = "seeded-bugs")]
    pub(crate) fn seeded(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// Never, in the product.
    #[cfg(not(feature = "seeded-bugs"))]
    #[expect(clippy::unused_self, reason = "with the feature the softphone knows its bug")]
    pub(crate) const fn seeded(&self, _: Bug) -> bool {
        false
    }
}
