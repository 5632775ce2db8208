//! What the agent writes about a call: notes from the first ring on, how it went from the answer on, and the end of wrap-up.

use hookswitch_core::{AgentCommand, CallId, CommandKind, Phase};
use leptos::{html, prelude::*};

use crate::{
    clock,
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// Notes, disposition, and wrap-up's own row.
pub(crate) fn draft(desk: Desk, id: CallId, phase: Memo<Phase>) -> AnyView {
    let missing = RwSignal::new(false);
    let select = NodeRef::<html::Select>::new();
    let choices = Memo::new(move |_| desk.call(id, |call| call.draft.dispositions.clone()));
    let late = Memo::new(move |_| !matches!(phase.get(), Phase::Alerting | Phase::Answering | Phase::Initiated | Phase::Delivered));
    let over = Memo::new(move |_| phase.get() == Phase::WrapUp);
    view! {
        <div class="draft">
            {move || (late.get() && choices.with(|choices| !choices.is_empty())).then(|| disposition(desk, id, choices.get(), select, missing))}
            {notes(desk, id)}
            {move || over.get().then(|| wrap_up(desk, id, select, missing))}
        </div>
    }
    .into_any()
}

/// The field keeps its own text: an update of the snapshot while the agent types must not touch it.
fn notes(desk: Desk, id: CallId) -> AnyView {
    let field = NodeRef::<html::Textarea>::new();
    let kept = Memo::new(move |_| desk.call(id, |call| call.draft.notes.clone()));
    Effect::new(move || {
        let text = kept.get();
        let Some(field) = field.get() else { return };
        let typing = document().active_element().is_some_and(|active| field.is_same_node(Some(&active)));
        if !typing && field.value() != text.reveal() {
            field.set_value(text.reveal());
        }
    });
    view! {
        <label class="field notes">
            <span>{words::NOTES}</span>
            <textarea
                node_ref=field
                data-testid="notes"
                rows="3"
                on:input=move |event| {
                    desk.command(AgentCommand::SetNotes(id, event_target_value(&event).into()));
                }
            ></textarea>
        </label>
    }
    .into_any()
}

fn disposition(desk: Desk, id: CallId, choices: Vec<String>, select: NodeRef<html::Select>, missing: RwSignal<bool>) -> AnyView {
    let mandatory = move || desk.call(id, |call| call.wrap_up.is_some_and(|wrap_up| wrap_up.mandatory));
    let chosen = Memo::new(move |_| desk.call(id, |call| call.draft.disposition.clone()).unwrap_or_default());
    let options = choices.into_iter().map(|choice| {
        let value = choice.clone();
        view! { <option value=value.clone() prop:selected=move || chosen.get() == value>{choice}</option> }
    });
    view! {
        <label class="field">
            <span>
                {words::DISPOSITION}
                <span class="required" hidden=move || !mandatory()>" (" {words::DISPOSITION_REQUIRED} ")"</span>
            </span>
            <select
                node_ref=select
                data-testid="disposition"
                aria-required=move || mandatory().then_some("true")
                aria-invalid=move || missing.get().then_some("true")
                aria-describedby=move || missing.get().then_some("disposition-missing")
                on:change=move |event| {
                    missing.set(false);
                    desk.command(AgentCommand::SetDisposition(id, Some(event_target_value(&event)).filter(|choice| !choice.is_empty())));
                }
            >
                <option value="" prop:selected=move || chosen.get().is_empty()>{words::DISPOSITION_NONE}</option>
                {options.collect_view()}
            </select>
        </label>
        <p id="disposition-missing" class="field-error" role="alert" data-testid="disposition-missing" hidden=move || !missing.get()>
            {icon(Icon::Warning)}
            <span>{words::DISPOSITION_MISSING}</span>
        </p>
    }
    .into_any()
}

/// Time left, more time, the end.
fn wrap_up(desk: Desk, id: CallId, select: NodeRef<html::Select>, missing: RwSignal<bool>) -> AnyView {
    let left = move || {
        let deadline = desk.call(id, |call| call.wrap_up.and_then(|wrap_up| wrap_up.deadline));
        // The last second counts until it is over.
        deadline.map(|deadline| format!("{} {}", clock::written(deadline.saturating_sub(desk.now()).div_ceil(1000)), words::LEFT))
    };
    let reason = desk.refused(id, CommandKind::FinishWrapUp);
    let finish = move || {
        // The one refusal that the agent can mend here: the field says so itself.
        if reason.get_untracked() == Some("dispositionMissing") {
            missing.set(true);
            if let Some(select) = select.get_untracked() {
                // A field that cannot take the focus leaves it where it is.
                let _ = select.focus();
            }
        } else {
            desk.command(AgentCommand::FinishWrapUp(id));
        }
    };
    let hard = Signal::derive(move || reason.get().filter(|code| *code != "dispositionMissing"));
    let extend = move || {
        desk.command(AgentCommand::ExtendWrapUp(id));
    };
    view! {
        <div class="wrap-up">
            <span class="wrap-up-left" role="timer" data-testid="wrap-up-left">{left}</span>
            {Action::plain("extend", "plain", Icon::Clock, words::MORE_TIME, extend).unless(desk.refused(id, CommandKind::ExtendWrapUp)).view()}
            {Action::plain("finish", "brand", Icon::Check, words::FINISH, finish).unless(hard).view()}
        </div>
    }
    .into_any()
}
