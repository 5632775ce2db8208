//! The Open CTI port of a house without a browser: the core's wishes as wire messages, the host's answers as reports.
//!
//! It plays the part of Salesforce's client script and of the shell together, so it speaks the wire protocol and nothing else.

use std::collections::BTreeMap;

use hookswitch_core::{
    CallKind, CrmCommand, CrmFailure, CrmReport, LogFields, LogKey, LogValue, MayCall, PopTarget, RecordField, RecordFields, RecordRef,
    RequestId,
};
use hookswitch_opencti::{
    AppView, CallType, ClickToDial, CompleteWork, Fields, FlowArgument, Method, Passing, Plain, ScreenPop, Search, SearchResult, WorkStart,
    logged_already, passing, saved_record_id,
    wire::{Answer, Request},
};
use serde_json::Value;

/// How long the port waits for an answer, milliseconds.
const PATIENCE_MS: u64 = 10_000;

/// The port: what it asked and was not yet told.
#[derive(Debug, Default)]
pub(crate) struct Port {
    next: u64,
    asked: BTreeMap<u64, Asked>,
    /// The settings' class; none: there is no Apex.
    pub(crate) apex_class: Option<String>,
    pops: BTreeMap<RequestId, Plain>,
}

/// The channel of the project that is deployed.
pub(crate) const CHANNEL: &str = "HookswitchCalls__c";

#[derive(Clone, Copy, Debug)]
struct Asked {
    request: RequestId,
    kind: Kind,
    until: u64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Cases,
    Find,
    /// Records that may hold the wish not to be called.
    Flag,
    Look,
    Pop,
    Save,
    Search,
    Silent,
    /// The Apex class's word about that wish.
    Wish,
    /// A step of a cadence that is done.
    Work,
}

impl Port {
    /// The messages of a page that has just loaded.
    pub(crate) fn hello(&mut self, now: u64) -> Vec<Value> {
        [
            Method::NotifyInitializationComplete,
            Method::OnClickToDial,
            Method::OnNavigationChange,
            Method::OnWorkStart,
            Method::Subscribe { channel: CHANNEL.into() },
        ]
        .map(|method| self.message(now, RequestId(0), Kind::Silent, method))
        .into()
    }

