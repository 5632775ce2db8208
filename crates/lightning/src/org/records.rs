//! Records: what is stored, and how it is looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{FieldKind, Id, ObjectType, Org};

/// A record.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Its id.
    pub id: Id,
    /// Its object's API name.
    pub object: String,
    /// The values that are set, by field.
    pub fields: BTreeMap<String, Value>,
    /// When it was made, in Unix milliseconds.
    pub created: u64,
    /// When it last changed, in Unix milliseconds.
    pub modified: u64,
    /// How many times it was saved; a test sees by it that a log was updated rather than made again.
    pub saves: u32,
}

impl Record {
    /// The text in a field; none if it is empty or no text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    /// The id in a field.
    #[must_use]
    pub fn reference(&self, field: &str) -> Option<Id> {
        self.text(field).and_then(Id::parse)
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn flag(&self, field: &str) -> bool {
        self.fields.get(field).and_then(Value::as_bool).unwrap_or_default()
    }

    /// What the record is called: a name, a case's number, a task's subject.
    #[must_use]
    pub fn name(&self) -> &str {
        let named = match self.object.as_str() {
            "Case" => "CaseNumber",
            "Task" => "Subject",
            _ => "Name",
        };
        self.text(named).unwrap_or_default()
    }

    /// Whether it is either half of a person account.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.flag("IsPersonAccount")
    }

    /// The other half of a person account: the contact of the account, or the account of the contact.
    #[must_use]
    pub fn other_half(&self) -> Option<Id> {
        if !self.is_person() {
            return None;
        }
        self.reference(if self.object == "Account" { "PersonContactId" } else { "AccountId" })
    }

    /// The record as one flat JSON object, as a query would give it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut all: Map<String, Value> = self.fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        all.insert("Id".into(), self.id.as_str().into());
        all.insert("CreatedDate".into(), super::clock::stamp(self.created).into());
        all.insert("LastModifiedDate".into(), super::clock::stamp(self.modified).into());
        Value::Object(all)
    }
}

/// A phone number on a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PhoneOnPage {
    /// The field's API name.
    pub field: String,
    /// The field's label.
    pub label: String,
    /// The number as stored.
    pub number: String,
}

impl Org {
    /// The record of this id.
    #[must_use]
    pub fn record(&self, id: &Id) -> Option<&Record> {
        self.records.get(id)
    }

    /// The record of this id, given as text of 15 or 18 characters.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Record> {
        self.record(&Id::parse(id)?)
    }

    /// All records of an object, oldest first.
    pub fn records<'a>(&'a self, object: &str) -> impl Iterator<Item = &'a Record> {
        self.records.values().filter(move |record| record.object == object)
    }

    /// The first record of an object with this name; for tests and links that know names rather than ids.
    #[must_use]
    pub fn named(&self, object: &str, name: &str) -> Option<&Record> {
        self.records(object).find(|record| record.name() == name)
    }

    /// The object of this API name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectType> {
        self.objects.iter().find(|object| object.name == name)
    }

    /// All objects.
    #[must_use]
    pub fn objects(&self) -> &[ObjectType] {
        &self.objects
    }

    /// Adds a custom object.
    pub fn add_object(&mut self, object: ObjectType) {
        self.objects.push(object);
        self.touch();
    }

    /// Adds a custom field to an object; nothing happens if there is no such object.
    pub fn add_field(&mut self, object: &str, field: super::Field) {
        if let Some(object) = self.objects.iter_mut().find(|known| known.name == object) {
            object.fields.push(field);
        }
        self.touch();
    }

    /// The numbers a record's page shows, in the order of its fields.
    #[must_use]
    pub fn phones(&self, record: &Record) -> Vec<PhoneOnPage> {
        let fields = self.object(&record.object).map(|object| object.fields.as_slice()).unwrap_or_default();
        fields
            .iter()
            .filter(|field| field.kind == FieldKind::Phone)
            .filter_map(|field| {
                Some(PhoneOnPage { field: field.name.clone(), label: field.label.clone(), number: record.text(&field.name)?.into() })
            })
            .collect()
    }

    /// The tasks on a record's timeline, newest first. A task on an account's contact is on the account's timeline too, as Salesforce
    /// rolls activities up, so that either half of a person account shows it.
    #[must_use]
    pub fn timeline(&self, id: &Id) -> Vec<&Record> {
        let on = |task: &Record| {
            let who = task.reference("WhoId");
            let rolled_up = || who.as_ref().and_then(|who| self.record(who)?.reference("AccountId")).as_ref() == Some(id);
            who.as_ref() == Some(id) || task.reference("WhatId").as_ref() == Some(id) || rolled_up()
        };
        let mut tasks: Vec<&Record> = self.records("Task").filter(|task| on(task)).collect();
        tasks.sort_by(|a, b| (b.created, &b.id).cmp(&(a.created, &a.id)));
        tasks
    }

    /// The cases of an account or contact that are not closed.
    #[must_use]
    pub fn open_cases(&self, id: &Id) -> Vec<&Record> {
        let of = |case: &Record| ["ContactId", "AccountId"].iter().any(|field| case.reference(field).as_ref() == Some(id));
        self.records("Case").filter(|case| of(case) && !case.flag("IsClosed")).collect()
    }

    /// Puts a record there as it is, unchecked, in place of the one with its id: for stages that need known ids.
    pub fn put(&mut self, record: Record) {
        self.records.insert(record.id.clone(), record);
        self.touch();
    }

    /// Removes a record, and the other half of a person account with it.
    pub fn delete(&mut self, id: &Id) -> bool {
        let Some(gone) = self.records.remove(id) else { return false };
        if let Some(other) = gone.other_half() {
            self.records.remove(&other);
        }
        self.touch();
        true
    }
}
