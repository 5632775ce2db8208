//! The softphone layout, as Salesforce gives it: what is searched, shown and opened is decided there.
//!
//! Salesforce keeps it for a while after an admin changed it, so it is kept here with its time and can be asked for again. It is first asked
//! for when the phone has been up for a moment: no call needs it in order to ring.

use hookswitch_core::CrmReport;
use hookswitch_opencti::{Failure, Layout};

use super::{
    Port,
    link::{AGAIN_MAX_MS, AGAIN_MS, may_come_later},
    pops::call_facts,
};
use crate::spawn::spawn;

impl Port {
    /// Ask for the layout; the host hears what comes of it.
    #[inline(never)]
    pub(crate) fn read_layout(&self) {
        let (Some(port), Some(host)) = (self.this.upgrade(), self.host()) else { return };
        host.layout(None);
        spawn(async move {
            let mut waits = AGAIN_MS.iter();
            loop {
                let layout = port.client.softphone_layout().await;
                port.heard(&layout);
                // Somebody who asked for it by hand may have been quicker.
                let silent = layout.as_ref().is_err_and(may_come_later);
                if !silent || port.layout.borrow().is_none() {
                    port.took_layout(layout.as_ref());
                }
                if !silent || port.stopped.get() || port.layout.borrow().is_some() {
                    return;
                }
                port.pause(*waits.next().unwrap_or(&AGAIN_MAX_MS)).await;
            }
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
