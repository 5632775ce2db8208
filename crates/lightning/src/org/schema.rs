//! The objects of the org and their fields.

use serde::{Deserialize, Serialize};

/// An object: a kind of record.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ObjectType {
    /// API name.
    pub name: String,
    /// What one is called.
    pub label: String,
    /// What several are called.
    pub plural: String,
    /// First three characters of its ids.
    pub prefix: String,
    /// Its fields, in the order a page shows them.
    pub fields: Vec<Field>,
}

impl ObjectType {
    /// An object with a name of its own and these fields.
    #[must_use]
    pub fn new(name: &str, label: &str, plural: &str, prefix: &str, fields: Vec<Field>) -> Self {
        Self { name: name.into(), label: label.into(), plural: plural.into(), prefix: prefix.into(), fields }
    }

    /// The field of this API name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field of an object.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Field {
    /// API name.
    pub name: String,
    /// What a page calls it.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a record can be saved without it.
    pub required: bool,
    /// When it may be written.
    pub access: Access,
    /// What a new record gets that does not name the field.
    pub default: Option<String>,
}

impl Field {
    /// A field that anybody may write or leave empty.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: FieldKind) -> Self {
        Self { name: name.into(), label: label.into(), kind, required: false, access: Access::Always, default: None }
    }

    /// The field, needed in every record.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    fn defaulting(mut self, value: &str) -> Self {
        self.default = Some(value.into());
        self
    }

    fn written(mut self, access: Access) -> Self {
        self.access = access;
        self
    }
}

/// When a field may be written.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Access {
    /// At any time.
    Always,
    /// Only in a new record.
    OnCreate,
    /// Salesforce writes it.
    Never,
}

/// What a field holds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum FieldKind {
    /// Yes or no.
    Checkbox,
    /// A day.
    Date,
    /// An e-mail address.
    Email,
    /// A whole number, zero or more.
    Integer,
    /// Text of many lines; not searched.
    LongText,
    /// A number with decimals, or a whole one of either sign.
    Number {
        /// How many digits before the point, at most.
        whole: u8,
        /// How many decimals it is shown with.
        scale: u8,
    },
    /// A phone number, as somebody typed it; a page shows it as a number that can be clicked.
    Phone,
    /// One of some values.
    Picklist {
        /// The values offered.
        values: Vec<String>,
        /// Whether any other value is refused.
        restricted: bool,
    },
    /// The id of another record.
    Reference {
        /// The objects it may belong to; none named: any but those of `not`.
        to: Vec<String>,
        /// The objects it may not belong to.
        not: Vec<String>,
    },
    /// Text of one line.
    Text {
        /// How many characters at most.
        max: usize,
    },
}

impl FieldKind {
    /// Text of one line, of the usual length.
    #[must_use]
    pub const fn text() -> Self {
        Self::Text { max: 255 }
    }

    fn picklist(values: &[&str], restricted: bool) -> Self {
        Self::Picklist { values: values.iter().map(|value| (*value).into()).collect(), restricted }
    }

    fn to(objects: &[&str]) -> Self {
        Self::Reference { to: objects.iter().map(|name| (*name).into()).collect(), not: Vec::new() }
    }

    fn to_others(than: &[&str]) -> Self {
        Self::Reference { to: Vec::new(), not: than.iter().map(|name| (*name).into()).collect() }
    }

    /// Whether the search index holds it.
    #[must_use]
    pub const fn searched(&self) -> bool {
        matches!(self, Self::Email | Self::Phone | Self::Text { .. })
    }
}

/// The standard objects a softphone meets, with the fields it may meet.
#[must_use]
pub fn standard() -> Vec<ObjectType> {
    vec![account(), contact(), lead(), case(), task(), user()]
}

fn text(name: &str, label: &str) -> Field {
    Field::new(name, label, FieldKind::text())
}

fn phone(name: &str, label: &str) -> Field {
    Field::new(name, label, FieldKind::Phone)
}

fn owner() -> Field {
    Field::new("OwnerId", "Owner", FieldKind::to(&["User"]))
}

fn account() -> ObjectType {
    let fields = vec![
        // Required of a business account only; a person's name is made of its parts.
        text("Name", "Account Name"),
        text("FirstName", "First Name"),
        Field::new("LastName", "Last Name", FieldKind::Text { max: 80 }),
        phone("Phone", "Phone"),
        phone("PersonMobilePhone", "Mobile"),
        phone("PersonHomePhone", "Home Phone"),
        Field::new("PersonEmail", "Email", FieldKind::Email),
        Field::new("PersonDoNotCall", "Do Not Call", FieldKind::Checkbox),
        text("Industry", "Industry"),
        text("BillingCity", "City"),
        Field::new("Description", "Description", FieldKind::LongText),
        Field::new("IsPersonAccount", "Is Person Account", FieldKind::Checkbox).written(Access::Never),
        Field::new("PersonContactId", "Contact", FieldKind::to(&["Contact"])).written(Access::Never),
        owner(),
    ];
    ObjectType::new("Account", "Account", "Accounts", "001", fields)
}

