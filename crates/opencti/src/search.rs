//! What a search found.

use crate::{Fields, Plain};

/// The key that sits among the records of a deferred search and is none of them.
pub const SCREEN_POP_DATA: &str = "SCREEN_POP_DATA";

/// The answer of `searchAndScreenPop`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResult {
    /// The records, without `SCREEN_POP_DATA`.
    pub records: Vec<Found>,
    /// What a deferred search would pop; hand it back with [`ScreenPop::Deferred`](crate::ScreenPop::Deferred).
    pub pop: Option<Plain>,
}

impl SearchResult {
    /// The answer as it travels: an object keyed by record.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        let mut all: Fields = self.records.iter().map(|found| (found.id.clone(), found.to_plain())).collect();
        if let Some(pop) = &self.pop {
            all.set(SCREEN_POP_DATA, pop.clone());
        }
        all.into()
    }

    /// Reads the answer; an entry that is no record is left out.
    #[must_use]
    pub fn from_plain(answer: &Plain) -> Self {
        let Some(all) = answer.record() else { return Self::default() };
        Self {
            records: all.iter().filter(|(id, _)| *id != SCREEN_POP_DATA).filter_map(|(id, entry)| Found::read(id, entry)).collect(),
            pop: all.get(SCREEN_POP_DATA).filter(|data| is_whole(data)).cloned(),
        }
    }
}

/// Whether data to pop names what it is about. A record without an id would show an error page, or whatever was popped last.
fn is_whole(data: &Plain) -> bool {
    let Some(fields) = data.record() else { return false };
    let params = fields.record("params");
    let named = |name| params.and_then(|params| params.text(name)).is_some_and(|text| !text.trim().is_empty());
    match fields.text("type") {
        Some("sobject") => named("recordId"),
        Some("newRecord") => named("entityName"),
        Some("flow") => named("flowDevName"),
        Some("url") => named("url"),
        Some("search") => named("searchString"),
        // A type no guide names goes back as it came.
        Some(_) => true,
        None => false,
    }
}

/// A record that a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The record.
    pub id: String,
    /// The record's object by API name; Salesforce calls it `RecordType`, which it is not.
    pub object_type: String,
    /// The record's name.
    pub name: String,
    /// When it last changed, as Salesforce writes it.
    pub last_modified: Option<String>,
    /// Every other key: the layout's fields, `IsPersonAccount`, `AccountId`, `PersonContactId`.
    pub fields: Fields,
}

impl Found {
    fn to_plain(&self) -> Plain {
        let mut all = Fields::new()
            .with("Id", self.id.as_str())
            .with("RecordType", self.object_type.as_str())
            .with_some("LastModifiedDate", self.last_modified.as_deref())
            .with("Name", self.name.as_str());
        for (name, value) in self.fields.iter() {
            all.set(name, value.clone());
        }
        all.into()
    }

    fn read(key: &str, entry: &Plain) -> Option<Self> {
        let all = entry.record()?;
        let known = ["Id", "RecordType", "LastModifiedDate", "Name"];
        Some(Self {
            id: all.owned("Id").unwrap_or_else(|| key.into()),
            object_type: all.text("RecordType").unwrap_or_default().into(),
            name: all.text("Name").unwrap_or_default().into(),
            last_modified: all.owned("LastModifiedDate"),
            fields: all.iter().filter(|(name, _)| !known.contains(name)).map(|(name, value)| (name.into(), value.clone())).collect(),
        })
    }

    /// Whether this is one half of a person account.
    #[must_use]
    pub fn is_person_account(&self) -> bool {
        // Only person accounts and their contacts carry the other half's id.
        self.fields.get("IsPersonAccount").and_then(Plain::flag).unwrap_or_default()
    }
}

/// The record that a `saveLog` wrote, from its answer: production orgs return an object with `recordId`, the guide describes a bare id.
#[must_use]
pub fn saved_record_id(answer: &Plain) -> Option<String> {
    let named = answer.record().and_then(|fields| fields.text("recordId"));
    named.or_else(|| answer.text()).filter(|id| !id.is_empty()).map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_record_is_found_in_either_form_of_the_answer() {
        let object = Fields::new().with("recordId", "00Txx0000012345EAA").into();
        let read = [object, Plain::from("00Txx0000012345EAA"), Plain::Null, Plain::from(""), Fields::new().into()]
            .map(|answer| saved_record_id(&answer));
        let id = Some("00Txx0000012345EAA".to_owned());
        assert_eq!(read, [id.clone(), id, None, None, None]);
    }

    #[test]
    fn pop_data_without_an_id_is_nothing_to_pop() {
        let data = |params: Fields| {
            SearchResult::from_plain(
                &Fields::new().with(SCREEN_POP_DATA, Fields::new().with("type", "sobject").with("params", params)).into(),
            )
        };
        for params in [
            Fields::new(),
            Fields::new().with("recordId", ""),
            Fields::new().with("recordId", " "),
            Fields::new().with("recordId", Plain::Null),
        ] {
            assert_eq!(data(params).pop, None);
        }
        assert!(data(Fields::new().with("recordId", "003xx0000004TmiAAE")).pop.is_some());
    }

    #[test]
    fn the_pop_data_of_a_deferred_search_is_not_counted_as_a_record() {
        let pop = Fields::new().with("type", "search").with("params", Fields::new().with("searchString", "4155550100"));
        let result = SearchResult::from_plain(&Fields::new().with(SCREEN_POP_DATA, pop.clone()).into());
        assert_eq!((result.records.len(), result.pop), (0, Some(pop.into())));
    }
}
