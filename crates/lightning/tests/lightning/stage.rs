//! The stage the tests play on: a small org whose ids are those of the specification's examples.

use hookswitch_lightning::{ApexAnswer, Flow, Host, HostOutput, Id, LayoutSection, Org, Pop, Record, SoftphoneLayout, View};
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "https://acme.lightning.force.com";
/// 15 January 2026, 10:02:11 UTC.
pub(crate) const NOON: u64 = 1_768_471_331_000;
/// A contact.
pub(crate) const ADA: &str = "003xx0000004TmiAAE";
/// A business account.
pub(crate) const ACME: &str = "001xx000003DGb0AAG";
/// A person account, and its contact half.
pub(crate) const GRACE: &str = "001xx000003DGb2AAG";
pub(crate) const GRACE_CONTACT: &str = "003xx0000004TmkAAE";
/// A lead.
pub(crate) const LENA: &str = "00Qxx0000001AbCEAU";
/// A case.
pub(crate) const CASE: &str = "500xx000000Bcd1AAC";

const CENTER: &str = r#"<callCenter>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal name">AcmePhone</item>
    <item sortOrder="1" name="reqDisplayName" label="Display name">Acme Phone</item>
    <item sortOrder="2" name="reqAdapterUrl" label="Adapter URL">https://phone.example.com/sf</item>
    <item sortOrder="3" name="reqUseApi" label="Use Open CTI">true</item>
    <item sortOrder="4" name="reqSoftphoneHeight" label="Height">480</item>
    <item sortOrder="5" name="reqSoftphoneWidth" label="Width">340</item>
    <item sortOrder="6" name="reqSalesforceCompatibilityMode" label="Compatibility">Lightning</item>
  </section>
  <section sortOrder="1" name="reqDialingOptions" label="Dialing">
    <item sortOrder="0" name="reqOutsidePrefix" label="Outside line"></item>
    <item sortOrder="1" name="reqLongDistPrefix" label="Long distance">1</item>
    <item sortOrder="2" name="reqInternationalPrefix" label="International">011</item>
  </section>
  <section sortOrder="2" name="acmeSip" label="SIP">
    <item sortOrder="0" name="sipServer" label="SIP server">wss://sip.example.com</item>
  </section>
</callCenter>"#;

/// An org, a host in it, and what the host said.
pub(crate) struct Stage {
    pub(crate) org: Org,
    pub(crate) host: Host,
    pub(crate) user: Id,
    pub(crate) now: u64,
}

impl Stage {
    /// Alex, who may manage call centers, on the home page of a standard app.
    pub(crate) fn new() -> Self {
        Self::in_app("Service")
    }

    pub(crate) fn in_app(app: &str) -> Self {
        let (org, user) = org();
        let host = Host::new(&org, ORIGIN, &user, app, NOON);
        let mut stage = Self { org, host, user, now: NOON };
        stage.outputs();
        stage
    }

    /// The whole layout section for inbound calls.
    pub(crate) fn inbound(&mut self, change: impl FnOnce(&mut LayoutSection)) {
        let mut layout: SoftphoneLayout = self.org.layouts()[0].clone();
        change(&mut layout.inbound);
        self.org.save_layout(&self.user, layout).expect("Alex may");
    }

    pub(crate) fn outputs(&mut self) -> Vec<HostOutput> {
        std::iter::from_fn(|| self.host.poll()).collect()
    }

    /// The messages posted since the last look.
    pub(crate) fn posts(&mut self) -> Vec<Value> {
        let post = |output| if let HostOutput::Post(message) = output { Some(message) } else { None };
        self.outputs().into_iter().filter_map(post).collect()
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.host.receive(&mut self.org, self.now, message);
    }

    /// Calls a method as the script does, and returns the response.
    pub(crate) fn call(&mut self, method: &str, args: Value) -> Value {
        self.outputs();
        self.send(&request(method, 7, args));
        let posts = self.posts();
        posts.into_iter().find(|post| post["callId"] == 7).map_or(Value::Null, |mut post| post["response"].take())
    }

    /// Calls a method that works, and returns its return value.
    pub(crate) fn works(&mut self, method: &str, args: Value) -> Value {
        let mut response = self.call(method, args);
        assert_eq!(response["success"], true, "{method}: {response}");
        response["returnValue"].take()
    }

    /// Calls a method that fails, and returns its error.
    pub(crate) fn fails(&mut self, method: &str, args: Value) -> Value {
        let mut response = self.call(method, args);
        assert_eq!(response["success"], false, "{method}: {response}");
        response["errors"][0].take()
    }

