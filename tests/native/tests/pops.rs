//! What opens in Salesforce for a call, with a real core and a simulated org: layouts, colliding windows, who is found.

use hookswitch_core::{AgentCommand, CallView, PageView, Party, RecordSource};
use hookswitch_lightning::{Field, FieldKind, LayoutSection, Pop, View};
use hookswitch_scenarios::House;
use hookswitch_switch::{NetworkCommand, PartyAct};
use serde_json::{Map, Value, json};

const ADA_MOBILE: &str = "+14155550107";
const STRANGER: &str = "+12025550190";
const ANOTHER: &str = "+12025550191";

/// A house whose layout for inbound calls was edited.
fn house(edits: &[(&str, &str, &str)], change: impl FnOnce(&mut LayoutSection)) -> House {
    let mut house = House::open(edits);
    let admin = house.record("User", "Ines Admin");
    let mut layout = house.org.layouts()[0].clone();
    change(&mut layout.inbound);
    house.org.save_layout(&admin, layout).expect("the admin may");
    house
}

fn new_contact(section: &mut LayoutSection) {
    section.no_match = Pop::NewRecord("Contact".into());
}

/// The number that the window for a new record is filled in with.
fn window(house: &House) -> Option<Value> {
    house.host.page().new_record().map(|window| window.defaults["Phone"].clone())
}

fn last_name(name: &str) -> Map<String, Value> {
    json!({ "LastName": name }).as_object().cloned().unwrap_or_default()
}

fn call_from(house: &House, number: &str) -> CallView {
    let from = |call: &CallView| call.party().is_some_and(|party| party.party.number.reveal() == number);
    house.snapshot().calls.into_iter().find(from).expect("that call")
}

fn hang_up(house: &mut House, number: &str) {
    let far = house.outside_calls.iter().find(|call| call.from.number.reveal() == number && call.ended.is_none());
    let call = far.expect("the network has the call").call.clone();
    house.outside(NetworkCommand::HangUp { call, end: None });
}

#[test]
fn the_layout_is_followed_whenever_the_settings_want_the_page() {
    let rules = [
        Pop::DetailPage,
        Pop::SearchPage,
        Pop::NewRecord("Case".into()),
        Pop::Flow("Caller_Check".into()),
        Pop::Visualforce("P".into()),
        Pop::Nothing,
    ];
    for rule in rules {
        let shown = |when: &str, answered: bool| {
            let mut house = house(&[("hookswitchPop", "popInbound", when)], |section| section.single_match = rule.clone());
            house.calls(ADA_MOBILE, "");
            if answered {
                assert_eq!((house.host.page().view(), window(&house)), (&View::Home, None), "{rule:?}: not while it rings");
                let id = house.call().id;
                house.agent(AgentCommand::Answer(id)).passes(100);
            }
            (house.host.page().view().clone(), window(&house))
        };
        assert_eq!(shown("ringing", false), shown("answered", true), "{rule:?}");
        assert_eq!(shown("never", false), (View::Home, None), "{rule:?}");
    }
}