    /// The messages that carry out `command`.
    pub(crate) fn ask(&mut self, now: u64, id: RequestId, command: CrmCommand) -> Vec<Value> {
        let (kind, methods) = match command {
            CrmCommand::EnableDialing { on: true } => (Kind::Silent, vec![Method::EnableClickToDial]),
            CrmCommand::EnableDialing { on: false } => (Kind::Silent, vec![Method::DisableClickToDial]),
            CrmCommand::Label { text, icon } => {
                (Kind::Silent, vec![Method::SetSoftphoneItemLabel { label: text }, Method::SetSoftphoneItemIcon { key: icon }])
            }
            CrmCommand::AnswerAsked { asked, refusal } => {
                let answer = match &refusal {
                    None => Fields::new().with("kind", "accepted"),
                    Some(refusal) => Fields::new().with("kind", "refused").with("code", refusal.code()).with("reason", refusal.to_string()),
                };
                let message = Some(answer.with("requestId", asked).into());
                (Kind::Silent, vec![Method::Publish { channel: CHANNEL.into(), message }])
            }
            CrmCommand::AskMayCall { number, spellings, field } => match &self.apex_class {
                Some(class) => {
                    let pairs = [("dialed", number.reveal()), ("spellings", spellings.reveal()), ("field", &field)];
                    let pairs = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).join("&");
                    let method_params = Some(pairs);
                    (Kind::Wish, vec![Method::RunApex { apex_class: class.clone(), method_name: "doNotCall".into(), method_params }])
                }
                None => {
                    let mut search = Search::new(spellings.reveal(), CallType::Outbound);
                    search.deferred = true;
                    (Kind::Flag, vec![Method::SearchAndScreenPop(search)])
                }
            },
            CrmCommand::CompleteWork { work, task, disposition, connected } => {
                let done = CompleteWork { work_id: work, disposition: Some(disposition), task_id: Some(task), was_connected: connected };
                (Kind::Work, vec![Method::CompleteWork(done)])
            }
            CrmCommand::OpenCases { record } => {
                let class = self.apex_class.clone().expect("asked only where there is a class");
                let method_params = Some(format!("recordId={}", escaped(&record)));
                (Kind::Cases, vec![Method::RunApex { apex_class: class, method_name: "openCases".into(), method_params }])
            }
            CrmCommand::Look => (Kind::Look, vec![Method::GetAppViewInfo]),
            CrmCommand::Pop { target: PopTarget::Record { id } } => {
                (Kind::Pop, vec![Method::ScreenPop(ScreenPop::Record { record_id: id })])
            }
            CrmCommand::Pop { target: PopTarget::Found { search } } => {
                let pop = self.pops.get(&search).expect("the search said what it would open").clone();
                (Kind::Pop, vec![Method::ScreenPop(ScreenPop::Deferred(pop))])
            }
            CrmCommand::Refresh => (Kind::Silent, vec![Method::RefreshView]),
            CrmCommand::SaveLog { key, record, fields, before } => {
                (Kind::Save, vec![Method::SaveLog { object: changes(key, record.as_deref(), &fields, before.as_deref()) }])
            }
            CrmCommand::FindLog { key, since } => (Kind::Find, vec![find(key, &since)]),
            CrmCommand::Search { text, kind, pop, number, .. } => {
                let mut search = Search::new(text.reveal(), call_type(kind));
                search.deferred = !pop;
                search.default_field_values = Fields::new().with("Phone", number.reveal());
                let caller = FlowArgument { name: "callerNumber".into(), kind: "String".into(), value: number.reveal().into() };
                (search.query_params, search.flow_arguments) = (Some("callerNumber=x".into()), vec![caller]);
                (Kind::Search, vec![Method::SearchAndScreenPop(search)])
            }
            CrmCommand::ShowPanel => (Kind::Silent, vec![Method::SetSoftphonePanelVisibility { visible: true }]),
            other => panic!("the house does not know {other:?}"),
        };
        methods.into_iter().map(|method| self.message(now, id, kind, method)).collect()
    }

    /// What a message of the host tells the core.
    pub(crate) fn hear(&mut self, message: &Value) -> Vec<CrmReport> {
        match Answer::from_value(message).expect("the host speaks Open CTI") {
            Answer::Event(event) if event.method_name == "onClickToDial" => {
                let click = ClickToDial::from_plain(&Plain::from(&event.payload));
                let record = click.record_id.map(|id| RecordRef {
                    id,
                    object: click.object_type.unwrap_or_default(),
                    name: click.record_name.unwrap_or_default().into(),
                    partner: click.contact_id.or(click.account_id),
                });
                vec![CrmReport::ClickToDial { number: click.number.into(), record }]
            }
            Answer::Event(event) if event.method_name == "onWorkStart" => {
                let work = WorkStart::from_plain(&Plain::from(&event.payload));
                vec![CrmReport::WorkStarted { work: work.work_id, to: work.to.into() }]
            }
            Answer::Event(event) if event.method_name == "subscribe" => {
                let message = &event.payload;
                let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
                let record = RecordRef { id: text("recordId"), object: text("objectType"), name: text("recordName").into(), partner: None };
                let call = CrmReport::CallAsked { asked: text("requestId"), number: text("number").into(), record: Some(record) };
                (text("kind") == "call").then_some(call).into_iter().collect()
            }
            Answer::Event(event) if event.method_name == "onNavigationChange" => viewed(&Plain::from(&event.payload)),
            Answer::Event(_) => Vec::new(),
            Answer::Reply(reply) => {
                let Some(Asked { request, kind, .. }) = self.asked.remove(&reply.call_id).filter(|asked| asked.kind != Kind::Silent) else {
                    return Vec::new();
                };
                vec![match reply.outcome {
                    Ok(value) if kind == Kind::Look => return viewed(&Plain::from(&value)),
                    Ok(value) if kind == Kind::Search => self.found(request, &Plain::from(&value)),
                    Ok(value) => done(request, kind, &Plain::from(&value)),
                    Err(errors) if kind == Kind::Save && logged_already(&errors).is_some() => {
                        CrmReport::LogFound { request, record: logged_already(&errors) }
                    }
                    Err(errors) if matches!(kind, Kind::Find | Kind::Save) && passing(&errors).is_some() => {
                        let nothing_done = passing(&errors) == Some(Passing::NothingDone);
                        CrmReport::Failed { request, failure: if nothing_done { CrmFailure::NotSent } else { CrmFailure::NoReply } }
                    }
                    Err(errors) => {
                        let error = errors.into_iter().next().expect("a failure names an error");
                        let fields = error.details.iter().flat_map(|detail| in_brackets(detail)).collect();
                        let words = if error.details.is_empty() { error.description } else { error.details.join(" ") };
                        let failure = CrmFailure::Refused { code: error.code.as_str().into(), detail: words.into(), fields };
                        CrmReport::Failed { request, failure }
                    }
                }]
            }
        }
    }

    fn found(&mut self, request: RequestId, value: &Plain) -> CrmReport {
        let result = SearchResult::from_plain(value);
        let opens = result.pop.is_some();
        self.pops.extend(result.pop.map(|pop| (request, pop)));
        let fields = result.records.iter().map(|found| RecordFields { record: found.id.clone(), fields: shown(&found.fields) }).collect();
        let records = result.records.into_iter().map(|found| RecordRef {
            partner: partner(&found.fields),
            id: found.id,
            object: found.object_type,
            name: found.name.into(),
        });
        CrmReport::Found { request, records: records.collect(), fields, opens }
    }

    /// Gives up on what was not answered in time.
    pub(crate) fn overdue(&mut self, now: u64) -> Vec<CrmReport> {
        let late: Vec<_> = self.asked.iter().filter(|(_, asked)| asked.until <= now).map(|(call, _)| *call).collect();
        let gone =
            late.into_iter().filter_map(|call| self.asked.remove(&call)).filter(|asked| !matches!(asked.kind, Kind::Silent | Kind::Look));
        gone.map(|asked| CrmReport::Failed { request: asked.request, failure: CrmFailure::NoReply }).collect()
    }

    /// When [`Self::overdue`] has something to say.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.asked.values().map(|asked| asked.until).min()
    }

    fn message(&mut self, now: u64, request: RequestId, kind: Kind, method: Method) -> Value {
        let call_id = self.next;
        self.next += 1;
        self.asked.insert(call_id, Asked { request, kind, until: now + PATIENCE_MS });
        Request { call_id, api_version: 66, callback: true, listener: false, method }.to_value()
    }
}

