//! Who and what is told of: numbers in many spellings, names, records, calls.

use hookswitch_core::{
    CallKind, ConnectionState, Direction, Party, PhoneCall, PhoneParty, PhoneRef, PhoneReport, RecordRef, Recording, Side,
};

/// Numbers in the spellings of phone systems, records and agents; some are the same number.
pub(super) const NUMBERS: [&str; 24] = [
    "+14155550123",
    "(415) 555-0123",
    "1 415 555 0123 x12",
    "tel:+1-415-555-0123;ext=12",
    "4155550123",
    "+4930765432189",
    "030 765432189",
    "0049 (30) 765432189",
    "+49 (0)30 765-432-189",
    "+442079460021",
    "915550123456",
    "011 44 20 7946 0021",
    "100234",
    "100235",
    "112",
    "911",
    "*98#",
    "sip:grace.hopper@example.com",
    "Call 415-555-0123 now",
    "",
    "1-800-FLOWERS",
    "7",
    "8642",
    "9751",
];

pub(super) const NAMES: [&str; 8] =
    ["Ada Byron", "ADA BYRON", "Jürgen Żółć", "山田太郎", "grace.hopper@example.com", "", "+14155550123", "9751"];

pub(super) const NOTES: [&str; 12] = [
    "Ada Byron called from +1 415 555-0123, again at 5",
    "see https://crm.example.com/Byron/765432189?phone=4155550123&name=hopper",
    "IBAN DE89 3704 0044 0532 0130 00; Żółć; 山田太郎",
    "7",
    "8",
    "77",
    "Inbound call +14155550123",
    "",
    "0",
    "4711",
    "9751 asks for 8642",
    "PIN 2580",
];

pub(super) const CALLS: [&str; 5] = ["a", "b", "c", "d", "e"];

pub(super) fn somebody(which: u8) -> Party {
    Party { number: NUMBERS[usize::from(which) % NUMBERS.len()].into(), name: NAMES[usize::from(which / 3) % NAMES.len()].into() }
}

pub(super) fn party(id: &str, which: u8) -> PhoneParty {
    let state = [ConnectionState::Connected, ConnectionState::Alerting, ConnectionState::Held][usize::from(which) % 3];
    PhoneParty { id: id.into(), party: somebody(which), state, held_by: Side::Agent, muted: which.is_multiple_of(5) }
}

pub(super) fn record(which: u8) -> RecordRef {
    let object = ["Contact", "Account", ""][usize::from(which) % 3];
    let id = format!("{}{}", ["003", "001", "00Q"][usize::from(which) % 3], which % 4);
    RecordRef {
        id,
        object: object.into(),
        name: NAMES[usize::from(which) % NAMES.len()].into(),
        partner: (which.is_multiple_of(4)).then(|| "003P".into()),
    }
}

pub(super) fn transferred(call: PhoneRef, other: Option<PhoneRef>) -> PhoneReport {
    PhoneReport::Transferred { call, by: Side::Agent, other, party: None, kind: None, record: String::new() }
}

pub(super) fn listed(which: u8, how: u8) -> PhoneCall {
    let direction = if how.is_multiple_of(2) { Direction::In } else { Direction::Out };
    PhoneCall {
        call: CALLS[usize::from(which) % 5].into(),
        party: somebody(which),
        called: NUMBERS[0].into(),
        queue: if which.is_multiple_of(2) { "Support".into() } else { "Byron 8642".into() },
        segment: "".into(),
        kind: if how.is_multiple_of(2) { CallKind::Inbound } else { CallKind::Outbound },
        direction,
        state: [ConnectionState::Connected, ConnectionState::Held, ConnectionState::Alerting][usize::from(how) % 3],
        far_state: if how.is_multiple_of(5) { ConnectionState::Alerting } else { ConnectionState::Connected },
        muted: false,
        age_ms: 9_000,
        answered_ms: (how.is_multiple_of(2)).then_some(4_000),
        record: String::new(),
        parties: if how.is_multiple_of(7) { vec![party("p1", how), party("p3", which)] } else { Vec::new() },
        recording: Recording::Off,
        consults: None,
        owns_log: how.is_multiple_of(3),
    }
}
