//! Plain data: what may cross to Salesforce, whichever way it travels.

/// A value made of text, numbers, flags, lists and records: the part of JSON that Open CTI carries.
///
/// There is one codec per payload, to and from this type; `serde_json` on the host's side and JavaScript objects on the client's
/// side are each one conversion away. That costs the shipped module far less than reading objects with serde.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// Nothing, said out loud.
    Null,
    /// True or false.
    Flag(bool),
    /// A number; JavaScript has one kind.
    Number(f64),
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Self>),
    /// Named values.
    Record(Fields),
}

impl Plain {
    /// The text, if this is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The flag, if this is one.
    #[must_use]
    pub const fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// The number, if this is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The values, if this is a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// The named values, if this is a record.
    #[must_use]
    pub const fn record(&self) -> Option<&Fields> {
        if let Self::Record(fields) = self { Some(fields) } else { None }
    }

    /// How JavaScript would print the value, for an error's wording.
    pub(crate) fn printed(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Flag(flag) => if *flag { "true" } else { "false" }.into(),
            Self::Number(number) => whole(*number).map_or_else(|| "NaN".into(), |whole| whole.to_string()),
            Self::Text(text) => text.clone(),
            Self::List(_) => "list".into(),
            Self::Record(_) => "[object Object]".into(),
        }
    }
}

/// The number as an integer, if it is one that a double holds exactly.
pub(crate) fn whole(number: f64) -> Option<i64> {
    // The comparison below finds every loss; within 2^53 nothing is lost, and more is refused.
    let whole = number as i64;
    let same = whole as f64 == number && whole.unsigned_abs() <= 1 << 53;
    same.then_some(whole)
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Plain {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Plain {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Plain {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Plain {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Fields> for Plain {
    fn from(fields: Fields) -> Self {
        Self::Record(fields)
    }
}

impl From<Vec<Self>> for Plain {
    fn from(list: Vec<Self>) -> Self {
        Self::List(list)
    }
}

/// Named values, in the order they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(String, Plain)>);

impl Fields {
    /// No fields yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a field, or replaces the one of that name; returns the fields, so that calls can be chained.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Plain>) -> Self {
        self.set(name, value);
        self
    }

    /// Adds a field if there is a value, and leaves the name out otherwise.
    #[must_use]
    pub fn with_some<V: Into<Plain>>(self, name: &str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a field, or replaces the one of that name.
    pub fn set(&mut self, name: &str, value: impl Into<Plain>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// The value of that name; names are case-sensitive, as Salesforce's are.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Plain> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The text of that name; none if it is missing or something else.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Plain::text)
    }

    /// The record of that name; none if it is missing or something else.
    #[must_use]
    pub fn record(&self, name: &str) -> Option<&Self> {
        self.get(name).and_then(Plain::record)
    }

    /// The text of that name as an owned value, with empty text counted as none.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty()).map(Into::into)
    }

    /// The names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Plain)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many fields there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Plain)> for Fields {
    fn from_iter<T: IntoIterator<Item = (String, Plain)>>(fields: T) -> Self {
        let mut all = Self::new();
        for (name, value) in fields {
            all.set(&name, value);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_set_twice_is_there_once_with_the_later_value() {
        let fields = Fields::new().with("Subject", "first").with("Subject", "second");
        assert_eq!((fields.len(), fields.text("Subject")), (1, Some("second")));
    }

    #[test]
    fn names_are_case_sensitive() {
        assert_eq!(Fields::new().with("heightPX", 480.0).get("heightPx"), None);
    }

    #[test]
    fn only_a_number_a_double_holds_exactly_counts_as_whole() {
        assert_eq!([whole(73.0), whole(-1.0), whole(0.5), whole(f64::NAN), whole(1e300)], [Some(73), Some(-1), None, None, None]);
    }
}
