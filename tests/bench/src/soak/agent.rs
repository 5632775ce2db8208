//! One agent: the softphone, what it said last, and what is written up in the CRM.

use std::collections::BTreeMap;

use hookswitch_core::{CallId, Snapshot, Softphone, Sound};

use super::story::Story;

#[derive(Debug)]
pub(super) struct Agent {
    pub(super) extension: String,
    pub(super) phone: Softphone,
    /// As the host was told last.
    pub(super) sound: Sound,
    pub(super) revision: u64,
    /// What the agent is about to do with each call.
    pub(super) stories: BTreeMap<CallId, Story>,
    /// Logs in the CRM, by the count in their key: whether they are final.
    pub(super) logs: BTreeMap<u32, bool>,
    /// When the site comes back to this agent.
    pub(super) wakes: u64,
    /// Wants to go on a break, or to come back from one, then.
    pub(super) breaks: Vec<(u64, bool)>,
    /// Takes calls and has none, by the last snapshot.
    pub(super) idle: bool,
}

impl Agent {
    pub(super) fn new(extension: String, breaks: Vec<(u64, bool)>) -> Self {
        Self {
            extension,
            phone: Softphone::new(),
            sound: Sound::Silence,
            revision: 0,
            stories: BTreeMap::new(),
            logs: BTreeMap::new(),
            wakes: u64::MAX,
            breaks,
            idle: false,
        }
    }

    /// Forgets the stories of calls that are gone.
    pub(super) fn forget(&mut self, snapshot: &Snapshot) {
        self.stories.retain(|id, _| snapshot.calls.iter().any(|call| call.id == *id));
    }

    /// When the softphone or the agent does something by itself next.
    pub(super) fn next(&self) -> u64 {
        let story = self.stories.values().filter_map(|story| story.next.map(|(at, _)| at)).min();
        let pause = self.breaks.first().map(|(at, _)| *at);
        [self.phone.deadline(), story, pause].into_iter().flatten().min().unwrap_or(u64::MAX)
    }
}
