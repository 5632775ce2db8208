//! What the softphone can show, and what the layout shows for it.

use hookswitch_lightning::{Pop, View};
use serde_json::{Value, json};

use crate::stage::{ADA, Stage, id};

fn pop(kind: &str, params: Value) -> Value {
    json!({ "type": kind, "params": params })
}

fn search(text: &str) -> Value {
    json!({ "searchParams": text, "callType": "inbound" })
}

#[test]
fn each_type_of_pop_shows_its_page() {
    let table = [
        (pop("sobject", json!({ "recordId": ADA })), View::Record { id: id(ADA) }),
        (pop("url", json!({ "url": "/lightning/page/home?x=1" })), View::Home),
        (pop("url", json!({ "url": "/reports/today" })), View::Url { path: "/reports/today".into() }),
        (pop("objecthome", json!({ "scope": "Lead" })), View::ObjectHome { object: "Lead".into() }),
        (
            pop("list", json!({ "scope": "Case", "listViewId": "00Bxx0000000001" })),
            View::List { object: "Case".into(), list_view: Some("00Bxx0000000001".into()) },
        ),
        (pop("search", json!({ "searchString": "ada" })), View::Search { text: "ada".into() }),
    ];
    for (args, view) in table {
        let mut stage = Stage::new();
        assert_eq!(stage.works("screenPop", args.clone()), Value::Null, "{args}");
        assert_eq!(stage.host.page().view(), &view, "{args}");
    }
}

#[test]
fn a_flow_is_given_the_variables_it_declares_and_no_others() {
    let mut stage = Stage::in_app("Console");
    let given = json!([{ "name": "ani", "type": "String", "value": "112" }, { "name": "secret", "type": "String", "value": "x" }]);
    stage.works("screenPop", pop("flow", json!({ "flowDevName": "Caller_Check", "flowArgs": given })));
    let View::Flow { inputs, .. } = stage.host.page().view() else { panic!("no flow") };
    assert_eq!(Value::Object(inputs.clone()), json!({ "ani": "112" }));
    assert_eq!(stage.host.page().nav().tabs().len(), 1, "a primary tab of the console");
}

#[test]
fn a_pop_that_names_nothing_usable_is_refused_and_shows_nothing() {
    let mut stage = Stage::new();
    for args in [
        pop("sobject", json!({ "recordId": "" })),
        pop("sobject", json!({ "recordId": "003xx0000004TMIAAE" })),
        pop("url", json!({ "url": "https://elsewhere.example" })),
        pop("objecthome", json!({ "scope": "Nothing__c" })),
        pop("search", json!({ "searchString": "ad" })),
        pop("newRecord", json!({ "entityName": "Nothing__c" })),
        pop("teleport", json!({})),
        json!({ "params": {} }),
    ] {
        let error = stage.fails("screenPop", args.clone());
        assert_eq!(error["code"], "INVALID_PARAM", "{args}");
    }
    assert_eq!((stage.host.page().view(), stage.host.page().new_record()), (&View::Home, None));
}

#[test]
fn a_second_window_for_a_new_record_replaces_the_first_and_that_is_counted() {
    let mut stage = Stage::new();
    let window = |name: &str| pop("newRecord", json!({ "entityName": "Contact", "defaultFieldValues": { "LastName": name } }));
    stage.works("screenPop", window("First"));
    assert_eq!(stage.host.page().lost_windows(), 0);
    stage.works("screenPop", window("Second"));
    let shown = stage.host.page().new_record().expect("a window");
    assert_eq!((&shown.defaults["LastName"], stage.host.page().lost_windows()), (&json!("Second"), 1));
}

#[test]
fn one_match_opens_the_record_and_several_the_search_page_and_none_a_new_record() {
    let mut stage = Stage::new();
    stage.inbound(|section| {
        section.single_match = Pop::DetailPage;
        section.multiple_matches = Pop::SearchPage;
        section.no_match = Pop::NewRecord("Contact".into());
    });
    let found = stage.works("searchAndScreenPop", search("415 555 0100"));
    assert_eq!(found.as_object().map(serde_json::Map::len), Some(1), "what was shown is not deferred");
    assert_eq!(stage.host.page().view(), &View::Record { id: id(ADA) });

    stage.works("searchAndScreenPop", search("555 0142 OR 415 555 0100 OR \"(212) 555-0142\""));
    assert!(matches!(stage.host.page().view(), View::Search { .. }), "{:?}", stage.host.page().view());

    let mut unknown = search("+16505550199");
    unknown["defaultFieldValues"] = json!({ "Phone": "+16505550199" });
    assert_eq!(stage.works("searchAndScreenPop", unknown), json!({}));
    assert_eq!(stage.host.page().new_record().map(|window| window.defaults["Phone"].clone()), Some(json!("+16505550199")));
}

#[test]
fn a_visualforce_page_is_given_the_query_and_a_flow_its_arguments() {
    let mut stage = Stage::new();
    let mut args = search("415 555 0100");
    args["queryParams"] = json!({ "ani": "+1 415" });
    stage.works("searchAndScreenPop", args);
    assert_eq!(stage.host.page().view(), &View::Visualforce { page: "CallerPage".into(), query: "ani=%2B1%20415".into() });

    stage.inbound(|section| section.single_match = Pop::Flow("Caller_Check".into()));
    let mut args = search("415 555 0100");
    args["params"] = json!({ "FLOW": { "flowArgs": [{ "name": "ani", "type": "String", "value": "415" }] } });
    stage.works("searchAndScreenPop", args);
    let View::Flow { inputs, .. } = stage.host.page().view() else { panic!("no flow") };
    assert_eq!(inputs["ani"], "415");
}

#[test]
fn deferred_pop_data_handed_back_unchanged_shows_what_the_search_would_have_shown() {
    for (text, rule) in
        [("415 555 0100", Pop::DetailPage), ("415 555 0100", Pop::SearchPage), ("415 555 0100", Pop::Visualforce("P".into()))]
    {
        let shown = |deferred: bool| {
            let mut stage = Stage::new();
            stage.inbound(|section| section.single_match = rule.clone());
            let mut args = search(text);
            args["deferred"] = deferred.into();
            let found = stage.works("searchAndScreenPop", args);
            if deferred {
                assert_eq!(stage.host.page().view(), &View::Home, "nothing pops by itself");
                stage.works("screenPop", found["SCREEN_POP_DATA"].clone());
            }
            stage.host.page().view().clone()
        };
        assert_eq!(shown(true), shown(false), "{rule:?}");
    }
}

#[test]
fn only_searches_for_inbound_calls_pop_and_one_without_a_call_type_counts_as_inbound() {
    let mut stage = Stage::new();
    stage.inbound(|section| section.single_match = Pop::DetailPage);
    let mut layout = stage.org.layouts()[0].clone();
    layout.outbound = layout.inbound.clone();
    stage.org.save_layout(&stage.user, layout).expect("Alex may");
    let outbound = stage.works("searchAndScreenPop", json!({ "searchParams": "415 555 0100", "callType": "outbound", "deferred": true }));
    assert_eq!(outbound.get("SCREEN_POP_DATA"), None);
    assert!(outbound.get(ADA).is_some());
    stage.works("searchAndScreenPop", json!({ "searchParams": "415 555 0100" }));
    assert_eq!(stage.host.page().view(), &View::Record { id: id(ADA) });
}
