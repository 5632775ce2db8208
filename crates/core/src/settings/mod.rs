//! What the admin set.

use serde::{Deserialize, Serialize};

/// All settings.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Settings {}
