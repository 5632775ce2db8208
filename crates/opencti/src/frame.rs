//! May this page run where it was loaded? Decided before any script or storage is touched.
//!
//! The page must lie in a frame, the frame's parent must be the origin that Lightning names in the address, that origin must look like
//! Salesforce's, and it must be on the list of org hosts that the admin put beside the page: the look alone admits every org in the world, and
//! each of them could run its script in our origin.
//!
//! ```
//! use hookswitch_opencti::frame::{Facts, OrgHosts};
//!
//! let orgs = OrgHosts::new(["acme.lightning.force.com", "acme--*.sandbox.lightning.force.com"]);
//! let facts = Facts {
//!     has_parent: true,
//!     parent_origin: Some("https://acme.lightning.force.com"),
//!     page_origin: "https://phone.acme.example",
//!     query: "?mode=Lightning&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com",
//! };
//! let frame = facts.check(&orgs)?;
//! assert_eq!(frame.script_url(66), "https://acme.lightning.force.com/support/api/66.0/lightning/opencti_min.js");
//! # Ok::<(), hookswitch_opencti::frame::Refused>(())
//! ```

pub use crate::origin::OrgHosts;
use crate::origin::{Origin, is_loopback};

/// What the page can say about where it is, read from `window` and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Whether `window.parent` is another window.
    pub has_parent: bool,
    /// `location.ancestorOrigins[0]`; none in a browser without it, where the message's target origin alone protects.
    pub parent_origin: Option<&'a str>,
    /// The page's own `location.origin`.
    pub page_origin: &'a str,
    /// The page's own `location.search`.
    pub query: &'a str,
}

impl Facts<'_> {
    /// Decides.
    ///
    /// A page served from a loopback name also accepts a parent on a loopback name, listed or not: that is the simulated Lightning. No other page does.
    ///
    /// # Errors
    ///
    /// [`Refused`], in the words of an admin. Nothing has been loaded or stored then.
    pub fn check(&self, orgs: &OrgHosts) -> Result<Frame, Refused> {
        if !self.has_parent {
            return Err(Refused::NotFramed);
        }
        let named = self.named_origin()?;
        let mode = match values(self.query, "mode").as_slice() {
            [mode] if !mode.is_empty() => mode.clone(),
            [] | [_] => return Err(Refused::NoMode),
            _ => return Err(Refused::Repeated("mode")),
        };
        let shown = || shown(&named);
        let Some(origin) = Origin::parse(&named) else {
            return Err(Refused::NotSalesforce(shown()));
        };
        let page = Origin::parse(self.page_origin);
        let local = is_loopback(origin.host) && page.as_ref().is_some_and(|page| is_loopback(page.host));
        if !local && !origin.is_salesforce() {
            return Err(Refused::NotSalesforce(shown()));
        }
        if page.is_none_or(|page| page.scheme != origin.scheme) {
            return Err(Refused::WrongScheme(shown()));
        }
        if let Some(parent) = self.parent_origin.filter(|parent| *parent != named) {
            return Err(Refused::WrongParent { parent: self::shown(parent), named: shown() });
        }
        if !local && !orgs.admits(&origin) {
            return Err(Refused::NotListed(origin.host.to_owned()));
        }
        Ok(Frame { origin: named, mode })
    }

    fn named_origin(&self) -> Result<String, Refused> {
        match values(self.query, "sfdcIframeOrigin").as_slice() {
            [origin] if !origin.is_empty() => Ok(origin.clone()),
            [_] => Err(Refused::NoOrigin),
            // Classic's spelling differs in one letter, and so does what has to be changed.
            [] if !values(self.query, "sfdcIFrameOrigin").is_empty() => Err(Refused::Classic),
            [] => Err(Refused::NoOrigin),
            _ => Err(Refused::Repeated("sfdcIframeOrigin")),
        }
    }
}

/// A frame in which the softphone may run.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Frame {
    /// The origin of the Lightning page: whom to believe, and the prefix of every lock, channel and key.
    pub origin: String,
    /// The mode Salesforce named, `Lightning`.
    pub mode: String,
}

impl Frame {
    /// Where this org serves the script of that API version.
    #[must_use]
    pub fn script_url(&self, api_version: u16) -> String {
        format!("{}/support/api/{api_version}.0/lightning/opencti_min.js", self.origin)
    }
}

/// The API version of a setting, `66.0` or `66`; none if it is no version of Open CTI for Lightning, which began with 38.
#[must_use]
pub fn api_version(setting: &str) -> Option<u16> {
    let setting = setting.trim();
    let whole = setting.strip_suffix(".0").unwrap_or(setting);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole.parse().ok().filter(|version| (38..1000).contains(version))
}

