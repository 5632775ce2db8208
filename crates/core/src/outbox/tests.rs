//! What becomes of a log, letter by letter.

use super::*;
use crate::{LogState, PhoneRef, Private, RecordRef, RecordSource};

pub(super) const KEY: LogKey = LogKey { seed: 1, count: 1 };

pub(super) fn entry(notes: &str) -> Entry {
    let fields = LogFields { notes: notes.into(), custom: vec![("Hold__c".into(), "3".into())], ..LogFields::default() };
    Entry { fields, complete: true, ..Entry::default() }
}

fn sent() -> Outbox {
    let mut outbox = Outbox::default();
    outbox.put(KEY, entry("a"), 0);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    outbox
}

pub(super) fn unanswered() -> Outbox {
    let mut outbox = sent();
    outbox.failed(RequestId(7), &CrmFailure::NoReply, 0);
    outbox
}

pub(super) fn refusal(detail: &str, fields: &[&str]) -> CrmFailure {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail: detail.into(), fields }
}

pub(super) fn save(letter: Option<Letter>) -> (Option<String>, LogFields, Option<Box<LogFields>>) {
    match letter {
        Some(Letter::Save { record, fields, before, .. }) => (record, *fields, before),
        _ => panic!("a log is to be saved"),
    }
}

fn state(outbox: &Outbox, finder: bool) -> LogState {
    outbox.views(finder)[0].state.clone()
}

#[test]
fn a_create_without_an_answer_is_never_repeated_by_itself() {
    let mut outbox = unanswered();
    assert!(outbox.send(u64::MAX, RequestId(8), false).is_none());
    assert_eq!(state(&outbox, false), LogState::Unconfirmed);
}

#[test]
fn a_late_answer_settles_an_unconfirmed_create() {
    let mut outbox = unanswered();
    assert_eq!(outbox.saved(RequestId(7), "00T1".into()), Some(true));
    assert_eq!((outbox.unfinished(), outbox.recent()[0].saved_as.as_deref()), (0, Some("00T1")));
}

#[test]
fn an_unconfirmed_create_that_is_found_is_updated_and_not_made_again() {
    let mut outbox = unanswered();
    assert!(matches!(outbox.send(0, RequestId(8), true), Some(Letter::Find { key: KEY, .. })));
    assert_eq!(state(&outbox, true), LogState::Pending);
    outbox.write(KEY, |notes, _| *notes = "b".into());
    assert_eq!(outbox.found(RequestId(8), Some("00T1".into()), 0), Some(false));
    let (record, fields, before) = save(outbox.send(0, RequestId(9), true));
    assert_eq!((record.as_deref(), fields.notes.reveal(), before.unwrap().notes.reveal()), (Some("00T1"), "b", "a"));
}

#[test]
fn an_unconfirmed_create_is_made_again_only_when_it_was_twice_not_found() {
    let mut outbox = unanswered();
    assert!(outbox.send(0, RequestId(8), true).is_some());
    assert_eq!(outbox.found(RequestId(8), None, 100), Some(false));
    assert!(outbox.send(100, RequestId(9), true).is_none());
    assert_eq!(outbox.deadline(100, true), Some(100 + SECOND_LOOK_MS));
    assert!(matches!(outbox.send(100 + SECOND_LOOK_MS, RequestId(9), true), Some(Letter::Find { .. })));
    assert_eq!(outbox.found(RequestId(9), None, 200), Some(false));
    assert_eq!(save(outbox.send(200, RequestId(10), true)).0, None);
}

#[test]
fn a_create_that_is_refused_since_the_log_is_there_goes_on_with_that_log_and_says_all_of_it() {
    let mut outbox = unanswered();
    assert_eq!(outbox.found(RequestId(7), None, 0), None, "nobody asked whether it is there");
    for (request, now) in [(8, 0), (9, SECOND_LOOK_MS)] {
        assert!(matches!(outbox.send(now, RequestId(request), true), Some(Letter::Find { .. })));
        assert_eq!(outbox.found(RequestId(request), None, now), Some(false));
    }
    assert_eq!(save(outbox.send(SECOND_LOOK_MS, RequestId(10), true)).0, None);
    assert_eq!(outbox.found(RequestId(10), Some("00T1".into()), SECOND_LOOK_MS), Some(false));
    let (record, fields, before) = save(outbox.send(SECOND_LOOK_MS, RequestId(11), true));
    assert_eq!((record.as_deref(), fields.notes.reveal(), before), (Some("00T1"), "a", None));
    // An update that is refused with such words is none of it.
    assert_eq!(outbox.found(RequestId(11), Some("00T2".into()), SECOND_LOOK_MS), None);
}

