//! Files of `dist/`, compressed once and kept in memory.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
    time::SystemTime,
};

use bytes::Bytes;

use super::headers;
use crate::hash;

/// How an answer's body is packed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Coding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// Not at all.
    Plain,
}

/// A body ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Its bytes, packed.
    pub(crate) bytes: Bytes,
    /// How they are packed.
    pub(crate) coding: Coding,
    /// The content's mark, so that an unchanged page is not sent twice.
    pub(crate) tag: String,
}

/// What was packed before; a changed file is packed anew.
#[derive(Debug, Default)]
pub(crate) struct Files {
    packed: Mutex<BTreeMap<(PathBuf, Coding), (SystemTime, Body)>>,
}

impl Files {
    /// The file's body in the best coding that `accepted` names; `None` when there is no such file.
    pub(crate) fn body(&self, file: &Path, accepted: &str) -> Option<Body> {
        let changed = fs::metadata(file).ok().filter(fs::Metadata::is_file)?.modified().ok()?;
        let name = file.to_string_lossy();
        let coding = if headers::compressible(&name) { Coding::best(accepted) } else { Coding::Plain };
        let key = (file.to_owned(), coding);
        if let Some((then, body)) = self.packed.lock().ok()?.get(&key)
            && *then == changed
        {
            return Some(body.clone());
        }
        let body = Body::pack(&fs::read(file).ok()?, coding);
        self.packed.lock().ok()?.insert(key, (changed, body.clone()));
        Some(body)
    }
}

impl Body {
    /// Packs some content.
    pub(crate) fn pack(content: &[u8], coding: Coding) -> Self {
        let tag = format!("\"{}\"", &hash::sha256(content)[..16]);
        let bytes = match coding {
            Coding::Brotli => brotli(content, 9),
            Coding::Gzip => gzip(content),
            Coding::Plain => content.to_vec(),
        };
        Self { bytes: bytes.into(), coding, tag }
    }
}

impl Coding {
    /// The best coding that an `accept-encoding` header names.
    pub(crate) fn best(accepted: &str) -> Self {
        let names = |wanted: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == wanted));
        if names("br") {
            Self::Brotli
        } else if names("gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    /// The header's value.
    pub(crate) const fn header(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// Packs with brotli; 11 is the densest quality.
pub(crate) fn brotli(content: &[u8], quality: u32) -> Vec<u8> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    // Writing to memory cannot fail.
    let _ = packed.write_all(content);
    packed.into_inner()
}

/// Packs with gzip as densely as it goes.
pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to memory cannot fail.
    let _ = packed.write_all(content);
    packed.finish().unwrap_or_default()
}

/// The file below `root` that a URL's path names; `None` for a path that would leave it.
pub(crate) fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let mut file = root.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // Our own files need no escapes, so an escaped path names none of them.
        if part.starts_with('.') || part.contains(['%', '\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    Some(if path.is_empty() || path.ends_with('/') { file.join("index.html") } else { file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        let root = Path::new("/dist");
        for path in ["../secret", "a/../../secret", "/..%2fsecret", "%2e%2e/secret", ".git/config", "a\\..\\b"] {
            assert_eq!(inside(root, path), None, "{path}");
        }
    }

    #[test]
    fn a_folder_means_its_index() {
        assert_eq!(inside(Path::new("/dist"), "panel/"), Some("/dist/panel/index.html".into()));
        assert_eq!(inside(Path::new("/dist"), "panel/a.js"), Some("/dist/panel/a.js".into()));
    }

    #[test]
    fn brotli_is_preferred_and_a_browser_that_names_nothing_gets_plain_bytes() {
        assert_eq!(Coding::best("gzip, deflate, br;q=0.9, zstd"), Coding::Brotli);
        assert_eq!(Coding::best("gzip"), Coding::Gzip);
        assert_eq!(Coding::best("zebra"), Coding::Plain);
    }

    #[test]
    fn packing_is_denser_and_the_mark_is_of_the_content_not_of_the_coding() {
        let content = "ring ".repeat(1000);
        let (dense, plain) = (Body::pack(content.as_bytes(), Coding::Brotli), Body::pack(content.as_bytes(), Coding::Plain));
        assert!(dense.bytes.len() < 100, "{}", dense.bytes.len());
        assert_eq!(dense.tag, plain.tag);
    }
}
