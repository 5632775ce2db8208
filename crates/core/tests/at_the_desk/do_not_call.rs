//! Customers who asked not to be called: asked about at every call, typed ones too.

use hookswitch_core::settings::{DoNotCall, Settings};
use hookswitch_core::{
    AgentCommand, CrmCommand, CrmFailure, CrmReport, CrmState, MayCall, Output, Party, PhoneCommand, PhoneReport, ProblemKind, Refusal,
    RequestId, WantedStage, WantedUse,
};

use crate::desk::{Desk, contact, dial, settings};

const NUMBER: &str = "+1 (415) 555-0123";

fn desk_with(change: impl FnOnce(&mut Settings)) -> Desk {
    let mut settings = settings();
    change(&mut settings);
    let mut desk = Desk::with(settings);
    desk.asks = true;
    desk
}

fn desk() -> Desk {
    desk_with(|_| {})
}

fn question(desk: &mut Desk) -> RequestId {
    desk.request_of(|output| matches!(output, Output::Crm { command: CrmCommand::AskMayCall { .. }, .. }))
}

fn asked(desk: &Desk) -> bool {
    desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::AskMayCall { .. }))
}

fn answer(desk: &mut Desk, answer: MayCall) {
    let request = question(desk);
    desk.crm(CrmReport::MayCall { request, answer });
}

fn flagged() -> MayCall {
    MayCall::Flagged { record: contact("003A") }
}

fn calls(desk: &Desk) -> usize {
    desk.phone_commands().iter().filter(|command| matches!(command, PhoneCommand::MakeCall { .. })).count()
}

#[test]
fn a_typed_number_is_not_called_before_salesforce_has_said_that_it_may_be() {
    let mut desk = desk();
    desk.agent(dial(NUMBER));
    let snapshot = desk.snapshot();
    assert!(snapshot.calls.is_empty() && calls(&desk) == 0, "nothing looks like dialing");
    assert_eq!(snapshot.wanted.map(|wanted| wanted.stage), Some(WantedStage::Checking));
    let asked = desk.crm_commands().into_iter().find_map(|command| match command {
        CrmCommand::AskMayCall { number, spellings, field } => Some((number.reveal().to_owned(), spellings.reveal().to_owned(), field)),
        _ => None,
    });
    let (number, spellings, field) = asked.expect("it is asked");
    assert_eq!((number.as_str(), field.as_str()), ("+14155550123", "DoNotCall"));
    assert!(spellings.contains(" OR \"415 555 0123\""), "{spellings}");
    answer(&mut desk, MayCall::Allowed);
    assert_eq!((calls(&desk), desk.snapshot().wanted), (1, None));
}

#[test]
fn a_customer_who_said_no_is_not_called_and_the_agent_hears_who_it_is_at_every_dial_anew() {
    let mut desk = desk();
    for click in [false, true] {
        desk.put(if click {
            hookswitch_core::Input::Crm(CrmReport::ClickToDial { number: NUMBER.into(), record: None })
        } else {
            hookswitch_core::Input::Agent(dial(NUMBER))
        });
        answer(&mut desk, flagged());
        let problem = desk.snapshot().problems.last().cloned().expect("it is told");
        assert_eq!((problem.kind, problem.detail.reveal(), problem.number.reveal()), (ProblemKind::DoNotCall, "Ada Byron", NUMBER));
        assert_eq!((calls(&desk), desk.snapshot().wanted), (0, None));
    }
    // The wish was withdrawn in Salesforce: it counts from the very next call.
    desk.agent(dial(NUMBER));
    answer(&mut desk, MayCall::Allowed);
    assert_eq!(calls(&desk), 1);
}

#[test]
fn where_the_settings_say_warn_the_agent_is_asked_once_more() {
    let mut desk = desk_with(|settings| settings.dialing.do_not_call = DoNotCall::Warn);
    desk.agent(dial(NUMBER));
    answer(&mut desk, flagged());
    let wanted = desk.snapshot().wanted.expect("the agent is asked");
    assert_eq!((wanted.stage, wanted.flagged, calls(&desk)), (WantedStage::Flagged, Some(contact("003A")), 0));
    assert_eq!(desk.try_agent(AgentCommand::UseWanted(WantedUse::Call)), Err(Refusal::NotSupported));
    desk.agent(AgentCommand::UseWanted(WantedUse::Anyway));
    assert_eq!((calls(&desk), desk.snapshot().wanted), (1, None));
    assert!(!desk.crm_commands().iter().any(|command| matches!(command, CrmCommand::AskMayCall { .. })), "asked once");

    let mut desk = desk_with(|settings| settings.dialing.do_not_call = DoNotCall::Warn);
    desk.agent(dial(NUMBER));
    answer(&mut desk, flagged());
    desk.agent(AgentCommand::DropWanted);
    assert_eq!((calls(&desk), desk.snapshot().wanted), (0, None));
}

