//! The agent's and Salesforce's part of the settings.

use std::collections::BTreeMap;

use hookswitch_core::{
    country_prefixes,
    settings::{
        Calls, Diagnostics, DiagnosticsLevel, Dialing, DoNotCall, Identity, IdentitySource, Log, LogWhen, OpenCases, Pop, PopWhen, Ring,
        SignIn, StartPresence, Template, Theme, View, ViewKind, WrapUp,
    },
};

use super::{Reader, per_kind, reader::is_none, text};
use crate::{DIALING, Severity};

/// Every view by the name it has in the settings.
const VIEWS: [(&str, ViewKind); 6] = [
    ("dial", ViewKind::Dial),
    ("history", ViewKind::History),
    ("directory", ViewKind::Directory),
    ("logs", ViewKind::Logs),
    ("preferences", ViewKind::Preferences),
    ("diagnostics", ViewKind::Diagnostics),
];

pub(super) fn identity(reader: &mut Reader<'_>, identity: &mut Identity) {
    reader.enter("hookswitchIdentity");
    identity.apex_class =
        reader.text("apexClass", text::api_name, "the name of an Apex class, with its namespace and a dot before it if it has one");
    identity.sign_in = reader.choice(
        "credentialSource",
        [("form", SignIn::Form), ("apex", SignIn::Apex), ("embedder", SignIn::Embedder), ("token", SignIn::Token)],
    );
    identity.source = reader.choice("identitySource", [("provider", IdentitySource::Provider), ("apex", IdentitySource::Apex)]);
    if identity.apex_class.is_some() {
        return;
    }
    let wrong = "the value is “apex”, but no Apex class is named. Used instead:";
    if identity.sign_in == SignIn::Apex {
        identity.sign_in = SignIn::default();
        reader.problem(Severity::Warning, "credentialSource", wrong, "form");
    }
    if identity.source == IdentitySource::Apex {
        identity.source = IdentitySource::default();
        reader.problem(Severity::Warning, "identitySource", wrong, "provider");
    }
}

pub(super) fn calls(reader: &mut Reader<'_>, calls: &mut Calls) {
    reader.enter("hookswitchCalls");
    calls.lines = reader.small("lines", 1..=12, calls.lines);
    calls.auto_answer = per_kind("autoAnswer", calls.auto_answer, |item, _| reader.seconds_or_off(item, 0..=60));
    calls.not_ready_reasons = reader.list("notReadyReasons", text::short, "short texts", std::mem::take(&mut calls.not_ready_reasons));
    calls.start_presence = reader.choice("startPresence", [("notReady", StartPresence::NotReady), ("ready", StartPresence::Ready)]);
}

pub(super) fn wrap_up(reader: &mut Reader<'_>, wrap_up: &mut WrapUp) {
    reader.enter("hookswitchWrapUp");
    wrap_up.seconds = per_kind("wrapUpSeconds", wrap_up.seconds, |item, default| reader.medium(item, 0..=3600, default));
    let longest = wrap_up.seconds.inbound.max(wrap_up.seconds.internal).max(wrap_up.seconds.outbound);
    wrap_up.limit_seconds = reader.medium("wrapUpLimitSeconds", 0..=7200, wrap_up.limit_seconds.max(longest));
    if wrap_up.limit_seconds < longest {
        wrap_up.limit_seconds = longest;
        let wrong = "the value is less than the wrap-up it limits. Used instead:";
        reader.problem(Severity::Warning, "wrapUpLimitSeconds", wrong, &longest.to_string());
    }
    let dispositions = std::mem::take(&mut wrap_up.dispositions);
    wrap_up.dispositions = per_kind("dispositions", dispositions, |item, default| reader.list(item, text::short, "short texts", default));
    wrap_up.mandatory = per_kind("mandatory", wrap_up.mandatory, |item, default| reader.flag(item, default));
    let kinds = [
        ("mandatoryInbound", &mut wrap_up.mandatory.inbound, &wrap_up.dispositions.inbound, wrap_up.seconds.inbound),
        ("mandatoryInternal", &mut wrap_up.mandatory.internal, &wrap_up.dispositions.internal, wrap_up.seconds.internal),
        ("mandatoryOutbound", &mut wrap_up.mandatory.outbound, &wrap_up.dispositions.outbound, wrap_up.seconds.outbound),
    ];
    for (item, mandatory, dispositions, seconds) in kinds {
        // Nothing to choose from, or no time to choose in, would lock the agent up.
        let wrong = match (dispositions.is_empty(), seconds) {
            (true, _) => "a disposition is demanded, but there is none to choose. Used instead:",
            (false, 0) => "a disposition is demanded, but there is no wrap-up to choose it in. Used instead:",
            (false, _) => continue,
        };
        if std::mem::take(mandatory) {
            reader.problem(Severity::Warning, item, wrong, "false");
        }
    }
    wrap_up.after_failed_outbound = reader.flag("wrapUpAfterFailed", wrap_up.after_failed_outbound);
}

