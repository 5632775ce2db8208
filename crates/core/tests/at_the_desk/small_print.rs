//! What is easily overlooked: the words, the counters and the edges of rules, each with the values on both sides.

use crate::desk::Desk;
use hookswitch_core::settings::{Dialing, Log};
use hookswitch_core::{AgentCommand, Cause, DialSource, Input, Now, Refusal, dialable};

#[test]
fn every_cause_has_a_word_of_its_own_that_leads_back_to_it() {
    for cause in Cause::ALL {
        assert_eq!(Cause::from_code(cause.code()), cause);
        assert_eq!(serde_json::to_value(cause).unwrap(), cause.code(), "the same word in plain data");
    }
    assert_eq!(Cause::from_code("anything else"), Cause::SystemFailure);
}

#[test]
fn the_revision_grows_by_one_with_what_is_accepted_and_not_with_what_is_refused() {
    let mut desk = Desk::new();
    let before = desk.snapshot().revision;
    desk.agent(AgentCommand::SetNotReady("Lunch".into()));
    assert_eq!(desk.snapshot().revision, before + 1);
    assert_eq!(desk.try_agent(AgentCommand::SetNotReady("Siesta".into())), Err(Refusal::UnknownReason("Siesta".into())));
    desk.now.mono += 1;
    desk.put(Input::Tick);
    assert_eq!(desk.snapshot().revision, before + 1, "nothing to draw anew");
}

#[test]
fn messages_are_numbered_and_the_newest_twelve_are_kept() {
    let mut desk = Desk::new();
    for count in 1_u32..=14 {
        desk.rings(&format!("c{count}")).cleared(&format!("c{count}"), Cause::Abandoned);
        assert_eq!(desk.snapshot().problems.len(), usize::min(count as usize, 12));
    }
    let ids: Vec<u32> = desk.snapshot().problems.iter().map(|problem| problem.id).collect();
    let first = ids[0];
    assert_eq!(ids, (first..first + 12).collect::<Vec<_>>());
    desk.agent(AgentCommand::Dismiss(first + 3));
    assert!(desk.snapshot().problems.iter().all(|problem| problem.id != first + 3));
}

fn dialed(raw: &str, dialing: &Dialing) -> Option<String> {
    dialable(raw, dialing).map(|number| number.to.reveal().to_owned())
}

#[test]
fn addresses_are_dialed_as_they_are_unless_they_cannot_be_any() {
    let plain = Dialing::default();
    for address in ["sip:1001", "sips:1001", "ada@example.com"] {
        assert_eq!(dialed(address, &plain).as_deref(), Some(address));
    }
    for broken in ["sip:10 01", "sip:10\u{7}01", "ada @example.com"] {
        assert_eq!(dialed(broken, &plain), None, "{broken:?}");
    }
}

#[test]
fn a_prefix_that_is_there_already_is_not_put_there_again() {
    let dialing = Dialing {
        apply_prefixes: true,
        outside_prefix: "9".into(),
        long_distance_prefix: "1".into(),
        international_prefix: "011".into(),
        ..Dialing::default()
    };
    for (raw, to) in [
        ("914155550100", "914155550100"),
        ("442079460018", "91442079460018"),
        ("901149301", "901149301"),
        ("91415555010", "9191415555010"),
        ("555010012", "9555010012"),
        ("5550100123", "915550100123"),
    ] {
        assert_eq!(dialed(raw, &dialing).as_deref(), Some(to), "{raw}");
    }
    let no_outside = Dialing { outside_prefix: String::new(), ..dialing };
    assert_eq!(dialed("4420794600181", &no_outside).as_deref(), Some("14420794600181"), "there is no outside line to be there already");
}

#[test]
fn letters_are_keys_only_where_they_complete_a_number() {
    let plain = Dialing::default();
    for (raw, to) in [
        ("1-800-FLOWERS", Some("18003569377")),
        ("1800 555 0100 HOME", Some("18005550100")),
        ("1-800-flowers", Some("18003569377")),
        ("1 800 ABCDEFGHIJKLMN", Some("1800")),
        ("80 CALL", Some("80")),
        ("1-800-FLOWERS!", Some("1800")),
    ] {
        assert_eq!(dialed(raw, &plain).as_deref(), to, "{raw}");
    }
}

#[test]
fn the_calendar_is_right_on_both_sides_of_every_kind_of_edge() {
    for (wall_seconds, minute) in [
        (68_169_599_u64, "1972-02-28 23:59"),
        (68_169_600, "1972-02-29 00:00"),
        (68_256_000, "1972-03-01 00:00"),
        (951_868_799, "2000-02-29 23:59"),
        (951_868_800, "2000-03-01 00:00"),
        (978_307_199, "2000-12-31 23:59"),
        (978_307_200, "2001-01-01 00:00"),
        (1_798_761_599, "2026-12-31 23:59"),
        (1_798_761_600, "2027-01-01 00:00"),
        (4_107_542_399, "2100-02-28 23:59"),
        (4_107_542_400, "2100-03-01 00:00"),
        (13_574_563_199, "2400-02-28 23:59"),
        (13_574_563_200, "2400-02-29 00:00"),
        (1_785_542_400, "2026-08-01 00:00"),
        (1_790_812_800, "2026-10-01 00:00"),
    ] {
        assert_eq!(Now { mono: 0, wall: wall_seconds * 1000, utc_offset: 0 }.local_minute(), minute);
    }
}

#[test]
fn what_was_called_again_from_a_list_is_an_ordinary_call() {
    let mut desk = Desk::new();
    desk.agent(AgentCommand::Dial { number: "+14155550100".into(), source: DialSource::Redial });
    assert_eq!(desk.call().record, None);
}

#[test]
fn what_would_be_dialed_is_told_beforehand_by_the_settings_in_use() {
    let mut settings = crate::desk::settings();
    settings.dialing.country = Some("DE".into());
    let mut desk = Desk::new();
    let preview = |desk: &Desk| desk.phone.preview("030 123456").map(|number| number.to.reveal().to_owned());
    assert_eq!(preview(&desk).as_deref(), Some("030123456"));
    desk.put(Input::Settings(Box::new(settings.clone())));
    assert_eq!((preview(&desk).as_deref(), desk.phone.settings()), (Some("+4930123456"), &settings));
    assert_eq!(desk.phone.preview("call me"), None);
}

#[test]
fn a_record_type_is_an_id_only_where_it_looks_like_one_throughout() {
    for id in ["012000000000001", "012000000000001AAA"] {
        assert!(Log::is_record_type_id(id), "{id}");
    }
    for name in ["Phone_Call", "01200000000000", "0120000000000011", "00T000000000001", "012_00000000001", "012000000000001A-A"] {
        assert!(!Log::is_record_type_id(name), "{name}");
    }
}