#[test]
fn where_nobody_can_look_the_agent_decides() {
    let mut outbox = unanswered();
    assert!(outbox.send(0, RequestId(8), true).is_some());
    outbox.failed(RequestId(8), &refusal("no such class", &[]), 0);
    assert_eq!(state(&outbox, true), LogState::Unconfirmed);
    assert!(outbox.send(u64::MAX, RequestId(9), true).is_none());
    assert!(outbox.resend(KEY, true));
    assert_eq!(save(outbox.send(0, RequestId(9), true)).0, None);
}

#[test]
fn a_search_that_gets_no_answer_is_made_again_and_the_log_is_not() {
    let mut outbox = unanswered();
    assert!(outbox.send(0, RequestId(8), true).is_some());
    outbox.failed(RequestId(8), &CrmFailure::NoReply, 0);
    assert!(matches!(outbox.send(u64::MAX, RequestId(9), true), Some(Letter::Find { .. })));
}

#[test]
fn a_log_of_another_object_cannot_be_found_by_its_key() {
    let mut outbox = Outbox::default();
    let mut other = entry("a");
    other.fields.object = "Call__c".into();
    outbox.put(KEY, other, 0);
    assert!(outbox.send(0, RequestId(7), true).is_some());
    outbox.failed(RequestId(7), &CrmFailure::NoReply, 0);
    assert!(outbox.send(u64::MAX, RequestId(8), true).is_none());
    assert_eq!(state(&outbox, true), LogState::Unconfirmed);
}

#[test]
fn an_update_without_an_answer_is_repeated_after_a_pause() {
    let mut outbox = sent();
    outbox.put(KEY, entry("b"), 0);
    assert_eq!(outbox.saved(RequestId(7), "00T1".into()), Some(false));
    assert_eq!(save(outbox.send(0, RequestId(8), false)).0.as_deref(), Some("00T1"));
    outbox.failed(RequestId(8), &CrmFailure::NoReply, 0);
    assert!(outbox.send(1_999, RequestId(9), false).is_none());
    assert_eq!(outbox.deadline(0, false), Some(2_000));
    assert!(outbox.send(2_000, RequestId(9), false).is_some());
}

#[test]
fn a_refused_log_waits_for_the_agent_who_can_mend_it() {
    let mut outbox = sent();
    outbox.failed(RequestId(7), &refusal("Too long: [Subject]", &["Subject"]), 0);
    assert!(outbox.send(0, RequestId(8), false).is_none());
    assert_eq!(state(&outbox, false), LogState::Failed { detail: "Too long: [Subject]".into(), fields: vec!["Subject".into()] });
    outbox.write(KEY, |notes, _| *notes = "mended".into());
    assert!(outbox.send(0, RequestId(8), false).is_none(), "not with every letter");
    assert!(outbox.resend(KEY, false));
    assert_eq!(save(outbox.send(0, RequestId(8), false)).1.notes.reveal(), "mended");
}

#[test]
fn fields_that_are_refused_are_left_out_so_that_the_rest_is_saved_and_the_agent_is_told() {
    let mut outbox = sent();
    outbox.failed(RequestId(7), &refusal("No access: [Hold__c]", &["Hold__c"]), 0);
    assert_eq!(save(outbox.send(0, RequestId(8), false)).1.without, ["Hold__c"]);
    assert_eq!(outbox.saved(RequestId(8), "00T1".into()), Some(true));
    let told = LogState::Incomplete { detail: "No access: [Hold__c]".into(), fields: vec!["Hold__c".into()] };
    assert_eq!(state(&outbox, false), told);
    assert!(outbox.is_stuck(KEY, false));
    // The agent may try the whole log again, or leave it at that.
    let mut again = outbox.clone();
    assert!(again.resend(KEY, false));
    let (record, fields, _) = save(again.send(0, RequestId(9), false));
    assert_eq!((record.as_deref(), fields.without.len()), (Some("00T1"), 0));
    assert!(outbox.discard(KEY));
    assert_eq!((outbox.unfinished(), outbox.recent().len()), (0, 1));
}

