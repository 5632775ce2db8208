//! Logs whose calls are over: seen, mended, moved to another record, brought up to date.

use crate::{AgentCommand, LogPlace, LogView, PhoneRef, RecordSource, Refusal, outbox::News};

use super::{Softphone, association::with_contact};

impl Softphone {
    /// Whether a command about the log of a call that is over would be accepted.
    #[inline(never)]
    pub(super) fn may_mend(&self, command: &AgentCommand) -> Result<(), Refusal> {
        let (AgentCommand::RelateLog(key, _) | AgentCommand::SetLogDisposition(key, _) | AgentCommand::SetLogNotes(key, _)) = command
        else {
            return Ok(());
        };
        if let Some(call) = self.calls.values().find(|call| call.core.key == *key) {
            // The call itself has the word.
            return Err(Refusal::InProgress(call.id));
        }
        match command {
            AgentCommand::RelateLog(_, record) => {
                if self.outbox.place(*key) == Some(LogPlace::Nowhere) {
                    return Err(Refusal::RecordNotNamed);
                }
                let mut offered = self.outbox.offered(*key).ok_or(Refusal::UnknownLog)?.chain(&self.crm.in_view);
                let known = record.as_ref().is_none_or(|record| offered.any(|known| known.id == record.id));
                known.then_some(()).ok_or(Refusal::RecordNotOffered)
            }
            AgentCommand::SetLogDisposition(_, Some(choice)) => {
                let kind = self.outbox.kind_of(*key).ok_or(Refusal::UnknownLog)?;
                let known = self.settings.wrap_up.dispositions[kind].contains(choice);
                known.then_some(()).ok_or_else(|| Refusal::DispositionUnknown(choice.clone()))
            }
            _ => self.outbox.can_write(*key).then_some(()).ok_or(Refusal::UnknownLog),
        }
    }

    /// Carries such a command out.
    #[inline(never)]
    pub(super) fn mend(&mut self, command: AgentCommand) {
        match command {
            AgentCommand::RelateLog(key, record) => {
                let offered: Vec<_> = self.outbox.offered(key).into_iter().flatten().cloned().collect();
                self.outbox.relate(key, record.map(|record| with_contact(record, &offered)), RecordSource::Picked);
            }
            AgentCommand::SetLogDisposition(key, choice) => self.outbox.write(key, |_, disposition| *disposition = choice),
            AgentCommand::SetLogNotes(key, text) => self.outbox.write(key, |notes, _| *notes = text),
            _ => {}
        }
    }

    /// The phone system tells of the recording or the quality, of a call that goes on or is over. Of any other there is nothing to keep.
    #[inline(never)]
    pub(super) fn learn(&mut self, name: &PhoneRef, change: impl FnOnce(&mut News)) {
        let ended = |call: &&mut super::call::Call| call.phone_ref.as_ref() == Some(name);
        if let Some(call) = self.calls.values_mut().rev().find(ended) {
            change(&mut call.core.news);
            let id = call.id;
            self.log_progress(id);
            return;
        }
        self.outbox.learn(name, self.now.wall, change);
    }

    /// The logs for the agent, with what can be chosen for each.
    pub(super) fn log_views(&self) -> Vec<LogView> {
        let mut views = self.outbox.views(self.has_finder());
        for view in views.iter_mut().filter(|view| view.writable) {
            if let Some(kind) = self.outbox.kind_of(view.key) {
                view.draft.dispositions.clone_from(&self.settings.wrap_up.dispositions[kind]);
            }
        }
        views
    }
}
