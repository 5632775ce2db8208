//! Logs: created, updated, looked for, refused.

use super::*;

#[wasm_bindgen_test]
async fn a_log_is_created_as_a_task_and_its_record_is_told() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":{"recordId":"00Txx0000012345EAA"}}"#);
    port.carry_out(RequestId(5), save(None));
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(5), record: "00Txx0000012345EAA".into() })).await;
    assert_eq!(
        called(),
        r#"saveLog {"value":{"entityApiName":"Task","Subject":"Inbound call +14155550100","Status":"Completed","Priority":"Normal","TaskSubtype":"Call","ActivityDate":"2026-01-15","CallObject":"hs-000000000000002a-3","Description":"wants a refund","CallType":"Inbound","CallDurationInSeconds":73,"CallDisposition":"Resolved","WhoId":"003xx0000004TmiAAE"}}"#
    );
}

#[wasm_bindgen_test]
async fn a_log_is_updated_by_id_and_what_was_taken_back_is_emptied() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":"00Txx0000012345EAA"}"#);
    port.carry_out(RequestId(6), save(Some("00Txx0000012345EAA")));
    until(|| seen.last().is_some()).await;
    let called = called();
    assert!(called.contains(r#"{"Id":"00Txx0000012345EAA","Subject""#) && called.contains(r#""WhatId":null"#), "{called}");
    assert!(!called.contains("entityApiName") && !called.contains("TaskSubtype") && !called.contains("Priority"), "{called}");
}

#[wasm_bindgen_test]
async fn an_update_sends_what_changed_since_our_own_last_save_and_nothing_else() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":"00T1"}"#);
    let before = LogFields { disposition: None, notes: "".into(), custom: vec![("Hold__c".into(), "3".into())], ..log() };
    let after = LogFields { custom: vec![("Hold__c".into(), "4".into())], who: None, without: vec!["CallDisposition".into()], ..log() };
    let update = |fields: LogFields| CrmCommand::SaveLog {
        key: KEY,
        record: Some("00T1".into()),
        fields: Box::new(fields),
        before: Some(Box::new(before.clone())),
    };
    port.carry_out(RequestId(6), update(after));
    until(|| seen.last().is_some()).await;
    assert_eq!(called(), r#"saveLog {"value":{"Id":"00T1","Description":"wants a refund","WhoId":null,"Hold__c":"4"}}"#);
    // Nothing changed: nothing is asked.
    port.carry_out(RequestId(7), update(before.clone()));
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(7), record: "00T1".into() })).await;
    assert_eq!(called().matches("saveLog").count(), 1);
}

