//! Time: the host's clocks, and the one timer that wakes the core.

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};

use hookswitch_core::Now;
use wasm_bindgen::{JsCast, closure::Closure};

use crate::keep::Keep;

/// The host's clocks, read now.
pub(crate) fn now() -> Now {
    let mono = web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |performance| performance.now());
    let today = js_sys::Date::new_0();
    // Casts from floats saturate; JavaScript counts the offset westward.
    Now { mono: mono as u64, wall: today.get_time() as u64, utc_offset: -(today.get_timezone_offset() as i32) }
}

/// The timer for the core's deadline: at most one is set.
pub(crate) struct Alarm {
    keep: Keep,
    ring: OnceCell<Closure<dyn FnMut()>>,
    set: Rc<Cell<Option<(u64, u32)>>>,
}

impl Alarm {
    /// An alarm that is not set.
    pub(crate) fn new(keep: &Keep) -> Self {
        Self { keep: keep.clone(), ring: OnceCell::new(), set: Rc::default() }
    }

    /// What to do when it rings. Only the first call counts.
    pub(crate) fn on_ring(&self, mut ring: impl FnMut() + 'static) {
        let set = Rc::clone(&self.set);
        self.ring.get_or_init(|| {
            Closure::new(move || {
                set.set(None);
                ring();
            })
        });
    }

    /// Ring at `deadline` on the monotonic clock, and at no other time.
    pub(crate) fn set(&self, deadline: Option<u64>, now: Now) {
        if let Some((at, id)) = self.set.get() {
            if deadline == Some(at) {
                return;
            }
            self.keep.cancel(id);
            self.set.set(None);
        }
        let (Some(at), Some(ring)) = (deadline, self.ring.get()) else { return };
        // One more, because timers may fire a little before their time and a tick too early does nothing.
        let ms = at.saturating_sub(now.mono) as f64 + 1.0;
        self.set.set(Some((at, self.keep.after(ms, ring.as_ref().unchecked_ref()))));
    }
}
