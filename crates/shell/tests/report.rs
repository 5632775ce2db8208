//! Provider reports as JavaScript writes them, and what becomes of those that are wrong.
#![cfg(target_arch = "wasm32")]

use hookswitch_core::{
    CallKind, Capabilities, Cause, ConnectionState, Direction, MediaState, Party, PhoneCall, PhoneRef, PhoneReport, PhoneState, Recording,
    RefusedReason, RequestId, Side,
};
use hookswitch_shell::{Malformed, read_report};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn read(json: &str) -> Result<PhoneReport, Malformed> {
    read_report(&JSON::parse(json).unwrap())
}

fn call() -> PhoneRef {
    PhoneRef::from("c1")
}

fn ada() -> Party {
    Party { number: "+14155550100".into(), name: "<b>Ada</b>".into() }
}

#[wasm_bindgen_test]
fn every_kind_of_report_is_read() {
    let ada_json = r#"{"number":"+14155550100","name":"<b>Ada</b>"}"#;
    let cases = [
        (r#"{"type":"account","identity":"1001"}"#.to_owned(), PhoneReport::Account { identity: "1001".into() }),
        (r#"{"type":"agentState","ready":false,"reason":"Lunch"}"#.into(), PhoneReport::AgentState { ready: false, reason: "Lunch".into() }),
        (
            r#"{"type":"capabilities","capabilities":{"agentState":true,"blindTransferReturns":true,"callsSurviveReload":true,"digits":true,"hold":true}}"#
                .into(),
            PhoneReport::Capabilities {
                capabilities: Capabilities {
                    agent_state: true,
                    blind_transfer_returns: true,
                    calls_survive_reload: true,
                    digits: true,
                    hold: true,
                    ..Capabilities::default()
                },
            },
        ),
        (
            r#"{"type":"connectionCleared","call":"c1","cause":"answeredElsewhere"}"#.into(),
            PhoneReport::ConnectionCleared { call: call(), cause: Cause::AnsweredElsewhere },
        ),
        (
            format!(
                r#"{{"type":"delivered","call":"c1","from":{ada_json},"called":"800","queue":"Sales","kind":"inbound","record":"003","ownsLog":true}}"#
            ),
            PhoneReport::Delivered {
                call: call(),
                from: ada(),
                called: "800".into(),
                queue: "Sales".into(),
                kind: CallKind::Inbound,
                record: "003".into(),
                owns_log: true,
            },
        ),
        (
            r#"{"type":"digitsGenerated","call":"c1","digits":"12#"}"#.into(),
            PhoneReport::DigitsGenerated { call: call(), digits: "12#".into() },
        ),
        (r#"{"type":"done","request":7}"#.into(), PhoneReport::Done { request: RequestId(7) }),
        (r#"{"type":"established","call":"c1","party":null}"#.into(), PhoneReport::Established { call: call(), party: None }),
        (
            format!(r#"{{"type":"established","call":"c1","party":{ada_json}}}"#),
            PhoneReport::Established { call: call(), party: Some(ada()) },
        ),
        (r#"{"type":"failed","call":"c1","cause":"busy"}"#.into(), PhoneReport::Failed { call: call(), cause: Cause::Busy }),
        (r#"{"type":"held","call":"c1","by":"party"}"#.into(), PhoneReport::Held { call: call(), by: Side::Party }),
        (r#"{"type":"media","media":"noDevice"}"#.into(), PhoneReport::Media { media: MediaState::NoDevice }),
        (r#"{"type":"muted","call":"c1","on":true}"#.into(), PhoneReport::Muted { call: call(), on: true }),
        (
            r#"{"type":"networkReached","call":"c1","earlyMedia":true}"#.into(),
            PhoneReport::NetworkReached { call: call(), early_media: true },
        ),
        (r#"{"type":"originated","request":3,"call":"c1"}"#.into(), PhoneReport::Originated { request: RequestId(3), call: call() }),
        (
            r#"{"type":"refused","request":3,"reason":"notNow","detail":"491"}"#.into(),
            PhoneReport::Refused { request: RequestId(3), reason: RefusedReason::NotNow, detail: "491".into() },
        ),
        (r#"{"type":"retrieved","call":"c1","by":"agent"}"#.into(), PhoneReport::Retrieved { call: call(), by: Side::Agent }),
        (
            r#"{"type":"service","state":"reconnecting","detail":""}"#.into(),
            PhoneReport::Service { state: PhoneState::Reconnecting, detail: "".into() },
        ),
        (
            format!(
                r#"{{"type":"sync","calls":[{{"call":"c1","party":{ada_json},"called":"","queue":"","kind":"outbound","direction":"out","state":"held","farState":"connected","muted":true,"ageMs":5000.7,"answeredMs":null,"record":""}}]}}"#
            ),
            PhoneReport::Sync {
                calls: vec![PhoneCall {
                    call: call(),
                    party: ada(),
                    called: "".into(),
                    queue: String::new(),
                    kind: CallKind::Outbound,
                    direction: Direction::Out,
                    state: ConnectionState::Held,
                    far_state: ConnectionState::Connected,
                    muted: true,
                    age_ms: 5000,
                    answered_ms: None,
                    record: String::new(),
                    parties: Vec::new(),
                    recording: Recording::Off,
                    consults: None,
                }],
            },
        ),
    ];
    for (json, report) in cases {
        assert_eq!(read(&json), Ok(report), "{json}");
    }
}

#[wasm_bindgen_test]
fn what_is_missing_or_of_another_kind_is_named() {
    let cases = [
        (r"null", "report"),
        (r#""ringing""#, "report"),
        (r"[]", "report"),
        (r"{}", "type"),
        (r#"{"type":7}"#, "type"),
        (r#"{"type":"teleported"}"#, "type"),
        (r#"{"type":"done"}"#, "request"),
        (r#"{"type":"done","request":-1}"#, "request"),
        (r#"{"type":"done","request":1e300}"#, "request"),
        (r#"{"type":"done","request":"7"}"#, "request"),
        (r#"{"type":"held","call":"","by":"agent"}"#, "call"),
        (r#"{"type":"held","call":"c1","by":"nobody"}"#, "by"),
        (r#"{"type":"muted","call":"c1"}"#, "on"),
        (r#"{"type":"delivered","call":"c1","kind":"inbound"}"#, "from"),
        (r#"{"type":"delivered","call":"c1","from":{"number":7},"kind":"inbound"}"#, "number"),
        (r#"{"type":"delivered","call":"c1","from":{},"kind":"inbound","queue":[]}"#, "queue"),
        (r#"{"type":"capabilities"}"#, "capabilities"),
        (r#"{"type":"sync","calls":{}}"#, "calls"),
        (r#"{"type":"sync","calls":[7]}"#, "calls"),
        (r#"{"type":"service","state":"fine"}"#, "state"),
    ];
    for (json, field) in cases {
        assert_eq!(read(json), Err(Malformed(field)), "{json}");
    }
    assert_eq!(read_report(&JsValue::UNDEFINED), Err(Malformed("report")));
}

#[wasm_bindgen_test]
fn an_unknown_cause_is_the_phone_systems_own_and_unknown_fields_are_ignored() {
    let json = r#"{"type":"connectionCleared","call":"c1","cause":"sunspots","colour":"red"}"#;
    assert_eq!(read(json), Ok(PhoneReport::ConnectionCleared { call: call(), cause: Cause::SystemFailure }));
}
