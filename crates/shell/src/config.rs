//! What the page gives the shell.

use hookswitch_definition::Flat;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    keep::Keep,
    read::{Malformed, Reader},
};

/// What the page gives the shell.
#[derive(Clone, Debug)]
pub struct Config {
    /// Hosts of the orgs this deploy serves; a `*` in a name stands for a part of it.
    pub org_hosts: Vec<String>,
    /// Version of the Open CTI script to load.
    pub api_version: u16,
    /// Settings of an embedding page, used where Salesforce has given none yet.
    pub settings: Option<Flat>,
    /// The page stands alone by its embedder's wish: no frame is asked for, and nothing is looked for in Salesforce.
    pub alone: bool,
    /// `(what) => import(…)`, where `what` is `simulated`, `sip` or an address: only JavaScript can import.
    pub load: Function,
    /// `() => Promise<{user, password}>`, where the embedder knows them.
    pub credentials: Option<Function>,
    /// What outlives this instance, made by `createKeep` of `keep.js`.
    pub keep: Keep,
    /// An earlier instance on this page broke.
    pub restarted: bool,
}

impl Config {
    /// Read it from the object `{ orgHosts, apiVersion?, settings?, alone?, load, credentials?, keep, restarted? }`.
    ///
    /// # Errors
    ///
    /// The field that is missing or of the wrong kind: the page's own fault.
    pub fn read(value: &JsValue) -> Result<Self, Malformed> {
        let config = Reader::new(value, "config")?;
        let function = |name| config.value(name).map(|value| value.dyn_into::<Function>().map_err(|_| Malformed(name))).transpose();
        Ok(Self {
            org_hosts: match config.value("orgHosts") {
                Some(_) => config.list("orgHosts")?.iter().filter_map(JsValue::as_string).collect(),
                None => Vec::new(),
            },
            api_version: match config.whole_or_none("apiVersion")? {
                Some(version) => u16::try_from(version).map_err(|_| Malformed("apiVersion"))?,
                None => hookswitch_opencti::DEFAULT_API_VERSION,
            },
            settings: config.value("settings").map(|value| flat(&value).ok_or(Malformed("settings"))).transpose()?,
            alone: config.flag_or_no("alone")?,
            load: function("load")?.ok_or(Malformed("load"))?,
            credentials: function("credentials")?,
            keep: config.value("keep").filter(JsValue::is_object).ok_or(Malformed("keep"))?.unchecked_into(),
            restarted: config.flag_or_no("restarted")?,
        })
    }
}

/// A flat map of settings from an object whose values are texts; values of any other kind are left out. None if it is no object.
pub(crate) fn flat(value: &JsValue) -> Option<Flat> {
    if !value.is_object() || Array::is_array(value) {
        return None;
    }
    let entries = Object::entries(value.unchecked_ref());
    let texts = entries.iter().filter_map(|entry| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    Some(texts.collect())
}

/// The same the other way.
pub(crate) fn object<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Cannot fail on a plain object made here.
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    object
}
