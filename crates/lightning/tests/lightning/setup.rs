//! Setup: call centers, their users, layouts, permissions.

use hookswitch_lightning::{CallCenterRefusal, NoSoftphone, Org, Pop, SAMPLE_CENTER, Softphone};
use serde_json::json;

use crate::stage::{Stage, id, org};

fn named(org: &Org, user: &str) -> hookswitch_lightning::Id {
    org.named("User", user).expect("in the sample").id.clone()
}

#[test]
fn a_file_that_breaks_a_rule_is_refused_with_each_reason_and_changes_nothing() {
    let mut org = Org::sample();
    let admin = named(&org, "Ines Admin");
    let version = org.version();
    let broken = SAMPLE_CENTER.replace("AcmePhone", "1 Acme").replace("name=\"reqTimeout\"", "name=\"timeOut\"");
    let Err(CallCenterRefusal::Invalid(findings)) = org.import_call_center(&admin, &broken) else { panic!("imported") };
    let said = CallCenterRefusal::Invalid(findings.clone()).to_string();
    assert!(findings.len() >= 2, "{said}");
    assert!(said.contains("reqInternalName") && said.contains("line "), "{said}");
    assert_eq!((org.version(), org.call_centers().len(), org.layouts().len()), (version, 0, 0));
    assert!(org.import_call_center(&admin, "<callCenter").is_err());
}

#[test]
fn the_first_import_brings_a_layout_and_the_name_is_taken_from_then_on() {
    let mut org = Org::sample();
    let admin = named(&org, "Ines Admin");
    let center = org.import_call_center(&admin, SAMPLE_CENTER).expect("a good file");
    assert_eq!((center.prefix(), org.layouts().len()), ("04v", 1));
    assert_eq!(org.import_call_center(&admin, SAMPLE_CENTER), Err(CallCenterRefusal::NameTaken("AcmePhone".into())));
}

