//! Frame rules, loader, client and the stand-in script together in a real browser; the other window's answers are written by hand.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use hookswitch_opencti::client::{Client, Script, Sleep, check_frame};
use hookswitch_opencti::frame::{OrgHosts, Refused};
use hookswitch_opencti::{CallType, CtiError, ErrorCode, Failure, Fields, ScreenPop, Search};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
/** Makes a frame the parent of this page, and lets it answer as Lightning would. */
export function frame() {
  const host = document.body.appendChild(document.createElement("iframe")).contentWindow;
  window.parent = host;
  window.posted = [];
  host.eval(`
    const returns = {
      saveLog: { recordId: "00Txx0000012345EAA" },
      searchAndScreenPop: { "003xx0000004TmiAAE": { Id: "003xx0000004TmiAAE", RecordType: "Contact", Name: "Ada Byron" },
                            SCREEN_POP_DATA: { type: "sobject", params: { recordId: "003xx0000004TmiAAE" } } },
    };
    addEventListener("message", ({ data }) => {
      top.posted.push(data.methodName + " " + JSON.stringify(data.args));
      const { apiVersion, apiType, methodName, callId } = data;
      const errors = methodName === "refreshView" ? [{ code: "SERVER_ERROR", description: "down" }] : null;
      const response = { success: !errors, returnValue: errors ? null : (returns[methodName] ?? null), errors };
      top.postMessage({ apiVersion, apiType, methodName, callId, shouldExecuteCallback: true, response }, "*");
    });
    window.tell = (message) => top.postMessage({ apiVersion: 66, apiType: "opencti", shouldExecuteListener: true, ...message }, "*");
  `);
}

/** Opens the page at the address that Lightning would have used. */
export const openedAt = (query) => history.replaceState(null, "", location.pathname + query);
export const origin = () => location.origin;
export const posted = () => window.posted.splice(0).join("\n");
export const tell = (message) => window.parent.eval(`tell(${message})`);
export const serve = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
"#)]
extern "C" {
    fn frame();
    #[wasm_bindgen(js_name = openedAt)]
    fn opened_at(query: &str);
    fn origin() -> String;
    fn posted() -> String;
    fn tell(message: &str);
    fn serve(text: &str) -> String;
    fn sleep(milliseconds: u32) -> Promise;
}

/// One story, because a page loads the script once.
#[wasm_bindgen_test]
async fn the_client_reaches_the_host_through_the_stand_in_and_hears_it() {
    let orgs = OrgHosts::new(["acme.lightning.force.com"]);
    assert_eq!(check_frame(&orgs), Err(Refused::NotFramed));
    frame();
    assert_eq!(check_frame(&orgs), Err(Refused::NoOrigin));
    opened_at(&format!("?mode=Lightning&sfdcIframeOrigin={}", origin()));
    let here = check_frame(&orgs).expect("the runner serves from a loopback name");
    assert_eq!(here.origin, origin());

    let source = include_str!("../../../www/opencti/opencti_min.js").replace("__API_VERSION__", "66");
    Script::load_from(&serve(&source), &here.origin).settled().await.expect("the stand-in accepts a loopback parent");
    let clock: Sleep = Rc::new(sleep);
    let client = Client::new(clock);

    assert_eq!(client.notify_initialization_complete().await, Ok(()));
    assert_eq!(client.save_log(Fields::new().with("entityApiName", "Task")).await, Ok("00Txx0000012345EAA".into()));
    let errors = vec![CtiError::new(ErrorCode::Server, "down")];
    assert_eq!(client.refresh_view().await, Err(Failure::Host { method: "refreshView", errors }));
    let found = client.search_and_screen_pop(Search { deferred: true, ..Search::new("4155550100", CallType::Inbound) }).await;
    let found = found.expect("the host answers");
    assert_eq!(found.records.len(), 1);
    client.screen_pop(ScreenPop::Deferred(found.pop.expect("it was deferred"))).await.expect("the host answers");
    assert_eq!(
        posted().lines().collect::<Vec<_>>(),
        [
            "notifyInitializationComplete {}",
            r#"saveLog {"object":{"entityApiName":"Task"}}"#,
            "refreshView {}",
            r#"searchAndScreenPop {"searchParams":"4155550100","callType":"inbound","deferred":true}"#,
            r#"screenPop {"type":"sobject","params":{"recordId":"003xx0000004TmiAAE"}}"#,
        ]
    );

    let heard = Rc::new(RefCell::new(Vec::new()));
    let (clicks, messages) = (Rc::clone(&heard), Rc::clone(&heard));
    client.on_click_to_dial(move |click| clicks.borrow_mut().push(click.number)).expect("the script is there");
    let told = move |message: &hookswitch_opencti::Plain| {
        messages.borrow_mut().push(message.record().and_then(|fields| fields.text("to")).unwrap_or_default().to_owned());
    };
    client.subscribe("Dial__c", told).await.expect("the host answers");
    tell(r#"{ methodName: "onClickToDial", response: { number: "(415) 555-0100" } }"#);
    tell(r#"{ methodName: "subscribe", eventName: "Dial__c", response: { to: "+14155550100" } }"#);
    JsFuture::from(sleep(100)).await.expect("the test's clock never fails");
    assert_eq!(*heard.borrow(), ["(415) 555-0100", "+14155550100"]);
    client.unsubscribe("Dial__c").expect("the script is there");
    JsFuture::from(sleep(100)).await.expect("the test's clock never fails");
    let expected = "onClickToDial {}\nsubscribe {\"eventName\":\"Dial__c\",\"subscription\":{}}\nunsubscribe {\"eventName\":\"Dial__c\"}";
    assert_eq!(posted(), expected);
}