/// Why the softphone does not run here, and what to do.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The parameter has Classic's spelling; the org's call center is not set up for Lightning.
    #[error(
        "This page was opened by Salesforce Classic. Set the call center's item reqSalesforceCompatibilityMode to Lightning and open a Lightning app."
    )]
    Classic,
    /// No mode: the page was not opened by Lightning, or the query was lost on the way.
    #[error(
        "The page's address lacks Salesforce's parameter mode. Make sure that no redirect or sign-in page drops the query of the adapter URL."
    )]
    NoMode,
    /// The page is not inside Salesforce.
    #[error("The softphone runs inside Salesforce: open a Lightning app and click the phone in its utility bar.")]
    NotFramed,
    /// The org is not on the list beside the page.
    #[error("The org host {0} may not use this softphone. Whoever hosts the page can add it to org-hosts.json beside the page.")]
    NotListed(String),
    /// The parameter names no Salesforce origin.
    #[error("{0} is not a Salesforce origin. Open the softphone from a Lightning app.")]
    NotSalesforce(String),
    /// No origin: the page was not opened by Lightning, or the query was lost on the way.
    #[error(
        "The page's address lacks Salesforce's parameter sfdcIframeOrigin. Make sure that no redirect or sign-in page drops the query of the adapter URL."
    )]
    NoOrigin,
    /// A parameter is there twice: it also stands in the adapter URL.
    #[error("The page's address has the parameter {0} twice. Remove it from the call center's adapter URL: Salesforce adds it by itself.")]
    Repeated(&'static str),
    /// Somebody else frames the page and names Salesforce.
    #[error("The page lies in a frame of {parent}, but its address names {named}. Open the softphone from a Lightning app.")]
    WrongParent {
        /// Who frames the page.
        parent: String,
        /// Who should.
        named: String,
    },
    /// One of the two pages is http, the other https.
    #[error("The softphone page and {0} must both be https. Correct the call center's adapter URL.")]
    WrongScheme(String),
}

impl Refused {
    /// A name for logs and tests that does not change with the wording.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Classic => "frame-classic",
            Self::NoMode => "frame-no-mode",
            Self::NoOrigin => "frame-no-origin",
            Self::NotFramed => "frame-not-framed",
            Self::NotListed(_) => "frame-not-listed",
            Self::NotSalesforce(_) => "frame-not-salesforce",
            Self::Repeated(_) => "frame-repeated",
            Self::WrongParent { .. } => "frame-wrong-parent",
            Self::WrongScheme(_) => "frame-wrong-scheme",
        }
    }
}

/// Text of the address, cut to what a message can show: whoever opened the page wrote it.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(100).collect()
}

/// Every value of a parameter, decoded.
fn values(query: &str, name: &str) -> Vec<String> {
    let pairs = query.strip_prefix('?').unwrap_or(query).split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split.filter(|(key, _)| decoded(key) == name).map(|(_, value)| decoded(value)).collect()
}

