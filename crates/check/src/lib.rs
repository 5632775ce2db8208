//! The self-check: what a softphone and its surroundings are like, judged, with what to do about it.
//!
//! [`Facts`] are gathered elsewhere; the shell asks browser, Salesforce and core for them. The rules here ask nobody: the same facts give the
//! same findings, anywhere.
//!
//! ```
//! use hookswitch_check::{Facts, Verdict, check};
//!
//! let findings = check(&Facts::default());
//! let microphone = findings.iter().find(|finding| finding.id == "microphone").unwrap();
//! assert_eq!(microphone.verdict, Verdict::Fail);
//! assert!(microphone.fix.contains("https"));
//! ```

mod facts;
mod finding;
mod rules;

pub use facts::{Answer, Audio, Credentials, Facts, Link, Microphone, Page, Paint, Panel, Permission, PhoneFacts, Place, Storage};
pub use finding::{Finding, Verdict, report};
pub use rules::check;
