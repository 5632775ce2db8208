//! The call center: who is in it, and what its definition says.

use super::{Case, nobody_to_ask, unanswered, without_settings};
use crate::{Answer, Facts, Finding, Page, finding::About};

/// Whether the agent has a call center.
pub(super) fn membership(facts: &Facts) -> Finding {
    let about = About("membership", "Call center of the agent");
    match &facts.center {
        Answer::Said(flat) if flat.is_empty() => about.fail(
            "The agent is assigned to no call center.",
            "An admin adds the agent in Setup > Call Centers > (call center) > Manage Call Center Users > Add More Users.",
        ),
        Answer::Said(_) => about.pass("The agent has a call center."),
        Answer::Refused(code) => about.fail(
            format!("Salesforce gives no settings ({code}): most likely the agent is assigned to no call center any more."),
            "An admin looks at Setup > Call Centers > (call center) > Manage Call Center Users, and adds the agent. Then reload Salesforce.",
        ),
        Answer::NotAsked if !matches!(facts.place, crate::Place::Framed) => about.not_known(
            "Only Salesforce knows, and it is not around this page.",
            "Open the phone inside Salesforce and check there. If Salesforce shows no phone at all: the agent is in no call center (Setup > \
             Call Centers > Manage Call Center Users), or the app's utility bar has no Open CTI Softphone (Setup > App Manager).",
        ),
        answer => unanswered(about, facts, answer),
    }
}

/// Whether the address that Salesforce loads is this page's.
pub(super) fn adapter(case: &Case<'_>) -> Finding {
    let about = About("adapterUrl", "Adapter URL");
    let Some(flat) = case.facts.flat() else { return nobody_to_ask(about, case.facts) };
    let page = &case.facts.page;
    let Some(url) = case.general("reqAdapterUrl") else {
        return if flat.is_empty() {
            without_settings(about)
        } else {
            about.not_known("Salesforce named no adapter URL.", "An admin looks at it in Setup > Call Centers.")
        };
    };
    if url.starts_with('/') {
        return about.fail(
            "The adapter URL is a page of the org, not an address of its own.",
            format!("{TO_EDIT}, CTI Adapter URL: {}{}", page.origin, page.folder()),
        );
    }
    let Some(named) = Page::of(url) else {
        return about.fail("The adapter URL is no https address.", format!("{TO_EDIT}, CTI Adapter URL: {}{}", page.origin, page.folder()));
    };
    if !named.is_secure() {
        return about.fail(
            format!("The adapter URL {} is not https; Lightning loads nothing else.", named.shown()),
            format!("Serve the page by https, then {TO_EDIT}, CTI Adapter URL."),
        );
    }
    if let Some(own) = OWN.iter().find(|own| has_parameter(url, own)) {
        return about.fail(
            format!("The adapter URL has the parameter {own}, which Salesforce adds by itself."),
            format!("{TO_EDIT}, CTI Adapter URL: take it away."),
        );
    }
    if named.origin != page.origin {
        return about.fail(
            format!(
                "The adapter URL names {}, and this page comes from {}: Salesforce believes only the first.",
                named.origin, page.origin
            ),
            format!("{TO_EDIT}, CTI Adapter URL: the address the page is really served from, without a redirect. Then reload Salesforce."),
        );
    }
    if named.folder() != page.folder() {
        return about.warn(
            format!("The adapter URL names {}, and this page is {}: an older address, or a redirect.", named.shown(), page.shown()),
            format!("If this is the page you want: {TO_EDIT}, CTI Adapter URL: {}{}. Then reload Salesforce.", page.origin, page.folder()),
        );
    }
    about.pass("The adapter URL names this page.")
}

/// Whether the call center is made for Lightning and for Open CTI.
pub(super) fn mode(case: &Case<'_>) -> Finding {
    let about = About("mode", "Compatibility mode");
    if case.facts.flat().is_none() {
        return nobody_to_ask(about, case.facts);
    }
    if case.general("reqUseApi").is_some_and(|value| !value.eq_ignore_ascii_case("true")) {
        return about.fail(
            "The call center does not use Open CTI (reqUseApi): the next load shows no phone.",
            format!("{TO_EDIT}, Use CTI API: true."),
        );
    }
    match case.general("reqSalesforceCompatibilityMode") {
        Some("Lightning" | "Classic_and_Lightning") => about.pass("The call center is made for Lightning."),
        Some(other) => about.fail(
            format!("The compatibility mode is {}: the next load in Lightning shows no phone.", short(other)),
            format!("{TO_EDIT}, Salesforce Compatibility Mode: Lightning, or Classic_and_Lightning."),
        ),
        None => about.fail(
            "The call center names no compatibility mode, which means Classic: the next load in Lightning shows no phone.",
            "Set Salesforce Compatibility Mode to Lightning. If the call center has no such field, import one that has, under a new internal name.",
        ),
    }
}

