//! Search as an index does it: by the words that were stored, never by normalised digits.
//!
//! A stored text is cut at everything that is no letter or digit. `(415) 555-0100` is stored as the three words `415`, `555` and `0100`;
//! `4155550100` as one. So the first is found by `415 555 0100` and not by `4155550100`.
//!
//! A query is one or more branches joined by ` OR `. A branch matches a record if one field holds all its words; words in quotes must
//! stand there side by side; a word with `*` behind it matches the beginning of one.
//!
//! Which fields Salesforce searches is not documented for the softphone; here it is every text, phone and e-mail field of the objects in
//! question, as a global search does.

use super::{Id, Org, Record};

/// How many characters a search needs.
pub const MIN_SEARCH: usize = 3;

/// The words a text is stored under.
///
/// ```
/// use hookswitch_lightning::tokens;
///
/// assert_eq!(tokens("(415) 555-0100 x12"), ["415", "555", "0100", "x12"]);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

impl Org {
    /// The records of these objects that match, in the order of the objects and then of their making; nothing for a text too short.
    ///
    /// Of a person account only the account is found where accounts are searched, and its contact only where they are not.
    #[must_use]
    pub fn search(&self, text: &str, objects: &[&str]) -> Vec<&Record> {
        let query = Query::read(text);
        let mut found: Vec<&Record> = Vec::new();
        for object in objects {
            for record in self.records(object) {
                let twin = *object == "Contact" && record.is_person() && objects.contains(&"Account");
                if !twin && query.matches(self, record) {
                    found.push(record);
                }
            }
        }
        found
    }

    /// What the search box at the top of the page finds: every object but tasks.
    #[must_use]
    pub fn global_search(&self, text: &str) -> Vec<&Record> {
        let objects: Vec<&str> = self.objects.iter().map(|object| object.name.as_str()).filter(|name| *name != "Task").collect();
        self.search(text, &objects)
    }

    /// Whether the text is long enough to be searched.
    #[must_use]
    pub fn searchable(text: &str) -> bool {
        !Query::read(text).branches.is_empty()
    }

    /// The ids of what matches, for comparing.
    #[must_use]
    pub fn search_ids(&self, text: &str, objects: &[&str]) -> Vec<Id> {
        self.search(text, objects).into_iter().map(|record| record.id.clone()).collect()
    }
}

/// A search text, read.
struct Query {
    branches: Vec<Vec<Phrase>>,
}

/// Words that must stand side by side; the last may be a beginning.
struct Phrase {
    words: Vec<String>,
    beginning: bool,
}

impl Query {
    /// Reads a text; branches that are too short are left out.
    fn read(text: &str) -> Self {
        let branches = text.split(" OR ").map(str::trim).filter(|branch| branch.chars().count() >= MIN_SEARCH).map(phrases);
        Self { branches: branches.filter(|branch| !branch.is_empty()).collect() }
    }

    fn matches(&self, org: &Org, record: &Record) -> bool {
        let fields = org.object(&record.object).map(|object| object.fields.as_slice()).unwrap_or_default();
        let stored = fields.iter().filter(|field| field.kind.searched()).filter_map(|field| record.text(&field.name));
        stored.map(tokens).any(|words| self.branches.iter().any(|branch| branch.iter().all(|phrase| phrase.within(&words))))
    }
}

impl Phrase {
    fn within(&self, stored: &[String]) -> bool {
        let fits = |(place, word): (usize, &String), stored: &String| {
            let last = place + 1 == self.words.len();
            if self.beginning && last { stored.starts_with(word.as_str()) } else { stored == word }
        };
        stored.windows(self.words.len()).any(|window| self.words.iter().enumerate().zip(window).all(|(word, stored)| fits(word, stored)))
    }
}

/// A branch's phrases: each quoted part is one, and so is each word outside of quotes.
fn phrases(branch: &str) -> Vec<Phrase> {
    let mut all = Vec::new();
    for (place, part) in branch.split('"').enumerate() {
        // Quotes come in pairs, so every second part stands between two.
        if place % 2 == 1 {
            let words = tokens(part);
            if !words.is_empty() {
                all.push(Phrase { words, beginning: part.ends_with('*') });
            }
            continue;
        }
        for typed in part.split_whitespace() {
            let words = tokens(typed);
            let count = words.len();
            for (place, word) in words.into_iter().enumerate() {
                all.push(Phrase { words: vec![word], beginning: typed.ends_with('*') && place + 1 == count });
            }
        }
    }
    all
}
