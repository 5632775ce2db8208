//! Wishes of which only the newest counts.

use std::cell::{Cell, RefCell};

/// A value to send, one at a time and in order: what was asked for while another is under way replaces what waits.
pub(crate) struct Newest<T> {
    next: RefCell<Option<T>>,
    sending: Cell<bool>,
}

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self { next: RefCell::new(None), sending: Cell::new(false) }
    }
}

impl<T> Newest<T> {
    /// Send `value`, now or after what is under way.
    pub(crate) async fn send(&self, value: T, send: impl AsyncFn(T)) {
        self.next.replace(Some(value));
        if self.sending.replace(true) {
            return;
        }
        loop {
            // Taken out in a statement of its own: the borrow must not last into the sending.
            let next = self.next.take();
            let Some(value) = next else { break };
            send(value).await;
        }
        self.sending.set(false);
    }
}
