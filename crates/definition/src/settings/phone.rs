//! The phone system's part of the settings.

use hookswitch_core::settings::{BlindTransfer, Conference, DigitsMode, ProviderKind, Settings, Sip, SipServer};

use super::{PROVIDER_SECTION, Reader, SIP_SECTION, text};
use crate::Severity;

/// Which phone system. Whatever is wrong here means no phone: another one than the admin meant must never answer.
pub(super) fn provider(reader: &mut Reader<'_>, settings: &mut Settings) {
    reader.enter(PROVIDER_SECTION);
    settings.provider_options = reader.free("providerOptions");
    let value = reader.value("provider").unwrap_or("unset").to_ascii_lowercase();
    let fault = match value.as_str() {
        "sip" if settings.sip.primary.is_empty() => {
            reader.enter(SIP_SECTION);
            reader.problem(
                Severity::Error,
                "primaryServers",
                "the phone system is SIP, but no usable server is given here. Used:",
                "no phone",
            );
            return;
        }
        "sip" => {
            settings.provider = Some(ProviderKind::Sip);
            return;
        }
        "simulated" => {
            settings.provider = Some(ProviderKind::Simulated);
            return;
        }
        "custom" => {
            if let Some(url) = reader.value("customProviderUrl").filter(|url| text::web_address(url)) {
                settings.provider = Some(ProviderKind::Custom(url.into()));
                return;
            }
            let wrong = "the phone system is a vendor's own, but its module's address is missing or wrong; \
                         give an https address or a path on the panel's host. Used:";
            reader.problem(Severity::Error, "customProviderUrl", wrong, "no phone");
            return;
        }
        "unset" => "no phone system is chosen yet. Choose sip, simulated or custom. Used:".to_owned(),
        other => format!("the value is “{other}”, but must be one of: sip, simulated, custom. Used instead:"),
    };
    reader.problem(Severity::Error, "provider", &fault, "no phone");
}

pub(super) fn sip(reader: &mut Reader<'_>, sip: &mut Sip) {
    reader.enter(SIP_SECTION);
    sip.primary = servers(reader, "primaryServers");
    sip.backup = servers(reader, "backupServers");
    sip.domain = reader.text("domain", text::host, "a host name");
    sip.realm = reader.text("realm", text::short, "one line");
    sip.outbound_proxy = reader.text("outboundProxy", text::proxy, "a host name or a sip: address");
    sip.ice_servers =
        reader.list("iceServers", text::ice, "stun: or turn: addresses without user and password", std::mem::take(&mut sip.ice_servers));
    sip.ice_relay_only = reader.flag("iceRelayOnly", sip.ice_relay_only);
    sip.ice_wait_ms = reader.number("iceWaitMs", 100..=10_000, sip.ice_wait_ms);
    sip.register_seconds = reader.number("registerSeconds", 30..=86_400, sip.register_seconds);
    sip.session_timers = reader.flag("sessionTimers", sip.session_timers);
    sip.codecs = reader.list("codecs", text::codec, "names of codecs", std::mem::take(&mut sip.codecs));
    sip.digits_mode = reader.choice("digitsMode", [("rfc4733", DigitsMode::Rfc4733), ("info", DigitsMode::Info)]);
    sip.blind_transfer = reader.choice("blindTransfer", [("safe", BlindTransfer::Safe), ("refer", BlindTransfer::Refer)]);
    if let Some(bridge) = reader.text("conference", text::service, "the word browser, or the number of a conference bridge")
        && !bridge.eq_ignore_ascii_case("browser")
    {
        sip.conference = Conference::Bridge(bridge);
    }
    let code = "digits, or a name that the phone system knows";
    sip.voicemail_code = reader.text("voicemailCode", text::service, code);
    sip.park_code = reader.text("parkCode", text::service, code);
    sip.retrieve_code = reader.text("retrieveCode", text::service, code);
    let default = sip.record_header.take().unwrap_or_default();
    sip.record_header = reader.text_or("recordHeader", text::header, HEADER, &default);
    sip.queue_header = reader.text("queueHeader", text::header, HEADER);
}

/// The one header that came after the list of items was frozen: it has a spare one.
pub(super) fn segment_header(reader: &mut Reader<'_>, sip: &mut Sip) {
    let default = sip.segment_header.take().unwrap_or_default();
    sip.segment_header = reader.text_or("spare1", text::header, HEADER, &default);
}

const HEADER: &str = "a header's name: letters, digits, and - . ! % * _ + ' ~";

/// Servers as in `wss://a.example.com/ws 2, wss://b.example.com/ws 1`.
fn servers(reader: &mut Reader<'_>, item: &str) -> Vec<SipServer> {
    let fits = |entry: &str| server(entry).is_some();
    let must = "addresses beginning with wss://, without user and password, each with a weight from 1 to 100 after a blank, or none";
    let entries = reader.list(item, fits, must, Vec::new());
    let servers: Vec<_> = entries.iter().filter_map(|entry| server(entry)).collect();
    if let Some(insecure) = servers.iter().find(|server| text::insecure(&server.url)) {
        let wrong =
            format!("{} is not encrypted, and a page served by https may not open it; use wss://. Used all the same:", insecure.url);
        reader.problem(Severity::Warning, item, &wrong, &insecure.url);
    }
    servers
}

fn server(entry: &str) -> Option<SipServer> {
    let mut words = entry.split_whitespace();
    let url = words.next().filter(|url| text::socket(url))?;
    let weight = words.next().map_or(Ok(1), str::parse).ok().filter(|weight| (1..=100).contains(weight))?;
    words.next().is_none().then(|| SipServer { url: url.into(), weight })
}
