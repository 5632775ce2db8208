//! The record type of logs, where the settings give it by its developer name: Open CTI takes ids only, so the Apex class is asked, once for each.

use hookswitch_core::{LogFields, settings::Log};
use hookswitch_opencti::{Failure, Fields, Plain};
use js_sys::JSON;

use super::Port;

/// Object and developer name, and the id; none: the agent can use none of that name.
pub(super) type Known = ((String, String), Option<String>);

impl Port {
    /// Puts the id in the place of the name. What nobody can look up is left as it is, and then the log has the user's default record type: a
    /// log must not wait for that.
    pub(super) async fn look_up_record_type(&self, log: &mut LogFields) {
        let Some(name) = log.record_type.clone().filter(|name| !Log::is_record_type_id(name)) else { return };
        let Some(class) = self.apex_class.borrow().clone() else { return };
        let object = if log.object.is_empty() { "Task".to_owned() } else { log.object.clone() };
        let asked = (object, name);
        let known = self.record_types.borrow().iter().find(|(known, _)| *known == asked).map(|(_, id)| id.clone());
        let id = match known {
            Some(id) => id,
            None => match self.client.within(PATIENCE_MS).run_apex(&class, "recordType", &parameters(&asked.0, &asked.1)).await {
                Ok(told) => {
                    let id = read(&told);
                    self.record_types.borrow_mut().push((asked, id.clone()));
                    id
                }
                Err(failure) => {
                    self.note(&failure);
                    None
                }
            },
        };
        log.record_type = id.or_else(|| log.record_type.take());
    }

    /// Whether the class finds it, for the self-check.
    pub(crate) async fn knows_record_type(&self, class: &str, log: &Log, name: &str) -> Result<bool, Failure> {
        let told = self.client.within(PATIENCE_MS).run_apex(class, "recordType", &parameters(&log.object, name)).await?;
        Ok(read(&told).is_some())
    }
}

fn parameters(object: &str, name: &str) -> Fields {
    Fields::new().with("objectName", object).with("developerName", name)
}

/// The id in what the class answers, which is JSON.
fn read(told: &Plain) -> Option<String> {
    let id = JSON::parse(told.text()?).ok()?.as_string()?;
    Log::is_record_type_id(&id).then_some(id)
}

/// A log waits no longer for it.
const PATIENCE_MS: u32 = 3_000;