/// The page in reserve, and when it is shown.
pub(super) fn standby(case: &Case<'_>) -> Finding {
    let about = About("standby", "Standby page");
    if case.facts.flat().is_none() {
        return nobody_to_ask(about, case.facts);
    }
    let (url, timeout) = match (case.general("reqStandbyUrl"), case.general("reqTimeout")) {
        (Some(url), Some(timeout)) => (url, timeout),
        (None, None) => {
            return about.warn(
                "There is no standby page: if the panel's server is down, agents see an empty panel.",
                format!("{TO_EDIT}, Standby URL: the standby page of this release, best on another server; Timeout: 10000."),
            );
        }
        (Some(_), None) => {
            return about
                .fail("There is a standby URL and no timeout: Salesforce wants both or neither.", format!("{TO_EDIT}, Timeout: 10000."));
        }
        (None, Some(_)) => {
            return about.fail(
                "There is a timeout and no standby URL: Salesforce wants both or neither.",
                format!("{TO_EDIT}, Standby URL: an https address; or take the timeout away."),
            );
        }
    };
    let Some(page) = Page::of(url) else {
        return about.fail(
            "The standby URL is not a whole address: Lightning cannot load it.",
            format!("{TO_EDIT}, Standby URL: a whole address, as in https://phone.example.com/standby/."),
        );
    };
    if !page.is_secure() {
        return about.fail("The standby URL is not https.", format!("{TO_EDIT}, Standby URL: an https address."));
    }
    if page.origin == EXAMPLE && case.facts.page.origin != EXAMPLE {
        return about.fail(
            "The standby URL is still the one of the example: nobody would see a standby page.",
            format!("{TO_EDIT}, Standby URL: the address of your own, as in /standby/ beside the panel."),
        );
    }
    match timeout.parse::<u32>() {
        Ok(ms @ 3000..=60_000) if page.origin == case.facts.page.origin => about.pass(format!(
            "The standby page is shown after {ms} ms. It lies on the panel's own host, which helps when the page is broken, not when the host is down."
        )),
        Ok(ms @ 3000..=60_000) => about.pass(format!("The standby page is shown after {ms} ms.")),
        Ok(ms @ 1..3000) => about.warn(
            format!("The standby page is shown after {ms} ms already, and then until the browser is closed: a slow network is enough for that."),
            format!("{TO_EDIT}, Timeout: 10000."),
        ),
        Ok(60_001..) => about.warn("The standby page is shown after more than a minute only.", format!("{TO_EDIT}, Timeout: 10000.")),
        _ => about.fail("The timeout is no number of milliseconds.", format!("{TO_EDIT}, Timeout: 10000.")),
    }
}

/// The softphone's own settings.
pub(super) fn settings(case: &Case<'_>) -> Finding {
    let about = About("settings", "Settings");
    let Some(problems) = case.problems else { return without_settings(about) };
    if problems.is_empty() {
        return about.pass("All values of the call center can be used.");
    }
    let items: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    about.warn(
        format!("Values that cannot be used, and are replaced by what is usual: {}.", items.join(", ")),
        "An admin corrects them in Setup > Call Centers > Edit. The panel says of each, under For your admin, what it must be.",
    )
}

impl Page {
    /// Where an address leads; none if it is not a whole one.
    fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let rest = rest.split(['?', '#']).next()?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.is_empty() || host.contains(char::is_whitespace) {
            return None;
        }
        let host = host.to_ascii_lowercase();
        // The port that goes without saying is not part of an origin.
        let usual = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(usual).unwrap_or(&host);
        Some(Self { origin: format!("{scheme}://{host}"), path: if path.is_empty() { "/" } else { path }.to_owned() })
    }

    /// Lightning loads https; a simulated one loads http from this machine as well.
    fn is_secure(&self) -> bool {
        let Some(host) = self.origin.strip_prefix("http://") else { return true };
        let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() };
        name == "localhost" || name.ends_with(".localhost") || name.starts_with("127.") || name.starts_with("[::1]")
    }

    /// The path up to the file's name.
    fn folder(&self) -> &str {
        self.path.rfind('/').map_or("/", |at| &self.path[..=at])
    }

    fn shown(&self) -> String {
        short(&[self.origin.as_str(), &self.path].concat())
    }
}

/// Whether an address has this parameter in its query.
fn has_parameter(url: &str, name: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// Text of the settings, cut to what a message can show.
fn short(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(100).collect()
}

/// What Lightning adds to the adapter URL.
const OWN: [&str; 3] = ["mode", "sfdcIframeOrigin", "sfdcIFrameOrigin"];
/// What the files of the definition name until an admin writes something else.
const EXAMPLE: &str = "https://phone.example.com";
const TO_EDIT: &str = "An admin changes it in Setup > Call Centers > Edit";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_by_origin_and_folder() {
        let page = |url| Page::of(url).map(|page| format!("{}{}", page.origin, page.folder()));
        assert_eq!(page("HTTPS://Phone.Example.com:443/panel/index.html?a=/b#/c").as_deref(), Some("https://phone.example.com/panel/"));
        assert_eq!(page("http://phone.localhost:80").as_deref(), Some("http://phone.localhost/"));
        assert_eq!(page("https://phone.example.com:8443/x").as_deref(), Some("https://phone.example.com:8443/"));
        for odd in ["/apex/page", "phone.example.com", "https://", "javascript://x", "https://a b/"] {
            assert_eq!(page(odd), None, "{odd}");
        }
    }
}
