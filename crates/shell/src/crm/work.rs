//! Steps of cadences: Salesforce says that one begins, and is told when its call was logged.

use hookswitch_core::{CrmReport, RequestId};
use hookswitch_opencti::{CompleteWork, Failure};

use super::Port;

impl Port {
    /// Hear of steps that begin. Scripts before version 46 know none.
    pub(super) fn listen_to_work(&self) -> Result<(), Failure> {
        let this = self.this.clone();
        self.client.on_work_start(move |work| {
            if let Some(port) = this.upgrade().filter(|port| port.serving.get()) {
                port.tell(CrmReport::WorkStarted { work: work.work_id, to: work.to.into() });
            }
        })
    }

    /// A step is done: its call's Task is saved.
    pub(super) async fn complete_work(&self, id: RequestId, done: CompleteWork) {
        let told = self.client.complete_work(done).await;
        self.answer(id, &told, |()| CrmReport::WorkDone { request: id });
    }
}
