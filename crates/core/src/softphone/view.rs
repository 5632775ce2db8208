//! The snapshot, derived from the state.

use crate::{
    AgentState, AgentView, CallView, ConnectionView, CrmView, DraftView, Party, PhoneState, PhoneView, Private, Snapshot, WrapUpView,
    settings::ProviderKind,
};

use super::{
    Softphone,
    call::{Call, Search},
};

impl Softphone {
    pub(super) fn view(&self) -> Snapshot {
        Snapshot {
            revision: self.revision,
            agent: self.agent_view(),
            calls: self.calls.values().map(|call| self.call_view(call)).collect(),
            crm: CrmView { state: self.crm.state },
            dial: self.can_dial().err().map(|refusal| refusal.code()),
            logs: self.outbox.views(),
            phone: PhoneView {
                detail: self.phone.detail.clone(),
                media: self.phone.media,
                provided: self.settings.provider.is_some(),
                simulated: self.settings.provider == Some(ProviderKind::Simulated),
                state: self.phone.state.unwrap_or(PhoneState::Stopped),
            },
            problems: self.problems.iter().cloned().collect(),
            sound: self.sound(),
        }
    }

    fn agent_view(&self) -> AgentView {
        let state = if self.live().is_some() {
            AgentState::Busy
        } else if !self.calls.is_empty() {
            AgentState::WorkingAfterCall
        } else {
            self.agent.base.clone()
        };
        AgentView {
            identity: self.phone.identity.clone(),
            pending: self.agent.pending.clone(),
            reasons: self.settings.calls.not_ready_reasons.clone(),
            since: self.agent.since,
            state,
        }
    }

    fn call_view(&self, call: &Call) -> CallView {
        let core = &call.core;
        let (own, far) = call.connections();
        let agent = Party { number: Private::default(), name: self.phone.identity.as_str().into() };
        CallView {
            id: call.id,
            answered: core.answered,
            began: core.began.wall,
            called: core.called.clone(),
            cause: core.cause,
            commands: self.commands_of(call.id),
            connections: vec![
                ConnectionView { agent: true, party: agent, state: own },
                ConnectionView { agent: false, party: core.party.clone(), state: far },
            ],
            digits: core.digits.clone(),
            direction: core.direction,
            draft: DraftView {
                disposition: core.disposition.clone(),
                dispositions: self.settings.wrap_up.dispositions[core.kind].clone(),
                notes: core.notes.clone(),
            },
            duration_s: (!call.is_live()).then(|| core.talk.seconds()),
            kind: core.kind,
            matches: call.matches.clone(),
            muted: call.muted,
            phase: call.phase(),
            queue: core.queue.clone(),
            record: core.record.clone(),
            searching: !matches!(call.search, Search::Done),
            wrap_up: core.wrap_up.map(|wrap_up| WrapUpView {
                deadline: wrap_up.deadline,
                mandatory: self.settings.wrap_up.mandatory[core.kind],
                since: wrap_up.since,
            }),
        }
    }
}
