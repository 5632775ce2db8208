//! What else can be done with a call that rings: send it on, or turn it away and take no more.

use hookswitch_core::{AgentCommand, CallId, CommandKind, Phase};
use web_sys::HtmlSelectElement;

use super::{
    super::{actions::command_with, call::phase},
    closes,
    pass::{Choice, number_form, number_input},
};
use crate::{
    clock,
    dom::{El, Held, el},
    model::Desk,
    parts::{Action, Face, Icon},
    words,
};

/// When it is answered by itself, and the ways that are rarer than the two big buttons.
#[inline(never)]
pub(crate) fn ringing(desk: &Desk, id: CallId) -> El {
    let open = Held::<bool>::default();
    let (opens, there) = (open.clone(), open.clone());
    let alerting = move |desk: &Desk| phase(desk, id) == Phase::Alerting;
    let all = el("div", "ringing")
        .part_if(
            desk,
            move |desk| desk.call(id, |call| call.auto_answer.is_some()),
            move |desk| {
                el("p", "call-more").attr("role", "timer").id("auto-answer").says(desk, move |desk| {
                    let at = desk.call(id, |call| call.auto_answer);
                    at.map(|at| words::answers_by_itself(&clock::written(at.saturating_sub(desk.now()).div_ceil(1000)))).unwrap_or_default()
                })
            },
        )
        .part_if(desk, alerting, move |desk| more(&opens).view(desk))
        .part_if(desk, move |desk| there.get() && alerting(desk), move |desk| ways(desk, id));
    closes(all, desk, "[data-testid=ringing-more]", open)
}

#[inline(never)]
fn more(open: &Held<bool>) -> Action {
    let (pressed, shown) = (open.clone(), open.clone());
    Action::new("quiet", "ringing-more", Icon::Chevron, words::MORE, move |desk| pressed.set(desk, !pressed.get()))
        .switch(move |_| shown.get())
}

#[inline(never)]
fn ways(desk: &Desk, id: CallId) -> El {
    let reasons = desk.snapshot().agent.reasons.clone();
    let select = el("select", "").id("decline-reason").attr("aria-label", words::REASON);
    let select = select.all(reasons.iter().map(|reason| el("option", "").attr("value", reason).text(reason)));
    let chosen = select.cast::<HtmlSelectElement>();
    let face = Face { testid: "decline-not-ready", icon: Icon::Minus, label: words::DECLINE_NOT_READY };
    let turn_away = command_with("plain", face, id, CommandKind::Decline, move |id| AgentCommand::DeclineNotReady(id, chosen.value()));
    let row = el("div", "form-row").all((!reasons.is_empty()).then_some(select)).with(turn_away.view(desk));
    let deflect = Choice {
        face: Face { testid: "deflect", icon: Icon::Forward, label: words::DEFLECT },
        make: AgentCommand::Deflect,
        refused: CommandKind::Deflect,
    };
    el("div", "form").with(row).part_if(
        desk,
        move |desk| desk.refused(id, CommandKind::Deflect) != Some("notSupported"),
        move |desk| number_form(desk, id, number_input("deflect-number"), &[deflect], &Held::default()),
    )
}
