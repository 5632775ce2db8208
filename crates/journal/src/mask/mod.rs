//! Other digits and other letters in the place of everybody's.
//!
//! A digit becomes another digit, a letter another letter of the same case and script, everything else stays: the length stays, and so
//! does all that the core looks at. The same text becomes the same text everywhere in one export, two different texts never become
//! one, and a number is replaced from its end on, so that it is the same one with and without its country code. Which digit and which
//! letter is decided by a keyed hash; the key is not written down.

mod key;
mod letters;
mod number;
mod settings;
mod template;

use std::collections::BTreeSet;

use hookswitch_core::{Place, Private, settings::Settings};

use key::Key;
use number::Numbers;
use template::Templates;

/// The mask of one export.
#[derive(Clone, Debug)]
pub(crate) struct Mask {
    key: Key,
    numbers: Numbers,
    templates: Templates,
}

/// Schemes the core looks for at the beginning of what is dialed.
const SCHEMES: [&str; 3] = ["sip", "sips", "tel"];

fn is_scheme(word: &str) -> bool {
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word))
}

/// What may stand within a number in running text, besides digits.
const fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '_' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{202f}')
}

/// More of those in a row end the number.
const WIDEST_JOINT: usize = 3;

impl Mask {
    /// A mask that keeps what the core makes of numbers under any of `settings`. `dispositions` and `queues` are those that
    /// logs may name, `known` the private texts that occur by themselves.
    pub(crate) fn new(
        seed: u64,
        settings: &[&Settings],
        dispositions: BTreeSet<String>,
        queues: BTreeSet<String>,
        known: BTreeSet<String>,
    ) -> Self {
        Self { key: Key::new(seed), numbers: Numbers::new(settings), templates: Templates::new(settings, dispositions, queues, known) }
    }

    /// What stands in for a private text. Only where a log's field was made by a template the words and times in it stay: elsewhere the
    /// same text may be somebody's extension or PIN.
    pub(crate) fn text(&self, text: &str, place: &Place) -> String {
        let made = match place {
            Place::Digits => return tones(text),
            Place::Field(field) => self.templates.masked(field, text, self),
            Place::Part(field, at) => self.templates.part(field, *at, text, self),
            _ => None,
        };
        made.unwrap_or_else(|| self.plain(text))
    }

    /// The digits of a number to dial, where letters stand for them; replaced later, like all private text.
    pub(crate) fn digits(&self, number: &Private) -> Private {
        self.numbers.on_the_keys(number.reveal()).into()
    }

    /// What stands in for the words of a template: the admin's own, but for digits.
    fn literal(&self, text: &str) -> String {
        self.running(text, |word| word.to_owned())
    }

    /// A text that is no log's subject or field.
    fn plain(&self, text: &str) -> String {
        let start = text.len() - text.trim_start().len();
        let (space, rest) = text.split_at(start);
        let Some((scheme, rest)) = rest.split_once(':').filter(|(word, _)| word.chars().all(char::is_alphabetic)) else {
            return format!("{space}{}", self.dialed(rest));
        };
        if is_scheme(scheme) {
            let rest = if scheme.eq_ignore_ascii_case("tel") { self.dialed(rest) } else { self.words(rest) };
            return format!("{space}{scheme}:{rest}");
        }
        let mut word = self.word(scheme);
        while is_scheme(&word) {
            word = self.word(&word);
        }
        format!("{space}{word}:{}", self.words(rest))
    }

    /// A text the core would dial: its digits up to the first letter are one number, however they are grouped.
    fn dialed(&self, text: &str) -> String {
        let end = text.find(|c: char| matches!(c, ';' | ',') || c.is_alphabetic()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        format!("{}{}", self.number(number, number.starts_with('+')), self.words(rest))
    }

    fn words(&self, text: &str) -> String {
        self.running(text, |word| self.word(word))
    }

    /// A running text: words by `word`, numbers where they stand.
    fn running(&self, text: &str, word: impl Fn(&str) -> String) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if first.is_ascii_digit() {
                number_length(rest)
            } else if first.is_alphabetic() {
                rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            if first.is_ascii_digit() {
                masked.push_str(&self.number(token, masked.ends_with('+')));
            } else if first.is_alphabetic() {
                masked.push_str(&word(token));
            } else {
                masked.push(letters::other(first, &self.key));
            }
            rest = after;
        }
        masked
    }

    fn word(&self, word: &str) -> String {
        letters::word(word, &self.key)
    }

    /// The digits of `text`, which are one number, replaced where they stand.
    fn number(&self, text: &str, plus: bool) -> String {
        let kept: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect();
        let mut digits = self.numbers.masked(plus, &kept, &self.key).into_iter();
        text.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or('0') } else { letters::other(c, &self.key) }).collect()
    }
}

/// How far a number in running text goes.
fn number_length(text: &str) -> usize {
    let (mut end, mut joint) = (0, 0);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            (end, joint) = (at + 1, 0);
        } else if joins(c) && joint < WIDEST_JOINT {
            joint += 1;
        } else {
            break;
        }
    }
    end
}

/// What stands in for digits that were sent: not even which of them are alike.
pub(crate) fn tones(digits: &str) -> String {
    let tone = |c: char| match c {
        '0'..='9' => '0',
        'A'..='D' => 'A',
        c if c.is_alphabetic() => 'x',
        c => c,
    };
    digits.chars().map(tone).collect()
}

