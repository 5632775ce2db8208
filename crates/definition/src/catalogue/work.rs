//! The sections about the agent's work and Salesforce.

use super::{Entry, Form, Group};

const POP: &[&str] = &["ringing", "answered", "never"];
const LOG_WHEN: &[&str] = &["always", "answered", "never"];

pub(super) const CALLS: Group = Group {
    name: "hookswitchCalls",
    label: "Calls",
    entries: &[
        Entry { name: "lines", form: Form::Number(1, 12), value: "6", label: "Lines: calls an agent can have at once, 1 to 12" },
        Entry {
            name: "autoAnswerInbound",
            form: Form::OffOrSeconds(60),
            value: "off",
            label: "Answer inbound calls by itself: off, or after seconds, 0 to 60; a tone sounds first",
        },
        Entry {
            name: "autoAnswerInternal",
            form: Form::OffOrSeconds(60),
            value: "off",
            label: "Answer internal calls by itself: off, or after seconds, 0 to 60",
        },
        Entry {
            name: "autoAnswerOutbound",
            form: Form::OffOrSeconds(60),
            value: "off",
            label: "Answer the phone system's call-back by itself: off, or after seconds, 0 to 60; for outbound calls that ring the agent first",
        },
        Entry {
            name: "notReadyReasons",
            form: Form::Lines,
            value: "Break, Lunch, Meeting, Training",
            label: "Reasons for not ready: between commas, or semicolons if a reason holds a comma; none for no list",
        },
        Entry {
            name: "startPresence",
            form: Form::Words(&["notReady", "ready"]),
            value: "notReady",
            label: "Presence after sign-in: notReady or ready",
        },
    ],
};

pub(super) const WRAP_UP: Group = Group {
    name: "hookswitchWrapUp",
    label: "Wrap-up",
    entries: &[
        Entry {
            name: "wrapUpSecondsInbound",
            form: Form::Number(0, 3600),
            value: "60",
            label: "Wrap-up after inbound calls: seconds, 0 to 3600; 0: none",
        },
        Entry {
            name: "wrapUpSecondsInternal",
            form: Form::Number(0, 3600),
            value: "0",
            label: "Wrap-up after internal calls: seconds, 0 to 3600; 0: none",
        },
        Entry {
            name: "wrapUpSecondsOutbound",
            form: Form::Number(0, 3600),
            value: "60",
            label: "Wrap-up after outbound calls: seconds, 0 to 3600; 0: none",
        },
        Entry {
            name: "wrapUpLimitSeconds",
            form: Form::Number(0, 7200),
            value: "600",
            label: "Wrap-up at most: seconds with all extensions, 0 to 7200, and no less than the longest wrap-up",
        },
        Entry {
            name: "wrapUpAfterFailed",
            form: Form::Flag,
            value: "false",
            label: "Wrap-up after an outbound call that failed: true or false",
        },
        Entry {
            name: "mandatoryInbound",
            form: Form::Flag,
            value: "false",
            label: "Disposition mandatory for inbound calls: true or false",
        },
        Entry {
            name: "mandatoryInternal",
            form: Form::Flag,
            value: "false",
            label: "Disposition mandatory for internal calls: true or false",
        },
        Entry {
            name: "mandatoryOutbound",
            form: Form::Flag,
            value: "false",
            label: "Disposition mandatory for outbound calls: true or false",
        },
        Entry {
            name: "dispositionsInbound",
            form: Form::Lines,
            value: "Resolved, Follow-up, Transferred, Wrong number",
            label: "Dispositions for inbound calls: between commas, or semicolons if one holds a comma; none for no list",
        },
        Entry {
            name: "dispositionsInternal",
            form: Form::Lines,
            value: "",
            label: "Dispositions for internal calls: between commas; empty: none",
        },
        Entry {
            name: "dispositionsOutbound",
            form: Form::Lines,
            value: "Reached, Follow-up, Left message, No answer, Wrong number",
            label: "Dispositions for outbound calls: between commas, or semicolons if one holds a comma; none for no list",
        },
    ],
};

pub(super) const POPS: Group = Group {
    name: "hookswitchPop",
    label: "Screen pop",
    entries: &[
        Entry {
            name: "popInbound",
            form: Form::Words(POP),
            value: "ringing",
            label: "Open the record on inbound calls: ringing, answered or never",
        },
        Entry {
            name: "popInternal",
            form: Form::Words(POP),
            value: "never",
            label: "Open the record on internal calls: ringing, answered or never",
        },
        Entry {
            name: "popOutbound",
            form: Form::Words(POP),
            value: "never",
            label: "Open the record on outbound calls: ringing, answered or never",
        },
        Entry {
            name: "openCases",
            form: Form::Words(&["offer", "open", "hide"]),
            value: "offer",
            label: "The customer's open cases: offer (listed), open (opened with the record) or hide",
        },
    ],
};

