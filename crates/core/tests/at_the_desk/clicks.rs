//! Numbers clicked in Salesforce, in every state an agent can be in, and calls that its components ask for.

use hookswitch_core::settings::ProviderKind;
use hookswitch_core::{
    AgentCommand, CallId, Cause, CrmCommand, CrmReport, CrmState, Output, PhoneCommand, PhoneReport, PhoneState, ProblemKind, Refusal,
    WantedStage, WantedUse,
};

use crate::desk::{Desk, all_capabilities, contact, dial, settings};

pub(crate) const BOB: &str = "(415) 555-0111";
pub(crate) const DIALED: &str = "4155550111";

/// What a click comes to.
#[derive(Debug, Eq, PartialEq)]
enum Outcome {
    /// The agent chooses among these.
    Asked(Vec<WantedUse>),
    Dialed,
    Refused(&'static str),
}

pub(crate) fn click(number: &str) -> CrmReport {
    CrmReport::ClickToDial { number: number.into(), record: None }
}

pub(crate) fn makes(desk: &Desk) -> Vec<String> {
    let made = |command| if let PhoneCommand::MakeCall { to, .. } = command { Some(to.reveal().to_owned()) } else { None };
    desk.phone_commands().into_iter().filter_map(made).collect()
}

fn uses(desk: &Desk) -> Vec<(WantedUse, Option<&'static str>)> {
    desk.snapshot().wanted.map(|wanted| wanted.uses.iter().map(|one| (one.to, one.refused)).collect()).unwrap_or_default()
}

fn refused(desk: &Desk) -> Option<&'static str> {
    desk.snapshot().problems.iter().rev().find_map(|problem| match problem.kind {
        ProblemKind::ClickRefused { code } => Some(code),
        _ => None,
    })
}

/// Starting: settings and CRM are there, the phone is on its way.
fn starting() -> Desk {
    let mut desk = Desk::cold(settings());
    desk.crm(CrmReport::State(CrmState::Ready));
    desk.report(PhoneReport::Service { state: PhoneState::Connecting, detail: "".into() });
    desk
}

#[test]
fn three_clicks_during_start_up_are_one_call_as_soon_as_the_phone_is_ready() {
    let mut desk = starting();
    for number in ["415 555 0100", BOB, BOB] {
        desk.crm(click(number));
        assert_eq!(desk.snapshot().wanted.map(|wanted| wanted.stage), Some(WantedStage::Starting), "the agent sees it");
    }
    assert!(desk.crm_commands().contains(&CrmCommand::ShowPanel));
    assert_eq!(makes(&desk), [""; 0]);
    desk.phone_comes();
    assert_eq!(makes(&desk), [""; 0], "calls of an earlier page may go on: the phone system is asked first");
    desk.report(PhoneReport::Sync { calls: Vec::new() });
    assert_eq!(makes(&desk), [DIALED], "the last one counts");
    assert_eq!((desk.snapshot().wanted, refused(&desk)), (None, None));
}

#[test]
fn a_click_during_start_up_does_not_wait_for_long_for_a_list_that_does_not_come() {
    let mut desk = starting();
    desk.crm(click(BOB)).phone_comes();
    desk.passes(1_000);
    assert_eq!(makes(&desk), [DIALED]);
}

#[test]
fn a_click_during_a_start_that_fails_or_takes_too_long_is_refused_in_words() {
    let mut desk = starting();
    desk.crm(click(BOB)).report(PhoneReport::Service { state: PhoneState::Failed, detail: "".into() });
    assert_eq!((refused(&desk), desk.snapshot().wanted), (Some("offline"), None));
    let mut desk = starting();
    desk.crm(click(BOB)).passes(29_999);
    assert_eq!(refused(&desk), None);
    desk.passes(1);
    assert_eq!((refused(&desk), desk.snapshot().wanted), (Some("offline"), None));
}

#[test]
fn numbers_can_be_clicked_only_while_the_phone_can_dial() {
    let enabled = |desk: &mut Desk| {
        let seen = std::mem::take(&mut desk.seen);
        let is = |output: &Output| match output {
            Output::Crm { command: CrmCommand::EnableDialing { on }, .. } => Some(*on),
            _ => None,
        };
        seen.iter().filter_map(is).collect::<Vec<_>>()
    };
    let mut desk = starting();
    assert_eq!(enabled(&mut desk), [false]);
    desk.report(PhoneReport::Service { state: PhoneState::Ready, detail: "".into() });
    assert_eq!(enabled(&mut desk), [true]);
    desk.report(PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() });
    assert_eq!(enabled(&mut desk), [false]);
}

