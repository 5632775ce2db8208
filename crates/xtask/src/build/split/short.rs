//! Names of as few letters as possible.

use std::collections::BTreeSet;

/// Gives out names: `a`, `b` … `Z`, `aa` …
#[derive(Debug, Default)]
pub(super) struct Short {
    taken: BTreeSet<String>,
    last: usize,
}

impl Short {
    /// Names that are not among the `taken` ones.
    pub(super) fn beside(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect(), last: 0 }
    }

    /// One that was not given out yet.
    pub(super) fn next(&mut self) -> String {
        loop {
            let mut number = self.last;
            self.last += 1;
            let mut name = String::new();
            loop {
                name.insert(0, char::from(LETTERS[number % LETTERS.len()]));
                number /= LETTERS.len();
                if number == 0 {
                    break;
                }
                number -= 1;
            }
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }
}

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice_and_none_that_is_taken() {
        let mut short = Short::beside(["b".to_owned()]);
        let names: BTreeSet<String> = (0..5000).map(|_| short.next()).collect();
        assert_eq!(names.len(), 5000);
        assert!(names.contains("a") && names.contains("aa") && !names.contains("b"));
        assert!(names.iter().all(|name| name.len() <= 3));
    }
}
