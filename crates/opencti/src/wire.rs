//! Whole messages between softphone and host, to and from `serde_json`: the host's side of the wire, for a simulated Salesforce.
//!
//! The shipped client never comes here, so `serde_json` stays out of it.

use serde_json::{Map, Number, Value, json};

use crate::{CtiError, Fields, Method, Plain, plain::whole};

/// What a softphone posts to its parent window.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The script's counter, which the reply repeats.
    pub call_id: u64,
    /// The script's version, 66 for "66.0", which the reply repeats.
    pub api_version: u64,
    /// Whether a callback waits for the reply.
    pub callback: bool,
    /// Whether a listener waits for events.
    pub listener: bool,
    /// The method and its arguments.
    pub method: Method,
}

impl Request {
    /// Reads a posted message.
    ///
    /// # Errors
    ///
    /// [`WireError::Foreign`] for a message that is not Open CTI's and gets no answer; the other errors can be answered with [`WireError::reply`].
    pub fn from_value(message: &Value) -> Result<Self, WireError> {
        if message["apiType"] != "opencti" {
            return Err(WireError::Foreign);
        }
        let call_id = message["callId"].as_u64().ok_or(WireError::Envelope("callId"))?;
        let api_version = message["apiVersion"].as_u64().ok_or(WireError::Envelope("apiVersion"))?;
        let name = message["methodName"].as_str().ok_or(WireError::Envelope("methodName"))?;
        let flag = |name| message[name].as_bool().unwrap_or_default();
        let callback = flag("isCallbackRegistered");
        let place = || Box::new(Place { call_id, api_version, callback, method_name: name.into() });
        let args = match Plain::from(&message["args"]) {
            Plain::Record(args) => args,
            _ => Fields::new(),
        };
        match Method::from_wire(name, &args) {
            Some(Ok(method)) => Ok(Self { call_id, api_version, callback, listener: flag("isListenerRegistered"), method }),
            Some(Err(error)) => Err(WireError::Argument(place(), error)),
            None => Err(WireError::UnknownMethod(place())),
        }
    }

    /// The message as the script posts it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({
            "methodName": self.method.name(),
            "callId": self.call_id,
            "apiVersion": self.api_version,
            "apiType": "opencti",
            "isCallbackRegistered": self.callback,
            "isListenerRegistered": self.listener,
            "args": Value::from(&Plain::Record(self.method.wire_args())),
        })
    }

    /// The message that answers this request: with a `returnValue` (null for a method without one), or with errors.
    #[must_use]
    pub fn reply(&self, outcome: Result<Value, Vec<CtiError>>) -> Value {
        let place =
            Place { call_id: self.call_id, api_version: self.api_version, callback: self.callback, method_name: self.method.name().into() };
        place.reply(outcome)
    }
}

/// Where a reply belongs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The script's counter.
    pub call_id: u64,
    /// The script's version.
    pub api_version: u64,
    /// Whether a callback waits.
    pub callback: bool,
    /// The method as the softphone named it.
    pub method_name: String,
}

impl Place {
    /// The reply that belongs here.
    #[must_use]
    pub fn reply(&self, outcome: Result<Value, Vec<CtiError>>) -> Value {
        let response = match outcome {
            Ok(value) => json!({ "success": true, "returnValue": value, "errors": null }),
            Err(errors) => {
                let errors: Vec<Value> = errors.iter().map(|error| Value::from(&error.to_plain())).collect();
                json!({ "success": false, "returnValue": null, "errors": errors })
            }
        };
        json!({
            "apiVersion": self.api_version,
            "apiType": "opencti",
            "methodName": self.method_name,
            "callId": self.call_id,
            "shouldExecuteCallback": self.callback,
            "response": response,
        })
    }
}

/// An event for the listeners of a method: `onClickToDial`, `onNavigationChange`, `onWorkStart`.
#[must_use]
pub fn event(api_version: u64, name: &str, payload: Value) -> Value {
    json!({ "apiVersion": api_version, "apiType": "opencti", "methodName": name, "shouldExecuteListener": true, "response": payload })
}

/// A message on a Lightning message channel, for the listeners of that channel.
#[must_use]
pub fn lms_event(api_version: u64, channel: &str, payload: Value) -> Value {
    let mut message = event(api_version, "subscribe", payload);
    message["eventName"] = channel.into();
    message
}