#[test]
fn a_log_that_is_refused_without_the_field_as_well_is_shown_as_failed_and_goes_whole_the_next_time() {
    let mut outbox = sent();
    outbox.failed(RequestId(7), &refusal("Choose one: [CallDisposition]", &["CallDisposition"]), 0);
    assert!(outbox.send(0, RequestId(8), false).is_some());
    outbox.failed(RequestId(8), &refusal("Choose one: [CallDisposition]", &["CallDisposition"]), 0);
    assert!(matches!(state(&outbox, false), LogState::Failed { .. }));
    assert!(outbox.resend(KEY, false));
    assert_eq!(save(outbox.send(0, RequestId(9), false)).1.without.len(), 0);
}

#[test]
fn a_create_under_way_when_the_page_went_is_unconfirmed_for_the_next() {
    let mut next = Outbox::default();
    next.adopt(sent(), 50);
    assert_eq!(state(&next, false), LogState::Unconfirmed);
    assert!(next.send(u64::MAX, RequestId(1), false).is_none());
    assert!(next.send(50, RequestId(1), true).is_none(), "it may still be on its way");
    assert!(matches!(next.send(50 + SETTLING_MS, RequestId(1), true), Some(Letter::Find { .. })));
}

#[test]
fn a_log_without_a_record_waits_for_one_where_the_settings_say_so() {
    let mut outbox = Outbox::default();
    let record = RecordRef { id: "003A".into(), ..RecordRef::default() };
    outbox.put(KEY, Entry { holds: true, offered: vec![record.clone()], ..entry("a") }, 0);
    assert!(outbox.send(0, RequestId(7), false).is_none());
    assert_eq!(state(&outbox, false), LogState::Unassociated);
    outbox.relate(KEY, Some(record), RecordSource::Picked);
    assert_eq!(save(outbox.send(0, RequestId(7), false)).1.who.as_deref(), Some("003A"));
}

#[test]
fn a_saved_log_can_be_moved_to_another_record_and_only_that_is_sent() {
    let mut outbox = sent();
    outbox.saved(RequestId(7), "00T1".into());
    assert!(outbox.recent()[0].draft.notes.is_empty(), "what was sent is not kept");
    let case = RecordRef { id: "500A".into(), object: "Case".into(), partner: Some("003C".into()), ..RecordRef::default() };
    outbox.relate(KEY, Some(case), RecordSource::Picked);
    let (record, fields, before) = save(outbox.send(0, RequestId(8), false));
    assert_eq!((record.as_deref(), fields.who.as_deref(), fields.what.as_deref()), (Some("00T1"), Some("003C"), Some("500A")));
    assert_eq!(*before.unwrap(), LogFields { who: None, what: None, ..fields });
    outbox.saved(RequestId(8), "00T1".into());
    assert_eq!((outbox.unfinished(), outbox.recent().len()), (0, 1));
}

#[test]
fn the_last_twenty_saved_logs_are_kept_and_no_more() {
    let mut outbox = Outbox::default();
    for count in 1..=25 {
        outbox.put(LogKey { seed: 1, count }, entry("a"), 0);
        assert!(outbox.send(0, RequestId(count), false).is_some());
        outbox.saved(RequestId(count), format!("00T{count}"));
    }
    let kept: Vec<_> = outbox.recent().iter().map(|log| log.key.count).collect();
    assert_eq!((kept.len(), kept[0], kept[19]), (20, 25, 6));
}

#[test]
fn news_of_a_call_that_is_over_update_its_record() {
    let mut outbox = Outbox::default();
    let call = PhoneRef("c1".into());
    let template = vec![Late::Text("see ".into()), Late::Slot(crate::settings::Slot::Recording)];
    let mut with_news = Entry { call: Some(call.clone()), late: vec![("Recording__c".into(), template)], ..entry("a") };
    with_news.fields.custom.push(("Recording__c".into(), "see ".into()));
    outbox.put(KEY, with_news, 0);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    outbox.saved(RequestId(7), "00T1".into());
    assert!(outbox.learn(&call, 0, |news| news.recording = "rec-1".into()));
    let (record, fields, _) = save(outbox.send(0, RequestId(8), false));
    assert_eq!((record.as_deref(), fields.custom[1].1.reveal()), (Some("00T1"), "see rec-1"));
    assert!(!outbox.learn(&PhoneRef("c2".into()), 0, |news| news.recording = Private::default()));
}

