//! Files shaped like those other vendors ship, which import: none may be refused.
#![cfg(feature = "xml")]

use hookswitch_definition::{Rule, Severity, check};

/// The rules a file breaks, after proof that none of them is an error.
fn warnings(text: &str) -> Vec<Rule> {
    let findings = check(text);
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity() == Severity::Error).map(ToString::to_string).collect();
    assert_eq!(errors, [""; 0]);
    findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_file_without_dialing_options_and_with_general_info_second_passes() {
    let text = r#"<callCenter>
        <section sortOrder="0" name="cloudSettings" label="Cloud">
            <item sortOrder="0" name="region" label="Region">eu</item>
            <item sortOrder="1" name="2ndRegion">us</item>
        </section>
        <section sortOrder="1" name="reqGeneralInfo" label="General Information">
            <item sortOrder="0" name="reqInternalName" label="Internal Name">CloudCalling</item>
            <item sortOrder="1" name="reqDisplayName" label="Display Name">Cloud Calling</item>
            <item sortOrder="2" name="reqDescription" label="Description">Calls from the cloud</item>
            <item sortOrder="3" name="reqAdapterUrl" label="CTI Adapter URL">https://cloud.example.com/sf/index.html?v=2&amp;x=1</item>
            <item sortOrder="4" name="reqUseApi" label="Use CTI API">true</item>
            <item sortOrder="5" name="reqSoftphoneHeight" label="Softphone Height">550</item>
            <item sortOrder="6" name="reqSoftphoneWidth" label="Softphone Width">400</item>
            <item sortOrder="7" name="reqSalesforceCompatibilityMode" label="Mode">Classic_and_Lightning</item>
        </section>
    </callCenter>"#;
    assert_eq!(warnings(text), [Rule::DialingMissing, Rule::GeneralInfoOrder]);
}

#[test]
fn a_file_with_own_req_sections_and_a_visualforce_page_passes() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
    <!-- Adapter of a large cloud, as a managed package installs it. -->
    <callCenter>
        <section sortOrder="0" name="reqGeneralInfo" label="General Information">
            <item sortOrder="0" name="reqInternalName" label="Internal Name">CloudConnectAdapter</item>
            <item sortOrder="1" name="reqDisplayName" label="Display Name">Cloud Connect</item>
            <item sortOrder="2" name="reqAdapterUrl" label="CTI Adapter URL">/apex/cc__Adapter?debug=true</item>
            <item sortOrder="3" name="reqUseApi" label="Use CTI API">true</item>
            <item sortOrder="4" name="reqSoftphoneHeight" label="Height">570</item>
            <item sortOrder="5" name="reqSoftphoneWidth" label="Width">320</item>
            <item sortOrder="6" name="reqSalesforceCompatibilityMode" label="Mode">Lightning</item>
        </section>
        <section sortOrder="1" name="reqDialingOptions" label="Dialing Options">
            <item sortOrder="0" name="reqOutsidePrefix" label="Outside Prefix">9</item>
            <item sortOrder="1" name="reqLongDistPrefix" label="Long Distance Prefix">1</item>
            <item sortOrder="2" name="reqInternationalPrefix" label="International Prefix">01</item>
        </section>
        <section sortOrder="2" name="reqCloudSFOptions" label="Connect">
            <item sortOrder="0" name="reqCloudInstance" label="Instance">acme</item>
            <item sortOrder="1" name="reqCloudDebug" label="Debug"/>
        </section>
        <section sortOrder="3" name="phoneDemo" label="Demo">
            <item sortOrder="0" name="reqSimulatedNumber" label="Number">415 555 1212</item>
            <item sortOrder="1" name="reqOutsidePrefix" label="Same name elsewhere">9</item>
        </section>
    </callCenter>"#;
    assert_eq!(warnings(text), [Rule::AdapterRelative, Rule::NameReq, Rule::NameReq, Rule::NameReq]);
}

#[test]
fn a_file_in_reverse_order_with_misspelt_optional_items_passes() {
    let text = r#"<callCenter>
        <section sortOrder="1" name="reqDialingOptions">
            <item sortOrder="2" name="reqInternationalPrefix">01</item>
            <item sortOrder="1" name="reqLongDistPrefix">1</item>
            <item sortOrder="0" name="reqOutsidePrefix">9</item>
        </section>
        <section sortOrder="0" name="reqGeneralInfo">
            <item sortOrder="6" name="reqSalesforceCompatibiltyMode">Lightning</item>
            <item sortOrder="5" name="reqSoftphoneWidth"></item>
            <item sortOrder="4" name="reqSoftphoneHeight"></item>
            <item sortOrder="3" name="reqUseApi"></item>
            <item sortOrder="2" name="reqAdapterUrl"></item>
            <item sortOrder="1" name="reqDisplayName"></item>
            <item sortOrder="0" name="reqInternalName">Reverse</item>
        </section>
    </callCenter>"#;
    let expected = [
        Rule::DocumentOrder,
        Rule::DocumentOrder,
        Rule::CompatibilityClassic,
        Rule::NameMisspelt,
        Rule::DocumentOrder,
        Rule::UseApiNotTrue,
        Rule::AdapterEmpty,
    ];
    assert_eq!(warnings(text), expected);
}

#[test]
fn a_file_for_classic_and_the_old_toolkit_passes() {
    let text = r#"<callCenter>
        <section sortOrder="0" name="reqGeneralInfo" label="General Information">
            <item sortOrder="0" name="reqInternalName" label="Internal Name">OldPhone</item>
            <item sortOrder="1" name="reqDisplayName" label="Display Name">Old Phone</item>
            <item sortOrder="2" name="reqAdapterUrl" label="Adapter">http://localhost:11000</item>
            <item sortOrder="3" name="reqUseApi" label="API">false</item>
            <item sortOrder="4" name="reqSoftphoneHeight" label="Height">100</item>
            <item sortOrder="5" name="reqSoftphoneWidth" label="Width">100</item>
            <item sortOrder="6" name="reqProgId" label="Prog Id">Old.Phone.1</item>
            <item sortOrder="7" name="reqVersion" label="Version">4</item>
        </section>
        <section sortOrder="1" name="reqDialingOptions" label="Dialing Options">
            <item sortOrder="0" name="reqOutsidePrefix" label="Outside Prefix">9</item>
            <item sortOrder="1" name="reqLongDistPrefix" label="Long Distance Prefix">1</item>
            <item sortOrder="2" name="reqInternationalPrefix" label="International Prefix">01</item>
        </section>
    </callCenter>"#;
    assert_eq!(warnings(text), [Rule::CompatibilityClassic, Rule::UseApiNotTrue]);
}
