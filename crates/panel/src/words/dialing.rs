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
