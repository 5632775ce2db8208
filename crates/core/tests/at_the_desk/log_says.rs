//! What a log says, and which calls have one.

use crate::desk::{Desk, contact, delivered, settings};
use crate::kept::ringing;
use hookswitch_core::settings::{LogWhen, Settings, Template};
use hookswitch_core::{
    AgentCommand, Cause, CrmCommand, CrmReport, LogFields, LogState, LogValue, Output, PhoneCall, PhoneReport, RecordRef, Side,
};

fn with_field(template: &str) -> Settings {
    let mut settings = settings();
    settings.log.custom_fields.insert("Story__c".into(), Template::parse(template).expect("a template"));
    settings
}

fn story(fields: &LogFields) -> &str {
    fields.custom[0].1.reveal()
}

/// Saves whatever is on its way; what was sent last.
fn all_saved(desk: &mut Desk) -> Option<LogFields> {
    let mut last = None;
    while let Some((request, _, fields)) = desk.try_log() {
        desk.saves(request, "00T1");
        last = Some(fields);
    }
    last
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn conversation_hold_and_wrap_up_are_counted_in_seconds() {
    let mut desk = Desk::with(with_field("{duration} {hold} {wrapUp} {handle}"));
    let id = desk.talks("c1");
    desk.finds(&[]).passes(10_000);
    desk.agent(AgentCommand::Hold(id)).held("c1").passes(30_000);
    desk.agent(AgentCommand::Retrieve(id)).report(PhoneReport::Retrieved { call: "c1".into(), by: Side::Agent }).passes(5_000);
    desk.cleared("c1", Cause::Normal).passes(20_000).agent(AgentCommand::FinishWrapUp(id));
    let last = all_saved(&mut desk).expect("it is logged");
    assert_eq!((story(&last), last.duration_s), ("45 30 20 65", Some(45)));
}

#[test]
fn late_news_stand_beside_what_the_log_said_before() {
    let mut desk = Desk::with(with_field("{number}: {recording}"));
    desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&[]);
    assert_eq!(story(&all_saved(&mut desk).expect("it is logged")), "+14155550100: ");
    desk.report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
    assert_eq!(story(&all_saved(&mut desk).expect("it is brought up to date")), "+14155550100: rec-1");
}

#[test]
fn notes_that_stand_in_another_field_too_are_not_kept_once_they_are_saved() {
    let mut desk = Desk::with(with_field("{notes} {recording}"));
    let id = desk.talks("c1");
    desk.finds(&[]);
    desk.agent(AgentCommand::SetNotes(id, "wants a refund".into())).cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert!(contains(&desk.stored, "refund"));
    assert_eq!(story(&all_saved(&mut desk).expect("it is logged")), "wants a refund ");
    assert!(!contains(&desk.stored, "refund"));
    desk.report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
    assert!(desk.try_log().is_none(), "it would write over the notes");
}

#[test]
fn news_of_one_call_are_not_put_on_another_that_goes_on() {
    let mut desk = Desk::with(with_field("{recording}"));
    let id = desk.talks("c1");
    desk.finds(&[]).agent(AgentCommand::Hold(id)).held("c1");
    desk.talks("c2");
    desk.finds(&[]);
    all_saved(&mut desk);
    desk.report(PhoneReport::RecordingReference { call: "c1".into(), reference: "rec-1".into() });
    let fields: Vec<_> = std::iter::from_fn(|| {
        let (request, _, fields) = desk.try_log()?;
        desk.saves(request, "00T1");
        Some(story(&fields).to_owned())
    })
    .collect();
    assert_eq!(fields, ["rec-1"]);
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert_eq!(story(&all_saved(&mut desk).expect("it is logged")), "rec-1");
}

#[test]
fn a_log_without_a_record_waits_for_the_agents_word_where_the_settings_say_so() {
    let mut settings = settings();
    settings.log.unassociated = false;
    let mut desk = Desk::with(settings);
    let id = desk.talks("c1");
    desk.finds(&[]);
    assert!(desk.try_log().is_none());
    desk.agent(AgentCommand::Select(id, None)).cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    assert!(desk.try_log().is_some(), "the agent wants none");
    let (mut waits, mut goes) = (Desk::new(), Desk::new());
    for (desk, found) in [(&mut waits, vec![]), (&mut goes, vec![contact("003A")])] {
        let mut settings = crate::desk::settings();
        settings.log.unassociated = false;
        *desk = Desk::with(settings);
        desk.rings("c1").cleared("c1", Cause::Abandoned).finds(&found);
    }
    assert_eq!((waits.try_log(), waits.snapshot().logs[0].state.clone()), (None, LogState::Unassociated));
    assert!(goes.try_log().is_some());
}

#[test]
fn how_a_call_ended_is_its_outcome_only_where_nobody_answered() {
    let outcome = |answered: bool| {
        let mut desk = Desk::new();
        desk.rings("c1").finds(&[]);
        if answered {
            desk.established("c1");
        }
        desk.cleared("c1", Cause::NetworkLost).passes(61_000);
        all_saved(&mut desk).expect("it is logged").disposition
    };
    assert_eq!(outcome(false).as_deref(), Some("Failed"));
    assert_eq!(outcome(true), None, "what was said the agent knows");
}

