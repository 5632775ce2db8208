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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use js_sys::Promise;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen(inline_js = r#"
const address = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
export const keepOf = async (keep, worker) => (await import(address(keep))).createKeep(worker ? address(worker) : "/none.js", console.error);
/** From now on the page's own timers sleep, as those of a hidden tab do. */
export const sleepers = () => {
  const { setTimeout } = window;
  window.setTimeout = () => 0;
  return () => { window.setTimeout = setTimeout; };
};
"#)]
    extern "C" {
        #[wasm_bindgen(js_name = keepOf)]
        fn keep_of(keep: &str, worker: &str) -> Promise;
        fn sleepers() -> js_sys::Function;
    }

    const WORKER: &str = include_str!("../../../www/panel/clock.worker.js");

    async fn keep(worker: &str) -> Keep {
        let opening = keep_of(include_str!("../../../www/panel/keep.js"), worker);
        JsFuture::from(opening).await.unwrap().unchecked_into()
    }

    async fn sleep(keep: &Keep, ms: f64) {
        JsFuture::from(keep.sleep(ms)).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn the_clock_goes_on_while_the_pages_own_timers_sleep() {
        let keep = keep(WORKER).await;
        let wake = sleepers();
        let before = now();
        sleep(&keep, 60.0).await;
        wake.call0(&JsValue::NULL).unwrap();
        assert!((55..1000).contains(&(now().mono - before.mono)));
    }

    #[wasm_bindgen_test]
    async fn without_a_worker_the_page_keeps_time_itself() {
        let keep = keep("").await;
        sleep(&keep, 20.0).await;
    }

    #[wasm_bindgen_test]
    async fn an_alarm_rings_once_at_its_last_time_and_not_at_all_when_taken_back() {
        let keep = keep(WORKER).await;
        let rung = Rc::new(RefCell::new(Vec::new()));
        let alarm = Alarm::new(&keep);
        let heard = Rc::clone(&rung);
        alarm.on_ring(move || heard.borrow_mut().push(now().mono));
        let start = now();
        alarm.set(Some(start.mono + 30), start);
        alarm.set(Some(start.mono + 90), start);
        sleep(&keep, 200.0).await;
        assert_eq!(rung.borrow().len(), 1);
        assert!(rung.borrow()[0] >= start.mono + 90, "a tick too early does nothing");
        alarm.set(Some(now().mono + 30), now());
        alarm.set(None, now());
        sleep(&keep, 100.0).await;
        assert_eq!(rung.borrow().len(), 1);
    }

    #[wasm_bindgen_test]
    fn the_clocks_agree_with_the_pages() {
        let now = now();
        let date = js_sys::Date::new_0();
        assert!(now.wall.abs_diff(date.get_time() as u64) < 1000);
        assert_eq!(f64::from(now.utc_offset), -date.get_timezone_offset());
    }
}