    /// Registers a listener.
    pub(crate) fn listen(&mut self, method: &str) {
        self.send(&json!({
            "methodName": method, "callId": 1, "apiVersion": 66, "apiType": "opencti",
            "isCallbackRegistered": false, "isListenerRegistered": true, "args": {},
        }));
        self.outputs();
    }

    pub(crate) fn open(&mut self, path: &str) {
        self.host.open(&self.org, View::at(path), self.now);
    }

    /// Waits, as a host's timer would, until that much time has gone by.
    pub(crate) fn wait(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some(at) = self.host.deadline(&self.org).filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.host.advance(&mut self.org, self.now);
        }
        self.now = end;
    }

    pub(crate) fn create(&mut self, object: &str, values: Value) -> Result<Id, Vec<String>> {
        let values = values.as_object().cloned().unwrap_or_default();
        self.org.create(object, values, &self.user, self.now).map_err(|all| all.iter().map(ToString::to_string).collect())
    }
}

/// A request as the script of version 66 posts it.
pub(crate) fn request(method: &str, call: u64, args: Value) -> Value {
    json!({
        "methodName": method, "callId": call, "apiVersion": 66, "apiType": "opencti",
        "isCallbackRegistered": true, "isListenerRegistered": false, "args": args,
    })
}

pub(crate) fn id(text: &str) -> Id {
    Id::parse(text).expect("an id")
}

/// A standard app and a console, one user, and a record of each kind.
pub(crate) fn org() -> (Org, Id) {
    let mut org = Org::new();
    let profile = org.add_profile("Agent", true);
    let user = org.add_user(&profile, "Alex", "Agent", "1001", NOON);
    org.add_app("Service", false, |_| {});
    org.add_app("Console", true, |_| {});
    org.add_app("On demand", false, |app| app.start_automatically = false);
    let center = org.import_call_center(&user, CENTER).expect("a good file");
    org.assign_user(&user, &center, &user).expect("Alex is free");
    org.add_flow(Flow { name: "Caller_Check".into(), label: "Check".into(), active: true, inputs: vec!["ani".into()] });
    org.set_apex("AccountFinder", "byName", ApexAnswer::Returns(r#"[{"Id":"001xx000003DGb2AAG","Name":"Acme"}]"#.into()));
    org.set_apex("AccountFinder", "broken", ApexAnswer::Fails);
    put(&mut org, "Account", ACME, json!({ "Name": "Acme", "Phone": "+44 20 7946 0018" }));
    let grace = json!({
        "FirstName": "Grace", "LastName": "Hopper", "Name": "Grace Hopper", "Phone": "(212) 555-0142", "IsPersonAccount": true,
        "PersonContactId": GRACE_CONTACT,
    });
    put(&mut org, "Account", GRACE, grace);
    let half = json!({
        "FirstName": "Grace", "LastName": "Hopper", "Name": "Grace Hopper", "Phone": "(212) 555-0142", "IsPersonAccount": true,
        "AccountId": GRACE,
    });
    put(&mut org, "Contact", GRACE_CONTACT, half);
    let ada = json!({ "FirstName": "Ada", "LastName": "Byron", "Name": "Ada Byron", "Phone": "(415) 555-0100", "AccountId": ACME });
    put(&mut org, "Contact", ADA, ada);
    put(&mut org, "Lead", LENA, json!({ "LastName": "Ortiz", "Name": "Lena Ortiz", "Company": "Bikes", "Phone": "512/555-0155" }));
    put(&mut org, "Case", CASE, json!({ "CaseNumber": "00001001", "Subject": "Arm stops", "Status": "New", "ContactId": ADA }));
    layout(&mut org, &user);
    (org, user)
}

/// Puts a record there with an id of its own.
pub(crate) fn put(org: &mut Org, object: &str, id: &str, fields: Value) {
    let fields = fields.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    org.put(Record { id: self::id(id), object: object.into(), fields, created: NOON, modified: NOON, saves: 1 });
}

/// The layout of the specification's example.
fn layout(org: &mut Org, user: &Id) {
    let mut layout = org.layouts()[0].clone();
    let object = |name: &str, fields: &[&str]| (name.to_owned(), fields.iter().map(|field| (*field).to_owned()).collect());
    layout.internal.objects = vec![object("User", &["Name"])];
    layout.inbound.objects = vec![object("Contact", &["Name", "Phone"])];
    layout.inbound.no_match = Pop::NewRecord("Contact".into());
    layout.inbound.single_match = Pop::Visualforce("CallerPage".into());
    layout.inbound.multiple_matches = Pop::SearchPage;
    layout.outbound.objects = vec![object("Account", &["Name"])];
    org.save_layout(user, layout).expect("Alex may");
}
