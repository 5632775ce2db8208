//! A believable org to begin with. Every number is one that no network gives out.

use serde_json::{Map, Value, json};

use crate::{ApexAnswer, CallCenterRefusal, Field, FieldKind, Flow, Id, ObjectType, Org};

/// When the sample's records were made: 15 January 2026, 09:00 UTC.
pub const SAMPLE_TIME: u64 = 1_768_467_600_000;

/// A small definition file, for trying things: an https softphone for Lightning with a standby page after ten seconds.
pub const SAMPLE_CENTER: &str = r#"<callCenter>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal name">AcmePhone</item>
    <item sortOrder="1" name="reqDisplayName" label="Display name">Acme Phone</item>
    <item sortOrder="2" name="reqAdapterUrl" label="Adapter URL">https://phone.example.com/sf</item>
    <item sortOrder="3" name="reqUseApi" label="Use Open CTI">true</item>
    <item sortOrder="4" name="reqSoftphoneHeight" label="Height">480</item>
    <item sortOrder="5" name="reqSoftphoneWidth" label="Width">340</item>
    <item sortOrder="6" name="reqSalesforceCompatibilityMode" label="Compatibility">Lightning</item>
    <item sortOrder="7" name="reqStandbyUrl" label="Standby URL">https://standby.example.com/sf</item>
    <item sortOrder="8" name="reqTimeout" label="Timeout">10000</item>
  </section>
  <section sortOrder="1" name="reqDialingOptions" label="Dialing">
    <item sortOrder="0" name="reqOutsidePrefix" label="Outside line"></item>
    <item sortOrder="1" name="reqLongDistPrefix" label="Long distance">1</item>
    <item sortOrder="2" name="reqInternationalPrefix" label="International">011</item>
  </section>
</callCenter>
"#;

impl Org {
    /// An org with customers in every form a softphone meets, four users and five apps, but no call center yet.
    ///
    /// Users: *Ines Admin* (may manage call centers), *Alex Agent* (extension 1001), *Bea Agent* (1002) and *Una Signed* (1003).
    #[must_use]
    pub fn sample() -> Self {
        let mut org = Self::new();
        let admin = org.people();
        org.workplaces();
        org.custom();
        org.customers(&admin);
        org
    }

    /// The sample with a call center imported from this file, to which everybody but *Una Signed* is assigned.
    ///
    /// # Errors
    ///
    /// If the file cannot be imported.
    pub fn sample_with(definition: &str) -> Result<Self, CallCenterRefusal> {
        let mut org = Self::sample();
        // The sample's first user may.
        let Some(admin) = org.users().next().map(|user| user.id.clone()) else { return Err(CallCenterRefusal::UserUnknown) };
        let center = org.import_call_center(&admin, definition)?;
        let seated: Vec<Id> = org.users().filter(|user| user.name() != "Una Signed").map(|user| user.id.clone()).collect();
        for user in seated {
            org.seat_user(&center, &user)?;
        }
        Ok(org)
    }

    fn people(&mut self) -> Id {
        let administrator = self.add_profile("System Administrator", true);
        let agent = self.add_profile("Support Agent", false);
        let admin = self.add_user(&administrator, "Ines", "Admin", "1000", SAMPLE_TIME);
        self.add_user(&agent, "Alex", "Agent", "1001", SAMPLE_TIME);
        self.add_user(&agent, "Bea", "Agent", "1002", SAMPLE_TIME);
        self.add_user(&agent, "Una", "Signed", "1003", SAMPLE_TIME);
        admin
    }

    fn workplaces(&mut self) {
        self.add_app("Service", false, |_| {});
        self.add_app("Service Console", true, |_| {});
        self.add_app("Sales on demand", false, |app| app.start_automatically = false);
        self.add_app("Marketing", false, |app| app.softphone_item = false);
        self.add_app("Classic Sales", false, |app| app.lightning = false);
        let inputs = vec!["callerNumber".into(), "recordId".into()];
        self.add_flow(Flow { name: "Caller_Check".into(), label: "Check the caller".into(), active: true, inputs });
        self.install_apex("Hookswitch");
        self.set_apex("Hookswitch", "echo", ApexAnswer::Echo);
        self.add_directory_number("City Hospital", "(415) 555-0190", "Emergency room, day and night", None);
        self.add_directory_number("Support Line", "1990", "The queue", None);
    }

