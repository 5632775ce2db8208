//! Letters of every script, by letters of the same script and case.

use super::key::Key;

/// Another word: from its end on, so that the same word in capitals becomes the same word in capitals.
pub(super) fn word(word: &str, key: &Key) -> String {
    let mut chain = key.begin();
    let mut masked = Vec::new();
    for c in word.chars().rev() {
        masked.push(moved(c, |place, count| chain.moved(place, count)));
        chain = c.to_lowercase().fold(chain, |chain, c| key.next(chain, c.into()));
    }
    masked.into_iter().rev().collect()
}

/// What is neither a letter nor one of our digits: digits of other scripts are replaced one by one, everything else stays.
pub(super) fn other(c: char, key: &Key) -> char {
    if c.is_ascii() || !c.is_numeric() { c } else { moved(c, |place, count| key.begin().moved(place, count)) }
}

/// Scripts lie in rows of the code table.
const ROW: u32 = 128;

/// Another character of the same kind from the same row of the code table.
fn moved(c: char, choose: impl FnOnce(usize, usize) -> usize) -> char {
    if c.is_ascii_alphabetic() {
        // The same as below, without looking for them.
        let alphabet = if c.is_ascii_lowercase() { b"abcdefghijklmnopqrstuvwxyz" } else { b"ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
        let place = alphabet.iter().position(|letter| char::from(*letter) == c).unwrap_or_default();
        return char::from(alphabet[choose(place, alphabet.len())]);
    }
    let kind = |c: char| (c.is_alphabetic(), c.is_lowercase(), c.is_uppercase(), c.is_numeric());
    let first = u32::from(c) / ROW * ROW;
    let alike: Vec<char> = (first..first + ROW).filter_map(char::from_u32).filter(|other| kind(*other) == kind(c)).collect();
    let place = alike.iter().position(|other| *other == c).unwrap_or_default();
    alike.get(choose(place, alike.len())).copied().unwrap_or(c)
}
