//! One broken file per rule: exactly that rule is reported, at its place.
#![cfg(feature = "xml")]

use std::collections::BTreeSet;

use hookswitch_definition::{Rule, Severity, check};

/// Breaks no rule. Line 2 opens the general section; its items are on lines 3 to 11.
const GOOD: &str = r#"<callCenter>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal name">AcmePhone</item>
    <item sortOrder="1" name="reqDisplayName" label="Display name">Acme Phone</item>
    <item sortOrder="2" name="reqAdapterUrl" label="Adapter URL">https://phone.example.com/sf?a=1&amp;b=2</item>
    <item sortOrder="3" name="reqUseApi" label="Use Open CTI">true</item>
    <item sortOrder="4" name="reqSoftphoneHeight" label="Height">480</item>
    <item sortOrder="5" name="reqSoftphoneWidth" label="Width">340</item>
    <item sortOrder="6" name="reqSalesforceCompatibilityMode" label="Compatibility">Lightning</item>
    <item sortOrder="7" name="reqStandbyUrl" label="Standby">https://phone.example.com/standby</item>
    <item sortOrder="8" name="reqTimeout" label="Timeout">10000</item>
  </section>
  <section sortOrder="1" name="reqDialingOptions" label="Dialing">
    <item sortOrder="0" name="reqOutsidePrefix" label="Outside line"></item>
    <item sortOrder="1" name="reqLongDistPrefix" label="Long distance">1</item>
    <item sortOrder="2" name="reqInternationalPrefix" label="International">011</item>
  </section>
  <section sortOrder="2" name="acmeSip" label="SIP">
    <item sortOrder="0" name="sipServer" label="SIP server">wss://sip.example.com</item>
    <item sortOrder="1" name="line" label="Line">1</item>
  </section>
</callCenter>
"#;

/// A way to break the good file: the rule, its line, what is replaced by what.
type Break = (Rule, u32, &'static str, String);

/// The lines of the good file from one number to another.
fn lines(from: usize, to: usize) -> &'static str {
    let start = |number: usize| GOOD.split_inclusive('\n').take(number - 1).map(str::len).sum::<usize>();
    &GOOD[start(from)..start(to + 1)]
}

/// A line of the good file with another number.
fn with_order(line: &str, order: u32) -> String {
    let (before, after) = line.split_once("sortOrder=\"").expect("the line has a sortOrder");
    format!("{before}sortOrder=\"{order}{}", after.trim_start_matches(|char: char| char.is_ascii_digit()))
}

