//! The JSON on the wire, written by hand from the documentation, and the hub that carries it.

use hookswitch_switch::{ConnectionKind, Hub, Script};

const PAGE: u64 = 1;
const NETWORK: u64 = 2;

fn hub() -> Hub {
    let mut hub = Hub::new(1);
    hub.connect(0, PAGE, ConnectionKind::Agent);
    hub
}

fn said(hub: &mut Hub) -> Vec<(u64, String)> {
    core::iter::from_fn(|| hub.poll()).collect()
}

fn said_to(hub: &mut Hub, connection: u64) -> Vec<String> {
    said(hub).into_iter().filter(|(to, _)| *to == connection).map(|(_, text)| text).collect()
}

#[test]
fn a_hello_is_answered_in_these_words() {
    let mut hub = hub();
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001","name":"Ann"}}"#);
    assert_eq!(
        said_to(&mut hub, PAGE),
        [
            r#"{"report":{"type":"account","identity":"1001"}}"#,
            r#"{"report":{"type":"capabilities","capabilities":{"agentState":true,"blindTransferReturns":true,"callsSurviveReload":true,"clearCall":true,"clearParty":true,"conference":true,"conferenceSize":16,"deflect":true,"digits":true,"hold":true,"holdParty":true,"leave":true,"lines":6,"mute":true,"muteParty":true,"recording":true,"singleStepConference":true,"singleStepTransfer":true,"transfer":true,"transferRinging":true}}}"#,
            r#"{"report":{"type":"service","state":"ready","detail":""}}"#,
            r#"{"report":{"type":"sync","calls":[]}}"#,
        ]
    );
}

