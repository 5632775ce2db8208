//! Which record a call belongs to, and why.

use crate::{CallId, RecordRef, RecordSource};

use super::{Softphone, call::Call};

impl Softphone {
    /// The call belongs to `record` from now on (none: to no record), unless a stronger reason says otherwise. Its log follows.
    pub(super) fn associate(&mut self, id: CallId, record: Option<RecordRef>, source: RecordSource) {
        if self.calls.get_mut(&id).is_some_and(|call| call.associate(record, source)) {
            self.log_progress(id);
        }
    }
}

impl Call {
    /// As above, without the log. Whether another record than before came of it.
    pub(super) fn associate(&mut self, record: Option<RecordRef>, source: RecordSource) -> bool {
        if self.core.record_source.is_some_and(|known| known > source) {
            return false;
        }
        let changed = self.core.record != record;
        (self.core.record, self.core.record_source) = (record, Some(source));
        changed
    }
}
