//! What a page shows, and its address.

use hookswitch_opencti::AppView;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Id, Org};

/// What a page or a tab shows.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "view", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum View {
    /// A running flow.
    Flow {
        /// Its API name.
        name: String,
        /// The input variables it was given and declares.
        inputs: Map<String, Value>,
    },
    /// The home page.
    Home,
    /// A list of an object's records.
    List {
        /// The object's API name.
        object: String,
        /// The list view; none: the recently viewed.
        list_view: Option<String>,
    },
    /// An object's home page.
    ObjectHome {
        /// The object's API name.
        object: String,
    },
    /// A record. That there is such a record is not certain.
    Record {
        /// Its id.
        id: Id,
    },
    /// The search page.
    Search {
        /// What was searched.
        text: String,
    },
    /// A page of Setup, by the last part of its address.
    Setup {
        /// Such as `CallCenters`.
        page: String,
    },
    /// Any other address of the org.
    Url {
        /// The address, from the slash on.
        path: String,
    },
    /// A Visualforce page.
    Visualforce {
        /// Its name.
        page: String,
        /// What follows the question mark.
        query: String,
    },
}

impl View {
    /// The view at a relative address; what is not recognised is [`View::Url`].
    #[must_use]
    pub fn at(path: &str) -> Self {
        let (bare, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = bare.trim_matches('/').split('/').collect();
        match parts.as_slice() {
            ["lightning", "page", "home"] => Self::Home,
            ["lightning", "r", _, id, "view"] | [id] | ["lightning", "r", id, "view"] if Id::parse(id).is_some() => {
                // The guard has parsed it.
                Id::parse(id).map_or(Self::Home, |id| Self::Record { id })
            }
            ["lightning", "o", object, "list"] => {
                let list_view = query.split('&').find_map(|pair| pair.strip_prefix("filterName=")).map(Into::into);
                Self::List { object: (*object).into(), list_view }
            }
            ["lightning", "o", object, "home"] => Self::ObjectHome { object: (*object).into() },
            ["lightning", "setup", page, "home"] => Self::Setup { page: (*page).into() },
            ["flow", name] => Self::Flow { name: (*name).into(), inputs: Map::new() },
            ["apex", page] => Self::Visualforce { page: (*page).into(), query: query.into() },
            _ => Self::Url { path: path.into() },
        }
    }

    /// The relative address.
    #[must_use]
    pub fn path(&self, org: &Org) -> String {
        match self {
            Self::Flow { name, .. } => format!("/flow/{name}"),
            Self::Home => "/lightning/page/home".into(),
            Self::List { object, list_view } => {
                format!("/lightning/o/{object}/list?filterName={}", list_view.as_deref().unwrap_or("Recent"))
            }
            Self::ObjectHome { object } => format!("/lightning/o/{object}/home"),
            Self::Record { id } => {
                let object = org.record(id).map_or("Unknown", |record| &record.object);
                format!("/lightning/r/{object}/{id}/view")
            }
            Self::Search { text } => format!("/lightning/search?term={}", encoded(text)),
            Self::Setup { page } => format!("/lightning/setup/{page}/home"),
            Self::Url { path } => path.clone(),
            Self::Visualforce { page, query } if query.is_empty() => format!("/apex/{page}"),
            Self::Visualforce { page, query } => format!("/apex/{page}?{query}"),
        }
    }

    /// Whether a console shows it in place of tabs rather than as one.
    #[must_use]
    pub const fn is_navigation_item(&self) -> bool {
        matches!(self, Self::Home | Self::List { .. } | Self::ObjectHome { .. } | Self::Setup { .. })
    }

    /// What Open CTI is told of the view at this address.
    #[must_use]
    pub(crate) fn on_wire(&self, org: &Org, url: String) -> AppView {
        let Self::Record { id } = self else { return AppView { url, ..AppView::default() } };
        let Some(record) = org.record(id) else { return AppView { url, record_id: Some(id.as_str().into()), ..AppView::default() } };
        let other = record.other_half().map(Into::into);
        let is_account = record.object == "Account";
        AppView {
            url,
            record_id: Some(id.as_str().into()),
            record_name: Some(record.name().into()),
            object_type: Some(record.object.clone()),
            account_id: if is_account { None } else { other.clone() },
            contact_id: if is_account { other } else { None },
            // True on a person account, absent on a business account, false on other records.
            person_account: match (record.is_person(), is_account) {
                (true, _) => Some(true),
                (false, true) => None,
                (false, false) => org.person_accounts().then_some(false),
            },
        }
    }
}

/// Percent-encodes everything but letters, digits and `-_.~`.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

/// The window for a new record, over whatever the page shows.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRecord {
    /// The object's API name.
    pub object: String,
    /// Values already filled in.
    pub defaults: Map<String, Value>,
}

impl NewRecord {
    /// The relative address while it is open over `behind`.
    #[must_use]
    pub fn path(&self, behind: &str) -> String {
        format!("/lightning/o/{}/new?backgroundContext={}", self.object, encoded(behind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_view() {
        let org = Org::sample();
        let ada = View::Record { id: org.named("Contact", "Ada Byron").expect("in the sample").id.clone() };
        let list = View::List { object: "Case".into(), list_view: Some("00Bxx0000000001".into()) };
        let caller = View::Visualforce { page: "Caller".into(), query: "ani=1".into() };
        for view in [ada, list, caller, View::Home, View::Setup { page: "CallCenters".into() }, View::Url { path: "/reports/1/x".into() }] {
            assert_eq!(View::at(&view.path(&org)), view);
        }
    }

    #[test]
    fn an_id_alone_is_the_address_of_its_record() {
        let id = Id::parse("003xx0000004TmiAAE").expect("an id");
        assert_eq!(View::at("/003xx0000004Tmi"), View::Record { id });
    }
}
