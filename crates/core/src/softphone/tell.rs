//! What the host is told when it differs from what it was told last: sound, clickable numbers, the closed panel's button.

use serde::{Deserialize, Serialize};

use crate::{AgentState, CrmCommand, Output, Sound, bug::Bug};

use super::{
    Softphone,
    call::{Call, State},
};

/// What the closed panel's button says; never who calls.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Label {
    Alerting,
    Dialing,
    Connected,
    Conference,
    Held,
    WrapUp,
    Offline,
    Ready,
    NotReady,
}

impl Label {
    /// Its words, and the SLDS utility icon.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Alerting => ("Incoming call", "incoming_call"),
            Self::Dialing => ("Dialing", "outbound_call"),
            Self::Connected => ("In call", "unmuted"),
            Self::Conference => ("In conference", "groups"),
            Self::Held => ("On hold", "pause"),
            Self::WrapUp => ("Wrap-up", "edit"),
            Self::Offline => ("Phone offline", "warning"),
            Self::Ready => ("Phone: ready", "call"),
            Self::NotReady => ("Phone: not ready", "away"),
        }
    }
}

impl Softphone {
    pub(super) fn tell_sound(&mut self) {
        let sound = self.sound();
        if sound != self.told.sound {
            self.told.sound = sound;
            self.outputs.push_back(Output::Sound(sound));
        }
    }

    /// Rings if and only if a call alerts here and nobody acted on it yet: loudly, or softly beside another call.
    pub(super) fn sound(&self) -> Sound {
        let alerts = |call: &&Call| matches!(call.state, State::Alerting { .. }) && (call.doing.is_none() || self.seeded(Bug::RingsOn));
        let rings_there = |call: &Call| matches!(call.state, State::Delivered { early_media: false, .. }) && call.doing.is_none();
        let mut alerting = self.calls.values().filter(alerts).peekable();
        if alerting.peek().is_some() {
            if self.calls.values().any(Call::has_voice) {
                Sound::CallWaiting
            } else if alerting.all(|call| call.auto_answer.is_some()) {
                Sound::AutoAnswer
            } else {
                Sound::Ring
            }
        } else if self.calls.values().any(rings_there) {
            Sound::Ringback
        } else {
            Sound::Silence
        }
    }

    pub(super) fn tell_dialing(&mut self) {
        if !self.crm_ready() {
            self.told.dialing = None;
            return;
        }
        let on = self.settings.provider.is_some() && self.phone_ready();
        if self.told.dialing != Some(on) {
            self.told.dialing = Some(on);
            self.ask_crm(CrmCommand::EnableDialing { on });
        }
    }

    pub(super) fn tell_label(&mut self) {
        if !self.crm_ready() {
            self.told.label = None;
            return;
        }
        let label = self.label();
        if self.told.label != Some(label) {
            self.told.label = Some(label);
            let (text, icon) = label.words();
            self.ask_crm(CrmCommand::Label { text: text.into(), icon: icon.into() });
        }
    }

    fn label(&self) -> Label {
        let any = |is: fn(&Call) -> bool| self.calls.values().any(is);
        if any(|call| matches!(call.state, State::Alerting { .. })) {
            Label::Alerting
        } else if any(|call| matches!(call.state, State::Initiated { .. } | State::Delivered { .. })) {
            Label::Dialing
        } else if any(|call| call.state == State::Connected && call.is_conference()) {
            Label::Conference
        } else if any(|call| call.state == State::Connected) {
            Label::Connected
        } else if any(|call| call.state == State::Held) {
            Label::Held
        } else if any(|call| call.state == State::WrapUp) {
            Label::WrapUp
        } else if !self.phone_ready() {
            Label::Offline
        } else if self.agent.base == AgentState::Ready {
            Label::Ready
        } else {
            Label::NotReady
        }
    }
}
