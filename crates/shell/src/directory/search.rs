//! Searching Salesforce's directory.

use hookswitch_opencti::Fields;
use wasm_bindgen::JsValue;

use super::{Entry, EntryKind};
use crate::{
    crm::ApexFailure,
    desk::Desk,
    read::{Malformed, Reader},
    spawn::spawn,
};

/// The search in the directory.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Search {
    /// It could not be done.
    Failed {
        /// What was searched.
        text: String,
        /// Why not.
        problem: DirectoryProblem,
    },
    /// It was done; of several pages all so far.
    Found {
        /// What was searched.
        text: String,
        /// What was found.
        page: DirectoryPage,
        /// Another page is on its way.
        more_asked: bool,
    },
    /// Nothing is searched, or too little: Salesforce wants two characters.
    #[default]
    Idle,
    /// It is under way.
    Searching {
        /// What is searched.
        text: String,
    },
}

/// What Salesforce found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DirectoryPage {
    /// Which page, from 0.
    pub page: u32,
    /// There is another one.
    pub more: bool,
    /// Directory numbers, then colleagues, then contacts; whoever has no number is left out.
    pub entries: Vec<Entry>,
    /// Kinds that are missing because the agent may not read them.
    pub refused: Vec<EntryKind>,
}

/// Why the directory cannot be searched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DirectoryProblem {
    /// A stable word.
    pub code: &'static str,
    /// Why, and what to do.
    pub words: String,
}

impl Desk {
    /// Search for a text. The next page of the same text is added to those before.
    pub(crate) fn search_directory(&self, text: &str, page: u32) {
        let text = trimmed(text);
        let turn = self.book.turn.get().wrapping_add(1);
        self.book.turn.set(turn);
        if text.chars().count() < SHORTEST {
            self.change_directory(|directory| directory.search = Search::Idle);
            return;
        }
        let mut before = DirectoryPage::default();
        self.change_directory(|directory| {
            match &mut directory.search {
                Search::Found { text: known, page: found, more_asked } if *known == text && page == found.page.saturating_add(1) => {
                    *more_asked = true;
                    before = found.clone();
                }
                search => *search = Search::Searching { text: text.clone() },
            };
        });
        let Some(desk) = self.this.upgrade() else { return };
        // What the class says of the page is not counted on: one that always has more must end, too.
        let asked = page;
        spawn(async move {
            let found = desk.find(&text, asked).await;
            // The agent typed on meanwhile.
            if desk.book.turn.get() != turn {
                return;
            }
            desk.change_directory(|directory| {
                directory.search = match found {
                    Ok(mut page) => {
                        let entries = std::mem::take(&mut page.entries);
                        page.page = asked;
                        page.more &= asked < LAST_PAGE;
                        page.entries = before.entries;
                        page.entries.extend(entries);
                        Search::Found { text, page, more_asked: false }
                    }
                    Err(problem) => Search::Failed { text, problem },
                };
            });
        });
    }

    /// A page of what Salesforce finds. The text goes as a parameter: it is encoded on the way, and bound where it is used.
    pub(crate) async fn find(&self, text: &str, page: u32) -> Result<DirectoryPage, DirectoryProblem> {
        let parameters = Fields::new().with("text", trimmed(text)).with("page", page.to_string());
        let answer = self.crm.apex("directory", parameters).await;
        answer.and_then(|page| read_page(&page).map_err(|_| ApexFailure::Unreadable)).map_err(|failure| {
            self.write("directory", failure.code());
            DirectoryProblem { code: failure.code(), words: failure.words() }
        })
    }
}

fn read_page(value: &JsValue) -> Result<DirectoryPage, Malformed> {
    let reader = Reader::new(value, "directory")?;
    let entries: Vec<Entry> = reader.list("entries")?.iter().map(Entry::read).collect::<Result<_, _>>()?;
    let refused = reader.list("refused")?.into_iter().filter_map(|kind| {
        let kind = kind.as_string()?;
        EntryKind::WORDS.into_iter().find(|(word, _)| *word == kind).map(|(_, kind)| kind)
    });
    Ok(DirectoryPage {
        page: u32::try_from(reader.whole("page")?).map_err(|_| Malformed("page"))?,
        more: reader.flag("more")?,
        // A record without a number is found by its name, but cannot be called.
        entries: entries.into_iter().filter(|entry| !entry.number.is_empty()).collect(),
        refused: refused.collect(),
    })
}

fn trimmed(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// More are not leafed through.
const LAST_PAGE: u32 = 49;
/// The class looks at no more characters, and does not answer for fewer.
const LONGEST: usize = 80;
const SHORTEST: usize = 2;
