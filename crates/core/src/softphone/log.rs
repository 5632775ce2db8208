//! What is logged, when, and on which record.

use crate::{
    CallId, CallKind, Cause, CrmCommand, Direction, LogFields, LogPlace, Private, RecordRef, RecordSource,
    bug::Bug,
    outbox::{Entry, Late, Letter, MOST_OFFERED, SUBJECT},
    settings::{Log, LogWhen, Part, Slot, Template},
};

use super::{Softphone, call::Call, ending::cause_words, patience};

/// A recording is ready within a day; a phone system that was restarted since may count its calls from one again.
const NAMED_MS: u64 = 86_400_000;

/// Salesforce's limit for a subject and for a disposition, characters.
const SHORT_TEXT: usize = 255;

impl Softphone {
    /// The log of an answered call exists from its answer on, so that nothing is lost with the page; it is completed at the end.
    pub(super) fn log_progress(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        if call.core.answered.is_none() || !self.is_logged(call) {
            return;
        }
        let entry = self.entry(call, false);
        let key = call.core.key;
        let not_before = if call.search.is_settled() { 0 } else { self.now.mono + patience::SEARCH };
        self.outbox.put(key, entry, not_before);
        if let Some(call) = self.calls.get_mut(&id) {
            call.core.logged = true;
        }
    }

    /// The end of the call's story.
    pub(super) fn log_final(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        if self.is_logged(call) {
            let (key, entry, seek) = (call.core.key, self.entry(call, true), self.seek_for(call));
            let until = self.now.mono + patience::SEARCH;
            self.outbox.put(key, entry, if seek.is_some() { until } else { 0 });
            match seek {
                Some(seek) => self.outbox.seek(key, seek, until),
                None => self.outbox.release(key),
            }
        }
    }

    /// Whether a log takes what the agent writes about it.
    pub(super) fn can_be_logged(&self, call: &Call) -> bool {
        call.core.logged || self.settings.log.when[call.core.kind] != LogWhen::Never
    }

    pub(super) fn is_logged(&self, call: &Call) -> bool {
        let written = !call.core.notes.is_empty() || call.core.disposition.is_some();
        if self.seeded(Bug::ConsultationAlwaysLogged) && call.core.consultation {
            return true;
        }
        if call.core.consultation && !call.core.logged && !self.settings.log.consultation && !written {
            return false;
        }
        let policy = self.settings.log.when[call.core.kind];
        if call.core.logged || (call.core.answered.is_some() && policy != LogWhen::Never) {
            return true;
        }
        // A log the agent wrote in is never thrown away.
        if !call.core.notes.is_empty() {
            return policy != LogWhen::Never;
        }
        // Whoever answered logs it.
        if call.core.cause == Some(Cause::AnsweredElsewhere) {
            return false;
        }
        let mine = match call.core.direction {
            Direction::Out => true,
            Direction::In => call.core.owns_log && (call.core.queue.is_empty() || self.settings.log.missed_queue),
        };
        policy == LogWhen::Always && mine
    }

    /// Runs with every input: logs go out as soon as the CRM takes them.
    pub(super) fn send_logs(&mut self) {
        // Before it is known who is here, what an earlier page logged is not known either.
        if !self.crm_ready() || self.waits_for_user() || (self.outbox.is_empty() && !self.refresh) {
            return;
        }
        self.post_logs();
    }

    #[inline(never)]
    fn post_logs(&mut self) {
        loop {
            let request = crate::RequestId(self.count.request + 1);
            match self.outbox.send(self.now.mono, request, self.has_finder()) {
                Some(Letter::Find { key, since }) => self.ask_crm(CrmCommand::FindLog { key, since }),
                Some(Letter::Save { key, record, fields, before }) => self.ask_crm(CrmCommand::SaveLog { key, record, fields, before }),
                None => break,
            };
        }
        // Once, after the last of them: what could go has gone.
        if self.refresh && !self.outbox.is_sending() {
            self.refresh = false;
            self.ask_crm(CrmCommand::Refresh);
        }
    }

    /// Everything the outbox should know of a call.
    fn entry(&self, call: &Call, complete: bool) -> Entry {
        let custom = self.settings.log.custom_fields.iter();
        let late = custom.filter(|(_, template)| Late::concerns(template)).map(|(name, template)| {
            let filled = |part: &Part| match part {
                Part::Slot(slot) if Late::is(*slot) => Late::Slot(*slot),
                Part::Slot(slot) => Late::Text(self.slot(call, *slot).into()),
                Part::Text(text) => Late::Text(text.as_str().into()),
            };
            (name.clone(), template.parts.iter().map(filled).collect())
        });
        let chosen = call.core.record_source == Some(RecordSource::Picked);
        Entry {
            fields: self.fields(call, complete),
            complete,
            // Where none can be named, none is waited for.
            holds: !self.settings.log.unassociated && !chosen && self.settings.log.place() != LogPlace::Nowhere,
            record: call.core.record.clone(),
            source: call.core.record_source,
            offered: offered(call),
            call: call.phone_ref.clone(),
            named_until: call.core.began.wall.saturating_add(NAMED_MS),
            with_notes: fields_with_notes(&self.settings.log),
            late: late.collect(),
            news: call.core.news.clone(),
        }
    }

