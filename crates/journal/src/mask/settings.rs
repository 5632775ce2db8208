//! Settings without addresses of people. Nothing the core decides by is touched.

use hookswitch_core::settings::{Conference, Part, ProviderKind, Ring, Settings, Template};

use super::Mask;

impl Mask {
    /// The settings with users, digits, paths and queries of addresses replaced, and free texts whole. Hosts, names of fields and
    /// objects, reasons and dispositions stay.
    pub(crate) fn settings(&self, settings: &Settings) -> Settings {
        let mut masked = settings.clone();
        if let Some(ProviderKind::Custom(address)) = &mut masked.provider {
            *address = self.address(address);
        }
        masked.provider_options = self.free(&masked.provider_options);
        masked.spare = masked.spare.map(|text| self.free(&text));
        masked.diagnostics.support_contact = self.free(&masked.diagnostics.support_contact);
        if let Ring::Url(address) = &mut masked.view.ring {
            *address = self.address(address);
        }
        let sip = &mut masked.sip;
        for server in sip.primary.iter_mut().chain(&mut sip.backup) {
            server.url = self.address(&server.url);
        }
        for address in &mut sip.ice_servers {
            *address = self.address(address);
        }
        for host in [&mut sip.domain, &mut sip.realm, &mut sip.outbound_proxy].into_iter().flatten() {
            *host = self.address(host);
        }
        for code in [&mut sip.voicemail_code, &mut sip.park_code, &mut sip.retrieve_code].into_iter().flatten() {
            *code = self.plain(code);
        }
        if let Conference::Bridge(number) = &mut sip.conference {
            *number = self.plain(number);
        }
        self.template(&mut masked.log.subject);
        for template in masked.log.custom_fields.values_mut() {
            self.template(template);
        }
        masked
    }

    fn template(&self, template: &mut Template) {
        for part in &mut template.parts {
            if let Part::Text(text) = part {
                *text = self.literal(text);
            }
        }
    }

    /// Free text: an address if it is one, else replaced whole.
    fn free(&self, text: &str) -> String {
        let is_address = text.contains("://") && !text.contains(char::is_whitespace) && !text.contains(['{', '"', '=']);
        if is_address { self.address(text) } else { self.words(text) }
    }

    /// An address: scheme and host stay, but for digits.
    fn address(&self, address: &str) -> String {
        let begin = address.find("://").map_or_else(|| scheme(address), |at| at + 3);
        let (scheme, rest) = address.split_at(begin);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (user, host) = authority.rfind('@').map_or(("", authority), |at| authority.split_at(at));
        format!("{scheme}{}{}{}", self.words(user), self.literal(host), self.words(rest))
    }
}

/// How long the scheme of an address without slashes is, as in `turn:host`.
fn scheme(address: &str) -> usize {
    ["stun:", "stuns:", "turn:", "turns:", "sip:", "sips:"].into_iter().find(|scheme| address.starts_with(scheme)).map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use hookswitch_core::settings::SipServer;

    use super::*;

    #[test]
    fn of_an_address_the_host_stays_and_the_rest_does_not() {
        let settings = Settings::default();
        let mask = Mask::new(9, &[&settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let address = mask.address("wss://ada:secret@sip7.example.com:8089/agents/ada?token=byron&n=1#x");
        assert!(address.starts_with("wss://") && address.contains("@sip") && address.contains(".example.com:"), "{address}");
        for gone in ["ada", "secret", "sip7", "8089", "byron", "token=", "agents"] {
            assert!(!address.contains(gone), "{gone} {address}");
        }
        assert_eq!(mask.address("stun:stun.example.com"), "stun:stun.example.com");
        assert!(!mask.address("/sounds/ada.mp3").contains("ada"));
    }

    #[test]
    fn free_texts_of_the_settings_are_replaced() {
        let mut settings = Settings { provider_options: "user=ada;pin=4711".into(), ..Settings::default() };
        settings.spare[3] = "Ada Byron 0301234".into();
        settings.diagnostics.support_contact = "Grace, +49 30 7654321".into();
        settings.sip.primary.push(SipServer { url: "wss://pbx.example.com/4711".into(), weight: 1 });
        settings.log.subject = Template::parse("Hotline 0800123456 {kind}").unwrap();
        let masked =
            serde_json::to_string(&Mask::new(9, &[&settings], BTreeSet::new(), BTreeSet::new(), BTreeSet::new()).settings(&settings))
                .unwrap();
        for gone in ["ada", "Ada", "Byron", "4711", "0301234", "Grace", "7654321", "0800123456"] {
            assert!(!masked.contains(gone), "{gone} {masked}");
        }
        assert!(masked.contains("pbx.example.com") && masked.contains("Hotline "));
    }
}
