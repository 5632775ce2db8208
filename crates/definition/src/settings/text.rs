//! Forms that a text can have to have.

/// Entries of a list, without blanks: between semicolons if there is one, else between commas.
pub(super) fn entries(value: &str) -> impl Iterator<Item = &str> {
    let separator = if value.bytes().any(|byte| byte == b';') { ';' } else { ',' };
    value.split([separator, '\n']).map(str::trim).filter(|entry| !entry.is_empty())
}

/// A line that fits into a picklist or a text field of Salesforce.
pub(super) fn short(value: &str) -> bool {
    value.chars().count() <= 255 && !value.contains(char::is_control)
}

/// A name in an API of Salesforce, with a namespace before a dot at most once.
pub(super) fn api_name(value: &str) -> bool {
    let part = |part: &str| {
        part.len() <= 80
            && part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    value.split('.').count() <= 2 && value.split('.').all(part)
}

/// Record type: a developer name, or an id, which may begin with a digit.
pub(super) fn record_type(value: &str) -> bool {
    api_name(value) || matches!(value.len(), 15 | 18) && value.chars().all(|char| char.is_ascii_alphanumeric())
}

/// A custom message channel.
pub(super) fn channel(value: &str) -> bool {
    api_name(value) && value.ends_with("__c")
}

/// Something a phone can dial.
pub(super) fn dialable(value: &str) -> bool {
    value.len() <= 15 && value.chars().all(|char| char.is_ascii_digit() || matches!(char, '*' | '#' | '+'))
}

/// A service of the phone system: digits, or a name such as `conf-1` or `park@example.com`.
pub(super) fn service(value: &str) -> bool {
    value.len() <= 64
        && value.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '*' | '#' | '+' | '-' | '_' | '.' | '@' | ':'))
}

/// Digits only.
pub(super) fn digits(value: &str) -> bool {
    (1..=15).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// A country by two letters.
pub(super) fn country(value: &str) -> bool {
    value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A language tag such as `de` or `pt-BR`, or the word `auto`.
pub(super) fn language(value: &str) -> bool {
    let mut parts = value.split('-');
    let first = parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let rest = parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    value.eq_ignore_ascii_case("auto") || first && rest
}

/// A SIP header's name: a token, as RFC 3261 and the sip provider have it.
pub(super) fn header(value: &str) -> bool {
    (1..=64).contains(&value.len()) && value.chars().all(|char| char.is_ascii_alphanumeric() || "-.!%*_+'~".contains(char))
}

/// A host name, with a port or without.
pub(super) fn host(value: &str) -> bool {
    value.len() <= 255
        && !value.is_empty()
        && value.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_' | ':' | '[' | ']'))
}

/// A SIP address of a proxy.
pub(super) fn proxy(value: &str) -> bool {
    let rest = value.strip_prefix("sip:").or_else(|| value.strip_prefix("sips:")).unwrap_or(value);
    host(rest.split([';', '?']).next().unwrap_or_default()) && !rest.contains(char::is_whitespace)
}

/// A codec's name.
pub(super) fn codec(value: &str) -> bool {
    value.len() <= 32 && value.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '/'))
}

/// A STUN or TURN server, without a password.
pub(super) fn ice(value: &str) -> bool {
    let rest = ["stun:", "stuns:", "turn:", "turns:"].iter().find_map(|scheme| value.strip_prefix(scheme));
    rest.is_some_and(|rest| host(rest.split('?').next().unwrap_or_default()) && !rest.contains(char::is_whitespace))
}

/// An address from which a page can load something: `https://…`, a path on its own host, or plain http on this machine.
pub(super) fn web_address(value: &str) -> bool {
    if value.contains(char::is_whitespace) {
        return false;
    }
    match (value.strip_prefix("https://"), value.strip_prefix("http://")) {
        (Some(rest), _) => host(authority(rest)),
        (None, Some(rest)) => loopback(authority(rest)),
        // Two slashes would be another host.
        (None, None) => value.starts_with('/') && !value.starts_with("//"),
    }
}

/// A WebSocket address without user or password.
pub(super) fn socket(value: &str) -> bool {
    let rest = value.strip_prefix("wss://").or_else(|| value.strip_prefix("ws://"));
    rest.is_some_and(|rest| host(authority(rest)))
}

/// A WebSocket address that a page served by https may not open.
pub(super) fn insecure(value: &str) -> bool {
    value.strip_prefix("ws://").is_some_and(|rest| !loopback(authority(rest)))
}

/// What stands between the scheme and the path.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether a host is this machine.
fn loopback(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let ip = host.starts_with("127.") && host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || ip
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_let_entries_hold_commas() {
        assert_eq!(entries("a, b;c ;").collect::<Vec<_>>(), ["a, b", "c"]);
        assert_eq!(entries(" a, b,,c\nd").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        for good in
            ["http://localhost:80/x", "http://phone.localhost:8730/", "http://127.0.0.1/x.js", "http://[::1]:1/", "/x.js", "https://a.b/c"]
        {
            assert!(web_address(good), "{good}");
        }
        for bad in [
            "http://example.com/x",
            "http://127.evil.com/",
            "//evil.com/x",
            "x.js",
            "javascript:alert(1)",
            "https://",
            "http://127.0.0.1.evil/",
        ] {
            assert!(!web_address(bad), "{bad}");
        }
        assert!(insecure("ws://sip.example.com") && !insecure("ws://127.0.0.1:8088/ws") && !insecure("wss://sip.example.com"));
    }

    #[test]
    fn a_header_has_a_name_that_can_stand_before_a_colon() {
        for good in ["X-Segment", "X_Customer.Kind", "x"] {
            assert!(header(good), "{good}");
        }
        for bad in ["", "X Segment", "X-Segment:", "X\r\nVia", "Köln", "<b>", &"x".repeat(65)] {
            assert!(!header(bad), "{bad}");
        }
    }

    #[test]
    fn no_address_holds_a_password() {
        assert!(!socket("wss://user:password@sip.example.com/ws"));
        assert!(!ice("turn:user:password@turn.example.com"));
        assert!(!web_address("https://user:password@example.com/x.js"));
        assert!(ice("turn:turn.example.com:3478?transport=udp") && socket("wss://[::1]:8089/ws?a=b"));
    }
}
