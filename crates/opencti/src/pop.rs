//! What the softphone asks Salesforce to show or to find.

use crate::{CtiError, Fields, Plain};

/// The call type that selects a section of the layout.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallType {
    /// A call that comes in.
    Inbound,
    /// A call between colleagues.
    Internal,
    /// A call that goes out.
    Outbound,
}

impl CallType {
    /// The literal of `CALL_TYPE`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Internal => "internal",
            Self::Outbound => "outbound",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Inbound, Self::Internal, Self::Outbound].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The argument of `screenPop`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScreenPop {
    /// A record page.
    Record {
        /// The record.
        record_id: String,
    },
    /// A page by its relative address.
    Url {
        /// The address.
        url: String,
    },
    /// An object's home page.
    ObjectHome {
        /// The object's API name.
        scope: String,
    },
    /// A list view.
    ListView {
        /// The list view.
        list_view_id: String,
        /// The object's API name.
        scope: String,
    },
    /// The search page.
    Search {
        /// What to search; at least three characters.
        search_string: String,
    },
    /// The window for a new record.
    NewRecord {
        /// The object's API name.
        entity_name: String,
        /// Values already filled in.
        default_field_values: Fields,
    },
    /// A screen flow.
    Flow {
        /// The flow's API name.
        flow_dev_name: String,
        /// Its input variables.
        arguments: Vec<FlowArgument>,
    },
    /// The `SCREEN_POP_DATA` of a deferred search, handed back exactly as it came.
    Deferred(Plain),
}

impl ScreenPop {
    /// The arguments as they travel: `type` and `params`.
    #[must_use]
    pub fn to_fields(&self) -> Fields {
        let (kind, params) = match self {
            Self::Record { record_id } => ("sobject", Fields::new().with("recordId", record_id.as_str())),
            Self::Url { url } => ("url", Fields::new().with("url", url.as_str())),
            Self::ObjectHome { scope } => ("objecthome", Fields::new().with("scope", scope.as_str())),
            Self::ListView { list_view_id, scope } => {
                ("list", Fields::new().with("listViewId", list_view_id.as_str()).with("scope", scope.as_str()))
            }
            Self::Search { search_string } => ("search", Fields::new().with("searchString", search_string.as_str())),
            Self::NewRecord { entity_name, default_field_values } => {
                let values = (!default_field_values.is_empty()).then(|| default_field_values.clone());
                ("newRecord", Fields::new().with("entityName", entity_name.as_str()).with_some("defaultFieldValues", values))
            }
            Self::Flow { flow_dev_name, arguments } => (
                "flow",
                Fields::new()
                    .with("flowDevName", flow_dev_name.as_str())
                    .with_some("flowArgs", (!arguments.is_empty()).then(|| FlowArgument::list(arguments))),
            ),
            Self::Deferred(data) => return data.record().cloned().unwrap_or_default(),
        };
        Fields::new().with("type", kind).with("params", params)
    }

    /// Reads the arguments, as the host does.
    ///
    /// # Errors
    ///
    /// `INVALID_PARAM` if the type is not one of `SCREENPOP_TYPE` or a parameter it needs is missing.
    pub fn from_fields(arguments: &Fields) -> Result<Self, CtiError> {
        let none = Fields::new();
        let params = arguments.record("params").unwrap_or(&none);
        let text = |name| required(params, name);
        Ok(match required(arguments, "type")?.as_str() {
            "sobject" => Self::Record { record_id: text("recordId")? },
            "url" => Self::Url { url: text("url")? },
            "objecthome" => Self::ObjectHome { scope: text("scope")? },
            "list" => Self::ListView { list_view_id: text("listViewId")?, scope: text("scope")? },
            "search" => Self::Search { search_string: text("searchString")? },
            "newRecord" => Self::NewRecord {
                entity_name: text("entityName")?,
                default_field_values: params.record("defaultFieldValues").cloned().unwrap_or_default(),
            },
            "flow" => Self::Flow { flow_dev_name: text("flowDevName")?, arguments: FlowArgument::read(params.get("flowArgs")) },
            _ => return Err(CtiError::invalid_param("type", "SCREENPOP_TYPE", arguments.get("type"))),
        })
    }
}

/// The text of that name, or the error the host answers.
pub(crate) fn required(fields: &Fields, name: &str) -> Result<String, CtiError> {
    fields.text(name).map(Into::into).ok_or_else(|| CtiError::invalid_param(name, "string", fields.get(name)))
}

/// An input variable of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowArgument {
    /// The variable's name.
    pub name: String,
    /// The variable's type as the flow declares it, such as `String`.
    pub kind: String,
    /// Its value.
    pub value: Plain,
}

impl FlowArgument {
    fn list(arguments: &[Self]) -> Plain {
        let argument = |argument: &Self| {
            Fields::new()
                .with("name", argument.name.as_str())
                .with("type", argument.kind.as_str())
                .with("value", argument.value.clone())
                .into()
        };
        Plain::List(arguments.iter().map(argument).collect())
    }

