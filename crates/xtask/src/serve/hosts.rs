//! Which site a request is for, by its `Host`, and who may frame or command what.

/// The names the server answers to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Names {
    /// Self-signed https under names of the shape Salesforce uses, instead of http under loopback names.
    pub(crate) https: bool,
    /// The port that belongs to the URLs; `None` where the browser is told to map the default port.
    pub(crate) port: Option<u16>,
}

/// One of the two sites.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Site {
    /// The simulated org.
    Lightning,
    /// The softphone's own.
    Phone,
}

/// Why a request gets no site.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum Stranger {
    /// The name is a loopback name, but nothing lives there.
    #[error("nothing is served under this name")]
    Empty,
    /// Some other name was made to point here; a page of that name could otherwise read our answers.
    #[error("this server answers to its own names only")]
    Foreign,
}

impl Names {
    /// The site that the `Host` header names.
    pub(crate) fn site(&self, host: Option<&str>) -> Result<Site, Stranger> {
        let host = host.map(name_of).unwrap_or_default();
        let (lightning, phone) = self.pair();
        let below = if self.https { ".lightning.force.com" } else { ".lightning.localhost" };
        if host == phone {
            return Ok(Site::Phone);
        }
        if host == lightning || host.strip_suffix(below).is_some_and(|label| !label.is_empty() && !label.contains('.')) {
            return Ok(Site::Lightning);
        }
        let loopback = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
        Err(if loopback { Stranger::Empty } else { Stranger::Foreign })
    }

    /// Whether a page of this origin may open a socket to the simulated phone system. Programs send no origin.
    pub(crate) fn may_connect(&self, origin: Option<&str>) -> bool {
        let Some(origin) = origin else { return true };
        let scheme = if self.https { "https://" } else { "http://" };
        origin.strip_prefix(scheme).is_some_and(|host| self.site(Some(host)).is_ok())
    }

    /// The URL of a path on a site.
    pub(crate) fn url(&self, site: Site, path: &str) -> String {
        let (lightning, phone) = self.pair();
        let host = if site == Site::Lightning { lightning } else { phone };
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{host}{port}{path}", if self.https { "https" } else { "http" })
    }

    /// The names for a certificate and for the browser's map.
    pub(crate) const fn pair(&self) -> (&'static str, &'static str) {
        if self.https { ("acme.lightning.force.com", "phone.acme.example") } else { ("lightning.localhost", "phone.localhost") }
    }

    /// The hosts of the simulated orgs, as `org-hosts.json` and `frame-ancestors` spell them.
    pub(crate) fn orgs(&self) -> Vec<String> {
        if self.https {
            // Named one by one: the page takes no wildcard that would admit every org in the world.
            return ["acme", "globex"].map(|org| format!("https://{org}.lightning.force.com")).into();
        }
        let port = self.port.unwrap_or(80);
        vec![format!("http://lightning.localhost:{port}"), format!("http://*.lightning.localhost:{port}")]
    }
}

/// The host without its port, in small letters.
fn name_of(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTTP: Names = Names { https: false, port: Some(8730) };
    const HTTPS: Names = Names { https: true, port: None };

    #[test]
    fn each_site_is_reached_by_its_name_with_or_without_the_port() {
        assert_eq!(HTTP.site(Some("phone.localhost:8730")), Ok(Site::Phone));
        assert_eq!(HTTP.site(Some("Lightning.localhost")), Ok(Site::Lightning));
        assert_eq!(HTTPS.site(Some("phone.acme.example")), Ok(Site::Phone));
    }

    #[test]
    fn a_second_org_lives_one_label_below_the_first() {
        assert_eq!(HTTP.site(Some("globex.lightning.localhost:8730")), Ok(Site::Lightning));
        assert_eq!(HTTPS.site(Some("globex.lightning.force.com")), Ok(Site::Lightning));
        assert_eq!(HTTP.site(Some("a.b.lightning.localhost")), Err(Stranger::Empty));
    }

    #[test]
    fn a_loopback_name_without_a_site_is_told_apart_from_a_foreign_name() {
        assert_eq!(HTTP.site(Some("localhost:8730")), Err(Stranger::Empty));
        assert_eq!(HTTP.site(Some("[::1]:8730")), Err(Stranger::Empty));
        assert_eq!(HTTP.site(Some("evil.example")), Err(Stranger::Foreign));
        assert_eq!(HTTP.site(None), Err(Stranger::Foreign));
        assert_eq!(HTTPS.site(Some("lightning.force.com.evil.example")), Err(Stranger::Foreign));
    }

    #[test]
    fn only_pages_of_the_two_sites_may_command_the_phone_system() {
        assert!(HTTP.may_connect(Some("http://lightning.localhost:8730")));
        assert!(HTTP.may_connect(None));
        assert!(!HTTP.may_connect(Some("http://evil.example")));
        assert!(!HTTP.may_connect(Some("https://phone.localhost:8730")));
        assert!(!HTTP.may_connect(Some("null")));
    }
}
