//! `saveLog`: a record is created, or the one that is named is changed.

use hookswitch_opencti::{CtiError, Fields, Method};
use serde_json::{Map, Value, json};

use super::Host;
use crate::{Org, SaveProblem};

impl Host {
    /// Saves what the softphone logs and returns the record's id. Nothing is drawn again: that is what `refreshView` is for.
    pub(super) fn save_log(&mut self, org: &mut Org, now: u64, object: &Fields) -> Result<Value, CtiError> {
        self.refused.clear();
        match org.save(Map::from(object), &self.page.user, now) {
            Ok(id) => Ok(json!({ "recordId": id.as_str() })),
            Err(problems) => {
                let error = CtiError::save_log(problems.iter().map(ToString::to_string).collect());
                self.refused = problems;
                Err(error)
            }
        }
    }

    /// Words a refusal in the other shape, if that is asked for.
    pub(super) fn shape_details(&self, method: &Method, reply: &mut Value) {
        if matches!(method, Method::SaveLog { .. }) && self.faults.details_by_field && !self.refused.is_empty() {
            reply["response"]["errors"][0]["details"] = json!([SaveProblem::by_field(&self.refused)]);
        }
    }
}
