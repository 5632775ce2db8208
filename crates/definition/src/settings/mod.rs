//! From flat settings to typed ones.

mod desk;
mod phone;
mod reader;
mod text;

use hookswitch_core::settings::{PerKind, Settings};

use crate::Flat;
use reader::Reader;
pub use reader::SettingProblem;

/// Section of the settings that names the phone system.
pub const PROVIDER_SECTION: &str = "hookswitchProvider";
/// Section of the settings that is handed to the SIP provider.
pub const SIP_SECTION: &str = "hookswitchSip";

/// What an item's name ends with, per call type.
const KINDS: [&str; 3] = ["Inbound", "Internal", "Outbound"];

/// Flat settings as understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reading {
    /// The settings, with a safe default wherever a value was wrong.
    pub settings: Settings,
    /// What was wrong, for an admin.
    pub problems: Vec<SettingProblem>,
}

/// Understand flat settings, from whichever source they come.
///
/// Never fails: a value that does not fit is replaced by its default and reported. A missing or wrong phone system is the one thing
/// that is not replaced: [`Settings::provider`] is then none.
///
/// ```
/// use hookswitch_definition::{Flat, settings};
///
/// let mut flat = Flat::default();
/// flat.set("hookswitchProvider", "provider", "simulated");
/// flat.set("hookswitchCalls", "lines", "many");
/// let reading = settings(&flat);
/// assert_eq!(reading.settings.calls.lines, 6);
/// assert_eq!(reading.problems[0].message, "lines: the value is “many”, but must be a whole number from 1 to 12. Used instead: 6.");
/// ```
pub fn settings(flat: &Flat) -> Reading {
    let mut reader = Reader::new(flat);
    let mut settings = Settings::default();
    phone::sip(&mut reader, &mut settings.sip);
    phone::provider(&mut reader, &mut settings);
    desk::identity(&mut reader, &mut settings.identity);
    desk::calls(&mut reader, &mut settings.calls);
    desk::wrap_up(&mut reader, &mut settings.wrap_up);
    desk::pop(&mut reader, &mut settings.pop);
    desk::log(&mut reader, &mut settings.log, settings.identity.apex_class.is_some());
    desk::dialing(&mut reader, &mut settings.dialing);
    desk::prefixes(&mut reader, &mut settings.dialing);
    reader.enter("hookswitchMessages");
    settings.message_channel = reader.text("messageChannel", text::channel, "the API name of a message channel, ending in __c");
    desk::view(&mut reader, &mut settings.view);
    desk::diagnostics(&mut reader, &mut settings.diagnostics);
    reader.enter("hookswitchSpare");
    phone::segment_header(&mut reader, &mut settings.sip);
    for (number, spare) in (2..).zip(&mut settings.spare) {
        *spare = reader.free(&format!("spare{number}"));
    }
    Reading { settings, problems: reader.problems }
}

/// Read one item per call type.
fn per_kind<T>(base: &str, default: PerKind<T>, mut read: impl FnMut(&str, T) -> T) -> PerKind<T> {
    let [inbound, internal, outbound] = KINDS.map(|kind| format!("{base}{kind}"));
    PerKind {
        inbound: read(&inbound, default.inbound),
        internal: read(&internal, default.internal),
        outbound: read(&outbound, default.outbound),
    }
}
