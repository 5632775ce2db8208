//! The snapshot, derived from the state.

use crate::{
    AgentState, AgentView, CallFact, CallKind, CallView, ConnectionView, CrmView, DialSource, DraftView, LegView, OtherView, Party,
    PhoneState, PhoneView, Private, Refusal, Snapshot, UseView, WantedStage, WantedUse, WantedView, WrapUpView, settings::ProviderKind,
};

use super::{
    Softphone,
    call::Call,
    wanted::{Stage, Wanted},
};

impl Softphone {
    pub(super) fn view(&self) -> Snapshot {
        Snapshot {
            revision: self.revision,
            agent: self.agent_view(),
            calls: self.calls.values().map(|call| self.call_view(call)).collect(),
            crm: CrmView { in_view: self.crm.in_view.clone(), log_place: self.settings.log.place(), state: self.crm.state },
            dial: self.can_dial().err().map(|refusal| refusal.code()),
            logs: if self.outbox.is_empty() { Vec::new() } else { self.log_views() },
            locked_logs: self.locked_logs(),
            expiring: if self.parked.is_empty() { None } else { self.expiring() },
            phone: PhoneView {
                blind_transfer_returns: self.phone.capabilities.blind_transfer_returns,
                calls_survive_reload: self.phone.capabilities.calls_survive_reload,
                detail: self.phone.detail.clone(),
                media: self.phone.media,
                provided: self.settings.provider.is_some(),
                simulated: self.settings.provider == Some(ProviderKind::Simulated),
                state: self.phone.state.unwrap_or(PhoneState::Stopped),
            },
            problems: self.problems.iter().cloned().collect(),
            recent: if self.outbox.is_empty() { Vec::new() } else { self.outbox.recent() },
            sound: self.sound(),
            wanted: self.wanted.as_ref().map(|wanted| self.wanted_view(wanted)),
        }
    }

    #[inline(never)]
    fn wanted_view(&self, wanted: &Wanted) -> WantedView {
        let record = match &wanted.source {
            DialSource::Click { record, .. } => record.clone(),
            DialSource::DialPad | DialSource::Redial => None,
        };
        let stage = Self::stage_of(wanted);
        let offered = |choice: &WantedUse| match stage {
            WantedStage::Choosing => *choice != WantedUse::Anyway,
            WantedStage::Flagged => *choice == WantedUse::Anyway,
            WantedStage::Checking | WantedStage::Starting => false,
        };
        let refused = |choice| self.may_use(choice).err().map(|refusal| refusal.code());
        WantedView {
            about: self.about().map(|call| call.id).filter(|_| stage == WantedStage::Choosing),
            flagged: if let Stage::Flagged { record, .. } = &wanted.stage { Some(record.clone()) } else { None },
            number: wanted.number.clone(),
            record,
            stage,
            until: self.now.wall.saturating_add(wanted.until.saturating_sub(self.now.mono)),
            uses: WantedUse::ALL.into_iter().filter(offered).map(|to| UseView { refused: refused(to), to }).collect(),
        }
    }

    fn agent_view(&self) -> AgentView {
        let state = if self.live().next().is_some() {
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

    fn facts(&self, kind: CallKind) -> Vec<CallFact> {
        let all = || vec![CallFact::Ani, CallFact::Dnis, CallFact::Queue, CallFact::Segment];
        self.crm.layout.as_ref().map_or_else(all, |layout| layout.call[kind].clone())
    }

    fn call_view(&self, call: &Call) -> CallView {
        let core = &call.core;
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code());
        let agent = Party { number: Private::default(), name: self.phone.identity.clone() };
        let agent =
            ConnectionView { agent: true, commands: Vec::new(), id: None, muted: call.muted, party: agent, state: call.own_connection() };
        let peers = call.peers.iter().map(|peer| ConnectionView {
            agent: false,
            commands: self.commands_of_party(call.id, peer.id),
            id: Some(peer.id),
            muted: peer.muted,
            party: peer.party.clone(),
            state: call.connection_of(peer),
        });
        let others = self.live().filter(|other| call.is_live() && other.id != call.id).map(|other| OtherView {
            call: other.id,
            conference: code(self.may_join(call.id, other.id)),
            transfer: code(self.may_transfer(call.id, other.id)),
        });
        CallView {
            id: call.id,
            answered: core.answered,
            auto_answer: call.auto_answer.map(|at| self.now.wall + at.saturating_sub(self.now.mono)),
            began: core.began.wall,
            called: core.called.clone(),
            cases: call.cases.offered.clone(),
            cause: core.cause,
            commands: self.commands_of(call.id),
            connections: std::iter::once(agent).chain(peers).collect(),
            consultation: core.consultation,
            consults: call.consults.filter(|about| self.calls.get(about).is_some_and(Call::is_live)),
            digits: core.digits.clone(),
            direction: core.direction,
            draft: DraftView {
                disposition: core.disposition.clone(),
                dispositions: self.settings.wrap_up.dispositions[core.kind].clone(),
                notes: core.notes.clone(),
            },
            duration_s: (!call.is_live()).then(|| core.talk.seconds()),
            facts: self.facts(core.kind),
            fields: call.shown.fields.clone(),
            kind: core.kind,
            legs: core.legs.iter().map(|leg| LegView { party: leg.party.clone(), since: leg.since, until: leg.until }).collect(),
            logged: self.can_be_logged(call),
            matches: call.matches.clone(),
            muted: call.muted,
            others: others.collect(),
            page: call.opening.view(),
            phase: call.phase(),
            queue: core.queue.clone(),
            record: core.record.clone(),
            record_source: core.record_source,
            recording: call.recording,
            segment: core.segment.clone(),
            searching: !call.search.is_settled(),
            wrap_up: core.wrap_up.map(|wrap_up| WrapUpView {
                deadline: wrap_up.deadline,
                held_open: wrap_up.held_open,
                mandatory: self.settings.wrap_up.mandatory[core.kind],
                since: wrap_up.since,
            }),
        }
    }
}
