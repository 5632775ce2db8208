//! Logs saved lately: kept to be moved to another record, and for what is told late. What the agent sees of one is made once, and every
//! snapshot shares it.

use std::{collections::VecDeque, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};

use super::item::Item;
use crate::{LogState, LogView};

/// How many.
const MOST: usize = 20;

/// The logs, oldest first.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(from = "VecDeque<Item>")]
pub(super) struct Recent(VecDeque<Saved>);

#[derive(Clone, Debug, Eq, PartialEq)]
struct Saved {
    item: Item,
    view: Arc<LogView>,
}

impl Recent {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.0.iter().map(|saved| &saved.item)
    }

    pub(super) fn into_items(self) -> impl Iterator<Item = Item> {
        self.0.into_iter().map(|saved| saved.item)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps a log in place of an earlier one of that key; the oldest goes.
    pub(super) fn keep(&mut self, item: Item) {
        self.0.retain(|known| known.item.key != item.key);
        self.0.push_back(item.into());
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }

    /// Gives the newest such log back: it is to be sent again.
    pub(super) fn take(&mut self, is_it: impl Fn(&Item) -> bool) -> Option<Item> {
        let at = self.0.iter().rposition(|saved| is_it(&saved.item))?;
        Some(self.0.remove(at)?.item)
    }

    /// Keeps those only.
    pub(super) fn retain(&mut self, stays: impl Fn(&Item) -> bool) {
        self.0.retain(|saved| stays(&saved.item));
    }

    /// What is told under the name of such a call is not about its log any more. The agent sees nothing of it.
    pub(super) fn forget_calls(&mut self, is_it: impl Fn(&Item) -> bool) {
        for saved in self.0.iter_mut().filter(|saved| is_it(&saved.item)) {
            saved.item.wanted.call = None;
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the agent sees, the newest first.
    pub(super) fn views(&self) -> Vec<Arc<LogView>> {
        self.0.iter().rev().map(|saved| Arc::clone(&saved.view)).collect()
    }
}

impl From<Item> for Saved {
    fn from(item: Item) -> Self {
        Self { view: Arc::new(item.view_as(LogState::Saved)), item }
    }
}

impl From<VecDeque<Item>> for Recent {
    fn from(items: VecDeque<Item>) -> Self {
        Self(items.into_iter().map(Saved::from).collect())
    }
}

impl Serialize for Recent {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}
