//! The page's own drawings, each one stroke path on a field of 24 by 24. Keys are those an adapter may give its utility item.

use leptos::prelude::*;

/// A drawing; a key that has none of its own becomes a dot in a ring, as a person sees that something was set.
pub(crate) fn icon(key: &str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path(key) fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
    .into_any()
}

fn path(key: &str) -> &'static str {
    match key {
        "call" | "voicemail" | "call_inbound" | "incoming_call" | "outbound_call" | "phone_portrait" => {
            "M4.5 8.500 8.500 4.500l2 3.500-3 2.500q1.500 4.500 6 6l2.500-3 3.500 2-4 4Q5.500 18.500 4.500 8.500z"
        }
        "end_call" | "missed_call" => "M3 15q9-8 18 0l-2 3.500-4-2v-3q-3-1-6 0v3l-4 2z",
        "apps" => "M5 5v.01M12 5v.01M19 5v.01M5 12v.01M12 12v.01M19 12v.01M5 19v.01M12 19v.01M19 19v.01",
        "close" => "M6 6l12 12M18 6 6 18",
        "down" => "M6.500 9.500 12 15l5.500-5.500",
        "minimize" => "M5 18.500h14",
        "gear" => {
            "M12 8.500a3.500 3.500 0 1 0 .01 0M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100"
        }
        "search" => "M10.500 4a6.500 6.500 0 1 0 .01 0M15.500 15.500 20.500 20.500",
        "user" => "M12 4a3.800 3.800 0 1 0 .01 0M4.500 20q0-6.500 7.500-6.500t7.500 6.500",
        "lab" => "M9.500 3.500h5M10.500 3.500v6L5 19.500q-.5 1.500 1 1.500h12q1.500 0 1-1.500L13.500 9.500v-6",
        "away" => "M12 3.500a8.500 8.500 0 1 0 .01 0M8 12h8",
        "edit" => "M4.500 19.500l1-4L16 5l3 3L8.500 18.500z",
        "muted" => "M12 3.500q3 0 3 3v4.500q0 3-3 3t-3-3V6.500q0-3 3-3M6 11q0 6.500 6 6.500t6-6.500M12 17.500V21M4 3.500l16 17",
        "unmuted" => "M12 3.500q3 0 3 3v4.500q0 3-3 3t-3-3V6.500q0-3 3-3M6 11q0 6.500 6 6.500t6-6.500M12 17.500V21",
        "warning" => "M12 4.500 21 19.500H3zM12 10v4.500M12 17v.2",
        "pause" => "M8.500 5.500v13M15.500 5.500v13",
        "clock" => "M12 3.500a8.500 8.500 0 1 0 .01 0M12 7.500V12l3 2.500",
        _ => "M12 4a8 8 0 1 0 .01 0M12 12v.01",
    }
}
