//! Showing pages for the softphone, and searching for it.

use hookswitch_opencti::{CallType, CtiError, Fields, Found, Plain, ScreenPop, Search, SearchResult};
use serde_json::{Map, Value};

use super::{Host, dispatch::unexpected};
use crate::{Id, MIN_SEARCH, Org, Pop, Record, View, org::clock};

impl Host {
    /// `screenPop`. Success means that the page was asked for, not that there is such a record.
    pub(super) fn screen_pop(&mut self, org: &Org, now: u64, pop: &ScreenPop) -> Result<(), CtiError> {
        let view = match pop {
            ScreenPop::Record { record_id } => {
                let id = Id::parse(record_id).ok_or_else(|| unexpected("recordId", "An id of 15 or 18 characters", record_id))?;
                View::Record { id }
            }
            ScreenPop::Url { url } if url.starts_with('/') => View::at(url),
            ScreenPop::Url { url } => return Err(unexpected("url", "A relative URL", url)),
            ScreenPop::ObjectHome { scope } => View::ObjectHome { object: known(org, "scope", scope)? },
            ScreenPop::ListView { list_view_id, scope } => {
                View::List { object: known(org, "scope", scope)?, list_view: Some(list_view_id.clone()) }
            }
            ScreenPop::Search { search_string } if search_string.trim().chars().count() >= MIN_SEARCH => {
                View::Search { text: search_string.clone() }
            }
            ScreenPop::Search { search_string } => return Err(too_short("searchString", search_string)),
            ScreenPop::NewRecord { entity_name, default_field_values } => {
                let object = known(org, "entityName", entity_name)?;
                self.new_record(org, &object, Map::from(default_field_values), now);
                return Ok(());
            }
            ScreenPop::Flow { flow_dev_name, arguments } => {
                let flow = org.flow(flow_dev_name).ok_or_else(CtiError::generic)?;
                let declared = arguments.iter().filter(|argument| flow.inputs.contains(&argument.name));
                View::Flow {
                    name: flow.name.clone(),
                    inputs: declared.map(|argument| (argument.name.clone(), Value::from(&argument.value))).collect(),
                }
            }
            // Deferred data is read as one of the others when it arrives; this is a form no host gives out.
            _ => return Err(CtiError::generic()),
        };
        self.open(org, view, now);
        Ok(())
    }

    /// `searchAndScreenPop`: finds by the layout's section, and pops as it says, or returns what would pop.
    ///
    /// Without a layout nothing is found and nothing said, as reported of fresh scratch orgs.
    pub(super) fn search_and_screen_pop(&mut self, org: &Org, now: u64, search: &Search) -> Result<Value, CtiError> {
        let text = search.search_params.trim();
        if !Org::searchable(text) {
            return Err(too_short("searchParams", text));
        }
        let layout = org.layout_seen(&self.page.user, &mut self.layout, now);
        let Some(section) = layout.as_ref().map(|layout| layout.section(search.call_type)) else {
            return Ok(Value::Object(Map::new()));
        };
        // An object without fields in the layout finds nothing.
        let objects: Vec<&str> =
            section.objects.iter().filter(|(_, fields)| !fields.is_empty()).map(|(object, _)| object.as_str()).collect();
        let found = org.search(text, &objects);
        let fields = |record: &Record| {
            let fields = section.objects.iter().find(|(object, _)| *object == record.object).map(|(_, fields)| fields.as_slice());
            entry(org, &self.page.user, record, fields.unwrap_or_default())
        };
        let records: Vec<Found> = found.iter().map(|record| fields(record)).collect();
        // Rules are followed for inbound calls only; a search for another call type finds and does not pop.
        let rule = match found.len() {
            0 => &section.no_match,
            1 => &section.single_match,
            _ => &section.multiple_matches,
        };
        let pops = matches!(search.call_type, Some(CallType::Inbound) | None);
        let pop = popped(org, rule, &found, search).filter(|_| pops);
        let mut result = SearchResult { records, pop: None };
        if let Some(pop) = pop {
            if search.deferred {
                result.pop = Some(Plain::Record(pop.to_fields()));
            } else {
                self.screen_pop(org, now, &pop)?;
            }
        }
        Ok(Value::from(&result.to_plain()))
    }
}

/// What the rule pops for what was found.
fn popped(org: &Org, rule: &Pop, found: &[&Record], search: &Search) -> Option<ScreenPop> {
    match (rule, found) {
        (Pop::DetailPage, [only]) => Some(ScreenPop::Record { record_id: only.id.as_str().into() }),
        (Pop::DetailPage | Pop::Nothing, _) => None,
        (Pop::Flow(flow), _) => {
            // A flow that was deleted since pops nothing.
            org.flow(flow).map(|flow| ScreenPop::Flow { flow_dev_name: flow.name.clone(), arguments: search.flow_arguments.clone() })
        }
        (Pop::NewRecord(object), _) => {
            Some(ScreenPop::NewRecord { entity_name: object.clone(), default_field_values: search.default_field_values.clone() })
        }
        (Pop::SearchPage, _) => Some(ScreenPop::Search { search_string: search.search_params.clone() }),
        (Pop::Visualforce(page), _) => {
            let path = View::Visualforce { page: page.clone(), query: search.query_params.clone().unwrap_or_default() }.path(org);
            Some(ScreenPop::Url { url: path })
        }
    }
}

/// A record as the search gives it: its own facts and the layout's fields.
fn entry(org: &Org, user: &Id, record: &Record, layout: &[String]) -> Found {
    let mut fields = Fields::new();
    let profile = org.profile_of(user);
    // What the agent may not see does not come back, whatever the layout says.
    for name in layout.iter().filter(|name| !profile.is_some_and(|profile| profile.hides(&record.object, name))) {
        if let Some(value) = record.fields.get(name) {
            fields.set(name, Plain::from(value));
        }
    }
    if matches!(record.object.as_str(), "Account" | "Contact") {
        fields.set("IsPersonAccount", record.is_person());
        if let Some(other) = record.other_half() {
            fields.set(if record.object == "Account" { "PersonContactId" } else { "AccountId" }, other.as_str());
        }
    }
    Found {
        id: record.id.as_str().into(),
        object_type: record.object.clone(),
        name: record.name().into(),
        last_modified: Some(clock::stamp(record.modified)),
        fields,
    }
}

fn known(org: &Org, parameter: &str, object: &str) -> Result<String, CtiError> {
    org.object(object).map(|object| object.name.clone()).ok_or_else(|| unexpected(parameter, "An object's API name", object))
}

fn too_short(parameter: &str, text: &str) -> CtiError {
    unexpected(parameter, &format!("A text of at least {MIN_SEARCH} characters"), text)
}