    fn custom(&mut self) {
        let fields = vec![
            Field::new("Name", "Site Name", FieldKind::text()).required(),
            Field::new("Hotline__c", "Hotline", FieldKind::Phone),
            Field::new("Account__c", "Account", FieldKind::text()),
        ];
        self.add_object(ObjectType::new("Site__c", "Site", "Sites", "a01", fields));
        for (developer_name, label) in [("Call", "Call"), ("Visit", "Visit")] {
            self.add_record_type("Task", developer_name, label);
        }
        self.add_field("Task", Field::new("Recording__c", "Recording", FieldKind::text()));
        // What the softphone's own project brings for activities.
        let seconds = FieldKind::Number { whole: 8, scale: 0 };
        for (name, label) in [("Hold", "Hold"), ("WrapUp", "Wrap-up"), ("Handle", "Handle time")] {
            self.add_field("Task", Field::new(&format!("Hookswitch{name}__c"), &format!("{label} (seconds)"), seconds.clone()));
        }
    }

    fn customers(&mut self, by: &Id) {
        let acme =
            self.sample_record(by, "Account", json!({ "Name": "Acme Robotics", "Phone": "(415) 555-0100", "Industry": "Machinery" }));
        let byron = self.sample_record(by, "Account", json!({ "Name": "Byron Analytical", "Phone": "+44 20 7946 0018" }));
        let energy =
            self.sample_record(by, "Account", json!({ "Name": "Nordlicht Energie", "Phone": "030 23125-140", "BillingCity": "Berlin" }));
        let grace = json!({
            "FirstName": "Grace", "LastName": "Hopper", "Phone": "212.555.0143", "PersonMobilePhone": "+1 212 555 0142",
            "PersonEmail": "grace@home.example",
        });
        self.sample_record(by, "Account", grace);

        let ada = json!({
            "FirstName": "Ada", "LastName": "Byron", "AccountId": byron, "Title": "Head of Operations", "Phone": "+44 20 7946 0021",
            "MobilePhone": "(415) 555-0107", "Email": "ada@byron.example",
        });
        let ada = self.sample_record(by, "Contact", ada);
        self.sample_record(
            by,
            "Contact",
            json!({ "FirstName": "Tom", "LastName": "Fields", "AccountId": acme, "Phone": "(650) 555-0133" }),
        );
        self.sample_record(by, "Contact", json!({ "FirstName": "Tina", "LastName": "Fields", "AccountId": acme, "Phone": "650-555-0133" }));
        let carlos = json!({ "FirstName": "Carlos", "LastName": "Ruiz", "AccountId": acme, "Phone": "+1 (305) 555-0119 ext. 7", "MobilePhone": "3055550120" });
        let carlos = self.sample_record(by, "Contact", carlos);
        self.sample_record(
            by,
            "Contact",
            json!({ "FirstName": "J\u{fc}rgen", "LastName": "Gro\u{df}", "AccountId": energy, "Phone": "030 23125-141" }),
        );
        self.sample_record(by, "Contact", json!({ "FirstName": "Mei", "LastName": "Sato", "Phone": "+1-808-555-0172", "DoNotCall": true }));

        let lena = self.sample_record(
            by,
            "Lead",
            json!({ "FirstName": "Lena", "LastName": "Ortiz", "Company": "Sunrise Bikes", "Phone": "512/555-0155" }),
        );

        let open = json!({ "Subject": "Robot arm stops after update", "ContactId": ada, "AccountId": byron, "Status": "Working", "Origin": "Phone" });
        self.sample_record(by, "Case", open);
        let closed = json!({ "Subject": "Invoice sent twice", "ContactId": carlos, "AccountId": acme, "Status": "Closed" });
        self.sample_record(by, "Case", closed);
        for (record, field) in [(&lena, "Phone"), (&carlos, "MobilePhone")] {
            // Both were just made.
            if let Some(id) = Id::parse(record) {
                self.add_work(&id, field);
            }
        }
        self.sample_record(by, "Site__c", json!({ "Name": "Plant Dresden", "Hotline__c": "+49 351 5550 177", "Account__c": acme }));
    }

    /// Makes a record of the sample and returns its id as text; the sample's own values break no rule.
    fn sample_record(&mut self, by: &Id, object: &str, values: Value) -> String {
        let values: Map<String, Value> = values.as_object().cloned().unwrap_or_default();
        match self.create(object, values, by, SAMPLE_TIME) {
            Ok(id) => id.into(),
            Err(problems) => unreachable!("the sample's own {object} is refused: {problems:?}"),
        }
    }
}
