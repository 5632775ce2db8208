//! One log on its way, or lately saved.

use serde::{Deserialize, Serialize};

use crate::{
    CallId, DraftView, LogFields, LogKey, LogPlace, LogState, LogView, PhoneRef, Private, RecordRef, RecordSource, RequestId,
    settings::{Part, Slot, Template},
};

/// Holds the log's key.
const KEY_FIELD: &str = "CallObject";
/// The one field of every log that has a template.
pub(crate) const SUBJECT: &str = "Subject";

/// One log.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Item {
    pub(super) key: LogKey,
    /// What should be in the CRM, and what it is about.
    pub(super) wanted: Entry,
    /// What is known to be there.
    pub(super) saved: Option<LogFields>,
    /// The log's record, once created.
    pub(super) record: Option<String>,
    pub(super) stage: Stage,
    /// What the CRM did not take, while the rest of the log is saved.
    pub(super) missing: Option<Fault>,
    /// Monotonic milliseconds before which it is not sent; of this page only.
    pub(super) not_before: u64,
    /// Failed updates in a row.
    pub(super) attempts: u32,
    /// It is not known yet whose call it was.
    pub(super) seek: Option<Seek>,
    /// Saved, and kept without its notes: what is written now would replace them.
    pub(super) slim: bool,
}

/// A search that was not answered when the call left.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Seek {
    pub(crate) call: CallId,
    /// None: it is still to be asked.
    pub(crate) request: Option<RequestId>,
    pub(crate) number: Private,
}

/// What a call has to say to its log.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Entry {
    pub(crate) fields: LogFields,
    /// No more changes will come.
    pub(crate) complete: bool,
    /// It may not go without a record.
    pub(crate) holds: bool,
    /// The record it belongs to.
    pub(crate) record: Option<RecordRef>,
    pub(crate) source: Option<RecordSource>,
    /// Records to choose from.
    pub(crate) offered: Vec<RecordRef>,
    /// The call it tells of, for what is reported after the call's end.
    pub(crate) call: Option<PhoneRef>,
    /// Until then its name is no other call's, as far as anybody can tell, wall-clock milliseconds.
    pub(crate) named_until: u64,
    /// Fields the notes stand in besides their own.
    pub(crate) with_notes: Vec<String>,
    /// Fields that take late news, or name the record: name, and the text with everything else filled in.
    #[cfg_attr(feature = "redact", serde(serialize_with = "crate::private::redact::parts"))]
    pub(crate) late: Vec<(String, Vec<Late>)>,
    pub(crate) news: News,
}

/// A part of such a text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum Late {
    Slot(Slot),
    Text(Private),
}

impl Late {
    /// Whether what fills the slot may change after the call's end.
    pub(crate) const fn is(slot: Slot) -> bool {
        matches!(slot, Slot::Quality | Slot::Recording) || slot.is_record()
    }

    /// Whether the template has such a slot.
    pub(crate) fn concerns(template: &Template) -> bool {
        template.parts.iter().any(|part| matches!(part, Part::Slot(slot) if Self::is(*slot)))
    }
}

/// What a phone system may tell after a call's end.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct News {
    /// Where the recording is.
    pub(crate) recording: Private,
    /// Mean opinion score in hundredths.
    pub(crate) quality: Option<u16>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Stage {
    /// Refused by the CRM; waits for the agent.
    Failed(Fault),
    /// On its way.
    Sending { request: RequestId, fields: LogFields },
    /// The create got no answer: a late one still counts, else it is looked for, else the agent decides.
    Unconfirmed { request: RequestId, fields: LogFields, question: Question },
    /// To be sent when there is something to send.
    Waiting,
}

/// Whether an unconfirmed log is looked for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum Question {
    Asked {
        request: RequestId,
        /// Times it was not found.
        nones: u8,
    },
    Open {
        /// Monotonic milliseconds before which it is not asked.
        not_before: u64,
        nones: u8,
    },
    /// Nobody can tell.
    Unanswerable,
}

/// What the CRM refused.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Fault {
    /// Its words.
    pub(super) detail: Private,
    /// The fields at fault, by API name.
    pub(super) fields: Vec<String>,
}

impl News {
    /// The text of a slot of which [`Late::is`] is true, for a log on this record.
    pub(crate) fn text(&self, record: Option<&RecordRef>, slot: Slot) -> String {
        let id = match slot {
            Slot::Recording => return self.recording.reveal().into(),
            Slot::Quality => return self.quality.map(|mos| format!("{}.{:02}", mos / 100, mos % 100)).unwrap_or_default(),
            Slot::What => record.and_then(RecordRef::what),
            Slot::Who => record.and_then(RecordRef::who),
            _ => record.map(|record| record.id.as_str()),
        };
        id.unwrap_or_default().into()
    }
}

impl Item {
    pub(super) const fn new(key: LogKey, wanted: Entry, not_before: u64) -> Self {
        Self {
            key,
            wanted,
            saved: None,
            record: None,
            stage: Stage::Waiting,
            missing: None,
            not_before,
            attempts: 0,
            seek: None,
            slim: false,
        }
    }

    /// Something is to be sent, and may be.
    pub(super) fn is_due(&self) -> bool {
        let differs = self.saved.as_ref() != Some(&self.wanted.fields);
        // Before the CRM was asked who it is it is too early.
        matches!(self.stage, Stage::Waiting) && differs && !self.is_held() && self.seek.as_ref().is_none_or(|seek| seek.request.is_some())
    }

