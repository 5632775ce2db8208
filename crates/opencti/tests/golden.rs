//! The wire against messages written by hand.

use hookswitch_opencti::wire::{Answer, Event, Request, WireError, event, lms_event};
use hookswitch_opencti::{AppView, ClickToDial, CtiError, Layout, Method, Plain, SearchResult, WorkStart};
use serde_json::{Value, json};

fn requests() -> Vec<Value> {
    let golden: Vec<Value> = serde_json::from_str(include_str!("golden/requests.json")).expect("the golden file is JSON");
    let whole = golden.iter().enumerate().map(|(id, entry)| {
        let mut message = entry["wire"].clone();
        message["callId"] = id.into();
        message["apiVersion"] = 66.into();
        message["apiType"] = "opencti".into();
        message["isCallbackRegistered"] = (entry["callback"] == true).into();
        message["isListenerRegistered"] = (entry["listener"] == true).into();
        message
    });
    whole.collect()
}

fn answers() -> Value {
    serde_json::from_str(include_str!("golden/answers.json")).expect("the golden file is JSON")
}

#[test]
fn every_golden_request_is_read_and_written_back_the_same() {
    for message in requests() {
        let request = Request::from_value(&message).unwrap_or_else(|error| panic!("{error}: {message}"));
        assert_eq!(request.to_value(), message);
    }
}

#[test]
fn every_method_has_a_golden_message_in_each_direction() {
    let golden = answers();
    let list = |name: &str| golden[name].as_array().expect("a list").clone();
    let (replies, events, requests) = (list("replies"), list("events"), requests());
    for name in Method::NAMES {
        assert!(requests.iter().any(|message| message["methodName"] == name), "{name}: what the softphone posts");
        let answered = replies.iter().any(|reply| reply["wire"]["methodName"] == name && reply["wire"]["response"]["success"] == true);
        let told = events.iter().any(|event| event["wire"]["methodName"] == name);
        // Whether the registration of a listener is answered is not documented; what the listener is told is.
        let listens = Method::LISTENING.contains(&name);
        assert!(answered || (listens && name != "subscribe"), "{name}: what the host answers");
        assert_eq!(told, listens, "{name}: what the host tells unasked");
    }
    for message in requests.iter().chain(replies.iter().chain(&events).map(|golden| &golden["wire"])) {
        let name = message["methodName"].as_str().expect("a golden message has a method");
        assert!(Method::NAMES.contains(&name) && Method::from_wire(name, &hookswitch_opencti::Fields::new()).is_some(), "{name}");
    }
}

#[test]
fn every_kind_of_pop_has_a_golden_message() {
    let kinds: std::collections::BTreeSet<_> =
        requests().iter().filter_map(|message| Some(message["args"]["type"].as_str()?.to_owned())).collect();
    assert_eq!(
        kinds.iter().map(String::as_str).collect::<Vec<_>>(),
        ["flow", "list", "newRecord", "objecthome", "search", "sobject", "url"]
    );
}

/// Any request for that method, from call 3 of version 57, as the golden answers assume.
fn request(name: &str) -> Request {
    let mut message = requests().into_iter().find(|message| message["methodName"] == name).expect("every answer's method has a request");
    message["callId"] = 3.into();
    message["apiVersion"] = 57.into();
    message["isCallbackRegistered"] = true.into();
    Request::from_value(&message).expect("golden requests are readable")
}

