//! A call that is wanted but not placed yet: what it waits for, and what can become of it.

use hookswitch_core::{AgentCommand, Phase, WantedStage, WantedUse, WantedView};

use super::preview;
use crate::{
    dom::{El, el},
    model::Desk,
    parts::{Action, Face, Icon, icon, who},
    words,
};

/// The card.
#[inline(never)]
pub(crate) fn wanted(desk: &Desk) -> El {
    let text = el("p", "wanted-text").attr("id", "wanted-text").id("wanted-text").says(desk, |desk| told(desk, text));
    let number = el("p", "wanted-number").with(el("span", "number").id("wanted-number").says(desk, |desk| told(desk, number)));
    let stage = |desk: &Desk| desk.snapshot().wanted.as_ref().map(|wanted| wanted.stage);
    el("section", "card wanted")
        .id("wanted")
        .attr("aria-labelledby", "wanted-text")
        .attr_if("data-stage", desk, move |desk| stage(desk).map(code))
        .with(el("div", "call-head").with(icon(Icon::Handset)).with(text))
        .with(number)
        .part(desk, wanted_number, |desk, number| preview::line(desk, number.as_ref()?, "wanted-preview", "wanted-preview-number"))
        .part(desk, stage, |desk, stage| stage.map(|stage| choices(desk, stage)))
}

fn wanted_number(desk: &Desk) -> Option<String> {
    desk.snapshot().wanted.as_ref().map(|wanted| wanted.number.reveal().to_owned())
}

fn told(desk: &Desk, tell: fn(&Desk, &WantedView) -> String) -> String {
    desk.snapshot().wanted.as_ref().map(|wanted| tell(desk, wanted)).unwrap_or_default()
}

fn text(desk: &Desk, wanted: &WantedView) -> String {
    match wanted.stage {
        WantedStage::Checking => words::WANTED_CHECKING.to_owned(),
        WantedStage::Flagged => {
            let name = wanted.flagged.as_ref().map(|record| record.name.reveal()).filter(|name| !name.is_empty());
            words::wants_no_calls(name.unwrap_or(words::THIS_CUSTOMER))
        }
        WantedStage::Starting => words::WANTED_STARTING.to_owned(),
        _ => match wanted.about {
            Some(call) => words::during_call(&desk.call(call, who)),
            None => words::WANTED_CHOOSING.to_owned(),
        },
    }
}

fn number(_: &Desk, wanted: &WantedView) -> String {
    let name = wanted.record.as_ref().map(|record| record.name.reveal()).filter(|name| !name.is_empty());
    name.map_or_else(|| wanted.number.reveal().to_owned(), |name| [name, ", ", wanted.number.reveal()].concat())
}

#[inline(never)]
fn choices(desk: &Desk, stage: WantedStage) -> El {
    let of: &[WantedUse] = match stage {
        WantedStage::Choosing => &[WantedUse::Call, WantedUse::Consult, WantedUse::Transfer, WantedUse::Add],
        WantedStage::Flagged => &[WantedUse::Anyway],
        _ => &[],
    };
    let uses = of.iter().map(|to| {
        let to = *to;
        Action::changing(
            "plain",
            move |desk| face(desk, to),
            move |desk| {
                desk.command(AgentCommand::UseWanted(to));
            },
        )
        .unless(move |desk| refused(desk, to))
        .view(desk)
    });
    let drop = Action::new("plain", "wanted-drop", Icon::Cross, words::WANTED_DROP, |desk| {
        desk.command(AgentCommand::DropWanted);
    });
    el("div", "actions wanted-uses").all(uses).with(drop.view(desk))
}

fn refused(desk: &Desk, to: WantedUse) -> Option<&'static str> {
    let snapshot = desk.snapshot();
    let uses = snapshot.wanted.as_ref().map(|wanted| wanted.uses.as_slice()).unwrap_or_default();
    uses.iter().find(|one| one.to == to).map_or(Some("nothingWanted"), |one| one.refused)
}

fn face(desk: &Desk, to: WantedUse) -> Face {
    match to {
        WantedUse::Add => Face { testid: "wanted-add", icon: Icon::People, label: words::WANTED_ADD },
        WantedUse::Anyway => Face { testid: "wanted-anyway", icon: Icon::Handset, label: words::WANTED_ANYWAY },
        WantedUse::Consult => Face { testid: "wanted-consult", icon: Icon::Handset, label: words::WANTED_CONSULT },
        WantedUse::Transfer => Face { testid: "wanted-transfer", icon: Icon::Forward, label: words::WANTED_TRANSFER },
        _ => {
            let talks = desk.snapshot().calls.iter().any(|call| call.phase == Phase::Connected);
            let label = if talks { words::WANTED_HOLD_AND_CALL } else { words::CALL };
            Face { testid: "wanted-call", icon: Icon::Handset, label }
        }
    }
}

const fn code(stage: WantedStage) -> &'static str {
    match stage {
        WantedStage::Checking => "checking",
        WantedStage::Choosing => "choosing",
        WantedStage::Flagged => "flagged",
        WantedStage::Starting => "starting",
        _ => "",
    }
}
