//! Everybody in a conference, and what can be done with each.

use hookswitch_core::{AgentCommand, CallId, CommandKind, ConnectionState, ConnectionView, PartyId};

use crate::{
    dom::{El, Key, el},
    model::Desk,
    parts::{Action, Face, Icon, named},
    words,
};

/// The list.
#[inline(never)]
pub(super) fn parties(desk: &Desk, id: CallId) -> El {
    let keys = move |desk: &Desk| -> Vec<Key> {
        desk.call(id, |call| call.connections.iter().filter_map(|connection| connection.id).map(|party| (0, party.0)).collect())
    };
    el("ul", "parties")
        .id("parties")
        .attr("aria-label", words::PARTIES)
        .list(desk, keys, move |desk, (_, party)| Party { call: id, id: PartyId(party) }.view(desk))
}

/// One of them.
#[derive(Clone, Copy)]
struct Party {
    call: CallId,
    id: PartyId,
}

impl Party {
    fn view(self, desk: &Desk) -> El {
        let name = move |desk: &Desk| self.read(desk, |connection| named(&connection.party));
        let steps = el("div", "party-steps")
            .attr("role", "group")
            .attr_now("aria-label", desk, name)
            .with(self.hold().view(desk))
            .with(self.mute().view(desk))
            .with(self.remove().view(desk));
        let state = el("span", "line-number").id("party-state").says(desk, move |desk| self.read(desk, stands));
        el("li", "party")
            .id("party")
            .with(el("div", "party-who").with(el("span", "line-name").id("party-name").says(desk, name)).with(state))
            .with(steps)
    }

    fn read<T: Default>(self, desk: &Desk, read: impl FnOnce(&ConnectionView) -> T) -> T {
        desk.call(self.call, |call| call.connections.iter().find(|connection| connection.id == Some(self.id)).map(read)).unwrap_or_default()
    }

    fn refused(self, desk: &Desk, command: CommandKind) -> Option<&'static str> {
        self.read(desk, |connection| Some(connection.refused(command))).unwrap_or(Some("unknownParty"))
    }

    fn hold(self) -> Action {
        let held = move |desk: &Desk| self.read(desk, |connection| connection.state == ConnectionState::Held);
        let face = move |desk: &Desk| {
            if held(desk) {
                Face { testid: "party-retrieve", icon: Icon::Play, label: words::RETRIEVE }
            } else {
                Face { testid: "party-hold", icon: Icon::Pause, label: words::HOLD }
            }
        };
        let press = move |desk: &Desk| {
            let make = if held(desk) { AgentCommand::RetrieveParty } else { AgentCommand::HoldParty };
            desk.command(make(self.call, self.id));
        };
        let kind = move |desk: &Desk| if held(desk) { CommandKind::RetrieveParty } else { CommandKind::HoldParty };
        Action::changing("plain", face, press).unless(move |desk| self.refused(desk, kind(desk)))
    }

    fn mute(self) -> Action {
        let muted = move |desk: &Desk| self.read(desk, |connection| connection.muted);
        let face = move |desk: &Desk| {
            let icon = if muted(desk) { Icon::MicrophoneOff } else { Icon::Microphone };
            Face { testid: "party-mute", icon, label: words::MUTE }
        };
        let press = move |desk: &Desk| {
            desk.command(AgentCommand::MuteParty(self.call, self.id, !muted(desk)));
        };
        Action::changing("plain", face, press).switch(muted).unless(move |desk| self.refused(desk, CommandKind::MuteParty))
    }

    fn remove(self) -> Action {
        Action::new("plain", "party-remove", Icon::Cross, words::REMOVE, move |desk| {
            desk.command(AgentCommand::ClearParty(self.call, self.id));
        })
        .unless(move |desk| self.refused(desk, CommandKind::ClearParty))
    }
}

/// Number and state of one party, as far as there is something to say.
fn stands(connection: &ConnectionView) -> String {
    let party = &connection.party;
    let number = if named(party) == party.number.reveal() { "" } else { party.number.reveal() };
    let muted = if connection.muted { words::MUTED } else { "" };
    let told = [number, words::party(connection.state), muted];
    told.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
