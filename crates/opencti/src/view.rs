//! What the agent looks at, and what the agent clicked.

use crate::{Fields, Plain};

/// A click on a phone number: the payload of `onClickToDial`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ClickToDial {
    /// The number exactly as the record stores it, spelling and extension included; may be empty.
    pub number: String,
    /// The record the number belongs to; absent for a component without one.
    pub record_id: Option<String>,
    /// The record's name.
    pub record_name: Option<String>,
    /// The record's object, by API name.
    pub object_type: Option<String>,
    /// The account half of a person account whose contact half was clicked.
    pub account_id: Option<String>,
    /// The contact half of a person account whose account half was clicked.
    pub contact_id: Option<String>,
    /// Whether the record is a person account; absent where the org has none.
    pub person_account: Option<bool>,
    /// The component's own free text.
    pub params: Option<String>,
}

impl ClickToDial {
    /// The payload as it travels.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        Fields::new()
            .with("number", self.number.as_str())
            .with_some("recordId", self.record_id.as_deref())
            .with_some("recordName", self.record_name.as_deref())
            .with_some("objectType", self.object_type.as_deref())
            .with_some("accountId", self.account_id.as_deref())
            .with_some("contactId", self.contact_id.as_deref())
            .with_some("personAccount", self.person_account)
            .with_some("params", self.params.as_deref())
            .into()
    }

    /// Reads the payload; a number that came as a number is accepted. Never fails: a click that cannot be read has an empty number.
    #[must_use]
    pub fn from_plain(payload: &Plain) -> Self {
        let Some(fields) = payload.record() else { return Self::default() };
        let number = match fields.get("number") {
            Some(Plain::Text(text)) => text.clone(),
            Some(Plain::Number(number)) => Plain::Number(*number).printed(),
            _ => String::new(),
        };
        Self {
            number,
            record_id: fields.owned("recordId"),
            record_name: fields.owned("recordName"),
            object_type: fields.owned("objectType"),
            account_id: fields.owned("accountId"),
            contact_id: fields.owned("contactId"),
            person_account: fields.get("personAccount").and_then(Plain::flag),
            params: fields.owned("params"),
        }
    }
}

/// The page in front of the agent: the answer of `getAppViewInfo` and the payload of `onNavigationChange`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AppView {
    /// The page's address; its structure means nothing.
    pub url: String,
    /// The record, on a record page.
    pub record_id: Option<String>,
    /// The record's name.
    pub record_name: Option<String>,
    /// The record's object, by API name.
    pub object_type: Option<String>,
    /// The account half of a person account shown by its contact.
    pub account_id: Option<String>,
    /// The contact half of a person account shown by its account.
    pub contact_id: Option<String>,
    /// Whether the page shows a person account; absent where Salesforce does not say.
    pub person_account: Option<bool>,
}

impl AppView {
    /// Whether a window for a new record is open over the page. No message says so; its address does, in production orgs:
    /// `/lightning/o/Contact/new?backgroundContext=…`. This is the one place that reads an address.
    #[must_use]
    pub fn shows_new_record(&self) -> bool {
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let (last, object, o) = (parts.next(), parts.next(), parts.next());
        last == Some("new") && object.is_some_and(|object| !object.is_empty()) && o == Some("o")
    }

    /// The payload as it travels.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        Fields::new()
            .with("url", self.url.as_str())
            .with_some("recordId", self.record_id.as_deref())
            .with_some("recordName", self.record_name.as_deref())
            .with_some("objectType", self.object_type.as_deref())
            .with_some("accountId", self.account_id.as_deref())
            .with_some("contactId", self.contact_id.as_deref())
            .with_some("personAccount", self.person_account)
            .into()
    }

    /// Reads the payload. Never fails: what cannot be read is absent.
    #[must_use]
    pub fn from_plain(payload: &Plain) -> Self {
        let Some(fields) = payload.record() else { return Self::default() };
        Self {
            url: fields.text("url").unwrap_or_default().into(),
            record_id: fields.owned("recordId"),
            record_name: fields.owned("recordName"),
            object_type: fields.owned("objectType"),
            account_id: fields.owned("accountId"),
            contact_id: fields.owned("contactId"),
            person_account: fields.get("personAccount").and_then(Plain::flag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_came_as_a_number_is_dialled_as_its_digits() {
        let click = ClickToDial::from_plain(&Fields::new().with("number", 4_155_550_100.0).into());
        assert_eq!(click.number, "4155550100");
    }

    #[test]
    fn a_window_for_a_new_record_is_known_by_its_address_alone() {
        let shows = |url: &str| AppView { url: url.into(), ..AppView::default() }.shows_new_record();
        let org = "https://acme.lightning.force.com";
        for path in [
            "/lightning/o/Contact/new?backgroundContext=%2Flightning%2Fpage%2Fhome",
            "/lightning/o/Invoice__c/new",
            "/lightning/o/Case/new/?count=1",
        ] {
            assert!(shows(&[org, path].concat()), "{path}");
        }
        for path in [
            "/lightning/o/Contact/list?filterName=new",
            "/lightning/r/Contact/003xx0000004TmiAAE/view",
            "/lightning/page/home",
            "",
            "/new",
            "/lightning/n/o/new/x",
        ] {
            assert!(!shows(&[org, path].concat()), "{path}");
        }
    }

    #[test]
    fn empty_ids_count_as_absent() {
        let view = AppView::from_plain(&Fields::new().with("url", "/lightning/page/home").with("recordId", "").into());
        assert_eq!((view.url.as_str(), view.record_id), ("/lightning/page/home", None));
    }
}
