//! Several logs beside each other: what concerns one leaves the others alone. And when each goes.

use super::tests::{KEY, entry, refusal, save, unanswered};
use super::*;
use crate::{CallId, CallKind, LogState, PhoneRef, RecordRef, RecordSource};

const OTHER: LogKey = LogKey { seed: 1, count: 2 };
const NOBODYS: LogKey = LogKey { seed: 1, count: 3 };

/// Two logs that wait, neither of which may go before `not_before`.
fn two(not_before: u64) -> Outbox {
    let mut outbox = Outbox::default();
    for (key, notes) in [(KEY, "a"), (OTHER, "b")] {
        let mut entry = entry(notes);
        entry.fields.kind = Some(if key == KEY { CallKind::Inbound } else { CallKind::Outbound });
        entry.call = Some(PhoneRef(format!("c{}", key.count)));
        outbox.put(key, entry, not_before);
    }
    outbox
}

/// Two logs, of which the first was sent and answered.
fn first(answer: impl FnOnce(&mut Outbox, RequestId)) -> Outbox {
    let mut outbox = two(0);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    answer(&mut outbox, RequestId(7));
    outbox
}

fn goes(letter: Option<Letter>) -> Option<LogKey> {
    letter.map(|letter| match letter {
        Letter::Find { key, .. } | Letter::Save { key, .. } => key,
    })
}

fn notes(outbox: &Outbox, key: LogKey) -> String {
    let view = outbox.views(false).into_iter().find(|view| view.key == key).expect("it is there");
    view.draft.notes.reveal().to_owned()
}

fn keys(outbox: &Outbox) -> Vec<LogKey> {
    outbox.keys().collect()
}

fn record(id: &str) -> RecordRef {
    RecordRef { id: id.into(), object: "Contact".into(), ..RecordRef::default() }
}

fn asks(request: Option<u32>) -> Seek {
    Seek { call: CallId(1), request: request.map(RequestId), number: "+14155550100".into() }
}

#[test]
fn logs_go_one_at_a_time_and_the_oldest_first() {
    let mut outbox = two(0);
    assert_eq!(goes(outbox.send(0, RequestId(7), false)), Some(KEY));
    assert!(outbox.is_sending() && outbox.send(0, RequestId(8), false).is_none());
    assert_eq!(outbox.saved(RequestId(7), "00T1".into()), Some(true));
    assert!(!outbox.is_sending());
    assert_eq!(goes(outbox.send(0, RequestId(8), false)), Some(OTHER));
}

#[test]
fn a_log_that_waits_for_a_search_goes_when_it_is_over_and_no_other_with_it() {
    let mut outbox = two(5_000);
    assert!(outbox.send(4_999, RequestId(7), false).is_none());
    assert_eq!(outbox.deadline(0, false), Some(5_000));
    outbox.release(OTHER);
    assert_eq!(goes(outbox.send(0, RequestId(7), false)), Some(OTHER));
    outbox.saved(RequestId(7), "00T2".into());
    assert!(outbox.send(0, RequestId(8), false).is_none());
    // The same by its call, which knows more by now; never later than before.
    outbox.put(KEY, entry("c"), 0);
    outbox.put(KEY, entry("d"), 9_000);
    assert_eq!(goes(outbox.send(0, RequestId(8), false)), Some(KEY));
}

