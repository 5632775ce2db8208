//! What the panel looks and sounds like, and what it records for support.

use serde::{Deserialize, Serialize};

/// What the panel looks and sounds like.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct View {
    /// The views shown, in this order. The calls at hand are always shown. By default all, those used most first.
    pub views: Vec<ViewKind>,
    /// Colours.
    pub theme: Theme,
    /// Language tag, as in `de` or `pt-BR`. None: the browser's language.
    pub language: Option<String>,
    /// Ring sound.
    pub ring: Ring,
    /// Loudness of the ring, 0 to 100. 80: loud, with room for a louder system.
    pub ring_volume: u8,
}

impl Default for View {
    fn default() -> Self {
        Self { views: ViewKind::ALL.into(), theme: Theme::default(), language: None, ring: Ring::default(), ring_volume: 80 }
    }
}

/// One view of the panel.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub enum ViewKind {
    /// The dial pad.
    Dial,
    /// Calls of the past.
    History,
    /// People and numbers to call.
    Directory,
    /// Logs that wait, failed or need the agent.
    Logs,
    /// Devices, sound, and what else an agent may choose.
    Preferences,
    /// What goes on inside, for support.
    Diagnostics,
}

impl ViewKind {
    /// All views, in the order of the default.
    pub const ALL: [Self; 6] = [Self::Dial, Self::History, Self::Directory, Self::Logs, Self::Preferences, Self::Diagnostics];
}

/// The panel's colours.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Theme {
    /// Dark.
    Dark,
    /// Light. The default: Lightning around it is light.
    #[default]
    Light,
    /// As the operating system has it.
    System,
}

/// The ring sound.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Ring {
    /// No sound.
    Off,
    /// A quieter sound, for shared rooms.
    Soft,
    /// The ordinary sound. The default: a call must be heard.
    #[default]
    Standard,
    /// A sound of one's own, by its `https://` address or path.
    Url(String),
}

/// What is recorded for support.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Diagnostics {
    /// How much is recorded.
    pub level: DiagnosticsLevel,
    /// Whom an agent should tell about a fault; shown beside errors. Empty by default: we cannot know.
    pub support_contact: String,
}

/// How much is recorded in memory, redacted, for export by the agent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum DiagnosticsLevel {
    /// Calls and errors. The default: enough to replay what went wrong.
    #[default]
    Basic,
    /// Every message, too.
    Full,
    /// Nothing.
    Off,
}
