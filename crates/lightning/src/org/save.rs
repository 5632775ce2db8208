//! Saving a record: what is refused, and why, before anything changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Access, Field, FieldAccess, FieldKind, Id, ObjectType, Org, Record, SaveProblem, clock, problem::code, tasks};

/// A rule an admin wrote: when one field has a value, another must have one too.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidationRule {
    /// The object.
    pub object: String,
    /// The field that is looked at.
    pub field: String,
    /// The value that makes the rule apply.
    pub equals: String,
    /// The field that must not be empty then.
    pub requires: String,
    /// What the agent is told.
    pub message: String,
}

impl Org {
    /// Saves what `saveLog` was given: changes the record it names, or makes one.
    pub(crate) fn save(&mut self, mut values: Map<String, Value>, by: &Id, now: u64) -> Result<Id, Vec<SaveProblem>> {
        let mut taken = |names: &[&str]| names.iter().filter_map(|name| values.remove(*name)).find(|value| !value.is_null());
        let id = taken(&["Id", "id"]);
        let entity = taken(&["entityApiName"]);
        match (id, entity) {
            (Some(id), _) => {
                let id = id.as_str().and_then(Id::parse).ok_or_else(|| vec![SaveProblem::new("Id: id value of incorrect type")])?;
                self.update(&id, values, by, now).map(|()| id)
            }
            (None, Some(Value::String(entity))) => self.create(&entity, values, by, now),
            (None, _) => Err(vec![SaveProblem::new("entityApiName or Id is required")]),
        }
    }

    /// Makes a record.
    ///
    /// # Errors
    ///
    /// Every reason at once; nothing is saved then.
    pub fn create(&mut self, object: &str, values: Map<String, Value>, by: &Id, now: u64) -> Result<Id, Vec<SaveProblem>> {
        self.make(object, values, by, now, false)
    }

