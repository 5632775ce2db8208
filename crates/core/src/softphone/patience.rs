//! How long each passing state may last, milliseconds. Then the core goes on without the answer.

/// Answer, hold, retrieve, mute, digits, agent state: the phone system said nothing. The call is as it was.
pub(super) const COMMAND: u64 = 10_000;
/// A call waits for the voice that another has.
pub(super) const MAKING_WAY: u64 = 15_000;
/// Two calls becoming one, or being connected with each other.
pub(super) const JOINING: u64 = 30_000;
/// A blind transfer: the target may ring for long.
pub(super) const TRANSFER: u64 = 120_000;
/// Reports come in any order: the one that announces a call may be right behind.
pub(super) const STRAY: u64 = 1_000;
/// A page the CRM was asked to open: no answer, no message.
pub(super) const PAGE: u64 = 60_000;
/// The CRM's page moves so soon after it said that it opens one, or not at all.
pub(super) const SETTLES: u64 = 2_500;
/// It moved already: what comes with it is there.
pub(super) const SETTLED: u64 = 300;
/// A page waits so long for a window the agent types in.
pub(super) const WINDOW: u64 = 30_000;
/// How often it is looked whether the window is still there.
pub(super) const LOOK: u64 = 5_000;
/// How often the phone system is asked whether the calls still exist.
pub(super) const CHECK: u64 = 30_000;
/// A call nobody spoke of for so long is over, as far as anybody here can tell; if it is not, a sync brings it back.
pub(super) const UNCONFIRMED: u64 = 300_000;
/// From the answer to the digits of an extension.
pub(super) const BEFORE_EXTENSION: u64 = 2_000;
/// From a mandatory disposition that came late to the end of wrap-up: time to choose another one, and for a note.
pub(super) const AFTER_CHOICE: u64 = 15_000;
/// After a failed outbound call the agent's own state is kept against the phone system's.
pub(super) const GUARD: u64 = 2_000;
/// Clear and decline: the line is free here, whatever the phone system does.
pub(super) const CLEARING: u64 = 5_000;
/// Dialing without a sign of the far end.
pub(super) const INITIATED: u64 = 60_000;
/// Ringing, here or there.
pub(super) const ALERTING: u64 = 300_000;
/// Salesforce says whether a customer may be called; then the call is placed all the same. Longer, and agents would dial by hand.
pub(super) const MAY_CALL: u64 = 3_000;
/// An agent chooses what to do with a clicked number; after that nobody remembers the click.
pub(super) const CHOICE: u64 = 60_000;
/// A click during start-up waits for the phone.
pub(super) const STARTING: u64 = 30_000;
/// From the begin of a step of a cadence to the click on its number, which the CRM sends by itself.
pub(super) const WORK: u64 = 3_000;
/// A log waits so long for the search that tells its record.
pub(super) const SEARCH: u64 = 5_000;
