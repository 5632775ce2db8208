//! What the agent writes about a call: notes from the first ring on, how it went from the answer on, and the end of wrap-up.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, CallId, CallView, CommandKind, Phase};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};

use super::call::phase;
use crate::{
    clock,
    dom::{El, Held, el, focus, page},
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// Notes, disposition, and wrap-up's own row.
#[inline(never)]
pub(crate) fn draft(desk: &Desk, id: CallId) -> El {
    let missing = Held::<bool>::default();
    let marked = missing.clone();
    let choices = move |desk: &Desk| {
        let early = matches!(phase(desk, id), Phase::Alerting | Phase::Answering | Phase::Initiated | Phase::Delivered);
        if early { Vec::new() } else { desk.call(id, |call| call.draft.dispositions.clone()) }
    };
    el("div", "draft")
        .part(desk, choices, move |desk, choices| (!choices.is_empty()).then(|| disposition(desk, id, choices, &marked)))
        .with(notes(desk, id))
        .part_if(desk, move |desk| phase(desk, id) == Phase::WrapUp, move |desk| overtime(desk, id))
        .part_if(desk, move |desk| phase(desk, id) == Phase::WrapUp, move |desk| wrap_up(desk, id, &missing))
}

/// What wrap-up waits for once its time is up; also told to a screen reader, which hears nothing of the seconds.
#[inline(never)]
fn overtime(desk: &Desk, id: CallId) -> El {
    let text = move |desk: &Desk| match desk.call(id, |call| (is_held_open(call), call.draft.disposition.is_some())) {
        (false, _) => "",
        (true, false) => words::TIME_IS_UP,
        (true, true) => words::TIME_WAS_UP,
    };
    el("p", "call-more overtime").attr("role", "status").id("overtime").says(desk, move |desk| text(desk).to_owned())
}

fn is_held_open(call: &CallView) -> bool {
    call.wrap_up.is_some_and(|wrap_up| wrap_up.held_open)
}

/// The field keeps its own text: an update of the snapshot while the agent types must not touch it.
#[inline(never)]
fn notes(desk: &Desk, id: CallId) -> El {
    let area = el("textarea", "").id("notes").attr("rows", "3").attr("maxlength", MOST_NOTES);
    let (field, written) = (area.cast::<HtmlTextAreaElement>(), area.cast::<HtmlTextAreaElement>());
    desk.watch(Rc::new(move |desk| {
        let kept = desk.call(id, |call| call.draft.notes.clone());
        let typing = page().active_element().is_some_and(|active| active == **field);
        if !typing && field.value() != kept.reveal() {
            field.set_value(kept.reveal());
        }
    }));
    let area = area.on("input", desk, move |desk, _| {
        desk.command(AgentCommand::SetNotes(id, written.value().into()));
    });
    el("label", "field notes").with(el("span", "").text(words::NOTES)).with(area)
}

#[inline(never)]
fn disposition(desk: &Desk, id: CallId, choices: &[String], missing: &Held<bool>) -> El {
    let (invalid, described, mended, shown) = (missing.clone(), missing.clone(), missing.clone(), missing.clone());
    let mandatory = move |desk: &Desk| desk.call(id, |call| call.wrap_up.is_some_and(|wrap_up| wrap_up.mandatory));
    let option = |value: &str, text: &str| el("option", "").attr("value", value).text(text);
    let select = el("select", "")
        .id("disposition")
        .with(option("", words::DISPOSITION_NONE))
        .all(choices.iter().map(|choice| option(choice, choice)));
    let (field, chosen) = (select.cast::<HtmlSelectElement>(), select.cast::<HtmlSelectElement>());
    desk.watch(Rc::new(move |desk| {
        field.set_value(&desk.call(id, |call| call.draft.disposition.clone()).unwrap_or_default());
    }));
    let select = select
        .attr_if("aria-required", desk, move |desk| mandatory(desk).then_some("true"))
        .attr_if("aria-invalid", desk, move |_| invalid.get().then_some("true"))
        .attr_if("aria-describedby", desk, move |_| described.get().then_some("disposition-missing"))
        .on("change", desk, move |desk, _| {
            desk.command(AgentCommand::SetDisposition(id, Some(chosen.value()).filter(|choice| !choice.is_empty())));
            mended.set(desk, false);
        });
    let required = el("span", "required").text(&format!(" ({})", words::DISPOSITION_REQUIRED));
    let label = el("span", "").text(words::DISPOSITION).with(required.hidden(desk, move |desk| !mandatory(desk)));
    let error = el("p", "field-error").attr("id", "disposition-missing").attr("role", "alert").id("disposition-missing");
    el("div", "stack")
        .with(el("label", "field").with(label).with(select))
        .with(error.hidden(desk, move |_| !shown.get()).with(icon(Icon::Warning)).with(el("span", "").text(words::DISPOSITION_MISSING)))
}

/// Time left, more time, the end.
#[inline(never)]
fn wrap_up(desk: &Desk, id: CallId, missing: &Held<bool>) -> El {
    let missing = missing.clone();
    let left = move |desk: &Desk| {
        // Held open without a choice, no time is counted.
        let counts = |call: &CallView| !is_held_open(call) || call.draft.disposition.is_some();
        let deadline = desk.call(id, |call| call.wrap_up.filter(|_| counts(call)).and_then(|wrap_up| wrap_up.deadline));
        // To the nearest second: the panel's clock may lag a little behind the core's, and a minute must not begin with 1:01.
        let seconds = deadline.map(|deadline| (deadline.saturating_sub(desk.now()) + 500) / 1000);
        seconds.map(|seconds| [&clock::written(seconds), " ", words::LEFT].concat()).unwrap_or_default()
    };
    let finish = Action::new("brand", "finish", Icon::Check, words::FINISH, move |desk| {
        // The one refusal that the agent can mend here: the field says so itself.
        if desk.refused(id, CommandKind::FinishWrapUp) == Some(MISSING) {
            missing.set(desk, true);
            if let Some(select) = page().query_selector("[data-testid=disposition]").ok().flatten() {
                focus(&select);
            }
        } else {
            desk.command(AgentCommand::FinishWrapUp(id));
        }
    })
    .unless(move |desk| desk.refused(id, CommandKind::FinishWrapUp).filter(|code| *code != MISSING));
    let extend = Action::new("plain", "extend", Icon::Clock, words::MORE_TIME, move |desk| {
        desk.command(AgentCommand::ExtendWrapUp(id));
    })
    .unless(move |desk| desk.refused(id, CommandKind::ExtendWrapUp));
    el("div", "wrap-up")
        .with(el("span", "wrap-up-left").attr("role", "timer").id("wrap-up-left").says(desk, left))
        .with(extend.view(desk))
        .with(finish.view(desk))
}

const MISSING: &str = "dispositionMissing";
/// Letters that Salesforce takes as a Task's comments.
pub(super) const MOST_NOTES: &str = "32000";
