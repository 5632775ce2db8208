//! One request, one answer.

use std::path::PathBuf;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{self, HeaderMap, HeaderValue},
};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{handshake::derive_accept_key, protocol::Role},
};

use super::{
    Server,
    files::{self, Body, Coding},
    headers,
    hosts::{Site, Stranger},
    phones::End,
};

/// Answers a request of a browser.
pub(crate) fn answer(server: &Server, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let host = text(request.headers(), header::HOST).map(str::to_owned);
    let site = match server.names.site(host.as_deref()) {
        Ok(site) => site,
        Err(stranger @ Stranger::Empty) => return plain(StatusCode::NOT_FOUND, &stranger.to_string()),
        Err(stranger @ Stranger::Foreign) => return plain(StatusCode::MISDIRECTED_REQUEST, &stranger.to_string()),
    };
    let path = request.uri().path().to_owned();
    if let Some(end) = switch_end(site, &path) {
        return upgrade(server, request, end);
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
    }
    match route(site, &path) {
        Route::Nothing => plain(StatusCode::NO_CONTENT, ""),
        Route::File(file) => send_file(server, site, &path, &file, &request),
        Route::Hosts => send(server, site, &path, Body::pack(org_hosts(server).as_bytes(), Coding::Plain), &request),
        Route::Move(to) => {
            let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
            let mut response = plain(StatusCode::FOUND, "");
            if let Ok(to) = HeaderValue::try_from(format!("{to}{query}")) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        Route::Script(version) => match std::fs::read_to_string(server.dist.join("opencti/opencti_min.js")) {
            Ok(script) => {
                let script = script.replace(VERSION_TOKEN, &version.to_string());
                send(server, site, &path, Body::pack(script.as_bytes(), Coding::Plain), &request)
            }
            Err(_) => plain(StatusCode::NOT_FOUND, "the stand-in script was not built"),
        },
    }
}

/// What a path on a site means.
#[derive(Debug, Eq, PartialEq)]
enum Route {
    /// A file below `dist/`.
    File(String),
    /// The list of org hosts, with the simulated orgs added.
    Hosts,
    /// Elsewhere on the same site.
    Move(&'static str),
    /// Browsers ask for a site's icon unasked; an empty answer keeps their console clean.
    Nothing,
    /// The stand-in for Salesforce's script, in this version.
    Script(u16),
}

fn route(site: Site, path: &str) -> Route {
    if path == "/favicon.ico" {
        return Route::Nothing;
    }
    match site {
        Site::Lightning => {
            if let Some(version) = script_version(path) {
                return Route::Script(version);
            }
            // Lightning's own addresses (/lightning/r/Contact/003…/view) are states of one page.
            let page = path.rsplit('/').next().is_some_and(|name| !name.contains('.'));
            Route::File(if page { "lightning/index.html".to_owned() } else { format!("lightning{path}") })
        }
        Site::Phone => match path {
            "/" | "/panel" => Route::Move("/panel/"),
            "/standby" => Route::Move("/standby/"),
            "/example" => Route::Move("/example/"),
            "/panel/org-hosts.json" => Route::Hosts,
            _ => Route::File(path.strip_prefix("/standby/").map_or_else(|| path.to_owned(), |rest| format!("panel/standby/{rest}"))),
        },
    }
}

/// The version in `/support/api/NN.0/lightning/opencti_min.js`.
fn script_version(path: &str) -> Option<u16> {
    let version = path.strip_prefix("/support/api/")?.strip_suffix(".0/lightning/opencti_min.js")?;
    version.bytes().all(|byte| byte.is_ascii_digit()).then(|| version.parse().ok())?
}

fn switch_end(site: Site, path: &str) -> Option<End> {
    match (site, path) {
        (Site::Phone, "/switch") => Some(End::Agent),
        (Site::Phone, "/switch/network") => Some(End::Network),
        _ => None,
    }
}

fn upgrade(server: &Server, mut request: Request<Incoming>, end: End) -> Response<Full<Bytes>> {
    let asked = text(request.headers(), header::UPGRADE).is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
    let Some(key) = request.headers().get(header::SEC_WEBSOCKET_KEY).filter(|_| asked).map(|key| derive_accept_key(key.as_bytes())) else {
        return plain(StatusCode::UPGRADE_REQUIRED, "this is a WebSocket");
    };
    if !server.names.may_connect(text(request.headers(), header::ORIGIN)) {
        return plain(StatusCode::FORBIDDEN, "pages of other sites may not command the phone system");
    }
    let phones = server.phones.clone();
    tokio::spawn(async move {
        if let Ok(upgraded) = hyper::upgrade::on(&mut request).await {
            let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
            phones.attend(socket, end).await;
        }
    });
    let mut response = plain(StatusCode::SWITCHING_PROTOCOLS, "");
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(key) = HeaderValue::try_from(key) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, key);
    }
    response
}