fn breaks() -> Vec<Break> {
    use Rule::{
        AdapterEmpty, AdapterLong, AdapterNotHttps, AdapterRelative, AdapterStrange, CanvasHalf, CanvasInLightning, CompatibilityClassic,
        CompatibilityUnknown, DialingMissing, DisplayNameLong, DisplayNameOrder, DisplayNameTooLong, DocumentOrder, GeneralInfoOrder,
        InternalNameBad, InternalNameEmpty, InternalNameLong, InternalNameOrder, ItemMissing, LabelLong, NameBad, NameBlanks,
        NameDuplicate, NameLong, NameMissing, NameMisspelt, NameNotAscii, NameReq, NameReserved, OpenCtiLong, SecretName, SectionEmpty,
        SectionMissing, SizeOutside, SortDuplicate, SortGap, SortMissing, SortNotNumber, StandbyHalf, StandbyWithoutTimeout, StrayText,
        TimeoutStrange, TimeoutWithoutStandby, TooManyItems, TooManySections, ToolkitItem, UnknownAttribute, UnknownElement, UseApiNotTrue,
        VoiceItem, XmlMalformed, XmlRoot,
    };
    let extra = |name: &str| format!("10000</item>\n<item sortOrder=\"9\" name=\"{name}\">x</item>");
    let section = |from: usize, to: usize| {
        (from..to)
            .map(|n| format!("<section sortOrder=\"{n}\" name=\"s{n}\"><item sortOrder=\"0\" name=\"a\"/></section>\n"))
            .collect::<String>()
    };
    let items = |from: usize, to: usize| (from..to).map(|n| format!("<item sortOrder=\"{n}\" name=\"i{n}\"/>\n")).collect::<String>();
    let (general, dialing, both) = (lines(2, 12), lines(13, 17), lines(2, 17));
    let names = lines(3, 5);
    let end = "</callCenter>";
    let line = "name=\"line\"";
    let line_item = lines(20, 20);
    let own = "name=\"acmeSip\"";
    let adapter = "https://phone.example.com/sf?a=1&amp;b=2";
    let (timeout, pair) = (lines(11, 11), lines(10, 11));
    vec![
        // Not XML, or not a definition.
        (XmlMalformed, 5, "&amp;", "&".into()),
        (XmlMalformed, 21, "\"Line\">1</item>", "\"Line\">1".into()),
        (XmlMalformed, 22, "\n</callCenter>", String::new()),
        (XmlMalformed, 20, "label=\"Line\"", "label=Line".into()),
        (XmlMalformed, 20, "label=\"Line\"", "label=\"a\" label=\"b\"".into()),
        (XmlMalformed, 20, "label=\"Line\"", "label=\"<\"".into()),
        (XmlMalformed, 20, "\"Line\">1", "\"Line\">&nbsp;".into()),
        (XmlMalformed, 20, "\"Line\">1", "\"Line\">\u{1}".into()),
        (XmlMalformed, 22, end, "</callCenter><callCenter/>".into()),
        (XmlMalformed, 22, end, "</callCenter>text".into()),
        (XmlMalformed, 1, "<callCenter>", " <?xml version=\"1.0\"?><callCenter>".into()),
        (XmlRoot, 1, GOOD, "<CallCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\"/>".into()),
        (XmlRoot, 1, GOOD, String::new()),
        // What must be there.
        (SectionMissing, 1, GOOD, format!("<callCenter>{}</callCenter>", dialing.replace("\"1\" name=\"reqD", "\"0\" name=\"reqD"))),
        (ItemMissing, 2, "name=\"reqAdapterUrl\"", "name=\"adapter\"".into()),
        (ItemMissing, 2, "name=\"reqSoftphoneWidth\"", "name=\"wide\"".into()),
        (InternalNameEmpty, 3, ">AcmePhone<", "> <".into()),
        (InternalNameBad, 3, ">AcmePhone<", ">Acme Phone<".into()),
        (InternalNameBad, 3, ">AcmePhone<", ">4cme<".into()),
        (InternalNameBad, 3, ">AcmePhone<", ">Acme_Phone<".into()),
        (InternalNameLong, 3, ">AcmePhone<", format!(">{}<", "a".repeat(41))),
        (DisplayNameTooLong, 4, ">Acme Phone<", format!(">{}<", "a".repeat(1001))),
        (DisplayNameLong, 4, ">Acme Phone<", format!(">{}<", "a".repeat(81))),
        (StandbyWithoutTimeout, 10, timeout, String::new()),
        (TimeoutWithoutStandby, 10, pair, timeout.replace('8', "7")),
        // Names and labels.
        (NameMissing, 20, line, String::new()),
        (NameMissing, 20, line, "name=\"\"".into()),
        (NameMissing, 18, own, String::new()),
        (NameBad, 20, line, "name=\"a line\"".into()),
        (NameBad, 20, line, "name=\"a-line\"".into()),
        (NameBad, 18, own, "name=\"acme_sip\"".into()),
        (NameLong, 20, line, format!("name=\"{}\"", "a".repeat(41))),
        (NameLong, 18, own, format!("name=\"{}\"", "a".repeat(41))),
        (NameReserved, 20, line, "name=\"sortOrder\"".into()),
        (NameReserved, 18, own, "name=\"internalNameLabel\"".into()),
        (NameDuplicate, 20, line, "name=\"sipServer\"".into()),
        (NameDuplicate, 18, own, "name=\"reqDialingOptions\"".into()),
        (NameBlanks, 20, line, "name=\" line\"".into()),
        (NameNotAscii, 20, line, "name=\"ligne\u{e9}\"".into()),
        (NameNotAscii, 3, ">AcmePhone<", ">AcmeT\u{e9}l<".into()),
        (NameReq, 20, line, "name=\"reqLine\"".into()),
        (NameReq, 18, own, "name=\"reqAcmeOptions\"".into()),
        (NameMisspelt, 12, timeout, format!("{timeout}{}", "<item sortOrder=\"9\" name=\"reqSalesforceCompatabilityMode\"/>\n")),
        (NameMisspelt, 13, "10000</item>", extra("standbyURL").replace("10000</item>\n", "10000</item>\n\n")),
        (LabelLong, 20, "label=\"Line\"", format!("label=\"{}\"", "a".repeat(1001))),
        (SecretName, 20, line, "name=\"sipPassword\"".into()),
        // Numbers.
        (SortMissing, 20, "sortOrder=\"1\" name=\"line\"", "name=\"line\"".into()),
        (SortMissing, 18, "sortOrder=\"2\" name=\"acmeSip\"", own.into()),
        (SortNotNumber, 20, "sortOrder=\"1\" name=\"line\"", "sortOrder=\"-1\" name=\"line\"".into()),
        (SortNotNumber, 20, "sortOrder=\"1\" name=\"line\"", "sortOrder=\"1.0\" name=\"line\"".into()),
        (SortNotNumber, 18, "sortOrder=\"2\" name=\"acmeSip\"", "sortOrder=\"two\" name=\"acmeSip\"".into()),
        (SortDuplicate, 20, "sortOrder=\"1\" name=\"line\"", "sortOrder=\"0\" name=\"line\"".into()),
        (SortDuplicate, 18, "sortOrder=\"2\" name=\"acmeSip\"", "sortOrder=\"1\" name=\"acmeSip\"".into()),
        (SortGap, 20, "sortOrder=\"1\" name=\"line\"", "sortOrder=\"2\" name=\"line\"".into()),
        (SortGap, 18, "sortOrder=\"2\" name=\"acmeSip\"", "sortOrder=\"3\" name=\"acmeSip\"".into()),
        (InternalNameOrder, 5, names, format!("{}{}{}", with_order(lines(5, 5), 0), lines(4, 4), with_order(lines(3, 3), 2))),
        (DisplayNameOrder, 5, names, format!("{}{}{}", lines(3, 3), with_order(lines(5, 5), 1), with_order(lines(4, 4), 2))),
        (
            GeneralInfoOrder,
            7,
            both,
            format!(
                "{}{}",
                dialing.replace("\"1\" name=\"reqD", "\"0\" name=\"reqD"),
                general.replace("\"0\" name=\"reqG", "\"1\" name=\"reqG")
            ),
        ),
        (DocumentOrder, 7, both, format!("{dialing}{general}")),
        // Limits.
        (TooManySections, 519, end, format!("{}</callCenter>", section(3, 501))),
        (TooManyItems, 1019, line_item, items(1, 1001)),
        (SectionEmpty, 22, end, "<section sortOrder=\"3\" name=\"empty\"/></callCenter>".into()),
        // What is left over.
        (UnknownElement, 21, "  </section>\n</callCenter>", "  <Item/></section>\n</callCenter>".into()),
        (UnknownElement, 22, end, "<sections><item/>x</sections></callCenter>".into()),
        (UnknownAttribute, 20, line, "name=\"line\" Label=\"x\"".into()),
        (StrayText, 22, end, "x</callCenter>".into()),
        // What Salesforce's items mean.
        (AdapterEmpty, 5, adapter, String::new()),
        (AdapterRelative, 5, adapter, "/apex/phone".into()),
        (AdapterNotHttps, 5, adapter, "http://phone.example.com".into()),
        (AdapterNotHttps, 10, "https://phone.example.com/standby", "http://phone.example.com/standby".into()),
        (AdapterStrange, 5, adapter, "phone.example.com".into()),
        (AdapterLong, 5, adapter, format!("https://a.b/{}", "a".repeat(2000))),
        (OpenCtiLong, 2, "https://phone.example.com/standby", format!("https://a.b/{}", "a".repeat(3000))),
        (CanvasHalf, 12, "10000</item>", extra("reqCanvasNamespace")),
        (
            CanvasInLightning,
            12,
            "10000</item>",
            format!("{}\n<item sortOrder=\"10\" name=\"reqCanvasApiName\">x</item>", extra("reqCanvasNamespace")),
        ),
        (CompatibilityClassic, 9, ">Lightning<", ">Classic<".into()),
        (CompatibilityClassic, 2, "name=\"reqSalesforceCompatibilityMode\"", "name=\"mode\"".into()),
        (CompatibilityUnknown, 9, ">Lightning<", ">lightning<".into()),
        (SizeOutside, 7, ">480<", ">100<".into()),
        (SizeOutside, 8, ">340<", ">wide<".into()),
        (StandbyHalf, 10, ">10000<", "><".into()),
        (TimeoutStrange, 11, ">10000<", ">10<".into()),
        (TimeoutStrange, 11, ">10000<", ">10s<".into()),
        (ToolkitItem, 12, "10000</item>", extra("reqProgId")),
        (UseApiNotTrue, 6, ">true<", ">false<".into()),
        (VoiceItem, 12, "10000</item>", extra("reqVendorInfoApiName")),
        (VoiceItem, 18, own, "name=\"reqHvcc\"".into()),
        (DialingMissing, 1, "name=\"reqDialingOptions\"", "name=\"prefixes\"".into()),
        (DialingMissing, 13, "name=\"reqOutsidePrefix\"", "name=\"outside\"".into()),
    ]
}