pub(super) const LOG: Group = Group {
    name: "hookswitchLog",
    label: "Call log",
    entries: &[
        Entry { name: "logObject", form: Form::Text, value: "Task", label: "Object of a log: API name; Task unless you have your own" },
        Entry {
            name: "recordType",
            form: Form::Text,
            value: "",
            label: "Record type of a log: developer name or id; empty: the user's default",
        },
        Entry {
            name: "subject",
            form: Form::Text,
            value: "{kind} call {number}",
            label: "Subject of a log: text with {kind} {number} {name} {called} {queue} {date} {time} {disposition} {duration}",
        },
        Entry {
            name: "customFields",
            form: Form::List,
            value: "",
            label: "More fields of a log: Field__c = text between semicolons, as in Hold__c = {hold}; Wrap__c = {wrapUp}; \
                    also {handle} {recording} {quality} {notes} {callId}; ids: {record} {who} {what}",
        },
        Entry {
            name: "logInbound",
            form: Form::Words(LOG_WHEN),
            value: "always",
            label: "Log inbound calls: always (missed ones too), answered or never",
        },
        Entry { name: "logInternal", form: Form::Words(LOG_WHEN), value: "never", label: "Log internal calls: always, answered or never" },
        Entry {
            name: "logOutbound",
            form: Form::Words(LOG_WHEN),
            value: "always",
            label: "Log outbound calls: always (failed ones too), answered or never",
        },
        Entry {
            name: "logMissedQueue",
            form: Form::Flag,
            value: "true",
            label: "Log a queue call that nobody took: true or false; it is logged once",
        },
        Entry { name: "logConsultation", form: Form::Flag, value: "false", label: "Log a consultation by itself: true or false" },
        Entry {
            name: "logUnassociated",
            form: Form::Flag,
            value: "true",
            label: "Log a call without a record at once: true (associate it later) or false (wait for the agent)",
        },
        Entry {
            name: "retentionDays",
            form: Form::Number(1, 30),
            value: "7",
            label: "Keep unsent logs: days, 1 to 30, on the agent's computer, encrypted",
        },
    ],
};

pub(super) const DIALING: Group = Group {
    name: "hookswitchDialing",
    label: "Dialing",
    entries: &[
        Entry {
            name: "country",
            form: Form::Text,
            value: "",
            label: "Country: two letters, as in US or DE, for numbers without a country code",
        },
        Entry { name: "areaCode", form: Form::Text, value: "", label: "Area code: digits, for numbers without one" },
        Entry { name: "internalLength", form: Form::Number(0, 15), value: "6", label: "Internal numbers: at most so many digits, 0 to 15" },
        Entry {
            name: "applyPrefixes",
            form: Form::Flag,
            value: "false",
            label: "Apply prefixes: true puts those of Dialing options before numbers, false dials numbers as they are",
        },
        Entry {
            name: "stripInbound",
            form: Form::Text,
            value: "",
            label: "Prefix of callers: digits taken off a caller's number before the search",
        },
        Entry {
            name: "emergencyNumbers",
            form: Form::List,
            value: "112, 911",
            label: "Emergency numbers: digits between commas; always dialed as they are",
        },
        Entry {
            name: "doNotCall",
            form: Form::Words(&["block", "warn", "ignore"]),
            value: "block",
            label: "Customer asked not to be called: block, warn or ignore",
        },
        Entry { name: "doNotCallField", form: Form::Text, value: "DoNotCall", label: "Field that says so: API name on contacts and leads" },
    ],
};

pub(super) const MESSAGES: Group = Group {
    name: "hookswitchMessages",
    label: "Messages",
    entries: &[Entry {
        name: "messageChannel",
        form: Form::Text,
        value: "",
        label: "Message channel: API name ending in __c, over which Lightning components place calls; empty: off",
    }],
};

pub(super) const VIEW: Group = Group {
    name: "hookswitchView",
    label: "Panel",
    entries: &[
        Entry {
            name: "views",
            form: Form::List,
            value: "dial, history, directory, logs, preferences, diagnostics",
            label: "Views: those shown, in this order, out of dial, history, directory, logs, preferences, diagnostics",
        },
        Entry { name: "theme", form: Form::Words(&["light", "dark", "system"]), value: "light", label: "Theme: light, dark or system" },
        Entry { name: "language", form: Form::Text, value: "auto", label: "Language: auto (the browser's), or a tag such as en or pt-BR" },
        Entry { name: "ring", form: Form::Text, value: "standard", label: "Ring: standard, soft, off, or the https address of a sound" },
        Entry { name: "ringVolume", form: Form::Number(0, 100), value: "80", label: "Ring volume: percent, 0 to 100" },
    ],
};

pub(super) const DIAGNOSTICS: Group = Group {
    name: "hookswitchDiagnostics",
    label: "Diagnostics",
    entries: &[
        Entry {
            name: "diagnosticsLevel",
            form: Form::Words(&["basic", "full", "off"]),
            value: "basic",
            label: "Record for support: basic, full or off; stays on the agent's computer, numbers and names made unreadable",
        },
        Entry {
            name: "supportContact",
            form: Form::Free,
            value: "",
            label: "Support contact: shown beside errors, as in IT desk, extension 100",
        },
    ],
};

pub(super) const SPARE: Group = Group {
    name: "hookswitchSpare",
    label: "Spare",
    entries: &[
        Entry {
            name: "spare1",
            form: Form::Text,
            value: "X-Segment",
            label: "Segment header: SIP header that tells what kind of customer or matter it is, or none",
        },
        Entry { name: "spare2", form: Form::Free, value: "", label: "Spare 2: unused until a vendor or a later release says otherwise" },
        Entry { name: "spare3", form: Form::Free, value: "", label: "Spare 3" },
        Entry { name: "spare4", form: Form::Free, value: "", label: "Spare 4" },
        Entry { name: "spare5", form: Form::Free, value: "", label: "Spare 5" },
        Entry { name: "spare6", form: Form::Free, value: "", label: "Spare 6" },
        Entry { name: "spare7", form: Form::Free, value: "", label: "Spare 7" },
        Entry { name: "spare8", form: Form::Free, value: "", label: "Spare 8" },
    ],
};
