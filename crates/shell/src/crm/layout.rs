//! The softphone layout, as Salesforce gives it: what is searched, shown and opened is decided there.
//!
//! Salesforce keeps it for a while after an admin changed it, so it is kept here with its time and can be asked for again. It is first asked
//! for when the phone has been up for a moment: no call needs it in order to ring.

use hookswitch_core::CrmReport;

use super::{Port, pops::call_facts};
use crate::spawn::spawn;

impl Port {
    /// Ask for the layout; the host hears what comes of it.
    #[inline(never)]
    pub(crate) fn read_layout(&self) {
        let (Some(port), Some(host)) = (self.this.upgrade(), self.host()) else { return };
        host.layout(None);
        spawn(async move {
            let layout = port.client.softphone_layout().await;
            port.heard(&layout);
            if let Ok(layout) = &layout {
                port.layout.replace(Some(layout.clone()));
                port.tell(CrmReport::Layout(call_facts(layout)));
            }
            if let Some(host) = port.host() {
                host.layout(Some(layout.map_err(|failure| failure.code())));
            }
        });
    }
}