#[test]
fn news_under_a_name_that_is_somebody_elses_by_now_leave_the_log_alone() {
    let call = PhoneRef("c1".into());
    let mut outbox = Outbox::default();
    outbox.put(KEY, Entry { call: Some(call.clone()), named_until: 1_000, ..entry("a") }, 0);
    assert!(!outbox.clone().learn(&call, 1_001, |news| news.quality = Some(410)), "too long ago");
    assert!(!outbox.clone().learn(&PhoneRef("c2".into()), 1_000, |news| news.quality = Some(410)));
    assert!(outbox.clone().learn(&call, 1_000, |news| news.quality = Some(410)));
    outbox.forget_names(Some(&PhoneRef("c2".into())));
    assert!(outbox.clone().learn(&call, 1_000, |news| news.quality = Some(410)));
    outbox.forget_names(Some(&call));
    assert!(!outbox.learn(&call, 1_000, |news| news.quality = Some(410)), "another call has it");
}

#[test]
fn of_a_saved_log_nothing_is_kept_that_holds_its_notes() {
    let mut outbox = Outbox::default();
    let call = PhoneRef("c1".into());
    let with_notes = vec!["Story__c".to_owned(), "Subject".to_owned()];
    let late = vec![("Story__c".into(), vec![Late::Text("wants a refund ".into()), Late::Slot(crate::settings::Slot::Recording)])];
    let mut wanted = Entry { call: Some(call.clone()), with_notes, late, ..entry("wants a refund") };
    wanted.fields.subject = "Call: wants a refund".into();
    wanted.fields.custom.push(("Story__c".into(), "wants a refund ".into()));
    outbox.put(KEY, wanted, 0);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    outbox.saved(RequestId(7), "00T1".into());
    let kept = serde_json::to_string(&outbox).unwrap();
    assert!(!kept.contains("refund"), "{kept}");
    assert!(kept.contains(r#"["Hold__c","3"]"#), "the rest is");
    outbox.learn(&call, 0, |news| news.recording = "rec-1".into());
    assert!(outbox.send(0, RequestId(8), false).is_none(), "and what is in the CRM is not written over by what is not here");
}

#[test]
fn a_log_whose_call_goes_on_after_all_is_the_same_log() {
    let mut outbox = sent();
    outbox.saved(RequestId(7), "00T1".into());
    outbox.put(KEY, Entry { complete: false, ..entry("") }, 0);
    assert!(outbox.recent().is_empty());
    outbox.put(KEY, entry("more"), 0);
    let (record, fields, _) = save(outbox.send(0, RequestId(8), false));
    assert_eq!((record.as_deref(), fields.notes.reveal()), (Some("00T1"), "more"));
}

#[test]
fn a_log_that_went_without_its_key_is_never_looked_for_by_it() {
    let mut outbox = Outbox::default();
    let mut entry = Entry { complete: true, ..Entry::default() };
    entry.fields.custom = vec![("callobject".into(), "mine".into())];
    outbox.put(KEY, entry, 0);
    assert!(outbox.send(0, RequestId(1), true).is_some());
    outbox.failed(RequestId(1), &CrmFailure::NoReply, 0);
    assert!(outbox.send(u64::MAX, RequestId(2), true).is_none(), "what is not found may be there");
    assert_eq!(outbox.views(true)[0].state, LogState::Unconfirmed);
}

#[test]
fn what_a_saved_log_says_is_not_written_over_by_what_the_agent_does_not_see() {
    let mut outbox = Outbox::default();
    let mut entry = Entry { complete: true, ..Entry::default() };
    entry.fields.notes = "wants a refund".into();
    outbox.put(KEY, entry, 0);
    outbox.send(0, RequestId(1), false);
    outbox.saved(RequestId(1), "00T1".into());
    outbox.relate(KEY, None, RecordSource::Picked);
    assert!(!outbox.can_write(KEY), "its notes are in the CRM alone");
}
