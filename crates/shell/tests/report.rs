//! Provider reports as JavaScript writes them, and what becomes of those that are wrong.
#![cfg(target_arch = "wasm32")]

use hookswitch_core::{
    CallKind, Capabilities, Cause, ConnectionState, Direction, MediaState, Party, PartyRef, PhoneCall, PhoneParty, PhoneRef, PhoneReport,
    PhoneState, Recording, RefusedReason, RequestId, Side,
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
                r#"{{"type":"delivered","call":"c1","from":{ada_json},"called":"800","queue":"Sales","segment":"Gold","kind":"inbound","record":"003","ownsLog":true}}"#
            ),
            PhoneReport::Delivered {
                call: call(),
                from: ada(),
                called: "800".into(),
                queue: "Sales".into(),
                segment: "Gold".into(),
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
                r#"{{"type":"sync","calls":[{{"call":"c1","party":{ada_json},"called":"","queue":"","kind":"outbound","direction":"out","state":"held","farState":"connected","muted":true,"ageMs":5000.7,"answeredMs":null,"record":"","ownsLog":true}}]}}"#
            ),
            PhoneReport::Sync {
                calls: vec![PhoneCall {
                    call: call(),
                    party: ada(),
                    called: "".into(),
                    queue: String::new(),
                    segment: "".into(),
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
                    owns_log: true,
                }],
            },
        ),
    ];
    for (json, report) in cases {
        assert_eq!(read(&json), Ok(report), "{json}");
    }
}

fn bob(muted: bool) -> PhoneParty {
    let party = Party { number: "1002".into(), name: "".into() };
    PhoneParty { id: PartyRef("p2".into()), party, state: ConnectionState::Held, held_by: Side::Agent, muted }
}

#[wasm_bindgen_test]
fn every_report_about_several_calls_and_several_people_is_read() {
    let bob_json = r#"{"id":"p2","party":{"number":"1002"},"state":"held","muted":true}"#;
    let transferred = |by, other: Option<&str>, party, kind, record: &str| PhoneReport::Transferred {
        call: call(),
        by,
        other: other.map(PhoneRef::from),
        party,
        kind,
        record: record.into(),
    };
    let cases = [
        (
            format!(r#"{{"type":"conferenced","calls":["c1","c2"],"call":"c3","parties":[{bob_json}]}}"#),
            PhoneReport::Conferenced { calls: vec!["c1".into(), "c2".into()], call: "c3".into(), parties: vec![bob(true)] },
        ),
        (
            r#"{"type":"parties","call":"c1","parties":[{"id":"p2","party":{"number":"1002"},"state":"held"}]}"#.to_owned(),
            PhoneReport::Parties { call: call(), parties: vec![bob(false)] },
        ),
        (r#"{"type":"parties","call":"c1","parties":[]}"#.into(), PhoneReport::Parties { call: call(), parties: Vec::new() }),
        (
            r#"{"type":"quality","call":"c1","mosHundredths":412}"#.into(),
            PhoneReport::Quality { call: call(), mos_hundredths: 412 },
        ),
        (
            r#"{"type":"recordingReference","call":"c1","reference":"https://r.example/1"}"#.into(),
            PhoneReport::RecordingReference { call: call(), reference: "https://r.example/1".into() },
        ),
        (
            r#"{"type":"recordingChanged","call":"c1","state":"paused"}"#.into(),
            PhoneReport::RecordingChanged { call: call(), state: Recording::Paused },
        ),
        (
            r#"{"type":"transferFailed","call":"c1","cause":"busy","held":true}"#.into(),
            PhoneReport::TransferFailed { call: call(), cause: Cause::Busy, held: true },
        ),
        (
            r#"{"type":"transferFailed","call":"c1","cause":"noAnswer"}"#.into(),
            PhoneReport::TransferFailed { call: call(), cause: Cause::NoAnswer, held: false },
        ),
        (r#"{"type":"transferred","call":"c1","by":"agent"}"#.into(), transferred(Side::Agent, None, None, None, "")),
        (
            r#"{"type":"transferred","call":"c1","by":"agent","other":"c2","kind":null}"#.into(),
            transferred(Side::Agent, Some("c2"), None, None, ""),
        ),
        (
            r#"{"type":"transferred","call":"c1","by":"party","party":{"number":"+14155550100","name":"<b>Ada</b>"},"kind":"inbound","record":"003"}"#
                .into(),
            transferred(Side::Party, None, Some(ada()), Some(CallKind::Inbound), "003"),
        ),
    ];
    for (json, report) in cases {
        assert_eq!(read(&json), Ok(report), "{json}");
    }
}

#[wasm_bindgen_test]
fn a_synced_call_may_be_a_conference_a_consultation_and_recorded() {
    let json = r#"{"type":"sync","calls":[{"call":"c1","party":{},"kind":"internal","direction":"in","state":"connected","farState":"connected",
        "parties":[{"id":"p2","party":{"number":"1002"},"state":"held"}],"recording":"on","consults":"c0"}]}"#;
    let Ok(PhoneReport::Sync { calls }) = read(json) else { panic!("it is read") };
    assert_eq!(calls[0].parties, [bob(false)]);
    assert_eq!((calls[0].recording, calls[0].consults.clone()), (Recording::On, Some("c0".into())));
}