#[test]
fn the_host_words_replies_and_errors_as_the_guide_does() {
    for golden in answers()["replies"].as_array().expect("a list") {
        let error = &golden["error"];
        let text = |name: &str| error[name].as_str().unwrap_or_default();
        let outcome = match text("kind") {
            "" => Ok(golden["returns"].clone()),
            "apex" => Err(vec![CtiError::no_apex_class(text("name"))]),
            "container" => Err(vec![CtiError::container()]),
            "generic" => Err(vec![CtiError::generic()]),
            "invalidParam" => Err(vec![CtiError::invalid_param(text("name"), text("expected"), None)]),
            "saveLog" => Err(vec![CtiError::save_log(vec![error["details"][0].as_str().expect("a message").into()])]),
            "server" => Err(vec![CtiError::server()]),
            other => panic!("unknown kind {other}"),
        };
        let reply = request(golden["method"].as_str().expect("a name")).reply(outcome.clone());
        assert_eq!(reply, golden["wire"]);
        let Ok(Answer::Reply(read)) = Answer::from_value(&reply) else { panic!("not a reply: {reply}") };
        assert_eq!((read.call_id, read.api_version, read.outcome), (3, 57, outcome));
    }
}

#[test]
fn the_host_posts_events_as_the_listeners_expect_them() {
    for golden in answers()["events"].as_array().expect("a list") {
        let (method, payload) = (golden["method"].as_str().expect("a name"), golden["payload"].clone());
        let channel = golden["channel"].as_str();
        let message = channel.map_or_else(|| event(57, method, payload.clone()), |channel| lms_event(57, channel, payload.clone()));
        assert_eq!(message, golden["wire"]);
        let expected = Event { api_version: 57, method_name: method.into(), channel: channel.map(Into::into), payload };
        assert_eq!(Answer::from_value(&message), Ok(Answer::Event(expected)));
    }
}

#[test]
fn every_golden_payload_survives_its_type() {
    let golden = answers();
    let event = |index: usize| Plain::from(&golden["events"][index]["payload"]);
    let value = |name: &str| Plain::from(&golden["values"][name]);
    let same = |ours: Plain, theirs: Plain| assert_eq!(Value::from(&ours), Value::from(&theirs));
    same(ClickToDial::from_plain(&event(0)).to_plain(), event(0));
    same(AppView::from_plain(&event(1)).to_plain(), event(1));
    same(WorkStart::from_plain(&event(2)).to_plain(), event(2));
    same(Layout::from_plain(&value("layout")).to_plain(), value("layout"));
    same(SearchResult::from_plain(&value("search")).to_plain(), value("search"));
}

#[test]
fn a_foreign_message_is_nobodys_request_and_gets_no_answer() {
    for message in [json!(null), json!("hello"), json!({ "apiType": "interaction", "methodName": "saveLog" }), json!({ "type": "aura" })] {
        let error = Request::from_value(&message).expect_err("not Open CTI's");
        assert_eq!((error.clone(), error.reply()), (WireError::Foreign, None));
    }
}

#[test]
fn a_broken_envelope_is_named_and_gets_no_answer() {
    for field in ["callId", "apiVersion", "methodName"] {
        let mut message = request("refreshView").to_value();
        message[field] = json!([]);
        let error = Request::from_value(&message).expect_err("the envelope is broken");
        assert_eq!((error.reply(), error), (None, WireError::Envelope(field)));
    }
}

#[test]
fn a_missing_argument_is_answered_with_the_golden_invalid_param() {
    let mut message = request("setSoftphonePanelHeight").to_value();
    message["args"] = json!({ "heightPx": 480 });
    let reply = Request::from_value(&message).expect_err("the argument is missing").reply();
    assert_eq!(reply.as_ref(), Some(&answers()["replies"][2]["wire"]));
}

#[test]
fn a_method_lightning_does_not_have_is_answered_with_an_error() {
    let mut message = request("refreshView").to_value();
    message["methodName"] = "sendCTIMessage".into();
    let reply = Request::from_value(&message).expect_err("a Classic method").reply().expect("it can be answered");
    assert_eq!((&reply["methodName"], &reply["response"]["errors"][0]["code"]), (&json!("sendCTIMessage"), &json!("GENERIC_ERROR")));
}

#[test]
fn a_reply_runs_a_callback_only_where_one_waits() {
    let mut silent = request("refreshView");
    silent.callback = false;
    assert_eq!(silent.reply(Ok(Value::Null))["shouldExecuteCallback"], false);
}