    /// Makes a record; with `saved_anyway` in spite of duplicate rules that allow it.
    pub(crate) fn make(
        &mut self,
        object: &str,
        mut values: Map<String, Value>,
        by: &Id,
        now: u64,
        saved_anyway: bool,
    ) -> Result<Id, Vec<SaveProblem>> {
        let Some(known) = self.object(object) else {
            return Err(vec![SaveProblem::new(format!("sObject type '{object}' is not supported")).coded(code::UNSUPPORTED)]);
        };
        let record_type = self.taken_record_type(object, &mut values, by);
        let mut fields: BTreeMap<String, Value> = BTreeMap::new();
        for field in &known.fields {
            if let Some(default) = &field.default {
                fields.insert(field.name.clone(), default.as_str().into());
            }
        }
        let mut problems = self.check(known, &values, true, by);
        apply(&mut fields, values);
        let person = object == "Account" && self.person_accounts && fields.contains_key("LastName");
        if object == "Account" && person == fields.contains_key("Name") {
            let words = "An account has a Name, or the LastName of a person, and not both";
            problems.push(SaveProblem::at("Name", words).coded(code::MISSING));
        }
        match record_type {
            Ok(named) => {
                let record_type = named.or_else(|| self.default_record_type(by, object).cloned());
                fields.extend(record_type.map(|id| ("RecordTypeId".to_owned(), id.as_str().into())));
            }
            Err(problem) => problems.push(problem),
        }
        problems.extend(self.check_whole(known, &fields));
        // Triggers run once the record could be saved.
        if problems.is_empty() && object == "Task" {
            problems.extend(self.second_log(&fields, by, now));
        }
        // Duplicates are looked for last, among records that could be saved.
        if problems.is_empty() {
            problems.extend(self.duplicate(known, &fields, saved_anyway));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let prefix = known.prefix.clone();
        let id = self.next_id(&prefix);
        if object == "Case" {
            fields.insert("CaseNumber".into(), format!("{:08}", 1001 + self.records("Case").count()).into());
        }
        if known_owner(self.object(object)) && !fields.contains_key("OwnerId") {
            fields.insert("OwnerId".into(), by.as_str().into());
        }
        if person {
            let contact = self.next_id("003");
            fields.insert("IsPersonAccount".into(), true.into());
            fields.insert("PersonContactId".into(), contact.as_str().into());
            let half =
                Record { id: contact.clone(), object: "Contact".into(), fields: BTreeMap::new(), created: now, modified: now, saves: 0 };
            self.records.insert(contact, half);
        }
        let record = Record { id: id.clone(), object: object.into(), fields, created: now, modified: now, saves: 0 };
        self.store(record, now);
        Ok(id)
    }

    /// Changes a record. A null or an empty text empties a field.
    ///
    /// # Errors
    ///
    /// Every reason at once; nothing is saved then.
    pub fn update(&mut self, id: &Id, mut values: Map<String, Value>, by: &Id, now: u64) -> Result<(), Vec<SaveProblem>> {
        let Some(record) = self.records.get(id) else {
            return Err(vec![SaveProblem::new("entity is deleted").coded(code::DELETED)]);
        };
        let Some(known) = self.object(&record.object) else {
            let words = format!("sObject type '{}' is not supported", record.object);
            return Err(vec![SaveProblem::new(words).coded(code::UNSUPPORTED)]);
        };
        let record_type = self.taken_record_type(&record.object, &mut values, by);
        let mut problems = self.check(known, &values, false, by);
        let mut record = record.clone();
        apply(&mut record.fields, values);
        match record_type {
            Ok(named) => record.fields.extend(named.map(|id| ("RecordTypeId".to_owned(), id.as_str().into()))),
            Err(problem) => problems.push(problem),
        }
        problems.extend(self.check_whole(known, &record.fields));
        if !problems.is_empty() {
            return Err(problems);
        }
        self.store(record, now);
        Ok(())
    }

    /// The rules that records must keep.
    #[must_use]
    pub fn rules(&self) -> &[ValidationRule] {
        &self.rules
    }

    /// Adds a rule that records must keep from now on.
    pub fn add_rule(&mut self, rule: ValidationRule) {
        self.rules.push(rule);
        self.touch();
    }

    /// Takes a rule away, by its place in the list.
    pub fn remove_rule(&mut self, place: usize) {
        if place < self.rules.len() {
            self.rules.remove(place);
            self.touch();
        }
    }

    /// Takes all rules away.
    pub fn clear_rules(&mut self) {
        self.rules.clear();
        self.touch();
    }

    /// Stores a checked record with what Salesforce derives from it.
    fn store(&mut self, mut record: Record, now: u64) {
        record.modified = now;
        record.saves += 1;
        derive(&mut record);
        if record.object == "Account"
            && let Some(half) = record.other_half()
            && let Some(contact) = self.records.get_mut(&half)
        {
            for (from, to) in [
                ("Name", "Name"),
                ("FirstName", "FirstName"),
                ("LastName", "LastName"),
                ("Phone", "Phone"),
                ("PersonMobilePhone", "MobilePhone"),
                ("PersonHomePhone", "HomePhone"),
                ("PersonEmail", "Email"),
                ("PersonDoNotCall", "DoNotCall"),
            ] {
                match record.fields.get(from) {
                    Some(value) => contact.fields.insert(to.into(), value.clone()),
                    None => contact.fields.remove(to),
                };
            }
            contact.fields.insert("IsPersonAccount".into(), true.into());
            contact.fields.insert("AccountId".into(), record.id.as_str().into());
            contact.modified = now;
            contact.saves += 1;
        }
        self.records.insert(record.id.clone(), record);
        self.touch();
    }

    /// What is wrong with the values given, one by one.
    fn check(&self, object: &ObjectType, values: &Map<String, Value>, creating: bool, by: &Id) -> Vec<SaveProblem> {
        let profile = self.profile_of(by);
        let mut problems = Vec::new();
        for (name, value) in values {
            let allowed = profile.map_or(FieldAccess::Edit, |profile| profile.access(&object.name, name));
            let Some(field) = object.field(name).filter(|_| allowed != FieldAccess::Hidden) else {
                let message = format!("No such column '{name}' on sobject of type {}, or no access to it", object.name);
                problems.push(SaveProblem::at(name, message).coded(code::NO_FIELD));
                continue;
            };
            if allowed == FieldAccess::Read {
                let words = "Unable to create/update field. Please check the security settings of this field";
                problems.push(SaveProblem::at(name, words).coded(code::FIELD));
                continue;
            }
            match field.access {
                Access::Never => {
                    problems.push(SaveProblem::at(name, "Unable to create/update field: Salesforce writes it").coded(code::FIELD));
                }
                Access::OnCreate if !creating => {
                    problems.push(SaveProblem::at(name, "Unable to update field: it is set in a new record only").coded(code::FIELD));
                }
                Access::Always | Access::OnCreate => problems.extend(self.check_value(field, value)),
            }
        }
        problems
    }

    fn check_value(&self, field: &Field, value: &Value) -> Option<SaveProblem> {
        if is_empty(value) {
            return None;
        }
        let wrong = |code: &'static str, what: &str| Some(SaveProblem::at(&field.name, format!("{}: {what}", field.label)).coded(code));
        let too_long = |max: usize| wrong(code::TOO_LONG, &format!("data value too large (max {max})"));
        match (&field.kind, value) {
            (FieldKind::Checkbox, Value::Bool(_)) | (FieldKind::LongText, Value::String(_)) => None,
            (FieldKind::Checkbox, _) => wrong(code::TYPE, "true or false was expected"),
            (FieldKind::Date, Value::String(text)) if clock::is_day(text) => None,
            (FieldKind::Date, _) => wrong(code::TYPE, "a date was expected, YYYY-MM-DD"),
            (FieldKind::Integer, value) if value.as_u64().is_some_and(|number| i32::try_from(number).is_ok()) => None,
            (FieldKind::Integer, _) => wrong(code::TYPE, "a whole number from 0 was expected"),
            (FieldKind::Number { whole, .. }, value) => match value.as_f64() {
                Some(number) if number.abs() < 10_f64.powi((*whole).into()) => None,
                Some(_) => wrong(code::RANGE, &format!("value outside of valid range (at most {whole} digits before the point)")),
                None => wrong(code::TYPE, "a number was expected"),
            },
            (FieldKind::Email, Value::String(text)) if text.contains('@') => None,
            (FieldKind::Email, _) => wrong(code::EMAIL, "invalid email address"),
            (FieldKind::Phone, Value::String(text)) => (!within(text, 40)).then(|| too_long(40)).flatten(),
            (FieldKind::Text { max }, Value::String(text)) => (!within(text, *max)).then(|| too_long(*max)).flatten(),
            (FieldKind::Picklist { values, restricted: true }, Value::String(text)) if !values.contains(text) => {
                wrong(code::PICKLIST, &format!("bad value for restricted picklist field: {text}"))
            }
            (FieldKind::Picklist { .. }, Value::String(text)) if within(text, 255) => None,
            (FieldKind::Reference { to, not }, Value::String(text)) => {
                let Some(record) = self.find(text) else { return wrong(code::CROSS_REFERENCE, "no record has this id") };
                let fits = if to.is_empty() { !not.contains(&record.object) } else { to.contains(&record.object) };
                if fits { None } else { wrong(code::TYPE, &format!("id value of incorrect type: {} is a {}", text, record.object)) }
            }
            (
                FieldKind::LongText | FieldKind::Phone | FieldKind::Picklist { .. } | FieldKind::Reference { .. } | FieldKind::Text { .. },
                _,
            ) => wrong(code::TYPE, "a text was expected"),
        }
    }

    /// What is wrong with the record as it would be.
    fn check_whole(&self, object: &ObjectType, fields: &BTreeMap<String, Value>) -> Vec<SaveProblem> {
        let required = object.fields.iter().filter(|field| field.required && !fields.contains_key(&field.name));
        let mut problems: Vec<_> =
            required.map(|field| SaveProblem::at(&field.name, "Required fields are missing").coded(code::MISSING)).collect();
        for rule in self.rules.iter().filter(|rule| rule.object == object.name) {
            if fields.get(&rule.field).and_then(Value::as_str) == Some(&rule.equals) && !fields.contains_key(&rule.requires) {
                problems.push(SaveProblem::at(&rule.requires, rule.message.clone()).coded(code::RULE));
            }
        }
        if object.name == "Task" {
            problems.extend(tasks::check(fields));
        }
        problems
    }
}

fn known_owner(object: Option<&ObjectType>) -> bool {
    object.is_some_and(|object| object.field("OwnerId").is_some())
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn within(text: &str, max: usize) -> bool {
    text.chars().count() <= max
}

/// Puts the values into the record; empty ones leave it. Ids are kept in their long form.
fn apply(fields: &mut BTreeMap<String, Value>, values: Map<String, Value>) {
    for (name, value) in values {
        if is_empty(&value) {
            fields.remove(&name);
            continue;
        }
        let long = if name.ends_with("Id") { value.as_str().and_then(Id::parse) } else { None };
        fields.insert(name, long.map_or(value, |id| id.as_str().into()));
    }
}

/// Sets what Salesforce derives: the name of a person, whether a task or case is closed.
fn derive(record: &mut Record) {
    if record.fields.contains_key("LastName") {
        let name = [record.text("FirstName"), record.text("LastName")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        record.fields.insert("Name".into(), name.into());
    }
    let closed = match (record.object.as_str(), record.text("Status")) {
        ("Task", status) => status == Some("Completed"),
        ("Case", status) => status == Some("Closed"),
        _ => return,
    };
    record.fields.insert("IsClosed".into(), closed.into());
}