fn send_file(server: &Server, site: Site, path: &str, file: &str, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let accepted = text(request.headers(), header::ACCEPT_ENCODING).unwrap_or_default();
    let found: Option<PathBuf> = files::inside(&server.dist, file.trim_start_matches('/'));
    match found.and_then(|file| server.files.body(&file, accepted)) {
        Some(body) => send(server, site, if file.ends_with(".html") { file } else { path }, body, request),
        None => plain(StatusCode::NOT_FOUND, "there is no such file"),
    }
}

fn send(server: &Server, site: Site, path: &str, body: Body, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let unchanged = text(request.headers(), header::IF_NONE_MATCH) == Some(&*body.tag);
    let mut response = Response::new(Full::new(if unchanged || request.method() == Method::HEAD { Bytes::new() } else { body.bytes }));
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let file = if path.ends_with('/') { "index.html" } else { path };
    let mut all = headers::headers(&server.names, site, file);
    all.push(("content-type", headers::mime(file).to_owned()));
    all.push(("etag", body.tag));
    all.push(("vary", "accept-encoding".to_owned()));
    all.extend(body.coding.header().map(|coding| ("content-encoding", coding.to_owned())));
    for (name, value) in all {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The list that lies beside the page, with the simulated orgs added. Scheme and port are not part of its spelling.
fn org_hosts(server: &Server) -> String {
    let listed = std::fs::read_to_string(server.dist.join("panel/org-hosts.json")).unwrap_or_default();
    if !server.names.https {
        // Loopback parents need no entry.
        return if listed.is_empty() { "[]".to_owned() } else { listed };
    }
    let mut hosts: Vec<String> = serde_json::from_str(&listed).unwrap_or_default();
    hosts.push(server.names.pair().0.to_owned());
    serde_json::to_string(&hosts).unwrap_or_default()
}

fn plain(status: StatusCode, words: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(words.to_owned())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// What the stand-in script holds in the place of its version.
const VERSION_TOKEN: &str = "__API_VERSION__";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_answers_every_version_and_nothing_that_is_no_version() {
        assert_eq!(route(Site::Lightning, "/support/api/66.0/lightning/opencti_min.js"), Route::Script(66));
        assert_eq!(route(Site::Lightning, "/support/api/43.0/lightning/opencti_min.js"), Route::Script(43));
        assert_eq!(script_version("/support/api/x.0/lightning/opencti_min.js"), None);
        assert_eq!(script_version("/support/api/66.1/lightning/opencti_min.js"), None);
        assert_eq!(script_version("/support/api/.0/lightning/opencti_min.js"), None);
    }

    #[test]
    fn the_phones_site_has_no_stand_in() {
        assert_eq!(
            route(Site::Phone, "/support/api/66.0/lightning/opencti_min.js"),
            Route::File("/support/api/66.0/lightning/opencti_min.js".to_owned())
        );
    }

    #[test]
    fn an_address_inside_lightning_is_a_state_of_its_page_and_a_file_stays_a_file() {
        assert_eq!(route(Site::Lightning, "/lightning/r/Contact/003/view"), Route::File("lightning/index.html".to_owned()));
        assert_eq!(route(Site::Lightning, "/main-ABCD1234.js"), Route::File("lightning/main-ABCD1234.js".to_owned()));
    }

    #[test]
    fn the_standby_page_is_reached_where_the_definition_puts_it() {
        assert_eq!(route(Site::Phone, "/standby/"), Route::File("panel/standby/".to_owned()));
        assert_eq!(route(Site::Phone, "/panel/standby/"), Route::File("/panel/standby/".to_owned()));
        assert_eq!(route(Site::Phone, "/"), Route::Move("/panel/"));
    }

    #[test]
    fn the_phone_system_is_on_the_phones_site_alone() {
        assert!(matches!(switch_end(Site::Phone, "/switch"), Some(End::Agent)));
        assert!(matches!(switch_end(Site::Phone, "/switch/network"), Some(End::Network)));
        assert!(switch_end(Site::Lightning, "/switch").is_none());
    }
}
