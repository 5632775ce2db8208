//! Whether a customer asked not to be called. Asked anew before every call: a wish counts from the moment it stands in Salesforce.

use hookswitch_core::{CrmFailure, CrmReport, MayCall, Private, RecordRef, RequestId};
use hookswitch_opencti::{CallType, Fields, Search};
use wasm_bindgen::JsValue;

use super::{ApexFailure, Port, crm_failure, found_record};
use crate::{
    read::{Malformed, Reader},
    spawn::spawn,
};

impl Port {
    /// Ask the Apex class; where there is none, look at what a search shows of the field.
    pub(super) fn ask_may_call(&self, request: RequestId, number: Private, spellings: Private, field: String) {
        let Some(port) = self.this.upgrade() else { return };
        spawn(async move {
            let parameters =
                Fields::new().with("dialed", number.reveal()).with("spellings", spellings.reveal()).with("field", field.as_str());
            let answer = match port.apex("doNotCall", parameters).await {
                Ok(answer) => wish(&answer).map_err(|_| CrmFailure::from(&ApexFailure::Unreadable)),
                Err(ApexFailure::NoClass | ApexFailure::NotSet) => port.shown_wish(&spellings, &field).await,
                Err(failure) => Err(CrmFailure::from(&failure)),
            };
            port.tell(match answer {
                Ok(answer) => CrmReport::MayCall { request, answer },
                Err(failure) => CrmReport::Failed { request, failure },
            });
        });
    }

    /// The field as far as the softphone layout shows it. Nothing opens.
    async fn shown_wish(&self, spellings: &Private, field: &str) -> Result<MayCall, CrmFailure> {
        let mut search = Search::new(spellings.reveal(), CallType::Outbound);
        search.deferred = true;
        let found = self.client.search_and_screen_pop(search).await;
        self.heard(&found);
        let found = found.map_err(|failure| crm_failure(&failure))?;
        // A person account has its contact's field under a name of its own.
        let of_a_person = ["Person", field].concat();
        let shown = |fields: &Fields| {
            fields.get(field).or_else(|| fields.get(&of_a_person)).map(|value| value.flag().unwrap_or_else(|| value.text() == Some("true")))
        };
        let mut known = false;
        for record in &found.records {
            match shown(&record.fields) {
                Some(true) => return Ok(MayCall::Flagged { record: found_record(record) }),
                Some(false) => known = true,
                None => {}
            }
        }
        Ok(if known { MayCall::Allowed } else { MayCall::Unknown })
    }
}

/// What the class answered.
fn wish(answer: &JsValue) -> Result<MayCall, Malformed> {
    let answer = Reader::new(answer, "doNotCall")?;
    if answer.flag("flagged")? {
        let text = |name| answer.text_or_empty(name);
        let record = RecordRef { id: text("recordId")?, object: text("objectType")?, name: text("name")?.into(), ..RecordRef::default() };
        return Ok(MayCall::Flagged { record });
    }
    // It could not look everywhere: then nobody can tell.
    Ok(if answer.list("unknown")?.is_empty() { MayCall::Allowed } else { MayCall::Unknown })
}
