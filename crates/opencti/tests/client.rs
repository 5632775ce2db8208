//! The client against a stand-in for `sforce.opencti` that does as each test says, in a real browser.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use hookswitch_opencti::client::{Client, DEADLINE_MS, Late, Script, Sleep, appears};
use hookswitch_opencti::{
    CallType, ClickToDial, CtiError, ErrorCode, Failure, Fields, Layout, LoadError, Method, Plain, ScreenPop, Search, SearchResult,
};
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
let plans, calls, listeners, subscription, waits;
let uncaught = 0;
addEventListener("error", () => (uncaught += 1));

/** Removes the script and everything a former test left in the page. */
export function leave() {
  delete window.sforce;
  delete window.__hookswitchOpenCti;
  [plans, calls, listeners, subscription, waits] = [{}, [], [], Object.freeze({}), []];
}

/** Puts a script into the page whose every method does what is planned, else answers with success. */
export function arrive() {
  const act = (name) => (...given) => {
    const { callback, listener, ...args } = given[0] ?? {};
    calls.push([name, JSON.parse(JSON.stringify(args)), args.subscription === subscription].filter(Boolean));
    if (listener) listeners.push([args.channelName ?? name, listener]);
    const plan = plans[name]?.shift() ?? { returns: null };
    if (plan.throwsText) throw plan.throwsText;
    if (plan.throwsError) throw new TypeError(plan.throwsError);
    if (plan.silent || !callback) return;
    const response = plan.errors
      ? { success: false, returnValue: null, errors: plan.errors }
      : (plan.response ?? { success: true, returnValue: plan.returns, errors: null });
    if (name === "subscribe" && response.success) response.subscription = subscription;
    setTimeout(() => callback(response), plan.after ?? 0);
  };
  const methods = new Proxy({}, { get: (_, name) => (name === "hvs" ? hvs : plans[name] === null ? undefined : act(name)) });
  const hvs = new Proxy({}, { get: (_, name) => act(`hvs.${name}`) });
  window.sforce = { opencti: methods };
}

export const plan = (name, plan) => (plans[name] ??= []).push(JSON.parse(plan));
export const lack = (name) => (plans[name] = null);
export const called = () => JSON.stringify(calls);
export const errors = () => uncaught;
export const waited = () => JSON.stringify(waits);

export function tell(name, payload) {
  for (const [known, listener] of listeners) if (known === name) listener(JSON.parse(payload));
}

/** A clock fifty times as fast, which notes what was asked of it. */
export function sleep(milliseconds) {
  waits.push(milliseconds);
  return new Promise((resolve) => setTimeout(resolve, milliseconds / 50));
}

/** An address that serves that text as a script. */
export const serve = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
"#)]
extern "C" {
    fn leave();
    fn arrive();
    fn plan(name: &str, plan: &str);
    fn lack(name: &str);
    fn called() -> String;
    fn errors() -> u32;
    fn waited() -> String;
    fn tell(name: &str, payload: &str);
    fn sleep(milliseconds: u32) -> Promise;
    fn serve(text: &str) -> String;
}

fn clock() -> Sleep {
    Rc::new(sleep)
}

/// A client in a page where the script has run.
fn client() -> Client {
    leave();
    arrive();
    Client::new(clock())
}

async fn real_pause(milliseconds: u32) {
    JsFuture::from(sleep(milliseconds * 50)).await.expect("the test's clock never fails");
}

const CONTAINER: &str = r#"{"errors":[{"code":"SOFTPHONE_CONTAINER_ERROR","description":"too early"}]}"#;
const ORG: &str = "https://acme.lightning.force.com";

