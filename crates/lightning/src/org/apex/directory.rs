//! Whom an agent can call or transfer to, as the class `HookswitchDirectory` finds them.

use serde_json::{Value, json};

use super::{Id, Org, Record};

impl Org {
    /// A page of what matches a text: 20 of each kind; nothing for a text that is too short, or beyond the last page.
    pub(super) fn directory(&self, user: &Id, text: &str, page: usize) -> Value {
        let text = plain(text);
        let mut answer = Answer { page, more: false, entries: Vec::new(), refused: Vec::new() };
        if text.chars().count() >= SHORTEST && page <= LAST_PAGE {
            self.numbers_into(&mut answer, user, &text);
            self.users_into(&mut answer, user, &text);
            self.contacts_into(&mut answer, user, &text);
        }
        let more = answer.more && page < LAST_PAGE;
        json!({ "page": page, "more": more, "entries": answer.entries, "refused": answer.refused })
    }

    fn numbers_into(&self, answer: &mut Answer, user: &Id, text: &str) {
        if self.readable(user, "AdditionalNumber", &["Name", "Phone", "Description"]).is_err() {
            answer.refused.push("number");
            return;
        }
        let center = self.record(user).and_then(|user| user.reference("CallCenterId"));
        let mut found: Vec<_> = self
            .directory_numbers()
            .iter()
            .filter(|number| number.call_center.is_none() || number.call_center == center)
            .filter(|number| [&number.name, &number.phone, &number.description].into_iter().any(|field| like(field, text)))
            .collect();
        found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let entry = |kind, number: &super::super::DirectoryNumber| json!({ "kind": kind, "id": number.id.as_str(), "name": number.name, "phone": given(&number.phone), "detail": given(&number.description) });
        answer.page_of(found.into_iter().map(|number| entry("number", number)));
    }

    fn users_into(&self, answer: &mut Answer, user: &Id, text: &str) {
        // What a profile hides of a colleague is left out; only without a name or any number there is nobody to show.
        let numbers = self.shown(user, "User", &["Extension", "Phone", "MobilePhone"]);
        if numbers.is_empty() || self.readable(user, "User", &["Name"]).is_err() {
            answer.refused.push("user");
            return;
        }
        let searched = self.shown(user, "User", &["Name", "Phone", "Extension"]);
        let details = self.shown(user, "User", &["Department"]);
        let active = |record: &Record| record.fields.get("IsActive") != Some(&Value::Bool(false));
        let reached = |record: &&Record| active(record) && record.id != *user && first(record, &numbers).is_some();
        let matching = |record: &&Record| searched.iter().any(|field| like(record.text(field).unwrap_or_default(), text));
        let mut found: Vec<&Record> = self.users().filter(reached).filter(matching).collect();
        found.sort_by_key(|record| (record.name(), &record.id));
        let entry = |record: &Record| {
            // Colleagues are called inside the house where they can be.
            let (phone, detail) = (first(record, &numbers), first(record, &details));
            json!({ "kind": "user", "id": record.id.as_str(), "name": record.name(), "phone": phone, "detail": detail })
        };
        answer.page_of(found.into_iter().map(entry));
    }

    fn contacts_into(&self, answer: &mut Answer, user: &Id, text: &str) {
        let words: Vec<String> = text.split(' ').filter(|word| word.chars().count() >= SHORTEST).map(|word| format!("{word}*")).collect();
        if words.is_empty() {
            return;
        }
        let numbers = self.shown(user, "Contact", &["Phone", "MobilePhone", "HomePhone"]);
        if numbers.is_empty() || self.readable(user, "Contact", &["Name"]).is_err() {
            answer.refused.push("contact");
            return;
        }
        let companies = self.readable(user, "Contact", &["AccountId"]).and_then(|()| self.readable(user, "Account", &["Name"])).is_ok();
        let mut found = self.search(&words.join(" "), &["Contact"]);
        found.sort_by_key(|record| (record.name(), &record.id));
        let entry = |record: &Record| {
            let phone = first(record, &numbers);
            let account = record.reference("AccountId").filter(|_| companies).and_then(|account| self.record(&account)).map(Record::name);
            json!({ "kind": "contact", "id": record.id.as_str(), "name": record.name(), "phone": phone, "detail": account })
        };
        answer.page_of(found.into_iter().map(entry));
    }

    /// Those of these fields that a user may read.
    fn shown(&self, user: &Id, object: &str, fields: &[&'static str]) -> Vec<&'static str> {
        fields.iter().filter(|field| self.readable(user, object, &[*field]).is_ok()).copied().collect()
    }
}

/// A page being filled.
struct Answer {
    page: usize,
    more: bool,
    entries: Vec<Value>,
    refused: Vec<&'static str>,
}

impl Answer {
    /// Takes the page's part of what was found of one kind.
    fn page_of(&mut self, mut found: impl Iterator<Item = Value>) {
        let mut rest = found.by_ref().skip(self.page * PAGE_SIZE);
        let entries: Vec<Value> = rest.by_ref().take(PAGE_SIZE).collect();
        self.more |= rest.next().is_some();
        self.entries.extend(entries);
    }
}

/// `LIKE '%a%b%'` in SOQL: the words in this order, in any case.
fn like(stored: &str, text: &str) -> bool {
    let stored = stored.to_lowercase();
    let mut rest = stored.as_str();
    text.to_lowercase().split(' ').all(|word| {
        let Some(at) = rest.find(word) else { return false };
        rest = &rest[at + word.len()..];
        true
    })
}

/// The first of these fields that holds something.
fn first<'a>(record: &'a Record, fields: &[&str]) -> Option<&'a str> {
    fields.iter().find_map(|field| record.text(field).filter(|text| !text.trim().is_empty()))
}

/// A text, or nothing where it is empty: Salesforce stores no empty texts.
fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Letters, digits and what stands in names and addresses; everything that LIKE or FIND would read as an order becomes a blank.
fn plain(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_alphanumeric() || c == '@' || c == '.' { c } else { ' ' }).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect::<String>().trim().into()
}

const PAGE_SIZE: usize = 20;
const LAST_PAGE: usize = 100;
const SHORTEST: usize = 2;
const LONGEST: usize = 80;
