//! A certificate made at every start, for https under names of the shape Salesforce uses.

use std::sync::Arc;

use rcgen::{CertifiedKey, PublicKeyData as _};
use ring::digest::{SHA256, digest};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring::default_provider,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use super::hosts::Names;
use crate::fault::Fault;

/// What accepts https, and the mark by which Chromium is told to trust it.
pub(crate) struct Tls {
    /// Wraps accepted connections.
    pub(crate) acceptor: TlsAcceptor,
    /// The key's mark for `--ignore-certificate-errors-spki-list`.
    pub(crate) mark: String,
}

impl Tls {
    /// Makes a key and a certificate for the sites' names.
    pub(crate) fn new(names: &Names) -> Result<Self, Fault> {
        let (lightning, phone) = names.pair();
        let made = rcgen::generate_simple_self_signed([lightning, "*.lightning.force.com", phone].map(str::to_owned)).map_err(broken)?;
        let CertifiedKey { cert, signing_key } = made;
        let mark = base64(digest(&SHA256, &signing_key.subject_public_key_info()).as_ref());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(broken)?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .map_err(broken)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), mark })
    }
}

fn broken(fault: impl std::fmt::Display) -> Fault {
    Fault::Project(format!("no certificate could be made: {fault}"))
}

/// Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().chain([&0; 2]).take(3).fold(0usize, |word, &byte| word << 8 | usize::from(byte));
        for place in 0..4 {
            let digit = DIGITS[word >> (18 - 6 * place) & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_published() {
        assert_eq!(["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn every_start_has_a_key_of_its_own() {
        let names = Names { https: true, port: None };
        assert_ne!(Tls::new(&names).unwrap().mark, Tls::new(&names).unwrap().mark);
    }
}
