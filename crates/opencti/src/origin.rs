//! Origins: what one looks like, which are Salesforce's, which are on the list.

/// The domains on which Salesforce serves orgs, as its own script knows them.
const SALESFORCE: [&str; 10] = [
    "force.com",
    "visualforce.com",
    "my-visualforce.com",
    "my-lightning.com",
    "salesforce.com",
    "my-salesforce.com",
    "salesforce.mil",
    "salesforce.ms",
    "crmforce.mil",
    "crmforce.ms",
];

/// The parts of an origin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Origin<'a> {
    /// `http` or `https`.
    pub(crate) scheme: &'a str,
    /// The host, an IPv6 address with its brackets.
    pub(crate) host: &'a str,
    /// The port, if it is named.
    pub(crate) port: Option<&'a str>,
}

impl<'a> Origin<'a> {
    /// Takes an origin apart; none if the text is anything more or less than scheme, host and perhaps a port.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if scheme != "http" && scheme != "https" {
            return None;
        }
        let (host, port) = split_port(rest)?;
        Some(Self { scheme, host, port })
    }

    /// Whether the host lies under one of Salesforce's domains.
    pub(crate) fn is_salesforce(&self) -> bool {
        own_part(self.host).is_some_and(|own| !own.is_empty())
    }
}

/// Host and port; none if either is malformed.
fn split_port(text: &str) -> Option<(&str, Option<&str>)> {
    let end = if text.starts_with('[') { text.find(']')? + 1 } else { text.find(':').unwrap_or(text.len()) };
    let (host, port) = text.split_at(end);
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let sound = if host.starts_with('[') { host == "[::1]" } else { !host.is_empty() && host.bytes().all(named) };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        Some(digits) if (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits),
        _ => return None,
    };
    sound.then_some((host, port))
}

/// What stands before Salesforce's domain, without the dot; none if the host is not Salesforce's.
fn own_part(host: &str) -> Option<&str> {
    SALESFORCE.iter().find_map(|domain| host.strip_suffix(domain)?.strip_suffix('.'))
}

/// Whether the name always means this machine: `localhost`, `*.localhost`, 127.0.0.0/8, `[::1]`.
pub(crate) fn is_loopback(host: &str) -> bool {
    if host == "localhost" || host.ends_with(".localhost") || host == "[::1]" {
        return true;
    }
    let octets: Vec<&str> = host.split('.').collect();
    octets.len() == 4 && octets[0] == "127" && octets.iter().all(|octet| octet.parse::<u8>().is_ok_and(|read| read.to_string() == **octet))
}

/// The org hosts that may frame the page: the list an admin puts beside it.
///
/// An entry is a host, `acme.lightning.force.com`, or one with a wildcard for one's own My Domain, `acme--*.sandbox.lightning.force.com`: the star
/// stands for any part of the first label. An entry may name a port; without one every port of that host is meant.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OrgHosts {
    entries: Vec<String>,
    ignored: Vec<String>,
}

impl OrgHosts {
    /// Reads a list. An entry that is no host, or whose wildcard would admit other companies' orgs, admits nobody and is named by [`ignored`](Self::ignored).
    #[must_use]
    pub fn new<E: AsRef<str>>(list: impl IntoIterator<Item = E>) -> Self {
        let mut hosts = Self::default();
        for entry in list {
            // Admins copy origins from the address bar.
            let entry = entry.as_ref().trim();
            let host = entry.strip_prefix("https://").unwrap_or(entry).trim_end_matches('/').to_ascii_lowercase();
            let list = if is_usable(&host) { &mut hosts.entries } else { &mut hosts.ignored };
            list.push(host);
        }
        hosts
    }

    /// The entries that admit nobody, for the admin to correct.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// Whether that origin's host is on the list.
    pub(crate) fn admits(&self, origin: &Origin<'_>) -> bool {
        self.entries.iter().any(|entry| {
            let Some((host, port)) = split_entry(entry) else { return false };
            (port.is_none() || port == origin.port) && matches(host, origin.host)
        })
    }
}

/// Host, perhaps with a star, and port of an entry.
fn split_entry(entry: &str) -> Option<(&str, Option<&str>)> {
    match entry.split_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((entry, None)),
    }
}

/// Whether an entry means only hosts of whoever wrote it.
fn is_usable(entry: &str) -> bool {
    let Some((before, after)) = entry.split_once('*') else { return split_port(entry).is_some() };
    // Put any letter for the star: what remains must be one host with at most a port.
    let whole = format!("{before}x{after}");
    let Some((host, _)) = split_port(&whole) else { return false };
    // My Domain names hold no double hyphen, so a first label of "acme--…" is a sandbox of acme and of nobody else.
    let own = before.strip_suffix("--").is_some_and(|name| !name.is_empty() && !name.contains('.'));
    own && after.starts_with('.') && own_part(host).is_some()
}

/// Whether a host is the entry's, the star standing for one or more characters of one label.
fn matches(entry: &str, host: &str) -> bool {
    let Some((before, after)) = entry.split_once('*') else { return entry == host };
    host.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|star| !star.is_empty() && !star.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(entry: &str, origin: &str) -> bool {
        OrgHosts::new([entry]).admits(&Origin::parse(origin).expect("the test's origin is sound"))
    }

    #[test]
    fn a_wildcard_stands_for_one_part_of_ones_own_my_domain() {
        let entry = "acme--*.sandbox.lightning.force.com";
        assert!(admits(entry, "https://acme--uat.sandbox.lightning.force.com"));
        for stranger in [
            "https://acme--.sandbox.lightning.force.com",
            "https://acme--a.b.sandbox.lightning.force.com",
            "https://evil--uat.sandbox.lightning.force.com",
            "https://acme.lightning.force.com",
        ] {
            assert!(!admits(entry, stranger), "{stranger}");
        }
    }

    #[test]
    fn a_wildcard_that_would_admit_strangers_admits_nobody() {
        for wide in [
            "*",
            "*.force.com",
            "*.lightning.force.com",
            "*.sandbox.lightning.force.com",
            "acme*.lightning.force.com",
            "--*.lightning.force.com",
            "acme--*",
            "*.acme.lightning.force.com",
            "acme.*.force.com",
            "*.evil.example",
            "acme--*.force.com.evil.example",
        ] {
            let list = OrgHosts::new([wide]);
            assert_eq!(list.ignored(), [wide], "{wide}");
            assert!(!admits(wide, "https://acme.lightning.force.com"), "{wide}");
        }
    }

    #[test]
    fn entries_are_read_as_admins_write_them() {
        assert!(admits(" https://Acme.lightning.force.com/ ", "https://acme.lightning.force.com"));
    }

    #[test]
    fn an_entry_with_a_port_means_that_port_only() {
        assert!(admits("acme.lightning.force.com:8443", "https://acme.lightning.force.com:8443"));
        assert!(!admits("acme.lightning.force.com:8443", "https://acme.lightning.force.com"));
        assert!(admits("acme.lightning.force.com", "https://acme.lightning.force.com:8443"));
    }

    #[test]
    fn an_empty_list_admits_nobody() {
        assert!(!OrgHosts::new::<&str>([]).admits(&Origin { scheme: "https", host: "acme.lightning.force.com", port: None }));
    }

    #[test]
    fn a_host_that_only_begins_like_loopback_is_not() {
        let verdicts = ["127.0.0.1", "127.255.0.9", "a.localhost", "127.1", "127.0.0.256", "127.0.0.01", "127.0.0.1.x", "localhost.x"]
            .map(is_loopback);
        assert_eq!(verdicts, [true, true, true, false, false, false, false, false]);
    }
}
