//! What is wrong with the way to Salesforce, in words an agent and an admin understand.

use hookswitch_opencti::LoadError;

use crate::CrmProblem;

/// Salesforce's script did not come, or does not work.
pub(crate) const fn script(error: &LoadError) -> CrmProblem {
    match error {
        LoadError::NoApi { .. } => NO_API,
        LoadError::Threw { .. } => THREW,
        LoadError::TooLate { .. } => TOO_LATE,
        _ => FAILED,
    }
}

const FAILED: CrmProblem = CrmProblem {
    code: "script-failed",
    words: "Salesforce's script could not be loaded. Calls work; records are not found and logs wait.",
    remedy: "It is tried again by itself. If it lasts, an admin should check the page's script-src policy, the API version and the network.",
};

const NO_API: CrmProblem = CrmProblem {
    code: "script-no-api",
    words: "What Salesforce served is not its script. Calls work; records are not found and logs wait.",
    remedy: "An admin should check the API version in the softphone's page.",
};

const THREW: CrmProblem = CrmProblem {
    code: "script-threw",
    words: "Salesforce's script does not accept this page. Calls work; records are not found and logs wait.",
    remedy: "Reload Salesforce after the call. If it lasts, an admin should check the call center's adapter URL.",
};

const TOO_LATE: CrmProblem = CrmProblem {
    code: "script-too-late",
    words: "Salesforce's script has not arrived yet. Calls work; records are not found and logs wait.",
    remedy: "Nothing to do: everything switches on when it arrives.",
};

/// The script is there, and nobody answers it.
pub(crate) const NOT_ANSWERING: CrmProblem = CrmProblem {
    code: "cti-no-reply",
    words: "Salesforce does not answer. Calls work; records are not found and logs wait.",
    remedy: "It is tried again by itself. If it lasts, reload Salesforce after the call.",
};