#[test]
fn a_flow_that_waited_for_the_answer_still_knows_who_calls() {
    let flow = |section: &mut LayoutSection| section.single_match = Pop::Flow("Caller_Check".into());
    let mut house = house(&[("hookswitchPop", "popInbound", "answered")], flow);
    house.calls(ADA_MOBILE, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(100);
    let View::Flow { inputs, .. } = house.host.page().view() else { panic!("no flow: {:?}", house.host.page().view()) };
    assert_eq!(inputs["callerNumber"], ADA_MOBILE);
}

#[test]
fn two_unknown_callers_a_second_apart_get_one_window_and_the_second_after_it() {
    for saved in [true, false] {
        let mut house = house(&[], new_contact);
        house.calls(STRANGER, "").passes(1_000).calls(ANOTHER, "").passes(8_000);
        assert_eq!(window(&house), Some(json!(STRANGER)));
        assert_eq!(call_from(&house, ANOTHER).page, PageView::Waiting);
        let now = house.now();
        if saved {
            house.host.save_new_record(&mut house.org, last_name("Typed"), now).expect("a contact");
        } else {
            house.host.cancel_new_record(&house.org, now);
        }
        house.passes(1_000);
        assert_eq!(window(&house), Some(json!(ANOTHER)), "saved: {saved}");
        assert_eq!(house.host.page().lost_windows(), 0, "nothing typed is lost");
        assert_eq!(house.org.named("Contact", "Typed").is_some(), saved);
    }
}

#[test]
fn who_was_made_in_the_window_that_opened_for_the_call_is_on_its_log_whatever_is_in_view_at_its_end() {
    let mut house = house(&[], new_contact);
    house.calls(STRANGER, "");
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(20_000);
    let now = house.now();
    let made = house.host.save_new_record(&mut house.org, last_name("Typed"), now).expect("a contact");
    house.passes(1_000);
    let call = house.call();
    assert_eq!((call.record.map(|record| record.id), call.record_source), (Some(made.to_string()), Some(RecordSource::Popped)));
    let (other, now) = (house.record("Contact", "Ada Byron"), house.now());
    house.host.open(&house.org, View::Record { id: other }, now);
    house.passes(1_000).agent(AgentCommand::Clear(id)).passes(1_000);
    assert_eq!(house.call().record_source, Some(RecordSource::Popped));
    house.agent(AgentCommand::FinishWrapUp(id)).passes(10_000);
    assert_eq!(house.logs()[0].text("WhoId"), Some(made.as_str()));
}

#[test]
fn somebody_the_customer_passes_on_is_made_in_a_window_and_on_the_log_instead_of_the_customer() {
    let mut house = house(&[], new_contact);
    house.calls(ADA_MOBILE, "");
    let (id, ada) = (house.call().id, house.record("Contact", "Ada Byron"));
    house.agent(AgentCommand::Answer(id)).passes(20_000);
    assert_eq!(house.logs()[0].reference("WhoId"), Some(ada));
    let far = house.outside_calls[0].call.clone();
    let to = Party { number: STRANGER.into(), name: "".into() };
    house.outside(NetworkCommand::Act { call: far, end: None, act: PartyAct::Transfers { to, record: String::new() } }).passes(2_000);
    assert_eq!((house.call().record, house.logs()[0].reference("WhoId")), (None, None), "of the stranger nothing is known yet");
    assert_eq!(window(&house), Some(json!(STRANGER)));
    let now = house.now();
    let made = house.host.save_new_record(&mut house.org, last_name("Typed"), now).expect("a contact");
    house.passes(1_000).agent(AgentCommand::Clear(id)).agent(AgentCommand::FinishWrapUp(id)).passes(10_000);
    assert_eq!((house.logs().len(), house.logs()[0].reference("WhoId")), (1, Some(made)));
}

#[test]
fn a_window_that_stays_open_is_left_alone_until_the_agent_says_otherwise() {
    let mut house = house(&[], new_contact);
    house.calls(STRANGER, "").passes(1_000).calls(ANOTHER, "").passes(1_000);
    // Nobody lets it ring for so long.
    let second = call_from(&house, ANOTHER).id;
    house.agent(AgentCommand::Answer(second)).passes(32_000);
    assert_eq!((window(&house), house.host.page().lost_windows()), (Some(json!(STRANGER)), 0));
    let second = call_from(&house, ANOTHER);
    assert_eq!(second.page, PageView::Lapsed);
    house.agent(AgentCommand::PopNow(second.id));
    assert_eq!(window(&house), Some(json!(ANOTHER)));
}

#[test]
fn of_callers_who_gave_up_nothing_opens_later() {
    let mut house = house(&[], new_contact);
    house.calls(STRANGER, "").passes(1_000);
    for line in 0..11 {
        let number = format!("+120255501{line:02}");
        house.calls(&number, "").passes(1_000);
        hang_up(&mut house, &number);
    }
    hang_up(&mut house, STRANGER);
    let now = house.now();
    house.host.cancel_new_record(&house.org, now);
    house.passes(120_000);
    assert_eq!((window(&house), house.host.page().lost_windows()), (None, 0));
    assert_eq!(house.snapshot().problems.len(), 12, "one list, and it is bounded");
    assert!(house.snapshot().calls.is_empty());
}

#[test]
fn a_window_that_closes_onto_a_list_of_a_console_is_noticed_although_nobody_tells() {
    let mut house = house(&[], new_contact);
    house.goes_to_app("Service Console");
    let now = house.now();
    house.host.open(&house.org, View::ObjectHome { object: "Contact".into() }, now);
    house.calls(STRANGER, "").passes(1_000).calls(ANOTHER, "").passes(3_000);
    assert_eq!(window(&house), Some(json!(STRANGER)));
    let now = house.now();
    house.host.cancel_new_record(&house.org, now);
    house.passes(6_000);
    assert_eq!(window(&house), Some(json!(ANOTHER)));
}

#[test]
fn eight_contacts_with_one_number_are_all_offered_and_the_choice_takes_page_and_log() {
    let mut house = House::open(&[]);
    let admin = house.record("User", "Ines Admin");
    let now = house.now();
    for name in ["Ann", "Ben", "Cem", "Dora", "Eve", "Finn", "Gil", "Hans"] {
        let contact = json!({ "FirstName": name, "LastName": "Shared", "Phone": "(202) 555-0190" });
        house.org.create("Contact", contact.as_object().cloned().unwrap_or_default(), &admin, now).expect("a contact");
    }
    house.calls(STRANGER, "");
    let call = house.call();
    assert_eq!((call.matches.len(), call.record), (8, None));
    let eve = house.record("Contact", "Eve Shared");
    let choice = call.matches.into_iter().find(|record| record.id == eve.as_str());
    house.agent(AgentCommand::Select(call.id, choice)).agent(AgentCommand::Answer(call.id)).passes(5_000);
    assert_eq!(house.host.page().view(), &View::Record { id: eve.clone() });
    house.agent(AgentCommand::Clear(call.id)).agent(AgentCommand::FinishWrapUp(call.id));
    assert_eq!(house.logs()[0].reference("WhoId"), Some(eve));
}

#[test]
fn a_custom_object_and_a_custom_field_are_found_and_shown() {
    let mut house = house(&[], |section| {
        section.objects.push(("Site__c".into(), vec!["Name".into(), "Hotline__c".into()]));
        section.objects[1].1.push("Ship_Phone__c".into());
    });
    house.calls("+493515550177", "");
    let plant = house.record("Site__c", "Plant Dresden");
    assert_eq!(house.host.page().view(), &View::Record { id: plant });
    assert_eq!(house.call().record.map(|record| record.object), Some("Site__c".into()));
    hang_up(&mut house, "+493515550177");

    house.org.add_field("Contact", Field::new("Ship_Phone__c", "Ship", FieldKind::Phone));
    let ada = house.record("Contact", "Ada Byron");
    let admin = house.record("User", "Ines Admin");
    let now = house.now();
    let ship = json!({ "Ship_Phone__c": "+44 20 7946 0078" });
    house.org.update(&ada, ship.as_object().cloned().unwrap_or_default(), &admin, now).expect("a field");
    // Nobody answered the first one; whoever comes back to the desk does something.
    let id = house.snapshot().problems[0].id;
    house.agent(AgentCommand::Dismiss(id)).passes(1_000).calls("+442079460078", "");
    assert_eq!(house.host.page().view(), &View::Record { id: ada });
}

#[test]
fn what_the_layout_shows_of_a_clicked_contact_is_on_the_call_and_still_there_after_a_reload() {
    let mut house = House::open(&[]);
    let admin = house.record("User", "Ines Admin");
    let mut layout = house.org.layouts()[0].clone();
    layout.outbound.objects = vec![("Contact".into(), vec!["Name".into(), "Title".into()])];
    house.org.save_layout(&admin, layout).expect("the admin may");
    let (ada, now) = (house.record("Contact", "Ada Byron"), house.now());
    let title = json!({ "Title": "Analyst" });
    house.org.update(&ada, title.as_object().cloned().unwrap_or_default(), &admin, now).expect("a title");
    let shown = |house: &House| {
        let call = house.call();
        let fields = call.fields.iter().flat_map(|record| &record.fields).map(|field| field.value.reveal().to_owned()).collect::<Vec<_>>();
        (call.record.map(|record| record.id), call.record_source, call.matches.len(), fields)
    };
    let wanted = (Some(ada.to_string()), Some(RecordSource::Dialed), 1, vec!["Analyst".to_owned()]);
    house.clicks("Contact", "Ada Byron");
    house.passes(500);
    assert_eq!(shown(&house), wanted);
    house.reload();
    house.passes(5_000);
    assert_eq!(shown(&house), wanted);
    assert_eq!(house.host.page().view(), &View::Home, "no page opens for it");
}

#[test]
fn a_person_account_is_opened_and_logged_on_the_person_and_seen_on_the_account() {
    let mut house = House::open(&[]);
    let grace = house.record("Account", "Grace Hopper");
    house.calls("+12125550143", "");
    assert_eq!(house.host.page().view(), &View::Record { id: grace.clone() });
    let id = house.call().id;
    house.agent(AgentCommand::Answer(id)).passes(5_000).agent(AgentCommand::Clear(id)).agent(AgentCommand::FinishWrapUp(id));
    let person = house.org.record(&grace).and_then(hookswitch_lightning::Record::other_half);
    assert!(person.is_some());
    assert_eq!(house.logs()[0].reference("WhoId"), person);
    assert_eq!(house.org.timeline(&grace).len(), 1, "in the account's own activity");
}
