//! What there is to judge. `Default` is a page about which nothing is known.

use hookswitch_core::{CrmState, MediaState, PhoneState};
use hookswitch_definition::Flat;
use hookswitch_opencti::Layout;

/// Everything that was gathered.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Where the page runs.
    pub place: Place,
    /// The page's own address.
    pub page: Page,
    /// Entries of the list of org hosts beside the page.
    pub org_hosts: Vec<String>,
    /// Entries of it that admit nobody.
    pub ignored_hosts: Vec<String>,
    /// The way to Salesforce.
    pub link: Link,
    /// What Salesforce says when asked for the call center's settings now; an empty map: the agent has no call center.
    pub center: Answer<Flat>,
    /// The settings the phone runs on, if Salesforce does not give any now.
    pub in_use: Option<Flat>,
    /// The agent's softphone layout, asked for now.
    pub layout: Answer<Layout>,
    /// What Salesforce says when asked, where the phone could dial, to let numbers be clicked.
    pub dialing: Answer<()>,
    /// The utility bar's panel.
    pub panel: Panel,
    /// What Salesforce said when the phone began to hear the message channel of the settings.
    pub channel: Answer<()>,
    /// What the Apex class says when asked whether it is there; not asked where none is named.
    pub apex: Answer<()>,
    /// The objects on which the Apex class cannot see whether a customer asked not to be called.
    pub wishes: Answer<Vec<String>>,
    /// Whether the Apex class finds the record type of logs that the settings give by its name; not asked where they do not.
    pub record_type: Answer<bool>,
    /// Another tab of this browser has the phone.
    pub other_tab: bool,
    /// The phone system.
    pub phone: PhoneFacts,
    /// The microphone.
    pub microphone: Microphone,
    /// What the browser keeps for the page; none: not touched, because the page may not run here.
    pub storage: Option<Storage>,
    /// The page's sound.
    pub audio: Audio,
    /// Whether the browser would show notifications.
    pub notifications: Permission,
}

impl Facts {
    /// The settings to judge: Salesforce's own, else those the phone runs on.
    pub(crate) fn flat(&self) -> Option<&Flat> {
        match &self.center {
            Answer::Said(flat) if !flat.is_empty() => Some(flat),
            _ => self.in_use.as_ref(),
        }
    }
}

/// What came of a question to Salesforce.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Answer<T> {
    /// Nobody was asked: there is no Salesforce here, or its script is missing.
    #[default]
    NotAsked,
    /// Salesforce refused, with this code.
    Refused(String),
    /// This.
    Said(T),
    /// Nothing came in time.
    Silent,
}

impl<T> Answer<T> {
    /// The same, with what was said put into another shape.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::NotAsked => Answer::NotAsked,
            Self::Refused(code) => Answer::Refused(code),
            Self::Said(said) => Answer::Said(change(said)),
            Self::Silent => Answer::Silent,
        }
    }
}

/// Where the page runs.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Place {
    /// By itself, as its embedder wishes.
    Alone,
    /// In Lightning's frame.
    Framed,
    /// Where it may not run.
    Refused {
        /// A stable word.
        code: &'static str,
        /// What is wrong, then what to do.
        words: String,
    },
    /// Not decided yet.
    #[default]
    Unknown,
}

/// A page's own address, without its query.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Page {
    /// `https://phone.example.com`.
    pub origin: String,
    /// `/panel/`.
    pub path: String,
}

/// The way to Salesforce.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Link {
    /// How it is; none before it was begun.
    pub state: Option<CrmState>,
    /// What is wrong: a stable word, the words, the remedy.
    pub problem: Option<(&'static str, &'static str, &'static str)>,
}

/// The utility bar's panel, from within.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Panel {
    /// When the page was drawn first. A browser does not draw what is in a closed panel.
    pub painted: Paint,
    /// When the page had loaded, milliseconds after it was asked for; none: not yet.
    pub loaded_ms: Option<u64>,
    /// Whether it is open now.
    pub open: Answer<bool>,
}

/// When a page was drawn first.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Paint {
    /// So many milliseconds after it was asked for.
    At(u64),
    /// Not yet.
    Never,
    /// The browser does not tell.
    #[default]
    NotTold,
}

/// The phone system.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PhoneFacts {
    /// How it is.
    pub state: PhoneState,
    /// No call in it is real.
    pub simulated: bool,
    /// It said whose account is used.
    pub account: bool,
    /// What is kept is kept under a Salesforce user, not under the phone account.
    pub by_user: bool,
    /// Where the sign-in stands.
    pub credentials: Credentials,
}

impl Default for PhoneFacts {
    fn default() -> Self {
        Self { state: PhoneState::Stopped, simulated: false, account: false, by_user: false, credentials: Credentials::default() }
    }
}

/// Where the sign-in to the phone system stands.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Credentials {
    /// None are asked for, or they were accepted.
    #[default]
    Fine,
    /// Those given last were refused.
    Refused,
    /// They are waited for.
    Wanted,
}

/// The microphone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Microphone {
    /// The page counts as secure.
    pub secure: bool,
    /// The pages around this one hand the microphone on; none: the browser does not say.
    pub handed_on: Option<bool>,
    /// What the agent told the browser.
    pub permission: Permission,
    /// How many there are; none: not known.
    pub devices: Option<u32>,
    /// What the phone system's module made of it last.
    pub media: MediaState,
}

impl Default for Microphone {
    fn default() -> Self {
        Self { secure: false, handed_on: None, permission: Permission::default(), devices: None, media: MediaState::Usable }
    }
}

/// What the agent told the browser.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Permission {
    /// No.
    Denied,
    /// Yes.
    Granted,
    /// Nothing yet: the browser would ask.
    Prompt,
    /// The browser does not say.
    #[default]
    Unknown,
}

/// What the browser keeps for the page.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Storage {
    /// Local storage can be written.
    pub local: bool,
    /// A database can be written, and what was sealed in it read again.
    pub database: bool,
    /// Tabs can agree on who is the phone.
    pub locks: bool,
}

/// A page's sound.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Audio {
    /// The browser has none.
    #[default]
    Missing,
    /// It is heard.
    Running,
    /// It is held back until the agent clicks in the page.
    Suspended,
}
