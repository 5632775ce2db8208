//! What can go wrong, whose fault it is and what to do.

use std::{io, path::PathBuf};

/// Why the driver stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A program it started said no.
    #[error("`{what}` failed ({how}){said}")]
    Failed {
        /// The command line, shortened.
        what: String,
        /// The exit status.
        how: String,
        /// The end of what it printed, with a leading line break; empty when it printed to the terminal itself.
        said: String,
    },
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// Something has to be installed and cannot be from here.
    #[error("{what} is missing.\n  Install it with: {command}")]
    Missing {
        /// What.
        what: String,
        /// The exact command.
        command: String,
    },
    /// Something in the repository is not as it has to be.
    #[error("{0}")]
    Project(String),
    /// Some tests failed; the report has said which.
    #[error("some tests failed")]
    Tests,
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(String),
}

impl Fault {
    /// The file system's fault at `path`.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// What the shell is told: 2 for a wrong command line, 1 for the rest.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed { .. } | Self::Io { .. } | Self::Missing { .. } | Self::Project(_) | Self::Tests => 1,
        }
    }
}
