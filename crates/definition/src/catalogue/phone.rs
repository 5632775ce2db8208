//! The sections of Salesforce, and those about the phone system.

use super::{Entry, Form, Group};

pub(super) const GENERAL: Group = Group {
    name: "reqGeneralInfo",
    label: "General",
    entries: &[
        Entry { name: "reqInternalName", form: Form::Salesforce, value: "Hookswitch", label: "Internal name" },
        Entry { name: "reqDisplayName", form: Form::Salesforce, value: "hookswitch", label: "Display name" },
        Entry {
            name: "reqAdapterUrl",
            form: Form::Salesforce,
            value: "https://phone.example.com/panel/",
            label: "CTI adapter URL: where you host the panel; https",
        },
        Entry { name: "reqUseApi", form: Form::Salesforce, value: "true", label: "Use CTI API: leave this true" },
        Entry { name: "reqSoftphoneHeight", form: Form::Salesforce, value: "480", label: "Softphone height: pixels, 240 to 2560" },
        Entry { name: "reqSoftphoneWidth", form: Form::Salesforce, value: "340", label: "Softphone width: pixels, 200 to 1920" },
        Entry {
            name: "reqSalesforceCompatibilityMode",
            form: Form::Salesforce,
            value: "Lightning",
            label: "Salesforce compatibility mode: leave this Lightning",
        },
        Entry {
            name: "reqStandbyUrl",
            form: Form::Salesforce,
            value: "https://phone.example.com/standby/",
            label: "Standby URL: page shown when the panel does not start; best on another server than the panel",
        },
        Entry {
            name: "reqTimeout",
            form: Form::Salesforce,
            value: "10000",
            label: "Timeout: milliseconds until the standby page is shown",
        },
    ],
};

pub(super) const DIALING_OPTIONS: Group = Group {
    name: "reqDialingOptions",
    label: "Dialing options",
    entries: &[
        Entry {
            name: "reqOutsidePrefix",
            form: Form::Text,
            value: "",
            label: "Outside prefix: reaches an outside line, as in 9; used only when prefixes are applied (section Dialing)",
        },
        Entry {
            name: "reqLongDistPrefix",
            form: Form::Text,
            value: "",
            label: "Long distance prefix: as in 1 for North America; used only when prefixes are applied; empty: a 0 where the country needs one; none: none",
        },
        Entry {
            name: "reqInternationalPrefix",
            form: Form::Text,
            value: "",
            label: "International prefix: as in 011 for North America; used only when prefixes are applied; empty: the country's; none: none",
        },
    ],
};

pub(super) const PROVIDER: Group = Group {
    name: "hookswitchProvider",
    label: "Phone system",
    entries: &[
        Entry {
            name: "provider",
            form: Form::Words(&["sip", "simulated", "custom"]),
            // Not empty: a deploy may refuse that. Not a real choice either: nobody has made one yet.
            value: "unset",
            label: "Phone system: sip, simulated (for trying out; no call is real) or custom (a vendor's own module). While unset there is no phone",
        },
        Entry {
            name: "customProviderUrl",
            form: Form::Text,
            value: "",
            label: "Address of the vendor's module: https address, or path on the panel's host; only for custom",
        },
        Entry {
            name: "providerOptions",
            form: Form::Free,
            value: "",
            label: "Options for the vendor's module: any text, handed over as it is; no secrets, every assigned user can read this",
        },
    ],
};

