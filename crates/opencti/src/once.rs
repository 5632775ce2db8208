//! A log that is refused because it is there already.
//!
//! Not Salesforce's doing: the trigger of the project in `definition/` says so, in words that it, the simulated org and the softphone share.

use crate::CtiError;

/// What stands before the id of the log that is there.
pub const LOGGED_ALREADY: &str = "hookswitch: logged already as ";

/// The Task that a refusal of `saveLog` names as there already.
#[must_use]
pub fn logged_already(errors: &[CtiError]) -> Option<String> {
    let said = errors.iter().flat_map(|error| error.details.iter().chain([&error.description]));
    let named = said.filter_map(|words| words.split_once(LOGGED_ALREADY));
    let ids = named.map(|(_, rest)| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
    // Ids of tasks alone: anything else is no word of the trigger's.
    ids.into_iter().find(|id| id.starts_with("00T") && matches!(id.len(), 15 | 18))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_of_a_task_behind_the_triggers_own_words_counts() {
        let named = |words: &str| logged_already(&[CtiError::generic(), CtiError::save_log(vec!["Something else.".into(), words.into()])]);
        let first = Some("00Txx0000012345EAA".to_owned());
        assert_eq!(named("hookswitch: logged already as 00Txx0000012345EAA"), first);
        assert_eq!(named("HookswitchOneLog: hookswitch: logged already as 00Txx0000012345EAA: []"), first);
        for words in [
            "logged already as 00Txx0000012345EAA",
            "hookswitch: logged already as 003xx0000012345EAA",
            "hookswitch: logged already as 00T",
        ] {
            assert_eq!(named(words), None, "{words}");
        }
    }
}
