//! The flat map of settings, as `getCallCenterSettings` returns it.

use std::collections::BTreeMap;

/// Flat settings: `/section/item` to value, all of them text.
///
/// Three sources give one: Salesforce, the last good copy, an embedder. A key that is absent, empty, or holds a lone hyphen means
/// "not set": whether an org leaves empty values out is not documented, and a deploy may want something in each of them.
///
/// ```
/// use hookswitch_definition::Flat;
///
/// let flat: Flat = [("/hookswitchSip/realm", "example.com"), ("/hookswitchSip/parkCode", "-")].into_iter().collect();
/// assert_eq!(flat.value("hookswitchSip", "realm"), Some("example.com"));
/// assert_eq!(flat.value("hookswitchSip", "parkCode"), None);
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Flat {
    entries: BTreeMap<String, String>,
}

impl Flat {
    /// Add or replace an entry; the key is written as Salesforce does, `/section/item`.
    pub fn insert(&mut self, key: &str, value: &str) {
        self.entries.insert(key.into(), value.into());
    }

    /// Add or replace the value of an item.
    pub fn set(&mut self, section: &str, item: &str, value: &str) {
        self.entries.insert(format!("/{section}/{item}"), value.into());
    }

    pub(crate) fn attributes(&mut self, at: &str, label: Option<&str>, sort_order: Option<u32>) {
        if let Some(label) = label {
            self.insert(&format!("{at}/label"), label);
        }
        if let Some(order) = sort_order {
            self.insert(&format!("{at}/sortOrder"), &format!("{order}.0"));
        }
    }

    /// The same map as an org gives it that leaves empty values out.
    #[must_use]
    pub fn without_empty(mut self) -> Self {
        self.entries.retain(|_, value| !value.is_empty());
        self
    }

    /// An entry as it stands.
    pub fn entry(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    /// The value of an item without the blanks around it; none when it is not set.
    pub fn value(&self, section: &str, item: &str) -> Option<&str> {
        self.entry(&format!("/{section}/{item}")).map(str::trim).filter(|value| !matches!(*value, "" | "-"))
    }

    /// Item and value of everything set in a section: what a provider is given as its part of the settings.
    pub fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.entries
            .keys()
            .filter_map(move |key| key.strip_prefix('/')?.strip_prefix(section)?.strip_prefix('/'))
            .filter(|item| !item.contains('/') && !matches!(*item, "label" | "sortOrder"))
            .filter_map(move |item| Some((item, self.value(section, item)?)))
    }

    /// All entries, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Flat {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self { entries: entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_gives_its_values_without_their_attributes() {
        let flat: Flat = [("/a/x", "1"), ("/a/x/label", "X"), ("/a/label", "A"), ("/a/y", " "), ("/ab/z", "2"), ("/a/sortOrder", "0.0")]
            .into_iter()
            .collect();
        assert_eq!(flat.section("a").collect::<Vec<_>>(), [("x", "1")]);
    }

    #[test]
    fn absent_empty_and_hyphen_all_mean_not_set() {
        let flat: Flat = [("/a/empty", ""), ("/a/blank", "  "), ("/a/hyphen", "-"), ("/a/set", " v ")].into_iter().collect();
        assert_eq!(["absent", "empty", "blank", "hyphen", "set"].map(|item| flat.value("a", item)), [None, None, None, None, Some("v")]);
    }
}