#[test]
fn nobody_is_asked_about_emergencies_colleagues_and_where_the_settings_ignore_the_wish() {
    for number in ["911", "1002", "*43#"] {
        let mut desk = desk();
        desk.agent(dial(number));
        assert_eq!((asked(&desk), calls(&desk)), (false, 1), "{number}");
    }
    let mut desk = desk_with(|settings| settings.dialing.do_not_call = DoNotCall::Ignore);
    desk.agent(dial(NUMBER));
    assert_eq!((asked(&desk), calls(&desk)), (false, 1));
}

#[test]
fn a_code_before_a_number_is_no_way_around_the_question() {
    for number in ["*67 415 555 0123", "*31#4155550123"] {
        let mut desk = desk();
        desk.agent(dial(number));
        let about = desk.crm_commands().into_iter().find_map(|command| match command {
            CrmCommand::AskMayCall { number, .. } => Some(number.reveal().to_owned()),
            _ => None,
        });
        assert_eq!((about.as_deref(), calls(&desk)), (Some("4155550123"), 0), "{number}");
    }
}

#[test]
fn whoever_is_asked_about_a_call_added_to_it_or_given_it_is_asked_about_too() {
    let make: [fn(hookswitch_core::CallId) -> AgentCommand; 3] = [
        |call| AgentCommand::Consult { call, number: NUMBER.into() },
        |call| AgentCommand::SingleStepTransfer(call, NUMBER.into()),
        |call| AgentCommand::SingleStepConference(call, NUMBER.into()),
    ];
    for make in make {
        let mut desk = desk();
        let id = desk.talks("c1");
        desk.seen.clear();
        desk.agent(make(id));
        assert_eq!(desk.phone_commands(), []);
        answer(&mut desk, flagged());
        assert_eq!(desk.phone_commands(), []);
        desk.agent(make(id));
        answer(&mut desk, MayCall::Allowed);
        assert_eq!(desk.phone_commands().len(), 1);
    }
}

#[test]
fn an_answer_that_does_not_come_in_three_seconds_does_not_hold_the_call_up_and_the_agent_is_told() {
    let mut desk = desk();
    desk.agent(dial(NUMBER)).passes(2_999);
    assert_eq!(calls(&desk), 0);
    desk.passes(1);
    assert_eq!((calls(&desk), desk.snapshot().problems[0].kind), (1, ProblemKind::NotChecked));
    let request = question(&mut desk);
    let late = CrmReport::MayCall { request, answer: flagged() };
    assert_eq!(desk.try_put(hookswitch_core::Input::Crm(late)), Err(Refusal::StrayAnswer));

    let mut desk = self::desk();
    desk.agent(dial(NUMBER));
    let request = question(&mut desk);
    desk.crm(CrmReport::Failed { request, failure: CrmFailure::NotSent });
    assert_eq!((calls(&desk), desk.snapshot().problems[0].kind), (1, ProblemKind::NotChecked));
}

#[test]
fn what_nobody_can_tell_is_called_and_the_agent_is_told_so_once() {
    let mut desk = desk_with(|settings| settings.identity.apex_class = Some("Hookswitch".into()));
    desk.agent(dial(NUMBER));
    answer(&mut desk, MayCall::Unknown);
    assert_eq!((calls(&desk), desk.snapshot().problems[0].kind), (1, ProblemKind::NotChecked));
    let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
    desk.report(PhoneReport::Originated { request, call: "o1".into() });
    desk.report(PhoneReport::Failed { call: "o1".into(), cause: hookswitch_core::Cause::NoAnswer });
    desk.agent(dial("+14155550144"));
    answer(&mut desk, MayCall::Unknown);
    let told = desk.snapshot().problems.iter().filter(|problem| problem.kind == ProblemKind::NotChecked).count();
    assert_eq!((calls(&desk), told), (1, 1), "once is enough");

    let mut desk = desk_with(|settings| settings.dialing.do_not_call = DoNotCall::Warn);
    desk.agent(dial(NUMBER));
    answer(&mut desk, MayCall::Unknown);
    assert_eq!((calls(&desk), desk.snapshot().problems.len()), (1, 0), "nothing was promised");
}

#[test]
fn while_salesforce_does_not_answer_the_agent_is_told_that_nobody_was_asked_whoever_would_have_known() {
    for class in [None, Some("Hookswitch".to_owned())] {
        let mut desk = desk_with(|settings| settings.identity.apex_class.clone_from(&class));
        desk.crm(CrmReport::State(CrmState::NotAnswering)).agent(dial(NUMBER));
        assert_eq!((calls(&desk), desk.snapshot().problems.len()), (1, 1), "{class:?}");
    }
}

