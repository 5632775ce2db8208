//! The directory as plain data.

use hookswitch_shell::{DirectoryPage, Entry, Recent};
use serde::Serialize;

/// [`Entry`] as JavaScript sees it; `types/status.d.ts` describes it.
#[derive(Serialize)]
pub(crate) struct EntryView<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    number: &'a str,
    detail: &'a str,
}

/// [`Recent`] as JavaScript sees it.
#[derive(Serialize)]
pub(crate) struct RecentView<'a> {
    name: &'a str,
    number: &'a str,
    how: &'static str,
    at: u64,
}

/// [`DirectoryPage`] as JavaScript sees it.
#[derive(Serialize)]
pub(crate) struct PageView<'a> {
    page: u32,
    more: bool,
    entries: Vec<EntryView<'a>>,
    refused: Vec<&'static str>,
}

impl<'a> EntryView<'a> {
    pub(crate) fn new(entry: &'a Entry) -> Self {
        let (name, number, detail) = (entry.name.reveal(), entry.number.reveal(), entry.detail.reveal());
        Self { kind: entry.kind.word(), id: &entry.id, name, number, detail }
    }
}

impl<'a> RecentView<'a> {
    pub(crate) fn new(recent: &'a Recent) -> Self {
        let (name, number) = (recent.entry.name.reveal(), recent.entry.number.reveal());
        Self { name, number, how: recent.how.word(), at: recent.at }
    }
}

impl<'a> PageView<'a> {
    pub(crate) fn new(page: &'a DirectoryPage) -> Self {
        let entries = page.entries.iter().map(EntryView::new).collect();
        Self { page: page.page, more: page.more, entries, refused: page.refused.iter().map(|kind| kind.word()).collect() }
    }
}
