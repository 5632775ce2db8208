//! The page Salesforce opens for a call, and what it shows of the record without it.

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, PageView, RecordFields, RecordRef};

use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Icon},
    words,
};

/// Why the page is not open, and the button that opens it; nothing while there is nothing to say.
pub(in crate::views) fn waits(desk: &Desk, id: CallId) -> El {
    let state = move |desk: &Desk| desk.call(id, |call| call.page);
    let words = move |desk: &Desk| match state(desk) {
        PageView::Waiting => words::PAGE_WAITING,
        PageView::Lapsed => words::PAGE_LAPSED,
        _ => "",
    };
    let open = Action::new("wide", "pop-now", Icon::Forward, words::PAGE_OPEN, move |desk| {
        desk.command(AgentCommand::PopNow(id));
    });
    el("div", "call-page")
        .with(
            el("p", "call-more")
                .attr("role", "status")
                .id("page-state")
                .hidden(desk, move |desk| words(desk).is_empty())
                .says(desk, move |desk| words(desk).to_owned()),
        )
        .with(open.unless(move |desk| desk.refused(id, CommandKind::PopNow)).view(desk))
}

/// The open cases of the customer: choosing one opens it, and it takes the log.
pub(in crate::views) fn cases(desk: &Desk, id: CallId, cases: &[RecordRef]) -> El {
    let one = |case: &RecordRef| {
        let select = AgentCommand::Select(id, Some(case.clone()));
        let key = case.id.clone();
        let chosen = move |desk: &Desk| desk.call(id, |call| call.record.as_ref().is_some_and(|record| record.id == key));
        el("button", "record")
            .attr("type", "button")
            .attr("data-record", &case.id)
            .attr_if("aria-pressed", desk, move |desk| Some(if chosen(desk) { "true" } else { "false" }))
            .attr_if("disabled", desk, move |desk| desk.refused(id, CommandKind::Select).map(|_| ""))
            .with(el("span", "record-name").text(case.name.reveal()))
            .on("click", desk, move |desk, _| {
                desk.command(select.clone());
            })
    };
    let title = el("p", "call-more").text(words::CASES);
    el("div", "cases").id("cases").attr("role", "group").attr("aria-label", words::CASES).with(title).all(cases.iter().map(one))
}

/// What the softphone layout shows of the record.
pub(in crate::views) fn fields(fields: &RecordFields) -> El {
    let lines = fields.fields.iter().flat_map(|field| [el("dt", "").text(&field.label), el("dd", "").text(field.value.reveal())]);
    el("dl", "record-fields").id("record-fields").all(lines)
}

/// What tells one of several matches from the others: the first of its fields.
pub(in crate::views) fn first_field(call: &CallView, record: &str) -> String {
    let found = call.fields.iter().find(|fields| fields.record == record).and_then(|fields| fields.fields.first());
    found.map(|field| field.value.reveal().to_owned()).unwrap_or_default()
}
