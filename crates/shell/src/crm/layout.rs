//! The softphone layout, as Salesforce gives it: what is searched, shown and opened is decided there.
//!
//! Salesforce keeps it for a while after an admin changed it, so it is kept here with its time and can be asked for again. It is first asked
//! for when the phone has been up for a moment: no call needs it in order to ring.

use hookswitch_core::CrmReport;
use hookswitch_opencti::{Failure, Layout};

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
            port.took_layout(layout.as_ref());
        });
    }

    /// The phone follows this layout from now on, whoever asked for it.
    #[inline(never)]
    pub(crate) fn took_layout(&self, layout: Result<&Layout, &Failure>) {
        if let Ok(layout) = layout {
            self.layout.replace(Some(layout.clone()));
            self.tell(CrmReport::Layout(call_facts(layout)));
        }
        if let Some(host) = self.host() {
            host.layout(Some(layout.cloned().map_err(Failure::code)));
        }
    }
}
