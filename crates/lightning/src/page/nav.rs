//! Where the agent is: one view in a standard app, tabs and subtabs in a console.

use serde::{Deserialize, Serialize};

use super::View;

/// Where the agent is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Nav {
    console: bool,
    /// In a standard app the view; in a console what is shown when no tab is in front.
    item: View,
    tabs: Vec<Tab>,
    active: Option<usize>,
}

/// A primary tab of a console.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tab {
    /// What the tab itself shows.
    pub view: View,
    /// What its subtabs show.
    pub subtabs: Vec<View>,
    /// The subtab in front; none: the tab itself.
    pub subtab: Option<usize>,
}

impl Tab {
    const fn new(view: View) -> Self {
        Self { view, subtabs: Vec::new(), subtab: None }
    }

    fn current(&self) -> &View {
        self.subtab.and_then(|place| self.subtabs.get(place)).unwrap_or(&self.view)
    }
}

impl Nav {
    /// The home page of an app.
    #[must_use]
    pub const fn new(console: bool) -> Self {
        Self { console, item: View::Home, tabs: Vec::new(), active: None }
    }

    /// Shows a view: in a console in the tab that has it already, else in a new primary tab; lists and home pages stand in no tab.
    pub fn open(&mut self, view: View) {
        if !self.console || view.is_navigation_item() {
            self.item = view;
            self.active = None;
            return;
        }
        for (place, tab) in self.tabs.iter_mut().enumerate() {
            let subtab = tab.subtabs.iter().position(|known| *known == view);
            if tab.view == view || subtab.is_some() {
                tab.subtab = subtab;
                self.active = Some(place);
                return;
            }
        }
        self.tabs.push(Tab::new(view));
        self.active = Some(self.tabs.len() - 1);
    }

    /// Shows a view in a subtab of the tab in front; without one, as [`open`](Self::open) does.
    pub fn open_subtab(&mut self, view: View) {
        let Some(tab) = self.active.and_then(|place| self.tabs.get_mut(place)) else { return self.open(view) };
        let known = tab.subtabs.iter().position(|known| *known == view);
        if known.is_none() {
            tab.subtabs.push(view);
        }
        tab.subtab = Some(known.unwrap_or(tab.subtabs.len() - 1));
    }

    /// Brings a tab to the front, or one of its subtabs; nothing happens if there is none.
    pub fn select(&mut self, tab: usize, subtab: Option<usize>) {
        if let Some(selected) = self.tabs.get_mut(tab) {
            selected.subtab = subtab.filter(|place| *place < selected.subtabs.len());
            self.active = Some(tab);
        }
    }

    /// Closes a tab with its subtabs; if it was in front, the one before it comes there.
    pub fn close(&mut self, tab: usize) {
        if tab >= self.tabs.len() {
            return;
        }
        self.tabs.remove(tab);
        self.active = match self.active {
            Some(active) if active >= tab => active.checked_sub(1),
            active => active,
        };
    }

    /// Closes a subtab; if it was in front, its tab comes there.
    pub fn close_subtab(&mut self, tab: usize, subtab: usize) {
        let Some(tab) = self.tabs.get_mut(tab).filter(|tab| subtab < tab.subtabs.len()) else { return };
        tab.subtabs.remove(subtab);
        tab.subtab = match tab.subtab {
            Some(front) if front == subtab => None,
            Some(front) if front > subtab => Some(front - 1),
            front => front,
        };
    }

    /// What is in front.
    #[must_use]
    pub fn current(&self) -> &View {
        self.active.and_then(|place| self.tabs.get(place)).map_or(&self.item, Tab::current)
    }

    /// Whether this is a console.
    #[must_use]
    pub const fn console(&self) -> bool {
        self.console
    }

    /// The primary tabs.
    #[must_use]
    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    /// The tab in front.
    #[must_use]
    pub const fn active(&self) -> Option<usize> {
        self.active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> View {
        View::Url { path: path.into() }
    }

    #[test]
    fn a_standard_app_shows_one_view_at_a_time() {
        let mut nav = Nav::new(false);
        nav.open(url("/a"));
        nav.open_subtab(url("/b"));
        assert_eq!((nav.current(), nav.tabs().len()), (&url("/b"), 0));
    }

    #[test]
    fn a_console_brings_back_a_tab_rather_than_opening_it_twice() {
        let mut nav = Nav::new(true);
        nav.open(url("/a"));
        nav.open_subtab(url("/a/1"));
        nav.open(url("/b"));
        nav.open(url("/a/1"));
        assert_eq!((nav.tabs().len(), nav.active(), nav.current()), (2, Some(0), &url("/a/1")));
    }

    #[test]
    fn closing_the_tab_in_front_shows_its_neighbour_and_at_last_the_list_behind() {
        let mut nav = Nav::new(true);
        nav.open(url("/a"));
        nav.open(url("/b"));
        nav.close(1);
        assert_eq!(nav.current(), &url("/a"));
        nav.close(0);
        assert_eq!((nav.current(), nav.active()), (&View::Home, None));
    }

    #[test]
    fn closing_a_subtab_keeps_the_one_in_front_in_front() {
        let mut nav = Nav::new(true);
        nav.open(url("/a"));
        nav.open_subtab(url("/a/1"));
        nav.open_subtab(url("/a/2"));
        nav.close_subtab(0, 0);
        assert_eq!(nav.current(), &url("/a/2"));
        nav.close_subtab(0, 0);
        assert_eq!(nav.current(), &url("/a"));
    }
}
