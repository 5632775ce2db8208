//! Which record of Salesforce the call belongs to.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, CrmState, PageView, RecordFields, RecordRef, RecordSource};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::later;
use crate::{
    dom::{El, el, focus},
    model::Desk,
    parts::{Icon, icon, key_of},
    words,
};

/// What can be said about the record.
#[derive(Eq, PartialEq)]
enum Found {
    Nothing,
    One(RecordRef),
    Several(Vec<RecordRef>),
}

/// The record, or the choice among several, or why there is none.
#[inline(never)]
pub(crate) fn matches(desk: &Desk, id: CallId) -> El {
    let found = move |desk: &Desk| {
        desk.call(id, |call| match (call.matches.len(), &call.record) {
            (2.., _) => Some(Found::Several(call.matches.clone())),
            (_, Some(record)) => Some(Found::One(record.clone())),
            _ => None,
        })
        .unwrap_or(Found::Nothing)
    };
    let nothing = move |desk: &Desk| {
        let crm = desk.snapshot().crm.state;
        desk.call(id, |call| match (call.searching, crm) {
            _ if call.record.is_some() || call.matches.len() > 1 => "",
            (true, CrmState::Ready) => words::MATCHES_SEARCHING,
            (false, CrmState::Ready) => words::MATCHES_NONE,
            _ => "",
        })
    };
    el("div", "call-record")
        .part(desk, found, move |desk, found| match found {
            Found::Nothing => None,
            Found::One(record) => Some(one(desk, id, record)),
            Found::Several(records) => Some(choice(desk, id, records)),
        })
        .part(desk, move |desk| desk.call(id, fields_of), |_, fields| fields.as_ref().map(later::fields))
        .part(
            desk,
            move |desk| desk.call(id, |call| call.cases.clone()),
            move |desk, cases| (!cases.is_empty()).then(|| later::cases(desk, id, cases)),
        )
        .part_if(desk, move |desk| desk.call(id, wants_page), move |desk| later::waits(desk, id))
        .with(
            el("p", "call-more")
                .attr("role", "status")
                .id("matches-state")
                .hidden(desk, move |desk| nothing(desk).is_empty())
                .says(desk, move |desk| nothing(desk).to_owned()),
        )
}

/// What the layout shows of the record, if there is one.
fn fields_of(call: &CallView) -> Option<RecordFields> {
    let record = call.record.as_ref()?;
    call.fields.iter().find(|fields| fields.record == record.id).cloned()
}

/// The page waits, or there is one although nothing was found: the layout's new record, say.
fn wants_page(call: &CallView) -> bool {
    let offered = call.record.is_none() && call.matches.len() < 2 && call.refused(CommandKind::PopNow).is_none();
    call.page != PageView::Quiet || offered
}

#[inline(never)]
fn one(desk: &Desk, id: CallId, record: &RecordRef) -> El {
    let label = [words::OPEN_RECORD, ": ", name_of(record)].concat();
    let select = AgentCommand::Select(id, Some(record.clone()));
    el("button", "record")
        .attr("type", "button")
        .id("record")
        .attr("data-record", &record.id)
        .attr("title", &label)
        .attr("aria-label", &label)
        .with(icon(Icon::Person))
        .all(named(name_of(record), &record.object))
        .on("click", desk, move |desk, _| {
            desk.command(select.clone());
        })
}

#[inline(never)]
fn choice(desk: &Desk, id: CallId, records: &[RecordRef]) -> El {
    let options = records.iter().enumerate().map(|(index, record)| option(desk, id, &format!("match-{index}"), Some(record)));
    el("fieldset", "matches")
        .id("matches")
        .with(el("legend", "").text(words::MATCHES))
        .all(options)
        .with(option(desk, id, "match-none", None))
        .on("keydown", desk, |_, event| key(event))
}

/// What is chosen opens at once. Arrow keys would choose everything they pass, so they only go from one to the next; Space chooses, and Enter.
#[inline(never)]
fn key(event: &Event) {
    let Some(radio) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let label = |to: fn(&Element) -> Option<Element>| radio.parent_element().as_ref().and_then(to);
    let next = match key_of(event).as_deref() {
        Some("ArrowDown" | "ArrowRight") => label(Element::next_element_sibling),
        Some("ArrowUp" | "ArrowLeft") => label(Element::previous_element_sibling),
        Some("Enter") => {
            event.prevent_default();
            return radio.click();
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next.and_then(|label| label.query_selector("input").ok().flatten()) {
        focus(&next);
    }
}

/// Radio buttons: screen readers know them.
#[inline(never)]
fn option(desk: &Desk, id: CallId, testid: &str, record: Option<&RecordRef>) -> El {
    let radio = el("input", "").attr("type", "radio").attr("name", &format!("match-{}", id.0));
    let field = radio.cast::<HtmlInputElement>();
    let key = record.map(|record| record.id.clone());
    desk.watch(Rc::new(move |desk| {
        // Nothing chosen yet looks the same as "none of these" in the snapshot, so that one is never shown as chosen.
        if key.is_some() && desk.call(id, chosen) == key {
            field.set_checked(true);
        }
    }));
    let select = AgentCommand::Select(id, record.cloned());
    let radio = radio.attr_if("disabled", desk, move |desk| desk.refused(id, CommandKind::Select).map(|_| "")).on(
        "change",
        desk,
        move |desk, _| {
            desk.command(select.clone());
        },
    );
    let (name, object) = record.map_or((words::MATCHES_NOBODY, ""), |record| (name_of(record), record.object.as_str()));
    let detail = record.map(|record| desk.call(id, |call| later::first_field(call, &record.id))).unwrap_or_default();
    let detail = (!detail.is_empty()).then(|| el("span", "record-object").text(&detail));
    el("label", "match").id(testid).with(radio).all(named(name, object)).all(detail)
}

/// The record of the call, or the contact who was chosen beside the record the call was dialed from.
fn chosen(call: &CallView) -> Option<String> {
    let record = call.record.as_ref()?;
    let several = call.matches.iter().filter(|record| record.is("Contact", "003")).count() > 1;
    let beside = record.partner.as_ref().filter(|_| several && call.record_source == Some(RecordSource::Dialed));
    let offered = beside.filter(|partner| call.matches.iter().any(|record| record.id == **partner));
    Some(offered.unwrap_or(&record.id).clone())
}

/// A record that came with a call is an id at first: better than a button without a name.
fn name_of(record: &RecordRef) -> &str {
    if record.name.is_empty() { &record.id } else { record.name.reveal() }
}

fn named(name: &str, object: &str) -> [El; 2] {
    [el("span", "record-name").text(name), el("span", "record-object").text(object)]
}
