//! The agent moves about, and the softphone is told as Salesforce would tell it.
//!
//! `onNavigationChange` comes when the address changes; when the document gets the focus back; in a console when the agent moves
//! between tabs or a tab is drawn again. A console that goes to a list tells nothing.

use serde_json::{Map, Value};

use super::{Host, HostOutput};
use crate::{Id, NewRecord, Org, SaveProblem, View};

impl Host {
    /// Shows a view.
    pub fn open(&mut self, org: &Org, view: View, now: u64) {
        let view = resolved(org, view);
        self.moved(org, now, |host| host.page.nav.open(view));
    }

    /// Shows a record by its id, as a click on its link does.
    pub fn open_record(&mut self, org: &Org, id: &Id, now: u64) {
        self.open(org, View::Record { id: id.clone() }, now);
    }

    /// Shows a view in a subtab of the console tab in front; in a standard app as [`open`](Self::open) does.
    pub fn open_subtab(&mut self, org: &Org, view: View, now: u64) {
        let view = resolved(org, view);
        self.moved(org, now, |host| host.page.nav.open_subtab(view));
    }

    /// Brings a console tab to the front, or one of its subtabs.
    pub fn select_tab(&mut self, org: &Org, tab: usize, subtab: Option<usize>, now: u64) {
        self.moved(org, now, |host| host.page.nav.select(tab, subtab));
    }

    /// Closes a console tab.
    pub fn close_tab(&mut self, org: &Org, tab: usize, now: u64) {
        self.moved(org, now, |host| host.page.nav.close(tab));
    }

    /// Closes a subtab of a console tab.
    pub fn close_subtab(&mut self, org: &Org, tab: usize, subtab: usize, now: u64) {
        self.moved(org, now, |host| host.page.nav.close_subtab(tab, subtab));
    }

    /// Opens the window for a new record. One that is open already is replaced, and what was typed there is lost.
    pub fn new_record(&mut self, org: &Org, object: &str, defaults: Map<String, Value>, now: u64) {
        let window = NewRecord { object: object.into(), defaults };
        self.moved(org, now, |host| {
            host.page.lost_windows += u32::from(host.page.modal.is_some());
            host.page.modal = Some(window);
        });
    }

    /// Closes the window for a new record without saving.
    pub fn cancel_new_record(&mut self, org: &Org, now: u64) {
        self.moved(org, now, |host| host.page.modal = None);
    }

    /// Saves the new record with these values, and shows it.
    ///
    /// # Errors
    ///
    /// What is wrong with the values; the window stays open then. If no window is open, that.
    pub fn save_new_record(&mut self, org: &mut Org, values: Map<String, Value>, now: u64) -> Result<Id, Vec<SaveProblem>> {
        self.save_window(org, values, false, now)
    }

    /// Saves the new record in spite of duplicate rules that allow it, as a second press of Save does.
    ///
    /// # Errors
    ///
    /// As [`save_new_record`](Self::save_new_record).
    pub fn save_new_record_anyway(&mut self, org: &mut Org, values: Map<String, Value>, now: u64) -> Result<Id, Vec<SaveProblem>> {
        self.save_window(org, values, true, now)
    }

    fn save_window(&mut self, org: &mut Org, values: Map<String, Value>, anyway: bool, now: u64) -> Result<Id, Vec<SaveProblem>> {
        let Some(window) = &self.page.modal else {
            return Err(vec![SaveProblem::new("no window for a new record is open")]);
        };
        let id = org.make(&window.object, values, &self.page.user, now, anyway)?;
        let view = resolved(org, View::Record { id: id.clone() });
        self.moved(org, now, |host| {
            host.page.modal = None;
            host.page.nav.open(view);
        });
        Ok(id)
    }

    /// The agent went to another browser tab or window.
    pub const fn blur(&mut self) {
        self.page.focused = false;
    }

    /// The agent came back to this browser tab.
    pub fn focus(&mut self, org: &Org, now: u64) {
        if !self.page.focused {
            self.page.focused = true;
            self.tell_navigation(org, now);
        }
    }

    /// Moves, and tells of it if there is something to tell.
    fn moved(&mut self, org: &Org, now: u64, change: impl FnOnce(&mut Self)) {
        let before = (self.page.path(org), self.page.nav.active());
        change(self);
        let path = self.page.path(org);
        self.out.push_back(HostOutput::PageChanged);
        // A console may hold the same view in two tabs: moving between them is a move all the same.
        if before == (path.clone(), self.page.nav.active()) {
            return;
        }
        self.out.push_back(HostOutput::Navigated(path));
        let to_list = self.page.modal.is_none() && matches!(self.page.view(), View::List { .. } | View::ObjectHome { .. });
        if !(self.page.nav.console() && to_list) {
            self.tell_navigation(org, now);
        }
    }
}

/// The view that Lightning really shows: a person's contact half leads to the account.
fn resolved(org: &Org, view: View) -> View {
    let View::Record { id } = &view else { return view };
    let account = org.record(id).filter(|record| record.object == "Contact").and_then(crate::Record::other_half);
    account.map_or(view, |id| View::Record { id })
}
