//! Searching and opening pages: the core says when, the softphone layout says what.

use hookswitch_core::{CallKind, CrmFailure, CrmReport, PopTarget, Private, RecordField, RecordFields, RecordRef, RequestId};
use hookswitch_opencti::{Fields, FlowArgument, Found, Layout, Plain, PopRule, ScreenPop, Search, SearchResult, Section};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::{Port, call_type, found_record};
use crate::read::Reader;

/// What is asked of Salesforce for one call.
pub(super) struct Wanted {
    pub(super) text: Private,
    pub(super) kind: CallKind,
    /// Open the result at once.
    pub(super) pop: bool,
    pub(super) number: Private,
    pub(super) called: Private,
    pub(super) queue: String,
    pub(super) key: String,
}

impl Port {
    pub(super) async fn search(&self, id: RequestId, wanted: Wanted) {
        let search = self.search_for(&wanted);
        let found = self.client.search_and_screen_pop(search).await;
        self.answer(id, &found, |found| self.found(id, wanted.kind, found));
    }

    fn search_for(&self, wanted: &Wanted) -> Search {
        let mut search = Search::new(wanted.text.reveal(), call_type(wanted.kind));
        search.deferred = !wanted.pop;
        if wanted.kind == CallKind::Inbound {
            let layout = self.layout.borrow();
            let number = prefilled(layout.as_ref()).filter(|_| !wanted.number.is_empty());
            search.default_field_values = number.map(|field| Fields::new().with(field, wanted.number.reveal())).unwrap_or_default();
            let facts = facts(wanted);
            search.query_params =
                Some(facts.iter().map(|(name, value)| [name, "=", &escaped(value)].concat()).collect::<Vec<_>>().join("&"));
            let argument = |(name, value): (&str, &str)| FlowArgument { name: name.into(), kind: "String".into(), value: value.into() };
            search.flow_arguments = facts.into_iter().map(argument).collect();
        }
        search
    }

    fn found(&self, id: RequestId, kind: CallKind, found: &SearchResult) -> CrmReport {
        let layout = self.layout.borrow();
        let section = layout.as_ref().map(|layout| section(layout, kind));
        if let Some(pop) = &found.pop {
            self.keep_pop(id, pop.clone());
        }
        CrmReport::Found {
            request: id,
            records: found.records.iter().map(found_record).collect(),
            fields: found.records.iter().filter_map(|found| shown(found, section)).collect(),
            opens: found.pop.is_some(),
        }
    }

    fn keep_pop(&self, id: RequestId, pop: Plain) {
        let mut pops = self.pops.borrow_mut();
        pops.push((id, pop));
        let surplus = pops.len().saturating_sub(MOST_POPS);
        pops.drain(..surplus);
    }

    #[inline(never)]
    pub(super) async fn pop(&self, id: RequestId, target: PopTarget) {
        let Some(page) = self.page(target) else {
            // Nothing that Salesforce could be asked for.
            self.tell(CrmReport::Failed { request: id, failure: CrmFailure::NotSent });
            return;
        };
        let popped = self.client.screen_pop(page).await;
        self.answer(id, &popped, |()| CrmReport::Popped { request: id });
    }

    fn page(&self, target: PopTarget) -> Option<ScreenPop> {
        match target {
            PopTarget::Record { id } => Some(id).filter(|id| !id.trim().is_empty()).map(|record_id| ScreenPop::Record { record_id }),
            PopTarget::Found { search } => {
                let pops = self.pops.borrow();
                pops.iter().find(|(known, _)| *known == search).map(|(_, pop)| ScreenPop::Deferred(pop.clone()))
            }
            // Unknown to this release: the core and the shell are built together, so there is none.
            _ => None,
        }
    }

    /// The open cases of a customer, by the Apex class.
    #[inline(never)]
    pub(super) async fn open_cases(&self, id: RequestId, record: String) {
        let answer = self.apex("openCases", Fields::new().with("recordId", record)).await;
        let report = match &answer {
            Ok(list) => CrmReport::Cases { request: id, cases: cases(list) },
            Err(failure) => CrmReport::Failed { request: id, failure: failure.into() },
        };
        self.tell(report);
    }