pub(super) fn pop(reader: &mut Reader<'_>, pop: &mut Pop) {
    reader.enter("hookswitchPop");
    pop.when = per_kind("pop", pop.when, |item, default| match default {
        PopWhen::Ringing => {
            reader.choice(item, [("ringing", PopWhen::Ringing), ("answered", PopWhen::Answered), ("never", PopWhen::Never)])
        }
        _ => reader.choice(item, [("never", PopWhen::Never), ("ringing", PopWhen::Ringing), ("answered", PopWhen::Answered)]),
    });
    pop.open_cases = reader.choice("openCases", [("offer", OpenCases::Offer), ("open", OpenCases::Open), ("hide", OpenCases::Hide)]);
}

pub(super) fn log(reader: &mut Reader<'_>, log: &mut Log, apex: bool) {
    reader.enter("hookswitchLog");
    if let Some(object) = reader.text_or("logObject", text::api_name, "the API name of an object", &log.object) {
        log.object = object;
    }
    log.record_type = reader.text("recordType", text::record_type, "a record type's developer name or id");
    if !apex && log.record_type.as_ref().is_some_and(|name| !Log::is_record_type_id(name)) {
        log.record_type = None;
        let wrong = "the value is a developer name, which only the Apex class can look up, and none is named; write the record type's id, \
                     which begins with 012. Used instead:";
        reader.problem(Severity::Warning, "recordType", wrong, "the user's default");
    }
    if let Some(value) = reader.value("subject") {
        match Template::parse(value) {
            Ok(subject) => log.subject = subject,
            Err(error) => reader.problem(Severity::Warning, "subject", &format!("{error}. Used instead:"), "{kind} call {number}"),
        }
    }
    log.custom_fields = custom_fields(reader);
    log.when = per_kind("log", log.when, |item, default| match default {
        LogWhen::Always => reader.choice(item, [("always", LogWhen::Always), ("answered", LogWhen::Answered), ("never", LogWhen::Never)]),
        _ => reader.choice(item, [("never", LogWhen::Never), ("always", LogWhen::Always), ("answered", LogWhen::Answered)]),
    });
    log.missed_queue = reader.flag("logMissedQueue", log.missed_queue);
    log.consultation = reader.flag("logConsultation", log.consultation);
    log.unassociated = reader.flag("logUnassociated", log.unassociated);
    log.retention_days = reader.small("retentionDays", 1..=30, log.retention_days);
}