#[cfg(test)]
mod tests {
    use hookswitch_core::{dialable, settings::Dialing};

    use super::*;

    fn german() -> Settings {
        Settings { dialing: Dialing { country: Some("DE".into()), ..Dialing::default() }, ..Settings::default() }
    }

    fn mask(settings: &Settings, seed: u64) -> Mask {
        Mask::new(seed, &[settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::new())
    }

    fn digits(text: &str) -> String {
        text.chars().filter(char::is_ascii_digit).collect()
    }

    #[test]
    fn length_case_and_everything_but_letters_and_digits_stay() {
        let settings = german();
        for seed in 0..50 {
            for text in
                ["Ada Byron <ada@example.com>", "Jürgen Żółć, +49 (30) 123-456 x12", "山田 太郎 ٤٥", "sip:ada@example.com", "", "#*!"]
            {
                let masked = mask(&settings, seed).plain(text);
                assert_eq!(masked.chars().count(), text.chars().count(), "{masked}");
                for (before, after) in text.chars().zip(masked.chars()) {
                    let class = |c: char| (c.is_alphabetic(), c.is_lowercase(), c.is_uppercase(), c.is_numeric(), c.is_ascii_digit());
                    assert_eq!(class(before), class(after), "{text} {masked}");
                    assert!(before.is_alphanumeric() || before == after);
                }
            }
        }
    }

    #[test]
    fn a_number_is_the_same_one_in_every_spelling() {
        let settings = german();
        let mask = mask(&settings, 7);
        let whole = mask.plain("+4930123456");
        assert!(whole.starts_with("+49") && whole != "+4930123456", "{whole}");
        for other in ["+49 30 123456", "tel:+49-30-123456;ext=7", "0049 (30) 123 456", "(030) 123456", "please call 030/123456 today"] {
            let masked = mask.plain(other);
            let found = digits(masked.split([';', 't']).find(|part| part.contains(|c: char| c.is_ascii_digit())).unwrap_or(&masked));
            assert!(found.contains(&whole[3..]), "{other} {masked} {whole}");
        }
        assert!(mask.plain("030123456").starts_with('0'));
    }

    #[test]
    fn what_is_dialed_for_a_masked_number_is_the_mask_of_what_is_dialed() {
        // Without a country: where that takes a number's own country code off again, what stands in for the rest may differ in its first digits.
        let mut prefixed = Settings::default();
        prefixed.dialing.apply_prefixes = true;
        prefixed.dialing.outside_prefix = "9".into();
        prefixed.dialing.long_distance_prefix = "1".into();
        prefixed.dialing.international_prefix = "011".into();
        for settings in [german(), prefixed] {
            for seed in 0..200 {
                let mask = mask(&settings, seed);
                for raw in [
                    "(415) 555-0100 x12",
                    "+49 30 123456",
                    "030 123456",
                    "1002",
                    "112",
                    "tel:+1-415-555-0100;ext=12",
                    "*43#",
                    "*4321#",
                    "916 555 0100",
                    "1 415 555 0100",
                    "5550100",
                    "011 49 30 123456",
                    "sip:ada@example.com",
                    "ada@example.com",
                    "0",
                ] {
                    let dialed = |raw: &str| {
                        dialable(raw, &settings.dialing).map(|number| [number.to, number.party].map(|number| number.reveal().to_owned()))
                    };
                    assert_eq!(dialed(&mask.plain(raw)), dialed(raw).map(|both| both.map(|number| mask.plain(&number))), "{raw}");
                }
            }
        }
    }

    #[test]
    fn letters_that_are_keys_become_digits_before_they_are_replaced() {
        let mask = mask(&german(), 7);
        let digits = |raw: &str| mask.digits(&raw.into()).reveal().to_owned();
        assert_eq!(digits("1-800-FLOWERS"), "1-800-3569377");
        assert_eq!(digits("415 555 0100 HOME"), "415 555 0100 HOME");
        assert_eq!(digits("sip:ADA@example.com"), "sip:ADA@example.com");
    }

    #[test]
    fn two_numbers_never_become_one_and_emergency_numbers_stay_alone() {
        let mut settings = german();
        settings.dialing.emergency_numbers.push("1234".into());
        let mask = mask(&settings, 3);
        let all: BTreeSet<_> = (0..10_000).map(|number| mask.plain(&format!("{number:04}"))).collect();
        assert_eq!(all.len(), 10_000);
        assert_eq!(mask.plain("1234"), "1234");
        assert_eq!(mask.plain("112"), "112");
        assert!((0..10_000).filter(|number| mask.plain(&format!("{number:04}")) == format!("{number:04}")).count() < 10);
        let pair = |number: u8| format!("{}{}", char::from(b'a' + number / 26), char::from(b'a' + number % 26));
        let words: BTreeSet<_> = (0..=255).map(|number| mask.plain(&pair(number))).collect();
        assert_eq!(words.len(), 256);
    }

    #[test]
    fn another_seed_gives_another_mask() {
        let settings = german();
        assert_ne!(mask(&settings, 1).plain("Ada Byron"), mask(&settings, 2).plain("Ada Byron"));
    }

    #[test]
    fn digits_sent_tell_nothing() {
        assert_eq!(tones("4711#*AD"), "0000#*AA");
    }
}