    /// Tell what page is in view.
    #[inline(never)]
    pub(super) async fn look(&self) {
        let view = self.client.app_view().await;
        self.heard(&view);
        if let Ok(view) = view {
            self.viewed(view);
        }
    }
}

/// The cases of an answer; one that has no id is left out.
fn cases(list: &JsValue) -> Vec<RecordRef> {
    let Some(list) = list.dyn_ref::<Array>() else { return Vec::new() };
    let case = |entry: JsValue| {
        let entry = Reader::new(&entry, "case").ok()?;
        let text = |name| entry.text_or_empty(name).unwrap_or_default();
        let name = [text("CaseNumber"), text("Subject")].join(" ");
        let partner = Some(text("ContactId")).filter(|id| !id.is_empty());
        Some(RecordRef { id: entry.text("Id").ok()?, object: "Case".to_owned(), name: name.trim().into(), partner })
    };
    list.iter().filter_map(case).collect()
}

const fn section(layout: &Layout, kind: CallKind) -> &Section {
    match kind {
        CallKind::Inbound => &layout.inbound,
        CallKind::Internal => &layout.internal,
        CallKind::Outbound => &layout.outbound,
    }
}

/// What a flow gets as input variables of type Text, and a Visualforce page as parameters, under these names.
fn facts(wanted: &Wanted) -> [(&'static str, &str); 5] {
    [
        ("callerNumber", wanted.number.reveal()),
        ("calledNumber", wanted.called.reveal()),
        ("queue", &wanted.queue),
        ("callType", "Inbound"),
        ("callKey", &wanted.key),
    ]
}

/// The field of a new record that takes the caller's number; none: it is not known yet of what object, or that has none we know of, and Salesforce
/// refuses the whole search for an unknown one.
fn prefilled(layout: Option<&Layout>) -> Option<&str> {
    let layout = layout?;
    let Some(PopRule::Entity(object)) = &layout.inbound.pops.no_match else { return Some("Phone") };
    match object.as_str() {
        "Case" => Some("SuppliedPhone"),
        "Account" | "Contact" | "Lead" => Some("Phone"),
        custom => {
            let shown = layout.inbound.objects.iter().find(|(object, _)| object == custom);
            let is_phone = |name: &str| ["phone", "mobile"].iter().any(|word| name.to_ascii_lowercase().contains(word));
            shown?.1.iter().map(|field| field.api_name.as_str()).find(|name| is_phone(name))
        }
    }
}

/// What the layout shows of a record; none: nothing besides its name.
fn shown(found: &Found, section: Option<&Section>) -> Option<RecordFields> {
    let layout = section.and_then(|section| section.objects.iter().find(|(object, _)| *object == found.object_type));
    let field = |label: &str, value: &Plain| {
        let value = written(value);
        (!value.is_empty()).then(|| RecordField { label: label.to_owned(), value: value.into() })
    };
    let fields: Vec<_> = match layout {
        Some((_, fields)) => fields
            .iter()
            .filter(|known| known.api_name != NAME)
            .filter_map(|known| field(&known.display_name, found.fields.get(&known.api_name)?))
            .collect(),
        None => found.fields.iter().filter(|(name, _)| !OWN.contains(name)).filter_map(|(name, value)| field(name, value)).collect(),
    };
    (!fields.is_empty()).then(|| RecordFields { record: found.id.clone(), fields })
}

/// A value for the agent's eyes; empty for what cannot be written in a line.
fn written(value: &Plain) -> String {
    match value {
        Plain::Flag(flag) => if *flag { "Yes" } else { "No" }.to_owned(),
        // A radix of ten is never refused.
        Plain::Number(number) => js_sys::Number::from(*number).to_string_with_radix(10).map(String::from).unwrap_or_default(),
        Plain::Text(text) => text.clone(),
        // A field of a related record.
        Plain::Record(fields) => fields.text("Name").unwrap_or_default().to_owned(),
        Plain::List(_) | Plain::Null => String::new(),
    }
}

/// Percent-encodes everything but letters, digits and `-_.~`.
fn escaped(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Stands above the fields.
pub(super) const NAME: &str = "Name";
/// What Salesforce adds to accounts and contacts by itself.
const OWN: [&str; 3] = ["AccountId", "IsPersonAccount", "PersonContactId"];
/// Pages that were not opened yet: more than any agent has calls.
const MOST_POPS: usize = 16;