/// Fields as in `Hold__c = {hold}; Source__c = Phone`.
fn custom_fields(reader: &mut Reader<'_>) -> BTreeMap<String, Template> {
    let (mut fields, mut bad) = (BTreeMap::new(), Vec::new());
    let value = reader.value("customFields").unwrap_or_default();
    for entry in value.split([';', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let field = entry.split_once('=').map(|(name, value)| (name.trim(), Template::parse(value.trim())));
        match field {
            Some((name, Ok(template))) if text::api_name(name) => {
                fields.insert(name.to_owned(), template);
            }
            _ => bad.push(entry),
        }
    }
    if !bad.is_empty() {
        let wrong = format!(
            "“{}” is not of the form Field__c = text with known {{placeholders}}; semicolons go between fields. Used:",
            bad.join("; ")
        );
        let used = if fields.is_empty() { "no custom fields" } else { "the other fields" };
        reader.problem(Severity::Warning, "customFields", &wrong, used);
    }
    fields
}

pub(super) fn dialing(reader: &mut Reader<'_>, dialing: &mut Dialing) {
    reader.enter("hookswitchDialing");
    dialing.apply_prefixes = reader.flag("applyPrefixes", dialing.apply_prefixes);
    dialing.country = reader.text("country", text::country, "two letters, as in US or DE").map(|country| country.to_ascii_uppercase());
    dialing.area_code = reader.text("areaCode", text::digits, "digits");
    dialing.internal_length = reader.small("internalLength", 0..=15, dialing.internal_length);
    dialing.strip_inbound = reader.text("stripInbound", text::dialable, PREFIX).unwrap_or_default();
    let emergency = std::mem::take(&mut dialing.emergency_numbers);
    dialing.emergency_numbers = reader.list("emergencyNumbers", text::digits, "numbers of digits only", emergency);
    dialing.do_not_call =
        reader.choice("doNotCall", [("block", DoNotCall::Block), ("warn", DoNotCall::Warn), ("ignore", DoNotCall::Ignore)]);
    if let Some(field) = reader.text_or("doNotCallField", text::api_name, "the API name of a field", &dialing.do_not_call_field) {
        dialing.do_not_call_field = field;
    }
}

/// The prefixes of the house. Those that the country needs are taken from it: without them a number would reach somebody else.
pub(super) fn prefixes(reader: &mut Reader<'_>, dialing: &mut Dialing) {
    reader.enter(DIALING);
    let known = dialing.country.as_deref().and_then(country_prefixes);
    dialing.outside_prefix = prefix(reader, "reqOutsidePrefix", false, None);
    // In North America the 1 is dialed in some houses and not in others; nobody else's 0 is left out.
    let trunk = known.map(|(trunk, _)| trunk).filter(|trunk| *trunk == "0");
    dialing.long_distance_prefix = prefix(reader, "reqLongDistPrefix", dialing.apply_prefixes && trunk.is_some(), trunk);
    dialing.international_prefix = prefix(reader, "reqInternationalPrefix", dialing.apply_prefixes, known.map(|(_, exit)| exit));
}

/// One of them. The word `none` says that there is none.
fn prefix(reader: &mut Reader<'_>, item: &str, needed: bool, of_country: Option<&str>) -> String {
    let value = reader.value(item);
    if value.is_some_and(is_none) {
        return String::new();
    }
    let default = of_country.filter(|_| needed);
    if needed && value.is_none() {
        let wrong = "prefixes are applied, but this one is not set; write it here, or the word none if there is none. Used:";
        let used = default.unwrap_or("none, so that calls to other countries may reach somebody else");
        reader.problem(Severity::Warning, item, wrong, used);
    }
    let read = match default {
        Some(default) => reader.text_or(item, text::dialable, PREFIX, default),
        None => reader.text(item, text::dialable, PREFIX),
    };
    read.unwrap_or_default()
}

/// What a prefix may be.
const PREFIX: &str = "digits, * or #";

pub(super) fn view(reader: &mut Reader<'_>, view: &mut View) {
    reader.enter("hookswitchView");
    let kind = |name: &str| VIEWS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind);
    let fits = |name: &str| VIEWS.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let names = VIEWS.map(|(name, _)| name);
    let views = reader.list("views", fits, &format!("a list out of: {}", names.join(", ")), names.map(String::from).into());
    view.views = views.iter().filter_map(|name| kind(name)).collect();
    view.theme = reader.choice("theme", [("light", Theme::Light), ("dark", Theme::Dark), ("system", Theme::System)]);
    let language = reader.text("language", text::language, "the word auto, or a language tag such as de or pt-BR");
    view.language = language.filter(|language| !language.eq_ignore_ascii_case("auto"));
    let ring = reader.value("ring").filter(|value| text::web_address(value));
    view.ring = match ring {
        Some(url) => Ring::Url(url.into()),
        None => match reader.choice("ring", [("standard", 0), ("soft", 1), ("off", 2)]) {
            1 => Ring::Soft,
            2 => Ring::Off,
            _ => Ring::Standard,
        },
    };
    view.ring_volume = reader.small("ringVolume", 0..=100, view.ring_volume);
}

pub(super) fn diagnostics(reader: &mut Reader<'_>, diagnostics: &mut Diagnostics) {
    reader.enter("hookswitchDiagnostics");
    diagnostics.level = reader
        .choice("diagnosticsLevel", [("basic", DiagnosticsLevel::Basic), ("full", DiagnosticsLevel::Full), ("off", DiagnosticsLevel::Off)]);
    diagnostics.support_contact = reader.free("supportContact");
}
