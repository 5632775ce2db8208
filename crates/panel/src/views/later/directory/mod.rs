//! Whom to call: people found in Salesforce, favourites, recent numbers; for a call, or for the field of a transfer.

mod entries;
mod found;

use std::rc::Rc;

use hookswitch_core::{AgentCommand, DialSource, RecordRef, settings::ViewKind};
use hookswitch_shell::{Directory, Entry, EntryKind, Phone, Recent};
use web_sys::{Event, HtmlInputElement};

use crate::{
    dom::{El, Held, el, focus},
    model::{Desk, Finder},
    parts::later,
    words,
};
use entries::{Row, entries};
use found::found;

/// What a press on somebody does.
#[derive(Clone)]
pub(crate) struct Use {
    /// What it is called, for a screen reader.
    verb: &'static str,
    /// The code why it cannot be done now.
    refused: fn(&Desk) -> Option<&'static str>,
    take: Rc<Take>,
}

type Take = dyn Fn(&Desk, &Entry);

impl Use {
    /// Calls.
    pub(crate) fn call() -> Self {
        let take = |desk: &Desk, entry: &Entry| {
            let record = RecordRef { id: entry.id.clone(), object: "Contact".into(), name: entry.name.clone(), partner: None };
            let source = match entry.kind {
                // Known before the call: the log needs no search.
                EntryKind::Contact => DialSource::Click { record: Some(record), partner: None, work: None },
                EntryKind::Other => DialSource::Redial,
                _ => DialSource::DialPad,
            };
            desk.command(AgentCommand::Dial { number: entry.number.clone(), source });
        };
        Self { verb: words::CALL, refused: |desk| desk.snapshot().dial, take: Rc::new(take) }
    }

    /// Puts the number into a field, where it can be seen before something is done with it.
    pub(crate) fn fill(field: HtmlInputElement) -> Self {
        let take = move |_: &Desk, entry: &Entry| {
            field.set_value(entry.number.reveal());
            // What can be done with it is the next thing behind the field.
            focus(&field);
        };
        Self { verb: words::TAKE_NUMBER, refused: |_| None, take: Rc::new(take) }
    }
}

/// A fold was opened or closed.
#[inline(never)]
pub(crate) fn opened(desk: &Desk, event: &Event, open: &Held<bool>) {
    let Some(fold) = event.current_target() else { return };
    let fold = El::of(wasm_bindgen::JsCast::unchecked_into(fold));
    open.set(desk, fold.element().has_attribute("open"));
    if let Some(field) = fold.element().query_selector("input").ok().flatten().filter(|_| open.get()) {
        later(move || focus(&field));
    }
}

/// What is in a fold.
#[inline(never)]
pub(crate) fn book(desk: &Desk, kind: ViewKind) -> El {
    if kind == ViewKind::History {
        let rows = |desk: &Desk| desk.directory().recents.iter().map(Row::of).collect::<Vec<_>>();
        return el("div", "book").id("recents").with(entries(desk, rows, &Use::call())).with(nothing(
            desk,
            words::NO_RECENTS,
            |directory| directory.recents.is_empty(),
        ));
    }
    people(desk, "directory-search", &Use::call())
}

/// The directory within another form.
#[inline(never)]
pub(crate) fn picker(desk: &Desk, field: HtmlInputElement) -> El {
    let fold = el("details", "fold").id("pass-directory").with(el("summary", "").id("pass-directory-open").text(words::FROM_DIRECTORY));
    let open = Held::<bool>::default();
    let shown = open.clone();
    fold.on("toggle", desk, move |desk, event| opened(desk, event, &open)).part_if(
        desk,
        move |_| shown.get(),
        move |desk| people(desk, "pass-search", &Use::fill(field.clone())),
    )
}

/// Colleagues and others that fit a name typed into the dial pad.
#[inline(never)]
pub(crate) fn suggestions(desk: &Desk, typed: &Held<String>) -> El {
    el("div", "book suggestions").id("suggestions").with(found(desk, typed, &Use::call()))
}

/// A search, and below it who is known without one.
#[inline(never)]
fn people(desk: &Desk, testid: &'static str, used: &Use) -> El {
    let text = Held::<String>::default();
    let input = el("input", "").id(testid).attr("type", "search").attr("autocomplete", "off").attr("spellcheck", "false");
    let input = input.attr("aria-label", words::DIRECTORY_SEARCH).attr("placeholder", words::DIRECTORY_SEARCH);
    let (field, typed) = (input.cast::<HtmlInputElement>(), text.clone());
    let input = input.on("input", desk, move |desk, _| typed.set(desk, field.value()));
    let (marked, called) = (text.clone(), text.clone());
    let favourites = move |desk: &Desk| fitting(desk.directory().favourites.iter().map(Row::marked), &marked);
    let recents = move |desk: &Desk| fitting(desk.directory().recents.iter().map(Row::of), &called);
    el("div", "book")
        .with(input)
        .with(found(desk, &text, used))
        .with(titled(desk, words::FAVOURITES, favourites.clone()))
        .with(entries(desk, favourites, used).id("favourites"))
        .with(titled(desk, words::HISTORY, recents.clone()))
        .with(entries(desk, recents, used).id("known"))
        .with(nothing(desk, words::NOBODY_KNOWN, |directory| directory.favourites.is_empty() && directory.recents.is_empty()))
}

fn titled(desk: &Desk, title: &str, rows: impl Fn(&Desk) -> Vec<Row> + 'static) -> El {
    el("h3", "book-title").text(title).hidden(desk, move |desk| rows(desk).is_empty())
}

fn nothing(desk: &Desk, words: &str, empty: fn(&Directory) -> bool) -> El {
    el("p", "call-more").text(words).hidden(desk, move |desk| !empty(&desk.directory()))
}

/// Those whose name, number or detail holds what is typed.
fn fitting(rows: impl Iterator<Item = Row>, text: &Held<String>) -> Vec<Row> {
    let text = text.get().trim().to_lowercase();
    let holds = |row: &Row| {
        let entry = &row.entry;
        [&entry.name, &entry.number, &entry.detail].into_iter().any(|field| field.reveal().to_lowercase().contains(&text))
    };
    rows.filter(holds).collect()
}

impl Row {
    /// A recent number, with what became of the call.
    fn of(recent: &Recent) -> Self {
        Self { entry: recent.entry.clone(), how: Some(recent.how), at: Some(recent.at) }
    }

    fn marked(entry: &Entry) -> Self {
        Self { entry: entry.clone(), how: None, at: None }
    }
}

/// The running phone knows.
impl Finder for Phone {
    fn directory(&self) -> Rc<Directory> {
        Self::directory(self)
    }

    fn search(&self, text: &str, page: u32) {
        self.search_directory(text, page);
    }

    fn set_favourite(&self, entry: &Entry, on: bool) {
        Self::set_favourite(self, entry, on);
    }
}
