//! What is dialed for a number, in words.

use hookswitch_core::DialReason;

pub(crate) const DIALS: &str = "Dials";
pub(crate) const DIALS_THEN: &str = "after the answer";

/// One thing done to a number, as a sentence.
pub(crate) const fn dial_reason(reason: DialReason) -> &'static str {
    match reason {
        DialReason::Address => "An address: dialed as it is.",
        DialReason::AreaCodeAdded => "Your area code was added.",
        DialReason::CountryAdded => "Your country code was added.",
        DialReason::Domestic => "Dialed as a number of your own country.",
        DialReason::Emergency => "An emergency number: dialed as it is, at once.",
        DialReason::ExtensionAfterAnswer => "The extension is sent after the answer.",
        DialReason::ExtensionIgnored => "What follows the number is too long for an extension and is left out.",
        DialReason::FeatureCode => "A code for the phone system: dialed as it is.",
        DialReason::Internal => "An internal number: dialed as it is.",
        DialReason::InternationalRead => "Read as an international number.",
        DialReason::LettersAsKeys => "Letters are dialed as the keys they stand on.",
        DialReason::PrefixAdded => "The prefixes of your phone system were added.",
        DialReason::ShortCode => "A short number: dialed as it is.",
        DialReason::TrunkDropped => "The (0) is left out, as from abroad.",
        // A newer core may know more reasons than this panel.
        _ => "",
    }
}

pub(crate) const THIS_CUSTOMER: &str = "This customer";
pub(crate) const WANTED_ADD: &str = "Add to the call";
pub(crate) const WANTED_ANYWAY: &str = "Call anyway";
pub(crate) const WANTED_CHECKING: &str = "Checking whether this customer may be called…";
pub(crate) const WANTED_CHOOSING: &str = "You have other calls. Call this number?";
pub(crate) const WANTED_CONSULT: &str = "Ask about the call";
pub(crate) const WANTED_DROP: &str = "Cancel";
pub(crate) const WANTED_HOLD_AND_CALL: &str = "Hold and call";
pub(crate) const WANTED_STARTING: &str = "The phone is starting. This number is called as soon as it is ready.";
pub(crate) const WANTED_TRANSFER: &str = "Transfer the call there";

/// A number was clicked during a call.
pub(crate) fn during_call(who: &str) -> String {
    format!("You are in a call with {who}. What about this number?")
}

/// That somebody asked not to be called.
pub(crate) fn wants_no_calls(name: &str) -> String {
    format!("{name} asked not to be called.")
}
