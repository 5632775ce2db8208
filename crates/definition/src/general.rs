//! Holding a definition against the rules: what Salesforce's own items mean.

use crate::{DIALING, Definition, GENERAL, Item, Rule, Section, check::Sheet, open_cti_json};

const REQUIRED: [&str; 6] = ["reqInternalName", "reqDisplayName", "reqAdapterUrl", "reqUseApi", "reqSoftphoneHeight", "reqSoftphoneWidth"];
const OPTIONAL: [&str; 8] = [
    "reqCanvasNamespace",
    "reqCanvasApiName",
    "reqSalesforceCompatibilityMode",
    "reqStandbyUrl",
    "reqTimeout",
    "reqDescription",
    "reqProgId",
    "reqVersion",
];
const PREFIXES: [&str; 3] = ["reqOutsidePrefix", "reqLongDistPrefix", "reqInternationalPrefix"];
const CANVAS: [&str; 2] = ["reqCanvasNamespace", "reqCanvasApiName"];

pub(crate) fn check(sheet: &mut Sheet, definition: &Definition) {
    for section in &definition.sections {
        names(sheet, section);
    }
    let general = definition.section(GENERAL);
    if general.is_none() {
        sheet.add(Rule::SectionMissing, GENERAL, None, 0, format!("there is no section {GENERAL}"));
    }
    dialing(sheet, definition);
    let Some(general) = general else { return };
    if let Some(order @ 1..) = general.sort_order {
        sheet.add(Rule::GeneralInfoOrder, GENERAL, None, general.line, format!("{GENERAL} has sortOrder {order}"));
    }
    let canvas = CANVAS.map(|name| general.item(name));
    for name in REQUIRED {
        // A canvas app overrides the adapter URL; whether the item must be there all the same is not documented.
        let overridden = name == "reqAdapterUrl" && canvas.iter().all(Option::is_some);
        if general.item(name).is_none() && !overridden {
            sheet.add(Rule::ItemMissing, GENERAL, Some(name), general.line, format!("{name} is missing"));
        }
    }
    let mut judge = Judge { sheet, general, lightning: false };
    judge.names();
    judge.compatibility();
    judge.canvas(canvas);
    judge.adapter();
    judge.sizes();
    judge.standby();
    judge.use_api();
    let json = open_cti_json(definition).chars().count();
    if json > 3000 {
        sheet.add(Rule::OpenCtiLong, GENERAL, None, general.line, format!("the Open CTI items take {json} characters"));
    }
}

/// Names that only look like Salesforce's, that belong to voice, or that promise a secret.
fn names(sheet: &mut Sheet, section: &Section) {
    if section.name == "reqHvcc" {
        sheet.add(Rule::VoiceItem, &section.name, None, section.line, "reqHvcc belongs to voice contact centers".into());
        return;
    }
    let known_section = matches!(section.name.as_str(), GENERAL | DIALING);
    let own_req = section.name.starts_with("req") && !known_section;
    if let Some(meant) = alike(&section.name, &[GENERAL, DIALING])
        && !known_section
    {
        sheet.add(Rule::NameMisspelt, &section.name, None, section.line, format!("is {} meant to be {meant}?", section.name));
    } else if own_req {
        sheet.add(Rule::NameReq, &section.name, None, section.line, format!("{} begins with req", section.name));
    }
    let known: Vec<&str> = match section.name.as_str() {
        GENERAL => REQUIRED.into_iter().chain(OPTIONAL).collect(),
        DIALING => PREFIXES.into(),
        _ => Vec::new(),
    };
    for item in &section.items {
        let lower = item.name.to_lowercase();
        if ["password", "passwd", "secret", "token", "apikey"].iter().any(|word| lower.contains(word)) {
            sheet.add(Rule::SecretName, &section.name, Some(&item.name), item.line, format!("{} sounds like a secret", item.name));
        }
        if section.name == GENERAL && item.name == "reqVendorInfoApiName" {
            let message = format!("{} belongs to voice contact centers", item.name);
            sheet.add(Rule::VoiceItem, &section.name, Some(&item.name), item.line, message);
        } else if known.contains(&item.name.as_str()) {
        } else if let Some(meant) = alike(&item.name, &known) {
            let message = format!("is {} meant to be {meant}?", item.name);
            sheet.add(Rule::NameMisspelt, &section.name, Some(&item.name), item.line, message);
        } else if item.name.starts_with("req") && !own_req {
            // In an own section that begins with req, once is enough.
            sheet.add(Rule::NameReq, &section.name, Some(&item.name), item.line, format!("{} begins with req", item.name));
        }
    }
}

