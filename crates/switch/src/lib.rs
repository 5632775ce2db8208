//! A simulated phone system: pure, deterministic, scripted. No clock, no sockets, no randomness of its own.
//!
//! **To host it** (a WebSocket server, a page), use [`Hub`]: connection ids in, JSON text in, JSON text out.
//!
//! ```
//! use hookswitch_switch::{ConnectionKind, Hub};
//!
//! let mut hub = Hub::new(1); // any seed; it names the calls
//! hub.connect(0, 7, ConnectionKind::Agent); // now in milliseconds, the host's own id for the connection, what it is
//! hub.connect(0, 8, ConnectionKind::Network);
//! hub.receive(0, 7, r#"{"hello":{"extension":"1001"}}"#);
//! hub.receive(5, 8, r#"{"network":{"type":"callAgent","extension":"1001","number":"+14155550100","name":"Ada"}}"#);
//! while let Some((connection, text)) = hub.poll() {
//!     let _ = (connection, text); // send it
//! }
//! let come_back_at = hub.deadline(); // call hub.advance(now) then, and poll again; never later than an input
//! assert_eq!(come_back_at, Some(30_005)); // Ada gives up after 30 s
//! hub.disconnect(6, 7);
//! ```
//!
//! `now` is milliseconds on any clock that does not go back; the same inputs give the same outputs. Poll after every call until `None`.
//!
//! **In a page**, for demos without a server, [`Channel`] puts the pages of a BroadcastChannel in front of the hub.
//!
//! **To drive it** from a test without JSON, use [`Switch`] with the typed messages of [`message`]; a whole day of callers is a [`Script`].
//! A call is a list of ends, however many: agents' and people's outside. Nobody leaves it but by their own act or a command that names them.
//! What a caller, a dialed number or a page that went away meets is written at [`Options`], [`Behaviour`] and [`NetworkCommand`].

mod call;
mod channel;
mod dice;
mod faults;
mod hub;
mod leg;
pub mod message;
mod options;
mod script;
mod switch;
mod timer;
mod view;

pub use channel::{Answer, Channel};
pub use faults::LineFaults;
pub use hub::{ConnectionKind, Hub};
pub use message::{AgentMessage, CallAgent, ClientMessage, Hello, Malformed, NetworkCommand, PartyAct, Problem, ServerMessage};
pub use options::{Behaviour, Options, QueueStrategy};
pub use script::Script;
pub use switch::{Client, Switch, Whereabouts};
pub use view::{AgentView, CallView, EndView};
