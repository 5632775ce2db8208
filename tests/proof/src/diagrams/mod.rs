//! State diagrams, drawn from what the softphone does in small worlds.

mod explore;
mod layout;
mod svg;

use hookswitch_core::{AgentCommand, CommandKind, Snapshot, settings::PerKind};

use crate::{model::Rules, world::Left, worlds};

use self::explore::Edges;

/// What moves one call.
const ONE: &[CommandKind] = &[
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Decline,
    CommandKind::Deflect,
    CommandKind::Dial,
    CommandKind::FinishWrapUp,
    CommandKind::Hold,
    CommandKind::Retrieve,
    CommandKind::SingleStepTransfer,
];

/// What moves two.
const TWO: &[CommandKind] = &[
    CommandKind::Alternate,
    CommandKind::Answer,
    CommandKind::Clear,
    CommandKind::Conference,
    CommandKind::Consult,
    CommandKind::FinishWrapUp,
    CommandKind::Reconnect,
    CommandKind::Transfer,
];

/// What begins and ends one.
const SHORT: &[CommandKind] =
    &[CommandKind::Answer, CommandKind::Clear, CommandKind::Decline, CommandKind::Dial, CommandKind::FinishWrapUp];

/// Every diagram: the name of its file, and the SVG.
#[must_use]
pub fn all() -> Vec<(&'static str, String)> {
    vec![("call.svg", call()), ("agent.svg", agent())]
}

fn call() -> String {
    let look = |snapshot: &Snapshot| snapshot.calls.iter().map(|call| (call.id.0, explore::name(&call.phase))).collect();
    let mut edges = Edges::new();
    for rules in [world(ONE, 2, 1), world(ONE, 1, 2), world(TWO, 2, 1)] {
        explore::explore(&rules, &[], look, &mut edges);
    }
    svg::draw(
        "One call",
        "A customer, a third person and the agent; nothing is lost or refused, but answers may be late. A spot at a box: from here it also goes where the table below says.",
        &edges,
    )
}

fn agent() -> String {
    let look = |snapshot: &Snapshot| [(0, explore::name(&snapshot.agent.state))].into();
    let mut edges = Edges::new();
    let more = [AgentCommand::SetNotReady(String::new()), AgentCommand::SetReady];
    for rules in [world(SHORT, 2, 1), world(SHORT, 1, 2)] {
        explore::explore(&rules, &more, look, &mut edges);
    }
    svg::draw("The agent", "What is asked for in a call or in wrap-up waits until after it.", &edges)
}

/// Customer, agent and perhaps a third; wrap-up after every call, nothing goes wrong, but time passes.
fn world(commands: &'static [CommandKind], people: usize, ticks: u8) -> Rules {
    let mut settings = worlds::settings();
    settings.wrap_up.seconds = PerKind::all(30);
    Rules { commands, settings, people, left: Left { faults: 0, forces: 0, ticks, sleeps: 0 }, ..worlds::two_calls() }
}
