//! A scripted softphone: a whole call over nothing but messages, with no browser anywhere.

use hookswitch_lightning::{Host, HostOutput, Id, Org, SAMPLE_CENTER, View};
use hookswitch_opencti::{
    AppView, CallType, ClickToDial, Fields, Method, Plain, ScreenPop, Search, SearchResult,
    wire::{Answer, Request},
};
use serde_json::Value;

use crate::stage::{NOON, ORIGIN};

/// A softphone in one tab: posts what it wants, and reads what comes back.
struct Tab {
    host: Host,
    now: u64,
    calls: u64,
    clicks: Vec<ClickToDial>,
    moves: Vec<AppView>,
}

impl Tab {
    fn open(org: &mut Org, user: &Id, app: &str) -> Self {
        let mut tab = Self { host: Host::new(org, ORIGIN, user, app, NOON), now: NOON, calls: 0, clicks: Vec::new(), moves: Vec::new() };
        tab.ask(org, Method::NotifyInitializationComplete);
        tab.ask(org, Method::OnClickToDial);
        tab.ask(org, Method::OnNavigationChange);
        tab.ask(org, Method::EnableClickToDial);
        tab
    }

    /// Posts a request, and returns the value of its reply, or nothing.
    fn ask(&mut self, org: &mut Org, method: Method) -> Value {
        let listener = matches!(method, Method::OnClickToDial | Method::OnNavigationChange);
        let request = Request { call_id: self.calls, api_version: 66, callback: !listener, listener, method };
        self.calls += 1;
        self.now += 10;
        self.host.receive(org, self.now, &request.to_value());
        self.hear(request.call_id)
    }

    /// Reads everything the host posted.
    fn hear(&mut self, awaited: u64) -> Value {
        let mut value = Value::Null;
        while let Some(output) = self.host.poll() {
            let HostOutput::Post(message) = output else { continue };
            match Answer::from_value(&message).expect("the wire's own form") {
                Answer::Reply(reply) if reply.call_id == awaited => value = reply.outcome.expect("it works"),
                Answer::Reply(reply) => panic!("nobody asked for {reply:?}"),
                Answer::Event(event) if event.method_name == "onClickToDial" => {
                    self.clicks.push(ClickToDial::from_plain(&Plain::from(&event.payload)));
                }
                Answer::Event(event) => self.moves.push(AppView::from_plain(&Plain::from(&event.payload))),
            }
        }
        value
    }

    fn search(&mut self, org: &mut Org, text: &str) -> SearchResult {
        let search = Search { deferred: true, ..Search::new(text, CallType::Inbound) };
        SearchResult::from_plain(&Plain::from(&self.ask(org, Method::SearchAndScreenPop(search))))
    }

    /// Logs a finished call as a softphone should: created at its beginning, changed by id at its end.
    fn log(&mut self, org: &mut Org, key: &str, who: &str, seconds: u32) {
        let begun = Fields::new()
            .with("entityApiName", "Task")
            .with("Subject", "Inbound call")
            .with("Status", "In Progress")
            .with("TaskSubtype", "Call")
            .with("CallType", "Inbound")
            .with("CallObject", key)
            .with("WhoId", who);
        let saved = self.ask(org, Method::SaveLog { object: begun });
        let id = saved["recordId"].as_str().expect("an id").to_owned();
        self.now += u64::from(seconds) * 1000;
        let ended = Fields::new().with("Id", id.as_str()).with("Status", "Completed").with("CallDurationInSeconds", seconds);
        self.ask(org, Method::SaveLog { object: ended });
        self.ask(org, Method::RefreshView);
    }
}

fn org() -> Org {
    Org::sample_with(SAMPLE_CENTER).expect("a good file")
}

fn user(org: &Org, name: &str) -> Id {
    org.named("User", name).expect("in the sample").id.clone()
}

#[test]
fn a_known_caller_pops_and_the_call_is_one_task_on_the_contact() {
    let mut org = org();
    let alex = user(&org, "Alex Agent");
    let mut tab = Tab::open(&mut org, &alex, "Service Console");
    let found = tab.search(&mut org, "+14155550107 OR 415 555 0107");
    assert_eq!(found.records.iter().map(|record| record.name.as_str()).collect::<Vec<_>>(), ["Ada Byron"]);
    tab.ask(&mut org, Method::SetSoftphonePanelVisibility { visible: true });
    tab.ask(&mut org, Method::ScreenPop(ScreenPop::Deferred(found.pop.expect("one match pops"))));
    let ada = Id::parse(&found.records[0].id).expect("an id");
    assert_eq!(tab.host.page().view(), &View::Record { id: ada.clone() });
    assert_eq!(tab.moves.last().and_then(|view| view.record_name.as_deref()), Some("Ada Byron"));
    tab.log(&mut org, "call-1", ada.as_str(), 73);
    let timeline = org.timeline(&ada);
    assert_eq!(timeline.len(), 1);
    assert_eq!(timeline[0].fields["CallDurationInSeconds"], 73);
    assert_eq!((timeline[0].text("CallType"), timeline[0].saves), (Some("Inbound"), 2));
    assert_eq!(timeline[0].reference("OwnerId"), Some(alex));
}

#[test]
fn a_clicked_number_reaches_the_softphone_of_that_tab_alone() {
    let mut org = org();
    let (alex, bea) = (user(&org, "Alex Agent"), user(&org, "Bea Agent"));
    let mut first = Tab::open(&mut org, &alex, "Service");
    let mut second = Tab::open(&mut org, &bea, "Service");
    let lena = org.named("Lead", "Lena Ortiz").expect("in the sample").id.clone();
    second.host.click(&org, &lena, "Phone", second.now);
    first.hear(u64::MAX);
    second.hear(u64::MAX);
    assert_eq!(first.clicks, []);
    assert_eq!(second.clicks.iter().map(|click| click.number.as_str()).collect::<Vec<_>>(), ["512/555-0155"]);
}

#[test]
fn two_agents_in_two_tabs_share_one_org() {
    let mut org = org();
    let (alex, bea) = (user(&org, "Alex Agent"), user(&org, "Bea Agent"));
    let mut first = Tab::open(&mut org, &alex, "Service");
    let mut second = Tab::open(&mut org, &bea, "Service Console");
    let matches = first.search(&mut org, "650 555 0133").records;
    assert_eq!(matches.len(), 2, "two people share the number");
    let before = org.version();
    first.log(&mut org, "a", &matches[0].id, 5);
    second.log(&mut org, "b", &matches[0].id, 9);
    assert!(org.version() > before, "the other tabs can tell that something changed");
    let shared = Id::parse(&matches[0].id).expect("an id");
    let mut owners: Vec<_> = org.timeline(&shared).iter().filter_map(|task| task.reference("OwnerId")).collect();
    owners.sort();
    assert_eq!(owners, [alex, bea]);
}

#[test]
fn a_day_of_calls_takes_one_task_each() {
    let mut org = org();
    let alex = user(&org, "Alex Agent");
    let mut tab = Tab::open(&mut org, &alex, "Service Console");
    let ada = org.named("Contact", "Ada Byron").expect("in the sample").id.clone();
    for call in 0..120_u32 {
        tab.search(&mut org, "415 555 0107");
        tab.log(&mut org, &format!("day-{call}"), ada.as_str(), call);
    }
    assert_eq!(org.tasks().count(), 120);
    assert!((0..120).all(|call| org.tasks_of_call(&format!("day-{call}")).count() == 1));
}