    /// Waits for a record before it is created.
    pub(super) const fn is_held(&self) -> bool {
        self.wanted.holds && self.wanted.record.is_none() && self.record.is_none()
    }

    /// The request whose answer settles it.
    pub(super) const fn request(&self) -> Option<RequestId> {
        match &self.stage {
            Stage::Sending { request, .. } | Stage::Unconfirmed { request, .. } => Some(*request),
            Stage::Failed(_) | Stage::Waiting => None,
        }
    }

    /// The agent's decision is needed. `finder`: unconfirmed logs can be looked for.
    pub(super) fn is_stuck(&self, finder: bool) -> bool {
        match &self.stage {
            Stage::Failed(_) => true,
            Stage::Unconfirmed { question, .. } => *question == Question::Unanswerable || !self.can_be_found(finder),
            Stage::Sending { .. } => false,
            Stage::Waiting => self.wanted.complete && (self.is_held() || self.missing.is_some()),
        }
    }

    /// Only a Task carries the key where the search for it looks.
    pub(super) fn can_be_found(&self, finder: bool) -> bool {
        let fields = &self.wanted.fields;
        // Where the CRM does not take the key, or the settings put something else in its place, it finds nothing.
        let keyless =
            fields.without.iter().chain(fields.custom.iter().map(|(name, _)| name)).any(|name| name.eq_ignore_ascii_case(KEY_FIELD));
        finder && matches!(fields.object.as_str(), "" | "Task") && !keyless
    }

    /// It is all in the CRM, as far as the CRM takes it.
    pub(super) fn is_finished(&self) -> bool {
        self.wanted.complete && matches!(self.stage, Stage::Waiting) && self.saved.as_ref() == Some(&self.wanted.fields)
    }

    /// Fills in what became known of the recording and the quality.
    pub(super) fn learn(&mut self, change: impl FnOnce(&mut News)) {
        change(&mut self.wanted.news);
        self.fill_late();
    }

    /// Fills in what may have changed since the call's end.
    pub(super) fn fill_late(&mut self) {
        for (name, parts) in &self.wanted.late {
            let part = |part: &Late| match part {
                Late::Slot(slot) => self.wanted.news.text(self.wanted.record.as_ref(), *slot),
                Late::Text(text) => text.reveal().to_owned(),
            };
            let text: String = parts.iter().map(part).collect();
            if let Some((_, value)) = self.wanted.fields.custom.iter_mut().find(|(known, _)| known == name) {
                *value = text.into();
            }
        }
    }

    /// Where it says which record it belongs to. A field that the CRM did not take says nothing.
    pub(super) fn place(&self) -> LogPlace {
        let Entry { fields, late, .. } = &self.wanted;
        let names = |parts: &[Late]| parts.iter().any(|part| matches!(part, Late::Slot(slot) if slot.is_record()));
        LogPlace::of(&fields.object, || late.iter().any(|(name, parts)| names(parts) && !fields.without.contains(name)))
    }

    /// Tries the whole log once more.
    pub(super) fn begin_again(&mut self) {
        (self.stage, self.not_before, self.missing) = (Stage::Waiting, 0, None);
        self.wanted.holds = false;
        self.wanted.fields.without.clear();
    }

    /// What is kept of a saved log: enough to move it to another record, and no notes.
    pub(super) fn slimmed(mut self) -> Self {
        (self.missing, self.slim) = (None, true);
        let hold = &self.wanted.with_notes;
        // What comes later cannot be written beside notes that are not here any more.
        self.wanted.late.retain(|(name, _)| !hold.contains(name));
        for fields in [Some(&mut self.wanted.fields), self.saved.as_mut()].into_iter().flatten() {
            fields.notes = Private::default();
            if hold.iter().any(|name| name == SUBJECT) {
                fields.subject = Private::default();
            }
            for (_, value) in fields.custom.iter_mut().filter(|(name, _)| hold.contains(name)) {
                *value = Private::default();
            }
        }
        self
    }

    /// What the agent sees of it; none while it goes its way by itself and its call has the word.
    pub(super) fn view(&self, finder: bool) -> Option<LogView> {
        let state = match (&self.stage, &self.missing) {
            (Stage::Failed(Fault { detail, fields }), _) => LogState::Failed { detail: detail.clone(), fields: fields.clone() },
            (Stage::Unconfirmed { .. }, _) if self.is_stuck(finder) => LogState::Unconfirmed,
            _ if !self.wanted.complete => return None,
            (Stage::Waiting, _) if self.is_held() => LogState::Unassociated,
            (Stage::Waiting, Some(Fault { detail, fields })) if !self.is_due() => {
                LogState::Incomplete { detail: detail.clone(), fields: fields.clone() }
            }
            _ => LogState::Pending,
        };
        Some(self.view_as(state))
    }

    pub(super) fn view_as(&self, state: LogState) -> LogView {
        let Entry { fields, record, source, offered, .. } = &self.wanted;
        let place = self.place();
        let named = place != LogPlace::Nowhere;
        LogView {
            key: self.key,
            state,
            subject: fields.subject.clone(),
            draft: DraftView { disposition: fields.disposition.clone(), dispositions: Vec::new(), notes: fields.notes.clone() },
            place,
            record: record.clone().filter(|_| named),
            record_source: source.filter(|_| named),
            offered: if named { offered.clone() } else { Vec::new() },
            saved_as: self.record.clone(),
            writable: !self.slim,
        }
    }
}