#[test]
fn only_those_who_may_manage_call_centers_do() {
    let mut org = Org::sample_with(SAMPLE_CENTER).expect("a good file");
    let alex = named(&org, "Alex Agent");
    let center = org.call_centers()[0].id.clone();
    let layout = org.layouts()[0].clone();
    let version = org.version();
    let refusals = [
        org.import_call_center(&alex, SAMPLE_CENTER).map(drop),
        org.clone_call_center(&alex, &center, "Copy", "Copy").map(drop),
        org.edit_call_center(&alex, &center, "reqGeneralInfo", "reqSoftphoneWidth", "400"),
        org.delete_call_center(&alex, &center),
        org.assign_user(&alex, &center, &alex),
        org.unassign_user(&alex, &alex),
        org.add_layout(&alex, "Mine").map(drop).map_err(Into::into),
        org.save_layout(&alex, layout).map_err(Into::into),
    ];
    for refusal in refusals {
        let Err(CallCenterRefusal::NotAllowed(who)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(who.user, "Alex Agent");
    }
    assert_eq!(org.version(), version);
}

#[test]
fn values_can_be_changed_and_fields_cannot() {
    let (mut org, user) = org();
    let center = org.call_centers()[0].id.clone();
    org.edit_call_center(&user, &center, "acmeSip", "sipServer", "wss://other.example.com").expect("a field of it");
    assert_eq!(org.settings(&org.call_centers()[0])["/acmeSip/sipServer"], "wss://other.example.com");
    let unknown = org.edit_call_center(&user, &center, "acmeSip", "realm", "x");
    assert_eq!(unknown, Err(CallCenterRefusal::UnknownField("acmeSip".into(), "realm".into())));
    let renamed = org.edit_call_center(&user, &center, "reqGeneralInfo", "reqInternalName", "Other");
    assert_eq!(renamed, Err(CallCenterRefusal::InternalNameIsFixed));
}

#[test]
fn an_org_may_leave_empty_values_out_of_the_settings() {
    let (mut org, _) = org();
    let empty = |org: &Org| org.settings(&org.call_centers()[0]).get("/reqDialingOptions/reqOutsidePrefix").cloned();
    assert_eq!(empty(&org), Some(String::new()));
    org.set_leave_out_empty_settings(true);
    assert_eq!(empty(&org), None);
}

#[test]
fn a_clone_has_its_own_name_and_no_users() {
    let (mut org, user) = org();
    let center = org.call_centers()[0].id.clone();
    for wrong in ["", "2nd", "Has space", "AcmePhone", "acmephone"] {
        assert!(org.clone_call_center(&user, &center, wrong, "x").is_err(), "{wrong}");
    }
    let copy = org.clone_call_center(&user, &center, "AcmePhone2", "Second").expect("a free name");
    let copied = org.call_center(&copy).expect("made").clone();
    assert_eq!((copied.internal_name(), copied.display_name()), ("AcmePhone2", "Second"));
    assert_eq!(copied.value("acmeSip", "sipServer"), Some("wss://sip.example.com"));
    assert_eq!((org.users_of(&copy).count(), org.users_of(&center).count()), (0, 1));
}

#[test]
fn a_user_belongs_to_one_call_center_and_is_not_offered_to_another() {
    let (mut org, user) = org();
    let first = org.call_centers()[0].id.clone();
    let second = org.clone_call_center(&user, &first, "Second", "Second").expect("a free name");
    assert_eq!(org.assign_user(&user, &second, &user), Err(CallCenterRefusal::UserTaken("Alex Agent".into(), "Acme Phone".into())));
    assert_eq!(org.assignable_users().count(), 0);
    org.unassign_user(&user, &user).expect("Alex may");
    assert_eq!(org.assignable_users().count(), 1);
    org.assign_user(&user, &second, &user).expect("free now");
    assert_eq!(org.call_center_of(&user).map(|center| center.id.clone()), Some(second.clone()));
    org.delete_call_center(&user, &second).expect("Alex may");
    assert_eq!(org.call_center_of(&user), None);
}

#[test]
fn each_reason_for_no_softphone_is_told_in_plain_words() {
    let mut stage = Stage::new();
    let center = stage.org.call_centers()[0].id.clone();
    let reason = |stage: &mut Stage| {
        stage.host.reload(&stage.org, stage.now);
        stage.outputs();
        let Softphone::Absent { because } = stage.host.page().softphone() else { panic!("there is one") };
        because.clone()
    };
    let table = [
        ("reqUseApi", "false", NoSoftphone::NotOpenCti("Acme Phone".into())),
        ("reqSalesforceCompatibilityMode", "Classic", NoSoftphone::NotLightning("Acme Phone".into())),
        ("reqAdapterUrl", "http://phone.example.com/sf", NoSoftphone::NotHttps("http://phone.example.com/sf".into())),
        ("reqAdapterUrl", "/apex/phone", NoSoftphone::Visualforce("/apex/phone".into())),
        ("reqAdapterUrl", "", NoSoftphone::NoAdapterUrl("Acme Phone".into())),
    ];
    for (item, value, wanted) in table {
        let before = stage.org.call_centers()[0].general(item).unwrap_or_default().to_owned();
        stage.org.edit_call_center(&stage.user, &center, "reqGeneralInfo", item, value).expect("a field of it");
        assert_eq!(reason(&mut stage), wanted);
        stage.org.edit_call_center(&stage.user, &center, "reqGeneralInfo", item, &before).expect("a field of it");
    }
    stage.org.edit_app("Service", |app| app.softphone_item = false);
    assert_eq!(reason(&mut stage), NoSoftphone::NoUtilityItem("Service".into()));
    stage.org.edit_app("Service", |app| app.lightning = false);
    assert_eq!(reason(&mut stage), NoSoftphone::ClassicApp("Service".into()));
    stage.org.edit_app("Service", |app| (app.lightning, app.softphone_item) = (true, true));
    stage.org.unassign_user(&stage.user, &stage.user).expect("Alex may");
    let unassigned = reason(&mut stage);
    assert_eq!(unassigned, NoSoftphone::NotAssigned("Alex Agent".into()));
    assert!(unassigned.to_string().contains("Manage Call Center Users"));
}

#[test]
fn a_profile_with_a_layout_of_its_own_gets_that_and_others_the_default() {
    let mut stage = Stage::new();
    let profile = stage.org.profiles()[0].id.clone();
    let own = stage.org.add_layout(&stage.user, "Own").expect("Alex may");
    let mut layout = stage.org.layouts().iter().find(|layout| layout.id == own).expect("added").clone();
    layout.inbound.no_match = Pop::Flow("Caller_Check".into());
    stage.org.save_layout(&stage.user, layout).expect("Alex may");
    let no_match = |stage: &mut Stage| stage.works("getSoftphoneLayout", json!({}))["Inbound"]["screenPopSettings"]["NoMatch"].clone();
    assert_eq!(no_match(&mut stage)["screenPopType"], "PopToEntity");
    stage.org.assign_layout(&stage.user, &profile, Some(&own)).expect("Alex may");
    assert_eq!(no_match(&mut stage), json!({ "screenPopType": "PopToFlow", "screenPopData": "Caller_Check" }));
    stage.org.assign_layout(&stage.user, &profile, None).expect("Alex may");
    assert_eq!(no_match(&mut stage)["screenPopType"], "PopToEntity");
}

#[test]
fn without_any_layout_the_search_fails_silently() {
    let mut stage = Stage::new();
    stage.org.remove_layouts();
    assert_eq!(stage.works("searchAndScreenPop", json!({ "searchParams": "415 555 0100", "callType": "inbound" })), json!({}));
    assert_eq!(stage.fails("getSoftphoneLayout", json!({}))["code"], "GENERIC_ERROR");
}

#[test]
fn an_org_survives_being_stored_and_read_back() {
    let org = Org::sample_with(SAMPLE_CENTER).expect("a good file");
    let text = serde_json::to_string(&org).expect("plain data");
    assert_eq!(serde_json::from_str::<Org>(&text).expect("its own text"), org);
}

#[test]
fn the_sample_is_the_same_each_time_and_holds_what_a_softphone_meets() {
    let org = Org::sample();
    assert_eq!(org, Org::sample());
    let shared = org.search_ids("650 555 0133", &["Contact"]);
    assert_eq!(shared.len(), 2, "two contacts share a number");
    assert!(org.records("Account").any(hookswitch_lightning::Record::is_person));
    let ada = org.named("Contact", "Ada Byron").expect("a known caller");
    assert_eq!(org.open_cases(&ada.id).len(), 1);
    assert_eq!(org.phones(ada).len(), 2);
    assert!(org.record(&id(ada.id.short())).is_some());
}

#[test]
fn the_definition_we_ship_can_be_imported_and_gives_a_softphone() {
    let org = Org::sample_with(include_str!("../../../../definition/hookswitch.xml")).expect("our own file");
    let alex = named(&org, "Alex Agent");
    let host = hookswitch_lightning::Host::new(&org, crate::stage::ORIGIN, &alex, "Service", 0);
    assert!(host.page().softphone().url().is_some(), "{:?}", host.page().softphone());
}