    /// Reads the variables; an entry without a name is ignored, as Salesforce ignores undeclared ones.
    fn read(list: Option<&Plain>) -> Vec<Self> {
        let entries = list.and_then(Plain::list).unwrap_or_default().iter().filter_map(Plain::record);
        entries
            .filter_map(|entry| {
                Some(Self {
                    name: entry.owned("name")?,
                    kind: entry.text("type").unwrap_or_default().into(),
                    value: entry.get("value").cloned().unwrap_or(Plain::Null),
                })
            })
            .collect()
    }
}

/// The argument of `searchAndScreenPop`.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What to search; at least three characters.
    pub search_params: String,
    /// Which section of the layout applies.
    pub call_type: Option<CallType>,
    /// The query string for a Visualforce page, if the layout pops one.
    pub query_params: Option<String>,
    /// The input variables for a flow, if the layout pops one.
    pub flow_arguments: Vec<FlowArgument>,
    /// Values already filled in, if the layout pops a new record.
    pub default_field_values: Fields,
    /// True: pop nothing, and return what would pop.
    pub deferred: bool,
}

impl Search {
    /// A search that pops what the layout says.
    #[must_use]
    pub fn new(search_params: &str, call_type: CallType) -> Self {
        Self {
            search_params: search_params.into(),
            call_type: Some(call_type),
            query_params: None,
            flow_arguments: Vec::new(),
            default_field_values: Fields::new(),
            deferred: false,
        }
    }

    /// The arguments as they travel.
    #[must_use]
    pub fn to_fields(&self) -> Fields {
        let flow = (!self.flow_arguments.is_empty())
            .then(|| Fields::new().with("FLOW", Fields::new().with("flowArgs", FlowArgument::list(&self.flow_arguments))));
        let values = (!self.default_field_values.is_empty()).then(|| self.default_field_values.clone());
        Fields::new()
            .with("searchParams", self.search_params.as_str())
            .with_some("callType", self.call_type.map(CallType::as_str))
            .with_some("queryParams", self.query_params.as_deref())
            .with_some("params", flow)
            .with_some("defaultFieldValues", values)
            .with_some("deferred", self.deferred.then_some(true))
    }

    /// Reads the arguments, as the host does. Query parameters given as an object become escaped pairs.
    ///
    /// # Errors
    ///
    /// `INVALID_PARAM` if there is no text to search, or a call type that is none of `CALL_TYPE`.
    pub fn from_fields(arguments: &Fields) -> Result<Self, CtiError> {
        let call_type = match arguments.get("callType") {
            None | Some(Plain::Null) => None,
            found => {
                let kind = found.and_then(Plain::text).and_then(CallType::named);
                Some(kind.ok_or_else(|| CtiError::invalid_param("callType", "CALL_TYPE", found))?)
            }
        };
        let query_params = match arguments.get("queryParams") {
            Some(Plain::Text(text)) => Some(text.clone()),
            Some(Plain::Record(pairs)) => Some(escaped_pairs(pairs)),
            _ => None,
        };
        let flow = arguments.record("params").and_then(|params| params.record("FLOW")).and_then(|flow| flow.get("flowArgs"));
        Ok(Self {
            search_params: required(arguments, "searchParams")?,
            call_type,
            query_params,
            flow_arguments: FlowArgument::read(flow),
            default_field_values: arguments.record("defaultFieldValues").cloned().unwrap_or_default(),
            deferred: arguments.get("deferred").and_then(Plain::flag).unwrap_or_default(),
        })
    }
}

/// `a=1&b=2`, each side percent-encoded.
pub(crate) fn escaped_pairs(pairs: &Fields) -> String {
    let mut all = String::new();
    for (name, value) in pairs.iter() {
        if !all.is_empty() {
            all.push('&');
        }
        escape(name, &mut all);
        all.push('=');
        escape(&value.printed(), &mut all);
    }
    all
}

/// Percent-encodes everything but letters, digits and `-_.~`.
fn escape(text: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(byte.into());
        } else {
            into.extend(['%', HEX[usize::from(byte >> 4)].into(), HEX[usize::from(byte & 15)].into()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_parameters_given_as_an_object_become_escaped_pairs() {
        let query = Fields::new().with("name", "Ada & Co").with("n", 1.0);
        let search = Search::from_fields(&Fields::new().with("searchParams", "4155550100").with("queryParams", query));
        assert_eq!(search.map(|search| search.query_params), Ok(Some("name=Ada%20%26%20Co&n=1".into())));
    }

    #[test]
    fn a_pop_without_its_parameter_is_refused_by_name() {
        let refused = ScreenPop::from_fields(&Fields::new().with("type", "sobject").with("params", Fields::new()));
        assert_eq!(refused, Err(CtiError::invalid_param("recordId", "string", None)));
    }

    #[test]
    fn deferred_data_goes_back_exactly_as_it_came() {
        let data = Fields::new().with("type", "somethingNew").with("params", Fields::new().with("x", Plain::Null));
        assert_eq!(ScreenPop::Deferred(data.clone().into()).to_fields(), data);
    }
}