#[wasm_bindgen_test]
async fn a_log_on_another_object_has_the_settings_fields_alone_each_in_its_own_type() {
    let (port, seen) = begin();
    plan("saveLog", r#"{"value":{"recordId":"a09xx0000012345EAA"}}"#);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let custom =
        [("Hold__c", "7"), ("Quality__c", "4.05"), ("None__c", ""), ("Who__c", "003xx0000004TmiAAE"), ("What__c", ""), ("Note__c", "")];
    let fields = |custom: &[(&str, &str)]| LogFields {
        object: "Call__c".into(),
        custom: custom.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect(),
        numbers: names(&["Hold__c", "Quality__c", "None__c"]),
        ids: names(&["Who__c", "What__c"]),
        ..log()
    };
    let save = |record: Option<&str>, now, before| CrmCommand::SaveLog {
        key: KEY,
        record: record.map(str::to_owned),
        fields: Box::new(now),
        before,
    };
    port.carry_out(RequestId(5), save(None, fields(&custom), None));
    until(|| seen.last().is_some()).await;
    assert_eq!(
        called(),
        r#"saveLog {"value":{"entityApiName":"Call__c","Hold__c":7,"Quality__c":4.05,"Who__c":"003xx0000004TmiAAE","Note__c":""}}"#
    );
    let moved = [("Hold__c", "7"), ("Quality__c", ""), ("None__c", ""), ("Who__c", ""), ("What__c", "500xx0000004TmiAAE"), ("Note__c", "")];
    port.carry_out(RequestId(6), save(Some("a09xx0000012345EAA"), fields(&moved), Some(Box::new(fields(&custom)))));
    until(|| called().lines().count() == 2).await;
    let update = r#"saveLog {"value":{"Id":"a09xx0000012345EAA","Quality__c":null,"Who__c":null,"What__c":"500xx0000004TmiAAE"}}"#;
    assert_eq!(called().lines().last(), Some(update));
}

#[wasm_bindgen_test]
async fn a_log_of_unknown_fate_is_looked_for_by_its_key() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    let find = || CrmCommand::FindLog { key: KEY, since: "2026-01-15".into() };
    plan("runApex", r#"{"value":{"runApex":"[{\"Id\":\"00T1\"},{\"Id\":\"00T2\"}]"}}"#);
    port.carry_out(RequestId(8), find());
    until(|| seen.last() == Some(CrmReport::LogFound { request: RequestId(8), record: Some("00T1".into()) })).await;
    assert!(called().contains("key=hs-000000000000002a-3&since=2026-01-15"), "{}", called());
    plan("runApex", r#"{"value":{"runApex":"[]"}}"#);
    port.carry_out(RequestId(9), find());
    until(|| seen.last() == Some(CrmReport::LogFound { request: RequestId(9), record: None })).await;
}

#[wasm_bindgen_test]
fn only_an_empty_list_says_that_there_is_no_log() {
    let found = |json: &str| task::first_id(&js_sys::JSON::parse(json).unwrap()).map_err(drop);
    assert_eq!(found("[]"), Ok(None));
    assert_eq!(found(r#"[{"Id":"00T1"},{"Id":"00T2"}]"#), Ok(Some("00T1".into())));
    for other in ["null", r#"{"records":[]}"#, r#"[{"id":"00T1"}]"#, r#"[{"Id":""}]"#] {
        assert_eq!(found(other), Err(()), "{other}");
    }
}

#[wasm_bindgen_test]
fn the_fields_at_fault_are_those_in_brackets() {
    let named = |message| task::fields_at_fault(message).join(" ");
    assert_eq!(named("Required fields are missing: [Status, Hold__c]"), "Status Hold__c");
    assert_eq!(named("Choose how it went: [CallDisposition] Or else: [Type]"), "CallDisposition Type");
    assert_eq!(named("No [such thing] [] [open"), "");
}

#[wasm_bindgen_test]
async fn a_log_that_is_answered_late_is_first_in_doubt_and_then_saved() {
    let (port, seen) = begin();
    // The deadline of 10 s is 100 ms here.
    plan("saveLog", r#"{"value":{"recordId":"00Txx0000012345EAA"},"after":250}"#);
    port.carry_out(RequestId(7), save(None));
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(7), failure: CrmFailure::NoReply })).await;
    until(|| seen.last() == Some(CrmReport::Saved { request: RequestId(7), record: "00Txx0000012345EAA".into() })).await;
}

#[wasm_bindgen_test]
async fn a_refused_log_tells_salesforces_own_reasons() {
    let (port, seen) = begin();
    plan(
        "saveLog",
        r#"{"errors":[{"code":"GENERIC_ERROR","description":"Review the details.","details":[{"message":"Not for [Smith]: [Subject]"}]}]}"#,
    );
    port.carry_out(RequestId(8), save(None));
    // What was not sent is no field: here it is somebody's name.
    let (detail, fields) = ("Not for [Smith]: [Subject]".into(), vec!["Subject".into()]);
    let failure = CrmFailure::Refused { code: "GENERIC_ERROR".into(), detail, fields };
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(8), failure: failure.clone() })).await;
}

