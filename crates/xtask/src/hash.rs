//! Fingerprints of files.

use std::{fmt::Write as _, path::PathBuf};

use ring::digest::{Context, SHA256, digest};

use crate::{fault::Fault, place};

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

/// One fingerprint over names and contents, in the order given; an absent file counts as such.
pub(crate) fn of_files(files: &[PathBuf]) -> Result<String, Fault> {
    let mut context = Context::new(&SHA256);
    for file in files {
        context.update(file.to_string_lossy().as_bytes());
        if file.is_file() {
            let content = place::read_bytes(file)?;
            context.update(&(content.len() as u64).to_le_bytes());
            context.update(&content);
        }
        context.update(&[0]);
    }
    Ok(hex(context.finish().as_ref()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_sha_256_as_published() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn an_absent_file_changes_the_fingerprint_once_it_appears() {
        let folder = std::env::temp_dir().join(format!("hookswitch-hash-{}", std::process::id()));
        let file = folder.join("one");
        let absent = of_files(std::slice::from_ref(&file)).unwrap();
        place::write(&file, "x").unwrap();
        let present = of_files(&[file]).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        assert_ne!(absent, present);
    }
}
