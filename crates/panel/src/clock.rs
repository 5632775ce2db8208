//! Seconds that tick, and how they are written.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, Window};

use crate::model::Desk;

/// Runs one interval while a call is on the panel, and none otherwise; it ends with the desk's scope.
///
/// What is shown is counted from start times, so a throttled interval (a hidden tab) shows late but never wrong.
pub(crate) fn run(desk: &Desk, root: &HtmlElement) {
    let running = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&running);
    let root = root.clone();
    desk.watch(Rc::new(move |desk| {
        let ticks = !desk.snapshot().calls.is_empty();
        if ticks != kept.borrow().is_some() {
            kept.replace(ticks.then(|| Interval::start(desk, &root)));
        }
    }));
    desk.scope().at_end(Box::new(move || drop(running.take())));
}

/// Tells the desk the time once a second, and ends when dropped.
struct Interval {
    id: i32,
    _tick: Closure<dyn Fn()>,
}

impl Interval {
    fn start(desk: &Desk, root: &HtmlElement) -> Self {
        let desk = desk.clone();
        desk.tell_time(wall());
        let tick = Closure::<dyn Fn()>::new(move || desk.tell_time(wall()));
        let begin =
            |window: Window| window.set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000).ok();
        // Without a timer the clock stands still; everything else works.
        let id = web_sys::window().and_then(begin).unwrap_or_default();
        // Kept on the page for `stop_earlier`; setting an attribute of this name cannot fail.
        let _ = root.set_attribute(INTERVAL, &id.to_string());
        Self { id, _tick: tick }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        stop(self.id);
    }
}

fn stop(interval: i32) {
    if let Some(window) = web_sys::window() {
        window.clear_interval_with_handle(interval);
    }
}

/// Ends the interval of an instance that broke: its function would be called every second and fail every second.
pub(crate) fn stop_earlier(root: &HtmlElement) {
    if let Some(interval) = root.get_attribute(INTERVAL).and_then(|text| text.parse().ok()) {
        stop(interval);
    }
}

const INTERVAL: &str = "data-interval";

/// Milliseconds since 1970, as the core counts its wall clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970 are whole, positive and far below 2^53"
)]
fn wall() -> u64 {
    js_sys::Date::now() as u64
}

/// `3:05`, or `1:02:03` from an hour on.
pub(crate) fn written(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

/// Whole seconds from `since` to `now`; none of a clock that was set back.
pub(crate) const fn between(since: u64, now: u64) -> u64 {
    now.saturating_sub(since) / 1000
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn seconds_are_written_as_a_phone_writes_them() {
        assert_eq!(written(0), "0:00");
        assert_eq!(written(65), "1:05");
        assert_eq!(written(3599), "59:59");
        assert_eq!(written(3723), "1:02:03");
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_clock_set_back_shows_no_time_rather_than_nonsense() {
        assert_eq!(between(10_000, 4_000), 0);
        assert_eq!(between(10_000, 12_999), 2);
    }
}
