//! Steps of cadences: Salesforce says that one begins, and is told when its call was logged.

use hookswitch_core::CrmReport;
use hookswitch_opencti::{CompleteWork, Failure};

use super::Port;
use crate::spawn::spawn;

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
    pub(super) fn complete_work(&self, work: String, task: String, disposition: String, connected: bool) {
        let Some(port) = self.this.upgrade() else { return };
        let done = CompleteWork { work_id: work, disposition: Some(disposition), task_id: Some(task), was_connected: connected };
        spawn(async move { port.heard(&port.client.complete_work(done).await) });
    }
}
