//! Which record the log of a call goes to, why, and in which of the log's fields; and the page in view as another choice.

use hookswitch_core::{AgentCommand, CallId, CommandKind, LogPlace, RecordRef, RecordSource};

use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Icon},
    words,
};

/// One line of words, and one button where another page is open.
#[inline(never)]
pub(in crate::views) fn related(desk: &Desk, id: CallId) -> El {
    let why = move |desk: &Desk| {
        let place = desk.snapshot().crm.log_place;
        desk.call(id, |call| match call.logged {
            true => goes_to(place, call.record.as_ref(), call.record_source),
            false => words::LOG_NONE.to_owned(),
        })
    };
    el("div", "related").with(el("p", "call-more").id("related").attr("role", "status").says(desk, why)).part(
        desk,
        move |desk| other_page(desk, id),
        move |desk, page| page.as_ref().map(|page| take(desk, id, page)),
    )
}

/// The record in view, where the call does not belong to it already and its log can tell.
fn other_page(desk: &Desk, id: CallId) -> Option<RecordRef> {
    let page = desk.snapshot().crm.in_view.clone().filter(|_| desk.snapshot().crm.log_place != LogPlace::Nowhere)?;
    let same = desk.call(id, |call| {
        // Beside the record the call was dialed from it is on the log, too.
        let beside = call.record_source == Some(RecordSource::Dialed);
        call.record.as_ref().is_some_and(|record| record.id == page.id || (beside && record.who() == Some(&page.id)))
    });
    (!same && desk.call(id, |call| call.logged)).then_some(page)
}

#[inline(never)]
fn take(desk: &Desk, id: CallId, page: &RecordRef) -> El {
    let select = AgentCommand::Select(id, Some(page.clone()));
    let button = Action::new("plain", "take-page", Icon::Pen, words::TAKE_PAGE, move |desk| {
        desk.command(select.clone());
    });
    el("div", "related-other")
        .with(el("span", "record-name").text(page.name.reveal()))
        .with(button.unless(move |desk| desk.refused(id, CommandKind::Select)).view(desk))
}

/// The record, the fields of the log that name it, and why it is this one.
pub(super) fn goes_to(place: LogPlace, record: Option<&RecordRef>, source: Option<RecordSource>) -> String {
    if place == LogPlace::Nowhere {
        return words::LOG_NAMES_NONE.to_owned();
    }
    let Some(record) = record else { return words::LOG_ON_NOTHING.to_owned() };
    let fields = match (record.who(), record.what()) {
        (Some(_), Some(_)) => words::WHO_AND_WHAT,
        (Some(_), None) => words::WHO,
        (None, Some(_)) => words::WHAT,
        (None, None) if place == LogPlace::Task => return words::LOG_ON_NO_USER.to_owned(),
        (None, None) => "",
    };
    let fields = if place == LogPlace::Task { [" (", fields, ")"].concat() } else { String::new() };
    let name = if record.name.is_empty() { record.id.as_str() } else { record.name.reveal() };
    let why = source.map(words::source).unwrap_or_default();
    [words::LOG_ON, " ", name, &fields, ": ", why].concat()
}