/// Percent-decoding; a broken escape stays as it is, and then is no origin.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        rest = match escape {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                &rest[3..]
            }
            None => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORG: &str = "https://acme.lightning.force.com";
    const QUERY: &str = "?clc=1&mode=Lightning&sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com&nonce=ab";

    fn orgs() -> OrgHosts {
        OrgHosts::new(["acme.lightning.force.com", "acme--*.sandbox.lightning.force.com"])
    }

    fn facts() -> Facts<'static> {
        Facts { has_parent: true, parent_origin: Some(ORG), page_origin: "https://phone.acme.example", query: QUERY }
    }

    /// The verdict with that query, framed by whoever the query names.
    fn query(query: &str) -> Result<Frame, &'static str> {
        Facts { parent_origin: None, query, ..facts() }.check(&orgs()).map_err(|refused| refused.code())
    }

    fn named(page: &str, parent: &str) -> Result<String, &'static str> {
        let query = format!("?mode=Lightning&sfdcIframeOrigin={parent}");
        let facts = Facts { has_parent: true, parent_origin: Some(parent), page_origin: page, query: &query };
        facts.check(&orgs()).map(|frame| frame.origin).map_err(|refused| refused.code())
    }

    #[test]
    fn lightning_of_a_listed_org_may_frame_the_page() {
        assert_eq!(facts().check(&orgs()), Ok(Frame { origin: ORG.into(), mode: "Lightning".into() }));
    }

    #[test]
    fn a_page_without_a_parent_is_refused() {
        assert_eq!(Facts { has_parent: false, ..facts() }.check(&orgs()), Err(Refused::NotFramed));
    }

    #[test]
    fn a_foreign_site_that_names_salesforce_is_refused() {
        let refused = Facts { parent_origin: Some("https://evil.example"), ..facts() }.check(&orgs());
        assert_eq!(refused, Err(Refused::WrongParent { parent: "https://evil.example".into(), named: ORG.into() }));
    }

    #[test]
    fn a_salesforce_org_that_is_not_listed_is_refused() {
        let page = "https://phone.acme.example";
        assert_eq!(named(page, "https://evil.lightning.force.com"), Err("frame-not-listed"));
        assert_eq!(
            named(page, "https://acme--uat.sandbox.lightning.force.com").as_deref(),
            Ok("https://acme--uat.sandbox.lightning.force.com")
        );
    }

    #[test]
    fn an_address_that_salesforce_did_not_complete_is_refused_with_its_cause() {
        let origin = "sfdcIframeOrigin=https%3A%2F%2Facme.lightning.force.com";
        for (address, expected) in [
            (String::new(), "frame-no-origin"),
            ("?mode=Lightning".into(), "frame-no-origin"),
            ("?mode=Lightning&sfdcIframeOrigin=".into(), "frame-no-origin"),
            ("?mode=Lightning&sfdcIframeOrigin".into(), "frame-no-origin"),
            ("?mode=Lightning&sfdcIFrameOrigin=https%3A%2F%2Facme.my.salesforce.com".into(), "frame-classic"),
            (format!("?mode=Lightning&{origin}&{origin}"), "frame-repeated"),
            (format!("?mode=Lightning&mode=Lightning&{origin}"), "frame-repeated"),
            (format!("?{origin}"), "frame-no-mode"),
            (format!("?mode=&{origin}"), "frame-no-mode"),
        ] {
            assert_eq!(query(&address), Err(expected), "{address}");
        }
    }

    #[test]
    fn a_hostile_origin_is_refused() {
        for hostile in [
            "https%3A%2F%2Fevil.example",
            "https%3A%2F%2Facme.lightning.force.com.evil.example",
            "https%3A%2F%2Facme.lightning.force.com%2F",
            "https%3A%2F%2Facme.lightning.force.com%2Fpath",
            "https%3A%2F%2Fevil.example%2F.force.com",
            "https%3A%2F%2Fevil.example%23.force.com",
            "https%3A%2F%2Fevil.example%3F.force.com",
            "https%3A%2F%2Fuser%40acme.lightning.force.com",
            "https%3A%2F%2Facme.lightning.force.com%3A",
            "https%3A%2F%2Facme.lightning.force.com%3A99999x",
            "https%3A%2F%2Facme.lightning.force.com%0A",
            "https%3A%2F%2F.force.com",
            "https%3A%2F%2Fforce.com",
            "https%3A%2F%2Fevilforce.com",
            "javascript%3Aalert(1)",
            "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
            "null",
            "*",
            "%",
            "%zz",
            "%ff%fe",
            "https%3A%2F%2F%E2%84%AA.force.com",
        ] {
            assert_eq!(query(&format!("?mode=Lightning&sfdcIframeOrigin={hostile}")), Err("frame-not-salesforce"), "{hostile}");
        }
    }

    #[test]
    fn a_very_long_origin_is_cut_in_the_message() {
        let refused = Facts { query: &format!("?mode=x&sfdcIframeOrigin={}", "a".repeat(10_000)), ..facts() }.check(&orgs());
        assert_eq!(refused, Err(Refused::NotSalesforce("a".repeat(100))));
    }

    #[test]
    fn http_and_https_do_not_mix() {
        assert_eq!(named("https://phone.acme.example", "http://acme.lightning.force.com"), Err("frame-wrong-scheme"));
        assert_eq!(named("http://phone.localhost:8730", "https://lightning.localhost:8730"), Err("frame-wrong-scheme"));
    }

    #[test]
    fn a_loopback_parent_is_accepted_by_a_loopback_page_and_by_nobody_else() {
        for local in
            ["http://localhost", "http://lightning.localhost:8730", "http://127.0.0.1:8730", "http://127.8.9.10", "http://[::1]:8730"]
        {
            assert_eq!(named("http://phone.localhost:8730", local).as_deref(), Ok(local));
            assert_eq!(named("http://phone.acme.example", local), Err("frame-not-salesforce"), "{local}");
        }
        for disguised in
            ["http://localhost.evil.example", "http://127.0.0.1.evil.example", "http://evillocalhost", "http://128.0.0.1", "http://[::2]"]
        {
            assert_eq!(named("http://phone.localhost:8730", disguised), Err("frame-not-salesforce"), "{disguised}");
            let page = disguised;
            assert_eq!(named(page, "http://lightning.localhost:8730"), Err("frame-not-salesforce"), "{disguised}");
        }
    }

    #[test]
    fn a_loopback_page_still_asks_the_list_about_salesforce() {
        assert_eq!(named("https://localhost:8730", "https://evil.lightning.force.com"), Err("frame-not-listed"));
    }

    #[test]
    fn a_browser_that_does_not_name_the_parent_is_judged_by_the_rest() {
        assert_eq!(query(QUERY).map(|frame| frame.origin).as_deref(), Ok(ORG));
    }

    #[test]
    fn a_version_setting_is_read_with_and_without_its_zero() {
        let read = ["66.0", "66", " 57.0 ", "37.0", "66.5", "sixty", "", "+66", "66.0.0", "99999"].map(api_version);
        assert_eq!(read, [Some(66), Some(66), Some(57), None, None, None, None, None, None, None]);
    }
}
