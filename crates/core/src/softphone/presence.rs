//! Whether the agent takes calls: the agent's wish, the settings' start, the phone system's word.

use crate::{AgentState, PhoneCommand, Private, ProblemKind, RefusedReason, settings::StartPresence};

use super::{Softphone, Waiting, patience};

impl Softphone {
    /// The start presence of the settings counts once, unless an earlier page of this agent said otherwise.
    pub(super) fn begin_presence(&mut self) {
        if self.agent.begun {
            return;
        }
        self.agent.begun = true;
        if self.settings.calls.start_presence == StartPresence::Ready {
            (self.agent.base, self.agent.since) = (AgentState::Ready, self.now.wall);
        }
    }

    /// Runs with every input, so that a pending state takes effect the moment nothing is in its way.
    pub(super) fn apply_pending_state(&mut self) {
        if self.agent.pending.is_none() {
            return;
        }
        if !self.calls.is_empty() {
            self.announce_break();
        } else if let Some(state) = self.agent.pending.take() {
            self.enter_state(state);
        }
    }

    /// Whoever writes up the last call before a break is offered no further one: the phone system hears of the break before it begins. Once: it may
    /// refuse, and is asked again when the break begins.
    #[inline(never)]
    fn announce_break(&mut self) {
        let break_to_come = self.agent.pending.as_ref().filter(|state| matches!(state, AgentState::NotReady { .. }));
        if self.live().next().is_some() || self.agent.announced.as_ref() == break_to_come {
            return;
        }
        let Some(state) = break_to_come.cloned() else { return };
        self.agent.announced = Some(state.clone());
        if state != self.agent.base {
            let before = std::mem::replace(&mut self.agent.base, state);
            self.report_state(before);
        }
    }

    /// Now, whatever calls there are.
    pub(super) fn enter_state(&mut self, state: AgentState) {
        self.agent.pending = None;
        let announced = self.agent.announced.take().is_some();
        if state == self.agent.base {
            if announced {
                self.agent.since = self.now.wall;
            }
            return;
        }
        let before = std::mem::replace(&mut self.agent.base, state);
        self.agent.since = self.now.wall;
        self.report_state(before);
    }

    /// Tells the phone system the agent's state, if it wants to know.
    pub(super) fn report_state(&mut self, before: AgentState) {
        if !self.phone_ready() || !self.phone.capabilities.agent_state {
            return;
        }
        let (ready, reason) = match &self.agent.base {
            AgentState::NotReady { reason } => (false, reason.clone()),
            AgentState::Ready | AgentState::Busy | AgentState::WorkingAfterCall => (true, String::new()),
        };
        let request = self.ask_phone(PhoneCommand::SetAgentState { ready, reason });
        let asked = self.agent.base.clone();
        self.waiting.insert(request, Waiting::AgentState { asked, before, until: self.now.mono + patience::COMMAND });
    }

    /// The phone system changed the state by itself, or says what it was told.
    #[inline(never)]
    pub(super) fn state_told(&mut self, ready: bool, reason: String) {
        let told = if ready { AgentState::Ready } else { AgentState::NotReady { reason } };
        if self.agent.base == told {
            return;
        }
        // A failed outbound call must not change what the agent chose: some phone systems make everybody ready after one.
        if self.now.mono < self.agent.guarded_until || self.calls.values().any(super::call::Call::is_unanswered_outbound) {
            // Said once in a while: two who insist would flood each other.
            if self.agent.insisted_until <= self.now.mono {
                self.agent.insisted_until = self.now.mono + patience::GUARD;
                let base = self.agent.base.clone();
                self.report_state(base);
            }
            return;
        }
        // Asked for another one, it may be speaking of the time before: it has not answered yet. If it refuses, this is how it is.
        let mut asked = false;
        for waiting in self.waiting.values_mut() {
            if let Waiting::AgentState { before, .. } = waiting {
                (*before, asked) = (told.clone(), true);
            }
        }
        if !asked {
            (self.agent.base, self.agent.since) = (told, self.now.wall);
        }
    }

    /// The phone system did not take the state.
    #[inline(never)]
    pub(super) fn state_refused(&mut self, asked: &AgentState, before: AgentState, reason: RefusedReason, detail: Private) {
        // Whoever asked for another one since falls back to the last that was taken, too.
        for waiting in self.waiting.values_mut() {
            if let Waiting::AgentState { before: other, .. } = waiting
                && other == asked
            {
                other.clone_from(&before);
            }
        }
        if self.agent.base == *asked {
            (self.agent.base, self.agent.since) = (before, self.now.wall);
        }
        self.problem_with(ProblemKind::StateRefused { reason }, Private::default(), detail);
    }
}
