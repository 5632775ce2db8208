//! Snapshot and status as plain JavaScript objects.

use hookswitch_shell::{
    SettingsSource, SignIn, Stage, Status,
    core::{LogKey, Snapshot},
};
use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// The snapshot; a log's key is the text it has in Salesforce, because JavaScript's numbers cannot hold it.
pub(crate) fn snapshot(snapshot: &Snapshot) -> JsValue {
    let Ok(plain) = snapshot.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) else {
        // Plain structs, lists and texts: there is nothing in a snapshot that JavaScript has not.
        return JsValue::UNDEFINED;
    };
    if let Ok(logs) = Reflect::get(&plain, &"logs".into()) {
        for (log, view) in Array::from(&logs).iter().zip(&snapshot.logs) {
            set(&log, "key", &view.key.to_string().into());
        }
    }
    plain
}

/// The status.
pub(crate) fn status(status: &Status) -> JsValue {
    let plain = Object::new();
    let (stage, refused) = match &status.stage {
        Stage::FrameRefused { code, words } => ("frameRefused", object(&[("code", (*code).into()), ("words", words.as_str().into())])),
        Stage::OtherTab => ("otherTab", JsValue::NULL),
        Stage::Running => ("running", JsValue::NULL),
        Stage::Stopped => ("stopped", JsValue::NULL),
        _ => ("starting", JsValue::NULL),
    };
    let settings = match status.settings {
        SettingsSource::Embedded => "embedded",
        SettingsSource::Live => "live",
        SettingsSource::None(_) => "none",
        SettingsSource::Stored { .. } => "stored",
        _ => "waiting",
    };
    let sign_in = match status.sign_in {
        SignIn::Done => "done",
        SignIn::Refused => "refused",
        SignIn::Wanted => "wanted",
        _ => "notNeeded",
    };
    let problems: Array = status
        .setting_problems
        .iter()
        .map(|problem| object(&[("item", (&problem.item).into()), ("words", (&problem.words).into())]))
        .collect();
    let crm = status.crm_problem.as_ref().map_or(JsValue::NULL, |problem| {
        object(&[("code", problem.code.into()), ("words", problem.words.into()), ("remedy", problem.remedy.into())])
    });
    let fields = [
        ("stage", stage.into()),
        ("refused", refused),
        ("settings", settings.into()),
        ("settingProblems", problems.into()),
        ("soundBlocked", status.sound_blocked.into()),
        ("signIn", sign_in.into()),
        ("restarted", status.restarted.into()),
        ("crmProblem", crm),
    ];
    for (name, value) in fields {
        set(&plain, name, &value);
    }
    plain.into()
}

/// The log that a text names, among those of the snapshot.
pub(crate) fn log_key(snapshot: &Snapshot, text: &str) -> Option<LogKey> {
    snapshot.logs.iter().map(|log| log.key).find(|key| key.to_string() == text)
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object.into()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Cannot fail on a plain object made here.
    let _ = Reflect::set(object, &name.into(), value);
}