fn contact() -> ObjectType {
    let fields = vec![
        text("Name", "Name").written(Access::Never),
        text("FirstName", "First Name"),
        Field::new("LastName", "Last Name", FieldKind::Text { max: 80 }).required(),
        text("Title", "Title"),
        Field::new("AccountId", "Account Name", FieldKind::to(&["Account"])),
        phone("Phone", "Phone"),
        phone("MobilePhone", "Mobile"),
        phone("HomePhone", "Home Phone"),
        phone("OtherPhone", "Other Phone"),
        phone("AssistantPhone", "Assistant Phone"),
        Field::new("Email", "Email", FieldKind::Email),
        Field::new("DoNotCall", "Do Not Call", FieldKind::Checkbox),
        Field::new("Description", "Description", FieldKind::LongText),
        Field::new("IsPersonAccount", "Is Person Account", FieldKind::Checkbox).written(Access::Never),
        owner(),
    ];
    ObjectType::new("Contact", "Contact", "Contacts", "003", fields)
}

fn lead() -> ObjectType {
    let fields = vec![
        text("Name", "Name").written(Access::Never),
        text("FirstName", "First Name"),
        Field::new("LastName", "Last Name", FieldKind::Text { max: 80 }).required(),
        text("Company", "Company").required(),
        text("Title", "Title"),
        phone("Phone", "Phone"),
        phone("MobilePhone", "Mobile"),
        Field::new("Email", "Email", FieldKind::Email),
        Field::new("Status", "Lead Status", FieldKind::picklist(&["Open - Not Contacted", "Working - Contacted"], false))
            .defaulting("Open - Not Contacted"),
        Field::new("DoNotCall", "Do Not Call", FieldKind::Checkbox),
        owner(),
    ];
    ObjectType::new("Lead", "Lead", "Leads", "00Q", fields)
}

fn case() -> ObjectType {
    let fields = vec![
        text("CaseNumber", "Case Number").written(Access::Never),
        text("Subject", "Subject"),
        Field::new("Status", "Status", FieldKind::picklist(&["New", "Working", "Escalated", "Closed"], false)).required().defaulting("New"),
        Field::new("Priority", "Priority", FieldKind::picklist(&["High", "Medium", "Low"], false)).defaulting("Medium"),
        Field::new("Origin", "Case Origin", FieldKind::picklist(&["Phone", "Email", "Web"], false)),
        Field::new("ContactId", "Contact Name", FieldKind::to(&["Contact"])),
        Field::new("AccountId", "Account Name", FieldKind::to(&["Account"])),
        phone("SuppliedPhone", "Web Phone"),
        Field::new("Description", "Description", FieldKind::LongText),
        Field::new("IsClosed", "Closed", FieldKind::Checkbox).written(Access::Never),
        owner(),
    ];
    ObjectType::new("Case", "Case", "Cases", "500", fields)
}

fn task() -> ObjectType {
    let statuses = ["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"];
    let fields = vec![
        text("Subject", "Subject"),
        Field::new("Status", "Status", FieldKind::picklist(&statuses, false)).required().defaulting("Not Started"),
        Field::new("Priority", "Priority", FieldKind::picklist(&["High", "Normal", "Low"], false)).required().defaulting("Normal"),
        Field::new("ActivityDate", "Due Date", FieldKind::Date),
        Field::new("WhoId", "Name", FieldKind::to(&["Contact", "Lead"])),
        Field::new("WhatId", "Related To", FieldKind::to_others(&["Contact", "Lead", "Task", "User"])),
        Field::new("CallType", "Call Type", FieldKind::picklist(&["Inbound", "Internal", "Outbound"], true)),
        Field::new("CallDurationInSeconds", "Call Duration", FieldKind::Integer),
        text("CallDisposition", "Call Result"),
        text("CallObject", "Call Object Identifier"),
        Field::new("TaskSubtype", "Task Subtype", FieldKind::picklist(&["Task", "Email", "Call"], true))
            .written(Access::OnCreate)
            .defaulting("Task"),
        Field::new("Type", "Type", FieldKind::picklist(&["Call", "Email", "Meeting", "Other"], false)),
        Field::new("Description", "Comments", FieldKind::LongText),
        Field::new("IsClosed", "Closed", FieldKind::Checkbox).written(Access::Never),
        owner(),
    ];
    ObjectType::new("Task", "Task", "Tasks", "00T", fields)
}

fn user() -> ObjectType {
    let fields = vec![
        text("Name", "Name").written(Access::Never),
        text("FirstName", "First Name"),
        Field::new("LastName", "Last Name", FieldKind::Text { max: 80 }).required(),
        text("Username", "Username").required(),
        Field::new("Email", "Email", FieldKind::Email),
        phone("Phone", "Phone"),
        phone("MobilePhone", "Mobile"),
        text("Extension", "Extension"),
        text("Department", "Department"),
        Field::new("IsActive", "Active", FieldKind::Checkbox),
        // Both are kept by Setup, which knows who may change them.
        Field::new("ProfileId", "Profile", FieldKind::text()).written(Access::Never),
        Field::new("CallCenterId", "Call Center", FieldKind::text()).written(Access::Never),
    ];
    ObjectType::new("User", "User", "Users", "005", fields)
}
