//! What the shell has to say that the core cannot know.

use std::rc::Rc;

use hookswitch_core::settings::View;
use hookswitch_opencti::Layout;

/// The shell at one moment: whether the phone runs at all, from which settings, and what is wrong around it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Status {
    /// Whether the phone runs here.
    pub stage: Stage,
    /// Where the settings in use come from.
    pub settings: SettingsSource,
    /// What is wrong with them, in the admin's words.
    pub setting_problems: Vec<SettingProblem>,
    /// Sound is held back until the agent clicks something that calls [`crate::Phone::enable_sound`].
    pub sound_blocked: bool,
    /// Whether the phone system waits for the agent's credentials.
    pub sign_in: SignIn,
    /// The softphone broke and was started anew; calls were brought back from the phone system's own word.
    pub restarted: bool,
    /// What is wrong with the way to Salesforce; none: nothing.
    pub crm_problem: Option<CrmProblem>,
    /// The softphone layout, as Salesforce gave it last.
    pub layout: LayoutStatus,
    /// What the Apex class was asked for at the start and did not tell; none: nothing was asked, or all is well.
    pub apex_problem: Option<ApexProblem>,
    /// What an earlier page left could not be read; it was put aside.
    pub set_aside: bool,
    /// What the panel looks and sounds like, by the settings.
    pub view: View,
    /// Whom the agent should tell about a fault, by the settings; may be empty.
    pub support_contact: String,
}

/// The softphone layout, as Salesforce gave it last: for support, since Salesforce keeps old ones for a while.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LayoutStatus {
    /// It is being asked for.
    pub asking: bool,
    /// Why the last asking brought none, a stable word; none: it did, or was never done.
    pub failure: Option<&'static str>,
    /// The layout; none: none was given yet.
    pub layout: Option<Rc<Layout>>,
    /// When it was received, wall-clock milliseconds; 0: never.
    pub received: u64,
}

/// Whether the phone runs here.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Stage {
    /// The page is not where it should be, so nothing was started.
    FrameRefused {
        /// A stable word.
        code: &'static str,
        /// What is wrong and what to do, for whoever set it up.
        words: String,
    },
    /// The phone is in another tab; this one takes over when that one goes.
    OtherTab,
    /// The phone runs here.
    Running,
    /// Finding out.
    #[default]
    Starting,
    /// [`crate::Phone::stop`] was called.
    Stopped,
}

/// Where the settings in use come from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum SettingsSource {
    /// The page that embeds the phone gave them.
    Embedded,
    /// From Salesforce, in this session.
    Live,
    /// There are none, so there is no phone.
    None(NoSettings),
    /// The last good copy; Salesforce has not given newer ones yet.
    Stored {
        /// How old the copy was when it was taken out, in milliseconds.
        age_ms: u64,
    },
    /// They are waited for.
    #[default]
    Waiting,
}

/// Why there are no settings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NoSettings {
    /// Salesforce answered with none: the agent is not assigned to a call center.
    Empty,
    /// Salesforce did not answer, and no copy is stored.
    NoAnswer,
    /// Salesforce cannot be reached, and no copy is stored.
    NoApi,
}

/// A value in the settings that could not be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettingProblem {
    /// Section and item, as in the call center's definition.
    pub item: String,
    /// What is wrong, what is used instead, and what to do.
    pub words: String,
}

/// Whether the phone system waits for the agent's credentials.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignIn {
    /// They were given and not refused.
    Done,
    /// The provider asks for none, or gets them elsewhere.
    #[default]
    NotNeeded,
    /// The phone system refused those given last.
    Refused,
    /// The form should be shown.
    Wanted,
}

/// What is wrong with the way to Salesforce.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CrmProblem {
    /// A stable word.
    pub code: &'static str,
    /// What is wrong.
    pub words: &'static str,
    /// What to do about it, and who.
    pub remedy: &'static str,
}

/// What the Apex class did not tell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApexProblem {
    /// A stable word.
    pub code: &'static str,
    /// What follows from it for the agent, why, and what to do.
    pub words: String,
}