/// What the host posts to the softphone.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The answer to one request.
    Reply(Reply),
    /// News for listeners.
    Event(Event),
}

impl Answer {
    /// Reads a message of the host.
    ///
    /// # Errors
    ///
    /// [`WireError::Foreign`] if it is not Open CTI's, [`WireError::Envelope`] if a field is missing.
    pub fn from_value(message: &Value) -> Result<Self, WireError> {
        if message["apiType"] != "opencti" {
            return Err(WireError::Foreign);
        }
        let api_version = message["apiVersion"].as_u64().ok_or(WireError::Envelope("apiVersion"))?;
        let method_name = message["methodName"].as_str().ok_or(WireError::Envelope("methodName"))?.to_owned();
        let response = &message["response"];
        if message["shouldExecuteListener"] == true {
            let channel = message["eventName"].as_str().map(Into::into);
            return Ok(Self::Event(Event { api_version, method_name, channel, payload: response.clone() }));
        }
        let call_id = message["callId"].as_u64().ok_or(WireError::Envelope("callId"))?;
        let outcome = if response["success"] == true {
            Ok(response["returnValue"].clone())
        } else {
            let errors = response["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
            Err(errors.iter().map(|error| CtiError::from_plain(&Plain::from(error))).collect())
        };
        Ok(Self::Reply(Reply { api_version, method_name, call_id, outcome }))
    }
}

/// The answer to one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The script's version.
    pub api_version: u64,
    /// The method that was called.
    pub method_name: String,
    /// The request's counter.
    pub call_id: u64,
    /// The `returnValue`, or the errors.
    pub outcome: Result<Value, Vec<CtiError>>,
}

/// News for listeners.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The script's version.
    pub api_version: u64,
    /// The method that registered the listeners.
    pub method_name: String,
    /// The message channel, for `subscribe`.
    pub channel: Option<String>,
    /// What the listeners receive.
    pub payload: Value,
}

/// Why a message is not a request.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// An argument is missing or of the wrong type; the softphone's fault.
    #[error("{place}: {error}", place = .0.method_name, error = .1)]
    Argument(Box<Place>, CtiError),
    /// A field of the envelope is missing or of the wrong type; nothing can be answered.
    #[error("an Open CTI message without a usable {0}")]
    Envelope(&'static str),
    /// Somebody else's message; to be ignored.
    #[error("not an Open CTI message")]
    Foreign,
    /// Lightning has no such method; the softphone's fault.
    #[error("no method {name}", name = .0.method_name)]
    UnknownMethod(Box<Place>),
}

impl WireError {
    /// What the host answers, if it can.
    #[must_use]
    pub fn reply(&self) -> Option<Value> {
        match self {
            Self::Argument(place, error) => Some(place.reply(Err(vec![error.clone()]))),
            Self::UnknownMethod(place) => Some(place.reply(Err(vec![CtiError::generic()]))),
            Self::Envelope(_) | Self::Foreign => None,
        }
    }
}

impl From<&Value> for Plain {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(*flag),
            // Every JSON number fits a double, as it does in JavaScript.
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            Value::Object(map) => Self::Record(Fields::from(map)),
        }
    }
}

impl From<&Map<String, Value>> for Fields {
    fn from(map: &Map<String, Value>) -> Self {
        map.iter().map(|(name, value)| (name.clone(), Plain::from(value))).collect()
    }
}

impl From<&Plain> for Value {
    fn from(plain: &Plain) -> Self {
        match plain {
            Plain::Null => Self::Null,
            Plain::Flag(flag) => Self::Bool(*flag),
            Plain::Number(number) => match whole(*number) {
                Some(whole) => whole.into(),
                None => Number::from_f64(*number).map_or(Self::Null, Self::Number),
            },
            Plain::Text(text) => Self::String(text.clone()),
            Plain::List(list) => Self::Array(list.iter().map(Self::from).collect()),
            Plain::Record(fields) => Self::Object(fields.into()),
        }
    }
}

impl From<&Fields> for Map<String, Value> {
    fn from(fields: &Fields) -> Self {
        fields.iter().map(|(name, value)| (name.into(), Value::from(value))).collect()
    }
}