fn dialing(sheet: &mut Sheet, definition: &Definition) {
    let Some(section) = definition.section(DIALING) else {
        sheet.add(Rule::DialingMissing, DIALING, None, 0, format!("there is no section {DIALING}"));
        return;
    };
    for name in PREFIXES {
        if section.item(name).is_none() {
            sheet.add(Rule::DialingMissing, DIALING, Some(name), section.line, format!("{name} is missing"));
        }
    }
}

/// The rules for the values in `reqGeneralInfo`.
struct Judge<'a> {
    sheet: &'a mut Sheet,
    general: &'a Section,
    lightning: bool,
}

impl<'a> Judge<'a> {
    fn item(&self, name: &str) -> Option<(&'a Item, &'a str)> {
        self.general.item(name).map(|item| (item, item.value.trim()))
    }

    fn add(&mut self, rule: Rule, item: &Item, message: String) {
        self.sheet.add(rule, GENERAL, Some(&item.name), item.line, message);
    }

    fn names(&mut self) {
        if let Some((item, name)) = self.item("reqInternalName") {
            let mut chars = name.chars();
            match chars.next() {
                None => self.add(Rule::InternalNameEmpty, item, "the internal name is empty".into()),
                Some(first) if !first.is_alphabetic() || !chars.all(char::is_alphanumeric) => {
                    self.add(Rule::InternalNameBad, item, format!("the internal name is {name:?}"));
                }
                Some(_) if !name.is_ascii() => self.add(Rule::NameNotAscii, item, format!("the internal name is {name:?}")),
                Some(_) => {}
            }
            let length = name.chars().count();
            if length > 40 {
                self.add(Rule::InternalNameLong, item, format!("the internal name has {length} characters"));
            }
            if item.sort_order.is_some_and(|order| order != 0) {
                self.add(Rule::InternalNameOrder, item, "reqInternalName must be first".into());
            }
        }
        if let Some((item, name)) = self.item("reqDisplayName") {
            let length = name.chars().count();
            if length > 1000 {
                self.add(Rule::DisplayNameTooLong, item, format!("the display name has {length} characters"));
            } else if length > 80 {
                self.add(Rule::DisplayNameLong, item, format!("the display name has {length} characters"));
            }
            if item.sort_order.is_some_and(|order| order != 1) {
                self.add(Rule::DisplayNameOrder, item, "reqDisplayName must be second".into());
            }
        }
    }

    fn compatibility(&mut self) {
        let Some((item, mode)) = self.item("reqSalesforceCompatibilityMode") else {
            let message = "without reqSalesforceCompatibilityMode the mode is Classic".into();
            self.sheet.add(Rule::CompatibilityClassic, GENERAL, None, self.general.line, message);
            return;
        };
        match mode {
            "Lightning" | "Classic_and_Lightning" => self.lightning = true,
            "" | "Classic" => self.add(Rule::CompatibilityClassic, item, "the mode is Classic".into()),
            other => self.add(Rule::CompatibilityUnknown, item, format!("the mode is {other:?}")),
        }
    }

