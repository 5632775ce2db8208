//! Messages written by hand from the specification: what goes in, and what must come out.
//!
//! A case is played on a fresh stage: `app` and `at` choose the page, `pops` the layout's rules, `before` what the softphone sent earlier,
//! `begun` a step of work and `task` a saved task; then `request` or an action of the agent. `posts` is everything the host then posts,
//! whole. `<00T>` stands for any id of that kind.

use std::collections::BTreeSet;

use hookswitch_lightning::{Id, View};
use hookswitch_opencti::Method;
use serde_json::Value;

use crate::stage::{Stage, id, put};

const FILES: [(&str, &str); 9] = [
    ("apex", include_str!("golden/apex.json")),
    ("channels", include_str!("golden/channels.json")),
    ("dialing", include_str!("golden/dialing.json")),
    ("errors", include_str!("golden/errors.json")),
    ("log", include_str!("golden/log.json")),
    ("panel", include_str!("golden/panel.json")),
    ("pop", include_str!("golden/pop.json")),
    ("settings", include_str!("golden/settings.json")),
    ("view", include_str!("golden/view.json")),
];

fn cases() -> impl Iterator<Item = (String, Value)> {
    FILES.into_iter().flat_map(|(file, text)| {
        let cases: Vec<Value> = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}.json: {error}"));
        cases.into_iter().map(move |case| (format!("{file}: {}", case["case"].as_str().expect("a name")), case))
    })
}

#[test]
fn every_message_is_answered_with_exactly_the_messages_written_from_the_specification() {
    for (name, case) in cases() {
        let mut stage = Stage::in_app(case["app"].as_str().unwrap_or("Service"));
        if let Some(pops) = case.get("pops") {
            let pop = |rule: &str| serde_json::from_value(pops[rule].clone()).expect("a rule");
            stage.inbound(|section| {
                section.no_match = pop("none");
                section.single_match = pop("one");
                section.multiple_matches = pop("several");
            });
        }
        if let Some(path) = case["at"].as_str() {
            stage.open(path);
        }
        for message in case["before"].as_array().into_iter().flatten() {
            stage.send(message);
        }
        if let Some(task) = case["task"].as_str() {
            put(&mut stage.org, "Task", task, serde_json::json!({ "Subject": "Call" }));
        }
        if let Some([work, number]) = case["begun"].as_array().map(Vec::as_slice) {
            stage.host.start_work(work.as_str().expect("an id"), number.as_str().expect("a number"), stage.now);
        }
        stage.outputs();
        act(&mut stage, &case);
        let posts = stage.posts();
        let wanted = case["posts"].as_array().expect("posts");
        assert_eq!(posts.len(), wanted.len(), "{name}: posted {posts:#?}");
        for (post, wanted) in posts.iter().zip(wanted) {
            same(post, wanted, &name);
        }
    }
}

fn act(stage: &mut Stage, case: &Value) {
    let text = |name: &str, place: usize| case[name][place].as_str().expect("a text");
    if let Some(request) = case.get("request") {
        stage.send(request);
    } else if case.get("click").is_some() {
        stage.host.click(&stage.org, &id(text("click", 0)), text("click", 1), stage.now);
    } else if case.get("publish").is_some() {
        stage.host.publish(stage.now, text("publish", 0), case["publish"][1].clone());
    } else if case.get("work").is_some() {
        stage.host.start_work(text("work", 0), text("work", 1), stage.now);
    } else {
        let path = case["open"].as_str().expect("something to do");
        stage.host.open(&stage.org, View::at(path), stage.now);
    }
}

/// Compares two messages, placeholders aside.
fn same(found: &Value, wanted: &Value, name: &str) {
    match (found, wanted) {
        (Value::String(found), Value::String(wanted)) if wanted.starts_with('<') => {
            let kind = Id::parse(found).map(|id| format!("<{}>", id.prefix()));
            assert_eq!(kind.as_deref(), Some(wanted.as_str()), "{name}: {found}");
        }
        (Value::Object(found), Value::Object(wanted)) => {
            let keys = |of: &serde_json::Map<String, Value>| of.keys().cloned().collect::<BTreeSet<_>>();
            assert_eq!(keys(found), keys(wanted), "{name}");
            for (key, value) in wanted {
                same(&found[key], value, &format!("{name}, {key}"));
            }
        }
        (Value::Array(found), Value::Array(wanted)) if found.len() == wanted.len() => {
            for (found, wanted) in found.iter().zip(wanted) {
                same(found, wanted, name);
            }
        }
        (found, wanted) => assert_eq!(found, wanted, "{name}"),
    }
}

#[test]
fn every_method_has_a_case_in_each_direction() {
    let all: Vec<Value> = cases().map(|(_, case)| case).collect();
    let posts = |case: &Value| case["posts"].as_array().cloned().unwrap_or_default();
    for method in Method::NAMES {
        assert!(all.iter().any(|case| case["request"]["methodName"] == method), "{method}: no request");
        let answered = |case: &Value| {
            let own = |post: &Value| post["methodName"] == method && post["callId"].is_u64() && post["response"]["success"] == true;
            case["request"]["methodName"] == method && posts(case).iter().any(own)
        };
        let told = |case: &Value| posts(case).iter().any(|post| post["methodName"] == method && post["shouldExecuteListener"] == true);
        let listens = Method::LISTENING.contains(&method);
        // This host does not answer the registration of a listener; it tells the listener.
        assert!(all.iter().any(answered) || (listens && method != "subscribe"), "{method}: no answer");
        assert_eq!(all.iter().any(told), listens, "{method}: events");
    }
}

#[test]
fn every_kind_of_pop_has_a_case() {
    let shown =
        |case: &Value| Some(case["request"]["args"]["type"].as_str().filter(|_| case["request"]["methodName"] == "screenPop")?.to_owned());
    let kinds: BTreeSet<String> = cases().filter_map(|(_, case)| shown(&case)).collect();
    assert_eq!(
        kinds.iter().map(String::as_str).collect::<Vec<_>>(),
        ["flow", "list", "newRecord", "objecthome", "search", "sobject", "url"]
    );
}