#[test]
fn after_a_failure_the_pause_holds_doubles_up_to_a_minute_and_ends_with_an_answer() {
    let mut outbox = first(|outbox, request| {
        outbox.failed(request, &CrmFailure::NotSent, 100);
    });
    assert!(outbox.discard(OTHER));
    let mut now = 100;
    for (request, pause) in (8..).zip([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
        outbox.release(KEY);
        outbox.put(KEY, entry(&format!("{request}")), 0);
        assert_eq!(outbox.deadline(now, false), Some(now + pause));
        assert!(outbox.send(now + pause - 1, RequestId(request), false).is_none());
        now += pause;
        assert!(outbox.send(now, RequestId(request), false).is_some());
        outbox.failed(RequestId(request), &CrmFailure::NotSent, now);
    }
    assert!(outbox.send(now + 60_000, RequestId(99), false).is_some());
    outbox.put(KEY, entry("more"), 0);
    outbox.saved(RequestId(99), "00T1".into());
    assert!(outbox.send(now, RequestId(100), false).is_some(), "what is new goes at once");
}

#[test]
fn what_the_agent_does_with_one_log_is_done_to_that_one() {
    let mut outbox = two(0);
    outbox.write(OTHER, |notes, _| *notes = "mended".into());
    assert_eq!((notes(&outbox, KEY), notes(&outbox, OTHER)), ("a".into(), "mended".into()));
    outbox.relate(OTHER, Some(record("003B")), RecordSource::Picked);
    assert_eq!(outbox.views(false).iter().map(|view| view.record.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!((outbox.kind_of(KEY), outbox.kind_of(OTHER)), (Some(CallKind::Inbound), Some(CallKind::Outbound)));
    assert_eq!(outbox.kind_of(NOBODYS), None);
    assert!(outbox.discard(OTHER) && !outbox.discard(OTHER));
    assert_eq!(keys(&outbox), [KEY]);
    outbox.write(NOBODYS, |notes, _| *notes = "nobody's".into());
    assert_eq!(notes(&outbox, KEY), "a");
}

#[test]
fn only_a_log_that_is_stuck_is_sent_once_more() {
    let mut outbox = first(|outbox, request| {
        outbox.failed(request, &refusal("no", &[]), 0);
    });
    assert!(outbox.is_stuck(KEY, false) && !outbox.is_stuck(OTHER, false) && !outbox.is_stuck(NOBODYS, false));
    assert!(!outbox.resend(OTHER, false) && outbox.is_stuck(KEY, false));
    assert!(outbox.resend(KEY, false));
    assert_eq!(goes(outbox.send(0, RequestId(8), false)), Some(KEY));
}

#[test]
fn a_log_on_its_way_is_not_given_up_and_the_one_behind_it_may_be() {
    let mut outbox = two(0);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    assert!(!outbox.can_discard(KEY) && outbox.can_discard(OTHER) && !outbox.can_discard(NOBODYS));
    assert!(outbox.can_write(KEY) && outbox.can_write(OTHER) && !outbox.can_write(NOBODYS));
    assert!(!outbox.discard(KEY));
    assert!(outbox.discard(OTHER));
    assert!(!outbox.can_discard(OTHER) && !outbox.can_write(OTHER));
}

#[test]
fn only_a_log_of_which_nothing_was_sent_is_withdrawn_and_the_others_stay() {
    let mut outbox = two(0);
    assert!(outbox.withdraw(OTHER));
    assert_eq!(keys(&outbox), [KEY]);
    assert!(outbox.send(0, RequestId(7), false).is_some());
    assert!(!outbox.withdraw(KEY), "it is on its way");
    outbox.put(KEY, entry("more"), 0);
    outbox.saved(RequestId(7), "00T1".into());
    assert!(!outbox.withdraw(KEY), "it has a record");
    assert_eq!(keys(&outbox), [KEY]);
}

#[test]
fn what_another_page_keeps_as_well_is_left_to_it() {
    let mut outbox = first(|outbox, request| {
        outbox.saved(request, "00T1".into());
    });
    assert_eq!((outbox.unfinished(), outbox.recent().len()), (1, 1));
    outbox.forget(&[NOBODYS]);
    assert_eq!(keys(&outbox), [OTHER, KEY]);
    let mut other = outbox.clone();
    outbox.forget(&[KEY]);
    assert_eq!(keys(&outbox), [OTHER]);
    other.forget(&[OTHER]);
    assert_eq!(keys(&other), [KEY]);
    assert!(!other.is_empty());
    other.forget(&[KEY]);
    assert!(other.is_empty());
}

#[test]
fn each_log_knows_its_own_task() {
    let mut outbox = first(|outbox, request| {
        outbox.put(KEY, entry("more"), 0);
        outbox.saved(request, "00T1".into());
    });
    assert_eq!((outbox.task(KEY).as_deref(), outbox.task(OTHER)), (Some("00T1"), None));
    assert!(outbox.awaits(KEY) && outbox.awaits(OTHER) && !outbox.awaits(NOBODYS));
    outbox.send(0, RequestId(8), false);
    outbox.saved(RequestId(8), "00T1".into());
    assert!(!outbox.awaits(KEY));
}

#[test]
fn an_update_under_way_when_the_page_went_is_repeated_by_the_next() {
    let mut outbox = first(|outbox, request| {
        outbox.put(KEY, entry("more"), 0);
        outbox.saved(request, "00T1".into());
    });
    assert_eq!(goes(outbox.send(0, RequestId(8), false)), Some(KEY));
    let mut next = Outbox::default();
    next.adopt(outbox, 50);
    assert_eq!(save(next.send(50, RequestId(1), false)).0.as_deref(), Some("00T1"), "an update by id does no harm");
}

#[test]
fn a_log_of_unknown_fate_has_a_deadline_only_where_it_can_be_looked_for() {
    let mut outbox = Outbox::default();
    outbox.adopt(unanswered(), 50);
    assert_eq!((outbox.deadline(50, false), outbox.deadline(50, true)), (None, Some(50 + SETTLING_MS)));
    let mut outbox = unanswered();
    assert!(outbox.send(0, RequestId(8), true).is_some());
    outbox.failed(RequestId(8), &CrmFailure::NotSent, 300);
    assert_eq!(outbox.deadline(300, true), Some(300 + SECOND_LOOK_MS), "it is looked for once more");
}

#[test]
fn the_agent_sees_a_log_when_its_call_is_over_and_not_as_stuck_while_it_goes_its_way() {
    let mut outbox = Outbox::default();
    outbox.put(KEY, Entry { complete: false, holds: true, ..entry("a") }, 0);
    assert!(outbox.views(false).is_empty() && !outbox.is_stuck(KEY, false));
    outbox.put(KEY, entry("a"), 0);
    assert_eq!(outbox.views(false)[0].state, LogState::Pending);
    assert!(outbox.views(false)[0].writable && !outbox.is_stuck(KEY, false));
    outbox.send(0, RequestId(7), false);
    outbox.saved(RequestId(7), "00T1".into());
    assert!(!outbox.recent()[0].writable);
}

#[test]
fn a_log_that_was_saved_but_for_a_field_is_pending_again_when_it_is_moved() {
    let mut outbox = first(|outbox, request| {
        outbox.failed(request, &refusal("No access: [Hold__c]", &["Hold__c"]), 0);
    });
    outbox.send(0, RequestId(8), false);
    outbox.saved(RequestId(8), "00T1".into());
    assert!(matches!(outbox.views(false)[0].state, LogState::Incomplete { .. }));
    outbox.relate(KEY, Some(record("003A")), RecordSource::Picked);
    assert_eq!(outbox.views(false)[0].state, LogState::Pending);
}

#[test]
fn a_record_that_is_chosen_is_offered_from_then_on_and_once() {
    let mut outbox = two(0);
    let offered = |outbox: &Outbox| outbox.views(false)[0].offered.iter().map(|record| record.id.clone()).collect::<Vec<_>>();
    for (chosen, known) in [("003A", vec!["003A"]), ("003B", vec!["003A", "003B"]), ("003A", vec!["003A", "003B"])] {
        outbox.relate(KEY, Some(record(chosen)), RecordSource::Picked);
        assert_eq!(offered(&outbox), known);
    }
}

#[test]
fn a_log_whose_call_goes_on_can_be_written_again() {
    let mut outbox = first(|outbox, request| {
        outbox.saved(request, "00T1".into());
    });
    outbox.put(KEY, Entry { complete: false, ..entry("") }, 0);
    assert!(outbox.can_write(KEY), "what it says is the call's own again");
}

#[test]
fn a_search_for_a_saved_log_that_an_earlier_page_asked_keeps_no_other_waiting() {
    let mut outbox = two(0);
    outbox.seek(KEY, asks(Some(9)), 0);
    outbox.send(0, RequestId(7), false);
    outbox.saved(RequestId(7), "00T1".into());
    outbox.seek(OTHER, asks(None), 5_000);
    assert!(outbox.next_to_seek().is_none(), "one at a time");
    let mut next = Outbox::default();
    next.adopt(outbox, 50);
    assert_eq!(next.next_to_seek().map(|(key, ..)| key), Some(OTHER));
}

#[test]
fn late_news_of_the_quality_are_written_with_two_decimals() {
    let mut outbox = two(0);
    let template = vec![Late::Slot(crate::settings::Slot::Quality)];
    let mut wanted = Entry { call: Some(PhoneRef("c1".into())), late: vec![("Quality__c".into(), template)], ..entry("a") };
    wanted.fields.custom.push(("Quality__c".into(), "".into()));
    outbox.put(KEY, wanted, 0);
    assert!(outbox.learn(&PhoneRef("c1".into()), 0, |news| news.quality = Some(405)));
    assert_eq!(save(outbox.send(0, RequestId(7), false)).1.custom[1].1.reveal(), "4.05");
}

#[test]
fn the_subject_of_a_saved_log_is_kept_where_no_notes_are_in_it() {
    let mut outbox = Outbox::default();
    let mut wanted = Entry { with_notes: vec!["Story__c".into()], ..entry("a") };
    wanted.fields.subject = "Call with Ada".into();
    outbox.put(KEY, wanted, 0);
    outbox.send(0, RequestId(7), false);
    outbox.saved(RequestId(7), "00T1".into());
    assert_eq!(outbox.recent()[0].subject.reveal(), "Call with Ada");
}

#[test]
fn a_search_is_for_one_log_and_goes_with_the_call_that_goes_on() {
    let mut outbox = two(0);
    outbox.seek(KEY, asks(None), 5_000);
    outbox.seek(OTHER, asks(None), 5_000);
    assert_eq!(outbox.next_to_seek().map(|(key, ..)| key), Some(KEY));
    outbox.give_up_seeking(KEY);
    assert_eq!(outbox.next_to_seek().map(|(key, ..)| key), Some(OTHER));
    assert_eq!(goes(outbox.send(0, RequestId(7), false)), Some(KEY), "there is nothing to wait for");
    outbox.saved(RequestId(7), "00T1".into());
    outbox.put(OTHER, Entry { complete: false, ..entry("b") }, 0);
    assert!(outbox.next_to_seek().is_none(), "the call itself searches again");
    outbox.put(OTHER, entry("b"), 0);
    outbox.seek(OTHER, asks(Some(9)), 5_000);
    outbox.put(OTHER, entry("c"), 5_000);
    assert_eq!(outbox.found_for(RequestId(9), Vec::new(), None), Some(()), "the end of the story does not end the search");
}

#[test]
fn what_a_late_search_finds_is_offered_beside_what_was_known_each_once() {
    let mut outbox = Outbox::default();
    outbox.put(KEY, Entry { offered: vec![record("003A")], ..entry("a") }, 0);
    outbox.seek(KEY, asks(Some(9)), 5_000);
    let only = Some((record("003B"), RecordSource::Matched));
    assert_eq!(outbox.found_for(RequestId(8), Vec::new(), None), None, "nobody asked");
    assert_eq!(outbox.found_for(RequestId(9), vec![record("003A"), record("003B")], only), Some(()));
    let view = &outbox.views(false)[0];
    assert_eq!(view.offered.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["003A", "003B"]);
    assert_eq!(view.record.as_ref().map(|record| record.id.as_str()), Some("003B"));
}

#[test]
fn a_search_that_ends_does_not_shorten_the_pause_after_a_failure() {
    let mut outbox = Outbox::default();
    outbox.put(KEY, entry("a"), 0);
    outbox.seek(KEY, asks(Some(9)), 0);
    outbox.send(0, RequestId(7), false);
    outbox.failed(RequestId(7), &CrmFailure::NotSent, 0);
    assert!(outbox.not_found(RequestId(9)) && !outbox.not_found(RequestId(9)));
    assert_eq!(outbox.deadline(0, false), Some(2_000));
}