#[wasm_bindgen_test]
async fn a_server_that_broke_down_leaves_a_log_in_doubt_and_a_locked_record_leaves_it_unsent() {
    let server = r#"{"errors":[{"code":"SERVER_ERROR","description":"A problem was encountered on the server."}]}"#;
    let locked =
        r#"{"errors":[{"code":"GENERIC_ERROR","description":"Review the details.","details":[{"message":"UNABLE_TO_LOCK_ROW"}]}]}"#;
    for (answer, expected) in [(server, CrmFailure::NoReply), (locked, CrmFailure::NotSent)] {
        let (port, seen) = begin();
        plan("saveLog", answer);
        port.carry_out(RequestId(8), save(None));
        until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(8), failure: expected.clone() })).await;
    }
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    plan("runApex", server);
    port.carry_out(RequestId(9), CrmCommand::FindLog { key: KEY, since: "2026-01-15".into() });
    until(|| seen.last() == Some(CrmReport::Failed { request: RequestId(9), failure: CrmFailure::NoReply })).await;
}

#[wasm_bindgen_test]
async fn a_log_that_is_there_already_is_no_refusal_in_either_shape_of_one_also_when_it_comes_late() {
    let there = CrmReport::LogFound { request: RequestId(9), record: Some("00Txx0000012345EAA".into()) };
    for (details, after) in [
        (r#"[{"message":"hookswitch: logged already as 00Txx0000012345EAA"}]"#, 0),
        (
            r#"[{"message":"An error occurred.","fieldErrors":{},"pageErrors":[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"hookswitch: logged already as 00Txx0000012345EAA"}]}]"#,
            0,
        ),
        (r#"[{"message":"hookswitch: logged already as 00Txx0000012345EAA"}]"#, 250),
    ] {
        let (port, seen) = begin();
        let refusal =
            format!(r#"{{"errors":[{{"code":"GENERIC_ERROR","description":"Review the details.","details":{details}}}],"after":{after}}}"#);
        plan("saveLog", &refusal);
        port.carry_out(RequestId(9), save(None));
        until(|| seen.last() == Some(there.clone())).await;
    }
}

/// Saves a new log with the record type of that name; what was sent.
async fn saves(port: &Rc<Port>, seen: &Rc<Seen>, request: u32) -> String {
    let fields = LogFields { record_type: Some("Support_Call".into()), ..log() };
    plan("saveLog", r#"{"value":{"recordId":"00Txx0000012345EAA"}}"#);
    port.carry_out(RequestId(request), CrmCommand::SaveLog { key: KEY, record: None, fields: Box::new(fields), before: None });
    until(|| seen.heard(&CrmReport::Saved { request: RequestId(request), record: "00Txx0000012345EAA".into() })).await;
    called().lines().rfind(|line| line.starts_with("saveLog")).unwrap_or_default().to_owned()
}

#[wasm_bindgen_test]
async fn a_record_type_by_its_name_is_looked_up_once_and_a_log_goes_without_where_nobody_knows_it() {
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    plan("runApex", r#"{"errors":[{"code":"SERVER_ERROR","description":"A server error occurred."}]}"#);
    assert!(!saves(&port, &seen, 1).await.contains("recordTypeId"), "a log does not wait for it");
    plan("runApex", r#"{"value":{"runApex":"\"012xx0000004TmiAAE\""}}"#);
    for request in [2, 3] {
        assert!(saves(&port, &seen, request).await.contains(r#""recordTypeId":"012xx0000004TmiAAE""#));
    }
    assert_eq!(called().matches("runApex").count(), 2, "{}", called());
    assert!(called().contains("objectName=Task&developerName=Support_Call"), "{}", called());
    let (port, seen) = begin();
    port.set_apex(Some("Hookswitch"));
    plan("runApex", r#"{"value":{"runApex":"null"}}"#);
    assert!(!saves(&port, &seen, 4).await.contains("recordTypeId"));
}
