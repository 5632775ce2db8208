//! The formats, against texts written by hand; and nothing lost on the way round.
#![cfg(feature = "xml")]

use hookswitch_definition::{ConvertError, Definition, Flat, Item, Section, convert, parse, write};
use proptest::prelude::*;

const ACME: &str = r#"<callCenter>
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
</callCenter>
"#;

fn definition(text: &str) -> Definition {
    parse(text).expect("the text is a definition").definition
}

/// Line numbers differ between two writings; everything else must not.
fn without_lines(mut definition: Definition) -> Definition {
    for section in &mut definition.sections {
        section.line = 0;
        section.items.iter_mut().for_each(|item| item.line = 0);
    }
    definition
}

#[test]
fn the_flat_map_is_what_open_cti_returns() {
    let expected: Flat = [
        ("/label", "Acme Phone"),
        ("/internalNameLabel", "Internal name"),
        ("/displayNameLabel", "Display name"),
        ("/reqGeneralInfo/label", "General"),
        ("/reqGeneralInfo/sortOrder", "0.0"),
        ("/reqGeneralInfo/reqInternalName", "AcmePhone"),
        ("/reqGeneralInfo/reqDisplayName", "Acme Phone"),
        ("/reqGeneralInfo/reqAdapterUrl", "https://phone.example.com/sf"),
        ("/reqGeneralInfo/reqAdapterUrl/label", "Adapter URL"),
        ("/reqGeneralInfo/reqAdapterUrl/sortOrder", "2.0"),
        ("/reqGeneralInfo/reqUseApi", "true"),
        ("/reqGeneralInfo/reqUseApi/label", "Use Open CTI"),
        ("/reqGeneralInfo/reqUseApi/sortOrder", "3.0"),
        ("/reqGeneralInfo/reqSoftphoneHeight", "480"),
        ("/reqGeneralInfo/reqSoftphoneHeight/label", "Height"),
        ("/reqGeneralInfo/reqSoftphoneHeight/sortOrder", "4.0"),
        ("/reqGeneralInfo/reqSoftphoneWidth", "340"),
        ("/reqGeneralInfo/reqSoftphoneWidth/label", "Width"),
        ("/reqGeneralInfo/reqSoftphoneWidth/sortOrder", "5.0"),
        ("/reqGeneralInfo/reqSalesforceCompatibilityMode", "Lightning"),
        ("/reqGeneralInfo/reqSalesforceCompatibilityMode/label", "Compatibility"),
        ("/reqGeneralInfo/reqSalesforceCompatibilityMode/sortOrder", "6.0"),
        ("/reqDialingOptions/label", "Dialing"),
        ("/reqDialingOptions/sortOrder", "1.0"),
        ("/reqDialingOptions/reqOutsidePrefix", ""),
        ("/reqDialingOptions/reqOutsidePrefix/label", "Outside line"),
        ("/reqDialingOptions/reqOutsidePrefix/sortOrder", "0.0"),
        ("/reqDialingOptions/reqLongDistPrefix", "1"),
        ("/reqDialingOptions/reqLongDistPrefix/label", "Long distance"),
        ("/reqDialingOptions/reqLongDistPrefix/sortOrder", "1.0"),
        ("/reqDialingOptions/reqInternationalPrefix", "011"),
        ("/reqDialingOptions/reqInternationalPrefix/label", "International"),
        ("/reqDialingOptions/reqInternationalPrefix/sortOrder", "2.0"),
        ("/acmeSip/label", "SIP"),
        ("/acmeSip/sortOrder", "2.0"),
        ("/acmeSip/sipServer", "wss://sip.example.com"),
        ("/acmeSip/sipServer/label", "SIP server"),
        ("/acmeSip/sipServer/sortOrder", "0.0"),
    ]
    .into_iter()
    .collect();
    assert_eq!(definition(ACME).flat(), expected);
    assert_eq!(definition(ACME).flat().without_empty().entry("/reqDialingOptions/reqOutsidePrefix"), None);
}

