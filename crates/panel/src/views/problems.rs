//! Messages: what the core wants the agent to know, and the last command that was refused.

use hookswitch_core::{AgentCommand, DialSource, Problem, ProblemKind};

use crate::{
    dom::{El, Key, el},
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// The list; whatever is added to it is read out.
#[inline(never)]
pub(crate) fn problems(desk: &Desk) -> El {
    let keys = |desk: &Desk| desk.snapshot().problems.iter().map(|problem| (0, problem.id)).collect();
    el("div", "problems")
        .attr("role", "alert")
        .attr("aria-label", words::MESSAGES)
        .part(desk, Desk::refusal, |desk, code| code.map(|code| refusal(desk, code)))
        .list(desk, keys, one)
}

#[inline(never)]
fn refusal(desk: &Desk, code: &'static str) -> El {
    el("div", "notice problem problem-bad")
        .id("refusal")
        .attr("data-code", code)
        .with(icon(Icon::Warning))
        .with(el("p", "").text(words::refusal(code)))
        .with(Action::new("quiet", "refusal-dismiss", Icon::Cross, words::DISMISS, Desk::forget_refusal).view(desk))
}

fn one(desk: &Desk, (_, id): Key) -> El {
    let snapshot = desk.snapshot();
    let Some(Problem { detail, kind, number, .. }) = snapshot.problems.iter().find(|problem| problem.id == id).cloned() else {
        return el("div", "");
    };
    let words::Message { text, bad } = words::problem(kind);
    let (class, drawing) = if bad { ("notice problem problem-bad", Icon::Warning) } else { ("notice problem", Icon::Info) };
    let shown = el("p", "").text(&text).text(" ").with(el("span", "number").text(number.reveal()));
    let shown = if detail.is_empty() {
        shown
    } else {
        let said = match kind {
            ProblemKind::DoNotCall => detail.reveal().to_owned(),
            ProblemKind::PopDenied | ProblemKind::PopFailed | ProblemKind::WorkNotDone => {
                [words::SALESFORCE_SAYS, ": ", detail.reveal()].concat()
            }
            _ => [words::PHONE_SAYS, ": ", detail.reveal()].concat(),
        };
        shown.with(el("span", "problem-detail").id("problem-detail").text(&said))
    };
    let again = (!number.is_empty() && can_be_called_again(kind)).then(|| {
        let call = move |desk: &Desk| {
            if desk.dial(number.reveal(), DialSource::Redial) {
                desk.command(AgentCommand::Dismiss(id));
            }
        };
        Action::new("plain", "call-again", Icon::Redo, words::CALL_AGAIN, call).unless(|desk| desk.snapshot().dial).view(desk)
    });
    let dismiss = Action::new("quiet", "problem-dismiss", Icon::Cross, words::DISMISS, move |desk| {
        desk.command(AgentCommand::Dismiss(id));
    });
    el("div", class).id("problem").with(icon(drawing)).with(shown).all(again).with(dismiss.view(desk))
}

/// Not whoever is on the line still.
const fn can_be_called_again(kind: ProblemKind) -> bool {
    !matches!(
        kind,
        ProblemKind::CommandRefused { .. } | ProblemKind::DoNotCall | ProblemKind::NotChecked | ProblemKind::TransferFailed { .. }
    )
}