type Ability = fn(&Capabilities) -> bool;

#[wasm_bindgen_test]
fn every_ability_has_its_own_word_and_what_is_not_told_is_not_there() {
    let read = |json: &str| match read(&format!(r#"{{"type":"capabilities","capabilities":{json}}}"#)) {
        Ok(PhoneReport::Capabilities { capabilities }) => capabilities,
        other => panic!("{other:?}"),
    };
    assert_eq!(read("{}"), Capabilities::default());
    let abilities: [(&str, Ability); 18] = [
        ("agentState", |can| can.agent_state),
        ("blindTransferReturns", |can| can.blind_transfer_returns),
        ("callsSurviveReload", |can| can.calls_survive_reload),
        ("clearCall", |can| can.clear_call),
        ("clearParty", |can| can.clear_party),
        ("conference", |can| can.conference),
        ("deflect", |can| can.deflect),
        ("digits", |can| can.digits),
        ("hold", |can| can.hold),
        ("holdParty", |can| can.hold_party),
        ("leave", |can| can.leave),
        ("mute", |can| can.mute),
        ("muteParty", |can| can.mute_party),
        ("recording", |can| can.recording),
        ("singleStepConference", |can| can.single_step_conference),
        ("singleStepTransfer", |can| can.single_step_transfer),
        ("transfer", |can| can.transfer),
        ("transferRinging", |can| can.transfer_ringing),
    ];
    for (word, is) in abilities {
        let can = read(&format!(r#"{{"{word}":true}}"#));
        let told: Vec<_> = abilities.iter().filter(|(_, is)| is(&can)).map(|(word, _)| *word).collect();
        assert_eq!(told, [word]);
        assert!(is(&can));
    }
    let sizes = read(r#"{"conferenceSize":5,"lines":1000}"#);
    assert_eq!((sizes.conference_size, sizes.lines), (5, 255), "more than can be counted is as many as can be counted");
}

#[wasm_bindgen_test]
fn what_is_wrong_with_parties_and_transfers_is_named() {
    let cases = [
        (r#"{"type":"conferenced","call":"c1","parties":[]}"#, "calls"),
        (r#"{"type":"conferenced","calls":[7],"call":"c1"}"#, "calls"),
        (r#"{"type":"conferenced","calls":["c1"],"parties":[]}"#, "call"),
        (r#"{"type":"parties","call":"c1","parties":{}}"#, "parties"),
        (r#"{"type":"parties","call":"c1","parties":["p2"]}"#, "parties"),
        (r#"{"type":"parties","call":"c1","parties":[{"party":{},"state":"held"}]}"#, "id"),
        (r#"{"type":"parties","call":"c1","parties":[{"id":"","party":{},"state":"held"}]}"#, "id"),
        (r#"{"type":"parties","call":"c1","parties":[{"id":"p2","state":"held"}]}"#, "party"),
        (r#"{"type":"parties","call":"c1","parties":[{"id":"p2","party":{},"state":"asleep"}]}"#, "state"),
        (r#"{"type":"parties","call":"c1","parties":[{"id":"p2","party":{},"state":"held","muted":"yes"}]}"#, "muted"),
        (r#"{"type":"quality","call":"c1","mosHundredths":4.1}"#, "mosHundredths"),
        (r#"{"type":"recordingReference","call":"c1"}"#, "reference"),
        (r#"{"type":"recordingChanged","call":"c1","state":"forever"}"#, "state"),
        (r#"{"type":"transferFailed","call":"c1"}"#, "cause"),
        (r#"{"type":"transferred","call":"c1","by":"magic"}"#, "by"),
        (r#"{"type":"transferred","call":"c1","by":"agent","other":7}"#, "other"),
        (r#"{"type":"transferred","call":"c1","by":"party","kind":"odd"}"#, "kind"),
        (r#"{"type":"transferred","call":"c1","by":"party","party":"Ada"}"#, "party"),
        (r#"{"type":"capabilities","capabilities":{"hold":"yes"}}"#, "hold"),
        (r#"{"type":"capabilities","capabilities":{"lines":"many"}}"#, "lines"),
        (
            r#"{"type":"sync","calls":[{"call":"c1","party":{},"kind":"inbound","direction":"in","state":"held","farState":"held","recording":1}]}"#,
            "recording",
        ),
    ];
    for (json, field) in cases {
        assert_eq!(read(json), Err(Malformed(field)), "{json}");
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