pub(super) const SIP: Group = Group {
    name: "hookswitchSip",
    label: "SIP",
    entries: &[
        Entry {
            name: "primaryServers",
            form: Form::List,
            value: "",
            label: "SIP servers, primary: wss:// addresses between commas, each with a weight 1 to 100 after a blank if you like, \
                    as in wss://sip1.example.com/ws 2, wss://sip2.example.com/ws 1",
        },
        Entry {
            name: "backupServers",
            form: Form::List,
            value: "",
            label: "SIP servers, backup: written alike; used when no primary server answers",
        },
        Entry {
            name: "domain",
            form: Form::Text,
            value: "",
            label: "SIP domain: what stands after the @ of addresses; empty: the host of the first primary server",
        },
        Entry { name: "realm", form: Form::Line, value: "", label: "Realm: for sign-in; empty: the one the server names" },
        Entry { name: "outboundProxy", form: Form::Text, value: "", label: "Outbound proxy: host or sip: address; empty: none" },
        Entry {
            name: "iceServers",
            form: Form::List,
            value: "",
            label: "ICE servers: stun: and turn: addresses between commas; no password here, it comes with the credentials",
        },
        Entry {
            name: "iceRelayOnly",
            form: Form::Flag,
            value: "false",
            label: "Relayed sound only: true sends all sound through the TURN server, false takes the direct way where there is one",
        },
        Entry {
            name: "iceWaitMs",
            form: Form::Number(100, 10_000),
            value: "1500",
            label: "Wait for ICE: milliseconds, 100 to 10000, until a call goes out with the ways found so far",
        },
        Entry {
            name: "registerSeconds",
            form: Form::Number(30, 86_400),
            value: "120",
            label: "Registration lasts: seconds, 30 to 86400; short, so that a closed page is soon forgotten",
        },
        Entry {
            name: "sessionTimers",
            form: Form::Flag,
            value: "true",
            label: "Session timers: true lets the server notice a call that is long gone; false if it cannot",
        },
        Entry {
            name: "codecs",
            form: Form::List,
            value: "",
            label: "Codecs: in order of preference, as in opus, PCMA; empty: the browser's order",
        },
        Entry {
            name: "digitsMode",
            form: Form::Words(&["rfc4733", "info"]),
            value: "rfc4733",
            label: "Digits: rfc4733 (in the sound stream) or info (SIP INFO)",
        },
        Entry {
            name: "blindTransfer",
            form: Form::Words(&["safe", "refer"]),
            value: "safe",
            label: "Blind transfer: safe (customer is kept until the target rings) or refer (only if the server returns refused transfers)",
        },
        Entry {
            name: "conference",
            form: Form::Text,
            value: "browser",
            label: "Conference: browser (mixed on the agent's computer), or the number of the server's conference bridge",
        },
        Entry { name: "voicemailCode", form: Form::Text, value: "", label: "Voicemail: number to dial, as in *97; empty: no button" },
        Entry { name: "parkCode", form: Form::Text, value: "", label: "Park: number to transfer to, as in 700; empty: no button" },
        Entry {
            name: "retrieveCode",
            form: Form::Text,
            value: "",
            label: "Take back a parked call: dialed before the slot; empty: the slot alone is dialed",
        },
        Entry {
            name: "recordHeader",
            form: Form::Text,
            value: "X-Record-Id",
            label: "Record header: SIP header that carries the Salesforce record of a transferred call, or none",
        },
        Entry {
            name: "queueHeader",
            form: Form::Text,
            value: "",
            label: "Queue header: SIP header that names the queue; empty: the standard ones are read",
        },
    ],
};

pub(super) const IDENTITY: Group = Group {
    name: "hookswitchIdentity",
    label: "Sign-in",
    entries: &[
        Entry {
            name: "credentialSource",
            form: Form::Words(&["form", "apex", "embedder", "token"]),
            value: "form",
            label: "Credentials come from: form (the agent signs in), apex (Apex class), embedder (the embedding page) or token (a token it renews)",
        },
        Entry {
            name: "identitySource",
            form: Form::Words(&["provider", "apex"]),
            value: "provider",
            label: "Who the agent is comes from: provider (the phone account) or apex (the Salesforce user, through the Apex class)",
        },
        Entry {
            name: "apexClass",
            form: Form::Text,
            value: "",
            label: "Apex class: name of the installed class, as in Hookswitch or acme.Hookswitch; empty: features that need Apex are off",
        },
    ],
};