    fn canvas(&mut self, canvas: [Option<&Item>; 2]) {
        match canvas {
            [Some(item), Some(_)] if self.lightning => self.add(Rule::CanvasInLightning, item, "a canvas app is named".into()),
            [Some(item), None] | [None, Some(item)] => self.add(Rule::CanvasHalf, item, format!("{} stands alone", item.name)),
            [Some(_), Some(_)] | [None, None] => {}
        }
    }

    fn adapter(&mut self) {
        let Some((item, url)) = self.item("reqAdapterUrl") else { return };
        if url.is_empty() {
            self.add(Rule::AdapterEmpty, item, "there is no adapter URL yet".into());
            return;
        }
        if url.chars().count() > 2000 {
            self.add(Rule::AdapterLong, item, format!("the adapter URL has {} characters", url.chars().count()));
        }
        self.url(item, url);
    }

    fn url(&mut self, item: &Item, url: &str) {
        let lower = url.to_ascii_lowercase();
        if lower.contains(char::is_whitespace) || !(lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with('/'))
        {
            self.add(Rule::AdapterStrange, item, format!("{url:?} is no address"));
        } else if self.lightning && lower.starts_with('/') {
            self.add(Rule::AdapterRelative, item, format!("{url} is relative"));
        } else if self.lightning && !lower.starts_with("https://") {
            self.add(Rule::AdapterNotHttps, item, format!("{url} is not https"));
        }
    }

    fn sizes(&mut self) {
        for (name, range) in [("reqSoftphoneHeight", 240..=2560), ("reqSoftphoneWidth", 200..=1920)] {
            let Some((item, size)) = self.item(name) else { continue };
            let fits = size.parse::<u32>().is_ok_and(|size| !self.lightning || range.contains(&size));
            if !size.is_empty() && !fits {
                self.add(Rule::SizeOutside, item, format!("{name} is {size:?}"));
            }
        }
    }

    fn standby(&mut self) {
        let (standby, timeout) = (self.item("reqStandbyUrl"), self.item("reqTimeout"));
        match (standby, timeout) {
            (Some((item, _)), None) => self.add(Rule::StandbyWithoutTimeout, item, "there is no reqTimeout".into()),
            (None, Some((item, _))) => self.add(Rule::TimeoutWithoutStandby, item, "there is no reqStandbyUrl".into()),
            (Some((item, url)), Some((_, timeout))) if url.is_empty() != timeout.is_empty() => {
                self.add(Rule::StandbyHalf, item, format!("the standby URL is {url:?}, the timeout {timeout:?}"));
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        if let Some((item, url)) = standby.filter(|(_, url)| !url.is_empty()) {
            self.url(item, url);
        }
        if let Some((item, timeout)) = timeout.filter(|(_, timeout)| !timeout.is_empty())
            && !timeout.parse::<u32>().is_ok_and(|timeout| timeout >= 500)
        {
            self.add(Rule::TimeoutStrange, item, format!("the timeout is {timeout:?}"));
        }
    }

    fn use_api(&mut self) {
        let Some((item, value)) = self.item("reqUseApi") else { return };
        if value != "true" {
            self.add(Rule::UseApiNotTrue, item, format!("reqUseApi is {value:?}"));
            return;
        }
        for name in ["reqProgId", "reqVersion"] {
            if let Some((item, _)) = self.item(name) {
                self.add(Rule::ToolkitItem, item, format!("{name} is there"));
            }
        }
    }
}

/// The known name this one is probably meant to be: the same but for case, the prefix, or up to three letters.
fn alike<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let bare = |name: &str| name.strip_prefix("req").unwrap_or(name).to_lowercase();
    let near = known.iter().map(|known| (distance(&bare(name), &bare(known)), *known)).min()?;
    // Short names are near to many.
    let allowed = (near.1.len() / 5).min(3);
    (near.0 <= allowed && name != near.1).then_some(near.1)
}

/// How many letters must be put in, taken out or changed.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, left) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in to.iter().enumerate() {
            let changed = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