#[test]
fn a_missed_call_is_logged_by_the_one_it_belongs_to_and_a_queues_where_the_settings_say_so() {
    for (queue, owns, missed_queue, logged) in [
        ("", true, false, true),
        ("", false, true, false),
        ("Sales", true, true, true),
        ("Sales", true, false, false),
        ("Sales", false, true, false),
    ] {
        let mut report = delivered("c1", "+14155550100");
        if let PhoneReport::Delivered { queue: name, owns_log, .. } = &mut report {
            (*name, *owns_log) = (queue.into(), owns);
        }
        // The report was lost, and a list tells.
        let listed = PhoneReport::Sync { calls: vec![PhoneCall { queue: queue.into(), owns_log: owns, ..ringing("c1") }] };
        for known_from in [report, listed] {
            let mut settings = settings();
            settings.log.missed_queue = missed_queue;
            let mut desk = Desk::with(settings);
            desk.report(known_from).cleared("c1", Cause::Abandoned).passes(6_000);
            assert_eq!(desk.try_log().is_some(), logged, "queue {queue:?}, owns {owns}, missed_queue {missed_queue}");
        }
    }
}

#[test]
fn where_a_kind_of_call_is_never_logged_it_is_not_whatever_was_written() {
    let logged = |when, answered: bool, notes: &str| {
        let mut settings = settings();
        settings.log.when.inbound = when;
        let mut desk = Desk::with(settings);
        desk.rings("c1").finds(&[]);
        let id = desk.call().id;
        if answered {
            desk.established("c1");
        }
        assert_eq!(desk.call().logged, when != LogWhen::Never, "and the agent is told before a word is written");
        desk.agent(AgentCommand::SetNotes(id, notes.into())).cleared("c1", Cause::Abandoned).passes(61_000);
        desk.try_log().is_some()
    };
    assert!(!logged(LogWhen::Never, true, "") && !logged(LogWhen::Never, false, "") && !logged(LogWhen::Never, false, "half"));
    assert!(logged(LogWhen::Answered, true, "") && !logged(LogWhen::Answered, false, "") && logged(LogWhen::Answered, false, "half"));
    assert!(logged(LogWhen::Always, false, ""));
}

#[test]
fn a_consultation_is_a_part_of_the_customers_call_until_something_is_written_about_it() {
    let logs = |by_settings: bool, choice: Option<&str>| {
        let mut settings = settings();
        settings.log.consultation = by_settings;
        settings.log.when.internal = LogWhen::Always;
        settings.wrap_up.dispositions.internal = vec!["Asked".into()];
        let mut desk = Desk::with(settings);
        let customer = desk.talks("c1");
        desk.finds(&[]);
        all_saved(&mut desk);
        desk.agent(AgentCommand::Consult { call: customer, number: "1002".into() }).held("c1");
        let (colleague, request) = (desk.call().id, crate::desk::newest_request(&mut desk));
        desk.report(PhoneReport::Originated { request, call: "k1".into() });
        desk.agent(AgentCommand::SetDisposition(colleague, choice.map(String::from)));
        desk.established("k1").cleared("k1", Cause::Normal);
        desk.try_log().is_some()
    };
    assert!(!logs(false, None) && logs(true, None) && logs(false, Some("Asked")));
}

#[test]
fn a_time_by_itself_is_a_number_and_an_id_by_itself_is_an_id_and_beside_words_both_are_text() {
    let mut with = settings();
    for (name, template) in
        [("Hold__c", "{hold}"), ("Text__c", "{hold} s"), ("Quality__c", "{quality}"), ("Who__c", "{who}"), ("What__c", "{what}")]
    {
        with.log.custom_fields.insert(name.into(), Template::parse(template).expect("a template"));
    }
    let mut desk = Desk::with(with);
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]).passes(10_000).cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    let last = all_saved(&mut desk).expect("it is logged");
    let values: Vec<_> = last.custom_values().collect();
    let expected = [
        ("Hold__c", LogValue::Number(0.0)),
        ("Quality__c", LogValue::Empty),
        ("Text__c", LogValue::Text("0 s")),
        ("What__c", LogValue::Empty),
        ("Who__c", LogValue::Text("003A")),
    ];
    assert_eq!(values, expected);
}

#[test]
fn a_case_that_was_listed_beside_the_call_takes_its_log_also_after_the_wrap_up() {
    let mut settings = settings();
    settings.identity.apex_class = Some("Hookswitch".into());
    let mut desk = Desk::with(settings);
    let id = desk.talks("c1");
    desk.finds(&[contact("003A")]);
    let request = desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::OpenCases { .. }, .. }));
    let case = |id: &str| RecordRef { id: id.into(), object: "Case".into(), ..RecordRef::default() };
    let cases: Vec<_> = (0..10).map(|number| case(&format!("500{number}"))).collect();
    desk.crm(CrmReport::Cases { request, cases: cases.clone() });
    desk.cleared("c1", Cause::Normal).agent(AgentCommand::FinishWrapUp(id));
    while let Some((request, ..)) = desk.try_log() {
        desk.saves(request, "00T1");
    }
    let saved = desk.snapshot().recent[0].clone();
    assert!(cases.iter().all(|case| saved.offered.contains(case)) && saved.offered.contains(&contact("003A")), "{:?}", saved.offered);
    desk.agent(AgentCommand::RelateLog(saved.key, Some(cases[9].clone())));
    assert_eq!(desk.log().2.what.as_deref(), Some("5009"));
}
