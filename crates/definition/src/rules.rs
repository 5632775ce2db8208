//! The table of rules a definition file is held against.
//!
//! An **error** means that the import would fail; the rules are those Salesforce documents for the file. A **warning** is unusual, but
//! is found in files that import, or is something the softphone needs and the import does not.
//!
//! Assumptions, since Salesforce documents neither its messages nor every limit:
//!
//! - The limits of 500 sections and 1000 items are stated for voice contact centers, which use the same importer; here they are errors.
//! - Every value but the internal name may be empty in the file.
//! - Section names may not repeat, because the keys of the settings are made of them. Item names may repeat in different sections.
//! - A letter outside ASCII in a name may or may not count as alphanumeric, so it is a warning.
//! - Blanks around a value may or may not be taken off, so values are judged without them, and blanks around a name are a warning.
//! - An XML declaration, comments, a namespace, labels left out and digits at the start of own names are all fine and give no finding.

use crate::Severity;

macro_rules! rules {
    ($($variant:ident $id:literal $severity:ident $means:literal $remedy:literal;)+) => {
        /// A rule that a definition file can break.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $means] $variant,)+
        }

        impl Rule {
            /// Every rule, errors first.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            const fn row(self) -> (&'static str, Severity, &'static str, &'static str) {
                match self {
                    $(Self::$variant => ($id, Severity::$severity, $means, $remedy),)+
                }
            }
        }
    };
}

