//! Messages: what the core wants the agent to know, and the last command that was refused.

use hookswitch_core::{AgentCommand, DialSource, Problem};
use leptos::prelude::*;

use crate::{
    model::Desk,
    parts::{Action, Icon, icon},
    words,
};

/// The list; whatever is added to it is read out.
pub(crate) fn problems(desk: Desk) -> AnyView {
    let ids = Memo::new(move |_| desk.read(|snapshot| snapshot.problems.clone()));
    let refusal = Memo::new(move |_| desk.refusal());
    view! {
        <div class="problems" role="alert" aria-label=words::MESSAGES>
            {move || {
                refusal.get().map(|code| {
                    view! {
                        <div class="problem problem-bad" data-testid="refusal" data-code=code>
                            {icon(Icon::Warning)}
                            <p>{words::refusal(code)}</p>
                            {Action::plain("refusal-dismiss", "quiet", Icon::Cross, words::DISMISS, move || desk.forget_refusal()).view()}
                        </div>
                    }
                })
            }}
            <For each=move || ids.get() key=|problem| problem.id children=move |problem| one(desk, problem) />
        </div>
    }
    .into_any()
}

fn one(desk: Desk, problem: Problem) -> AnyView {
    let words::Message { text, bad } = words::problem(problem.kind);
    let Problem { id, number, .. } = problem;
    let (class, drawing) = if bad { ("problem problem-bad", Icon::Warning) } else { ("problem", Icon::Info) };
    let shown = number.reveal().to_owned();
    let again = (!number.is_empty()).then(|| {
        let call = move || {
            if desk.dial(number.reveal(), DialSource::Redial) {
                desk.command(AgentCommand::Dismiss(id));
            }
        };
        Action::plain("call-again", "plain", Icon::Redo, words::CALL_AGAIN, call)
            .unless(Signal::derive(move || desk.read(|snapshot| snapshot.dial)))
            .view()
    });
    view! {
        <div class=class data-testid="problem">
            {icon(drawing)}
            <p>{text} " " <span class="number">{shown}</span></p>
            {again}
            {Action::plain("problem-dismiss", "quiet", Icon::Cross, words::DISMISS, move || {
                desk.command(AgentCommand::Dismiss(id));
            })
            .view()}
        </div>
    }
    .into_any()
}
