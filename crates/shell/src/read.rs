//! Reading JavaScript objects, field by field. They come from vendors and are never trusted: a field that is missing or of another
//! kind is named, and nothing is guessed.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue, intern};

/// The field that could not be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the field {0} is missing or not what it should be")]
pub struct Malformed(pub &'static str);

/// An object being read.
pub(crate) struct Reader<'a>(&'a JsValue);

impl<'a> Reader<'a> {
    /// Reads `value`, which has to be an object and no list; `name` is what to call it if it is not.
    pub(crate) fn new(value: &'a JsValue, name: &'static str) -> Result<Self, Malformed> {
        if value.is_object() && !Array::is_array(value) { Ok(Self(value)) } else { Err(Malformed(name)) }
    }

    /// The value of a field; nothing if it is absent, null, or throws when it is looked at.
    pub(crate) fn value(&self, name: &str) -> Option<JsValue> {
        // Where interning is on, as in the npm module, a name crosses into JavaScript once and not with every report.
        let value = Reflect::get(self.0, &intern(name).into()).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    /// A text that has to be there.
    pub(crate) fn text(&self, name: &'static str) -> Result<String, Malformed> {
        self.value(name).and_then(|value| value.as_string()).ok_or(Malformed(name))
    }

    /// A text that may be absent.
    pub(crate) fn text_or_empty(&self, name: &'static str) -> Result<String, Malformed> {
        self.value(name).map_or(Ok(String::new()), |value| value.as_string().ok_or(Malformed(name)))
    }

    /// A flag that has to be there.
    pub(crate) fn flag(&self, name: &'static str) -> Result<bool, Malformed> {
        self.value(name).and_then(|value| value.as_bool()).ok_or(Malformed(name))
    }

    /// A flag that may be absent, which is no.
    pub(crate) fn flag_or_no(&self, name: &'static str) -> Result<bool, Malformed> {
        self.value(name).map_or(Ok(false), |value| value.as_bool().ok_or(Malformed(name)))
    }

    /// A whole number, not negative, that has to be there.
    pub(crate) fn whole(&self, name: &'static str) -> Result<u64, Malformed> {
        self.whole_or_none(name)?.ok_or(Malformed(name))
    }

    /// A number, not negative, that may be absent; what is behind the point is dropped.
    pub(crate) fn whole_or_none(&self, name: &'static str) -> Result<Option<u64>, Malformed> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let number = value.as_f64().filter(|number| (0.0..=MOST).contains(number)).ok_or(Malformed(name))?;
        Ok(Some(number as u64))
    }

    /// One of a list of words.
    pub(crate) fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Result<T, Malformed> {
        let text = self.text(name)?;
        words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or(Malformed(name))
    }

    /// The entries of a list that has to be there.
    pub(crate) fn list(&self, name: &'static str) -> Result<Vec<JsValue>, Malformed> {
        let value = self.value(name).ok_or(Malformed(name))?;
        let list = value.dyn_into::<Array>().map_err(|_| Malformed(name))?;
        Ok(list.to_vec())
    }
}

/// 2^53: above it, JavaScript's numbers have gaps.
const MOST: f64 = 9_007_199_254_740_992.0;

/// What a thrown or rejected value says: an `Error`'s message, a text, or nothing.
pub(crate) fn words_of(thrown: &JsValue) -> String {
    let message = thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.or_else(|| thrown.as_string()).unwrap_or_default()
}
