//! Searches and pages.

use super::*;

#[wasm_bindgen_test]
async fn a_search_pops_and_finds_records_without_the_pop_data() {
    let (port, seen) = begin();
    plan(
        "searchAndScreenPop",
        r#"{"value":{"001xx":{"Id":"001xx","RecordType":"Account","Name":"Ada","IsPersonAccount":true,"PersonContactId":"003xx"},"SCREEN_POP_DATA":{"type":"sobject"}}}"#,
    );
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    let ada = RecordRef { id: "001xx".into(), object: "Account".into(), name: "Ada".into(), partner: Some("003xx".into()) };
    until(|| seen.last() == Some(CrmReport::Found { request: RequestId(2), records: vec![ada.clone()], fields: Vec::new(), opens: false }))
        .await;
    let called = called();
    assert!(called.contains(r#""searchParams":"415 555 0100","callType":"inbound""#), "{called}");
    assert!(!called.contains(r#""deferred":true"#), "{called}");
}

fn search(kind: CallKind, pop: bool) -> CrmCommand {
    CrmCommand::Search {
        call: CallId(1),
        text: "415 555 0100".into(),
        kind,
        pop,
        number: "+14155550100".into(),
        called: "+1 415 555 0000".into(),
        queue: "Sales & more".into(),
        key: LogKey { seed: 7, count: 1 },
    }
}

#[wasm_bindgen_test]
async fn what_a_search_would_open_is_handed_back_as_it_came() {
    let (port, seen) = begin();
    plan(
        "searchAndScreenPop",
        r#"{"value":{"SCREEN_POP_DATA":{"type":"newRecord","params":{"entityName":"Contact","extra":[1,{"a":null}]}}}}"#,
    );
    port.carry_out(RequestId(2), search(CallKind::Inbound, false));
    let found = CrmReport::Found { request: RequestId(2), records: vec![], fields: vec![], opens: true };
    until(|| seen.heard(&found)).await;
    assert!(called().contains(r#""deferred":true"#), "{}", called());
    port.carry_out(RequestId(3), CrmCommand::Pop { target: PopTarget::Found { search: RequestId(2) } });
    until(|| seen.heard(&CrmReport::Popped { request: RequestId(3) })).await;
    assert!(
        called().ends_with(r#"screenPop {"type":"newRecord","params":{"entityName":"Contact","extra":[1,{"a":null}]}}"#),
        "{}",
        called()
    );
}

#[wasm_bindgen_test]
async fn an_empty_id_never_reaches_salesforce() {
    let (port, seen) = begin();
    plan("searchAndScreenPop", r#"{"value":{"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":""}}}}"#);
    port.carry_out(RequestId(2), search(CallKind::Inbound, false));
    until(|| seen.heard(&CrmReport::Found { request: RequestId(2), records: vec![], fields: vec![], opens: false })).await;
    let targets =
        [PopTarget::Found { search: RequestId(2) }, PopTarget::Record { id: String::new() }, PopTarget::Record { id: " ".into() }];
    for (target, request) in targets.into_iter().zip(3..) {
        port.carry_out(RequestId(request), CrmCommand::Pop { target });
        until(|| seen.heard(&CrmReport::Failed { request: RequestId(request), failure: CrmFailure::NotSent })).await;
    }
    assert!(!called().contains("screenPop {"), "{}", called());
}

#[wasm_bindgen_test]
async fn flows_pages_and_new_records_are_told_who_calls() {
    let (port, seen) = begin();
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    until(|| seen.last().is_some()).await;
    let facts = called();
    let query = "callerNumber=%2B14155550100&calledNumber=%2B1%20415%20555%200000&queue=Sales%20%26%20more&callType=Inbound&callKey=hs-0000000000000007-1";
    assert!(facts.contains(query), "{facts}");
    assert!(facts.contains(r#"{"name":"queue","type":"String","value":"Sales & more"}"#), "{facts}");
    assert!(
        !facts.contains("defaultFieldValues"),
        "nobody knows yet what a new record would be, and a wrong field refuses the search: {facts}"
    );
    for (object, fields, prefilled) in [
        ("Contact", "", r#""Phone""#),
        ("Case", "", r#""SuppliedPhone""#),
        (
            "Patient__c",
            r#"{"displayName":"Name","apiName":"Name"},{"displayName":"Call me","apiName":"Home_Phone__c"}"#,
            r#""Home_Phone__c""#,
        ),
        ("Ticket__c", r#"{"displayName":"Name","apiName":"Name"}"#, ""),
    ] {
        let rule = format!(r#""screenPopSettings":{{"NoMatch":{{"screenPopType":"PopToEntity","screenPopData":"{object}"}}}}"#);
        plan("getSoftphoneLayout", &format!(r#"{{"value":{{"Inbound":{{"objects":{{"{object}":[{fields}]}},{rule}}}}}}}"#));
        let before = seen.reports.borrow().len();
        port.serving.set(true);
        port.read_layout();
        until(|| seen.reports.borrow()[before..].iter().any(|report| matches!(report, CrmReport::Layout(_)))).await;
        port.carry_out(RequestId(3), search(CallKind::Inbound, true));
        until(|| seen.reports.borrow()[before..].iter().any(|report| matches!(report, CrmReport::Found { .. }))).await;
        let asked = called().lines().last().unwrap().to_owned();
        if prefilled.is_empty() {
            assert!(!asked.contains("defaultFieldValues"), "an unknown field would be refused: {asked}");
        } else {
            assert!(asked.contains(&format!(r#""defaultFieldValues":{{{prefilled}:"#)), "{asked}");
        }
    }
}

#[wasm_bindgen_test]
async fn of_what_is_found_the_layouts_fields_are_shown_in_its_words() {
    let (port, seen) = begin();
    plan(
        "getSoftphoneLayout",
        r#"{"value":{"Inbound":{"callRelatedFields":["DNIS","QUEUE"],"objects":{"Contact":[
        {"displayName":"Name","apiName":"Name"},{"displayName":"Handy","apiName":"MobilePhone"},{"displayName":"VIP","apiName":"Vip__c"},
        {"displayName":"Visits","apiName":"Visits__c"},{"displayName":"Fax","apiName":"Fax"}],
        "Account":[{"displayName":"Name","apiName":"Name"}]}}}}"#,
    );
    plan(
        "searchAndScreenPop",
        r#"{"value":{"003xx":{"Id":"003xx","RecordType":"Contact","Name":"Ada","MobilePhone":"0171 1","Vip__c":true,"Visits__c":12,
        "Fax":null,"IsPersonAccount":false,"AccountId":"001xx"}}}"#,
    );
    port.read_layout();
    until(|| seen.reports.borrow().iter().any(|report| matches!(report, CrmReport::Layout(_)))).await;
    port.carry_out(RequestId(2), search(CallKind::Inbound, true));
    until(|| seen.reports.borrow().iter().any(|report| matches!(report, CrmReport::Found { .. }))).await;
    let reports = seen.reports.borrow();
    let Some(CrmReport::Layout(facts)) = reports.iter().find(|report| matches!(report, CrmReport::Layout(_))) else { unreachable!() };
    assert_eq!(facts.call.inbound, [hookswitch_core::CallFact::Dnis, hookswitch_core::CallFact::Queue]);
    assert_eq!(facts.objects.inbound, ["Contact"], "an account's name alone is nothing to ask for once more");
    let Some(CrmReport::Found { fields, .. }) = reports.last() else { panic!("{reports:?}") };
    let shown: Vec<_> = fields[0].fields.iter().map(|field| (field.label.as_str(), field.value.reveal())).collect();
    assert_eq!(shown, [("Handy", "0171 1"), ("VIP", "Yes"), ("Visits", "12")]);
}

#[wasm_bindgen_test]
async fn a_window_for_a_new_record_is_told_before_the_page() {
    let (port, seen) = begin();
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/o/Contact/new?backgroundContext=%2Fx"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/o/Contact/new"}}"#);
    plan("getAppViewInfo", r#"{"value":{"url":"https://acme.lightning.force.com/lightning/page/home"}}"#);
    for request in 1..4 {
        port.carry_out(RequestId(request), CrmCommand::Look);
        let moves = || seen.reports.borrow().iter().filter(|report| matches!(report, CrmReport::Navigated(_))).count();
        until(|| moves() == request as usize).await;
    }
    let told: Vec<_> = seen.reports.borrow().iter().filter(|report| !matches!(report, CrmReport::State(_))).cloned().collect();
    let page = CrmReport::Navigated(None);
    assert_eq!(told, [CrmReport::Window(true), page.clone(), page.clone(), CrmReport::Window(false), page]);
}
