//! Small readers and writers between JavaScript objects and plain data.

use js_sys::{Array, Error, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{CtiError, ErrorCode, Failure, Fields, Plain};

/// How deep a value is read: Salesforce's go four deep, and a structured clone may hold itself.
const DEPTH: u8 = 16;

/// The member of that name; none if it is missing, null or unreadable.
pub(super) fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_null() && !value.is_undefined())
}

/// Sets a member of an object of our own.
pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    // Fails only on frozen objects and throwing setters, which a plain object has not.
    drop(Reflect::set(object, &name.into(), value));
}

/// Named values as a plain object.
pub(super) fn to_object(fields: &Fields) -> Object {
    let object = Object::new();
    for (name, value) in fields.iter() {
        set(&object, name, &to_js(value));
    }
    object
}

/// Plain data as JavaScript has it.
pub(super) fn to_js(plain: &Plain) -> JsValue {
    match plain {
        Plain::Null => JsValue::NULL,
        Plain::Flag(flag) => (*flag).into(),
        Plain::Number(number) => (*number).into(),
        Plain::Text(text) => text.as_str().into(),
        Plain::List(list) => list.iter().map(to_js).collect::<Array>().into(),
        Plain::Record(fields) => to_object(fields).into(),
    }
}

/// Reads a value. Members that are undefined are left out; what is not plain data reads as null.
pub(super) fn to_plain(value: &JsValue) -> Plain {
    read(value, DEPTH)
}

fn read(value: &JsValue, depth: u8) -> Plain {
    if let Some(text) = value.as_string() {
        return Plain::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Plain::Number(number);
    }
    if let Some(flag) = value.as_bool() {
        return Plain::Flag(flag);
    }
    if !value.is_object() || depth == 0 {
        return Plain::Null;
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Plain::List(list.iter().map(|entry| read(&entry, depth - 1)).collect());
    }
    let Ok(names) = Reflect::own_keys(value) else { return Plain::Null };
    let fields = names.iter().filter_map(|name| {
        let member = Reflect::get(value, &name).ok().filter(|member| !member.is_undefined())?;
        Some((name.as_string()?, read(&member, depth - 1)))
    });
    Plain::Record(fields.collect())
}

/// Success, or the errors of a response; a response that says neither is an error too.
pub(super) fn outcome(response: &JsValue) -> Result<(), Vec<CtiError>> {
    if member(response, "success").is_some_and(|success| success == JsValue::TRUE) {
        return Ok(());
    }
    // The object has `errors`; two pages of the guide print `error`.
    let listed = member(response, "errors").or_else(|| member(response, "error"));
    let errors: Vec<CtiError> = match listed.as_ref().map(to_plain) {
        Some(Plain::List(list)) => list.iter().map(CtiError::from_plain).collect(),
        Some(other) => vec![CtiError::from_plain(&other)],
        None => Vec::new(),
    };
    if errors.is_empty() {
        return Err(vec![CtiError::new(ErrorCode::Unknown(String::new()), "Salesforce reported neither success nor an error.")]);
    }
    Err(errors)
}

/// What a successful response returns.
pub(super) fn return_value(response: &JsValue) -> Plain {
    member(response, "returnValue").map_or(Plain::Null, |value| to_plain(&value))
}

/// What the script threw: an error, or plain text.
pub(super) fn thrown(method: &'static str, thrown: &JsValue) -> Failure {
    if let Some(text) = thrown.as_string() {
        return Failure::Thrown { method, name: None, message: text };
    }
    // DataCloneError is a DOMException and no Error, but it has the same two members.
    let text = |name| member(thrown, name).and_then(|value| value.as_string());
    let fallback = || if thrown.is_instance_of::<Error>() { "Error".into() } else { "unknown".to_owned() };
    Failure::Thrown { method, name: Some(text("name").unwrap_or_else(fallback)), message: text("message").unwrap_or_default() }
}