fn outcome(mut desk: Desk, state: &str) -> Outcome {
    desk.seen.clear();
    desk.crm(click(BOB));
    assert!(desk.crm_commands().contains(&CrmCommand::ShowPanel), "{state}: the panel opens first");
    let allowed = uses(&desk).into_iter().filter(|(_, refused)| refused.is_none()).map(|(to, _)| to).collect::<Vec<_>>();
    match (makes(&desk).len(), allowed.is_empty(), refused(&desk)) {
        (1, true, None) => Outcome::Dialed,
        (0, false, None) => Outcome::Asked(allowed),
        (0, true, Some(code)) => Outcome::Refused(code),
        other => panic!("{state}: silence, or more than one thing at once: {other:?}"),
    }
}

/// The table of `docs/click-to-dial.md`, row by row.
#[test]
fn every_state_of_an_agent_has_its_outcome() {
    use WantedUse::{Add, Call, Consult, Transfer};
    let in_call = || {
        let mut desk = Desk::new();
        desk.talks("c1");
        desk
    };
    let with = |change: fn(&mut hookswitch_core::Capabilities)| {
        let mut desk = in_call();
        let mut capabilities = all_capabilities();
        change(&mut capabilities);
        desk.report(PhoneReport::Capabilities { capabilities });
        desk
    };
    let table: Vec<(&str, Desk, Outcome)> = vec![
        ("ready", Desk::new(), Outcome::Dialed),
        (
            "not ready",
            {
                let mut desk = Desk::new();
                desk.agent(AgentCommand::SetNotReady(String::new()));
                desk
            },
            Outcome::Dialed,
        ),
        (
            "wrap-up",
            {
                let mut desk = in_call();
                desk.cleared("c1", Cause::Normal);
                desk
            },
            Outcome::Dialed,
        ),
        (
            "ringing",
            {
                let mut desk = Desk::new();
                desk.rings("c1");
                desk
            },
            Outcome::Asked(vec![Call]),
        ),
        (
            "dialing",
            {
                let mut desk = Desk::new();
                desk.agent(dial("4155550199"));
                desk
            },
            Outcome::Refused("inProgress"),
        ),
        ("connected", in_call(), Outcome::Asked(vec![Call, Consult, Transfer, Add])),
        (
            "held",
            {
                let mut desk = in_call();
                desk.held("c1");
                desk
            },
            Outcome::Asked(vec![Call, Consult, Transfer]),
        ),
        (
            "one held, one connected",
            {
                let mut desk = in_call();
                desk.held("c1").talks("c2");
                desk
            },
            Outcome::Asked(vec![Call, Consult, Transfer, Add]),
        ),
        (
            "two held",
            {
                let mut desk = in_call();
                desk.held("c1").talks("c2");
                desk.held("c2");
                desk
            },
            Outcome::Asked(vec![Call]),
        ),
        ("no line free", with(|can| can.lines = 1), Outcome::Asked(vec![Transfer, Add])),
        (
            "no line free, and nothing but calls",
            with(|can| (can.lines, can.single_step_transfer, can.single_step_conference) = (1, false, false)),
            Outcome::Refused("busy"),
        ),
        ("a phone that cannot hold", with(|can| can.hold = false), Outcome::Asked(vec![Transfer, Add])),
        (
            "connection lost",
            {
                let mut desk = Desk::new();
                desk.report(PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() });
                desk
            },
            Outcome::Refused("offline"),
        ),
        (
            "signed out",
            {
                let mut desk = Desk::new();
                desk.report(PhoneReport::Service { state: PhoneState::Stopped, detail: "".into() });
                desk
            },
            Outcome::Refused("offline"),
        ),
        (
            "no phone",
            Desk::with(hookswitch_core::settings::Settings { provider: None::<ProviderKind>, ..settings() }),
            Outcome::Refused("noPhone"),
        ),
    ];
    for (state, desk, expected) in table {
        assert_eq!(outcome(desk, state), expected, "{state}");
    }
}

#[test]
fn what_is_no_number_is_refused_in_every_state() {
    for mut desk in [Desk::new(), starting(), {
        let mut desk = Desk::new();
        desk.talks("c1");
        desk
    }] {
        desk.crm(click("call me"));
        assert_eq!((refused(&desk), desk.snapshot().wanted), (Some("invalidNumber"), None));
    }
}

/// An agent in call 1 who clicked Bob's number on Ada's record.
fn asked() -> Desk {
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.crm(CrmReport::ClickToDial { number: BOB.into(), record: Some(contact("003A")) });
    desk.seen.clear();
    desk
}

#[test]
fn a_click_in_a_call_holds_and_dials_for_its_record_when_the_agent_says_so() {
    let mut desk = asked();
    let wanted = desk.snapshot().wanted.expect("the agent is asked");
    assert_eq!((wanted.about, wanted.record, wanted.number.reveal()), (Some(CallId(1)), Some(contact("003A")), BOB));
    desk.agent(AgentCommand::UseWanted(WantedUse::Call));
    assert_eq!(desk.phone_commands(), [PhoneCommand::Hold { call: "c1".into() }]);
    desk.held("c1");
    assert!(desk.phone_commands().contains(&PhoneCommand::MakeCall { to: DIALED.into(), record: "003A".into(), consults: None }));
    assert_eq!((desk.snapshot().wanted, desk.call().record), (None, Some(contact("003A"))));
}

