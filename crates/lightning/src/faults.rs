//! Faults that a person or a test injects into the host, at run time.

use std::collections::BTreeMap;

use hookswitch_opencti::{CtiError, ErrorCode};
use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Fault {
    /// The method does nothing and answers an error.
    Failing {
        /// The error's code, such as `SERVER_ERROR`.
        code: String,
    },
    /// `saveLog` is saved so much later, whatever becomes of the page meanwhile, and not answered. Other methods: as [`Self::Silent`].
    Late {
        /// By how much, in milliseconds.
        ms: u64,
    },
    /// The method does its work, and the answer is lost: the softphone cannot know which.
    LostReply,
    /// The method is never heard of: nothing done, nothing answered. Of events: they are not sent.
    Silent,
    /// The method does its work at once, and answers late. Of events: they are sent late.
    Slow {
        /// By how much, in milliseconds.
        ms: u64,
    },
}

/// The faults in force.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Faults {
    /// For every method that has no fault of its own.
    all: Option<Rule>,
    methods: BTreeMap<String, Rule>,
    /// How long after its load the softphone's container answers.
    pub container_ms: u64,
    /// Until then: silence rather than `SOFTPHONE_CONTAINER_ERROR`.
    pub container_silent: bool,
    /// A refused `saveLog` names the fields at fault apart from the messages. Which of the two shapes Salesforce sends is not documented.
    pub details_by_field: bool,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Rule {
    fault: Fault,
    /// For how many messages yet; none: until taken back.
    left: Option<u32>,
}

impl Faults {
    /// Puts a fault in force, for one method by name or for all; for so many messages, or until it is taken back.
    pub fn set(&mut self, method: Option<&str>, fault: Fault, times: Option<u32>) {
        let rule = Rule { fault, left: times };
        match method {
            Some(method) => {
                self.methods.insert(method.into(), rule);
            }
            None => self.all = Some(rule),
        }
    }

    /// Takes back the fault of one method, or the one for all.
    pub fn clear(&mut self, method: Option<&str>) {
        match method {
            Some(method) => {
                self.methods.remove(method);
            }
            None => self.all = None,
        }
    }

    /// The faults in force: the method, none for all, and what goes wrong.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &Fault)> {
        let all = self.all.iter().map(|rule| (None, &rule.fault));
        all.chain(self.methods.iter().map(|(method, rule)| (Some(method.as_str()), &rule.fault)))
    }

    /// The fault that strikes this message, counted down.
    pub(crate) fn strike(&mut self, method: &str) -> Option<Fault> {
        let own = self.methods.contains_key(method);
        let rule = if own { self.methods.get_mut(method) } else { self.all.as_mut() }?;
        let fault = rule.fault.clone();
        if let Some(left) = &mut rule.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.clear(own.then_some(method));
            }
        }
        Some(fault)
    }
}

/// The error a failing method answers.
pub(crate) fn failure(code: &str, method: &str) -> CtiError {
    match ErrorCode::from(code) {
        ErrorCode::Generic if method == "saveLog" => CtiError::save_log(vec!["A fault was injected into the simulator.".into()]),
        ErrorCode::Generic => CtiError::generic(),
        ErrorCode::Server => CtiError::server(),
        ErrorCode::SoftphoneContainer => CtiError::container(),
        other => CtiError::new(other, "A fault was injected into the simulator."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_methods_own_fault_comes_before_the_one_for_all_and_ends_by_count() {
        let mut faults = Faults::default();
        faults.set(None, Fault::Silent, None);
        faults.set(Some("saveLog"), Fault::LostReply, Some(2));
        let struck: Vec<_> = (0..3).map(|_| faults.strike("saveLog")).collect();
        assert_eq!(struck, [Some(Fault::LostReply), Some(Fault::LostReply), Some(Fault::Silent)]);
        faults.clear(None);
        assert_eq!(faults.strike("saveLog"), None);
    }
}
