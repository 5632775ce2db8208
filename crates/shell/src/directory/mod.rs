//! Whom the agent can call: Salesforce's directory through the Apex class, the numbers of the last calls, and the agent's own favourites.
//!
//! Recents and favourites are the agent's, not the page's: they are kept encrypted per org and person (`kept.rs`), and are at hand where there
//! is no Apex. A search is Salesforce's; of several under way only the newest counts.

mod entry;
mod kept;
mod search;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use hookswitch_core::{CallView, Direction, Phase, Private, ProblemKind, Snapshot};

pub use entry::{Entry, EntryKind, How, Recent};
pub use search::{DirectoryPage, DirectoryProblem, Search};

use crate::{clock, desk::Desk};

/// The directory at one moment.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Directory {
    /// The numbers of the last calls, the newest first, each once.
    pub recents: Vec<Recent>,
    /// Whom the agent marked, in the order of the marking.
    pub favourites: Vec<Entry>,
    /// What was searched last.
    pub search: Search,
}

impl Directory {
    /// Whether a number is among the favourites.
    #[must_use]
    pub fn is_favourite(&self, number: &Private) -> bool {
        self.favourites.iter().any(|known| known.number == *number)
    }
}

/// What the desk remembers of it.
#[derive(Default)]
pub(crate) struct Book {
    shown: RefCell<Rc<Directory>>,
    /// Which search it is by now; an earlier one is not heard.
    turn: Cell<u32>,
    /// Whose recents and favourites are shown.
    owner: RefCell<Private>,
    /// The phone account at the time.
    account: RefCell<Private>,
    /// Whose calls were seen last.
    seen: RefCell<Private>,
    /// They are being read, or were.
    reading: Cell<bool>,
    /// They were read.
    read: Cell<bool>,
    /// They are being written.
    writing: Cell<bool>,
    /// They changed since.
    stale: Cell<bool>,
}

impl Desk {
    /// The directory as it is now.
    pub(crate) fn directory(&self) -> Rc<Directory> {
        self.open_book();
        Rc::clone(&self.book.shown.borrow())
    }

    /// Mark somebody as a favourite, or no longer; the number tells whom.
    pub(crate) fn set_favourite(&self, entry: &Entry, on: bool) {
        if entry.number.is_empty() {
            return;
        }
        self.open_book();
        self.change_kept(|directory| {
            directory.favourites.retain(|known| known.number != entry.number);
            if on {
                directory.favourites.push(entry.clone());
                let most = directory.favourites.len().saturating_sub(kept::MOST_FAVOURITES);
                directory.favourites.drain(..most);
            }
        });
    }

    /// The agent's state went from one to the next: a call that ended is a recent one.
    ///
    /// Runs with every change; what it finds mostly is that nothing ended.
    #[inline(never)]
    pub(crate) fn note_ended(&self, before: &Snapshot, after: &Snapshot) {
        let owner = self.owner();
        let seen = self.book.seen.replace(owner.clone());
        if !seen.is_empty() && seen != owner {
            // Somebody else is here: the calls of the one before did not end, they were put away.
            return;
        }
        for call in before.calls.iter().filter(|call| call.phase != Phase::WrapUp) {
            if after.calls.iter().find(|known| known.id == call.id).is_none_or(|known| known.phase == Phase::WrapUp) {
                self.ended(call, before, after);
            }
        }
    }

    #[inline(never)]
    fn ended(&self, call: &CallView, before: &Snapshot, after: &Snapshot) {
        let Some(party) = call.party().map(|connection| &connection.party).filter(|party| !party.number.is_empty()) else { return };
        // The core says which calls were missed: one that was declined, or answered by a colleague, is not.
        let missed = || {
            let known = |id| before.problems.iter().any(|problem| problem.id == id);
            let mut new = after.problems.iter().filter(|problem| !known(problem.id));
            new.any(|problem| problem.kind == ProblemKind::Missed && problem.number == party.number)
        };
        let how = match (call.direction, call.answered) {
            (Direction::Out, _) => How::Out,
            (Direction::In, None) if missed() => How::Missed,
            (Direction::In, _) => How::In,
        };
        let record = call.record.as_ref().filter(|_| call.consults.is_none()).map(|record| &record.name);
        let name = record.filter(|name| !name.is_empty()).unwrap_or(&party.name).clone();
        let entry = Entry { kind: EntryKind::Other, id: String::new(), name, number: party.number.clone(), detail: Private::default() };
        self.open_book();
        self.change_kept(|directory| {
            directory.recents.retain(|known| known.entry.number != entry.number);
            directory.recents.insert(0, Recent { entry, how, at: clock::now().wall });
            directory.recents.truncate(kept::MOST_RECENTS);
        });
    }

    /// Change what is shown, and tell who watches.
    fn change_directory(&self, change: impl FnOnce(&mut Directory)) {
        let mut next = Directory::clone(&self.book.shown.borrow());
        change(&mut next);
        if next != **self.book.shown.borrow() {
            self.book.shown.replace(Rc::new(next));
            self.look_again();
        }
    }

    /// The same for what is kept.
    fn change_kept(&self, change: impl FnOnce(&mut Directory)) {
        self.change_directory(change);
        self.write_book();
    }
}
