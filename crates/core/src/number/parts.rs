//! A number as it is stored, taken apart: scheme, letters, the number itself, what follows it.

use super::dial::{DialReason, SHORTEST_NUMBER};

/// A stored number in its parts.
pub(super) struct Parts<'a> {
    /// The number.
    pub(super) base: &'a str,
    /// Digits to be sent after the answer.
    pub(super) then: String,
    /// From a `tel:` address: the country code the number belongs to, with its plus.
    pub(super) context: Option<&'a str>,
}

/// Tells the number from what follows it: `x12`, `ext. 12`, `,,12`, `;ext=12`, ` #12`.
pub(super) fn parts<'a>(raw: &'a str, reasons: &mut Vec<DialReason>) -> Parts<'a> {
    let mut base = without_extension(raw);
    let rest = &raw[base.len()..];
    let (mut then, mut context, mut most) = (String::new(), None, LONGEST_EXTENSION);
    match rest.chars().next() {
        Some(';') => {
            for parameter in rest[1..].split(';') {
                let value = parameter.split_once('=').map_or(parameter, |(_, value)| value);
                if value.starts_with('+') {
                    context = Some(value);
                } else if !value.contains(char::is_alphabetic) {
                    then.push_str(&tones(value));
                }
            }
        }
        // Whoever stores commas means what is dialed after a pause, as long as it is.
        Some(',') => (then, most) = (tones(rest), LONGEST_SEQUENCE),
        Some(_) => then = tones(rest),
        None => {
            // A hash behind a whole number begins its extension, too; behind a star it belongs to a code.
            if let Some((number, extension)) = base.split_once('#').filter(|(number, _)| is_whole(number)) {
                (base, then) = (number, tones(extension));
            }
        }
    }
    if then.len() > most {
        reasons.push(DialReason::ExtensionIgnored);
        then.clear();
    } else if !then.is_empty() {
        reasons.push(DialReason::ExtensionAfterAnswer);
    }
    Parts { base, then, context }
}

/// Enough digits for a public number, and no star.
fn is_whole(number: &str) -> bool {
    !number.contains('*') && tones(number).len() >= SHORTEST_NUMBER
}

/// What can be sent as tones.
pub(super) fn tones(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect()
}

/// What stands behind a scheme, however it is written.
pub(super) fn scheme<'a>(raw: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = raw.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// `1-800-FLOWERS` as `1-800-3569377`; none where letters do not complete a number, as in `415 555 0100 mobile`. Small letters count where they can
/// be no name and no word for an extension: joined to what they complete, with no digits behind them.
pub(super) fn on_the_keys(raw: &str) -> Option<String> {
    let small = raw.contains(|c: char| c.is_ascii_lowercase());
    let word = raw.find(char::is_alphabetic).filter(|_| small).map(|at| &raw[at..]);
    let capitals;
    let raw = match word {
        Some(word) if !raw.contains(char::is_whitespace) && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') => {
            capitals = raw.to_ascii_uppercase();
            &capitals
        }
        _ => raw,
    };
    let number = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let plain = |c: char| number(c) || matches!(c, '+' | '-' | '.' | ' ' | '(' | ')');
    let digits = raw.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).count();
    let fits =
        (1..SHORTEST_NUMBER).contains(&digits) && (SHORTEST_NUMBER..=LONGEST_NUMBER).contains(&raw.chars().filter(|c| number(*c)).count());
    if !fits || !raw.chars().all(plain) || !raw.contains(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    Some(raw.chars().map(key).collect())
}

/// The key a letter stands on (ITU-T E.161); any other character is its own.
pub(super) const fn key(letter: char) -> char {
    match letter {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        other => other,
    }
}

/// Cuts `x12`, `ext. 12`, `;ext=12`, `,12` and the like.
pub(super) fn without_extension(number: &str) -> &str {
    let end = number.find(|c: char| matches!(c, ';' | ',') || c.is_alphabetic()).unwrap_or(number.len());
    // Letters before any digit are no extension: "Tel. 415…"; those are simply filtered.
    if number[..end].contains(|c: char| c.is_ascii_digit()) { &number[..end] } else { number }
}

/// Digits of the longest public number (E.164), with area and country code.
const LONGEST_NUMBER: usize = 15;

/// Digits behind a word like `x`: more are another number, as in `415 555 0100 or 415 555 0111`.
const LONGEST_EXTENSION: usize = 8;

/// Digits behind a comma: a conference's number, hash and all.
const LONGEST_SEQUENCE: usize = 32;
