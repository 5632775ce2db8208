//! Names of functions, and patterns over them.

/// A name as a person would write it: without the hashes that differ from build to build, and without the numbers that keep equal names apart.
pub(super) fn plain(name: &str) -> String {
    let mut name = name.to_owned();
    // Names that lost a twin end on `[2]`.
    while name.ends_with(']')
        && let Some(at) = name.rfind('[')
        && name[at + 1..name.len() - 1].bytes().all(|byte| byte.is_ascii_digit())
    {
        name.truncate(at);
    }
    if let Some((before, hash)) = name.rsplit_once("::h")
        && hash.len() == 16
        && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        name.truncate(before.len());
    }
    // `core[c5930c85a12de822]` is `core`.
    let mut plain = String::new();
    let mut rest = name.as_str();
    while let Some(at) = rest.find('[') {
        let end = rest[at..].find(']').map_or(rest.len(), |end| at + end + 1);
        let inner = &rest[at + 1..end - 1];
        plain.push_str(&rest[..at]);
        if inner.len() != 16 || !inner.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            plain.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    plain + rest
}

/// Whether a name fits a pattern, in which `*` stands for anything.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_has_no_hash_and_no_number() {
        assert_eq!(plain("a::b::hf093378f3479a4b8"), "a::b");
        assert_eq!(plain("a::b::hf093378f3479a4b8[5]"), "a::b");
        assert_eq!(plain("<core[c5930c85a12de822]::fmt::Formatter>::pad"), "<core::fmt::Formatter>::pad");
        assert_eq!(plain("<[u8] as x::Y>::hello"), "<[u8] as x::Y>::hello");
        assert_eq!(plain("start"), "start");
    }

    #[test]
    fn a_star_stands_for_anything_and_all_else_for_itself() {
        assert!(fits("a::b", "a::b"));
        assert!(!fits("a::b", "a::bc"));
        assert!(fits("a::*", "a::b::c"));
        assert!(!fits("a::*", "b::a::c"));
        assert!(fits("*b*::d", "a::b::c::d"));
        assert!(!fits("*b*::d", "a::c::d"));
        assert!(!fits("ab*ba", "aba"), "the two ends do not share a letter");
    }
}
