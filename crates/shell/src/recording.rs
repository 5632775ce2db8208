//! What the core is told, kept in memory so that support can replay it. It begins once the page has all of the module: a first load does
//! without it, and a checkpoint of the softphone makes up for what came before.

use hookswitch_core::{Input, Now, Softphone};

use crate::{desk::Desk, life::seed};

impl Desk {
    /// Keep what the core is told from now on.
    #[inline(never)]
    pub(crate) fn begin_recording(&self) {
        self.recording.set(true);
    }

    /// Keep one input, which is about to be handled.
    #[inline(never)]
    pub(crate) fn write_down(&self, softphone: &Softphone, now: Now, input: &Input) {
        self.journal.borrow_mut().record(softphone, now, input);
    }

    /// What was kept, without personal data; none: nothing was.
    #[inline(never)]
    pub(crate) fn journal(&self) -> Option<String> {
        let journal = self.journal.borrow();
        (!journal.is_empty()).then(|| hookswitch_journal::export(&journal, seed()))
    }
}
