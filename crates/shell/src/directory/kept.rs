//! Recents and favourites from one page to the next: of each person apart, encrypted with the org's key, and not for ever.

use std::rc::Rc;

use hookswitch_core::Private;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{Directory, Entry, Recent};
use crate::{clock, desk::Desk, read::Reader, spawn::spawn};

impl Desk {
    /// See whose desk it is, and begin to read what that person left here.
    pub(super) fn open_book(&self) {
        let (owner, account) = (self.owner(), self.snapshot().agent.identity.clone());
        let before = self.book.owner.replace(owner.clone());
        let had = self.book.account.replace(account.clone());
        if (&before, &had) != (&owner, &account) {
            self.book.reading.set(false);
            self.book.read.set(false);
        }
        if before != owner {
            // What was collected before anybody knew who is here belongs to whoever it is; and while the phone account stood in for a user.
            let stood_in = self.asked_who.get() && !before.is_empty() && before == account;
            if stood_in {
                self.book.stale.set(true);
            } else if !before.is_empty() {
                // Nor is an answer for the one before shown to the next.
                self.book.turn.set(self.book.turn.get().wrapping_add(1));
                self.change_directory(|directory| *directory = Directory::default());
            }
        }
        if owner.is_empty() || self.book.reading.replace(true) {
            return;
        }
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            let stored = desk.stored_books().await;
            if *desk.book.owner.borrow() != owner || *desk.book.account.borrow() != account {
                return;
            }
            let Some(all) = stored else {
                // What cannot be read is not written over. It is tried again when the directory is looked at next.
                desk.book.reading.set(false);
                return;
            };
            let whose = Whose::of(owner.clone(), account, desk.asked_who.get(), &all);
            let (mut recents, mut favourites) = (Vec::new(), Vec::new());
            for book in all.iter().filter(|book| whose.is_mine(book)) {
                let (called, marked) = read(book, clock::now().wall);
                recents.extend(called);
                favourites.extend(marked);
                // Kept under the user from now on.
                desk.book.stale.set(desk.book.stale.get() || !belongs_to(book, &owner));
            }
            desk.change_directory(|directory| {
                for recent in recents {
                    if directory.recents.len() < MOST_RECENTS
                        && directory.recents.iter().all(|known| known.entry.number != recent.entry.number)
                    {
                        directory.recents.push(recent);
                    }
                }
                let newer = std::mem::take(&mut directory.favourites);
                for entry in favourites.into_iter().chain(newer) {
                    if directory.favourites.len() < MOST_FAVOURITES && !directory.is_favourite(&entry.number) {
                        directory.favourites.push(entry);
                    }
                }
                directory.recents.sort_by_key(|recent| std::cmp::Reverse(recent.at));
            });
            desk.book.read.set(true);
            if desk.book.stale.get() {
                desk.write_book();
            }
        });
    }

    /// Write what is shown; of several changes in a row the last is enough. Not before what was there is read, or it would be lost; and not
    /// before it is known whose it is.
    pub(super) fn write_book(&self) {
        self.book.stale.set(true);
        if !self.book.read.get() || self.book.writing.replace(true) {
            return;
        }
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            // Another person may have come meanwhile, whose own must be read first.
            while desk.book.read.get() && desk.book.stale.replace(false) {
                let (owner, account) = (desk.book.owner.borrow().clone(), desk.book.account.borrow().clone());
                let now = clock::now().wall;
                let directory = Rc::clone(&desk.book.shown.borrow());
                let Some(stored) = desk.stored_books().await else { break };
                let whose = Whose::of(owner, account, desk.asked_who.get(), &stored);
                let others = stored.iter().filter(|book| !whose.is_mine(book) && is_fresh(book, now));
                let books: Array = others.take(MOST_BOOKS - 1).map(|book| without_the_old(book.clone(), now)).collect();
                books.unshift(&whose.write(&directory, now));
                let text = JSON::stringify(&books).ok().and_then(|text| text.as_string());
                if let (Some(store), Some(text)) = (desk.store.get(), text) {
                    store.seal(BOOKS, text.as_bytes()).await;
                }
            }
            desk.book.writing.set(false);
        });
    }

    /// What everybody left here; none if it cannot be read now.
    async fn stored_books(&self) -> Option<Vec<JsValue>> {
        let Some(bytes) = self.store.get()?.unseal(BOOKS).await? else { return Some(Vec::new()) };
        let books = String::from_utf8(bytes).ok().and_then(|text| JSON::parse(&text).ok());
        Some(books.and_then(|books| books.dyn_into::<Array>().ok()).map(|books| books.to_vec()).unwrap_or_default())
    }
}

