//! The open cases of the customer a call belongs to: offered, to be opened or to take the log.

use serde::{Deserialize, Serialize};

use crate::{CallId, CallKind, CrmCommand, RecordRef, RequestId, settings::OpenCases};

use super::{Softphone, Waiting, call::Call, patience};

/// What is known of the cases of a call's customer.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Cases {
    pub(super) offered: Vec<RecordRef>,
    /// The record they were asked for last; empty: none yet.
    of: String,
    /// Those that are still to be opened by themselves.
    pub(super) due: Vec<String>,
}

/// Cases taken from one answer; more than that nobody picks from beside a call.
const MOST_CASES: usize = 20;

/// Cases that are opened by themselves; more tabs than that hide the customer's.
const MOST_OPENED: usize = 3;

impl Softphone {
    /// Runs with every input: the cases of whoever a call has come to belong to are asked for once. Only the Apex class can tell them.
    pub(super) fn ask_cases(&mut self) {
        if self.settings.identity.apex_class.is_none() || self.settings.pop.open_cases == OpenCases::Hide || !self.crm_ready() {
            return;
        }
        if let Some((id, record)) = self.calls.values().find_map(|call| Some((call.id, call.cases_wanted()?))) {
            self.ask_cases_of(id, record);
        }
    }

    #[inline(never)]
    fn ask_cases_of(&mut self, id: CallId, record: String) {
        let request = self.ask_crm(CrmCommand::OpenCases { record: record.clone() });
        self.waiting.insert(request, Waiting::Cases { call: id, until: self.now.mono + patience::PAGE });
        self.edit(id, |call| (call.cases.offered, call.cases.of) = (Vec::new(), record));
    }

    /// The cases are there. False when nobody asked.
    #[inline(never)]
    pub(super) fn cases_found(&mut self, request: RequestId, cases: Vec<RecordRef>) -> bool {
        let opens = self.settings.pop.open_cases == OpenCases::Open;
        let Some(Waiting::Cases { call: id, .. }) = self.waiting.get(&request) else { return false };
        let id = *id;
        self.waiting.remove(&request);
        // The call may be gone by now.
        let Some(call) = self.calls.get_mut(&id) else { return true };
        call.cases.offered = cases.into_iter().filter(|case| !case.id.trim().is_empty()).take(MOST_CASES).collect();
        // Of a call that nobody answered nothing opens any more.
        if opens && call.is_live() {
            call.cases.due = call.cases.offered.iter().take(MOST_OPENED).map(|case| case.id.clone()).collect();
        }
        true
    }
}

impl Call {
    /// The record whose cases are not asked for yet: a contact or an account.
    fn cases_wanted(&self) -> Option<String> {
        let record = self.core.record.as_ref().filter(|_| self.core.kind != CallKind::Internal)?;
        let is = |object: &str, prefix: &str| record.object == object || (record.object.is_empty() && record.id.starts_with(prefix));
        let customer = is("Contact", "003") || is("Account", "001");
        (customer && record.id != self.cases.of).then(|| record.id.clone())
    }
}
