//! A changed layout is seen late, as Salesforce's cache has it.

use hookswitch_lightning::Pop;
use serde_json::{Value, json};

use crate::stage::{NOON, Stage};

/// What one match pops, by the layout the softphone is given and by what a deferred search says.
fn pops(stage: &mut Stage) -> (String, String) {
    let layout = stage.works("getSoftphoneLayout", json!({}));
    let found = stage.works("searchAndScreenPop", json!({ "searchParams": "415 555 0100", "callType": "inbound", "deferred": true }));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&layout["Inbound"]["screenPopSettings"]["SingleMatch"]["screenPopType"]), text(&found["SCREEN_POP_DATA"]["type"]))
}

fn says(stage: &mut Stage, layout: &str, search: &str) {
    assert_eq!(pops(stage), (layout.to_owned(), search.to_owned()));
}

#[test]
fn a_change_is_seen_at_once_without_a_cache() {
    let mut stage = Stage::new();
    says(&mut stage, "PopToVisualforce", "url");
    stage.inbound(|section| section.single_match = Pop::SearchPage);
    says(&mut stage, "PopToSearch", "search");
}

#[test]
fn a_change_is_seen_when_the_minutes_are_over_and_not_a_moment_before() {
    let mut stage = Stage::new();
    stage.org.set_layout_cache(10);
    says(&mut stage, "PopToVisualforce", "url");
    stage.inbound(|section| section.single_match = Pop::SearchPage);
    stage.now = NOON + 599_999;
    says(&mut stage, "PopToVisualforce", "url");
    stage.now = NOON + 600_000;
    says(&mut stage, "PopToSearch", "search");
}

#[test]
fn a_reload_of_the_page_or_a_reset_by_the_admin_ends_the_waiting() {
    for reload in [true, false] {
        let mut stage = Stage::new();
        stage.org.set_layout_cache(10);
        says(&mut stage, "PopToVisualforce", "url");
        stage.inbound(|section| section.single_match = Pop::SearchPage);
        says(&mut stage, "PopToVisualforce", "url");
        if reload {
            stage.host.reload(&stage.org, stage.now);
        } else {
            stage.org.reset_layouts();
        }
        says(&mut stage, "PopToSearch", "search");
    }
}