#[wasm_bindgen_test]
async fn every_method_calls_its_function_with_its_arguments() {
    let client = client();
    plan("isSoftphonePanelVisible", r#"{"returns":{"visible":true}}"#);
    plan("getAppViewInfo", r#"{"returns":{"url":"/home"}}"#);
    plan("getCallCenterSettings", r#"{"returns":{"/reqGeneralInfo/reqAdapterUrl":"https://phone.acme.example"}}"#);
    plan("getSoftphoneLayout", r#"{"returns":{"Inbound":{"callRelatedFields":["ANI"],"objects":{},"screenPopSettings":{}}}}"#);
    plan("runApex", r#"{"returns":{"runApex":"me"}}"#);
    plan("saveLog", r#"{"returns":{"recordId":"00T1"}}"#);
    plan("saveLog", r#"{"returns":"00T2"}"#);
    plan(
        "searchAndScreenPop",
        r#"{"returns":{"0031":{"Id":"0031","RecordType":"Contact","Name":"Ada"},"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":"0031"}}}}"#,
    );

    client.notify_initialization_complete().await.expect("planned");
    client.enable_click_to_dial().await.expect("planned");
    client.disable_click_to_dial().await.expect("planned");
    assert_eq!(client.app_view().await.map(|view| view.url), Ok("/home".into()));
    let settings = client.call_center_settings().await.expect("planned");
    assert_eq!(settings.get("/reqGeneralInfo/reqAdapterUrl").map(String::as_str), Some("https://phone.acme.example"));
    assert_ne!(client.softphone_layout().await, Ok(Layout::default()));
    assert_eq!(client.is_panel_visible().await, Ok(true));
    client.set_panel_visibility(true).await.expect("planned");
    client.set_panel_height(480).await.expect("planned");
    client.set_panel_width(340).await.expect("planned");
    client.set_panel_label("p").await.expect("planned");
    client.set_item_label("i").await.expect("planned");
    client.set_panel_icon("call").await.expect("planned");
    client.set_item_icon("end_call").await.expect("planned");
    client.refresh_view().await.expect("planned");
    assert_eq!(client.run_apex("Hookswitch", "who", &Fields::new().with("a", "1 2")).await, Ok("me".into()));
    let log = || Fields::new().with("entityApiName", "Task").with("CallDurationInSeconds", 73_u32);
    assert_eq!([client.save_log(log()).await, client.save_log(log()).await], [Ok("00T1".into()), Ok("00T2".into())]);
    client.screen_pop(ScreenPop::Record { record_id: "0031".into() }).await.expect("planned");
    let found = client.search_and_screen_pop(Search { deferred: true, ..Search::new("4155550100", CallType::Inbound) }).await;
    let SearchResult { records, pop } = found.expect("planned");
    assert_eq!((records.len(), records[0].object_type.as_str()), (1, "Contact"));
    client.screen_pop(ScreenPop::Deferred(pop.expect("deferred"))).await.expect("planned");
    client.publish("Dial__c", Some(Fields::new().with("to", "1").into())).await.expect("planned");
    let work = hookswitch_opencti::CompleteWork {
        work_id: "0hL1".into(),
        disposition: Some("Connected".into()),
        task_id: Some("00T1".into()),
        was_connected: true,
    };
    client.complete_work(work).await.expect("planned");

    let expected = r#"[
      ["notifyInitializationComplete", {}], ["enableClickToDial", {}], ["disableClickToDial", {}], ["getAppViewInfo", {}],
      ["getCallCenterSettings", {}], ["getSoftphoneLayout", {}], ["isSoftphonePanelVisible", {}],
      ["setSoftphonePanelVisibility", {"visible": true}], ["setSoftphonePanelHeight", {"heightPX": 480}],
      ["setSoftphonePanelWidth", {"widthPX": 340}], ["setSoftphonePanelLabel", {"label": "p"}], ["setSoftphoneItemLabel", {"label": "i"}],
      ["setSoftphonePanelIcon", {"key": "call"}], ["setSoftphoneItemIcon", {"key": "end_call"}], ["refreshView", {}],
      ["runApex", {"apexClass": "Hookswitch", "methodName": "who", "methodParams": "a=1%202"}],
      ["saveLog", {"value": {"entityApiName": "Task", "CallDurationInSeconds": 73}}],
      ["saveLog", {"value": {"entityApiName": "Task", "CallDurationInSeconds": 73}}],
      ["screenPop", {"type": "sobject", "params": {"recordId": "0031"}}],
      ["searchAndScreenPop", {"searchParams": "4155550100", "callType": "inbound", "deferred": true}],
      ["screenPop", {"type": "sobject", "params": {"recordId": "0031"}}],
      ["publish", {"channelName": "Dial__c", "message": {"to": "1"}}],
      ["hvs.completeWork", {"workId": "0hL1", "attributes": {"disposition": "Connected", "taskId": "00T1", "wasConnected": true}}]
    ]"#;
    assert_eq!(called(), normal(expected));
}

fn normal(json: &str) -> String {
    let parsed = JSON::parse(json).expect("the test's JSON is sound");
    JSON::stringify(&parsed).expect("it came from JSON").into()
}

#[wasm_bindgen_test]
async fn errors_come_with_code_description_and_details() {
    let client = client();
    plan(
        "saveLog",
        r#"{"errors":[{"code":"GENERIC_ERROR","description":"no","details":[{"message":"Status is missing"}]},{"code":"NEW","description":"?"}]}"#,
    );
    let errors = vec![
        CtiError { details: vec!["Status is missing".into()], ..CtiError::new(ErrorCode::Generic, "no") },
        CtiError::new(ErrorCode::Unknown("NEW".into()), "?"),
    ];
    assert_eq!(client.save_log(Fields::new()).await, Err(Failure::Host { method: "saveLog", errors }));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_no_answer_is_an_error() {
    let client = client();
    for odd in [r#"{"response":5}"#, r#"{"response":{}}"#, r#"{"response":{"success":"true"}}"#, r#"{"errors":[]}"#] {
        plan("refreshView", odd);
        let failed = client.refresh_view().await.map_err(|failure| failure.code());
        assert_eq!(failed, Err("cti-host"), "{odd}");
    }
    for (method, odd) in [("saveLog", r#"{"returns":{}}"#), ("saveLog", r#"{"returns":7}"#)] {
        plan(method, odd);
        assert_eq!(client.save_log(Fields::new()).await, Err(Failure::Unreadable { method: "saveLog" }), "{odd}");
    }
    plan("isSoftphonePanelVisible", r#"{"returns":{"visible":"yes"}}"#);
    assert_eq!(client.is_panel_visible().await, Err(Failure::Unreadable { method: "isSoftphonePanelVisible" }));
    assert_eq!(client.call_center_settings().await, Err(Failure::Unreadable { method: "getCallCenterSettings" }));
}

#[wasm_bindgen_test]
async fn what_the_script_throws_is_told_as_text_or_as_an_error() {
    let client = client();
    plan("refreshView", r#"{"throwsText":"Failed to initialize"}"#);
    plan("refreshView", r#"{"throwsError":"no such thing"}"#);
    let text = Failure::Thrown { method: "refreshView", name: None, message: "Failed to initialize".into() };
    let error = Failure::Thrown { method: "refreshView", name: Some("TypeError".into()), message: "no such thing".into() };
    assert_eq!([client.refresh_view().await, client.refresh_view().await], [Err(text), Err(error)]);
}

#[wasm_bindgen_test]
async fn without_an_answer_a_call_ends_at_its_own_deadline() {
    let client = client();
    plan("refreshView", r#"{"silent":true}"#);
    plan("refreshView", r#"{"silent":true}"#);
    let after = |after_ms| Err(Failure::NoReply { method: "refreshView", after_ms });
    assert_eq!(client.within(500).refresh_view().await, after(500));
    assert_eq!(client.refresh_view().await, after(DEADLINE_MS));
    assert_eq!(waited(), format!("[500,{DEADLINE_MS}]"));
}

#[wasm_bindgen_test]
async fn a_log_saved_after_the_deadline_is_told_to_the_late_hook_with_its_record() {
    let client = client();
    let heard = Rc::new(RefCell::new(Vec::<Late>::new()));
    let sink = Rc::clone(&heard);
    client.on_late(move |late| sink.borrow_mut().push(late));
    plan("saveLog", r#"{"after":100,"returns":{"recordId":"00T1"}}"#);
    let log = Fields::new().with("CallObject", "b1946ac9");
    let failure = client.within(500).save_log(log.clone()).await.expect_err("the answer takes ten times as long");
    assert!(!failure.is_without_effect());
    assert_eq!(heard.borrow().len(), 0);
    real_pause(200).await;
    let outcome = Ok(Fields::new().with("recordId", "00T1").into());
    assert_eq!(*heard.borrow(), [Late { method: Method::SaveLog { object: log }, outcome }]);
    assert_eq!(client.late_answers(), 1);
}

#[wasm_bindgen_test]
async fn while_the_container_is_not_ready_the_call_is_made_again_after_growing_waits() {
    let client = client();
    for _ in 0..3 {
        plan("saveLog", CONTAINER);
    }
    plan("saveLog", r#"{"returns":{"recordId":"00T1"}}"#);
    assert_eq!(client.save_log(Fields::new()).await, Ok("00T1".into()));
    assert_eq!(waited(), "[10000,250,10000,500,10000,1000,10000]");
}

#[wasm_bindgen_test]
async fn a_container_that_never_gets_ready_ends_as_an_error() {
    let client = client();
    for _ in 0..20 {
        plan("refreshView", CONTAINER);
    }
    assert_eq!(client.refresh_view().await.map_err(|failure| failure.code()), Err("cti-host"));
    assert_eq!(called().matches("refreshView").count(), 9);
}

#[wasm_bindgen_test]
async fn another_error_is_not_tried_again() {
    let client = client();
    plan("refreshView", r#"{"errors":[{"code":"SERVER_ERROR","description":"down"}]}"#);
    assert!(client.refresh_view().await.is_err());
    assert_eq!(called(), r#"[["refreshView",{}]]"#);
}

#[wasm_bindgen_test]
async fn without_the_script_calls_fail_at_once_and_work_when_it_appears() {
    leave();
    let client = Client::new(clock());
    assert_eq!(client.refresh_view().await, Err(Failure::NoApi { method: "refreshView" }));
    assert_eq!(client.on_click_to_dial(|_| ()), Err(Failure::NoApi { method: "onClickToDial" }));
    let clock = clock();
    let appearing = appears(&clock);
    let arriving = async {
        real_pause(70).await;
        arrive();
    };
    both(appearing, arriving).await;
    assert_eq!(client.refresh_view().await, Ok(()));
    assert!(waited().starts_with("[3500,1000,1000") || waited().starts_with("[1000,3500,1000"), "{}", waited());
}

/// Runs two futures side by side.
async fn both(one: impl Future<Output = ()>, other: impl Future<Output = ()>) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut first, mut second) = (false, false);
    std::future::poll_fn(|context| {
        first = first || one.as_mut().poll(context).is_ready();
        second = second || other.as_mut().poll(context).is_ready();
        if first && second { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_method_the_script_is_too_old_for_is_named() {
    let client = client();
    lack("publish");
    assert_eq!(client.publish("Dial__c", None).await, Err(Failure::NoMethod { method: "publish" }));
}

#[wasm_bindgen_test]
async fn a_listener_registered_twice_hears_each_event_once() {
    let client = client();
    let heard = Rc::new(RefCell::new(Vec::new()));
    for who in ["first", "second"] {
        let sink = Rc::clone(&heard);
        client.on_click_to_dial(move |click| sink.borrow_mut().push((who, click.number))).expect("the script is there");
    }
    tell("onClickToDial", r#"{"number":"(415) 555-0100"}"#);
    real_pause(100).await;
    assert_eq!(*heard.borrow(), [("second", "(415) 555-0100".to_owned())]);
    assert_eq!(called(), r#"[["onClickToDial",{}]]"#);
}

#[wasm_bindgen_test]
async fn a_new_instance_takes_over_the_listeners_of_the_one_before() {
    let old = client();
    let heard = Rc::new(RefCell::new(0));
    let count = || {
        let heard = Rc::clone(&heard);
        move |_: ClickToDial| *heard.borrow_mut() += 1
    };
    old.on_click_to_dial(count()).expect("the script is there");
    drop(old);
    let before = errors();
    tell("onClickToDial", r#"{"number":"1"}"#);
    real_pause(100).await;
    assert_eq!((*heard.borrow(), errors() - before), (0, 0));
    let new = Client::new(clock());
    new.on_click_to_dial(count()).expect("the script is there");
    tell("onClickToDial", r#"{"number":"1"}"#);
    real_pause(100).await;
    assert_eq!(*heard.borrow(), 1);
    assert_eq!(called(), r#"[["onClickToDial",{}]]"#);
}

#[wasm_bindgen_test]
async fn navigation_and_work_reach_their_listeners_typed() {
    let client = client();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (views, works) = (Rc::clone(&heard), Rc::clone(&heard));
    client.on_navigation_change(move |view| views.borrow_mut().push(view.record_id.unwrap_or_default())).expect("the script is there");
    client.on_work_start(move |work| works.borrow_mut().push(work.to)).expect("the script is there");
    tell("onNavigationChange", r#"{"url":"/x","recordId":"0031"}"#);
    tell("hvs.onWorkStart", r#"{"workId":"0hL1","completeWorkWhen":"TaskSaved","attributes":{"to":"(415) 555-0100"}}"#);
    real_pause(100).await;
    assert_eq!(*heard.borrow(), ["0031", "(415) 555-0100"]);
}

#[wasm_bindgen_test]
async fn a_subscription_hears_its_channel_until_it_is_given_back() {
    let client = client();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&heard);
    client.subscribe("Dial__c", move |message| sink.borrow_mut().push(message.clone())).await.expect("planned");
    tell("Dial__c", r#"{"to":"1"}"#);
    real_pause(100).await;
    client.unsubscribe("Dial__c").expect("the script is there");
    client.unsubscribe("Dial__c").expect("a second time is harmless");
    tell("Dial__c", r#"{"to":"2"}"#);
    real_pause(100).await;
    assert_eq!(*heard.borrow(), [Plain::from(Fields::new().with("to", "1"))]);
    // The third entry says that the subscription itself was given back, not a copy.
    assert_eq!(called(), r#"[["subscribe",{"channelName":"Dial__c"}],["unsubscribe",{"subscription":{}},true]]"#);
}

#[wasm_bindgen_test]
async fn a_subscription_that_comes_after_its_deadline_is_given_back() {
    let client = client();
    plan("subscribe", r#"{"after":60}"#);
    let failed = client.within(500).subscribe("Dial__c", |_| ()).await;
    assert_eq!(failed, Err(Failure::NoReply { method: "subscribe", after_ms: 500 }));
    real_pause(150).await;
    assert_eq!(called(), r#"[["subscribe",{"channelName":"Dial__c"}],["unsubscribe",{"subscription":{}},true]]"#);
}

#[wasm_bindgen_test]
async fn a_script_that_runs_is_loaded_once() {
    leave();
    let url = serve("window.sforce = { opencti: { loads: (window.sforce?.opencti.loads ?? 0) + 1 } }");
    assert_eq!(Script::load_from(&url, ORG).settled().await, Ok(()));
    assert_eq!(Script::load_from(&url, ORG).within(&clock(), 1_000).await, Ok(()));
    assert_eq!(js_sys::eval("window.sforce.opencti.loads").expect("it ran").as_f64(), Some(1.0));
}

#[wasm_bindgen_test]
async fn a_script_that_throws_its_text_is_told_with_that_text() {
    leave();
    let url = serve("window.sforce = { opencti: {} }; throw 'Failed to initialize Open CTI.'");
    let threw = LoadError::Threw { message: "Failed to initialize Open CTI.".into() };
    assert_eq!(Script::load_from(&url, ORG).settled().await, Err(threw));
}

#[wasm_bindgen_test]
async fn a_script_that_cannot_be_loaded_or_is_another_one_is_told_apart() {
    leave();
    let gone = "http://localhost:1/support/api/66.0/lightning/opencti_min.js";
    assert_eq!(Script::load_from(gone, ORG).settled().await, Err(LoadError::Failed { url: gone.into() }));
    let other = serve("window.somethingElse = 1");
    assert_eq!(Script::load_from(&other, ORG).settled().await, Err(LoadError::NoApi { url: other }));
}

#[wasm_bindgen_test]
async fn a_slow_script_is_told_as_late_and_may_still_come() {
    leave();
    let url = serve("window.sforce = { opencti: {} }");
    let script = Script::load_from(&url, ORG);
    let now: Sleep = Rc::new(|_| Promise::resolve(&JsValue::UNDEFINED));
    assert_eq!(script.within(&now, 9).await, Err(LoadError::TooLate { url, after_ms: 9 }));
    assert_eq!(script.settled().await, Ok(()));
}

#[wasm_bindgen_test]
async fn only_the_parent_window_and_only_from_its_origin_reaches_the_script_with_open_cti_messages() {
    leave();
    let url = serve("window.sforce = { opencti: {} }; addEventListener('message', (event) => window.heard?.push(event.data));");
    // Two frames of one origin: the first plays the parent, the second is any other frame of the same org.
    js_sys::eval(
        "window.frames_ = [1, 2].map(() => document.body.appendChild(document.createElement('iframe'))); \
         window.parent = window.frames_[0].contentWindow; \
         window.say = (from, data) => from.eval(`top.postMessage(${JSON.stringify(data)}, '*')`);",
    )
    .expect("a page can have frames");
    let own = js_sys::eval("location.origin").expect("a page has an origin").as_string().expect("an origin is text");
    Script::load_from(&url, &own).settled().await.expect("it runs");
    let heard = async |origin: &str| {
        // The next load changes whom the page believes; the script itself stays.
        Script::load_from(&url, origin).settled().await.expect("it runs already");
        js_sys::eval(
            "window.heard = []; var [parent_, other] = window.frames_.map((frame) => frame.contentWindow); \
             say(parent_, { apiType: 'opencti', from: 'parent' }); say(other, { apiType: 'opencti', from: 'other' }); \
             window.postMessage({ apiType: 'opencti', from: 'self' }, '*'); say(other, 'not Open CTI');",
        )
        .expect("frames can speak");
        real_pause(100).await;
        String::from(JSON::stringify(&js_sys::eval("window.heard").expect("it is there")).expect("it is plain"))
    };
    assert_eq!(heard(&own).await, r#"[{"apiType":"opencti","from":"parent"},"not Open CTI"]"#);
    assert_eq!(heard(ORG).await, r#"["not Open CTI"]"#);
    js_sys::eval("window.parent = window; window.frames_.forEach((frame) => frame.remove())").expect("a page can lose frames");
}
