//! Where things are in the work tree.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::fault::Fault;

/// The work tree the driver works on.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    root: PathBuf,
    target: PathBuf,
}

impl Place {
    /// Finds the work tree: the nearest folder upward that holds the workspace, from the current folder, else from the program itself.
    pub(crate) fn find() -> Result<Self, Fault> {
        let starts = [env::current_dir().ok(), env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from), env::current_exe().ok()];
        let root = starts
            .iter()
            .flatten()
            .flat_map(|start| start.ancestors())
            .find(|folder| folder.join("crates/xtask/Cargo.toml").is_file())
            .ok_or_else(|| Fault::Usage("run this inside the hookswitch work tree".to_owned()))?
            .to_owned();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target));
        Ok(Self { root, target })
    }

    /// A path in the work tree.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }

    /// A path in cargo's target folder.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// A program that npm installed.
    pub(crate) fn npm_program(&self, name: &str) -> PathBuf {
        self.at("www/node_modules/.bin").join(name)
    }
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path).map_err(Fault::io(path))
}

/// Reads a file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(Fault::io(path))
}

/// Writes a file and the folders it lies in.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Fault::io(folder))?;
    }
    fs::write(path, content).map_err(Fault::io(path))
}

/// Every file below `folder`, sorted, without `node_modules`; empty when the folder is absent.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(Fault::io(&folder))? {
            let entry = entry.map_err(Fault::io(&folder))?;
            let kind = entry.file_type().map_err(Fault::io(entry.path()))?;
            if kind.is_file() {
                files.push(entry.path());
            } else if kind.is_dir() && entry.file_name() != "node_modules" {
                open.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A path below `base` with forward slashes, for ids and tables.
pub(crate) fn relative(base: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(base).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
