//! How phone system, Salesforce and microphone are: one sign, and the words on demand.

use hookswitch_core::{CrmState, MediaState, PhoneState};
use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    model::Desk,
    parts::{Icon, icon},
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
pub(crate) fn connection(desk: Desk) -> AnyView {
    let open = RwSignal::new(false);
    let phone = move || desk.read(|snapshot| snapshot.phone.state);
    let crm = move || desk.read(|snapshot| snapshot.crm.state);
    let media = move || desk.read(|snapshot| snapshot.phone.media);
    let health = Memo::new(move |_| health(phone(), crm(), media()));
    let word = move || match health.get() {
        Health::Bad => "Problem",
        Health::Good => "Connected",
        Health::Waiting => "Connecting…",
    };
    let sign = move || match health.get() {
        Health::Bad => Icon::Warning,
        Health::Good => Icon::Check,
        Health::Waiting => Icon::Clock,
    };
    let identity = move || desk.read(|snapshot| snapshot.agent.identity.clone());
    let detail = move || desk.read(|snapshot| snapshot.phone.detail.clone());
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    view! {
        <div class="connection" on:keydown=close>
            <button
                type="button"
                class="connection-button"
                data-testid="connection"
                data-phone=move || phone_code(phone())
                data-crm=move || crm_code(crm())
                data-health=move || match health.get() {
                    Health::Bad => "bad",
                    Health::Good => "good",
                    Health::Waiting => "waiting",
                }
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=move || format!("{}: {}", words::CONNECTION, word())
                title=move || format!("{}: {}", words::PHONE, words::phone(phone()))
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || icon(sign())}
                <span class="connection-word">{word}</span>
            </button>
            <div class="sheet" role="region" aria-label=words::CONNECTION hidden=move || !open.get()>
                <dl>
                    <dt>{words::PHONE}</dt>
                    <dd data-testid="connection-phone">{move || words::phone(phone())} " " {detail}</dd>
                    <dt>{words::SALESFORCE}</dt>
                    <dd data-testid="connection-crm">{move || words::crm(crm())}</dd>
                    <dt>{words::MICROPHONE}</dt>
                    <dd data-testid="connection-microphone">{move || words::media(media())}</dd>
                    <dt hidden=move || identity().is_empty()>{words::USER_NAME}</dt>
                    <dd hidden=move || identity().is_empty()>{identity}</dd>
                </dl>
            </div>
        </div>
    }
    .into_any()
}

fn health(phone: PhoneState, crm: CrmState, media: MediaState) -> Health {
    match (phone, crm, media) {
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
