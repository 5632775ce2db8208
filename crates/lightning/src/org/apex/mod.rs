//! Apex: a table of classes and methods with what they answer.
//!
//! The class `Hookswitch` is answered as the one in `definition/` answers: the same shapes, the same limits, with the permissions of the
//! user who asks. Fields, and whole objects, that a profile hides cannot be read.

mod directory;
mod parameters;
mod wishes;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Id, Org, Record, clock};
use parameters::Parameters;

/// A method of an Apex class that a softphone may run.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApexMethod {
    /// The class.
    pub class: String,
    /// The method.
    pub method: String,
    /// What it does.
    pub answer: ApexAnswer,
}

/// What a simulated Apex method answers; records and objects come as JSON text, as `JSON.serialize` makes it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
#[non_exhaustive]
pub enum ApexAnswer {
    /// The user's phone account, as [`Org::set_phone_account`] says; `null` without one.
    Credentials,
    /// Directory numbers, users and contacts that match the parameter `text`, the page of the parameter `page`.
    Directory,
    /// Whether a contact or lead with the number `dialed`, found by `spellings`, has the box `field` ticked.
    DoNotCall,
    /// Its parameters, as an object of texts.
    Echo,
    /// An exception.
    Fails,
    /// The tasks whose call object is the parameter `key` and whose owner is the user, oldest first; not those from before `since`.
    FindLog,
    /// The cases of the contact or account `recordId` that are not closed, the one worked on last first.
    OpenCases,
    /// The id of the record type `developerName` of the object `objectName` that the user may use; `null` where there is none.
    RecordType,
    /// Always this.
    Returns(Value),
    /// The user: id, name, username, extension, e-mail.
    WhoAmI,
}

/// Why an Apex method gave no answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ApexProblem {
    /// There is no such class.
    NoClass,
    /// The class has no such method, or it threw.
    Failed,
}

impl Org {
    /// Adds a method, or replaces what it answers.
    pub fn set_apex(&mut self, class: &str, method: &str, answer: ApexAnswer) {
        self.apex.retain(|known| (known.class.as_str(), known.method.as_str()) != (class, method));
        self.apex.push(ApexMethod { class: class.into(), method: method.into(), answer });
        self.touch();
    }

    /// Installs a class with all the methods of the class in `definition/`, and the trigger that keeps a call to one log.
    pub fn install_apex(&mut self, class: &str) {
        self.one_log_per_call = true;
        for (method, answer) in [
            ("whoAmI", ApexAnswer::WhoAmI),
            ("credentials", ApexAnswer::Credentials),
            ("directory", ApexAnswer::Directory),
            ("doNotCall", ApexAnswer::DoNotCall),
            ("findLog", ApexAnswer::FindLog),
            ("openCases", ApexAnswer::OpenCases),
            ("recordType", ApexAnswer::RecordType),
            ("ping", ApexAnswer::Returns(json!("ok").to_string().into())),
        ] {
            self.set_apex(class, method, answer);
        }
    }

    /// Takes all classes and the trigger away, as in an edition without Apex.
    pub fn remove_apex(&mut self) {
        self.apex.clear();
        self.one_log_per_call = false;
        self.touch();
    }

    /// The methods there are.
    #[must_use]
    pub fn apex(&self) -> &[ApexMethod] {
        &self.apex
    }

    /// Gives a user a phone account that [`ApexAnswer::Credentials`] tells.
    pub fn set_phone_account(&mut self, user: &Id, name: &str, password: &str) {
        self.phone_accounts.insert(user.clone(), json!({ "user": name, "password": password }));
        self.touch();
    }

    /// Runs a method as a user.
    pub(crate) fn run_apex(&self, user: &Id, class: &str, method: &str, parameters: &str, now: u64) -> Result<Value, ApexProblem> {
        if !self.apex.iter().any(|known| known.class == class) {
            return Err(ApexProblem::NoClass);
        }
        let found = self.apex.iter().find(|known| known.class == class && known.method == method).ok_or(ApexProblem::Failed)?;
        let parameters = Parameters::read(parameters);
        let answer = match &found.answer {
            ApexAnswer::Credentials => self.phone_accounts.get(user).cloned().unwrap_or_default(),
            ApexAnswer::Directory => self.directory(user, parameters.text("text"), parameters.whole("page")),
            ApexAnswer::DoNotCall => self.wish(user, &parameters),
            ApexAnswer::Echo => json!(parameters.0),
            ApexAnswer::Fails => return Err(ApexProblem::Failed),
            ApexAnswer::FindLog => self.find_log(user, &parameters, now)?,
            ApexAnswer::OpenCases => self.cases(user, parameters.text("recordId"))?,
            ApexAnswer::RecordType => self.usable_record_type(user, &parameters),
            // It may be no text at all, which no method of ours returns.
            ApexAnswer::Returns(value) => return Ok(value.clone()),
            ApexAnswer::WhoAmI => self.who(user)?,
        };
        Ok(answer.to_string().into())
    }

