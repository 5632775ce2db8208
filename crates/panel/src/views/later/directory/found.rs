//! What Salesforce finds for a text that is being typed.

use std::{cell::RefCell, rc::Rc};

use hookswitch_shell::{EntryKind, Search};

use super::{Row, Use, entries};
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{Action, Icon, after, icon},
    words,
};

/// Searches for the text once it has rested, and shows how that goes.
#[inline(never)]
pub(super) fn found(desk: &Desk, text: &Held<String>, used: &Use) -> El {
    search_at_rest(desk, text);
    let each = || text.clone();
    let (listed, told, problem, refused, more, next) = (each(), each(), each(), each(), each(), each());
    let rows = move |desk: &Desk| match current(desk, &listed) {
        Search::Found { page, .. } => page.entries.into_iter().map(|entry| Row { entry, how: None, at: None }).collect(),
        _ => Vec::new(),
    };
    let status = el("p", "call-more").attr("role", "status").id("directory-state");
    let failed = el("p", "book-problem").attr("role", "alert").id("directory-problem");
    let missing = el("p", "call-more").id("directory-refused");
    el("div", "found")
        .with(status.says(desk, move |desk| state(&current(desk, &told))))
        .with(failed.part(
            desk,
            move |desk| words_of(&current(desk, &problem)),
            |_, words| (!words.is_empty()).then(|| el("span", "").with(icon(Icon::Warning)).text(words)),
        ))
        .with(entries(desk, rows, used).id("found"))
        .with(missing.says(desk, move |desk| refusals(&current(desk, &refused))))
        .part_if(
            desk,
            move |desk| matches!(current(desk, &more), Search::Found { page, .. } if page.more),
            move |desk| {
                let next = next.clone();
                let press = move |desk: &Desk| {
                    if let Search::Found { text, page, more_asked: false } = current(desk, &next) {
                        desk.search(&text, page.page + 1);
                    }
                };
                Action::new("plain", "directory-more", Icon::Chevron, words::SHOW_MORE, press).view(desk)
            },
        )
}

/// The search, if it is that of the text that stands there now.
fn current(desk: &Desk, text: &Held<String>) -> Search {
    let search = desk.directory().search.clone();
    let (Search::Failed { text: of, .. } | Search::Found { text: of, .. } | Search::Searching { text: of }) = &search else {
        return Search::Idle;
    };
    if *of == text.get().trim() { search } else { Search::Idle }
}

fn search_at_rest(desk: &Desk, text: &Held<String>) {
    let (text, last) = (text.clone(), Rc::new(RefCell::new(String::new())));
    desk.watch(Rc::new(move |desk| {
        let typed = text.get().trim().to_owned();
        if *last.borrow() == typed {
            return;
        }
        last.replace(typed.clone());
        let (desk, last) = (desk.clone(), Rc::clone(&last));
        after(REST_MS, move || {
            if *last.borrow() == typed {
                desk.search(&typed, 0);
            }
        });
    }));
}

fn state(search: &Search) -> String {
    match search {
        Search::Searching { .. } => words::DIRECTORY_SEARCHING.to_owned(),
        Search::Found { page, .. } => words::people_found(page.entries.len()),
        _ => String::new(),
    }
}

fn words_of(search: &Search) -> String {
    match search {
        Search::Failed { problem, .. } => [words::DIRECTORY_FAILED, " ", &problem.words].concat(),
        _ => String::new(),
    }
}

fn refusals(search: &Search) -> String {
    match search {
        Search::Found { page, .. } if !page.refused.is_empty() => {
            let kinds: Vec<_> = page.refused.iter().map(|kind| plural(*kind)).collect();
            [words::NOT_TO_BE_READ, " ", &kinds.join(", "), "."].concat()
        }
        _ => String::new(),
    }
}

const fn plural(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Contact => words::CONTACTS,
        EntryKind::Number => words::NUMBERS,
        EntryKind::User => words::COLLEAGUES,
        _ => "",
    }
}

/// So long nothing is typed before Salesforce is asked: a search per letter would cost the org more than it gives the agent.
const REST_MS: i32 = 300;