#[test]
fn the_good_file_breaks_nothing() {
    assert_eq!(check(GOOD), []);
}

#[test]
fn each_way_to_break_a_file_is_reported_as_that_rule_alone_at_its_line() {
    let mut wrong = Vec::new();
    for (rule, line, from, to) in breaks() {
        assert_eq!(GOOD.matches(from).count(), 1, "{rule:?}: {from:?} should occur once");
        let findings = check(&GOOD.replace(from, &to));
        // Three items in a section that is none of Salesforce's any more: each begins with req.
        let found: Vec<_> = findings.iter().filter(|finding| !(to.contains("\"prefixes\"") && finding.rule == Rule::NameReq)).collect();
        let alone = matches!(found[..], [finding] if finding.rule == rule && finding.line == line && !finding.message.is_empty());
        if !alone {
            let start: String = to.chars().take(60).collect();
            let found: Vec<_> = found.iter().map(|finding| (finding.rule, finding.line, &finding.message)).collect();
            wrong.push(format!("{rule:?} in line {line} by {start:?}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_of_the_table_is_broken_by_some_file() {
    let broken: BTreeSet<_> = breaks().into_iter().map(|(rule, ..)| rule).collect();
    let missing: Vec<_> = Rule::ALL.iter().filter(|rule| !broken.contains(rule)).collect();
    assert!(missing.is_empty(), "no file breaks {missing:?}");
}

#[test]
fn what_makes_an_import_fail_is_an_error_and_the_rest_a_warning() {
    let errors: Vec<_> = Rule::ALL.iter().filter(|rule| rule.severity() == Severity::Error).map(|rule| rule.id()).collect();
    let expected = "xml-malformed xml-root section-missing item-missing internal-name-empty internal-name-bad internal-name-long \
                    internal-name-order display-name-order display-name-too-long name-missing name-bad name-long name-reserved name-duplicate \
                    sort-missing sort-not-number sort-duplicate sort-gap label-long standby-without-timeout timeout-without-standby \
                    too-many-sections too-many-items";
    assert_eq!(errors, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_finding_reads_as_place_fault_and_remedy() {
    let findings = check(&GOOD.replace("sortOrder=\"1\" name=\"line\"", "sortOrder=\"2\" name=\"line\""));
    assert_eq!(
        findings[0].to_string(),
        "line 20: error in acmeSip/line: among the items, sortOrder 1 is missing before 2 [sort-gap]\n    Number without gaps, beginning with 0."
    );
}
