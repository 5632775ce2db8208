//! The headers an admin's host has to send, sent here in the same way; the README's hosting chapter is this file in words.

use super::hosts::{Names, Site};

/// The headers for one answer of `site`; `path` decides how long browsers may keep it.
pub(crate) fn headers(names: &Names, site: Site, path: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![("cache-control", cache(path).to_owned()), ("x-content-type-options", "nosniff".to_owned())];
    if site == Site::Phone {
        headers.push(("content-security-policy", phone_policy(names)));
        // The frame's `allow` attribute decides whether Salesforce lends us the microphone; this keeps frames of ours from borrowing it.
        headers.push(("permissions-policy", "camera=(), geolocation=(), microphone=(self)".to_owned()));
        headers.push(("referrer-policy", "no-referrer".to_owned()));
    }
    headers
}

/// A fingerprint in the name means that the content never changes.
pub(crate) fn cache(path: &str) -> &'static str {
    if fingerprinted(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The mime type of a file, by its ending.
pub(crate) fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" | "ts" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "wav" => "audio/wav",
        "webp" => "image/webp",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

/// Whether a file shrinks when it is compressed.
pub(crate) fn compressible(path: &str) -> bool {
    !matches!(mime(path), "audio/mpeg" | "audio/ogg" | "image/png" | "image/webp")
}

fn phone_policy(names: &Names) -> String {
    let orgs = names.orgs().join(" ");
    // On loopback the project's own tests frame the page from other loopback names too; the page itself accepts those parents and no others.
    let parents = if names.https { orgs.clone() } else { format!("{orgs} http://localhost:* http://*.localhost:* http://127.0.0.1:*") };
    [
        "default-src 'none'".to_owned(),
        // wasm-unsafe-eval lets the page compile its own module; the org's host is where Salesforce's script comes from.
        format!("script-src 'self' 'wasm-unsafe-eval' {parents}"),
        "worker-src 'self' blob:".to_owned(),
        // SIP servers and vendors' services; an admin names them.
        "connect-src 'self' ws: wss:".to_owned(),
        "style-src 'self'".to_owned(),
        "img-src 'self' data:".to_owned(),
        "font-src 'self'".to_owned(),
        "media-src 'self' blob: data:".to_owned(),
        format!("frame-ancestors {parents}"),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// `name-ABCD1234.ending`, as the bundler writes it.
fn fingerprinted(path: &str) -> bool {
    let Some((stem, _)) = path.trim_end_matches(".map").rsplit_once('.') else { return false };
    stem.rsplit_once('-')
        .is_some_and(|(_, mark)| mark.len() == 8 && mark.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTTP: Names = Names { https: false, port: Some(8730) };

    fn value(names: &Names, site: Site, path: &str, name: &str) -> String {
        headers(names, site, path).into_iter().find(|(header, _)| *header == name).map_or_else(String::new, |(_, value)| value)
    }

    #[test]
    fn fingerprinted_files_are_kept_for_ever_and_pages_are_always_asked_for() {
        assert!(value(&HTTP, Site::Phone, "/panel/loader-1A2B3C4D.js", "cache-control").contains("immutable"));
        assert!(value(&HTTP, Site::Phone, "/panel/clock.worker-1A2B3C4D.js", "cache-control").contains("immutable"));
        assert_eq!(value(&HTTP, Site::Phone, "/panel/index.html", "cache-control"), "no-cache");
        assert_eq!(value(&HTTP, Site::Phone, "/panel/org-hosts.json", "cache-control"), "no-cache");
        assert_eq!(value(&HTTP, Site::Phone, "/panel/worker-timers.js", "cache-control"), "no-cache");
    }

    #[test]
    fn the_phone_page_compiles_wasm_runs_the_orgs_script_and_is_framed_by_the_org_alone() {
        let names = Names { https: true, port: None };
        let policy = value(&names, Site::Phone, "/panel/", "content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' https://acme.lightning.force.com https://globex.lightning.force.com;"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors https://acme.lightning.force.com https://globex.lightning.force.com;"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("localhost"), "{policy}");
    }

    #[test]
    fn on_loopback_the_simulated_org_frames_the_phone() {
        let policy = value(&HTTP, Site::Phone, "/panel/", "content-security-policy");
        assert!(policy.contains("frame-ancestors http://lightning.localhost:8730"), "{policy}");
    }

    #[test]
    fn wasm_has_the_type_without_which_browsers_compile_it_late() {
        assert_eq!(mime("panel_bg-ABCD1234.wasm"), "application/wasm");
        assert_eq!(mime("panel.js"), "text/javascript; charset=utf-8");
    }
}