fn done(request: RequestId, kind: Kind, value: &Plain) -> CrmReport {
    match kind {
        Kind::Work => CrmReport::WorkDone { request },
        Kind::Find => {
            let list: Value =
                value.record().and_then(|answer| serde_json::from_str(answer.text("runApex")?).ok()).expect("findLog answers with a list");
            CrmReport::LogFound { request, record: list[0]["Id"].as_str().map(String::from) }
        }
        Kind::Cases => {
            let text = value.record().and_then(|fields| fields.text("runApex")).expect("Apex answers a text");
            let list: Vec<Value> = serde_json::from_str(text).expect("the class answers a list");
            let text = |case: &Value, name: &str| case[name].as_str().unwrap_or_default().to_owned();
            let case = |case: &Value| RecordRef {
                id: text(case, "Id"),
                object: "Case".into(),
                name: format!("{} {}", text(case, "CaseNumber"), text(case, "Subject")).into(),
                partner: Some(text(case, "ContactId")).filter(|id| !id.is_empty()),
            };
            CrmReport::Cases { request, cases: list.iter().map(case).collect() }
        }
        Kind::Flag => {
            let flagged = SearchResult::from_plain(value)
                .records
                .into_iter()
                .find(|found| found.fields.get("DoNotCall").and_then(Plain::flag) == Some(true));
            CrmReport::MayCall { request, answer: flagged.map_or(MayCall::Unknown, |found| flagged_by(found.id, found.name)) }
        }
        Kind::Wish => {
            let text = value.record().and_then(|fields| fields.text("runApex")).expect("Apex answers a text");
            let wish: Value = serde_json::from_str(text).expect("the class answers JSON");
            let text = |name: &str| wish[name].as_str().unwrap_or_default().to_owned();
            let answer = if wish["flagged"] == true { flagged_by(text("recordId"), text("name")) } else { MayCall::Allowed };
            CrmReport::MayCall { request, answer }
        }
        Kind::Save => CrmReport::Saved { request, record: saved_record_id(value).expect("a saved log has an id") },
        Kind::Look | Kind::Pop | Kind::Search | Kind::Silent => CrmReport::Popped { request },
    }
}