#[test]
fn an_inbound_call_is_spoken_of_in_these_words() {
    let mut hub = hub();
    hub.connect(0, NETWORK, ConnectionKind::Network);
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    assert_eq!(
        said_to(&mut hub, NETWORK),
        [
            r#"{"options":{"autoAnswer":false,"answersAfterMs":2000,"earlyMedia":false,"givesUpAfterMs":30000,"graceMs":60000,"lines":6,"noAnswerAfterMs":20000,"queue":"ringAll","queueRingMs":15000,"reachedAfterMs":300,"trunks":0,"unansweredAfterMs":60000,"voicemail":"1900"}}"#,
            r#"{"agents":[]}"#,
            r#"{"calls":[]}"#,
            r#"{"agents":[{"extension":"1001","name":"","pages":1,"ready":false,"reason":""}]}"#,
        ]
    );
    let call = r#"{"network":{"type":"callAgent","extension":"1001","number":"+14155550100","name":"Ada","called":"+18005550000","record":"003A"}}"#;
    hub.receive(10, NETWORK, call);
    assert_eq!(
        said(&mut hub),
        [
            (
                PAGE,
                r#"{"report":{"type":"delivered","call":"c1-1","from":{"number":"+14155550100","name":"Ada"},"called":"+18005550000","queue":"","segment":"","kind":"inbound","record":"003A","ownsLog":true}}"#.to_owned()
            ),
            (
                NETWORK,
                r#"{"calls":[{"call":"c1-1","kind":"inbound","from":{"id":"p1","call":"c1-1","extension":"","number":"+14155550100","name":"Ada","state":"connected","muted":false,"parked":false,"digits":""},"to":{"id":"p2","call":"c1-1","extension":"1001","number":"1001","name":"","state":"alerting","muted":false,"parked":false,"digits":""},"called":"+18005550000","queue":"","record":"003A","answered":false,"ended":null,"recording":"off","parties":[{"id":"p1","call":"c1-1","extension":"","number":"+14155550100","name":"Ada","state":"connected","muted":false,"parked":false,"digits":""},{"id":"p2","call":"c1-1","extension":"1001","number":"1001","name":"","state":"alerting","muted":false,"parked":false,"digits":""}]}]}"#.to_owned()
            ),
        ]
    );
    hub.receive(20, PAGE, r#"{"id":7,"command":{"type":"answer","call":"c1-1"}}"#);
    assert_eq!(
        said_to(&mut hub, PAGE),
        [r#"{"report":{"type":"done","request":7}}"#, r#"{"report":{"type":"established","call":"c1-1","party":null}}"#]
    );
    hub.receive(30, PAGE, r#"{"sync":true}"#);
    assert_eq!(
        said_to(&mut hub, PAGE),
        [
            r#"{"report":{"type":"sync","calls":[{"call":"c1-1","party":{"number":"+14155550100","name":"Ada"},"called":"+18005550000","queue":"","segment":"","kind":"inbound","direction":"in","state":"connected","farState":"connected","muted":false,"ageMs":20,"answeredMs":10,"record":"003A","parties":[],"recording":"off","consults":null,"ownsLog":true}]}}"#
        ]
    );
    hub.receive(40, NETWORK, r#"{"network":{"type":"hold","call":"c1-1"}}"#);
    assert_eq!(said_to(&mut hub, PAGE), [r#"{"report":{"type":"held","call":"c1-1","by":"party"}}"#]);
    hub.receive(50, NETWORK, r#"{"network":{"type":"hangUp","call":"c1-1"}}"#);
    assert_eq!(said_to(&mut hub, PAGE), [r#"{"report":{"type":"connectionCleared","call":"c1-1","cause":"normal"}}"#]);
}

#[test]
fn every_command_of_the_network_can_be_written_by_hand() {
    let mut hub = hub();
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    hub.connect(0, NETWORK, ConnectionKind::Network);
    said(&mut hub);
    for (now, command) in [
        r#"{"type":"setOptions","options":{"autoAnswer":true,"lines":4}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":{"type":"answers","afterMs":5}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":{"type":"fails","cause":"busy"}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":{"type":"rejects","afterMs":5}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":{"type":"ringsOut"}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":{"type":"waits"}}"#,
        r#"{"type":"setBehaviour","number":"+14155550142","behaviour":null}"#,
        r#"{"type":"callAgent","extension":"1001","kind":"internal","queue":"Support","givesUpAfterMs":9,"hangsUpAfterMs":9,"ownsLog":false}"#,
        r#"{"type":"loseCall","call":"c1-1"}"#,
        r#"{"type":"callAgent","extension":"1001"}"#,
        r#"{"type":"answeredElsewhere","call":"c1-2"}"#,
        r#"{"type":"refuseNext","count":1,"reason":"notNow","detail":"491"}"#,
        r#"{"type":"refuseNext","count":0,"reason":"notNow"}"#,
        r#"{"type":"ignoreNext","count":0}"#,
        r#"{"type":"setFaults","extension":"1001","faults":{"seed":7,"lostPercent":5,"lateMs":100,"refused":["hold"],"reason":"timeout"}}"#,
        r#"{"type":"setFaults","faults":{}}"#,
        r#"{"type":"callAgent","queue":"Support","acts":[[500,{"type":"holds"}],[900,{"type":"transfers","to":{"number":"1","name":"A"}}]]}"#,
        r#"{"type":"restart","forMs":1,"callsSurvive":true}"#,
        r#"{"type":"outage","forMs":1}"#,
    ]
    .into_iter()
    .enumerate()
    {
        hub.receive(now as u64, NETWORK, &format!(r#"{{"network":{command}}}"#));
        let answers = said_to(&mut hub, NETWORK);
        assert!(answers.iter().all(|answer| !answer.contains("error")), "{command}: {answers:?}");
    }
    for command in [
        r#"{"type":"answer","call":"c9","party":{"number":"1","name":"A"}}"#,
        r#"{"type":"answer","call":"c9"}"#,
        r#"{"type":"reject","call":"c9","cause":"invalidNumber"}"#,
        r#"{"type":"retrieve","call":"c9"}"#,
        r#"{"type":"hangUp","call":"c9","end":"p1"}"#,
        r#"{"type":"act","call":"c9","act":{"type":"hangsUp"}}"#,
        r#"{"type":"voicemail","call":"c9"}"#,
    ] {
        hub.receive(100, NETWORK, &format!(r#"{{"network":{command}}}"#));
        let detail = "there is no such call: it ended, or never existed";
        let answer = said_to(&mut hub, NETWORK).pop();
        assert_eq!(answer.as_deref(), Some(format!(r#"{{"error":{{"code":"unknownCall","detail":"{detail}"}}}}"#).as_str()), "{command}");
    }
}

#[test]
fn what_cannot_be_read_is_answered_quotes_nothing_and_changes_nothing() {
    let mut hub = hub();
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    hub.connect(0, NETWORK, ConnectionKind::Network);
    said(&mut hub);
    for text in
        ["", "secret", "[]", "null", r#"{"id":1.5,"command":{}}"#, r#"{"id":-1}"#, r#"{"hello":{"extension":""}}"#, r#"{"hello":"secret"}"#]
    {
        hub.receive(1, PAGE, text);
        let answers = said(&mut hub);
        assert!(matches!(&answers[..], [(PAGE, answer)] if answer.starts_with(r#"{"error":{"code":"malformed""#)), "{text}: {answers:?}");
        assert!(!answers[0].1.contains("secret"));
    }
    for text in [r#"{"id":7}"#, r#"{"id":7,"command":{"type":"fly"}}"#, r#"{"id":7,"command":{"type":"hold"}}"#] {
        hub.receive(1, PAGE, text);
        let answers = said(&mut hub);
        let refused = r#"{"report":{"type":"refused","request":7,"reason":"notSupported","detail":"#;
        assert!(matches!(&answers[..], [(PAGE, answer)] if answer.starts_with(refused)), "{text}: {answers:?}");
    }
    for text in ["x", r#"{"network":{"type":"fly"}}"#, r#"{"network":{"type":"hold"}}"#, r#"{"id":7,"command":{"type":"sync"}}"#] {
        hub.receive(1, NETWORK, text);
        let answers = said(&mut hub);
        assert!(
            matches!(&answers[..], [(NETWORK, answer)] if answer.starts_with(r#"{"error":{"code":"malformed""#)),
            "{text}: {answers:?}"
        );
    }
    assert_eq!(hub.deadline(), None);
}

#[test]
fn a_connection_that_went_is_told_nothing_more_and_its_id_can_be_used_anew() {
    let mut hub = hub();
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    hub.disconnect(0, PAGE);
    hub.receive(0, PAGE, r#"{"sync":true}"#);
    hub.disconnect(0, PAGE);
    assert_eq!(said(&mut hub), []);
    assert_eq!(hub.deadline(), Some(60_000), "the grace time runs");
    hub.connect(1, PAGE, ConnectionKind::Network);
    hub.receive(1, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    assert_eq!(said(&mut hub).len(), 4, "three views and an error: it is an observer now");
}

#[test]
fn a_script_can_come_as_json_too() {
    let script = r#"{"callers":[[1000,{"extension":"1001","number":"+14155550100"}]],"numbers":[["0199",{"type":"waits"}]]}"#;
    let script: Script = serde_json::from_str(script).expect("a script");
    let mut hub = hub();
    hub.receive(0, PAGE, r#"{"hello":{"extension":"1001"}}"#);
    hub.play(500, script);
    said(&mut hub);
    assert_eq!(hub.deadline(), Some(1_500));
    hub.advance(1_499);
    assert_eq!(said(&mut hub), []);
    hub.advance(1_500);
    assert!(matches!(&said(&mut hub)[..], [(PAGE, text)] if text.starts_with(r#"{"report":{"type":"delivered""#)));
}
