//! How phone system, Salesforce and microphone are: one sign, and the words on demand.

use hookswitch_core::{CrmState, MediaState, PhoneState};

use super::later::check;
use crate::{
    dom::{El, Held, el},
    model::Desk,
    parts::{Icon, icon, key_of},
    words,
};

/// The worst of the three, for one sign.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Health {
    Bad,
    Good,
    Waiting,
}

/// The button with the sign, and the list behind it.
pub(crate) fn connection(desk: &Desk) -> El {
    let open = Held::<bool>::default();
    let (clicked, told, shown, there, escaped) = (open.clone(), open.clone(), open.clone(), open.clone(), open);
    let button = el("button", "connection-button")
        .attr("type", "button")
        .id("connection")
        .attr_if("data-phone", desk, |desk| Some(phone_code(desk.snapshot().phone.state)))
        .attr_if("data-crm", desk, |desk| Some(crm_code(desk.snapshot().crm.state)))
        .attr_if("data-health", desk, |desk| Some(health(desk).code()))
        .attr_if("aria-expanded", desk, move |_| Some(if told.get() { "true" } else { "false" }))
        .attr_now("aria-label", desk, |desk| [words::CONNECTION, ": ", health(desk).word()].concat())
        .attr_now("title", desk, |desk| [words::PHONE, ": ", words::phone(desk.snapshot().phone.state)].concat())
        .on("click", desk, move |desk, _| clicked.set(desk, !clicked.get()))
        .part(desk, |desk| health(desk).icon(), |_, sign| Some(icon(*sign)))
        .with(el("span", "connection-word").says(desk, |desk| health(desk).word().to_owned()));
    let term = |words| el("dt", "").text(words);
    let nobody = |desk: &Desk| desk.snapshot().agent.identity.is_empty();
    let list = el("dl", "")
        .with(term(words::PHONE))
        .with(el("dd", "").id("connection-phone").says(desk, |desk| {
            let phone = &desk.snapshot().phone;
            [words::phone(phone.state), " ", phone.detail.reveal()].concat()
        }))
        .with(term(words::SALESFORCE))
        .with(el("dd", "").id("connection-crm").says(desk, |desk| words::crm(desk.snapshot().crm.state).to_owned()))
        .with(term(words::MICROPHONE))
        .with(el("dd", "").id("connection-microphone").says(desk, |desk| words::media(desk.snapshot().phone.media).to_owned()))
        .with(term(words::USER_NAME).hidden(desk, nobody))
        .with(el("dd", "").says(desk, |desk| desk.snapshot().agent.identity.reveal().to_owned()).hidden(desk, nobody));
    let sheet = el("div", "sheet").attr("role", "region").attr("aria-label", words::CONNECTION).with(list);
    let sheet = sheet.part_if(desk, move |_| there.get(), check);
    el("div", "connection").with(button).with(sheet.hidden(desk, move |_| !shown.get())).on("keydown", desk, move |desk, event| {
        if key_of(event).as_deref() == Some("Escape") {
            escaped.set(desk, false);
        }
    })
}

impl Health {
    const fn code(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
            Self::Waiting => "waiting",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Bad => Icon::Warning,
            Self::Good => Icon::Check,
            Self::Waiting => Icon::Clock,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Bad => words::PROBLEM,
            Self::Good => words::CONNECTED,
            Self::Waiting => words::CONNECTING,
        }
    }
}

fn health(desk: &Desk) -> Health {
    let snapshot = desk.snapshot();
    match (snapshot.phone.state, snapshot.crm.state, snapshot.phone.media) {
        (PhoneState::Ready, CrmState::Ready | CrmState::None, MediaState::Usable) => Health::Good,
        (PhoneState::Ready | PhoneState::Connecting, CrmState::Ready | CrmState::None | CrmState::Starting, MediaState::Usable) => {
            Health::Waiting
        }
        _ => Health::Bad,
    }
}

const fn phone_code(state: PhoneState) -> &'static str {
    match state {
        PhoneState::Connecting => "connecting",
        PhoneState::Failed => "failed",
        PhoneState::Reconnecting => "reconnecting",
        PhoneState::Ready => "ready",
        _ => "stopped",
    }
}

const fn crm_code(state: CrmState) -> &'static str {
    match state {
        CrmState::NotAnswering => "notAnswering",
        CrmState::None => "none",
        CrmState::Ready => "ready",
        CrmState::Starting => "starting",
        _ => "unavailable",
    }
}
