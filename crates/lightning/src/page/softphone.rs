//! Whether the page has a softphone, from which address, and if not, why.

use serde::{Deserialize, Serialize};

use super::view::encoded;
use crate::{App, CallCenter, Id, Org};

/// The softphone of a page.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Softphone {
    /// There is none.
    Absent {
        /// Why.
        because: NoSoftphone,
    },
    /// Its frame was loaded.
    Loaded {
        /// The frame's address.
        url: String,
        /// Since when, in Unix milliseconds.
        since: u64,
        /// Whether it is the standby page, because the softphone itself did not report in time.
        standby: bool,
        /// Whether it reported that it runs.
        initialized: bool,
    },
    /// The utility item does not start automatically, and nobody has opened the panel yet.
    Waiting,
}

impl Softphone {
    /// The address of its frame.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        if let Self::Loaded { url, .. } = self { Some(url) } else { None }
    }

    /// The first state on a page: absent, waiting or to be loaded from the returned address.
    pub(super) fn plan(org: &Org, user: &Id, app: &str) -> Result<(), NoSoftphone> {
        let app = org.app(app).ok_or_else(|| NoSoftphone::AppUnknown(app.into()))?;
        check_app(app)?;
        let user = org.record(user).filter(|record| record.object == "User").ok_or(NoSoftphone::UserUnknown)?;
        let center = org.call_center_of(&user.id).ok_or_else(|| NoSoftphone::NotAssigned(user.name().into()))?;
        check_center(center)
    }
}

/// Why a page has no softphone.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "reason", content = "of", rename_all = "camelCase")]
#[non_exhaustive]
pub enum NoSoftphone {
    /// The org has no such app.
    #[error("There is no app {0}.")]
    AppUnknown(String),
    /// Classic apps have no utility bar.
    #[error("{0} is a Classic app shown in Lightning. Only Lightning apps have a utility bar: use another app, or upgrade this one.")]
    ClassicApp(String),
    /// Without an address there is nothing to load.
    #[error("The call center {0} has no adapter URL. Set it in Setup > Call Centers.")]
    NoAdapterUrl(String),
    /// The user belongs to no call center.
    #[error("{0} is assigned to no call center. Setup > Call Centers > (call center) > Manage Call Center Users > Add More Users.")]
    NotAssigned(String),
    /// The call center uses the old toolkit.
    #[error("The call center {0} does not use Open CTI. Set reqUseApi to true in Setup > Call Centers.")]
    NotOpenCti(String),
    /// The call center is for Classic only.
    #[error(
        "The call center {0} is not made for Lightning. Set reqSalesforceCompatibilityMode to Lightning or Classic_and_Lightning; if the call center has no such field, import it under a new internal name with one."
    )]
    NotLightning(String),
    /// Lightning loads https pages only; the simulator takes http from this machine as well.
    #[error("The adapter URL {0} is not https, which Lightning asks for.")]
    NotHttps(String),
    /// The app's utility bar lacks the item.
    #[error("The utility bar of the app {0} has no item Open CTI Softphone. Setup > App Manager > {0} > Utility Items > Add Utility Item.")]
    NoUtilityItem(String),
    /// Nobody is logged in.
    #[error("There is no such user.")]
    UserUnknown,
    /// The simulator runs no Visualforce.
    #[error("The adapter URL {0} is a Visualforce page of the org, which this simulated org cannot run. Give a full https address.")]
    Visualforce(String),
}

fn check_app(app: &App) -> Result<(), NoSoftphone> {
    if !app.lightning {
        return Err(NoSoftphone::ClassicApp(app.name.clone()));
    }
    if !app.softphone_item {
        return Err(NoSoftphone::NoUtilityItem(app.name.clone()));
    }
    Ok(())
}

fn check_center(center: &CallCenter) -> Result<(), NoSoftphone> {
    let name = || center.display_name().to_owned();
    if center.general("reqUseApi") != Some("true") {
        return Err(NoSoftphone::NotOpenCti(name()));
    }
    if !matches!(center.general("reqSalesforceCompatibilityMode"), Some("Lightning" | "Classic_and_Lightning")) {
        return Err(NoSoftphone::NotLightning(name()));
    }
    let url = center.general("reqAdapterUrl").ok_or_else(|| NoSoftphone::NoAdapterUrl(name()))?;
    if url.starts_with('/') {
        return Err(NoSoftphone::Visualforce(url.into()));
    }
    if url.starts_with("https://") || is_loopback(url) { Ok(()) } else { Err(NoSoftphone::NotHttps(url.into())) }
}

/// Whether the address is on this machine, where http counts as secure.
fn is_loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an @ is no host.
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() }.unwrap_or_default();
    let four: Vec<_> = name.split('.').map(str::parse::<u8>).collect();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || (four.len() == 4 && four.iter().all(Result::is_ok) && four[0] == Ok(127))
}

/// The frame's address: the adapter URL with the parameters Lightning appends.
pub(super) fn frame_url(adapter: &str, origin: &str, app: &App, nonce: u64) -> String {
    let join = if adapter.contains('?') { '&' } else { '?' };
    // A real one is random; here a test must be able to repeat a run. Nothing reads it.
    let nonce: String = (1..=4).map(|part| format!("{:016x}", nonce.wrapping_mul(part).wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    format!(
        "{adapter}{join}mode=Lightning&sfdcIframeOrigin={}&nonce={nonce}&ltn_app_id={}&isdtp=vw&clc={}",
        encoded(origin),
        app.id,
        u8::from(app.console),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_count_as_such() {
        for url in ["http://localhost/", "http://phone.localhost:8730/x", "http://127.9.8.7", "http://[::1]:80/"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in [
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example",
            "http://localhost@evil.example",
            "http://128.0.0.1",
            "ftp://localhost",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
