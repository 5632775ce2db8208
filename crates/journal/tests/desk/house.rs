//! How the house is set up: settings, and what the phone system can do.

use hookswitch_core::Capabilities;
use hookswitch_core::settings::{DoNotCall, PerKind, ProviderKind, Settings, SipServer, StartPresence, Template};

pub(super) fn settings(variant: u8) -> Settings {
    let mut settings = Settings { provider: Some(ProviderKind::Simulated), ..Settings::default() };
    settings.calls.start_presence = StartPresence::Ready;
    settings.spare[0] = "Ada Byron, 4155550123".into();
    settings.provider_options = "user=hopper&pin=765432189".into();
    settings.diagnostics.support_contact = "Grace Hopper".into();
    settings.sip.primary.push(SipServer { url: "wss://hopper:765432189@pbx.example.com/ws?name=Byron".into(), weight: 1 });
    if variant % 2 == 1 {
        settings.calls.auto_answer = PerKind::all(Some(2));
        settings.dialing.country = Some("DE".into());
        settings.wrap_up.mandatory.inbound = true;
        settings.dialing.do_not_call = DoNotCall::Warn;
        // Slots and braces of the templates are right.
        settings.log.subject = Template::parse("{kind}: {name} ({number}), {queue} {disposition}").unwrap_or_default();
        let custom = Template::parse("{date} {time} {number} / {called}: {notes}").unwrap_or_default();
        settings.log.custom_fields.insert("Who__c".into(), custom);
    }
    if variant % 4 > 1 {
        settings.dialing.apply_prefixes = true;
        settings.dialing.outside_prefix = "9".into();
        settings.dialing.long_distance_prefix = "1".into();
        settings.dialing.international_prefix = "011".into();
        settings.dialing.strip_inbound = "9".into();
        settings.wrap_up.after_failed_outbound = true;
        settings.log.consultation = true;
    }
    if variant / 4 % 2 == 1 {
        // As definition/README.md recommends, and more that ends or begins with digits.
        let fields = [
            ("HookswitchHold__c", "{hold}"),
            ("HookswitchWrapUp__c", "{wrapUp}"),
            ("HookswitchHandle__c", "{handle}"),
            ("Long__c", "{name} {duration}"),
            ("Story__c", "{duration}{notes}"),
            ("Late__c", "{hold} at {called}, {wrapUp}: {quality} {recording}"),
        ];
        settings.log.custom_fields.extend(fields.map(|(name, text)| (name.to_owned(), Template::parse(text).unwrap_or_default())));
    }
    if variant % 16 == 15 {
        settings.provider = None;
    }
    settings
}

/// What a phone system can do: all, or less.
pub(super) fn able(less: u8) -> Capabilities {
    Capabilities {
        agent_state: less.is_multiple_of(2),
        blind_transfer_returns: false,
        conference: less % 3 != 1,
        conference_size: 4,
        hold: less % 5 != 1,
        leave: less % 3 != 2,
        transfer_ringing: less.is_multiple_of(2),
        ..Capabilities::all()
    }
}
