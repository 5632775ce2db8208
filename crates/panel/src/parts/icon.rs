//! The panel's own drawings, each one stroke path on a field of 24 by 24.

use crate::dom::{El, page};

/// A drawing. None carries a meaning alone: words stand beside it or name its button.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Icon {
    Back,
    Backspace,
    Check,
    Chevron,
    Clock,
    Cross,
    Forward,
    Handset,
    HandsetDown,
    Info,
    Keypad,
    Microphone,
    MicrophoneOff,
    Minus,
    Pause,
    Pen,
    People,
    Person,
    Play,
    Record,
    Redo,
    Save,
    SpeakerOff,
    Star,
    Stop,
    Swap,
    Warning,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M10 6 4 12l6 6M4.500 12h9q6 0 6 6",
            Self::Backspace => "M9 5.5h11.5v13H9L3.5 12zM12.5 9.5l5 5m0-5-5 5",
            Self::Check => "M4.5 12.5 10 18 19.5 6.5",
            Self::Chevron => "M6.5 9.5 12 15l5.5-5.5",
            Self::Clock => "M12 3.500a8.5 8.5 0 1 0 .01 0M12 7.500V12l3 2.5",
            Self::Cross => "M6 6l12 12M18 6 6 18",
            Self::Forward => "M14 6l6 6-6 6M19.500 12h-9q-6 0-6 6",
            // Two cups and the bow between them; hanging up is the same handset laid down by the style sheet.
            Self::Handset | Self::HandsetDown => "M4.5 8.5 8.5 4.500l2 3.5-3 2.500q1.5 4.5 6 6l2.5-3 3.5 2-4 4Q5.5 18.5 4.5 8.500z",
            Self::Info => "M12 3.500a8.5 8.5 0 1 0 .01 0M12 11v5.500M12 7.500v.2",
            Self::Keypad => "M6 5.500v.01M12 5.500v.01M18 5.500v.01M6 12v.01M12 12v.01M18 12v.01M6 18.500v.01M12 18.500v.01M18 18.500v.01",
            Self::Microphone => "M12 3.500q3 0 3 3v4.500q0 3-3 3t-3-3V6.500q0-3 3-3M6 11q0 6.5 6 6.500t6-6.500M12 17.500V21",
            Self::MicrophoneOff => {
                "M12 3.500q3 0 3 3v4.500q0 3-3 3t-3-3V6.500q0-3 3-3M6 11q0 6.5 6 6.500t6-6.500M12 17.500V21M4 3.500l16 17"
            }
            Self::Minus => "M12 3.500a8.5 8.5 0 1 0 .01 0M8 12h8",
            Self::Pause => "M8.5 5.500v13M15.5 5.500v13",
            Self::Pen => "M4.5 19.500l1-4L16 5l3 3L8.5 18.500z",
            Self::People => "M9 5a3.4 3.4 0 1 0 .01 0M2.5 19q0-5.500 6.5-5.500t6.5 5.5M15.5 5.500a3 3 0 0 1 0 5.8M18 14q3.5.8 3.5 5",
            Self::Person => "M12 4a3.8 3.8 0 1 0 .01 0M4.5 20q0-6.5 7.5-6.500t7.5 6.5",
            Self::Play => "M8 5l11 7-11 7z",
            Self::Record => "M12 6.500a5.5 5.5 0 1 0 .01 0z",
            Self::Redo => "M18.5 12.500a6.5 6.5 0 1 1-2-5M17 3.500V8h-4.5",
            Self::Save => "M12 4v10.500M7.5 10l4.500 4.500 4.5-4.500M5 19.500h14",
            Self::SpeakerOff => "M4 9.500h3.500L12.5 5v14l-5-4.500H4zM16.5 9.500l4.5 5m0-5-4.5 5",
            Self::Star => "M12 4l2.5 5.2 5.5.7-4 3.900 1 5.600-5-2.700-5 2.700 1-5.600-4-3.900 5.5-.7z",
            Self::Stop => "M7 7h10v10H7z",
            Self::Swap => "M4 8.500h14l-4-4M20 15.500H6l4 4",
            Self::Warning => "M12 4.5 21 19.500H3zM12 10v4.500M12 17v.2",
        }
    }
}

/// The drawing as SVG, hidden from screen readers.
pub(crate) fn icon(icon: Icon) -> El {
    let class = match icon {
        Icon::Handset | Icon::Play | Icon::Record | Icon::Stop => "icon icon-solid",
        Icon::HandsetDown => "icon icon-solid icon-down",
        Icon::Keypad => "icon icon-dots",
        _ => "icon",
    };
    svg("svg")
        .attr("class", class)
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .with(svg("path").attr("d", icon.path()))
}

fn svg(tag: &str) -> El {
    // Cannot fail: both tags are SVG's.
    El::of(page().create_element_ns(Some("http://www.w3.org/2000/svg"), tag).expect("a valid tag"))
}
