//! The parameters of a method, as Open CTI sends them: one text.

use std::collections::BTreeMap;

/// Parameters by name.
pub(super) struct Parameters(pub(super) BTreeMap<String, String>);

impl Parameters {
    /// Reads `a=1&b=2`, percent-encoded or with plain blanks.
    pub(super) fn read(text: &str) -> Self {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        Self(text.split('&').filter(|part| !part.is_empty()).map(pair).collect())
    }

    /// A parameter; empty if it was not sent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A whole number from 0, and 0 for everything else.
    pub(super) fn whole(&self, name: &str) -> usize {
        let text = self.text(name);
        let digits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().unwrap_or_default() } else { 0 }
    }
}

/// Undoes percent-encoding; what is no encoding stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_odd_percent_signs_kept() {
        let read = Parameters::read("name=Ada%20%26%20Co&raw=(415) 555&odd=100%&empty=").0;
        let read: Vec<_> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(read, [("empty", ""), ("name", "Ada & Co"), ("odd", "100%"), ("raw", "(415) 555")]);
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        let pages = |text| Parameters::read(text).whole("page");
        assert_eq!(["page=3", "page=-1", "page=x", "page=", "", "page=9999999"].map(pages), [3, 0, 0, 0, 0, 0]);
    }
}
