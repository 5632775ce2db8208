//! How the phone system is reached.

use serde::{Deserialize, Serialize};

/// Which provider speaks to the phone system.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum ProviderKind {
    /// A vendor's own JavaScript module, by its address: `https://…`, or a path on the panel's own host.
    Custom(String),
    /// The simulated phone system; it shows a banner and no call in it is real.
    Simulated,
    /// SIP over WebSocket with WebRTC.
    Sip,
}

/// How a SIP server is reached and what it expects.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Sip {
    /// Servers tried first. Empty by default: there is none to guess.
    pub primary: Vec<SipServer>,
    /// Servers tried when no primary one answers. Empty by default: many sites have one server.
    pub backup: Vec<SipServer>,
    /// What stands after the `@` of addresses. None: the host of the first primary server, which most servers take.
    pub domain: Option<String>,
    /// Digest realm. None: whatever the server's challenge names, which is right unless one server serves several realms.
    pub realm: Option<String>,
    /// Address every request is routed through. None: the server itself.
    pub outbound_proxy: Option<String>,
    /// STUN and TURN servers, as URLs. Empty by default: a server in the same network, or one with ICE-lite, needs none.
    /// A TURN password never stands here; it comes with the credentials.
    pub ice_servers: Vec<String>,
    /// Use relayed (TURN) candidates only. Off: the direct way is better where it exists.
    pub ice_relay_only: bool,
    /// Milliseconds to wait for ICE candidates before calling with those at hand. 1500: longer is heard as a dead line.
    pub ice_wait_ms: u32,
    /// Seconds a registration lasts. 120: a closed page cannot say goodbye, so it has to be forgotten soon.
    pub register_seconds: u32,
    /// Use session timers, so that a hang-up lost on the way is noticed. On: a stuck call costs more than a refresh.
    pub session_timers: bool,
    /// Codecs in order of preference. Empty: the browser's order.
    pub codecs: Vec<String>,
    /// How digits travel.
    pub digits_mode: DigitsMode,
    /// How a refused blind transfer is kept from dropping the customer.
    pub blind_transfer: BlindTransfer,
    /// Where calls are joined.
    pub conference: Conference,
    /// Dialed to hear voicemail. None: no voicemail button.
    pub voicemail_code: Option<String>,
    /// Transferred to in order to park a call. None: no park button.
    pub park_code: Option<String>,
    /// Dialed to take a parked call back, followed by the slot. None: the slot alone is dialed.
    pub retrieve_code: Option<String>,
    /// Header that carries the Salesforce record of a transferred call. None switches this off.
    pub record_header: Option<String>,
    /// Header that names the queue a call came through. None: the queue is read from the standard headers.
    pub queue_header: Option<String>,
    /// Header that tells what kind of customer or matter a call is taken for. None switches this off. `X-Segment`: no standard has one.
    pub segment_header: Option<String>,
}

impl Default for Sip {
    fn default() -> Self {
        Self {
            primary: Vec::new(),
            backup: Vec::new(),
            domain: None,
            realm: None,
            outbound_proxy: None,
            ice_servers: Vec::new(),
            ice_relay_only: false,
            ice_wait_ms: 1500,
            register_seconds: 120,
            session_timers: true,
            codecs: Vec::new(),
            digits_mode: DigitsMode::default(),
            blind_transfer: BlindTransfer::default(),
            conference: Conference::default(),
            voicemail_code: None,
            park_code: None,
            retrieve_code: None,
            record_header: Some("X-Record-Id".into()),
            queue_header: None,
            segment_header: Some("X-Segment".into()),
        }
    }
}

/// One SIP server.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SipServer {
    /// Its WebSocket address.
    pub url: String,
    /// Its share among servers of the same rank, 1 to 100. 1 by default: all alike.
    pub weight: u8,
}

/// How digits travel in a call.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum DigitsMode {
    /// SIP INFO, for servers that want it.
    Info,
    /// RTP events (RFC 4733). The default: every server and every trunk understands them.
    #[default]
    Rfc4733,
}

/// How a blind transfer is carried out.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum BlindTransfer {
    /// A plain REFER, for servers known to give the customer back when the target refuses.
    Refer,
    /// Hold the customer, call the target, join the two once it rings. The default: some servers drop the customer on a refused REFER.
    #[default]
    Safe,
}

/// Where calls are joined to a conference.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Conference {
    /// In the browser, which mixes the sound. The default: it needs nothing from the server.
    #[default]
    Browser,
    /// On the server's bridge with this number; the conference outlives the agent's page.
    Bridge(String),
}