#[test]
fn a_click_in_a_call_consults_transfers_or_adds_the_one_who_was_clicked() {
    let mut desk = asked();
    desk.agent(AgentCommand::UseWanted(WantedUse::Consult)).held("c1");
    assert_eq!((makes(&desk), desk.call().consults), (vec![DIALED.to_owned()], Some(CallId(1))));
    let mut desk = asked();
    desk.agent(AgentCommand::UseWanted(WantedUse::Transfer));
    assert_eq!(desk.phone_commands(), [PhoneCommand::SingleStepTransfer { call: "c1".into(), to: DIALED.into(), record: String::new() }]);
    let mut desk = asked();
    desk.agent(AgentCommand::UseWanted(WantedUse::Add));
    assert_eq!(desk.phone_commands(), [PhoneCommand::SingleStepConference { call: "c1".into(), to: DIALED.into() }]);
}

#[test]
fn a_choice_follows_the_calls_and_what_is_not_allowed_is_refused_as_listed() {
    let mut desk = asked();
    desk.held("c1");
    assert!(uses(&desk).contains(&(WantedUse::Add, Some("notConnected"))));
    assert_eq!(desk.try_agent(AgentCommand::UseWanted(WantedUse::Add)), Err(Refusal::NotConnected(CallId(1))));
    assert_eq!(desk.try_agent(AgentCommand::UseWanted(WantedUse::Anyway)), Err(Refusal::NotSupported));
    desk.cleared("c1", Cause::Normal);
    let allowed: Vec<_> = uses(&desk).into_iter().filter(|(_, refused)| refused.is_none()).collect();
    assert_eq!(allowed, [(WantedUse::Call, None)], "nobody is dialed without the agent's word, and there is nobody to ask about any more");
}

#[test]
fn a_later_click_takes_the_place_of_one_nobody_answered_and_it_goes_by_itself_after_a_minute() {
    let mut desk = asked();
    desk.crm(click("415 555 0122"));
    assert_eq!(desk.snapshot().wanted.map(|wanted| wanted.number.reveal().to_owned()).as_deref(), Some("415 555 0122"));
    desk.passes(59_999);
    assert!(desk.snapshot().wanted.is_some());
    desk.passes(1);
    assert_eq!((desk.snapshot().wanted, refused(&desk)), (None, Some("expired")));
    assert_eq!(desk.try_agent(AgentCommand::DropWanted), Err(Refusal::NothingWanted));
    assert_eq!(desk.try_agent(AgentCommand::UseWanted(WantedUse::Call)), Err(Refusal::NothingWanted));
}

#[test]
fn an_emergency_number_clicked_in_a_call_is_dialed_without_a_question() {
    let mut desk = Desk::new();
    desk.asks = true;
    desk.talks("c1");
    desk.crm(click("9-1-1")).held("c1");
    assert_eq!((makes(&desk), desk.snapshot().wanted), (vec!["911".to_owned()], None));
}

#[test]
fn a_component_hears_whether_its_call_was_placed() {
    let ask =
        |asked: &str, number: &str| CrmReport::CallAsked { asked: asked.into(), number: number.into(), record: Some(contact("003A")) };
    let answers = |desk: &Desk| {
        let answer = |command| match command {
            CrmCommand::AnswerAsked { asked, refusal } => Some((asked, refusal.map(|refusal| refusal.code()))),
            _ => None,
        };
        desk.crm_commands().into_iter().filter_map(answer).collect::<Vec<_>>()
    };
    let mut desk = Desk::new();
    desk.crm(ask("a1", BOB));
    assert_eq!((makes(&desk), answers(&desk)), (vec![DIALED.to_owned()], vec![("a1".to_owned(), None)]));
    assert_eq!(desk.call().record, Some(contact("003A")));

    let mut desk = Desk::new();
    desk.crm(ask("a2", "call me"));
    assert_eq!(answers(&desk), [("a2".to_owned(), Some("invalidNumber"))]);

    // In a call the agent is asked, as after a click: the answer comes when there is one.
    let mut desk = Desk::new();
    desk.talks("c1");
    desk.crm(ask("a3", BOB));
    assert_eq!(answers(&desk), []);
    desk.crm(ask("a4", "415 555 0122"));
    assert_eq!(answers(&desk), [("a3".to_owned(), Some("dropped"))]);
    desk.agent(AgentCommand::DropWanted);
    assert_eq!(answers(&desk).last(), Some(&("a4".to_owned(), Some("dropped"))));
    desk.crm(ask("a5", BOB)).passes(60_000);
    assert_eq!(answers(&desk).last(), Some(&("a5".to_owned(), Some("expired"))));
}