#[test]
fn a_deploy_gets_the_metadata_format_in_the_order_of_setup() {
    // The names are not repeated as items, sections and items follow their sortOrder, children are in alphabetical order.
    let text = r#"<callCenter>
  <section sortOrder="1" name="acme" label="Acme &amp; Co">
    <item sortOrder="1" name="second">2</item>
    <item sortOrder="0" name="first" label="First"></item>
  </section>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal name">AcmePhone</item>
    <item sortOrder="1" name="reqDisplayName" label="Display name">Acme Phone</item>
    <item sortOrder="3" name="reqAdapterUrl" label="Adapter URL">https://phone.example.com/sf?a=1&amp;b=2</item>
    <item sortOrder="2" name="reqUseApi" label="Use Open CTI">true</item>
    <item sortOrder="4" name="reqSoftphoneHeight" label="Height">480</item>
    <item sortOrder="5" name="reqSoftphoneWidth" label="Width">340</item>
    <item sortOrder="6" name="reqSalesforceCompatibilityMode" label="Compatibility">Lightning</item>
    <item sortOrder="7" name="reqStandbyUrl" label="Standby">https://phone.example.com/"b"</item>
    <item sortOrder="8" name="reqTimeout" label="Timeout">10000</item>
  </section>
</callCenter>"#;
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<CallCenter xmlns="http://soap.sforce.com/2006/04/metadata">
    <adapterUrl>https://phone.example.com/sf?a=1&amp;b=2</adapterUrl>
    <customSettings>{"reqUseApi":"true","reqSoftphoneHeight":"480","reqSoftphoneWidth":"340","reqSalesforceCompatibilityMode":"Lightning","reqStandbyUrl":"https://phone.example.com/\"b\"","reqTimeout":"10000"}</customSettings>
    <displayName>Acme Phone</displayName>
    <displayNameLabel>Display name</displayNameLabel>
    <internalNameLabel>Internal name</internalNameLabel>
    <sections>
        <items>
            <label>Use Open CTI</label>
            <name>reqUseApi</name>
            <value>true</value>
        </items>
        <items>
            <label>Adapter URL</label>
            <name>reqAdapterUrl</name>
            <value>https://phone.example.com/sf?a=1&amp;b=2</value>
        </items>
        <items>
            <label>Height</label>
            <name>reqSoftphoneHeight</name>
            <value>480</value>
        </items>
        <items>
            <label>Width</label>
            <name>reqSoftphoneWidth</name>
            <value>340</value>
        </items>
        <items>
            <label>Compatibility</label>
            <name>reqSalesforceCompatibilityMode</name>
            <value>Lightning</value>
        </items>
        <items>
            <label>Standby</label>
            <name>reqStandbyUrl</name>
            <value>https://phone.example.com/"b"</value>
        </items>
        <items>
            <label>Timeout</label>
            <name>reqTimeout</name>
            <value>10000</value>
        </items>
        <label>General</label>
        <name>reqGeneralInfo</name>
    </sections>
    <sections>
        <items>
            <label>First</label>
            <name>first</name>
            <value></value>
        </items>
        <items>
            <label>second</label>
            <name>second</name>
            <value>2</value>
        </items>
        <label>Acme &amp; Co</label>
        <name>acme</name>
    </sections>
</CallCenter>
"#;
    let metadata = convert(&definition(text), "").expect("the definition has both names");
    assert_eq!(metadata.xml, expected);
    assert_eq!((metadata.full_name.as_str(), metadata.empty), ("AcmePhone", vec!["acme/first".to_owned()]));
    let filled = convert(&definition(text), "-").expect("the definition has both names");
    assert_eq!(filled.xml, expected.replace("<value></value>", "<value>-</value>"));
}

#[test]
fn a_deploy_needs_both_names() {
    let no_display = definition(&ACME.replace(">Acme Phone<", "><"));
    assert_eq!(convert(&no_display, ""), Err(ConvertError::NoDisplayName));
    assert_eq!(convert(&Definition::default(), ""), Err(ConvertError::NoInternalName));
}

#[test]
fn reading_and_writing_gives_the_same_text() {
    assert_eq!(write(&definition(ACME)), ACME);
}

#[test]
fn text_is_read_as_xml_means_it() {
    let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a --><callCenter xmlns=\"urn:x\">\
                <section sortOrder=' 0 ' name='a' label='&lt;&#65;&#x42;&apos;&quot;'>\
                <item name=\"i\" sortOrder=\"0\"> a<!-- gone -->&amp;<![CDATA[<b>&]]>&#xe9;\r\n</item></section></callCenter>\n";
    let section = &definition(text).sections[0];
    assert_eq!((section.label.as_deref(), section.sort_order), (Some("<AB'\""), Some(0)));
    assert_eq!(section.items[0].value, " a&<b>&\u{e9}\n");
}

#[test]
fn values_are_set_only_where_there_is_an_item() {
    let mut acme = definition(ACME);
    acme.set("acmeSip", "sipServer", "wss://other.example.com").expect("the item is there");
    assert_eq!(acme.value("acmeSip", "sipServer"), Some("wss://other.example.com"));
    let refused = acme.set("acmeSip", "realm", "x").expect_err("there is no such item");
    assert_eq!(refused.to_string(), "the definition has no item realm in a section acmeSip; values can be given only to items it has");
}

fn any_text() -> impl Strategy<Value = String> {
    // Everything XML can carry, with a leaning towards what must be escaped.
    prop_oneof!["[ -~\t\n\r\u{a0}-\u{d7ff}\u{10000}-\u{10ffff}]{0,12}", "[<>&\"'\\]\\[! \r\n\t;#-]{0,8}"]
}

fn any_section() -> impl Strategy<Value = Section> {
    let item = (any_text(), proptest::option::of(any_text()), proptest::option::of(0..99u32), any_text())
        .prop_map(|(name, label, sort_order, value)| Item { name, label, sort_order, value, line: 0 });
    (any_text(), proptest::option::of(any_text()), proptest::option::of(0..99u32), proptest::collection::vec(item, 0..4))
        .prop_map(|(name, label, sort_order, items)| Section { name, label, sort_order, items, line: 0 })
}

proptest! {
    #[test]
    fn whatever_a_definition_holds_survives_the_way_round(sections in proptest::collection::vec(any_section(), 0..4)) {
        let definition = Definition { sections };
        let read = parse(&write(&definition)).expect("what was written can be read");
        prop_assert_eq!(without_lines(read.definition), definition);
        prop_assert_eq!(read.findings, []);
    }

    #[test]
    fn no_text_at_all_makes_check_or_parse_panic(text in "[<>/=\"&;a-z!\\[\\]?-]{0,40}|<callCenter>[<>/=\"&;a-z]{0,30}</callCenter>") {
        let findings = hookswitch_definition::check(&text);
        prop_assert!(!findings.is_empty(), "{:?} is no definition", text);
    }
}
