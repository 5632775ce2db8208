//! A list of people: one button each, and a star.

use std::rc::Rc;

use hookswitch_shell::{Entry, EntryKind, How};

use super::Use;
use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// Somebody in a list.
#[derive(Clone, Eq, PartialEq)]
pub(super) struct Row {
    pub(super) entry: Entry,
    /// For a recent number: what became of the call, and when it ended.
    pub(super) how: Option<How>,
    pub(super) at: Option<u64>,
}

/// The list; made anew when somebody comes or goes.
#[inline(never)]
pub(super) fn entries(desk: &Desk, rows: impl Fn(&Desk) -> Vec<Row> + 'static, used: &Use) -> El {
    let used = used.clone();
    el("div", "entries").part(desk, rows, move |desk, rows| {
        let list = el("ul", "");
        (!rows.is_empty()).then(|| list.all(rows.iter().map(|row| one(desk, row, &used))))
    })
}

#[inline(never)]
fn one(desk: &Desk, row: &Row, used: &Use) -> El {
    let entry = Rc::new(row.entry.clone());
    let name = if entry.name.is_empty() { entry.number.reveal() } else { entry.name.reveal() };
    let more: Vec<String> = [
        row.how.map(words::how).unwrap_or_default().to_owned(),
        row.at.map(time_of).unwrap_or_default(),
        words::kind_of_entry(entry.kind).to_owned(),
        entry.detail.reveal().to_owned(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    let more = more.join(" · ");
    let label = [used.verb, " ", name, ", ", entry.number.reveal(), if more.is_empty() { "" } else { ", " }, &more].concat();
    let drawing = match (row.how, entry.kind) {
        (Some(How::Missed), _) => Icon::Warning,
        (Some(_), _) => Icon::Clock,
        (None, EntryKind::Number) => Icon::People,
        (None, EntryKind::Contact | EntryKind::User) => Icon::Person,
        _ => Icon::Handset,
    };
    let (refused, why, take, taken) = (used.refused, used.refused, Rc::clone(&used.take), Rc::clone(&entry));
    let press = el("button", "entry-take")
        .attr("type", "button")
        .id("entry")
        .attr("data-number", entry.number.reveal())
        .attr("aria-label", &label)
        .attr_if("aria-disabled", desk, move |desk| refused(desk).map(|_| "true"))
        .attr_if("title", desk, move |desk| why(desk).map(words::refusal))
        .on("click", desk, move |desk, _| {
            if refused(desk).is_none() {
                take(desk, &taken);
            }
        })
        .with(icon(drawing))
        .with(
            el("span", "entry-text")
                .with(el("span", "entry-name").text(name))
                .with(el("span", "entry-number number").text(entry.number.reveal()))
                .with(el("span", "entry-more").text(&more)),
        );
    let (pressed, star) = (Rc::clone(&entry), Rc::clone(&entry));
    let favourite = Action::new("quiet", "favourite", Icon::Star, words::FAVOURITE, move |desk| {
        desk.set_favourite(&star, !desk.directory().is_favourite(&star.number));
    });
    let favourite = favourite.switch(move |desk| desk.directory().is_favourite(&pressed.number));
    el("li", "entry").attr("role", "group").attr("aria-label", name).with(press).with(favourite.view(desk))
}

/// Day and time as the browser writes them here.
fn time_of(at: u64) -> String {
    let date = js_sys::Date::new(&(at as f64).into());
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "short"), ("timeStyle", "short")] {
        // Cannot fail on a plain object made here.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string("default", &options))
}
