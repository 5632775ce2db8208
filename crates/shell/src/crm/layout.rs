//! The softphone layout, as Salesforce gives it: what is searched, shown and opened is decided there.
//!
//! Salesforce keeps it for a while after an admin changed it, so it is kept here with its time and can be asked for again. It is first asked
//! for when the phone has been up for a moment: no call needs it in order to ring.

use hookswitch_core::{CallFact, CrmReport, LayoutFacts, settings::PerKind};
use hookswitch_opencti::{CallField, Failure, Layout, Section};

use super::{
    Port,
    link::{AGAIN_MAX_MS, AGAIN_MS, may_come_later},
    pops::NAME,
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
            self.tell(CrmReport::Layout(facts(layout)));
        }
        if let Some(host) = self.host() {
            host.layout(Some(layout.cloned().map_err(Failure::code)));
        }
    }
}

/// What of it the core follows.
fn facts(layout: &Layout) -> LayoutFacts {
    let call = |section: &Section| section.call_related.iter().filter_map(|field| fact(*field)).collect();
    let objects = |section: &Section| {
        let more = section.objects.iter().filter(|(_, fields)| fields.iter().any(|field| field.api_name != NAME));
        more.map(|(object, _)| object.clone()).collect()
    };
    LayoutFacts {
        call: PerKind { inbound: call(&layout.inbound), internal: call(&layout.internal), outbound: call(&layout.outbound) },
        objects: PerKind { inbound: objects(&layout.inbound), internal: objects(&layout.internal), outbound: objects(&layout.outbound) },
    }
}

const fn fact(field: CallField) -> Option<CallFact> {
    match field {
        CallField::Ani => Some(CallFact::Ani),
        CallField::Dnis => Some(CallFact::Dnis),
        CallField::Queue => Some(CallFact::Queue),
        CallField::Segment => Some(CallFact::Segment),
        // One that Salesforce added since is not shown.
        _ => None,
    }
}