#[test]
fn of_a_call_that_was_not_placed_nobody_says_that_it_was() {
    let mut desk = desk_with(|settings| settings.calls.lines = 1);
    desk.agent(dial(NUMBER)).rings("c1").passes(3_000);
    let kinds: Vec<_> = desk.snapshot().problems.iter().map(|problem| problem.kind).collect();
    assert_eq!((calls(&desk), kinds), (0, vec![ProblemKind::ClickRefused { code: "busy" }]));
}

#[test]
fn two_presses_are_one_question_and_another_number_takes_the_place_of_the_first() {
    let mut desk = desk();
    desk.agent(dial(NUMBER)).agent(dial(NUMBER));
    let questions = |desk: &Desk| desk.crm_commands().iter().filter(|command| matches!(command, CrmCommand::AskMayCall { .. })).count();
    assert_eq!(questions(&desk), 1);
    let first = question(&mut desk);
    desk.agent(dial("+14155550144"));
    let refused = desk.try_put(hookswitch_core::Input::Crm(CrmReport::MayCall { request: first, answer: MayCall::Allowed }));
    assert_eq!((refused, calls(&desk)), (Err(Refusal::StrayAnswer), 0));
    answer(&mut desk, MayCall::Allowed);
    let made = desk.phone_commands().into_iter().find(|command| matches!(command, PhoneCommand::MakeCall { .. }));
    assert!(matches!(made, Some(PhoneCommand::MakeCall { to, .. }) if to.reveal() == "+14155550144"));
}

#[test]
fn a_call_that_cannot_be_placed_any_more_when_the_answer_comes_is_refused_in_words() {
    let mut desk = desk_with(|settings| settings.calls.lines = 1);
    desk.agent(dial(NUMBER)).rings("c1");
    answer(&mut desk, MayCall::Allowed);
    assert_eq!((calls(&desk), desk.snapshot().problems[0].kind), (0, ProblemKind::ClickRefused { code: "busy" }));
}

/// A house that dials an outside line first, in two countries; the number as its customer is stored, and as it is dialed.
const HOUSES: [[&str; 8]; 2] = [
    ["US", "9", "1", "011", "415 555 0123", "914155550123", "+14155550123", "\"415 555 0123\""],
    ["DE", "0", "0", "00", "+49 30 123456", "0030123456", "+4930123456", "\"030 123456\""],
];

#[test]
fn salesforce_is_asked_and_searched_for_the_customers_number_without_the_houses_prefixes() {
    for [country, outside, long, international, typed, dialed, known, spelling] in HOUSES {
        let mut desk = desk_with(|settings| {
            let dialing = &mut settings.dialing;
            (dialing.apply_prefixes, dialing.country) = (true, Some(country.into()));
            (dialing.outside_prefix, dialing.long_distance_prefix) = (outside.into(), long.into());
            dialing.international_prefix = international.into();
        });
        desk.agent(dial(typed));
        let asked = desk.crm_commands().into_iter().find_map(|command| match command {
            CrmCommand::AskMayCall { number, spellings, .. } => Some((number.reveal().to_owned(), spellings.reveal().to_owned())),
            _ => None,
        });
        let (number, spellings) = asked.expect("it is asked");
        assert!(number == known && spellings.split(" OR ").any(|one| one == spelling), "{country}: {number} {spellings}");
        answer(&mut desk, MayCall::Allowed);
        let made = desk.phone_commands();
        assert!(made.iter().any(|command| matches!(command, PhoneCommand::MakeCall { to, .. } if to.reveal() == dialed)), "{made:?}");
        let searched = |desk: &Desk| {
            desk.crm_commands().into_iter().find_map(|command| match command {
                CrmCommand::Search { text, number, .. } => Some((text.reveal().to_owned(), number.reveal().to_owned())),
                _ => None,
            })
        };
        let (text, number) = searched(&desk).expect("it is searched");
        assert!(number == known && text.split(" OR ").any(|one| one == spelling), "{country}: {number} {text}");
        let request = desk.request_of(|output| matches!(output, Output::Phone { command: PhoneCommand::MakeCall { .. }, .. }));
        // The phone system knows the party by what it dialed; the agent and Salesforce do not.
        desk.report(PhoneReport::Originated { request, call: "c1".into() });
        let party = Party { number: dialed.into(), name: "Ada".into() };
        desk.report(PhoneReport::Established { call: "c1".into(), party: Some(party) });
        let call = desk.call();
        let party = call.party().expect("somebody").party.clone();
        assert_eq!((party.number.reveal(), party.name.reveal()), (known, "Ada"));
    }
}