/// Whose a book is.
struct Whose {
    owner: Private,
    /// The phone account.
    account: Private,
    /// The agent is to be known by the Salesforce user.
    by_user: bool,
    /// What was kept while the phone account stood in for a user is this user's.
    takes_over: bool,
}

impl Whose {
    fn of(owner: Private, account: Private, by_user: bool, all: &[JsValue]) -> Self {
        // A phone that another user had, too, does not say whose it was.
        let shared = all.iter().any(|book| text(book, ACCOUNT).as_deref() == Some(account.reveal()) && !belongs_to(book, &owner));
        Self { takes_over: by_user && !shared && !account.is_empty() && owner != account, owner, account, by_user }
    }

    fn is_mine(&self, book: &JsValue) -> bool {
        belongs_to(book, &self.owner) || (self.takes_over && belongs_to(book, &self.account) && text(book, STANDS_IN).is_some())
    }

    fn write(&self, directory: &Directory, now: u64) -> Object {
        let book = Object::new();
        let recents: Array = directory.recents.iter().map(Recent::write).collect();
        let favourites: Array = directory.favourites.iter().map(Entry::write).collect();
        let mut fields: Vec<(&str, JsValue)> = vec![
            ("owner", self.owner.reveal().into()),
            ("seen", (now as f64).into()),
            ("recents", recents.into()),
            ("favourites", favourites.into()),
        ];
        if self.by_user {
            fields.push(if self.owner == self.account { (STANDS_IN, "user".into()) } else { (ACCOUNT, self.account.reveal().into()) });
        }
        for (name, value) in fields {
            // Cannot fail on a plain object made here.
            let _ = Reflect::set(&book, &name.into(), &value);
        }
        book
    }
}

fn belongs_to(book: &JsValue, owner: &Private) -> bool {
    text(book, "owner").is_some_and(|known| known == owner.reveal())
}

fn text(book: &JsValue, name: &'static str) -> Option<String> {
    Reader::new(book, BOOKS).and_then(|book| book.text(name)).ok()
}

fn is_fresh(book: &JsValue, now: u64) -> bool {
    let seen = Reader::new(book, BOOKS).and_then(|book| book.whole("seen"));
    seen.is_ok_and(|seen| is_within(seen, now, OWNER_MS))
}

/// Not too long ago; nor far ahead, as a clock that was wrong would have it.
const fn is_within(at: u64, now: u64, ms: u64) -> bool {
    at < now.saturating_add(SLACK_MS) && now.saturating_sub(at) < ms
}

/// An absent owner's customers are not kept longer than one's own.
fn without_the_old(book: JsValue, now: u64) -> JsValue {
    let kept: Array = read(&book, now).0.iter().map(Recent::write).collect();
    // Cannot fail on a plain object read from JSON.
    let _ = Reflect::set(&book, &"recents".into(), &kept);
    book
}

/// What can be read of it; an entry that cannot is left out.
fn read(book: &JsValue, now: u64) -> (Vec<Recent>, Vec<Entry>) {
    let list = |name| Reader::new(book, BOOKS).and_then(|book| book.list(name)).unwrap_or_default();
    let recents = list("recents").into_iter().filter_map(|recent| Recent::read(&recent).ok());
    let recents = recents.filter(|recent| is_within(recent.at, now, RECENT_MS)).take(MOST_RECENTS).collect();
    let favourites = list("favourites").into_iter().filter_map(|entry| Entry::read(&entry).ok()).take(MOST_FAVOURITES).collect();
    (recents, favourites)
}

/// The phone account that a user had.
const ACCOUNT: &str = "account";
/// For whom the phone account stood: a user who was not known yet.
const STANDS_IN: &str = "standsIn";
/// What it is stored as.
const BOOKS: &str = "directory";
/// A panel's height of them; an older number is in the log.
pub(super) const MOST_RECENTS: usize = 30;
/// More are a directory of their own.
pub(super) const MOST_FAVOURITES: usize = 50;
/// A shared desk has so many people in a week.
const MOST_BOOKS: usize = 8;
/// Customers' numbers are kept as long as an unsent log is by default: a week.
const RECENT_MS: u64 = 7 * 86_400_000;
/// Clocks are set.
const SLACK_MS: u64 = 86_400_000;
/// Whoever was not here for a quarter of a year does not come back for favourites.
const OWNER_MS: u64 = 90 * 86_400_000;
