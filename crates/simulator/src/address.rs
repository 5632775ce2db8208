//! What the page's own address says: where the softphone lives, and what a test or a person wishes to be different.

use leptos::prelude::window;
use web_sys::UrlSearchParams;

/// What the address bar wishes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Wishes {
    /// Name of the user to log in.
    pub(crate) user: Option<String>,
    /// Name of the app; `console` means the first one with console navigation.
    pub(crate) app: Option<String>,
    /// How late the softphone's container is, in milliseconds.
    pub(crate) container_ms: Option<u64>,
    /// Whether a late container is silent.
    pub(crate) container_silent: bool,
    /// Values set in the call center: section, item, value.
    pub(crate) values: Vec<(String, String, String)>,
    /// Whether the org has no Apex, as some editions.
    pub(crate) without_apex: bool,
    /// Where the phone network is: `page` for one in this page.
    pub(crate) network: Option<String>,
}

impl Wishes {
    /// Reads them.
    pub(crate) fn read() -> Self {
        let search = window().location().search().unwrap_or_default();
        let Ok(query) = UrlSearchParams::new_with_str(&search) else { return Self::default() };
        let mut values: Vec<(String, String, String)> = Vec::new();
        let mut set = |section: &str, item: &str, value: String| values.push((section.into(), item.into(), value));
        let standby = query.get("standby");
        if let Some(adapter) = query.get("adapter") {
            set("reqGeneralInfo", "reqAdapterUrl", adapter);
            // Somebody else's softphone is not to be replaced by ours because it does not report itself.
            set("reqGeneralInfo", "reqStandbyUrl", standby.unwrap_or_default());
        } else if let Some(standby) = standby {
            set("reqGeneralInfo", "reqStandbyUrl", standby);
        }
        if let Some(provider) = query.get("provider") {
            set("hookswitchProvider", "provider", provider);
        }
        if let Some(extension) = query.get("extension") {
            set("hookswitchProvider", "providerOptions", format!("simulatedExtension={extension}"));
        }
        for pair in query.entries().into_iter().flatten() {
            let pair = js_sys::Array::from(&pair);
            let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) else { continue };
            if let Some((section, item)) = name.strip_prefix("set.").and_then(|path| path.split_once('.')) {
                set(section, item, value);
            }
        }
        Self {
            user: query.get("user"),
            app: query.get("app"),
            container_ms: query.get("hostDelay").and_then(|ms| ms.parse().ok()),
            container_silent: query.has("hostSilent"),
            values,
            without_apex: query.get("apex").as_deref() == Some("none"),
            network: query.get("switch"),
        }
    }
}

/// Where this page is and where the softphone is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Places {
    /// This page's origin.
    pub(crate) origin: String,
    /// The panel.
    pub(crate) adapter: String,
    /// The standby page.
    pub(crate) standby: String,
    /// The phone network's socket; none where there is no server for it.
    pub(crate) network: Option<String>,
}

impl Places {
    /// Reads them off this page's address: `serve` has the softphone on a site of its own, a static host beside this page.
    pub(crate) fn read() -> Self {
        let location = window().location();
        let text = |value: Result<String, _>| value.unwrap_or_default();
        Self::of(&text(location.protocol()), &text(location.hostname()), &text(location.port()), &text(location.pathname()))
    }

    fn of(protocol: &str, host: &str, port: &str, path: &str) -> Self {
        let port = if port.is_empty() { String::new() } else { format!(":{port}") };
        let origin = format!("{protocol}//{host}{port}");
        let phone = if host == "lightning.localhost" || host.ends_with(".lightning.localhost") {
            Some("phone.localhost")
        } else if host.ends_with(".lightning.force.com") {
            Some("phone.acme.example")
        } else {
            None
        };
        let Some(phone) = phone else {
            // Beside this page: …/lightning/ and …/panel/.
            let above = path.trim_end_matches(|letter| letter != '/').trim_end_matches('/');
            let above = above.rsplit_once('/').map_or("", |(above, _)| above);
            let panel = format!("{origin}{above}/panel/");
            return Self { origin, standby: format!("{panel}standby/"), adapter: panel, network: None };
        };
        let site = format!("{phone}{port}");
        let socket = if protocol == "https:" { "wss" } else { "ws" };
        Self {
            origin,
            adapter: format!("{protocol}//{site}/panel/"),
            standby: format!("{protocol}//{site}/standby/"),
            network: Some(format!("{socket}://{site}/switch/network")),
        }
    }
}

/// The origin of an address; none if it has none.
pub(crate) fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn served_the_softphone_is_on_its_own_site_and_hosted_it_lies_beside() {
        let served = Places::of("http:", "globex.lightning.localhost", "8730", "/");
        assert_eq!(served.adapter, "http://phone.localhost:8730/panel/");
        assert_eq!(served.network.as_deref(), Some("ws://phone.localhost:8730/switch/network"));
        let secure = Places::of("https:", "acme.lightning.force.com", "", "/");
        assert_eq!(secure.standby, "https://phone.acme.example/standby/");
        let hosted = Places::of("https:", "demo.example", "", "/try/lightning/index.html");
        assert_eq!((hosted.adapter.as_str(), hosted.network), ("https://demo.example/try/panel/", None));
    }

    #[wasm_bindgen_test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin_of("http://phone.localhost:1/panel/?a=b").as_deref(), Some("http://phone.localhost:1"));
        assert_eq!(origin_of("/panel/"), None);
    }
}