    fn who(&self, user: &Id) -> Result<Value, ApexProblem> {
        let record = self.record(user).ok_or(ApexProblem::Failed)?;
        let text = |field| record.text(field);
        Ok(json!({
            "id": user.as_str(), "name": record.name(), "username": text("Username"), "email": text("Email"), "extension": text("Extension"),
        }))
    }

    fn usable_record_type(&self, user: &Id, parameters: &Parameters) -> Value {
        let profile = self.profile_of(user);
        let mut usable =
            self.record_types(parameters.text("objectName")).filter(|known| profile.is_none_or(|profile| profile.may_make(&known.id)));
        // A map of Apex's tells capitals from small letters.
        let found = usable.find(|known| known.developer_name == parameters.text("developerName"));
        found.map_or(Value::Null, |known| known.id.as_str().into())
    }

    fn find_log(&self, user: &Id, parameters: &Parameters, now: u64) -> Result<Value, ApexProblem> {
        let (key, since) = (parameters.text("key"), parameters.text("since"));
        if key.trim().is_empty() {
            return Ok(json!([]));
        }
        let after = if since.trim().is_empty() {
            now.saturating_sub(DAYS_BACK * DAY_MS)
        } else {
            // A day is taken off, because the date is the agent's and the moment of creation is kept in UTC.
            clock::day(since).ok_or(ApexProblem::Failed)?.saturating_sub(DAY_MS)
        };
        self.readable(user, "Task", &["Subject", "CallObject"])?;
        let owned = self.tasks_of_call(key).filter(|task| task.reference("OwnerId").as_ref() == Some(user) && task.created >= after);
        Ok(owned.take(MOST_LOGS).map(|task| queried(task, &["Subject", "CallObject", "CreatedDate"])).collect())
    }

    fn cases(&self, user: &Id, about: &str) -> Result<Value, ApexProblem> {
        let Some(about) = Id::parse(about) else { return Ok(json!([])) };
        self.readable(user, "Case", &["CaseNumber", "Subject", "Status", "ContactId"])?;
        let mut cases = self.open_cases(&about);
        cases.sort_by_key(|case| std::cmp::Reverse(case.modified));
        Ok(cases.into_iter().take(MOST_CASES).map(|case| queried(case, &["CaseNumber", "Subject", "Status", "ContactId"])).collect())
    }

    /// Whether a user may read all of these; a query in user mode throws if not.
    fn readable(&self, user: &Id, object: &str, fields: &[&str]) -> Result<(), ApexProblem> {
        let hidden = self.profile_of(user).is_some_and(|profile| {
            // An object hidden as a whole is named without a field.
            profile.hidden.contains(object) || fields.iter().any(|field| profile.hides(object, field))
        });
        if hidden { Err(ApexProblem::Failed) } else { Ok(()) }
    }
}

/// A record as a query gives it, and `JSON.serialize` writes it: with where it lives, and without what is empty.
fn queried(record: &Record, fields: &[&str]) -> Value {
    let all = record.to_json();
    let url = format!("/services/data/v66.0/sobjects/{}/{}", record.object, record.id.as_str());
    let mut row = Map::new();
    row.insert("attributes".into(), json!({ "type": record.object, "url": url }));
    row.insert("Id".into(), record.id.as_str().into());
    for field in fields {
        if let Some(value) = all.get(*field) {
            row.insert((*field).into(), value.clone());
        }
    }
    row.into()
}

const DAY_MS: u64 = 86_400_000;
/// How far back `findLog` looks when it is not told.
const DAYS_BACK: u64 = 30;
const MOST_LOGS: usize = 10;
const MOST_CASES: usize = 20;