rules! {
    XmlMalformed "xml-malformed" Error
        "The file is not well-formed XML." "Mend the XML at this line: close every element, quote every attribute, write & as &amp; and save as UTF-8.";
    XmlRoot "xml-root" Error
        "The outermost element is not callCenter." "Wrap the sections in <callCenter>. A file with <CallCenter> (capital C) is for a Metadata deploy, not for Import.";
    SectionMissing "section-missing" Error
        "The section reqGeneralInfo is missing." "Add <section sortOrder=\"0\" name=\"reqGeneralInfo\"> with the required items.";
    ItemMissing "item-missing" Error
        "A required item is missing from reqGeneralInfo." "Add the item to reqGeneralInfo; its value may stay empty and be set in Setup after the import.";
    InternalNameEmpty "internal-name-empty" Error
        "The internal name has no value." "Give reqInternalName a value: the only one that cannot be set after the import.";
    InternalNameBad "internal-name-bad" Error
        "The internal name is not a letter followed by letters and digits." "Begin with a letter and use letters and digits only, no blanks, no punctuation.";
    InternalNameLong "internal-name-long" Error
        "The internal name is longer than 40 characters." "Shorten the internal name to 40 characters.";
    InternalNameOrder "internal-name-order" Error
        "reqInternalName does not have sortOrder 0." "Give reqInternalName sortOrder 0 and number the other items after it.";
    DisplayNameOrder "display-name-order" Error
        "reqDisplayName does not have sortOrder 1." "Give reqDisplayName sortOrder 1 and number the other items after it.";
    DisplayNameTooLong "display-name-too-long" Error
        "The display name is longer than 1000 characters." "Shorten the display name, best to 80 characters.";
    NameMissing "name-missing" Error
        "A section or item has no name." "Add a name attribute: letters and digits, at most 40.";
    NameBad "name-bad" Error
        "A name holds a blank or punctuation." "Use letters and digits only in names; anything may stand in the label.";
    NameLong "name-long" Error
        "A name is longer than 40 characters." "Shorten the name to 40 characters; the label has room for 1000.";
    NameReserved "name-reserved" Error
        "A name is a reserved word." "Choose another name: label, sortOrder, internalNameLabel and displayNameLabel belong to Salesforce.";
    NameDuplicate "name-duplicate" Error
        "Two sections, or two items of a section, have the same name." "Rename one of the two.";
    SortMissing "sort-missing" Error
        "A section or item has no sortOrder." "Add sortOrder: whole numbers from 0, sections over the file, items within their section.";
    SortNotNumber "sort-not-number" Error
        "A sortOrder is not a whole number from 0." "Write sortOrder as 0, 1, 2 and so on.";
    SortDuplicate "sort-duplicate" Error
        "A sortOrder is given twice." "Give each section, and each item of a section, a number of its own.";
    SortGap "sort-gap" Error
        "A sortOrder leaves a gap." "Number without gaps, beginning with 0.";
    LabelLong "label-long" Error
        "A label is longer than 1000 characters." "Shorten the label.";
    StandbyWithoutTimeout "standby-without-timeout" Error
        "reqStandbyUrl is there without reqTimeout." "Add reqTimeout, in milliseconds, or take reqStandbyUrl out.";
    TimeoutWithoutStandby "timeout-without-standby" Error
        "reqTimeout is there without reqStandbyUrl." "Add reqStandbyUrl, or take reqTimeout out.";
    TooManySections "too-many-sections" Error
        "There are more than 500 sections." "Join sections.";
    TooManyItems "too-many-items" Error
        "A section has more than 1000 items." "Spread the items over more sections.";

    SectionEmpty "section-empty" Warning
        "A section has no item." "Take the section out, or give it an item.";
    UnknownElement "unknown-element" Warning
        "An element is not known; it is left out when the file is written or converted." "Use <section> in <callCenter> and <item> in <section>; mind upper and lower case.";
    UnknownAttribute "unknown-attribute" Warning
        "An attribute is not known; it is left out when the file is written or converted." "Use sortOrder, name and label; mind upper and lower case.";
    StrayText "stray-text" Warning
        "There is text outside the items." "Move the text into an item or a comment.";
    NameBlanks "name-blanks" Warning
        "There are blanks around a name." "Take the blanks away.";
    NameNotAscii "name-not-ascii" Warning
        "A name holds a letter beyond A to Z." "Use plain letters in names; labels may hold any.";
    NameReq "name-req" Warning
        "An own name begins with req, which is reserved for Salesforce." "It imports today. Choose another name for new files, so that no later Salesforce item collides with it.";
    NameMisspelt "name-misspelt" Warning
        "A name looks like a misspelt one of Salesforce's, and would be ignored." "Correct the name, or ignore this if it is meant.";
    DialingMissing "dialing-missing" Warning
        "The section reqDialingOptions, or an item of it, is missing." "Add reqOutsidePrefix, reqLongDistPrefix and reqInternationalPrefix if the softphone uses them; none can be added after the import.";
    DocumentOrder "document-order" Warning
        "Sections or items do not stand in the order of their sortOrder." "It imports. Sort the file, so that it reads as Setup shows it.";
    GeneralInfoOrder "general-info-order" Warning
        "reqGeneralInfo does not have sortOrder 0." "It imports for other vendors; Salesforce's own sample keeps it at 0.";
    AdapterEmpty "adapter-empty" Warning
        "The adapter URL is empty." "Set the address of the softphone's page, here or in Setup after the import.";
    AdapterRelative "adapter-relative" Warning
        "The adapter URL is relative, which is meant for Visualforce pages in Classic." "Use an absolute https address for Lightning.";
    AdapterNotHttps "adapter-not-https" Warning
        "The adapter or standby URL is not https, which Lightning demands." "Use an https address.";
    AdapterStrange "adapter-strange" Warning
        "The adapter or standby URL is neither an absolute address nor a path." "Write https://host/path, or /apex/page for Visualforce.";
    AdapterLong "adapter-long" Warning
        "The adapter URL is longer than the 2000 characters Salesforce stores." "Shorten the address.";
    CanvasInLightning "canvas-in-lightning" Warning
        "Canvas apps do not work as a softphone in Lightning." "Take reqCanvasNamespace and reqCanvasApiName out, or keep to Classic.";
    CanvasHalf "canvas-half" Warning
        "Only one of reqCanvasNamespace and reqCanvasApiName is there." "Give both, or none.";
    CompatibilityClassic "compatibility-classic" Warning
        "The softphone will not appear in Lightning." "Set reqSalesforceCompatibilityMode to Lightning or Classic_and_Lightning.";
    CompatibilityUnknown "compatibility-unknown" Warning
        "The compatibility mode is not one Salesforce knows." "Use Classic, Lightning or Classic_and_Lightning.";
    DisplayNameLong "display-name-long" Warning
        "The display name is longer than 80 characters, and some fields hold no more." "Keep the display name to 80 characters.";
    SizeOutside "size-outside" Warning
        "The softphone's height or width is not a number Lightning accepts." "Height 240 to 2560, width 200 to 1920, in pixels.";
    StandbyHalf "standby-half" Warning
        "Only one of standby URL and timeout has a value." "Set both, or neither.";
    TimeoutStrange "timeout-strange" Warning
        "The timeout is not a number, or so small that seconds may have been meant." "Write milliseconds, as in 10000 for ten seconds.";
    ToolkitItem "toolkit-item" Warning
        "reqProgId and reqVersion are for the old desktop toolkit." "Take them out when reqUseApi is true.";
    UseApiNotTrue "use-api-not-true" Warning
        "reqUseApi is not true, so Open CTI is off." "Set reqUseApi to true.";
    OpenCtiLong "open-cti-long" Warning
        "The Open CTI items together are longer than the 3000 characters Salesforce stores." "Shorten the standby URL.";
    SecretName "secret-name" Warning
        "The name sounds like a secret, and every assigned user can read every value." "Keep passwords and tokens out of the definition.";
    VoiceItem "voice-item" Warning
        "This is part of a voice contact center, not of an Open CTI call center." "Take it out, or import the file as a contact center.";
}

impl Rule {
    /// Its stable name.
    pub const fn id(self) -> &'static str {
        self.row().0
    }

    /// How bad it is when the rule is broken.
    pub const fn severity(self) -> Severity {
        self.row().1
    }

    /// What a broken rule means.
    pub const fn means(self) -> &'static str {
        self.row().2
    }

    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        self.row().3
    }
}

/// A rule broken at one place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The section concerned.
    pub section: Option<String>,
    /// The item concerned.
    pub item: Option<String>,
    /// The line, from 1; 0 when there is none, as in a definition made in code.
    pub line: u32,
    /// What is wrong here, in words.
    pub message: String,
}

impl Finding {
    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        self.rule.remedy()
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        write!(f, "{}", self.severity().word())?;
        match (&self.section, &self.item) {
            (Some(section), Some(item)) => write!(f, " in {section}/{item}")?,
            (Some(section), None) => write!(f, " in {section}")?,
            (None, Some(item)) => write!(f, " in {item}")?,
            (None, None) => {}
        }
        write!(f, ": {} [{}]\n    {}", self.message, self.rule.id(), self.remedy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_errors_come_first() {
        let mut ids: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert!(Rule::ALL.is_sorted_by_key(|rule| rule.severity()));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Rule::ALL.len());
    }
}
