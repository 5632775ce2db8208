//! Refusals of `saveLog` and of the Apex class that say nothing about what was asked: Salesforce was busy or broken just then.

use crate::{CtiError, ErrorCode};

/// What such a refusal leaves open.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Passing {
    /// Somebody else was saving the same record: nothing was done, and the same will work in a moment.
    NothingDone,
    /// The server broke down, before or after it was done.
    Unknown,
}

/// Whether these errors pass by themselves; none: they are about what was asked, and asking once more is no help.
#[must_use]
pub fn passing(errors: &[CtiError]) -> Option<Passing> {
    let words = |error: &CtiError, known: &str| error.details.iter().chain([&error.description]).any(|words| words.contains(known));
    if errors.iter().any(|error| words(error, ROW_LOCKED)) {
        return Some(Passing::NothingDone);
    }
    // The same code is used for a class that is not there, which nothing mends but an admin.
    let broke = |error: &CtiError| error.code == ErrorCode::Server && error.details.is_empty() && !words(error, NO_CLASS);
    errors.iter().any(broke).then_some(Passing::Unknown)
}

/// Salesforce's word for a record that somebody else is saving.
const ROW_LOCKED: &str = "UNABLE_TO_LOCK_ROW";
const NO_CLASS: &str = "Could not load Apex class";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_server_and_a_locked_record_pass_and_what_is_wrong_with_a_log_or_a_class_does_not() {
        let locked = || CtiError::save_log(vec!["UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record".into()]);
        for (error, expected) in [
            (CtiError::server(), Some(Passing::Unknown)),
            (locked(), Some(Passing::NothingDone)),
            (CtiError::new(ErrorCode::Server, "UNABLE_TO_LOCK_ROW"), Some(Passing::NothingDone)),
            (CtiError::no_apex_class("Hookswitch"), None),
            (CtiError::save_log(vec!["Say what was resolved".into()]), None),
            (CtiError::generic(), None),
        ] {
            assert_eq!(passing(std::slice::from_ref(&error)), expected, "{error:?}");
        }
        assert_eq!(passing(&[]), None);
    }
}
