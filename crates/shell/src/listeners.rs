//! Who is told of changes.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    rc::{Rc, Weak},
};

type Listener = Rc<dyn Fn()>;

/// Functions to call after a change, in the order they came.
#[derive(Default)]
pub(crate) struct Listeners {
    held: RefCell<Held>,
}

#[derive(Default)]
struct Held {
    last: u32,
    by_id: BTreeMap<u32, Listener>,
}

impl Listeners {
    /// Call `listener` from now on, until the subscription is dropped.
    pub(crate) fn add(self: &Rc<Self>, listener: Listener) -> Subscription {
        let mut held = self.held.borrow_mut();
        held.last += 1;
        let id = held.last;
        held.by_id.insert(id, listener);
        Subscription { id, listeners: Rc::downgrade(self) }
    }

    /// Call everybody. A listener may add and remove listeners meanwhile.
    pub(crate) fn tell(&self) {
        let now: Vec<(u32, Listener)> = self.held.borrow().by_id.iter().map(|(id, listener)| (*id, Rc::clone(listener))).collect();
        for (id, listener) in now {
            // It may have been dropped by one that was called before it.
            if self.held.borrow().by_id.contains_key(&id) {
                listener();
            }
        }
    }
}

/// Being told of changes; ends when dropped.
#[must_use = "the listener is removed when this is dropped"]
pub struct Subscription {
    id: u32,
    listeners: Weak<Listeners>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(listeners) = self.listeners.upgrade() else { return };
        let listener = listeners.held.borrow_mut().by_id.remove(&self.id);
        // Dropped here, after the borrow: what the listener owns may hold subscriptions itself.
        drop(listener);
    }
}