fn viewed(view: &Plain) -> Vec<CrmReport> {
    let view = AppView::from_plain(view);
    let window = CrmReport::Window(view.shows_new_record());
    let record = view.record_id.map(|id| RecordRef {
        id,
        object: view.object_type.unwrap_or_default(),
        name: view.record_name.unwrap_or_default().into(),
        partner: view.contact_id.or(view.account_id),
    });
    vec![window, CrmReport::Navigated(record)]
}

/// All texts that came.
fn shown(fields: &Fields) -> Vec<RecordField> {
    let texts = fields.iter().filter_map(|(name, value)| Some((name, value.text()?)));
    texts.map(|(name, text)| RecordField { label: name.to_owned(), value: text.into() }).collect()
}

fn partner(fields: &Fields) -> Option<String> {
    ["PersonContactId", "AccountId"].into_iter().find_map(|name| fields.get(name)?.text().map(String::from))
}

const fn call_type(kind: CallKind) -> CallType {
    match kind {
        CallKind::Inbound => CallType::Inbound,
        CallKind::Internal => CallType::Internal,
        CallKind::Outbound => CallType::Outbound,
    }
}

fn find(key: LogKey, since: &str) -> Method {
    let method_params = Some(format!("key={key}&since={since}"));
    Method::RunApex { apex_class: "Hookswitch".into(), method_name: "findLog".into(), method_params }
}

/// The names in `Required fields are missing: [Status, Priority]`.
fn in_brackets(words: &str) -> Vec<String> {
    let inside = words.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    inside.flat_map(|inside| inside.split(", ")).map(String::from).collect()
}

/// The whole log, or what differs from what is there.
fn changes(key: LogKey, record: Option<&str>, log: &LogFields, before: Option<&LogFields>) -> Fields {
    let all = task(key, record, log);
    let there = before.filter(|_| record.is_some()).map(|before| task(key, record, before)).unwrap_or_default();
    all.iter()
        .filter(|(name, value)| *name == "Id" || there.get(name) != Some(*value))
        .map(|(name, value)| (name.into(), value.clone()))
        .collect()
}

fn task(key: LogKey, record: Option<&str>, log: &LogFields) -> Fields {
    let fields = match log.object.as_str() {
        "" | "Task" => standard(key, record, log),
        // Of any other object only the settings know the fields.
        object => record.map_or_else(|| Fields::new().with("entityApiName", object), |id| Fields::new().with("Id", id)),
    };
    let custom = log.custom_values().filter_map(|(name, value)| match value {
        LogValue::Text(text) => Some((name.to_owned(), Plain::from(text))),
        LogValue::Number(number) => Some((name.to_owned(), Plain::from(number))),
        LogValue::Empty => record.map(|_| (name.to_owned(), Plain::Null)),
    });
    let all = fields.iter().map(|(name, value)| (name.to_owned(), value.clone())).chain(custom);
    all.filter(|(name, _)| !log.without.contains(name)).collect()
}

fn standard(key: LogKey, record: Option<&str>, log: &LogFields) -> Fields {
    let kind = log.kind.map(|kind| match kind {
        CallKind::Inbound => "Inbound",
        CallKind::Internal => "Internal",
        CallKind::Outbound => "Outbound",
    });
    let fields = match record {
        Some(id) => Fields::new().with("Id", id),
        None => Fields::new().with("entityApiName", "Task").with("Priority", "Normal").with("TaskSubtype", "Call"),
    };
    let or_nothing = |value: &Option<String>| match value {
        Some(value) => Some(Plain::from(value.as_str())),
        None => record.map(|_| Plain::Null),
    };
    fields
        .with("Subject", log.subject.reveal())
        .with("Status", if log.completed { "Completed" } else { "In Progress" })
        .with("ActivityDate", log.date.as_str())
        .with("CallObject", key.to_string())
        .with("Description", log.notes.reveal())
        .with_some("CallType", kind)
        .with_some("CallDurationInSeconds", log.duration_s)
        .with_some("CallDisposition", or_nothing(&log.disposition))
        .with_some("WhoId", or_nothing(&log.who))
        .with_some("WhatId", or_nothing(&log.what))
}

fn flagged_by(id: String, name: String) -> MayCall {
    MayCall::Flagged { record: RecordRef { id, name: name.into(), ..RecordRef::default() } }
}

/// Percent-encoded, byte by byte.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
