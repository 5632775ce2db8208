//! Seconds that tick, and how they are written.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;

use crate::model::Desk;

/// Runs one interval while a call is on the panel, and none otherwise; it ends with the scope that called this.
///
/// What is shown is counted from start times, so a throttled interval (a hidden tab) shows late but never wrong.
pub(crate) fn run(desk: Desk, root: HtmlElement) {
    let ticking = Memo::new(move |_| desk.read(|snapshot| !snapshot.calls.is_empty()));
    let root = StoredValue::new_local(root);
    Effect::new(move || {
        if !ticking.get() {
            return;
        }
        desk.tell_time(wall());
        let tick = Closure::<dyn Fn()>::new(move || desk.tell_time(wall()));
        let started = window().set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000);
        let Ok(interval) = started else { return };
        // Kept on the page for `stop_earlier`; setting an attribute of this name cannot fail.
        let _ = root.get_value().set_attribute(INTERVAL, &interval.to_string());
        let tick = StoredValue::new_local(tick);
        on_cleanup(move || {
            window().clear_interval_with_handle(interval);
            tick.dispose();
        });
    });
}

/// Ends the interval of an instance that broke: its function would be called every second and fail every second.
pub(crate) fn stop_earlier(root: &HtmlElement) {
    if let Some(interval) = root.get_attribute(INTERVAL).and_then(|text| text.parse().ok()) {
        window().clear_interval_with_handle(interval);
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