    fn fields(&self, call: &Call, complete: bool) -> LogFields {
        let record = call.core.record.as_ref();
        let fill = |template: &Template| Private::from(template.fill(|slot| self.slot(call, slot)));
        let disposition = call.core.disposition.clone().or_else(|| {
            let unanswered = complete && call.core.answered.is_none();
            call.core.cause.filter(|_| unanswered).and_then(cause_words).map(String::from)
        });
        let custom = &self.settings.log.custom_fields;
        let alone = |is: fn(Slot) -> bool| {
            let are = custom.iter().filter(move |(_, template)| template.only().is_some_and(is));
            are.map(|(name, _)| name.clone()).collect()
        };
        LogFields {
            subject: fill(&self.settings.log.subject).reveal().chars().take(SHORT_TEXT).collect::<String>().into(),
            completed: complete,
            date: call.core.began.local_date(),
            kind: Some(call.core.kind),
            duration_s: complete.then(|| call.core.talk.seconds()),
            disposition: disposition.map(|text| text.chars().take(SHORT_TEXT).collect()),
            notes: if complete { call.core.notes.clone() } else { Private::default() },
            who: record.and_then(RecordRef::who).map(String::from),
            what: record.and_then(RecordRef::what).map(String::from),
            object: self.settings.log.object.clone(),
            record_type: self.settings.log.record_type.clone(),
            without: Vec::new(),
            custom: custom.iter().map(|(name, template)| (name.clone(), fill(template))).collect(),
            numbers: alone(Slot::is_number),
            ids: alone(Slot::is_record),
        }
    }

    /// Logs of unknown fate can be looked for.
    pub(super) const fn has_finder(&self) -> bool {
        self.settings.identity.apex_class.is_some()
    }

    fn wrap_up_seconds(&self, call: &Call) -> u64 {
        call.core.wrap_up.map_or(0, |wrap_up| self.now.wall.saturating_sub(wrap_up.since) / 1000)
    }

    fn slot(&self, call: &Call, slot: Slot) -> String {
        let core = &call.core;
        match slot {
            Slot::Called => core.called.reveal().into(),
            Slot::CallId => core.key.to_string(),
            Slot::Date => core.began.local_date(),
            Slot::Disposition => core.disposition.clone().unwrap_or_default(),
            Slot::Duration => core.talk.seconds().to_string(),
            Slot::Kind => kind_words(core.kind).into(),
            Slot::Name => core.party.name.reveal().into(),
            Slot::Notes => core.notes.reveal().into(),
            Slot::Number => core.party.number.reveal().into(),
            Slot::Queue => core.queue.clone(),
            Slot::Time => core.began.local_minute().split_off(11),
            Slot::Hold => core.hold.seconds().to_string(),
            Slot::WrapUp => self.wrap_up_seconds(call).to_string(),
            Slot::Handle => (u64::from(core.talk.seconds()) + self.wrap_up_seconds(call)).to_string(),
            Slot::Quality | Slot::Record | Slot::Recording | Slot::What | Slot::Who => core.news.text(core.record.as_ref(), slot),
        }
    }
}

/// Records the log can be moved to: those that match, and all the open cases that were listed beside the call.
fn offered(call: &Call) -> Vec<RecordRef> {
    let matches: Vec<RecordRef> = call.matches.iter().take(MOST_OFFERED).cloned().collect();
    let cases = call.cases.offered.iter().filter(|case| !matches.iter().any(|known| known.id == case.id)).cloned().collect();
    [matches, cases].concat()
}

/// Where the notes stand besides their own field.
fn fields_with_notes(log: &Log) -> Vec<String> {
    let has_notes = |template: &Template| template.parts.contains(&Part::Slot(Slot::Notes));
    let custom = log.custom_fields.iter().filter(|(_, template)| has_notes(template)).map(|(name, _)| name.clone());
    custom.chain(has_notes(&log.subject).then(|| SUBJECT.to_owned())).collect()
}

/// The call type as Salesforce's pick list has it.
const fn kind_words(kind: CallKind) -> &'static str {
    match kind {
        CallKind::Inbound => "Inbound",
        CallKind::Internal => "Internal",
        CallKind::Outbound => "Outbound",
    }
}
