//! The browser.

use hookswitch_core::{MediaState, settings::Ring};

use super::Case;
use crate::{Audio, Facts, Finding, Permission, Place, finding::About};

/// The microphone. Its four troubles look alike to an agent and have four different remedies.
pub(super) fn microphone(facts: &Facts) -> Finding {
    let about = About("microphone", "Microphone");
    let microphone = &facts.microphone;
    let media = microphone.media;
    if !microphone.secure {
        return about.fail(
            "The page is not served over https: the browser gives it no microphone.",
            "Whoever hosts the page serves it by https; an admin corrects the adapter URL in Setup > Call Centers > Edit.",
        );
    }
    if microphone.handed_on == Some(false) || (microphone.handed_on.is_none() && media == MediaState::BlockedByPolicy) {
        return about.fail(
            "The page around the phone does not hand on the microphone.",
            if facts.place == Place::Framed {
                "An admin ticks Microphone for the panel's host in Setup > Trusted URLs, and sets the browser feature permission for the microphone \
                 in Setup > Session Settings to Trusted URLs Only or Always. Then reload Salesforce."
            } else {
                "Whoever hosts the page around the phone adds allow=\"microphone\" to its frame, and microphone=(self) to the header \
                 Permissions-Policy."
            },
        );
    }
    // What the module heard last may be long mended; the browser says how it is now.
    if microphone.permission == Permission::Denied || (microphone.permission == Permission::Unknown && media == MediaState::Denied) {
        return about.fail(
            "The browser was told not to let the phone use the microphone.",
            // The permission asked for in a frame is that of the page in the address bar, which hands it on.
            if facts.place == Place::Framed {
                "Allow the microphone for Salesforce: by the sign before the address, or in the browser's site settings for the address that is shown.".to_owned()
            } else {
                format!("Allow the microphone for {}: by the sign before the address, or in the browser's site settings.", facts.page.origin)
            },
        );
    }
    if microphone.devices == Some(0) || media == MediaState::NoDevice {
        return about.fail(
            "The browser finds no microphone.",
            "Plug in the headset. If it is plugged in, see whether another program holds it, and whether the system lets the browser use it.",
        );
    }
    if media == MediaState::Insecure {
        return about.fail("The phone system's module got no microphone: the page does not count as secure.", "Serve the page by https.");
    }
    match microphone.permission {
        Permission::Granted => about.pass("The microphone can be used."),
        Permission::Prompt => about.warn(
            "The browser will ask for the microphone with the first call.",
            "Say yes then, for always: an agent who overlooks the question is not heard.",
        ),
        _ => about.not_known("The browser does not say whether the microphone may be used.", "Place a call, and look."),
    }
}

/// What the browser keeps.
pub(super) fn storage(facts: &Facts) -> Finding {
    let about = About("storage", "Storage");
    let Some(storage) = facts.storage else {
        return about.not_known("Storage is looked at only where the phone may run.", "See what is said about the frame, and check there.");
    };
    let fix = "Allow the panel's host to store data: in the browser's cookie settings add it under allowed sites, with third-party cookies. In a \
               private window it may be impossible.";
    if !storage.database {
        return about.fail("The browser keeps nothing for the phone: an unsent log or note is lost when the page goes.", fix);
    }
    if !storage.local {
        return about.warn(
            "The browser keeps no copy of the settings: the phone begins only when Salesforce gives them, and not while it is slow.",
            fix,
        );
    }
    if !storage.locks {
        return about.warn("The browser gives the phone no locks: two Salesforce tabs would both be the phone.", fix);
    }
    about.pass("The browser keeps what the phone must not lose.")
}

/// The ring.
pub(super) fn sound(case: &Case<'_>) -> Finding {
    let about = About("sound", "Ring");
    let view = case.settings.map(|settings| &settings.view);
    match case.facts.audio {
        Audio::Missing => {
            about.fail("The browser plays no sound: no ring is heard.", "Use a browser that Salesforce supports, with sound.")
        }
        Audio::Suspended => about.warn(
            "The browser holds the ring back until somebody clicks in the panel.",
            "Click in the panel once after each reload, or let the site play sound always in the browser's site settings.",
        ),
        Audio::Running => match view {
            Some(view) if view.ring == Ring::Off || view.ring_volume == 0 => about.warn(
                "The ring is off, by the settings.",
                "An admin sets Ring and its volume in Setup > Call Centers > Edit, if that is not meant.",
            ),
            _ => about.pass("The ring is heard."),
        },
    }
}

/// Notifications of the operating system. The phone has no use for them so far, so nothing is wrong without them; but who has them blocked should
/// not look for them either.
pub(super) fn notifications(facts: &Facts) -> Finding {
    let about = About("notifications", "Notifications");
    let browser = match facts.notifications {
        Permission::Granted => "The browser would show them.",
        // A frame of another origin is not asked about, and "denied" is said of it whatever the agent wishes.
        Permission::Denied | Permission::Prompt if facts.place == Place::Framed => {
            "The browser shows none of a page inside Salesforce, and does not ask: nobody blocked them, and nobody can allow them."
        }
        Permission::Denied => {
            "The browser was told to show none of this page; its site settings, by the sign before the address, change that."
        }
        Permission::Prompt => "The browser would ask first; this page never has.",
        Permission::Unknown => "This browser has none for pages.",
    };
    about.pass(format!("The phone shows no notifications of the system, and needs none: it rings, and the utility bar tells. {browser}"))
}

/// Whether this tab is the phone.
pub(super) fn tab(facts: &Facts) -> Finding {
    let about = About("tab", "Tab");
    if facts.other_tab {
        about.warn("Another tab of this browser has the phone.", "Use the phone there, or close that tab: this one takes over by itself.")
    } else {
        about.pass("No other tab has the phone.")
    }
}
