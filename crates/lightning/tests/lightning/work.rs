//! Sales Engagement: a step of a cadence is begun, called, and done with.

use hookswitch_lightning::Click;
use serde_json::json;

use crate::stage::{LENA, Stage, id};

/// A stage whose softphone listens to work and clicks.
fn stage() -> (Stage, String) {
    let mut stage = Stage::new();
    let step = stage.org.add_work(&id(LENA), "Phone");
    for method in ["onWorkStart", "onClickToDial"] {
        stage.listen(method);
    }
    (stage, step)
}

#[test]
fn beginning_a_step_tells_of_the_work_and_then_of_the_click_on_the_same_number() {
    let (mut stage, step) = stage();
    stage.works("enableClickToDial", json!({}));
    assert_eq!(stage.host.begin_step(&stage.org, &step, stage.now), Click::Sent);
    let posts = stage.posts();
    let methods: Vec<_> = posts.iter().map(|post| post["methodName"].as_str().expect("a name")).collect();
    assert_eq!(methods, ["onWorkStart", "onClickToDial"]);
    assert_eq!(posts[0]["response"], json!({ "workId": step, "completeWorkWhen": "TaskSaved", "attributes": { "to": "512/555-0155" } }));
    assert_eq!((&posts[1]["response"]["number"], &posts[1]["response"]["recordId"]), (&json!("512/555-0155"), &json!(LENA)));
}

#[test]
fn a_step_is_done_when_the_softphone_names_it_with_a_saved_task_and_a_disposition() {
    let (mut stage, step) = stage();
    stage.works("enableClickToDial", json!({}));
    stage.host.begin_step(&stage.org, &step, stage.now);
    let task = stage.works("saveLog", json!({ "object": { "entityApiName": "Task", "WhoId": LENA } }))["recordId"].take();
    for (attributes, name) in [
        (json!({ "taskId": task }), "disposition"),
        (json!({ "disposition": "Reached" }), "taskId"),
        (json!({ "disposition": "Reached", "taskId": LENA }), "taskId"),
    ] {
        let error = stage.fails("completeWork", json!({ "workId": step, "attributes": attributes }));
        assert!(error["description"].as_str().is_some_and(|words| words.contains(&format!("parameter {name}."))), "{error}");
    }
    assert_eq!(stage.org.work()[0].done, None);
    let done = json!({ "disposition": "Reached", "taskId": task, "wasConnected": true });
    stage.works("completeWork", json!({ "workId": step, "attributes": done }));
    let done = stage.org.work()[0].done.clone().expect("done");
    assert_eq!((done.disposition.as_str(), done.task.as_str(), done.connected), ("Reached", task.as_str().expect("an id"), true));
}

#[test]
fn a_step_whose_record_has_no_number_or_is_gone_begins_nothing() {
    let (mut stage, step) = stage();
    assert_eq!(stage.host.begin_step(&stage.org, "0hLxx0000000000", stage.now), Click::NoNumber);
    stage.org.delete(&id(LENA));
    assert_eq!(stage.host.begin_step(&stage.org, &step, stage.now), Click::NoNumber);
    assert!(stage.posts().is_empty());
}
